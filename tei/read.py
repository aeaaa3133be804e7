"""A folder of TEI files as an edition: what `hexapla.tei.write` wrote, taken back.

    corpus.xml  ──include──▶  authority.xml, <doc>.xml …, alignment.xml   each parsed for itself, in that order
    src/<doc>.txt             the text of each document; its sha256 must be the one that the header states

Files are parsed safely: no document type, no entities, no network, and nothing outside of the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from hexapla.align.group import Alignment, Signature
from hexapla.corpus.document import Authority, Document, Source
from hexapla.corpus.errors import InputError
from hexapla.tei import header
from hexapla.tei.edition import Edition
from hexapla.tei.links import Evidences, read_alignment
from hexapla.tei.names import TEI, XMLID, Element, find, findall, get, plain, refuse
from hexapla.tei.standoff import read_authority
from hexapla.tei.text import read_text

_RESTORE = "restore the file that the TEI was made from, or build again"
_HINT = "give the folder tei/ of a build"

ALIGNMENT = "alignment.xml"

PIECE = 1 << 18
"""Bytes of a file that are parsed at once."""

SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,  # ids given twice are for `hexapla.tei.validate` to report
}
"""What makes a parser read nothing but the bytes it is given."""


def read(folder: Path) -> Edition:
    """Return the edition in *folder*.

    Where the text was left out, `Document.text` is '' and no slice of it can be had; everything else is there.

    Raises:
        InputError: a file is missing, broken, unsafe, or does not follow the profile; or a source is not the one that
            its header describes. The message says file and line.
    """
    corpus = parse(folder / "corpus.xml")
    paths = [within(folder, include) for include in findall(corpus, "xi:include")]
    documents: list[Document] = []
    named: dict[str, Element] = {}
    texts: dict[str, str] = {}
    evidence = Evidences(texts)
    for path in sorted(paths, key=lambda path: path.name == ALIGNMENT):  # its spans are of the documents
        root = told(path, evidence.take)
        if find(root, "tei:text") is None:
            named[get(root, XMLID)] = root
        else:
            documents.append(_document(folder, root))
            texts[documents[-1].id] = documents[-1].text
    known = read_authority(named["authority"]) if "authority" in named else Authority()
    aligned = Alignment(tuple(document.id for document in documents), (), (), (), Signature(()))
    if "alignment" in named:
        aligned = read_alignment(named["alignment"], evidence)
    return Edition(header.read_work(corpus), tuple(documents), known, aligned)


def read_build(folder: Path) -> Edition:
    """Return the edition of the build in *folder*, from its TEI; see `read`.

    Raises:
        InputError: *folder* is no build.
    """
    hint = "give the folder that `hexapla build` or `hexapla align` made"
    if not folder.exists():
        raise InputError("does not exist", path=folder, hint=hint)
    if not (folder / "tei" / "corpus.xml").is_file():
        if (folder / "corpus.xml").is_file():
            raise InputError("is the TEI of a build", path=folder, hint=f"give the folder above it: {folder.parent}")
        raise InputError("is no build: it has no tei/corpus.xml", path=folder, hint=hint)
    return read(folder / "tei")


def parse(path: Path) -> Element:
    """Return the root of the XML file *path*, without comments and processing instructions.

    Raises:
        InputError: the file is missing, not well-formed, or has a document type.
    """
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(**SAFE), base_url=str(path))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint=_HINT) from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"is not well-formed XML: {error.msg}", path=path, place=error.lineno) from error
    return _untyped(root, path)


def told(path: Path, taken: Callable[[Element], None]) -> Element:
    """Return the root of *path* as `parse` does; *taken* is told each ``fs`` once it is complete, and may empty it."""
    reader = etree.XMLPullParser(["end"], tag=f"{{{TEI}}}fs", base_url=str(path), **SAFE)
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                reader.feed(piece)
                for _, fs in reader.read_events():
                    taken(cast(Element, fs))
        return _untyped(reader.close(), path)
    except (OSError, etree.XMLSyntaxError):
        return parse(path)  # which says best what is wrong


def _untyped(root: Element, path: Path) -> Element:
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("has a document type, which could hide anything", path=path, hint="take it out")
    return root


def within(folder: Path, include: Element) -> Path:
    """Return the file that *include* names; an InputError where it is not inside *folder*."""
    href = get(include, "href")
    path = inside(folder, href)
    if path is None:
        refuse(include, f'includes "{href}", which is not inside the folder')
    return path


def inside(folder: Path, href: str) -> Path | None:
    """Return the path that the relative reference *href* leads to from *folder*; None where it leads out of it.

    >>> inside(Path("tei"), "../../etc/passwd") is None, inside(Path("tei"), "http://example.org/x") is None
    (True, True)
    """
    parts = urlsplit(href)
    name = PurePosixPath(unquote(parts.path))
    if parts.scheme or parts.netloc or not parts.path or name.is_absolute() or ".." in name.parts:
        return None
    path = folder / name
    return path if path.resolve().is_relative_to(folder.resolve()) else None


def _document(folder: Path, root: Element) -> Document:
    segments, mentions = read_text(root)
    name, source = plain(get(root, XMLID)), header.read_source(root)
    words = _source_text(folder, root)
    source = replace(source, original=_original(folder, root, source))
    return Document(name, header.read_language(root), words, source, segments, mentions)


def _original(folder: Path, root: Element, source: Source) -> bytes:
    """Return the file that the text was taken out of, b"" where it is not beside the text."""
    href = header.original(get(root, XMLID), source)
    path = inside(folder, href) if href else None
    if path is None or not path.is_file():
        return b""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise InputError("is not the file that the header describes (sha256)", path=path, hint=_RESTORE)
    return data


def _source_text(folder: Path, root: Element) -> str:
    """Return the text of the source beside the document in *root*, '' where it was left out."""
    shipped = header.read_shipped(root)
    if shipped is None:
        return ""
    href, encoding, digest = shipped
    path = inside(folder, href)
    if path is None:
        refuse(root, f'the source "{href}" is not inside the folder')
    try:
        data = path.read_bytes()
        words = data.decode(encoding)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint="ship it with the TEI") from error
    except (ValueError, LookupError) as error:
        raise InputError(f"is not in the encoding {encoding} that its header states", path=path) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError("is not the source that the header describes (sha256)", path=path, hint=_RESTORE)
    return words
