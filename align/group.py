"""The result of aligning: groups of sentences over any number of documents, pairwise links, disagreements.

    Alignment
      ├── Group          grp.fall-of-baghdad   the sentences of two or more documents that tell one happening
      │     ├── Member   hr: hr.s39            a document's part, many sentences if need be
      │     └── Evidence event, date, place …  the anchors that the members share, with the spans that show them
      ├── Link           lnk.en-hr.fall-of-baghdad   the same for two documents: what bitext users want
      └── Disagreement   dis.fall-of-baghdad.date    accounts in one group that differ in a date, figure, place or name

A group is *about* one happening, or holds what translations of one text have at one place. It is never a connected
component of pairs: if A and B share one happening, and B and C another, A and C are not aligned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["translation", "same-statement", "same-event"]

AnchorKind = Literal["event", "person", "place", "organisation", "people", "thing", "date", "quantity", "name", "word"]

Kind = Literal["translation", "comparable", "unrelated"]
"""How two documents stand to one another."""

Mode = Literal["auto", "comparable", "translation"]
"""What all documents are taken for: ``auto`` decides it for each two of them."""

DisagreementKind = Literal["date", "figure", "place", "name"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence that shows something: code points ``[start, end)`` of the document's text."""

    document: str
    segment: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One anchor that members of a group (or both sides of a link) share."""

    kind: AnchorKind
    value: str  # an entity's or event's id, an EDTF date, a decimal, a name's skeleton, a word
    weight: float  # rarity: how much sharing it says
    spans: tuple[Span, ...]  # where, in the order of the documents; at least two documents
    source: str = ""  # who says that these are the same, "+" between several: authority, cues, names, dates, glossary


@dataclass(frozen=True, slots=True)
class Member:
    """The sentences of one document in a group, in text order."""

    document: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of two or more documents that tell the same happening."""

    id: str  # "grp." and something stable
    about: str  # the id of the event; of a proposed one where no authority knew it; '' where the group is of beads
    label: str  # the event's, in English where there is one; else the beginning of a sentence
    relation: Relation
    score: float  # 0..1
    members: tuple[Member, ...]  # in the order of the alignment's documents
    evidence: tuple[Evidence, ...]  # strongest first; empty only where beads stand by place and lengths
    method: str = "events"  # events | anchors | beads
    status: str = "automatic"  # automatic | accepted | added


@dataclass(frozen=True, slots=True)
class Link:
    """The part of a group that two documents share."""

    id: str  # "lnk.en-hr." and the group's own part
    group: str
    left: Member  # of the document whose id sorts first
    right: Member
    relation: Relation
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two documents stand to one another, and why."""

    left: str  # the document whose id sorts first
    right: str
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one account gives for the thing that the accounts disagree on."""

    span: Span
    value: str  # EDTF date, time of day (T19:25), plain decimal, an id; of a name that nothing identifies the name
    unit: str = ""  # of a figure; of a time its clock, as far as it is said
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more accounts in one group that give a different date, figure, place or name for the same thing."""

    id: str
    group: str
    kind: DisagreementKind
    slot: str  # what differs: "date of the event", "deaths of American soldiers"
    claims: tuple[Claim, ...]  # in the order of the documents
    size: float | None  # days (between times parts of one); the larger figure over the smaller, minus 1; None for names
    score: float  # how sure it is that this is a difference about the same thing
    note: str = ""  # what may explain it: scope, another cut-off date, rounding


@dataclass(frozen=True, slots=True)
class Signature:
    """How a result was made, as key and value; printed like sacrebleu's: ``hexapla:0.1.0|segment:rules|…``.

    >>> str(Signature((("hexapla", "0.1.0"), ("align", "events"))))
    'hexapla:0.1.0|align:events'
    """

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """All parts in one line."""
        return "|".join(f"{key}:{value}" for key, value in self.parts)


@dataclass(frozen=True, slots=True)
class Review:
    """What people decided of an alignment, counted."""

    by: tuple[str, ...]  # who decided
    counts: tuple[tuple[str, int], ...]  # of decisions, and of what they changed


@dataclass(frozen=True, slots=True)
class Alignment:
    """Everything that aligning a work's documents gives."""

    documents: tuple[str, ...]  # ids, in the work's order
    groups: tuple[Group, ...]
    links: tuple[Link, ...]
    disagreements: tuple[Disagreement, ...]
    signature: Signature
    dropped: tuple[tuple[str, int], ...] = ()  # reason -> how many candidates were dropped for it
    review: Review | None = None  # None where no decision was applied
    kinds: tuple[Kinship, ...] = ()  # of every two documents; empty where nothing asked
