"""Where accounts differ: the same thing said, and another value given for it.

    grp.elections-2005   date of the event    en: January 30, 2005   ·   hr: 31. siječnja 2005.     one day apart
    grp.us-deaths        number of soldiers   ar1: 4487              ·   hr: 4.484                  0.07 %

Every date, time, figure and name of an account is read with what stands around it (`hexapla.align.frame`), and looked
for in each other account where the same is said: of all comparable values there, each must be the other's best. They
differ where no true value can stand behind both (`hexapla.align.differ.agree`), and where neither account gives the
other's value in a like place. What is said of different scopes ("in Baghdad", "until 2010") may look like a difference:
`score` says how sure it is, `note` what may explain it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hexapla.align.account import read
from hexapla.align.anchor import Anchors
from hexapla.align.differ import CLOSE, agree, beside, close, comparable, reach, scoped, size, sure
from hexapla.align.frame import Frame, Likeness, frames
from hexapla.align.group import Claim, Disagreement, Group
from hexapla.align.score import Features
from hexapla.align.slot import note, slot
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import Lexicon

SETTLED = 0.5
"""An account that gives a fitting value in a place this much as alike as the best one does not differ."""

RIVAL = 0.75
"""A pair this much as alike as the best of its frames may be the pair that is meant."""

NAMING = "naming"
"""The type of the events that are the giving of a name."""

NEAR = 16
"""Words between a name and the naming that it may belong to."""

ORDINALS = frozenset({"first.adj", "second.adj", "third.adj", "fourth.adj", "fifth.adj", "sixth.adj"})
"""Concepts of the places in a row."""

NAMED = 0.7
"""How sure a difference of names is at best."""

LEAST = SETTLED * RIVAL
"""A frame less alike than this much of the best of its document neither differs nor settles anything."""

THRESHOLD = 0.45
"""A difference less sure than this is dropped."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two frames, by number, that say the same thing with values that do not fit."""

    left: int
    right: int
    score: float
    group: str


def disagreements(
    groups: Sequence[Group],
    documents: Sequence[Document],
    authority: Authority,
    anchors: Anchors,
    lexicon: Lexicon | None = None,
    features: Features | None = None,
) -> tuple[tuple[Disagreement, ...], int]:
    """Return the differences between the accounts of each group, the surest first, and how many were too unsure.

    *features* are those of *documents*, where they were read already.
    """
    if not groups:
        return (), 0
    known = lexicon or Lexicon.of(())
    features = features or read(documents, known)
    held = _beaded(frames(documents, authority, features, known), groups)
    table = Table(held, Likeness(held, features, reach), groups)
    found = [_disagreement(claims, table, authority, anchors) for claims in table.gathered()]
    found += [one for group in groups for one in _naming(group, documents, authority, anchors, known)]
    kept = [one for one in found if one.score >= THRESHOLD]
    return _numbered(sorted(kept, key=lambda d: (-d.score, d.id))), len(found) - len(kept)


def _beaded(held: Sequence[Frame], groups: Sequence[Group]) -> list[Frame]:
    """Return the frames *held*; those in what translations have at one place stand beside one telling of it."""
    beads = {
        segment: {group.id: group.score}
        for group in groups
        if not group.about
        for member in group.members
        for segment in member.segments
    }
    return [replace(frame, told=frame.told | beads.get(frame.segment, {})) for frame in held]


