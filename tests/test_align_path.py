"""The best path through a band, beside one that is found by trying every way; and what blocks must not change."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from hexapla.align import chain, path
from hexapla.align.chain import UNPLACED, Edges, Side, sought
from hexapla.align.path import SHAPES, Step, search

LEAVE, STAY = (-1.5, -2.0), -0.75


def table(seed: int, rows: int, columns: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
    """Scores of each shape of bead at each place of a text of *rows* and *columns* sentences."""
    found = np.random.default_rng(seed).normal(-1, 2, (len(SHAPES), rows, columns)).astype(np.float32)
    for shape, (n, m) in enumerate(SHAPES):
        found[shape, max(rows - n + 1, 0) :] = found[shape, :, max(columns - m + 1, 0) :] = -np.inf
    return found


def walked(seed: int, low: list[int], high: list[int]) -> tuple[list[Step], float]:
    """The path of `search`, and the score of the best of all ways through the band."""
    rows, columns = len(low) - 1, high[-1]
    told = table(seed, rows, columns)

    def scores(first: int, last: int, start: int, end: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
        found = told[:, first:last, start:end].copy()
        for shape, (n, m) in enumerate(SHAPES):
            found[shape, max(last - first - n + 1, 0) :] = found[shape, :, max(end - start - m + 1, 0) :] = -np.inf
        return found

    @cache
    def best(row: int, column: int, alone: int) -> float:
        """The best way to a boundary; *alone* says whether it ends with a left (1) or right (2) sentence alone."""
        if not low[row] <= column <= high[row]:
            return -math.inf
        if alone:
            before = (row - 1, column) if alone == 1 else (row, column - 1)
            if min(before) < 0:
                return -math.inf
            others = max(best(*before, way) for way in range(3) if way != alone)
            return max(others + LEAVE[alone - 1], best(*before, alone) + STAY)
        if row == column == 0:
            return 0.0
        ways = [
            max(best(row - n, column - m, way) for way in range(3)) + float(told[shape, row - n, column - m])
            for shape, (n, m) in enumerate(SHAPES)
            if n <= row and m <= column
        ]
        return max(ways, default=-math.inf)

    steps = search(np.array(low), np.array(high), scores, LEAVE, STAY)
    return steps, max(best(rows, columns, way) for way in range(3))


def worth(steps: list[Step], seed: int, rows: int, columns: int) -> float:
    told, total, before = table(seed, rows, columns), 0.0, 0
    for step in steps:
        alone = 0 if step.left and step.right else 1 if step.left else 2
        if alone:
            total += STAY if before == alone else LEAVE[alone - 1]
        else:
            total += float(told[SHAPES.index((step.left, step.right)), step.row, step.column])
        before = alone
    return total


def band(seed: int, rows: int, columns: int) -> tuple[list[int], list[int]]:
    """A band of any form through which there is a way."""
    middle = np.sort(np.random.default_rng(seed).integers(0, columns + 1, rows + 1))
    low = np.maximum(np.minimum.accumulate(middle[::-1])[::-1] - 3, 0)
    high = np.minimum(middle + 3, columns)
    low[0], high[-1] = 0, columns
    high = np.maximum.accumulate(np.maximum(high, np.append(low[1:], columns)))
    return low.tolist(), high.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_no_way_is_better(seed: int) -> None:
    rows, columns = 5 + seed % 9, 3 + seed * 7 % 11
    low, high = band(seed, rows, columns)
    steps, best = walked(seed, low, high)
    assert [(step.row, step.column) for step in steps[1:]] + [(rows, columns)] == [
        (step.row + step.left, step.column + step.right) for step in steps
    ]
    assert worth(steps, seed, rows, columns) == pytest.approx(best, abs=1e-4)
    assert all(step.lead >= 0 for step in steps)


@pytest.mark.parametrize("rows", [1, 3, 4])
def test_rows_that_are_searched_together_change_nothing(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(5):
        low, high = band(seed, 30, 25)
        whole, _ = walked(seed, low, high)
        with monkeypatch.context() as patched:
            patched.setattr(path, "ROWS", rows)
            assert walked(seed, low, high)[0] == whole


def test_nothing_on_a_side() -> None:
    low, high = [0, 0, 0], [0, 0, 0]
    assert [(step.left, step.right) for step in walked(0, low, high)[0]] == [(1, 0), (1, 0)]
    assert walked(0, [0], [0])[0] == []
    assert [(step.left, step.right) for step in walked(0, [0], [2])[0]] == [(0, 1), (0, 1)]


def side(sentences: list[list[int]]) -> Side:
    start = np.cumsum([0, *map(len, sentences)])
    types = np.array([kind for held in sentences for kind in held], np.int64)
    return Side(start, types, np.ones(len(sentences)), np.full(len(types), UNPLACED, np.uint8))


def test_sentences_that_vote_together_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    left = [sorted(rng.choice(60, 6, replace=False).tolist()) for _ in range(200)]
    right = [sorted({(kind if rng.random() < 0.8 else int(rng.integers(60))) + 60 for kind in held}) for held in left]
    edges = Edges(np.arange(60), np.arange(60, 120), rng.random(60))
    near = np.array([[150, 40], [7, 7], [90, 91]])
    whole = sought(side(left), side(right), edges, 120, near)
    assert len(whole[0]) > 20
    for block in (1, 7, 64):
        monkeypatch.setattr(chain, "BLOCK", block)
        for one, other in zip(sought(side(left), side(right), edges, 120, near), whole, strict=True):
            np.testing.assert_array_equal(one, other)
