"""Vectors and machine translations as evidence: they find what words do not, on both modes."""

from __future__ import annotations

import numpy as np
import pytest

from hexapla.align.bead import beads
from hexapla.align.outside import GAIN, MOST, WIDTH, Given, Scale, of_words, outside
from hexapla.align.path import SHAPES
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.vectors import Vectors, unit
from tests.handmade import document
from tests.test_align_kind import EN, HR

NOTHING = Lexicon.of(())
SIZE = 40


def vectors(meanings: list[list[int]], noise: float = 0.3, seed: int = 0) -> Vectors:
    """Sentences as the sums of what they mean, with noise."""
    chosen = np.random.default_rng(7).standard_normal((SIZE + 1, 64))
    rough = np.random.default_rng(seed).standard_normal((len(meanings), 64)) * noise
    return Vectors((unit((np.array([chosen[told].sum(axis=0) for told in meanings]) + rough).astype(np.float32)),))


LEFT = [[n] for n in range(SIZE)]
RIGHT = [[0], [1, 2], [3], *[[n] for n in range(6, SIZE)], [SIZE]]  # 1 and 2 are merged, 4 and 5 are missing
WANTED = {((0,), (0,)), ((1, 2), (1,)), ((3,), (2,)), *(((n,), (n - 3,)) for n in range(6, SIZE))}


def texts(left: int, right: int) -> tuple[Document, Document]:
    """Sentences of equal length that share no word."""
    one = document("a", "en", [f"{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}aaa eee iii." for n in range(left)])
    other = document("b", "hr", [f"{'ABCDEFGHIJ'[n % 10].lower()}{'uvwz'[n // 10]}ooo uuu yyy." for n in range(right)])
    return one, other


def test_vectors_find_beads_where_no_word_is_known() -> None:
    one, other = texts(len(LEFT), len(RIGHT))
    given = Given({"a": vectors(LEFT, seed=1), "b": vectors(RIGHT, seed=2)}, {})
    told = outside((one, other), given)["a", "b"]
    found = {(b.left, b.right) for b in beads(one, other, NOTHING, outside=told) if b.left and b.right}
    assert len(found & WANTED) >= 0.9 * len(WANTED)
    assert ((1, 2), (1,)) in found
    assert not any({4, 5} & set(left) for left, _ in found)
    back = {(b.right, b.left) for b in beads(other, one, NOTHING, outside=told.turned()) if b.left and b.right}
    assert back == found


def test_scores_are_bounded_and_fit_the_block() -> None:
    scale = Scale.of(vectors(LEFT), vectors(RIGHT))
    block = scale.scores(3, 9, 2, 5)
    assert block.shape == (len(SHAPES), 6, 3)
    assert np.isneginf(block[SHAPES.index((1, 5))]).all()
    single = block[SHAPES.index((1, 1))]
    assert np.abs(single).max() <= MOST * scale.trust <= MOST * scale.gain <= MOST * GAIN
    assert scale.chance < 0.3 < scale.best


def test_vectors_that_know_nothing_say_nothing() -> None:
    noise = [np.random.default_rng(seed).standard_normal((60, 64)).astype(np.float32) for seed in (1, 2)]
    scale = Scale.of(*(Vectors((unit(rows),)) for rows in noise))
    assert np.abs(scale.nats(np.array([[1.0]], dtype=np.float32))).max() < 1
    assert scale.near == ()


def test_vectors_that_know_some_sentences_only_say_little() -> None:
    """As of an encoder that does not know the language, and sees names: a third of the sentences, and nothing of others."""
    known, unknown = vectors(LEFT, seed=2).windows[0], vectors(LEFT[::-1], noise=9.0, seed=3).windows[0]
    names = np.arange(SIZE)[:, None] % 3 == 0
    whole = Scale.of(vectors(LEFT, seed=1), vectors(LEFT, seed=2))
    part = Scale.of(vectors(LEFT, seed=1), Vectors((np.where(names, known, unknown),)))
    assert {(n, n) for n in range(0, SIZE, 3)} <= set(part.near)
    assert part.true < 0.6 * part.best
    assert part.trust < 0.5 * part.gain
    assert whole.trust == whole.gain
    assert np.abs(part.nats(np.array([-1.0, 1.0], dtype=np.float32))).max() < 0.5 * MOST * whole.gain


