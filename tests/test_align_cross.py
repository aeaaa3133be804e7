"""What crosses the order of the text, and what a bead holds that is none of it; only on clear evidence."""

from __future__ import annotations

from hexapla.align.cross import Known, Numbers, Part, mended
from hexapla.align.path import Step

ALONE = -3.0


def known(said: dict[tuple[Numbers, Numbers], float], hints: dict[tuple[int, int], list[int]]) -> Known:
    """What is said of beads; of any other, that it is no bead."""

    def hint(side: int, number: int, first: int, last: int) -> list[int]:
        return [other for other in hints.get((side, number), []) if first <= other < last]

    return Known(
        lambda left, right: said.get((left, right), -20.0),
        (lambda n, first, last: hint(0, n, first, last), lambda n, first, last: hint(1, n, first, last)),
        (ALONE, ALONE),
    )


def found(steps: list[Step], told: Known) -> list[tuple[Numbers, Numbers]]:
    return [(part.left, part.right) for part in mended(steps, [1.0] * len(steps), told)]


STEPS = [Step(0, 0, 1, 0, 1.0), Step(1, 0, 1, 1, 1.0), Step(2, 1, 0, 1, 1.0)]  # 0 alone, 1 with 0, 1 alone


def test_two_that_are_alone_may_cross_what_lies_between() -> None:
    told = known({((0,), (1,)): 10.0, ((1,), (0,)): 5.0}, {(0, 0): [1]})
    assert found(STEPS, told) == [((1,), (0,)), ((0,), (1,))]


def test_they_do_not_on_thin_evidence() -> None:
    told = known({((0,), (1,)): 0.5, ((1,), (0,)): 5.0}, {(0, 0): [1]})
    assert found(STEPS, told) == [((0,), ()), ((1,), (0,)), ((), (1,))]


def test_nothing_is_looked_at_without_a_hint() -> None:
    assert len(found(STEPS, known({((0,), (1,)): 10.0}, {}))) == 3


def test_a_sentence_alone_may_join_a_bead_across_another() -> None:
    steps = [Step(0, 0, 1, 1, 1.0), Step(1, 1, 1, 1, 1.0), Step(2, 2, 1, 0, 1.0)]
    said: dict[tuple[Numbers, Numbers], float] = {((0,), (0,)): 2.0, ((1,), (1,)): 2.0, ((0, 2), (0,)): 15.0}
    told = known(said, {(0, 2): [0]})
    assert found(steps, told) == [((0, 2), (0,)), ((1,), (1,))]


def test_two_and_two_may_be_told_in_the_other_order() -> None:
    said: dict[tuple[Numbers, Numbers], float] = {((0, 1), (0, 1)): 4.0, ((0,), (1,)): 7.0, ((1,), (0,)): 7.0}
    assert found([Step(0, 0, 2, 2, 1.0)], known(said, {})) == [((0,), (1,)), ((1,), (0,))]


def test_what_stands_in_the_middle_may_be_no_part() -> None:
    said: dict[tuple[Numbers, Numbers], float] = {((0,), (0, 1, 2)): 4.0, ((0,), (0, 2)): 15.0}
    assert found([Step(0, 0, 1, 3, 1.0)], known(said, {})) == [((0,), (0, 2)), ((), (1,))]


def test_how_sure_a_change_is_comes_with_it() -> None:
    told = known({((0,), (1,)): 10.0, ((1,), (0,)): 5.0}, {(0, 0): [1]})
    assert mended(STEPS, [1.0, 1.0, 1.0], told)[1] == Part((0,), (1,), 9.0)
