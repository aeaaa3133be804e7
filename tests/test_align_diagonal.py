"""Beads scored by where their words stand: beside a loop that follows the formula, and what must not matter to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hexapla.align import diagonal
from hexapla.align.chain import UNPLACED, Edges, Side
from hexapla.align.diagonal import Diagonal
from hexapla.align.likely import BOTH, Likely, Model, believed
from hexapla.align.own import MOST, share
from hexapla.align.path import SHAPES, WIDEST, Spans, Step
from hexapla.align.slant import DRIFT, STRAY, Slant

SIZE = 80
"""Types in all; what translates left type n in the beads that are made up is n + 40."""

Sentence = Mapping[int, int]
"""The place of each type of a sentence."""

SENTENCES = st.tuples(
    st.dictionaries(st.integers(0, 7), st.one_of(st.integers(0, UNPLACED - 1), st.just(UNPLACED)), max_size=5),
    st.integers(0, 200),
)
SIDES = st.lists(SENTENCES, min_size=1, max_size=6)
EDGES = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(0.01, 0.9), max_size=20)
SLANTS = st.builds(Slant, st.floats(0.2, 3), st.floats(0, 0.9))

CLOSE = 1e-5
"""Lengths are scored in single precision."""


def side(sentences: Sequence[tuple[Sentence, int]]) -> Side:
    """Return sentences of these types, and of so many letters."""
    held = [sorted(told.items()) for told, _ in sentences]
    start = np.cumsum([0, *map(len, held)])
    types, place = ([pair[number] for told in held for pair in told] for number in (0, 1))
    lengths = np.array([length for _, length in sentences], np.float64)
    return Side(start, np.array(types, np.int64), lengths, np.array(place, np.uint8))


def edges(listed: Mapping[tuple[int, int], float]) -> Edges:
    pairs = sorted(listed)
    left, right = (np.array([pair[number] for pair in pairs], np.int64) for number in (0, 1))
    return Edges(left, right, np.array([listed[pair] for pair in pairs]))


def scorer(left: Side, right: Side, there: Edges, back: Edges, slant: Slant | None = None) -> Diagonal:
    found = Diagonal(Likely(left, right, (there, back), believed(left, right), SIZE))
    found.slant = slant or found.slant
    return found


def turned(model: Model) -> Model:
    back = [SHAPES.index((m, n)) for n, m in SHAPES]
    return replace(model, shapes=model.shapes[back], alone=model.alone[::-1], ratio=-model.ratio)


def spans(left: Side, right: Side) -> Spans:
    """Return all beads of two sides that follow one another."""
    held = [
        [(first, count) for first in range(len(one)) for count in range(1, min(WIDEST, len(one) - first) + 1)]
        for one in (left, right)
    ]
    table = [(*one, *other) for one in held[0] for other in held[1]]
    return Spans(*np.array(table, np.int64).T)


def looped(mine: Side, theirs: Side, said: Edges, slant: Slant, here: range, there: range) -> float:
    """Return what the words of sentences *here* say of those *there*, one after the other."""
    sizes = [sum(max(float(one.length[n]), 1) for n in part) for one, part in ((mine, here), (theirs, there))]
    usual = sum(max(float(length), 1) for length in theirs.length) / len(theirs)
    length, total, chance = np.sqrt(sizes[0] * sizes[1]), 0.0, share(theirs, SIZE)

    def places(one: Side, part: range, size: float, kind: int | None = None) -> list[tuple[int, float]]:
        found, before = [], 0.0
        for number in part:
            long = max(float(one.length[number]), 1)
            for place in range(one.start[number], one.start[number + 1]):
                at = np.nan if one.place[place] == UNPLACED else before + one.place[place] / 254 * long
                found.append((int(one.types[place]), at / size))
            before += long
        return [(told, at) for told, at in found if kind in (None, told)]

    for kind, at in places(mine, here, sizes[0]):
        known = said.left == kind
        surely = min(float(said.trust[known].sum()), MOST)
        best = 0.0
        for right, trust in zip(said.right[known].tolist(), said.trust[known].tolist(), strict=True):
            away = np.array([abs(at - other) * length for _, other in places(theirs, there, sizes[1], right)])
            if len(away):
                odds = trust / (1 - surely) / (1 - (1 - chance[right]) ** (sizes[1] / usual))
                best = max(best, odds * float(slant.counted(away, np.full(len(away), length)).mean()))
        total += np.log(1 - surely) + np.log1p(best)
    return float(total)


@settings(max_examples=40, deadline=None)
@given(SIDES, SIDES, EDGES, EDGES, SLANTS)
@example([({}, 0)], [({}, 0)], {}, {}, Slant())
def test_beads_score_what_a_loop_over_their_words_says(
    one: list[tuple[Sentence, int]],
    other: list[tuple[Sentence, int]],
    there: dict[tuple[int, int], float],
    back: dict[tuple[int, int], float],
    slant: Slant,
) -> None:
    left, right, said = side(one), side(other), (edges(there), edges(back))
    found = scorer(left, right, *said, slant)
    beads = spans(left, right)
    frame = found.likely.outline(*beads)
    for score, beside, row, many, column, wide in zip(found.scores(beads), frame, *beads, strict=True):
        here, over = range(row, row + many), range(column, column + wide)
        words = looped(left, right, said[0], slant, here, over) + looped(right, left, said[1], slant, over, here)
        assert score == pytest.approx(BOTH * words + beside, abs=CLOSE)


@settings(max_examples=40, deadline=None)
@given(SIDES, SIDES, EDGES, EDGES, SLANTS)
def test_sentences_that_follow_one_another_score_the_same_as_chosen_ones_do(
    one: list[tuple[Sentence, int]],
    other: list[tuple[Sentence, int]],
    there: dict[tuple[int, int], float],
    back: dict[tuple[int, int], float],
    slant: Slant,
) -> None:
    left, right = side(one), side(other)
    found = scorer(left, right, edges(there), edges(back), slant)
    beads = spans(left, right)
    chosen = [found.bead(range(r, r + n), range(c, c + m)) for r, n, c, m in zip(*beads, strict=True)]
    np.testing.assert_allclose(found.scores(beads), chosen, atol=CLOSE)


@settings(max_examples=40, deadline=None)
@given(SIDES, SIDES, EDGES, EDGES, SLANTS)
def test_the_side_does_not_matter(
    one: list[tuple[Sentence, int]],
    other: list[tuple[Sentence, int]],
    there: dict[tuple[int, int], float],
    back: dict[tuple[int, int], float],
    slant: Slant,
) -> None:
    left, right, said = side(one), side(other), (edges(there), edges(back))
    found = scorer(left, right, *said, slant)
    likely = Likely(right, left, said[::-1], turned(found.likely.model), SIZE)
    mirror = Diagonal(likely)
    mirror.slant = slant
    beads = spans(left, right)
    np.testing.assert_allclose(found.scores(beads), mirror.scores(beads.turned()), atol=CLOSE)
    assert found.bead([0], [len(right) - 1]) == pytest.approx(mirror.bead([len(right) - 1], [0]), abs=CLOSE)


@settings(max_examples=40, deadline=None)
@given(SIDES, SIDES, EDGES, EDGES, st.integers(1, 7), st.data())
def test_beads_that_are_scored_together_change_nothing(
    one: list[tuple[Sentence, int]],
    other: list[tuple[Sentence, int]],
    there: dict[tuple[int, int], float],
    back: dict[tuple[int, int], float],
    many: int,
    data: st.DataObject,
) -> None:
    """Whichever they are, in whatever order, and however many are taken at once."""
    left, right = side(one), side(other)
    found = scorer(left, right, edges(there), edges(back))
    beads = spans(left, right)
    whole = found.scores(beads)
    which = data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=10))
    some = Spans(*(held[which] for held in beads))
    np.testing.assert_allclose(found.scores(some), whole[which], atol=1e-9)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(diagonal, "MANY", many)
        np.testing.assert_allclose(found.scores(beads), whole, atol=1e-9)
        np.testing.assert_allclose(found.scores(some), whole[which], atol=1e-9)


WORDS = edges({(n, n + 40): 0.6 for n in range(40)})


def placed(left: Sequence[Sentence], right: Sequence[Sentence]) -> float:
    """Return the score of a bead of all these sentences, where 40 others tell how frequent words are."""
    rest = [({n % 40: UNPLACED}, 60) for n in range(80)], [({n % 40 + 40: UNPLACED}, 60) for n in range(80)]
    sides = [side([*((told, 60) for told in held), *more]) for held, more in zip((left, right), rest, strict=True)]
    return scorer(sides[0], sides[1], WORDS, WORDS.turned()).bead(range(len(left)), range(len(right)))


def test_words_in_the_order_of_their_translations_say_more_than_the_same_words_reversed() -> None:
    left = {0: 10, 1: 80, 2: 170, 3: 240}
    right = {n + 40: place for n, place in left.items()}
    backwards = {n + 40: 250 - place for n, place in left.items()}
    nowhere = dict.fromkeys(right, UNPLACED)
    assert placed([left], [right]) > placed([left], [nowhere]) > placed([left], [backwards])


def test_a_sentence_gains_less_from_a_word_that_stands_far_from_where_it_should() -> None:
    """Here a word of the beginning that would stand in the second sentence of its translation."""
    left = {0: 10, 1: 120}
    none, near, far = ([{41: 240, **one}, other] for one, other in (({}, {}), ({40: 20}, {}), ({}, {40: 230})))
    assert placed([left], near) > placed([left], far) > placed([left], none)
    assert placed([left], near) - placed([left], far) > 1


def told(place: Callable[[np.random.Generator, int], int], count: int = 300) -> tuple[Diagonal, list[Step]]:
    """Return *count* beads of one sentence each with six words; where a word stands says where its translation does."""
    rng = np.random.default_rng(3)
    left, right = [], []
    for _ in range(count):
        words = {n: int(rng.integers(UNPLACED)) for n in rng.choice(40, 6, replace=False).tolist()}
        left.append((words, 100))
        right.append(({n + 40: place(rng, at) for n, at in words.items()}, 100))
    return scorer(side(left), side(right), WORDS, WORDS.turned()), [Step(n, n, 1, 1, 9.0) for n in range(count)]


def test_words_that_stand_just_where_their_translations_do_lower_drift_and_stray() -> None:
    found, steps = told(lambda _, at: at)
    found.fit(steps)
    assert found.slant.drift < DRIFT / 2
    assert found.slant.stray < STRAY / 2


def test_words_that_stand_anywhere_raise_stray() -> None:
    found, steps = told(lambda rng, _: int(rng.integers(UNPLACED)))
    found.fit(steps)
    assert found.slant.stray > 2 * STRAY


def test_what_strays_and_what_drifts_is_found_again() -> None:
    """Three in ten stand anywhere, the others near the diagonal: by 0.4 times the square root of the letters."""

    def place(rng: np.random.Generator, at: int) -> int:
        if rng.random() < 0.3:
            return int(rng.integers(UNPLACED))
        near = at + int(rng.laplace(0, 0.4 * 10) * 2.54)
        return near if 0 <= near < UNPLACED else at

    found, steps = told(place, 2000)
    for _ in range(4):
        found.fit(steps)
    assert found.slant.drift == pytest.approx(0.4, abs=0.08)
    assert found.slant.stray == pytest.approx(0.3, abs=0.08)


def test_the_fewer_beads_the_less_they_move_what_was_believed() -> None:
    moved = []
    for count in (3, 30, 300):
        found, steps = told(lambda _, at: at, count)
        found.fit(steps)
        moved.append(DRIFT - found.slant.drift)
    assert 0 < moved[0] < moved[1] < moved[2]


def test_the_slant_of_many_beads_is_that_of_some_of_them_evenly_taken() -> None:
    found, steps = told(lambda _, at: at, 2 * diagonal.SAMPLE)
    few, _ = told(lambda _, at: at, 2 * diagonal.SAMPLE)
    found.fit(steps)
    few.fit(steps[::2])
    assert found.slant == few.slant


def test_no_beads_and_words_without_a_place_leave_what_was_believed() -> None:
    found, steps = told(lambda _, at: at)
    found.fit([])
    assert (found.slant.drift, found.slant.stray) == pytest.approx((DRIFT, STRAY))
    found, steps = told(lambda _rng, _at: UNPLACED)
    found.fit(steps)
    assert (found.slant.drift, found.slant.stray) == pytest.approx((DRIFT, STRAY))


def test_sentences_without_words_and_texts_of_one_sentence_break_nothing() -> None:
    empty, word, other = side([({}, 12), ({}, 0)]), side([({0: 3}, 12)]), side([({40: 3}, 12)])
    for left, right in ((empty, empty), (empty, other), (word, empty), (word, other)):
        for said in (WORDS, edges({})):
            found = scorer(left, right, said, said.turned())
            found.fit([Step(0, 0, 1, 1, 9.0)])
            assert found.scores(Spans.of([])).tolist() == []
            scores = found.scores(Spans.of([Step(0, 0, len(left), len(right), 9.0)]))
            assert scores == pytest.approx(found.bead(range(len(left)), range(len(right))), abs=CLOSE)
            assert np.isfinite(scores).all()
