"""Sources: how files become documents, with nothing lost and everything said.

    hr.txt ── bytes ── UTF-8, UTF-16 ── Document("hr", text, Source)
                                          text.encode(source.encoding) is the file again, byte order mark and all
    hr.html ─┐                          Document("hr", text, Source)
    hr.docx ─┼─ bytes ── text ────────    offsets count in the text that was taken out of the file;
    hr.xml ──┘                            source.original is the file, source.left_out what is not in the text

A file is read as what it is: what it begins with decides, its suffix only where that could be two things.

A work that is published lies in a folder of its own, described by its ``source.toml``:

    corpus/texts/iraq-war/source.toml     title, date, authority, and a [[document]] for each text, in order
                         /hr.txt ...      held to the sha256 given there

Line ends and control characters stay as they are; control characters are named in ``Source.left_out``, because no XML
can hold them. What was decided for the user (an id, a language) is said in ``Source.note``.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hexapla.corpus import teifile, webpage, word
from hexapla.corpus.document import Document, Source, Work
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.extract import Extract
from hexapla.corpus.language import UNDETERMINED, canonical, detect, likelihoods, parse
from hexapla.corpus.teifile import segments
from hexapla.corpus.tongue import Tongue, doubted, near, tongues

LIMIT = 128 * 2**20
"""Bytes of the largest file that is read: twenty million words, and some ten times as much memory once segmented."""

PLAIN = "text/plain"
"""The format of a file whose text is the file."""

DESCRIPTION = "source.toml"
"""The name of the file that describes a work."""

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)  # the first begins like the one of UTF-16
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PLAIN = "save it as plain text in UTF-8"
_SIGNED = (  # the first bytes of files that are no text, what they are, and what to do
    (b"%PDF-", "a PDF file", "export its text, and check that nothing is lost"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Word file", "save it as .docx, without a password"),
    (b"{\\rtf", "an RTF file", "save it as .docx or as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"7z\xbc\xaf\x27", "a 7-Zip archive", "unpack it"),
    (b"Rar!\x1a", "a RAR archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"\x89PNG", "an image", "recognise its text with an OCR program"),
    (b"\xff\xd8\xff", "an image", "recognise its text with an OCR program"),
    (b"GIF8", "an image", "recognise its text with an OCR program"),
    (b"II*\0", "an image", "recognise its text with an OCR program"),
    (b"MM\0*", "an image", "recognise its text with an OCR program"),
    (b"RIFF", "an image or a recording", _PLAIN),
    (b"ID3", "a recording", "write down what is said"),
    (b"OggS", "a recording", "write down what is said"),
    (b"PAR1", "a Parquet file", _PLAIN),
    (b"SQLite format 3\0", "a database", _PLAIN),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PAGE = re.compile(r"<(!doctype\s+html|html)\b", re.I)
_PAGE_PART = re.compile(r"</?(p|div|br|h[1-6]|body|head|title|meta|span|a|b|i|em|li|ul|table|article)\b", re.I)
_TEI = re.compile(r"<([\w.-]+:)?(TEI|teiCorpus|TEI\.2)\b")
_XML = re.compile(r"<\?xml\s+version")
_PROLOG = re.compile(r"\s*(<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?!\s+html\b)[^\[>]*(\[.*?\]\s*)?>)", re.I | re.S)
_HEAD = 16_384  # bytes in which a file must say what it is
_PAGE_SUFFIXES = frozenset([".html", ".htm", ".xhtml"])
_XML_SUFFIXES = frozenset([".xml", ".tei"])
_PAGES = (  # code pages with the letters that are frequent in what is written in them; the first wins where two fit
    ("windows-1256", "اليومنترعدبةىهسفكقحجشصطضخذغزثظءأإ"),
    ("windows-1251", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфіїє"),
    ("windows-1252", "éèêàâçëïîôûùœäöüßÄÖÜñáíóúãõåæøÅØ’“”«»"),
    ("windows-1250", "čćžšđČĆŽŠĐąęłńóśźżěřůťďňľáéíőű„”"),
)
_WORK_KEYS = frozenset(
    ["title", "description", "date", "publisher", "authority", "annotation_license", "with_text", "document"]
)
_SAID = (
    "title",
    "title_en",
    "author",
    "publisher",
    "published",
    "retrieved",
    "url",
    "license",
    "rights_holder",
    "note",
)
_DOCUMENT_KEYS = frozenset(["file", "language", "sha256", "id", *_SAID])


@dataclass(frozen=True, slots=True)
class Description:
    """What the ``source.toml`` of a work says: the work, the name of its authority, and its documents, unread."""

    work: Work
    authority: str
    documents: tuple[Mapping[str, str], ...]


def read(path: str | Path, *, language: str = "", id: str = "") -> Document:  # noqa: A002 - the name of the field
    """Return the document in the file *path*: plain text (UTF-8, UTF-16 with a mark), a web page, DOCX or TEI.

    Arguments:
        path: the file.
        language: its BCP 47 tag; the one that the file states, else detected, where it is ''.
        id: the document's id; made from the file's stem where it is ''.

    Raises:
        InputError: the file cannot be read, is empty, is too large, is broken, or is in no format or encoding known.
        UsageError: *language* or *id* is not valid, or a library that the format needs is not installed.
    """
    return _read(Path(path), language, id, "doc-1")


def _read(path: Path, language: str, name: str, spare: str) -> Document:
    """Read one file; *spare* is its id where its stem has nothing to make one of."""
    data = _bytes(path)
    found = _extract(data, path)
    if not found.text.removeprefix("\ufeff").strip():
        raise InputError("is empty", path=path, hint="give a file with text in it")
    code, told = _given(found.text, language) if language else _stated(found)
    name, said = (_checked(name), "") if name else _id(path.stem, spare)
    source = Source(
        path.name,
        hashlib.sha256(data).hexdigest(),
        len(data),
        found.encoding,
        found.format,
        title=found.title,
        author=found.author,
        publisher=found.publisher,
        published=found.published,
        url=found.url,
        note=" ".join(part for part in (said, told, found.note) if part),
        left_out=(*found.left_out, *_controls(found.text)),
        original=b"" if found.format == PLAIN else data,
    )
    return Document(name, code, found.text, source, segments(name, code, found))


def _extract(data: bytes, path: Path) -> Extract:
    """Return the text of the file, read as what it is."""
    if data.startswith(_ZIP):
        return word.read(data, path)
    _refuse_signed(data, path)
    head = _head(data)
    kind = _kind(head, path.suffix.lower())
    if kind == webpage.FORMAT:
        return webpage.read(data, path)
    if kind == teifile.FORMAT:
        return teifile.read(data, path)
    if head.startswith("MIME-Version:") or head.startswith("From: <Saved by"):
        raise InputError("is a web archive or a mail", path=path, hint="save the page as HTML only, or as plain text")
    text, encoding = _decode(data, path)
    return Extract(text, PLAIN, encoding)


def _refuse_signed(data: bytes, path: Path) -> None:
    """Refuse a file that begins like one that is no text; a mark in letters counts only where no text could follow."""
    for mark, what, advice in _SIGNED:
        if data.startswith(mark) and not (mark.isalnum() and b"\0" not in data[:_HEAD]):
            raise InputError(f"is {what}, not plain text", path=path, hint=advice)


def _head(data: bytes) -> str:
    """Return the beginning of a file as far as it is in ASCII."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return data[:_HEAD].decode(encoding, "replace").lstrip("\ufeff")
    return data[:_HEAD].removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind(head: str, suffix: str) -> str:
    """Say which format a file with this beginning has, as far as it has marks of one."""
    declared = _XML.match(head) is not None
    place = 0
    while found := _PROLOG.match(head, place):
        place = found.end()
    root = head[place:].lstrip()
    if _PAGE.match(root) or (suffix in _PAGE_SUFFIXES and _PAGE_PART.search(head)):
        return webpage.FORMAT
    tagged = root.startswith("<")
    if _TEI.match(root) or (tagged and (declared or suffix in _XML_SUFFIXES)):
        return teifile.FORMAT  # which says so where the root is another
    return PLAIN


