"""Dates as EDTF writes them, and what can be counted with them: first and last day, precision, overlap, distance.

    2003-03-20        a day          2003-03/2003-05   an interval     199X   a decade     --03-20   no year: no place
    2003-03           a month        2010-08-31/..     open            19XX   a century    -0043     44 BC
    2006-22           a summer       2003~ 2003?       less certain

Days are counted in the proleptic Gregorian calendar with a year 0, so that arithmetic goes on before year 1.
A season is the three months it has in the north: winter ends in February of the next year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval", "none"]

ENDLESS = 10**9
"""The day number of an open end; its negative is an open beginning."""

_CALENDAR = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_BLURRED = re.compile(r"(?P<sign>-?)(?P<known>\d{3}X|\d\dXX)")
_SEASONS: Mapping[int, int] = MappingProxyType({21: 3, 22: 6, 23: 9, 24: 12})
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The first and last day that a value can mean, as day numbers; day 0 is 0000-03-01."""

    first: int
    last: int
    precision: Precision


def precision(value: str) -> Precision:
    """Return how fine *value* is; ``none`` where it names no stretch of time that can be placed.

    >>> [precision(v) for v in ("2003-03-20", "2006-22", "199X", "2003/2010", "--03-20")]
    ['day', 'season', 'decade', 'interval', 'none']
    """
    span = _span(value)
    return span.precision if span else "none"


def bounds(value: str) -> tuple[str, str] | None:
    """Return the earliest and latest day of *value* as ISO dates, ``..`` for an open end; None where it has none.

    >>> bounds("2004-02"), bounds("2003-03/2003-05"), bounds("2010-08-31/..")
    (('2004-02-01', '2004-02-29'), ('2003-03-01', '2003-05-31'), ('2010-08-31', '..'))
    >>> bounds("199X"), bounds("-0043"), bounds("--03-20")
    (('1990-01-01', '1999-12-31'), ('-0043-01-01', '-0043-12-31'), None)
    """
    span = _span(value)
    return (iso(span.first), iso(span.last)) if span else None


def days(value: str) -> tuple[int, int] | None:
    """Return the numbers of the first and last day of *value* (see `number`); None where it cannot be placed.

    >>> days("0000-03"), days("0000-03-01/..") is None
    ((0, 30), True)
    """
    span = _span(value)
    return (span.first, span.last) if span and ".." not in value else None


def overlaps(a: str, b: str) -> bool:
    """Return whether *a* and *b* can share a day.

    >>> overlaps("2003-03", "2003-03-20"), overlaps("2003-03-19", "2003-03-20")
    (True, False)
    """
    left, right = _span(a), _span(b)
    return bool(left and right and left.first <= right.last and right.first <= left.last)


def days_between(a: str, b: str) -> int | None:
    """Return how many days lie from *a* to *b* at the least: 0 where they overlap, negative where *b* is earlier.

    None where one of them cannot be placed.

    >>> days_between("2003-03-20", "2003-04-09"), days_between("2003-04", "2003-03-30"), days_between("2003", "2003-05")
    (20, -2, 0)
    """
    left, right = _span(a), _span(b)
    if not (left and right):
        return None
    if overlaps(a, b):
        return 0
    return right.first - left.last if right.first > left.last else right.last - left.first


def shifted(value: str, days: int) -> str:
    """Return the day *days* after the day *value*.

    >>> shifted("2003-12-31", 1), shifted("0000-03-01", -1)
    ('2004-01-01', '0000-02-29')
    """
    span = _span(value)
    if span is None or span.precision != "day":
        raise ValueError(f"{value!r} is not a day")
    return iso(span.first + days)


def length(year: int, month: int) -> int:
    """Return how many days *month* of *year* has.

    >>> length(1900, 2), length(2000, 2), length(-4, 2)
    (28, 29, 29)
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def number(year: int, month: int, day: int) -> int:
    """Return the day number of a day; it counts from 0000-03-01.

    >>> number(0, 3, 1), number(0, 2, 29)
    (0, -1)
    """
    shift = 1 if month < 3 else 0  # years begin in March, so that the leap day is their last
    era, of_era = divmod(year - shift, 400)
    of_year = (153 * ((month - 3) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def iso(day: int) -> str:
    """Return the ISO date of a day *number*, ``..`` for an open end.

    >>> iso(0), iso(-1)
    ('0000-03-01', '0000-02-29')
    """
    if abs(day) >= ENDLESS:
        return ".."
    era, of_era = divmod(day, 146097)
    years = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    part = (5 * of_year + 2) // 153
    month = (part + 2) % 12 + 1
    year = years + era * 400 + (1 if month < 3 else 0)
    return f"{written(year)}-{month:02}-{of_year - (153 * part + 2) // 5 + 1:02}"


def written(year: int) -> str:
    """Return *year* in at least four digits, with its sign where it is before year 0.

    >>> written(79), written(-43)
    ('0079', '-0043')
    """
    return f"{'-' if year < 0 else ''}{abs(year):04}"


@lru_cache(maxsize=65536)
def _span(value: str) -> Span | None:
    plain = value.rstrip("~?%")
    if "/" in plain:
        return _interval(*plain.split("/", 1))
    if found := _CALENDAR.fullmatch(plain):
        return _calendar(*(int(part) if part else 0 for part in found.groups()))
    if found := _BLURRED.fullmatch(plain):
        return _blurred(found["sign"], found["known"])
    return None


def _interval(start: str, end: str) -> Span | None:
    first = None if start in ("..", "") else _span(start)
    last = None if end in ("..", "") else _span(end)
    if (first is None and start not in ("..", "")) or (last is None and end not in ("..", "")):
        return None
    span = Span(first.first if first else -ENDLESS, last.last if last else ENDLESS, "interval")
    return span if span.first <= span.last else None


def _calendar(year: int, month: int, day: int) -> Span | None:
    if not month:
        return Span(number(year, 1, 1), number(year, 12, 31), "year")
    if month in _SEASONS and not day:
        return _season(year, _SEASONS[month])
    if not 1 <= month <= 12 or day > length(year, month):
        return None
    if not day:
        return Span(number(year, month, 1), number(year, month, length(year, month)), "month")
    return Span(number(year, month, day), number(year, month, day), "day")


def _season(year: int, month: int) -> Span:
    end_year, end = (year + 1, 2) if month == 12 else (year, month + 2)
    return Span(number(year, month, 1), number(end_year, end, length(end_year, end)), "season")


def _blurred(sign: str, known: str) -> Span:
    step = 10 ** known.count("X")
    nearest = int(known.replace("X", "0"))
    first, last = (nearest, nearest + step - 1) if not sign else (-(nearest + step - 1), -nearest)
    return Span(number(first, 1, 1), number(last, 12, 31), "decade" if step == 10 else "century")
