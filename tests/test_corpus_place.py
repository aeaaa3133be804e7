"""What the name of a place is known to be, and what lies in what."""

from __future__ import annotations

import pytest

from hexapla.corpus.people import peoples
from hexapla.corpus.place import Spot, located, way, within
from hexapla.corpus.scope import said


@pytest.mark.parametrize(
    ("name", "language", "level", "country"),
    [
        ("Rijeci", "hr", "town", "HR"),
        ("هاليفاكس", "ar", "town", "CA"),  # by its sound
        ("بغداد", "ar", "town", "IQ"),
        ("Deutschland", "de", "country", "DE"),
        ("Estados Unidos", "tl", "country", "US"),
    ],
)
def test_towns_and_countries_are_known_in_every_case_and_script(
    name: str, language: str, level: str, country: str
) -> None:
    spot = located(name, language)
    assert spot
    assert (spot.level, spot.country) == (level, country)


def test_what_no_table_knows_is_nothing() -> None:
    assert located("Europe", "en") is None
    assert located("Vis", "hr") is None
    assert located("", "en") is None


def test_a_town_lies_in_its_country_only() -> None:
    split = Spot("town", "HR", "split")
    assert within(split, Spot("country", "HR"))
    assert not within(split, Spot("country", "IT"))
    assert not within(split, Spot("town", "HR", "rijeka"))


def test_a_way_leads_from_a_place_or_to_it() -> None:
    text = "Umalis ito mula sa Hamburg patungo sa Estados Unidos"
    assert way(text, text.index("Hamburg"), 0, "tl") == "from"
    assert way(text, text.index("Estados"), 0, "tl") == "to"
    assert way(text, 0, 0, "tl") == ""


def test_scopes_are_read_from_the_words_of_the_language() -> None:
    assert [what for what, *_ in said("By nine 280 people had been rescued", 0, 35, "en")] == ["cutoff"]
    assert [what for what, *_ in said("Insgesamt wurden 312 Menschen gerettet", 0, 38, "de")] == ["total"]
    assert list(said("280", 0, 3, "ja")) == []


@pytest.mark.parametrize(
    ("text", "language", "countries"),
    [
        ("4.484 američkih vojnika, 179 britanskih", "hr", ["US", "GB"]),
        ("في صفوف القوات الأمريكية", "ar", ["US"]),
        ("He told us of the French pole", "en", ["FR"]),  # no Americans, no Poles
        ("twelve Poles", "en", ["PL"]),
        ("12人のアメリカ人", "ja", []),
    ],
)
def test_words_for_peoples_name_their_country(text: str, language: str, countries: list[str]) -> None:
    assert [country for country, *_ in peoples(text, 0, len(text), language)] == countries
