"""The header of each file: what it is, where it comes from, whose it is, and how it was made.

    teiHeader
      fileDesc        title, responsibility, edition, extent; rights of the annotation and of the text, apart; source
      encodingDesc    what was done to the text, what ent: ev: src: mean, which programs found what
      profileDesc     languages
      revisionDesc    the date of the edition, if it says one

A header says nothing that is not known: where the rights of a text are unknown, it says so. Its date is the edition's.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from hexapla.align.group import Alignment, Kind, Kinship, Review, Signature
from hexapla.corpus.document import Document, Source, Work
from hexapla.corpus.language import language
from hexapla.tei.datable import datable
from hexapla.tei.edition import Edition
from hexapla.tei.names import (
    TEI,
    XMLID,
    XMLLANG,
    Element,
    element,
    find,
    findall,
    get,
    local,
    need,
    number,
    text_at,
    token,
    unprintable,
    xml_id,
)

_PLAIN_TEXT = "text/plain"
_SUFFIXES = {
    "text/html": ".html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/tei+xml": ".xml",
}
_FREE = re.compile(r"cc0|cc[ -]by|public domain|pdm", re.IGNORECASE)
_VERSION = re.compile(r"\d+(\.\d+){0,3}")
_FOUND_BY = {
    "authority": "names of the authority file, found in the text",
    "context": "values completed from the text around them",
    "cues": "ways in which a language typically tells an event",
    "dates": "dates, resolved to ISO 8601 / EDTF",
    "pointing": "phrases that point to a date (the next day), resolved by the dates before them",
    "review": "what people saw, from the decisions beside the texts",
    "quantities": "numbers, amounts and durations",
}
RELATIONS = {
    "translation": "The segments translate one another.",
    "same-statement": "A clause of one says what a clause of the other says of the same happening; "
    "its dates and figures may differ, which a disagreement then says.",
    "same-event": "The segments tell the same happening.",
}
REVIEWERS = "alignment.reviewers"
"""The id of those who reviewed the groups."""

PROPOSED = "authority.proposed"
"""The id that marks an entity or event as found by the toolkit and not yet accepted by a person."""


def of_document(document: Document, edition: Edition, text: Element) -> Element:
    """Return the header of *document*, whose *text* is already encoded."""
    source, name = document.source, xml_id(document.id)
    kinds = Counter(segment.kind for segment in document.segments)
    extents = {
        "sentences": kinds["s"],
        "headings": kinds["h"],
        "boilerplate": kinds["x"],
        "mentions": len(document.mentions),
        "characters": len(document.text),
    }
    return _header(
        _file(
            edition,
            _titles(document),
            name,
            extents,
            _availability(edition.work, source.license),
            _document_source(document, edition),
        ),
        element(
            "encodingDesc",
            _project(edition.work),
            _editorial(document, edition.work.with_text),
            _tags(document, text),
            _prefixes({"ent": _ENT, "ev": _EV, "src": ("(.+)", f"src/{name}.txt#char=$1", _RANGE)}),
            _programs(document, edition),
        ),
        [document.language],
        edition.work,
    )


def of_authority(edition: Edition) -> Element:
    """Return the header of the authority file; it holds the authority's name and version."""
    authority = edition.authority
    extents = {"entities": len(authority.entities), "events": len(authority.events)}
    title = _title("main", f"{edition.work.title}: people, places, organisations, things and events", "en")
    ids = {"name": authority.name, "version": authority.version}
    names = [name for entity in authority.entities for name in entity.names]
    names += [label for event in authority.events for label in event.labels]
    named = [name.language for name in names]
    named += [cue.language for event in authority.events for cue in event.cues]
    proposed = {PROPOSED: "Found by the toolkit, not yet accepted by a person."}
    return _header(
        _file(edition, [title], "authority", extents, _availability(edition.work), _born_digital(), ids),
        element(
            "encodingDesc",
            _project(edition.work),
            element("classDecl", _taxonomy("authority.status", proposed)),
            _prefixes({"ent": _ENT, "ev": _EV}),
            _program("authority.sw", edition),
        ),
        named,
        edition.work,
    )


