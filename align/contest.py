"""Happenings that only a difference hides: two accounts say the same of something, but give another value for it.

    de: "... nehmen die Astronauten 21,7 kg Gestein"   ·   en: "... gathered 21.5 kg of rock and soil"
                                        ─▶  ev.kg-rock, told by both

Where accounts agree in a figure they are found by it (`hexapla.align.discover`); where they differ it is missing among
what they share. So each figure and date is compared with what stands around it, and a pair that is sure enough is
proposed as a happening that both tell: a value that differs does not count against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hexapla.align.account import read
from hexapla.align.compare import Difference, Table
from hexapla.align.differ import reach
from hexapla.align.frame import Likeness, frames
from hexapla.align.label import label
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document, Event, Mention
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.mention import numbered

THRESHOLD = 0.45
"""A difference less sure than this proposes nothing."""

LEAST = 0.5
"""How sure it is at the least that a sentence tells what was proposed."""


def contested(
    documents: Sequence[Document],
    authority: Authority,
    lexicon: Lexicon,
    compared: Collection[tuple[str, str]] | None = None,
    features: Features | None = None,
) -> tuple[tuple[Document, ...], Authority]:
    """Return the documents with mentions of the happenings found by what differs, and *authority* with these.

    *compared* are the pairs of documents (ids, the first one sorting first) that may tell the same, all if None.
    *features* are those of *documents*, where they were read already.
    A sentence that tells a proposed happening beside the value brings the other account to it; else it is a new one.
    """
    features = features or read(documents, lexicon)
    held = frames(documents, authority, features, lexicon, named=False)
    table = Table(held, Likeness(held, features, reach), ())
    by_id = {document.id: document for document in documents}
    numbers = {segment: number for number, segment in enumerate(features.segments)}
    events = {event.id: event for event in authority.events}
    told: dict[str, list[Mention]] = defaultdict(list)
    happenings: dict[str, set[str]] = defaultdict(set)  # sentence -> what it tells
    for mention in (m for d in documents for m in d.mentions if m.subtype == "assertion"):
        happenings[mention.segment].add(mention.ref)
    for one in table.differences(apart=True):
        left, right = held[one.left], held[one.right]
        sides = min(left.document, right.document), max(left.document, right.document)
        if compared is not None and sides not in compared:
            continue
        mine, theirs = happenings[left.segment], happenings[right.segment]
        if one.score < THRESHOLD or mine & theirs:
            continue
        known = sorted(ref for ref in mine | theirs if events[ref].proposed and _same(ref, one, table, happenings))
        if known:
            event = events[known[0]]
        else:
            cluster = [numbers[left.segment], numbers[right.segment]]
            event = _event(cluster, features, by_id, lexicon, events)
            events[event.id] = event
        for number in (one.left, one.right):
            segment = held[number].segment
            if event.id not in happenings[segment]:
                happenings[segment].add(event.id)
                told[held[number].document].append(_telling(event, number, one, table))
    known_events = replace(authority, events=tuple(events.values()))
    return tuple(d.having(mentions=numbered(d, (*d.mentions, *told[d.id]))) for d in documents), known_events


def _same(ref: str, one: Difference, table: Table, happenings: Mapping[str, set[str]]) -> bool:
    """Say whether what differs is what *ref* is about: a further account tells it with a value of the like."""
    sides = {table.held[number].document for number in (one.left, one.right)}
    best = (other for number in (one.left, one.right) for other in table.bests(number, sides))
    return any(ref in happenings.get(table.held[number].segment, ()) for number in best)


def _event(
    cluster: Sequence[int],
    features: Features,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
    used: Mapping[str, Event],
) -> Event:
    name = label(cluster, features, documents, lexicon)
    stem = "-".join(word.form for word in words(name.text) if word.form.isascii()) or "difference"
    ids = (f"ev.{stem}" + (f"-{count}" if count > 1 else "") for count in range(1, len(used) + 2))
    free = next(one for one in ids if one not in used)
    note = "found by what the accounts give differently"
    return Event(free, "happening", (replace(name, text=name.text or stem),), note=note, proposed=True)


def _telling(event: Event, number: int, one: Difference, table: Table) -> Mention:
    frame = table.held[number]
    return Mention(
        id="",
        segment=frame.segment,
        kind="event",
        start=frame.mention.start,
        end=frame.end,
        subtype="assertion",
        ref=event.id,
        score=round(max(LEAST, one.score), 3),
        method="differences",
    )