def _given(text: str, language: str) -> tuple[str, str]:
    """Return the language that was given, and a line where *text* does not look like it."""
    code = canonical(language)
    doubt = _questioned(text, code)
    return code, f"The language was given as {code}. {doubt}" if doubt else ""


def _stated(found: Extract) -> tuple[str, str]:
    """Return the language that the file states, else the one it seems to be in, and a line that says so."""
    try:
        code = canonical(found.language) if found.language else UNDETERMINED
    except UsageError:
        code = UNDETERMINED
    if code == UNDETERMINED:
        return _detected(found.text)
    told = f"The language is the one that the file states: {code}."
    return code, " ".join(filter(None, [told, _questioned(found.text, code)]))


def _detected(text: str) -> tuple[str, str]:
    """Return the language that most of *text* seems to be in, and a line that says so."""
    found = tongues(text)
    code, score = detect(text)
    if found and (len(found) > 1 or not near(found[0].code, code)):
        code, score = found[0].code, found[0].score
    if code == UNDETERMINED:
        return code, "The language could not be told; general rules are used."
    told = f"The language was detected: {code} ({score:.2f})."
    return code, " ".join(filter(None, [told, _mixed(found)]))


def _mixed(found: Sequence[Tongue]) -> str:
    """Return a line that says that a text is in more than one language, '' where it is not."""
    if len(found) < 2:
        return ""
    parts = ", ".join(f"{tongue.code} {tongue.share:.0%} ({tongue.score:.2f})" for tongue in found)
    return f"The text is mixed: {parts}; a file for each language would be read better."


