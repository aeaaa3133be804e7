"""Comparable accounts: sentences that tell the same happening, over any number of documents.

    ev.fall-of-baghdad:   hr.s39 hr.s40  ·  ar2.s12  ·  en.s5 en.s6        one group
    ev.saddam-captured:   hr.s46  ·  ar1.s2  ·  en.s10                     another; hr.s39 and en.s10 are never joined

A group is about one happening, so nothing can chain. Only sentences that assert the happening belong to it; those
that refer
to it in passing do not. Scoring (`telling`, `pair`) and deciding (`groups`) are apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from hexapla.align.anchor import Anchors
from hexapla.align.group import Evidence, Group, Link, Member, Relation
from hexapla.corpus.document import Authority, Document, Event, Mention

THRESHOLD = 0.5
"""A link less sure than this is dropped; a document without any link leaves the group."""

SUPPORT = 12.0
"""Weight of other shared anchors that takes away (1 - 1/e) of the doubt that may be taken away."""

SHARE = 0.5
"""Part of the doubt that other shared anchors can take away at most."""

EXACT = ("date", "quantity")
"""Sharing one of these beside the happening makes two sentences the same statement."""

FEW = 3
"""More sentences on a side than this retell a happening; they do not state the same."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of two documents' tellings of a happening: how likely they tell it, and what shows it."""

    score: float
    evidence: tuple[Evidence, ...]


Told = Mapping[tuple[str, str, str], Shown]
"""By the id of the event and those of two documents, in the order of their names."""

NOTHING: Told = MappingProxyType({})


def telling(mentions: Sequence[Mention]) -> float:
    """Return how sure it is that a document tells a happening: its surest mention."""
    return max(mention.score for mention in mentions)


def pair(left: float, right: float, evidence: Sequence[Evidence]) -> float:
    """Return how sure a link is: both sides tell the happening, and what else they share takes away part of the doubt.

    >>> round(pair(0.8, 0.8, ()), 2)
    0.8
    """
    sure = math.sqrt(left * right)
    mass = sum(item.weight for item in evidence if item.kind != "event")
    return sure + (1 - sure) * SHARE * (1 - math.exp(-mass / SUPPORT))


def groups(
    documents: Sequence[Document],
    authority: Authority,
    anchors: Anchors,
    told: Told = NOTHING,
    translated: Collection[tuple[str, str]] = (),
) -> tuple[tuple[Group, ...], tuple[Link, ...], Counter[str]]:
    """Return the groups about the events of *authority*, their pairwise links, and what was dropped, by reason.

    *told* says of events that were found here how likely two documents tell them, and what shows it. Pairs of documents
    that are *translated* are no two accounts: between them there is no link.
    """
    found: list[Group] = []
    links: list[Link] = []
    dropped: Counter[str] = Counter()
    tellings = _told(documents, dropped)
    found_here = {event for event, _, _ in told}
    for event in authority.events:
        sides = tellings.get(event.id, {})
        if len(sides) < 2:
            dropped["event told by one document only"] += len(sides)
            continue
        apart = [two for two in combinations(sorted(sides), 2) if two not in translated]
        pairs = _links(event, sides, apart, anchors, dropped, told)
        if pairs:
            found.append(_group(event, sides, pairs, anchors, found=event.id in found_here))
            links += pairs
    return tuple(found), tuple(links), +dropped


def _told(documents: Sequence[Document], dropped: Counter[str]) -> Mapping[str, dict[str, list[Mention]]]:
    """Event -> document -> the mentions that assert it."""
    told: dict[str, dict[str, list[Mention]]] = {}
    for document in documents:
        for mention in document.mentions:
            if mention.kind == "event" and mention.subtype == "assertion":
                told.setdefault(mention.ref, {}).setdefault(document.id, []).append(mention)
            elif mention.kind == "event":
                dropped["sentence refers to the event in passing"] += 1
    return told


def _links(
    event: Event,
    sides: Mapping[str, Sequence[Mention]],
    pairs: Sequence[tuple[str, str]],
    anchors: Anchors,
    dropped: Counter[str],
    told: Told,
) -> list[Link]:
    links = []
    for left, right in pairs:
        members = _member(left, sides[left]), _member(right, sides[right])
        shown = told.get((event.id, left, right))
        evidence = shown.evidence if shown else only(event, anchors.shared([member.segments for member in members]))
        score = shown.score if shown else pair(telling(sides[left]), telling(sides[right]), evidence)
        if score < THRESHOLD and not shown:
            dropped["link below the threshold"] += 1
            continue
        stem = event.id.removeprefix("ev.")
        relation = related(members, evidence)
        name = f"lnk.{left}-{right}.{stem}"
        links.append(Link(name, f"grp.{stem}", *members, relation, round(score, 3), evidence))
    return links


def _member(document: str, mentions: Sequence[Mention]) -> Member:
    return Member(document, tuple(dict.fromkeys(mention.segment for mention in mentions)))


def only(event: Event, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return *evidence* without the other happenings that the same sentences tell."""
    return tuple(item for item in evidence if item.kind != "event" or item.value == event.id)


def related(members: Sequence[Member], evidence: Sequence[Evidence]) -> Relation:
    """Return the relation: the same statement where few sentences share the happening and an exact date or figure."""
    exact = any(item.kind in EXACT and item.weight > 1 for item in evidence)
    brief = all(len(member.segments) <= FEW for member in members)
    return "same-statement" if exact and brief else "same-event"


def _group(
    event: Event, sides: Mapping[str, Sequence[Mention]], links: Sequence[Link], anchors: Anchors, *, found: bool
) -> Group:
    kept = {side.document for link in links for side in (link.left, link.right)}
    members = tuple(_member(document, mentions) for document, mentions in sides.items() if document in kept)
    relations = {link.relation for link in links}
    return Group(
        id=links[0].group,
        about=event.id,
        label=event.label(),
        relation=relations.pop() if len(relations) == 1 else "same-event",
        score=round(sum(link.score for link in links) / len(links), 3),
        members=members,
        evidence=merged([link.evidence for link in links])
        if found
        else only(event, anchors.shared([member.segments for member in members])),
        method="anchors" if found else "events",
    )


def merged(shown: Iterable[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Return the evidence of several pairs of documents as one, the weightiest first; the same thing counts once."""
    found: dict[tuple[str, str], Evidence] = {}
    for one in (one for evidence in shown for one in evidence):
        held = found.get((one.kind, one.value))
        if held is None:
            found[one.kind, one.value] = one
        else:
            spans = sorted({*held.spans, *one.spans}, key=lambda span: (span.document, span.start, span.end))
            found[one.kind, one.value] = replace(held, weight=max(held.weight, one.weight), spans=tuple(spans))
    return tuple(sorted(found.values(), key=lambda one: (-one.weight, one.kind, one.value)))
