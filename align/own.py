"""What two texts say of their own words: how surely the translations of each show, and what more is learned.

    grad    town .5, city .3, nothing .2                          of its sure beads; "hail" is listed, and nearly 0
    les     with "der" in 40 of 60 sure beads, not explained:     der ─ les  is learned, trust (2 · 39 / 140)^(1/2)

A word of a bead has one of its translations there, or none; what else it may mean is there by chance. How often which
is so is shrunk: of a word towards the words of its sort that are as frequent, those towards `TRUST`; of a
translation towards its share of what all lists say of the word, where a list that gives many is believed less of each,
and a list whose translations do not show is believed less of all. So a list that is mostly wrong takes little from one
that is right. What is learned has its say only where what is known has none, the less the fewer beads tell it; and
texts of few beads hardly move what was believed before. Once it is known how translations stand in their beads
(`hexapla.align.slant`), a word that stands elsewhere is taken for chance the more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hexapla.align.chain import Edges, Side, changes, spread, whole
from hexapla.align.path import Spans, Step
from hexapla.align.slant import Placed, Slant

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

FIRM, FIRM_CLASS = 4.0, 20.0
"""Sentences that the prior counts for, of a word and of all words as frequent."""

CLASSES = 15
"""Classes of chance: 1/2, 1/4, ... of the sentences."""

MOST = 0.95
"""Neither trust nor chance is more than this."""

TURNS = 4
"""Times that the mixture of what a word means in its beads is estimated."""

LAYERS = 2
"""Times that pairs of words are learned from a path: the second finds what the first pairs leave unexplained."""

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
    slant: Slant | None = None  # how translations stand in them, where that is known

    def turned(self) -> Seen:
        """Return the same from the right side."""
        steps = [Step(step.column, step.row, step.right, step.left, step.lead) for step in self.steps]
        return Seen(self.right, self.left, self.edges.turned(), steps, self.slant)


def share(side: Side, size: int) -> Real:
    """Return the share of the sentences of *side* that hold each of *size* types, half a one at least."""
    found: Real = np.clip(np.maximum(side.held(size), 0.5) / (len(side) + 1), 0, MOST)
    return found


def sorts(edges: Edges, figures: Flags) -> Whole:
    """Return the sort of each left type, as in `TRUST`: 0 a word, 1 a figure, 2 a word that has weak edges only."""
    best = np.zeros(len(figures))
    np.maximum.at(best, edges.left, edges.trust)
    found: Whole = np.where(figures, 1, np.where(best <= ALIKE, 2, 0)).astype(np.int64)
    return found


def presumed(edges: Edges, other: Side, figures: Flags) -> Edges:
    """Return how surely each edge shows in what translates a sentence with its left type, before the text is read."""
    return _Shares.of(edges, other, len(figures)).given(np.array(TRUST)[sorts(edges, figures)])


@dataclass(frozen=True, slots=True)
class _Shares:
    """How the translations of each left type share it, before the text is read: by list, and there by frequency.

    Edges of one trust are taken for those of one list.
    """

    edges: Edges
    lists: Whole  # of each edge
    part: Real  # of its list, each edge

    @classmethod
    def of(cls, edges: Edges, other: Side, size: int) -> _Shares:
        lists = np.unique(np.round(edges.trust, 2), return_inverse=True)[1].reshape(-1)
        group = np.unique(edges.left * (lists.max(initial=0) + 1) + lists, return_inverse=True)[1].reshape(-1)
        often = share(other, size)[edges.right]
        return cls(edges, lists, often / np.bincount(group, often)[group] if len(often) else often)

    def given(self, surely: Real, believed: Real | None = None) -> Edges:
        """Return the edges with what each left type is trusted, *surely*, between them; *believed* is of each list."""
        weight = self.part * self.edges.trust * (1.0 if believed is None else believed[self.lists])
        total = np.bincount(self.edges.left, weight, len(surely))[self.edges.left]
        return Edges(self.edges.left, self.edges.right, surely[self.edges.left] * weight / np.maximum(total, 1e-12))


def trusted(seen: Seen, figures: Flags) -> Edges:
    """Return how surely each edge shows in the right sentences of a bead that has its left type, as the beads tell.

    A mixture, by expectation and maximization: each word of a bead is translated by one of its edges or by none, and
    everything else is there by chance.
    """
    edges, size = seen.edges, len(figures)
    shares, kinds = _Shares.of(edges, seen.right, size), _Kinds.of(seen, figures)
    mine, theirs = _sides(seen)
    hits = _Hits.of(edges, mine, theirs, seen)
    count = np.bincount(mine.type, minlength=size).astype(np.float64)
    surely, believed = np.array(TRUST)[sorts(edges, figures)], np.ones(shares.lists.max(initial=0) + 1)
    said = prior = shares.given(surely)
    for _ in range(TURNS):
        told: Real = np.bincount(hits.edge, hits.answered(said, size), len(edges.left)).astype(np.float64)
        shown: Real = np.bincount(edges.left, told, size).astype(np.float64)
        expected = shown[edges.left] * prior.trust / np.maximum(surely[edges.left], 1e-12)
        believed = believed * _firmly(shares.lists, told, expected, np.ones(len(believed)))
        surely = kinds.shrunk(shown, count)
        prior = shares.given(surely, believed)
        said = Edges(edges.left, edges.right, (told + FIRM * prior.trust) / (count[edges.left] + FIRM))
    return said


def _firmly(group: Whole, told: Real, count: Real, before: Real) -> Real:
    """What is *told* of each group for its *count*, shrunk towards what was believed *before*."""
    size = len(before)
    found: Real = (np.bincount(group, told, size) + FIRM_CLASS * before) / (
        np.bincount(group, count, size) + FIRM_CLASS
    )
    return found


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Left types that are much alike: of one sort, with translations of one trust, and as easily met by chance."""

    kind: Whole  # of each type
    known: Flags  # types that have edges
    before: Real  # how far each kind is trusted before the text is read

    @classmethod
    def of(cls, seen: Seen, figures: Flags) -> _Kinds:
        edges, size = seen.edges, len(figures)
        lists = np.unique(np.round(edges.trust, 2), return_inverse=True)[1].reshape(-1)
        best = np.zeros(size, dtype=np.int64)
        np.maximum.at(best, edges.left, lists)
        missed = np.bincount(edges.left, np.log1p(-share(seen.right, size)[edges.right]), size)
        chance = np.clip(-np.expm1(missed), 0.5 / (len(seen.right) + 1), MOST)
        frequency = np.clip(CLASSES - 1 + np.floor(np.log2(chance)), 0, CLASSES - 1).astype(np.int64)
        many = int(lists.max(initial=0)) + 1
        kind = (sorts(edges, figures) * many + best) * CLASSES + frequency
        return cls(kind, np.bincount(edges.left, minlength=size) > 0, np.repeat(TRUST, many * CLASSES))

    def shrunk(self, shown: Real, count: Real) -> Real:
        """Return how far each type is trusted by its kind: translations *shown* in *count* beads."""
        told = _firmly(self.kind[self.known], shown[self.known], count[self.known], self.before)
        return told[self.kind]


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where left words of beads meet something in them: parallel arrays of the word's place, the edge, its chance."""

    words: int  # of all beads
    place: Whole
    edge: Whole
    chance: Real  # that the edge's right type would be there anyway, and there

    @classmethod
    def of(cls, edges: Edges, mine: _Held, theirs: _Held, seen: Seen) -> _Hits:
        """Find the edges of *mine* that meet *theirs*, which are sides of the beads of *seen*."""
        begin = np.searchsorted(edges.left, mine.type)
        which, edge = spread(begin, np.searchsorted(edges.left, mine.type, side="right") - begin)
        size = max(int(side.types.max(initial=0)) for side in (seen.left, seen.right)) + 1
        wanted = mine.bead[which] * size + edges.right[edge]
        held = np.append(theirs.bead * size + theirs.type, -1)  # in order, and what nothing equals
        place = np.searchsorted(held[:-1], wanted)
        there = held[place] == wanted
        which, edge, place = which[there], edge[there], place[there]
        bead = mine.bead[which]
        wide = theirs.size[bead] / max(float(np.maximum(seen.right.length, 1).mean()), 1.0)
        chance = 1 - (1 - share(seen.right, size)[edges.right[edge]]) ** wide
        if seen.slant:
            length = np.sqrt(mine.size * theirs.size)[bead]
            chance = chance / seen.slant.counted(np.abs(mine.at[which] - theirs.at[place]) * length, length)
        return cls(len(mine.type), which, edge, chance)

    def odds(self, said: Edges, size: int) -> Real:
        """Return how much likelier each edge translates its word than none does."""
        surely = np.minimum(np.bincount(said.left, said.trust, size), MOST)
        found: Real = said.trust[self.edge] / (1 - surely[said.left[self.edge]]) / self.chance
        return found

    def answered(self, said: Edges, size: int) -> Real:
        """Return the chance that each edge is what translates its word."""
        odds = self.odds(said, size)
        found: Real = odds / (1 + np.bincount(self.place, odds, self.words))[self.place]
        return found


