"""Beads, scored again by where in them words and their translations stand: near the diagonal, mostly.

    left   The town │ fell.    The government │ left.        letters of the bead, both sides stretched to one length
               ╲         ╲         ╲             ╲
    right      Grad    pade,   a vlada          ode.         x  letters between a word and its translation

What is met by chance stands anywhere: its distance x has the density 2 / L · (1 - x / L), with L letters in the bead. Of
translations a share `stray` does so, too; of the others the density falls with x as e^(-x / near). Their ratio

    r(x) = (1 - stray) · L / (2 z) · e^(-x / near) + stray,    z = near - near² / L · (1 - e^(-L / near))

says how much likelier a word that is met there is translated there than met by chance, and multiplies what
`hexapla.align.likely` takes for it. So a sentence that is no part of a bead gains little from words that it shares with
it. `near` and `stray` are estimated from the sure beads (expectation and maximization).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hexapla.align.chain import UNPLACED, Edges, Side, changes, distinct, spread
from hexapla.align.likely import BOTH, Likely
from hexapla.align.own import FIRM, MOST, share
from hexapla.align.slant import Slant
from hexapla.align.path import SHAPES, WIDEST, Scores, Step, blocks, reached, remaining

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Single = NDArray[np.float32]

TURNS = 4
"""Times that both are estimated."""

FIRM_HITS = 200.0
"""Words that what is believed beforehand counts for."""

AROUND = 2
"""Sentences on both sides of the path that are searched again."""

SLACK = 6.0
"""Nats by which a bead may be less likely than that its sentences stand alone to be scored again."""


CLOSE = 12.0


class Beads(NamedTuple):
    """Beads of contiguous sentences: parallel arrays."""

    row: Whole
    left: Whole
    column: Whole
    right: Whole

    def turned(self) -> Beads:
        """Return the same from the right side."""
        return Beads(self.column, self.right, self.row, self.left)


class Met(NamedTuple):
    """Words of beads that meet something in them: parallel arrays in the order of bead, word and edge."""

    bead: Whole
    word: Whole  # of one side's types
    edge: Whole
    ratio: Real  # how much likelier the edge translates the word than it is met by chance, wherever it stands
    away: Real  # letters from the diagonal, or not a number
    length: Real  # letters of the bead


class Diagonal:
    """Scores beads of a collection as `Likely` does, and by where words stand."""

    def __init__(self, likely: Likely, left: Side, right: Side, said: tuple[Edges, Edges], size: int) -> None:
        self.likely = likely
        self.halves = _Half(left, right, said[0], size), _Half(right, left, said[1], size)
        self.slant = Slant()

    def fit(self, steps: Sequence[Step]) -> None:
        """Estimate how translations stand from sure *steps*."""
        table = np.array([(s.row, s.left, s.column, s.right) for s in steps], dtype=np.int64).reshape(-1, 4)
        beads = Beads(*table.T)
        met = [half.met(told) for half, told in zip(self.halves, (beads, beads.turned()), strict=True)]
        stray = self.slant.stray
        for _ in range(TURNS):
            all_hits, close_hits = FIRM_HITS, FIRM_HITS * (1 - stray)
            seen, expected = FIRM_HITS * (1 - stray) * Slant().drift, FIRM_HITS * (1 - stray) * self.slant.drift
            for one in met:
                placed = ~np.isnan(one.away)
                odds = one.ratio * self.slant.counted(one.away, one.length)
                away, length = one.away[placed], one.length[placed]
                new = changes(one.bead * (int(one.word.max(initial=0)) + 1) + one.word)
                total = np.repeat(np.add.reduceat(odds, new), np.diff(new, append=len(odds))) if len(new) else odds
                true = (odds / (1 + total))[placed]
                close_true = true * self.slant.close(away, length) / self.slant.ratio(away, length)
                all_hits += true.sum()
                close_hits += close_true.sum()
                seen += (close_true * away / np.sqrt(length)).sum()
                expected += (close_true * self.slant.expected(length) / np.sqrt(length)).sum()
            self.slant = Slant(self.slant.drift * seen / expected, 1 - close_hits / all_hits)

    def scores(self, beads: Beads) -> Real:
        """Return how much likelier each of *beads* is to translate than to meet by chance."""
        words = self.halves[0].words(beads, self.slant) + self.halves[1].words(beads.turned(), self.slant)
        return BOTH * words + self.likely.outline(*beads)


class _Half:
    """What the words of one side say of beads."""

    def __init__(self, mine: Side, theirs: Side, edges: Edges, size: int) -> None:
        self.mine, self.theirs, self.edges = mine, theirs, edges
        self.begin = np.searchsorted(edges.left, np.arange(size + 1))
        surely = np.minimum(np.bincount(edges.left, edges.trust, size), MOST)
        self.missed = np.log1p(-surely)
        self.absent = 1 - share(theirs, size)[edges.right]
        self.odds = edges.trust / (1 - surely[edges.left])
        self.sides = _Placed.of(mine), _Placed.of(theirs)
        self.alone = np.concatenate([[0], np.cumsum(np.add.reduceat(np.append(self.missed[mine.types], 0), mine.start[:-1]) * (np.diff(mine.start) > 0))]) if len(mine) else np.zeros(1)
        self.there = np.zeros(size, dtype=bool)

    def words(self, beads: Beads, slant: Slant) -> Real:
        """Return what the words of this side say of each of *beads*."""
        found = self.alone[beads.row + beads.left] - self.alone[beads.row]
        met = self.met(beads)
        if not len(met.bead):
            return found
        ratio = slant.counted(met.away, met.length)
        wide = int(met.word.max()) + 1
        word = met.bead * wide + met.word
        new = changes(word * (len(self.edges.left) + 1) + met.edge)
        many = np.diff(new, append=len(ratio))
        odds = met.ratio[new] * np.add.reduceat(ratio, new) / many
        first = changes(word[new])
        gain = np.log1p(np.maximum.reduceat(odds, first))
        return found + np.bincount(met.bead[new][first], gain, len(found))

    def met(self, beads: Beads) -> Met:
        """Return the words of *beads* that meet something there."""
        reach = _Reach.of(beads)
        word, edge, other = self._hits(reach)
        rows, columns = self.sides[0].owner[word], self.sides[1].owner[other]
        place = reach.begin[rows - reach.first] + columns - reach.low[rows - reach.first]
        order = np.argsort(place, kind="stable")
        start = np.searchsorted(place[order], np.arange(reach.begin[-1] + 1))
        which, cell = spread(np.zeros(len(beads.row), np.int64), beads.left * beads.right)
        row = beads.row[which] + cell // beads.right[which]
        column = beads.column[which] + cell % beads.right[which]
        cell = reach.begin[row - reach.first] + column - reach.low[row - reach.first]
        again, hit = spread(start[cell], start[cell + 1] - start[cell])
        bead, hit = which[again], order[hit]
        key = (bead * (len(self.mine.types) + 1) + word[hit]) * 1
        sort = np.lexsort((edge[hit], key))
        bead, hit = bead[sort], hit[sort]
        letters = self.sides[1].letters
        width = (letters[beads.column + beads.right] - letters[beads.column])[bead] / (letters[-1] / len(self.theirs))
        ratio = self.odds[edge[hit]] / (1 - self.absent[edge[hit]] ** width)
        away, length = self._away(beads, bead, word[hit], other[hit])
        return Met(bead, word[hit], edge[hit], ratio, away, length)

    def _hits(self, reach: _Reach) -> tuple[Whole, Whole, Whole]:
        """Return words of this side, edges and words of the other that meet by these in sentences within *reach*."""
        mine, theirs = self.mine, self.theirs
        words = np.arange(mine.start[reach.first], mine.start[reach.last])
        others = np.arange(theirs.start[reach.left], theirs.start[reach.right])
        types = theirs.types[others]
        order = np.argsort(types, kind="stable")
        others, types = others[order], types[order]
        self.there[types] = True
        kinds = distinct(mine.types[words])
        which, edge = spread(self.begin[kinds], self.begin[kinds + 1] - self.begin[kinds])
        kept = self.there[self.edges.right[edge]]
        which, edge = which[kept], edge[kept]
        self.there[types] = False
        begin = np.searchsorted(which, np.arange(len(kinds) + 1))
        kind = np.searchsorted(kinds, mine.types[words])
        told, place = spread(begin[kind], begin[kind + 1] - begin[kind])
        word, edge = words[told], edge[place]
        row = self.sides[0].owner[word] - reach.first
        wide = len(theirs) + 1
        keys = types * wide + self.sides[1].owner[others]
        wanted = self.edges.right[edge] * wide
        low = np.searchsorted(keys, wanted + reach.low[row])
        high = np.searchsorted(keys, wanted + reach.high[row])
        told, place = spread(low, np.maximum(high - low, 0))
        return word[told], edge[told], others[place]

    def _away(self, beads: Beads, bead: Whole, word: Whole, other: Whole) -> tuple[Real, Real]:
        """Return how far from the diagonal of their *bead* a word and another stand, and the letters of the bead."""
        parts, sizes = [], []
        for side, held, first, count in zip(
            self.sides, (word, other), (beads.row, beads.column), (beads.left, beads.right), strict=True
        ):
            size = side.letters[first + count] - side.letters[first]
            sizes.append(size)
            parts.append((side.at[held] - side.letters[first][bead]) / size[bead])
        length = np.sqrt(sizes[0] * sizes[1])[bead]
        return np.abs(parts[0] - parts[1]) * length, length


@dataclass(frozen=True, slots=True)
class _Placed:
    """A side's letters before each sentence, and of each of its types the sentence and the letters before it."""

    letters: Real
    owner: Whole
    at: Real  # not a number where it has no place

    @classmethod
    def of(cls, side: Side) -> _Placed:
        length = np.maximum(side.length, 1.0)
        letters = np.concatenate([[0], np.cumsum(length)])
        owner = side.owner()
        at = letters[owner] + side.place / (UNPLACED - 1) * length[owner]
        return cls(letters, owner, np.where(side.place == UNPLACED, np.nan, at))


