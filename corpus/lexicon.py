"""Lexicons: what words of different languages have in common, and who says so.

    napad ──┐                        every source is read as senses: a word (by its stem) means a concept;
    هجوم ───┼─▶ attack.noun          two words that share a concept may translate each other
    salakay ┘

    embedded   the project's own glossary (corpus/glossary/*.tsv: en, hr, ar, tl; de and fr for the most frequent),
               and CLDR's names of countries, languages, currencies, months and weekdays
    found      what is on the machine and never required: FreeDict (`hexapla.corpus.dictd`), WordNets
               (`hexapla.corpus.wordnet`), Apertium for the words of the texts (`hexapla.corpus.apertium`)
    extra      a user's own lists (`hexapla.corpus.wordlist`)

A dictionary's concepts are the words of its pivot side, so that hr-en and en-ar make hr-ar.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from hexapla.corpus import apertium, dictd, wordlist, wordnet
from hexapla.corpus.fold import Word, fold
from hexapla.corpus.language import table as knowledge
from hexapla.corpus.needed import Needed, needed
from hexapla.corpus.pause import uncollected
from hexapla.corpus.stem import stems
from hexapla.corpus.wordlist import Entry, keys, spoken, table

__all__ = ["Entry", "Lexicon", "Sense", "background", "described", "familiar", "load", "own", "table"]

OWN = Path(__file__).parent / "glossary"

VARIABLE = "HEXAPLA_LEXICONS"
EMBEDDED = "embedded"
"""The environment variable that, set to this, keeps to what is embedded."""

TRUST: Mapping[str, float] = {
    "glossary": 1.0,
    "cldr": 1.0,
    "user": 0.95,
    "freedict": 0.95,
    "wordnet": 0.85,
    "apertium": 0.85,
    "learned": 1.0,
}
"""How far a source's translations are believed; what follows a hyphen in its name is of no matter."""

MOST = 40
"""A word with more senses of one source than this says nothing."""

CONTINENTS = ("002", "003", "005", "009", "142", "150")
"""The continents, as CLDR and the United Nations number them; not America, which is a country's name, too."""

COMPOSED = 0.8
"""Trust of what two lists say together, through the words of a language that is none of the documents'."""

