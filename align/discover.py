"""Happenings that no authority lists: found where sentences of two accounts are likely to tell one thing together.

    en: "Gagarin circled the Earth on 12 April 1961"  ·  hr: "Jurij Gagarin obletio je Zemlju 12. travnja ..."
                                        ─▶  ev.1961-04-12-gagarin-earth

Every two sentences of two documents have a chance to tell one happening (`hexapla.align.chance`); here it is decided.
The likeliest pair that is likely enough begins a happening. A further sentence joins it only if it is likely to belong
to each of its sentences of other documents, and to all of them on average: A~B and B~C alone never join A and C. A
sentence may tell several happenings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from hexapla.align.account import read
from hexapla.align.chance import Alike, Chances, Pair, chances
from hexapla.align.explain import met, standing
from hexapla.align.group import Evidence, Span
from hexapla.align.happening import Shown, Told, merged
from hexapla.align.label import label
from hexapla.align.part import Parts
from hexapla.align.score import Features
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention, Participant
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.mention import numbered

THRESHOLD = 0.35
"""A pair of sentences begins a happening from this chance on."""

SURER, MORE = 0.6, 0.15
"""The same for those who wish for precision, and for recall."""

EACH = 0.5
MEAN = 0.75
"""Parts of the threshold with which a sentence joins: with each sentence of other documents, and on average."""

MOST = 6
"""Sentences of one document in a happening."""

UNNAMED = "happening"
"""The type of an event found, and its name where nothing shows it."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """The documents with mentions of the happenings found, these as proposed events, and what shows them."""

    documents: tuple[Document, ...]
    authority: Authority
    told: Told
    dropped: Counter[str]
    features: Features  # of the sentences of the documents, whatever happenings they tell


def discover(
    documents: Sequence[Document],
    authority: Authority,
    lexicon: Lexicon,
    compared: Iterable[tuple[str, str]] | None = None,
    threshold: float = THRESHOLD,
    accounts: Mapping[str, str] | None = None,
    alike: Alike | None = None,
) -> Discovered:
    """Find what *documents*, whose mentions are settled, tell together, beside the events of *authority*.

    Sentences that tell one of these are left alone. *compared* are the pairs of documents (ids) that may tell the same,
    all if None; a higher *threshold* finds less, and surer. *accounts* are, by document, the first translation of the
    same text, if it is not the only one: translations of one text neither speak for nor against one another. *alike*
    gives for two documents how alike their sentences are by what is known beside the words.
    """
    features = read(documents, lexicon)
    pairs = combinations([document.id for document in documents], 2) if compared is None else compared
    known = chances(features, documents, list(pairs), alike)
    taken = {m.segment for d in documents for m in d.mentions if m.kind == "event" and m.subtype == "assertion"}
    free = {pair: chance for pair, chance in known.pairs.items() if not taken & {features.segments[n] for n in pair}}
    known = Chances(features, free, accounts or {}, known.parts)
    finder = _Finder(known, {document.id: document for document in documents}, authority, lexicon)
    for cluster in clusters(known, threshold):
        finder.add(cluster)
    unsure = sum(chance < threshold for chance in free.values())
    return Discovered(
        tuple(d.having(mentions=numbered(d, (*d.mentions, *finder.mentions[d.id]))) for d in documents),
        Authority(authority.name, authority.version, authority.entities, (*authority.events, *finder.events)),
        finder.told,
        Counter({"pair of sentences below the threshold": unsure}),
        features,
    )


def clusters(known: Chances, threshold: float = THRESHOLD) -> list[tuple[int, ...]]:
    """Return the sentences of each happening, in the order of the text; every pair that is likely enough is in one."""
    joined: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), chance in known.pairs.items():
        if chance >= threshold * EACH:
            joined[one][other] = joined[other][one] = chance
    covered: set[Pair] = set()
    found: set[tuple[int, ...]] = set()
    for pair, chance in sorted(known.pairs.items(), key=lambda item: (-item[1], item[0])):
        if chance < threshold:
            break
        if pair not in covered:
            cluster = _grown(pair, joined, known, threshold)
            covered.update(_across(cluster, known.features.owner))
            found.add(cluster)
    return sorted(_not_within(found))


def _not_within(found: Collection[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Leave out the clusters that others hold as a whole."""
    sets = {cluster: frozenset(cluster) for cluster in found}
    having: dict[int, list[frozenset[int]]] = defaultdict(list)
    for held in sets.values():
        for number in held:
            having[number].append(held)
    return [
        cluster
        for cluster, held in sets.items()
        if not any(held < other for other in min((having[number] for number in cluster), key=len))
    ]


