"""Happenings without an authority: what belongs together, and what does not, however much it shares."""

from __future__ import annotations

import numpy as np
import pytest

from hexapla.align.align import align
from hexapla.align.discover import discover
from hexapla.align.score import Features, margin
from hexapla.corpus.document import Authority, Document, Source
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment

EN = (
    "The bridge at Zadar opened on 4 May 1998. Mayor Ivan Horvat cut the ribbon before 3,000 guests. Rain fell in the evening. "
    "On 17 June 2001 the ferry Neptun sank off Rijeka, and 21 passengers drowned. Divers searched the wreck for weeks."
)
HR = (
    "Most u Zadru otvoren je 4. svibnja 1998. Vrpcu je pred 3.000 gostiju prerezao gradonačelnik Ivan Horvat. Bilo je vruće. "
    "Trajekt Neptun potonuo je 17. lipnja 2001. kod Rijeke, a utopio se 21 putnik. Ribari su pomagali."
)
DE = (
    "Am 17. Juni 2001 sank vor Rijeka die Fähre Neptun, 21 Passagiere ertranken. Das Wetter war ruhig. "
    "Ein Gericht sprach den Kapitän im Jahr 2004 frei."
)


def account(name: str, language: str, text: str) -> Document:
    return segment(Document(name, language, text, Source(f"{name}.txt", "", len(text))))


def told(*accounts: Document) -> list[set[str]]:
    """The groups of the accounts, each as the ids of its sentences."""
    documents, authority, _ = annotate(accounts, Authority())
    found = discover(documents, authority, load([document.language for document in documents]))
    alignment = align(found.documents, found.authority, told=found.told)
    assert all(group.evidence for group in alignment.groups)
    return [{name for member in group.members for name in member.segments} for group in alignment.groups]


def together(groups: list[set[str]], *names: str) -> bool:
    return any(set(names) <= group for group in groups)


def test_the_same_happening_over_three_languages() -> None:
    groups = told(account("en", "en", EN), account("hr", "hr", HR), account("de", "de", DE))
    assert together(groups, "en.s4", "hr.s4", "de.s1")
    assert together(groups, "en.s1", "hr.s1")


def test_different_happenings_stay_apart() -> None:
    groups = told(account("en", "en", EN), account("hr", "hr", HR), account("de", "de", DE))
    assert not together(groups, "en.s1", "hr.s4")
    assert not together(groups, "en.s3", "de.s2")
    assert not any({"en.s3"} & group or {"hr.s3"} & group or {"de.s2"} & group for group in groups)


def test_an_unrelated_text_joins_nothing() -> None:
    cake = account(
        "cake", "en", "Beat three eggs with sugar. Add the flour slowly. Bake it for forty minutes. Let it cool."
    )
    groups = told(account("en", "en", EN), account("hr", "hr", HR), cake)
    assert not any(name.startswith("cake.") for group in groups for name in group)


def test_the_order_of_documents_changes_nothing() -> None:
    accounts = account("en", "en", EN), account("hr", "hr", HR), account("de", "de", DE)
    there, back = told(*accounts), told(*reversed(accounts))
    assert sorted(map(sorted, there)) == sorted(map(sorted, back))


@pytest.mark.parametrize("text", ["x.", "...", "1 2 3 4 5."])
def test_texts_with_nothing_in_them(text: str) -> None:
    assert told(account("a", "en", text), account("b", "hr", text)) in ([], [{"a.s1", "b.s1"}])


def test_proposed_events_have_ids_of_their_own() -> None:
    documents, authority, _ = annotate([account("en", "en", EN), account("hr", "hr", HR)], Authority())
    known = discover(documents, authority, load(["en", "hr"])).authority
    names = [event.id for event in known.events]
    assert names
    assert len(names) == len(set(names))
    assert all(event.proposed and event.labels for event in known.events)


def test_a_translation_scores_above_everything_else() -> None:
    documents = account("en", "en", EN), account("hr", "hr", HR)
    features = Features.of(documents, load(["en", "hr"]))
    rows = features.rows("en")
    scores = features.coverage(rows)[:, features.rows("hr")]
    assert (margin(scores).argmax(axis=1)[[0, 1, 3]] == [0, 1, 3]).all()
    assert ((scores >= 0) & (scores <= 1)).all()


def test_scores_do_not_depend_on_the_side() -> None:
    documents = account("en", "en", EN), account("hr", "hr", HR)
    features = Features.of(documents, load(["en", "hr"]))
    en, hr = features.rows("en"), features.rows("hr")
    for score in (features.coverage, features.shared):
        assert np.allclose(score(en)[:, hr], score(hr)[:, en].T, atol=1e-5)


def test_a_sentence_covers_itself() -> None:
    features = Features.of([account("en", "en", EN)], load(["en"]))
    assert np.allclose(np.diag(features.coverage(features.rows("en"))), 1, atol=1e-5)


def test_evidence_points_to_the_clause_that_tells_it() -> None:
    en = "On 17 June 2001 the ferry Neptun sank off Rijeka, and the mayor Ivan Horvat opened a bridge at Zadar in May 1998."
    en += " In March 2003 a storm destroyed the lighthouse at Split and killed 4 fishermen. The pope came to Osijek on 7 June 2003."
    hr = (
        HR
        + " Oluja je u ožujku 2003. u Splitu srušila svjetionik, a poginula su 4 ribara. Papa je 7. lipnja 2003. došao u Osijek."
    )
    documents, authority, _ = annotate([account("en", "en", en), account("hr", "hr", hr)], Authority())
    found = discover(documents, authority, load(["en", "hr"], found=False))
    told_by = {
        other.segment: en[mention.start : mention.end]
        for mention in found.documents[0].mentions
        for other in found.documents[1].mentions
        if mention.kind == other.kind == "event" and mention.ref == other.ref
    }
    assert "Neptun" in told_by["hr.s4"]
    assert "bridge" not in told_by["hr.s4"]
    assert "bridge" in told_by["hr.s1"]
    assert "ferry" not in told_by["hr.s1"]
