"""What accounts say of people beside their names: the offices they hold, of which nation, and their gender.

    President George W. Bush · irački predsjednik Jalal Talabani · Bruce Ismay, the chairman · Aquino je prisegnula
    └─ president ─────────┘    └─ president of people.iraqis ──┘   └── chairman ─────────┘   └── feminine ─────┘

The words are those of languages/<code>/titles.toml: `[office]` lists the words of each office under one key for all
languages, so that what one account says holds in the others; `[roles]` and `[pronouns]` say what gender a word has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from hexapla.corpus.document import Document, Mention, outermost
from hexapla.corpus.fold import Word, bare, words
from hexapla.corpus.language import table
from hexapla.corpus.stem import stems

MASCULINE, FEMININE = "masculine", "feminine"

BETWEEN = 3
"""Words that may stand between an office and a name."""

LONGEST = 3
"""Words of the name of an office at most."""

WINDOW = 60
"""Characters before and after a name in which what is said of it stands."""


@dataclass(frozen=True, slots=True)
class People:
    """What is said of people, by their id."""

    offices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nations: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)  # person, office -> peoples
    genders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offices:
    """The words of offices in one language: stems -> office."""

    keys: Mapping[tuple[str, ...], str]

    def at(self, line: Sequence[Word], last: int, language: str) -> tuple[str, int]:
        """Return the office whose words end at the word *last*, the longest, and its first word; '' where none does."""
        for size in range(min(LONGEST, last + 1), 0, -1):
            part = line[last - size + 1 : last + 1]
            office = self.keys.get(tuple(_stem(word.form, language) for word in part))
            if office:
                return office, last - size + 1
        return "", last


@cache
def offices(language: str) -> Offices:
    """Return the offices of *language*."""
    listed: Mapping[str, Sequence[str]] = table(language, "titles").get("office", {})
    keys = {
        tuple(_stem(word.form, language) for word in words(text)): office
        for office, texts in listed.items()
        for text in texts
    }
    return Offices(keys)


@cache
def _stem(form: str, language: str) -> str:
    """Return *form* without article and ending."""
    article = str(table(language, "names").get("article", {}).get("written", ""))
    without = [one for one in bare(form, language) if article and one == form.removeprefix(article)]
    return stems((without or [form])[0], language)[0]


@cache
def gendered(language: str) -> Mapping[str, str]:
    """Return the words of *language* that say what gender somebody is: roles, and what people are to one another."""
    read = table(language, "titles")
    sections = [read.get("roles", {}), read.get("kin", {})]
    return {
        word.form: gender
        for section in sections
        for gender in (MASCULINE, FEMININE)
        for text in section.get(gender, ())
        for word in words(text)[:1]
    }


def people(documents: Iterable[Document]) -> People:
    """Return what all *documents*, whose names are found, say of the people they name."""
    held: dict[str, set[str]] = defaultdict(set)
    nations: dict[tuple[str, str], set[str]] = defaultdict(set)
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for told in _told(document):
            if told.office:
                held[told.person].add(told.office)
                nations[told.person, told.office] |= told.nations
            genders[told.person].update(told.genders)
    return People(
        {ref: frozenset(found) for ref, found in held.items()},
        {key: frozenset(found) for key, found in nations.items()},
        {ref: found.most_common(1)[0][0] for ref, found in genders.items() if _is_clear(found)},
    )


def _is_clear(found: Counter[str]) -> bool:
    first, *rest = found.most_common(2) or [("", 0)]
    return first[1] > 0 and all(first[1] > 2 * other for _, other in rest)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside one mention of a person."""

    person: str
    office: str = ""
    nations: frozenset[str] = frozenset()
    genders: tuple[str, ...] = ()


def _told(document: Document) -> Iterator[Told]:
    language = document.language.split("-")[0]
    if not table(language, "titles"):
        return
    segments = {segment.id: segment for segment in document.segments}
    others = [m for m in document.mentions if m.kind in ("people", "place") and m.ref]
    for mention in outermost(document.mentions):
        if mention.kind == "person" and mention.subtype == "name" and mention.ref:
            segment = segments[mention.segment]
            before = words(document.text, max(segment.start, mention.start - WINDOW), mention.start)
            after = words(document.text, mention.end, min(segment.end, mention.end + WINDOW))
            near = [m for m in others if m.segment == mention.segment and abs(m.start - mention.start) < WINDOW]
            yield from _before(document, language, mention, before, near)
            yield from _after(document, language, mention, after, near)


def _before(
    document: Document, language: str, mention: Mention, line: Sequence[Word], near: Sequence[Mention]
) -> Iterator[Told]:
    """Yield what stands before a name: the Iraqi president, Jalal Talabani."""
    last = len(line) - 1
    small = 0
    while last >= 0 and small <= BETWEEN:
        office, first = offices(language).at(line, last, language)
        if office or line[last].form in gendered(language):
            gap = document.text[line[last].end : mention.start]
            if _is_broken(gap, small):
                return
            start = line[max(0, first - 1)].start
            nations = frozenset(m.ref for m in near if start <= m.start < mention.start and m.kind == "people")
            gender = gendered(language).get(line[first].form)
            yield Told(mention.ref, office, nations, (gender,) if gender else ())
            return
        if not _passes(line[last], language, near):
            return
        small += 1
        last -= 1


def _is_broken(gap: str, small: int) -> bool:
    """Say whether the words of an office and a name do not belong together: a full stop, a bracket, a list."""
    return bool(re.search(r"[;:()!?–—]|\.\s*$", gap)) or gap.count(",") > 1 or ("," in gap and small > 0)


def _passes(word: Word, language: str, near: Sequence[Mention]) -> bool:
    """Say whether *word* may stand between an office and a name: its nation, or a small word."""
    if any(m.start < word.end and word.start < m.end for m in near):
        return True
    read = table(language, "titles")
    article = str(table(language, "names").get("article", {}).get("written", ""))
    return word.form in read.get("between", ()) or bool(article and word.form.startswith(article))


def _after(
    document: Document, language: str, mention: Mention, line: Sequence[Word], near: Sequence[Mention]
) -> Iterator[Told]:
    """Yield what stands after a name: Bruce Ismay, the chairman; Aquino je prisegnula."""
    if not line:
        return
    gap = document.text[mention.end : line[0].start]
    if gap.strip() == ",":
        for place, word in enumerate(line[: BETWEEN + 1]):
            office, first = offices(language).at(line[: place + 1], place, language)
            gender = gendered(language).get(word.form)
            if (office and first == place) or gender:
                nations = frozenset(m.ref for m in near if mention.end <= m.start < word.start and m.kind == "people")
                yield Told(mention.ref, office, nations, (gender,) if gender else ())
                return
    elif not gap.strip(" \u00a0"):
        yield from (Told(mention.ref, genders=(gender,)) for gender in _agreeing(line, language))


def _agreeing(line: Sequence[Word], language: str) -> Iterator[str]:
    """Yield the gender that the verb after a name agrees with, where the language's verbs do: je prisegnula."""
    rules = table(language, "titles").get("agreement", {})
    if rules and line[0].form in rules["auxiliary"] and len(line) > 1:
        for gender in (FEMININE, MASCULINE):
            if line[1].form.endswith(tuple(rules[gender])):
                yield gender
                return
