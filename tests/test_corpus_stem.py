"""Stems: inflected forms of a word meet."""

from __future__ import annotations

import pytest

from hexapla.corpus.fold import fold
from hexapla.corpus.stem import stems

MEET = [
    ("en", "soldier", "soldiers"),
    ("hr", "vojnik", "vojnicima"),
    ("hr", "granica", "granicama"),
    ("hr", "sigurnost", "sigurnosti"),
    ("hr", "predsjednik", "predsjednika"),
    ("ar", "رئيس", "والرئيس"),
    ("ar", "مفاوضة", "المفاوضات"),
    ("tl", "sabi", "nagsasabi"),
    ("tl", "salakay", "sinalakay"),
    ("tl", "salakay", "pagsalakay"),
    ("de", "Soldat", "Soldaten"),
    ("fr", "soldat", "soldats"),
    ("sw", "askari", "askarini"),  # no table: the first letters
]


@pytest.mark.parametrize(("language", "one", "other"), MEET)
def test_forms_meet(language: str, one: str, other: str) -> None:
    assert set(stems(fold(one), language)) & set(stems(fold(other), language))


APART = [("hr", "rat", "rad"), ("en", "army", "arm"), ("tl", "bahay", "buhay"), ("ar", "كتاب", "كلاب")]


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_other_words_do_not(language: str, one: str, other: str) -> None:
    assert not set(stems(fold(one), language)) & set(stems(fold(other), language))
