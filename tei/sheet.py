"""A table of the groups of an edition, to be filled in with a spreadsheet, and read back as decisions.

    group              …  sentence  text                        verdict   relation is  reason
    grp.fall           …  hr.s39    9. travnja pao je Bagdad …  accepted               same day
    grp.fall           …  hr.s40    Vojska je ušla …            rejected               another city
    grp.fall           …  en.s5     On April 9 …                accepted  same-event

A row is a sentence in a group. Where every row of a group has a verdict, or one says the relation, the group was read
as a whole: what has no verdict is accepted. Else only the rows with a verdict are decided on. A row that the reader
adds names a group and a sentence, and has the verdict ``added``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from hexapla.align.group import Group, Relation
from hexapla.align.standing import held
from hexapla.align.verdict import Judge, joined, without
from hexapla.corpus.decision import RELATIONS, Decision, Verdict, tidy
from hexapla.corpus.document import Document, Segment
from hexapla.corpus.errors import InputError, UsageError

GIVEN = ("group", "event", "label", "score", "relation", "document", "language", "sentence", "text", "because")
"""Columns that say what is to be decided on."""

FILLED = ("verdict", "relation is", "reason")
"""Columns that the reader fills in."""

VERDICTS = ("accepted", "rejected", "added")

MEANT = {"accept": "accepted", "yes": "accepted", "reject": "rejected", "no": "rejected", "add": "added"}
"""Other ways to write a verdict."""

SHOWN = 4
"""Anchors named in a row."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that was read: where it stands, what it is about, and what was filled in."""

    line: int
    group: str
    sentence: str
    verdict: str
    relation: str
    reason: str


def write(groups: Sequence[Group], documents: Sequence[Document], path: Path) -> int:
    """Write the table of *groups* to the new file *path*, and return how many rows it has."""
    by_id = {segment.id: (document, segment) for document in documents for segment in document.segments}
    rows = [_row(group, *by_id[name]) for group in groups for member in group.members for name in member.segments]
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow((*GIVEN, *FILLED))
    table.writerows(rows)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(out.getvalue())
    except FileExistsError:
        raise UsageError("is there already", path=path, hint="give a new file; yours is never written over") from None
    return len(rows)


def _row(group: Group, document: Document, segment: Segment) -> tuple[str, ...]:
    because = "; ".join(f"{one.kind} {one.value}" for one in group.evidence[:SHOWN])
    said = (group.id, group.about, group.label, f"{group.score:.2f}", group.relation)
    where = (document.id, document.language, segment.id, tidy(document.slice(segment)), because)
    return (*said, *where, *("" for _ in FILLED))


def read(path: Path, groups: Sequence[Group], judge: Judge) -> list[Decision]:
    """Return what was filled in in the table *path* on *groups*, as decisions of *judge*.

    Raises:
        InputError: a line cannot be read; it says which and why.
    """
    known = {group.id: group for group in groups}
    rows: dict[str, list[Filled]] = {}
    for row in _rows(path, known, judge.documents):
        rows.setdefault(row.group, []).append(row)
    return [one for name, filled in rows.items() for one in _decided(known[name], filled, judge, path)]


def _decided(group: Group, rows: Sequence[Filled], judge: Judge, path: Path) -> list[Decision]:
    """What the *rows* of one group say: of the whole of it where it was read as a whole, else of some sentences."""
    said = {row.sentence: row for row in rows if row.verdict}
    relations = sorted({row.relation for row in rows if row.relation})
    if len(relations) > 1:
        _refuse(path, rows[-1].line, f"{group.id} is given two relations: {', '.join(relations)}", "leave one")
    if not relations and not said.keys() >= held(group):
        return [judge.sentence(group, name, cast(Verdict, row.verdict), row.reason) for name, row in said.items()]
    if all(row.verdict == "rejected" for row in said.values()) and said.keys() >= held(group):
        return [judge.group(group, "rejected", _reasons(said.values()))]
    changes = [row for row in said.values() if row.verdict != "accepted"]
    out = [judge.sentence(group, row.sentence, cast(Verdict, row.verdict), row.reason) for row in changes]
    left = _left(group, changes, judge)
    if left is None:
        return out
    given = cast(Relation, relations[0] if relations else group.relation)
    reasons = _reasons(row for row in rows if row.verdict != "rejected")
    return [*out, judge.group(left, "accepted" if given == group.relation else "corrected", reasons, given)]


def _left(group: Group, changes: Sequence[Filled], judge: Judge) -> Group | None:
    """*group* with the sentences that were added and without those that were rejected; None where it is none then."""
    owner = {segment.id: document.id for document in judge.documents for segment in document.segments}
    left: Group | None = group
    for row in sorted(changes, key=lambda row: row.verdict):  # added before rejected
        if left is not None:
            added = row.verdict == "added"
            left = joined(left, owner[row.sentence], row.sentence) if added else without(left, row.sentence)
    return left


def _reasons(rows: Iterable[Filled]) -> str:
    return "; ".join(dict.fromkeys(row.reason for row in rows if row.reason))


def _rows(path: Path, groups: Mapping[str, Group], documents: Sequence[Document]) -> list[Filled]:
    """The rows of the table that say what they are about, each looked at."""
    table = csv.DictReader(io.StringIO(_text(path)), delimiter="\t", strict=True)
    texts = {
        segment.id: document.slice(segment)
        for document in documents
        for segment in document.segments
        if segment.kind != "x"
    }
    try:
        missing = [name for name in ("group", "sentence", *FILLED) if name not in (table.fieldnames or ())]
        if missing:
            _refuse(path, 1, f"has no column {missing[0]!r}", "write the table anew, into another file")
        return [_filled(row, table.line_num, path, groups, texts) for row in table if any(row.values())]
    except csv.Error as error:
        _refuse(path, table.line_num, f"is no row of a table ({error})", "save it as tab-separated text")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", path=path, hint="save it as tab-separated text in UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint="check path and rights") from error


def _filled(
    row: Mapping[str | None, str | None], line: int, path: Path, groups: Mapping[str, Group], texts: Mapping[str, str]
) -> Filled:
    cell = {name: (row.get(name) or "").strip() for name in ("group", "sentence", "text", *FILLED)}
    name, sentence = cell["group"], cell["sentence"]
    verdict = MEANT.get(cell["verdict"].lower(), cell["verdict"].lower())
    wrong = {
        f"there is no group {name!r} in this build": name not in groups,
        f"there is no sentence {sentence!r} in this build": sentence not in texts,
        f"{sentence} says something else in this build": bool(cell["text"])
        and tidy(cell["text"]) != tidy(texts.get(sentence, "")),
        f"the verdict is {verdict!r}, not accepted, rejected or added": verdict not in ("", *VERDICTS),
        f"{cell['relation is']!r} is no relation": cell["relation is"] not in ("", *RELATIONS),
    }
    for said, holds in wrong.items():
        if holds:
            _refuse(path, line, said, "mend the row, or write the table anew from this build")
    there = any(sentence in member.segments for member in groups[name].members)
    if verdict and there == (verdict == "added"):
        said = f"{sentence} is in {name} already" if there else f"{sentence} is not in {name}"
        _refuse(path, line, said, "the verdict for a sentence that joins is added, else accepted or rejected")
    return Filled(line, name, sentence, verdict, cell["relation is"], cell["reason"])


def _refuse(path: Path, line: int, said: str, hint: str) -> NoReturn:
    raise InputError(said, path=path, place=line, hint=hint)
