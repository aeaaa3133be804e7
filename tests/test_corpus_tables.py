"""The tables of every language: keys that are read, values of the right kind, shapes whose roles exist.

A table with a mistyped key is not refused when it is read, its words are only missing; here the mistake has a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import Stemmer

from hexapla.corpus.language import FOLDER

PATHS = sorted(FOLDER.glob("*/*.toml"))

KINDS: dict[str, dict[str, str]] = {
    # topic: key -> text, flag, words (a list), named (name -> words), numbered (number -> words), rows (an array), pairs, section
    "language": {
        **dict.fromkeys(("name", "script", "same_as", "unmarked"), "text"),
        **dict.fromkeys(("rivals", "markers"), "words"),
    },
    "words": dict.fromkeys(("clitics", "passing", "prepositions", "closed"), "words"),
    "stems": {
        **dict.fromkeys(("suffixes", "prefixes", "infixes", "articles", "compounds"), "words"),
        **dict.fromkeys(("snowball", "single", "fleeting"), "text"),
        "changes": "pairs",
        "doubling": "flag",
    },
    "names": {
        **dict.fromkeys(("plans", "cases", "frozen", "proclitics"), "words"),
        **dict.fromkeys(("stems", "enclitics", "acronym", "possessive"), "pairs"),
        "article": "section",
        **dict.fromkeys(("noun", "adjective", "lone"), "rows"),
    },
    "dates": {
        "capital": "flag",
        **dict.fromkeys(("shapes", "last_shapes", "after_year", "clitics"), "words"),
        **dict.fromkeys(("month", "season", "ordinal", "tens", "century", "era", "weekday"), "numbered"),
        **dict.fromkeys(("feast", "words", "offset", "offset_unit"), "named"),
        "deictic": "rows",
    },
    "numbers": {
        **dict.fromkeys(("group", "ordinal_dot"), "text"),
        "units_first": "flag",
        **dict.fromkeys(("linkers", "clitics"), "words"),
        **dict.fromkeys(("number", "scale", "some"), "numbered"),
        **dict.fromkeys(("unit", "money", "counted", "fraction", "amount", "words"), "named"),
    },
    "clock": {
        **dict.fromkeys(("twelve", "dot"), "flag"),
        **dict.fromkeys(("at", "exact", "about", "before", "after", "local", "shapes", "minutes", "both"), "words"),
        **dict.fromkeys(("morning", "evening", "night"), "words"),
        **dict.fromkeys(("hour", "past", "further", "teen", "tens"), "numbered"),
        "zone": "named",
    },
    "scope": dict.fromkeys(("cutoff", "total", "inclusive", "source", "dead", "wounded", "displaced"), "words"),
    "peoples": {"people": "named"},
    "ways": dict.fromkeys(("from", "to"), "words"),
    "clauses": dict.fromkeys(("opening", "joining", "prefixes"), "words"),
}
OTHERS = ("segmentation", "titles")  # topics whose tables are only looked at for values that are no words

RANGES = {"month": (1, 12), "season": (21, 24), "ordinal": (1, 31), "weekday": (1, 7), "century": (1, 21)}
UNITS = ("day", "month", "year", "since")
SHAPED = frozenset(  # roles that figures and signs have, and those that the tables' own sections give
    [
        "iso",
        "number",
        "day",
        "year",
        "decade",
        "short",
        "shortdecade",
        "monthnumber",
        "century",
        "dot",
        "comma",
        "slash",
        "open",
        "close",
        "dash",
        "month",
        "season",
        "feast",
        "tens",
        "era",
        "weekday",
        "deictic",
        "sameyear",
    ]
)


def faults(topic: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a table, each fault in one line."""
    kinds = KINDS.get(topic)
    for key, value in table.items():
        if kinds is not None and key not in kinds:
            yield f"{key}: no rule reads this key"
        elif kinds is not None:
            yield from _fits(key, value, kinds[key])
        elif isinstance(value, list):
            yield from _fits(key, value, "words")
    yield from _own(topic, table)


def _fits(key: str, value: Any, kind: str) -> Iterator[str]:
    if kind == "words":
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            yield f"{key}: give a list of words"
    elif kind in ("named", "numbered", "pairs", "section"):
        if not isinstance(value, dict):
            yield f"{key}: give a section [{key}]"
            return
        for name, words in value.items() if kind != "section" else ():
            if kind == "numbered" and not re.fullmatch(r"-?\d+", name):
                yield f"{key}: {name!r} is no whole number"
            yield from _fits(f"{key}.{name}", words, "text" if kind == "pairs" else "words")
    elif kind == "rows":
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            yield f"{key}: write [[{key}]]"
    elif not (isinstance(value, bool) if kind == "flag" else isinstance(value, str)):
        yield f"{key}: give {'true or false' if kind == 'flag' else 'a text in quotes'}"


def _own(topic: str, table: Mapping[str, Any]) -> Iterable[str]:
    """What only one topic can have wrong."""
    found = {"stems": _stems, "names": _names, "dates": _dates, "numbers": _numbers, "clock": _clock}.get(topic)
    return found(table) if found else ()


