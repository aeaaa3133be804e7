"""Word files: the text of a DOCX as it reads with all changes accepted.

    story.docx ── ZIP ─┬─ word/document.xml    <w:p> a line; <w:tr> a line, its cells set apart by tabs
                       ├─ word/styles.xml      which paragraphs are headings
                       └─ docProps/core.xml    title, author

Tracked insertions are text, tracked deletions are not; footnotes, remarks, text boxes, headers and hidden text are left
out and counted. Only these three parts are unpacked, with limits, so that a small file cannot fill the memory.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from hexapla.corpus.errors import InputError
from hexapla.corpus.extract import Element, Extract, Sheet, inner, name, parse, tidy, told

FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

LIMIT = 64 * 2**20
"""Bytes of the largest part once unpacked: some ten thousand pages."""

RATIO = 250
"""How many times a part may grow when it is unpacked: the markup of Word grows ten to fifty times."""

_SMALL = 2**20  # bytes up to which a part may grow by any ratio
_MEMBERS = 20_000  # files in the archive
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING = re.compile(r"(heading \d|title)", re.I)
_DEEPEST = 20  # styles that a style is based on, one on another
_OTHERS = (  # what else is a ZIP archive, by a part or the beginning of one
    ("xl/", "an Excel file"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "an OpenDocument file"),
    ("AndroidManifest.xml", "an Android package"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)
_PROPERTIES = frozenset(["pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "Fallback"])
_LEFT_OUT = {
    "del": "tracked deletion",
    "moveFrom": "tracked deletion",
    "oMath": "formula",
    "rt": "ruby gloss",
    "altChunk": "inserted file",
    "sym": "symbol",
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "remark",
}
_PICTURES = frozenset(["drawing", "pict", "object"])
_REASONS = {
    "tracked deletion": "the author took it out",
    "footnote": "it is no part of the running text",
    "endnote": "it is no part of the running text",
    "remark": "it is about the text",
    "text box": "it stands beside the text",
    "picture": "it is not text",
    "formula": "it is not running text",
    "automatic number": "Word makes the number or bullet of a list item, it is not in the text",
    "hidden piece": "the author hid it",
    "ruby gloss": "it says how to read what is in the text",
    "symbol": "only its font says what it is",
    "inserted file": "it is a file of its own",
    "running head": "it is repeated on every page",
}
_SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read(data: bytes, path: Path) -> Extract:
    """Return the text of the DOCX file in *data*; *path* names it in messages.

    Raises:
        InputError: the file is broken, encrypted, another kind of archive, grows beyond reason, or has no text.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read(archive, path)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"is a broken ZIP archive ({said})", path=path, hint="save it again as .docx") from error


def _read(archive: ZipFile, path: Path) -> Extract:
    names = archive.namelist()
    if len(names) > _MEMBERS:
        raise InputError(f"has {len(names)} files in it, which no DOCX has", path=path, hint="give another file")
    if "word/document.xml" not in names:
        raise InputError(f"is {_other(names)}, not a DOCX file", path=path, hint="save it as .docx or plain text")
    left: Counter[str] = Counter()
    left["running head"] = sum(bool(re.fullmatch(r"word/(header|footer)\d*\.xml", part)) for part in names)
    body = _part(archive, "word/document.xml", path)
    styles = _part(archive, "word/styles.xml", path) if "word/styles.xml" in names else None
    text = _Reading(left, _headings(styles)).text(body)
    if not text:
        raise InputError("is a DOCX file without text", path=path, hint="give a file with text in it")
    stated = _stated(_part(archive, "docProps/core.xml", path)) if "docProps/core.xml" in names else {}
    title, author = stated.get("title", ""), stated.get("creator", "")
    return Extract(text, FORMAT, title=title, author=author, left_out=told(left, _REASONS))


def _other(names: list[str]) -> str:
    """Say what an archive with these files is."""
    return next((what for head, what in _OTHERS if any(part.startswith(head) for part in names)), "a ZIP archive")


def _part(archive: ZipFile, part: str, path: Path) -> Element:
    """Return the root of one part of the archive, unpacked with limits."""
    entry = archive.getinfo(part)
    if entry.flag_bits & 1:
        raise InputError("is encrypted", path=path, hint="save it without a password")
    grown = entry.file_size > max(_SMALL, RATIO * entry.compress_size)
    if entry.file_size > LIMIT or grown:
        message = f"unpacks {part} from {entry.compress_size} to {entry.file_size} bytes, which no text does"
        raise InputError(message, path=path, hint="save it again as .docx, or as plain text")
    data = archive.read(entry)  # never more than the size that was looked at
    try:
        root = parse(data.replace(_STRICT, _TRANSITIONAL), f"{path}:{part}")
    except InputError as error:  # nobody can correct a line in there
        raise InputError(error.message, path=error.path, place=error.place, hint="save it again as .docx") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"has a document type in {part}, which no DOCX has", path=path, hint="save it again as .docx")
    return root


