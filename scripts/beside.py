"""What was made elsewhere and is given beside the files: vectors, an encoder, machine translations.

--vectors en.txt=en.npy  --encoder folder  --translation hr.txt=hr.en.txt  ─▶  hexapla.align.outside.Given
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.align.outside import Given, of_words
from hexapla.align.path import WIDEST
from hexapla.corpus.document import Document
from hexapla.corpus.encoder import encoded
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import detect
from hexapla.corpus.vectors import Vectors, read

_AGAIN = "translate what `hexapla segment` prints, a line for each of its lines"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a user gives beside the files: documents (ids) with paths, and the name of an encoder."""

    vectors: tuple[tuple[str, Path], ...] = ()
    translations: tuple[tuple[str, Path], ...] = ()
    encoder: str = ""

    def __bool__(self) -> bool:
        """Whether anything is given."""
        return bool(self.vectors or self.translations or self.encoder)

    def __str__(self) -> str:
        """What is given, for the signature."""
        kinds = {"vectors": self.vectors, f"encoder:{Path(self.encoder).name}": self.encoder}
        return "+".join(kind for kind, held in (kinds | {"translation": self.translations}).items() if held)


ALONE = Beside()
"""Nothing is given."""


def given(documents: Sequence[Document], beside: Beside) -> Given:
    """Return what *beside* names, read for *documents*, which have their segments.

    Raises:
        InputError: a file cannot be read, lacks a line, or does not go with another.
    """
    by_id = {document.id: document for document in documents}
    vectors = {name: read(path, by_id[name], WIDEST) for name, path in beside.vectors}
    if beside.encoder:
        rest = [document for document in documents if document.id not in vectors]
        vectors |= encoded(rest, beside.encoder)
    _refuse_other_widths(vectors, beside)
    translated = {}
    for name, path in beside.translations:
        lines = _lines(path, by_id[name])
        for other in _meant(path, lines, [one for one in documents if one.id != name]):
            translated[name, other.id] = of_words(lines, other)
    return Given(vectors, translated)


def _refuse_other_widths(vectors: Mapping[str, Vectors], beside: Beside) -> None:
    widths = {name: one.windows[0].shape[1] for name, one in vectors.items() if len(one)}
    paths = dict(beside.vectors)
    first = next(iter(widths), "")
    for name, width in widths.items():
        if width != widths[first]:
            what = f"vectors have {width} numbers, those of {first} have {widths[first]}"
            hint = "make all vectors with one encoder"
            raise InputError(what, path=paths.get(name, paths.get(first, beside.encoder)), hint=hint)


def _lines(path: Path, document: Document) -> list[str]:
    """Return the translations of the sentences of *document*, boilerplate left out."""
    told = path.read_bytes()
    try:
        lines = told.decode("utf-8-sig").removesuffix("\n").splitlines()
    except UnicodeDecodeError as error:
        raise InputError("is not in UTF-8", path=path, hint="save it as UTF-8") from error
    if len(lines) != len(document.segments):
        many = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        what = f"has {many}, {document.source.filename} has {len(document.segments)} segments"
        place = min(len(lines), len(document.segments)) + 1
        raise InputError(what, path=path, place=place, hint=_AGAIN)
    kept = [number for number, segment in enumerate(document.segments) if segment.kind != "x"]
    empty = next((number for number in kept if not lines[number].strip()), None)
    if empty is not None:
        raise InputError("a translation is missing", path=path, place=empty + 1, hint=_AGAIN)
    return [lines[number] for number in kept]


def _meant(path: Path, lines: Sequence[str], others: Sequence[Document]) -> list[Document]:
    """Return the documents in the language that the translation *lines* is in."""
    spoken = {document.language.split("-")[0] for document in others}
    code = spoken.pop() if len(spoken) == 1 else detect(" ".join(lines))[0].split("-")[0]
    found = [document for document in others if document.language.split("-")[0] == code]
    if not found:
        what = f"is in a language ({code}) that none of the other files is in"
        raise InputError(what, path=path, hint="translate into the language of one of them")
    return found


def pairs(
    items: Sequence[str], option: str, documents: Sequence[Document], files: Sequence[Path]
) -> tuple[tuple[str, Path], ...]:
    """Read each FILE=PATH of *option*: the id of the document that FILE is, and PATH.

    Raises:
        UsageError: it is no FILE=PATH, FILE is none of *files*, or is there twice.
    """
    found: dict[str, Path] = {}
    for item in items:
        name, _, path = item.partition("=")
        if not (name and path):
            raise UsageError(f"{option} {item!r} is not FILE=PATH", hint=f"write {option} FILE=PATH")
        known = [
            document.id
            for document, file in zip(documents, files, strict=True)
            if str(Path(name)) in (str(file), file.name, file.stem)
        ]
        if len(known) != 1:
            raise UsageError(
                f"{option} is given for {name!r}, which is none of the files", hint="name a file as it is given"
            )
        if known[0] in found:
            raise UsageError(f"{option} is given twice for {name!r}", hint="give it once")
        found[known[0]] = Path(path)
    return tuple(found.items())
