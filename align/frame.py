"""What a value stands in: the words, names and happenings around it, and whose it is.

    "(4,484 American soldiers, 179 British, 33 Italian)"   179  ─▶  British 1.0 · soldier 0.4 · American 0.3 …
     ──────────────────────   ───────────

Each thing in the sentence counts by its rarity and by how near it stands; every comma between takes half of it away.
The sentence before lends a little. Two frames are alike by the weight of the things that meet in both (`alike`), so a
value is never compared with its neighbour in the text but with the one that is said of the same thing elsewhere.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple

from hexapla.align.label import closed
from hexapla.align.named import Named, Names
from hexapla.align.score import BACKGROUND, CONCEPT, Feature, Features
from hexapla.align.value import Value, added, value
from hexapla.corpus import edtf
from hexapla.corpus.clock import Time, times
from hexapla.corpus.document import Authority, Document, Event, Mention, Segment
from hexapla.corpus.fold import WORD, bare, fold, words
from hexapla.corpus.language import table
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.people import peoples
from hexapla.corpus.place import located
from hexapla.corpus.scope import CUTOFF, INCLUSIVE, SOURCE, TOTAL, Saying, said

REACH = 8.0
"""Words after which something counts half."""

BREAK = 0.5
"""What a sign that ends a clause leaves of it."""

BREAKS = frozenset(",;:()–—،؛")

BEFORE = 0.25
"""What the things of the sentence before count."""

OWNING = 4
"""Words between a figure and the name that says whose it is."""

COMMON = 0.3
"""Who is named in a larger part of the sentences owns nothing by being near."""

LEAST = 0.9
"""Things less rare than this are not looked at."""

BRIEF_DAYS = 31
"""An event that took longer has no one date that accounts could give differently."""

DIFFERENCES = "differences"
"""The method of tellings that were proposed for what differs: they do not speak for it again."""

FOUND = ("anchors", DIFFERENCES)
"""Methods of tellings that reach over all that is shared, far from the words that tell."""

MANY = 200
"""What stands in more frames than this adds to the likeness of two, but is not looked for."""

PERHAPS, SURELY = 1, 2
"""Whether a frame may be compared with another that it reaches: not asked yet, and yes."""

UNIT = 0.7
"""How much a unit counts beside a name."""

OWNED = 2.0
"""What it adds to the likeness of two figures that they are of one owner."""

AROUND = 40
"""Characters before and after a figure in which a word for a people stands that says whose it is."""

TERRITORY = "territory."
"""What an owner begins with that no list of names has: a country by its code."""

NOUN = 32
"""Characters behind a count in which the word stands for what is counted."""

FATES: Mapping[str, tuple[str, ...]] = {
    "dead": ("die.verb", "dead.adj", "death.noun", "kill.verb", "murder.verb", "fatality.noun"),
    "wounded": ("wound.verb", "wound.noun", "wounded.adj", "injure.verb", "injured.adj", "injury.noun"),
    "displaced": ("displaced.adj", "displacement.noun"),
    "refugee": ("refugee.noun",),
    "prisoner": ("prisoner.noun",),
}
"""What people are counted as having become, and the concepts that say so: who is one is not counted as another."""

LIVING = frozenset({"soldier", "civilian", "person", "member", "worker", "passenger", "police", "fighter", "child"})
"""Those who may become something."""

SAID = 0.3
"""How near a word stands to a figure that says what the counted became: "of killed soldiers, 4,744"."""

LOST = (f"{CONCEPT}lose.verb", f"{CONCEPT}loss.noun")
"""What says of people that they died, and of nothing else: to lose 4,487 soldiers, 20 seats."""

FATE_OF: Mapping[str, str] = {f"{CONCEPT}{concept}": fate for fate, concepts in FATES.items() for concept in concepts}

SCOPES = (CUTOFF, TOTAL, INCLUSIVE)

DATED = ("day", "month")

OWNERS = ("people", "place", "organisation")


@dataclass(frozen=True, slots=True)
class Frame:
    """A value of an account with what stands around it."""

    document: str
    segment: str
    mention: Mention  # of a compound duration its first part
    end: int
    kind: str  # date | time | figure | place | name
    value: Value | None  # of a figure
    owners: frozenset[str]
    around: Mapping[int, float]  # type of a feature -> how near, 0..1
    told: dict[str, float] = field(default_factory=dict)  # event -> how near its telling is, 0..1
    dated: str = ""  # the date that stands nearest to a figure in its sentence: up to when it may be counted
    fate: str = ""  # what the people that a figure counts became: dead, wounded, displaced ...
    listed: frozenset[str] = frozenset()  # those of them that were known before, and stand where their words are
    scope: frozenset[str] = frozenset()  # what is said of the scope of a figure (`hexapla.corpus.scope`)
    source: str = ""  # who is named as the source of a figure
    time: Time | None = None
    name: Named | None = None
    names: Names | None = field(default=None, repr=False, compare=False)  # what is known of all names


def frames(
    documents: Sequence[Document], authority: Authority, features: Features, lexicon: Lexicon, *, named: bool = True
) -> list[Frame]:
    """Return the dates, times and figures of *documents*, each with what stands around it, in text order.

    With *named* also the names that may stand in a slot.
    """
    reader = _Reader(authority, features, lexicon, Names(documents, authority, features, lexicon) if named else None)
    return [frame for document in documents for frame in reader.read(document)]


class _Reader:
    def __init__(self, authority: Authority, features: Features, lexicon: Lexicon, names: Names | None) -> None:
        self.features = features
        self.names = names
        self.telling = [
            features.weight[kind] >= LEAST and not closed(label, lexicon) for kind, label in enumerate(features.label)
        ]
        self.numbers = {name: number for number, name in enumerate(features.segments)}
        self.homes = {entity.id: entity.of or entity.id for entity in authority.entities}
        self.countries = {
            spot.country: self.homes[entity.id]
            for entity in authority.entities
            if entity.type == "place"
            for name in entity.names
            if (spot := located(name.text, name.language.split("-")[0])) and spot.level == "country"
        }
        self.long = {event.id for event in authority.events if _long(event)}
        limit = COMMON * len(features.segments)
        self.common = {
            features.label[kind][1] for kind, places in enumerate(features.places) if len(places) > max(limit, 3)
        }

    def read(self, document: Document) -> Iterator[Frame]:
        held: dict[str, list[Mention]] = defaultdict(list)
        for mention in document.mentions:
            held[mention.segment].append(mention)
        before: str | None = None
        paragraph = -1
        told: dict[str, list[Time]] = defaultdict(list)
        for time in times(document):
            told[time.segment].append(time)
        for segment in document.segments:
            if segment.kind == "x":
                continue
            near = before if segment.paragraph == paragraph else None
            clocks = told.get(segment.id, ())
            yield from self._frames(document, held[segment.id], segment, near, clocks)
            for time in clocks:
                mention = Mention("", segment.id, "date", time.start, time.end, "time", time.written())
                base = self._frame(document, held[segment.id], mention, time.end, near, None, frozenset())
                yield replace(base, kind="time", time=time)
            for mention, name in self.names.of(segment.id) if self.names else ():
                base = self._frame(document, held[segment.id], mention, mention.end, near, None, frozenset())
                yield replace(base, kind="place" if name.spot else "name", name=name, names=self.names)
            before, paragraph = segment.id, segment.paragraph

    def _frames(
        self,
        document: Document,
        mentions: Sequence[Mention],
        segment: Segment,
        before: str | None,
        clocks: Sequence[Time],
    ) -> Iterator[Frame]:
        joined = _joined(document, [m for m in mentions if m.kind == "quantity"])
        fates: list[tuple[int, str]] = []  # ends of figures, and what became of those that they count
        told = _said(document, segment)
        for mention, end, amount in joined:
            timed = any(time.start < end and mention.start < time.end for time in clocks)
            if amount is not None and mention.score >= 0.6 and not timed:
                owners = self._owners(document, mention, end, mentions)
                frame = self._frame(document, mentions, mention, end, before, amount, owners)
                scope, source = _scope(document, told, mention, end, mentions)
                fate = self._fate(document, amount, frame, told) or _inherited(document, segment, mention, fates)
                fates.append((end, fate))
                yield replace(frame, scope=scope, source=source, fate=fate)
        for mention in mentions:
            if mention.kind == "date" and edtf.precision(mention.value) in DATED:
                yield self._frame(document, mentions, mention, mention.end, before, None, frozenset())

    def _frame(
        self,
        document: Document,
        mentions: Sequence[Mention],
        mention: Mention,
        end: int,
        before: str | None,
        amount: Value | None,
        owners: frozenset[str],
    ) -> Frame:
        around: dict[int, float] = {}
        noun = _noun(document, mention, end)
        for feature in self.features.held[self.numbers[mention.segment]]:
            if feature.end > mention.start and feature.start < noun:
                continue
            if self.telling[feature.type]:
                near = nearness(document.text, mention.start, end, feature.start, feature.end)
                around[feature.type] = max(near, around.get(feature.type, 0.0))
        for feature in self.features.held[self.numbers[before]] if before else ():
            if self.telling[feature.type]:
                around[feature.type] = max(BEFORE, around.get(feature.type, 0.0))
        telling = [m for m in mentions if m.kind == "event" and m.subtype == "assertion" and m.method != DIFFERENCES]
        brief = [m for m in telling if amount is not None or m.ref not in self.long]
        told = _told(document, mention.start, end, brief)
        known = frozenset(m.ref for m in mentions if m.kind == "event" and m.method not in FOUND)
        kind = "date" if amount is None else "figure"
        dated = _dated(document, mention.start, end, mentions) if amount is not None else ""
        known &= told.keys()
        return Frame(
            document.id, mention.segment, mention, end, kind, amount, owners, around, told, dated, listed=known
        )

    def _fate(self, document: Document, amount: Value, frame: Frame, told: Sequence[Saying]) -> str:
        """What the counted became: by what is counted, else by the nearest words that say so."""
        if amount.dimension in FATES:
            return amount.dimension
        start, end = frame.mention.start, frame.end
        losses = dict.fromkeys(LOST if amount.dimension in LIVING else (), "dead")
        fate_of = {**FATE_OF, **losses}
        words_near = [
            (nearness(document.text, start, end, feature.start, feature.end), fate_of[key])
            for feature in self.features.held[self.numbers[frame.segment]]
            for key in self.features.keys[feature.type]
            if key in fate_of and not _joining(document, feature)
        ]
        phrases = [(nearness(document.text, start, end, low, high), what) for what, low, high in told if what in FATES]
        near = max([*phrases, *words_near], default=(0.0, ""))
        return near[1] if near[0] >= SAID else ""

    def _owners(self, document: Document, mention: Mention, end: int, mentions: Sequence[Mention]) -> frozenset[str]:
        """Whose a figure is: who is named right behind it, else right before it, with no other figure between."""
        figures = [m for m in mentions if m.kind == "quantity" and m.id != mention.id]
        found: list[tuple[int, int, str]] = []
        named = [m for m in mentions if m.kind in OWNERS and m.ref in self.homes and m.ref not in self.common]
        for name in (*named, *self._peoples(document, mention, end, named)):
            behind = name.start >= end
            low, high = (end, name.start) if behind else (name.end, mention.start)
            gap = _gap(document.text, low, high)
            if gap > OWNING:
                continue
            free = not any(low <= figure.start < high for figure in figures)
            free = free and (behind or not _counted(document, name, figures))
            if free and (gap < 2 or not BREAKS.intersection(document.text[low:high])):
                found.append((gap, 0 if behind else 1, self.homes.get(name.ref, name.ref)))
        return frozenset([min(found)[2]] if found else [])

    def _peoples(self, document: Document, mention: Mention, end: int, named: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the words for peoples near a figure that no list of names knows, as names of their countries."""
        low, high = max(0, mention.start - AROUND), min(len(document.text), end + AROUND)
        for code, start, stop in peoples(document.text, low, high, document.language.split("-")[0]):
            ref = self.countries.get(code, f"{TERRITORY}{code}")
            if ref not in self.common and not any(m.start < stop and start < m.end for m in named):
                yield Mention("", mention.segment, "people", start, stop, ref=ref)