Phrase = tuple[str, ...]
Numbers = tuple[int, ...]
Phrases = dict[str, dict[str, tuple[tuple[Phrase, Numbers], ...]]]


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words ``[first, last]`` of a sentence may mean, and who says so."""

    first: int
    last: int
    concept: str
    source: str
    trust: float


class Meaning(NamedTuple):
    """A concept as a source names it, and how far that is believed."""

    concept: str
    source: str
    trust: float


@dataclass(slots=True)
class Lexicon:
    """All lexicons that were found, as one: stems to concepts."""

    sources: Mapping[str, int]  # source -> entries
    _meanings: list[Meaning] = field(default_factory=list)
    _words: dict[str, dict[str, Numbers]] = field(default_factory=dict)  # language -> stem -> meanings
    _phrases: dict[str, Phrases] = field(default_factory=dict)  # language -> phrases by their first and second stem

    @classmethod
    @uncollected()
    def of(cls, entries: Iterable[Entry]) -> Lexicon:
        """Index *entries* by language and first stem; the first source that says something is the one that is kept."""
        index = _Index()
        for entry in entries:
            index.add(entry)
        return index.lexicon()

    def having(self, entries: Iterable[Entry]) -> Lexicon:
        """Return a lexicon that knows *entries*, too, single words all.

        >>> mine = Lexicon.of([Entry("en", "attack", "a", "glossary"), Entry("hr", "napad", "a", "glossary")])
        >>> more = mine.having([Entry("hr", "juriš", "b", "learned", 0.5)])
        >>> [m.concept for w in ("napad", "juriš") for m in more.meanings(w, "hr")], described(more)
        (['a', 'b'], 'glossary:2+learned:1')
        """
        more, first = Lexicon.of(entries), len(self._meanings)
        known = {language: dict(held) for language, held in self._words.items()}
        for language, held in more._words.items():
            mine = known.setdefault(language, {})
            for stem, numbers in held.items():
                mine[stem] = (*mine.get(stem, ()), *(first + number for number in numbers))
        sources = {
            name: self.sources.get(name, 0) + more.sources.get(name, 0) for name in {**self.sources, **more.sources}
        }
        return Lexicon(dict(sorted(sources.items())), [*self._meanings, *more._meanings], known, self._phrases)

    def senses(self, line: Sequence[Word], language: str) -> list[Sense]:
        """Return what the words of a sentence may mean: each word, and at each place the longest phrase listed."""
        alone = (
            Sense(place, place, told.concept, told.source, told.trust)
            for place, word in enumerate(line)
            for told in self.meanings(word.form, language)
        )
        return [*alone, *self.phrases(line, language)]

    def meanings(self, form: str, language: str) -> list[Meaning]:
        """Return what the folded *form* of a word may mean by itself."""
        language = spoken(language)
        held = self._words.get(language, {})
        told = [numbers for stem in stems(form, language) if (numbers := held.get(stem))]
        return [self._meanings[number] for number in dict.fromkeys(chain.from_iterable(told))] if told else []

    def phrases(self, line: Sequence[Word], language: str) -> list[Sense]:
        """Return what phrases of two words or more may mean: at each place the longest that is listed."""
        return self.together([stems(word.form, spoken(language)) for word in line], language)

    def together(self, line: Sequence[Phrase], language: str) -> list[Sense]:
        """Return the same for a *line* that is given by the stems of each of its words."""
        held = self._phrases.get(spoken(language), {})
        opening = held.keys()
        found: list[Sense] = []
        for first in [place for place, mine in enumerate(line[:-1]) if not opening.isdisjoint(mine)]:
            length, numbers = _longest(held, line, first)
            for number in dict.fromkeys(numbers):
                told = self._meanings[number]
                found.append(Sense(first, first + length - 1, told.concept, told.source, told.trust))
        return found


def _longest(held: Phrases, read: Sequence[Phrase], first: int) -> tuple[int, list[int]]:
    """The length of the longest phrases that stand at *first*, and what they mean."""
    length, found = 0, list[int]()
    for stem in read[first]:
        by_second = held.get(stem)
        for second in read[first + 1] if by_second else ():
            for phrase, numbers in by_second.get(second, ()) if by_second else ():
                if len(phrase) >= length and _follows(phrase, read, first):
                    found = [*(found if len(phrase) == length else ()), *numbers]
                    length = len(phrase)
    return length, found


def _follows(phrase: Phrase, read: Sequence[Phrase], first: int) -> bool:
    """Whether the stems of *phrase* from the third on stand there, too."""
    if first + len(phrase) > len(read):
        return False
    return all(phrase[n] in read[first + n] for n in range(2, len(phrase)))


class _Index:
    """Gathers entries; a meaning is a number, for there are many."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.numbers: dict[Meaning, int] = {}
        self.concepts: list[str] = []  # of each meaning
        self.held: dict[str, dict[str, list[int]]] = {}  # language -> stems, spaces between -> meanings

    def add(self, entry: Entry) -> None:
        """Keep *entry* under each of its keys."""
        new = False
        for key in entry.stems or keys(entry.text, entry.language):
            held = self.held.setdefault(entry.language, {}).setdefault(" ".join(key), [])
            if all(self.concepts[number] != entry.concept for number in held):
                held.append(self._number(entry))
                new = True
        if new:
            self.counts[entry.source] = self.counts.get(entry.source, 0) + 1

    def _number(self, entry: Entry) -> int:
        trust = round(TRUST[entry.source.split("-")[0]] * entry.trust, 3)
        meaning = Meaning(entry.concept, entry.source, trust)
        number = self.numbers.setdefault(meaning, len(self.concepts))
        if number == len(self.concepts):
            self.concepts.append(entry.concept)
        return number

    def lexicon(self) -> Lexicon:
        """Return what was gathered."""
        wordlist.forget()
        known = list(self.numbers)
        words: dict[str, dict[str, Numbers]] = {}
        phrases: dict[str, Phrases] = {}
        for language, held in self.held.items():
            for key, numbers in held.items():
                first, *rest = key.split(" ")
                told = _telling(numbers, known)
                if rest:
                    by_second = phrases.setdefault(language, {}).setdefault(first, {})
                    by_second[rest[0]] = (*by_second.get(rest[0], ()), ((first, *rest), told))
                else:
                    words.setdefault(language, {})[first] = told
        return Lexicon(dict(sorted(self.counts.items())), known, words, phrases)


