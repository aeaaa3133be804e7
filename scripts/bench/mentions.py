"""How well dates, quantities and names are found in the five accounts of the Iraq war, beside lists made by reading.

    python scripts/bench/mentions.py --shared DIR [--differences]  > tables in Markdown

    list     On [April 9] the Americans entered Baghdad ... The [next day] [40] people
    found    On [April 9]=2003-04-09 ...                    The [next day]=2003-04-10

An item of the list is found where a mention of its sort overlaps it, and its value is right where the two say the same.
A mention is right where it overlaps an item. Phrases that only the context dates ("the next day") are marked in a list
of their own, and so does the toolkit mark them (its method is "pointing"): a mention of one counts as wrong against the
list, and is left out of the second figure of precision.

Names that stand inside a phrase for another entity ("the war in Iraq") are marked as such in the list: recall is given
with them and without. The lists were written before anything was compared; afterwards came the marks of nested names,
the deictic phrases of English and Croatian, and three corrections.
Nothing fails on a figure.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from hexapla.corpus.date import POINTING
from hexapla.corpus.document import Document, Mention, Work
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.work import load
from hexapla.scripts.bench.segmentation import grid

LANGUAGES = ("en", "hr", "ar", "tl")
GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold" / "iraq-war"
DATES = ("date", "time")
COUNTS = ("number", "percent", "money")
KINDS = ("date", "time", *COUNTS, "duration", "quantity", "ordinal", "vague", "id")
DEICTIC = "deictic"
SEASONS = {"21": "SP", "22": "SU", "23": "AU", "24": "WI"}  # EDTF's numbers, as the list writes them
PERIODS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
HOURS = {"H": "hour", "M": "minute", "S": "second"}
LARGER = {"decade": (Decimal(10), "year"), "century": (Decimal(100), "year")}
PARSED = {"tl": "fil"}  # what dateparser calls them
SHAPES = ("%Y", "%Y-%m", "%Y-%m-%d", "--%m", "--%m-%d", "%Y-%m-%dT%H:%M")
S = TypeVar("S", bound="Span")


@dataclass(frozen=True, slots=True)
class Span:
    """A slice ``[start, end)`` of the text of a document, in code points."""

    document: str
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two share a character.

        >>> Span("en", 0, 4).meets(Span("en", 3, 9)), Span("en", 0, 4).meets(Span("en", 4, 9))
        (True, False)
        """
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Item(Span):
    """A date or a quantity of the list: as it is written, what it means in its context, and its unit."""

    language: str
    kind: str
    written: tuple[str, ...]
    meant: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Found(Span):
    """A date or a quantity that a tool has found, with its readings, and those without the context's help."""

    language: str
    kind: str
    values: tuple[str, ...]
    literals: tuple[str, ...]
    unit: str = ""
    pointing: bool = False  # it is marked as a phrase that points to a date


