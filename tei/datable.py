"""Dates: EDTF in the toolkit, @when, @from, @to, @notBefore, @notAfter in TEI.

    2003-03-20           when="2003-03-20"
    2003-03/2003-05      from="2003-03" to="2003-05"
    2003~                notBefore="2003-01-01" notAfter="2003-12-31" when-custom="2003~"
    199X                 notBefore="1990-01-01" notAfter="1999-12-31" when-custom="199X"

TEI's attributes hold W3C dates, which can say less than EDTF. Where they cannot say all, they say the bounds, and
@when-custom keeps the EDTF date as it is, so nothing is lost. Years before our era differ by one: EDTF has a year 0000,
XML Schema has none (EDTF ``-0043`` is when="-0044").
"""

from __future__ import annotations

import re

from hexapla.corpus.edtf import bounds, length
from hexapla.tei.names import Element

_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARLESS = re.compile(r"--(\d\d)(?:-(\d\d))?|---(\d\d)")
_PLAIN = re.compile(r"(?<![\w-])-?\d{4}-\d\d(?:-\d\d)?(?!\w)")
_OPEN = ("", "..")
_LEAP = 2000  # stands for the year where there is none


def datable(value: str, modifier: str = "") -> dict[str, str]:
    """Return the attributes that say the EDTF date *value*, *modifier* being "before" or "after" it.

    >>> datable("2003-04/..")
    {'from_': '2003-04'}
    >>> datable("2003", "before")
    {'notAfter': '2003', 'when_custom': '2003'}
    >>> datable("2003-02-30")
    {'when_custom': '2003-02-30'}
    """
    if not value:
        return {}
    said = _before_after(value, modifier) or _exact(value) or _bounds(value)
    return said if _said(said) == value else {**said, "when_custom": value}


def edtf(part: Element) -> str:
    """Return the EDTF date that the attributes of *part* say, '' for none."""
    said = {key: part.get(key.rstrip("_"), "") for key in ("when", "from_", "to")}
    return part.get("when-custom") or _said({key: value for key, value in said.items() if value})


def is_w3c(value: str) -> bool:
    """Tell whether *value* is a date, month, year, day of a month or such that XML Schema knows and the calendar has.

    >>> [is_w3c(value) for value in ("2003-04-09", "--02-29", "2003-02-30", "0000", "44", "199X")]
    [True, True, False, False, False, False]
    """
    if yearless := _YEARLESS.fullmatch(value):
        month, day, alone = yearless.groups()
        return _in_calendar(_LEAP, month or "01", day or alone)
    dated = _DATE.fullmatch(value)
    return dated is not None and dated[1].lstrip("-") != "0000" and _in_calendar(int(dated[1]), dated[2], dated[3])


def is_edtf(value: str) -> bool:
    """Tell whether the calendar has every day that the EDTF date *value* names; seasons are months above 20.

    >>> is_edtf("2003-02-30/.."), is_edtf("2003-21"), is_edtf("199X")
    (False, True, True)
    """
    named = [_DATE.fullmatch(piece) for piece in _PLAIN.findall(value)]
    return all(_in_calendar(int(found[1]), found[2], found[3], months=41) for found in named if found)


def _in_calendar(year: int, month: str | None, day: str | None, months: int = 12) -> bool:
    if month is None:
        return True
    if day is None:
        return 1 <= int(month) <= months
    return 1 <= int(month) <= 12 and 1 <= int(day) <= length(year, int(month))


def _w3c(value: str) -> str | None:
    """Return the plain EDTF date *value* as XML Schema writes it, None where it cannot."""
    dated = _DATE.fullmatch(value)
    if dated and int(dated[1]) <= 0:
        value = f"-{1 - int(dated[1]):04}{value[len(dated[1]) :]}"
    return value if is_w3c(value) else None


def _exact(value: str) -> dict[str, str]:
    """Return the attributes for a plain date or an interval of plain dates, none for anything else."""
    first, slash, last = value.partition("/")
    ends = {"from_": first, "to": last} if slash else {"when": first}
    said = {key: _w3c(end) for key, end in ends.items() if not slash or end not in _OPEN}
    return {key: end for key, end in said.items() if end} if all(said.values()) else {}


def _before_after(value: str, modifier: str) -> dict[str, str]:
    """Return what "before 2003" says, which is not when="2003"."""
    when = _w3c(value) if modifier in ("before", "after") else None
    return {"notAfter" if modifier == "before" else "notBefore": when} if when else {}


def _bounds(value: str) -> dict[str, str]:
    """Return the first and the last day that *value* can mean, as far as they can be told."""
    days = bounds(value) or ("..", "..")
    said = {key: _w3c(day) for key, day in zip(("notBefore", "notAfter"), days, strict=True)}
    return {key: day for key, day in said.items() if day}


def _said(attributes: dict[str, str]) -> str:
    """Return the EDTF date that W3C *attributes* say, as far as they say one exactly."""
    if "from_" in attributes or "to" in attributes:
        return f"{attributes.get('from_', '..')}/{attributes.get('to', '..')}"
    return attributes.get("when", "")
