"""Tables of the Wikidata query service, as drafts of an authority.

    item,label_en,label_hr,type,date,place               a row an item, a column for the labels of each language
    http://www.wikidata.org/entity/Q152499,...

    item      lang  label    alias        typeLabel      a row an item and language: rows of one item are put together
    Q1530     en    Baghdad  Bagdad       city

Commas, semicolons or tabs stand between the cells; the service's "TSV (verbose)", with ``?item`` and ``"Baghdad"@en``,
is read as well. A column is known by its name or by that of the item's column: ``event``, ``eventLabel``. What the
classes of Wikidata are here stands in ``languages/und/wikidata.toml``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from hexapla.corpus import edtf
from hexapla.corpus.authorities import COLUMNS
from hexapla.corpus.document import EntityType, Name, Participant
from hexapla.corpus.draft import Draft, Remarks
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import UNDETERMINED, canonical, language, table

Kind = tuple[EntityType | Literal["event"], str]
"""What an item is: our type, and the label of its class."""

GENERAL = ("event", "occurrence")
"""Classes that a more special one is better than."""

_ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d*)")
_LITERAL = re.compile(r'"(?P<text>.*)"(?:@(?P<tag>[A-Za-z0-9-]+)|\^\^\S+)?', re.DOTALL)
_DATE = re.compile(r"\+?(?P<day>-?\d{4}(?:-\d\d){0,2})(?P<time>T[\d:.]+Z?)?")
_UNKNOWN_VALUE = re.compile(r"_:\S+|t\d+|https?://www\.wikidata\.org/\.well-known/genid/\S+")
_NAMING = re.compile(
    r"(?P<stem>.*?)(?P<what>altlabel|label|alias(?:es)?|description|name)s?"
    r"(?:[_.@ -]?(?P<tag>[a-z]{2,3}(?:[_-][a-z0-9]{2,8})*))?"
)
_TAG = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*")
_ITEMS = ("item", "qid", "wikidata", "q", "id")
_ROLES = {
    "type": ("type", "instance", "instanceof", "class", "kind", "p31"),
    "language": ("lang", "language", "languagecode"),
    "date": ("date", "time", "pointintime", "p585"),
    "start": ("start", "startdate", "starttime", "from", "begin", "p580"),
    "end": ("end", "enddate", "endtime", "to", "until", "p582"),
    "precision": ("precision", "dateprecision", "timeprecision"),
    "place": ("place", "location", "where", "p276"),
    "of": ("of", "country", "locatedin", "adminentity", "p17", "p131"),
    "participant": ("participant", "participants", "p710"),
    "note": ("note", "desc"),
}
_ROLE = {word: role for role, words in _ROLES.items() for word in words}
_KINDS = (*get_args(EntityType), "event")
_EVERYWHERE = ("", "mul")
_PRECISION = {"7": 2, "8": 3, "9": 4, "10": 7, "11": 10}  # Wikidata's numbers: the characters of a date that hold
_CENTURY_DECADE = {2: "XX", 3: "X"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, of which column it is the label, and in which language."""

    role: str
    language: str = ""
    listed: bool = False  # several values in a cell, with commas between them


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it stands, and the cells of each role as (words, language)."""

    line: int
    cells: Mapping[str, Sequence[tuple[str, str]]]

    def first(self, role: str) -> str:
        """Return the first cell of *role* that is not empty, else ''."""
        return next((words for words, _ in self.cells.get(role, ()) if words), "")


@dataclass(slots=True)
class _Gathered:
    """All that the rows of one item say, each thing once and in order."""

    line: int
    labels: dict[Name, None] = field(default_factory=dict)
    aliases: dict[Name, None] = field(default_factory=dict)
    classes: dict[str, None] = field(default_factory=dict)
    dates: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)
    owners: dict[str, None] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)


def drafts(text: str, path: Path, remarks: Remarks) -> list[Draft]:
    """Return the items of the table *text*, in its order; *remarks* learns what was left out.

    Raises:
        InputError: the table has no items, labels or classes, or a row is broken; with the line, and what to do.
    """
    lines = _cells(text, path)
    first, header = next(lines, (1, []))
    columns, base = _columns(header, first, path, remarks)
    gathered: dict[str, _Gathered] = {}
    added: dict[str, Draft] = {}
    for line, cells in lines:
        row = _row(line, cells, columns, path)
        _gather(row, gathered, added, path, remarks)
    if not gathered:
        raise InputError("is empty but for its header", path=path, hint="give a row for each item")
    fixed = _known().get(base.casefold()) if not any(column.role == "type" for column in columns) else None
    same = {name.text.casefold(): key for key, item in reversed(gathered.items()) for name in item.labels}
    found = [_draft(key, _meant(item, same), fixed, remarks) for key, item in gathered.items()]
    extra = [draft for key, draft in added.items() if key not in gathered and key.casefold() not in same]
    for draft in extra:
        remarks.add("a place that is named beside an item has no row of its own and is added", draft.line)
    return found + extra


# the table


def _cells(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of the table, split into cells, with their number."""
    head = text.lstrip("\r\n").partition("\n")[0]
    mark = "\t" if "\t" in head else max(",;", key=head.count)
    verbose = mark == "\t" and head.startswith("?")  # there a quotation mark belongs to the cell
    stream = io.StringIO(text, newline="")
    if verbose:
        reader = csv.reader(stream, delimiter=mark, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(stream, delimiter=mark, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        hint = "close every quotation mark, and double those inside a cell"
        raise InputError(f"is no table: {error}", path=path, place=reader.line_num, hint=hint) from error


def _columns(header: list[str], line: int, path: Path, remarks: Remarks) -> tuple[list[Column], str]:
    """Return what each column holds, and the name of the one with the items."""
    names = [head.removeprefix("?") for head in header]
    if tuple(names[: len(COLUMNS)]) == COLUMNS:
        message = "is no authority file: it has the columns of entities.tsv, but no tabs between them"
        raise InputError(message, path=path, place=line, hint="save it as entities.tsv, with tabs between the cells")
    base = _base(names)
    if not base:
        hint = "name one `item`, with items like Q796; or give a folder, a .toml, our own .tsv, or TEI"
        raise InputError("is no authority file: no column holds Wikidata items", path=path, place=line, hint=hint)
    columns = [Column("item") if head == base else _column(head, base) for head in names]
    for head, column in zip(names, columns, strict=True):
        if not column.role:
            remarks.add(f"the column {head!r} is not used", line)
    roles = {column.role for column in columns}
    if not roles & {"label", "alias"}:
        raise InputError("no column of labels", path=path, place=line, hint="add one such as label_en, or en")
    if "type" not in roles and base.casefold() not in _known():
        hint = f"add one named type, with {', '.join(_KINDS)}, or a class of Wikidata (P31)"
        raise InputError("no column says what the items are", path=path, place=line, hint=hint)
    return columns, base


def _base(names: Sequence[str]) -> str:
    """Return the name of the column with the items: one called so, else the first with a label beside it."""
    called = [head for word in _ITEMS for head in names if head.lower() == word]
    labelled = [head for head in names if head and any(other.startswith(f"{head}Label") for other in names)]
    return next((head for head in (*called, *labelled)), "")


def _column(head: str, base: str) -> Column:
    """Return what the column named *head* holds; its role is '' where that is not known."""
    word = re.sub(r"[^a-z0-9]", "", head.lower())
    if word in _ROLE:
        return Column(_ROLE[word])
    if _TAG.fullmatch(head) and (tag := _tag(head)):
        return Column("label", tag)
    found = _NAMING.fullmatch(head.lower())
    if not found or (found["tag"] and not _tag(found["tag"])):
        return Column("")
    what, tag = found["what"], _tag(found["tag"] or "")
    stem = re.sub(r"[^a-z0-9]", "", found["stem"])
    if stem in ("", "item", re.sub(r"[^a-z0-9]", "", base.lower())):
        if what == "description":
            return Column("note")
        joined = bool(stem) and what == "altlabel"  # the label service writes all in one cell
        return Column("label" if what in ("label", "name") else "alias", tag, joined)
    role = _ROLE.get(stem, "")
    if what != "label" or role in ("language", "precision", "date", "start", "end", "note"):
        return Column("")
    return Column(role if role in ("", "type") else f"{role} label", tag)


def _tag(code: str) -> str:
    """Return *code* as a language tag, '' where no language with a name has it."""
    try:
        tag = canonical(code.replace("_", "-"))
    except UsageError:
        return ""
    return tag if language(tag).name != tag else ""


def _row(line: int, cells: list[str], columns: Sequence[Column], path: Path) -> Row:
    if len(cells) != len(columns):
        message = f"{len(cells)} columns, but the header has {len(columns)}"
        raise InputError(message, path=path, place=line, hint="quote a cell that has the separator in it")
    by_role: dict[str, list[tuple[str, str]]] = {}
    for cell, column in zip(cells, columns, strict=True):
        words, tag = _value(cell)
        for one in _several(words, column):
            by_role.setdefault(column.role, []).append((one, column.language or tag))
    return Row(line, by_role)


def _value(cell: str) -> tuple[str, str]:
    """Return the words of a cell, and the language that it states: ``"Baghdad"@en``.

    A cell in quotation marks is one of the verbose form; the marks of a quoted CSV cell are gone already.
    """
    if cell.startswith("<") and cell.endswith(">"):
        return cell[1:-1], ""
    if found := _LITERAL.fullmatch(cell):
        plain = re.sub(r"\\([tnr\"\\])", lambda m: {"t": " ", "n": " ", "r": " "}.get(m[1], m[1]), found["text"])
        return plain, found["tag"] or ""
    return cell, ""


def _several(words: str, column: Column) -> list[str]:
    """Return the values of a cell: names have ``|`` between them, or what the label service writes."""
    if column.role not in ("label", "alias"):
        return [words]
    mark = r"\s*\|\s*" if "|" in words or not column.listed else r",\s+"
    return re.split(mark, words)


# the rows of an item


def _gather(row: Row, gathered: dict[str, _Gathered], added: dict[str, Draft], path: Path, remarks: Remarks) -> None:
    """Add what *row* says to its item."""
    found = _ITEM.fullmatch(row.first("item"))
    if not found:
        what = f"{row.first('item')!r} is no Wikidata item" if row.first("item") else "no item"
        raise InputError(what, path=path, place=row.line, hint="write it like Q796, or take the row out")
    item = gathered.setdefault(found[1], _Gathered(row.line))
    for role, names in (("label", item.labels), ("alias", item.aliases)):
        names.update(dict.fromkeys(_names(row, role, found[1], remarks)))
    item.classes.update((words, None) for words, _ in row.cells.get("type", ()) if words)
    item.notes.update((words, None) for words, _ in row.cells.get("note", ()) if words)
    if date := _dated(row, path, remarks):
        item.dates[date] = None
    for role, keys in (("place", item.places), ("of", item.owners), ("participant", item.parts)):
        if key := _referred(row, role, added):
            keys[key] = None


def _names(row: Row, role: str, item: str, remarks: Remarks) -> Iterator[Name]:
    spoken = row.first("language")
    for words, tag in row.cells.get(role, ()):
        if not words or words == item:  # the label service gives the item where there is no label
            continue
        code = tag or spoken
        if code in _EVERYWHERE:  # as English names are, these are looked for in every language
            remarks.add(
                f"a label {'for all languages' if code else 'without a language'} is taken as English", row.line
            )
        if known := _tag("en" if code in _EVERYWHERE else code):
            yield Name(known, words)
        else:
            remarks.add(f"a label in {code!r}, which is no language tag, is left out", row.line)


def _referred(row: Row, role: str, added: dict[str, Draft]) -> str:
    """Return the item that *row* names as its place, or the like; a place is added with the label beside it."""
    said = row.first(role)
    labels = [(words, tag) for words, tag in row.cells.get(f"{role} label", ()) if words and words != said]
    found = _ITEM.fullmatch(said)
    key = found[1] if found else said or (labels[0][0] if labels else "")
    names = tuple(Name(_tag(tag) or "en", words) for words, tag in labels if not _ITEM.fullmatch(words))
    names = names or ((Name("en", key),) if key and not found else ())
    if role != "participant" and names and not _UNKNOWN_VALUE.fullmatch(key):
        known = added.get(key) or Draft("place", key, row.line, wikidata=found[1] if found else "")
        added[key] = replace(known, names=tuple(dict.fromkeys((*known.names, *names))))
    return "" if _UNKNOWN_VALUE.fullmatch(key) else key


def _meant(item: _Gathered, same: Mapping[str, str]) -> _Gathered:
    """Return *item* with what it refers to by a label referred to by its item, where the list holds that label."""
    places, owners, parts = (
        dict.fromkeys(same.get(key.casefold(), key) for key in keys) for keys in (item.places, item.owners, item.parts)
    )
    return replace(item, places=places, owners=owners, parts=parts)


def _draft(key: str, item: _Gathered, fixed: Kind | None, remarks: Remarks) -> Draft:
    type_, label = _kind(item, fixed, remarks)
    for what, values in (("dates", item.dates), ("places", item.places or item.owners)):
        if len(values) > 1 and type_ == "event":
            remarks.add(f"an event with several {what} has the first of them", item.line)
    draft = Draft(type_, key, item.line, (*item.labels, *item.aliases), key, tuple(item.notes))
    date, owner, place = (next(iter(values), "") for values in (item.dates, item.owners, item.places))
    if type_ == "event":
        parts = tuple(Participant(part) for part in item.parts)
        return replace(draft, kind=label, date=date, place=place or owner, participants=parts)
    if type_ in ("place", "people"):
        return replace(draft, of=owner or place, date=date)
    return replace(draft, date=date)


def _kind(item: _Gathered, fixed: Kind | None, remarks: Remarks) -> Kind:
    """Return what an item is by its classes; one that has none that is known is a thing."""
    if fixed and not item.classes:
        return fixed
    asked = (_ITEM.fullmatch(said) for said in item.classes)
    words = [found[1] if found else said for found, said in zip(asked, item.classes, strict=True)]
    known = [_known()[word.casefold()] for word in words if word.casefold() in _known()]
    if known:
        return next((kind for kind in known if kind[1] not in GENERAL), known[0])
    what = f"of a class that is not known ({' / '.join(words)})" if words else "without a class"
    remarks.add(f"an item {what} is taken as a thing", item.line)
    return "thing", ""


@cache
def _known() -> Mapping[str, Kind]:
    """Return what each class is, by its item and by its label."""
    classes = table(UNDETERMINED, "wikidata")
    known: dict[str, Kind] = {kind: (kind, kind) for kind in _KINDS}
    for kind in _KINDS:
        for item, label in classes.get(kind, {}).items():
            known[item.casefold()] = (kind, label)
            known.setdefault(label.casefold(), (kind, label))
    return known


# dates


def _dated(row: Row, path: Path, remarks: Remarks) -> str:
    """Return the date of *row* in EDTF, '' for none: its date, else the stretch from start to end."""
    date, start, end = (_date(row, role, path, remarks) for role in ("date", "start", "end"))
    if date or start == end:
        return date or start
    value = f"{start or '..'}/{end or '..'}"
    if edtf.bounds(value) is None:
        raise InputError(
            f"ends ({end}) before it begins ({start})", path=path, place=row.line, hint="correct the dates"
        )
    return value


def _date(row: Row, role: str, path: Path, remarks: Remarks) -> str:
    said = row.first(role)
    if not said or _UNKNOWN_VALUE.fullmatch(said):
        return ""
    found = _DATE.fullmatch(said)
    value = _precise(found["day"], bool(found["time"]), row, remarks) if found else said
    if edtf.bounds(value) is None:
        hint = "write it like 2003-04-09, 2003-04, 2003 or 2003-03/2003-05, or leave it empty"
        raise InputError(f"the {role} {said!r} is no date", path=path, place=row.line, hint=hint)
    return value


def _precise(day: str, timed: bool, row: Row, remarks: Remarks) -> str:
    """Return as much of *day* as holds: the service writes a year as its first day, and a month likewise."""
    sign, plain = ("-", day[1:]) if day.startswith("-") else ("", day)
    kept = _PRECISION.get(row.first("precision"))
    if kept is None and timed and plain.endswith("-01"):
        kept = 4 if plain.endswith("-01-01") else 7
        remarks.add("a first day is read as its whole month or year, for the list has no column `precision`", row.line)
    return f"{sign}{plain[:kept]}{_CENTURY_DECADE.get(kept or 0, '')}"
