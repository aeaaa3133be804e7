"""Happenings that no authority lists: found where sentences of two accounts share a rare combination.

    en: "Gagarin circled the Earth on 12 April 1961"  ·  hr: "12. travnja 1961. Jurij Gagarin ..."   ─▶
    ev.1961-04-12-gagarin

A pair of sentences is scored by what it shares against what it holds (`score`); a pair is kept where each is the
other's best and
the two share one decisive anchor (a full date) or two independent ones (`decisive`). Kept pairs grow into a
happening only where
every two sentences of it belong together: A~B and B~C alone never join A and C.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from hexapla.align.anchor import Anchors, Key
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention, Name
from hexapla.corpus.fold import words
from hexapla.corpus.mention import numbered

THRESHOLD = 0.55
"""A pair of sentences with a lower score tells nothing together."""

TOGETHER = 0.3
"""Every two sentences of different documents in one happening score at least this."""

MASS = 40.0
"""Anchor weight that a pair is measured against beside its own: short sentences do not win by being short."""

EXTRA = 0.15
"""Part of the longer sentence's weight that counts against a pair."""

CEILING = 0.9
"""No happening that nobody listed is surer than this."""

Pair = tuple[str, str]


def discover(documents: Sequence[Document], authority: Authority) -> tuple[tuple[Document, ...], Authority]:
    """Return the documents with mentions of the happenings found, and *authority* with these as proposed events.

    Sentences that tell an event of the authority already are left alone.
    """
    anchors = Anchors.of(documents)
    scores = {pair: value for pair, value in scored(anchors).items() if value >= TOGETHER}
    taken = {m.segment for d in documents for m in d.mentions if m.kind == "event" and m.subtype == "assertion"}
    events: list[Event] = []
    told: dict[str, list[Mention]] = defaultdict(list)
    for cluster in grown(kept(scores, anchors), scores, anchors):
        if taken.intersection(cluster):
            continue
        event = _event(cluster, anchors, {event.id for event in (*authority.events, *events)}, authority)
        events.append(event)
        for mention in _mentions(event, cluster, scores, anchors):
            told[anchors.owner[mention.segment]].append(mention)
    known = Authority(authority.name, authority.version, authority.entities, (*authority.events, *events))
    return tuple(d.having(mentions=numbered(d, (*d.mentions, *told[d.id]))) for d in documents), known


def scored(anchors: Anchors) -> dict[Pair, float]:
    """Return the score of every two segments of different documents that share an anchor.

    shared weight / sqrt(MASS + the lighter + EXTRA · the heavier one's weight), a ratio that long sentences cannot
    win by
    holding everything.
    """
    holders: dict[Key, list[str]] = defaultdict(list)
    for segment, held in anchors.by_segment.items():
        for key in held:
            holders[key].append(segment)
    mass = {segment: sum(map(anchors.weight, _finest(held))) for segment, held in anchors.by_segment.items()}
    shared: dict[Pair, list[Key]] = defaultdict(list)
    for key in sorted(holders):
        for left, right in combinations(sorted(holders[key]), 2):
            if anchors.owner[left] != anchors.owner[right]:
                shared[left, right].append(key)
    found = {}
    for (left, right), common in shared.items():
        light, heavy = sorted((mass[left], mass[right]))
        weight = sum(map(anchors.weight, _finest(common)))
        found[left, right] = weight / math.sqrt(MASS + light + EXTRA * heavy)
    return found


def _finest(keys: Iterable[Key]) -> list[Key]:
    """Each date once, at its finest precision."""
    held = set(keys)
    coarse = {("date", value[: len(value) - cut]) for kind, value in held if kind == "date" for cut in (3, 6)}
    return sorted(key for key in held if key not in coarse)


def decisive(pair: Pair, anchors: Anchors) -> bool:
    """Say whether the two segments share a full date, or two independent anchors that are not everywhere."""
    left, right = (anchors.by_segment.get(segment, {}) for segment in pair)
    common = [key for key in _finest(set(left) & set(right)) if anchors.weight(key) > 1]
    full = any(kind == "date" and edtf.precision(value) == "day" for kind, value in common)
    return full or len(common) > 1


