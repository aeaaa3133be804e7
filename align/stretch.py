"""Two documents and their sure anchors -> the stretches in which one says, sentence by sentence, what the other says.

    en  0 1 2 3 4 5 6 7 8 9          a translation in parts: 0-3 and 8-9 are the same on both sides,
        ║ ║ ║ ║         ║ ║          4-7 is something else, however much of it is on the same things
    hr  0 1 2 3 4 5 6   7 8

Accounts, too, may tell the same in the same order; what they do not do is say nearly every word of one another. So each
sentence of either side is asked for what it says that the other language has a word for, and where it is met:

    in place    within `AWAY` sentences of where the anchors lead, from the one before or from the one after
    elsewhere   within `AROUND` sentences, but not there
    nowhere     what of a translation is expected to be met, by the share of the other text's words that are known

and for its names, dates and figures, steps and things said once. Each is a number for or against (`IN_PLACE` ..
`ASTRAY`). The best sum of stretches, where every change from one that is a translation to one that is not costs `TURN`,
is found by dynamic programming, in time that grows as the texts do.

The numbers began as coefficients of a logistic regression on pairs of short texts of our own (tests/gold, tests/data:
whole, their first 4, 8 and 10 sentences, shuffled, and of two topics); there names and dates count for much more. They
were made milder for them, as names are found and met less often in translations that people made. `EACH` lies in the
gap between the accounts and the translations there; the others are chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

AWAY = 1

IN_PLACE, ELSEWHERE, EXPECTED = 1.5, -0.4, -0.7
"""For a word: by how surprising it is to meet it by chance, -ln(1 - (1 - p)^3), in the three sentences of its place."""

LACKING = -1.0
"""For a name, date or figure that is not met in place."""

EVEN, UNEVEN = 2.5, -0.4
"""For a step from one anchor to the next."""

PLACED, ASTRAY = 0.8, -1.5
"""For a thing that one sentence of each text says, in its place or elsewhere."""

MOST = 8.0
"""The most that one sentence can say, for or against."""

FALLEN = -12.0
"""For an anchor that does not rise with the others, wherever it is: the same in another order is no translation."""

TURN = 8.0
"""What it costs to begin or end a stretch within the texts."""

FREE = 0.7
"""For every sentence: translations are freer than those that the other numbers were learned from."""

EACH, LONG = 0.9 + FREE, 100
"""What is asked of each sentence of the stretches, up to so many: short accounts may tell the same in the same order,
and so closely that only a translation of nearly every word is more; long ones never do.
"""

PARTS = 20.0
"""What is asked of a translation in parts beyond that."""

SPEAKING = 0.15
"""Share of the words of either text that must be known in the other language for the words to be asked."""

NEARLY = 0.8
"""Share of the sentences of a text from which on it is translated as a whole."""

WINDOW = 2 * AWAY + 1

AROUND = 8
"""Sentences around its place in which a word is looked for elsewhere."""

SCARCE = 1 / 12
"""Share of the other text's sentences that any word is expected in at least: words of long texts say no more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of each type of feature, whichever texts hold it."""

    words: Flags  # words that other languages have, by a lexicon
    things: Flags  # names, dates and quantities
    general: Real  # share of sentences of general text that are expected to hold it


@dataclass(frozen=True, slots=True)
class Stretches:
    """How much of two texts runs as a translation, and what is said for it."""

    shares: tuple[float, float] = (0.0, 0.0)  # of the sentences of each side; all where it is none
    margin: float = -1.0  # what is said beyond what is asked, over the root of the sentences; about a log of odds
    balance: float = -1.0  # the same of the whole, where no more is asked than that more is said for it than against
    words: float = 0.0  # 0..1: how much of the known words of these sentences is in place
    things: tuple[int, int] = (0, 0)  # names, dates and figures of these sentences: in place, of all

    @property
    def whole(self) -> bool:
        """Whether nearly all of one text, at least, is translated."""
        return max(self.shares) >= NEARLY