def test_what_all_sentences_have_in_common_says_nothing() -> None:
    shift = np.full((1, 64), 3.0, dtype=np.float32)
    plain = Scale.of(vectors(LEFT, seed=1), vectors(RIGHT, seed=2))
    moved = Scale.of(
        *(Vectors((unit(side.windows[0] + shift),)) for side in (vectors(LEFT, seed=1), vectors(RIGHT, seed=2)))
    )
    assert len(set(plain.near) & set(moved.near)) >= 0.9 * len(plain.near)
    assert moved.gain == pytest.approx(plain.gain, abs=1)


def test_nearest_are_mutual_and_better_than_chance() -> None:
    scale = Scale.of(vectors(LEFT, seed=1), vectors(RIGHT, seed=2))
    assert {(0, 0), (3, 2), (10, 7)} <= set(scale.near)
    assert len({left for left, _ in scale.near}) == len({right for _, right in scale.near}) == len(scale.near)


def test_windows_of_their_own_are_used_where_given() -> None:
    plain = vectors(LEFT)
    odd = unit(np.roll(plain.windows[0], -5, axis=0)[:-1])  # two sentences from the first on are like the sixth
    scale = Scale.of(Vectors((plain.windows[0], odd)), plain)
    two = scale.scores(0, 10, 0, 10)[SHAPES.index((2, 1))]
    assert [int(two[row].argmax()) for row in range(5)] == [5, 6, 7, 8, 9]


def test_a_machine_translation_shows_the_beads() -> None:
    one, other = document("a", "de", [f"wort{n} satz." for n in range(len(EN))]), document("b", "en", EN)
    rough = ["the town council talked of a bridge on Monday", "300 people were at the meeting", *EN[2:]]
    told = outside((one, other), Given({}, {("a", "b"): of_words(rough, other)}))["a", "b"]
    found = {(b.left, b.right) for b in beads(one, other, NOTHING, outside=told) if b.left and b.right}
    assert found == {((n,), (n,)) for n in range(len(EN))}


def test_a_translation_of_the_second_document_counts_as_well() -> None:
    one, other = document("a", "en", EN), document("b", "hr", HR)
    told = outside((one, other), Given({}, {("b", "a"): of_words(EN, one)}))
    assert set(told) == {("a", "b")}
    assert set(told["a", "b"].near) == {(n, n) for n in range(len(EN))}


def test_nothing_given_nothing_known() -> None:
    one, other = document("a", "en", EN), document("b", "hr", HR)
    assert outside((one, other), Given({"a": vectors(LEFT)}, {})) == {}
    assert Given({}, {}).alike("a", "b") is None


def test_empty_sides() -> None:
    empty = Vectors((np.zeros((0, 64), dtype=np.float32),))
    assert Scale.of(empty, vectors(LEFT)).near == ()


def test_alike_is_one_for_the_best_and_zero_by_chance() -> None:
    known = Given({"a": vectors(LEFT, seed=1), "b": vectors(RIGHT, seed=2)}, {}).alike("a", "b")
    assert known is not None
    found, worth = known
    assert 0.3 < worth <= 1
    assert found[10, 7] == pytest.approx(1, abs=0.4)
    assert found.mean() < 0.2


def test_vectors_that_know_nothing_are_worth_nothing() -> None:
    chance = np.random.default_rng(3).standard_normal((2, SIZE, 64)).astype(np.float32)
    nothing = Given({name: Vectors((unit(side),)) for name, side in zip("ab", chance, strict=True)}, {}).alike("a", "b")
    known = Given({"a": vectors(LEFT, seed=1), "b": vectors(RIGHT, seed=2)}, {}).alike("a", "b")
    assert nothing is not None
    assert known is not None
    assert nothing[1] < 0.1 < known[1]
    assert nothing[0].max() <= 0.2


def test_words_become_rows_of_one_width() -> None:
    one, other = of_words(EN, document("b", "en", EN))
    assert one.windows[0].shape == other.windows[0].shape == (len(EN), WIDTH)
    assert np.allclose((one.windows[0] * other.windows[0]).sum(axis=1), 1, atol=1e-5)
