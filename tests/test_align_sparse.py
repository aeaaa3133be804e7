"""Sets of numbers by row: what the index finds and what is met, against comparing everything with everything."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.align.sparse import Edges, Rows, Side, first_of, joined, met, near, same

WIDE = 9
ROWS = st.lists(st.lists(st.integers(0, WIDE - 1), max_size=5, unique=True).map(sorted), min_size=1, max_size=7)
EDGES = st.dictionaries(
    st.tuples(st.integers(0, WIDE - 1), st.integers(0, WIDE - 1)), st.sampled_from([0.25, 0.5, 1.0]), max_size=20
)
WEIGHT = (np.arange(1, WIDE + 1) / 2).astype(np.float32)


def edges(listed: dict[tuple[int, int], float]) -> Edges:
    keys = np.array(list(listed), dtype=np.int64).reshape(-1, 2)
    return Edges.of(keys[:, 0], keys[:, 1], np.array(list(listed.values()), np.float32), (WIDE, WIDE))


@settings(deadline=None)
@given(ROWS)
def test_turned_twice_is_the_same(rows: list[list[int]]) -> None:
    held = Rows.of(rows, WIDE)
    back = held.turned().turned()
    assert [back.row(n).tolist() for n in range(len(rows))] == rows


@settings(deadline=None)
@given(ROWS, ROWS, EDGES)
def test_what_is_met_is_what_a_loop_finds(
    left: list[list[int]], right: list[list[int]], listed: dict[tuple[int, int], float]
) -> None:
    pairs = [(a, b) for a in range(len(left)) for b in range(len(right))]
    one, other = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    found = met(Rows.of(left, WIDE), Side.of(Rows.of(right, WIDE), WEIGHT), edges(listed), (one, other))
    wanted = [
        sum(WEIGHT[t] * max((listed.get((s, t), 0) for s in left[a]), default=0) for t in right[b]) for a, b in pairs
    ]
    assert np.allclose(found, wanted)


@settings(deadline=None)
@given(ROWS, ROWS, EDGES)
def test_with_budget_enough_all_that_meet_are_near(
    left: list[list[int]], right: list[list[int]], listed: dict[tuple[int, int], float]
) -> None:
    sides = (Side.of(Rows.of(left, WIDE), WEIGHT, 1.0), Side.of(Rows.of(right, WIDE), WEIGHT, 1.0))
    one, other = near(*sides, edges(listed), budget=10_000, most=100)
    wanted = [
        (a, b)
        for a in range(len(left))
        for b in range(len(right))
        if any((s, t) in listed for s in left[a] for t in right[b])
    ]
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == wanted


def test_the_rarest_is_followed_first_and_the_nearest_are_kept() -> None:
    right = Side.of(Rows.of([[0, 1], [0, 2], [0], [0]], 3), np.array([0.5, 5, 5], np.float32), 1.0)
    left = Side.of(Rows.of([[0, 1]], 3), right.weight, 1.0)
    one, other = near(left, right, same(3), budget=100, most=1)
    assert (one.tolist(), other.tolist()) == ([0], [0])
    assert near(left, right, same(3), budget=1, most=9)[1].tolist() == [0]  # the common one is not followed


def test_the_surest_edge_counts() -> None:
    found = Edges.of(np.array([0, 0]), np.array([1, 1]), np.array([0.5, 0.9], np.float32), (1, 2))
    assert found.trust.tolist() == [np.float32(0.9)]
    assert found.turned().rows.row(1).tolist() == [0]


def test_nothing_meets_nothing() -> None:
    none = np.zeros(0, np.int64)
    empty = Side.of(Rows.of([[], []], 1), np.ones(1, np.float32), 1.0)
    assert near(empty, empty, same(1), 10, 10)[0].tolist() == []
    assert met(empty.rows, empty, same(1), (none, none)).tolist() == []
    assert joined((none, none), (none, none), 2)[0].tolist() == []
    assert first_of(none)[0].tolist() == []