def learned(seen: Seen, said: tuple[Edges, Edges], size: int) -> Edges:
    """Return pairs of types that keep each other's company in the sure beads of *seen*, in order.

    Only what the known edges, as surely as is *said* from both sides, leave unexplained in a bead counts.
    """
    parts = _unexplained(seen, said, size)
    total = len(seen.steps)
    held = [np.bincount(side.type, minlength=size).astype(np.float64) for side in parts]
    keys, chance = _together(*parts, held, size, seen.slant)
    pairs, told = np.unique(keys, return_counts=True)
    left, right, counts = pairs // size, pairs % size, told.astype(np.float64)
    one, other = held[0][left], held[1][right]
    ratio = np.minimum(
        _ratio(counts, one, np.maximum(other * chance, counts), total),
        _ratio(counts, np.maximum(one * chance, counts), other, total),
    )
    ratio[(counts < 2) | (counts * total <= one * other * chance)] = 0
    best = np.zeros((2, size))
    np.maximum.at(best[0], left, ratio)
    np.maximum.at(best[1], right, ratio)
    kept = (ratio >= SIGNIFICANT) & (ratio >= RIVAL * np.maximum(best[0][left], best[1][right]))
    return Edges(left[kept], right[kept], np.sqrt(2 * (counts - 1) / (one + other))[kept])


