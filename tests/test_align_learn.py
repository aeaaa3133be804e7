"""A lexicon learned from confirmed links."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.align.learn import LEAST, learn, save
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.wordlist import read

TOLD = [
    ("Vojska ulazi u grad", "The army enters the town"),
    ("Grad spava", "The town sleeps"),
    ("Vojska spava", "The army sleeps"),
    ("Kiša pada", "The rain falls"),
    ("Kiša ulazi", "The rain enters"),
]


def test_words_that_keep_company_are_learned() -> None:
    found = learn(TOLD, "hr", "en")
    learned = [(left.text, right.text) for left, right in zip(found[::2], found[1::2], strict=True)]
    best = dict(reversed(learned))
    assert best["vojska"] == "army"
    assert best["grad"] == "town"
    assert best["kiša"] == "rain"
    assert best["spava"] == "sleeps"


def test_what_was_seen_once_is_not_learned() -> None:
    assert not {entry.text for entry in learn(TOLD, "hr", "en")} & {"pada", "falls"}


@pytest.mark.parametrize("pairs", [[], TOLD[:1], [("", "a"), ("b", "")]])
def test_nothing_comes_of_too_little(pairs: list[tuple[str, str]]) -> None:
    assert learn(pairs, "hr", "en") == ()


def test_more_links_make_surer() -> None:
    few = learn(TOLD[:3], "hr", "en")[0].trust
    many = learn(TOLD[:3] * 4, "hr", "en")[0].trust
    assert many > few


SENTENCES = st.text(alphabet="abcčš حربم ", max_size=12)


@given(st.lists(st.tuples(SENTENCES, SENTENCES), max_size=8))
def test_any_links_give_trusted_pairs_in_order(pairs: list[tuple[str, str]]) -> None:
    found = learn(pairs, "eo", "ar")
    trusts = [entry.trust for entry in found]
    assert all(LEAST <= trust <= 1 for trust in trusts)
    assert trusts == sorted(trusts, reverse=True)
    assert learn(pairs, "eo", "ar") == found


def test_a_saved_lexicon_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    entries = learn([*TOLD, ("Zrinko dolazi", "Zzyx comes"), ("Zrinko spava", "Zzyx sleeps")], "hr", "en")
    save(entries, path)
    lexicon = Lexicon.of(read(path))
    mine, theirs = (
        {(sense.concept, sense.trust) for sense in lexicon.senses(words(text), language) if sense.source == "user-mine"}
        for text, language in (("Zrinko", "hr"), ("Zzyx", "en"))
    )
    assert mine & theirs
    assert lexicon.sources["user-mine"] == len(entries)


def test_the_same_links_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save(learn(TOLD, "hr", "en"), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
