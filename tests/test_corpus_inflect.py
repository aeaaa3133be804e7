"""Names in the forms of a language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.inflect import forms, inflected, is_acronym

# name, language, forms that must be there
FORMS = [
    ("Irak", "hr", "Iraka Iraku Irakom"),
    ("Bush", "hr", "Busha Bushu Bushom Busheva Bushevom Bushovom"),
    ("Blair", "hr", "Blaira Blairu Blairom"),
    ("Obama", "hr", "Obame Obami Obamu Obamom Obamina Obaminoj"),
    ("Husein", "hr", "Huseinov Huseinova Huseinovog Huseinovim"),
    ("Amerika", "hr", "Amerike Americi Ameriku Amerikom"),
    ("Volga", "hr", "Volzi"),
    ("Turska", "hr", "Turske Turskoj Tursku Turskom"),
    ("Tereškova", "hr", "Tereškove Tereškovoj Tereškovu"),
    ("Sirija", "hr", "Sirije Siriji Siriju Sirijom"),
    ("Egipat", "hr", "Egipta Egiptu Egiptom"),
    ("Kairo", "hr", "Kaira Kairu Kairom"),
    ("George", "hr", "Georgea Georgeu Georgeom"),
    ("Cheney", "hr", "Cheneyja Cheneyju Cheneya"),
    ("Maliki", "hr", "Malikija Malikijem Malikijeva"),
    ("Iračani", "hr", "Iračana Iračanima Iračane"),
    ("Amerikanci", "hr", "Amerikanaca Amerikancima Amerikance"),
    ("Amerikanac", "hr", "Amerikanca Amerikancem"),
    ("irački", "hr", "iračka iračkog iračkoj iračkih iračkim"),
    ("SAD", "hr", "SAD-a SAD-u SAD-om"),
    ("UN", "hr", "UN-a UN-u UN-ova UN-ove"),
    ("BBC", "hr", "BBC-ja BBC-ju BBC-jem"),
    ("CIA", "hr", "CIA-e CIA-i CIA-in"),
    ("Al-Kaida", "hr", "Al-Kaide Al-Kaidi Al-Kaidu"),
    ("Irak", "de", "Iraks"),
    ("irakisch", "de", "irakische irakischen"),
    ("Amerika", "tl", "Amerikang"),
    ("العراقيون", "ar", "العراقيين"),
    ("Iraq", "en", "Iraq's"),
    ("Hans", "de", "Hans'"),
]

PHRASES = [
    ("Sadam Husein", "hr", ["Sadama Huseina", "Sadamu Huseinu", "Sadamom Huseinom"]),
    ("George W. Bush", "hr", ["Georgea W. Busha", "Georgeu W. Bushu", "George W. Busha"]),
    ("Osama bin Laden", "hr", ["Osame bin Ladena", "Osami bin Ladenu"]),
    ("Ali Hassan al-Majid", "hr", ["Ali Hassana al-Majida", "Alija Hassana al-Majida"]),
    ("Angela Merkel", "hr", ["Angele Merkel", "Angelu Merkel"]),
    ("New York Times", "hr", ["New York Timesa", "New York Timesu"]),
    ("Velika Britanija", "hr", ["Velike Britanije", "Velikoj Britaniji", "Velikom Britanijom"]),
    ("Perzijski zaljev", "hr", ["Perzijskog zaljeva", "Perzijskom zaljevu", "Perzijskim zaljevom"]),
    ("Drugi svjetski rat", "hr", ["Drugog svjetskog rata", "Drugom svjetskom ratu"]),
    ("Sjedinjene Američke Države", "hr", ["Sjedinjenih Američkih Država", "Sjedinjenim Američkim Državama"]),
    ("Ujedinjeni narodi", "hr", ["Ujedinjenih naroda", "Ujedinjenim narodima", "Ujedinjene narode"]),
    ("Vijeće sigurnosti UN-a", "hr", ["Vijeća sigurnosti UN-a", "Vijeću sigurnosti UN-a"]),
    ("oružje za masovno uništenje", "hr", ["oružja za masovno uništenje", "oružjima za masovno uništenje"]),
    ("173. zračna brigada", "hr", ["173. zračne brigade", "173. zračnoj brigadi"]),
    ("Vereinigte Staaten", "de", ["Vereinigten Staaten"]),
    ("Saddam Hussein", "de", ["Saddam Husseins"]),
    ("أبو بكر البغدادي", "ar", ["أبي بكر البغدادي", "أبا بكر البغدادي"]),
]

# forms that would be names of something else, or no names at all
NEVER = [
    ("Turska", "hr", "Turski"),  # the adjective
    ("Vijeće sigurnosti", "hr", "Vijeća sigurnosta"),  # only the head of the phrase changes
    ("Abu Ghraib", "hr", "Abua Ghraiba"),
    ("George W. Bush", "hr", "Georgea W.a Busha"),
    ("SAD", "hr", "SADa"),
    ("Iraq", "en", "Iraq'"),
    ("العراق", "ar", "العراقي"),
]


@pytest.mark.parametrize(("name", "language", "expected"), FORMS, ids=lambda value: value)
def test_words(name: str, language: str, expected: str) -> None:
    assert set(expected.split()) <= set(forms(name, language))


@pytest.mark.parametrize(("name", "language", "expected"), PHRASES, ids=str)
def test_phrases_change_in_one_case(name: str, language: str, expected: list[str]) -> None:
    assert set(expected) <= set(forms(name, language))


@pytest.mark.parametrize(("name", "language", "wrong"), NEVER)
def test_what_is_not_made(name: str, language: str, wrong: str) -> None:
    assert wrong not in forms(name, language)


@pytest.mark.parametrize("language", ["fr", "sw", "und", "ja"])
def test_without_rules_a_name_stays(language: str) -> None:
    assert forms("Irak", language) == ("Irak",)


def test_enclitics_are_no_inflection() -> None:
    assert inflected("Iraq", "en") == ("Iraq",)
    assert forms("Iraq", "en-GB") == forms("Iraq", "en")


def test_long_names_do_not_explode() -> None:
    assert len(forms("Nova Velika Crvena Zelena Plava Mala Bijela Vojska", "hr")) < 60


@pytest.mark.parametrize(
    ("word", "expected"), [("NATO", True), ("U.S.", True), ("W.", False), ("Nato", False), ("", False)]
)
def test_acronyms(word: str, expected: bool) -> None:
    assert is_acronym(word) is expected


@given(st.text(max_size=30), st.sampled_from(["hr", "ar", "en", "de", "tl", "fr"]))
def test_the_name_comes_first_and_nothing_twice(name: str, language: str) -> None:
    made = forms(name, language)
    assert made[:1] == ((name,) if name.strip() else ())
    assert len(set(made)) == len(made)
