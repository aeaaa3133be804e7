"""Cues: how a language typically tells a happening, as patterns that a scholar can read and write.

A cue is a line of terms separated by spaces. All of them must be found in one sentence, in any order, the words and
numbers within `WINDOW` words of one another:

    pao|pad* @place.baghdad            words; * stands for any letters, | for "or"; @ is a mention of an entity
    oružj*_za_masovno_uništenj*        _ joins words that follow one another directly
    poginu* vojnik* #4484              # a number of the sentence: #4484, or a range #4400..4500
    hanged|executed =2006-12           = a date of the sentence that overlaps this EDTF date
    izbor* !predsjedničk*              ! and not this, anywhere in the sentence
    ~ nakon pad* @place.baghdad        ~ first: the sentence only mentions the happening in passing

How words are compared: lower case; Arabic without vowel signs and with one form for each of alef, ya, ta marbuta; an
Arabic
pattern is written bare and matches with the clitics wa- fa- bi- li- ka- sa- and the article before it (``سقوط`` finds
``وبسقوط``, ``السقوط``). The ``_`` and detached punctuation of tokenised text count as white space. An entity that is
not in the sentence itself may stand in one of the two sentences before it in the paragraph; that makes the match
less sure.
Dates need not be repeated in a cue: the date of the event is compared with those of the sentence anyway, and a sentence
with another date is less likely to tell it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from hexapla.corpus import edtf
from hexapla.corpus.document import Document, Mention
from hexapla.corpus.errors import InputError
from hexapla.corpus.fold import Word, bare, fold, words

WINDOW = 25
"""The words and numbers of a cue lie within so many words: one clause, or two short ones."""

REACH = 2
"""An entity that the sentence does not name may be named so many sentences before it, in the same paragraph."""

OptionKind = Literal["word", "entity", "date", "number"]

MARKS: Mapping[str, OptionKind] = {"@": "entity", "=": "date", "#": "number"}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to satisfy a term: globs that follow one another directly, or one entity, date or number."""

    kind: OptionKind
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a cue asks for, or (*negated*) must not find; any of its options will do."""

    options: tuple[Option, ...]
    negated: bool = False

    @property
    def lexical(self) -> bool:
        """Whether only words can satisfy it."""
        return all(option.kind == "word" for option in self.options)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cue, read."""

    text: str
    terms: tuple[Term, ...]
    passing: bool = False

    @property
    def weight(self) -> int:
        """How many independent things the cue asks for: the more, the surer."""
        longest = (max(len(option.parts) for option in term.options) for term in self.terms if not term.negated)
        return sum(longest)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a cue was found: the segment's number, the span of its words, and how many names stand before it."""

    segment: int
    start: int
    end: int
    borrowed: int = 0  # entities found only in the sentences before


@lru_cache(maxsize=16384)
def parse(text: str) -> Pattern:
    """Read a cue; raises InputError where it asks for nothing or is written wrongly.

    >>> [option.parts for option in parse("~ pad*|sloma_vlast* @place.baghdad").terms[0].options]
    [('pad*',), ('sloma', 'vlast*')]
    """
    body = text.strip()
    passing = body.startswith("~")
    terms = tuple(_term(part, text) for part in body.removeprefix("~").split())
    if all(term.negated for term in terms):
        raise InputError(f"the cue {text!r} asks for nothing", hint="give at least one word, @entity, =date or #number")
    return Pattern(text, terms, passing)


def _term(part: str, text: str) -> Term:
    negated = part.startswith("!")
    options = tuple(_option(option, text) for option in part.removeprefix("!").split("|"))
    return Term(options, negated)


