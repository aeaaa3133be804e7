"""The values that walk through the toolkit: a document, its segments, what they mention, and what is known of it.

    Document ── text, never changed
      ├── Source     where the text came from and what was left out of it
      ├── Segment    hr.s39 [6011, 6280)   a slice: sentence (s), heading (h) or boilerplate (x)
      └── Mention    hr.m87 [6011, 6028)   a slice of a segment: who, where, when, how much, what happened
    Authority
      ├── Entity     pers.saddam-hussein   one identity, many names
      └── Event      ev.fall-of-baghdad    one happening: when, where, who, and how each language tells it

All offsets are 0-based, half-open ranges of Unicode code points of ``Document.text``, which is the decoded source with
its line ends untouched. All values are frozen: a step that learns something makes a new value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

SegmentKind = Literal["s", "h", "x"]
"""Sentence, heading, boilerplate. Boilerplate is never aligned."""

EntityType = Literal["person", "place", "organisation", "people", "thing"]
"""``people`` are demonyms and communities (Iraqis, Kurds); ``thing`` is any other named thing (a treaty, a weapon)."""

MentionKind = Literal["person", "place", "organisation", "people", "thing", "event", "date", "quantity"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of a document came from, and its rights, as far as anybody knows ('' where nobody does)."""

    filename: str
    sha256: str  # of the bytes of the file
    size: int  # bytes
    encoding: str = "utf-8"
    format: str = "text/plain"
    title: str = ""  # in the document's own language
    title_en: str = ""  # described in English, for those who cannot read the first
    author: str = ""
    publisher: str = ""
    published: str = ""  # EDTF
    retrieved: str = ""  # EDTF
    url: str = ""
    license: str = "unknown"
    rights_holder: str = ""
    note: str = ""
    left_out: tuple[str, ...] = ()  # what the reader left out of the text, and why; one line each
    original: bytes = field(default=b"", repr=False, compare=False)  # the file, where the text was taken out of it


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, heading or piece of boilerplate: the slice ``[start, end)`` of the text.

    Segments are in order, disjoint, and cover all but white space.
    """

    id: str  # "hr.s12": the document's id, ".s", a number from 1
    kind: SegmentKind
    start: int
    end: int
    paragraph: int  # 0-based; segments of one paragraph (or heading) share it
    normalised: str = ""  # a reading with tokenisation undone ("ng mga"); '' where it is the text itself


@dataclass(frozen=True, slots=True)
class Mention:
    """The slice ``[start, end)`` of a segment that names something, with its normalised value and how it was found.

    ``value`` is, by kind: a date in ISO 8601 / EDTF (``2003-03-20``, ``2003-03/2003-05``); a quantity as a plain
    decimal
    (``8400000``), an interval as ``50/70``; '' for entities and events, which are named by ``ref``.
    """

    id: str  # "hr.m87", numbered in text order; '' until the mentions of a document are settled
    segment: str  # the id of the segment that holds it
    kind: MentionKind
    start: int
    end: int
    subtype: str = ""  # date: day month year interval decade season time; quantity: number percent money duration count
    #                    event: assertion | passing; entity: name | role
    value: str = ""
    unit: str = ""  # quantity: ISO 4217 code, "percent", "year" "month" "day" "hour" ..., or what is counted
    modifier: str = ""  # about more-than less-than at-least at-most before after early mid late
    literal: str = ""  # date: the value without the context's help (--03-20), where that differs
    ref: str = ""  # the id of an entity or event; '' where the identity is not known
    score: float = 1.0  # how sure, 0..1
    method: str = ""  # what found it: authority, names, dates, pointing, quantities, cues, context


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions* without the names that stand inside a longer one, in text order; events lie over them all.

    >>> war, iraq = (Mention("", "en.s1", "thing", 4, 15), Mention("", "en.s1", "place", 11, 15))
    >>> outermost([iraq, war]) == [war]
    True
    """
    found: list[Mention] = []
    last = -1
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.kind == "event":
            found.append(mention)
        elif mention.end > last:
            found.append(mention)
            last = mention.end
    return found


@dataclass(frozen=True, slots=True)
class Document:
    """One account in one language."""

    id: str  # the file's stem: "hr", "ar1"
    language: str  # BCP 47
    text: str
    source: Source
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def slice(self, part: Segment | Mention) -> str:
        """Return the text of *part*.

        >>> source = Source(filename="en.txt", sha256="", size=5)
        >>> document = Document("en", "en", "Hi. Ho.", source, (Segment("en.s1", "s", 0, 3, 0),))
        >>> document.slice(document.segments[0])
        'Hi.'
        """
        return self.text[part.start : part.end]

    def having(
        self, *, segments: tuple[Segment, ...] | None = None, mentions: tuple[Mention, ...] | None = None
    ) -> Document:
        """Return the same document with other *segments* or *mentions*."""
        kept_segments = self.segments if segments is None else segments
        kept_mentions = self.mentions if mentions is None else mentions
        return replace(self, segments=kept_segments, mentions=kept_mentions)


@dataclass(frozen=True, slots=True)
class Work:
    """What is said of the whole: a set of documents about the same happenings."""

    id: str  # "iraq-war"
    title: str
    description: str = ""
    date: str = ""  # of the edition, ISO; from the work's own file or SOURCE_DATE_EPOCH, never from the clock
    publisher: str = "hexapla contributors"
    annotation_license: str = "https://creativecommons.org/licenses/by/4.0/"
    with_text: bool = True  # False: the running text is left out for its rights; the annotation stays


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity or event in one language; the first of a language is the preferred one."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, place, organisation, people or thing, whatever it is called."""

    id: str  # "pers.hussein" "place.iraq" "org.un" "people.iraqis" "thing.wmd"
    type: EntityType
    names: tuple[Name, ...]
    wikidata: str = ""  # "Q796", only where certain
    of: str = ""  # where it belongs: a people's place, the place that a place lies in
    note: str = ""
    proposed: bool = False  # found by the toolkit, not yet accepted by a person


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event."""

    entity: str
    role: str = "participant"


@dataclass(frozen=True, slots=True)
class Cue:
    """A way in which a language typically tells an event; `hexapla.corpus.cue` says how it is written."""

    language: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Event:
    """One happening that several accounts may tell."""

    id: str  # "ev.fall-of-baghdad"
    type: str  # battle, attack, election, statement, decision, ... (an open list)
    labels: tuple[Name, ...]
    date: str = ""  # EDTF; '' where none can be given
    place: str = ""  # an entity's id
    participants: tuple[Participant, ...] = ()
    cues: tuple[Cue, ...] = ()
    wikidata: str = ""
    note: str = ""
    proposed: bool = False

    def label(self, language: str = "en") -> str:
        """Return the label in *language*, else the first there is, else the id."""
        named = {name.language: name.text for name in reversed(self.labels)}
        return named.get(language) or (self.labels[0].text if self.labels else self.id)


@dataclass(frozen=True, slots=True)
class Authority:
    """The people, places, organisations, things and events that are known of a work."""

    name: str = ""
    version: str = ""  # a digest of its files: two builds with the same one knew the same
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    _index: dict[str, Entity | Event] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the records by id."""
        records: tuple[Entity | Event, ...] = (*self.entities, *self.events)
        self._index.update({record.id: record for record in records})

    def get(self, ref: str) -> Entity | Event | None:
        """Return the entity or event whose id is *ref*, or None."""
        return self._index.get(ref)
