"""What third accounts say of two sentences: for all pairs at once, as there are many.

    a ~ b   with   a ~ c .8  b ~ c .5   ─▶  .40  of c's document
                   a ~ d .6  b ~ d .6   ─▶  .36  of d's

Each further document says its best product. Accounts that are many have millions of pairs, with hundreds of sentences
that go with both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]


def thirds(
    chances: Mapping[tuple[int, int], float], owner: Sequence[str], least: float, rank: int
) -> tuple[Real, Real]:
    """Return for each pair of sentences in *chances*, the smaller number first, what third accounts say, and their sum.

    A third account says the best product of the chances that one of its sentences has with both, of those that are
    *least* or more. Of all that say something the one of the *rank* (1: the best) is taken, 0 where there are fewer.
    *owner* gives the document of each sentence.

    >>> told = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.5, (0, 3): 0.6, (1, 3): 0.6}
    >>> [found[0].item() for found in thirds(told, "abcd", 0.05, 1)], thirds(told, "abcd", 0.05, 2)[0][0].item()
    ([0.4, 0.76], 0.36)
    """
    names = {name: number for number, name in enumerate(sorted(set(owner)))}
    document = np.array([names[name] for name in owner], dtype=np.int64)
    pairs = np.array(list(chances), dtype=np.int64).reshape(-1, 2)
    known = np.fromiter(chances.values(), dtype=np.float64, count=len(pairs))
    seen = known >= least
    one, other = (np.concatenate([pairs[seen, side], pairs[seen, 1 - side]]) for side in (0, 1))
    order = np.lexsort((other, one))
    one, other, chance = one[order], other[order], np.concatenate([known[seen]] * 2)[order]
    start = np.searchsorted(one, np.arange(len(owner) + 1))
    counts = np.diff(start)
    best, total = np.zeros(len(pairs)), np.zeros(len(pairs))
    mine = np.zeros(len(owner))
    by_first = np.argsort(pairs[:, 0], kind="stable")
    for these in _pieces(by_first, pairs[by_first, 0]):
        first = int(pairs[these[0], 0])
        held = slice(start[first], start[first + 1])
        mine[other[held]] = chance[held]
        which, place = spread(start[pairs[these, 1]], counts[pairs[these, 1]])
        product = mine[other[place]] * chance[place]
        met = product > 0
        table = np.zeros((len(these), len(names)))
        np.maximum.at(table, (which[met], document[other[place[met]]]), product[met])
        mine[other[held]] = 0.0
        for column in table.T:
            total[these] += column
        if 0 < rank <= table.shape[1]:
            best[these] = np.sort(table, axis=1)[:, -rank]
    return best, total


def _pieces(order: Whole, first: Whole) -> list[Whole]:
    """Return *order* in pieces in each of which *first* is one number."""
    return np.split(order, np.flatnonzero(np.diff(first)) + 1) if len(order) else []