def of_alignment(edition: Edition) -> Element:
    """Return the header of the alignment: its documents, its signature, and what was dropped and why."""
    alignment = edition.alignment
    extents = {
        "groups": len(alignment.groups),
        "links": len(alignment.links),
        "disagreements": len(alignment.disagreements),
    }
    title = _title("main", f"{edition.work.title}: alignment", "en")
    relations = {f"alignment.{name}": said for name, said in RELATIONS.items()}
    of_span = ("([^:]+):(.+)", "src/$1.txt#char=$2", f"in the source text of the document before the colon: {_RANGE}")
    aligned = [element("ref", target=f"{xml_id(name)}.xml#{xml_id(name)}") for name in alignment.documents]
    source = element("sourceDesc", element("bibl", *aligned, type="aligned")) if aligned else _born_digital()
    return _header(
        _file(
            edition, [title, *_reviewers(alignment.review)], "alignment", extents, _availability(edition.work), source
        ),
        element(
            "encodingDesc",
            _project(edition.work),
            element("editorialDecl", element("interpretation", *_interpretation(alignment))),
            element("classDecl", _taxonomy("alignment.relations", relations)),
            _prefixes({"ent": _ENT, "ev": _EV, "src": of_span}),
            _program("alignment.sw", edition, alignment.signature),
        ),
        [],
        edition.work,
    )


def of_corpus(edition: Edition) -> Element:
    """Return the header of the whole; it holds what the work says of itself."""
    work, documents = edition.work, edition.documents
    kinds = Counter(segment.kind for document in documents for segment in document.segments)
    extents = {
        "texts": len(documents),
        "sources": len(documents) if work.with_text else 0,  # how a reader knows whether the text was left out
        "sentences": kinds["s"],
        "headings": kinds["h"],
        "boilerplate": kinds["x"],
        "mentions": sum(len(document.mentions) for document in documents),
        "groups": len(edition.alignment.groups),
    }
    licenses = {document.source.license for document in documents}
    license_ = licenses.pop() if len(licenses) == 1 else "see the header of each text" if licenses else "unknown"
    ids = {"work": work.id}
    title = _title("main", work.title, "en") if work.title else _title("id", work.id, "en")
    return _header(
        _file(edition, [title], "corpus", extents, _availability(work, license_), _born_digital(), ids),
        element("encodingDesc", _project(work), _program("corpus.sw", edition)),
        [document.language for document in documents],
        work,
    )


def source_bytes(document: Document) -> bytes:
    """Return the bytes that are shipped as the source of *document*: the file itself where it was a plain text.

    A ValueError says that the text cannot be the file's.
    """
    source = document.source
    if source.format != _PLAIN_TEXT:
        return document.text.encode()
    data = document.text.encode(source.encoding)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ValueError("the text is not the source's, byte for byte")
    return data


def original(name: str, source: Source) -> str:
    """Return where the file lies that the text of *source* was taken out of, '' where the text is the file itself.

    >>> original("en", Source("page", "", 0, format="text/html"))
    'src/en.html'
    """
    return "" if source.format == _PLAIN_TEXT else f"src/{name}{_SUFFIXES.get(source.format, '.original')}"


def version(signature: Signature) -> str:
    """Return the version of the toolkit that *signature* states, "0" where it states none.

    >>> version(Signature((("hexapla", "0.1.0+local"),)))
    '0.1.0'
    """
    found = _VERSION.match(dict(signature.parts).get("hexapla", ""))
    return found[0] if found else "0"


# --- parts of headers

_ENT = ("(.+)", "authority.xml#$1", "a person, place, organisation, people or thing of the authority file")
_EV = ("(.+)", "authority.xml#$1", "an event of the authority file")
_RANGE = (
    "the half-open range a,b of Unicode code points, counted from 0, of the decoded file with its line ends as they are"
)


def _header(file: Element, encoding: Element, languages: Iterable[str], work: Work) -> Element:
    used = dict.fromkeys([*languages, "en"])
    named = [element("language", language(code).name, ident=code) for code in used]
    change = element("change", "This edition.", when=work.date) if work.date else None
    revision = element("revisionDesc", change) if change is not None else None
    return element("teiHeader", file, encoding, element("profileDesc", element("langUsage", *named)), revision)


def _file(
    edition: Edition,
    titles: Sequence[Element],
    name: str,
    extents: Mapping[str, int],
    availability: Element,
    source: Element,
    ids: Mapping[str, str] | None = None,
) -> Element:
    done = element("respStmt", element("resp", "segmentation, annotation and alignment"))
    done.append(element("name", "hexapla", type="software"))
    stated = version(edition.alignment.signature)
    issued = element("date", edition.work.date, when=edition.work.date) if edition.work.date else None
    publisher = element("publisher", edition.work.publisher or "unknown")
    more = [element("idno", value, type=key) for key, value in (ids or {}).items() if value]
    return element(
        "fileDesc",
        element("titleStmt", *titles, done),
        element("editionStmt", element("edition", f"made with hexapla {stated}", n=stated)),
        _extent(extents),
        element("publicationStmt", publisher, element("idno", name, type="local"), *more, availability, issued),
        source,
    )


