"""What texts teach of their words: which of many translations shows, how few beads teach little, and what is learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hexapla.align.chain import UNPLACED, Edges, Side
from hexapla.align.own import LEAST, TRUST, Seen, presumed, taught, trusted
from hexapla.align.path import Step
from hexapla.align.slant import Slant

TYPES = 60
"""Types in all; the right one of left type n is n + 30."""


def side(sentences: list[list[int]], places: list[list[int]] | None = None) -> Side:
    """Return a side whose sentences hold these types, which stand in *places* where these are given."""
    start = np.cumsum([0, *map(len, sentences)])
    types = np.array([kind for held in sentences for kind in held])
    place = [at for held in places for at in held] if places else [UNPLACED] * len(types)
    return Side(start, types, np.full(len(sentences), 20.0), np.array(place, np.uint8))


def edges(*rows: tuple[int, int, float]) -> Edges:
    """Return edges from a left type to a right one, as trusted."""
    left, right, trust = zip(*sorted(rows), strict=True)
    return Edges(np.array(left), np.array(right), np.array(trust))


def seen(count: int, known: Edges, left: int = 5) -> Seen:
    """Return *count* beads: left types that come round, each with what translates it and others that come round."""
    one = [[n % left, 20 + n % 7] for n in range(count)]
    other = [[30 + n % left, 40 + n % 11] for n in range(count)]
    return Seen(side(one), side(other), known, [Step(n, n, 1, 1, 9.0) for n in range(count)])


FIGURES = np.zeros(TYPES, dtype=bool)
NOISE = [(0, 40 + n, 0.95) for n in range(11)]


def told(found: Edges, left: int, right: int) -> float:
    """Return how surely an edge shows."""
    return float(found.trust[(found.left == left) & (found.right == right)].sum())


def test_a_list_that_gives_many_translations_takes_no_more_than_one_that_gives_one() -> None:
    """Before anything is read each list has its part, and its translations share it."""
    beads = seen(10, edges((0, 30, 1.0), *NOISE))
    found = presumed(beads.edges, beads.right, FIGURES)
    assert found.trust.sum() == pytest.approx(TRUST[0])
    assert told(found, 0, 30) == pytest.approx(TRUST[0] / 1.95)
    assert all(told(found, 0, right) < told(found, 0, 30) / 5 for _, right, _ in NOISE)


def test_the_text_tells_which_of_many_translations_it_uses() -> None:
    """What stands in its beads gains, what is there by chance loses, and the word itself is trusted more."""
    beads = seen(400, edges((0, 30, 0.95), *NOISE))
    before, after = presumed(beads.edges, beads.right, FIGURES), taught(beads, FIGURES)[0]
    assert told(before, 0, 30) < 0.2
    assert told(after, 0, 30) > 0.8
    assert all(told(after, 0, right) < told(before, 0, right) for _, right, _ in NOISE)


def test_few_beads_teach_nothing_and_more_of_them_more() -> None:
    """There is no number of beads from which on everything is different."""
    known = edges((0, 30, 0.95), *NOISE)
    moved = [
        told(taught(beads, FIGURES)[0], 0, 30) - told(presumed(beads.edges, beads.right, FIGURES), 0, 30)
        for beads in (seen(count, known) for count in (LEAST, LEAST + 5, 2 * LEAST, 6 * LEAST))
    ]
    assert moved[0] == 0
    assert 0 < moved[1] < moved[2] / 4
    assert moved[2] < moved[3]


def test_what_is_not_listed_is_learned_where_nothing_listed_explains_it() -> None:
    """Companions are learned from both sides, and the less surely the fewer beads there are."""
    known = edges((0, 30, 1.0))
    few, many = (taught(seen(count, known), FIGURES) for count in (2 * LEAST, 6 * LEAST))
    assert all(told(many[0], kind, 30 + kind) > told(few[0], kind, 30 + kind) > 0.2 for kind in range(1, 5))
    assert told(many[1], 31, 1) == pytest.approx(told(many[0], 1, 31))
    assert told(many[0], 0, 31) == 0


def companions(count: int, known: Edges, away: int = 200, begin: int = 20) -> Seen:
    """Return *count* beads: with left type n, which comes round, stand 30 + n at its place, and 50 + n so far *away*.

    Places and how far they are away count as in `Side`: 254 is the length of a sentence. What stands beside these comes
    round as well.
    """
    one = [[n % 5, 20 + n % 7] for n in range(count)]
    other = [[30 + n % 5, 40 + n % 9, 50 + n % 5] for n in range(count)]
    places = [[begin + n % 11, 127] for n in range(count)]
    theirs = [[begin + n % 11, 127, begin + n % 11 + away] for n in range(count)]
    return Seen(side(one, places), side(other, theirs), known, [Step(n, n, 1, 1, 9.0) for n in range(count)])


NONE = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
SLANT = Slant(0.9, 0.1)


@pytest.mark.parametrize(("away", "begin"), [(200, 20), (-200, 230)])
def test_of_two_companions_that_which_stands_in_the_place_of_a_word_is_learned(away: int, begin: int) -> None:
    """Where nothing is known of how translations stand, both are."""
    beads = companions(600, NONE, away, begin)
    plain, slanted = (taught(replace(beads, slant=slant), FIGURES) for slant in (None, SLANT))
    for kind in range(5):
        for right in (30 + kind, 50 + kind):
            assert told(plain[0], kind, right) > 0.2
            assert told(plain[1], right, kind) > 0.2
        assert told(plain[0], kind, 30 + kind) == pytest.approx(told(plain[0], kind, 50 + kind))
        assert told(slanted[0], kind, 30 + kind) > 0.2
        assert told(slanted[1], 30 + kind, kind) > 0.2
        assert told(slanted[0], kind, 50 + kind) == told(slanted[1], 50 + kind, kind) == 0


def test_words_without_a_place_are_learned_as_if_nothing_were_known_of_places() -> None:
    beads = seen(400, edges((0, 30, 1.0)))
    for one, other in zip(taught(replace(beads, slant=SLANT), FIGURES), taught(beads, FIGURES), strict=True):
        assert (one.left.tolist(), one.right.tolist()) == (other.left.tolist(), other.right.tolist())
        assert one.trust == pytest.approx(other.trust)


def test_of_two_translations_that_are_listed_that_which_stands_in_place_is_trusted() -> None:
    """They are there as often as each other, so that without their places nothing tells them apart."""
    beads = companions(600, edges((0, 30, 0.9), (0, 50, 0.9)))
    plain, slanted = (trusted(replace(beads, slant=slant), FIGURES) for slant in (None, SLANT))
    assert told(plain, 0, 30) == pytest.approx(told(plain, 0, 50))
    assert told(slanted, 0, 30) > 2 * told(slanted, 0, 50)
