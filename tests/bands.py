"""Bands through which paths are searched, and tables of the scores of beads there, all made up."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from hexapla.align.path import SHAPES, Scores

LEAVE, STAY = (-1.5, -2.0), -0.75

BANDS = st.tuples(st.integers(0, 10_000), st.integers(0, 80), st.integers(0, 80))
"""What `band` makes a band of."""


def table(seed: int, rows: int, columns: int) -> NDArray[np.float32]:
    """Scores of each shape of bead at each place of a text of *rows* and *columns* sentences."""
    found = np.random.default_rng(seed).normal(-1, 2, (len(SHAPES), rows, columns)).astype(np.float32)
    for shape, (n, m) in enumerate(SHAPES):
        found[shape, max(rows - n + 1, 0) :] = found[shape, :, max(columns - m + 1, 0) :] = -np.inf
    return found


def asked(told: NDArray[np.float32]) -> Scores:
    """What `search` asks for, where the scores of all beads are *told*."""

    def scores(first: int, last: int, start: int, end: int) -> NDArray[np.float32]:
        found = told[:, first:last, start:end].copy()
        for shape, (n, m) in enumerate(SHAPES):
            found[shape, max(last - first - n + 1, 0) :] = found[shape, :, max(end - start - m + 1, 0) :] = -np.inf
        return found

    return scores


def band(seed: int, rows: int, columns: int) -> tuple[list[int], list[int]]:
    """A band of any form through which there is a way."""
    middle = np.sort(np.random.default_rng(seed).integers(0, columns + 1, rows + 1))
    low = np.maximum(np.minimum.accumulate(middle[::-1])[::-1] - 3, 0)
    high = np.minimum(middle + 3, columns)
    low[0], high[-1] = 0, columns
    high = np.maximum.accumulate(np.maximum(high, np.append(low[1:], columns)))
    return low.tolist(), high.tolist()
