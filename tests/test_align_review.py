"""Decisions applied to an alignment: they bind, groups stay whole, and everything is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.align.align import align
from hexapla.align.group import Alignment, Group, Link, Member
from hexapla.align.review import Reviewed, apply
from hexapla.corpus.decision import Decision, Decisions, Said, quote
from hexapla.corpus.document import Authority, Document, Event, Mention, Name, Segment, Source

FALL = Event("ev.fall", "battle", (Name("en", "Fall of the city"),), "2003-04-09")
TOLL = Event("ev.toll", "count", (Name("en", "Toll"),), "2003")
AUTHORITY = Authority("test", "1", (), (FALL, TOLL))

TELLS = "fell"


def account(name: str, *sentences: str) -> Document:
    """A document whose sentences tell the fall of the city where they say "fell", on a day where they say one."""
    text = ""
    segments: list[Segment] = []
    mentions: list[Mention] = []
    for number, sentence in enumerate(sentences, start=1):
        segment = Segment(f"{name}.s{number}", "s", len(text), len(text) + len(sentence), 0)
        segments.append(segment)
        text += sentence + " "
        for words, kind, said in ((TELLS, "event", {"ref": "ev.fall", "subtype": "assertion"}), ("9 April", "date", {"value": "2003-04-09", "subtype": "day"}), ("10 April", "date", {"value": "2003-04-10", "subtype": "day"})):  # fmt: skip
            at = text.find(words, segment.start)
            if at >= 0:
                mentions.append(Mention(f"{name}.m{len(mentions)}", segment.id, kind, at, at + len(words), score=0.8, method="cues", **said))  # type: ignore[arg-type]  # a table of fields # fmt: skip
    return Document(name, "en", text, Source(f"{name}.txt", "", len(text)), tuple(segments), tuple(mentions))


A = account("a", "It fell on 9 April.", "Many had fled.", "Another one fell later.")
B = account("b", "The city fell.", "Nothing else.")
C = account("c", "He was gone.", "On 10 April it was over.")
DOCUMENTS = (A, B, C)
FOUND = align(DOCUMENTS, AUTHORITY)
SEGMENTS = {segment.id: (document, segment) for document in DOCUMENTS for segment in document.segments}


def decision(what: str, verdict: str, *names: str, event: str = "ev.fall", **more: object) -> Decision:
    quoted = tuple(quote(*SEGMENTS[name]) for name in names)
    fields = {"date": "2026-11-30", "reason": "", **more}
    return Decision(what, verdict, event, quoted, "me", **fields)  # type: ignore[arg-type]  # a table of fields


def reviewed(*decisions: Decision, found: Alignment = FOUND, documents: tuple[Document, ...] = DOCUMENTS) -> Reviewed:
    return apply(found, documents, AUTHORITY, Decisions(decisions, "0a1b2c3d"))


def sides(group: Group) -> dict[str, tuple[str, ...]]:
    return {member.document: member.segments for member in group.members}


def counts(result: Reviewed) -> dict[str, int]:
    assert result.alignment.review
    return dict(result.alignment.review.counts)


def test_what_the_method_finds_here() -> None:
    (group,) = FOUND.groups
    assert sides(group) == {"a": ("a.s1", "a.s3"), "b": ("b.s1",)}


def test_no_decision_changes_nothing_but_the_signature() -> None:
    result = reviewed()
    assert result.documents == DOCUMENTS
    assert (result.alignment.groups, result.alignment.links) == (FOUND.groups, FOUND.links)
    assert str(result.alignment.signature) == f"{FOUND.signature}|decisions:0@0a1b2c3d"


def test_a_rejected_sentence_leaves_group_link_and_mentions() -> None:
    result = reviewed(decision("membership", "rejected", "a.s3"))
    (group,) = result.alignment.groups
    (link,) = result.alignment.links
    assert sides(group) == {"a": ("a.s1",), "b": ("b.s1",)}
    assert (link.left.segments, link.right.segments) == (("a.s1",), ("b.s1",))
    assert not [m for m in result.documents[0].mentions if m.kind == "event" and m.segment == "a.s3"]
    assert all(span.segment != "a.s3" for one in (*group.evidence, *link.evidence) for span in one.spans)
    assert counts(result)["sentences taken out of a group"] == 1
    assert group.status == "automatic"


def test_an_added_sentence_brings_its_document_links_and_evidence() -> None:
    result = reviewed(decision("membership", "added", "c.s2", words="it was over"))
    (group,) = result.alignment.groups
    assert sides(group) == {"a": ("a.s1", "a.s3"), "b": ("b.s1",), "c": ("c.s2",)}
    assert [link.id for link in result.alignment.links] == ["lnk.a-b.fall", "lnk.a-c.fall", "lnk.b-c.fall"]
    assert all(link.evidence and link.group == group.id for link in result.alignment.links)
    assert "it was over" in {span.text for one in group.evidence for span in one.spans}
    (told,) = (m for m in result.documents[2].mentions if m.kind == "event")
    assert (result.documents[2].slice(told), told.method, told.score) == ("it was over", "review", 1.0)


def test_what_an_added_sentence_says_is_compared() -> None:
    assert not FOUND.disagreements
    result = reviewed(decision("membership", "added", "c.s2", words="it was over"))
    (one,) = result.alignment.disagreements
    assert {claim.value for claim in one.claims} == {"2003-04-09", "2003-04-10"}


def test_a_group_left_with_one_document_disappears() -> None:
    result = reviewed(decision("membership", "rejected", "b.s1"))
    assert (result.alignment.groups, result.alignment.links) == ((), ())
    assert counts(result)["groups that are gone"] == 1


def test_a_rejected_group_is_gone_whatever_it_holds() -> None:
    result = reviewed(decision("group", "rejected", "a.s1", "b.s1"))  # a.s3 was not there then
    assert result.alignment.groups == ()
    assert not [m for d in result.documents for m in d.mentions if m.kind == "event"]


def test_an_accepted_group_is_certain() -> None:
    result = reviewed(decision("group", "accepted", "a.s1", "a.s3", "b.s1"))
    (group,) = result.alignment.groups
    assert (group.status, group.score, group.evidence) == ("accepted", 1.0, FOUND.groups[0].evidence)
    half = reviewed(decision("group", "accepted", "a.s1", "b.s1")).alignment.groups[0]
    assert half.status == "automatic"  # of a.s3 nobody said anything


def test_an_accepted_group_stays_when_the_method_no_longer_finds_it() -> None:
    blind = tuple(document.having(mentions=()) for document in DOCUMENTS)
    nothing = align(blind, AUTHORITY)
    assert nothing.groups == ()
    said = decision("group", "accepted", "a.s1", "b.s1", relation="same-statement")
    result = reviewed(said, found=nothing, documents=blind)
    (group,) = result.alignment.groups
    assert sides(group) == {"a": ("a.s1",), "b": ("b.s1",)}
    assert (group.status, group.relation, group.label) == ("added", "same-statement", "Fall of the city")
    assert group.evidence
    assert counts(result)["groups that only people saw"] == 1


def test_a_relation_is_corrected_of_a_group_and_of_a_pair() -> None:
    assert FOUND.groups[0].relation == "same-event"
    group = reviewed(decision("group", "corrected", "a.s1", "b.s1", relation="same-statement")).alignment
    assert (group.groups[0].relation, group.links[0].relation) == ("same-statement", "same-statement")
    pair = reviewed(decision("pair", "corrected", "a.s1", "b.s1", relation="translation")).alignment
    assert (pair.groups[0].relation, pair.links[0].relation) == ("translation", "translation")


def test_a_rejected_pair_is_in_no_group_together() -> None:
    added = decision("membership", "added", "c.s2")
    result = reviewed(added, decision("pair", "rejected", "b.s1", "c.s2", event=""))
    assert [sides(group) for group in result.alignment.groups] == [
        {"a": ("a.s1", "a.s3"), "b": ("b.s1",)},
        {"a": ("a.s1", "a.s3"), "c": ("c.s2",)},
    ]
    assert [group.id for group in result.alignment.groups] == ["grp.fall", "grp.fall.2"]
    assert {link.id for link in result.alignment.links} == {"lnk.a-b.fall", "lnk.a-c.fall.2"}


def test_a_pair_that_nobody_listed_makes_a_group() -> None:
    result = reviewed(decision("pair", "added", "b.s2", "c.s1", event="", label="Emptiness"))
    group = result.alignment.groups[-1]
    assert sides(group) == {"b": ("b.s2",), "c": ("c.s1",)}
    assert (group.label, group.status, group.method) == ("Emptiness", "added", "review")
    assert isinstance(result.authority.get(group.about), Event)
    again = reviewed(decision("pair", "added", "a.s1", "b.s1", event=""))
    assert len(again.alignment.groups) == 1  # a group holds them already


def test_the_latest_decision_holds_and_the_earlier_one_is_counted() -> None:
    yes, no = decision("membership", "accepted", "a.s3"), decision("membership", "rejected", "a.s3", date="2026-12-01")
    for order in ((yes, no), (no, yes)):
        result = reviewed(*order)
        assert sides(result.alignment.groups[0])["a"] == ("a.s1",)
        assert counts(result)["overruled by a later one"] == 1
    assert "overruled by a later one" not in counts(reviewed(yes, yes))


def test_a_lost_sentence_makes_a_decision_wait() -> None:
    shorter = (account("a", "It fell on 9 April.", "Many had fled."), B, C)
    result = reviewed(decision("membership", "rejected", "a.s3"), found=align(shorter, AUTHORITY), documents=shorter)
    assert counts(result)["not applicable: its sentences are gone"] == 1
    assert counts(result)["sentences lost"] == 1
    assert len(result.alignment.groups) == 1


def test_decisions_follow_their_sentences() -> None:
    longer = (account("a", "A preface.", "It fell on 9 April.", "Many had fled.", "Another one fell later."), B, C)
    result = reviewed(decision("membership", "rejected", "a.s3"), found=align(longer, AUTHORITY), documents=longer)
    assert sides(result.alignment.groups[0])["a"] == ("a.s2",)
    assert counts(result)["sentences moved"] == 1


def test_a_happening_without_a_list_is_known_again_by_its_sentences() -> None:
    unlisted = Authority("", "", (), (Event("ev.city-fell", "happening", (Name("en", "city, fell"),), proposed=True),))
    renamed = tuple(
        d.having(mentions=tuple(Mention(m.id, m.segment, m.kind, m.start, m.end, m.subtype, m.value, ref="ev.city-fell" if m.ref else "", score=m.score) for m in d.mentions))
        for d in DOCUMENTS
    )  # fmt: skip
    said = decision("group", "accepted", "a.s1", "a.s3", "b.s1", event="ev.9-april-fell", label="city, fell")
    result = apply(align(renamed, unlisted), renamed, unlisted, Decisions((said,), ""))
    (group,) = result.alignment.groups
    assert (group.about, group.status) == ("ev.city-fell", "accepted")


def test_groups_of_translations_are_decided_on_by_their_own_ids() -> None:
    """They are about no event, and are known again by their sentences when they are counted anew."""
    members = (Member("a", ("a.s2",)), Member("b", ("b.s2",)))
    link = Link("lnk.a-b.2", "grp.2", *members, "translation", 0.6, ())
    bead = Group("grp.2", "", "Many had fled.", "translation", 0.6, members, (), "beads")
    found = replace(FOUND, groups=(bead,), links=(link,))
    yes = decision("group", "accepted", "a.s2", "b.s2", event="grp.7", label="Many had fled.", relation="translation")
    (group,) = reviewed(yes, found=found).alignment.groups
    assert (group.id, group.status, group.relation, group.score) == ("grp.2", "accepted", "translation", 1.0)
    no = decision("membership", "rejected", "b.s2", event="grp.2")
    assert reviewed(no, found=found).alignment.groups == ()
    again = reviewed(yes, found=replace(FOUND, groups=(), links=())).alignment.groups
    assert [(one.id, one.about, one.status, one.relation) for one in again] == [("grp.7", "", "added", "translation")]


def test_disagreements_are_accepted_taken_out_and_added() -> None:
    added = decision("membership", "added", "c.s2", words="it was over")
    slot = "date of the event"
    assert [
        one.score for one in reviewed(added, decision("disagreement", "accepted", slot=slot)).alignment.disagreements
    ] == [1.0]
    gone = reviewed(added, decision("disagreement", "rejected", slot=slot))
    assert gone.alignment.disagreements == ()
    assert counts(gone)["disagreements taken out"] == 1
    other = (Said(0, "9 April", "2003-04-11"), Said(1, "10 April", "2003-04-10"))
    kept = reviewed(added, decision("disagreement", "rejected", "a.s1", "c.s2", slot=slot, claims=other))
    assert len(kept.alignment.disagreements) == 1  # it was about other values
    same = (Said(0, "9 April", "2003-04-09"), Said(1, "10 April", "2003-04-10"))
    assert not reviewed(
        added, decision("disagreement", "rejected", "a.s1", "c.s2", slot=slot, claims=same)
    ).alignment.disagreements
    renamed = decision("disagreement", "accepted", "a.s1", "c.s2", slot="day", kind="date", claims=same)
    (one,) = reviewed(added, renamed).alignment.disagreements  # the values are the same, whatever the slot is called
    assert (one.slot, one.score) == (slot, 1.0)
    claims = (Said(0, "Many", "many"), Said(1, "Nothing", "none"))
    more = reviewed(
        decision("disagreement", "added", "a.s2", "b.s2", slot="refugees", kind="figure", claims=claims, size=2.0)
    )
    (one,) = more.alignment.disagreements
    assert (one.id, one.group, one.kind, one.size) == ("dis.fall.refugees", "grp.fall", "figure", 2.0)
    assert [claim.span.text for claim in one.claims] == ["Many", "Nothing"]
    vague = reviewed(decision("disagreement", "accepted", slot="weather"))
    assert counts(vague)["not applicable: its group or claims are gone"] == 1


verdicts = st.sampled_from(["accepted", "rejected", "added"])
memberships = st.builds(
    lambda verdict, name: decision("membership", verdict, name), verdicts, st.sampled_from(sorted(SEGMENTS))
)
pairs = st.builds(lambda verdict, left, right: decision("pair", verdict, left, right), verdicts, st.sampled_from(["a.s1", "a.s3"]), st.sampled_from(["b.s1", "c.s2"]))  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(memberships, max_size=8), st.lists(pairs, max_size=3))
def test_decisions_bind(memberships: list[Decision], pairs: list[Decision]) -> None:
    result = reviewed(*pairs, *memberships)
    last = {one.sentences[0].id: one.verdict for one in memberships}
    together = [set().union(*sides(group).values()) for group in result.alignment.groups]
    confirmed = {name for name, verdict in last.items() if verdict != "rejected"}
    for name, verdict in last.items():
        assert verdict != "rejected" or not any(name in held for held in together)
    parted = any(one.verdict == "rejected" for one in pairs)
    if len({SEGMENTS[name][0].id for name in confirmed}) > 1 and not parted:
        assert confirmed <= set().union(*together)
    apart = {frozenset(q.id for q in one.sentences): one.verdict for one in pairs}
    for pair, verdict in apart.items():
        assert verdict != "rejected" or not any(pair <= held for held in together)
    for group in result.alignment.groups:
        assert len(group.members) > 1
        assert group.evidence
        linked = [link for link in result.alignment.links if link.group == group.id]
        assert {side.document for link in linked for side in (link.left, link.right)} == set(sides(group))
        assert all(sides(group)[side.document] == side.segments for link in linked for side in (link.left, link.right))


@pytest.mark.parametrize("times", [1, 2])
def test_deciding_twice_is_deciding_once(times: int) -> None:
    said = [decision("membership", "added", "c.s2"), decision("membership", "rejected", "a.s3")] * times
    result = reviewed(*said)
    assert sides(result.alignment.groups[0]) == {"a": ("a.s1",), "b": ("b.s1",), "c": ("c.s2",)}
