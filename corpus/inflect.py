"""A name -> the forms in which a language writes it, made by rules that a linguist can read and edit.

    Velika Britanija ──agreeing──▶ Velike Britanije  Velikoj Britaniji  Veliku Britaniju ...
    Sadam Husein     ──all───────▶ Sadama Huseina    Sadamu Huseinu     Sadamom Huseinom
    Vijeće sigurnosti──first─────▶ Vijeća sigurnosti Vijeću sigurnosti  Vijećem sigurnosti
    Bush             ──all───────▶ Busha  Bushu  Bushom   Bushev Busheva Bushevom ...
    SAD              ──acronym───▶ SAD-a  SAD-u  ...

The rules are ``languages/<code>/names.toml``; a language without one leaves its names as they are. Which words of a
name change is not known for sure, so each plan that may be right adds its forms, but all words of one form stand in one
case: the number of forms grows with the number of cases, never with the product over the words. A form that nobody
writes does no harm: it is only ever looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

from hexapla.corpus.language import table

MOST_ADJECTIVES = 3
"""Adjectives that may stand before the noun of a name."""


@dataclass(frozen=True, slots=True)
class Class:
    """The words that end alike and change alike."""

    ending: re.Pattern[str]
    drop: int
    gender: str
    possessive: tuple[str, ...]
    cases: dict[str, tuple[str, ...]]

    def fits(self, word: str) -> bool:
        """Say whether *word* belongs here."""
        return len(word) > self.drop + 1 and self.ending.search(word) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a language does to its names."""

    plans: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    frozen: frozenset[str] = frozenset()
    stems: dict[str, str] = field(default_factory=dict)
    nouns: tuple[Class, ...] = ()
    adjectives: tuple[Class, ...] = ()
    lone: tuple[tuple[Class, tuple[str, ...]], ...] = ()
    acronym: tuple[str, ...] = ()  # what a hyphen may join to an acronym
    owned: tuple[str, ...] = ()  # endings of a possessive adjective
    enclitics: tuple[tuple[re.Pattern[str], str], ...] = ()  # the ends of names, and what leans on them

    def stays(self, word: str) -> bool:
        """Say whether *word* is one that no case changes: a particle, an initial, a number, an acronym.

        >>> [word for word in "George W. Bush bin UN-a 11".split() if rules("hr").stays(word)]
        ['W.', 'bin', 'UN-a', '11']
        """
        return word.lower() in self.frozen or not word[-1:].isalpha() or is_acronym(word.partition("-")[0])


def is_acronym(word: str) -> bool:
    """Say whether *word* is written in capitals: two letters or more, digits and full stops allowed.

    >>> [is_acronym(word) for word in ("SAD", "U.N.", "UN", "Un", "W.", "العراق")]
    [True, True, True, False, False, False]
    """
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and " " not in word and all(char.isupper() for char in letters)


def _split(value: object) -> tuple[str, ...]:
    return tuple(str(value).split()) if value else ()


def _class(entry: dict[str, Any], cases: Iterable[str]) -> Class:
    return Class(
        ending=re.compile(f"(?:{entry['ending']})$"),
        drop=int(entry.get("drop", 0)),
        gender=str(entry.get("gender", "")),
        possessive=_split(entry.get("possessive")),
        cases={case: _split(entry[case]) for case in cases if case in entry},
    )


@cache
def rules(language: str) -> Rules:
    """Return the rules of *language*, empty ones where it has none."""
    read = table(language, "names")
    cases = tuple(read.get("cases", ()))
    acronym = read.get("acronym", {})
    owned = _split(read.get("possessive", {}).get("endings"))
    owners = _split(acronym.get("possessive"))
    return Rules(
        plans=tuple(read.get("plans", ())),
        cases=cases,
        frozen=frozenset(read.get("frozen", ())),
        stems=dict(read.get("stems", {})),
        nouns=tuple(_class(entry, cases) for entry in read.get("noun", ())),
        adjectives=tuple(_class(entry, cases) for entry in read.get("adjective", ())),
        lone=tuple((_class(entry, ()), _split(entry["endings"])) for entry in read.get("lone", ())),
        acronym=(*_split(acronym.get("endings")), *(_joined(owner, end) for owner in owners for end in owned)),
        owned=owned,
        enclitics=tuple((re.compile(f"(?:{end})$"), sign) for end, sign in read.get("enclitics", {}).items()),
    )


def _joined(stem: str, ending: str) -> str:
    return stem if ending == "0" else stem + ending