def _joining(document: Document, feature: Feature) -> bool:
    """Say whether a word, without what is written onto it, is one that joins others: Arabic "and in" is also "died"."""
    language = document.language.split("-")[0]
    form = fold(document.text[feature.start : feature.end])
    return not _joiners(language).isdisjoint(bare(form, language))


@cache
def _joiners(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in table(language, "words").get("closed", ()))


def _inherited(document: Document, segment: Segment, mention: Mention, fates: Sequence[tuple[int, str]]) -> str:
    """What became of those counted in brackets: the same as of those of the figure before the brackets."""
    before = document.text[segment.start : mention.start]
    opened = segment.start + before.rfind("(")
    if "(" not in before or ")" in document.text[opened : mention.start]:
        return ""
    return next((fate for end, fate in reversed(fates) if end <= opened), "")


def _said(document: Document, segment: Segment) -> list[Saying]:
    """What is said of scopes and fates in *segment*."""
    return list(said(document.text, segment.start, segment.end, document.language.split("-")[0]))


def _scope(
    document: Document, told: Sequence[Saying], mention: Mention, end: int, mentions: Sequence[Mention]
) -> tuple[frozenset[str], str]:
    """What is said of the scope of a figure near it, and who is named as its source in the sentence."""
    near = {
        what
        for what, low, high in told
        if what in SCOPES and nearness(document.text, mention.start, end, low, high) >= SAID
    }
    names = [m for m in mentions if m.kind in ("person", "organisation") and m.ref]
    sources = [
        (-nearness(document.text, low, high, name.start, name.end), name.ref)
        for what, low, high in told
        for name in names
        if what == SOURCE and nearness(document.text, low, high, name.start, name.end) >= SAID
    ]
    return frozenset(near), min(sources)[1] if sources else ""


