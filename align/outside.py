"""What vectors or a machine translation say of two documents, as beads and accounts take it.

    cosine   0 ─ chance ─── true ─── noise ──── best ── 1    chance   mean of sentences far from one another
    nats     -           0                +                  best     median of pairs that are each the other's nearest
                                                             noise    the best of so many that only chance would give
                                                             true     mean of pairs in place, alike or not

From all vectors of a document their mean is taken away: what all sentences of a language have in common says nothing.
The gain is `GAIN` times how far the best stand out from noise, as a part of how far they do from chance; vectors that
know nothing gain nothing. An encoder that knows only one of the languages still finds the sentences with names, and
these are no measure of the others. So in a translation the nearest pairs that rise on both sides are taken for
signposts, and the sentences between two that are equally far apart on both sides for pairs in place: what a cosine says
is no more than how far these tell from chance, as normal distributions of one spread,
``(true - chance)² / (2 spread²)`` nats. The less that is, the more of it are names, which the words tell already: it
counts by its share of `GAIN`. A bead's cosine is that of the sums of its sentences' vectors (or of the window's vector,
where it was given); what it says counts once for the mean number of sentences on both sides, so that two beads say as
much as one of twice the size. A machine translation becomes vectors by its words: stems weighed by rarity, in a table
of fixed width.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from hexapla.align.bead import Outside
from hexapla.align.path import SHAPES
from hexapla.corpus.document import Document
from hexapla.corpus.fold import words
from hexapla.corpus.stem import stems
from hexapla.corpus.vectors import Vectors, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Single = NDArray[np.float32]

GAIN = 6.0
"""Nats that the best pairs speak for a translation, and pairs by chance against it, where nothing is noise."""

MOST = 1.5
"""Times its gain that a bead of one sentence on each side can say at most, for and against."""

FEW = 10
"""Pairs in place without which only the nearest say what a cosine is worth."""

SHIFTS = (0.25, 0.5, 0.75)
"""Parts of a text by which sentences are away from their place that are compared by chance."""

CLOSE = 2_000
"""Sentences to either side of the straight line among which the nearest is sought."""

ROWS = 512
"""Sentences whose nearest are sought together."""

WIDTH = 2_048
"""Places for stems in the vector of a sentence's words."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """Vectors by document, and machine translations as a pair of vectors by pair of documents (ids)."""

    vectors: Mapping[str, Vectors]
    translated: Mapping[Pair, tuple[Vectors, Vectors]]

    def sides(self, left: str, right: str) -> list[tuple[Vectors, Vectors]]:
        """Return what is known of two documents: pairs of vectors that may be compared."""
        found = []
        if left in self.vectors and right in self.vectors:
            found.append((self.vectors[left], self.vectors[right]))
        if (left, right) in self.translated:
            found.append(self.translated[left, right])
        if (right, left) in self.translated:
            found.append(self.translated[right, left][::-1])
        return found

    def alike(self, left: str, right: str) -> tuple[Single, float] | None:
        """Return how alike the sentences of two documents are, 0 by chance, 1 as the best, and what that is worth.

        The worth is 0 where nothing stands out from noise, 1 where nothing is noise, and is in the likeness, too; None
        if nothing is known.
        """
        scales = [Scale.of(*sides) for sides in self.sides(left, right)]
        if not scales:
            return None
        found: Single = np.mean([scale.alike() for scale in scales], axis=0)
        return found.astype(np.float32), sum(scale.gain for scale in scales) / GAIN / len(scales)


def outside(documents: Sequence[Document], given: Given) -> dict[Pair, Outside]:
    """Return what is *given* of every two of *documents*, by their ids, the first one sorting first."""
    found = {}
    for left, right in combinations(sorted(document.id for document in documents), 2):
        scales = [Scale.of(*sides) for sides in given.sides(left, right)]
        if scales:
            found[left, right] = Outside(
                _Sum(scales), tuple(dict.fromkeys(pair for one in scales for pair in one.near))
            )
    return found