def speaking(one: Side, other: Side, known: Known) -> bool:
    """Return whether enough words of both are known for the words to say whether these are translations."""
    return min(_share(one, known), _share(other, known)) >= SPEAKING


def _share(side: Side, known: Known) -> float:
    said = ~known.things[side.types]
    return float((known.words[side.types] & said).sum() / max(1, said.sum()))


def stretches(
    sides: tuple[Side, Side], edges: Edges, chain: Whole, fallen: int, once: Whole, known: Known
) -> Stretches:
    """Return the stretches of *sides* that translate one another.

    *chain* are the anchors that rise, beside which *fallen* do not; *once* are the pairs of sentences that share
    something which no other sentence holds.
    """
    sizes = len(sides[0]), len(sides[1])
    if not all(sizes):
        return Stretches()
    knots = np.concatenate([[[-1, -1]], chain, [sizes]])
    at = tuple(np.interp(np.arange(sizes[n]), knots[:, n], knots[:, 1 - n]) for n in (0, 1))
    asked = tuple(
        _asked(sides[n], sides[1 - n], edges if n == 0 else edges.turned(), knots[:, [n, 1 - n]], known) for n in (0, 1)
    )
    ordered = _ordered(chain, once, at[0], sizes)
    said = [np.clip(told.sums + order, -MOST, MOST) for told, order in zip(asked, ordered, strict=True)]
    order = np.argsort(np.concatenate([np.arange(sizes[n]) + at[n] for n in (0, 1)]), kind="stable")
    sums = np.concatenate(said)[order]
    inside, said_for = _chosen(sums)
    margin = float((said_for + FALLEN * fallen) / np.sqrt(max(1, inside.sum())))
    if margin < 0:
        inside = np.ones(len(sums), dtype=bool)
    kept = np.zeros(len(sums), dtype=bool)
    kept[order] = inside
    held = kept[: sizes[0]], kept[sizes[0] :]
    here, words, placed, things = (
        float(sum(array[these].sum() for array, these in zip(arrays, held, strict=True)))
        for arrays in zip(*((told.here, told.words, told.placed, told.things) for told in asked), strict=True)
    )
    shares = float(held[0].mean()), float(held[1].mean())
    against = FALLEN * fallen - FREE * min(LONG, len(sums))
    balance = float((sums.sum() + against) / np.sqrt(len(sums)))
    return Stretches(shares, margin, balance, here / max(words, 1e-9), (int(placed), int(things)))


def _chosen(sums: Real) -> tuple[Flags, float]:
    """Return which of *sums* lie in a translation, all or some, and what is said for that beyond what is asked."""
    inside, parts = best(sums)
    told = float(sums.sum()) - EACH * min(LONG, len(sums))
    told_of_parts = parts - PARTS - EACH * min(LONG, int(inside.sum()))
    return (inside, told_of_parts) if told_of_parts > told else (np.ones(len(sums), dtype=bool), told)


