"""The names of an authority as one language writes them, and where they stand in a text.

    وبِالعراق   ──even──▶  وبالعراق  ──automaton──▶  [و|ب]العراق ──edges──▶  place.iraq, the slice العراق
    الأمريكيون العراقيون                             العراق|يون  ──edges──▶  nothing: the word goes on
    Iraq Body Count                                  [Iraq] Body Count ───▶  org.iraq-body-count: the longer name wins

Names are compared without case and vowel signs, with one form for letters that writers exchange, `_` and line breaks as
spaces; every offset is that of the text itself. All forms that `hexapla.corpus.inflect` makes of the names of a
language, and English names in every language, stand in one Aho-Corasick automaton, so a text is read once however
many names there are. Then the edges are checked (a word begins and ends there, but for clitics and glued text), then
the case (``SAD`` is not ``sad``), then the longest name wins; the names inside it are kept with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

from hexapla.corpus.document import Authority, Entity
from hexapla.corpus.fold import MARKS, VARIANTS
from hexapla.corpus.inflect import inflected, is_acronym
from hexapla.corpus.language import table

EVERYWHERE = "en"
"""The language whose names are known in the texts of all others."""

TRANSLATED = ("people", "thing")
"""Types whose names of one word every language has its own for: the Dane of an English table is not Croatian *dane*."""

EXACT, FORMED = 1.0, 0.97
"""How sure a name is that stands in the authority, and one that rules made from it."""

MADE = 2
"""What is added to the rank of a form that rules made."""

GLUED = 4
"""Letters that a name must have at least to be seen where a space is missing before it."""

SHORT = 3
"""A name of so few letters is compared with its case; a word of so few does not show the case of a name."""

_SPACES = "_" + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_HYPHENS = "‐‑‒–—−﹣－"
_APOSTROPHES = "’‘ʼ′`´＇"
_FORMAT = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_PRESENTATION = "\ufb1d-\ufdff\ufe70-\ufefc"  # letters of older character sets that stand for others
_SAME: dict[int, str] = {
    **VARIANTS,
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **{zero + n: str(n) for zero in (0x660, 0x6F0) for n in range(10)},  # Arabic-Indic digits
}
_UNEVEN = re.compile(rf"{MARKS.pattern}|[{_FORMAT}{_PRESENTATION}\u0300-\u036f]|[\s_]{{2}}")
_CLUSTER = re.compile(rf"[\s_]+|.(?:{MARKS.pattern}|[\u0300-\u036f])*", re.DOTALL)
_SILENT = re.compile(rf"{MARKS.pattern}|[{_FORMAT}]")
_OLD = re.compile(f"[{_PRESENTATION}]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as names are looked up in it; ``starts`` and ``ends`` lead back, None where nothing moved."""

    cased: str
    folded: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the text that ``[start, end)`` of the reading stands for."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def even(text: str) -> Reading:
    """Return *text* as names are looked up in it.

    >>> reading = even("Umm_Kasr  و العِراق")
    >>> reading.folded, reading.span(11, 17)
    ('umm kasr و العراق', (12, 19))
    """
    if _UNEVEN.search(text) or not unicodedata.is_normalized("NFC", text):
        return _even_out(text)
    cased = text.translate(_SAME)
    return Reading(cased, _low(cased))


def _even_out(text: str) -> Reading:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        for char in _plain(cluster.group()):
            letters.append(char)
            starts.append(cluster.start())
            ends.append(cluster.end())
    cased = "".join(letters)
    return Reading(cased, _low(cased), tuple(starts), tuple(ends))


