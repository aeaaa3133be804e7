"""What people decided, applied to what was found: decisions bind, whatever the method says.

    found     ev.fall:  hr.s39 hr.s40 · en.s5           decided   hr.s40 rejected ("another city")
                                                                  ar1.s2 added    ("the pronoun is Baghdad's")
    reviewed  ev.fall:  hr.s39 · ar1.s2 · en.s5         links and evidence are made anew where a side changed

`hexapla.align.standing` says what stands at the end of all decisions; `apply` changes the groups by it, and with them
the mentions of events, the links and the disagreements. A group that is left with one document disappears. What was not
decided stays as the method found it, and what was done is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

from hexapla.align.anchor import Anchors
from hexapla.align.compare import disagreements
from hexapla.align.group import (
    Alignment,
    Claim,
    Disagreement,
    DisagreementKind,
    Evidence,
    Group,
    Link,
    Member,
    Review,
    Signature,
    Span,
)
from hexapla.align.happening import related
from hexapla.align.standing import Standing, about, held
from hexapla.corpus.decision import Decision, Decisions, Said
from hexapla.corpus.document import Authority, Document, Event, Mention, Name, Segment
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.mention import numbered

CERTAIN = 1.0
"""The score of what a person confirmed."""

METHOD = "review"
"""The method of what a person added."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What decisions made of an alignment: its documents (their mentions of events), its authority, and itself."""

    documents: tuple[Document, ...]
    authority: Authority
    alignment: Alignment


def apply(
    aligned: Alignment,
    documents: Sequence[Document],
    authority: Authority,
    decided: Decisions,
    lexicon: Lexicon | None = None,
) -> Reviewed:
    """Return *aligned*, made of *documents* by the events of *authority*, as the decisions *decided* want it.

    Groups, links and disagreements that no decision is about are returned as they are. *lexicon* says which words
    are the same in different languages, where what the accounts give differently is looked for anew.
    """
    standing = Standing.of(decided.decisions, documents, authority, aligned.groups)
    known = _with_events(authority, standing)
    told = tuple(_telling(document, known, standing) for document in documents)
    board = _Board(told, known, aligned, standing, lexicon)
    groups, links = board.groups()
    differing = _differing(groups, board)
    counts = (("decisions", len(decided)), *sorted((+standing.counts).items()))
    by = tuple(sorted({decision.by for decision in decided.decisions}))
    alignment = replace(
        aligned,
        groups=groups,
        links=links,
        disagreements=differing,
        signature=_signed(aligned.signature, decided),
        review=Review(by, counts),
    )
    return Reviewed(told, known, alignment)


def _signed(signature: Signature, decided: Decisions) -> Signature:
    return Signature((*signature.parts, ("decisions", f"{len(decided)}@{decided.version}")))


# --- events and their mentions


def _with_events(authority: Authority, standing: Standing) -> Authority:
    """The authority with the events that only decisions know."""
    made = [
        Event(name, "happening", (Name("en", standing.labels.get(name, name)),), note="named in review")
        for name in standing.events()
        if authority.get(name) is None and name.startswith("ev.")
    ]
    return replace(authority, events=(*authority.events, *made)) if made else authority


def _telling(document: Document, authority: Authority, standing: Standing) -> Document:
    """The document without the mentions of events that were rejected, and with those that were added."""
    kept = [
        mention
        for mention in document.mentions
        if mention.kind != "event" or not standing.rejected(mention.ref, mention.segment)
    ]
    told = {(m.ref, m.segment) for m in kept if m.kind == "event" and m.subtype == "assertion"}
    by_id = {segment.id: segment for segment in document.segments}
    added = [
        _mention(document, by_id[segment], event, standing.words.get((event, segment), ""))
        for event in standing.events()
        if isinstance(authority.get(event), Event)
        for segment in standing.confirmed(event)
        if segment in by_id and (event, segment) not in told
    ]
    if not added and len(kept) == len(document.mentions):
        return document
    new = {(mention.ref, mention.segment) for mention in added}
    passing = [m for m in kept if m.kind != "event" or (m.ref, m.segment) not in new]
    return document.having(mentions=numbered(document, (*passing, *added)))


def _mention(document: Document, segment: Segment, event: str, words: str) -> Mention:
    """The mention of an *event* that a person saw in *segment*: its *words*, or all of it."""
    start = document.text.find(words, segment.start, segment.end) if words else -1
    start, end = (start, start + len(words)) if start >= 0 else (segment.start, segment.end)
    return Mention("", segment.id, "event", start, end, "assertion", ref=event, score=CERTAIN, method=METHOD)


# --- groups and links


