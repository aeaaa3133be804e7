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
    Small = NDArray[np.uint8]

FEW = 100
"""Pairs of sentences that a feature may vote for; a more frequent one votes for the nearest only."""

LEAD = 3.0
"""By how much (nats) an anchor must win over its rivals in its row and column."""

BLOCK = 256
"""Left sentences that vote together."""

AROUND = 10
"""Sentences around an anchor that are searched."""

ROOM = 60
"""Cells for each sentence between two anchors that are searched at most; beyond, what is near the straight line."""


UNPLACED = 255
"""The place of a type that stands in a sentence more than once, or nowhere."""


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one document: those of sentence n are ``types[start[n]:start[n + 1]]``, each type once."""

    start: Whole
    types: Whole
    length: Real  # letters of each sentence
    place: Small  # of each of `types` in its sentence, 0 at its beginning and 254 at its end, or `UNPLACED`

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
    types, length, place = (
        np.concatenate([getattr(one, name) for one in sides]) for name in ("types", "length", "place")
    )
    return Side(start, types, length, place)


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


def distinct(values: Whole) -> Whole:
    """Return the different *values*, in order; where they are nearly so already, much faster than numpy does.

    >>> distinct(np.array([2, 2, 5, 3]))
    array([2, 3, 5])
    """
    held = np.sort(values, kind="stable")
    return held[changes(held)]


def changes(held: Whole) -> Whole:
    """Return where in *held*, in order, each different value first stands.

    >>> changes(np.array([2, 2, 5]))
    array([0, 2])
    """
    new = np.ones(len(held), dtype=bool)
    np.not_equal(held[1:], held[:-1], out=new[1:])
    return np.flatnonzero(new)


def anchors(left: Side, right: Side, edges: Edges, size: int, near: Whole) -> Whole:
    """Return the sure one-to-one anchors as rows of (left, right), rising on both sides; *size* is of all types."""
    return sought(left, right, edges, size, near)[0]


def sought(left: Side, right: Side, edges: Edges, size: int, near: Whole) -> tuple[Whole, Whole]:
    """Return the anchors, and the pairs that they were chosen of: all that win on both sides, in order.

    A second look begins where the first one led: what is nearest is then sought along the first chain. The pairs of
    sentences in *near* have a vote of `LEAD` each beside what the features say.
    """
    ends = np.array([[-1, -1], [len(left), len(right)]])
    polls = _Polls.of(left, right, edges, size, near)
    found = winning = np.zeros((0, 2), dtype=np.int64)
    for _ in range(2):
        winning, lead = _winning(polls, np.concatenate([ends[:1], found, ends[1:]]))
        found = _heaviest(winning, lead)
    return found, winning


@dataclass(frozen=True, slots=True)
class _Polls:
    """Who votes for pairs of sentences: the features of the left ones, for the right ones that hold what they meet.

    Types are numbered; ``holders[start[n]:start[n + 1]]`` are the right sentences that hold type n.
    """

    left: Side
    right: Side
    edges: Edges
    begin: Whole  # where the edges of each left type begin
    start: Whole
    holders: Whole
    places: Real  # type and sentence of each of `holders`, as one number that rises
    weight: Real  # of each edge
    few: NDArray[np.bool_]  # whether an edge may vote for all its pairs
    near: Whole  # in the order of the left sentences

    @classmethod
    def of(cls, left: Side, right: Side, edges: Edges, size: int, near: Whole) -> _Polls:
        many = left.held(size)[edges.left], right.held(size)[edges.right]
        weight = _rarity(many[0], len(left)) + _rarity(many[1], len(right))
        start = np.concatenate([[0], np.cumsum(right.held(size))])
        holders = right.owner()[np.argsort(right.types, kind="stable")]
        return cls(
            left,
            right,
            edges,
            np.searchsorted(edges.left, np.arange(size + 1)),
            start,
            holders,
            np.repeat(np.arange(size) * (len(right) + 1.0), np.diff(start)) + holders,
            edges.trust * np.clip(weight, 0, None) / 2,
            many[0] * many[1] <= FEW,
            near[np.argsort(near[:, 0], kind="stable")],
        )

    def votes(self, first: int, last: int, knots: Real) -> tuple[Whole, Real]:
        """Return the pairs of the left sentences ``[first, last)``, as ``left * len(right) + right``, and their votes.

        A frequent feature votes for what is nearest to the way from knot to knot.
        """
        types = self.left.types[self.left.start[first] : self.left.start[last]]
        owner = np.repeat(np.arange(first, last), np.diff(self.left.start[first : last + 1]))
        which, edge = spread(self.begin[types], self.begin[types + 1] - self.begin[types])
        rows, few = owner[which], self.few[edge]
        near = self.near[slice(*np.searchsorted(self.near[:, 0], [first, last]))]
        parts = [(near[:, 0], near[:, 1], np.full(len(near), LEAD)), self._all(rows[few], edge[few])]
        parts += self._nearest(rows[~few], edge[~few], knots)
        row, column, given = (np.concatenate(told) for told in zip(*parts, strict=True))
        keys = row * len(self.right) + column
        order = np.argsort(keys, kind="stable")
        keys, given = keys[order], given[order]
        new = changes(keys)
        votes: Real = np.add.reduceat(given, new) if len(new) else given
        return keys[new], votes

    def _all(self, rows: Whole, edge: Whole) -> tuple[Whole, Whole, Real]:
        """For sentences, with an edge of each, every right sentence: row, column, vote."""
        other = self.edges.right[edge]
        which, place = spread(self.start[other], self.start[other + 1] - self.start[other])
        return rows[which], self.holders[place], self.weight[edge[which]]

    def _nearest(self, rows: Whole, edge: Whole, knots: Real) -> Iterator[tuple[Whole, Whole, Real]]:
        """The same for the right sentences nearest to where they should be: those before, then those after."""
        other = self.edges.right[edge]
        expected = np.interp(rows, knots[:, 0], knots[:, 1])
        after = np.searchsorted(self.places, other * (len(self.right) + 1) + expected)
        for place in (after - 1, after):
            there = (place >= self.start[other]) & (place < self.start[other + 1])
            yield rows[there], self.holders[place[there]], self.weight[edge[there]]


def _rarity(held: Whole, count: int) -> Real:
    found: Real = np.log((count + 1) / (held + 0.5))
    return found


def _winning(polls: _Polls, way: Whole) -> tuple[Whole, Real]:
    """Return the pairs that lead in their row and in their column by `LEAD`, in order, and by how much.

    The left sentences vote a block at a time, so that not all votes are held at once.
    """
    rows, columns = len(polls.left), len(polls.right)
    knots = way.astype(np.float64, order="F")  # as it is read again and again
    best = _Best(rows), _Best(columns)
    leading = [(np.zeros((0, 2), dtype=np.int64), np.zeros(0))]
    for first in range(0, rows, BLOCK):
        keys, votes = polls.votes(first, min(first + BLOCK, rows), knots)
        sides = keys // max(1, columns), keys % max(1, columns)
        for side, group in zip(best, sides, strict=True):
            side.add(group, votes)
        ahead = best[0].lead(sides[0], votes) >= LEAD
        leading.append((np.stack(sides, axis=1)[ahead], votes[ahead]))
    pairs, votes = (np.concatenate(told) for told in zip(*leading, strict=True))
    lead = np.minimum(best[0].lead(pairs[:, 0], votes), best[1].lead(pairs[:, 1], votes))
    good = lead >= LEAD
    return pairs[good], lead[good]


class _Best:
    """The most and the second most votes in each of *count* groups."""

    def __init__(self, count: int) -> None:
        self.first, self.second = np.zeros(count), np.zeros(count)

    def add(self, group: Whole, votes: Real) -> None:
        """Count more *votes*, each in its *group*."""
        told = distinct(group)
        before = self.first[told]
        np.maximum.at(self.first, group, votes)
        now, most = self.first[told], votes == self.first[group]
        equal = np.bincount(np.searchsorted(told, group[most]), minlength=len(told)) + (before == now)
        np.maximum.at(self.second, group[~most], votes[~most])
        next_best = np.maximum(self.second[told], np.where(before < now, before, 0))
        self.second[told] = np.where(equal > 1, now, next_best)

    def lead(self, group: Whole, votes: Real) -> Real:
        """By how much each leads in its group; not above zero for all but one."""
        return np.where(votes < self.first[group], votes - self.first[group], votes - self.second[group])


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