class Table:
    """All frames beside one another: which are comparable, how alike they are, and which differ."""

    def __init__(self, held: Sequence[Frame], likeness: Likeness, groups: Sequence[Group]) -> None:
        """Compare the frames *held* of documents that *groups* align."""
        self.held = held
        self.groups = {group.id: group for group in groups}
        self._of: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            for member in group.members:
                for segment in member.segments:
                    self._of[segment].append(group)
        self._given: dict[str, set[str]] = defaultdict(set)
        for frame in held:
            if frame.kind == "date":
                self._given[frame.document].add(frame.mention.value)
        self.alike: list[dict[int, float]] = []
        self._best: list[dict[str, tuple[float, int]]] = []
        for number, frame in enumerate(held):
            alike = {
                other: mass + close(frame, held[other]) + likeness.unit(frame, held[other])
                for other, mass in likeness.alike(number, comparable).items()
            }
            self._best.append(self._bests(alike))
            self.alike.append({other: mass for other, mass in alike.items() if self._counts(number, other, mass)})

    def _bests(self, alike: Mapping[int, float]) -> dict[str, tuple[float, int]]:
        """The frame of each other document that is most alike."""
        best: dict[str, tuple[float, int]] = {}
        for other, mass in alike.items():
            document = self.held[other].document
            best[document] = max(best.get(document, (0.0, -1)), (mass, -other))
        return {document: (mass, -other) for document, (mass, other) in best.items()}

    def _counts(self, number: int, other: int, mass: float) -> bool:
        """Say whether a frame that is so much alike may be asked for: others of many accounts would fill the memory."""
        return mass >= LEAST * self._top(number, other) or beside(self.held[number], self.held[other])

    def together(self, left: int, right: int) -> Group | None:
        """Return the surest group that holds the sentences of two frames, one beside whose telling both stand first."""
        one, other = self.held[left], self.held[right]
        both = self._holding(left, right)
        told = one.told.keys() & other.told.keys()
        near = {event: one.told[event] * other.told[event] for event in told}
        return max(both, key=lambda group: (near.get(group.about, 0.0), group.score, group.id), default=None)

    def _holding(self, left: int, right: int) -> list[Group]:
        """The groups that hold the sentences of two frames."""
        theirs = self._of[self.held[right].segment]
        return [group for group in self._of[self.held[left].segment] if group in theirs]

    def differences(self, *, apart: bool = False) -> list[Difference]:
        """Return the pairs of frames that differ, the surest first; a frame is in one pair for each other account.

        With *apart*, also where no group holds both.
        """
        found = []
        pairs = [
            (mass, left, right)
            for left, met in enumerate(self.alike)
            for right, mass in met.items()
            if left < right and mass >= RIVAL * max(self._top(left, right), self._top(right, left))
        ]
        taken: set[tuple[int, str]] = set()
        for mass, left, right in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            frame, other = self.held[left], self.held[right]
            if (left, other.document) in taken or (right, frame.document) in taken:
                continue
            if agree(frame, other) or sure(frame, other, mass) >= THRESHOLD:
                taken |= {(left, other.document), (right, frame.document)}
            if agree(frame, other) or self._both(frame, other):
                continue
            told = beside(frame, other)
            if self._settled(left, other.document, mass, told) or self._settled(right, frame.document, mass, told):
                continue
            group = self.together(left, right)
            if group is not None or apart:
                found.append(Difference(left, right, sure(frame, other, mass), group.id if group else ""))
        return sorted(found, key=lambda one: (-one.score, one.left, one.right))

    def _both(self, left: Frame, right: Frame) -> bool:
        """Say whether some account gives the dates of both: then they are those of two things."""
        if {edtf.precision(left.mention.value), edtf.precision(right.mention.value)} != {"day"}:
            return False
        dates = {left.mention.value, right.mention.value}
        return any(dates <= given for given in self._given.values())

    def bests(self, number: int, without: Collection[str]) -> list[int]:
        """Return the frames that are most alike to the frame *number*, one of each document but those *without*."""
        return [other for document, (_, other) in self._best[number].items() if document not in without]

    def _top(self, number: int, other: int) -> float:
        """How alike the best frame of the document of *other* is to the frame *number*."""
        return self._best[number].get(self.held[other].document, (0.0, -1))[0]

    def _settled(self, number: int, document: str, mass: float, told: bool) -> bool:
        """Say whether *document* gives, in another place that is alike, too, a value that fits."""
        frame = self.held[number]
        if (
            frame.kind == "date"
            and not told
            and any(edtf.overlaps(frame.mention.value, one) for one in self._given[document])
        ):
            return True
        return any(
            there >= max(SETTLED * mass, RIVAL * self._top(other, number)) and agree(frame, self.held[other])
            for other, there in self.alike[number].items()
            if self.held[other].document == document
        )

    def gathered(self) -> list[tuple[Difference, list[int]]]:
        """Return each difference with the frames of all accounts that say the same thing, one an account."""
        found: list[tuple[Difference, list[int]]] = []
        used: set[int] = set()
        for one in self.differences():
            if one.left in used or one.right in used:
                continue
            first = [one.left, one.right]
            holding = [group.id for group in self._holding(one.left, one.right)]
            group = max(holding, key=lambda name: (len(self._joining(first, name)), name == one.group, name))
            claims = [*first, *self._joining(first, group)]
            claims += self._again(claims, group)
            used.update(claims)
            found.append((replace(one, group=group), claims))
        return found

    def _joining(self, claims: Sequence[int], group: str) -> list[int]:
        """The frames of further documents that are each the best of one of *claims*, and it theirs."""
        joining: dict[str, tuple[float, int]] = {}
        for number in claims:
            for document, (mass, other) in self._best[number].items():
                mutual = self._best[other].get(self.held[number].document, (0.0, -1))[1] == number
                if mutual and self._within(other, group):
                    joining[document] = max(joining.get(document, (0.0, -1)), (mass, other))
        joined: list[int] = []
        for mass, other in sorted(joining.values(), key=lambda one: (-one[0], one[1])):
            taken = {self.held[number].document for number in (*claims, *joined)}
            if self.held[other].document not in taken and self._suits(other, (*claims, *joined), mass):
                joined.append(other)
        return joined

    def _suits(self, number: int, claims: Sequence[int], mass: float) -> bool:
        """Say whether a frame may be a claim beside *claims*: it fits one, or surely differs."""
        mine = self.held[number]
        theirs = [self.held[claim] for claim in claims]
        if not all(comparable(mine, other) for other in theirs):
            return False
        return any(agree(mine, other) or sure(mine, other, mass) >= THRESHOLD for other in theirs)

    def _within(self, number: int, group: str) -> bool:
        return any(one.id == group for one in self._of[self.held[number].segment])

    def _again(self, claims: Sequence[int], group: str) -> list[int]:
        """What accounts give a second time, otherwise, in another sentence that is nearly as alike: one a claim."""
        again: list[int] = []
        for number in claims:
            for other, mass in sorted(self.alike[number].items(), key=lambda item: (-item[1], item[0])):
                mine = [claim for claim in claims if self.held[claim].document == self.held[other].document]
                elsewhere = all(self.held[claim].segment != self.held[other].segment for claim in mine)
                differs = not any(agree(self.held[other], self.held[claim]) for claim in (number, *mine))
                one, two = self.held[number], self.held[other]
                like = beside(one, two) and close(one, two) == CLOSE
                counted = one.kind == "figure"
                near = counted and (like or mass >= RIVAL * self._top(number, other)) and self._within(other, group)
                if mine and elsewhere and differs and near and other not in (*claims, *again):
                    again.append(other)
                    break
        return again