class _Board:
    """The groups as they are changed: which sentence is of which document, and what stands."""

    def __init__(
        self,
        documents: Sequence[Document],
        authority: Authority,
        aligned: Alignment,
        standing: Standing,
        lexicon: Lexicon | None,
    ) -> None:
        self.lexicon = lexicon
        self.documents = documents
        self.authority = authority
        self.aligned = aligned
        self.standing = standing
        self.anchors = Anchors.of(documents)
        self.owner = {segment.id: document.id for document in documents for segment in document.segments}
        self.place = {name: at for at, name in enumerate(self.owner)}
        self.rank = {name: at for at, name in enumerate(aligned.documents)}
        self.changed: set[str] = set()  # ids of groups that are not as the method found them
        self._links: dict[str, list[Link]] = {}
        for link in aligned.links:
            self._links.setdefault(link.group, []).append(link)

    def groups(self) -> tuple[tuple[Group, ...], tuple[Link, ...]]:
        """Return all groups and links as they stand."""
        made: list[tuple[Group, Sequence[Link]]] = []
        events: dict[str, list[Group]] = {}
        for group in self.aligned.groups:
            events.setdefault(about(group), []).append(group)
        for group in self.aligned.groups:
            event = about(group)
            made += self._changed(group, event, self._joining(group, events[event]))
        for event in self.standing.events():
            if event not in events:
                made += self._added(event)
        return tuple(group for group, _ in made), tuple(link for _, links in made for link in links)

    def _joining(self, group: Group, rivals: Sequence[Group]) -> list[str]:
        """The confirmed sentences that no group about the event of *group* has, if *group* is the one to take them."""
        event = about(group)
        confirmed = self.standing.confirmed(event)
        first = max(rivals, key=lambda one: len(held(one).intersection(confirmed)))
        taken = set().union(*map(held, rivals))
        return [name for name in confirmed if name not in taken] if group is first else []

    def _changed(self, group: Group, event: str, joining: Sequence[str]) -> list[tuple[Group, Sequence[Link]]]:
        before = held(group)
        kept = {name for name in before if not self.standing.rejected(event, name)}
        parts = self._parts(event, kept.union(joining))
        self.standing.counts["sentences taken out of a group"] += len(before) - len(kept)
        self.standing.counts["sentences added to a group"] += len(joining)
        if parts == [before] and not self.standing.touches(event, before):
            return [(group, self._links.get(group.id, ()))]
        made = [self._group(group, event, part, number) for number, part in enumerate(parts, start=1)]
        found = [one for one in made if one]
        self.standing.counts["groups that are gone"] += not found
        return found

    def _added(self, event: str) -> list[tuple[Group, Sequence[Link]]]:
        parts = self._parts(event, set(self.standing.confirmed(event)))
        known = self.authority.get(event)
        label = known.label() if isinstance(known, Event) else self.standing.labels.get(event, event)
        told = "" if event.startswith("grp.") else event  # a group of translations is about no event
        name = f"grp.{event.removeprefix('ev.').removeprefix('grp.')}"
        blank = Group(name, told, label, "same-event", CERTAIN, (), (), METHOD, "added")
        made = [self._group(blank, event, part, number) for number, part in enumerate(parts, start=1)]
        found = [one for one in made if one]
        self.standing.counts["groups that only people saw"] += len(found)
        self.standing.counts["not applicable: told by one document only"] += not found
        return found

    def _parts(self, event: str, segments: set[str]) -> list[set[str]]:
        """The largest sets of *segments* in which no two are that a person took apart."""
        parts = [segments]
        for pair in self.standing.severed(event, segments):
            one, other = sorted(pair, key=self.place.__getitem__)
            cut = [part - {name} if pair <= part else part for part in parts for name in (other, one)]
            parts = [part for at, part in enumerate(cut) if part not in cut[:at]]
            parts = [part for part in parts if not any(part < larger for larger in parts)]
        return parts

    def _group(self, group: Group, event: str, segments: set[str], number: int) -> tuple[Group, Sequence[Link]] | None:
        """The *group* with these *segments*, and its links; None where they are of one document only."""
        members = self._members(segments)
        name = group.id if number == 1 else f"{group.id}.{number}"
        links = self._made(name, group, event, members)
        linked = {side.document for link in links for side in (link.left, link.right)}
        members = tuple(member for member in members if member.document in linked)
        if not links:
            return None
        if members != group.members:
            self.changed.add(name)
        relations = {link.relation for link in links}
        same = members == group.members
        sure = all(self.standing.positive(event, segment) for member in members for segment in member.segments)
        made = replace(
            group,
            id=name,
            relation=self.standing.relations.get(event) or (relations.pop() if len(relations) == 1 else "same-event"),
            score=round(sum(link.score for link in links) / len(links), 3),
            members=members,
            evidence=group.evidence if same else self._evidence(event, members, group.evidence),
            status="accepted" if sure and group.members else group.status,
        )
        return made, links

    def _members(self, segments: Iterable[str]) -> tuple[Member, ...]:
        by_document: dict[str, list[str]] = {}
        for name in sorted(segments, key=self.place.__getitem__):
            by_document.setdefault(self.owner[name], []).append(name)
        return tuple(Member(name, tuple(by_document[name])) for name in sorted(by_document, key=self.rank.__getitem__))

    def _made(self, name: str, group: Group, event: str, members: Sequence[Member]) -> list[Link]:
        before = {frozenset((one.left.document, one.right.document)): one for one in self._links.get(group.id, ())}
        links = []
        for pair in combinations(sorted(members, key=lambda member: member.document), 2):
            old = before.get(frozenset(member.document for member in pair))
            sides = pair if not old or old.left.document == pair[0].document else (pair[1], pair[0])
            link = self._link(name, group, event, sides, old)
            if link:
                links.append(link)
        return links

    def _link(self, name: str, group: Group, event: str, sides: Sequence[Member], old: Link | None) -> Link | None:
        """The link between two *sides*: none where the method found none and a person said nothing of one of them."""
        left, right = sides
        said = [self.standing.positive(event, segment) for segment in (*left.segments, *right.segments)]
        if not old and not any(said):
            return None
        if old and (old.left, old.right) == (left, right):
            evidence = old.evidence
        else:
            evidence = self._evidence(event, sides, old.evidence if old else ())
        relation = self.standing.relation(event, {*left.segments, *right.segments})
        return Link(
            id=f"lnk.{left.document}-{right.document}.{name.removeprefix('grp.')}",
            group=name,
            left=left,
            right=right,
            relation=relation or (old.relation if old else related(sides, evidence)),
            score=CERTAIN if all(said) else old.score if old else group.score,
            evidence=evidence,
        )

    def _evidence(self, event: str, members: Sequence[Member], before: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """What *members* share; what is left of the evidence *before* where no anchor shows it."""
        shared = self.anchors.shared([member.segments for member in members])
        told = tuple(one for one in shared if one.kind != "event" or one.value == event)
        there = {segment for member in members for segment in member.segments}
        left = (replace(one, spans=tuple(span for span in one.spans if span.segment in there)) for one in before)
        return told or tuple(one for one in left if len({span.document for span in one.spans}) > 1)


# --- disagreements


def _differing(groups: Sequence[Group], board: _Board) -> tuple[Disagreement, ...]:
    """What the accounts of the groups differ in: compared anew where a group changed, then as it was decided."""
    still = {group.id for group in groups} - board.changed
    found = [one for one in board.aligned.disagreements if one.group in still]
    if board.changed:
        fresh, _ = disagreements(groups, board.documents, board.authority, board.anchors, board.lexicon)
        found += [one for one in fresh if one.group in board.changed]
    standing, kept = board.standing, []
    met: set[Decision] = set()
    events = {group.id: about(group) for group in groups}
    for one in found:
        values = frozenset((claim.span.segment, claim.value) for claim in one.claims)
        said = standing.disagreement(events[one.group], one.slot, values)
        met.update(said)
        if not said or said[-1].verdict != "rejected":
            kept.append(replace(one, score=CERTAIN) if said else one)
        else:
            standing.counts["disagreements taken out"] += 1
    for event, slots in standing.slots.items():
        for decision in slots.values():
            if decision.verdict != "rejected" and decision not in met:
                kept += _claimed(decision, event, groups, board, {one.id for one in kept})
    return tuple(sorted(kept, key=lambda one: (-one.score, one.id)))


def _claimed(
    decision: Decision, event: str, groups: Sequence[Group], board: _Board, taken: set[str]
) -> list[Disagreement]:
    """The disagreement that a person saw in a group, from what the decision says of it."""
    group = next((group for group in groups if about(group) == event), None)
    claims = [claim for said in decision.claims if (claim := _claim(decision, said, board))]
    if group is None or len({claim.span.document for claim in claims}) < 2 or not decision.kind:
        board.standing.counts["not applicable: its group or claims are gone"] += 1
        return []
    stem = f"dis.{group.id.removeprefix('grp.')}.{'-'.join(decision.slot.lower().split())}"
    name = next(one for n in range(1, len(taken) + 2) if (one := stem if n == 1 else f"{stem}.{n}") not in taken)
    kind = cast(DisagreementKind, decision.kind)
    made = Disagreement(name, group.id, kind, decision.slot, tuple(claims), decision.size, CERTAIN, decision.note)
    board.standing.counts["disagreements that only people saw"] += 1
    return [made]


def _claim(decision: Decision, said: Said, board: _Board) -> Claim | None:
    name = board.standing.places.segment(decision.sentences[said.sentence])
    document = next((one for one in board.documents if one.id == board.owner.get(name)), None)
    segment = next((one for one in document.segments if one.id == name), None) if document else None
    start = document.text.find(said.words, segment.start, segment.end) if document and segment else -1
    if document is None or start < 0:
        return None
    span = Span(document.id, name, start, start + len(said.words), said.words)
    return Claim(span, said.value, said.unit, said.modifier)
