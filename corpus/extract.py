"""Extracts: the text of a file that is more than text, with what the file says of itself and what was left out.

    <h1>The storm</h1>              The storm
    <script>…</script>        ──▶                        a heading stands between blank lines
    <p>It was
       late.</p><p>He left.</p>     It was late.         a paragraph, a list item or a row of a table is a line
                                    He left.

White space is what a reader sees of it: one space within a line, a tab between the cells of a row. A `Sheet` writes
such a text and knows where its lines, and the sentences that the file itself marks, begin and end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from hexapla.corpus.document import SegmentKind
from hexapla.corpus.errors import InputError

Element: TypeAlias = etree._Element

Slice: TypeAlias = tuple[SegmentKind, int, int]
"""What a slice ``[start, end)`` of the text is."""

_WHITE = re.compile(r"[ \t\r\n\f]+")  # not the no-break spaces, which are somebody's will
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what the file states ('' where it states nothing)."""

    text: str
    format: str  # the media type
    encoding: str = "utf-8"  # of the file
    language: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""  # EDTF
    url: str = ""
    note: str = ""
    left_out: tuple[str, ...] = ()
    lines: tuple[Slice, ...] = ()  # where the file marks sentences
    marks: tuple[Slice, ...] = ()  # those sentences


class Sheet:
    r"""A text in the making.

    >>> sheet = Sheet()
    >>> sheet.line("h"); sheet.write("The  storm"); sheet.line()
    >>> sheet.write("It was\n"); sheet.write(" late.")
    >>> sheet.text()
    'The storm\n\nIt was late.'
    """

    def __init__(self) -> None:
        self.lines: list[Slice] = []
        self.marks: list[Slice] = []
        self.length = 0  # code points written
        self._parts: list[str] = []
        self._gap = ""  # white space that stands before what is written next in this line
        self._start = -1  # where the line began, -1 before anything is in it
        self._kind: SegmentKind = "s"
        self._glued = False
        self._mark: tuple[SegmentKind, int] | None = None  # the sentence that is open: its kind, where it began or -1
        self._depth = 0

    def write(self, words: str) -> None:
        """Add *words* to the line."""
        plain = _WHITE.sub(" ", words)
        if self._glued:
            plain = plain.lstrip(" ")
        bare = plain.strip(" ")
        if plain.startswith(" "):
            self.space()
        if bare:
            self._put(bare)
        if bare and plain.endswith(" "):
            self.space()

    def _put(self, bare: str) -> None:
        """Add words without white space at their ends."""
        gap = self._gap
        if self._start < 0:
            gap = self._break()
            self._start = self.length + len(gap)
        if self._mark and self._mark[1] < 0:
            self._mark = (self._mark[0], self.length + len(gap))
        self._parts.append(gap + bare)
        self.length += len(gap) + len(bare)
        self._gap, self._glued = "", False

    def _break(self) -> str:
        """Return what stands between the last line and this one."""
        if not self.lines:
            return ""
        return "\n\n" if "h" in (self._kind, self.lines[-1][0]) else "\n"

    def space(self) -> None:
        """Set what is written next apart from what was written last."""
        self._gap = self._gap or " "

    def cell(self) -> None:
        """Begin the next cell of a row."""
        self._gap = "\t"

    def glue(self) -> None:
        """Join what is written next to what was written last, whatever white space is between them."""
        self._gap, self._glued = "", True

    def line(self, kind: SegmentKind = "s") -> None:
        """End the line, if there is something in it; what is written next is a line of its own, of this *kind*."""
        if self._start >= 0:
            self.lines.append((self._kind, self._start, self.length))
        self._start, self._gap, self._glued = -1, "", False
        self._kind = kind

    def turn(self) -> None:
        """Go to the next line within a block; a heading stays in one line."""
        if self._kind == "h":
            self.space()
        else:
            self.line(self._kind)

    def open(self) -> None:
        """Begin a sentence that the file marks; one inside another is part of it."""
        self._depth += 1
        self._mark = self._mark or (self._kind, -1)

    def shut(self) -> None:
        """End the sentence that the file marks."""
        self._depth -= 1
        if self._depth:
            return
        if self._mark and self._mark[1] >= 0:
            self.marks.append((self._mark[0], self._mark[1], self.length))
        self._mark = None

    def text(self) -> str:
        """Return all that was written."""
        self.line()
        return "".join(self._parts)


def pour(root: Element, sheet: Sheet, enter: Callable[[Element], bool], leave: Callable[[Element], None]) -> None:
    """Write the text of the tree under *root* to *sheet*, in order.

    *enter* is called at the start of each element, and says whether it is read at all; *leave* at the end of each that
    is.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    shut: Element | None = None
    for event, part in walk:
        if event == "start":
            if enter(part):
                sheet.write(part.text or "")
            else:
                shut = part
                walk.skip_subtree()
            continue
        if event == "end" and part is not shut:
            leave(part)
        if part is not root:
            sheet.write(part.tail or "")


def parse(data: bytes, path: str | Path) -> Element:
    """Return the root of the XML in *data*: no entities, no document type from elsewhere, no network.

    Raises:
        InputError: it is not well-formed, has entities of its own, or is nested or long beyond reason.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        said, line = getattr(error, "msg", str(error)), getattr(error, "lineno", None)
        raise InputError(f"is not well-formed XML: {said}", path=path, place=line, hint="correct that line") from error
    doctype: Any = root.getroottree().docinfo.internalDTD
    entities = [str(entity.name) for entity in doctype.iterentities()] if doctype is not None else []
    entities += [str(entity.text) for entity in root.iter(etree.Entity)]
    if entities:
        message = f"uses entities of its own ({entities[0].strip('&;')}), which are not followed"
        raise InputError(message, path=path, hint="write the characters themselves")
    return root


def name(part: Element) -> str:
    """Return the name of an element without its namespace, '' for what is no element."""
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""


def inner(part: Element) -> str:
    """Return all text inside an element."""
    return "".join(str(words) for words in part.itertext())


def tidy(words: str | None) -> str:
    """Return *words* in one line without control characters, as a title or a name is kept."""
    return " ".join(_CONTROL.sub("", words or "").split())


def day(words: str | None) -> str:
    """Return the ISO date that *words* begin with, '' where they do not begin with one.

    >>> day("2014-05-04T08:15:00Z"), day("4 May 2014")
    ('2014-05-04', '')
    """
    found = _DAY.match(tidy(words))
    return found[0] if found else ""


def told(counts: Counter[str], reasons: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each kind of thing that was left out, in the order of *reasons*.

    >>> told(Counter({"footnote": 2}), {"text box": "it stands apart", "footnote": "it is no part of the text"})
    ('2 footnotes: it is no part of the text',)
    """
    return tuple(
        f"{counts[thing]} {thing}{_ending(thing, counts[thing])}: {reason}"
        for thing, reason in reasons.items()
        if counts[thing]
    )


def _ending(thing: str, count: int) -> str:
    """Return the ending of the plural."""
    return "" if count == 1 else "es" if thing.endswith("x") else "s"
