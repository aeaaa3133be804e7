"""The benchmark of mining: collections whose true pairs are known, and what is counted on them."""

from __future__ import annotations

import numpy as np
import pytest

from hexapla.scripts.bench.mining import Lesson, Told, fitted, generated, shuffled

ROWS = [("d", f"left {n}", f"right {n}") for n in range(40)]


@pytest.mark.parametrize(("size", "share", "lines", "true"), [(20, 0.5, 20, 10), (20, 0.0, 20, 0), (80, 1.0, 40, 40)])
def test_gold_is_the_lines_with_a_counterpart(size: int, share: float, lines: int, true: int) -> None:
    found = shuffled("x", ("en", "hr"), ROWS, size, share, 1)
    assert (len(found.left), len(found.right), len(found.gold)) == (lines, lines, true)
    same = {(a, b) for a in range(lines) for b in range(lines) if found.left[a][5:] == found.right[b][6:]}
    assert found.gold == same


def test_generated_lines_are_the_same_each_time() -> None:
    one, other = generated(50), generated(50)
    assert one == other
    assert (len(one.left), len(one.right), len(one.gold)) == (50, 50, 10)


def test_counts() -> None:
    told = Told(((0, 0), (1, 1), (2, 3)), np.array([0.9, 0.4, 0.6]), frozenset({(0, 0), (1, 1)}))
    assert told.f1() == (0.5, 0.5, 0.5)
    assert told.best() == pytest.approx(0.8)


def test_what_tells_is_weighed() -> None:
    dice = np.random.default_rng(1)
    true = dice.random(400) < 0.5
    measures = np.c_[true + dice.normal(size=400), dice.normal(size=400)]
    model = fitted([Lesson("x", ("en", "hr"), measures, true)])
    assert model.weights[0] > 0.5 > abs(model.weights[1])
