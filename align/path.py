"""The best path of beads and left-out sentences through a band.

             right 0   1   2   3   4             a step from boundary (i, j):
    left 0     ╲                                   bead    n left with m right sentences, n and m up to 5
         1       ╲                                 only    one left sentence that nothing answers, or one right one;
         2         │  (only left)                          the first of a run scores `leave`, the next ones `stay`
         3           ╲╲  (1:2)

One row of the band is searched after the other, all of its cells at once; of the rows before only the last five are
held. What remains is two bytes and a margin a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Single = NDArray[np.float32]

WIDEST = 5
"""Sentences on one side of a bead at most."""

SHAPES = tuple((n, m) for n in range(1, WIDEST + 1) for m in range(1, WIDEST + 1))
"""The shapes of a bead: left and right sentences."""

ROWS = 64
"""Rows whose scores are made together."""

CELLS = 1 << 15
"""Cells whose scores are made together, where rows are wide."""

_LEFT, _RIGHT = len(SHAPES), len(SHAPES) + 1  # arrivals beside the shapes: a sentence of one side only
_LEFT_STAYS, _RIGHT_STAYS = 64, 128

Scores = Callable[[int, int, int, int], "Single"]
"""(first row, last row, first column, last column) -> the score of a bead of each shape (axis 0) that begins at each
row and column; the last ones are not included, and beads that do not fit score minus infinity."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the path: *left* sentences from ``row`` on with *right* sentences from ``column`` on."""

    row: int
    column: int
    left: int
    right: int
    lead: float  # by how much (nats) this is better than the best other way to the same boundary


@dataclass(slots=True)
class _Trace:
    """What is remembered of a row: how each of its cells is best reached, and by how much."""

    low: int
    arrival: NDArray[np.uint8]
    lead: NDArray[np.float16]


def search(low: Whole, high: Whole, scores: Scores, leave: tuple[float, float], stay: float) -> list[Step]:
    """Return the best path from the first boundary to the last through the band *low* to *high*.

    *leave* is the score of a left sentence that begins a run on one side only, and of a right one; *stay* that of the
    others of a run.
    """
    walk = _Walk(low, high, leave, stay)
    first = 0
    while first < len(low):
        last = _block(low, high, first)
        above = max(first - WIDEST, 0)
        left, right = max(int(low[above]) - WIDEST, 0), int(high[last - 1])
        walk.rows(first, last, scores(above, last - 1, left, right), above, left)
        first = last
    return walk.back()


def _block(low: Whole, high: Whole, first: int) -> int:
    """Where the block of rows that begins with *first* ends."""
    last = min(first + ROWS, len(low))
    while last > first + 1 and (last - first + WIDEST) * (high[last - 1] - low[max(first - WIDEST, 0)]) > CELLS:
        last = first + (last - first) // 2
    return last


