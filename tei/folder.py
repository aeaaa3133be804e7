"""TEI files as the checks see them: parsed, with what stands beside them at hand.

Folder ── the files of one release; looks up those that something points to
└── File ── root, ids, ranges of sentences, the source's text and bytes
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.corpus.errors import InputError
from hexapla.tei import grammar, header
from hexapla.tei.names import TEI, XMLID, Element
from hexapla.tei.read import inside, parse
from hexapla.tei.text import interval


class File:
    """A parsed file of a folder.

    ``attributes`` are its elements and values by attribute, ``ids`` its elements by xml:id, ``ranges`` those of its
    sentences. Of a document that ships its source, ``shipped`` says where, in which encoding, and with which sha256,
    ``data`` is what is there, and ``source`` its text; each is None where there is none.
    """

    def __init__(self, path: Path, root: Element, folder: Folder) -> None:
        """Look at the file *path* with the root *root* in *folder*."""
        self.path, self.root, self.folder = path, root, folder
        self.attributes: dict[str, list[tuple[Element, str]]] = defaultdict(list)
        for part in root.iter():
            for name, value in part.attrib.items():
                self.attributes[str(name)].append((part, str(value)))
        self.ids = {name: part for part, name in reversed(self.attributes[XMLID])}
        stated = ((part.get(XMLID, ""), range_of(part)) for part in root.iter(f"{{{TEI}}}s"))
        self.ranges = {name: ends for name, ends in stated if ends}
        self.shipped = _shipped(root)
        self.data = _data(path.parent, self.shipped)
        self.source = _text(self.data, self.shipped)


@dataclass(slots=True)
class Folder:
    """The files of a folder; those that are not checked themselves are looked up when something points to them."""

    path: Path
    whole: bool  # a folder was given: what is missing is wrong
    files: dict[str, File | None] = field(default_factory=dict)  # None: not there, or broken

    def beside(self, name: str) -> File | None:
        """Return the file *name* of this folder, None where there is none that can be read."""
        if name not in self.files:
            path = inside(self.path, name)
            self.files[name] = _parsed(path, self) if path is not None and path.is_file() else None
        return self.files[name]


def range_of(part: Element) -> tuple[int, int] | None:
    """Return the range that *part* states, None where it states none."""
    try:
        return interval(part)
    except InputError:
        return None


def _parsed(path: Path, folder: Folder) -> File | None:
    """Return the file *path*, None where it is broken: that is reported where it is checked itself."""
    try:
        return File(path, parse(path), folder)
    except InputError:
        return None


def _shipped(root: Element) -> tuple[str, str, str] | None:
    try:
        return header.read_shipped(root) if grammar.start(root) == "document" else None
    except InputError:
        return None


def _data(folder: Path, shipped: tuple[str, str, str] | None) -> bytes | None:
    path = inside(folder, shipped[0]) if shipped else None
    return path.read_bytes() if path is not None and path.is_file() else None


def _text(data: bytes | None, shipped: tuple[str, str, str] | None) -> str | None:
    try:
        return data.decode(shipped[1]) if shipped and data is not None else None
    except (ValueError, LookupError):
        return None
