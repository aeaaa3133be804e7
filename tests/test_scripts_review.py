"""`hexapla review`: a reader at a terminal, a table that is filled in, and what comes of it."""

from __future__ import annotations

import csv
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from hexapla.align.standing import held
from hexapla.align.verdict import Judge, by_doubt, joined, unread
from hexapla.corpus.decision import Decision, read
from hexapla.tei.dialogue import Dialogue
from hexapla.tei.edition import Edition
from hexapla.tei.write import write as write_tei
from tests.calls import call, refused

ROOT = Path(__file__).parent.parent


@pytest.fixture
def build(edition: Edition, tmp_path: Path) -> Path:
    """A build of the sample edition, with its TEI."""
    write_tei(edition, tmp_path / "build" / "tei")
    return tmp_path / "build"


@pytest.fixture
def sit(edition: Edition, tmp_path: Path) -> Callable[..., tuple[list[Decision], str]]:
    """Let a reader give *answers* on all groups, and return what was kept and what was shown."""

    def run(*answers: str) -> tuple[list[Decision], str]:
        given, shown = iter(answers), []

        def ask(question: str) -> str | None:
            shown.append(question)
            return next(given, None)

        path = tmp_path / "decisions.jsonl"
        judge = Judge(edition.documents, "a reader", "2026-11-30")
        kept = Dialogue(judge, path, ask, shown.append, edition.alignment.disagreements).run(
            by_doubt(edition.alignment.groups)
        )
        decisions = list(read(path).decisions) if path.exists() else []
        assert kept == len(decisions)
        return decisions, "\n".join(shown)

    return run


def said(decisions: Iterable[Decision]) -> list[tuple[str, str, str, list[str], str]]:
    return [(one.what, one.verdict, one.relation, [q.id for q in one.sentences], one.reason) for one in decisions]


def test_the_least_certain_group_comes_first_with_all_there_is_to_say(
    sit: Callable[..., tuple[list[Decision], str]],
) -> None:
    decisions, shown = sit("q")
    assert decisions == []
    assert shown.index("Aid to Iraq") < shown.index("a accept")
    assert "ev.aid   same-statement   sure 0.50" in shown
    assert "because   quantity 50 percent: \u2068oko 50 posto\u2069 ~ \u2068about 50 percent\u2069" in shown
    assert "Fall of Baghdad" not in shown


def test_right_to_left_text_stands_between_marks(sit: Callable[..., tuple[list[Decision], str]]) -> None:
    _, shown = sit("k", "q")
    assert "\u2067دخلت القوات الأمريكية بغداد في 10 أبريل 2003 وقتل 6 جنود.\u2069" in shown
    assert "\u2066American forces entered Baghdad on 9 April.\u2069" in shown
    assert all(line.count("\u2069") >= 1 for line in shown.split("\n") if "\u2067" in line)


def test_accept_and_reject_with_reasons(sit: Callable[..., tuple[list[Decision], str]]) -> None:
    decisions, _ = sit("a half of the Iraqis, in both", "r", "another day")
    assert said(decisions) == [
        ("group", "accepted", "same-statement", ["hr.s4", "en.s5"], "half of the Iraqis, in both"),
        ("group", "rejected", "", ["hr.s2", "hr.s3", "ar.s2", "en.s3"], "another day"),
    ]
    assert {(one.by, one.date, one.label) for one in decisions} == {
        ("a reader", "2026-11-30", "Aid to Iraq"),
        ("a reader", "2026-11-30", "Fall of Baghdad"),
    }


def test_a_sentence_is_dropped_and_another_added_before_the_rest_is_accepted(
    sit: Callable[..., tuple[list[Decision], str]],
) -> None:
    decisions, shown = sit("k", "d 2 another matter", "+ ar.s3 the statue", "s", "the same day")
    assert said(decisions) == [
        ("membership", "rejected", "", ["hr.s3"], "another matter"),
        ("membership", "added", "", ["ar.s3"], "the statue"),
        ("group", "corrected", "same-statement", ["hr.s2", "ar.s2", "ar.s3", "en.s3"], "the same day"),
    ]
    assert shown.count("[2/2] Fall of Baghdad") == 3  # shown anew after each change


def test_a_group_that_loses_its_second_document_is_settled(sit: Callable[..., tuple[list[Decision], str]]) -> None:
    decisions, shown = sit("d 1", "no", "q")
    assert said(decisions) == [("membership", "rejected", "", ["hr.s4"], "no")]
    assert "no group any more" in shown


