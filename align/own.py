"""What two texts say of their own words: what meets by chance, how surely where it should, and what is learned.

    grad    held by 3 % of the right sentences: chance .03        in 9 of its 10 sure beads "town" is there: trust .9
    les     with "der" in 40 of 60 sure beads, not explained:     der ─ les  is learned, trust (2 · 39 / 140)^(1/2)
    banka   listed as "bench", too; never met where both stand:   banka ─ bench  is dropped

Everything is shrunk: a word towards the words of its sort that are as frequent, those towards `TRUST`; what is learned
towards nothing, the more so the fewer beads tell it. What is learned has no say in how far what is known is trusted,
for it was chosen to fit these beads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, distinct, spread, whole
from hexapla.align.path import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TRUST = (0.55, 0.75, 0.45)
"""The share of words, of figures and of words that only look alike whose counterpart, where one is known, stands in an
aligned sentence, before the text is read."""

ALIKE = 0.5
"""Trust of a pair of words that look alike; what is trusted no more than this is of the third sort."""

OFTEN, MORE, SHARE = 8, 1.5, 0.1
"""An edge is dropped where both its words stand in so many sure beads, and together only in so many times what chance
gives and that share of the rarer one's."""

FIRM, FIRM_CLASS = 4.0, 20.0
"""Sentences that the prior counts for, of a word and of all words as frequent."""

CLASSES = 15
"""Classes of chance: 1/2, 1/4, ... of the sentences."""

LITTLE, MOST = 0.01, 0.95
"""Trust is no less than the one; neither it nor chance is more than the other."""

KEPT, FEW = 0.9, 300
"""The share of its trust among the sure beads that a learned pair keeps for the others, of many beads; and how many
beads halve it: what few beads tell is little more than chance."""

SIGNIFICANT = 16.0
"""The log-likelihood ratio (Dunning 1993) from which on two words belong together; one in 16,000 does by chance."""

RIVAL = 0.9
"""A word's pair is kept where it has this share of the ratio of the best pair of either word."""

LEAST = 100
"""Sure beads without which nothing is learned of words."""

SAMPLE = 20_000
"""Beads of one collection that are learned from at most, evenly taken."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Sure beads of a pair of documents, or of a collection: `edges` tell which types meet."""

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


def sorts(edges: Edges, figures: Flags) -> Whole:
    """Return the sort of each left type, as in `TRUST`: 0 a word, 1 a figure, 2 a word that has weak edges only."""
    best = np.zeros(len(figures))
    np.maximum.at(best, edges.left, edges.trust)
    found: Whole = np.where(figures, 1, np.where(best <= ALIKE, 2, 0)).astype(np.int64)
    return found


def presumed(edges: Edges, figures: Flags) -> Real:
    """Return how far each left type is trusted before the text is read."""
    found: Real = np.array(TRUST)[sorts(edges, figures)]
    return found


def trust(seen: Seen, figures: Flags) -> Real:
    """Return, for each left type, how surely what it meets stands in the right sentences of its bead.

    A word that is not met tells how often it is not translated: of the beads where chance would not show it either.
    """
    size = len(figures)
    by_chance = chance(seen.edges, seen.right, size)
    beads, types, missed = _missed(seen, size)
    width = np.array([step.right for step in seen.steps], dtype=np.float64)[beads]
    misses = np.bincount(types, missed, size)
    expected = np.bincount(types, (1 - by_chance[types]) ** width, size)
    frequency = np.clip(CLASSES - 1 + np.floor(np.log2(by_chance)), 0, CLASSES - 1).astype(np.int64)
    kind = sorts(seen.edges, figures) * CLASSES + frequency
    known = np.zeros(size, dtype=bool)
    known[seen.edges.left] = True
    count = CLASSES * len(TRUST)
    shared = np.bincount(kind[known], misses[known], count) + FIRM_CLASS * (1 - np.repeat(TRUST, CLASSES))
    missing = shared / (np.bincount(kind[known], expected[known], count) + FIRM_CLASS)
    found: Real = np.clip(1 - (misses + FIRM * missing[kind]) / (expected + FIRM), LITTLE, MOST)
    return np.where(known, found, LITTLE)


def _missed(seen: Seen, size: int) -> tuple[Whole, Whole, Real]:
    """The types of the left side of each bead, and whether they meet nothing in it: beads, types, 0 or 1."""
    left, right = _parts(seen.steps)
    beads, types = _tokens(seen.left, *left)
    met = _met(seen.edges, (beads, types), _tokens(seen.right, *right), size)
    return beads, types, (~met).astype(np.float64)


