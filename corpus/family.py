"""Families of concepts: "exploded" and "explosion", "was killed" and "death" tell the same kind of happening.

    explode.verb ──┐
    explosion.noun ├── explode      a family, named after the first of its concepts
    blast.noun ────┘

The lists are ``glossary/families.txt`` and ``glossary/light.txt``, made by hand over our own glossary: light concepts
(be, have, go, take; the words of grammar) stand in any sentence, so that sharing one says nothing of what is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent / "glossary"

CONTENT = ("noun", "verb", "adj")
"""Parts of speech that tell something."""


def families(concept: str) -> tuple[str, ...]:
    """Return the families that *concept* stands in, in the order of the list.

    >>> set(families("explosion.noun")) & set(families("explode.verb")) != set()
    True
    """
    return _families().get(concept, ())


def light(concept: str) -> bool:
    """Return whether a glossary's *concept* says nothing of what is told: a word of grammar, or one for everything.

    >>> light("have.verb"), light("because.conj"), light("explode.verb"), light("territory.IQ")
    (True, True, False, False)
    """
    parts = concept.split(".")
    if len(parts) < 2 or parts[0] in ("territory", "language", "currency", "month", "weekday") or ":" in parts[0]:
        return False
    return parts[1] not in CONTENT or concept in _light()


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines("families.txt"):
        first, *others = line.split()
        for concept in (first, *others):
            found[concept].append(" ".join((first, *others[:1])))
    return {concept: tuple(dict.fromkeys(names)) for concept, names in found.items()}


@cache
def _light() -> frozenset[str]:
    return frozenset(concept for line in _lines("light.txt") for concept in line.split())


def _lines(name: str) -> list[str]:
    read = (HOME / name).read_text(encoding="utf-8").splitlines()
    return [line for line in read if line.strip() and not line.startswith("#")]
