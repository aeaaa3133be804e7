"""Coverage: which account tells which happening, and what one account alone tells.

    ev.fall-of-baghdad    hr told   ar1 told   ar2 told   tl silent   en told
    ev.poison-gas         hr told   ar1 silent ...                              hr alone
    hr.s206               "319 vojnika ... 2009."   in no group; 319 and the Basra of it are in no other account

An account tells a happening where a sentence asserts it, refers to it where it only mentions it in passing, and is
silent else. A sentence is alone where no group holds it and enough of what it names is in no other account: names,
days and months, figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hexapla.align.anchor import Key, keys
from hexapla.align.group import Alignment
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention

Telling = Literal["told", "referred", "silent"]

NAMED = ("person", "place", "organisation", "thing")

LEAST = 2
"""Different things of its own that make a sentence one that no other account tells; a full date counts as two."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A happening, and how each account tells it, in the order of the documents."""

    event: Event
    tellings: tuple[tuple[str, Telling, tuple[str, ...]], ...]  # document, how, the sentences

    @property
    def told_by(self) -> tuple[str, ...]:
        """The accounts that tell it."""
        return tuple(document for document, how, _ in self.tellings if how == "told")


@dataclass(frozen=True, slots=True)
class Alone:
    """A sentence that no other account tells, and the mentions in it of what no other account names."""

    document: str
    segment: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the accounts of an alignment tell, first to last, and what each tells alone."""

    events: tuple[Covered, ...]  # by date, those without one last
    alone: tuple[Alone, ...]  # in the order of the texts

    def shared(self) -> int:
        """Return how many happenings two accounts or more tell."""
        return sum(len(covered.told_by) > 1 for covered in self.events)

    def only(self) -> Mapping[str, tuple[int, int]]:
        """Return for each account how many happenings it alone tells, and how many sentences it alone has."""
        events: dict[str, int] = defaultdict(int)
        sentences: dict[str, int] = defaultdict(int)
        for covered in self.events:
            if len(covered.told_by) == 1:
                events[covered.told_by[0]] += 1
        for one in self.alone:
            sentences[one.document] += 1
        documents = dict.fromkeys(document for covered in self.events for document, _, _ in covered.tellings)
        documents.update(dict.fromkeys(sentences))
        return {document: (events[document], sentences[document]) for document in documents}


def coverage(documents: Sequence[Document], authority: Authority, aligned: Alignment) -> Coverage:
    """Return what *documents*, aligned as *aligned* by the events of *authority*, tell together and alone."""
    told: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for mention in document.mentions:
            if mention.kind == "event":
                told[mention.ref][document.id].append(mention)
    known = [event for event in authority.events if event.id in told]
    events = tuple(
        Covered(event, tuple(_telling(document.id, told[event.id].get(document.id, ())) for document in documents))
        for event in sorted(known, key=lambda event: (event.date == "", event.date, event.id))
    )
    return Coverage(events, tuple(_alone(documents, aligned)))


def _telling(document: str, mentions: Sequence[Mention]) -> tuple[str, Telling, tuple[str, ...]]:
    asserted = tuple(dict.fromkeys(m.segment for m in mentions if m.subtype == "assertion"))
    if asserted:
        return document, "told", asserted
    passing = tuple(dict.fromkeys(mention.segment for mention in mentions))
    return document, "referred" if passing else "silent", passing


def _alone(documents: Sequence[Document], aligned: Alignment) -> list[Alone]:
    grouped = {name for group in aligned.groups for member in group.members for name in member.segments}
    holders: dict[Key, set[str]] = defaultdict(set)
    for document in documents:
        for mention in document.mentions:
            for key in _keys(mention):
                holders[key].add(document.id)
    found = []
    for document in documents:
        own: dict[str, dict[Key, Mention]] = defaultdict(dict)
        for mention in document.mentions:
            said = _keys(mention)
            if mention.segment not in grouped and said and holders[said[0]] == {document.id}:
                own[mention.segment].setdefault(said[0], mention)
        for segment in document.segments:
            mentions = tuple(own[segment.id].values())
            if segment.kind == "s" and sum(map(_strength, mentions)) >= LEAST:
                found.append(Alone(document.id, segment.id, mentions))
    return found


def _keys(mention: Mention) -> tuple[Key, ...]:
    """The anchors of a mention that a sentence may have of its own, the most exact first."""
    if mention.kind == "date":
        exact = edtf.precision(mention.value) in ("day", "month")
        return keys(mention) if exact else ()
    if mention.kind == "quantity" or (mention.kind in NAMED and mention.ref):
        return keys(mention)
    return ()


def _strength(mention: Mention) -> int:
    return LEAST if mention.kind == "date" and edtf.precision(mention.value) == "day" else 1
