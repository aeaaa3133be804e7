"""What two texts say of their own words: what meets by chance, how surely where it should, and what is learned.

    grad  held by 3 % of the right sentences: chance .03          in 9 of its 10 sure beads "town" is there: trust .9
    les   with "der" in 40 of 60 sure beads, and not explained:   der ─ les  is learned, trust (2 · 39 / 140)^(1/2)

Everything is shrunk: a word towards the words that are as frequent, those towards `TRUST`. What is learned counts all
sure beads but the one at hand, so that nothing confirms itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, spread
from hexapla.align.path import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TRUST = 0.55
"""The share of words whose translation, where one is known, stands in an aligned sentence, before the text is read."""

FIRM, FIRM_CLASS = 4.0, 20.0
"""Sentences that the prior counts for, of a word and of all words as frequent."""

CLASSES = 15
"""Classes of chance: 1/2, 1/4, ... of the sentences."""

MOST = 0.95
"""Neither chance nor trust is more than this."""

SIGNIFICANT = 16.0
"""The log-likelihood ratio (Dunning 1993) from which on two words belong together; one in 16,000 does by chance."""

RIVAL = 0.9
"""A word's pair is kept where it has this share of the ratio of the best pair of either word."""

SAMPLE = 20_000
"""Beads of one collection that are learned from at most, evenly taken."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Sure beads of one pair of documents: `edges` tell which types meet."""

    left: Side
    right: Side
    edges: Edges
    steps: Sequence[Step]

    def turned(self) -> Seen:
        """Return the same from the right side."""
        steps = [Step(step.column, step.row, step.right, step.left, step.lead) for step in self.steps]
        return Seen(self.right, self.left, self.edges.turned(), steps)


def chance(edges: Edges, other: Side, size: int) -> Real:
    """Return, for each left type, the share of sentences of the *other* side that hold something it meets.

    What is met by nothing has half a sentence.
    """
    held = np.clip(other.held(size) / max(1, len(other)), 0, MOST)
    missed = np.bincount(edges.left, np.log1p(-held[edges.right]), size)
    found: Real = np.clip(-np.expm1(missed), 0.5 / (len(other) + 1), MOST)
    return found


def trust(seen: Seen, size: int) -> Real:
    """Return, for each left type, how surely what it meets stands in the right sentences of its bead.

    A word that is not met tells how often it is not translated: of the beads where chance would not show it either.
    """
    by_chance = chance(seen.edges, seen.right, size)
    beads, types, missed = _missed(seen, size)
    width = np.array([step.right for step in seen.steps], dtype=np.float64)[beads]
    misses = np.bincount(types, missed, size)
    expected = np.bincount(types, (1 - by_chance[types]) ** width, size)
    kind = np.clip(CLASSES - 1 + np.floor(np.log2(by_chance)), 0, CLASSES - 1).astype(np.int64)
    known = np.zeros(size, dtype=bool)
    known[seen.edges.left] = True
    shared = np.bincount(kind[known], misses[known], CLASSES) + FIRM_CLASS * (1 - TRUST)
    missing = shared / (np.bincount(kind[known], expected[known], CLASSES) + FIRM_CLASS)
    found: Real = np.clip(1 - (misses + FIRM * missing[kind]) / (expected + FIRM), 0.01, MOST)
    return found


def _missed(seen: Seen, size: int) -> tuple[Whole, Whole, Real]:
    """The types of the left side of each bead, and whether they meet nothing in it: beads, types, 0 or 1."""
    left, right = _parts(seen.steps)
    beads, types = _tokens(seen.left, *left)
    met = _met(seen.edges, (beads, types), _tokens(seen.right, *right), size)
    return beads, types, (~met).astype(np.float64)


def learned(seen: Sequence[Seen], size: int) -> Edges:
    """Return pairs of types that keep each other's company in the sure beads of *seen*, in order.

    Only what the known edges leave unexplained in a bead counts.
    """
    parts = [_unexplained(one, size) for one in seen]
    total = sum(len(one.steps) for one in seen)
    held = [np.zeros(size), np.zeros(size)]
    for part in parts:
        for side in (0, 1):
            held[side] += np.bincount(part[side][1], minlength=size)
    keys = [_together(*part, held, size) for part in parts]
    pairs, counts = np.unique(np.concatenate([*keys, np.zeros(0, dtype=np.int64)]), return_counts=True)
    left, right = pairs // size, pairs % size
    ratio = _ratio(counts.astype(np.float64), held[0][left], held[1][right], total)
    ratio[(counts < 2) | (counts * total <= held[0][left] * held[1][right])] = 0
    best = np.zeros((2, size))
    np.maximum.at(best[0], left, ratio)
    np.maximum.at(best[1], right, ratio)
    kept = (ratio >= SIGNIFICANT) & (ratio >= RIVAL * np.maximum(best[0][left], best[1][right]))
    left, right, counts = left[kept], right[kept], counts[kept]
    return Edges(left, right, np.sqrt(2 * (counts - 1) / (held[0][left] + held[1][right])))


