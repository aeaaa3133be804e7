"""Beads -> how much likelier their sentences are to translate one another than to meet by chance, in nats.

    words    of a word none of whose translations is met log (1 - t), of another log (1 - t + s / p): t is how surely
             one of them shows, s how surely the one that says most does, p = 1 - (1 - chance) ^ sentences how
             often that would be there anyway; weighed by `BOTH`
    lengths  the log ratio of the letters of both sides, against what it is by chance
    shape    how frequent beads of n and m sentences are

What is believed of shapes and lengths is a `Model`; the beads of a path move it, from what is believed beforehand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, changes, distinct, spread
from hexapla.align.own import MOST, share
from hexapla.align.path import SHAPES, WIDEST, Spans, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Single = NDArray[np.float32]

TWO, MORE = 0.05, 0.15
"""How frequent beads of 1:2 are, to those of 1:1, before the text is read; and those of each sentence more."""

ALONE, AGAIN = 0.05, 0.27
"""Chance that a sentence of one side stands alone after a bead, and after another, before the text is read."""

SPREAD, SPREAD_CHANCE = 0.28, 0.9
"""Standard deviation of the log ratio of lengths: of beads, before the text is read, and of what meets by chance."""

LETTERS = 3.0
"""Added to every length, so that a short sentence's ratio says less."""

FIRM = 50.0
"""Beads that what is believed beforehand counts for."""

NULLS = 0.75
"""How far (of its logarithm) the path moves the chance that sentences stand alone: what nothing shows to belong
together is easily left alone, and such a path would confirm itself."""

HINT = 1.0
"""What the words of a sentence must say (nats) of another for the two to be compared out of order."""

WORST = -8.0
"""The least (nats) that lengths can say: a long quotation may be cut."""

BOTH = 0.4
"""Weight of the words of each side: both sides tell the same, and words of a sentence go together."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is believed of a collection beside words: all logarithms."""

    shapes: Real  # of each of SHAPES
    alone: tuple[float, float]  # a left sentence, a right sentence that stands alone, after a bead
    again: float  # another of it
    ratio: float  # right letters over left ones
    spread: float


def believed(left: Side, right: Side) -> Model:
    """What is believed of the sides of a collection before a path is known."""
    shapes = np.array([1.0 if n + m == 2 else TWO * MORE ** (n + m - 3) for n, m in SHAPES])
    ratio = math.log((right.length.sum() + LETTERS) / (left.length.sum() + LETTERS))
    return Model(np.log(shapes / shapes.sum()), (math.log(ALONE), math.log(ALONE)), math.log(AGAIN), ratio, SPREAD)


def fitted(left: Side, right: Side, paths: Sequence[Sequence[Step]], sure: Sequence[Step], ratio: float) -> Model:
    """Return what is believed after the *paths* of a collection, whose *sure* beads tell of lengths.

    *ratio* is what was believed of lengths before.
    """
    before = believed(left, right)
    counts, after, run = _counted(paths)
    shapes = (counts + FIRM * np.exp(before.shapes)) / (counts.sum() + FIRM)
    alone = (after[1:] + FIRM * np.exp(before.alone)) / (after.sum() + FIRM)
    again = (run[1] + FIRM * math.exp(before.again)) / (run.sum() + FIRM)
    nulls = NULLS * np.log([*alone, again]) + (1 - NULLS) * np.array([*before.alone, before.again])
    lengths = _ratios(left, right, sure)
    mean = (lengths.sum() + FIRM * ratio) / (len(lengths) + FIRM)
    variance = (((lengths - mean) ** 2).sum() + FIRM * SPREAD**2) / (len(lengths) + FIRM)
    one, other, more = nulls.tolist()
    return Model(np.log(shapes), (one, other), more, float(mean), math.sqrt(variance))


def _counted(paths: Sequence[Sequence[Step]]) -> tuple[Real, Real, Real]:
    """Count shapes; after a bead: beads, left and right sentences alone; after a sentence alone: beads, such again."""
    shapes, after, run = np.zeros(len(SHAPES)), np.zeros(3), np.zeros(2)
    for path in paths:
        alone = False
        for step in path:
            if alone:
                run[int(not (step.left and step.right))] += 1
            else:
                after[0 if step.left and step.right else 1 if step.left else 2] += 1
            alone = not (step.left and step.right)
            if not alone:
                shapes[(step.left - 1) * WIDEST + step.right - 1] += 1
    return shapes, after, run


