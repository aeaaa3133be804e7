"""Words of two languages that look alike -> pairs of words that may be one: what no lexicon needs to list.

    de  expedition   ro  revoluti      the same beginning, four letters at least, and most of both words;
    fr  expedit      hu  revolutio     marks above and below letters do not count

Words of a language without a lexicon meet by these, by names, figures, and by what the text itself tells.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

LEAST = 4
"""Letters that two words begin with alike at least."""

ALIKE = 0.7
"""The share of the letters of both words that are the common beginning, at least."""

CROWD = 400
"""Pairs of words with the same first letters that are looked at; what more share is a common beginning, not a word."""


def cognates(left: Mapping[int, str], right: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the words (folded) of both sides that look alike, in the order of the left ones.

    >>> list(cognates({1: "expedition", 2: "gipfel"}, {7: "expédit", 8: "sommet", 9: "expert"}))
    [(1, 7)]
    """
    there = _by_beginning(right)
    here = _by_beginning(left)
    for number, word in sorted((number, word) for words in here.values() for number, word in words):
        others = there.get(word[:LEAST], ())
        if len(others) * len(here[word[:LEAST]]) <= CROWD:
            for other, form in others:
                if 2 * _shared(word, form) >= ALIKE * (len(word) + len(form)):
                    yield number, other


def _by_beginning(words: Mapping[int, str]) -> Mapping[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, word in sorted(words.items()):
        plain = word if word.isascii() else _plain(word)
        if len(plain) >= LEAST and plain.isalpha():
            found[plain[:LEAST]].append((number, plain))
    return found


def _plain(word: str) -> str:
    """Leave out marks above and below letters."""
    return "".join([letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter)])


def _shared(one: str, other: str) -> int:
    """The length of the common beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