@dataclass(frozen=True, slots=True)
class Name(Span):
    """A mention of an entity.

    One of *doubt* may be read in two ways and counts neither for nor against. One that is *nested* stands inside a
    phrase for another entity ("the war in Iraq"): whether it names its own there is a matter of convention.
    """

    language: str
    entity: str
    typo: bool = False
    doubt: bool = False
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole."""

    part: int
    whole: int

    def __str__(self) -> str:
        """Say it as a rate and as a fraction.

        >>> str(Rate(39, 40)), str(Rate(0, 0))
        ('0.975 (39/40)', '–')
        """
        return f"{self.part / self.whole:.3f} ({self.part}/{self.whole})" if self.whole else "–"


def rate(tests: Iterable[bool]) -> Rate:
    """Count how many of *tests* hold."""
    held = list(tests)
    return Rate(sum(held), len(held))


def item(row: Mapping[str, Any]) -> Item:
    """Read an item of a list."""
    written = (row["value"], *row.get("also", ()))
    meant = (row["resolved"],) if "resolved" in row else written
    unit = re.match(r"[A-Z]{3}\b", row.get("note", "")) if row["kind"] == "money" else None
    language = row["lang"]
    place = row.get("doc", language), row["start"], row["end"]
    return Item(*place, language, row["kind"], written, meant, unit[0] if unit else "")


def found(document: Document, mention: Mention) -> Found:
    """Read what the toolkit has found."""
    literal = mention.literal or mention.value
    kind = "date" if mention.kind == "date" else mention.subtype
    place = document.id, mention.start, mention.end, document.language
    return Found(*place, kind, (mention.value,), (literal,), mention.unit, mention.method == POINTING)


def plain(value: str) -> str:
    """Return *value* in the one way of writing it that is compared.

    >>> plain("8400000.0"), plain("50/70"), plain("2006-22"), plain("P7.5Y"), plain("2003-03")
    ('8400000', '50/70', '2006-SU', '7.5 year', '2003-03')
    """
    if "/" in value:
        return "/".join(plain(part) for part in value.split("/"))
    if season := re.fullmatch(r"(\d{4})-(2[1-4])", value):
        return f"{season[1]}-{SEASONS[season[2]]}"
    if period := re.fullmatch(r"P(T?)([\d.]+)([A-Z])", value):
        return f"{_decimal(period[2])} {(HOURS if period[1] else PERIODS)[period[3]]}"
    return _decimal(value)


def _decimal(value: str) -> str:
    """Return a decimal without what adds nothing; anything else as it is."""
    try:
        return f"{Decimal(value).normalize():f}"
    except InvalidOperation:
        return value


def agrees(wanted: Item, hits: Sequence[Found], *, literal: bool = False) -> bool:
    """Whether one of the *hits* on an item, or all of them together, say what it means; or only what it says.

    An interval that covers more than the item agrees where one of its ends does.
    """
    accepted = {plain(value) for value in (wanted.written if literal else wanted.meant)}
    return any(plain(value) in accepted for value in _readings(wanted, hits, literal=literal))


def _readings(wanted: Item, hits: Sequence[Found], *, literal: bool) -> Iterator[str]:
    """Yield the values that *hits* offer for an item."""
    told = [hit.literals if literal else hit.values for hit in hits if not wanted.unit or hit.unit == wanted.unit]
    for hit, values in zip(hits, told, strict=False):
        for value in values:
            yield _period(value, hit) if wanted.kind == "duration" else value
            if hit.start < wanted.start or wanted.end < hit.end:
                yield from value.split("/")
    if len(told) > 1:
        yield from (f"{first}/{last}" for first, last in zip(told[0], told[-1], strict=True))


def _period(value: str, hit: Found) -> str:
    """Return a duration with its unit."""
    times, unit = LARGER.get(hit.unit, (Decimal(1), hit.unit))
    return f"{_decimal(str(Decimal(value) * times)) if times != 1 else _decimal(value)} {unit}"


def hits(span: Span, among: Iterable[S]) -> list[S]:
    """Return those that overlap *span*, in the order of the text."""
    return sorted((other for other in among if span.meets(other)), key=lambda other: (other.start, other.end))


def of(kinds: Sequence[str], items: Iterable[Item]) -> list[Item]:
    """Return the items of *kinds*."""
    return [one for one in items if one.kind in kinds]


def recall(wanted: Sequence[Item], mentions: Sequence[Found]) -> tuple[Rate, Rate, Rate]:
    """Return how many items are found, how many with the right value, and how many are right as they are written."""
    pairs = [(one, hits(one, mentions)) for one in wanted]
    return (
        rate(bool(met) for _, met in pairs),
        rate(agrees(one, met) for one, met in pairs),
        rate(agrees(one, met, literal=True) for one, met in pairs),
    )


def precision(mentions: Sequence[Found], items: Sequence[Item], right: Sequence[str]) -> tuple[Rate, Rate]:
    """Return how many mentions overlap an item of the kinds *right*: of all, and of those not marked as pointing."""
    listed = of(right, items)
    judged = [(bool(hits(one, listed)), one.pointing) for one in mentions]
    return rate(good for good, _ in judged), rate(good for good, pointing in judged if not pointing)


def link_recall(wanted: Sequence[Name], linked: Sequence[Name]) -> Rate:
    """Return how many mentions of entities are linked to theirs."""
    return rate(any(hit.entity == one.entity for hit in hits(one, linked)) for one in wanted)


def link_precision(linked: Sequence[Name], wanted: Sequence[Name]) -> Rate:
    """Return how many links are those of the list; those of doubtful mentions are left out."""
    met = [[one for one in hits(link, wanted) if one.entity == link.entity] for link in linked]
    return rate(bool(right) for right in met if not any(one.doubt for one in right))


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a list, a line each."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def items(shared: Path) -> list[Item]:
    """Read the two lists of dates and quantities."""
    given = shared / "bench" / "iraq" / "dates_quantities.jsonl"
    return [item(row) for path in (given, GOLD / "dates_quantities.jsonl") for row in rows(path)]


def names(documents: Sequence[Document]) -> list[Name]:
    """Read the list of mentions of entities."""
    languages = {document.id: document.language for document in documents}
    return [_name(row, languages[row["doc"]]) for row in rows(GOLD / "entities.jsonl")]


def _name(row: Mapping[str, Any], language: str) -> Name:
    """Read a mention of an entity."""
    marks = (name in row for name in ("typo", "doubt", "within"))
    return Name(row["doc"], row["start"], row["end"], language, row["entity"], *marks)


def walk() -> tuple[Work, tuple[Document, ...]]:
    """Take the way that the published work takes, up to the mentions."""
    work, documents, authority = load("iraq-war")
    annotated, _, _ = annotate([segment(document) for document in documents], authority)
    return work, annotated


def ours(documents: Iterable[Document]) -> list[Found]:
    """Return the dates and quantities that the toolkit has found."""
    return [
        found(document, mention)
        for document in documents
        for mention in document.mentions
        if mention.kind in ("date", "quantity")
    ]


def links(documents: Iterable[Document], entities: set[str]) -> list[Name]:
    """Return the names that the toolkit has linked to one of *entities*."""
    return [
        Name(document.id, mention.start, mention.end, document.language, mention.ref)
        for document in documents
        for mention in document.mentions
        if mention.ref in entities and mention.subtype == "name"
    ]


def dateparser(work: Work, documents: Iterable[Document]) -> list[Found]:
    """Return the dates that dateparser finds sentence by sentence; PackageNotFoundError where it is not installed.

    It is told the language, and the work's date as the day to reckon from.
    """
    version("dateparser")
    search = import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": datetime.fromisoformat(work.date)}

    def look(text: str, language: str) -> list[tuple[str, datetime]]:
        return search(text, languages=[PARSED.get(language, language)], settings=settings) or []

    return [one for document in documents for one in _parsed(document, look)]


def _parsed(document: Document, look: Callable[[str, str], list[tuple[str, datetime]]]) -> Iterator[Found]:
    """Yield the dates of one document; a date's parts that were not written count as right in any comparison."""
    for part in document.segments:
        place, text = 0, document.slice(part)
        for words, date in look(text, document.language) if part.kind != "x" else ():
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                values = tuple(date.strftime(shape) for shape in SHAPES)
                span = part.start + start, part.start + place
                yield Found(document.id, *span, document.language, "date", values, values)