@dataclass(frozen=True, slots=True)
class _Sum:
    """The mean of what several say."""

    scales: Sequence[Scale]

    def __call__(self, first: int, last: int, start: int, end: int) -> Single:
        """Return the score of each shape of bead; see `hexapla.align.path.Scores`."""
        found: Single = np.mean([scale.scores(first, last, start, end) for scale in self.scales], axis=0)
        return found.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Scale:
    """Two documents' vectors, and what a cosine between them says."""

    left: Vectors
    right: Vectors
    near: tuple[tuple[int, int], ...]  # sentences that are each the other's nearest, and more than noise
    chance: float
    best: float
    gain: float  # of the best
    true: float
    trust: float  # nats that a pair in place speaks for a translation

    @classmethod
    def of(cls, left: Vectors, right: Vectors) -> Scale:
        """Find what the cosines of *left* and *right* are, nearest and by chance."""
        if not len(left) or not len(right):
            return cls(left, right, (), 0.0, 1.0, 0.0, 1.0, 0.0)
        left, right = _centred(left), _centred(right)
        pairs = _mutual(left.windows[0], right.windows[0])
        cosines = np.array([float(left.windows[0][a] @ right.windows[0][b]) for a, b in pairs])
        chance, spread = _by_chance(left.windows[0], right.windows[0])
        best = max(float(np.median(cosines)), chance + 1e-3)
        noise = chance + spread * math.sqrt(2 * math.log(min(max(len(left), len(right)), 2 * CLOSE) + 1))
        least = max(noise, (chance + best) / 2) if best > noise else 1.0
        kept = tuple(pair for pair, cosine in zip(pairs, cosines.tolist(), strict=True) if cosine > least)
        gain = GAIN * max(0.0, best - noise) / (best - chance)
        true, trust = best, gain
        placed = _in_place(kept)
        if len(placed) >= FEW:
            told = np.array([float(left.windows[0][a] @ right.windows[0][b]) for a, b in placed])
            true = max(float(told.mean()), chance + 1e-3)
            apart = (true - chance) ** 2 / (float(told.var()) + spread**2)
            trust = gain * min(1.0, apart / GAIN)
        return cls(left, right, kept, chance, best, gain, true, trust)

    def nats(self, cosines: Single) -> Single:
        """Return how much likelier a bead's *cosines* are for a translation than by chance."""
        said = 2 * (cosines - self.chance) / (self.true - self.chance) - 1
        found: Single = (self.trust * np.clip(said, -MOST, MOST)).astype(np.float32)
        return found

    def alike(self) -> Single:
        """Return how alike every two sentences are: 0 by chance or less, 1 as the best where nothing is noise."""
        cosines = self.left.windows[0] @ self.right.windows[0].T
        said = np.maximum((cosines - self.chance) / (self.best - self.chance), 0)
        found: Single = (said * np.float32(self.gain / GAIN)).astype(np.float32)
        return found

    def scores(self, first: int, last: int, start: int, end: int) -> Single:
        """Return the score of each shape of bead; see `hexapla.align.path.Scores`."""
        rows, columns = last - first, end - start
        found = np.full((len(SHAPES), rows, columns), -np.inf, dtype=np.float32)
        one = {n: _windows(self.left, first, last, n) for n in {n for n, _ in SHAPES} if n <= rows}
        other = {m: _windows(self.right, start, end, m) for m in {m for _, m in SHAPES} if m <= columns}
        for shape, (n, m) in enumerate(SHAPES):
            if n in one and m in other:
                said = self.nats(one[n] @ other[m].T) * np.float32((n + m) / 2)
                found[shape, : rows - n + 1, : columns - m + 1] = said
        return found