def _questioned(text: str, code: str) -> str:
    """Return a line that says that *text* seems to be in another language than *code*, or in others too; '' else."""
    if not doubted(text, code) or not any(near(code, known) for known in likelihoods(text)):
        return ""  # what the model does not know it would take for something else
    found = tongues(text)
    if any(near(tongue.code, code) for tongue in found):
        return _mixed(found)
    if not found:
        return ""
    return f"But the text seems to be in another language: {found[0].code} ({found[0].score:.2f}); check it."


def read_all(paths: Sequence[str | Path], languages: Mapping[str, str] | None = None) -> tuple[Document, ...]:
    """Return the documents in the files *paths*, in their order.

    *languages* gives the tag of a file by its path as it was given, by its name, or by its stem; others are detected.
    A file whose stem cannot be an id is given one: ``izvještaj.txt`` becomes ``izvjestaj``, and ``تقرير.txt`` becomes
    ``doc-2`` where it is the second file.

    Raises:
        UsageError: a file is given twice, two files would have one id, or a language is given for no file.
        InputError: a file cannot be used; see `read`.
    """
    files = [Path(path) for path in paths]
    if not files:
        raise UsageError("no file was given", hint="give at least one text file")
    _refuse_twins(files)
    tags = _tags(files, languages or {})
    numbered = enumerate(zip(files, tags, strict=True), start=1)
    documents = tuple(_read(file, tag, "", f"doc-{number}") for number, (file, tag) in numbered)
    _refuse_same_ids(documents, files)
    return documents


def describe(folder: str | Path, *, name: str = "") -> Description:
    """Return what the ``source.toml`` in *folder* says of the work *name* (the folder's own name where it is '').

    Raises:
        InputError: there is none, or it has a mistake; the line or key is named.
    """
    folder = Path(folder)
    path = folder / DESCRIPTION
    if not folder.is_dir():
        raise InputError("is not a folder", path=folder, hint=f"give the folder of a work, with a {DESCRIPTION}")
    if not path.is_file():
        raise InputError(f"has no {DESCRIPTION}", path=folder, hint="write one that names its texts")
    table = parse(path)
    _check_keys(table, _WORK_KEYS, ("title", "document"), path, "")
    entries = table["document"]
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("'document' is not a list of tables", path=path, hint="write [[document]] above each text")
    for number, entry in enumerate(entries, start=1):
        _check_keys(entry, _DOCUMENT_KEYS, ("file", "language", "sha256"), path, f"document {number}")
    said = {key: _text(table, key, path) for key in sorted(table.keys() - {"document", "with_text", "authority"})}
    with_text = table.get("with_text", True)
    if not isinstance(with_text, bool):
        raise InputError("'with_text' is not true or false", path=path)
    work = Work(id=name or folder.resolve().name, with_text=with_text, **said)
    documents = tuple({key: _text(entry, key, path) for key in entry} for entry in entries)
    return Description(work, _text(table, "authority", path), documents)


