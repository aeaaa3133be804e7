"""How likely words are to stand so far from the diagonal: densities that are whole, whatever the bead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.align.slant import TOGETHER, Slant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Real = NDArray[np.float64]

STEPS = 200_000

BEADS = [(0.9, 0.2, 120.0), (0.9, 0.2, 15.0), (0.3, 0.0, 400.0), (2.5, 0.6, 60.0), (0.5, 0.9, 1000.0), (5.0, 0.1, 8.0)]
"""Drift, stray and letters of a bead."""

SLANTS = st.builds(Slant, st.floats(0.1, 4), st.floats(0.0, 0.95))
LENGTHS = st.floats(5, 3000)


def places(length: float) -> tuple[Real, Real, Real]:
    """Return distances all over a bead, the length of it as often, and the chance that what is met stands there."""
    away = (np.arange(STEPS) + 0.5) * length / STEPS
    chance = 2 / length * (1 - away / length) * length / STEPS
    return away, np.full(STEPS, length), chance


def one(value: float) -> Real:
    return np.array([value])


@pytest.mark.parametrize(("drift", "stray", "length"), BEADS)
def test_what_is_translated_stands_somewhere(drift: float, stray: float, length: float) -> None:
    """Both densities are whole over the bead: that of all translations, and that of those near the diagonal."""
    slant = Slant(drift, stray)
    away, letters, chance = places(length)
    assert chance.sum() == pytest.approx(1, abs=1e-6)
    assert slant.ratio(away, letters) @ chance == pytest.approx(1, abs=1e-5)
    assert slant.close(away, letters) @ chance == pytest.approx(1 - stray, abs=1e-5)


@pytest.mark.parametrize(("drift", "stray", "length"), BEADS)
def test_the_distance_that_is_expected_is_the_mean_of_those_near_the_diagonal(
    drift: float, stray: float, length: float
) -> None:
    slant = Slant(drift, stray)
    away, letters, chance = places(length)
    mean = float((slant.close(away, letters) * away) @ chance) / (1 - stray)
    assert slant.expected(one(length)) == pytest.approx(one(mean), rel=1e-4)


@given(SLANTS, LENGTHS)
def test_the_farther_from_the_diagonal_the_less_likely_down_to_what_strays(slant: Slant, length: float) -> None:
    away = np.linspace(0, length, 50)
    for found in (slant.ratio(away, np.full(50, length)), slant.counted(away, np.full(50, length))):
        assert (np.diff(found) <= 0).all()
        assert found[0] > found[-1]
        assert found[0] > 1
    assert (slant.ratio(away, np.full(50, length)) >= slant.stray).all()


def test_what_stands_near_counts_more_than_by_chance_and_what_stands_far_less() -> None:
    slant = Slant()
    for length in (20.0, 120.0, 1000.0):
        near, far = slant.counted(one(0.0), one(length)), slant.counted(one(length), one(length))
        assert near > 1 > far > 0
        assert near == pytest.approx(slant.ratio(one(0.0), one(length)) ** TOGETHER)
    assert slant.counted(one(0.0), one(1000.0)) > slant.counted(one(0.0), one(20.0))


def test_what_has_no_place_counts_as_it_is_and_nothing_else_does() -> None:
    away = np.array([np.nan, 0.0, np.nan, 50.0])
    found = Slant().counted(away, np.full(4, 60.0))
    assert found[[0, 2]].tolist() == [1, 1]
    assert found[1] > 1 > found[3]


@given(st.floats(0.1, 4), LENGTHS)
def test_where_all_stray_no_place_says_anything(drift: float, length: float) -> None:
    away = np.append(np.linspace(0, length, 9), np.nan)
    assert Slant(drift, 1.0).counted(away, np.full(10, length)).tolist() == [1] * 10


@given(st.floats(0.1, 3), LENGTHS)
def test_the_more_drift_the_farther_off_words_are_expected(drift: float, length: float) -> None:
    near, far = (Slant(each).expected(one(length)) for each in (drift, 1.2 * drift))
    assert 0 < near < far < length / 3
