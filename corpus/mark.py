"""A sentence -> its punctuation marks, one name for what different scripts write in their own ways.

    "Where?" he asked.     quote  ?  end .
    «أين؟» سأل.            quote  ?  end .

A translation mostly asks where the text asks, and quotes where it quotes. Commas, full stops inside a sentence, dashes,
apostrophes and what stands inside words are left out: languages use them too differently. Names come from Unicode's
categories and compatibility forms, and from `_SAME` where these do not know that two marks do the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ALIKE = {
    "?": "\u061f\u2e2e\u055e\u1367\u037e\u00bf",
    "!": "\u00a1\u055c",
    ";": "\u061b\u1364",
    ":": "\u1366",
    "%": "\u066a",
    ",": "\u060c\u3001\u1363\u055d",
    ".": "\u3002\u06d4\u0964\u0965\u0589\u1362\u17d4\u17d5\u104a\u104b\u0df4\u0f0d",
    "quote": '"\u201e\u201a\u300c\u300d\u300e\u300f\u300a\u300b\u301d\u301e\u301f',
    "": "'\u2019\u2212\u00b7\u05f3\u05f4\u05be",
}
_SAME = {letter: name for name, letters in _ALIKE.items() for letter in letters}
_LEFT_OUT = (".", ",")
_DOTS = re.compile(r"\.{2,}")
_CLOSING = ("Pe", "Pf", "Pi", "Cf", "Zs", "Zl", "Zp", "Cc")
"""Categories of what closes a sentence after the mark that ends it: brackets, quotation marks, what is not seen."""


def marks(sentence: str) -> frozenset[str]:
    """Return the marks of *sentence*: those it holds, and as ``end .`` the one that ends it, before what closes.

    >>> sorted(marks('He asked: "Where?"')), sorted(marks("\u00abأين\u061f\u00bb"))
    ([':', '?', 'end ?', 'quote'], ['?', 'end ?', 'quote'])
    """
    dotted = _DOTS.sub("\u2026", sentence)
    found = {name for letter in set(dotted) if (name := _name(letter)) and name not in _LEFT_OUT}
    end = next((letter for letter in reversed(dotted) if not _closes(letter)), "")
    return frozenset(found | {f"end {name}"} if end and (name := _name(end)) else found)


@cache
def _closes(letter: str) -> bool:
    return unicodedata.category(letter) in _CLOSING or _name(letter) == "quote" or letter in "'\u2019"


@cache
def _name(letter: str) -> str:
    """Return what the mark *letter* is called, or nothing where it is none."""
    plain = letter if letter in _SAME else unicodedata.normalize("NFKC", letter)
    if plain in _SAME:
        return _SAME[plain]
    kind = unicodedata.category(letter)
    if kind in ("Pi", "Pf"):
        return "quote"
    if kind == "Ps":
        return "("
    return plain if kind == "Po" or kind[0] == "S" else ""