def read_work(folder: str | Path, *, name: str = "") -> tuple[Work, tuple[Document, ...]]:
    """Return the work described in *folder* and its documents, in the order of the description.

    Raises:
        InputError: the description has a mistake; a text is missing, outside the folder, or not the one described.
    """
    folder = Path(folder)
    said = describe(folder, name=name)
    documents = [_described(folder, entry) for entry in said.documents]
    _refuse_same_ids(documents, [folder / entry["file"] for entry in said.documents])
    return said.work, tuple(documents)


def _described(folder: Path, entry: Mapping[str, str]) -> Document:
    """Read one text of a work, held to its description."""
    path = _inside(folder, entry["file"])
    document = read(path, language=entry["language"], id=entry.get("id", ""))
    if document.source.sha256 != entry["sha256"].lower():
        message = f"is not the described text: its sha256 is {document.source.sha256}"
        raise InputError(message, path=path, hint=f"restore the file or correct {DESCRIPTION}")
    told: dict[str, Any] = {key: entry[key] for key in _SAID if key in entry}
    if document.source.note:
        told["note"] = " ".join(part for part in (entry.get("note", ""), document.source.note) if part)
    return replace(document, source=replace(document.source, **told))


def _inside(folder: Path, file: str) -> Path:
    """Return the path of *file* in *folder*; refuse one that leads out of it, by its name or by a link."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{file!r} leads out of the folder", path=folder / DESCRIPTION, hint="name a file inside it")
    return path


def _bytes(path: Path) -> bytes:
    """Return the content of the file, or say why it cannot be had."""
    if path.is_dir():
        raise InputError("is a folder", path=path, hint="give a file")
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError(
                f"is too large ({size} bytes, the limit is {LIMIT})",
                path=path,
                hint="split it into files of one account each",
            )
        with path.open("rb") as file:  # a pipe has no size beforehand
            data = file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise InputError("does not exist", path=path, hint="check the name") from error
    except PermissionError as error:
        raise InputError("may not be read", path=path, hint="check its permissions") from error
    except (OSError, ValueError) as error:
        what = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(what, path=_shown(path), hint="check the path and its rights") from error
    if len(data) > LIMIT:
        raise InputError(
            f"is too large (the limit is {LIMIT} bytes)", path=path, hint="split it into files of one account each"
        )
    return data


def _shown(path: Path) -> str:
    """Return a path as it can be printed."""
    return str(path).replace("\0", "\\0")


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of *data* in UTF-8, or in UTF-16 with a mark, and its encoding; or say what it seems to be."""
    encoding = next((wide for mark, wide in _WIDE if data.startswith(mark)), "utf-8")
    if data.startswith(_UTF_32):
        raise InputError("is not UTF-8; it looks like UTF-32", path=path, hint="convert it: iconv -f UTF-32 -t UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        likely = _encoding(data) if encoding == "utf-8" else ""
        guess = f"; it looks like {likely}" if likely else ""
        hint = f"convert it: iconv -f {likely} -t UTF-8" if likely else "save it as UTF-8"
        raise InputError(f"is not {encoding.upper()} (byte {error.start}){guess}", path=path, hint=hint) from error
    if text.count("\0", 0, 10_000) * 5 > len(text[:10_000]):
        raise InputError("is no text in UTF-8; it looks like UTF-16 or binary data", path=path, hint="save it as UTF-8")
    return text, encoding


def _encoding(data: bytes) -> str:
    """Guess the encoding of *data* that is not UTF-8; '' where nothing fits."""
    sample = data[:100_000]
    bare = sample.translate(None, bytes(range(0x80)))
    scores = {name: _fit(sample, bare, name, usual) for name, usual in _PAGES}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0.6 and b"\0" not in sample else ""


def _fit(sample: bytes, bare: bytes, page: str, usual: str) -> float:
    """Return the share of characters beyond ASCII that are usual in texts of the code *page*.

    Where whole words are beyond ASCII only a page of another alphabet can be meant, and else only a Latin one.
    """
    text = bare.decode(page, errors="replace")
    foreign = len(bare) > 0.4 * len(sample)
    if not text or foreign != (unicodedata.name(usual[0])[:5] != "LATIN"):
        return 0.0
    return sum(1 for letter in text if letter in usual) / len(text)


def _controls(text: str) -> tuple[str, ...]:
    """Say which control characters the text holds, and how many of each."""
    counts = Counter(_CONTROL.findall(text))
    return tuple(
        f"U+{ord(character):04X}, {count} time{'s' * (count > 1)}: a control character that XML cannot hold"
        for character, count in sorted(counts.items())
    )


def _checked(name: str) -> str:
    """Return *name* if it can be an id."""
    if not _ID.fullmatch(name):
        hint = "use letters A-Z, digits, '-' and '_', a letter first"
        raise UsageError(f"{name!r} cannot be the id of a document", hint=hint)
    return name


def _id(stem: str, spare: str) -> tuple[str, str]:
    """Return an id for a file with this *stem*, and a line that says so where it is not the stem itself."""
    if _ID.fullmatch(stem):
        return stem, ""
    plain = unicodedata.normalize("NFKD", stem.replace("đ", "d").replace("Đ", "D").replace("ß", "ss"))
    ascii_only = re.sub(r"[\u0300-\u036f]", "", plain).encode("ascii", errors="replace").decode()
    made = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).strip("-")
    if not re.search(r"[A-Za-z0-9]", made):
        made = spare
    made = made if _ID.fullmatch(made) else f"doc-{made}"
    return made, f"The id {made!r} stands for the file name {stem!r}, which cannot be an XML id."


