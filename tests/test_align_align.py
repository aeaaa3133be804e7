"""Aligning by events: groups, links, evidence and disagreements of small hand-made accounts."""

from __future__ import annotations

import pytest

from hexapla.align.align import align
from hexapla.align.group import Alignment
from hexapla.corpus.document import Authority, Document, Event, Mention, Name, Segment, Source

Told = tuple[str, str, dict[str, str]]
"""Words of the sentence, kind, and what the mention says."""


def account(name: str, language: str, *sentences: tuple[str, list[Told]]) -> Document:
    """A document of one paragraph whose mentions are given with the words they stand on."""
    text, segments = "", []
    mentions: list[Mention] = []
    for number, (sentence, told) in enumerate(sentences, start=1):
        start = len(text)
        text += sentence + " "
        segments.append(Segment(f"{name}.s{number}", "s", start, start + len(sentence), 0))
        for words, kind, said in told:
            at = text.index(words, start)
            ident = f"{name}.m{len(mentions) + 1}"
            subtype = {"event": "assertion", "date": "day", "quantity": "count"}.get(kind, "name")
            method = {"event": "cues", "date": "dates", "quantity": "quantities"}.get(kind, "authority")
            fields = {"subtype": subtype, "method": method, **said}
            mentions.append(
                Mention(ident, segments[-1].id, kind, at, at + len(words), score=0.8, **fields)  # type: ignore[arg-type]  # kinds are literals
            )
    source = Source(filename=f"{name}.txt", sha256="", size=len(text))
    return Document(name, language, text, source, tuple(segments), tuple(mentions))


FALL = Event("ev.fall", "battle", (Name("en", "Fall of the city"),), "2003-04-09")
TOLL = Event("ev.toll", "count", (Name("en", "Toll"),), "2003")
CAPTURE = Event("ev.capture", "capture", (Name("en", "Capture"),), "2003-12-13")
AUTHORITY = Authority("test", "1", (), (FALL, TOLL, CAPTURE))


def fell(words: str, date: str = "", value: str = "2003-04-09", **more: str) -> list[Told]:
    """What a sentence says that tells the fall of the city, on a date if one is given."""
    dated: list[Told] = [(date, "date", {"value": value})] if date else []
    return [(words, "event", {"ref": "ev.fall", **more}), *dated]


def aligned(*documents: Document) -> Alignment:
    return align(documents, AUTHORITY)


def test_one_happening_in_three_languages_is_one_group() -> None:
    result = aligned(
        account("hr", "hr", ("Grad je pao 9. travnja.", fell("pao", "9. travnja")), ("Kip je srušen.", fell("srušen"))),
        account("ar", "ar", ("سقطت المدينة", fell("سقطت"))),
        account("en", "en", ("Nothing.", []), ("The city fell on April 9.", fell("fell", "April 9"))),
    )
    (group,) = result.groups
    assert {m.document: m.segments for m in group.members} == {
        "hr": ("hr.s1", "hr.s2"),
        "ar": ("ar.s1",),
        "en": ("en.s2",),
    }
    assert group.about == "ev.fall"
    assert [e.kind for e in group.evidence] == ["event", "date"]
    assert {span.text for span in group.evidence[1].spans} == {"9. travnja", "April 9"}
    assert [e.source for e in group.evidence] == ["cues", "dates"]
    assert [link.id for link in result.links] == ["lnk.ar-en.fall", "lnk.ar-hr.fall", "lnk.en-hr.fall"]
    assert all(link.evidence and 0 < link.score <= 1 for link in result.links)


def test_two_happenings_never_chain() -> None:
    both = account(
        "b", "en", ("It fell, and he was caught.", [*fell("fell"), ("caught", "event", {"ref": "ev.capture"})])
    )
    result = aligned(
        account("a", "en", ("It fell.", fell("fell"))),
        both,
        account("c", "en", ("He was caught.", [("caught", "event", {"ref": "ev.capture"})])),
    )
    together = [{m.document for m in group.members} for group in result.groups]
    assert together == [{"a", "b"}, {"b", "c"}]
    assert all({e.value for e in group.evidence if e.kind == "event"} == {group.about} for group in result.groups)


def test_passing_references_do_not_align() -> None:
    result = aligned(
        account("a", "en", ("It fell.", fell("fell"))),
        account("b", "en", ("After it fell, rain came.", fell("fell", subtype="passing"))),
    )
    assert result.groups == ()
    assert dict(result.dropped)["sentence refers to the event in passing"] == 1


def test_accounts_that_give_other_dates_disagree() -> None:
    result = aligned(
        account("a", "en", ("It fell on April 9.", fell("fell", "April 9"))),
        account("b", "hr", ("Pao je 10. travnja.", fell("Pao", "10. travnja", "2003-04-10"))),
        account("c", "tl", ("Noong Abril bumagsak.", fell("bumagsak", "Abril", "2003-04", **{}))),
    )
    (difference,) = result.disagreements
    assert (difference.kind, difference.size) == ("date", 1.0)
    assert {("a", "2003-04-09"), ("b", "2003-04-10")} <= {
        (claim.span.document, claim.value) for claim in difference.claims
    }


def figure(words: str, value: str, **more: str) -> list[Told]:
    return [("died", "event", {"ref": "ev.toll"}), (words, "quantity", {"value": value, "unit": "soldier", **more})]


FIGURES: list[tuple[dict[str, str], dict[str, str], bool]] = [
    ({"value": "4487"}, {"value": "4484"}, True),
    ({"value": "4487"}, {"value": "4487"}, False),
    ({"value": "4487"}, {"value": "4500"}, False),  # rounded
    ({"value": "4487"}, {"value": "4000", "modifier": "more-than"}, False),
    ({"value": "4487"}, {"value": "5000", "modifier": "more-than"}, True),
    ({"value": "4487"}, {"value": "4700", "modifier": "about"}, False),
    ({"value": "4487"}, {"value": "139"}, False),  # counts something else
    ({"value": "4487"}, {"value": "4484", "unit": "civilian"}, False),
]


@pytest.mark.parametrize(("left", "right", "differ"), FIGURES)
def test_figures(left: dict[str, str], right: dict[str, str], differ: bool) -> None:
    result = aligned(
        account("a", "en", ("Then X died.", figure("X", **left))),
        account("b", "en", ("Then Y died.", figure("Y", **right))),
    )
    assert bool(result.disagreements) is differ


def test_one_document_or_none_is_no_error() -> None:
    assert aligned().groups == ()
    alone = aligned(account("a", "en", ("It fell.", fell("fell"))))
    assert alone.groups == ()
    assert dict(alone.dropped) == {"event told by one document only": 1}
