"""What a language writes beside names and in them, and the names that it has its own word for.

en  President · Captain · River          right before a name or in it: a person, a place
hr  Sjedinjene Američke Države · SAD     ──▶ territory.US, as in CLDR, in any case, or by its initials
de  Weißes Haus                          ──▶ organisation..., as in languages/de/titles.toml
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from hexapla.corpus.fold import fold, words
from hexapla.corpus.inflect import inflected
from hexapla.corpus.language import table
from hexapla.corpus.lexicon import cldr
from hexapla.corpus.sound import SHORTEST

Spelling = tuple[str, tuple[str, ...], bool]
"""What a name means, as kind.key, its folded words, and whether it is written in capitals only."""

NOWHERE = ("ZZ", "XA", "XB")
"""Codes of CLDR that are no country."""


@dataclass(frozen=True, slots=True)
class Titles:
    """What a language writes beside names and in them (languages/<code>/titles.toml)."""

    particles: frozenset[str]
    links: frozenset[str]
    suffixes: frozenset[str]
    articles: frozenset[str]
    before: Mapping[str, frozenset[str]]  # kind -> words right before a name
    within: Mapping[str, frozenset[str]]
    exonyms: Mapping[str, tuple[Spelling, ...]]  # first word -> names
    directions: frozenset[str] = frozenset()  # before the name of a country or a sea
    capital_nouns: bool = False
    adjectives: tuple[str, ...] = ()  # endings of adjectives that are made of names
    article: str = ""  # written at the beginning of a word
    contracted: str = ""  # with a preposition


@cache
def titles(language: str) -> Titles:
    """Return the titles of *language*; where it has none, what holds for any."""
    own, general = table(language, "titles"), table("und", "titles")
    article: Mapping[str, object] = table(language, "names").get("article", {})

    def folded(*lists: Iterable[str]) -> frozenset[str]:
        return frozenset(_phrase(text) for text in chain(*lists))

    exonyms: dict[str, dict[Spelling, None]] = defaultdict(dict)
    for kind, named in own.get("exonyms", {}).items():
        for key, texts in named.items():
            for text in chain.from_iterable(inflected(text, language) for text in texts):
                parts = _parts(text)
                exonyms[parts[0]][f"{kind}.{key}", parts, text.isupper()] = None
    return Titles(
        particles=folded(own.get("particles", general["particles"])),
        links=folded(own.get("links", ())),
        suffixes=folded(general["suffixes"]),
        articles=folded(own.get("articles", ())),
        directions=folded(own.get("directions", ())),
        before={kind: folded(texts) for kind, texts in own.get("before", {}).items()},
        within={kind: folded(texts) for kind, texts in own.get("within", {}).items()},
        exonyms={first: tuple(rows) for first, rows in exonyms.items()},
        capital_nouns=bool(own.get("capital_nouns", False)),
        adjectives=tuple(fold(ending) for ending in own.get("adjectives", ())),
        article=fold(str(article.get("written", ""))),
        contracted=fold(str(article.get("contracted", ""))),
    )


def _phrase(text: str) -> str:
    return " ".join(word.form for word in words(text))


def _parts(text: str) -> tuple[str, ...]:
    """Return the words of *text*, letters with full stops between them as one."""
    return tuple(word.form for word in words(text.replace(".", "") if re.fullmatch(r"(\w\.)+", text) else text))


@cache
def exonyms(language: str) -> Mapping[str, tuple[Spelling, ...]]:
    """Return the names of countries and those of the titles in *language*: first word -> names, the longest first."""
    found: dict[str, dict[Spelling, None]] = defaultdict(dict)
    for first, rows in titles(language).exonyms.items():
        found[first].update(dict.fromkeys(rows))
    for entry in cldr([language]):
        kind, _, code = entry.concept.partition(".")
        if kind == "territory" and code not in NOWHERE:
            for parts in map(_parts, inflected(entry.text, language)):
                if len("".join(parts)) >= SHORTEST:
                    found[parts[0]][entry.concept, parts, False] = None
            for short in _acronyms(entry.text, code):
                found[short][entry.concept, (short,), True] = None
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[1]), row))) for first, rows in found.items()}


def _acronyms(name: str, code: str) -> Iterator[str]:
    """Yield the acronyms of the country *name*: its initials, and the codes that ISO 3166 gives it where they fit.

    >>> list(_acronyms("United States", "US")), list(_acronyms("Sjedinjene Američke Države", "US"))
    (['us', 'usa'], ['sad', 'usa'])
    """
    initials = "".join(word[0] for word in name.split()).lower() if " " in name else ""
    codes = _codes()[code]
    if (len(initials) >= SHORTEST and name.istitle()) or initials in codes:
        yield initials
    if " " in name:
        yield from (other for other in codes if len(other) == SHORTEST and other != initials)


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    from babel.core import get_global

    found: dict[str, list[str]] = defaultdict(list)
    for code, stands in sorted(get_global("territory_aliases").items()):
        if len(stands) == 1 and code.isalpha():
            found[stands[0]].append(code.lower())
    return defaultdict(tuple, {code: (code.lower(), *others) for code, others in found.items()})