def _titles(document: Document) -> list[Element]:
    """Return the document's own title and the English one; its id where it has neither."""
    source = document.source
    titles = [_title("main", source.title, document.language)] if source.title else []
    if source.title_en:
        titles.append(_title("described", source.title_en, "en"))
    return titles or [_title("id", document.id, "en")]


def _title(type_: str, words: str, lang: str) -> Element:
    return element("title", words, type=type_, lang=lang)


def _extent(extents: Mapping[str, int]) -> Element:
    counted = (element("measure", f"{count} {unit}", unit=unit, quantity=str(count)) for unit, count in extents.items())
    return element("extent", *counted)


def _availability(work: Work, license_: str = "") -> Element:
    """Return the rights of the annotation, and of the text where *license_* is given: two things, kept apart."""
    annotation = element("licence", f"Annotation: {work.annotation_license}", target=work.annotation_license)
    if not license_:
        return element("availability", annotation, status="free")
    text = element(
        "p", f"Text: {license_}. The rights of the text are its holder's and are not touched by this licence."
    )
    return element("availability", annotation, text, status=_status(license_))


def _status(license_: str) -> str:
    """Return TEI's word for a licence: free only where it is known to be.

    >>> [_status(license) for license in ("unknown", "CC-BY-4.0", "all rights reserved")]
    ['unknown', 'free', 'restricted']
    """
    return "unknown" if license_ in ("", "unknown") else "free" if _FREE.match(license_) else "restricted"


def _born_digital() -> Element:
    return element("sourceDesc", element("p", "Made from the texts of this edition."))


def _document_source(document: Document, edition: Edition) -> Element:
    source, name = document.source, xml_id(document.id)
    shipped = element("ref", "the text of the source", target=f"src/{name}.txt") if edition.work.with_text else None
    digests = [element("idno", source.sha256, type="sha256")]
    if source.format != _PLAIN_TEXT:
        digest = hashlib.sha256(source_bytes(document)).hexdigest()
        digests.append(element("idno", digest, type="text-sha256"))
    rights = element("licence", source.license)
    notes = {
        "encoding": [source.encoding],
        "format": [source.format],
        "remark": [source.note],
        "left-out": source.left_out,
    }
    return element(
        "sourceDesc",
        element(
            "bibl",
            _if(source.title, "title", type="main", lang=document.language),
            _if(source.title_en, "title", type="described", lang="en"),
            _if(source.author, "author"),
            _if(source.publisher, "publisher"),
            _dated(source.published, "published"),
            _dated(source.retrieved, "retrieved"),
            element("idno", source.filename, type="filename"),
            _if(source.url, "idno", type="URL"),
            *digests,
            _extent({"bytes": source.size}),
            element("availability", rights, status=_status(source.license)),
            _holder(source.rights_holder),
            shipped,
            *(element("note", line, type=type_) for type_, lines in notes.items() for line in lines if line),
            xmlid=f"{name}.source",
            type="digitalSource",
        ),
    )


def _if(words: str, name: str, **attributes: str) -> Element | None:
    return element(name, words, **attributes) if words else None


def _dated(value: str, type_: str) -> Element | None:
    return element("date", value, type=type_, **datable(value)) if value else None


def _holder(name: str) -> Element | None:
    return element("respStmt", element("resp", "rights holder"), element("name", name)) if name else None


def _project(work: Work) -> Element | None:
    return element("projectDesc", element("p", work.description)) if work.description else None


def _editorial(document: Document, with_text: bool) -> Element:
    replaced = Counter(unprintable(document.text))
    codes = ", ".join(f"U+{ord(sign):04X} ({count})" for sign, count in sorted(replaced.items()))
    kept = "The text is the source's, character by character; other readings stand off."
    if not with_text:
        kept = "The text is left out for its rights; ranges count in the source that is described above."
    elif codes:
        kept += f" Characters that XML cannot hold are written as U+FFFD: {codes}; the source has them."
    said = {
        "correction": "Nothing in the text was corrected.",
        "normalization": kept,
        "segmentation": "Every character that is not white space is in one s: a sentence, a heading or boilerplate.",
        "interpretation": "Found by program: @cert says how sure it is, from 0 to 1, and @resp what found it.",
    }
    return element("editorialDecl", *(element(name, element("p", words)) for name, words in said.items()))