def _refuse_twins(files: Iterable[Path]) -> None:
    """Refuse one file given twice, under whatever names."""
    seen: dict[Path, Path] = {}
    for file in files:
        first = seen.setdefault(_resolved(file), file)
        if first is not file:
            raise UsageError(f"is given twice (also as {first})", path=file, hint="give each file once")


def _resolved(file: Path) -> Path:
    """Return the real path of *file*, or the path itself where it has none."""
    try:
        return file.resolve()
    except (OSError, RuntimeError, ValueError):
        return file


def _refuse_same_ids(documents: Iterable[Document], files: Iterable[Path]) -> None:
    """Refuse two documents whose ids differ at most in case, as files named by them could not lie side by side."""
    seen: dict[str, Path] = {}
    for document, file in zip(documents, files, strict=True):
        first = seen.setdefault(document.id.casefold(), file)
        if first is not file:
            message = f"would have the same document id as {first} ({document.id})"
            raise UsageError(message, path=file, hint="rename one of them")


def _tags(files: Sequence[Path], languages: Mapping[str, str]) -> list[str]:
    """Return the language given for each file, '' where none is."""
    keys = [(str(file), file.name, file.stem) for file in files]
    left = [name for name in languages if not any(name in known or str(Path(name)) in known for known in keys)]
    if left:
        raise UsageError(
            f"a language is given for {left[0]!r}, which is none of the files", hint="name a file as it is given"
        )
    paths = {str(Path(name)): tag for name, tag in languages.items()}
    return [next((paths[name] for name in known if name in paths), "") for known in keys]


def _check_keys(table: Mapping[str, Any], known: frozenset[str], needed: Sequence[str], path: Path, place: str) -> None:
    """Refuse a table with keys missing or unknown."""
    where = f"in {place} " if place else ""
    for key in sorted(table.keys() - known):
        raise InputError(f"{where}has an unknown key {key!r}", path=path, hint=f"known are {', '.join(sorted(known))}")
    for key in needed:
        if key not in table or table[key] == "":
            raise InputError(f"{where}lacks the key {key!r}", path=path, hint="add it")


def _text(table: Mapping[str, Any], key: str, path: Path) -> str:
    """Return a value that must be a string or a TOML date; '' where the key is absent."""
    value = table.get(key, "")
    if isinstance(value, str):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise InputError(f"{key!r} is not a text", path=path, hint="put it in quotation marks")