def learned(seen: Seen, size: int) -> Edges:
    """Return pairs of types that keep each other's company in the sure beads of *seen*, in order.

    Only what the known edges leave unexplained in a bead counts.
    """
    parts = _unexplained(seen, size)
    total = len(seen.steps)
    held = [np.bincount(types, minlength=size).astype(np.float64) for _, types in parts]
    keys = _together(*parts, held, size)
    pairs, counts = np.unique(keys, return_counts=True)
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


def taught(seen: Seen, figures: Flags) -> tuple[Edges, tuple[Real, Real]]:
    """Return the edges that the beads *seen* uphold or tell of, and how far the words of each side are trusted.

    Fewer than `LEAST` beads teach nothing.
    """
    if len(seen.steps) < LEAST:
        return seen.edges, (presumed(seen.edges, figures), presumed(seen.edges.turned(), figures))
    seen = sample(seen)
    upheld = Seen(seen.left, seen.right, _upheld(seen, len(figures)), seen.steps)
    more = learned(upheld, len(figures))
    kept = KEPT * len(seen.steps) / (len(seen.steps) + FEW)
    trusts = _surest(trust(upheld, figures), more, kept), _surest(trust(upheld.turned(), figures), more.turned(), kept)
    return joined([upheld.edges, more]), trusts


def _surest(known: Real, more: Edges, kept: float) -> Real:
    """Return how far types are trusted that are known and learn *more*: what is learned has no say in what is known."""
    found = known.copy()
    np.maximum.at(found, more.left, kept * more.trust)
    return found


def _upheld(seen: Seen, size: int) -> Edges:
    """The edges of *seen* but those that the text had many occasions to show, and does not."""
    (bead, mine), (there, theirs) = (
        _tokens(side, *part) for side, part in zip((seen.left, seen.right), _parts(seen.steps), strict=True)
    )
    held = np.bincount(mine, minlength=size), np.bincount(theirs, minlength=size)
    edges = seen.edges
    one, other = held[0][edges.left], held[1][edges.right]
    often = np.flatnonzero((one >= OFTEN) & (other >= OFTEN))
    order = np.argsort(mine, kind="stable")
    begin = np.concatenate([[0], np.cumsum(held[0])])
    which, place = spread(begin[edges.left[often]], one[often])
    met = np.isin(bead[order][place] * size + edges.right[often][which], there * size + theirs)
    both = np.bincount(which[met], minlength=len(often))
    one, other = one[often], other[often]
    kept = np.ones(len(edges.left), dtype=bool)
    kept[often] = both > MORE * one * other / max(1, len(seen.steps)) + SHARE * np.minimum(one, other)
    return Edges(edges.left[kept], edges.right[kept], edges.trust[kept])


def sample(seen: Seen) -> Seen:
    """Return *seen* with at most `SAMPLE` beads, evenly taken."""
    every = -(-len(seen.steps) // SAMPLE) or 1
    return Seen(seen.left, seen.right, seen.edges, seen.steps[::every])


def together(parts: Sequence[Seen]) -> Seen:
    """Return *parts* as one: the sentences of each after those of the one before."""
    row = column = 0
    steps = []
    for one in parts:
        steps += [Step(row + s.row, column + s.column, s.left, s.right, s.lead) for s in one.steps]
        row, column = row + len(one.left), column + len(one.right)
    left, right = whole([one.left for one in parts]), whole([one.right for one in parts])
    return Seen(left, right, joined([one.edges for one in parts]), steps)


def _parts(steps: Sequence[Step]) -> tuple[tuple[Whole, Whole], tuple[Whole, Whole]]:
    """The first sentence and the number of sentences of each step, left and right."""
    table = np.array([(step.row, step.left, step.column, step.right) for step in steps], dtype=np.int64).reshape(-1, 4)
    return (table[:, 0], table[:, 1]), (table[:, 2], table[:, 3])


def _tokens(side: Side, first: Whole, count: Whole) -> tuple[Whole, Whole]:
    """The types of each bead, each once: beads (in order) and types."""
    bead, place = spread(side.start[first], side.start[first + count] - side.start[first])
    types = side.types[place]
    size = int(types.max(initial=0)) + 1
    pairs = distinct(bead * size + types)
    return pairs // size, pairs % size


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
