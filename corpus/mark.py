"""A sentence -> its punctuation marks, one name for what different scripts write in their own ways.

    "Where?" he asked.     quote  ?  end .
    «أين؟» سأل.            quote  ?  end .

A translation mostly asks where the text asks, and quotes where it quotes. Commas, full stops inside a sentence and
apostrophes are left out: languages use them too differently. Names come from Unicode's categories and compatibility
forms, and from `_SAME` where these do not know that two marks do the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SAME = {
    "\u061f": "?",  # Arabic
    "\u2e2e": "?",  # reversed
    "\u055e": "?",  # Armenian
    "\u1367": "?",  # Ethiopic
    "\u037e": "?",  # Greek
    "\u00bf": "?",
    "\u00a1": "!",
    "\u055c": "!",
    "\u061b": ";",
    "\u066a": "%",
    "\u060c": ",",
    "\u3001": ",",
    "\u3002": ".",
    "\u06d4": ".",
    "\u0964": ".",
    "\u0589": ".",
    "\u1362": ".",
    "\u2014": "-",
    "\u2013": "-",
}
_QUOTES = '"\u201e\u201a\u300c\u300e'
_LEFT_OUT = ".,'-"
_CLOSING = re.compile(r"[\s\"'\u2019\u201d\u201c\u00bb\u00ab\u203a\u2039)\]\u300d\u300f]+$")


def marks(sentence: str) -> frozenset[str]:
    """Return the marks of *sentence*: those it holds, and as ``end .`` the one that ends it, before what closes.

    >>> sorted(marks('He asked: "Where?"')), sorted(marks("\u00abأين\u061f\u00bb"))
    ([':', '?', 'end ?', 'quote'], ['?', 'end ?', 'quote'])
    """
    found = {name for letter in set(sentence) if (name := _name(letter)) and name not in _LEFT_OUT}
    end = _name(_CLOSING.sub("", sentence)[-1:])
    return frozenset(found | {f"end {end}"} if end else found)


@cache
def _name(letter: str) -> str:
    """Return what the mark *letter* is called, or nothing where it is none."""
    if not letter or letter == "\u2019":  # an apostrophe as often as a quotation mark
        return ""
    kind = unicodedata.category(letter)
    if letter in _SAME:
        return _SAME[letter]
    if letter in _QUOTES or kind in ("Pi", "Pf"):
        return "quote"
    if kind == "Ps":
        return "("
    return unicodedata.normalize("NFKC", letter) if kind in ("Po", "Pd") or kind[0] == "S" else ""