def _written(word: str, found: Class, ending: str, grammar: Rules) -> str:
    if ending == "=":
        return word
    irregular = grammar.stems.get(word)
    stem = irregular if irregular is not None else word[: len(word) - found.drop]
    return _joined(stem, ending)


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name, and how it may change; one that stays has no classes."""

    word: str
    nouns: tuple[Class, ...] = ()
    adjectives: tuple[Class, ...] = ()

    @property
    def stays(self) -> bool:
        """Say whether no class is known for the word."""
        return not self.nouns and not self.adjectives


@lru_cache(maxsize=65536)
def _part(word: str, language: str) -> Part:
    grammar = rules(language)
    if grammar.stays(word):
        return Part(word)
    nouns = tuple(found for found in grammar.nouns if found.fits(word))
    return Part(word, nouns, tuple(found for found in grammar.adjectives if found.fits(word)))


def _adjectives(parts: list[Part], gender: str, case: str, grammar: Rules) -> list[str]:
    """Return *parts* as adjectives in *case*, one reading after the other; empty where one of them is none."""
    columns = []
    for part in parts:
        found = next((one for one in part.adjectives if one.gender == gender), None)
        endings = found.cases.get(case, ()) if found else ()
        if found is None or not endings:
            return []
        columns.append([_written(part.word, found, ending, grammar) for ending in endings])
    longest = max(map(len, columns))
    return [" ".join(column[min(row, len(column) - 1)] for column in columns) for row in range(longest)]


def _agreeing(parts: list[Part], case: str, grammar: Rules) -> Iterator[str]:
    """Yield the forms in which adjectives agree with the noun after them and the rest stays."""
    for count in range(1, min(MOST_ADJECTIVES, len(parts) - 1) + 1):
        head, rest = parts[count], [part.word for part in parts[count + 1 :]]
        for found in head.nouns:
            nouns = [_written(head.word, found, ending, grammar) for ending in found.cases.get(case, ())]
            for adjectives in _adjectives(parts[:count], found.gender, case, grammar) if nouns else ():
                yield from (" ".join((adjectives, noun, *rest)) for noun in nouns)


def _declined(part: Part, case: str, grammar: Rules) -> list[str]:
    pairs = ((found, ending) for found in part.nouns for ending in found.cases.get(case, ()))
    written = [_written(part.word, found, ending, grammar) for found, ending in pairs]
    return list(dict.fromkeys(written)) or [part.word]


def _changing(parts: list[Part], columns: list[list[str]], chosen: set[int]) -> Iterator[str]:
    """Yield the forms in which the *chosen* words stand as in *columns*, each in its first, second ... reading."""
    row = [columns[place] if place in chosen else [part.word] for place, part in enumerate(parts)]
    for words in zip_longest(*row):
        yield " ".join(word if word is not None else column[0] for word, column in zip(words, row, strict=True))


def _in_case(parts: list[Part], case: str, grammar: Rules) -> Iterator[str]:
    changing = [place for place, part in enumerate(parts) if not part.stays]
    if not changing:
        return
    first = changing[0]
    if "agreeing" in grammar.plans and len(parts) - first > 1:
        lead = [part.word for part in parts[:first]]
        yield from (" ".join((*lead, form)) for form in _agreeing(parts[first:], case, grammar))
    # "Vijeće sigurnosti", "rat protiv terorizma": what follows the noun in small letters is not a name by itself
    has_tail = any(parts[place].word.islower() for place in changing[1:])
    columns = [_declined(part, case, grammar) for part in parts]
    choices = {"all": set(changing), "first": {first}, "last": {changing[-1]}}
    for plan in grammar.plans:
        if plan in choices and (plan == "first" or not has_tail):
            yield from _changing(parts, columns, choices[plan])


def _possessives(part: Part, grammar: Rules) -> Iterator[str]:
    if not part.word[0].isupper():
        return
    for found in part.nouns:
        for owner in found.possessive:
            stem = _written(part.word, found, owner, grammar)
            yield from (_joined(stem, ending) for ending in grammar.owned)


def _lone(word: str, grammar: Rules) -> Iterator[str]:
    for found, endings in grammar.lone:
        if word[0].islower() and found.fits(word):
            yield from (_written(word, found, ending, grammar) for ending in endings)


def _all(name: str, language: str) -> Iterator[str]:
    grammar = rules(language)
    words = name.split()
    if len(words) == 1 and is_acronym(name):
        yield from (f"{name}-{ending}" for ending in grammar.acronym)
        return
    parts = [_part(word, language) for word in words]
    for case in grammar.cases:
        yield from _in_case(parts, case, grammar)
    if len(parts) == 1:
        yield from _possessives(parts[0], grammar)
        yield from _lone(name, grammar)


@lru_cache(maxsize=65536)
def inflected(name: str, language: str) -> tuple[str, ...]:
    """Return *name* and its forms in *language* without what only leans on it (the English 's).

    >>> inflected("Obama", "hr")[:5]
    ('Obama', 'Obame', 'Obami', 'Obamu', 'Obamom')
    >>> inflected("Iraq", "en")
    ('Iraq',)
    """
    return tuple(dict.fromkeys((name, *_all(name, language)))) if name.strip() else ()


def forms(name: str, language: str) -> tuple[str, ...]:
    """Return the surface forms of *name*, a nominative, in *language*: itself first, then those that rules make.

    >>> forms("Sadam Husein", "hr")[:3]
    ('Sadam Husein', 'Sadama Huseina', 'Sadama Husein')
    >>> forms("Iraq", "en")
    ('Iraq', "Iraq's")
    """
    leaning = [name + sign for end, sign in rules(language).enclitics if name.strip() and end.search(name)]
    return tuple(dict.fromkeys((*inflected(name, language), *leaning)))