def _disagreement(
    found: tuple[Difference, list[int]], table: Table, authority: Authority, anchors: Anchors
) -> Disagreement:
    difference, numbers = found
    order = {document: place for place, document in enumerate(anchors.documents)}
    claims = sorted((table.held[number] for number in numbers), key=lambda frame: order[frame.document])
    differing = [(one, other) for one, other in combinations(claims, 2) if not agree(one, other)]
    first = table.held[difference.left], table.held[difference.right]
    explained = min((scoped(one, other) for one, other in differing), default=1.0) / scoped(*first)
    sizes = [far for one, other in differing if (far := size(one, other)) is not None]
    kind, what = slot(claims, authority)
    return Disagreement(
        id=f"dis.{difference.group.removeprefix('grp.')}.{_key(what)}",
        group=difference.group,
        kind=kind,
        slot=what,
        claims=tuple(_claim(frame, anchors) for frame in claims),
        size=round(max(sizes), 4) if sizes else None,
        score=round(min(1.0, difference.score * min(1.0, explained)), 3),
        note=note(claims),
    )


def _claim(frame: Frame, anchors: Anchors) -> Claim:
    span = anchors.span(replace(frame.mention, end=frame.end))
    if frame.time is not None:
        return Claim(span, frame.time.written(), frame.time.zone, frame.mention.modifier)
    if frame.name is not None:
        return Claim(span, frame.mention.ref or span.text)
    if frame.value is not None and frame.end != frame.mention.end:  # a duration in several units
        return Claim(span, f"{frame.value.low.normalize():f}", "second", frame.value.modifier)
    return Claim(span, frame.mention.value, frame.mention.unit, frame.mention.modifier)