def best(sums: Real) -> tuple[Flags, float]:
    """Return which of *sums* lie in the stretches that are worth most, and what they are worth.

    A stretch is worth the sum of its members, less `TURN` for each end that is not an end of all.

    >>> best(np.array([5.0, 9.0, -30.0, 6.0, -1.0, 9.0]))
    (array([ True,  True, False,  True,  True,  True]), 12.0)
    """
    inside = outside = 0.0
    came: list[tuple[bool, bool]] = []  # for being inside and outside: whether the one before was inside
    for said in sums.tolist():
        came.append((inside >= outside - TURN, inside - TURN > outside))
        inside, outside = max(inside, outside - TURN) + said, max(outside, inside - TURN)
    there = inside >= outside
    worth = max(inside, outside)
    found = np.zeros(len(sums), dtype=bool)
    for place in range(len(sums) - 1, -1, -1):
        found[place] = there
        there = came[place][0 if there else 1]
    return found, worth


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the sentences of one side say of the other: arrays of a number for each."""

    sums: Real  # for or against
    here: Real  # known words in place, by how surprising they are
    words: Real  # all known words
    placed: Whole  # names, dates and figures in place
    things: Whole  # of all


def _asked(one: Side, other: Side, edges: Edges, knots: Whole, known: Known) -> _Asked:
    """Ask the sentences of *one* for their words and things; *knots* are the anchors and the ends, *one*'s first."""
    size, owner, count = len(known.general), one.owner(), len(one)
    answers = np.bincount(edges.left, other.held(size)[edges.right], size)
    chance = np.clip(np.maximum(np.maximum(known.general, SCARCE), np.maximum(answers, 1) / len(other)), 0, 0.95)
    surprise = -np.log(-np.expm1(WINDOW * np.log1p(-chance)))
    between, *places = _places(knots, count)
    met = _met(one, other, edges, size, places, AWAY)
    around = _met(one, other, edges, size, [between], AROUND)
    words = known.words[one.types] & ~known.things[one.types]
    weight = surprise[one.types] * words
    elsewhere = np.bincount(owner, weight * np.maximum(0, around - met), count)
    here, said = (np.bincount(owner, weight * part, count).astype(np.float64) for part in (met, np.ones(len(met))))
    things = known.things[one.types]
    placed, lacking = (np.bincount(owner[things & there], minlength=count) for there in (met > 0, met == 0))
    sums = FREE + IN_PLACE * here + ELSEWHERE * elsewhere + EXPECTED * _share(other, known) * said + LACKING * lacking
    return _Asked(sums, here, said, placed, placed + lacking)


def _places(knots: Whole, count: int) -> tuple[Real, Real, Real]:
    """Where each of *count* sentences should be in the other text: between two anchors, by the first, by the second.

    In an even step all are the same.
    """
    here, there = knots[:, 0], knots[:, 1]
    rows = np.arange(count)
    last = np.minimum(np.searchsorted(here, rows, side="right"), len(here) - 1)
    first = last - 1
    even = _even(np.diff(knots, axis=0))[first]
    between = np.interp(rows, here, there)
    before = np.minimum(there[first] + rows - here[first], there[last])
    after = np.maximum(there[last] - (here[last] - rows), there[first])
    return between, np.where(even, between, before), np.where(even, between, after)


def _even(steps: Whole) -> Flags:
    """Return which *steps* go equally far on both sides, ± 1 or 1/5."""
    found: Flags = np.abs(steps[:, 0] - steps[:, 1]) <= 1 + steps.max(axis=1, initial=0) / 5
    return found


def _met(one: Side, other: Side, edges: Edges, size: int, places: Sequence[Real], away: int) -> Real:
    """How surely each member of ``one.types`` is met within *away* of one of its sentence's *places*."""
    begin = np.searchsorted(edges.left, np.arange(size + 1))
    which, edge = spread(begin[one.types], begin[one.types + 1] - begin[one.types])
    order = np.argsort(other.types, kind="stable")
    stride = len(other)
    there = other.types[order] * stride + other.owner()[order]
    base, rows, trust = edges.right[edge] * stride, one.owner()[which], edges.trust[edge]
    found = np.zeros(len(one.types))
    for place in places:
        low = np.clip(np.ceil(place - away), 0, stride - 1)[rows].astype(np.int64)
        high = np.clip(np.floor(place + away), 0, stride - 1)[rows].astype(np.int64)
        met = np.searchsorted(there, base + low) < np.searchsorted(there, base + high, side="right")
        np.maximum.at(found, which[met], trust[met])
    return found


def _ordered(chain: Whole, once: Whole, at: Real, sizes: tuple[int, int]) -> tuple[Real, Real]:
    """What the order says of the sentences of each side: steps, and things said *once*, which should be *at*."""
    left, right = np.zeros(sizes[0]), np.zeros(sizes[1])
    if len(chain):
        left[chain[1:, 0]] += np.where(_even(np.diff(chain, axis=0)), EVEN, UNEVEN)
    placed = np.abs(once[:, 1] - at[once[:, 0]]) <= AWAY
    np.add.at(left, once[placed, 0], PLACED)
    for side, column in ((left, 0), (right, 1)):
        np.add.at(side, once[~placed, column], ASTRAY / 2)
    return left, right