@dataclass(frozen=True, slots=True)
class _Reach:
    """The columns that the beads of each row reach, `low` to `high`, as cells numbered from `begin` on."""

    first: int
    last: int
    left: int
    right: int
    low: Whole
    high: Whole
    begin: Whole

    @classmethod
    def of(cls, beads: Beads) -> _Reach:
        first, last = int(beads.row.min(initial=0)), int((beads.row + beads.left).max(initial=0))
        if len(beads.row):
            first = int(beads.row.min())
        low = np.full(last - first, np.iinfo(np.int64).max)
        high = np.zeros(last - first, dtype=np.int64)
        which, row = spread(beads.row - first, beads.left)
        np.minimum.at(low, row, beads.column[which])
        np.maximum.at(high, row, (beads.column + beads.right)[which])
        low = np.minimum(low, high)
        begin = np.concatenate([[0], np.cumsum(high - low)])
        told = high > low
        left = int(low[told].min()) if told.any() else 0
        return cls(first, last, left, int(high.max(initial=0)), low, high, begin)


def near(steps: Sequence[Step], low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """Return the band around the path *steps*, within that from *low* to *high*."""
    rows, columns = len(low) - 1, int(high[-1])
    first, last = np.full(rows + 1, columns), np.zeros(rows + 1, dtype=np.int64)
    for step in steps:
        part = slice(step.row, step.row + step.left + 1)
        np.minimum(first[part], step.column, out=first[part])
        np.maximum(last[part], step.column + step.right, out=last[part])
    wide = np.arange(rows + 1)
    before, after = np.maximum(wide - AROUND, 0), np.minimum(wide + AROUND, rows)
    # both rise, so that the ends of a window are its least and its most
    found = np.maximum(first[before] - AROUND, low), np.minimum(last[after] + AROUND, high)
    return np.clip(found[0], 0, columns), np.clip(found[1], 0, columns)


class Lattice(NamedTuple):
    """Beads that may be part of the best path, in the order of their first rows: parallel arrays."""

    shape: Whole
    row: Whole
    column: Whole
    score: Real

    def kept(self, which: Flags) -> Lattice:
        """Return those of them *which* says."""
        return Lattice(*(held[which] for held in self))

    def scores(self) -> Scores:
        """Return the scores of the search for a path: all other beads are unlikely."""

        def scores(first: int, last: int, start: int, end: int) -> Single:
            found = np.full((len(SHAPES), last - first, end - start), -np.inf, dtype=np.float32)
            part = slice(*np.searchsorted(self.row, [first, last]))
            shape, row, column = self.shape[part], self.row[part] - first, self.column[part] - start
            there = (column >= 0) & (column < end - start)
            found[shape[there], row[there], column[there]] = self.score[part][there]
            return found

        return scores


def listed(low: Whole, high: Whole, scores: Scores, leave: tuple[float, float], stay: float) -> Lattice:
    """Return the beads of the band *low* to *high* that are not `SLACK` worse than that their sentences stand alone."""
    parts = []
    for first, last in blocks(low, high):
        end, right = min(last + WIDEST, len(low)) - 1, int(high[min(last + WIDEST, len(low)) - 1])
        left = int(low[first])
        found = scores(first, end, left, right)
        columns = np.arange(left, right)
        for shape, (n, m) in enumerate(SHAPES):
            rows = np.arange(first, min(last, len(low) - n))
            if not len(rows):
                continue
            inside = (columns >= low[rows, None]) & (columns <= high[rows, None])
            inside &= (columns + m >= low[rows + n, None]) & (columns + m <= high[rows + n, None])
            told = found[shape, : len(rows)]
            row, column = np.nonzero(inside & (told > leave[0] + leave[1] + stay * (n + m - 2) - SLACK))
            parts.append((np.full(len(row), shape), row + first, column + left, told[row, column].astype(np.float64)))
    if not parts:
        none = np.zeros(0, np.int64)
        return Lattice(none, none, none, np.zeros(0))
    shape, row, column, score = (np.concatenate(one) for one in zip(*parts, strict=True))
    order = np.lexsort((shape, column, row))
    return Lattice(shape[order], row[order], column[order], score[order])


_SIZES = np.array(SHAPES)


def likely_ones(found: Lattice, low: Whole, high: Whole, leave: tuple[float, float], stay: float) -> Lattice:
    """Return the beads *found* that some path holds that is at most `CLOSE` worse than the best."""
    before = reached(low, high, found.scores(), leave, stay)
    after = remaining(low, high, found.scores(), leave, stay)
    left, right = _SIZES[found.shape].T
    end, to = found.row + left, found.column + right
    through = before[found.row, found.column - low[found.row]] + found.score + after[end, to - low[end]]
    return found.kept(through >= after[0, 0] - CLOSE)
