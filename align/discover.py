"""Happenings that no authority lists: found where sentences of two accounts say a rare combination of things together.

    en: "Gagarin circled the Earth on 12 April 1961"  ·  hr: "Jurij Gagarin obletio je Zemlju 12. travnja ..."
                                        ─▶  ev.1961-04-12-gagarin-earth

Every two sentences of two documents are scored by the shared mass of their features, less what each scores with
everything else (`scored`). A pair is a seed where it is the best of one of its sentences, sure enough, and decisive: it
shares a full date, or two independent things that are rare. Seeds grow together into a happening only where the
sentences of the one and of the other belong together on average (`grown`): A~B and B~C alone never join A and C.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from hexapla.align.anchor import Key
from hexapla.align.score import Features, margin
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention, Name
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.mention import numbered

THRESHOLD = 0.5
"""A pair of sentences with a lower margin is no seed."""

TOGETHER = 0.4
"""Mean margin between the sentences of two clusters that become one."""

NOTICED = 0.15
"""A margin below this counts as none."""

NEAR = 4
"""The best pairs of a sentence in a document that its margin is measured against."""

RARE = 0.5
"""Part of the greatest rarity, ln(N + 1) over N sentences, at which a feature says something by itself."""

MOST = 3
"""Sentences of one document in a happening."""

CEILING = 0.9
"""No happening that nobody listed is surer than this."""

Pair = tuple[int, int]
"""The numbers of two segments, the smaller first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What two documents' sentences score together, and what they are made of."""

    features: Features
    scores: Mapping[Pair, float]

    def score(self, left: int, right: int) -> float:
        """Return the margin of two segments, 0 where it was not noticed."""
        return self.scores.get((min(left, right), max(left, right)), 0.0)


def discover(
    documents: Sequence[Document], authority: Authority, lexicon: Lexicon
) -> tuple[tuple[Document, ...], Authority]:
    """Return the documents with mentions of the happenings found, and *authority* with these as proposed events.

    Sentences that tell an event of the authority already are left alone.
    """
    features = Features.of(documents, lexicon)
    found = Found(features, scored(features, [document.id for document in documents]))
    taken = {m.segment for d in documents for m in d.mentions if m.kind == "event" and m.subtype == "assertion"}
    events: list[Event] = []
    told: dict[str, list[Mention]] = defaultdict(list)
    for cluster in grown(seeds(found), found):
        if taken.intersection(features.segments[number] for number in cluster):
            continue
        used = {event.id for event in (*authority.events, *events)}
        events.append(_event(cluster, found, used, {document.id: document for document in documents}))
        for number in cluster:
            told[features.owner[number]].append(_mention(events[-1], number, cluster, found))
    known = Authority(authority.name, authority.version, authority.entities, (*authority.events, *events))
    return tuple(d.having(mentions=numbered(d, (*d.mentions, *told[d.id]))) for d in documents), known


def scored(features: Features, documents: Sequence[str]) -> dict[Pair, float]:
    """Return the margin of every two segments of different *documents* that is noticed."""
    found: dict[Pair, float] = {}
    rows = {document: features.rows(document) for document in documents}
    for place, left in enumerate(documents):
        if not rows[left]:
            continue
        shared = features.shared(rows[left])
        for right in documents[place + 1 :]:
            if not rows[right]:
                continue
            margins = margin(shared[:, rows[right]], NEAR)
            for a, b in zip(*(margins >= NOTICED).nonzero(), strict=True):
                pair = (rows[left][int(a)], rows[right][int(b)])
                found[min(pair), max(pair)] = round(float(margins[a, b]), 4)
    return found


def shared(left: int, right: int, features: Features) -> list[tuple[float, int, int]]:
    """Return what two segments share: weight, the type of the one, the type of the other; the weightiest first.

    A type counts once, with the type of the other segment that it meets most surely.
    """
    theirs = {feature.type for feature in features.held[right]}
    found = []
    for mine in sorted({feature.type for feature in features.held[left]}):
        met = [(trust, other) for other, trust in features.meets[mine].items() if other in theirs]
        if met:
            trust, other = max(met)
            found.append((trust * min(features.weight[mine], features.weight[other]), mine, other))
    return sorted(found, key=lambda row: (-row[0], row[1]))


def decisive(pair: Pair, features: Features) -> bool:
    """Say whether two segments share a full date, or two rare things that are independent of one another."""
    least = RARE * math.log(len(features.segments) + 1)
    rare = [features.label[mine] for weight, mine, _ in shared(*pair, features) if weight >= least]
    full = any(kind == "date" and edtf.precision(value) == "day" for kind, value in rare)
    days = sum(kind == "date" for kind, _ in rare)
    return full or len(rare) - max(0, days - 1) > 1