def kept(scores: Mapping[Pair, float], anchors: Anchors) -> list[Pair]:
    """Return the pairs that are each other's best in their two documents, sure and decisive; the surest first."""
    best: dict[tuple[str, str], float] = {}
    for (left, right), value in scores.items():
        for one, other in ((left, right), (right, left)):
            side = (one, anchors.owner[other])
            best[side] = max(best.get(side, 0.0), value)
    mutual = [
        (left, right)
        for (left, right), value in scores.items()
        if value >= THRESHOLD
        and value == best[left, anchors.owner[right]] == best[right, anchors.owner[left]]
        and decisive((left, right), anchors)
    ]
    return sorted(mutual, key=lambda pair: (-scores[pair], pair))


def grown(pairs: Sequence[Pair], scores: Mapping[Pair, float], anchors: Anchors) -> list[tuple[str, ...]]:
    """Return clusters of segments: pairs join where all their segments belong together, two by two."""
    clusters: list[set[str]] = []
    for pair in pairs:
        for cluster in clusters:
            if cluster & set(pair) and _belong(cluster | set(pair), scores, anchors):
                cluster |= set(pair)
                break
        else:
            if not any(set(pair) <= cluster for cluster in clusters):
                clusters.append(set(pair))
    return [tuple(sorted(cluster)) for cluster in clusters]


def _belong(segments: set[str], scores: Mapping[Pair, float], anchors: Anchors) -> bool:
    return all(
        anchors.owner[left] == anchors.owner[right] or scores.get((left, right), 0.0) >= TOGETHER
        for left, right in combinations(sorted(segments), 2)
    )


def _common(cluster: Sequence[str], anchors: Anchors) -> list[Key]:
    """The anchors that at least two of the documents in *cluster* hold, the weightiest first."""
    holders: dict[Key, set[str]] = defaultdict(set)
    for segment in cluster:
        for key in anchors.by_segment.get(segment, {}):
            holders[key].add(anchors.owner[segment])
    shared = _finest(key for key, owners in holders.items() if len(owners) > 1)
    return sorted(shared, key=lambda key: (-anchors.weight(key), key))


def _event(cluster: Sequence[str], anchors: Anchors, used: set[str], authority: Authority) -> Event:
    common = _common(cluster, anchors)
    date = next((value for kind, value in common if kind == "date"), "")
    named = [_spoken(key, cluster, anchors) for key in common if key[0] != "date"][:3]
    label = ", ".join(filter(None, [date, *named])) or "shared passage"
    stem = "-".join(word.form for word in words(label) if word.form.isascii()) or "happening"
    name = next(
        name for n in range(1, len(used) + 2) if (name := f"ev.{stem}" + (f"-{n}" if n > 1 else "")) not in used
    )
    return Event(name, "happening", (Name("en", label),), date, note="found by what the accounts share", proposed=True)


def _spoken(key: Key, cluster: Sequence[str], anchors: Anchors) -> str:
    """What the texts call an anchor, in Latin letters where one of them does."""
    found = [anchors.span(m).text for segment in cluster for m in anchors.by_segment.get(segment, {}).get(key, ())]
    plain = [text for text in found if text.isascii()]
    return min(plain or found, key=lambda text: (len(text), text))


def _mentions(event: Event, cluster: Sequence[str], scores: Mapping[Pair, float], anchors: Anchors) -> list[Mention]:
    common = set(_common(cluster, anchors))
    found = []
    for segment in cluster:
        held = anchors.by_segment[segment]
        shared = [mention for key in held if key in common for mention in held[key]]
        surest = max(scores.get((min(segment, other), max(segment, other)), 0.0) for other in cluster)
        score = round(CEILING * (1 - math.exp(-2 * surest)), 3)
        start, end = min(m.start for m in shared), max(m.end for m in shared)
        found.append(
            Mention("", segment, "event", start, end, "assertion", ref=event.id, score=score, method="anchors")
        )
    return found
