"""Words of two languages that look alike: names, loans, cognates, whatever the script.

    Djokovic     ──soft──▶  tiukufik    ─▶  ^t ti iu uk … ukuf kufi …       alike = cosine of the groups of letters,
    ديوكوفيتش    ──soft──▶  tiukufits   ─▶  ^t ti iu uk … ukuf kufi …               the rare ones heavy: .54

Words are compared as they sound (`hexapla.corpus.sound.soft`), in groups of two to four letters. A collection has too
many words to compare each with each: an index of rare groups finds the few that may be alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hexapla.align.sparse import Edges, Rows, Side, joined, met, near, same
from hexapla.corpus.sound import soft

ALIKE = 0.5
"""Words less alike than this have nothing to do with one another."""

SHORTEST = 4
"""Sounds of a word that is compared: shorter ones look alike by chance."""

GROUPS = (2, 3, 4)
"""Letters in a group; the beginning and the end of a word count as one."""

BUDGET, MOST = 400, 8
"""Meetings that a word is worth, and words that are compared with it exactly."""


def groups(word: str) -> list[str]:
    """Return the groups of sounds of the folded *word*, each once; none of a word that is short or holds a digit.

    >>> groups("iran")
    ['^i', 'ir', 'ra', 'an', 'n$', '^ir', 'ira', 'ran', 'an$', '^ira', 'iran', 'ran$']
    """
    heard = soft(word)
    if len(heard) < SHORTEST or any(letter.isdigit() for letter in word):
        return []
    row = f"^{heard}$"
    return list(dict.fromkeys(row[n : n + size] for size in GROUPS for n in range(len(row) - size + 1)))


def alike(left: Sequence[str], right: Sequence[str]) -> Edges:
    """Return which of the folded words *left* look like which of *right*, and how much.

    >>> [side.tolist() for side in alike(["house", "clinton"], ["كلينتون", "بيت"]).listed()[:2]]
    [[1], [0]]
    """
    numbers: dict[str, int] = {}
    rows = [[[numbers.setdefault(g, len(numbers)) for g in groups(word)] for word in words] for words in (left, right)]
    one, other = (Rows.of(held, len(numbers)) for held in rows)
    count = np.bincount(one.held, minlength=len(numbers)) + np.bincount(other.held, minlength=len(numbers))
    rarity = np.log((len(left) + len(right) + 1) / (count + 0.5))
    square = (np.maximum(rarity, 0.0) ** 2).astype(np.float32)
    sides = (Side.of(one, square, 1e-6), Side.of(other, square, 1e-6))
    identity = same(len(numbers))
    there = near(sides[0], sides[1], identity, BUDGET, MOST)
    back = near(sides[1], sides[0], identity, BUDGET, MOST)
    pairs = joined(there, (back[1], back[0]), len(right))
    dot = met(one, sides[1], identity, pairs)
    trust = dot / np.sqrt(sides[0].mass[pairs[0]] * sides[1].mass[pairs[1]])
    kept = trust >= ALIKE
    return Edges.of(pairs[0][kept], pairs[1][kept], np.minimum(trust[kept], 1.0), (len(left), len(right)))