def _tags(document: Document, text: Element) -> Element:
    used = Counter(local(part) for part in text.iter())
    usage = (element("tagUsage", gi=name, occurs=str(count)) for name, count in sorted(used.items()))
    css = "direction: rtl; unicode-bidi: isolate"
    rtl = text.get("rendition") is not None
    rendition = element("rendition", css, xmlid=f"{xml_id(document.id)}.rtl", scheme="css") if rtl else None
    return element("tagsDecl", rendition, element("namespace", *usage, name=TEI))


def _prefixes(prefixes: Mapping[str, tuple[str, str, str]]) -> Element:
    made = element("listPrefixDef")
    for name, (match, replacement, said) in prefixes.items():
        attributes = {"ident": name, "matchPattern": match, "replacementPattern": replacement}
        made.append(element("prefixDef", element("p", said), **attributes))
    return made


def _taxonomy(name: str, categories: Mapping[str, str]) -> Element:
    made = (element("category", element("catDesc", said), xmlid=key) for key, said in categories.items())
    return element("taxonomy", *made, xmlid=name)


def _programs(document: Document, edition: Edition) -> Element:
    name, stated = f"{xml_id(document.id)}.sw", version(edition.alignment.signature)
    made = _program(name, edition)
    for method in sorted({mention.method for mention in document.mentions if mention.method}):
        label = element("label", _FOUND_BY.get(method, method))
        made.append(element("application", label, ident=token(method), version=stated, xmlid=f"{name}.{token(method)}"))
    return made


def _program(name: str, edition: Edition, signature: Signature | None = None) -> Element:
    stated = version(edition.alignment.signature)
    made = element("application", element("label", "hexapla"), ident="hexapla", version=stated, xmlid=name)
    if signature is not None and signature.parts:
        made.append(element("p", _glossary("signature", signature.parts)))
    return element("appInfo", made)


def _interpretation(alignment: Alignment) -> list[Element]:
    said = "@cert of a link says how sure the aligner is, from 0 to 1; @ana leads to the evidence."
    review = alignment.review
    if review:
        said += " Groups with @resp were read by people: @subtype says what they decided, and @cert is theirs."
    lists = {"dropped": alignment.dropped, "review": review.counts if review else ()}
    told = {name: [(what, str(count)) for what, count in rows] for name, rows in lists.items()}
    told["kinds"] = [(f"{kin.left} {kin.right}", f"{kin.kind}: {kin.reason}") for kin in alignment.kinds]
    return [element("p", said), *(element("p", _glossary(name, rows)) for name, rows in told.items() if rows)]


def _reviewers(review: Review | None) -> list[Element]:
    """Return who reviewed the groups, as a statement of responsibility; nothing where nobody did."""
    if not review or not review.by:
        return []
    names = (element("name", name) for name in review.by)
    return [element("respStmt", element("resp", "review of the groups"), *names, xmlid=REVIEWERS)]


def _glossary(type_: str, rows: Sequence[tuple[str, str]]) -> Element:
    made = element("list", type=type_)
    for key, value in rows:
        made.extend([element("label", key), element("item", value)])
    return made


# --- read


def read_source(root: Element) -> Source:
    """Return what the header of the document in *root* says of its source."""
    bibl = need(root, "tei:teiHeader/tei:fileDesc/tei:sourceDesc/tei:bibl")
    notes = {type_: [note.text or "" for note in findall(bibl, f"tei:note[@type='{type_}']")] for type_ in _NOTES}
    first = {type_: lines[0] if lines else "" for type_, lines in notes.items()}
    return Source(
        filename=_idno(bibl, "filename"),
        sha256=_idno(bibl, "sha256"),
        size=int(number(need(bibl, "tei:extent/tei:measure"), "quantity")),
        encoding=first["encoding"],
        format=first["format"],
        title=text_at(bibl, "tei:title[@type='main']"),
        title_en=text_at(bibl, "tei:title[@type='described']"),
        author=text_at(bibl, "tei:author"),
        publisher=text_at(bibl, "tei:publisher"),
        published=text_at(bibl, "tei:date[@type='published']"),
        retrieved=text_at(bibl, "tei:date[@type='retrieved']"),
        url=_idno(bibl, "URL"),
        license=text_at(bibl, "tei:availability/tei:licence"),
        rights_holder=text_at(bibl, "tei:respStmt/tei:name"),
        note=first["remark"],
        left_out=tuple(notes["left-out"]),
    )


