"""Tongues: which languages a text is in, passage by passage.

    Vijeće se sastalo navečer …    hr │
    The council met again …        en │ ──▶  Tongue("hr", share=.52, score=1.0), Tongue("en", share=.48, score=1.0)
    Opskrba je obnovljena …        hr │

A passage is a sentence or a few, without what stands in quotation marks: a quotation is no part of the text's language.
Languages that are easily taken for one another count as one. What is looked at is bounded, evenly spread over the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hexapla.corpus.language import FOLDER, UNDETERMINED, detect, language, likelihoods, table

_PASSAGES = 300  # looked at, of a text that has more
_PIECE = 600  # characters of one of the pieces that are looked at of a long text
_LENGTH = 100  # characters of a passage at least, but for a line that is shorter
_LINE = 50  # characters of a line that is a passage of its own
_SURE = 0.8  # how likely the language of a passage must be to count
_SHARE = 0.08  # of the text, from which on a language is said
_FOREIGN = 0.2  # share of passages that hardly look like the language, from which on a language is doubted
_FEWEST = 100  # letters of a text whose language can be doubted
_LIST_KEYS = ("starters", "function_words", "prepositions", "auxiliaries", "joined_starters", "connectives")

_QUOTED = re.compile(r"\"[^\"\n]{0,400}\"|[“„][^“”„\n]{0,400}[”“]|«[^«»\n]{0,400}»|‘[^‘’\n]{0,400}’(?!\w)")
_END = re.compile(r"(?<=[.!?…؟۔।])\s+|(?<=[。！？])")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {  # the first word of the names of a script's letters
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Arab": ("ARABIC",),
    "Grek": ("GREEK",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "CJK"),
}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of a text: its tag, its share of the text (0..1), and how sure it is (0..1)."""

    code: str
    share: float
    score: float


def tongues(text: str) -> tuple[Tongue, ...]:
    """Return the languages that a good part of *text* is in, the largest first; none where it cannot be told.

    >>> [found.code for found in tongues("The council met in the evening. Nobody knew what it would decide there.")]
    ['en']
    """
    held: dict[str, list[str]] = {}
    for passage in _spread(list(passages(_sample(text)))):
        code, score = _likeliest(passage, tuple(held))
        if score >= _SURE:
            held.setdefault(code, []).append(passage)
    whole = sum(len(passage) for listed in held.values() for passage in listed)
    found = [_tongue(code, listed, whole) for code, listed in held.items()]
    kept = [tongue for tongue in found if tongue.share >= _SHARE and tongue.score >= _SURE]
    return tuple(sorted(kept, key=lambda tongue: (-tongue.share, tongue.code)))


def _likeliest(text: str, met: Sequence[str]) -> tuple[str, float]:
    """Return the likeliest language of *text*, as one of those *met* before where it is near one, and how sure that is.

    Languages near one another stand together: how sure is the sum of what each of them has.
    """
    scores = likelihoods(text)
    if not scores:
        return UNDETERMINED, 0.0
    first = next(iter(scores))
    known = next((code for code in met if near(code, first)), first)
    return known, sum(score for code, score in scores.items() if near(code, first))


def _tongue(first: str, listed: Sequence[str], whole: int) -> Tongue:
    """Return the one language that passages of *first* and of those near it are in, of *whole* characters."""
    joined = " ".join(listed)
    code, _ = detect(joined)
    score = min(1.0, round(_likeliest(joined, ())[1], 6))
    code = first if code == UNDETERMINED else code
    return Tongue(code, sum(map(len, listed)) / whole, score)


def near(one: str, other: str) -> bool:
    """Whether two languages are the same or easily taken for each other.

    >>> near("hr", "sr-Latn"), near("hr", "en")
    (True, False)
    """
    one, other = one.split("-")[0], other.split("-")[0]
    return one == other or other in _rivals(one)


@cache
def _rivals(code: str) -> frozenset[str]:
    """Return the languages that stand with *code* in the table."""
    return frozenset(other for clan in table(UNDETERMINED, "language")["near"] if code in clan for other in clan)


def doubted(text: str, code: str) -> bool:
    """Whether a good part of *text* hardly looks like the language *code*: by its script, or by its small words.

    This is a quick look that costs no model; where it says yes, `tongues` tells what the text is in.

    >>> told = "Vijeće se sastalo navečer i odlučilo da se prvo obnovi opskrba vodom u svim četvrtima na sjeveru grada."
    >>> doubted(told, "en"), doubted(told, "hr")
    (True, False)
    """
    listed = _spread(list(passages(_sample(text))))
    whole = sum(map(len, listed))
    if code == UNDETERMINED or whole < _FEWEST:
        return False
    strange = sum(len(passage) for passage in listed if not _looks_like(passage, code))
    return strange > _FOREIGN * whole


def _looks_like(passage: str, code: str) -> bool:
    """Whether *passage* is in a script of the language, and no other has many more small words in it."""
    scripts = _SCRIPTS.get(language(code).script)
    letters = [letter for letter in passage if letter.isalpha()]
    if scripts and 2 * sum(unicodedata.name(letter, "").startswith(scripts) for letter in letters) < len(letters):
        return False
    known = _small_words()
    words = _WORD.findall(passage.lower())
    own = sum(code.split("-")[0] in known.get(word, ()) for word in words)
    others = Counter(other for word in words for other in known.get(word, ()) if not near(code, other))
    return max(others.values(), default=0) < max(2, 2 * own)


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """Return the frequent words that the tables hold, and the languages that they are words of."""
    found: dict[str, list[str]] = {}
    for folder in sorted(FOLDER.iterdir()):
        own = table(folder.name, "segmentation")
        for word in sorted({word for key in _LIST_KEYS for word in own.get(key, ())}):
            found.setdefault(word, []).append(folder.name)
    return {word: tuple(codes) for word, codes in found.items()}


def passages(text: str) -> Iterator[str]:
    r"""Yield the passages of *text*, without what stands in quotation marks.

    >>> list(passages("He left.\nNobody in the whole house had heard the door when it was shut.\n\n12\n"))
    ['He left. Nobody in the whole house had heard the door when it was shut.']
    """
    held = ""
    for line in text.splitlines():
        for piece in _END.split(_QUOTED.sub(" ", line)):
            held = f"{held} {piece.strip()}".strip()
            if len(held) >= _LENGTH:
                yield held
                held = ""
        if len(held) >= _LINE:
            yield held
            held = ""
    if len(held) >= _LINE:
        yield held


def _sample(text: str) -> str:
    """Return *text*, or pieces of it that are evenly spread and stand on lines of their own where it is long."""
    if len(text) <= _PASSAGES * _PIECE:
        return text
    step = len(text) // _PASSAGES
    return "\n".join(text[start : start + _PIECE] for start in range(0, step * _PASSAGES, step))


def _spread(listed: Sequence[str]) -> Sequence[str]:
    """Return as many as are looked at, evenly spread."""
    step = max(1.0, len(listed) / _PASSAGES)
    return [listed[int(number * step)] for number in range(min(len(listed), _PASSAGES))]
