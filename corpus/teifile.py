"""TEI files as sources: the text of the body, with the sentences that the file marks.

    <head>The storm</head>                           The storm
    <p><s>It was                         ──▶
       late.</s> <s>He left.<note>So they            It was late. He left.
       say.</note></s></p>                           [--- s -----] [- s --]    1 note is left out, and counted

``p``, ``head``, ``ab``, ``l`` and the like are lines. Of two readings the source's own is taken: ``orig``, ``sic`` and
``abbr`` in a ``choice``, the lemma in an apparatus. Notes, deletions, running heads, front and back matter are left out
and counted. Nothing beside the file is read: no document type, no entity, no inclusion.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from hexapla.corpus.document import Segment, SegmentKind
from hexapla.corpus.errors import InputError
from hexapla.corpus.extract import Element, Extract, Sheet, Slice, day, inner, name, parse, pour, tidy, told
from hexapla.corpus.segment import spans

FORMAT = "application/tei+xml"

LIMIT = 64 * 2**20
"""Bytes of the largest file that is read: its tree takes some ten times the memory."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XI = "{http://www.w3.org/2001/XInclude}include"
_LINES = frozenset(
    ["p", "ab", "l", "lg", "sp", "speaker", "stage", "item", "label", "row", "trailer", "opener", "closer", "salute"]
)
_LINES |= frozenset(["signed", "dateline", "byline", "argument", "div", "list", "table", "body", "group", "docTitle"])
_LINES |= frozenset(["div1", "div2", "div3", "div4", "div5", "div6", "div7", "floatingText", "epigraph", "postscript"])
_BREAKS = frozenset(["lb", "pb", "cb", "gb", "milestone"])
_HEADINGS = frozenset(["head", "titlePart"])
_FIRST = {  # of these, the first child that is named is read
    "choice": ("orig", "sic", "abbr", "unclear", "seg"),
    "app": ("lem", "rdg", "rdgGrp"),
}
_OTHER = {"choice": "second reading", "app": "variant"}
_LEFT_OUT = {
    "note": "note",
    "noteGrp": "note",
    "del": "deletion",
    "surplus": "deletion",
    "fw": "running head",
    "front": "front matter",
    "back": "back matter",
    "listBibl": "bibliography",
    "figDesc": "description of a picture",
    "index": "index entry",
    "spanGrp": "annotation",
    "interpGrp": "annotation",
    "linkGrp": "annotation",
    "teiHeader": "header",
    "standOff": "annotation",
    "include": "inclusion",
}
_REASONS = {
    "note": "it is no part of the running text",
    "second reading": "the text is as the source has it",
    "variant": "the text is that of the lemma",
    "deletion": "the source takes it out",
    "running head": "it is repeated on every page",
    "front matter": "only the body is read",
    "back matter": "only the body is read",
    "bibliography": "it is no running text",
    "description of a picture": "it is no part of the text",
    "index entry": "it is no part of the text",
    "annotation": "it is about the text",
    "inclusion": "nothing beside the file is read",
    "document type": "nothing beside the file is read",
}


def read(data: bytes, path: Path) -> Extract:
    """Return the text of the TEI P5 file in *data*; *path* names it in messages.

    Raises:
        InputError: the file is too large, not well-formed, not P5, uses entities of its own, or has no text or several.
    """
    if len(data) > LIMIT:
        raise InputError(f"is too large for TEI ({len(data)} bytes, the limit is {LIMIT})", path=path, hint="split it")
    root = parse(data, path)
    if name(root) not in ("TEI", "teiCorpus"):
        raise InputError(f"is XML, but not TEI P5: its root is {name(root)}", path=path, hint="export it as plain text")
    text = _text(root, path)
    left: Counter[str] = Counter({"document type": int(root.getroottree().docinfo.internalDTD is not None)})
    sheet = _Reading(left).read(text)
    words = sheet.text()
    if not words:
        raise InputError(
            "is a TEI file without text", path=path, hint="give one whose text has a body with words in it"
        )
    return replace(
        _stated(root, text),
        text=words,
        left_out=told(left, _REASONS),
        lines=tuple(sheet.lines) if sheet.marks else (),
        marks=tuple(sheet.marks),
    )


def segments(document: str, language: str, extract: Extract) -> tuple[Segment, ...]:
    """Return the segments that a file with sentences of its own gives the *document*; () for one without.

    A line is cut where the file cuts it; one that has no sentences is cut by the rules of *language*.
    """
    found: list[Segment] = []
    for number, (kind, start, end) in enumerate(_pieces(extract, language)):
        paragraph = bisect_right(extract.lines, start, key=lambda line: line[1]) - 1
        found.append(Segment(f"{document}.s{number + 1}", kind, start, end, paragraph))
    return tuple(found)


def _pieces(extract: Extract, language: str) -> Iterator[Slice]:
    """Yield the sentences, what stands between them, and the lines without any, in order."""
    marks = deque(extract.marks)
    at = 0
    for kind, start, end in extract.lines:
        if not marks or marks[0][1] >= end:
            yield from _ruled(extract.text, (kind, max(at, start), end), language)
        while marks and marks[0][1] < end:
            mark = marks.popleft()
            yield from _filled(extract.text, (kind, max(at, start), mark[1]))
            yield mark
            at = mark[2]
            if not marks or marks[0][1] >= end:
                yield from _filled(extract.text, (kind, at, end))
        at = max(at, end)


def _ruled(text: str, line: Slice, language: str) -> Iterator[Slice]:
    """Yield the sentences of a line that the file does not cut."""
    kind, start, end = line
    if kind == "s":
        yield from (("s", start + first, start + last) for first, last in spans(text[start:end], language))
    else:
        yield from _filled(text, line)


def _filled(text: str, line: Slice) -> Iterator[Slice]:
    """Yield the slice without white space around it, if there is anything else in it."""
    kind, start, end = line
    piece = text[start:end]
    if piece.strip():
        yield kind, end - len(piece.lstrip()), start + len(piece.rstrip())


def _text(root: Element, path: Path) -> Element:
    """Return the one text of the file."""
    parts = [child for part in root.iter(etree.Element) if name(part) == "TEI" for child in part]
    texts = [part for part in parts if name(part) == "text"]
    if len(texts) == 1:
        return texts[0]
    if texts:
        raise InputError(f"holds {len(texts)} texts", path=path, hint="give each in a file of its own")
    included = next(root.iter(_XI), None)
    why = f"; it includes {included.get('href')}, which is not followed" if included is not None else ""
    raise InputError(f"is a TEI file without text{why}", path=path, hint="give a file that has the text in it")


def _stated(root: Element, text: Element) -> Extract:
    """Return what the header states, without the text."""
    header = next((part for around in text.iterancestors() for part in around if name(part) == "teiHeader"), root)
    titles = [part for part in _under(header, "titleStmt", "title") if part.get("type") != "id"]
    titles.sort(key=lambda part: part.get("type") not in ("main", None))
    authors = dict.fromkeys(tidy(inner(part)) for part in _under(header, "titleStmt", "author"))
    published = [*_under(header, "sourceDesc", "publisher"), *_under(header, "publicationStmt", "publisher")]
    dates = [*_under(header, "sourceDesc", "date"), *_under(header, "publicationStmt", "date")]
    return Extract(
        "",
        FORMAT,
        (root.getroottree().docinfo.encoding or "utf-8").lower(),
        language=next((found for part in _holders(text) if (found := tidy(part.get(_LANG)))), ""),
        title=tidy(inner(titles[0])) if titles else "",
        author="; ".join(filter(None, authors)),
        publisher=next((said for part in published if (said := tidy(inner(part)))), ""),
        published=next((said for part in dates if (said := day(part.get("when") or inner(part)))), ""),
    )


def _holders(text: Element) -> Iterator[Element]:
    """Yield the elements that may state the language of a text, the nearest first."""
    yield from (part for part in text if name(part) == "body")
    yield text
    yield from text.iterancestors()


def _under(part: Element, *tags: str) -> Iterator[Element]:
    """Yield the descendants of *part* that have the names *tags*, one below another."""
    inside = (found for found in part.iter(etree.Element) if name(found) == tags[0])
    return (deep for found in inside for deep in _under(found, *tags[1:])) if tags[1:] else inside


class _Reading:
    """One walk over one text."""

    def __init__(self, left: Counter[str]) -> None:
        self.left = left
        self.sheet = Sheet()
        self.several: tuple[Element | None, Element | None] = None, None  # of these, this reading
        self.words: tuple[Element | None, bool] = None, False  # whether there is white space between these

    def read(self, text: Element) -> Sheet:
        """Return the sheet with the text on it."""
        pour(text, self.sheet, self._enter, self._leave)
        return self.sheet

    def _enter(self, part: Element) -> bool:
        """Begin an element; return whether it is read."""
        tag, parent = name(part), part.getparent()
        thing = _LEFT_OUT.get(tag, "")
        if parent is not None and name(parent) in _FIRST and part is not self._chosen(parent):
            thing = _OTHER[name(parent)]
        if thing:
            self.left[thing] += 1
            return False
        self._begin(part, tag)
        return True

    def _begin(self, part: Element, tag: str) -> None:
        """Set on the sheet what an element begins."""
        if tag in _HEADINGS or tag in _LINES:
            self.sheet.line(_kind(part, tag))
        elif tag == "s":
            self.sheet.open()
        elif tag == "cell":
            self.sheet.cell()
        elif tag in _BREAKS and part.get("break") == "no":
            self.sheet.glue()
        elif tag in _BREAKS or tag == "space" or (tag == "w" and self._apart(part)):
            self.sheet.space()

    def _leave(self, part: Element) -> None:
        """End an element."""
        tag = name(part)
        if tag in _HEADINGS or tag in _LINES:
            self.sheet.line()
        elif tag == "s":
            self.sheet.shut()

    def _chosen(self, several: Element) -> Element | None:
        """Return the one of several readings that is the source's own."""
        if self.several[0] is not several:
            ranks = {tag: rank for rank, tag in enumerate(_FIRST[name(several)])}
            readings = [part for part in several if name(part) and name(part) not in _LEFT_OUT]
            first = min(readings, key=lambda part: ranks.get(name(part), len(ranks)), default=None)
            self.several = several, first
        return self.several[1]

    def _apart(self, word: Element) -> bool:
        """Whether a space belongs before a word, as the file has no white space between its words."""
        before, around = word.getprevious(), word.getparent()
        if before is None or around is None or word.get("join") in ("left", "both", "overlap"):
            return False
        if self.words[0] is not around:
            self.words = around, any((part.tail or "").isspace() for part in around if part.getnext() is not None)
        return before.get("join") not in ("right", "both", "overlap") and not self.words[1]


def _kind(part: Element, tag: str) -> SegmentKind:
    """Say what a line is."""
    if tag in _HEADINGS:
        return "h"
    return "x" if tag == "ab" and part.get("type") == "boilerplate" else "s"
