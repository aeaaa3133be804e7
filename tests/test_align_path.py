"""The best path through a band, beside one that is found by trying every way; and what blocks must not change."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hexapla.align import chain, path
from hexapla.align.chain import UNPLACED, Edges, Side, sought
from hexapla.align.path import GRAIN, ROWS, SHAPES, Step, blocks, cells, reached, remaining, search
from tests.bands import BANDS, LEAVE, STAY, asked, band, table


def tried(seed: int, low: list[int], high: list[int]) -> Callable[[int, int], float]:
    """Return what gives the score of the best of all ways through the band to a boundary."""
    told = table(seed, len(low) - 1, high[-1])

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

    return lambda row, column: max(best(row, column, way) for way in range(3))


def walked(seed: int, low: list[int], high: list[int]) -> tuple[list[Step], float]:
    """The path of `search`, and the score of the best of all ways through the band."""
    rows, columns = len(low) - 1, high[-1]
    scores = asked(table(seed, rows, columns))
    return search(np.array(low), np.array(high), scores, LEAVE, STAY), tried(seed, low, high)(rows, columns)


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


def ways(
    seed: int, rows: int, columns: int, leave: tuple[float, float] = LEAVE
) -> tuple[list[Step], NDArray[np.float64], NDArray[np.float64]]:
    """The path of `search` through a band, and for all boundaries the best ways there and on to the last.

    Both are tables of a row for each left boundary, a column for each right one, whether the band holds it or not.
    """
    low, high = (np.array(side) for side in band(seed, rows, columns))
    scores = asked(table(seed, rows, columns))
    found = np.full((2, rows + 1, columns + 1), -np.inf)
    begin = cells(low, high)
    for told, full in zip((reached, remaining), found, strict=True):
        held = told(low, high, scores, leave, STAY)
        assert len(held) == begin[-1]
        for row, (first, last) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            full[row, first : last + 1] = held[begin[row] : begin[row + 1]]
    return search(low, high, scores, leave, STAY), found[0], found[1]


@settings(max_examples=40, deadline=None)
@given(BANDS)
def test_the_way_there_and_the_way_on_are_nowhere_better_than_the_path(made: tuple[int, int, int]) -> None:
    seed, rows, columns = made
    steps, there, on = ways(*made)
    total = on[0, 0]
    assert total == pytest.approx(there[rows, columns], abs=1e-6)
    assert total == pytest.approx(worth(steps, seed, rows, columns), abs=GRAIN * (len(steps) + 1))
    assert there[0, 0] == on[rows, columns] == 0
    assert (there + on).max() <= total + 1e-6


@settings(max_examples=40, deadline=None)
@given(BANDS)
def test_along_the_path_the_way_there_and_the_way_on_make_the_whole(made: tuple[int, int, int]) -> None:
    """Within a run of sentences of one side they do not: there the second part would begin a run of its own."""
    steps, there, on = ways(*made)
    before = (0, 0)
    for step in steps:
        sides = int(step.left > 0), int(step.right > 0)
        through = there[step.row, step.column] + on[step.row, step.column]
        if sides == (1, 1) or sides != before:
            assert through == pytest.approx(on[0, 0], abs=1e-6)
        else:
            assert through <= on[0, 0] + 1e-6
        before = sides


@settings(max_examples=25, deadline=None)
@given(BANDS)
def test_where_a_run_is_no_better_than_its_sentences_no_boundary_is_within_one(made: tuple[int, int, int]) -> None:
    steps, there, on = ways(*made, leave=(STAY, STAY))
    for step in steps:
        assert there[step.row, step.column] + on[step.row, step.column] == pytest.approx(on[0, 0], abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_the_best_way_to_each_boundary_is_that_of_all_ways(seed: int) -> None:
    rows, columns = 5 + seed % 6, 3 + seed * 5 % 8
    best = tried(seed, *band(seed, rows, columns))
    _, there, _ = ways(seed, rows, columns)
    wanted = [[best(row, column) for column in range(columns + 1)] for row in range(rows + 1)]
    np.testing.assert_allclose(there, wanted, atol=GRAIN * (rows + columns))


@given(BANDS, st.integers(1, 5000))
def test_blocks_hold_each_row_once_and_in_order(made: tuple[int, int, int], wide: int) -> None:
    """However wide rows are."""
    low, high = (np.array(side) * wide for side in band(*made))
    found = list(blocks(low, high))
    assert [row for first, last in found for row in range(first, last)] == list(range(len(low)))
    assert all(0 < last - first <= ROWS for first, last in found)


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
