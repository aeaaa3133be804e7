"""Events: which sentences tell them, how sure that is, and which only refer to them."""

from __future__ import annotations

from hexapla.corpus.document import Authority, Cue, Document, Event, Mention, Name, Source
from hexapla.corpus.event import events
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment

FALL = Event(
    "ev.fall", "battle", (Name("en", "Fall of the city"),), "2003-04-09",
    cues=(Cue("en", "city fell|fall*"), Cue("en", "~ aftermath city"), Cue("hr", "grad pao|pad*"), Cue("ar", "سقوط مدينه")),
)  # fmt: skip
AUTHORITY = Authority("test", "1", (), (FALL,))


def told(text: str, language: str = "en") -> list[Mention]:
    document = segment(Document("x", language, text, Source("x.txt", "", len(text))))
    (found,), _, _ = annotate([document], AUTHORITY)
    return [mention for mention in found.mentions if mention.kind == "event"]


def test_a_cue_is_told() -> None:
    (mention,) = told("The old city fell at noon.")
    assert (mention.ref, mention.subtype, mention.method) == ("ev.fall", "assertion", "cues")


def test_an_agreeing_date_makes_it_surer_and_another_one_less_sure() -> None:
    (plain,), (agreeing,) = told("The city fell."), told("The city fell on 9 April 2003.")
    assert agreeing.score > plain.score
    assert told("The city fell on 20 July 1987.") == []


def test_a_date_near_to_the_event_is_no_contradiction() -> None:
    (mention,) = told("The city fell on 11 April 2003.")
    assert mention.subtype == "assertion"


def test_references_in_passing() -> None:
    (after,) = told("After the city fell, rain came.")
    (marked,) = told("In the aftermath the city was quiet.")
    assert after.subtype == marked.subtype == "passing"
    (heading,) = told("The fall of the city\n\nIt was a long siege.\n")
    assert heading.subtype == "passing"
    (arabic,) = told("بعد سقوط المدينة هدأ القتال.", "ar")
    assert arabic.subtype == "passing"


def test_an_assertion_wins_over_a_reference() -> None:
    (mention,) = told("In the aftermath people said that the city fell too soon.")
    assert mention.subtype == "assertion"


def test_cues_are_of_their_language() -> None:
    assert told("Grad je pao.", "hr")
    assert told("Grad je pao.", "hr-HR")
    assert told("Grad je pao.", "en") == []


def test_what_is_too_unsure_is_counted() -> None:
    document = segment(Document("x", "en", "The city fell on 20 July 1987.", Source("x.txt", "", 30)))
    (found,), _, _ = annotate([document], Authority())
    assert events(found, AUTHORITY) == ((), 1)
