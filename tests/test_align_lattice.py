"""The few beads around a path: none of a good path is missing, none of a bad one is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hexapla.align import lattice as lattices
from hexapla.align.lattice import AROUND, CLOSE, SLACK, Lattice, band_around, lattice
from hexapla.align.path import SHAPES, Scores, Step, reached, search
from tests.bands import BANDS, LEAVE, STAY, asked, band, table

Whole = NDArray[np.int64]


def made(seed: int, rows: int, columns: int) -> tuple[Whole, Whole, NDArray[np.float32]]:
    """Return a band, and scores that differ much more than those of `table`."""
    low, high = band(seed, rows, columns)
    return np.array(low), np.array(high), 3 * table(seed, rows, columns)


def sought(low: Whole, high: Whole, scores: Scores) -> list[Step]:
    return search(low, high, scores, LEAVE, STAY)


def best(low: Whole, high: Whole, scores: Scores) -> float:
    """Return the score of the best way through the band."""
    return float(reached(low, high, scores, LEAVE, STAY)[-1])


def parts(steps: list[Step]) -> list[tuple[int, int, int, int]]:
    return [(step.row, step.column, step.left, step.right) for step in steps]


def beads(found: Lattice) -> list[tuple[int, int, int]]:
    return list(zip(found.shape.tolist(), found.row.tolist(), found.column.tolist(), strict=True))


def alone(shape: int) -> float:
    """Return what the sentences of a bead score where each stands alone."""
    return sum(LEAVE) + STAY * (sum(SHAPES[shape]) - 2)


@settings(max_examples=40, deadline=None)
@given(BANDS)
def test_the_beads_around_a_path_give_the_path_of_all_beads(told: tuple[int, int, int]) -> None:
    """Its steps lead by as much, too, where that is less than what beads are left out for."""
    low, high, scores = made(*told)
    around = band_around(sought(low, high, asked(scores)), low, high)
    few = lattice(*around, asked(scores), None, LEAVE, STAY)
    one, other = sought(*around, asked(scores)), sought(*around, few.scores())
    assert parts(one) == parts(other)
    for step, same in zip(one, other, strict=True):
        assert step.lead == same.lead or min(step.lead, same.lead) >= SLACK - 0.01
    assert best(*around, few.scores()) == best(*around, asked(scores))


@pytest.mark.parametrize("seed", range(4))
def test_a_bead_is_kept_where_a_way_through_it_is_nearly_as_good_as_the_best(seed: int) -> None:
    """How good the best way through a bead is: what is best where it scores a thousand more, less the thousand."""
    low, high, scores = made(seed, 5 + seed, 6)
    kept = set(beads(lattice(low, high, asked(scores), None, LEAVE, STAY)))
    total = best(low, high, asked(scores))
    told = {True: 0, False: 0}
    for shape, row, column in np.argwhere(np.isfinite(scores)).tolist():
        more = scores.copy()
        more[shape, row, column] += 1000
        worse = total - (best(low, high, asked(more)) - 1000)
        slack = float(scores[shape, row, column]) - alone(shape) + SLACK
        if min(abs(worse - CLOSE), abs(slack)) > 0.01:
            wanted = worse < CLOSE and slack > 0
            told[wanted] += 1
            assert ((shape, row, column) in kept) == wanted
    assert min(told.values()) > 5


@settings(max_examples=40, deadline=None)
@given(BANDS)
def test_beads_are_in_order_once_each_and_score_what_they_did(told: tuple[int, int, int]) -> None:
    low, high, scores = made(*told)
    found = lattice(low, high, asked(scores), None, LEAVE, STAY)
    held = beads(found)
    assert len(set(held)) == len(held)
    assert (np.diff(found.row) >= 0).all()
    assert found.score.tolist() == [float(scores[bead]) for bead in held]
    assert not found.beside.any()
    for shape, row, column in held:
        left, right = SHAPES[shape]
        assert low[row] <= column <= high[row]
        assert low[row + left] <= column + right <= high[row + left]


@settings(max_examples=25, deadline=None)
@given(BANDS, st.integers(1, 50))
def test_beads_that_are_looked_at_together_change_nothing(told: tuple[int, int, int], many: int) -> None:
    low, high, scores = made(*told)
    whole = lattice(low, high, asked(scores), None, LEAVE, STAY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lattices, "MANY", many)
        for one, other in zip(lattice(low, high, asked(scores), None, LEAVE, STAY), whole, strict=True):
            np.testing.assert_array_equal(one, other)


@settings(max_examples=25, deadline=None)
@given(BANDS, st.integers(0, 10_000))
def test_what_is_beside_the_words_is_added_and_told_apart(told: tuple[int, int, int], seed: int) -> None:
    low, high, scores = made(*told)
    rest = np.random.default_rng(seed).normal(0, 2, scores.shape).astype(np.float32)
    both = lattice(low, high, asked(scores), asked(rest), LEAVE, STAY)
    whole = lattice(low, high, asked(scores + rest), None, LEAVE, STAY)
    assert beads(both) == beads(whole)
    assert both.score.tolist() == whole.score.tolist()
    assert both.beside.tolist() == [float(rest[bead]) for bead in beads(both)]


def test_beads_far_worse_than_others_are_left_out_and_such_as_nearly_tie_are_kept() -> None:
    scores = np.full((len(SHAPES), 3, 3), -np.inf, dtype=np.float32)
    scores[0] = [[9, 8, -40], [-1, 5, -40], [-40, -40, 9]]
    found = lattice(np.zeros(4, np.int64), np.full(4, 3), asked(scores), None, LEAVE, STAY)
    assert beads(found) == [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 2, 2)]
    kept = found.kept(found.score == 8)
    assert (kept.shape.tolist(), kept.row.tolist(), kept.column.tolist()) == ([0], [0], [1])
    assert (kept.score.tolist(), kept.beside.tolist()) == ([8], [0])


@settings(max_examples=40, deadline=None)
@given(BANDS, st.data())
def test_any_part_of_the_lattice_may_be_asked_for(told: tuple[int, int, int], data: st.DataObject) -> None:
    low, high, scores = made(*told)
    _, rows, columns = told
    assume(rows and columns)
    found = lattice(low, high, asked(scores), None, LEAVE, STAY)
    first, start = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    last, end = data.draw(st.integers(first + 1, rows)), data.draw(st.integers(start + 1, columns))
    part = found.scores()(first, last, start, end)
    np.testing.assert_array_equal(part, found.scores()(0, rows, 0, columns)[:, first:last, start:end])
    assert np.isfinite(part).sum() == sum(first <= r < last and start <= c < end for _, r, c in beads(found))


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 3), (3, 0)])
def test_where_a_side_has_nothing_there_are_no_beads(rows: int, columns: int) -> None:
    low, high, scores = made(0, rows, columns)
    around = band_around(sought(low, high, asked(scores)), low, high)
    found = lattice(*around, asked(scores), None, LEAVE, STAY)
    assert beads(found) == []
    assert len(sought(*around, found.scores())) == rows + columns


@settings(max_examples=60, deadline=None)
@given(BANDS)
def test_the_band_around_a_path_holds_what_is_near_it_and_nothing_else(told: tuple[int, int, int]) -> None:
    low, high, scores = made(*told)
    _, rows, columns = told
    steps = sought(low, high, asked(scores))
    first, last = band_around(steps, low, high)
    assert (first[0], last[-1]) == (0, columns)
    wanted = np.zeros((rows + 1, columns + 1), dtype=bool)
    wanted[: AROUND + 1, : AROUND + 1] = True
    for step in steps:
        above, before = max(step.row - AROUND, 0), max(step.column - AROUND, 0)
        wanted[above : step.row + step.left + AROUND + 1, before : step.column + step.right + AROUND + 1] = True
    for row in range(rows + 1):
        held = wanted[row] & (low[row] <= np.arange(columns + 1)) & (np.arange(columns + 1) <= high[row])
        assert np.flatnonzero(held).tolist() == list(range(first[row], last[row] + 1))
