"""Titles, roles and pronouns -> the person or organisation that they stand for, where only one can be meant.

    Captain Edward Smith ... Andrews went below with Smith.  [He] was last seen ...  but [the captain] did not slow down
    └ office: captain        └ subject ◀─────────────────────┘ goes on               └─▶ the one captain named

A **role** is whoever holds its office (`hexapla.corpus.office`), of the nation that stands beside it, if the account
has named one such person before; else the one fitting person who is named near before it. A **pronoun** is the one
fitting person of its own sentence before it, else of the sentence before; of several it is the first if the pronoun
opens its sentence as its subject, for subjects go on. Who is named beside a pronoun as another part of its clause is
somebody else. Gender is told by what all the accounts say; nobody is guessed where a name is of unknown identity. The
words are those of languages/<code>/titles.toml; an empty table means that none are found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hexapla.corpus.document import Document, EntityType, Mention, Segment, outermost
from hexapla.corpus.fold import Word, words
from hexapla.corpus.language import table
from hexapla.corpus.office import FEMININE, MASCULINE, People, offices

SURE, HELD, CONTINUED = 0.6, 0.7, 0.5
"""How sure a reference is: usually, of the only person who holds an office, where only the subject going on decides."""

REACH = 2
"""Sentences before its own in which a reference may have its antecedent."""

OPENING = 2
"""Words of a sentence in which a pronoun opens it."""

BESIDE = 24
"""Characters before a role in which its nation may stand, and after it in which a name makes it a title."""

ANY = "any"
GENDERS = (MASCULINE, FEMININE, ANY)
ORGANISATION = "organisation"

_QUOTE = re.compile(r"[\"“”„«»]")
_CLAUSE = re.compile(r"[,;:–—\"“”„]")


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
        return Marker(parts, subtype, ANY, "organisation")
    return Marker(parts, subtype, gender, "person")


@dataclass(frozen=True, slots=True)
class Rules:
    """What else a language says of roles and pronouns."""

    definite: frozenset[str]
    adjectives: frozenset[str]  # between a definite word and a role
    linking: frozenset[str]  # after which a role is somebody else's
    predicative: frozenset[str]  # after which a role is what somebody becomes
    followed: frozenset[str]  # what stands after a role without belonging to it; empty where "of" shows it
    verbs: tuple[str, ...]  # endings, as of `followed`
    plural: tuple[str, ...]  # endings of a word before a role of several
    subject: frozenset[str]
    possessive: frozenset[str]
    things: frozenset[str]  # after which a pronoun stands for a thing
    of_things: bool  # whether all pronouns may
    between: frozenset[str]  # small words between a role and a name
    auxiliary: frozenset[str]  # with a participle at its beginning a sentence leaves its subject out
    agreeing: tuple[str, ...]  # endings of participles
    prepositions: frozenset[str]
    article: str


@cache
def rules(language: str) -> Rules:
    """Return the rules of *language*."""
    read = table(language, "titles")
    roles, pronouns, agreement = (read.get(key, {}) for key in ("roles", "pronouns", "agreement"))

    def listed(section: Mapping[str, Any], key: str) -> frozenset[str]:
        return frozenset(word.form for text in section.get(key, ()) for word in words(text))

    return Rules(
        definite=listed(roles, "definite"),
        adjectives=listed(roles, "adjectives"),
        linking=listed(roles, "linking"),
        predicative=listed(roles, "predicative"),
        followed=listed(roles, "followed"),
        verbs=tuple(roles.get("verbs", ())),
        plural=tuple(roles.get("plural", ())),
        subject=listed(pronouns, "subject"),
        possessive=listed(pronouns, "possessive"),
        things=listed(pronouns, "things"),
        of_things=bool(pronouns.get("of_things", False)),
        between=listed(read, "between"),
        auxiliary=listed(agreement, "auxiliary"),
        agreeing=tuple(agreement.get(MASCULINE, ())) + tuple(agreement.get(FEMININE, ())),
        prepositions=listed(table(language, "words"), "prepositions"),
        article=str(table(language, "names").get("article", {}).get("written", "")),
    )


def references(document: Document, people: People | None = None) -> tuple[Mention, ...]:
    """Return the roles and pronouns of *document* that stand for somebody whom it names, in text order.

    The document has its segments and its mentions of names, dates and quantities; what is found overlaps none of them.
    *people* is what all accounts say of the people they name. The ids are left empty, the method is "context".
    """
    language = document.language.split("-")[0]
    if not markers(language):
        return ()
    reader = _Reader(document, language, people or People())
    return tuple(mention for segment in document.segments if segment.kind == "s" for mention in reader.read(segment))


@dataclass(frozen=True, slots=True)
class Place:
    """A marker at the words ``[first, last]`` of a sentence, and its slice of the text."""

    marker: Marker
    line: Sequence[Word]
    first: int
    last: int
    start: int
    end: int


class _Reader:
    """Reads the sentences of a document one after the other."""

    def __init__(self, document: Document, language: str, people: People) -> None:
        self.document = document
        self.language = language
        self.rules = rules(language)
        self.people = people
        self.genders = dict(people.genders)
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in outermost(document.mentions):
            if mention.kind != "event":
                self.mentions[mention.segment].append(mention)
        self.before: list[Segment] = []  # of the paragraph
        self.seen: dict[str, int] = {}  # person -> where last named or referred to

    def read(self, segment: Segment) -> Iterator[Mention]:
        """Yield the references in *segment*; each may be the antecedent of what follows."""
        if self.before and self.before[-1].paragraph != segment.paragraph:
            self.before = []
        line = words(self.document.text, segment.start, segment.end)
        number = 0
        while number < len(line):
            place = self._place(line, number, segment)
            number = place.last + 1 if place else number + 1
            ref, score = self._meant(place, segment) if place else ("", 0.0)
            if place and ref:
                yield self._found(place, segment, ref, score)
        self.before.append(segment)
        self.seen.update((m.ref, m.start) for m in self.mentions[segment.id] if m.kind == "person" and m.ref)

    def _found(self, place: Place, segment: Segment, ref: str, score: float) -> Mention:
        marker = place.marker
        if marker.gender != ANY and marker.kind == "person":
            self.genders.setdefault(ref, marker.gender)
        span = place.start, place.end
        mention = Mention("", segment.id, marker.kind, *span, marker.subtype, ref=ref, score=score, method="context")
        self.mentions[segment.id] = sorted([*self.mentions[segment.id], mention], key=lambda m: m.start)
        return mention

    # --- where one may stand

    def _place(self, line: Sequence[Word], number: int, segment: Segment) -> Place | None:
        """Return the marker at the word *number*, None where none may refer."""
        for marker in markers(self.language).get(line[number].form, ()):
            last = number + len(marker.parts) - 1
            if tuple(one.form for one in line[number : last + 1]) == marker.parts:
                lead = marker.subtype == "role" and self._lead(line, number, segment) in self.rules.definite
                whole = lead and line[number - 1].form in self.rules.definite
                place = Place(marker, line, number, last, line[number - whole].start, line[last].end)
                return place if self._is_free(place, segment) and self._refers(place, segment) else None
        return None

    def _lead(self, line: Sequence[Word], number: int, segment: Segment) -> str:
        """Return the word before a role and before what only says which: its nation, former."""
        nations = [m for m in self.mentions[segment.id] if m.kind in ("people", "place")]
        for word in reversed(line[:number]):
            if word.form not in self.rules.adjectives and not any(m.start <= word.start < m.end for m in nations):
                return word.form
        return ""

    def _is_free(self, place: Place, segment: Segment) -> bool:
        return not any(m.start < place.end and place.start < m.end for m in self.mentions[segment.id])

    def _refers(self, place: Place, segment: Segment) -> bool:
        """Say whether a role is definite, and neither the title of a name nor part of a longer phrase."""
        lead = place.line[place.first - 1].form if place.first else ""
        if place.marker.subtype == "role" and self.rules.definite:
            lead = self._lead(place.line, place.first, segment)
        if place.marker.subtype == "pronoun":
            return self._is_possessive(place) or lead not in self.rules.things
        definite = lead in self.rules.definite or (
            not self.rules.definite and (place.marker.kind == "person" or place.first == 0)
        )
        several = bool(self.rules.plural) and lead.endswith(self.rules.plural)
        if not definite or several or lead in self.rules.predicative:
            return False
        return not self._is_titled(place.end, segment) and not self._goes_on(place)

    def _is_titled(self, end: int, segment: Segment) -> bool:
        """Say whether a name follows the role, or stands in apposition: the president, George Bush."""
        text = self.document.text
        follows = (
            m.start for m in self.mentions[segment.id] if m.start >= end and m.kind in ("person", "organisation")
        )
        nearest = min(follows, default=-1)
        if nearest < 0:
            return False
        gap = text[end:nearest]
        small = [word.form for word in words(gap) if word.form not in self.rules.between]
        return len(small) <= 1 and len(gap) < BESIDE

    def _goes_on(self, place: Place) -> bool:
        """Say whether the role goes on: the president of, a word with a capital, or an adjective after it."""
        line, last = place.line, place.last
        if last + 1 >= len(line):
            return False
        following = line[last + 1]
        gap = self.document.text[line[last].end : following.start]
        if gap.strip(" \u00a0_-"):
            return False
        adjective = bool(self.rules.article) and following.form.startswith(self.rules.article)
        linked = following.form in self.rules.linking or self._belongs(following.form)
        return "-" in gap or linked or adjective or self.document.text[following.start].isupper()

    def _belongs(self, form: str) -> bool:
        """Say whether the word *form* after a role is what it is of: vođa inspektora."""
        if not self.rules.followed or form in self.rules.followed or form in self.rules.prepositions:
            return False
        return not form.endswith(self.rules.verbs)

    # --- who is meant

    def _meant(self, place: Place, segment: Segment) -> tuple[str, float]:
        """Return the one that *place* can stand for, and how sure that is; '' where none or several can."""
        if place.marker.kind == "organisation":
            return self._only(place, segment), SURE
        if place.marker.subtype == "pronoun":
            return self._pronoun(place, segment)
        ref = self._holder(place, segment)
        return (ref, HELD) if ref else (self._only(place, segment), SURE)

    def _holder(self, place: Place, segment: Segment) -> str:
        """Return the one person named before who holds the office of a role; of several, the one of this paragraph."""
        office, _ = offices(self.language).at(place.line, place.last, self.language)
        here = [m.ref for m in self.mentions[segment.id] if m.start < place.start and m.kind == "person" and m.ref]
        known = [ref for ref in dict.fromkeys((*self.seen, *here)) if self._fits(ref, office, place, segment)]
        if len(known) < 2:
            return known[0] if known else ""
        near = [ref for ref in known if ref in self._near(segment, place.start)]
        return near[0] if len(near) == 1 else ""

    def _fits(self, ref: str, office: str, place: Place, segment: Segment) -> bool:
        """Say whether *ref* holds *office*, of the nation that stands beside the role."""
        if not office or office not in self.people.offices.get(ref, ()) or not self._agrees(ref, place.marker):
            return False
        nations = {
            m.ref
            for m in self.mentions[segment.id]
            if m.kind == "people" and (0 <= place.start - m.end < BESIDE or 0 <= m.start - place.end < 2)
        }
        held = self.people.nations.get((ref, office), frozenset())
        return not nations or not held or bool(nations & held)

    def _near(self, segment: Segment, start: int) -> set[str]:
        near = [m for one in self.before for m in self.mentions[one.id]]
        near += [m for m in self.mentions[segment.id] if m.start < start]
        return {m.ref for m in near if m.kind == "person"}

    def _only(self, place: Place, segment: Segment) -> str:
        """Return the only fitting one in the sentences before a role and in its own, if its own names no other."""
        marker = place.marker
        near = [m for one in self.before[-REACH:] for m in self.mentions[one.id]]
        near += [m for m in self.mentions[segment.id] if m.start < place.start]
        fitting = [m for m in near if m.kind == marker.kind]
        if any(not m.ref for m in fitting):
            return ""
        refs = list(dict.fromkeys(m.ref for m in fitting if self._agrees(m.ref, marker)))
        others = {m.ref for m in self.mentions[segment.id] if m.kind == marker.kind} - set(refs)
        return refs[0] if len(refs) == 1 and not others else ""

    def _pronoun(self, place: Place, segment: Segment) -> tuple[str, float]:
        """Return whom a pronoun stands for: somebody of its sentence, else of the one before that names anybody."""
        own = [m for m in self.mentions[segment.id] if m.kind == "person"]
        ahead = [m for m in own if m.start < place.start]
        if any(not m.ref for m in ahead):
            return "", 0.0
        refs = self._compatible(ahead, place.marker)
        if refs and self._may_be(place, ahead):
            clear = len(refs) == 1 and not self._drops_subject(place)
            clear = clear and not self._is_quoted(ahead[-1].end, place.start)
            return (refs[0], SURE) if clear else ("", 0.0)
        if self.rules.of_things and place.first > OPENING and place.marker.parts[0] not in self.rules.subject:
            return "", 0.0
        excluded = {m.ref for m in ahead}
        if not self._is_possessive(place):
            excluded |= {m.ref for m in own}  # he is not whom he meets
        return self._from_before(place, excluded)

    def _may_be(self, place: Place, ahead: Sequence[Mention]) -> bool:
        """Say whether the person named before an object stands in another clause: he saw him is about two people."""
        if self._is_possessive(place) or place.marker.parts[0] in self.rules.subject:
            return True
        return bool(_CLAUSE.search(self.document.text[ahead[-1].end : place.start]))

    def _is_quoted(self, start: int, end: int) -> bool:
        """Say whether a quotation opens between the two: who speaks is not whom the quotation calls he."""
        return len(_QUOTE.findall(self.document.text, start, end)) % 2 == 1

    def _drops_subject(self, place: Place) -> bool:
        """Say whether the sentence opens with its verb, so that somebody is meant who is not named: Odlučio je."""
        line = place.line
        return len(line) > 1 and line[1].form in self.rules.auxiliary and line[0].form.endswith(self.rules.agreeing)

    def _from_before(self, place: Place, excluded: set[str]) -> tuple[str, float]:
        """Return the one fitting person of the nearest sentence before that names any; the subject goes on."""
        for segment in reversed(self.before[-REACH:]):
            named = [m for m in self.mentions[segment.id] if m.kind == "person"]
            if not named:
                continue
            refs = [ref for ref in self._compatible(named, place.marker) if ref not in excluded]
            if any(not m.ref for m in named) or not refs:
                return "", 0.0
            if len(refs) == 1:
                return refs[0], SURE
            opens = place.first < OPENING and place.marker.parts[0] in self.rules.subject
            return (refs[0], CONTINUED) if opens and refs[0] == named[0].ref else ("", 0.0)
        return "", 0.0

    def _compatible(self, mentions: Sequence[Mention], marker: Marker) -> list[str]:
        return list(dict.fromkeys(m.ref for m in mentions if self._agrees(m.ref, marker)))

    def _is_possessive(self, place: Place) -> bool:
        return place.marker.parts[0] in self.rules.possessive

    def _agrees(self, ref: str, marker: Marker) -> bool:
        """Say whether *ref* may have the gender of *marker*; who is feminine must have been told so."""
        usual = MASCULINE if marker.subtype == "pronoun" else marker.gender
        return marker.gender == ANY or self.genders.get(ref, usual) == marker.gender