def joined(parts: Sequence[Edges]) -> Edges:
    """Return the edges of all *parts*; what two have keeps the higher trust."""
    left, right = (np.concatenate([getattr(one, side) for one in parts]) for side in ("left", "right"))
    trusts = np.concatenate([one.trust for one in parts])
    order = np.lexsort((trusts, right, left))
    left, right, trusts = left[order], right[order], trusts[order]
    last = np.ones(len(left), dtype=bool)
    last[:-1] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return Edges(left[last], right[last], trusts[last])


def taught(seen: Seen, size: int) -> tuple[Edges, tuple[Real, Real]]:
    """Return the edges with those that the beads *seen* tell of, and how far the words of each side are trusted."""
    seen = sample([seen])[0]
    edges = joined([seen.edges, learned([seen], size)])
    told = Seen(seen.left, seen.right, edges, seen.steps)
    return edges, (trust(told, size), trust(told.turned(), size))


def sample(seen: Sequence[Seen]) -> list[Seen]:
    """Return *seen* with at most `SAMPLE` beads, evenly taken."""
    every = -(-sum(len(one.steps) for one in seen) // SAMPLE) or 1
    return [Seen(one.left, one.right, one.edges, one.steps[::every]) for one in seen]


def _parts(steps: Sequence[Step]) -> tuple[tuple[Whole, Whole], tuple[Whole, Whole]]:
    """The first sentence and the number of sentences of each step, left and right."""
    table = np.array([(step.row, step.left, step.column, step.right) for step in steps], dtype=np.int64).reshape(-1, 4)
    return (table[:, 0], table[:, 1]), (table[:, 2], table[:, 3])


def _tokens(side: Side, first: Whole, count: Whole) -> tuple[Whole, Whole]:
    """The types of each bead, each once: beads (in order) and types."""
    bead, place = spread(side.start[first], side.start[first + count] - side.start[first])
    pairs = np.unique(np.stack([bead, side.types[place]], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _met(edges: Edges, mine: tuple[Whole, Whole], theirs: tuple[Whole, Whole], size: int) -> Flags:
    """Which of *mine* (beads and types) meet one of *theirs* in the same bead."""
    begin = np.searchsorted(edges.left, np.arange(size + 1))
    beads, types = mine
    which, place = spread(begin[types], begin[types + 1] - begin[types])
    there = np.isin(beads[which] * size + edges.right[place], theirs[0] * size + theirs[1])
    found = np.zeros(len(types), dtype=bool)
    found[which[there]] = True
    return found


def _unexplained(seen: Seen, size: int) -> tuple[tuple[Whole, Whole], tuple[Whole, Whole]]:
    one, other = (_tokens(side, *part) for side, part in zip((seen.left, seen.right), _parts(seen.steps), strict=True))
    mine, theirs = ~_met(seen.edges, one, other, size), ~_met(seen.edges.turned(), other, one, size)
    return (one[0][mine], one[1][mine]), (other[0][theirs], other[1][theirs])


def _together(one: tuple[Whole, Whole], other: tuple[Whole, Whole], held: Sequence[Real], size: int) -> Whole:
    """The pairs of types, as ``left * size + right``, that stand in one bead, once for each bead."""
    sides = [
        (beads[often], types[often])
        for (beads, types), count in zip((one, other), held, strict=True)
        for often in [count[types] > 1]
    ]
    (bead, mine), (there, theirs) = sides
    begin, end = np.searchsorted(there, bead), np.searchsorted(there, bead, side="right")
    which, place = spread(begin, end - begin)
    found: Whole = mine[which] * size + theirs[place]
    return found


def _ratio(both: Real, left: Real, right: Real, total: int) -> Real:
    """Dunning's log-likelihood ratio of two types that stand *both* in so many of *total* beads."""
    cells: list[tuple[Real, Real, Real]] = [(both, left, right), (left - both, left, total - right)]
    cells += [(right - both, total - left, right), (total - left - right + both, total - left, total - right)]
    found = np.zeros(len(both))
    for seen, row, column in cells:
        expected = np.maximum(row * column / max(total, 1), 1e-9)
        found += np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / expected), 0)
    return 2 * found
