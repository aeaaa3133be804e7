"""Decisions as data: the file, and finding their sentences again in texts that have changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.corpus.decision import Decision, Decisions, Quoted, Said, append, quote, read, written
from hexapla.corpus.document import Document, Segment, Source
from hexapla.corpus.errors import InputError
from hexapla.corpus.moved import Places

SENTENCES = (
    "Vojska je ušla u grad u zoru.",
    "Nitko nije poginuo.",
    "Kip na trgu srušen je istoga dana, pred mnogo ljudi.",
    "Nitko nije poginuo.",
    "سقطت المدينة في اليوم التالي.",
    "Dva dana poslije potpisano je primirje.",
)


def account(*sentences: str, name: str = "hr", kind: str = "s") -> Document:
    """A document that consists of *sentences*, one after the other."""
    text, segments = "", []
    for number, sentence in enumerate(sentences, start=1):
        segments.append(Segment(f"{name}.s{number}", kind, len(text), len(text) + len(sentence), 0))  # type: ignore[arg-type]  # a literal
        text += sentence + "\n"
    return Document(name, name, text, Source(f"{name}.txt", "", len(text)), tuple(segments))


def decided(*quoted: Quoted, **more: object) -> Decision:
    fields = {
        "what": "group",
        "verdict": "accepted",
        "event": "ev.fall",
        "by": "me",
        "date": "2026-11-30",
        "reason": "",
        **more,
    }
    return Decision(sentences=quoted, **fields)  # type: ignore[arg-type]  # a table of fields


BEFORE = account(*SENTENCES)
QUOTED = tuple(quote(BEFORE, segment) for segment in BEFORE.segments)


def found(document: Document) -> dict[Quoted, tuple[str, str]]:
    """What each of the six sentences is in *document*: how it was found, and its words there."""
    places = Places([decided(*QUOTED)], [document])
    texts = {segment.id: document.slice(segment) for segment in document.segments}
    return {one: (places.found[one].how, texts.get(places.segment(one), "")) for one in QUOTED}


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.jsonl"
    lines = [
        decided(*QUOTED[:2], relation="same-statement", label="Fall of the city", reason="odd \u2028 sign \"quoted\" ’"),
        decided(QUOTED[4], what="membership", verdict="rejected", words="سقطت"),
        decided(*QUOTED[:2], what="pair", verdict="corrected", event="", relation="translation"),
        decided(*QUOTED[:2], what="disagreement", slot="date of the event", kind="date", size=1.0, note="n", claims=(Said(1, "ništa", "2003-04-09", modifier="about"),)),
    ]  # fmt: skip
    append(lines[:1], path)
    append(lines[1:], path)
    held = read(path)
    assert held.decisions == tuple(lines)
    assert [decision.line for decision in held.decisions] == [1, 2, 3, 4]
    assert len(held.version) == 8
    append([], path)
    assert read(path) == held


def test_an_unfinished_last_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(written(decided(*QUOTED)), encoding="utf-8")  # an editor left out the last line end
    append([decided(*QUOTED, reason="again")], path)
    assert [decision.reason for decision in read(path).decisions] == ["", "again"]


BAD = [
    ("{", "is not JSON"),
    ("[]", "not an object"),
    ('{"what": "group"}', "has no 'verdict'"),
    (("what", "opinion"), "what is 'opinion', not one of group, membership, pair, disagreement"),
    (("verdict", "maybe"), "verdict is 'maybe'"),
    (("date", "yesterday"), "no ISO day"),
    (("event", ""), "names no event"),
    (("verdict", "corrected"), "says no relation"),
    (("relation", "similar"), "'similar' is no relation"),
    (("what", "membership"), "a membership has 1 sentences, not 6"),
    (("what", "disagreement"), "says no slot"),
    (("claims", [{"sentence": 9, "words": "x", "value": "1"}]), "a sentence that is not there"),
    (("sentences", [{"id": "hr.s1", "start": "first", "end": 2, "hash": ""}]), "invalid literal"),
    (("reason", None), "reason is None, not a string"),
    (("raeson", "typo"), "nobody knows 'raeson'"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_a_line_that_is_no_decision_is_refused(wrong: str | tuple[str, object], said: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    line = wrong if isinstance(wrong, str) else json.dumps(json.loads(written(decided(*QUOTED))) | dict([wrong]))
    path.write_text(f"\n{written(decided(*QUOTED))}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"decisions.jsonl:3: ") as refused:
        read(path)
    assert said in str(refused.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "decisions.jsonl")
    (tmp_path / "decisions.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read(tmp_path / "decisions.jsonl")


def test_in_the_same_text_everything_stands() -> None:
    assert [how for how, _ in found(BEFORE).values()] == ["stands"] * 6
    assert [words for _, words in found(BEFORE).values()] == list(SENTENCES)


def test_other_white_space_is_the_same_sentence() -> None:
    wrapped = account(*(sentence.replace(" u ", "\n u  ") for sentence in SENTENCES))
    assert {how for how, _ in found(wrapped).values()} == {"stands"}


def test_of_twins_each_finds_itself() -> None:
    later = account("Novi početak.", "I još jedna rečenica.", *SENTENCES)
    places = Places([decided(*QUOTED)], [later])
    assert [places.segment(one) for one in QUOTED] == [f"hr.s{n}" for n in range(3, 9)]
    assert places.counts() == {"moved": 6}


def test_mended_words_are_found_and_other_words_are_not() -> None:
    mended = account(
        *SENTENCES[:2], "Kip na trgu srušen je istog dana, pred mnogo ljudi.", *SENTENCES[3:5], "Sve je bilo gotovo."
    )
    how = found(mended)
    assert how[QUOTED[2]] == ("reworded", "Kip na trgu srušen je istog dana, pred mnogo ljudi.")
    assert how[QUOTED[5]] == ("lost", "")


def test_a_sentence_cut_anew_is_found_in_the_longer_one_and_in_its_longer_half() -> None:
    joined = account(" ".join(SENTENCES[:2]), *SENTENCES[2:])
    assert found(joined)[QUOTED[0]] == ("cut anew", " ".join(SENTENCES[:2]))
    start = BEFORE.segments[2].start
    halves = (Segment("hr.s3", "s", start, start + 33, 0), Segment("hr.s4", "s", start + 34, BEFORE.segments[2].end, 0))
    parted = BEFORE.having(segments=(*BEFORE.segments[:2], *halves))
    assert found(parted)[QUOTED[2]] == ("cut anew", "Kip na trgu srušen je istoga dana")


def test_boilerplate_and_other_documents() -> None:
    assert {how for how, _ in found(account(*SENTENCES, kind="x")).values()} == {"lost"}
    renamed = Places([decided(*QUOTED)], [account(*SENTENCES, name="croatian")])
    assert renamed.segment(QUOTED[0]) == "croatian.s1"
    assert renamed.counts()["of documents that are not here"] == 2
    assert renamed.segment(QUOTED[1]) == ""  # two sentences say this: which it was nobody knows


letters = st.text(
    st.characters(codec="utf-8", exclude_characters="\n", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
)
inserted = st.lists(st.tuples(st.integers(0, 6), letters.filter(str.strip)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(inserted)
def test_text_that_is_inserted_never_loses_a_decision(more: list[tuple[int, str]]) -> None:
    sentences = list(SENTENCES)
    for at, words in sorted(more, reverse=True):
        sentences.insert(at, words)
    for one, (how, words) in found(account(*sentences)).items():
        assert how in ("stands", "moved")
        assert words == one.text


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)))
def test_sentences_that_are_moved_about_never_lose_a_decision(order: list[int]) -> None:
    for one, (how, words) in found(account(*(SENTENCES[n] for n in order))).items():
        assert how in ("stands", "moved")
        assert words == one.text


def test_nothing_decided_is_nothing() -> None:
    assert len(Decisions()) == 0
    assert Places([], [BEFORE]).found == {}