def test_disagreements_are_shown_and_decided_on(sit: Callable[..., tuple[list[Decision], str]]) -> None:
    decisions, shown = sit("y 1", "k", "y 1 another day", "n 2 two counts", "n 3", "a yes")
    assert "None differ." in shown
    assert (
        "differ 1  date of the event: \u20689. travnja 2003. godine\u2069 ~ \u206810 أبريل 2003\u2069 ~ \u20689 April\u2069"
        in shown
    )
    assert "1 to 2" in shown
    assert [(one.what, one.verdict, one.slot, one.reason) for one in decisions] == [
        ("disagreement", "accepted", "date of the event", "another day"),
        ("disagreement", "rejected", "deaths of soldiers", "two counts"),
        ("group", "accepted", "", "yes"),
    ]
    assert [(claim.words, claim.value) for claim in decisions[1].claims] == [("4 vojnika", "4"), ("6 جنود", "6")]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("what", "the group is right as it is"),
        ("", "the group is right as it is"),
        ("d", "number of a sentence, 1 to 2"),
        ("d 9", "number of a sentence, 1 to 2"),
        ("d ²", "number of a sentence, 1 to 2"),
        ("+ hr.s99", "hr.s99 is no sentence that could be added"),
        ("+ hr.s6", "hr.s6 is no sentence"),
        ("+ hr.s4", "hr.s4 is no sentence"),
        ("+", "give its id, such as hr.s4"),
    ],
)
def test_what_cannot_be_done_is_said_and_asked_again(
    answer: str, shown: str, sit: Callable[..., tuple[list[Decision], str]]
) -> None:
    decisions, page = sit(answer, "q")
    assert decisions == []
    assert shown in page
    assert page.count("a accept") == 2


def test_a_reader_who_goes_away_loses_nothing(sit: Callable[..., tuple[list[Decision], str]]) -> None:
    decisions, _ = sit("d 1")  # and no more answers: not even a reason
    assert said(decisions) == [("membership", "rejected", "", ["hr.s4"], "")]


def test_groups_that_were_read_are_not_asked_about_again(
    edition: Edition, sit: Callable[..., tuple[list[Decision], str]]
) -> None:
    decisions, _ = sit("a yes", "q")
    left = unread(edition.alignment, edition.documents, edition.authority, decisions)
    assert [group.id for group in left] == ["grp.fall-of-baghdad"]
    aid = next(group for group in edition.alignment.groups if group.id == "grp.aid")
    grown = replace(edition.alignment, groups=(joined(aid, "ar", "ar.s4"),))
    assert unread(grown, edition.documents, edition.authority, decisions) == list(
        grown.groups
    )  # of ar.s4 nothing is said


# --- the command


