"""Stems: what inflection leaves of a word, so that "soldiers" meets "soldier" and "vojnicima" "vojnik".

    vojnicima ─▶ vojnik      nagsasabi ─▶ sabi      والمفاوضات ─▶ مفاوض

Each language says in ``languages/<code>/stems.toml`` how: with a Snowball stemmer, or with its own endings and
prefixes. Any other
language takes the first letters of a word. A stem is for comparing; it need not be a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from hexapla.corpus.fold import bare
from hexapla.corpus.language import table

FIRST = 5
"""Letters that stand for a word of a language without a table."""

LEAST = 3
"""Letters that are left of a word at least."""


VOWELS = frozenset("aeiou")
"""Letters beside which no vowel comes and goes."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the words of a language are cut."""

    snowball: str = ""
    endings: frozenset[str] = frozenset()  # the longest that fits is cut once
    longest: int = 0  # letters of the longest ending
    prefixes: tuple[str, ...] = ()  # each that fits gives one more stem
    infixes: tuple[str, ...] = ()  # after the first consonant: s-in-alakay
    changes: tuple[tuple[str, str], ...] = ()  # what a final sound becomes: vojnic -> vojnik
    changing: tuple[str, ...] = ()  # the sounds that do
    doubling: bool = False  # a doubled first syllable is undone: sasabi -> sabi
    single: str = ""  # letters that count once at the end of a stem: boycott, boycot(ted)
    fleeting: str = ""  # a vowel that comes and goes between the last two consonants: mrtav, mrtv(i)

    @property
    def begins(self) -> bool:
        """Whether inflection is at the beginning of words, too."""
        return bool(self.prefixes or self.infixes or self.doubling)


@cache
def rules(language: str) -> Rules:
    """Return the rules of *language*, empty where it has none."""
    known: dict[str, Any] = dict(table(language, "stems"))
    longest = {name: tuple(sorted(known.get(name, ()), key=lambda s: (-len(s), s))) for name in ("prefixes", "infixes")}
    endings = frozenset(known.get("suffixes", ()))
    letters = max(map(len, endings), default=0)
    changes = tuple((old, new) for old, new in known.get("changes", {}).items())
    return Rules(
        known.get("snowball", ""),
        endings,
        letters,
        **longest,
        changes=changes,
        changing=tuple(old for old, _ in changes),
        doubling=bool(known.get("doubling")),
        single=known.get("single", ""),
        fleeting=known.get("fleeting", ""),
    )


@cache
def _snowball(name: str) -> Any:
    from Stemmer import Stemmer

    return Stemmer(name, 0)  # what is asked again is kept by `stems`


@lru_cache(maxsize=262144)
def stems(form: str, language: str) -> tuple[str, ...]:
    """Return the stems under which the folded *form* of a word can be looked up, the likeliest first.

    >>> stems("soldiers", "en"), stems("vojnicima", "hr"), stems("nagsasabi", "tl")
    (('soldier',), ('vojnik',), ('sabi', 'nagsasabi'))
    """
    known = rules(language)
    if known.snowball:
        return (_changed(str(_snowball(known.snowball).stemWord(form)), known),)
    if not known.endings and not known.prefixes:
        return (form[:FIRST],)
    found: dict[str, None] = {}
    for word in bare(form, language):
        for root in _roots(word, known) if known.begins else (word,):
            found.setdefault(_changed(_cut(root, known), known))
    return tuple(found)


def _roots(word: str, known: Rules) -> list[str]:
    """The word without each prefix or infix that it may have; the word itself last."""
    found = []
    for prefix in known.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST:
            found.append(_undoubled(word[len(prefix) :].removeprefix("-"), known))
            break
    for infix in known.infixes:
        if word[1 : 1 + len(infix)] == infix and len(word) - len(infix) >= LEAST + 1:
            found.append(_undoubled(word[0] + word[1 + len(infix) :], known))
    return [*found, _undoubled(word, known)]


def _undoubled(word: str, known: Rules) -> str:
    again = known.doubling and len(word) >= 2 + LEAST and word[:2] == word[2:4]
    return word[2:] if again else word


def _cut(word: str, known: Rules) -> str:
    for length in range(min(known.longest, len(word) - LEAST), 0, -1):
        if word[-length:] in known.endings:
            return word[:-length]
    return word


def _changed(word: str, known: Rules) -> str:
    if len(word) <= LEAST:
        return word
    if word.endswith(known.changing):
        old, new = next((old, new) for old, new in known.changes if word.endswith(old))
        return word[: -len(old)] + new
    if word[-2] == word[-1] and word[-1] in known.single:
        return word[:-1]
    if word[-2] == known.fleeting and len(word) > LEAST + 1 and VOWELS.isdisjoint((word[-3], word[-1])):
        return word[:-2] + word[-1]
    return word