def joined(parts: Sequence[Edges]) -> Edges:
    """Return the edges of all *parts*; what two have keeps the higher trust."""
    left, right = (np.concatenate([getattr(one, side) for one in parts]) for side in ("left", "right"))
    trusts = np.concatenate([one.trust for one in parts])
    order = np.lexsort((trusts, right, left))
    left, right, trusts = left[order], right[order], trusts[order]
    last = np.ones(len(left), dtype=bool)
    last[:-1] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return Edges(left[last], right[last], trusts[last])


def taught(seen: Seen, figures: Flags) -> tuple[Edges, Edges]:
    """Return how surely the words of each side show in the other, by the edges of *seen* and those learned.

    `LEAST` beads or fewer teach nothing.
    """
    turned, size = seen.turned(), len(figures)
    said = presumed(seen.edges, seen.right, figures), presumed(turned.edges, turned.right, figures)
    if len(seen.steps) <= LEAST:
        return said
    far = 1 - (LEAST / len(seen.steps)) ** 2
    seen = sample(seen)
    said = _moved(said[0], trusted(seen, figures), far), _moved(said[1], trusted(seen.turned(), figures), far)
    kept = KEPT * len(seen.steps) / (len(seen.steps) + FEW)
    for _ in range(LAYERS):
        more = learned(seen, said, size)
        said = _having(said[0], more, kept, size), _having(said[1], more.turned(), kept, size)
    return said


def _moved(before: Edges, told: Edges, far: float) -> Edges:
    """What was believed *before*, so *far* (0 to 1) on the way to what is *told* of the same edges."""
    return Edges(before.left, before.right, before.trust + far * (told.trust - before.trust))


def _having(said: Edges, more: Edges, kept: float, size: int) -> Edges:
    """What is *said* and what *more* is learned, of which so much is *kept*, where the former says nothing."""
    free = 1 - np.minimum(np.bincount(said.left, said.trust, size), MOST)
    return joined([said, Edges(more.left, more.right, kept * more.trust * free[more.left])])


def sample(seen: Seen) -> Seen:
    """Return *seen* with at most `SAMPLE` beads, evenly taken."""
    return replace(seen, steps=evenly(seen.steps, SAMPLE))