def _telling(numbers: Sequence[int], known: Sequence[Meaning]) -> Numbers:
    """Leave out what a source says that says too much."""
    if len(numbers) <= MOST:
        return tuple(numbers)
    said: dict[str, list[int]] = {}
    for number in numbers:
        said.setdefault(known[number].source, []).append(number)
    return tuple(number for told in said.values() if len(told) <= MOST for number in told)


def own(languages: Iterable[str] | None = None) -> Iterator[Entry]:
    """Yield the entries of the project's own glossary, those in *languages* where they are given."""
    for path in _own_files():
        yield from table(path, "glossary", languages)


def _own_files() -> list[Path]:
    return sorted(OWN.glob("*.tsv"))


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
    places = locale.territories.items()
    named += [(f"territory.{code}", name) for code, name in places if code.isalpha() or code in CONTINENTS]
    named += [(f"language.{code}", name) for code, name in locale.languages.items() if "_" not in code]
    named += [(f"currency.{code}", name) for code, name in locale.currencies.items()]
    named += [(f"month.{n}", name) for n, name in locale.months["format"]["wide"].items()]
    named += [(f"weekday.{n}", name) for n, name in locale.days["format"]["wide"].items()]
    return tuple(Entry(language, name, concept, "cldr") for concept, name in named)


def load(
    languages: Sequence[str],
    extra: Sequence[Path] = (),
    found: bool = True,
    vocabulary: Mapping[str, Sequence[str]] | None = None,
) -> Lexicon:
    """Return the lexicons for *languages*: what is embedded, what is *found* on the machine, and *extra* lists.

    *vocabulary* holds the words of the texts by language: of dictionaries only what these need is read then, and a
    program (Apertium) translates them. With
    ``found=False``, or ``HEXAPLA_LEXICONS=embedded`` in the environment, nothing is looked for on the machine.

    Raises:
        InputError: a list of *extra* or a dictionary on the machine cannot be read.
    """
    mine = tuple(sorted({spoken(language) for language in languages}))
    seek = found and os.environ.get(VARIABLE) != EMBEDDED
    listed = [entry for path in extra for entry in wordlist.read(path) if entry.language in mine]
    there = iter(elsewhere(mine, vocabulary or {}) if seek else ())
    first = next(there, None)
    if not listed and first is None:
        return _embedded(mine)
    return Lexicon.of(chain(_basic(mine), listed, () if first is None else (first,), there))


@cache
def _embedded(languages: tuple[str, ...]) -> Lexicon:
    return Lexicon.of(_basic(languages))


def _basic(languages: tuple[str, ...]) -> Iterator[Entry]:
    yield from own(languages)
    yield from cldr(languages)