def _noun(document: Document, mention: Mention, end: int) -> int:
    """Where the counted thing ends that stands right behind a count: it is the figure's unit, not its surroundings."""
    if mention.subtype != "count":
        return end
    behind = words(document.text, end, end + NOUN)
    return behind[0].end if behind and behind[0].end < end + NOUN else end


def _dated(document: Document, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """The date that stands nearest to ``[start, end)``, '' where the sentence has none."""
    dates = [m for m in mentions if m.kind == "date" and edtf.bounds(m.value)]
    nearest = min(dates, key=lambda m: -nearness(document.text, start, end, m.start, m.end), default=None)
    return nearest.value if nearest else ""


def _told(document: Document, start: int, end: int, tellings: Sequence[Mention]) -> dict[str, float]:
    """How near each of *tellings* stands to ``[start, end)``; of those that reach over it the shortest is the one."""
    over = [telling.end - telling.start for telling in tellings if telling.start < end and telling.end > start]
    told: dict[str, float] = {}
    for telling in tellings:
        near = nearness(document.text, start, end, telling.start, telling.end)
        if telling.start < end and telling.end > start:
            near *= min(over) / (telling.end - telling.start)
        if telling.method in FOUND:
            near *= telling.score
        told[telling.ref] = max(near, told.get(telling.ref, 0.0))
    return told


def _long(event: Event) -> bool:
    """Say whether *event* took so long that accounts have no one date of it to give."""
    span = edtf.bounds(event.date) if event.date else None
    days = edtf.days_between(*span) if span else 0
    return days is None or abs(days) > BRIEF_DAYS


def _counted(document: Document, name: Mention, figures: Sequence[Mention]) -> bool:
    """Say whether a figure stands right before *name*, which then says whose that one is: "23 Polish and 85 others"."""
    return any(figure.end <= name.start and _gap(document.text, figure.end, name.start) < 2 for figure in figures)


def _joined(document: Document, figures: Sequence[Mention]) -> list[tuple[Mention, int, Value | None]]:
    """The amounts of a sentence; a duration in several units is one."""
    found: list[tuple[Mention, int, Value | None]] = []
    for mention in sorted(figures, key=lambda one: one.start):
        amount = value(mention)
        if found and amount is not None:
            first, end, begun = found[-1]
            together = added(begun, amount) if begun is not None else None
            if together is not None and _gap(document.text, end, mention.start) <= 1:
                found[-1] = (first, mention.end, together)
                continue
        found.append((mention, mention.end, amount))
    return found


def nearness(text: str, start: int, end: int, low: int, high: int) -> float:
    """Return how near ``[low, high)`` stands to ``[start, end)``: 1 beside it, less by words and ends of clauses.

    >>> nearness("four men, two women", 0, 4, 5, 8), nearness("four men, two women", 0, 4, 14, 19) < 0.5
    (1.0, True)
    """
    first, last = (end, low) if low >= end else (high, start)
    if last <= first:
        return 1.0
    ends = _marks(text).breaks
    breaks = min(2, bisect_left(ends, last) - bisect_left(ends, first))
    return float(BREAK**breaks / (1 + _gap(text, first, last) / REACH))


class _Marks(NamedTuple):
    """Where the words of a text begin and end, and where its clauses may end, in order."""

    begins: Sequence[int]
    ends: Sequence[int]
    breaks: Sequence[int]


@lru_cache(maxsize=8)
def _marks(text: str) -> _Marks:
    """Read *text* once: in a long sentence, each thing asks for the words from each other one to it."""
    spans = [word.span() for word in WORD.finditer(text)]
    breaks = [at for at, sign in enumerate(text) if sign in BREAKS]
    return _Marks(array("q", (begin for begin, _ in spans)), array("q", (end for _, end in spans)), array("q", breaks))


def _gap(text: str, first: int, last: int) -> int:
    """Return how many words ``text[first:last]`` holds; the rest of one that begins before is one, too."""
    if last <= first:
        return 0
    marks = _marks(text)
    at = bisect_left(marks.begins, first)
    return bisect_left(marks.begins, last) - at + (at > 0 and marks.ends[at - 1] > first)


class Reach(NamedTuple):
    """The sort of a frame, and from where to where others of that sort lie that it may be compared with."""

    sort: str
    low: float
    high: float


class Likeness:
    """How alike the frames of different accounts are, by what stands around both."""

    def __init__(self, held: Sequence[Frame], features: Features, reach: Callable[[Frame], Reach]) -> None:
        """Index the frames *held* by what stands around them; only those that *reach* one another are compared."""
        import numpy as np

        self.held = held
        self._features = features
        reaches = [reach(frame) for frame in held]
        self._sort = [one.sort for one in reaches]
        sorts = {name: number for number, name in enumerate(dict.fromkeys(self._sort))}
        documents = {name: number for number, name in enumerate(dict.fromkeys(frame.document for frame in held))}
        self._sorts = np.array([sorts[name] for name in self._sort])
        self._documents = np.array([documents[frame.document] for frame in held])
        self._low, self._high = np.array([one.low for one in reaches]), np.array([one.high for one in reaches])
        self._often: Counter[int] = Counter()  # type -> frames it stands in
        self._index: dict[tuple[str, int], list[int]] = defaultdict(list)  # sort, type -> these
        for number, frame in enumerate(held):
            self._often.update(frame.around.keys())
            for kind in frame.around:
                self._index[self._sort[number], kind].append(number)
        total = len(features.segments) + BACKGROUND + 1
        units: dict[str, set[str]] = defaultdict(set)
        for frame in held:
            if frame.value is not None:
                units[frame.value.dimension].add(frame.segment)
        self._units = {name: math.log(total / (len(places) + 0.5)) for name, places in units.items()}
        self._told: dict[str, list[int]] = defaultdict(list)
        told: dict[str, set[str]] = defaultdict(set)
        for number, frame in enumerate(held):
            for event in frame.told:
                told[event].add(frame.segment)
                self._told[event].append(number)
        self._rarity = {event: math.log(total / (len(places) + 0.5)) for event, places in told.items()}

    def alike(self, number: int, fits: Callable[[Frame, Frame], bool]) -> dict[int, float]:
        """Return the frames of other accounts that *fits* the frame *number* and share something: their likeness."""
        mine = self.held[number]
        fitting = self._reached(number)
        met: dict[int, dict[int, float]] = defaultdict(dict)
        pairs = [(kind, other) for kind in mine.around for other in self._features.meets[kind] if other in self._often]
        for kind, other in sorted(pairs, key=lambda pair: self._often[pair[1]]):
            common = self._often[other] > MANY  # says too little to look for frames by it
            there = self._index.get((self._sort[number], other), ())
            weight = self._mass(kind, other)
            for place in [place for place in met if other in self.held[place].around] if common else there:
                if fitting[place] == PERHAPS:
                    fitting[place] = SURELY if fits(mine, self.held[place]) else 0
                if fitting[place]:
                    mass = weight * math.sqrt(mine.around[kind] * self.held[place].around[other])
                    met[place][other] = max(met[place].get(other, 0.0), mass)
        found = {place: sum(shared.values()) for place, shared in met.items()}
        for place in {place for event in mine.told for place in self._told[event]} - found.keys():
            if fitting[place] == SURELY or (fitting[place] == PERHAPS and fits(mine, self.held[place])):
                found[place] = 0.0
        return {place: mass + self.together(mine, self.held[place]) for place, mass in found.items()}

    def _reached(self, number: int) -> bytearray:
        """Return `PERHAPS` for each frame of another document that the frame *number* reaches, 0 for others."""
        found = (self._sorts == self._sorts[number]) & (self._documents != self._documents[number])
        found &= (self._low <= self._high[number]) & (self._high >= self._low[number])
        return bytearray(found.tobytes())

    def _mass(self, kind: int, other: int) -> float:
        """What it says that two types meet."""
        features = self._features
        return features.meets[kind][other] * min(features.weight[kind], features.weight[other])

    def together(self, left: Frame, right: Frame) -> float:
        """Return what the happenings add that both are told beside."""
        both = left.told.keys() & right.told.keys()
        return max((self._rarity[event] * left.told[event] * right.told[event] for event in both), default=0)

    def unit(self, left: Frame, right: Frame) -> float:
        """Return what it says that two figures have one unit, by how rare it is, and one owner."""
        if left.value is None or right.value is None:
            return 0.0
        owned = OWNED if left.owners & right.owners else 0.0
        if left.value.dimension != right.value.dimension:
            return owned
        return owned + UNIT * self._units.get(left.value.dimension, 0.0) if left.value.dimension else 0.0

    def shared(self, left: Frame, right: Frame) -> list[tuple[float, int, int]]:
        """Return what stands around both: mass, the type in *left*, the type in *right*; the weightiest first."""
        found = []
        for kind, near in left.around.items():
            met = [
                (
                    trust * min(self._features.weight[kind], self._features.weight[other]) * math.sqrt(near * there),
                    other,
                )
                for other, trust in self._features.meets[kind].items()
                if (there := right.around.get(other))
            ]
            if met:
                mass, other = max(met)
                found.append((mass, kind, other))
        return sorted(found, key=lambda row: (-row[0], row[1]))
