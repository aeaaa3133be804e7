"""Lexicons: what words of different languages have in common, and who says so.

    napad ──┐                        every source is read as senses: a word (by its stem) means a concept;
    هجوم ───┼─▶ attack.noun          two words that share a concept may translate each other
    salakay ┘

The project's own glossary (corpus/glossary/*.tsv) names its concepts and knows en, hr, ar and tl (de and fr for the
most frequent).
CLDR names countries, languages, currencies, months and weekdays. What else is on the machine is used when it is
found and
never required: FreeDict's dictionaries (Debian's dict-freedict-*) and WordNets through nltk, and a user's own lists.
A dictionary's
concepts are the words of its pivot side, so that hr-en and en-ar make hr-ar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hexapla.corpus.errors import InputError
from hexapla.corpus.fold import Word, words
from hexapla.corpus.stem import stems

OWN = Path(__file__).parent / "glossary"
COLUMNS = ("id", "pos")

TRUST: Mapping[str, float] = {"glossary": 1.0, "cldr": 1.0, "user": 0.95, "freedict": 0.95, "wordnet": 0.85}
"""How far a source's translations are believed."""

MOST = 40
"""A word with more senses than this says nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of a language that means a concept."""

    language: str
    text: str
    concept: str
    source: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words ``[first, last]`` of a sentence may mean, and who says so."""

    first: int
    last: int
    concept: str
    source: str
    trust: float


@dataclass(slots=True)
class Lexicon:
    """All lexicons that were found, as one: stems to concepts."""

    sources: Mapping[str, int]  # source -> entries
    _phrases: dict[tuple[str, str], dict[tuple[str, ...], list[tuple[str, str]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Lexicon:
        """Index *entries* by language and first stem."""
        counts: dict[str, int] = {}
        index: dict[tuple[str, str], dict[tuple[str, ...], list[tuple[str, str]]]] = {}
        for entry in entries:
            phrase = tuple(stems(word.form, entry.language)[0] for word in words(entry.text))
            if not phrase:
                continue
            held = index.setdefault((entry.language, phrase[0]), {}).setdefault(phrase, [])
            if (entry.concept, entry.source) not in held:
                held.append((entry.concept, entry.source))
                counts[entry.source] = counts.get(entry.source, 0) + 1
        return cls(dict(sorted(counts.items())), index)

    def senses(self, line: Sequence[Word], language: str) -> list[Sense]:
        """Return what the words of a sentence may mean: for each place the longest phrase that is listed."""
        language = language.split("-")[0]
        read = [stems(word.form, language) for word in line]
        found: list[Sense] = []
        for first in range(len(read)):
            best: dict[tuple[str, ...], list[tuple[str, str]]] = {}
            for stem in read[first]:
                for phrase, concepts in self._phrases.get((language, stem), {}).items():
                    longer = not best or len(phrase) >= len(next(iter(best)))
                    if longer and _follows(phrase, read, first):
                        best = {k: v for k, v in best.items() if len(k) == len(phrase)} | {phrase: concepts}
            for phrase, concepts in best.items():
                if len(concepts) <= MOST:
                    last = first + len(phrase) - 1
                    found += [Sense(first, last, c, source, TRUST[source]) for c, source in concepts]
        return found


def _follows(phrase: tuple[str, ...], read: Sequence[tuple[str, ...]], first: int) -> bool:
    if first + len(phrase) > len(read):
        return False
    return all(stem in read[first + n] for n, stem in enumerate(phrase))


def own() -> Iterator[Entry]:
    """Yield the entries of the project's own glossary."""
    for path in sorted(OWN.glob("*.tsv")):
        yield from table(path, "glossary")


def table(path: Path, source: str = "user") -> Iterator[Entry]:
    """Yield the entries of a table: a header ``id pos <lang> <lang> ...``, variants in a cell separated by ``|``.

    Raises:
        InputError: the file cannot be read, or a row does not fit its header.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read as UTF-8", path=path, hint="save it as a UTF-8 table") from error
    header = lines[0].split("\t") if lines else []
    if len(header) < 4 or tuple(header[:2]) != COLUMNS:
        raise InputError(
            "has no header", path=path, place=1, hint="begin with id, pos and two or more languages, tabs between"
        )
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) != len(header):
            raise InputError(
                f"has {len(cells)} cells, the header {len(header)}", path=path, place=number, hint="mend the row"
            )
        for language, cell in zip(header[2:], cells[2:], strict=True):
            for text in cell.split("|"):
                if text.strip():
                    yield Entry(language, text.strip(), cells[0], source)


def cldr(languages: Iterable[str]) -> Iterator[Entry]:
    """Yield the names of countries, languages, currencies, months and weekdays in *languages*, from CLDR (babel)."""
    for language in languages:
        yield from _cldr(language)


@cache
def _cldr(language: str) -> tuple[Entry, ...]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse("fil" if language == "tl" else language)
    except (UnknownLocaleError, ValueError):
        return ()
    named: list[tuple[str, str]] = []
    named += [(f"territory.{code}", name) for code, name in locale.territories.items() if code.isalpha()]
    named += [(f"language.{code}", name) for code, name in locale.languages.items() if "_" not in code]
    named += [(f"currency.{code}", name) for code, name in locale.currencies.items()]
    named += [(f"month.{n}", name) for n, name in locale.months["format"]["wide"].items()]
    named += [(f"weekday.{n}", name) for n, name in locale.days["format"]["wide"].items()]
    return tuple(Entry(language, name, concept, "cldr") for concept, name in named)


def load(languages: Sequence[str]) -> Lexicon:
    """Return the embedded lexicons for *languages*: the own glossary and CLDR."""
    spoken = tuple(sorted({language.split("-")[0] for language in languages}))
    return _loaded(spoken)


@cache
def _loaded(languages: tuple[str, ...]) -> Lexicon:
    entries = [entry for entry in own() if entry.language in languages]
    return Lexicon.of([*entries, *cldr(languages)])
