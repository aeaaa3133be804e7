"""Where accounts in one group differ: the same slot, other values.

    grp.elections-2005   date of the event    en: January 30, 2005   ·   hr: 31. siječnja 2005.     one day apart
    grp.us-deaths        soldiers             ar1: 4487              ·   hr: 4.484                  0.07 %

Of each account the dates and places beside its telling of the happening are collected, and the figure nearest to it.
Accounts differ in a slot where no value of the one fits a value of the other; rounding, "about" and "more than" fit
what
they allow, a month fits its days. What two accounts say of different scopes ("in Baghdad", "until 2010") may look
like a
difference: `score` says how sure it is, `note` what may explain it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations

from hexapla.align.anchor import Anchors
from hexapla.align.group import Claim, Disagreement, DisagreementKind, Group
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Document, Event, Mention
from hexapla.corpus.fold import words

NEAR = 16
"""Words between a value and the telling that it may belong to."""

FAR_DAYS = 45
"""Dates farther than this from the event's belong to something else."""

FAR_EXCESS = 0.5
"""Figures of which one is larger than the other by more than this part count different things."""

EXACT_DATES = ("day", "month")

NAMING = "naming"
"""The type of the events that are the giving of a name."""

NEAREST: Mapping[str, int] = {"quantity": NEAR, "place": 5}
"""Kinds of which only the nearest to a telling belongs to it, and within how many words."""

BRIEF_DAYS = 31
"""An event that took longer has no one date that accounts could give differently."""

COUNTS = ("count", "number")
"""Subtypes of quantities that count something, said or not."""

VAGUE = ("", "person", "member", "dead")
"""What is counted where people are, without saying which."""

THRESHOLD = 0.45
"""A difference less sure than this is dropped."""

CERTAIN: Mapping[DisagreementKind, float] = {"date": 0.9, "figure": 0.8, "place": 0.4, "name": 0.7}
"""How sure a difference of this kind is at best, before the tellings' own scores."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that accounts may give a value for."""

    kind: DisagreementKind
    name: str
    comparable: Callable[[Mention, Mention], bool]
    fits: Callable[[Mention, Mention], bool]
    distance: Callable[[Mention, Mention], float | None]


class Atlas:
    """Which place lies in which, as the authority says."""

    def __init__(self, authority: Authority) -> None:
        """Take the places of *authority*."""
        self._within = {entity.id: entity.of for entity in authority.entities if entity.type == "place" and entity.of}

    def siblings(self, left: Mention, right: Mention) -> bool:
        """Say whether two mentions name places of one kind: the same one, or two that lie directly in a third."""
        return left.ref == right.ref or "" != self._within.get(left.ref, "") == self._within.get(right.ref)


def disagreements(
    groups: Sequence[Group], documents: Sequence[Document], authority: Authority, anchors: Anchors
) -> tuple[tuple[Disagreement, ...], int]:
    """Return the differences between the accounts of each group, the surest first, and how many were too unsure."""
    by_id = {document.id: document for document in documents}
    atlas = Atlas(authority)
    found = [
        difference
        for group in groups
        if isinstance(event := authority.get(group.about), Event)
        for difference in _group(group, event, by_id, anchors, atlas)
    ]
    kept = [difference for difference in found if difference.score >= THRESHOLD]
    return tuple(sorted(kept, key=lambda d: (-d.score, d.id))), len(found) - len(kept)


def _group(
    group: Group, event: Event, documents: Mapping[str, Document], anchors: Anchors, atlas: Atlas
) -> list[Disagreement]:
    beside = {member.document: _beside(documents[member.document], event) for member in group.members}
    slots: dict[str, tuple[Slot, dict[str, list[Mention]]]] = {}
    for document, mentions in beside.items():
        for mention in mentions:
            slot = _slot(mention, event, atlas)
            if slot:
                slots.setdefault(slot.name, (slot, {}))[1].setdefault(document, []).append(mention)
    found = []
    for slot, sides in slots.values():
        claims = _claims(slot, sides)
        if claims:
            found.append(_disagreement(group, slot, claims, anchors))
    return found


def _beside(document: Document, event: Event) -> list[Mention]:
    """What may belong to the tellings of *event* in *document*, the nearest first; of some kinds only the nearest."""
    near: dict[str, tuple[int, Mention]] = {}
    for telling in document.mentions:
        if telling.kind != "event" or telling.ref != event.id or telling.subtype != "assertion":
            continue
        there = [m for m in document.mentions if m.segment == telling.segment and m.kind != "event"]
        gaps = [(gap, m) for m in there if (gap := _gap(document, telling, m)) <= NEAR]
        closest = {kind: min((gap for gap, m in gaps if m.kind == kind), default=0) for kind in NEAREST}
        for gap, mention in gaps:
            if gap == closest.get(mention.kind, gap) and gap <= NEAREST.get(mention.kind, NEAR):
                near[mention.id] = min(near.get(mention.id, (gap, mention)), (gap, mention), key=lambda item: item[0])
    return [mention for _, mention in sorted(near.values(), key=lambda item: (item[0], item[1].start))]


def _gap(document: Document, telling: Mention, mention: Mention) -> int:
    if mention.end <= telling.start:
        return len(words(document.text, mention.end, telling.start))
    if mention.start >= telling.end:
        return len(words(document.text, telling.end, mention.start))
    return 0