def _low(text: str) -> str:
    """Return *text* in lower case, as long as it is; final sigma as any other, for what follows is not the word's."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.replace("ς", "σ")


def _plain(cluster: str) -> str:
    if cluster[0] == "_" or cluster.isspace():
        return " "
    letters = _SILENT.sub("", cluster)
    letters = unicodedata.normalize("NFKC" if _OLD.search(letters) else "NFC", letters)
    return letters.translate(_SAME)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return what a letter is written in, "digit", or '' for what is no part of a word.

    >>> [_script(char) for char in "aع7-"]
    ['LATIN', 'ARABIC', 'digit', '']
    """
    category = unicodedata.category(char)
    if category[0] == "N":
        return "digit"
    return unicodedata.name(char, "?").split()[0].partition("-")[0] if category[0] in "LM" else ""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which one entity may be written, and what the text must keep to."""

    entity: int  # its place in the authority
    text: str  # as `even` gives it, with its case
    rank: int  # 0 a name of the language, 1 an English one, `MADE` more for what rules made of it
    exact: bool  # the case must be the same
    capitals: tuple[int, ...]  # letters of which one must be a capital; none where the case does not matter
    inside: int = 0  # letters before the name itself: of للعراق the first belongs to the preposition
    clitics: bool = True  # whether the language's clitics may stand before it

    @property
    def score(self) -> float:
        """How sure the form itself is."""
        return EXACT if self.rank < MADE else FORMED

    def agrees(self, cased: str, start: int) -> bool:
        """Say whether *cased* at *start* has the capitals that the name asks for."""
        if self.exact:
            return cased.startswith(self.text, start)
        return not self.capitals or any(cased[start + place].isupper() for place in self.capitals)


Candidate = tuple[int, int, list[Form]]
"""A slice of a reading, and the forms that stand there."""


@dataclass(frozen=True, slots=True)
class Article:
    """How a language writes its article at the beginning of a word, folded; empty where it does not."""

    written: str = ""
    contracted: str = ""  # with a preposition of one letter
    types: frozenset[str] = frozenset()

    def before(self, name: str) -> str:
        """Return *name* with the article before each word."""
        words = (_folded(word) for word in name.split())
        return " ".join(word if word.startswith(self.written) else self.written + word for word in words)

    def joined(self, name: str) -> str:
        """Return *name* with article and preposition in one, '' where it has no article."""
        stem = name.removeprefix(self.written)
        if not self.written or stem == name or len(stem) < len(self.written):
            return ""
        return (self.contracted[:-1] if stem.startswith(self.contracted[-1]) else self.contracted) + stem


def _article(rules: Mapping[str, Any]) -> Article:
    written, contracted = (_folded(str(rules.get(key, ""))) for key in ("written", "contracted"))
    return Article(written, contracted, frozenset(rules.get("types", ())))


@dataclass(frozen=True, slots=True)
class Hit:
    """A slice ``[start, end)`` of a text that is a name, of one or several entities, and the names inside it."""

    start: int
    end: int
    entities: tuple[Entity, ...]
    score: float
    inner: tuple[Hit, ...] = ()  # the longest; whether they are mentions is not decided


class Linker:
    """The names of an authority as one language writes them.

    >>> from hexapla.corpus.document import Name
    >>> iraq = Entity("place.iraq", "place", (Name("en", "Iraq"), Name("hr", "Irak")))
    >>> text = "Rat u Iraku"
    >>> named = Linker(Authority(entities=(iraq,)), "hr")
    >>> [(text[hit.start : hit.end], hit.entities[0].id) for hit in named.hits(text)]
    [('Iraku', 'place.iraq')]
    """

    def __init__(self, authority: Authority, language: str) -> None:
        """Make all forms of the names of *authority* in *language*."""
        rules = table(language, "names")
        self._article = _article(rules.get("article", {}))
        self._clitics = frozenset(_folded(clitic) for clitic in rules.get("proclitics", ()))
        self._longest_clitic = max(map(len, self._clitics), default=0)
        self._entities = authority.entities
        self._automaton = self._build(language)

    def _build(self, language: str) -> ahocorasick.Automaton | None:
        own = sources(language)
        forms: dict[str, list[Form]] = {}
        for place, entity in enumerate(self._entities):
            for form in self._forms(place, entity, language, own):
                forms.setdefault(_low(form.text), []).append(form)
        if not forms:
            return None  # an automaton without words cannot be asked
        automaton = ahocorasick.Automaton()
        for key, found in forms.items():
            automaton.add_word(key, (len(key), tuple(dict.fromkeys(found))))
        automaton.make_automaton()
        return automaton

    def _forms(self, place: int, entity: Entity, language: str, own: frozenset[str]) -> Iterator[Form]:
        """Yield all forms of *entity*: of its names in the language's *own* columns, then of the English ones."""
        codes = [(name.text, name.language.partition("-")[0]) for name in entity.names]
        mine = dict.fromkeys(text for text, code in codes if code in own)
        for text in mine:
            yield from self._grown(place, text, inflected(text, language), 0)
            if entity.type in self._article.types:
                definite = (self._article.before(form) for form in inflected(text, language))
                yield from self._grown(place, text, definite, 0)
        is_word = entity.type in TRANSLATED and bool(mine)
        for text in dict.fromkeys(text for text, code in codes if code == EVERYWHERE and text not in mine):
            if is_word and " " not in text:
                continue
            # A foreign name with words in small letters is a phrase ("weapons of mass destruction"), never inflected.
            yield from self._grown(place, text, (text,) if _is_phrase(text) else inflected(text, language), 1)

    def _grown(self, place: int, name: str, forms: Iterable[str], rank: int) -> Iterator[Form]:
        """Yield *name* and its *forms* with the other spellings of each."""
        exact = len(name) <= SHORT or is_acronym(name)
        for text in forms:
            yield from self._spelled(place, text, rank if text == name else rank | MADE, exact)

    def _spelled(self, place: int, text: str, rank: int, exact: bool) -> Iterator[Form]:
        cased = even(text).cased.strip()
        if not cased:
            return
        spellings = {cased: rank}
        if not exact and ("-" in cased or ". " in cased):
            spellings.setdefault(cased.replace("-", " "), rank | MADE)
            spellings.setdefault(cased.replace(". ", " "), rank | MADE)
        for spelling, sureness in spellings.items():
            capitals = () if exact else _capitals(spelling)
            yield Form(place, spelling, sureness, exact, capitals, clitics=len(spelling) >= SHORT)
        joined = self._article.joined(cased)
        if joined:
            yield Form(place, joined, rank, exact, (), inside=1)

    def hits(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Hit]:
        """Return the names in *text* in order; none overlaps another, nor a slice that is *taken* by something else."""
        if self._automaton is None:
            return []
        reading = even(text)
        occupied = tuple(taken)
        found = []
        for last, (length, forms) in self._automaton.iter(reading.folded):
            start = last + 1 - length
            fitting = [form for form in forms if self._stands(reading, form, start, last + 1)]
            if fitting and not _overlaps(occupied, *reading.span(start, last + 1)):
                found.append((start, last + 1, fitting))
        return [self._hit(reading, one, found) for one in _longest(found)]

    def _hit(self, reading: Reading, one: Candidate, among: Sequence[Candidate]) -> Hit:
        """Return the name *one* with the longest names of others inside it."""
        start, end, forms = one
        best = min(form.rank for form in forms)
        chosen = [form for form in forms if form.rank == best]
        # "Turske" is rather Turska, the country, than the adjective turski with a capital
        chosen = [form for form in chosen if reading.cased.startswith(form.text, start)] or chosen
        places = dict.fromkeys(form.entity for form in chosen)
        span = reading.span(start + min(form.inside for form in chosen), end)
        within = [two for two in among if two is not one and start <= two[0] and two[1] <= end]
        inside = [two for two in within if any(form.entity not in places for form in two[2])]
        inner = tuple(self._hit(reading, two, inside) for two in _longest(inside))
        return Hit(*span, tuple(self._entities[place] for place in places), chosen[0].score, inner)

    def _stands(self, reading: Reading, form: Form, start: int, end: int) -> bool:
        """Say whether *form* at ``[start, end)`` is a word or words of its own, in the right case."""
        return (
            form.agrees(reading.cased, start)
            and _ends(reading.folded, form, end)
            and (_begins(reading, form, start) or self._leans(reading.folded, form, start))
        )

    def _leans(self, folded: str, form: Form, start: int) -> bool:
        """Say whether only a clitic stands between the beginning of the word and *start*."""
        if not form.clitics:
            return False
        script = _script(folded[start])
        for size in range(1, min(self._longest_clitic, start) + 1):
            before = folded[start - size - 1 : start - size]
            if folded[start - size : start] in self._clitics and (not before or _script(before) != script):
                return True
        return False


