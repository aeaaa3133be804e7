"""Words as they are compared: case, vowel signs and letter variants folded away, places in the text kept.

    وبِالعراق  ──words──▶  Word("وبالعراق", 0, 10)  ──bare──▶  وبالعراق بالعراق العراق عراق

Tokenised text ("ng_mga") counts ``_`` as white space. Clitics are a language's, from ``languages/<code>/words.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from hexapla.corpus.language import table

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u061c]")
"""Arabic vowel signs, tatweel, joiners and direction marks: written or not, the word is the same."""

VARIANTS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ٲ": "ا",
        "ٳ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
    }
)
WORD = re.compile(rf"(?:[^\W_]|{MARKS.pattern}|[\u0300-\u036f])+")


class Word(NamedTuple):
    """A word of a text: its folded form and where it stands, in code points."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return *word* as it is compared: NFC, lower case, Arabic letters unified, vowel signs gone.

    >>> fold("Faludža"), fold("العِراقيّة") == fold("العراقيه")
    ('faludža', True)
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", MARKS.sub("", word)).translate(VARIANTS).lower()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of ``text[start:end]`` in order.

    >>> [w.form for w in words("Umm_Kasr i al-Askri, 2003.")]
    ['umm', 'kasr', 'i', 'al', 'askri', '2003']
    """
    stop = len(text) if end is None else end
    return [Word(fold(m.group()), m.start(), m.end()) for m in WORD.finditer(text, start, stop)]


def ascii_digits(text: str) -> str:
    """Return *text* with the decimal digits of all scripts as 0 to 9.

    >>> ascii_digits("١١"), ascii_digits("39a"), ascii_digits("m²")
    ('11', '39a', 'm²')
    """
    if text.isascii():
        return text
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


@cache
def _clitics(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the clitics of *language* by their first letter, the longest first."""
    listed: list[str] = table(language, "words").get("clitics", [])
    found: dict[str, list[str]] = {}
    for clitic in sorted((fold(clitic) for clitic in listed), key=lambda c: (-len(c), c)):
        found.setdefault(clitic[0], []).append(clitic)
    return {first: tuple(rows) for first, rows in found.items()}


@lru_cache(maxsize=65536)
def bare(form: str, language: str) -> tuple[str, ...]:
    """Return the folded *form* and what is left of it without each clitic that *language* may write before a word.

    At least two letters are left.

    >>> bare("وبالعراق", "ar")
    ('وبالعراق', 'عراق', 'العراق', 'بالعراق')
    """
    found = [form]
    for clitic in _clitics(language).get(form[:1], ()):
        rest = form[len(clitic) :]
        if form.startswith(clitic) and len(rest) > 1 and rest not in found:
            found.append(rest)
    return tuple(found)
