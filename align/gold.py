"""Gold files: what people say is aligned, to measure against. The shape of the first line tells the kind.

    left  right  label  …           pairs of sentence ids, with a header: label is yes, ignore or no
    ar.5  de.21  3                  pairs, without: 3 the same statement, 2 the same happening, 1 ignore, 0 no
    [0, 1]:[2]                      beads of 0-based sentence numbers; one side may be empty

A document's name is an id up to its last full stop. Where a folder ``seg/`` beside the file, or else the file's own
folder, holds ``<document>.tsv`` (id, kind, text), the ids are those of that reference segmentation; else the build's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.align.pair import Bead
from hexapla.corpus.errors import InputError

Pair = tuple[str, str]
"""Two sentence ids, the one that sorts first first."""

NO_REFERENCE = ("pairs", "events", "sentences", "conflicts", "notes")
"""Stems of tables that stand beside a reference segmentation and are none."""

_LABELS = ("yes", "ignore", "no")
_GRADES = {"3": "same", "2": "yes", "1": "ignore", "0": "no"}
_BEAD = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(:.*)?")
_HINT = "docs/evaluation.md shows the kinds of gold"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a reference segmentation: ``[start, end)`` counts the characters that are no white space."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference segmentation of a document, and its text without white space."""

    sentences: tuple[Sentence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class GoldPairs:
    """Pairs of sentences that people judged."""

    name: str  # of the file, "@" and the beginning of its sha256
    yes: frozenset[Pair]
    same: frozenset[Pair]  # those of them that state the same
    ignored: frozenset[Pair]  # neither right nor wrong
    no: frozenset[Pair]  # said to be none; so is what is not listed
    reference: Mapping[str, Reference]  # by document; empty where the ids are the build's own

    @property
    def file(self) -> str:
        """The name of the file alone."""
        return self.name.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class GoldBeads:
    """Beads that people made of two documents."""

    name: str
    beads: frozenset[Bead]

    @property
    def file(self) -> str:
        """The name of the file alone."""
        return self.name.rpartition("@")[0]


Rows = Sequence[tuple[int, list[str]]]
"""Rows of a table with their line numbers."""


def read(path: Path) -> GoldPairs | GoldBeads:
    """Return the gold in the file *path*.

    Raises:
        InputError: the file is missing, empty, not UTF-8, or a line is of no known shape; it says which.
    """
    data, text = _text(path)
    name = f"{path.name}@{hashlib.sha256(data).hexdigest()[:8]}"
    table = _rows(text)
    if not table:
        raise InputError("is empty", path=path, hint=_HINT)
    if table[0][1][0].lstrip().startswith("["):
        return GoldBeads(name, frozenset(_beads(table, path)))
    judged = _judged(table, path)
    same, yes, ignored, no = (frozenset(pair for pair, said in judged if said == label) for label in ("same", *_LABELS))
    return GoldPairs(name, yes | same, same, ignored - yes - same, no - yes - same - ignored, references(path))


def _text(path: Path) -> tuple[bytes, str]:
    try:
        data = path.read_bytes()
        return data, data.decode("utf-8-sig")
    except OSError as error:
        hint = f"give the file in it, such as {path / 'pairs.tsv'}" if path.is_dir() else "give a gold file"
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint=hint) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", path=path, hint="save it as UTF-8") from error


def _rows(text: str) -> Rows:
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return [(at, line.split("\t")) for at, line in enumerate(lines, 1) if line.strip()]


def _beads(table: Rows, path: Path) -> Iterator[Bead]:
    for at, row in table:
        found = _BEAD.fullmatch("\t".join(row))
        if not found:
            raise InputError("is no bead", path=path, place=at, hint="write [0, 1]:[2], numbers from 0")
        left, right = _numbers(found[1]), _numbers(found[2])
        if left or right:
            yield left, right


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.split(r"[,\s]+", text) if number)


def _judged(table: Rows, path: Path) -> list[tuple[Pair, str]]:
    """Return the pairs with what is said of them: same, yes, ignore or no."""
    head = table[0][1]
    if head[0] != "left":
        return [_pair(row, at, path, _graded(row, at, path)) for at, row in table]
    missing = [column for column in ("left", "right", "label") if column not in head]
    if missing:
        raise InputError(f"has no column {missing[0]}", path=path, place=table[0][0], hint=_HINT)
    return [_labelled(dict(zip(head, row, strict=False)), at, path) for at, row in table[1:]]


def _graded(row: Sequence[str], at: int, path: Path) -> str:
    if len(row) < 3 or row[2] not in _GRADES:
        raise InputError("is not: id, id, grade", path=path, place=at, hint="give tabs between them and a grade of 0-3")
    return _GRADES[row[2]]


def _labelled(row: Mapping[str, str], at: int, path: Path) -> tuple[Pair, str]:
    label = row.get("label", "")
    if label not in _LABELS:
        raise InputError(f"has the label {label!r}", path=path, place=at, hint="write yes, ignore or no")
    said = "same" if label == "yes" and row.get("same_statement") == "1" else label
    return _pair([row["left"], row["right"]], at, path, said)


def _pair(row: Sequence[str], at: int, path: Path, said: str) -> tuple[Pair, str]:
    one, other = sorted(row[:2])
    if owner(one) == owner(other):
        raise InputError(f"{one} and {other} are not of two documents", path=path, place=at, hint=_HINT)
    return (one, other), said


def owner(name: str) -> str:
    """Return the document of the sentence *name*.

    >>> owner("en.s12"), owner("v1.2.7")
    ('en', 'v1.2')
    """
    return name.rpartition(".")[0]


def references(path: Path) -> Mapping[str, Reference]:
    """Return the reference segmentations that stand beside the gold file *path*, by document."""
    folder = path.parent / "seg" if (path.parent / "seg").is_dir() else path.parent
    found = {}
    for file in sorted(folder.glob("*.tsv")):
        if file.stem not in NO_REFERENCE and file.resolve() != path.resolve() and _begins(file):
            found[file.stem] = _reference(file)
    return found


def _begins(file: Path) -> bool:
    """Whether the first line is of a segmentation of the document that *file* is named after."""
    with file.open("rb") as held:
        return held.read(1000).decode("utf-8-sig", "replace").startswith(f"{file.stem}.")


def _reference(file: Path) -> Reference:
    at, sentences, parts = 0, [], []
    for line, row in _rows(_text(file)[1]):
        if len(row) < 3 or owner(row[0]) != file.stem:
            raise InputError("is not: id, kind, text", path=file, place=line, hint=f"an id is {file.stem}.1")
        dense = "".join(row[2].split())
        sentences.append(Sentence(row[0], at, at + len(dense)))
        at += len(dense)
        parts.append(dense)
    return Reference(tuple(sentences), "".join(parts))
