"""Names that no list knows: found by their shape, matched across scripts by their sound.

    Armstronga ─┐                      capitals in Latin, Greek and Cyrillic script say "name";
    Armstrong  ─┼─▶ rmstrnk            in scripts without them a word is one if another account writes its sound in
    capitals
    أرمسترونغ  ─┘

A sound is the row of consonant classes of a word (languages/und/sounds.toml); vowels, case endings and clitics fall
away. What is
found is only ever *proposed*: an entity that a person may accept into the authority file.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from hexapla.corpus.document import Document, Entity, Mention, Name
from hexapla.corpus.fold import bare, words
from hexapla.corpus.language import table

SHORTEST = 3
"""Consonants that a sound needs: shorter ones meet by chance."""

SHORTEST_SMALL = 4
"""Consonants that a word needs in a script without capitals, where any word may be the one that sounds alike."""

ALIKE = 70.0
"""How alike, 0..100, two names in one script are at least, beside sounding alike."""

SURE = 0.7
"""Score of a mention of a proposed name."""

ENDINGS = ("m", "s", "f")
"""Sounds that a case ending may add: Armstrongom, Armstrongs, Armstrongov."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a name."""

    document: str
    language: str
    segment: str
    start: int
    end: int
    text: str
    sounds: tuple[str, ...]
    cased: bool  # written with a capital in a script that has them


@cache
def _classes() -> Mapping[int, str]:
    return {ord(letter): sound for sound, letters in table("und", "sounds")["classes"].items() for letter in letters}


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the row of consonant classes of *word*; a doubled one counts once.

    >>> sound("Armstronga"), sound("أرمسترونغ")
    ('rmstrnk', 'rmstrnk')
    """
    classes = _classes()
    row: list[str] = []
    for letter in unicodedata.normalize("NFC", word).lower():
        heard = classes.get(ord(letter)) or classes.get(ord(unicodedata.normalize("NFD", letter)[0]), "")
        if heard and (not row or row[-1] != heard):
            row.append(heard)
    return "".join(row)


def propose(documents: Sequence[Document]) -> tuple[tuple[Entity, ...], Mapping[str, tuple[Mention, ...]]]:
    """Return the names that two or more of *documents* share, as proposed entities, and their mentions by document.

    The documents have their segments. Only single words are matched; what kind of thing bears the name is not known, so
    that all are of the type "thing".
    """
    found = [candidate for document in documents for candidate in candidates(document)]
    entities: list[Entity] = []
    mentions: dict[str, list[Mention]] = {document.id: [] for document in documents}
    for number, cluster in enumerate(clusters(found), start=1):
        entity = _entity(number, cluster)
        entities.append(entity)
        for one in cluster:
            mentions[one.document].append(_mention(one, entity.id))
    return tuple(entities), {name: tuple(sorted(rows, key=lambda m: m.start)) for name, rows in mentions.items()}


def _entity(number: int, cluster: Sequence[Candidate]) -> Entity:
    forms: dict[str, str] = {}
    for one in cluster:
        if one.language not in forms or len(one.text) < len(forms[one.language]):
            forms[one.language] = one.text
    names = tuple(Name(language, text) for language, text in sorted(forms.items()))
    return Entity(f"thing.name-{number}", "thing", names, note="found in the texts by its sound", proposed=True)


def _mention(one: Candidate, ref: str) -> Mention:
    return Mention("", one.segment, "thing", one.start, one.end, "name", ref=ref, score=SURE, method="names")


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield the words of *document* that may be names.

    A capitalised word counts when it stands inside a sentence, or when the document has it with a capital inside one
    elsewhere
    and never in small letters.
    """
    small, capital = _cases(document)
    for segment in document.segments:
        if segment.kind == "x":
            continue
        for number, word in enumerate(words(document.text, segment.start, segment.end)):
            text = document.text[word.start : word.end]
            cased = text[0].isupper()
            if text[0].isdigit() or (
                text[0].islower() or (cased and number == 0 and not _named(word.form, small, capital))
            ):
                continue
            shortest = SHORTEST if cased else SHORTEST_SMALL
            heard = tuple(
                dict.fromkeys(s for form in bare(word.form, document.language) if len(s := sound(form)) >= shortest)
            )
            if heard:
                yield Candidate(document.id, document.language, segment.id, word.start, word.end, text, heard, cased)


def _cases(document: Document) -> tuple[set[str], set[str]]:
    """The forms that the document has in small letters, and those it has with a capital inside a sentence."""
    small: set[str] = set()
    capital: set[str] = set()
    for segment in document.segments:
        for number, word in enumerate(words(document.text, segment.start, segment.end)):
            if document.text[word.start].islower():
                small.add(word.form)
            elif number:
                capital.add(word.form)
    return small, capital


def _named(form: str, small: set[str], capital: set[str]) -> bool:
    return form in capital and form not in small


def clusters(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates that sound alike, in at least two documents and once with a capital."""
    by_sound: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        for heard in one.sounds:
            by_sound[heard].append(one)
            if one.cased and len(heard) > SHORTEST and heard.endswith(ENDINGS):
                by_sound[heard[:-1]].append(one)
    taken: set[tuple[str, int]] = set()
    kept: list[list[Candidate]] = []
    for heard in sorted(by_sound, key=lambda key: (-len(key), key)):
        free = [one for one in by_sound[heard] if (one.document, one.start) not in taken]
        for group in _alike(free):
            if len({one.document for one in group}) > 1:
                kept.append(group)
                taken |= {(one.document, one.start) for one in group}
    return sorted(kept, key=lambda group: (group[0].document, group[0].start))


def _alike(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Part candidates of one sound by how they are written; uncased words join the largest part."""
    parts: list[list[Candidate]] = []
    for one in (c for c in found if c.cased):
        fitting = [part for part in parts if any(_similar(one, other) for other in part)]
        if fitting:
            fitting[0].append(one)
        else:
            parts.append([one])
    if parts:
        max(parts, key=len).extend(c for c in found if not c.cased)
    return parts


@lru_cache(maxsize=65536)
def _written_alike(left: str, right: str) -> bool:
    return ratio(left, right) >= ALIKE


def _similar(left: Candidate, right: Candidate) -> bool:
    a, b = left.text.lower(), right.text.lower()
    return a == b or _script(a) != _script(b) or _written_alike(min(a, b), max(a, b))


def _script(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]