def _grown(pair: Pair, joined: Mapping[int, Mapping[int, float]], known: Chances, threshold: float) -> tuple[int, ...]:
    """Return the sentences of the happening that *pair* begins, each by one clause of it or as a whole."""
    owner = known.features.owner
    cluster, held = list(pair), Counter(owner[number] for number in pair)
    parts = {one: known.part(one, other) for one, other in (pair, pair[::-1])}
    near = _near(pair, joined, known, parts)
    while True:
        rated = [(-sum(with_) / len(with_), number) for number, with_ in near.items() if held[owner[number]] < MOST]
        best, joins = min(rated, default=(0.0, -1))
        if -best < threshold * MEAN:
            return tuple(sorted(cluster))
        there, mine = joined[joins], known.account(joins)
        surest = max((other for other in cluster if other in there), key=lambda other: (there[other], -other))
        parts[joins] = known.part(joins, surest)
        cluster.append(joins)
        held[owner[joins]] += 1
        near = {
            number: [*with_, there[number]] if number in there else with_
            for number, with_ in near.items()
            if number != joins and (_tells(number, joins, there, known, parts) or known.account(number) == mine)
        }


def _near(
    pair: Pair, joined: Mapping[int, Mapping[int, float]], known: Chances, parts: Mapping[int, int]
) -> dict[int, list[float]]:
    """Return what may join *pair*, with its chances with those of the two that another account has."""
    mine, theirs = ({n for n in joined[one] if _tells(n, one, joined[one], known, parts)} for one in pair)
    found = {number: [joined[one][number] for one in pair] for number in mine & theirs}
    for one, account in ((0, known.account(pair[1])), (1, known.account(pair[0]))):
        these = (mine, theirs)[one] - joined[pair[1 - one]].keys()
        found |= {number: [joined[pair[one]][number]] for number in these if known.account(number) == account}
    return {number: with_ for number, with_ in found.items() if number not in pair}


def _tells(number: int, member: int, chances_: Mapping[int, float], known: Chances, parts: Mapping[int, int]) -> bool:
    """Say whether a sentence goes with the very part of a *member* of a happening that tells it."""
    return number in chances_ and (not parts[member] or known.part(member, number) in (0, parts[member]))


def _fit(number: int, cluster: Sequence[int], known: Chances) -> float:
    """How likely a sentence belongs to those of a cluster that other documents have, on average."""
    across = [known.get(number, other) for other in cluster if known.account(other) != known.account(number)]
    return sum(across) / len(across) if across else 0.0


def _across(cluster: Sequence[int], owner: Sequence[str]) -> Iterator[Pair]:
    yield from ((a, b) for a, b in combinations(sorted(cluster), 2) if owner[a] != owner[b])


