"""The best path of beads and left-out sentences through a band.

             right 0   1   2   3   4             a step from boundary (i, j):
    left 0     ╲                                   bead    n left with m right sentences, n and m up to 5
         1       ╲                                 only    one left sentence that nothing answers, or one right one;
         2         │  (only left)                          the first of a run scores `leave`, the next ones `stay`
         3           ╲╲  (1:2)

One row of the band is searched after the other, all of its cells at once; of the rows before only the last five are
held. What remains of a cell is a byte and a margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

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

GRAIN = 2.0**-12
"""Nats that scores are rounded to: sums are exact then, so that of ways that are as good the same one is taken wherever
in a text they stand."""

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


class Spans(NamedTuple):
    """Beads of sentences that follow one another: the first left one, how many, the first right one, how many."""

    row: Whole
    left: Whole
    column: Whole
    right: Whole

    @classmethod
    def of(cls, steps: Sequence[Step]) -> Spans:
        """Return the beads of a path."""
        table = [(step.row, step.left, step.column, step.right) for step in steps]
        return cls(*np.array(table, dtype=np.int64).reshape(-1, 4).T)

    def turned(self) -> Spans:
        """Return the same from the right side."""
        return Spans(self.column, self.right, self.row, self.left)


@dataclass(frozen=True, slots=True)
class _Trace:
    """What is remembered of the rows from *first* on: how each of their cells is best reached, and by how much."""

    first: int
    arrival: NDArray[np.uint8]
    lead: NDArray[np.float16]


def search(low: Whole, high: Whole, scores: Scores, leave: tuple[float, float], stay: float) -> list[Step]:
    """Return the best path from the first boundary to the last through the band *low* to *high*.

    *leave* is the score of a left sentence that begins a run on one side only, and of a right one; *stay* that of the
    others of a run.
    """
    walk = _Walk(low, high, (_rounded(leave[0]), _rounded(leave[1])), _rounded(stay))
    for first, last in blocks(low, high):
        walk.rows(first, last, *_asked(low, high, scores, first, last))
    return walk.back()


def cells(low: Whole, high: Whole) -> Whole:
    """Return where the boundaries of each row of the band begin in `reached` and `remaining`, and their end."""
    return np.concatenate([[0], np.cumsum(high - low + 1)])


def reached(low: Whole, high: Whole, scores: Scores, leave: tuple[float, float], stay: float) -> Real:
    """Return the score of the best way to each boundary of the band, row after row (see `cells`)."""
    walk = _Walk(low, high, (_rounded(leave[0]), _rounded(leave[1])), _rounded(stay))
    walk.reached = []
    for first, last in blocks(low, high):
        walk.rows(first, last, *_asked(low, high, scores, first, last))
    return np.concatenate(walk.reached)


def remaining(low: Whole, high: Whole, scores: Scores, leave: tuple[float, float], stay: float) -> Real:
    """Return the score of the best way from each boundary to the last, as `reached` does: it reads backwards."""
    rows, columns = len(low) - 1, int(high[-1])

    def backwards(first: int, last: int, start: int, end: int) -> Single:
        told = scores(rows - last, rows - first, columns - end, columns - start)[:, ::-1, ::-1]
        found = np.full_like(told, -np.inf)
        for shape, (n, m) in enumerate(SHAPES):
            if n <= last - first and m <= end - start:
                found[shape, : last - first - n + 1, : end - start - m + 1] = told[shape, n - 1 :, m - 1 :]
        return found

    return reached(columns - high[::-1], columns - low[::-1], backwards, leave, stay)[::-1]


def blocks(low: Whole, high: Whole) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row (not included) of the parts of the band whose scores are made together."""
    first = 0
    while first < len(low):
        last = _block(low, high, first)
        yield first, last
        first = last


def _asked(low: Whole, high: Whole, scores: Scores, first: int, last: int) -> tuple[Single, int]:
    """Return the scores of the beads that may end in rows *first* to *last*, and the column where they begin."""
    above = max(first - WIDEST, 0)
    left, right = max(int(low[above]) - WIDEST, 0), int(high[last - 1])
    found: Single = np.rint(scores(above, last - 1, left, right) / GRAIN) * GRAIN
    return found, left


def _rounded(score: float) -> float:
    return round(score / GRAIN) * GRAIN


def _block(low: Whole, high: Whole, first: int) -> int:
    """Where the block of rows that begins with *first* ends."""
    last = min(first + ROWS, len(low))
    while last > first + 1 and (last - first + WIDEST) * (high[last - 1] - low[max(first - WIDEST, 0)]) > CELLS:
        last = first + (last - first) // 2
    return last


