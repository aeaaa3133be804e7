"""Pairs as a user names them, what links them, and beads."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.align.group import Member
from hexapla.align.pair import beads, closest, flat, links, sides, told
from hexapla.corpus.errors import UsageError
from hexapla.tei.edition import Edition
from tests.handmade import aligned, document, linked

EN = document("en", "en-GB", ["One.", "Two.", "Menu", "Three.", "Four."], "shxss")
AR1, AR2 = document("ar1", "ar", ["أ", "ب", "ج"]), document("ar2", "ar", ["د", "ه"])
NEWS = document("en-news", "en", ["A."])


@pytest.mark.parametrize(
    ("pair", "left", "right"),
    [
        ("en-ar1", ["en"], ["ar1"]),
        ("en-ar", ["en"], ["ar1", "ar2"]),
        ("ar-en-news", ["ar1", "ar2"], ["en-news"]),
        ("en-news-ar2", ["en-news"], ["ar2"]),
        ("EN-gb-ar", ["en"], ["ar1", "ar2"]),
        ("ar1-ar2", ["ar1"], ["ar2"]),
        ("en-en-news", ["en"], ["en-news"]),
    ],
)
def test_a_side_is_a_document_or_a_language(pair: str, left: list[str], right: list[str]) -> None:
    found = sides(pair, [EN, AR1, AR2, NEWS])
    assert [[one.id for one in side] for side in (found.left, found.right)] == [left, right]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("en-fr", "en (en-GB), ar1 (ar)"),
        ("en", "A-B"),
        ("-", "A-B"),
        ("ar-ar2", "ar2 on both sides"),
        ("", "give --pair A-B of en (en-GB)"),
    ],
)
def test_a_pair_that_names_nothing(pair: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        sides(pair, [EN, AR1, AR2])
    assert said in str(caught.value)


def test_two_documents_need_no_name() -> None:
    assert sides("", [EN, AR1]).names == ("en", "ar1")
    with pytest.raises(UsageError, match="ar is 2 documents; name one of them: ar1, ar2"):
        sides("en-ar", [EN, AR1, AR2]).single()


def test_links_are_turned_and_in_the_order_of_the_left_text() -> None:
    made = aligned(
        [EN, AR1, AR2],
        linked("ar1", [3], "en", [1]),
        linked("ar1", [1], "en", [5], "same-event"),
        linked("ar2", [1], "en", [1], "same-statement"),
        linked("ar1", [1], "ar2", [2]),
    )
    found = links(made, sides("en-ar", [EN, AR1, AR2]))
    assert [(one.left.segments, one.right.segments) for one in found] == [
        (("en.s1",), ("ar1.s3",)),
        (("en.s1",), ("ar2.s1",)),
        (("en.s5",), ("ar1.s1",)),
    ]
    assert links(made, sides("ar-en", [EN, AR1, AR2]), "same-event")[0].left.document == "ar1"
    assert closest(found) == "translation"
    assert closest(found[1:]) == "same-statement"
    assert closest(()) is None


def test_beads_count_sentences_and_headings_and_hold_what_stands_alone() -> None:
    made = aligned([EN, AR1], linked("ar1", [2], "en", [2, 4]))  # s3 of en is boilerplate
    assert beads(made, EN, AR1) == (((0,), ()), ((), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,)))
    assert beads(made, AR1, EN) == (((0,), ()), ((), (0,)), ((1,), (1, 2)), ((2,), ()), ((), (3,)))


def test_beads_are_those_of_the_translation_where_there_is_one() -> None:
    made = aligned([EN, AR1], linked("ar1", [1], "en", [1]), linked("ar1", [1, 2], "en", [2], "same-event"))
    assert [bead for bead in beads(made, EN, AR1) if all(bead)] == [((0,), (0,))]
    assert [bead for bead in beads(made, EN, AR1, "same-event") if all(bead)] == [((1,), (0, 1))]


def test_links_of_accounts_may_overlap_and_are_beads_once() -> None:
    both = linked("ar1", [1, 2], "en", [2], "same-event")
    made = aligned([EN, AR1], both, linked("ar1", [1], "en", [1], "same-event"), both)
    assert [bead for bead in beads(made, EN, AR1) if all(bead)] == [((0,), (0,)), ((1,), (0, 1))]


@given(st.integers(1, 9), st.integers(1, 9), st.randoms(use_true_random=False))
def test_every_sentence_is_in_a_bead(left: int, right: int, chance: random.Random) -> None:
    one, other = document("a", "en", ["x"] * left), document("b", "hr", ["y"] * right)
    made = []
    for _ in range(chance.randint(0, 5)):
        lefts = chance.sample(range(1, left + 1), chance.randint(1, min(3, left)))
        rights = chance.sample(range(1, right + 1), chance.randint(1, min(3, right)))
        made.append(linked("a", sorted(lefts), "b", sorted(rights)))
    found = beads(aligned([one, other], *made), one, other)
    assert {number for bead in found for number in bead[0]} == set(range(left))
    assert {number for bead in found for number in bead[1]} == set(range(right))
    assert len(found) == len(set(found))
    begins = [bead[0] for bead in found if bead[0]]
    assert begins == sorted(begins)
    alone = [bead[1] for bead in found if not bead[0]]
    assert alone == sorted(alone)


def test_words_in_one_line(edition: Edition) -> None:
    say = told(edition.documents)
    assert say(Member("ar", ("ar.s2",))) == "دخلت القوات الأمريكية بغداد في 10 أبريل 2003 وقتل 6 جنود."
    assert say(Member("hr", ("hr.s2", "hr.s3"))).count(". Poginula") == 1
    assert flat("a\u2028b\u00a0c\x85\r\n\td") == "a b\u00a0c d"
