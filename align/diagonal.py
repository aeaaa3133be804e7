"""Beads, scored with regard to where their words and what translates them stand: mostly near the bead's diagonal.

    left   The town │ fell.    The government │ left.
               ╲         ╲         ╲             ╲          each counts more than where they stood far apart
    right      Grad    pade,   a vlada          ode.

The score of `hexapla.align.likely`, and two things more: what a word that is met says of the bead is multiplied by
`hexapla.align.slant.Slant`, and how often it would be there anyway goes by the letters of the bead's other side. So a
sentence that is no part of a bead gains little from words that it happens to share with it. That takes more work than a
search of all beads can do; it is done for those of `hexapla.align.lattice`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hexapla.align.chain import Side, changes, distinct, spread
from hexapla.align.likely import BOTH, Half, Likely
from hexapla.align.own import evenly
from hexapla.align.path import Spans, Step
from hexapla.align.slant import Placed, Slant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Part = NDArray[np.int32]
    Real = NDArray[np.float64]

TURNS = 4
"""Times that the slant is estimated."""

FIRM = 200.0
"""Words that what is believed of the slant beforehand counts for."""

SAMPLE = 4096
"""Beads that the slant is estimated from at most."""

MANY = 4096
"""Beads that are scored together."""


class Met(NamedTuple):
    """Words of beads that meet something in them: parallel arrays in the order of bead, word and edge."""

    bead: Whole
    word: Whole  # the place of the word among the types of its side
    edge: Whole
    odds: Real  # how much likelier the edge translates the word than it is met by chance, wherever it stands
    away: Real  # letters from the diagonal, or not a number
    length: Real  # letters of the bead

    def words(self) -> Whole:
        """Return where each word of a bead begins."""
        return changes(self.bead * (int(self.word.max(initial=0)) + 1) + self.word)


class Diagonal:
    """Scores beads of a collection as `Likely` does, and by where words stand."""

    def __init__(self, likely: Likely) -> None:
        self.likely = likely
        one, other = (Placed.of(side) for side in likely.sides)
        self.halves = _Half.of(one, other, likely.halves[0]), _Half.of(other, one, likely.halves[1])
        self.slant = Slant()

    def fit(self, steps: Sequence[Step]) -> None:
        """Estimate how translations stand from the sure *steps* of the collection (expectation and maximization)."""
        beads, before = Spans.of(evenly(steps, SAMPLE)), self.slant
        told = [self.halves[0].met(beads), self.halves[1].met(beads.turned())]
        for _ in range(TURNS):
            firm = FIRM * (1 - before.stray)
            sums = np.array([FIRM, firm, firm * before.drift, firm * self.slant.drift])
            true, close, seen, expected = np.sum([sums, *(_sums(met, self.slant) for met in told)], axis=0).tolist()
            self.slant = Slant(self.slant.drift * seen / expected, 1 - close / true)

    def scores(self, beads: Spans) -> Real:
        """Return how much likelier each of *beads* is to translate than to meet by chance (nats)."""
        parts = [np.zeros(0)]
        for first in range(0, len(beads.row), MANY):
            part = Spans(*(held[first : first + MANY] for held in beads))
            words = self.halves[0].words(part, self.slant) + self.halves[1].words(part.turned(), self.slant)
            parts.append(BOTH * words + self.likely.outline(*part))
        return np.concatenate(parts)

    def bead(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Return the score of a bead of any sentences *left* and *right*, up to `WIDEST` of each."""
        said = self.halves[0].bead(left, right, self.slant) + self.halves[1].bead(right, left, self.slant)
        return BOTH * said + self.likely.frame(left, right)


def _sums(met: Met, slant: Slant) -> Real:
    """Return sums over words that are translated where they are met, each by how likely it is so.

    That is how many do, how many near the diagonal; how far these are from it, and how far they are expected to be, in
    units of the square root of their bead's letters.
    """
    odds = met.odds * slant.counted(met.away, met.length)
    begin = met.words()
    total = np.repeat(np.add.reduceat(odds, begin), np.diff(begin, append=len(odds))) if len(odds) else odds
    placed = ~np.isnan(met.away)
    true, away, length = (odds / (1 + total))[placed], met.away[placed], met.length[placed]
    near = true * slant.close(away, length) / slant.ratio(away, length)
    root = np.sqrt(length)
    found: Real = np.array([true.sum(), near.sum(), near @ (away / root), near @ (slant.expected(length) / root)])
    return found


