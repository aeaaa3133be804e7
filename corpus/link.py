"""A document -> its mentions of people, places, organisations, peoples and things that the authority knows.

    Bush ... George H. W. Bush ... Bush     a name of two people is the one last named by a name of his own
    the war in Iraq                         the longest name is the mention; in it, names that are mentions of their own

Where names stand is found by `hexapla.corpus.linker`; which of those inside longer ones count, by
`hexapla.corpus.inner`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hexapla.corpus.document import Authority, Document, Entity, EntityType, Mention, Segment
from hexapla.corpus.inner import nested
from hexapla.corpus.linker import Hit, linker

RECENT, FREQUENT, UNDECIDED = 0.85, 0.6, 0.4
"""Factor for a name of several people: the one last named in full, the one most named, nobody."""


def link(document: Document, authority: Authority, taken: Iterable[Mention] = ()) -> tuple[Mention, ...]:
    """Return the mentions of *authority*'s entities in the sentences and headings of *document*, in text order.

    A mention lies inside one segment and overlaps none of those *taken* (dates, say: a shorter name beside a date is
    found then), nor another but one that it stands inside; boilerplate has none. A document without segments is read as
    one. The ids are left empty, and so is ``ref`` where a name is that of several entities and nothing decides.
    """
    named = linker(authority, document.language)
    spans: dict[str, list[tuple[int, int]]] = {}
    for mention in taken:
        spans.setdefault(mention.segment, []).append((mention.start, mention.end))
    found: list[tuple[Segment, Hit]] = []
    for segment in document.segments or (Segment("", "s", 0, len(document.text), 0),):
        if segment.kind != "x":
            occupied = [(start - segment.start, end - segment.start) for start, end in spans.get(segment.id, ())]
            text = document.slice(segment)
            for hit in named.hits(text, occupied):
                found.append((segment, hit))
                found += ((segment, inner) for inner in nested(hit, text, authority, document.language))
    chosen = _decide([hit for _, hit in found])
    return tuple(_mention(segment, hit, *choice) for (segment, hit), choice in zip(found, chosen, strict=True))


def _decide(hits: list[Hit]) -> list[tuple[Entity | None, float]]:
    """Choose for each of *hits*, in text order, the entity it names, and how sure that is as a factor."""
    often = Counter(hit.entities[0].id for hit in hits if len(hit.entities) == 1)
    latest: dict[str, int] = {}
    chosen: list[tuple[Entity | None, float]] = []
    for place, hit in enumerate(hits):
        if len(hit.entities) == 1:
            latest[hit.entities[0].id] = place
            chosen.append((hit.entities[0], 1.0))
        else:
            chosen.append(_choose(hit.entities, latest, often))
    return chosen


def _choose(candidates: tuple[Entity, ...], latest: dict[str, int], often: Counter[str]) -> tuple[Entity | None, float]:
    if any(entity.type != "person" for entity in candidates):
        return None, UNDECIDED
    named = [entity for entity in candidates if entity.id in latest]
    if named:
        return max(named, key=lambda entity: latest[entity.id]), RECENT
    first, second = sorted(candidates, key=lambda entity: -often[entity.id])[:2]
    return (first, FREQUENT) if often[first.id] > often[second.id] else (None, UNDECIDED)


def _kind(entities: Iterable[Entity]) -> EntityType:
    return next(entity.type for entity in entities)


def _mention(segment: Segment, hit: Hit, entity: Entity | None, factor: float) -> Mention:
    return Mention(
        id="",
        segment=segment.id,
        kind=_kind((entity,) if entity else hit.entities),
        start=segment.start + hit.start,
        end=segment.start + hit.end,
        subtype="name",
        ref=entity.id if entity else "",
        score=round(hit.score * factor, 4),
        method="authority",
    )
