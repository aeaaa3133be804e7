"""Words for the people of a country, and for what is theirs: American, američkih, الأمريكية.

They are those of languages/<code>/peoples.toml, by ISO 3166. A list of names need not have them: they say whose a
figure is where nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from hexapla.corpus.fold import bare, fold, words
from hexapla.corpus.language import table

Row = tuple[str, int, bool, bool]
"""A country, how long its word is, whether that is a stem, and whether it has a capital."""

ENDING = 4
"""Letters after a stem at most."""


def peoples(text: str, start: int, end: int, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield the countries whose people ``text[start:end]`` speaks of, each with the slice of the word.

    >>> list(peoples("179 britanskih vojnika", 0, 22, "hr"))
    [('GB', 4, 14)]
    """
    listed = _listed(language)
    for word in words(text, start, end) if listed else ():
        small = text[word.start].islower()
        for form in bare(word.form, language):
            sizes = range(len(form), max(0, len(form) - ENDING - 1), -1)
            rows = (listed[form[:size]] for size in sizes if form[:size] in listed)
            country = next((row[0] for row in rows if _fits(row, form, small=small)), "")
            if country:
                yield country, word.start, word.end
                break


def _fits(row: Row, form: str, *, small: bool) -> bool:
    """Say whether the word *form* is that of *row*: its stem or all of it, with a capital where the table has one."""
    _, size, stem, capital = row
    return (stem or size == len(form)) and not (capital and small)


@cache
def _listed(language: str) -> Mapping[str, Row]:
    """Return the words and stems of the table."""
    named = table(language, "peoples").get("people", {})
    return {
        fold(form.rstrip("*")): (country, len(fold(form.rstrip("*"))), form.endswith("*"), form[0].isupper())
        for country, forms in named.items()
        for form in forms
    }
