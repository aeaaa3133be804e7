"""How likely it is that two sentences say the same, from what they share and what else they could be paired with.

    lead     2 s - what the left one's second best and the right one's second best score        s: coverage, 0 to 1
    ratio    ln of 2 s over what the best of the left one and of the right one score on average
    mass     ln(1 + weight of what both say)
    length   |ln of the ratio of letters, less what is usual|
    numbers  on how many sides a figure stands that the other one lacks

    ln odds = bias + weights · measures + ln(share / (1 - share))

Bias and weights (`MODEL`) are those of a logistic regression over collections whose true pairs are known. What differs
most from one collection to the next is how many sentences have a counterpart at all; that *share* is not given but
found in the collection itself, by expectation and maximisation (Saerens, Latinne & Decaestecker 2002), so that a
collection without true pairs gives next to nothing. Nothing is decided here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.sparse import first_of
from hexapla.corpus.fold import ascii_digits

if TYPE_CHECKING:
    from hexapla.align.sparse import Real, Whole

MEASURES = ("lead", "ratio", "length", "numbers", "mass")


@dataclass(frozen=True, slots=True)
class Model:
    """What the measures say: ln odds = bias + weights · measures, where half of the mutual best pairs are true."""

    weights: tuple[float, ...]
    bias: float


MODEL = Model((10.74, 1.79, -6.80, -1.79, 0.26), -0.65)
"""Fitted by `scripts/bench/mining.py --fit`."""

LITTLE = 0.2
"""Added to what is usual, so that it says little to be better than next to nothing, as in a collection of few lines."""

NEAR = 10
"""The best pairs of a sentence that its margin is measured against."""

EXPECTED, FIRM = 0.1, 10.0
"""Share of true ones among mutual best pairs before the collection is read, and how many pairs that counts for."""

ROUNDS, STILL = 500, 1e-6
"""Rounds of expectation and maximisation at most, and the change of the share at which they end."""

USUAL = 10
"""Pairs of two languages from which on their usual ratio of lengths is known."""

_FIGURE = re.compile(r"\d+")


def standing(row: Whole, said: Real, wide: int) -> tuple[Real, Real]:
    """Return for each pair the mean of its *row*'s best and what the row's best other pair has.

    *row* is sorted, *said* what each pair scores, *wide* how many pairs each row could have; those that are not listed
    score nothing.
    """
    order = np.lexsort((-said, row))
    first, rank = first_of(row[order])
    ranked = said[order]
    size = np.diff(np.r_[first, len(row)])
    count = max(1, min(NEAR, wide))
    mean = np.add.reduceat(np.where(rank < count, ranked, 0.0), first) / count
    best, second = ranked[first], np.where(size > 1, ranked[np.minimum(first + 1, len(row) - 1)], 0.0)
    owner = np.repeat(np.arange(len(first)), size)
    place = np.empty(len(row), dtype=np.int64)
    place[order] = owner
    other = np.where(said == best[place], second[place], best[place])
    return mean[place], other


def lengths(left: Sequence[str], right: Sequence[str], spoken: Sequence[str], margin: Real) -> Real:
    """Return how unusual the ratio of letters of each pair of texts is; *spoken* names the two languages of each.

    What is usual is the median of the quarter of the pairs of these languages whose *margin* is largest.
    """
    ratio = np.array([math.log((len(a) + 1) / (len(b) + 1)) for a, b in zip(left, right, strict=True)])
    found = np.zeros(len(ratio))
    for name in sorted(set(spoken)):
        mine = np.flatnonzero([one == name for one in spoken])
        sure = mine[np.argsort(-margin[mine], kind="stable")][: max(USUAL, len(mine) // 4)]
        usual = float(np.median(ratio[sure])) if len(sure) >= USUAL else 0.0
        found[mine] = np.abs(ratio[mine] - usual)
    return found


def differing(left: Sequence[str], right: Sequence[str]) -> Real:
    """Return on how many sides of each pair of texts a figure stands that the other side lacks.

    >>> differing(["In 2003, 12 men", "12 men"], ["في عام ٢٠٠٣", "12 ljudi"]).tolist()
    [1.0, 0.0]
    """
    told = [(_figures(a), _figures(b)) for a, b in zip(left, right, strict=True)]
    return np.array([float(bool(a - b)) + float(bool(b - a)) for a, b in told])


def _figures(text: str) -> set[str]:
    return {ascii_digits(found).lstrip("0") for found in _FIGURE.findall(text)}


def likely(measures: Real, model: Model = MODEL) -> Real:
    """Return how likely each row of *measures* (as `MEASURES` names them) is a true pair, 0 to 1."""
    odds = np.exp(np.clip(measures @ np.array(model.weights) + model.bias, -50, 50))
    share = EXPECTED
    for _ in range(ROUNDS):
        told = odds * share / (1 - share)
        believed = told / (1 + told)
        new = (believed.sum() + FIRM * EXPECTED) / (len(odds) + FIRM)
        if abs(new - share) < STILL:
            break
        share = new
    found: Real = believed
    return found