def _stated(core: Element) -> dict[str, str]:
    return {name(part): tidy(part.text) for part in core}


def _headings(styles: Element | None) -> frozenset[str]:
    """Return the ids of the styles that are headings: by their built-in name, by their level, or by their parent's."""
    if styles is None:
        return frozenset()
    every = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    return frozenset(key for key in every if _is_heading(key, every))


def _is_heading(key: str, every: dict[str, Element]) -> bool:
    for _ in range(_DEEPEST):
        style = every.get(key)
        if style is None:
            return False
        properties = style.find(f"{_W}pPr")
        level = _value(properties, "outlineLvl") if properties is not None else ""
        if _HEADING.fullmatch(_value(style, "name")) or level not in ("", "9"):
            return True
        key = _value(style, "basedOn")
    return False


def _value(part: Element, child: str) -> str:
    """Return the value of a child element, '' where there is none."""
    found = part.find(_W + child)
    return (found.get(f"{_W}val") or "") if found is not None else ""


class _Reading:
    """One walk over the body of one file."""

    def __init__(self, left: Counter[str], headings: frozenset[str]) -> None:
        self.left = left
        self.headings = headings
        self.sheet = Sheet()
        self.rows = 0  # how many rows are open, one in another
        self.merged = False  # whether the end of the last paragraph was deleted

    def text(self, root: Element) -> str:
        """Return the text under *root*."""
        walk = etree.iterwalk(root, events=("start", "end"))
        shut: Element | None = None
        for event, part in walk:
            if event == "start" and not self._enter(part):
                walk.skip_subtree()
                shut = part
            elif event == "end" and part is not shut:
                self._leave(part)
        return self.sheet.text()

    def _enter(self, part: Element) -> bool:
        """Begin an element; return whether to go into it."""
        tag = name(part)
        thing = _LEFT_OUT.get(tag) or self._unread(part, tag)
        if thing:
            self.left[thing] += 1
            return False
        if tag in _PROPERTIES:
            return False
        begin = {"p": self._paragraph, "tr": self._row, "tc": self._cell}.get(tag)
        if begin:
            begin(part)
        elif tag == "t":
            self.sheet.write(part.text or "")
        elif tag in ("br", "cr"):
            self._turn()
        elif tag in ("tab", "ptab"):
            self.sheet.space()
        elif tag in _SIGNS:
            self.sheet.write(_SIGNS[tag])
        return True

    def _leave(self, part: Element) -> None:
        """End an element."""
        tag = name(part)
        if tag == "p":
            self.merged = part.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
            self._end()
        elif tag == "tr":
            self.rows -= 1
            self._end()

    def _unread(self, part: Element, tag: str) -> str:
        """Say what a picture, a hidden run or a deleted row is, '' for what is read."""
        if tag in _PICTURES:
            boxes = part.iter(f"{_W}txbxContent")
            return "text box" if any(inner(box).strip() for box in boxes) else "picture"
        if tag == "tr" and part.find(f"{_W}trPr/{_W}del") is not None:
            return "tracked deletion"
        hidden = part.find(f"{_W}rPr/{_W}vanish") if tag == "r" else None
        return "" if hidden is None or hidden.get(f"{_W}val", "1") in ("0", "false", "off") else "hidden piece"

    def _paragraph(self, part: Element) -> None:
        """Begin a paragraph."""
        properties = part.find(f"{_W}pPr")
        if properties is not None and properties.find(f"{_W}numPr") is not None:
            self.left["automatic number"] += 1
        if self.rows:
            self.sheet.space()
        elif not self.merged:
            self.sheet.line("h" if properties is not None and self._heads(properties) else "s")
        self.merged = False

    def _heads(self, properties: Element) -> bool:
        """Whether a paragraph with these properties is a heading."""
        level = _value(properties, "outlineLvl")
        return _value(properties, "pStyle") in self.headings or level not in ("", "9")

    def _row(self, _: Element) -> None:
        """Begin a row of a table; one inside another goes on with its line."""
        if not self.rows:
            self.sheet.line()
        self.rows += 1

    def _cell(self, _: Element) -> None:
        """Begin a cell."""
        self.sheet.cell()

    def _turn(self) -> None:
        """Go to the next line; a row stays one line."""
        if self.rows:
            self.sheet.space()
        else:
            self.sheet.turn()

    def _end(self) -> None:
        """End a paragraph or row, unless it goes on."""
        if not self.rows and not self.merged:
            self.sheet.line()
