"""Documents as vertical text: a token a line, as corpus managers (NoSketch Engine, CWB) read it.

    <doc id="en" language="en" title="…">
    <p>
    <s id="en.s3" kind="s" groups="grp.aid|grp.fall-of-baghdad">
    fell
    <g/>                      no space stands between the tokens
    .

A token is a run of letters, digits, marks and ``_``, with one ``'``, ``-``, ``.`` or ``,`` inside where the last two
stand between digits; any other character is a token for itself, and so is each letter of a language that is written
without spaces. Boilerplate is left out. ``&``, ``<`` and ``>`` are written as in XML.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from hexapla.align.group import Relation
from hexapla.align.pair import Sides, told
from hexapla.corpus.document import Document, Segment
from hexapla.corpus.language import unspaced
from hexapla.tei.edition import Edition
from hexapla.tei.names import printable

SEPARATOR = "|"
"""Between the groups of a sentence, as the setting MULTISEP of a corpus says."""

_JOINERS = {"'": "L", "’": "L", "-": "L", "‑": "L", ".": "N", ",": "N"}
"""What may stand inside a token -> what must stand on both sides of it: any letter or digit, or a digit."""


def vertical(edition: Edition, pair: Sides | None = None, relation: Relation | None = None) -> Iterator[str]:
    """Yield the lines of the documents of *edition*, or those of *pair*; sentences name groups of *relation* only."""
    documents = [*pair.left, *pair.right] if pair else list(edition.documents)
    told(documents)  # refuses documents without their text
    groups: dict[str, list[str]] = {}
    for group in edition.alignment.groups:
        if relation in (None, group.relation):
            for member in group.members:
                for name in member.segments:
                    groups.setdefault(name, []).append(group.id)
    for document in documents:
        yield from _document(document, groups)


def _document(document: Document, groups: Mapping[str, list[str]]) -> Iterator[str]:
    named = {"id": document.id, "language": document.language, "title": document.source.title}
    yield _tag("doc", named)
    kept = (part for part in document.segments if part.kind != "x")
    whole = unspaced(document.language)
    for _, parts in groupby(kept, key=lambda part: part.paragraph):
        yield "<p>\n"
        for part in parts:
            held = SEPARATOR.join(groups.get(part.id, ()))
            yield _tag("s", {"id": part.id, "kind": part.kind, "groups": held})
            yield from _lines(document, part, whole)
            yield "</s>\n"
        yield "</p>\n"
    yield "</doc>\n"


def _lines(document: Document, part: Segment, apart: bool) -> Iterator[str]:
    end = 0
    for start, stop in tokens(document.slice(part), apart):
        if start == end and start:
            yield "<g/>\n"
        yield _escape(document.text[part.start + start : part.start + stop]) + "\n"
        end = stop


def tokens(text: str, apart: bool = False) -> list[tuple[int, int]]:
    """Return the slices of the tokens of *text*; all but white space is in one. *apart* sets each letter apart.

    >>> text = "Mr O'Neil paid 1,200.50 dollars."
    >>> [text[start:end] for start, end in tokens(text)]
    ['Mr', "O'Neil", 'paid', '1,200.50', 'dollars', '.']
    """
    found: list[tuple[int, int]] = []
    open_ = False
    for at, letter in enumerate(text):
        kind = _kind(letter)
        inside = open_ and ((kind in "LN" and not apart) or kind == "M" or _joins(text, at))
        if inside:
            found[-1] = (found[-1][0], at + 1)
        elif kind != " ":
            found.append((at, at + 1))
        open_ = kind != " " and (inside or kind in "LNM")
    return found


def _joins(text: str, at: int) -> bool:
    """Whether the character at *at* joins what stands before and after it to one token."""
    needed = _JOINERS.get(text[at])
    if not needed or at + 1 == len(text):
        return False
    around = _kind(text[at - 1]), _kind(text[at + 1])
    return around == ("N", "N") if needed == "N" else all(kind in "LNM" for kind in around)


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    """L letter, N digit, M what belongs to the letter before, " " white space, . any other."""
    if letter.isspace():
        return " "
    if letter == "_":
        return "L"
    kind = unicodedata.category(letter)
    return "M" if kind in ("Mn", "Mc", "Me") or letter in "\u200c\u200d" else kind[0] if kind[0] in "LN" else "."


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    held = "".join(f' {key}="{_value(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{held}>\n"


def _value(text: str) -> str:
    return " ".join(_escape(text).replace('"', "&quot;").split())


def _escape(text: str) -> str:
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