def _ratios(left: Side, right: Side, steps: Sequence[Step]) -> Real:
    """The log ratio of the lengths of each bead."""
    letters = tuple(np.concatenate([[0], np.cumsum(side.length)]) for side in (left, right))
    beads = Spans.of(steps)
    one = letters[0][beads.row + beads.left] - letters[0][beads.row]
    other = letters[1][beads.column + beads.right] - letters[1][beads.column]
    found: Real = np.log((other + LETTERS) / (one + LETTERS))
    return found


class Likely:
    """Scores beads of a collection, a block at a time; see `hexapla.align.path.Scores`."""

    def __init__(self, left: Side, right: Side, said: tuple[Edges, Edges], model: Model, size: int) -> None:
        self.model, self.sides = model, (left, right)
        self.halves = Half(left, right, said[0], size), Half(right, left, said[1], size)
        self.letters = tuple(np.concatenate([[0], np.cumsum(side.length)]) for side in (left, right))

    def __call__(self, first: int, last: int, start: int, end: int) -> Single:
        """Return the score of each shape that begins at rows ``[first, last)`` and columns ``[start, end)``."""
        rows, columns = last - first, end - start
        left = _summed(self.halves[0].words(first, last, start, end))
        right = _summed(self.halves[1].words(start, end, first, last))
        found = np.full((len(SHAPES), rows, columns), -np.inf, dtype=np.float32)
        for shape, (n, m) in enumerate(SHAPES):
            if n <= rows and m <= columns:
                said = (left[m - 1, n:] - left[m - 1, :-n])[:, : columns - m + 1]
                answered = (right[n - 1, m:] - right[n - 1, :-m])[:, : rows - n + 1]
                lengths = self._lengths(first, last, start, end, n, m)
                found[shape, : rows - n + 1, : columns - m + 1] = (
                    BOTH * (said + answered.T) + lengths + self.model.shapes[shape]
                )
        return found

    def frame(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Return what lengths and shape say of a bead of any sentences *left* and *right*, up to `WIDEST` of each."""
        one, other = (sum(side.length[n] for n in told) for side, told in zip(self.sides, (left, right), strict=True))
        away = math.log((other + LETTERS) / (one + LETTERS)) - self.model.ratio
        shape = float(self.model.shapes[(len(left) - 1) * WIDEST + len(right) - 1])
        return float(self._likelihood(np.array([away], dtype=np.float32))[0]) + shape

    def outline(self, row: Whole, left: Whole, column: Whole, right: Whole) -> Real:
        """Return what lengths and shapes say of beads: parallel arrays of first sentences and of how many there are."""
        one = self.letters[0][row + left] - self.letters[0][row]
        other = self.letters[1][column + right] - self.letters[1][column]
        away = np.log(other + LETTERS) - np.log(one + LETTERS) - self.model.ratio
        shape = self.model.shapes[(left - 1) * WIDEST + right - 1]
        found: Real = self._likelihood(away.astype(np.float32)) + shape
        return found

    def hints(self, side: int, number: int, first: int, last: int) -> list[int]:
        """Return those of the sentences ``[first, last)`` of the other side that hold what sentence *number* says.

        *side* is that of *number*, 0 for the left.
        """
        if first >= last:
            return []
        said = self.halves[side].words(number, number + 1, first, last)[0, 0]
        return [first + int(place) for place in np.flatnonzero(BOTH * said >= HINT)]

    def _lengths(self, first: int, last: int, start: int, end: int, n: int, m: int) -> Single:
        """How much likelier the lengths are in a bead than by chance."""
        left = self.letters[0][first + n : last + 1] - self.letters[0][first : last + 1 - n]
        right = self.letters[1][start + m : end + 1] - self.letters[1][start : end + 1 - m]
        away = np.log(right + LETTERS)[None, :] - (np.log(left + LETTERS) + self.model.ratio)[:, None]
        return self._likelihood(away.astype(np.float32))

    def _likelihood(self, away: Single) -> Single:
        """The log ratio of lengths that are so far *away* from what is usual."""
        sharp = (self.model.spread**-2 - SPREAD_CHANCE**-2) / 2
        found: Single = np.maximum(np.float32(math.log(SPREAD_CHANCE / self.model.spread)) - sharp * away**2, WORST)
        return found


def _summed(words: Single) -> Single:
    """Sums over the sentences of *words* (axis 1) from the first on, with 0 before it."""
    found = np.zeros((words.shape[0], words.shape[1] + 1, words.shape[2]), dtype=np.float32)
    np.cumsum(words, axis=1, out=found[:, 1:])
    return found


class Half:
    """What the words of the sentences of one side say of windows of the other.

    Each type has edges from ``begin``, and says what is `missed` where none is met; each edge has the `odds` that it
    shows, to that none does, and the share of the other side's sentences that it is `absent` from.
    """

    def __init__(self, mine: Side, theirs: Side, edges: Edges, size: int) -> None:
        self.mine, self.theirs, self.edges = mine, theirs, edges
        self.begin = np.searchsorted(edges.left, np.arange(size + 1))
        surely = np.minimum(np.bincount(edges.left, edges.trust, size), MOST)
        self.missed = np.log1p(-surely)
        self.odds = edges.trust / (1 - surely[edges.left])
        self.absent = 1 - share(theirs, size)[edges.right]
        gain = np.log1p(self.odds / (1 - self.absent))
        most = np.zeros(size)
        np.maximum.at(most, edges.left, gain)
        self.share = (gain / np.maximum(most[edges.left], 1e-9)).astype(np.float32)
        best = np.flatnonzero(gain == most[edges.left])
        self.gain = np.zeros((WIDEST, size), dtype=np.float32)
        for wide in range(WIDEST):
            self.gain[wide, edges.left[best]] = np.log1p(self.odds[best] / (1 - self.absent[best] ** (wide + 1)))

    def words(self, first: int, last: int, start: int, end: int) -> Single:
        """Return, for windows of 1 to `WIDEST` that begin at ``[start, end)``, what ``[first, last)`` say of them."""
        types = self.mine.types[self.mine.start[first] : self.mine.start[last]]
        owner = np.repeat(np.arange(last - first), np.diff(self.mine.start[first : last + 1]))
        base = np.bincount(owner, self.missed[types], last - first).astype(np.float32)
        found = np.empty((WIDEST, last - first, end - start), dtype=np.float32)
        found[:] = base[None, :, None]
        kinds, window = self._met(distinct(types), start, end)
        if not len(kinds):
            return found
        place = np.minimum(np.searchsorted(kinds, types), len(kinds) - 1)
        there = kinds[place] == types
        held, owner = place[there], owner[there]
        begin = changes(owner)
        sentences = owner[begin]
        met = window.copy()
        for wide in range(WIDEST):
            if wide:
                np.maximum(window[:, :-wide], met[:, wide:], out=window[:, :-wide])
            told = (window * self.gain[wide, kinds, None])[held]
            found[wide, sentences] += np.add.reduceat(told, begin, axis=0)
        return found

    def _met(self, kinds: Whole, start: int, end: int) -> tuple[Whole, Single]:
        """Those of *kinds* that meet something in ``[start, end)``, and how surely each sentence there holds it."""
        span = slice(self.theirs.start[start], self.theirs.start[end])
        order = np.argsort(self.theirs.types[span], kind="stable")
        theirs = self.theirs.types[span][order]
        columns = np.repeat(np.arange(end - start), np.diff(self.theirs.start[start : end + 1]))[order]
        which, place = spread(self.begin[kinds], self.begin[kinds + 1] - self.begin[kinds])
        low = np.searchsorted(theirs, self.edges.right[place])
        again, there = spread(low, np.searchsorted(theirs, self.edges.right[place], side="right") - low)
        told = which[again]  # in order
        begin = changes(told)
        row = np.repeat(np.arange(len(begin)), np.diff(begin, append=len(told)))
        met = np.zeros((len(begin), end - start), dtype=np.float32)
        np.maximum.at(met, (row, columns[there]), self.share[place[again]])
        return kinds[told[begin]], met