def _ends(folded: str, form: Form, end: int) -> bool:
    after = folded[end : end + 1]
    script = _script(after) if after else ""
    if not script or _UNSPACED.match(folded[end - 1]):
        return True
    return script != _script(folded[end - 1]) and len(form.text) >= GLUED


def _begins(reading: Reading, form: Form, start: int) -> bool:
    before = reading.folded[start - 1] if start else ""
    script = _script(before) if before else ""
    if not script or _UNSPACED.match(reading.folded[start]):
        return True
    if len(form.text) < GLUED:
        return False
    return script != _script(reading.folded[start]) or _is_glued(reading.cased, start)


def _is_glued(cased: str, start: int) -> bool:
    """Say whether a capital follows a word in small letters: the space between two sentences was lost."""
    run = cased[max(0, start - SHORT) : start]
    return len(run) == SHORT and run.isalpha() and run.islower() and cased[start].isupper()


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _longest(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield in text order those *found* that overlap no longer one (of equal ones, the first)."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if not _overlaps(((start, end) for start, end, _ in kept), one[0], one[1]):
            kept.append(one)
    yield from sorted(kept, key=lambda one: one[0])


def _folded(text: str) -> str:
    return even(text).folded


def sources(language: str) -> frozenset[str]:
    """Return the languages whose names are *language*'s own: itself, and the one whose tables it shares."""
    shared = table(language, "language").get("same_as")
    return frozenset({language.partition("-")[0], *([str(shared)] if shared else [])})


def _is_phrase(name: str) -> bool:
    return any(word.islower() and len(word) > SHORT for word in name.split())


def _capitals(text: str) -> tuple[int, ...]:
    """Return the places of the capitals by which a name is known: those of its longer words, else the first.

    >>> _capitals("The Hague"), _capitals("Al Gor"), _capitals("oružje")
    ((4,), (0,), ())
    """
    long = tuple(m.start() for m in re.finditer(r"\w+", text) if len(m.group()) > SHORT and m.group()[0].isupper())
    return long or ((0,) if text[0].isupper() else ())


@lru_cache(maxsize=16)
def linker(authority: Authority, language: str) -> Linker:
    """Return the linker of *authority* for *language*, built once."""
    return Linker(authority, language)
