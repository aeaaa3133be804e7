"""The words of two collections as numbers: how rare each is, and which of the one side meet which of the other.

    en  "Gagarin circled the Earth"   ─▶  gagarin 0   circled 1   the 2   earth 3
    hr  "Gagarin obletje Zemlju"      ─▶  gagarin 4   obletje 5   zemlju 6
                                          0 ~ 4 sound, letters      3 ~ 6 concept earth.noun

Words are read, weighed and met as in `hexapla.align.score`; in addition words meet that look alike
(`hexapla.align.letters`). A collection has no order, so nothing is taken from a neighbouring line, and no mention is
looked for: figures and the names of months are words like others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hexapla.align.letters import alike
from hexapla.align.score import BACKGROUND, CONCEPT, Feature, Reader
from hexapla.align.sparse import Edges, Rows
from hexapla.corpus.document import Document, Source
from hexapla.corpus.fold import fold
from hexapla.corpus.lexicon import RARE, Lexicon, background

if TYPE_CHECKING:
    from hexapla.align.sparse import Single

CROWDED = 900
"""Words that could meet by one key: where more could (30 of each side), the key says nothing."""

NOWHERE = Source("", "", 0)


class Met(NamedTuple):
    """What two words meet in: its kind, its name, and how surely."""

    kind: str  # concept, sound, number, form, stem, letters
    value: str
    trust: float


class Vocabulary:
    """Reads lines, numbers their words, and knows which words meet."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.reader = Reader(lexicon)
        self.forms: list[str] = []  # of each number, as it was first written

    def read(self, text: str, language: str) -> list[Feature]:
        """Return the words of a line, each with its number and place."""
        found = self.reader.read(Document("", language, text, NOWHERE), 0, len(text), ())
        for feature in found:
            if feature.type == len(self.forms):
                self.forms.append(fold(text[feature.start : feature.end]))
        return found

    def rows(self, lines: Iterable[tuple[str, str]]) -> list[list[int]]:
        """Return the numbers of the words of each line, given as text and language; each number once, in order."""
        return [sorted({feature.type for feature in self.read(text, language)}) for text, language in lines]

    def weights(self, sides: Sequence[Rows]) -> Single:
        """Return the rarity of each word; that of a word of general text counts, too, as `hexapla.align.score` says."""
        held = sum(np.bincount(side.held, minlength=len(self.forms)) for side in sides)
        expected = np.array([self._expected(keys) for keys in self.reader.keys])
        total = sum(map(len, sides)) + BACKGROUND
        rarity = np.log((total + 1) / (held + BACKGROUND * expected + 0.5))
        found: Single = np.maximum(rarity, 0.0).astype(np.float32)
        return found

    def _expected(self, keys: Iterable[str]) -> float:
        concepts = (key.removeprefix(CONCEPT) for key in keys if key.startswith(CONCEPT))
        return max(map(background, concepts), default=RARE)

    def edges(self, left: Rows, right: Rows) -> Edges:
        """Return which words of the *left* side meet which of the *right* side."""
        mine, theirs = (np.unique(side.held).tolist() for side in (left, right))
        one, other, trust = self._keyed(mine, theirs)
        letters = alike([self.forms[number] for number in mine], [self.forms[number] for number in theirs])
        first, second, likeness = letters.listed()
        return Edges.of(
            np.r_[np.array(one, np.int64), np.array(mine, np.int64)[first]],
            np.r_[np.array(other, np.int64), np.array(theirs, np.int64)[second]],
            np.r_[np.array(trust, np.float32), likeness],
            (len(self.forms), len(self.forms)),
        )

    def _keyed(self, mine: Sequence[int], theirs: Sequence[int]) -> tuple[list[int], list[int], list[float]]:
        """The words that share a key, and with what trust."""
        by_key: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number in theirs:
            for key, trust in self.reader.keys[number].items():
                by_key[key].append((number, trust))
        meeting: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number in mine:
            for key, trust in self.reader.keys[number].items():
                if key in by_key:
                    meeting[key].append((number, trust))
        found = [
            (number, other, min(trust, believed))
            for key, held in meeting.items()
            if len(held) * len(by_key[key]) <= CROWDED
            for number, trust in held
            for other, believed in by_key[key]
        ]
        return [row[0] for row in found], [row[1] for row in found], [row[2] for row in found]

    def meeting(self, left: int, right: int, trust: float) -> Met:
        """Return what two words that meet with *trust* meet in: the surest of their common keys, else their letters."""
        mine, theirs = self.reader.keys[left], self.reader.keys[right]
        common = sorted((-min(mine[key], theirs[key]), key) for key in mine.keys() & theirs.keys())
        if not common or -common[0][0] < round(trust, 6):
            return Met("letters", self.forms[left], trust)
        kind, _, value = common[0][1].partition(" ")
        return Met(kind, value, -common[0][0])
