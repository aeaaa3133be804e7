"""Names inside longer names: which of them are mentions of their own.

    the war in [Iraq]            a preposition stands before it              ─▶ place.iraq, inside thing.iraq-war
    [US] soldiers, vlada [SAD-a] the rest is a description in small letters  ─▶ place.united-states
    [Baghdad] Airport            the authority: it is `of` place.baghdad     ─▶ place.baghdad
    Iraq Body Count              a title                                     ─▶ nothing: the name is opaque
    George H. W. Bush            a person                                    ─▶ nothing

A longer name that is a description in one of its spellings is one in all: "war in Iraq" opens "Iraq War" and حرب
العراق, too. So scripts without capitals are judged by the entity's other names. A person's name is opened by a
description only ("the governor in Iraq").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from hexapla.corpus.document import Authority, Entity
from hexapla.corpus.fold import Word, words
from hexapla.corpus.language import table
from hexapla.corpus.linker import EVERYWHERE, Hit, linker, sources
from hexapla.corpus.title import titles

Pair = tuple[str, str]
"""The ids of an entity and of one that its name holds."""

SAME = 4
"""First letters by which a word is known again in another case."""

_LONG = re.compile(r"[^\W\d_]{2,}")


def nested(hit: Hit, text: str, authority: Authority, language: str) -> Iterator[Hit]:
    """Yield the names inside *hit*, a slice of *text*, that are mentions of their own, each before those inside it.

    >>> from hexapla.corpus.document import Name
    >>> war = Entity("thing.iraq-war", "thing", (Name("en", "war in Iraq"), Name("en", "Iraq War")))
    >>> known = Authority(entities=(war, Entity("place.iraq", "place", (Name("en", "Iraq"),))))
    >>> text = "The Iraq War began"
    >>> [hit] = linker(known, "en").hits(text)
    >>> [inner.entities[0].id for inner in nested(hit, text, known, "en")]
    ['place.iraq']
    """
    for inner in hit.inner:
        if any(_opens(outer, hit, inner, text, authority, language) for outer in hit.entities):
            yield inner
            yield from nested(inner, text, authority, language)


def _opens(outer: Entity, hit: Hit, inner: Hit, text: str, authority: Authority, language: str) -> bool:
    """Say whether *inner* is a mention of its own inside *hit*, a name of *outer*."""
    if any(outer.id == held.id or outer.type == held.type == "person" for held in inner.entities):
        return False
    known = described(authority, language)
    if any((outer.id, held.id) in known or belongs(outer, held, authority) for held in inner.entities):
        return True
    here = replace(inner, start=inner.start - hit.start, end=inner.end - hit.start)
    said = text[hit.start : hit.end]
    written = _is_written(outer, said, here) and not _is_extended(outer, said, here)
    return written and is_described(outer, said, here, language)


def _is_written(outer: Entity, said: str, inner: Hit) -> bool:
    """Say whether the authority, too, writes the first word beside *inner* in small letters, in one name of *outer*."""
    rest = _LONG.search(f"{said[: inner.start]} {said[inner.end :]}")
    return rest is not None and any(re.search(rf"\b{rest.group()[:SAME]}", name.text) for name in outer.names)


def belongs(outer: Entity, held: Entity, authority: Authority) -> bool:
    """Say whether the authority puts *outer* in *held*, or in the place of the people *held*, at any remove."""
    wanted = {held.id, held.of} - {""} if held.type == "people" else {held.id}
    seen: set[str] = set()
    at: Entity | None = outer
    while at is not None and at.of and at.of not in seen:
        if at.of in wanted:
            return True
        seen.add(at.of)
        above = authority.get(at.of)
        at = above if isinstance(above, Entity) else None
    return False


@lru_cache(maxsize=16)
def described(authority: Authority, language: str) -> frozenset[Pair]:
    """Return the entities of which a name, in *language* or in English, is a description with another's name in it."""
    found: set[Pair] = set()
    for code, own in ((language, sources(language)), (EVERYWHERE, frozenset({EVERYWHERE}))):
        found.update(_described(authority, code, own))
    return frozenset(found)


def _described(authority: Authority, language: str, own: Iterable[str]) -> Iterator[Pair]:
    named = linker(authority, language)
    for entity in authority.entities:
        for name in entity.names:
            if name.language.partition("-")[0] in own and (" " in name.text or "-" in name.text):
                for hit in named.hits(name.text):
                    yield from _pairs(entity, name.text, hit, language)


def _pairs(entity: Entity, name: str, hit: Hit, language: str) -> Iterator[Pair]:
    others = any(held.id != entity.id for held in hit.entities)
    if others and not _is_spelling(entity, name, hit) and is_described(entity, name, hit, language):
        yield from ((entity.id, held.id) for held in hit.entities)
    for inner in hit.inner:
        yield from _pairs(entity, name, inner, language)


def _is_spelling(entity: Entity, name: str, hit: Hit) -> bool:
    """Say whether *name* is another of *entity*'s, in small letters or with words beside it."""
    small = any(other.text != name and other.text.lower() == name.lower() for other in entity.names)
    return small or _is_extended(entity, name, hit)


def _is_extended(entity: Entity, name: str, hit: Hit) -> bool:
    """Say whether *name* is another of *entity*'s around *hit* with words beside it: project Iraq Body Count."""
    others = (other.text for other in entity.names if other.text != name and other.text in name)
    return any(name[hit.start : hit.end] in other for other in others)


def is_described(entity: Entity, name: str, hit: Hit, language: str) -> bool:
    """Say whether *name* shows by a preposition, or by small letters beside *hit*, that it describes its *entity*."""
    before, after = name[: hit.start], name[hit.end :]
    lead = words(before)
    related = bool(lead) and lead[-1].form in prepositions(language)
    rest = [m.group() for m in _LONG.finditer(f"{before} {after}") if m.group().lower() not in _unsaying(language)]
    cased = any(word.lower() != word.upper() for word in rest)
    if related and (entity.type != "person" or not cased):
        return True
    return cased and rest[0].islower() and not _is_apposed(entity, name, hit, lead)


def _is_apposed(entity: Entity, name: str, hit: Hit, lead: Sequence[Word]) -> bool:
    """Say whether a place is called after another: the hotel Palestine."""
    called = {one.text for held in hit.entities for one in held.names}
    return entity.type == "place" and bool(lead) and name[hit.start : hit.end] in called


@cache
def prepositions(language: str) -> frozenset[str]:
    """Return the prepositions of *language*, folded."""
    return frozenset(word.form for text in table(language, "words").get("prepositions", ()) for word in words(text))


@cache
def _unsaying(language: str) -> frozenset[str]:
    """Return the small words that names have too: articles and particles."""
    return titles(language).particles | titles(language).articles
