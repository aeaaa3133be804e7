"""A text as tokens with roles: what each word, number or sign can be, as the table of a language says.

    "On May 16"  ─▶  on{in}  may{month: 5, weak: 5}  16{day: 16}

Dates and quantities read texts this way. A phrase of the table is one token; a clitic that is written together with the
word after it is a token of its own where only that word is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hexapla.corpus.fold import MARKS, fold

Roles = Mapping[str, int]
"""What a token can be, with its value as such: ``{"month": 3, "weak": 3}``."""

NOTHING: Roles = {}
LETTERS = rf"(?:[^\W\d_]|{MARKS.pattern}|[\u0300-\u036f])+"
TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<figure>\d{1,3}(?:[.,'\u066c\u2019\u00a0\u202f]\d{3})+(?!\d)|(?<![\d.,])(?:\d{1,3}|\d{5,}+)[.,\u066b]\d{1,2}(?![.,\u066b]?\d))"
    rf"|(?P<digits>\d+)|(?P<word>{LETTERS})|(?P<sign>[^\s_])"
)


class Token(NamedTuple):
    """A word, number or sign of the text: its folded form, its place and its roles."""

    form: str
    start: int
    end: int
    roles: Roles = NOTHING


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases with their roles; the words of a phrase are joined by a space."""

    entries: Mapping[str, Roles]
    clitics: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(init=False)  # first word -> the rests, longest first

    def __post_init__(self) -> None:
        """Sort the phrases by their first word."""
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for entry in self.entries:
            head, *rest = entry.split(" ")
            if rest:
                phrases.setdefault(head, []).append(tuple(rest))
        longest = {head: tuple(sorted(rests, key=lambda r: (-len(r), r))) for head, rests in phrases.items()}
        object.__setattr__(self, "phrases", longest)

    def knows(self, form: str) -> bool:
        """Return whether *form* is an entry or begins a phrase."""
        return form in self.entries or form in self.phrases


def pieces(piece: str, start: int, vocabulary: Vocabulary) -> Iterator[Token]:
    """Yield the word *piece* as a token, or as a clitic and the word after it where only that is known."""
    form = fold(piece)
    if not vocabulary.knows(form):
        for clitic in vocabulary.clitics:
            rest = form[len(clitic) :]
            if len(rest) > 2 and form.startswith(clitic) and vocabulary.knows(rest):
                cut = _cut(piece, len(clitic))
                yield Token(clitic, start, start + cut, vocabulary.entries.get(clitic, NOTHING))
                yield Token(rest, start + cut, start + len(piece), vocabulary.entries.get(rest, NOTHING))
                return
    yield Token(form, start, start + len(piece), vocabulary.entries.get(form, NOTHING))


def _cut(piece: str, letters: int) -> int:
    """Return where *piece* goes on after its first *letters*, the marks on them included."""
    at = 0
    while letters or MARKS.match(piece, at):
        letters -= 0 if MARKS.match(piece, at) else 1
        at += 1
    return at


def joined(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Make the phrases of *vocabulary* one token each, the longest first."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        for rest in vocabulary.phrases.get(token.form, ()):
            if tuple(t.form for t in tokens[at + 1 : at + 1 + len(rest)]) == rest:
                roles = vocabulary.entries[" ".join((token.form, *rest))]
                size = 1 + len(rest)
                token = Token(token.form, token.start, tokens[at + size - 1].end, roles)
                break
        made.append(token)
        at += size
    return made


def entry(form: str) -> str:
    """Return a table's word or phrase as its tokens read, a space between each two."""
    return " ".join(fold(found.group()) for found in TOKEN.finditer(form))
