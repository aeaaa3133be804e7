"""The name of a place -> what it is known to be: a country, or a town with the country that it lies in.

    en  Belgium   ──▶ country BE                 hr  u Rijeci  ──▶ town rijeka HR
    ar  أنكونا    ──▶ town ancona IT (its sound)  en  Europe    ──▶ nothing: it is neither

Towns stand in languages/und/places.toml; CLDR knows, in each language, the countries and the towns that time zones are
called by. What is not listed is nothing: whether it lies in another place, nobody says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hexapla.corpus.fold import Word, bare, words
from hexapla.corpus.inflect import inflected
from hexapla.corpus.language import table
from hexapla.corpus.sound import sounds
from hexapla.corpus.title import exonyms

REACH = 3
"""Words before a place that may say whether a way leads from it or to it."""

LOOK = 64
"""Characters in which these are looked for first."""

HEARD = 3
"""Consonants that a town has at least to be known by its sound alone."""

MAINLAND = ("Africa", "America", "Asia", "Australia", "Europe")
"""Where the time zones of CLDR are called by towns, not by islands."""

BEGINNING = 2
"""Letters that the names of towns are looked up by: all cases of all towns take long to make."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a place is known to be."""

    level: Literal["country", "town"]
    country: str  # ISO 3166
    name: str = ""  # of a town


def located(name: str, language: str) -> Spot | None:
    """Return what *name*, as *language* writes it, is known to be; None where nothing says.

    >>> located("Belgium", "en"), located("Rijeci", "hr"), located("Europe", "en")
    (Spot(level='country', country='BE', name=''), Spot(level='town', country='HR', name='rijeka'), None)
    """
    plain = language.split("-")[0]
    parts = tuple(word.form for word in words(name))
    if not parts:
        return None
    firsts = bare(parts[0], plain)
    for first in firsts:
        code = next((what for what, form, _ in exonyms(plain).get(first, ()) if form == (first, *parts[1:])), "")
        if code.startswith("territory.") and code.removeprefix("territory.").isalpha():
            return Spot("country", code.removeprefix("territory."))
    found = (_towns(plain, first[:BEGINNING]).get((first, *parts[1:])) for first in firsts)
    written = next(filter(None, found), None)
    has_case = name.lower() != name.upper()
    return written or (None if has_case else _heard(firsts, parts[1:]))


def within(one: Spot, other: Spot) -> bool:
    """Say whether one of two places is, or lies in, the other.

    >>> ghent, split = Spot("town", "BE", "ghent"), Spot("town", "HR", "split")
    >>> within(ghent, Spot("country", "BE")), within(split, Spot("country", "IT"))
    (True, False)
    """
    if one.level == other.level == "town":
        return one == other
    return one.country == other.country


def way(text: str, start: int, begin: int, language: str) -> str:
    """Return whether a way leads "from" or "to" the place at *start* of *text*, by the words before it; else ''.

    >>> way("The ship left Ancona for Split.", 14, 0, "en"), way("The ship left Ancona for Split.", 25, 0, "en")
    ('from', 'to')
    """
    before = [word.form for word in _last(text, begin, start)]
    listed = _ways(language.split("-")[0])
    for last in range(len(before), 0, -1):
        for first in range(last):
            if found := listed.get(tuple(before[first:last])):
                return found
    return ""


def _last(text: str, begin: int, end: int) -> Sequence[Word]:
    """Return the last `REACH` words of ``text[begin:end]``, looking back no farther than is needed."""
    size = LOOK
    while True:
        low = max(begin, end - size)
        found = words(text, low, end)
        if low == begin or len(found) > REACH:  # the first may lack its beginning
            return found[-REACH:]
        size *= 2


@cache
def _ways(language: str) -> Mapping[tuple[str, ...], str]:
    listed = table(language, "ways")
    return {tuple(word.form for word in words(text)): what for what, texts in listed.items() for text in texts}


def _heard(firsts: Sequence[str], rest: Sequence[str]) -> Spot | None:
    """Return the town that sounds so, where only one does."""
    for first in firsts:
        row = " ".join(sounds(part)[0] for part in (first, *rest))
        if len(row.replace(" ", "")) >= HEARD and len(found := _sounds().get(row, ())) == 1:
            return next(iter(found))
    return None


@cache
def _listed() -> tuple[tuple[Spot, tuple[str, ...]], ...]:
    countries: Mapping[str, Sequence[str]] = table("und", "places")["town"]
    return tuple(
        (Spot("town", country, " ".join(word.form for word in words(row.split("|")[0]))), tuple(row.split("|")))
        for country, rows in countries.items()
        for row in rows
    )


@cache
def _sounds() -> Mapping[str, frozenset[Spot]]:
    found: dict[str, set[Spot]] = defaultdict(set)
    for spot, names in _listed():
        for name in names:
            found[" ".join(sounds(word.form)[0] for word in words(name))].add(spot)
    return {row: frozenset(spots) for row, spots in found.items()}


@cache
def _towns(language: str, beginning: str) -> Mapping[tuple[str, ...], Spot]:
    """The towns whose folded names have this *beginning* by the words of these, in all cases."""
    found: dict[tuple[str, ...], Spot] = {}
    for spot, name in _beginning(language).get(beginning, ()):
        for form in (name, *inflected(name, language)):
            found[tuple(word.form for word in words(form))] = spot
    return found


@cache
def _beginning(language: str) -> Mapping[str, Sequence[tuple[Spot, str]]]:
    """All towns by the letters that their folded names begin with, which no case changes."""
    found: dict[str, list[tuple[Spot, str]]] = defaultdict(list)
    for spot, names in (*_zoned(language), *_listed()):
        for name in names:
            found[words(name)[0].form[:BEGINNING]].append((spot, name))
    return found


def _zoned(language: str) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    """Yield the towns that CLDR calls time zones by in *language*."""
    from babel import Locale, UnknownLocaleError  # slow to load
    from babel.core import get_global

    named = {name: spot for spot, names in _listed() for name in names}
    try:
        locale = Locale.parse("fil" if language == "tl" else language)
    except (UnknownLocaleError, ValueError):
        return
    territories: Mapping[str, str] = get_global("zone_territories")
    for zone, country in sorted(territories.items()):
        plain = zone.rpartition("/")[2].replace("_", " ")
        city = locale.time_zones.get(zone, {}).get("city", plain)
        if zone.partition("/")[0] in MAINLAND and country.isalpha() and len(country) == 2:
            yield named.get(plain, Spot("town", country, plain.lower())), (city,)