def among(language: str, spans: Iterable[Any]) -> list[Any]:
    """Return the spans of one language; of all, where none is given."""
    return [span for span in spans if language in ("", span.language)]


def recall_table(listed: Sequence[Item], mentions: Sequence[Found]) -> str:
    """Lay out what is found, by language and kind."""
    lines = []
    for language in (*LANGUAGES, ""):
        for kind in KINDS:
            wanted = of((kind,), among(language, listed))
            matching = [one for one in mentions if (one.kind == "date") == (kind in DATES)]
            if wanted:
                figures = recall(wanted, matching)[: 1 if kind in ("vague", "ordinal", "id") else 3]
                lines.append([language or "all", kind, *map(str, figures), *["–"] * (3 - len(figures))])
    return grid(["language", "kind", "found", "value right", "right as written"], lines)


def precision_table(listed: Sequence[Item], mentions: Sequence[Found]) -> str:
    """Lay out how much of what is found is on the list, by language."""
    quantities = [kind for kind in KINDS if kind not in (*DATES, "id")]
    sorts: tuple[tuple[str, Sequence[str], Callable[[str], bool]], ...] = (
        ("dates", DATES, lambda kind: kind == "date"),
        ("numbers, percent, money", quantities, lambda kind: kind not in ("date", "duration")),
        ("durations", quantities, lambda kind: kind == "duration"),
    )
    lines = []
    for language in (*LANGUAGES, ""):
        for name, kinds, sort in sorts:
            chosen = [one for one in among(language, mentions) if sort(one.kind)]
            lines.append([language or "all", name, *map(str, precision(chosen, listed, kinds))])
    return grid(["language", "sort", "on the list", "without those marked as pointing"], lines)


def date_table(listed: Sequence[Item], tools: Mapping[str, Sequence[Found]]) -> str:
    """Lay out the dates that several tools find, side by side."""
    lines = []
    for language in (*LANGUAGES, ""):
        wanted = of(("date",), among(language, listed))
        for tool, mentions in tools.items():
            dates = [one for one in among(language, mentions) if one.kind == "date"]
            figures = (*recall(wanted, dates), *precision(dates, listed, DATES))
            lines.append([language or "all", tool, *map(str, figures)])
    head = ["found", "value right", "right as written", "on the list", "without those marked as pointing"]
    return grid(["language", "tool", *head], lines)


