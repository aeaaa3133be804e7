"""Coverage: which account tells which happening, and what one alone tells."""

from __future__ import annotations

from dataclasses import replace

from hexapla.align.coverage import coverage
from hexapla.tei.edition import Edition
from hexapla.tei.rows import rows


def test_each_account_tells_refers_or_is_silent(edition: Edition) -> None:
    found = coverage(edition.documents, edition.authority, edition.alignment)
    table = {one.event.id: {document: how for document, how, _ in one.tellings} for one in found.events}
    assert table == {
        "ev.fall-of-baghdad": {"hr": "told", "ar": "told", "en": "told"},
        "ev.aid": {"hr": "told", "ar": "silent", "en": "told"},
    }
    assert [one.event.id for one in found.events] == ["ev.fall-of-baghdad", "ev.aid"]  # by date
    assert found.shared() == 2


def test_what_no_other_account_names_is_told_alone(edition: Edition) -> None:
    alone = replace(edition.alignment, groups=(), links=(), disagreements=())
    found = coverage(edition.documents, edition.authority, alone)
    by_segment = {one.segment: [mention.value for mention in one.mentions] for one in found.alone}
    assert by_segment == {"ar.s2": ["2003-04-10", "6"]}  # all else is in another account, or too little
    assert found.only() == {"hr": (0, 0), "ar": (0, 1), "en": (0, 0)}
    assert coverage(edition.documents, edition.authority, edition.alignment).alone == ()


def test_the_dataset_has_a_row_for_each_happening_and_account(edition: Edition) -> None:
    table = rows(edition)
    assert len(table["coverage"]) == 2 * len(edition.documents)
    silent = [(row["event_id"], row["doc_id"]) for row in table["coverage"] if row["telling"] == "silent"]
    assert silent == [("ev.aid", "ar")]
    assert all(row["told_by"] == 3 for row in table["coverage"] if row["event_id"] == "ev.fall-of-baghdad")
    assert all("alone" in row for row in table["sentences"])
