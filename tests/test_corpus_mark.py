"""Punctuation marks: one name for what scripts write in their own ways, and which of them ends a sentence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hexapla.corpus.mark import marks

GREEK_QUESTION = "\u037e"
"""What Unicode's canonical forms write as a semicolon."""

WRITTEN = st.text(st.characters(categories=("L", "M", "N", "P", "Z"), exclude_characters=GREEK_QUESTION), max_size=30)
"""Letters of any script, with or without marks above and below them; digits, punctuation and white space."""


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("?", ["Where?", "أين؟", "在哪里？", "Πού" + GREEK_QUESTION, "Ո՞ւր՞", "¿Dónde?"]),
        ("!", ["Come!", "来！", "¡Ven!", "Արի՜"]),
        (";", ["one; two", "واحد؛ اثنان", "一；二"]),
        (":", ["two: this", "两：这"]),
        ("%", ["12% of it", "١٢٪ منه", "12％"]),
        ("(", ["one (two) three", "one [two] three", "一（二）三", "one {two} three"]),
        (
            "quote",
            ['a "b" c', "a “b” c", "a „b“ c", "a «b» c", "a »b« c", "a ‹b› c", "あ「い」う", "あ『い』う", "a ‚b‘ c"],
        ),
    ],
)
def test_marks_of_different_scripts_have_one_name(name: str, sentences: list[str]) -> None:
    assert all(name in marks(sentence) for sentence in sentences)


@pytest.mark.parametrize("closing", ['"', "”", "“", "»", "«", "›", "’", "'", ")", "]", "」", "』", " »", '")', " \n"])
def test_what_ends_a_sentence_stands_before_what_closes_it(closing: str) -> None:
    assert "end ?" in marks("He asked: where?" + closing)
    assert "end ." in marks("He went home." + closing)
    assert not any(mark.startswith("end") for mark in marks("He went home" + closing))


def test_only_the_last_mark_ends_a_sentence() -> None:
    assert marks("Where? There.") == {"?", "end ."}
    assert marks("There! Where?") == {"!", "?", "end ?"}
    assert marks("Two things:") == {":", "end :"}


@pytest.mark.parametrize(
    "sentence", ["He went.", "Отишао је.", "他走了。", "ذهب.", "وہ گیا۔", "वह गया।", "Նա գնաց։", "ሄደ።"]
)
def test_full_stops_of_all_scripts_end_a_sentence_and_are_of_no_matter_inside_it(sentence: str) -> None:
    assert marks(sentence) == {"end ."}
    assert marks(sentence + " A") == frozenset()


def test_commas_dashes_and_apostrophes_are_no_marks() -> None:
    for sentence in ("one, two", "واحد، اثنان", "一、二，三", "one - two – three — four", "well-known"):
        assert marks(sentence) == frozenset()
    for sentence in ("don't", "don’t", "the soldiers’", "l’armée d'Italie", "rock ’n’ roll"):
        assert marks(sentence) == frozenset()


def test_an_ellipsis_is_told_from_a_full_stop() -> None:
    assert marks("He went…") == marks("他走了…") == marks("He went…\u2019")
    assert "end ." not in marks("He went…")


def test_where_no_mark_is_there_is_none() -> None:
    for sentence in ("", " ", "\n\t\u00a0\u3000", "abc", "1234", "١٢٣", "Grad pade 1991", "سقطت", "ça", "c\u0327a"):
        assert marks(sentence) == frozenset()


def test_a_sentence_of_marks_alone() -> None:
    assert marks("?!") == {"?", "!", "end !"}
    assert marks("«»") == marks('""') == {"quote"}
    assert marks(")") == frozenset()
    assert marks("…") == {"...", "end ..."}
    assert marks("?") == {"?", "end ?"}


@given(st.text(max_size=40))
@example("\u2019")
@example("\u00b4")
def test_any_text_has_marks_with_names_and_one_end_at_most(sentence: str) -> None:
    found = marks(sentence)
    assert all(mark and mark != "end " for mark in found)
    assert sum(mark.startswith("end ") for mark in found) <= 1


@given(WRITTEN)
def test_letters_in_one_piece_or_in_two_have_the_same_marks(sentence: str) -> None:
    found = marks(sentence)
    assert marks(unicodedata.normalize("NFC", sentence)) == found
    assert marks(unicodedata.normalize("NFD", sentence)) == found


@given(st.text(st.characters(categories=("L", "M", "N", "Z")), max_size=40))
def test_letters_digits_and_white_space_give_none(sentence: str) -> None:
    assert marks(sentence) == frozenset()


@given(WRITTEN, st.sampled_from(["?", "!", ";", "؟", "。"]), st.sampled_from(["", '"', "»", "” ", ")"]))
def test_the_end_is_that_of_the_last_mark_whatever_stands_before_it(sentence: str, mark: str, closing: str) -> None:
    """A mark is named as it is alone."""
    (end,) = (name for name in marks(mark) if name.startswith("end "))
    assert end in marks(sentence + mark + closing)
    assert marks(sentence + mark + closing) >= marks(mark)
