"""Documents -> lines of tokens: where a capital means something, and what the texts of a language say of case.

    "On 4 May 2003 Captain Cook wrote."      the date is taken: a break stands in its place
      On ┊ Captain · Cook · wrote            On: a capital that opens the sentence; Captain, Cook: capitals

Letters with full stops between them are one token (U.S.). A heading in which nearly every word has a capital is
shouted: its capitals say nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hexapla.corpus.document import Document, Mention, Segment
from hexapla.corpus.fold import Word, words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.sound import SHORTEST

COMMON, ALL_BUT = 0.6, 0.85
"""Share of capitalised words at which the capitals of a heading, and of a sentence, say nothing."""

_OPENERS = re.compile(r"[.!?:;…„“«‹\"(\[{–—\n*•]\s*$")
_INITIAL = re.compile(r"\w{1,4}\.\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: its folded form, its place, and how it is written."""

    form: str
    start: int
    end: int
    capital: bool = False
    first: bool = False  # nothing but a mark that opens a sentence or a quotation stands before it


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or heading, as tokens; those inside a slice that is taken are left out, and ``breaks`` says where."""

    document: str
    language: str
    segment: str
    text: str  # of the whole document
    tokens: tuple[Token, ...]
    breaks: frozenset[int] = frozenset()  # numbers of tokens before which something is left out
    shouted: bool = False  # so many capitals that they say nothing

    def gap(self, number: int) -> str:
        """Return what stands between the token *number* and the one before it."""
        return "\n" if number in self.breaks else self.text[self.tokens[number - 1].end : self.tokens[number].start]


def lines(document: Document) -> Iterator[Line]:
    """Yield the sentences and headings of *document*; what its mentions hold already is left out."""
    language = document.language.split("-")[0]
    taken: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        taken[mention.segment].append(mention)
    for segment in document.segments:
        if segment.kind != "x":
            yield _line(document, language, segment, taken.get(segment.id, ()))


def _line(document: Document, language: str, segment: Segment, taken: Sequence[Mention]) -> Line:
    text = document.text
    tokens: list[Token] = []
    breaks = []
    skipped = False
    found = words(text, segment.start, segment.end)
    for word in _joined(text, found) if any(len(one.form) == 1 for one in found) else found:
        if taken and any(m.start < word.end and word.start < m.end for m in taken):
            skipped = True
            continue
        if skipped:
            breaks.append(len(tokens))
        start = tokens[-1].end if tokens and not skipped else segment.start
        capital = text[word.start].isupper()
        tokens.append(
            Token(word.form, word.start, word.end, capital, capital and _opens(text, segment.start, start, word))
        )
        skipped = False
    written = [t for t in tokens if t.capital or text[t.start].islower()]
    share = COMMON if segment.kind == "h" else ALL_BUT
    shouted = len(written) > SHORTEST and sum(t.capital for t in written) >= share * len(written)
    return Line(document.id, language, segment.id, text, tuple(tokens), frozenset(breaks), shouted)


def _joined(text: str, found: Sequence[Word]) -> Iterator[Word]:
    """Yield the words *found* in *text*, letters with full stops between them as one: U.S., U.S.S.R."""
    place = 0
    while place < len(found):
        word = found[place]
        last = place
        while (
            len(found[last].form) == 1
            and last + 1 < len(found)
            and len(found[last + 1].form) == 1
            and text[found[last].end : found[last + 1].start] == "."
        ):
            last += 1
        if last > place and text[word.start].isupper():
            yield Word("".join(one.form for one in found[place : last + 1]), word.start, found[last].end)
            place = last + 1
        else:
            yield word
            place += 1


def _opens(text: str, begin: int, before: int, word: Word) -> bool:
    """Say whether *word*, after the token that ends at *before*, has a capital for its place."""
    if before == begin:
        return True
    gap = text[before : word.start]
    if not _OPENERS.search(gap):
        return False
    return not (
        gap.startswith(".")
        and _INITIAL.search(text[max(begin, before - 5) : word.start])
        and text[before - 1].isalpha()
        and _abbreviates(text, before)
    )


def _abbreviates(text: str, end: int) -> bool:
    """Say whether the word that ends at *end*, before a full stop, is short and has a capital: F., Capt."""
    start = end
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return end - start <= 4 and text[start : start + 1].isupper()


def has_no_case(line: Line, token: Token) -> bool:
    """Say whether *token* is a word in a script without capitals."""
    letter = line.text[token.start]
    return not token.capital and letter.isalpha() and not letter.islower()


@dataclass(slots=True)
class Words:
    """What the texts of one language say of the case of its words, and what its lexicon knows."""

    language: str
    lexicon: Lexicon
    small: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)  # with a capital where none need be
    _concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def count(self, line: Line) -> None:
        """Count the words of *line*."""
        for token in line.tokens:
            if not token.capital:
                self.small[token.form] += 1
            elif not token.first and not line.shouted:
                self.inside[token.form] += 1

    def concepts(self, form: str) -> tuple[str, ...]:
        """Return the common concepts that the word *form* may mean."""
        known = self._concepts.get(form)
        if known is None:
            senses = self.lexicon.senses([Word(form, 0, len(form))], self.language)
            known = tuple(dict.fromkeys(s.concept for s in senses if s.source == "glossary" and s.first == s.last))
            self._concepts[form] = known
        return known

    def is_name(self, form: str) -> bool:
        """Say whether the texts write *form* rather with a capital."""
        return self.inside[form] > self.small[form]

    def is_common(self, form: str) -> bool:
        """Say whether *form* is a word that the glossary has, or that the texts write small."""
        return bool(self.concepts(form)) or self.small[form] > self.inside[form]