class _Walk:
    """The search itself, a block of rows at a time.

    In the tables of a block, `best` and `down`, boundary (i, j) stands at ``[i - first + WIDEST, j - left + WIDEST]``;
    in those of its cells, in row ``i - first`` at ``j - low[i]``.
    """

    def __init__(self, low: Whole, high: Whole, leave: tuple[float, float], stay: float) -> None:
        self.low, self.high, self.leave, self.stay = low, high, leave, stay
        self.traces: list[_Trace] = []
        self.reached: list[Real] | None = None  # best way to the boundaries of each block, where that is asked for
        self.left = 0
        self.best = np.full((WIDEST, WIDEST + 1), -np.inf)  # best way to each boundary of the last rows
        self.down = self.best  # best way there that ends with a left sentence alone

    def rows(self, first: int, last: int, scores: Single, left: int) -> None:
        """Search the rows *first* to *last* (not included); *scores* begin `WIDEST` rows above, at column *left*."""
        low, high = self.low[first:last], self.high[first:last]
        wide = int(high[-1]) - left + 1
        self.best, self.down = (self._moved(table, last - first, left, wide) for table in (self.best, self.down))
        self.left = left
        cells = _Cells(last - first, int((high - low).max()) + 1)
        before = _before(self.best, last - first, wide)
        given = _given(scores, last - first, wide)
        for row, (begin, end) in enumerate(zip((low - left).tolist(), (high - left + 1).tolist(), strict=True)):
            part = slice(begin, end)
            ways = np.add(before[row, :, :, part], given[row, :, :, part], out=cells.ways[row, :, :, : end - begin])
            bead = np.max(ways, axis=(0, 1), out=cells.bead[row, : end - begin])
            if not first + row and not low[row]:
                bead[0] = 0.0
            self._row(row, slice(begin + WIDEST, end + WIDEST), cells, bead)
        if self.reached is None:
            self.traces.append(_Trace(first, *cells.told()))
        else:
            self.reached.append(cells.best[cells.place <= (high - low)[:, None]])

    def _moved(self, table: Real, rows: int, left: int, wide: int) -> Real:
        """Return a table for the next block: it begins with the last rows of *table*."""
        found = np.full((WIDEST + rows, WIDEST + wide), -np.inf)
        kept = table[-WIDEST:, left - self.left :][:, : WIDEST + wide]
        found[:WIDEST, : kept.shape[1]] = kept
        return found

    def _row(self, row: int, at: slice, cells: _Cells, bead: Real) -> None:
        """Find the best way to each cell of a row: with a bead, with a left sentence alone, or with a right one."""
        many, above = len(bead), row + WIDEST - 1
        opened = np.add(self.best[above, at], self.leave[0], out=cells.opened[row, :many])
        stayed = np.add(self.down[above, at], self.stay, out=cells.stayed[row, :many])
        down = np.maximum(opened, stayed, out=self.down[above + 1, at])
        cells.down[row, :many] = down
        reached = np.maximum(bead, down)
        flat = np.subtract(reached, self.stay * cells.place[:many], out=cells.flat[row, :many])
        running = np.maximum.accumulate(flat, out=cells.running[row, :many])
        along = cells.along[row, :many]
        along[1:] = running[:-1] + self.leave[1] + self.stay * cells.place[: many - 1]
        best = np.maximum(reached, along, out=self.best[above + 1, at])
        cells.best[row, :many] = best

    def back(self) -> list[Step]:
        """Return the path, from its beginning."""
        row, column = len(self.low) - 1, int(self.high[-1])
        steps: list[Step] = []
        running = 0  # the side that a run must go on with
        traces = list(self.traces)
        while row or column:
            while row < traces[-1].first:
                traces.pop()
            trace = traces[-1]
            at = row - trace.first, column - int(self.low[row])
            mark = int(trace.arrival[at])
            arrival = running or mark % _LEFT_STAYS
            running = 0
            if arrival == _LEFT:
                left, right, running = 1, 0, _LEFT if mark & _LEFT_STAYS else 0
            elif arrival == _RIGHT:
                left, right, running = 0, 1, _RIGHT if mark & _RIGHT_STAYS else 0
            else:
                left, right = SHAPES[arrival]
            row, column = row - left, column - right
            steps.append(Step(row, column, left, right, float(trace.lead[at])))
        return steps[::-1]


class _Cells:
    """The cells of a block of *rows*: each way to reach one and its score, from the first cell of a row on."""

    def __init__(self, rows: int, wide: int) -> None:
        self.place = np.arange(wide)
        self.ways = np.full((rows, WIDEST, WIDEST, wide), -np.inf)
        self.bead, self.opened, self.stayed, self.down, self.flat, self.running, self.along, self.best = np.full(
            (8, rows, wide), -np.inf
        )

    def told(self) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """Return the best way to each cell, and by how much it is better than the second best."""
        ways = self.ways.reshape(len(self.ways), len(SHAPES), -1)
        shape = ways.argmax(axis=1)
        np.put_along_axis(ways, shape[:, None], -np.inf, axis=1)
        arrival = np.where(self.best == self.bead, shape, np.where(self.best == self.down, _LEFT, _RIGHT))
        alone, other = np.maximum(self.down, self.along), np.minimum(self.down, self.along)
        second = np.where(self.bead >= alone, ways.max(axis=1), other)
        second = np.maximum(np.minimum(self.bead, alone), second)
        with np.errstate(invalid="ignore"):  # where no way leads nothing is remembered that is asked for
            lead = np.minimum(self.best - second, 99.0)
        arrival += _LEFT_STAYS * (self.stayed > self.opened)
        arrival[:, 1:] += _RIGHT_STAYS * (self.running > self.flat)[:, :-1]
        return arrival.astype(np.uint8), lead.astype(np.float16)


def _before(best: Real, rows: int, wide: int) -> Real:
    """View *best*, of a block, as the best way to where a bead begins: by row, sentences on both sides, column."""
    down, along = best.strides
    corner = best[WIDEST - 1 :, WIDEST - 1 :]
    return as_strided(corner, (rows, WIDEST, WIDEST, wide), (down, -down, -along, along), writeable=False)


def _given(scores: Single, rows: int, wide: int) -> Single:
    """Arrange *scores* by where a bead ends: by row, sentences on both sides, column; what does not fit is unlikely."""
    _, many, columns = scores.shape
    room = np.full((len(SHAPES), WIDEST + many, WIDEST + wide), -np.inf, dtype=np.float32)
    room[:, WIDEST:, WIDEST : WIDEST + columns] = scores
    shape, down, along = room.strides
    corner = room[:, WIDEST + many - rows :, WIDEST - 1 :]
    strides = (down, WIDEST * shape - down, shape - along, along)
    return as_strided(corner, (rows, WIDEST, WIDEST, wide), strides, writeable=False)