def _key(name: str) -> str:
    return "-".join(word.form for word in words(name) if word.form not in ("of", "the", "event", "in"))


def _numbered(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """Give each its own id, where one group has several about one slot."""
    seen: dict[str, int] = {}
    named = []
    for one in found:
        seen[one.id] = seen.get(one.id, 0) + 1
        named.append(replace(one, id=f"{one.id}-{seen[one.id]}") if seen[one.id] > 1 else one)
    return tuple(named)


def _naming(
    group: Group, documents: Sequence[Document], authority: Authority, anchors: Anchors, lexicon: Lexicon
) -> Iterable[Disagreement]:
    """The names that accounts give what *group* tells the naming of, where they have none in common.

    Also those that count otherwise, although they are names of one thing: the Second, the Third Gulf War.
    """
    event = authority.get(group.about)
    if not isinstance(event, Event) or event.type != NAMING:
        return
    by_id = {document.id: document for document in documents}
    sides = {member.document: _names(by_id[member.document], event) for member in group.members}
    named = {document: names for document, names in sides.items() if names}
    counted = {
        document: [mention for mention in names if _ordinals(by_id[document], mention, lexicon)]
        for document, names in named.items()
    }
    counted = {document: names for document, names in counted.items() if names}
    refs = [{mention.ref for mention in names} for names in named.values()]
    places = [
        {order for mention in names for order in _ordinals(by_id[document], mention, lexicon)}
        for document, names in counted.items()
    ]
    one_thing = not _disjoint(refs)
    if one_thing:
        named = counted if _disjoint(places) else {}
    if named:
        mentions = [names[0] for names in named.values()]
        score = round(NAMED * group.score * min(mention.score for mention in mentions), 3)
        spans = [anchors.span(mention) for mention in mentions]
        claims = tuple(Claim(span, span.text if one_thing else m.ref) for span, m in zip(spans, mentions, strict=True))
        name = f"dis.{group.id.removeprefix('grp.')}.name"
        yield Disagreement(name, group.id, "name", "name of the event", claims, None, score)


def _disjoint(sets: Sequence[set[str]]) -> bool:
    """Say whether there are several sets of which no two share anything."""
    return len(sets) > 1 and all(one.isdisjoint(other) for one, other in combinations(sets, 2))


def _ordinals(document: Document, mention: Mention, lexicon: Lexicon) -> set[str]:
    """The places in a row that a name of several words gives what it names: second, third."""
    language = document.language.split("-")[0]
    line = words(document.text, mention.start, mention.end)
    meanings = {meaning.concept for word in line for meaning in lexicon.meanings(word.form, language)}
    return meanings & ORDINALS if len(line) > 1 else set()


def _names(document: Document, event: Event) -> list[Mention]:
    tellings = [m for m in document.mentions if m.ref == event.id and m.subtype == "assertion"]
    return [
        mention
        for mention in document.mentions
        if mention.kind == "thing"
        and any(telling.segment == mention.segment and _gap(document, telling, mention) <= NEAR for telling in tellings)
    ]


def _gap(document: Document, telling: Mention, mention: Mention) -> int:
    if mention.end <= telling.start:
        return len(words(document.text, mention.end, telling.start))
    return len(words(document.text, telling.end, mention.start)) if mention.start >= telling.end else 0