def _windows(side: Vectors, first: int, last: int, wide: int) -> Single:
    """The vectors of *wide* sentences that begin at ``[first, last - wide]``."""
    if wide <= len(side.windows):
        return side.windows[wide - 1][first : last - wide + 1]
    alone = side.windows[0][first:last]
    sums = sum(alone[at : len(alone) - wide + 1 + at] for at in range(wide))
    return unit(np.asarray(sums, dtype=np.float32))


def _mutual(left: Single, right: Single) -> list[tuple[int, int]]:
    """Return the sentences that are each the other's nearest, of those not too far from the straight line."""
    best = np.full(len(right), -np.inf, dtype=np.float32)
    back = np.full(len(right), -1, dtype=np.int64)
    forth = np.full(len(left), -1, dtype=np.int64)
    for first, last, start, end in _along(len(left), len(right)):
        cosines = left[first:last] @ right[start:end].T
        forth[first:last] = cosines.argmax(axis=1) + start
        tops = cosines.argmax(axis=0)
        values = cosines[tops, np.arange(end - start)]
        better = values > best[start:end]
        best[start:end] = np.where(better, values, best[start:end])
        back[start:end] = np.where(better, tops + first, back[start:end])
    return [(a, int(b)) for a, b in enumerate(forth) if back[b] == a]


def _in_place(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of the longest chain that rises on both sides, and those between two that are equally far apart.

    *pairs* come in the order of their left sentences, each of which is in one.
    """
    tops: list[int] = []  # the lowest right end of a chain of each length
    ends: list[int] = []  # its last pair
    before: list[int] = []  # the pair before each in its chain
    for number, (_, right) in enumerate(pairs):
        at = bisect_left(tops, right)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [right], [number]
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    chain.reverse()
    between = [(a + step, b + step) for (a, b), (c, d) in pairwise(chain) if c - a == d - b for step in range(1, c - a)]
    return sorted(chain + between)


def _along(rows: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Blocks of rows, and of the columns near the straight line."""
    for first in range(0, rows, ROWS):
        last = min(first + ROWS, rows)
        yield first, last, max(0, first * columns // rows - CLOSE), min(columns, last * columns // rows + CLOSE + 1)


def _centred(side: Vectors) -> Vectors:
    """Take the mean of all sentences away; with one sentence there is none."""
    if len(side) < 2:
        return side
    mean = side.windows[0].mean(axis=0, keepdims=True)
    return Vectors(tuple(unit(rows - mean) for rows in side.windows))


def _by_chance(left: Single, right: Single) -> tuple[float, float]:
    """Return the mean and spread of the cosines of left sentences with right ones that are far from their place."""
    own = np.arange(len(left)) * len(right) // len(left)
    away = [(left * right[(own + max(1, int(len(right) * part))) % len(right)]).sum(axis=1) for part in SHIFTS]
    return float(np.mean(away)), float(np.std(away))


def of_words(translated: Sequence[str], other: Document) -> tuple[Vectors, Vectors]:
    """Return a machine translation, a line a sentence, and the sentences of *other*, in its language, as vectors."""
    language = other.language.split("-")[0]
    said = [other.slice(segment) for segment in other.segments if segment.kind != "x"]
    read = [[_read(line, language) for line in side] for side in (translated, said)]
    held = Counter(stem for side in read for line in side for stem in line)
    total = sum(map(len, read))
    rarity = {stem: math.log((total + 1) / (count + 0.5)) for stem, count in held.items()}
    one, other_ = (Vectors((_table(side, rarity),)) for side in read)
    return one, other_


def _read(line: str, language: str) -> set[str]:
    return {stems(word.form, language)[0] for word in words(line, 0, len(line))}


def _table(lines: Sequence[set[str]], rarity: Mapping[str, float]) -> Single:
    found = np.zeros((len(lines), WIDTH), dtype=np.float32)
    for number, line in enumerate(lines):
        for stem in sorted(line):
            code = crc32(stem.encode())
            found[number, code % WIDTH] += rarity[stem] * (1 if code & 1 << 31 else -1)
    return unit(found)