def test_a_pipe_is_told_of_the_table(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--table FILE" in refused(capsys, "review", build, "--decisions", build.parent / "d.jsonl")


def test_where_the_texts_lie_must_be_said(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--decisions PATH" in refused(capsys, "review", build)


def test_a_day_that_is_none(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is no day" in refused(capsys, "review", build, "--decisions", build / "d", "--date", "today")


def test_of_no_build_and_of_a_build_without_texts(
    edition: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing" not in refused(capsys, "review", tmp_path)
    write_tei(replace(edition, work=replace(edition.work, with_text=False)), tmp_path / "silent" / "tei")
    assert "no texts to read" in refused(capsys, "review", tmp_path / "silent", "--decisions", tmp_path / "d")


def test_at_a_terminal(build: Path) -> None:
    """A whole session at a pseudo-terminal, ended with Ctrl-D."""
    path = build.parent / "decisions.jsonl"
    said = ["--decisions", str(path), "--by", "me", "--date", "2026-11-30"]
    command = [sys.executable, "-m", "hexapla.scripts", "review", str(build), *said]
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT / "typings"), "TERM": "dumb"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    os.close(theirs)
    shown = ""
    try:
        for waited, answer in (("help >", b"a\n"), ("why?", b"both say it\n"), ("help >", b"\x04")):
            shown += until(ours, waited)
            os.write(ours, answer)
        shown += until(ours, "to apply them")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    (decision,) = read(path).decisions
    assert (decision.verdict, decision.reason, decision.by) == ("accepted", "both say it", "me")
    assert "[1/2] Aid to Iraq" in shown
    assert "1 decisions kept in" in shown


def test_ctrl_c_loses_nothing_that_was_answered(edition: Edition, tmp_path: Path) -> None:
    answers = iter(["a both say it"])

    def ask(_: str) -> str:
        for answer in answers:
            return answer
        raise KeyboardInterrupt

    judge = Judge(edition.documents, "me", "2026-11-30")
    with pytest.raises(KeyboardInterrupt):
        Dialogue(judge, tmp_path / "d.jsonl", ask, lambda _: None).run(by_doubt(edition.alignment.groups))
    assert [one.reason for one in read(tmp_path / "d.jsonl").decisions] == ["both say it"]


def until(terminal: int, words: str) -> str:
    shown, end = "", time.monotonic() + 30
    while words not in shown:
        assert time.monotonic() < end, shown
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace")
    return shown


# --- the table


def filled(path: Path, **verdicts: tuple[str, str, str]) -> list[list[str]]:
    """Fill in the table *path*: verdict, relation and reason by sentence (hr_s2 for hr.s2)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    for row in rows[1:]:
        row[-3:] = verdicts.get(row[7].replace(".", "_"), ("", "", ""))
    save(path, rows)
    return rows


def save(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # as spreadsheets do: a mark, \r\n, quotes
        csv.writer(file, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)


@pytest.fixture
def table(build: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = build.parent / "table.tsv"
    assert call("review", build, "--decisions", build.parent / "d.jsonl", "--table", path) == 0
    assert "6 sentences in 2 groups" in capsys.readouterr().out
    return path


def back(build: Path, table: Path) -> list[Decision]:
    path = build.parent / "d.jsonl"
    assert call("review", build, "--decisions", path, "--table", table, "--by", "me", "--date", "2026-11-30") == 0
    return list(read(path).decisions)


def test_a_table_is_filled_in_and_read_back(build: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yes, no = ("accepted", "", "same day"), ("No", "", "another matter")
    rows = filled(table, hr_s2=yes, hr_s3=no, ar_s2=yes, en_s3=("accepted", "same-statement", "entered"), hr_s4=no)
    save(table, [*rows, ["grp.fall-of-baghdad", *[""] * 6, "ar.s3", "", "", "added", "", "the statue"]])
    decisions = back(build, table)
    assert said(decisions) == [
        ("membership", "rejected", "", ["hr.s4"], "another matter"),
        ("membership", "rejected", "", ["hr.s3"], "another matter"),
        ("membership", "added", "", ["ar.s3"], "the statue"),
        ("group", "corrected", "same-statement", ["hr.s2", "ar.s2", "ar.s3", "en.s3"], "same day; entered; the statue"),
    ]
    assert back(build, table) == decisions  # read twice, kept once
    assert "0 decisions kept" in capsys.readouterr().out


def test_all_rejected_is_a_rejected_group(build: Path, table: Path) -> None:
    filled(table, hr_s4=("rejected", "", "no"), en_s5=("rejected", "", "no"))
    assert said(back(build, table)) == [("group", "rejected", "", ["hr.s4", "en.s5"], "no")]


def test_an_empty_table_decides_nothing(build: Path, table: Path) -> None:
    assert call("review", build, "--decisions", build.parent / "d.jsonl", "--table", table) == 0
    assert not (build.parent / "d.jsonl").exists()


ROW = ["grp.aid", "", "", "", "", "", "", "hr.s4", "", "", "accepted", "", ""]
WRONG = [
    ({0: "grp.fall"}, "there is no group 'grp.fall'"),
    ({7: "hr.s99"}, "there is no sentence 'hr.s99'"),
    ({7: "hr.s6"}, "there is no sentence 'hr.s6'"),  # boilerplate is never aligned
    ({8: "Something else."}, "hr.s4 says something else in this build"),
    ({10: "perhaps"}, "the verdict is 'perhaps'"),
    ({11: "similar"}, "'similar' is no relation"),
    ({10: "added"}, "hr.s4 is in grp.aid already"),
    ({7: "hr.s2"}, "hr.s2 is not in grp.aid"),
]


@pytest.mark.parametrize(("change", "what"), WRONG)
def test_a_row_that_cannot_be_read_is_named(
    change: dict[int, str], what: str, build: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = filled(table)
    save(table, [*rows, [change.get(at, cell) for at, cell in enumerate(ROW)]])
    told = refused(capsys, "review", build, "--decisions", build.parent / "d.jsonl", "--table", table)
    assert f"table.tsv:8: {what}" in told
    assert not (build.parent / "d.jsonl").exists()


def test_a_table_that_is_none(build: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decisions = ("--decisions", build.parent / "d.jsonl")
    table.write_text("group,sentence\n", encoding="utf-8")
    assert "has no column" in refused(capsys, "review", build, *decisions, "--table", table)
    table.write_bytes("group\tverdict".encode("utf-16"))
    assert "is not UTF-8" in refused(capsys, "review", build, *decisions, "--table", table)
    rows = [
        ["group", "sentence", "verdict", "relation is", "reason"],
        ["grp.aid", "hr.s4", "", "same-event", ""],
        ["grp.aid", "en.s5", "", "translation", ""],
    ]
    save(table, rows)
    assert "two relations" in refused(capsys, "review", build, *decisions, "--table", table)


# --- what is learned


def test_a_word_list_is_learned_from_what_is_accepted(
    edition: Edition, build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "review", build, "--learn", tmp_path / "words.tsv")  # one accepted link teaches nothing
    assert "teach no words" in said

    from hexapla.align.learn import learn_all
    from hexapla.corpus.wordlist import read as read_words

    aligned = edition.alignment
    groups = tuple(replace(group, status="accepted") for group in aligned.groups)
    links = tuple(replace(link, relation="same-statement") for link in aligned.links)
    more = replace(aligned, groups=groups, links=links * 2)
    assert not learn_all(replace(more, groups=aligned.groups[:1]), edition.documents)
    write_tei(replace(edition, alignment=replace(more, links=links)), tmp_path / "more" / "tei")
    assert learn_all(more, edition.documents)
    assert call("review", tmp_path / "more", "--learn", tmp_path / "words.tsv") == 0
    assert "pairs of words" in capsys.readouterr().out
    assert {entry.language for entry in read_words(tmp_path / "words.tsv")} >= {"en", "hr"}
    assert "is there already" in refused(capsys, "review", tmp_path / "more", "--learn", tmp_path / "words.tsv")
    assert held(groups[1]) == {"hr.s4", "en.s5"}