def _slot(mention: Mention, event: Event, atlas: Atlas) -> Slot | None:
    """The slot of *event* that *mention* may fill."""
    if mention.kind == "date" and _dated(mention, event):
        return Slot("date", "date of the event", _always, _same_date, _days)
    if mention.kind == "quantity" and _number(mention.value) is not None:
        counted = "figure" if mention.subtype in COUNTS else f"{mention.subtype} in {mention.unit}"
        return Slot("figure", counted, _same_unit, _same_figure, _excess)
    if mention.kind == "place" and event.place and mention.ref:
        return Slot("place", "place of the event", atlas.siblings, _same_ref, _unmeasured)
    if mention.kind == "thing" and event.type == NAMING:
        return Slot("name", "name of the event", _always, _same_ref, _unmeasured)
    return None


def _dated(mention: Mention, event: Event) -> bool:
    """Say whether *mention* may be the date of *event*: a day or month near to that of a brief event."""
    span = edtf.bounds(event.date) if event.date else None
    if not span or event.type == NAMING or edtf.precision(mention.value) not in EXACT_DATES:
        return False
    length = edtf.days_between(*span)
    distance = edtf.days_between(mention.value, event.date)
    return length is not None and abs(length) <= BRIEF_DAYS and distance is not None and abs(distance) <= FAR_DAYS


def _claims(slot: Slot, sides: Mapping[str, Sequence[Mention]]) -> list[Mention]:
    """One claim of each document that differs from another; empty where all fit."""
    differing: dict[str, Mention] = {}
    for left, right in combinations(sides, 2):
        rivals = [(a, b) for a in sides[left] for b in sides[right] if slot.comparable(a, b)]
        if not rivals or any(slot.fits(a, b) for a, b in rivals):
            continue
        closest = min(rivals, key=lambda pair: slot.distance(*pair) or 0.0)
        if slot.kind == "figure" and (slot.distance(*closest) or 0) > FAR_EXCESS:
            continue
        differing.setdefault(left, closest[0])
        differing.setdefault(right, closest[1])
    return [differing[document] for document in sides if document in differing]


def _disagreement(group: Group, slot: Slot, mentions: Sequence[Mention], anchors: Anchors) -> Disagreement:
    sizes = [slot.distance(a, b) for a, b in combinations(mentions, 2)]
    known = [size for size in sizes if size is not None]
    sure = CERTAIN[slot.kind] * group.score * min(mention.score for mention in mentions)
    return Disagreement(
        id=f"dis.{group.id.removeprefix('grp.')}.{_key(slot.name)}",
        group=group.id,
        kind=slot.kind,
        slot=slot.name,
        claims=tuple(Claim(anchors.span(m), m.value or m.ref, m.unit, m.modifier) for m in mentions),
        size=round(max(known), 4) if known else None,
        score=round(sure, 3),
        note=_note(mentions),
    )


def _key(name: str) -> str:
    return "-".join(word.form for word in words(name) if word.form not in ("of", "the", "event"))


def _note(mentions: Sequence[Mention]) -> str:
    if any(mention.modifier for mention in mentions):
        return "one account gives an approximation or a bound"
    if any(mention.kind == "date" and mention.literal for mention in mentions):
        return "a date is completed from its context"
    return ""


def _always(_left: Mention, _right: Mention) -> bool:
    return True


def _same_unit(left: Mention, right: Mention) -> bool:
    return left.unit == right.unit or left.unit in VAGUE or right.unit in VAGUE


def _same_date(left: Mention, right: Mention) -> bool:
    return edtf.overlaps(left.value, right.value)


def _days(left: Mention, right: Mention) -> float | None:
    distance = edtf.days_between(left.value, right.value)
    return None if distance is None else float(abs(distance))


def _same_ref(left: Mention, right: Mention) -> bool:
    return left.ref == right.ref


def _unmeasured(_left: Mention, _right: Mention) -> float | None:
    return None


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _excess(left: Mention, right: Mention) -> float | None:
    """The larger over the smaller, minus 1."""
    a, b = _number(left.value), _number(right.value)
    if a is None or b is None or min(a, b) <= 0:
        return None
    return float(max(a, b) / min(a, b) - 1)


def _same_figure(left: Mention, right: Mention) -> bool:
    a, b = _number(left.value), _number(right.value)
    if a is None or b is None:
        return True
    return a == b or _allows(left.modifier, a, b) or _allows(right.modifier, b, a) or rounded(a, b) or rounded(b, a)


def _allows(modifier: str, bound: Decimal, value: Decimal) -> bool:
    """Say whether "*modifier* *bound*" holds of *value*."""
    if modifier in ("more-than", "at-least"):
        return value >= bound
    if modifier in ("less-than", "at-most"):
        return value <= bound
    return modifier == "about" and abs(value - bound) <= bound / 10


def rounded(coarse: Decimal, exact: Decimal) -> bool:
    """Say whether *coarse* is *exact*, rounded to fewer digits.

    >>> rounded(Decimal(4500), Decimal(4487)), rounded(Decimal(4484), Decimal(4487))
    (True, False)
    """
    exponent = int(coarse.normalize().as_tuple().exponent)
    step = Decimal(1).scaleb(exponent)
    return exponent > int(exact.normalize().as_tuple().exponent) and abs(coarse - exact) <= step / 2
