"""Documents -> the same with their mentions: the rooms are asked in turn, overlaps are decided here.

dates ─▶ names ─▶ quantities ─▶ events
└── each slice has one reading: a date wins over a number, a longer name over a shorter one; events lie over them all
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hexapla.corpus.date import dates
from hexapla.corpus.document import Authority, Document, Mention, outermost
from hexapla.corpus.event import events
from hexapla.corpus.link import link
from hexapla.corpus.name import propose
from hexapla.corpus.office import People, people
from hexapla.corpus.quantity import quantities
from hexapla.corpus.role import references

_NUMBER = re.compile(r"\d")


def annotate(
    documents: Sequence[Document], authority: Authority, *, suggest: bool | None = None
) -> tuple[tuple[Document, ...], Authority, Counter[str]]:
    """Return *documents* with their mentions, the authority they name, and what was dropped on the way, by reason.

    The documents have their segments. Names that *authority* does not know are proposed and added to it if *suggest*
    says so, or, where it says nothing, if the authority lists no entity. Mentions of names, roles, dates and quantities
    are disjoint, but for names and sums of money inside longer names; those of events may overlap all.
    """
    dropped: Counter[str] = Counter()
    named = [_linked(dated(document), authority) for document in documents]
    if suggest or (suggest is None and not authority.entities):
        entities, proposed = propose(named, reserved=[entity.id for entity in authority.entities])
        authority = replace(authority, entities=(*authority.entities, *entities))
        named = [document.having(mentions=(*document.mentions, *proposed[document.id])) for document in named]
    said = people(named)
    return tuple(_annotated(document, authority, said, dropped) for document in named), authority, +dropped


def dated(document: Document) -> Document:
    """Return *document* with the dates it holds as its mentions."""
    return document.having(mentions=tuple(dates(document)))


def _linked(document: Document, authority: Authority) -> Document:
    return document.having(mentions=(*document.mentions, *link(document, authority, document.mentions)))


def _annotated(document: Document, authority: Authority, said: People, dropped: Counter[str]) -> Document:
    found = list(document.mentions)
    found += [*disjoint(found, quantities(document, found)), *_sums(document)]
    found += references(document.having(mentions=tuple(sorted(found, key=_order))), said)
    named = document.having(mentions=tuple(sorted(found, key=_order)))
    told, unsure = events(named, authority)
    dropped["event cue too weak or contradicted by a date"] += unsure
    return document.having(mentions=numbered(document, (*found, *told)))


def _sums(document: Document) -> list[Mention]:
    """Return the sums of money inside names, which are mentions of their own: "The 3 Trillion Dollar War"."""
    names = [m for m in document.mentions if m.kind != "date" and _NUMBER.search(document.slice(m))]
    held = {name.segment for name in names}
    part = document.having(segments=tuple(one for one in document.segments if one.id in held))
    dates = [m for m in document.mentions if m.kind == "date"]
    return [
        one
        for one in (quantities(part, dates) if names else ())
        if one.subtype == "money"
        and any(n.start <= one.start <= one.end <= n.end and n.end - n.start > one.end - one.start for n in names)
    ]


def disjoint(taken: Iterable[Mention], candidates: Iterable[Mention]) -> list[Mention]:
    """Return the *candidates* that overlap none of *taken* and none that came before them."""
    spans = [(m.start, m.end) for m in outermost(taken)]
    fitting = []
    for mention in candidates:
        place = bisect_left(spans, (mention.start, mention.end))
        before = place > 0 and spans[place - 1][1] > mention.start
        after = place < len(spans) and spans[place][0] < mention.end
        if not before and not after:
            fitting.append(mention)
            spans.insert(place, (mention.start, mention.end))
    return fitting


def numbered(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return *mentions* in text order with their ids."""
    ordered = sorted(mentions, key=_order)
    return tuple(replace(mention, id=f"{document.id}.m{n}") for n, mention in enumerate(ordered, start=1))


def _order(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.start, -mention.end, mention.kind, mention.ref)