class _Walk:
    """The search itself."""

    def __init__(self, low: Whole, high: Whole, leave: tuple[float, float], stay: float) -> None:
        self.low, self.high, self.leave, self.stay = low, high, leave, stay
        self.traces: list[_Trace] = []
        self.depth = WIDEST + 1
        self.wide = int(high[-1]) + WIDEST + 1
        self.best = np.full((self.depth, self.wide), -np.inf)  # ring of rows; column j stands at j + WIDEST
        self.down = np.full(self.wide, -np.inf)  # best way here that ends with a left sentence alone
        self.n, self.m = (np.array(side) for side in zip(*SHAPES, strict=True))

    def rows(self, first: int, last: int, scores: Single, above: int, left: int) -> None:
        """Search the rows *first* to *last* (not included); *scores* begin at row *above* and column *left*."""
        padded = np.full((len(SHAPES), scores.shape[1], scores.shape[2] + WIDEST + 1), -np.inf, dtype=np.float32)
        padded[:, :, WIDEST : WIDEST + scores.shape[2]] = scores
        for row in range(first, last):
            self._row(row, padded, above, left)

    def _row(self, row: int, scores: Single, above: int, left: int) -> None:
        low, high = int(self.low[row]), int(self.high[row])
        at = np.arange(low, high + 1) + WIDEST
        bead = np.full((2, len(at)), -np.inf)  # the best and the second best
        shape = np.zeros(len(at), dtype=np.int64)
        if row == 0 and low == 0:
            bead[0, 0] = 0.0
        elif row:
            bead, shape = self._beads(row, at, scores, above, left)
        down, stays_down = self._downward(row, at)
        reached = np.maximum(bead[0], down)
        along, stays = self._along(reached)
        best = np.maximum(reached, along)
        self._keep(row, at, best, down)
        arrival = np.where(best == bead[0], shape, np.where(best == down, _LEFT, _RIGHT))
        alone, other = np.maximum(down, along), np.minimum(down, along)
        second = np.maximum(np.minimum(bead[0], alone), np.where(bead[0] >= alone, bead[1], other))
        with np.errstate(invalid="ignore"):  # where no way leads nothing is remembered that is asked for
            lead = np.minimum(best - second, 99.0)
        marked = arrival + _LEFT_STAYS * stays_down + _RIGHT_STAYS * stays
        self.traces.append(_Trace(low, marked.astype(np.uint8), lead.astype(np.float16)))

    def _beads(self, row: int, at: Whole, scores: Single, above: int, left: int) -> tuple[Real, Whole]:
        """The best and second best way to each cell that ends with a bead, and the shape of the best."""
        fits = self.n <= row - above
        n, m = self.n[fits], self.m[fits]
        begin = at[None, :] - m[:, None]
        kinds = np.flatnonzero(fits)
        local = np.clip(begin - left, 0, scores.shape[2] - 1)
        ways = self.best[((row - n) % self.depth)[:, None], np.maximum(begin, 0)]
        ways = ways + scores[kinds[:, None], (row - n - above)[:, None], local]
        best, column = ways.argmax(axis=0), np.arange(len(at))
        first = ways[best, column]
        ways[best, column] = -np.inf
        return np.stack([first, ways.max(axis=0)]), kinds[best]

    def _downward(self, row: int, at: Whole) -> tuple[Real, NDArray[np.bool_]]:
        if row == 0:
            return np.full(len(at), -np.inf), np.zeros(len(at), dtype=bool)
        opened = self.best[(row - 1) % self.depth, at] + self.leave[0]
        stayed = self.down[at] + self.stay
        return np.maximum(opened, stayed), stayed > opened

    def _along(self, reached: Real) -> tuple[Real, NDArray[np.bool_]]:
        """The best way to each cell that ends with a right sentence alone, and whether it is not the first."""
        place = np.arange(len(reached))
        with np.errstate(invalid="ignore"):
            flat = reached - self.stay * place
        running = np.maximum.accumulate(flat)
        along = np.full(len(reached), -np.inf)
        along[1:] = running[:-1] + self.leave[1] + self.stay * (place[1:] - 1)
        stays = np.zeros(len(reached), dtype=bool)
        stays[1:] = running[:-1] > flat[:-1]
        return along, stays

    def _keep(self, row: int, at: Whole, best: Real, down: Real) -> None:
        ring = self.best[row % self.depth]
        before = row - self.depth
        if before >= 0:
            ring[self.low[before] + WIDEST : self.high[before] + WIDEST + 1] = -np.inf
        ring[at] = best
        if row:
            self.down[self.low[row - 1] + WIDEST : self.high[row - 1] + WIDEST + 1] = -np.inf
        self.down[at] = down

    def back(self) -> list[Step]:
        """Return the path, from its beginning."""
        row, column = len(self.traces) - 1, int(self.high[-1])
        steps: list[Step] = []
        running = 0  # the side that a run must go on with
        while row or column:
            trace = self.traces[row]
            place = column - trace.low
            mark = int(trace.arrival[place])
            arrival = running or mark % _LEFT_STAYS
            running = 0
            if arrival == _LEFT:
                left, right, running = 1, 0, _LEFT if mark & _LEFT_STAYS else 0
            elif arrival == _RIGHT:
                left, right, running = 0, 1, _RIGHT if mark & _RIGHT_STAYS else 0
            else:
                left, right = SHAPES[arrival]
            row, column = row - left, column - right
            steps.append(Step(row, column, left, right, float(trace.lead[place])))
        return steps[::-1]
