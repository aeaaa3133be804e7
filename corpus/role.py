"""Titles, roles and pronouns -> the person or organisation last named, where only one can be meant.

    Saddam Hussein was caught in December.  The former president  said that  he  ...
    └── the one person named ◀───────────────────── role ◀──────────────── pronoun

A reference is safe if exactly one fitting person (for "the organisation", exactly one organisation) is named in the
same paragraph before it and in the two sentences before or its own, and nothing else in reach could be meant: a name of
unknown identity, or a second person. Gender is told by what the texts themselves say: a role, a title or a pronoun that
is feminine does not stand for somebody whom a masculine one has stood for. The words are those of
languages/<code>/titles.toml; an empty table means that none are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hexapla.corpus.document import Document, EntityType, Mention, Segment
from hexapla.corpus.fold import Word, words
from hexapla.corpus.language import table

SURE = 0.6
"""How sure a reference is."""

REACH = 2
"""Sentences before its own in which a reference may have its antecedent."""

GENDERS = ("masculine", "feminine", "any")
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Marker:
    """Words that may stand for somebody: a role or a pronoun, of a gender, for a person or an organisation."""

    parts: tuple[str, ...]
    subtype: str
    gender: str
    kind: EntityType


@cache
def markers(language: str) -> Mapping[str, tuple[Marker, ...]]:
    """Return the markers of *language* by their first word, the longest first."""
    read = table(language, "titles")
    found: dict[str, list[Marker]] = defaultdict(list)
    for subtype, listed in (("role", read.get("roles", {})), ("pronoun", read.get("pronouns", {}))):
        for gender in (*GENDERS, ORGANISATION):
            for text in listed.get(gender, ()):
                marker = _marker(text, subtype, gender)
                found[marker.parts[0]].append(marker)
    return {first: tuple(sorted(rows, key=lambda m: (-len(m.parts), m.parts))) for first, rows in found.items()}


def _marker(text: str, subtype: str, gender: str) -> Marker:
    parts = tuple(word.form for word in words(text))
    if gender == ORGANISATION:
        return Marker(parts, subtype, "any", "organisation")
    return Marker(parts, subtype, gender, "person")


def references(document: Document) -> tuple[Mention, ...]:
    """Return the roles and pronouns of *document* that stand for somebody whom it names, in text order.

    The document has its segments and its mentions of names, dates and quantities; what is found overlaps none of them.
    The ids are left empty, the method is "context".
    """
    language = document.language.split("-")[0]
    if not markers(language):
        return ()
    reader = _Reader(document, language)
    return tuple(mention for segment in document.segments if segment.kind == "s" for mention in reader.read(segment))


def _mention(marker: Marker, segment: Segment, start: int, end: int, ref: str) -> Mention:
    return Mention("", segment.id, marker.kind, start, end, marker.subtype, ref=ref, score=SURE, method="context")


class _Reader:
    """Reads the sentences of a document one after the other."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in document.mentions:
            if mention.kind != "event":
                self.mentions[mention.segment].append(mention)
        self.definite = frozenset(table(language, "titles").get("roles", {}).get("definite", ()))
        self.genders: dict[str, str] = dict(self._titled())
        self.before: list[Segment] = []  # of the paragraph

    def _titled(self) -> Iterator[tuple[str, str]]:
        """Yield the people before whose name a title with a gender stands."""
        known = markers(self.language)
        for mentions in self.mentions.values():
            for mention in mentions:
                if mention.kind == "person" and mention.ref:
                    lead = words(self.document.text, max(0, mention.start - 24), mention.start)
                    for marker in known.get(lead[-1].form, ()) if lead else ():
                        if len(marker.parts) == 1 and marker.gender != "any":
                            yield mention.ref, marker.gender

    def read(self, segment: Segment) -> Iterator[Mention]:
        """Yield the references in *segment*."""
        if self.before and self.before[-1].paragraph != segment.paragraph:
            self.before = []
        line = words(self.document.text, segment.start, segment.end)
        place = 0
        while place < len(line):
            found = self._reference(line, place, segment)
            if found:
                marker, start, end, size = found
                ref = self._antecedent(marker, segment, start)
                if ref:
                    if marker.gender != "any":
                        self.genders.setdefault(ref, marker.gender)
                    yield _mention(marker, segment, start, end, ref)
                place += size
            else:
                place += 1
        self.before.append(segment)

    def _reference(self, line: Sequence[Word], place: int, segment: Segment) -> tuple[Marker, int, int, int] | None:
        """Return the marker at the word *place*, its slice and its words, None where none may refer."""
        for marker in markers(self.language).get(line[place].form, ()):
            last = place + len(marker.parts) - 1
            if tuple(one.form for one in line[place : last + 1]) == marker.parts:
                lead = marker.subtype == "role" and place > 0 and line[place - 1].form in self.definite
                start, end = line[place - lead].start, line[last].end
                refers = self._is_free(start, end, segment) and self._refers(marker, line, place, last, segment)
                return (marker, start, end, len(marker.parts)) if refers else None
        return None

    def _refers(self, marker: Marker, line: Sequence[Word], place: int, last: int, segment: Segment) -> bool:
        """Say whether a role is definite, and neither the title of a name nor part of a longer phrase."""
        if marker.subtype == "pronoun":
            return True
        if self.definite:
            definite = place > 0 and line[place - 1].form in self.definite
        else:
            definite = marker.kind == "person" or place == 0
        return definite and not self._is_titled(line[last].end, segment) and not self._goes_on(line, last)

    def _is_free(self, start: int, end: int, segment: Segment) -> bool:
        return not any(m.start < end and start < m.end for m in self.mentions[segment.id])

    def _is_titled(self, end: int, segment: Segment) -> bool:
        """Say whether a name follows the role, or stands in apposition: the president, George Bush."""
        text = self.document.text
        follows = (m.start for m in self.mentions[segment.id] if m.start >= end)
        nearest = min(follows, default=-1)
        if nearest < 0:
            return False
        gap = text[end:nearest]
        return len(words(gap)) <= 1 and len(gap) < 24

    def _goes_on(self, line: Sequence[Word], last: int) -> bool:
        """Say whether the role goes on: the president of, a word with a capital, or an adjective after it."""
        if last + 1 >= len(line):
            return False
        following = line[last + 1]
        gap = self.document.text[line[last].end : following.start]
        if gap.strip(" \u00a0_-"):
            return False
        article = str(table(self.language, "names").get("article", {}).get("written", ""))
        adjective = bool(article) and following.form.startswith(article)
        linked = following.form in table(self.language, "titles").get("roles", {}).get("linking", ())
        return "-" in gap or linked or adjective or self.document.text[following.start].isupper()

    def _antecedent(self, marker: Marker, segment: Segment, start: int) -> str:
        """Return the one that *marker* at *start* can stand for, '' where none or several can."""
        near = [m for one in self.before[-REACH:] for m in self.mentions[one.id]]
        near += [m for m in self.mentions[segment.id] if m.start < start]
        fitting = [m for m in near if m.kind == marker.kind]
        if any(not m.ref for m in fitting):
            return ""
        refs = list(dict.fromkeys(m.ref for m in fitting if self._agrees(m.ref, marker)))
        others = {m.ref for m in self.mentions[segment.id] if m.kind == marker.kind} - set(refs)
        return refs[0] if len(refs) == 1 and not others else ""

    def _agrees(self, ref: str, marker: Marker) -> bool:
        """Say whether *ref* may have the gender of *marker*; who is feminine must have been told so."""
        usual = "masculine" if marker.subtype == "pronoun" else marker.gender
        return marker.gender == "any" or self.genders.get(ref, usual) == marker.gender