def _option(option: str, text: str) -> Option:
    kind = MARKS.get(option[:1], "word")
    body = option if kind == "word" else option[1:]
    parts = tuple(_globs(body)) if kind == "word" else (body,)
    if not parts or not parts[0]:
        raise InputError(f"an empty option in the cue {text!r}", hint="write word|word without spaces")
    if kind == "date" and edtf.bounds(body) is None:
        raise InputError(
            f"{option!r} of the cue {text!r} is no date", hint="write EDTF: =2003-04-09 or =2003-04/2003-05"
        )
    if kind == "number" and not re.fullmatch(r"[\d.]+?(\.\.[\d.]+)?", body):
        raise InputError(f"{option!r} of the cue {text!r} is no number", hint="write #4484 or #4400..4500")
    return Option(kind, parts)


def _globs(option: str) -> list[str]:
    return [fold(glob) for glob in re.findall(r"[^\W_*]*(?:\*[^\W_*]*)+|[^\W_]+", option) if glob.strip("*")]


@dataclass(slots=True)
class Index:
    """The words and mentions of a document, ready to be asked for."""

    document: Document
    sentences: list[list[Word]] = field(default_factory=list)
    _places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _vocabulary: list[str] = field(default_factory=list)
    _mentions: list[list[Mention]] = field(default_factory=list)
    _found: dict[tuple[str, ...], dict[int, list[tuple[int, int]]]] = field(default_factory=dict)
    _terms: dict[Term, dict[int, list[tuple[int, int]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Index:
        """Index the segments and mentions of *document*."""
        index = cls(document)
        by_segment: dict[str, list[Mention]] = {segment.id: [] for segment in document.segments}
        for mention in document.mentions:
            by_segment[mention.segment].append(mention)
        for number, segment in enumerate(document.segments):
            found = words(document.text, segment.start, segment.end)
            index.sentences.append(found)
            index._mentions.append(by_segment[segment.id])
            for place, word in enumerate(found):
                for form in bare(word.form, document.language):
                    index._places.setdefault(form, []).append((number, place))
        index._vocabulary = sorted(index._places)
        return index

    def mentions(self, segment: int) -> list[Mention]:
        """Return the mentions of the segment with this number."""
        return self._mentions[segment]

    def find(self, pattern: Pattern) -> list[Match]:
        """Return where *pattern* is found, at most one match a segment."""
        matches = (self._match(pattern, segment) for segment in self._candidates(pattern))
        return [match for match in matches if match is not None]

    def _candidates(self, pattern: Pattern) -> Iterable[int]:
        required = [set(self._words_of(term)) for term in pattern.terms if term.lexical and not term.negated]
        if not required:
            return range(len(self.sentences))
        return sorted(set.intersection(*required))

    def _words_of(self, term: Term) -> dict[int, list[tuple[int, int]]]:
        """Segment -> the (first, last) word numbers at which a word option of *term* is found there."""
        if term not in self._terms:
            merged: dict[int, list[tuple[int, int]]] = {}
            for option in term.options:
                if option.kind == "word":
                    for segment, places in self._phrase(option.parts).items():
                        merged.setdefault(segment, []).extend(places)
            self._terms[term] = merged
        return self._terms[term]

    def _phrase(self, option: tuple[str, ...]) -> dict[int, list[tuple[int, int]]]:
        if option not in self._found:
            starts = set(self._word(option[0]))
            for offset, glob in enumerate(option[1:], start=1):
                starts &= {(segment, place - offset) for segment, place in self._word(glob)}
            places: dict[int, list[tuple[int, int]]] = {}
            for segment, place in sorted(starts):
                places.setdefault(segment, []).append((place, place + len(option) - 1))
            self._found[option] = places
        return self._found[option]

    def _word(self, glob: str) -> list[tuple[int, int]]:
        return [place for form in self._forms(glob) for place in self._places[form]]

    def _forms(self, glob: str) -> list[str]:
        stem, star, rest = glob.partition("*")
        if not star:
            return [glob] if glob in self._places else []
        if not stem:
            matcher = re.compile(re.escape(glob).replace(r"\*", ".*"))
            return [form for form in self._vocabulary if matcher.fullmatch(form)]
        first = bisect_left(self._vocabulary, stem)
        last = bisect_left(self._vocabulary, stem + chr(0x10FFFF))
        span = self._vocabulary[first:last]
        if not rest:
            return span
        matcher = re.compile(re.escape(glob).replace(r"\*", ".*"))
        return [form for form in span if matcher.fullmatch(form)]

    def _match(self, pattern: Pattern, segment: int) -> Match | None:
        spots: list[list[tuple[int, int]]] = []
        named: list[Mention] = []
        borrowed = 0
        for term in pattern.terms:
            places, mentions = self._own(term, segment)
            if term.negated:
                if places or mentions:
                    return None
            elif places:
                spots.append(places)
            elif mentions:
                named.append(mentions[0])
            elif self._borrows(term, segment):
                borrowed += 1
            else:
                return None
        return self._span(segment, spots, named, borrowed)

    def _own(self, term: Term, segment: int) -> tuple[list[tuple[int, int]], list[Mention]]:
        """What satisfies *term* in the segment itself: words and numbers by place, entities and dates as mentions."""
        places = list(self._words_of(term).get(segment, ()))
        mentions = []
        for mention in self._mentions[segment] if not term.lexical else ():
            if any(_is(mention, option) for option in term.options):
                if mention.kind == "quantity":
                    places.append(self._spot(mention, segment))
                else:
                    mentions.append(mention)
        return places, mentions

    def _borrows(self, term: Term, segment: int) -> bool:
        entities = [option for option in term.options if option.kind == "entity"]
        if not entities:
            return False
        before = (mention for number in self._before(segment) for mention in self._mentions[number])
        return any(_is(mention, option) for mention in before for option in entities)

    def _span(
        self, segment: int, spots: list[list[tuple[int, int]]], named: list[Mention], borrowed: int
    ) -> Match | None:
        if not spots:
            if not named:
                return None
            return Match(segment, min(m.start for m in named), max(m.end for m in named), borrowed)
        window = narrowest(spots)
        if window is None:
            return None
        line = self.sentences[segment]
        return Match(segment, line[window[0]].start, line[window[1]].end, borrowed)

    def _spot(self, mention: Mention, segment: int) -> tuple[int, int]:
        line = self.sentences[segment]
        inside = [n for n, word in enumerate(line) if word.start < mention.end and word.end > mention.start]
        return (inside[0], inside[-1]) if inside else (0, 0)

    def _before(self, segment: int) -> Sequence[int]:
        """The segments whose names a sentence may lean on: the two before it in its paragraph."""
        paragraph = self.document.segments[segment].paragraph
        near = range(max(0, segment - REACH), segment)
        return [n for n in near if self.document.segments[n].paragraph == paragraph]


def _is(mention: Mention, option: Option) -> bool:
    wanted = option.parts[0]
    if option.kind == "entity":
        return mention.kind != "event" and mention.ref == wanted
    if option.kind == "date":
        return mention.kind == "date" and edtf.overlaps(mention.value, wanted)
    return option.kind == "number" and mention.kind == "quantity" and _within(mention.value, wanted)


def _within(value: str, option: str) -> bool:
    low, _, high = option.partition("..")
    try:
        return any(float(low) <= float(part) <= float(high or low) for part in value.split("/") if part)
    except ValueError:
        return False


def narrowest(spots: Sequence[Sequence[tuple[int, int]]], width: int = WINDOW) -> tuple[int, int] | None:
    """Return the first and last word of the narrowest stretch that holds a spot of each list, at most *width* wide.

    >>> narrowest([[(0, 0), (9, 9)], [(11, 12)]])
    (9, 12)
    >>> narrowest([[(0, 0)], [(40, 40)]]) is None
    True
    """
    marks = sorted((first, last, owner) for owner, places in enumerate(spots) for first, last in places)
    latest: dict[int, tuple[int, int]] = {}
    best: tuple[int, int] | None = None
    for first, last, owner in marks:
        latest[owner] = (first, last)
        if len(latest) < len(spots):
            continue
        low = min(place[0] for place in latest.values())
        high = max(place[1] for place in latest.values())
        if high - low < width and (best is None or high - low < best[1] - best[0]):
            best = (low, high)
    return best
