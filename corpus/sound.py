"""How a word sounds and is written, so that a name can be known again in another script.

    Armstronga   ──▶ rmstrnk · armstrnka      consonant classes first, vowels in three classes second
    أرمسترونغ    ──▶ rmstrnk · armstrunk      ──▶ likeness: consonants count more than vowels

The classes are a table (languages/und/sounds.toml). A letter may be read in several ways, so a word may have several
sounds; the most alike two of them count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import Indel

from hexapla.corpus.language import table

SHORTEST = 3
"""Consonants that a word needs to be matched alone: shorter ones meet by chance."""

MOST_SOUNDS = 6
"""Readings of one word that are compared."""

WRITTEN = 0.7
"""How alike two words in one script are written at least."""

_AGAIN = re.compile(r"(.)\1+")
_PLAIN = str.maketrans({"ß": "ss", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "ı": "i"})


@cache
def _classes() -> Mapping[str, str]:
    listed: Mapping[str, str] = table("und", "sounds")["classes"]
    return {letter: heard for heard, letters in listed.items() for letter in letters}


@cache
def _vowels() -> Mapping[str, str]:
    listed: Mapping[str, str] = table("und", "sounds")["vowels"]
    return {letter: heard for heard, letters in listed.items() for letter in letters}


@cache
def _variants() -> tuple[Mapping[str, tuple[str, ...]], re.Pattern[str]]:
    listed = {letters: tuple(rows) for letters, rows in table("und", "sounds")["variants"].items()}
    longest = sorted(listed, key=lambda letters: (-len(letters), letters))
    return listed, re.compile("|".join((*map(re.escape, longest), r".")), re.DOTALL)


def _class(letter: str) -> str:
    """The consonant class of *letter*, '' where it is silent."""
    classes = _classes()
    return classes.get(letter) or classes.get(unicodedata.normalize("NFD", letter)[0], "")


class _Heard(dict[int, str]):
    """The class of each letter by its code, looked up once."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _class(chr(code)))


@cache
def _heard() -> _Heard:
    return _Heard()


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the row of consonant classes of *word*; a doubled one counts once.

    >>> sound("Armstronga"), sound("أرمسترونغ")
    ('rmstrnk', 'rmstrnk')
    """
    return _AGAIN.sub(r"\1", unicodedata.normalize("NFC", word).lower().translate(_heard()))


@lru_cache(maxsize=65536)
def sounds(word: str) -> tuple[str, ...]:
    """Return the rows of consonant classes that the folded *word* may have, the likeliest first, six at most.

    Unlike in `sound`, a class counts again after a vowel, and letters are read in groups.

    >>> sounds("gagarin"), sounds("chavez")[:3]
    (('kkrn',), ('kfs', 'tsfs', 'sfs'))
    """
    listed, pattern = _variants()
    parts = [listed.get(m.group()) or (_class(m.group()) or "·",) for m in pattern.finditer(word)]
    read = []
    for row in product(*parts):
        heard = re.sub(r"(.)\1+", r"\1", "".join(row)).replace("·", "")
        if heard not in read:
            read.append(heard)
        if len(read) == MOST_SOUNDS:
            break
    return tuple(read)


@lru_cache(maxsize=65536)
def soft(word: str) -> str:
    """Return the first row of *word* with its vowels, in three classes.

    >>> soft("gagarin"), soft("غاغارين")
    ('kakarin', 'kakarin')
    """
    vowels = _vowels()
    letters = (vowels.get(letter) or _class(letter) for letter in word)
    return re.sub(r"(.)\1+", r"\1", "".join(letters))


@lru_cache(maxsize=262144)
def likeness(left: str, right: str) -> float:
    """Return how alike the folded words *left* and *right* sound, 0 to 1.

    >>> likeness("armstrong", "ارمسترونغ") > 0.9, likeness("houston", "madrid") < 0.6
    (True, True)
    """
    if left == right:
        return 1.0
    rows = [(a, b) for a in sounds(left) for b in sounds(right)]
    consonants = max((Indel.normalized_similarity(a, b) for a, b in rows), default=0.0)
    shortest = min(len(sounds(left)[0]), len(sounds(right)[0])) if rows else 0
    part = share(shortest)
    return part * consonants + (1 - part) * Indel.normalized_similarity(soft(left), soft(right))


def share(consonants: int) -> float:
    """Return how much consonants count in the likeness of two words, beside vowels: of few of them, less."""
    return 0.6 if consonants >= SHORTEST else 0.45 if consonants == SHORTEST - 1 else 0.25


@lru_cache(maxsize=65536)
def written_alike(left: str, right: str) -> bool:
    """Say whether two words of one script are written alike, accents aside; those of two scripts need not be.

    >>> written_alike("chávez", "chavez"), written_alike("iran", "oran"), written_alike("iran", "إيران")
    (True, True, True)
    """
    if left == right or _script(left) != _script(right):
        return True
    plain = [unaccented(word) or word for word in (left, right)]
    return Indel.normalized_similarity(*plain) >= WRITTEN


def _script(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]


def unaccented(text: str) -> str:
    """Return *text* without accents, '' where it is in another script than Latin.

    >>> unaccented("Đoković"), unaccented("غاغارين")
    ('Dokovic', '')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return letters if all(c.isascii() or not c.isalpha() for c in letters) else ""