def elsewhere(
    languages: tuple[str, ...], vocabulary: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Iterator[Entry]:
    """Yield what is on the machine for *languages* (as `spoken` writes them), dictionaries first."""
    reached: set[str] = {"en"}
    used: set[str] = set()
    trust = 1.0 if "en" in languages else COMPOSED
    for one, pairs in _dictionaries(languages, needed(vocabulary)):
        for entry in wordlist.bilingual(pairs, one.left, one.right, one.source, trust):
            used.add(entry.concept)
            if entry.language in languages:
                yield entry
        reached |= {one.left, one.right}
        if not vocabulary:  # else there are few words, and the English ones come again
            wordlist.forget()
    for language, forms in sorted(vocabulary.items()):
        for entry in wordlist.bilingual(apertium.pairs(forms, language), language, "en", "apertium", trust):
            used.add(entry.concept)
            if entry.language in languages:
                yield entry
        reached |= {language} if apertium.mode(language) else set()
    if used:
        yield from _bridged([language for language in languages if language not in reached], used)
    yield from wordnet.entries(languages)


def _bridged(languages: Sequence[str], used: set[str]) -> Iterator[Entry]:
    """For *languages* without a dictionary: what our concepts are in English are the concepts of a dictionary."""
    english: dict[str, list[str]] = {}
    for entry in own(["en"]) if languages else ():
        if (concept := _english(entry.text)) in used:
            english.setdefault(entry.concept, []).append(concept)
    for entry in own(languages) if english else ():
        for concept in english.get(entry.concept, ()):
            yield Entry(entry.language, entry.text, concept, "glossary-english", COMPOSED)


def _english(text: str) -> str:
    """The concept that a dictionary with English on one side has for *text*."""
    return f"en:{' '.join(keys(text, 'en')[0])}"


def _dictionaries(
    languages: tuple[str, ...], texts: Mapping[str, Needed]
) -> Iterator[tuple[dictd.Dictionary, Iterator[wordlist.Pair]]]:
    """The dictionaries with what each says and the one of the other direction, often its mirror, has not said.

    With the words of *texts*, only what they need is read.
    """
    said: dict[tuple[str, str], set[int]] = {}
    there = dictd.found(languages)
    for one in dictd.turned(there) if texts else there:
        mirror = said.pop((one.right, one.left), set())
        mine = said.setdefault((one.left, one.right), set())
        yield one, _unsaid(dictd.pairs(one, texts), mine, mirror)


def _unsaid(pairs: Iterable[wordlist.Pair], mine: set[int], mirror: set[int]) -> Iterator[wordlist.Pair]:
    """Yield those of *pairs* that the *mirror* lacks, and note them as *mine*; both hold hashes, which are small."""
    for left, right in pairs:
        low = (left.lower(), right.lower())
        if hash((low[1], low[0])) not in mirror:
            mine.add(hash(low))
            yield left, right


SHARES = (0.0080, 0.0020, 0.0011, 0.0008, 0.0006, 0.0005, 0.0004)
"""The expected share of sentences with a concept, by the file of the glossary that it stands in."""

RARE = 0.0001
"""The same for what the glossary does not hold."""


def background(concept: str) -> float:
    """Return the share of sentences of general text that are expected to hold a word for *concept*.

    Made from our own glossary: its files are in order of the frequency of their headwords (core-1 the most frequent),
    about 900 to 1,000 each. By Zipf's law the word of rank r makes up 1 / (10 r) of a text; of a sentence of 22 words
    it is in 2.2 / r. The share of a file is taken at its middle rank, the geometric one for the first.

    >>> background("not.adv") > background("en:glacier") >= RARE
    True
    """
    return (_english_bands() if concept.startswith("en:") else _bands()).get(concept, RARE)


@cache
def _bands() -> Mapping[str, float]:
    """Each concept of the glossary to the share of sentences that are expected to hold it."""
    found: dict[str, float] = {}
    for path, share in _shares():
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            found.setdefault(line.partition("\t")[0], share)
    return found


@cache
def _english_bands() -> Mapping[str, float]:
    """The same for each English word that a concept has, by its stem, as dictionaries name their concepts."""
    found: dict[str, float] = {}
    for path, share in _shares():
        for entry in table(path, languages=["en"]):
            found.setdefault(_english(entry.text), share)
    return found


ZIPF, EVERYWHERE = 2.2, 0.5
"""The share of sentences that hold the word of rank 1 if nothing bounded it, and what does."""


def familiar(stem: str, language: str) -> float:
    """Return the share of sentences that are expected to hold the *stem* of a word that joins others.

    Such words ("not", "first") are in every text whatever it is about; a *language* lists them in order of frequency
    (languages/<code>/words.toml, `closed`). The share is that of their rank by Zipf's law, as in `background`; 0 for
    all other words.

    >>> familiar("not", "en") > background("not.adv") > familiar("fuel", "en") == 0
    True
    """
    return _closed(language).get(stem, 0.0)


@cache
def _closed(language: str) -> Mapping[str, float]:
    read = knowledge(language, "words")
    listed = dict.fromkeys(fold(word) for word in (*read.get("closed", ()), *read.get("prepositions", ())))
    found: dict[str, float] = {}
    for rank, form in enumerate(listed, start=1):
        found.setdefault(stems(form, language)[0], min(EVERYWHERE, ZIPF / rank))
    return found


def _shares() -> Iterator[tuple[Path, float]]:
    """The files of the glossary by frequency, with the share of the most frequent that each is."""
    return zip(sorted(OWN.glob("core-*.tsv")), chain(SHARES, repeat(SHARES[-1])), strict=False)


def described(lexicon: Lexicon) -> str:
    """Return what *lexicon* is made of, for signatures.

    >>> described(Lexicon.of([Entry("en", "attack", "c", "glossary"), Entry("hr", "napad", "c", "glossary")]))
    'glossary:2'
    """
    return "+".join(f"{source}:{count}" for source, count in lexicon.sources.items())
