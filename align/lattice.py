"""A path -> the few beads around it that any good path may hold, to be scored with more care.

    all beads within `AROUND` sentences of the path      some hundred for each left sentence
    not `SLACK` worse than their sentences alone
    on a way at most `CLOSE` worse than the best          one to four

How good the best way is that holds a bead: the best way to where it begins, the bead, the best way on from its end
(forward and backward; max-marginals).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hexapla.align.path import SHAPES, WIDEST, Scores, Step, blocks, cells, reached, remaining

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Part = NDArray[np.int32]
    Small = NDArray[np.uint8]
    Single = NDArray[np.float32]
    Flags = NDArray[np.bool_]

AROUND = 2
"""Sentences on either side of the path that are looked at."""

SLACK = 6.0
"""Nats by which a bead may be less likely than that its sentences stand alone."""

CLOSE = 12.0
"""Nats by which the best way that holds a bead may be worse than the best of all."""

MANY = 1 << 16
"""Beads that are looked at together."""

SIZES = np.array(SHAPES)
"""Left and right sentences of each shape."""


class Lattice(NamedTuple):
    """Beads in the order of their first rows: parallel arrays."""

    shape: Small
    row: Part
    column: Part
    score: Single
    beside: Single  # the part of the score that is not of words

    def kept(self, which: Flags) -> Lattice:
        """Return those that *which* says."""
        row, column = self.row[which], self.column[which]
        return Lattice(self.shape[which], row, column, self.score[which], self.beside[which])

    def scores(self) -> Scores:
        """Return what `hexapla.align.path.search` asks for: all other beads cannot be."""

        def scores(first: int, last: int, start: int, end: int) -> Single:
            found = np.full((len(SHAPES), last - first, end - start), -np.inf, dtype=np.float32)
            part = slice(*np.searchsorted(self.row, np.array([first, last], dtype=np.int32)))  # else all are copied
            shape, row, column = self.shape[part], self.row[part] - first, self.column[part] - start
            there = (column >= 0) & (column < end - start)
            found[shape[there], row[there], column[there]] = self.score[part][there]
            return found

        return scores


def band_around(steps: Sequence[Step], low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """Return the band of boundaries around the path *steps*, within that from *low* to *high*."""
    rows, columns = len(low) - 1, int(high[-1])
    first, last = np.full(rows + 1, columns), np.zeros(rows + 1, dtype=np.int64)
    for step in steps:
        part = slice(step.row, step.row + step.left + 1)
        np.minimum(first[part], step.column, out=first[part])
        np.maximum(last[part], step.column + step.right, out=last[part])
    places = np.arange(rows + 1)
    above, below = np.maximum(places - AROUND, 0), np.minimum(places + AROUND, rows)
    return np.maximum(first[above] - AROUND, low), np.minimum(last[below] + AROUND, high)


def lattice(
    low: Whole, high: Whole, scores: Scores, beside: Scores | None, leave: tuple[float, float], stay: float
) -> Lattice:
    """Return the beads of the band *low* to *high* that are worth a second look; arguments are those of `search`.

    *scores* and what is *beside* them add up.
    """
    found = _listed(low, high, scores, beside, leave, stay)
    before = reached(low, high, found.scores(), leave, stay)
    after = remaining(low, high, found.scores(), leave, stay)
    close, begin = np.zeros(len(found.row), dtype=bool), cells(low, high)[:-1] - low
    for first in range(0, len(close), MANY):
        part = slice(first, first + MANY)
        row, column, (left, right) = found.row[part], found.column[part], SIZES[found.shape[part]].T
        end, to = row + left, column + right
        through = before[begin[row] + column] + found.score[part] + after[begin[end] + to]
        close[part] = through >= after[0] - CLOSE
    return found.kept(close)


def _listed(
    low: Whole, high: Whole, scores: Scores, beside: Scores | None, leave: tuple[float, float], stay: float
) -> Lattice:
    """Return the beads of the band that are not much worse than that their sentences stand alone."""
    least = leave[0] + leave[1] + stay * (SIZES.sum(axis=1) - 2) - SLACK
    parts = []
    for first, last in blocks(low, high):
        end = min(last - 1 + WIDEST, len(low) - 1)
        asked = first, end, int(low[first]), int(high[end])
        rest = beside(*asked) if beside else np.float32(0)
        found = scores(*asked) + rest
        shape, row, column = np.nonzero(found > least[:, None, None])
        keep = (row < last - first) & _inside(low, high, row + first, column + asked[2], SIZES[shape])
        told = np.flatnonzero(keep)[np.argsort(row[keep], kind="stable")]
        shape, row, column = shape[told], row[told], column[told]
        apart = np.broadcast_to(rest, found.shape)[shape, row, column]
        place = (row + first).astype(np.int32), (column + asked[2]).astype(np.int32)
        parts.append(Lattice(shape.astype(np.uint8), *place, found[shape, row, column], apart))
    one, two, three, four, five = (np.concatenate(held) for held in zip(*parts, strict=True))
    return Lattice(one, two, three, four, five)


def _inside(low: Whole, high: Whole, row: Whole, column: Whole, sizes: Whole) -> Flags:
    """Return which beads begin and end within the band."""
    end, to = row + sizes[:, 0], column + sizes[:, 1]
    found: Flags = (column >= low[row]) & (column <= high[row]) & (to >= low[end]) & (to <= high[end])
    return found
