"""What is said of a figure: until when it counts, if it is a total, what it counts in, who says so, and of whose fate.

    By nine in the morning 280 people had been rescued      cutoff
    Ukupno je spašeno 312 osoba                             total
    according to the Pentagon                               source

The words are those of languages/<code>/scope.toml; where a language has none, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from hexapla.corpus.fold import words
from hexapla.corpus.language import table

CUTOFF, TOTAL, INCLUSIVE, SOURCE = "cutoff", "total", "inclusive", "source"


Saying = tuple[str, int, int]
"""What is said, a key of the table, and the slice that says it."""


def said(text: str, start: int, end: int, language: str) -> Iterator[Saying]:
    """Yield what is said of a figure in ``text[start:end]``: what, and the slice that says it.

    >>> [(what, at) for what, at, _ in said("Ukupno je spašeno 312 osoba", 0, 27, "hr")]
    [('total', 0)]
    """
    listed = _phrases(language)
    line = words(text, start, end)
    for place, word in enumerate(line):
        for what, phrase in listed.get(word.form, ()):
            last = place + len(phrase) - 1
            if tuple(one.form for one in line[place : last + 1]) == phrase:
                yield what, word.start, line[last].end


@cache
def _phrases(language: str) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The phrases by their first word."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for what, texts in table(language, "scope").items():
        for text in texts:
            phrase = tuple(word.form for word in words(text))
            found.setdefault(phrase[0], []).append((what, phrase))
    return {first: tuple(rows) for first, rows in found.items()}
