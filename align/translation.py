"""Translations of one text, two or more -> groups of sentences over all of them, and links with what shows them.

    en-hr   (1)(1) (2)(2, 3)                     en.s1 hr.s1 ar.s1
    en-ar   (1)(1) (2)(2)          ─▶            en.s2 hr.s2 hr.s3 ar.s2
    hr-ar   (1)(1) (2)(2) (3)()                  the beads disagree on hr.s3: the group is less sure

Every two translations are aligned by themselves (`hexapla.align.bead`); those in the same two languages learn together.
Their beads are votes: for two sentences that share a bead its score, against two that could share one and do not the
mean score of the beads they are in. Sentences then grow together, the strongest votes first, as long as the sum of the
votes between what grows together is for it (greedy additive edge contraction, Keuper et al. 2015). So every sentence is
in one group at most, and of two documents the groups are the beads. Nothing depends on the order of the documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import product
from typing import Literal

from hexapla.align.bead import Bead, Outside, pooled
from hexapla.align.explain import MOST, explained
from hexapla.align.group import Evidence, Group, Kind, Kinship, Link, Member, Mode
from hexapla.align.happening import merged
from hexapla.align.score import Features
from hexapla.corpus.document import Document, Segment
from hexapla.corpus.lexicon import Lexicon

LONGEST = 60
"""Letters of a label, which is the beginning of a sentence."""

LEAST = 0.001
"""The vote of a bead that is not sure at all: it is still the best there is."""

ALONE = "sentence that no translation of the text has"

Place = tuple[int, int]
"""A sentence: the number of its document, its own number there."""


@dataclass(frozen=True, slots=True)
class Translations:
    """How documents stand to one another, and the groups and links of those that are translations of one text."""

    kinds: tuple[Kinship, ...] = ()
    groups: tuple[Group, ...] = ()
    links: tuple[Link, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)
    mode: Mode | Literal[""] = ""  # '' where nobody asked
    outside: str = ""  # what was known beside the words

    def pairs(self, kind: Kind) -> list[tuple[str, str]]:
        """Return the pairs of ids, the first one sorting first, of documents that stand so to one another."""
        return [(kin.left, kin.right) for kin in self.kinds if kin.kind == kind]

    def accounts(self) -> dict[str, str]:
        """Return for each document that is a translation of others the first of them by name.

        >>> kin = [Kinship("b", "c", "translation", ""), Kinship("a", "b", "translation", "")]
        >>> Translations(tuple(kin)).accounts()
        {'b': 'a', 'c': 'a', 'a': 'a'}
        """
        found: dict[str, str] = {}
        for left, right in self.pairs("translation"):
            one, other = found.get(left, left), found.get(right, right)
            found |= {left: one, right: other}
            found = {name: min(one, other) if head in (one, other) else head for name, head in found.items()}
        return found


NONE = Translations()
"""Nothing is asked: all documents are accounts of their own."""


def translations(
    documents: Sequence[Document],
    kinds: Iterable[Kinship],
    lexicon: Lexicon,
    features: Features,
    outside: Mapping[tuple[str, str], Outside] | None = None,
) -> Translations:
    """Return the groups and links of those of *documents* that *kinds* says are translations; what is alone is counted.

    Beads are sought by words alone; names, dates and figures that were found in the text only explain them. *features*
    are those of all documents. *outside* gives for pairs of ids, the first one sorting first, what is known
    beside the words. A link's score is half what its own beads say and half what all beads of the group do.
    """
    known = Translations(tuple(kinds))
    by_id = {document.id: document for document in documents}
    pairs = [(by_id[left], by_id[right]) for left, right in known.pairs("translation")]
    if not pairs:
        return known
    told = [(outside or {}).get((left.id, right.id)) for left, right in pairs]
    plain = {name: document.having(mentions=()) for name, document in by_id.items()}
    found = pooled([(plain[left.id], plain[right.id]) for left, right in pairs], lexicon, outside=told)
    votes = Votes.of(pairs, found)
    clusters = sorted(votes.grown(), key=lambda cluster: _first(cluster, documents, votes.documents))
    shown = _shown(pairs, clusters, votes, lexicon, features)
    made = [_group(cluster, votes, documents, shown[number]) for number, cluster in enumerate(clusters)]
    alone = sum(map(len, votes.segments)) - sum(map(len, clusters))
    links = tuple(link for _, own in made for link in own)
    return replace(known, groups=tuple(group for group, _ in made), links=links, dropped=+Counter({ALONE: alone}))


@dataclass(slots=True)
class Votes:
    """What the beads of pairs of documents say of sentences: which belong together, and how sure the beads are."""

    documents: Sequence[Document]  # in an order that is their texts' own
    segments: Sequence[Sequence[Segment]]  # of each, what beads count
    pairs: set[tuple[int, int]]  # of documents that were aligned, the smaller number first
    together: dict[Place, dict[Place, float]] = field(default_factory=lambda: defaultdict(dict))
    seated: dict[tuple[Place, int], float] = field(default_factory=dict)  # a sentence's bead with another document

    @classmethod
    def of(cls, pairs: Sequence[tuple[Document, Document]], found: Sequence[Sequence[Bead]]) -> Votes:
        """Count the beads *found* in *pairs*."""
        documents = {document.id: document for pair in pairs for document in pair}.values()
        ordered = sorted(documents, key=lambda document: (document.language, document.text, document.id))
        number = {document.id: n for n, document in enumerate(ordered)}
        votes = cls(ordered, [_sentences(document) for document in ordered], set())
        for (left, right), beads in zip(pairs, found, strict=True):
            one, other = number[left.id], number[right.id]
            votes.pairs.add((min(one, other), max(one, other)))
            for bead in beads:
                votes._add(one, other, bead)
        return votes

    def _add(self, one: int, other: int, bead: Bead) -> None:
        for place, far in [*(((one, n), other) for n in bead.left), *(((other, n), one) for n in bead.right)]:
            self.seated[place, far] = bead.score
        vote = max(bead.score, LEAST)
        for mine, theirs in product(bead.left, bead.right):
            self.together[one, mine][other, theirs] = self.together[other, theirs][one, mine] = vote

    def vote(self, one: Place, other: Place) -> float:
        """Return how far two sentences belong together; below zero where they do not."""
        said = self.together.get(one, {}).get(other)
        if said is not None:
            return said
        if (min(one[0], other[0]), max(one[0], other[0])) not in self.pairs:
            return 0.0
        return -(self.seated[one, other[0]] + self.seated[other, one[0]]) / 2

    def grown(self) -> list[tuple[Place, ...]]:
        """Return the sentences that grow together, each cluster in order."""
        clusters: dict[Place, tuple[Place, ...]] = {place: (place,) for place in self.together}
        beside = {place: set(others) for place, others in self.together.items()}
        heap = [
            (-score, one, other)
            for one, others in self.together.items()
            for other, score in others.items()
            if one < other
        ]
        heapify(heap)
        while heap:
            gain, one, other = heappop(heap)
            if one not in clusters or other not in clusters or gain != -self._sum(clusters[one], clusters[other]):
                continue
            joined = tuple(sorted(clusters.pop(one) + clusters.pop(other)))
            near = (beside.pop(one) | beside.pop(other)) - {one, other}
            clusters[joined[0]], beside[joined[0]] = joined, near
            for place in sorted(near):
                beside[place] = (beside[place] - {one, other}) | {joined[0]}
                total = self._sum(joined, clusters[place])
                if total > 0:
                    heappush(heap, (-total, min(joined[0], place), max(joined[0], place)))
        return [cluster for cluster in clusters.values() if len({document for document, _ in cluster}) > 1]

    def _sum(self, one: Sequence[Place], other: Sequence[Place]) -> float:
        return round(sum(self.vote(a, b) for a, b in product(one, other) if a[0] != b[0]), 6)

    def agreed(self, one: Sequence[Place], other: Sequence[Place]) -> float:
        """Return how far the beads of two documents say just this, 0 to 1: the mean score of links that touch it."""
        wanted = set(product(one, other))
        touching = {(a, b) for a in one for b in self.together.get(a, ()) if b[0] == other[0][0]}
        touching |= {(a, b) for b in other for a in self.together.get(b, ()) if a[0] == one[0][0]}
        return sum(self.together.get(a, {}).get(b, 0.0) for a, b in wanted) / len(wanted | touching)


def _sentences(document: Document) -> list[Segment]:
    """What beads count."""
    return [segment for segment in document.segments if segment.kind != "x"]


def _first(cluster: Sequence[Place], documents: Sequence[Document], ordered: Sequence[Document]) -> Place:
    """Where a cluster first stands in the documents as they were given."""
    given = {document.id: n for n, document in enumerate(documents)}
    return min((given[ordered[place[0]].id], place[1]) for place in cluster)


Shown = Mapping[tuple[str, str], tuple[float, Sequence[Evidence]]]
"""For ids of two documents of a group how far their own beads agree with it, and what their sentences share."""


def _shown(
    pairs: Sequence[tuple[Document, Document]],
    clusters: Sequence[Sequence[Place]],
    votes: Votes,
    lexicon: Lexicon,
    features: Features,
) -> list[dict[tuple[str, str], tuple[float, Sequence[Evidence]]]]:
    """Return for each cluster and each of *pairs* that it holds how sure that part is, and what shows it."""
    number = {document.id: n for n, document in enumerate(votes.documents)}
    parts: list[list[Bead]] = []
    where: list[list[int]] = []
    for left, right in pairs:
        one, other = number[left.id], number[right.id]
        there = [n for n, cluster in enumerate(clusters) if {one, other} <= {document for document, _ in cluster}]
        sides = [[[place for place in clusters[n] if place[0] == side] for side in (one, other)] for n in there]
        parts.append([Bead(_numbers(a), _numbers(b), votes.agreed(a, b)) for a, b in sides])
        where.append(there)
    found: list[dict[tuple[str, str], tuple[float, Sequence[Evidence]]]] = [{} for _ in clusters]
    for pair, beads, there, told in zip(
        pairs, parts, where, explained(pairs, parts, lexicon, features=features), strict=True
    ):
        for bead, cluster, evidence in zip(beads, there, told, strict=True):
            found[cluster][pair[0].id, pair[1].id] = bead.score, evidence
    return found


def _numbers(places: Sequence[Place]) -> tuple[int, ...]:
    return tuple(number for _, number in places)


def _group(
    cluster: Sequence[Place], votes: Votes, documents: Sequence[Document], shown: Shown
) -> tuple[Group, list[Link]]:
    """Return the group of *cluster*, and its links."""
    names: dict[str, list[Segment]] = defaultdict(list)
    for side, place in cluster:
        names[votes.documents[side].id].append(votes.segments[side][place])
    members = {one.id: Member(one.id, tuple(s.id for s in names[one.id])) for one in documents if one.id in names}
    stem = names[min(names)][0].id
    score = sum(agreed for agreed, _ in shown.values()) / len(shown)
    links = [
        Link(
            f"lnk.{left}-{right}.{stem}",
            f"grp.{stem}",
            members[left],
            members[right],
            "translation",
            round((agreed + score) / 2, 3),
            tuple(evidence),
        )
        for (left, right), (agreed, evidence) in shown.items()
    ]
    said = [
        (one.language.split("-")[0] != "en", " ".join(" ".join(one.slice(part).split()) for part in names[one.id]))
        for one in documents
        if one.id in names
    ]
    label = _label(said)
    evidence = merged(link.evidence for link in links)[:MOST]
    group = Group(f"grp.{stem}", "", label, "translation", round(score, 3), tuple(members.values()), evidence, "beads")
    return group, links


def _label(said: Iterable[tuple[bool, str]]) -> str:
    """Return the beginning of what is *said* in English, marked False, else of the shortest text."""
    _, _, words = min((other, len(text), text) for other, text in said)
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