def evenly(steps: Sequence[Step], most: int) -> Sequence[Step]:
    """Return at most so many of *steps*, evenly taken."""
    return steps[:: -(-len(steps) // most) or 1]


def together(parts: Sequence[Seen]) -> Seen:
    """Return *parts* as one: the sentences of each after those of the one before."""
    left, right = whole([one.left for one in parts]), whole([one.right for one in parts])
    return Seen(left, right, joined([one.edges for one in parts]), steps_of(parts))


def steps_of(parts: Sequence[Seen]) -> list[Step]:
    """Return the steps of *parts* where they stand in all of them `together`."""
    row = column = 0
    steps = []
    for one in parts:
        steps += [Step(row + s.row, column + s.column, s.left, s.right, s.lead) for s in one.steps]
        row, column = row + len(one.left), column + len(one.right)
    return steps


class _Held(NamedTuple):
    """The types of one side of each bead, each once: parallel arrays in the order of the beads, then of the types."""

    bead: Whole
    type: Whole
    at: Real  # share of the bead's letters before it; not a number where it stands more than once, or nowhere
    size: Real  # letters of each bead

    def kept(self, which: Flags) -> _Held:
        """Return those that *which* says."""
        return _Held(self.bead[which], self.type[which], self.at[which], self.size)


def _tokens(side: Side, first: Whole, count: Whole) -> _Held:
    placed = Placed.of(side)
    size = placed.sizes(first, count)
    owner, place = spread(side.start[first], side.start[first + count] - side.start[first])
    at = placed.after(place, first[owner]) / size[owner]
    types = side.types[place]
    key = owner * (int(types.max(initial=0)) + 1) + types
    order = np.argsort(key, kind="stable")
    new = changes(key[order])
    once = np.diff(new, append=len(key)) == 1
    kept = order[new]
    return _Held(owner[kept], types[kept], np.where(once, at[kept], np.nan), size)


def _sides(seen: Seen) -> tuple[_Held, _Held]:
    """The types of both sides of each bead."""
    beads = Spans.of(seen.steps)
    return _tokens(seen.left, beads.row, beads.left), _tokens(seen.right, beads.column, beads.right)


def _unexplained(seen: Seen, said: tuple[Edges, Edges], size: int) -> tuple[_Held, _Held]:
    """The types of both sides of each bead that are likelier not translated by what is *said* than so."""
    one, other = _sides(seen)
    return _free(seen, said[0], one, other, size), _free(seen.turned(), said[1], other, one, size)


def _free(seen: Seen, said: Edges, mine: _Held, theirs: _Held, size: int) -> _Held:
    hits = _Hits.of(said, mine, theirs, seen)
    free = np.bincount(hits.place, hits.odds(said, size), hits.words) < 1
    return mine.kept(free)


def _together(one: _Held, other: _Held, held: Sequence[Real], size: int, slant: Slant | None) -> tuple[Whole, float]:
    """The pairs of types, as ``left * size + right``, that stand in one bead, once for each bead, where they may.

    That is not far from its diagonal; the share of all pairs that are so is of those that meet by chance.
    """
    mine, theirs = (side.kept(count[side.type] > 1) for side, count in zip((one, other), held, strict=True))
    begin, end = np.searchsorted(theirs.bead, mine.bead), np.searchsorted(theirs.bead, mine.bead, side="right")
    which, place = spread(begin, end - begin)
    found: Whole = mine.type[which] * size + theirs.type[place]
    if slant is None or not len(found):
        return found, 1.0
    length = np.sqrt(mine.size * theirs.size)[mine.bead[which]]
    away = np.abs(mine.at[which] - theirs.at[place]) * length
    near = ~(slant.ratio(away, length) < 1)
    return found[near], float(near.mean())


def _ratio(both: Real, left: Real, right: Real, total: int) -> Real:
    """Dunning's log-likelihood ratio of two types that stand *both* in so many of *total* beads."""
    cells: list[tuple[Real, Real, Real]] = [(both, left, right), (left - both, left, total - right)]
    cells += [(right - both, total - left, right), (total - left - right + both, total - left, total - right)]
    found = np.zeros(len(both))
    for seen, row, column in cells:
        expected = np.maximum(row * column / max(total, 1), 1e-9)
        found += np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / expected), 0)
    return 2 * found