_NOTES = ("encoding", "format", "remark", "left-out")


def read_shipped(root: Element) -> tuple[str, str, str] | None:
    """Return where the text of the document in *root* lies, its encoding and sha256; None where it was left out."""
    bibl = need(root, "tei:teiHeader/tei:fileDesc/tei:sourceDesc/tei:bibl")
    ref = find(bibl, "tei:ref[@target]")
    if ref is None:
        return None
    own = _idno(bibl, "text-sha256")
    encoding = "utf-8" if own else text_at(bibl, "tei:note[@type='encoding']") or "utf-8"
    return get(ref, "target"), encoding, own or _idno(bibl, "sha256")


def read_language(root: Element) -> str:
    """Return the language of the file *root*."""
    return get(root, XMLLANG)


def read_work(root: Element) -> Work:
    """Return what the header of the corpus *root* says of the work."""
    file = need(root, "tei:teiHeader/tei:fileDesc")
    published = need(file, "tei:publicationStmt")
    left_out = find(file, "tei:extent/tei:measure[@unit='sources'][@quantity='0']") is not None
    return Work(
        id=_idno(published, "work"),
        title=text_at(file, "tei:titleStmt/tei:title[@type='main']"),
        description=text_at(root, "tei:teiHeader/tei:encodingDesc/tei:projectDesc/tei:p"),
        date=text_at(published, "tei:date"),
        publisher=text_at(published, "tei:publisher"),
        annotation_license=get(need(published, "tei:availability/tei:licence"), "target"),
        with_text=not left_out or find(file, "tei:extent/tei:measure[@unit='texts'][@quantity='0']") is not None,
    )


def read_named(root: Element) -> tuple[str, str]:
    """Return the name and version that the header of the authority *root* states."""
    published = need(root, "tei:teiHeader/tei:fileDesc/tei:publicationStmt")
    return _idno(published, "name"), _idno(published, "version")


def read_made(root: Element) -> tuple[Signature, tuple[tuple[str, int], ...]]:
    """Return the signature and the counts of what was dropped that the header of the alignment *root* states."""
    encoding = need(root, "tei:teiHeader/tei:encodingDesc")
    return Signature(_rows(encoding, "signature")), _counted(encoding, "dropped")


def read_review(root: Element) -> Review | None:
    """Return what the header of the alignment *root* says of its review; None where there was none."""
    counts = _counted(need(root, "tei:teiHeader/tei:encodingDesc"), "review")
    path = f"tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:respStmt[@{XMLID}='{REVIEWERS}']/tei:name"
    return Review(tuple(name.text or "" for name in findall(root, path)), counts) if counts else None


def read_kinds(root: Element) -> tuple[Kinship, ...]:
    """Return how every two documents stand to one another, as the header of the alignment *root* states it."""
    rows = _rows(need(root, "tei:teiHeader/tei:encodingDesc"), "kinds")
    told = ((pair.partition(" "), said.partition(": ")) for pair, said in rows)
    return tuple(Kinship(left, right, cast(Kind, kind), why) for (left, _, right), (kind, _, why) in told)


def _counted(encoding: Element, type_: str) -> tuple[tuple[str, int], ...]:
    return tuple((what, int(count)) for what, count in _rows(encoding, type_))


def read_aligned(root: Element) -> tuple[str, ...]:
    """Return pointers to the documents that the alignment *root* is of."""
    refs = findall(root, "tei:teiHeader/tei:fileDesc/tei:sourceDesc/tei:bibl[@type='aligned']/tei:ref")
    return tuple(get(ref, "target") for ref in refs)


def _rows(encoding: Element, type_: str) -> tuple[tuple[str, str], ...]:
    path = f".//tei:list[@type='{type_}']"
    labels, items = findall(encoding, f"{path}/tei:label"), findall(encoding, f"{path}/tei:item")
    return tuple((label.text or "", item.text or "") for label, item in zip(labels, items, strict=False))


def _idno(parent: Element, type_: str) -> str:
    return text_at(parent, f"tei:idno[@type='{type_}']")