@dataclass(frozen=True, slots=True)
class _Half:
    """What the words of one side say of beads."""

    mine: Placed
    theirs: Placed
    told: Half  # how surely the words show
    usual: float  # letters of the other side's sentences

    @classmethod
    def of(cls, mine: Placed, theirs: Placed, told: Half) -> _Half:
        return cls(mine, theirs, told, max(float(theirs.letters[-1]) / max(len(theirs.side), 1), 1.0))

    def words(self, beads: Spans, slant: Slant) -> Real:
        """Return what the words of this side say of each of *beads*."""
        found = self._missed(beads)
        met = self.met(beads)
        if not len(met.bead):
            return found
        near = slant.counted(met.away, met.length)
        word = met.words()
        edge = np.union1d(word, changes(met.edge))
        odds = met.odds[edge] * np.add.reduceat(near, edge) / np.diff(edge, append=len(near))
        gain = np.log1p(np.maximum.reduceat(odds, np.searchsorted(edge, word)))
        return found + np.bincount(met.bead[word], gain, len(found))

    def bead(self, mine: Sequence[int], theirs: Sequence[int], slant: Slant) -> float:
        """Return what sentences *mine* say of sentences *theirs*."""
        alone = replace(self, mine=self.mine.chosen(mine), theirs=self.theirs.chosen(theirs))
        beads = Spans.of([Step(0, 0, len(mine), len(theirs), 0.0)])
        return float(alone.words(beads, slant)[0])

    def _missed(self, beads: Spans) -> Real:
        """Return what the words of this side say where none of them meets anything."""
        if not len(beads.row):
            return np.zeros(0)
        start = self.mine.side.start
        begin, end = start[beads.row], start[beads.row + beads.left]
        first = int(begin.min())
        sums = np.concatenate([[0.0], np.cumsum(self.told.missed[self.mine.side.types[first : int(end.max())]])])
        found: Real = sums[end - first] - sums[begin - first]
        return found

    def met(self, beads: Spans) -> Met:
        """Return the words of *beads* that meet something there."""
        reach = _Reach.of(beads)
        word, edge, other = self._hits(reach)
        place = reach.cell(self.mine.owner[word], self.theirs.owner[other])
        order = np.argsort(place, kind="stable")
        start = np.searchsorted(place[order], np.arange(reach.begin[-1] + 1))
        which, number = spread(np.zeros(len(beads.row), np.int64), beads.left * beads.right)
        wide = beads.right[which]
        cell = reach.cell(beads.row[which] + number // wide, beads.column[which] + number % wide)
        told, hit = spread(start[cell], start[cell + 1] - start[cell])
        bead, hit = which[told], order[hit]
        sort = np.lexsort((edge[hit], word[hit], bead))
        bead, hit = bead[sort], hit[sort]
        word, edge, other = word[hit], edge[hit], other[hit]
        sizes = self.mine.sizes(beads.row, beads.left), self.theirs.sizes(beads.column, beads.right)
        odds = self.told.odds[edge] / (1 - self.told.absent[edge] ** (sizes[1] / self.usual)[bead])
        at = self.mine.after(word, beads.row[bead]) / sizes[0][bead]
        there = self.theirs.after(other, beads.column[bead]) / sizes[1][bead]
        length = np.sqrt(sizes[0] * sizes[1])[bead]
        return Met(bead, word, edge, odds, np.abs(at - there) * length, length)

    def _hits(self, reach: _Reach) -> tuple[Whole, Whole, Whole]:
        """Return words of this side, edges, and words of the other that meet by these in sentences within *reach*."""
        mine, theirs = self.mine.side, self.theirs.side
        words, others = _of(mine, reach.rows()), _of(theirs, reach.columns)
        others = others[np.argsort(theirs.types[others], kind="stable")]
        types = theirs.types[others]
        kinds = distinct(mine.types[words])
        which, edge = spread(self.told.begin[kinds], self.told.begin[kinds + 1] - self.told.begin[kinds])
        there = np.append(distinct(types), -1)  # and what nothing equals
        right = self.told.edges.right[edge]
        kept = there[np.searchsorted(there[:-1], right)] == right
        which, edge = which[kept], edge[kept]
        begin = np.searchsorted(which, np.arange(len(kinds) + 1))
        kind = np.searchsorted(kinds, mine.types[words])
        told, place = spread(begin[kind], begin[kind + 1] - begin[kind])
        word, edge = words[told], edge[place]
        row, many = self.mine.owner[word] - reach.first, len(theirs) + 1
        keys, wanted = types * many + self.theirs.owner[others], self.told.edges.right[edge] * many
        low = np.searchsorted(keys, wanted + reach.low[row])
        high = np.searchsorted(keys, wanted + reach.high[row])
        told, place = spread(low, high - low)
        return word[told], edge[told], others[place]


def _of(side: Side, sentences: Whole) -> Whole:
    """Return where the words of *sentences* stand among the types of *side*."""
    return spread(side.start[sentences], side.start[sentences + 1] - side.start[sentences])[1]


@dataclass(frozen=True, slots=True)
class _Reach:
    """The columns that beads reach from each row on, ``low`` to ``high``; each row and column of these is a cell."""

    columns: Whole  # of all beads
    first: int
    low: Whole
    high: Whole
    begin: Whole  # the number of each row's first cell

    @classmethod
    def of(cls, beads: Spans) -> _Reach:
        first = int(beads.row.min()) if len(beads.row) else 0
        rows = int((beads.row + beads.left).max(initial=first)) - first
        which, row = spread(beads.row - first, beads.left)
        high = np.zeros(rows, dtype=np.int64)
        np.maximum.at(high, row, (beads.column + beads.right)[which])
        low = high.copy()
        np.minimum.at(low, row, beads.column[which])
        columns = distinct(spread(beads.column, beads.right)[1])
        return cls(columns, first, low, high, np.concatenate([[0], np.cumsum(high - low)]))

    def rows(self) -> Whole:
        """Return the rows of all beads."""
        return self.first + np.flatnonzero(self.high > self.low)

    def cell(self, row: Whole | Part, column: Whole | Part) -> Whole:
        """Return the number of each *row* and *column*, which a bead holds."""
        found: Whole = self.begin[row - self.first] + column - self.low[row - self.first]
        return found
