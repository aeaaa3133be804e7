"""Habits: what a text itself shows of how it is written.

    "i was so tired. then it rained. nobody came."      starts sentences in small letters
    "opasku.Sama invazija ... rat.Broj mrtvih ..."       loses the space after a full stop
    "... uzrokaIraq ... Iraq ... uzroka ..."             knows both words that were written as one

What is asked for is counted once, over the whole text; a piece of a text is read with the habits of the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property


def _letters() -> tuple[str, str]:
    """Return the small and the capital letters of the alphabets that have both, as the insides of character classes."""
    alphabets = [chr(code) for block in ((0x41, 0x590), (0x10A0, 0x1100), (0x1E00, 0x2000)) for code in range(*block)]
    small = "".join(letter for letter in alphabets if is_small(letter))
    return small, "".join(letter for letter in alphabets if letter.isupper())


def is_small(letter: str) -> bool:
    """Whether *letter* is one where a capital could stand; Georgian's are called small, but begin sentences.

    >>> is_small("a"), is_small("A"), is_small("ა")
    (True, False, False)
    """
    return letter.islower() and not "ა" <= letter <= "ჿ"


SMALL, CAPITAL = _letters()
"""The insides of character classes."""

_FEWEST = 2  # sentences that begin with a small letter
_PER_CAPITAL = 0.5  # of them for each that begins with a capital
_TOKEN = re.compile(r"\w+")
_LOST = re.compile(rf"[{SMALL}]{{3}}\.[{CAPITAL}][{SMALL}]")
_START = re.compile(
    rf"[.!?](?<=[^\W\d_]{{2}}[.!?])[!?]{{0,2}}\)?[^\S\r\n]++[“„«(¿¡\"'–—-]{{0,3}}([{SMALL}{CAPITAL}])(?![.)])"
)
_WORD_BEFORE = re.compile(r"(?<![.\w])[^\W\d_]+\Z")
_LONGEST = 40  # letters of a word

_OPENING = " \t\"'“„«(¿¡–—-•*·"
_ANY_CAPITAL = re.compile(f"[{CAPITAL}]")


class Habits:
    """What *text* shows; *short* are the abbreviations of its language, in small letters or as they are written."""

    def __init__(self, text: str, short: frozenset[str] = frozenset()) -> None:
        self._text = text
        self._short = short

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(_TOKEN.findall(self._text))

    @cached_property
    def loses_spaces(self) -> bool:
        """Whether the text has lost the space after a full stop more than once."""
        return sum(1 for _ in zip(range(2), _LOST.finditer(self._text), strict=False)) > 1

    @cached_property
    def small_starts(self) -> bool:
        """Whether the text often begins sentences with a small letter, by what follows a final mark after a word.

        One such place is enough in a text without any capital.

        >>> Habits("i was tired. then it rained. nobody came.").small_starts
        True
        >>> Habits("He was tired. then it rained. Nobody came. It was late. He left. So did she.").small_starts
        False
        """
        if not self._starts[0]:
            return False
        return self._starts[0] >= max(_FEWEST, _PER_CAPITAL * self._starts[1]) or not _ANY_CAPITAL.search(self._text)

    @property
    def some_small_starts(self) -> bool:
        """Whether a few sentences seem to begin so, in some part of it."""
        return self._starts[0] >= _FEWEST

    def only_small(self, line: str) -> bool:
        """Whether a line begins with a small letter, and no sentence in it with a capital.

        >>> Habits("").only_small("i agree. it was late"), Habits("").only_small("which is so. It was late.")
        (True, False)
        """
        return is_small(line.lstrip(_OPENING)[:1]) and not self._count(line)[1]

    @cached_property
    def _starts(self) -> tuple[int, int]:
        return self._count(self._text)

    def _count(self, text: str) -> tuple[int, int]:
        """Count the different words before a final mark and a small letter in *text*, and the capitals after one.

        An abbreviation that nobody knows stands there again and again; the last words of sentences differ.
        """
        small: set[str] = set()
        capitals = 0
        for start in _START.finditer(text):
            word = _WORD_BEFORE.search(text, max(0, start.start() - _LONGEST), start.start())
            if word is None or word[0] in self._short or word[0].lower() in self._short:
                continue
            if is_small(start[1]):
                small.add(word[0].lower())
            else:
                capitals += 1
        return len(small), capitals
