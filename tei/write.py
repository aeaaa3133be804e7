"""An edition as a folder of TEI files.

    FOLDER/  corpus.xml      header of the whole, includes the others in order
             authority.xml   people, places, organisations, things, events
             <doc>.xml       one for each document
             alignment.xml   links, groups, disagreements, evidence
             src/<doc>.txt   the source of each document, byte for byte
                /<doc>.html  and the file that it was taken out of, where that was a page, a Word file or TEI
             schema/         the schema that the files name in their first lines

The same edition gives the same bytes. `hexapla.tei.read` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError
from hexapla.corpus.language import language
from hexapla.tei import header, links, standoff, text
from hexapla.tei.edition import Edition
from hexapla.tei.names import XI, Element, element, xml_id

SCHEMA = Path(__file__).parent / "schema"
"""Where the schema of the profile is."""

PARTS = 200
"""Parts of an alignment that are written at once."""

_PLACE = "<!---->"
"""Where the parts of an alignment go."""

_SCHEMA = ("profile.rnc", "profile.rng", "profile.sch", "profile.odd")
_MODEL = '<?xml-model href="schema/{}" type="application/xml" schematypens="{}"?>'
_MODELS = (
    ("profile.rng", "http://relaxng.org/ns/structure/1.0"),
    ("profile.sch", "http://purl.oclc.org/dsdl/schematron"),
)


def write(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write *edition* to *folder*, which is made if need be, and return the files in the order written.

    Where the work leaves its text out (``with_text=False``), sentences are empty but keep their ranges, all mentions
    stand off, and neither sources nor the words of evidence are written.

    Raises:
        InputError: the text of a document is not what its source says, byte for byte.
    """
    sources = {f"src/{xml_id(document.id)}.txt": _source(document) for document in edition.documents}
    schema = {f"schema/{name}": (SCHEMA / name).read_bytes() for name in _SCHEMA}
    known = _file("authority", "en", header.of_authority(edition), standoff.authority(edition.authority))
    etree.indent(known, " ")
    names = ["authority", *(xml_id(document.id) for document in edition.documents), "alignment"]
    files: dict[str, Iterable[bytes]] = {
        "corpus.xml": [_serialised(_corpus(edition, names))],
        "authority.xml": [_serialised(known)],
    }
    files |= {f"{xml_id(one.id)}.xml": [_serialised(_document(one, edition))] for one in edition.documents}
    files["alignment.xml"] = _alignment(edition)
    beside = (sources | _originals(edition) if edition.work.with_text else {}) | schema
    files |= {name: [data] for name, data in beside.items()}
    return tuple(_save(folder / name, data) for name, data in files.items())


def _originals(edition: Edition) -> dict[str, bytes]:
    """Return the files that texts were taken out of, by where they go."""
    return {
        header.original(xml_id(document.id), document.source): document.source.original
        for document in edition.documents
        if document.source.original
    }


def _alignment(edition: Edition) -> Iterator[bytes]:
    """Yield the bytes of the file of the alignment, a few of its parts at a time."""
    root = _file("alignment", "en", header.of_alignment(edition), links.holder(etree.Comment()))
    etree.indent(root, " ")
    before, after = _serialised(root).split(f"\n  {_PLACE}".encode())
    yield before
    parts = links.parts(edition.alignment, edition.authority, edition.work.with_text)
    while some := list(islice(parts, PARTS)):
        held = links.holder(*some)
        etree.indent(held, " ", level=1)
        text = etree.tostring(held, encoding="unicode")
        yield text[text.index(">") + 1 : text.rindex("\n")].encode()
    yield after


def _document(document: Document, edition: Edition) -> Element:
    """Return the file of *document*; nothing is indented in its text, where white space counts."""
    with_text = edition.work.with_text
    body = text.text(document, language(document.language).direction, with_text)
    head = header.of_document(document, edition, body)
    beside = text.standoff(document, with_text)
    for part in (head, beside):
        if part is not None:
            etree.indent(part, " ", level=1)
    root = _file(xml_id(document.id), document.language, head, body, beside)
    root.text = "\n "
    for part in root:
        part.tail = "\n "
    root[-1].tail = "\n"
    return root


def _corpus(edition: Edition, names: list[str]) -> Element:
    includes = [etree.Element(f"{{{XI}}}include", href=f"{name}.xml", nsmap={"xi": XI}) for name in names]
    root = element("teiCorpus", header.of_corpus(edition), *includes, xmlid="corpus", lang="en")
    etree.indent(root, " ")
    etree.cleanup_namespaces(root, top_nsmap={"xi": XI})
    return root


def _file(name: str, lang: str, *parts: Element | None) -> Element:
    return element("TEI", *parts, xmlid=name, lang=lang)


def _serialised(root: Element) -> bytes:
    """Return the bytes of a file with *root*, after lines that name the schema."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *(_MODEL.format(*model) for model in _MODELS)]
    lines.append(etree.tostring(root, encoding="unicode"))
    return ("\n".join(lines) + "\n").encode()


def _source(document: Document) -> bytes:
    try:
        return header.source_bytes(document)
    except (ValueError, LookupError) as error:
        hint = "decode the file with its encoding, without touching line ends"
        raise InputError(str(error), path=document.source.filename, hint=hint) from error


def _save(path: Path, pieces: Iterable[bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(pieces)
    return path