def _stems(table: Mapping[str, Any]) -> Iterator[str]:
    known = Stemmer.algorithms()
    if table.get("snowball", known[0]) not in known:
        yield f"snowball: one of {', '.join(known)}"


def _clock(table: Mapping[str, Any]) -> Iterator[str]:
    known = tomllib.loads((FOLDER / "und" / "clock.toml").read_text("utf-8"))["offset"]
    yield from (
        f"zone: {name!r} has no offset in und/clock.toml" for name in table.get("zone", {}) if name not in known
    )
    yield from (
        f"shape {shape!r}: where does the zone stand?" for shape in table.get("shapes", ()) if "{}" not in shape
    )


def _names(table: Mapping[str, Any]) -> Iterator[str]:
    rows = [(kind, row) for kind in ("noun", "adjective", "lone") for row in table.get(kind, ())]
    for kind, row in rows:
        allowed = {
            "ending",
            "drop",
            "gender",
            "possessive",
            *(["endings"] if kind == "lone" else table.get("cases", ())),
        }
        if "ending" not in row or set(row) - allowed:
            yield f"{kind} {row}: needs ending, and may have {', '.join(sorted(allowed))}"
    for pattern in [row["ending"] for _, row in rows if "ending" in row] + [*table.get("enclitics", {})]:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"ending {pattern!r}: {error}"
    for plan in set(table.get("plans", ())) - {"agreeing", "all", "first", "last"}:
        yield f"plans: {plan!r} is none"


def _dates(table: Mapping[str, Any]) -> Iterator[str]:
    for key, (low, high) in RANGES.items():
        beyond = [n for n in table.get(key, {}) if n.lstrip("-").isdigit() and not low <= int(n) <= high]
        yield from (f"{key}: {n} is not in {low}..{high}" for n in beyond)
    yield from (f"feast: {day!r} is not MM-DD" for day in table.get("feast", {}) if not re.fullmatch(r"\d\d-\d\d", day))
    for row in table.get("deictic", ()):
        if set(row) != {"forms", "unit", "step"} or row["unit"] not in UNITS or not isinstance(row["step"], int):
            yield f"deictic {row.get('forms')}: needs forms, unit ({', '.join(UNITS)}) and step"
    known = SHAPED | set(table.get("words", {}))
    for shape in [*table.get("shapes", ()), *table.get("last_shapes", ())]:
        if shape.count("(") != shape.count(")?"):
            yield f"shape {shape!r}: write ( ... )? with spaces"
        roles = {role.rstrip("2") for item in shape.split() if item not in ("(", ")?") for role in _roles(item)}
        yield from (f"shape {shape!r}: nothing has the role {role!r}" for role in sorted(roles - known))


def _roles(item: str) -> list[str]:
    return item.strip("<>!~?").split("|")


def _numbers(table: Mapping[str, Any]) -> Iterator[str]:
    for name in table.get("fraction", {}):
        if not re.fullmatch(r"\d+/\d+", name):
            yield f"fraction: {name!r} is not like 1/3"
    for name in table.get("amount", {}):
        if not re.fullmatch(r"[\d.]+ \w+", name):
            yield f"amount: {name!r} is not like '2 year'"
    for name, forms in table.get("counted", {}).items():
        short = [form for form in forms if form.endswith("*") and len(form) < 4]
        yield from (f"counted.{name}: {form!r} is shorter than three letters and never found" for form in short)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_table_says_only_what_is_read(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    if path.parent.name == "und" and path.stem != "segmentation":
        return  # the general rules have keys of their own
    assert path.stem in (*KINDS, *OTHERS), f"no rule reads a topic {path.stem!r}"
    assert list(faults(path.stem, table)) == []


WRONG: list[tuple[str, str, str]] = [
    ("dates", '[wrods]\nof = ["de"]', "wrods: no rule reads this key"),
    ("dates", '[month]\ndec = ["diciembre"]', "month: 'dec' is no whole number"),
    ("clock", '[zone]\nmars = ["marte"]', "zone: 'mars' has no offset"),
    ("dates", '[month]\n13 = ["enero"]', "month: 13 is not in 1..12"),
    ("dates", 'shapes = ["<decadword tens"]', "shape '<decadword tens': nothing has the role 'decadword'"),
    ("dates", '[[deictic]]\nforms = ["al otro día"]\nunit = "day"', "needs forms, unit"),
    ("dates", 'shapes = ["month ( year"]', "write ( ... )? with spaces"),
    ("numbers", '[number]\n2 = "dos"', "number.2: give a list of words"),
    ("numbers", '[fraction]\nhalf = ["mitad"]', "fraction: 'half' is not like 1/3"),
    ("numbers", '[counted]\ncity = ["vi*"]', "shorter than three letters"),
    ("names", '[[lone]]\nending = "(o"\nendings = "a"', "ending '(o'"),
    ("names", '[[noun]]\nendings = "a"', "needs ending"),
    ("stems", 'snowball = "spansh"', "snowball: one of"),
    ("words", 'passing = "tras"', "passing: give a list of words"),
]


@pytest.mark.parametrize(("topic", "text", "said"), WRONG)
def test_a_mistake_has_a_name(topic: str, text: str, said: str) -> None:
    assert any(said in fault for fault in faults(topic, tomllib.loads(text)))
