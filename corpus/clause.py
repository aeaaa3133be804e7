"""Clauses: the parts of a sentence that may tell a happening each, for matching; texts are never cut there.

    It failed in 1889, ruining its investors; bribes came to light three years later, and a court jailed him.
    └── clause ─────────────────────────────┘└── clause ────────────────────────────┘└── clause ────────────┘

A clause may begin after a comma, semicolon, colon or dash, at a word that opens clauses (which, dok, حيث), and at one
that joins them (and, te, و) if a verb follows soon. A part with few telling words stays with the one before it: lists
and asides are no clauses. The words are a language's, from ``languages/<code>/clauses.toml``; one that has none is cut
at its punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hexapla.corpus.fold import Word, fold, words
from hexapla.corpus.language import table

LEAST = 3
"""Telling words of a clause."""

SHORT = 3
"""Words with fewer letters tell nothing by themselves, nor do figures: a date or a number alone is no clause."""

SOON = 3
"""A verb among so many words from a joining one on makes it join clauses."""

_PAUSE = re.compile(r"[,;:،؛、，；：][\s_]|[\s_][-–—][\s_]|—|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class _Table:
    """What begins a clause in a language, folded."""

    opening: frozenset[str]
    joining: frozenset[str]
    prefixes: tuple[str, ...]  # written onto the word that follows


@cache
def _table(language: str) -> _Table:
    held: Mapping[str, Sequence[str]] = table(language, "clauses")
    return _Table(
        frozenset(map(fold, held.get("opening", ()))),
        frozenset(map(fold, held.get("joining", ()))),
        tuple(map(fold, held.get("prefixes", ()))),
    )


def clauses(
    text: str, start: int, end: int, language: str, verb: Callable[[str], bool] = lambda _: True
) -> tuple[tuple[int, int], ...]:
    """Return the clauses of ``text[start:end]``: code points ``[first, last)`` that follow one another without a gap.

    *verb* says whether a folded word may be a verb.

    >>> said = "Troops crossed the border, and the president was shot dead in his palace two days later."
    >>> [said[a:b] for a, b in clauses(said, 0, len(said), "en")]
    ['Troops crossed the border, ', 'and the president was shot dead in his palace two days later.']
    """
    line = words(text, start, end)
    known = _table(language)
    cuts = [0, *(at for at in range(1, len(line)) if _begins(text, line, at, known, verb)), len(line)]
    kept = [0]
    for at, to in pairwise(cuts[1:]):
        if _telling(line[kept[-1] : at], known) >= LEAST and _telling(line[at:to], known) >= LEAST:
            kept.append(at)
    firsts = [start, *(line[at].start for at in kept[1:]), end]
    return tuple(pairwise(firsts))


def _begins(text: str, line: Sequence[Word], at: int, known: _Table, verb: Callable[[str], bool]) -> bool:
    """Whether a clause may begin at the word *at*."""
    word = line[at]
    if word.form in known.opening or _PAUSE.search(text, line[at - 1].end, word.start):
        return True
    if word.form in known.joining:
        return any(verb(next_.form) for next_ in line[at + 1 : at + 1 + SOON])
    return any(verb(rest) for rest in _rests(word.form, known.prefixes))


def _rests(form: str, prefixes: Sequence[str]) -> Iterator[str]:
    yield from (form[len(prefix) :] for prefix in prefixes if form.startswith(prefix) and len(form) > len(prefix) + 2)


def _telling(line: Sequence[Word], known: _Table) -> int:
    closed = known.opening | known.joining
    return sum(len(word.form) >= SHORT and not word.form.isdigit() and word.form not in closed for word in line)