def seeds(found: Found) -> list[Pair]:
    """Return the pairs that are sure, decisive, and the best of one of their segments; the surest first."""
    owner = found.features.owner
    best: dict[tuple[int, str], float] = {}
    for (left, right), value in found.scores.items():
        for side in ((left, owner[right]), (right, owner[left])):
            best[side] = max(best.get(side, 0.0), value)
    kept = [
        (left, right)
        for (left, right), value in found.scores.items()
        if value >= THRESHOLD
        and value in (best[left, owner[right]], best[right, owner[left]])
        and decisive((left, right), found.features)
    ]
    return sorted(kept, key=lambda pair: (-found.scores[pair], pair))


def grown(pairs: Sequence[Pair], found: Found) -> list[tuple[int, ...]]:
    """Return clusters of segments in text order: pairs, and clusters that belong together on average."""
    cluster_of: dict[int, list[int]] = {}
    for left, right in pairs:
        one, other = cluster_of.get(left, [left]), cluster_of.get(right, [right])
        if one is other or not _belong(one, other, found):
            continue
        joined = sorted(one + other)
        cluster_of.update(dict.fromkeys(joined, joined))
    unique = {id(cluster): tuple(cluster) for cluster in cluster_of.values()}
    return sorted(unique.values())


def _belong(one: Sequence[int], other: Sequence[int], found: Found) -> bool:
    owner = found.features.owner
    across = [found.score(a, b) for a in one for b in other if owner[a] != owner[b]]
    if not across or sum(across) / len(across) < TOGETHER:
        return False
    held = [owner[number] for number in (*one, *other)]
    return max(map(held.count, held)) <= MOST


def _common(cluster: Sequence[int], found: Found) -> list[Key]:
    """What the segments of a cluster share, the weightiest first; each thing once, by the type that is met first."""
    weights: dict[Key, float] = {}
    same: dict[int, int] = {}
    for left, right in _across(cluster, found):
        for weight, mine, other in shared(left, right, found.features):
            head = same.setdefault(mine, same.get(other, mine))
            same.setdefault(other, head)
            label = found.features.label[head]
            weights[label] = max(weights.get(label, 0.0), weight)
    return sorted(weights, key=lambda label: (-weights[label], label))


def _across(cluster: Sequence[int], found: Found) -> Iterator[Pair]:
    owner = found.features.owner
    yield from ((a, b) for a, b in combinations(cluster, 2) if owner[a] != owner[b])


def _event(cluster: Sequence[int], found: Found, used: set[str], documents: Mapping[str, Document]) -> Event:
    common = _common(cluster, found)
    date = next((value for kind, value in common if kind == "date"), "")
    kinds = [key for key in common if key[0] != "date"][:3]
    label = ", ".join(filter(None, [date, *(_spoken(key, cluster, found, documents) for key in kinds)]))
    stem = "-".join(word.form for word in words(label) if word.form.isascii()) or "happening"
    name = next(n for k in range(1, len(used) + 2) if (n := f"ev.{stem}" + (f"-{k}" if k > 1 else "")) not in used)
    return Event(
        name, "happening", (Name("en", label or stem),), date, note="found by what the accounts share", proposed=True
    )


def _spoken(key: Key, cluster: Sequence[int], found: Found, documents: Mapping[str, Document]) -> str:
    """What the texts call a thing, in Latin letters where one of them does."""
    features = found.features
    kinds = {
        kind for number in cluster for kind in (f.type for f in features.held[number]) if features.label[kind] == key
    }
    met = {other for kind in kinds for other in features.meets[kind]}
    texts = [
        documents[features.owner[number]].text[feature.start : feature.end]
        for number in cluster
        for feature in features.held[number]
        if feature.type in met
    ]
    plain = [text for text in texts if text.isascii()]
    return min(plain or texts, key=lambda text: (len(text), text))


def _mention(event: Event, number: int, cluster: Sequence[int], found: Found) -> Mention:
    features = found.features
    others = [other for other in cluster if features.owner[other] != features.owner[number]]
    met = {mine for other in others for _, mine, _ in shared(number, other, features)}
    spots = [feature for feature in features.held[number] if feature.type in met]
    surest = max(found.score(number, other) for other in others)
    return Mention(
        id="",
        segment=features.segments[number],
        kind="event",
        start=min(spot.start for spot in spots),
        end=max(spot.end for spot in spots),
        subtype="assertion",
        ref=event.id,
        score=round(CEILING * (1 - math.exp(-2 * surest)), 3),
        method="anchors",
    )