def name_table(wanted: Sequence[Name], linked: Sequence[Name], key: Callable[[Name], str], head: str) -> str:
    """Lay out recall and precision of names, by what *key* says; names that are mistyped are counted apart."""
    lines = []
    for group in (*sorted({key(one) for one in wanted}), ""):
        listed, chosen = ([one for one in all_ if group in ("", key(one))] for all_ in (wanted, linked))
        clear = [one for one in listed if not one.doubt]
        typed, mistyped = ([one for one in clear if one.typo == typo] for typo in (False, True))
        outer = [one for one in typed if not one.nested]
        figures = [link_recall(part, chosen) for part in (typed, outer, mistyped)]
        lines.append([group or "all", *map(str, figures), str(link_precision(chosen, listed))])
    return grid([head, "recall", "recall without nested names", "mistyped names found", "precision"], lines)


def differences(documents: Sequence[Document], listed: Sequence[Item], mentions: Sequence[Found]) -> Iterator[str]:
    """Yield a line for each date or quantity that the list and the toolkit do not have alike."""
    texts = {document.id: document.text for document in documents}
    for one in listed:
        matching = [other for other in mentions if (other.kind == "date") == (one.kind in DATES)]
        met = hits(one, matching)
        if one.kind == DEICTIC or (met and (one.kind in ("vague", "ordinal", "id") or agrees(one, met))):
            continue
        told = ", ".join(f"{_words(texts, hit)} = {hit.values[0]} {hit.unit}".strip() for hit in met) or "nothing"
        yield f"- {one.document} {one.start} {one.kind} {_words(texts, one)} = {one.meant[0]}; found {told}"
    for other in mentions:
        kinds = DATES if other.kind == "date" else tuple(kind for kind in KINDS if kind not in (*DATES, "id"))
        if not hits(other, of((*kinds, DEICTIC), listed)):
            value = f"{other.values[0]} {other.unit}".strip()
            yield f"- {other.document} {other.start} not listed: {_words(texts, other)} = {value}"


def name_differences(documents: Sequence[Document], wanted: Sequence[Name], linked: Sequence[Name]) -> Iterator[str]:
    """Yield a line for each name that the list and the toolkit do not have alike."""
    texts = {document.id: document.text for document in documents}
    for sort, some, others in (("not found", wanted, linked), ("not listed", linked, wanted)):
        for one in some:
            if not one.doubt and not any(hit.entity == one.entity for hit in hits(one, others)):
                yield f"- {one.document} {one.start} {sort}: {one.entity} {_words(texts, one)}"


def _words(texts: Mapping[str, str], span: Span) -> str:
    """Quote a span with a little of what stands around it."""
    text = texts[span.document]
    before, after = text[max(0, span.start - 15) : span.start], text[span.end : span.end + 15]
    return f"“{before}[{text[span.start : span.end]}]{after}”".replace("\n", " ")


def tables(shared: Path, *, detailed: bool = False) -> Iterator[str]:
    """Yield the tables, a part at a time."""
    work, documents = walk()
    listed, wanted, mentions = items(shared), names(documents), ours(documents)
    linked = links(documents, {one.entity for one in wanted})
    yield "## Dates and quantities\n"
    yield recall_table(listed, mentions)
    yield "\nAn id (of a resolution, of a battalion) is no quantity: it is right that none is found."
    yield "\n### Precision\n"
    yield precision_table(listed, mentions)
    yield "\n## Dates, beside dateparser\n"
    try:
        tools = {"hexapla": mentions, f"dateparser {version('dateparser')}": dateparser(work, documents)}
    except PackageNotFoundError:
        tools = {"hexapla": mentions}
        yield "dateparser is not installed and left out.\n"
    yield date_table(listed, tools)
    yield "\n## Names of entities\n"
    yield name_table(wanted, linked, lambda one: one.language, "language")
    yield "\n" + name_table(wanted, linked, lambda one: one.entity, "entity")
    if detailed:
        yield "\n## Differences\n"
        yield from differences(documents, listed, mentions)
        yield from name_differences(documents, wanted, linked)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = os.environ.get("HEXAPLA_SHARED")
    parser.add_argument("--shared", type=Path, default=shared, metavar="DIR", help="reference data (HEXAPLA_SHARED)")
    parser.add_argument("--differences", action="store_true", help="list what the lists and the toolkit have not alike")
    asked = parser.parse_args(arguments)
    if asked.shared is None or not (asked.shared / "bench" / "iraq").is_dir():
        parser.error(f"no bench/iraq in {asked.shared}: give --shared DIR or set HEXAPLA_SHARED")
    for lines in tables(asked.shared, detailed=asked.differences):
        print(lines, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
