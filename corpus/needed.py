"""Which articles of a dictionary the words of the texts may need, told by how their words begin.

    texts: vojnici, gradovima     stems vojnik, grad     beginnings vojn, grad
    articles: grad ✓  gradski ✓ (read, and then not kept)  vojnik ✓  pas ✗

A dictionary holds a hundred thousand words, texts a few thousand. Reading an article is dear, looking at how words
begin is cheap. What is let through is more than what is needed, never less, but for a stem that begins unlike its word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from hexapla.corpus.document import Document
from hexapla.corpus.fold import MARKS, VARIANTS, words
from hexapla.corpus.stem import LEAST, rules, stems
from hexapla.corpus.wordlist import articles, keys, spoken

BEGINNING = 4
"""Letters of a word that are looked at."""

_WORD = re.compile(r"[^\W\d_]+")


class Needed:
    """The stems that the texts of one language hold.

    >>> needed = Needed("hr", ["vojnici", "gradovima"])
    >>> needed.begins("1. vojnik (m)"), needed.begins("pas"), needed.holds("grad"), needed.holds("gradski vijećnik")
    (True, False, True, False)
    """

    def __init__(self, language: str, vocabulary: Iterable[str]) -> None:
        """Take the folded words of the texts in *language*."""
        self.language = spoken(language)
        self._stems = {stem for form in vocabulary for stem in stems(form, self.language)}
        known = rules(self.language)
        low = {plain(stem) for stem in self._stems}
        if known.fleeting:  # mrtv(i) is mrtav
            low |= {stem[:-1] + known.fleeting + stem[-1] for stem in low if len(stem) > 1}
        self._openings = frozenset(stem[:BEGINNING] for stem in low if len(stem) >= LEAST)
        self._whole = frozenset(stem for stem in low if len(stem) < LEAST)  # nothing is cut off so short a word
        cut = (*known.prefixes, *articles(self.language))
        self._cut = re.compile("|".join(sorted(map(re.escape, cut), key=len, reverse=True))) if cut else None
        self._any = bool(known.infixes or known.doubling)

    def begins(self, text: str) -> bool:
        """Say whether a word of *text* may have a stem of the texts."""
        return self._any or self._fits(_WORD.findall(plain(text)))

    def opens(self, low: str) -> bool:
        """Say whether the first word of *low*, a plain text, may have a stem of the texts."""
        first = _WORD.search(low)
        return self._any or (first is not None and self._fits([first.group()]))

    def _fits(self, words: list[str]) -> bool:
        for _ in range(2):  # an article, then a prefix
            words += [word[cut.end() :] for word in words if self._cut and (cut := self._cut.match(word))]
        for word in words:
            if word[:BEGINNING] in self._openings or word[:LEAST] in self._openings or word in self._whole:
                return True
        return False

    def holds(self, text: str) -> bool:
        """Say whether all words of *text*, as it stands or without articles, have stems of the texts."""
        return self.begins(text) and any(self._stems.issuperset(key) for key in keys(text, self.language))


class _Plain(dict[int, str]):
    """Each letter as beginnings are compared: folded, and without accents, which some stemmers take away."""

    def __missing__(self, code: int) -> str:
        letter = MARKS.sub("", chr(code)).translate(VARIANTS).lower()
        parts = unicodedata.normalize("NFD", letter)
        return self.setdefault(code, "".join(part for part in parts if not unicodedata.combining(part)))


_PLAIN = _Plain()


def plain(text: str) -> str:
    r"""Return *text* as beginnings are compared.

    >>> plain("Čovjek\tإنسان")
    'covjek\tانسان'
    """
    return text.translate(_PLAIN)


def needed(vocabulary: Mapping[str, Sequence[str]]) -> dict[str, Needed]:
    """Return what the texts need, by language; *vocabulary* holds their folded words."""
    return {spoken(language): Needed(language, forms) for language, forms in vocabulary.items()}


def vocabulary(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return the different words of the sentences of *documents*, by language."""
    found: dict[str, set[str]] = {}
    for document in documents:
        held = found.setdefault(document.language.split("-")[0], set())
        for part in document.segments:
            held |= {word.form for word in words(document.text, part.start, part.end) if word.form.isalpha()}
    return {language: sorted(held) for language, held in sorted(found.items())}
