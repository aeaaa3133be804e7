"""Sets of numbers by row, and what two families of such sets have in common, a bounded piece at a time.

    row    0: {2, 5}   1: {5}                     number   2: {0}   5: {0, 1}
           └── Rows ──────────────────  turned  ──────────▶ Rows

Sentences hold words, words hold letters: both are found and compared here. An `Edges` says which numbers of the one
family meet which of the other, and how surely. `near` finds for each row the few rows of the other family that it may
belong to, by an index of rare numbers; `met` says exactly how much of these is met. Neither ever makes a table of all
rows by all rows: memory grows with the rows, not with their product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Small = NDArray[np.int32]
    Single = NDArray[np.float32]
    Real = NDArray[np.float64]

CELLS = 2_000_000
"""Meetings of two rows that are held at once."""

LONG, COLUMN, SCORE, FINE = 12, 27, 24, 16
"""Bits of a row's number among those compared at once, of a column's, of a score, and of a score's fraction."""

TOP = (1 << SCORE) - 1

WIDE = 16_000_000
"""Cells of the table of what a few rows meet."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sets of numbers below *wide*; those of row n are ``held[start[n]:start[n + 1]]``, each once."""

    start: Whole
    held: Small
    wide: int

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.start) - 1

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], wide: int) -> Rows:
        """Gather *rows* of numbers.

        >>> Rows.of([[2, 5], [5]], 6).turned().row(5).tolist()
        [0, 1]
        """
        start = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=start[1:])
        held = np.fromiter((number for row in rows for number in row), dtype=np.int32, count=int(start[-1]))
        return cls(start, held, wide)

    def row(self, number: int) -> Small:
        """Return the numbers of one row."""
        return self.held[self.start[number] : self.start[number + 1]]

    def sizes(self) -> Whole:
        """Return how many numbers each row holds."""
        return np.diff(self.start)

    def turned(self) -> Rows:
        """Return the rows that hold each number."""
        order = np.argsort(self.held, kind="stable")
        owner = np.repeat(np.arange(len(self), dtype=np.int32), self.sizes())
        start = np.zeros(self.wide + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.held, minlength=self.wide), out=start[1:])
        return Rows(start, owner[order], len(self))

    def sums(self, weight: Single) -> Single:
        """Return the sum of the *weight* of the numbers of each row."""
        owner = np.repeat(np.arange(len(self)), self.sizes())
        found: Single = np.bincount(owner, weights=weight[self.held], minlength=len(self)).astype(np.float32)
        return found

    def places(self, rows: Whole) -> tuple[Whole, Whole]:
        """Return where in ``held`` the numbers of *rows* stand, one after the other, and which of *rows* each is of."""
        sizes = self.start[rows + 1] - self.start[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        before = np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.arange(len(owner)) - before + np.repeat(self.start[rows], sizes), owner


@dataclass(frozen=True, slots=True)
class Edges:
    """Which numbers meet: those that number n of the left meets are row n, each with its trust, 0 to 1."""

    rows: Rows
    trust: Single

    @classmethod
    def of(cls, left: Whole, right: Whole, trust: Single, size: tuple[int, int]) -> Edges:
        """Gather edges, of which the surest counts where two numbers have several; *size* is that of both families."""
        order = np.lexsort((-trust, right, left))
        left, right, trust = left[order], right[order], trust[order]
        first = np.ones(len(left), dtype=bool)
        first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
        left, right, trust = left[first], right[first], trust[first]
        start = np.zeros(size[0] + 1, dtype=np.int64)
        np.cumsum(np.bincount(left, minlength=size[0]), out=start[1:])
        return cls(Rows(start, right.astype(np.int32), size[1]), trust.astype(np.float32))

    def listed(self) -> tuple[Whole, Whole, Single]:
        """Return the edges as left numbers, right numbers and trust."""
        left = np.repeat(np.arange(len(self.rows)), self.rows.sizes())
        return left, self.rows.held.astype(np.int64), self.trust

    def turned(self) -> Edges:
        """Return the same edges from the right to the left."""
        left, right, trust = self.listed()
        return Edges.of(right, left, trust, (self.rows.wide, len(self.rows)))


def same(wide: int) -> Edges:
    """Return edges by which each number meets itself only."""
    return Edges(
        Rows(np.arange(wide + 1, dtype=np.int64), np.arange(wide, dtype=np.int32), wide), np.ones(wide, np.float32)
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One family of rows with the weight of each number, and of all numbers of each row together."""

    rows: Rows
    weight: Single
    mass: Single

    @classmethod
    def of(cls, rows: Rows, weight: Single, extra: float = 0.0) -> Side:
        """Weigh *rows*; *extra* is added to the weight of each."""
        return cls(rows, weight, rows.sums(weight) + np.float32(extra))


def near(left: Side, right: Side, edges: Edges, budget: int, most: int) -> tuple[Whole, Whole]:
    """Return pairs of a left row and one of the *most* right rows that seem to have most in common with it.

    A row's numbers are followed from the rarest on until *budget* meetings are spent, so that a row costs the same in
    a small collection and in a large one. Pairs are sorted.
    """
    index = right.rows.turned()
    cost = _summed(edges.rows, index.sizes())
    spent = np.minimum(_summed(left.rows, cost), budget)
    found = [_nearest(block, left, right, edges, index, (budget, most)) for block in _blocks(spent)]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    one, other = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return one, other


def _summed(rows: Rows, cost: Whole) -> Whole:
    """The sum of the *cost* of the numbers of each row."""
    total = np.zeros(len(rows.held) + 1, dtype=np.int64)
    np.cumsum(cost[rows.held], out=total[1:])
    found: Whole = total[rows.start[1:]] - total[rows.start[:-1]]
    return found


def _blocks(cost: Whole, cells: int = CELLS) -> Iterator[Whole]:
    """Yield runs of row numbers whose costs add up to *cells* at most, one row at least, and few enough for `LONG`."""
    start, spent = 0, np.cumsum(cost)
    while start < len(spent):
        before = spent[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(spent, before + cells, side="right")))
        end = min(end, start + (1 << LONG))
        yield np.arange(start, end)
        start = end


def _nearest(
    block: Whole, left: Side, right: Side, edges: Edges, index: Rows, limits: tuple[int, int]
) -> tuple[Whole, Whole]:
    """The pairs of the left rows *block*; *limits* are the budget and the most.

    What is sorted are whole numbers that hold row, column and score in their bits: fast, and the same everywhere.
    """
    at, owner = left.rows.places(block)
    mine = left.rows.held[at].astype(np.int64)
    edge, which = edges.rows.places(mine)
    owner, mine, theirs = owner[which], mine[which], edges.rows.held[edge].astype(np.int64)
    kept = _affordable(owner, index.sizes()[theirs], theirs, limits[0])
    owner, mine, theirs, trust = owner[kept], mine[kept], theirs[kept], edges.trust[edge[kept]]
    told = _whole(np.sqrt(left.weight[mine] * right.weight[theirs]) * trust)
    place, which = index.places(theirs)
    met_at = ((owner << (COLUMN + SCORE)) | told)[which] | (index.held[place].astype(np.int64) << SCORE)
    met_at.sort()
    cell = met_at >> SCORE
    first, _ = first_of(cell)
    if not len(first):
        return first, first
    total = np.add.reduceat(met_at & TOP, first)
    row, column = cell[first] >> COLUMN, cell[first] & ((1 << COLUMN) - 1)
    score = _whole(total / 2.0**FINE / np.sqrt(right.mass[column]))
    ranked = (row << (COLUMN + SCORE)) | ((TOP - score) << COLUMN) | column
    ranked.sort()
    row = ranked >> (COLUMN + SCORE)
    best = first_of(row)[1] < limits[1]
    pairs = np.sort((row[best] << COLUMN) | (ranked[best] & ((1 << COLUMN) - 1)))
    return block[pairs >> COLUMN], pairs & ((1 << COLUMN) - 1)


def _whole(score: Real | Single) -> Whole:
    """Scores as whole numbers of `SCORE` bits."""
    found: Whole = np.minimum(score.astype(np.float64) * 2.0**FINE, TOP).astype(np.int64)
    return found


def _affordable(owner: Whole, cost: Whole, number: Whole, budget: int) -> Whole:
    """The meetings of each owner, the cheapest first, until their costs exceed *budget*."""
    order = np.lexsort((number, cost, owner))
    spent = np.cumsum(cost[order])
    first, _ = first_of(owner[order])
    before = np.repeat(spent[first] - cost[order][first], np.diff(np.r_[first, len(order)]))
    return order[spent - before <= budget]


def first_of(row: Whole) -> tuple[Whole, Whole]:
    """Return where each number of *row*, which is sorted, begins, and each entry's place among its equals, from 0."""
    first = np.flatnonzero(np.r_[True, row[1:] != row[:-1]]) if len(row) else np.zeros(0, np.int64)
    return first, np.arange(len(row)) - np.repeat(first, np.diff(np.r_[first, len(row)]))


def met(left: Rows, right: Side, edges: Edges, pairs: tuple[Whole, Whole]) -> Single:
    """Return for each of *pairs*, sorted by their left rows, the weight of the right row's numbers that the left meets.

    A number counts with the trust of its surest edge.
    """
    one, other = pairs
    found = np.zeros(len(one), dtype=np.float32)
    rows, first = np.unique(one, return_index=True)
    ends = np.r_[first, len(one)]
    lengths = right.rows.sizes()[other]
    step = max(1, WIDE // max(1, right.rows.wide))
    table = np.zeros((min(step, len(rows)), right.rows.wide), dtype=np.float32)
    for begin in range(0, len(rows), step):
        block = rows[begin : begin + step]
        cells = _fill(table, block, left, edges)
        for low, high in _pieces(int(ends[begin]), int(ends[begin + len(block)]), lengths):
            place, which = right.rows.places(other[low:high])
            number = right.rows.held[place]
            local = np.searchsorted(block, one[low:high])
            told = table[local[which], number] * right.weight[number]
            found[low:high] = np.bincount(which, weights=told, minlength=high - low)
        table[cells] = 0
    return found


def _pieces(low: int, high: int, cost: Whole) -> Iterator[tuple[int, int]]:
    for block in _blocks(cost[low:high]):
        yield low + int(block[0]), low + int(block[-1]) + 1


def _fill(table: Single, block: Whole, left: Rows, edges: Edges) -> tuple[Whole, Small]:
    """Write into *table* how surely each of the rows *block* meets each number of the other family, and say where."""
    at, owner = left.places(block)
    edge, which = edges.rows.places(left.held[at].astype(np.int64))
    order = np.argsort(edges.trust[edge], kind="stable")  # the surest is written last, and stays
    edge, which = edge[order], which[order]
    cells = (owner[which], edges.rows.held[edge])
    table[cells] = edges.trust[edge]
    return cells


def joined(one: tuple[Whole, Whole], other: tuple[Whole, Whole], wide: int) -> tuple[Whole, Whole]:
    """Return the pairs of both lists, each once, in order; *wide* is the number of right rows."""
    keys = np.unique(np.r_[one[0] * wide + one[1], other[0] * wide + other[1]])
    return keys // max(1, wide), keys % max(1, wide)
