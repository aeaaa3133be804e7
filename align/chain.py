"""Two rows of sentences -> the places where they surely run together, and the band in which to search between them.

    left   0 1 2 3 4 5 6 7 8 9          anchors  (1,1) (3,3) (9,5): one to one, in order, of rare features
             │   │       ╲ ╲ ╲          band     a few sentences around each anchor, everything between two of them;
    right  0 1 2 3       4 5 6                   where too much lies between them, what is near the straight line

A feature that few sentences hold votes for all pairs of sentences that share it; one that is more frequent votes only
for the pairs that are nearest to where the text should be by its share of the whole. Of the pairs that win on both
sides, the heaviest chain that rises on both sides is kept, in O(n log n). No table of all pairs is ever made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

FEW = 100
"""Pairs of sentences that a feature may vote for; a more frequent one votes for the nearest only."""

LEAD = 3.0
"""By how much (nats) an anchor must win over its rivals in its row and column."""

AROUND = 10
"""Sentences around an anchor that are searched."""

ROOM = 60
"""Cells for each sentence between two anchors that are searched at most; beyond, what is near the straight line."""


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one document: those of sentence n are ``types[start[n]:start[n + 1]]``, each type once."""

    start: Whole
    types: Whole
    length: Real  # letters of each sentence

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.length)

    def of(self, number: int) -> Whole:
        """Return the types of sentence *number*."""
        return self.types[self.start[number] : self.start[number + 1]]

    def owner(self) -> Whole:
        """Return the sentence that holds each of ``types``."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def held(self, size: int) -> Whole:
        """Return how many sentences hold each of *size* types."""
        return np.bincount(self.types, minlength=size)


def whole(sides: Sequence[Side]) -> Side:
    """Return *sides* as one, the sentences of each after those of the one before."""
    counts = np.concatenate([np.diff(side.start) for side in sides])
    start = np.concatenate([[0], np.cumsum(counts)])
    return Side(start, np.concatenate([side.types for side in sides]), np.concatenate([side.length for side in sides]))


@dataclass(frozen=True, slots=True)
class Edges:
    """Which types of the left side meet which of the right side: parallel arrays, in the order of the left ones."""

    left: Whole
    right: Whole
    trust: Real

    def turned(self) -> Edges:
        """Return the same from the right side."""
        order = np.lexsort((self.left, self.right))
        return Edges(self.right[order], self.left[order], self.trust[order])


def spread(start: Whole, counts: Whole) -> tuple[Whole, Whole]:
    """Return, for ranges that begin at *start* and hold *counts*, the range and the place of each member.

    >>> spread(np.array([5, 9]), np.array([2, 1]))
    (array([0, 0, 1]), array([5, 6, 9]))
    """
    which = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return which, start[which] + np.arange(len(which)) - first[which]


def anchors(left: Side, right: Side, edges: Edges, size: int, near: Whole) -> Whole:
    """Return the sure one-to-one anchors as rows of (left, right), rising on both sides; *size* is of all types."""
    return sought(left, right, edges, size, near)[0]


def sought(left: Side, right: Side, edges: Edges, size: int, near: Whole) -> tuple[Whole, Whole]:
    """Return the anchors, and the pairs that they were chosen of: all that win on both sides, in any order.

    A second look begins where the first one led: what is nearest is then sought along the first chain. The pairs of
    sentences in *near* have a vote of `LEAD` each beside what the features say.
    """
    ends = np.array([[-1, -1], [len(left), len(right)]])
    found = winning = np.zeros((0, 2), dtype=np.int64)
    for _ in range(2):
        knots = np.concatenate([ends[:1], found, ends[1:]])
        pairs, votes = _votes(left, right, edges, size, knots, near)
        winning, lead = _winning(pairs, votes, len(left), len(right))
        found = _heaviest(winning, lead)
    return found, winning


def _votes(left: Side, right: Side, edges: Edges, size: int, knots: Whole, near: Whole) -> tuple[Whole, Real]:
    """Return the pairs of sentences that share something, as ``left * len(right) + right``, and their weight."""
    many = (left.held(size), right.held(size))
    product = many[0][edges.left] * many[1][edges.right]
    seen, rare = product > 0, product <= FEW
    weight = _rarity(many[0][edges.left], len(left)) + _rarity(many[1][edges.right], len(right))
    weight = edges.trust * np.clip(weight, 0, None) / 2
    parts = [(near[:, 0] * len(right) + near[:, 1], np.full(len(near), LEAD))]
    for found in (_all_pairs, _near_pairs):  # one after the other: these are the largest tables of all
        chosen = np.flatnonzero(seen & rare if found is _all_pairs else seen & ~rare)
        which, rows, columns = found(left, right, edges, chosen, size, knots)
        parts.append((rows * len(right) + columns, weight[which]))
        del which, rows, columns
    keys, given = (np.concatenate(told) for told in zip(*parts, strict=True))
    del parts
    order = np.argsort(keys, kind="stable")
    keys, given = keys[order], given[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    votes: Real = np.add.reduceat(given, first) if len(first) else given
    return keys[first], votes


def _rarity(held: Whole, count: int) -> Real:
    found: Real = np.log((count + 1) / (held + 0.5))
    return found


def _postings(side: Side, size: int) -> tuple[Whole, Whole]:
    """The sentences that hold each type, and where those of each begin."""
    order = np.argsort(side.types, kind="stable")
    return side.owner()[order], np.concatenate([[0], np.cumsum(side.held(size))])


def _all_pairs(
    left: Side, right: Side, edges: Edges, chosen: Whole, size: int, _knots: Whole
) -> tuple[Whole, Whole, Whole]:
    """For the *chosen* edges every pair of sentences."""
    rows, begin = _postings(left, size)
    columns, start = _postings(right, size)
    one = edges.left[chosen]
    which, place = spread(begin[one], begin[one + 1] - begin[one])
    other = edges.right[chosen][which]
    again, there = spread(start[other], start[other + 1] - start[other])
    return chosen[which[again]], rows[place[again]], columns[there]


def _near_pairs(
    left: Side, right: Side, edges: Edges, chosen: Whole, size: int, knots: Whole
) -> tuple[Whole, Whole, Whole]:
    """For the *chosen* edges each left sentence with the two right ones nearest to where it should be."""
    rows, begin = _postings(left, size)
    columns, start = _postings(right, size)
    one = edges.left[chosen]
    which, place = spread(begin[one], begin[one + 1] - begin[one])
    row, other = rows[place], edges.right[chosen][which]
    expected = np.interp(row, knots[:, 0], knots[:, 1])
    kinds = np.repeat(np.arange(size), np.diff(start))
    stride = len(right) + 1
    after = np.searchsorted(kinds * stride + columns, other * stride + expected)
    found = []
    for near in (after - 1, after):
        there = (near >= start[other]) & (near < start[other + 1])
        found.append((chosen[which[there]], row[there], columns[near[there]]))
    first, second, third = (np.concatenate(part) for part in zip(*found, strict=True))
    return first, second, third


def _winning(pairs: Whole, votes: Real, rows: int, columns: int) -> tuple[Whole, Real]:
    """Return the pairs that lead in their row and in their column, and by how much."""
    sides = pairs // columns, pairs % columns
    lead = np.minimum(_lead(sides[0], votes, rows), _lead(sides[1], votes, columns))
    good = lead >= LEAD
    return np.stack(sides, axis=1)[good], lead[good]


def _lead(group: Whole, votes: Real, count: int) -> Real:
    """By how much each leads in its group; negative for all but one."""
    order = np.lexsort((-votes, group))
    starts = np.searchsorted(group[order], np.arange(count + 1))
    first = np.zeros(count)
    second = np.zeros(count)
    one, two = np.diff(starts) > 0, np.diff(starts) > 1
    first[one] = votes[order[starts[:-1][one]]]
    second[two] = votes[order[starts[:-1][two] + 1]]
    best = votes >= first[group]
    found: Real = np.where(best, votes - second[group], votes - first[group] - 1)
    return found


def _heaviest(pairs: Whole, weights: Real) -> Whole:
    """Return the heaviest chain of *pairs* (sorted by the left one) that rises on both sides."""
    if not len(pairs):
        return pairs
    size = int(pairs[:, 1].max()) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # Fenwick: the heaviest chain up to a right sentence
    before = []
    for number, (right, weight) in enumerate(zip(pairs[:, 1].tolist(), weights.tolist(), strict=True)):
        best = max((tree[place] for place in _down(right)), default=(0.0, -1))
        before.append(best[1])
        chain = (best[0] + weight, number)
        for place in _up(right + 1, size):
            if tree[place] < chain:
                tree[place] = chain
    last = max(tree[place] for place in _down(size))[1]
    kept = []
    while last >= 0:
        kept.append(last)
        last = before[last]
    return pairs[kept[::-1]]


def _down(place: int) -> Iterator[int]:
    while place > 0:
        yield place
        place &= place - 1


def _up(place: int, size: int) -> Iterator[int]:
    while place <= size:
        yield place
        place += place & -place


def band(found: Whole, rows: int, columns: int) -> tuple[Whole, Whole]:
    """Return the first and last boundary on the right that is searched for each of ``rows + 1`` on the left.

    Boundary n lies before sentence n. Both rise, and follow the anchors *found*.
    """
    low = np.full(rows + 1, columns)
    high = np.zeros(rows + 1, dtype=np.int64)
    knots = np.concatenate([[[-1, -1]], found, [[rows, columns]]])
    for (a, b), (c, d) in zip(knots[:-1].tolist(), knots[1:].tolist(), strict=True):
        _between(low, high, (max(a, 0), max(b, 0)), (c, d))
    low = np.minimum.accumulate(np.clip(low, 0, columns)[::-1])[::-1]
    high = np.maximum.accumulate(np.clip(high, 0, columns))
    low[0], high[-1] = 0, columns
    return low, high


def _between(low: Whole, high: Whole, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Open the band between two anchors."""
    (a, b), (c, d) = first, last
    start, end = max(a - AROUND, 0), min(c + AROUND, len(low) - 1)
    if (c - a) * (d - b) <= (c - a + d - b) * ROOM:
        low[start : end + 1] = np.minimum(low[start : end + 1], b - AROUND)
        high[start : end + 1] = np.maximum(high[start : end + 1], d + AROUND)
        return
    at = np.arange(start, end + 1)
    line = np.interp(at, [a, c], [b, d])
    wide = ROOM / 2 * max(1.0, (d - b) / max(c - a, 1)) + AROUND
    low[start : end + 1] = np.minimum(low[start : end + 1], (line - wide).astype(np.int64))
    high[start : end + 1] = np.maximum(high[start : end + 1], (line + wide).astype(np.int64))
