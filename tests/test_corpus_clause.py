"""Clauses: where a sentence may be cut for matching, and where it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.clause import clauses


def cut(text: str, language: str, *verbs: str) -> list[str]:
    """The clauses of a text; its verbs are given, or every word may be one."""
    found = clauses(text, 0, len(text), language, (lambda form: form in verbs) if verbs else (lambda _: True))
    return [text[low:high].strip() for low, high in found]


def test_a_sentence_that_tells_three_things() -> None:
    said = "The company failed in autumn, ruining small investors; bribes came to light years later, and a court jailed its founder."
    assert cut(said, "en") == [
        "The company failed in autumn,",
        "ruining small investors;",
        "bribes came to light years later,",
        "and a court jailed its founder.",
    ]


def test_lists_asides_and_dates_are_no_clauses() -> None:
    for said in (
        "Observers came from Poland, Romania, Hungary and Bulgaria.",
        "On February 15, 1989, General Gromov left.",
    ):
        assert cut(said, "en", "came", "left") == [said]


def test_a_joining_word_needs_a_verb() -> None:
    said = "Vojnici zauzeše stari zapušteni most i rudnik zlata pokraj rijeke"
    assert cut(said, "hr", "zauzeše") == [said]
    other = "Vojnici zauzeše stari zapušteni most i napadoše rudnik zlata pokraj rijeke"
    assert cut(other, "hr", "zauzeše", "napadoše")[1:] == ["i napadoše rudnik zlata pokraj rijeke"]


def test_arabic_joins_its_conjunctions_to_the_verb() -> None:
    said = "عبرت القوات النهر يوم الجمعة وقتلت الرئيس داخل قصره وحرسه الخاص"
    assert cut(said, "ar", "عبرت", "قتلت") == ["عبرت القوات النهر يوم الجمعة", "وقتلت الرئيس داخل قصره وحرسه الخاص"]


def test_relative_clauses_begin_at_their_pronoun() -> None:
    assert cut("Presidente ng bansa si Carlos Garcia noon nang lumubog ang malaking barko", "tl") == [
        "Presidente ng bansa si Carlos Garcia noon",
        "nang lumubog ang malaking barko",
    ]


def test_a_language_without_a_table_is_cut_at_its_punctuation() -> None:
    assert cut("Cavalul alb trecea podul vechi, iar soldatii dormeau adanc", "ro") == [
        "Cavalul alb trecea podul vechi,",
        "iar soldatii dormeau adanc",
    ]


@given(st.text(max_size=80), st.sampled_from(["en", "hr", "ar", "de", "tl", "ro", "und"]))
def test_nothing_is_lost_and_nothing_overlaps(text: str, language: str) -> None:
    found = clauses(text, 0, len(text), language)
    assert [high for _, high in found[:-1]] == [low for low, _ in found[1:]]
    assert (found[0][0], found[-1][1]) == (0, len(text))


@pytest.mark.parametrize("text", ["", "...", "one", "1999, 2000, 2001"])
def test_texts_with_next_to_nothing_in_them(text: str) -> None:
    assert clauses(text, 0, len(text), "en") == ((0, len(text)),)
