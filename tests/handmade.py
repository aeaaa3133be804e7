"""Documents and alignments made by hand, for tests that need many small ones."""

from __future__ import annotations

from hexapla.align.group import Alignment, Group, Link, Member, Relation, Signature
from hexapla.corpus.document import Document, Segment, Source


def document(name: str, language: str, lines: list[str], kinds: str = "") -> Document:
    segments, at = [], 0
    for number, line in enumerate(lines):
        kind = kinds[number] if kinds else "s"
        segments.append(Segment(f"{name}.s{number + 1}", kind, at, at + len(line), number))  # type: ignore[arg-type]  # a letter of kinds
        at += len(line) + 1
    return Document(name, language, "\n".join(lines), Source(f"{name}.txt", "", 0), tuple(segments))


def linked(left: str, lefts: list[int], right: str, rights: list[int], relation: Relation = "translation") -> Link:
    """A link of sentences by their numbers from 1; its id tells them."""
    sides = [Member(name, tuple(f"{name}.s{n}" for n in numbers)) for name, numbers in ((left, lefts), (right, rights))]
    name = f"{left}-{right}.{lefts}.{rights}".replace(", ", "_").replace("[", "").replace("]", "")
    return Link(f"lnk.{name}", f"grp.{name}", sides[0], sides[1], relation, 0.9, ())


def aligned(documents: list[Document], *made: Link) -> Alignment:
    """An alignment whose groups are the links."""
    groups = (Group(one.group, "", one.id, one.relation, one.score, (one.left, one.right), (), "beads") for one in made)
    return Alignment(tuple(one.id for one in documents), tuple(groups), made, (), Signature((("made", "by hand"),)))
