"""What stands at the end of all decisions on a work: read in their order, the latest on a thing holds.

    2026-11-30  group       ev.fall  accepted   hr.s39 en.s5        ev.fall, hr.s39   tells it
    2026-12-02  membership  ev.fall  rejected   hr.s39         ─▶   ev.fall, hr.s39   does not
                                                                    ev.fall, en.s5    tells it

Sentences are found in the texts of today first, and events that no authority lists by the sentences they are told in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar, cast

from hexapla.align.group import Group, Relation
from hexapla.corpus.decision import Decision
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.moved import Places

SAME_GROUP = 2
"""Decided sentences by which a found group is known again whose event got another id."""

_NEEDED: Mapping[str, int] = {"group": 1, "membership": 1, "pair": 2, "disagreement": 0}

_Key = TypeVar("_Key")

Two = frozenset[str]
"""Two sentences."""


Values = frozenset[tuple[str, str]]
"""What accounts give for a slot: sentences and values; none stand for whatever they give."""


def about(group: Group) -> str:
    """Return what decisions call the happening of *group*: its event, or its own id where it has none."""
    return group.about or group.id


def _table() -> defaultdict[str, dict[_Key, Decision]]:
    return defaultdict(dict)


@dataclass(slots=True)
class Standing:
    """The last word on each thing, by event ('' for any); sentences and events have the ids of today."""

    places: Places
    told: defaultdict[str, dict[str, Decision]] = field(default_factory=_table)  # a sentence tells the event
    pairs: defaultdict[str, dict[Two, Decision]] = field(default_factory=_table)  # two sentences belong together
    related: defaultdict[str, dict[Two, Decision]] = field(default_factory=_table)  # and their relation
    slots: defaultdict[str, dict[tuple[str, Values], Decision]] = field(default_factory=_table)  # accounts disagree
    whole: dict[str, Decision] = field(default_factory=dict)  # the event's group
    relations: dict[str, Relation] = field(default_factory=dict)  # of the event's group
    labels: dict[str, str] = field(default_factory=dict)  # of events
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # event, sentence -> the words that tell it
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        decisions: Sequence[Decision],
        documents: Sequence[Document],
        authority: Authority,
        groups: Sequence[Group],
    ) -> Standing:
        """Read *decisions* on *groups*, which were found in *documents* by the events of *authority*."""
        made = cls(Places(decisions, documents))
        made.counts.update({f"sentences {how}": n for how, n in made.places.counts().items() if how != "stands"})
        today = _known_again(decisions, made.places, authority, groups)
        for decision in sorted(decisions, key=lambda one: one.order):
            segments = made.places.segments(decision)
            if decision.sentences and len(segments) < _NEEDED[decision.what]:
                made.counts["not applicable: its sentences are gone"] += 1
                continue
            event = today.get(decision.event, decision.event)
            if not event and decision.verdict != "rejected":
                event = _holding(groups, segments) or _named(decision)
            made.take(decision, event, segments)
        return made

    # --- what is asked

    def positive(self, event: str, segment: str) -> bool:
        """Say whether a person said that *segment* tells *event*."""
        last = self.told.get(event, {}).get(segment)
        return last is not None and last.verdict != "rejected"

    def rejected(self, event: str, segment: str) -> bool:
        """Say whether a person said that *segment* does not tell *event*, or that nothing does."""
        last = self.told.get(event, {}).get(segment, self.whole.get(event))
        return last is not None and last.verdict == "rejected"

    def confirmed(self, event: str) -> list[str]:
        """Return the sentences that a person said to tell *event*, in the order of the decisions."""
        return [segment for segment, last in self.told.get(event, {}).items() if last.verdict != "rejected"]

    def events(self) -> list[str]:
        """Return the events that a person said to be told, in the order of the decisions."""
        return [event for event in self.told if self.confirmed(event)]

    def severed(self, event: str, segments: set[str]) -> list[Two]:
        """Return the pairs among *segments* that a person said not to belong together in a group about *event*."""
        said = chain(self.pairs.get("", {}).items(), self.pairs.get(event, {}).items())
        return [pair for pair, last in said if last.verdict == "rejected" and pair <= segments]

    def relation(self, event: str, segments: set[str]) -> Relation | None:
        """Return the relation that a person gave two sides of a group, which hold *segments*; None where nobody did."""
        said = [last.relation for pair, last in self.related.get(event, {}).items() if pair <= segments]
        return cast(Relation, said[-1]) if said else self.relations.get(event)

    def disagreement(self, event: str, slot: str, shown: Values) -> list[Decision]:
        """Return what was decided on the values *shown* for a *slot* of *event*, the last word last.

        Where a decision says which values it is about, these count, whatever the slot is called: all that are shown
        must be among those that were rejected, and two among those that were seen.
        """
        said = self.slots.get(event, {}).items()
        met = [last for (name, given), last in said if _met(last, shown, given) or (not given and name == slot)]
        return sorted(met, key=lambda last: last.order)

    def values(self, decision: Decision) -> Values:
        """Return what *decision* says that accounts give: values, and the words that give them, as names have both."""
        segments = [self.places.segment(one) for one in decision.sentences]
        return frozenset(
            (segments[said.sentence], text) for said in decision.claims for text in (said.value, said.words)
        )

    def touches(self, event: str, segments: set[str]) -> bool:
        """Say whether anything was decided on a group about *event* that holds *segments*."""
        known = event in self.whole or not segments.isdisjoint(self.told.get(event, ()))
        return known or any(pair <= segments for pair in self.related.get(event, ()))

    # --- how decisions are read

    def take(self, decision: Decision, event: str, segments: Sequence[str]) -> None:
        """Take in *decision*, the latest so far, on *event* and *segments* as they are called today."""
        self.counts[f"{decision.what} {decision.verdict}"] += 1
        if decision.what == "disagreement":
            overruled = _last(self.slots[event], (decision.slot, self.values(decision)), decision)
        elif decision.what == "pair":
            overruled = self._pair(decision, event, segments)
        else:
            overruled = self._group(decision, event) if decision.what == "group" else False
            overruled |= self._told(decision, event, segments)
        self.counts["overruled by a later one"] += overruled

    def _group(self, decision: Decision, event: str) -> bool:
        if decision.label:
            self.labels[event] = decision.label
        if decision.relation:
            self.relations[event] = cast(Relation, decision.relation)
        return _last(self.whole, event, decision)

    def _told(self, decision: Decision, event: str, segments: Sequence[str]) -> bool:
        if decision.words:
            self.words.update({(event, segment): decision.words for segment in segments})
        return sum(_last(self.told[event], segment, decision) for segment in segments) > 0

    def _pair(self, decision: Decision, event: str, segments: Sequence[str]) -> bool:
        pair = frozenset(segments)
        overruled = _last(self.pairs[event], pair, decision)
        if decision.verdict == "rejected":
            return overruled
        self.labels.setdefault(event, decision.label or " ~ ".join(one.id for one in decision.sentences))
        if decision.relation:
            self.related[event][pair] = decision
        return self._told(decision, event, segments) or overruled


def _last(held: dict[_Key, Decision], key: _Key, decision: Decision) -> bool:
    """Let *decision* be the last word on *key*, and say whether it turns the one before it."""
    before = held.get(key)
    held[key] = decision
    return before is not None and (before.verdict == "rejected") != (decision.verdict == "rejected")


def _met(decision: Decision, shown: Values, given: Values) -> bool:
    return shown <= given if decision.verdict == "rejected" else len(shown & given) > 1


def _named(decision: Decision) -> str:
    """The id of an event that only a pair of sentences tells."""
    return f"ev.pair-{'-'.join(sorted(one.hash[:8] for one in decision.sentences))}"


def _holding(groups: Sequence[Group], segments: Sequence[str]) -> str:
    """What the first group is about that holds all *segments*, '' where none does."""
    return next((about(group) for group in groups if held(group).issuperset(segments)), "")


def held(group: Group) -> set[str]:
    """Return the sentences of *group*."""
    return {segment for member in group.members for segment in member.segments}


def _known_again(
    decisions: Sequence[Decision], places: Places, authority: Authority, groups: Sequence[Group]
) -> Mapping[str, str]:
    """What the events of decisions are called today; those that an authority lists keep their ids.

    Others are named by what their sentences share, so that their ids change with the texts: such an event is the one
    whose group holds the sentences that were decided on.
    """
    listed = {event.id for event in authority.events if not event.proposed}
    decided: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.event not in listed:
            decided.setdefault(decision.event, set()).update(places.segments(decision))
    events: dict[str, list[str]] = {}  # sentence -> what the groups that hold it are about
    for group in groups if decided else ():
        for segment in held(group):
            events.setdefault(segment, []).append(about(group))
    taken = {about(group) for group in groups}
    return {event: _today(event, segments, events, taken) for event, segments in decided.items() if event}


def _today(event: str, segments: set[str], events: Mapping[str, Sequence[str]], taken: set[str]) -> str:
    shared = Counter(name for segment in segments for name in set(events.get(segment, ())))
    best = max(shared, key=lambda name: (shared[name], name == event, name), default="")
    if best and shared[best] >= (1 if best == event else SAME_GROUP):
        return best
    return f"{event}-reviewed" if event in taken else event