class _Finder:
    """Makes events of clusters."""

    def __init__(
        self, known: Chances, documents: Mapping[str, Document], authority: Authority, lexicon: Lexicon
    ) -> None:
        self.known, self.documents, self.lexicon = known, documents, lexicon
        self.parts = Parts.of(known.features)
        self.used = {event.id for event in authority.events}
        self.types = {entity.id for entity in authority.entities}
        self.events: list[Event] = []
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        self.told: dict[tuple[str, str, str], Shown] = {}
        self._standing: dict[int, Mapping[int, list[Span]]] = {}

    def add(self, cluster: Sequence[int]) -> None:
        """Make an event of *cluster*, the mentions of its sentences, and what shows each two documents' tellings."""
        sides: dict[str, list[int]] = defaultdict(list)
        for number in cluster:
            sides[self.known.features.owner[number]].append(number)
        accounts = {name: self.known.account(numbers[0]) for name, numbers in sides.items()}
        pairs = [(a, b) for a, b in combinations(sorted(sides), 2) if accounts[a] != accounts[b]]
        within = {number: self._part(number, cluster) for number in cluster}
        shown = {(a, b): self._shown(sides[a], sides[b], within) for a, b in pairs}
        evidence = merged([one.evidence for one in shown.values()])
        event = self._event(cluster, evidence)
        self.events.append(event)
        self.told.update({(event.id, *pair): one for pair, one in shown.items()})
        for number in cluster:
            self.mentions[self.known.features.owner[number]].append(self._mention(event, number, cluster, evidence))

    def _part(self, number: int, cluster: Sequence[int]) -> tuple[int, int]:
        """The clause of a sentence that tells what the rest of *cluster* does, or all of it, as code points."""
        mine = self.known.account(number)
        return self.parts.told(number, [other for other in cluster if self.known.account(other) != mine])

    def _shown(self, left: Sequence[int], right: Sequence[int], within: Mapping[int, tuple[int, int]]) -> Shown:
        across = [self.known.get(one, other) for one in left for other in right]
        features = self.known.features
        evidence = met(features, self._spans(left, within), self._spans(right, within))
        evidence = evidence or met(features, self._spans(left), self._spans(right))
        return Shown(round(sum(across) / len(across), 3), evidence)

    def _spans(
        self, numbers: Sequence[int], within: Mapping[int, tuple[int, int]] = MappingProxyType({})
    ) -> Mapping[int, list[Span]]:
        """Where each type of feature stands in the sentences *numbers* of one document, or *within* a part of them.

        Each span is made once.
        """
        features = self.known.features
        document = self.documents[features.owner[numbers[0]]]
        found: dict[int, list[Span]] = defaultdict(list)
        for number in numbers:
            if number not in self._standing:
                self._standing[number] = standing(features, document, [(number, features.segments[number])])
            low, high = within.get(number, (0, len(document.text)))
            for kind, spans in self._standing[number].items():
                if here := [span for span in spans if low <= span.start < high]:
                    found[kind] += here
        return found

    def _mention(self, event: Event, number: int, cluster: Sequence[int], evidence: Sequence[Evidence]) -> Mention:
        features = self.known.features
        segment = features.segments[number]
        spots = [span for one in evidence for span in one.spans if span.segment == segment]
        if not spots:  # it stands by its neighbours
            spots = [Span("", segment, one.start, one.end, "") for one in features.held[number]] or [
                self._whole(segment, features.owner[number])
            ]
        return Mention(
            id="",
            segment=segment,
            kind="event",
            start=min(spot.start for spot in spots),
            end=max(spot.end for spot in spots),
            subtype="assertion",
            ref=event.id,
            score=round(_fit(number, cluster, self.known), 3),
            method="anchors",
        )

    def _whole(self, name: str, owner: str) -> Span:
        segment = next(segment for segment in self.documents[owner].segments if segment.id == name)
        return Span(owner, name, segment.start, segment.end, "")

    def _event(self, cluster: Sequence[int], evidence: Sequence[Evidence]) -> Event:
        """An event called by what its tellings share, with a date, a place and participants."""
        dates = [one.value for one in evidence if one.kind == "date" and "~" not in one.value]
        date = max(dates, key=lambda value: (edtf.precision(value) == "day", len(value)), default="")
        called = label(cluster, self.known.features, self.documents, self.lexicon, date)
        stem = "-".join(word.form for word in words(called.text) if word.form.isascii()) or UNNAMED
        name = f"ev.{stem}"
        for again in range(2, len(self.used) + 3):
            if name not in self.used:
                break
            name = f"ev.{stem}-{again}"
        self.used.add(name)
        return Event(
            name,
            UNNAMED,
            (replace(called, text=called.text or stem),),
            date,
            place=next((one.value for one in evidence if one.kind == "place" and one.value in self.types), ""),
            participants=tuple(
                Participant(one.value)
                for one in evidence
                if one.kind in ("person", "organisation") and one.value in self.types
            ),
            note="found by what the accounts share",
            proposed=True,
        )
