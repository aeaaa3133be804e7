"""Figures against gold: small cases by hand, and the given scorers on the same input."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hexapla.align.evaluate import Evaluation, Row, evaluate, interval, matched
from hexapla.align.gold import GoldBeads, GoldPairs, Reference, Sentence, read
from hexapla.align.group import Relation
from hexapla.align.pair import beads, sides
from hexapla.corpus.errors import HexaplaError
from hexapla.tei.edition import Edition
from tests.handmade import aligned, document, linked

SHARED = Path(os.environ.get("HEXAPLA_SHARED", ""))
shared = pytest.mark.skipif(
    not (SHARED / "bench" / "score").is_dir(), reason="needs HEXAPLA_SHARED, the folder with the reference data"
)


def written(folder: Path, **files: str) -> Path:
    """Write *files* (``pairs="…"`` is pairs.tsv, ``seg__en`` seg/en.tsv) and return the first."""
    paths = [folder / f"{name.replace('__', '/')}.tsv" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return paths[0]


def only(found: Evaluation, over: str, name: str = "") -> Row:
    (row,) = [row for row in found.rows if (row.over, row.name) == (over, name)]
    return row


GRADES = "en.s3\thr.s2\t3\nen.s5\thr.s4\t2\nar.s2\ten.s3\t2\nen.s4\thr.s3\t1\nar.s3\thr.s3\t2\n"
LABELS = (
    "left\tright\tlabel\tnote\tsame_statement\nen.s3\thr.s2\tyes\t\t1\nhr.s4\ten.s5\tyes\t\t0\n"
    "ar.s2\ten.s3\tyes\t\t0\nen.s4\thr.s3\tignore\t\t0\nar.s3\thr.s3\tyes\t\t\nen.s6\thr.s5\tno\t\t\n"
)


@pytest.mark.parametrize(
    "text", [GRADES, LABELS, "\ufeff" + LABELS.replace("\n", "\r\n")], ids=["grades", "labels", "crlf"]
)
def test_pairs_by_hand(text: str, edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold=text))
    found = evaluate(edition.alignment, edition.documents, gold)
    # found: hr.s2 hr.s3 | ar.s2 | en.s3 give hr.s2-ar.s2 hr.s3-ar.s2 hr.s2-en.s3 hr.s3-en.s3 ar.s2-en.s3; and hr.s4-en.s5
    whole = only(found, "all")
    assert (whole.found, whole.gold, whole.precision, whole.recall) == (6, 4, 3 / 6, 3 / 4)
    assert whole.f1 == pytest.approx(0.6)
    assert 0 <= whole.low <= whole.f1 <= whole.high <= 1
    assert only(found, "documents", "ar-en").f1 == 1
    assert only(found, "documents", "en-hr").precision == pytest.approx(2 / 3)
    assert only(found, "languages", "ar-hr").recall == 0
    assert only(found, "relation", "same-event").found == 5
    assert (
        only(found, "relation", "same-statement").found == 0
    )  # grp.aid holds a pair that is no same statement: it does not count
    assert dict(found.left_out)["pairs ignored by the gold"] == 1
    assert "evaluate:pairs|gold:gold.tsv@" in str(found.signature)
    assert str(found.aligned) == str(edition.alignment.signature)


def test_one_relation_is_measured_as_its_row(edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold=LABELS))
    whole = evaluate(edition.alignment, edition.documents, gold)
    relations: tuple[Relation, ...] = ("same-statement", "same-event")
    for relation in relations:
        row = only(evaluate(edition.alignment, edition.documents, gold, relation=relation), "all")
        assert replace(row, over="relation", name=relation) == only(whole, "relation", relation)


def test_a_pair_limits_what_is_measured(edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold=GRADES))
    found = evaluate(edition.alignment, edition.documents, gold, sides("hr-en", edition.documents))
    assert [row.name for row in found.rows if row.over == "documents"] == ["en-hr"]
    assert dict(found.left_out)["pairs of the gold whose documents are not compared"] == 2


def test_documents_that_the_gold_does_not_judge_are_no_errors(edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold="en.s3\thr.s2\t2\nen.s5\tde.1\t2\nar.s1\ten.s1\t0\n"))
    found = evaluate(edition.alignment, edition.documents, gold)
    assert "documents:ar-en,en-hr" in str(found.signature)
    assert dict(found.left_out) == {
        "pairs of the gold whose documents are not compared": 1,
        "pairs found in documents that are not compared": 2,
    }


def test_reference_sentences_are_matched_by_half_of_their_letters() -> None:
    mine = document("en", "en", ["Abcd efgh", "ijkl. X", "Mn", "not there"])
    dense = "Abcdefghijkl.XMn"
    theirs = Reference((Sentence("r1", 0, 5), Sentence("r2", 5, 14), Sentence("r3", 14, 16)), dense)
    assert matched(mine, theirs) == {"en.s1": ["r1"], "en.s2": ["r2"], "en.s3": ["r3"]}
    assert matched(document("en", "en", [dense]), theirs) == {"en.s1": ["r1", "r2", "r3"]}


def test_a_reference_beside_the_gold_is_used(edition: Edition, tmp_path: Path) -> None:
    english = next(one for one in edition.documents if one.id == "en")
    rows = "".join(f"en.{n}\t{part.kind}\t{english.slice(part)}\n" for n, part in enumerate(english.segments))
    gold = written(tmp_path, pairs="en.2\thr.s2\t2\n", en=rows, events="en.9\tnothing\tof the kind\n")
    with pytest.raises(HexaplaError, match="beside the gold, but none of hr"):
        evaluate(edition.alignment, edition.documents, read(gold))  # Croatian has no reference
    croatian = next(one for one in edition.documents if one.id == "hr")
    whole = " ".join(croatian.text.split())
    (tmp_path / "seg").mkdir()
    gold = written(tmp_path, pairs="en.2\thr.1\t2\n", seg__en=rows, seg__hr=f"hr.1\ts\t{whole}\n")
    found = evaluate(edition.alignment, edition.documents, read(gold))
    # all Croatian sentences are one of the reference
    assert (only(found, "all").found, only(found, "all").recall) == (2, 1)
    assert "reference:en,hr" in str(found.signature)


EN = document("en", "en", ["One.", "Two.", "Menu", "Three.", "Four."], "shxss")
AR = document("ar", "ar", ["أ", "ب", "ج"])
BEADS = "[0]:[0]\n[1, 2] : [1]\n[3]:[]\n\n[]:[2]\n"


def test_beads_by_hand(tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold=BEADS))
    made = aligned([EN, AR], linked("en", [1], "ar", [1]), linked("en", [2], "ar", [2, 3]))
    found = evaluate(made, [EN, AR], gold, sides("en-ar", [EN, AR]))
    # found: [0]:[0] [1]:[1,2] [2]:[] [3]:[]   strict 2 of 4, lax 3 of 4; without null beads 1 of 2
    assert [(row.name, row.precision, row.recall) for row in found.rows] == [
        ("strict", 2 / 4, 1 / 2),
        ("lax", 3 / 4, 2 / 2),
        ("strict, no null beads", 1 / 2, 1 / 2),
    ]


def given(scorer: str, *arguments: object) -> str:
    """What the given *scorer* prints."""
    path = SHARED / "bench" / "score" / f"{scorer}.py"
    call = [sys.executable, str(path), *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


def damaged(gold: GoldBeads, chance: random.Random) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The beads of *gold* as an aligner would have them: some joined, some cut."""
    made: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for left, right in sorted(gold.beads):
        fate = chance.random()
        if fate < 0.1 and made:
            made[-1] = (made[-1][0] + left, made[-1][1] + right)
        elif fate < 0.2 and len(left) > 1:
            made += [(left[:1], right), (left[1:], ())]
        elif fate > 0.05:
            made.append((left, right))
    return [bead for bead in made if all(bead)]


@shared
@pytest.mark.parametrize("name", ["ntrex-en-hr-base", "textberg-test0"])
def test_beads_are_scored_as_the_given_scorer_does(name: str, tmp_path: Path) -> None:
    path = SHARED / "bench" / "align" / name / "gold"
    gold = read(path)
    assert isinstance(gold, GoldBeads)
    sizes = [1 + max(number for bead in gold.beads for number in bead[side]) for side in (0, 1)]
    left, right = document("a", "de", ["x"] * sizes[0]), document("b", "fr", ["y"] * sizes[1])
    made = [linked("a", [n + 1 for n in a], "b", [n + 1 for n in b]) for a, b in damaged(gold, random.Random(7))]
    alignment = aligned([left, right], *made)
    held = tmp_path / "system"
    held.write_text("".join(f"{list(a)}:{list(b)}\n" for a, b in beads(alignment, left, right)))
    rows = evaluate(alignment, [left, right], gold, sides("a-b", [left, right])).rows
    strict, lax = (f"P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f}" for row in rows[:2])
    assert (
        given("beads", path, held) == f"strict {strict} | lax {lax} | strict F1 without null beads {rows[2].f1:.3f}\n"
    )
    assert rows[0].f1 < 0.95


@shared
def test_pairs_are_scored_as_the_given_scorer_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hexapla.scripts.__main__ import main
    from hexapla.tei.read import read as opened

    folder = SHARED / "bench" / "apollo"
    monkeypatch.setenv("HEXAPLA_LEXICONS", "embedded")
    texts = [str(folder / f"{name}.txt") for name in ("en", "hr", "ar")]
    assert main(["align", *texts, "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    edition = opened(tmp_path / "out" / "tei")
    relations: tuple[Relation | None, ...] = (None, "same-statement", "same-event")
    for relation in relations:
        more = ["--relation", relation] if relation else []
        said = given("groups", tmp_path / "out" / "dataset", folder, "--detail", "--docs", "ar,en,hr", *more)
        found = evaluate(edition.alignment, edition.documents, read(folder / "pairs.tsv"), relation=relation)
        rows = [row for row in found.rows if row.over == "documents"] + [only(found, "all")]
        for line, row in zip(said.splitlines(), rows, strict=True):
            figures = f"P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f}"
            counts = f"({row.found} found, {row.gold} annotated)"
            assert line == f"{row.name:10} {figures}  {counts}" if row.name else f"all {figures}  {counts}"
        assert len(rows) == 4
        assert relation or rows[-1].found > 10


def test_the_interval_is_the_same_each_time_and_narrows() -> None:
    few = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [0, 0, 1, 0], [1, 1, 1, 1]])
    low, high = interval(few)
    assert interval(few) == (low, high)
    assert low < 2 / 3 < high
    narrow = interval(np.repeat(few, 100, axis=0))
    assert low < narrow[0] < narrow[1] < high
    assert interval(few[:0]) == (0.0, 0.0)
    assert interval(few[:1]) == (1.0, 1.0)


BAD = [
    ("", "is empty"),
    ("\n \n", "is empty"),
    ("en.s1 hr.s1 2\n", ":1: is not: id, id, grade"),
    ("en.s1\thr.s1\t5\n", "grade of 0-3"),
    ("left\tright\ten.s1\n", "has no column label"),
    ("left\tright\tlabel\nen.s1\thr.s1\tmaybe\n", ":2: has the label 'maybe'"),
    ("en.s1\ten.s2\t2\n", "are not of two documents"),
    ("[0]:[1]\n[0,a]:[2]\n", ":2: is no bead"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_gold_that_cannot_be_read(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(HexaplaError) as caught:
        read(written(tmp_path, gold=text))
    assert said in str(caught.value)
    assert "gold.tsv" in str(caught.value)


def test_gold_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "gold.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HexaplaError, match="is not UTF-8"):
        read(tmp_path / "gold.tsv")
    with pytest.raises(HexaplaError, match="give the file in it"):
        read(tmp_path)
    (tmp_path / "en.tsv").write_text("en.1\ts\tHi\nhr.2\ts\tHo\n")
    with pytest.raises(HexaplaError, match=r"en\.tsv:2: is not: id, kind, text"):
        read(written(tmp_path, pairs="en.1\thr.1\t2\n"))


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ("en.s3\thr.s99\t2\n", "the build of hr has no sentence hr.s99"),
        ("de.1\tfr.1\t2\n", "the gold judges de-fr, the build has ar, en, hr"),
        ("en.s3\thr.s2\t0\n", "no pair of the documents that are compared"),
        ("[0]:[0]\n", "say which: --pair A-B"),
    ],
)
def test_gold_of_something_else(gold: str, said: str, edition: Edition, tmp_path: Path) -> None:
    judged = read(written(tmp_path, gold=gold))
    with pytest.raises(HexaplaError) as caught:
        evaluate(edition.alignment, edition.documents, judged)
    assert said in str(caught.value)


def test_a_reference_of_another_text(edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold="en.1\thr.1\t2\n", en="en.1\ts\tThis is it.\n", hr="hr.1\ts\tTo je to.\n"))
    with pytest.raises(HexaplaError, match="the reference segmentation of hr is of another text"):
        evaluate(edition.alignment, edition.documents, gold)


def test_beads_beyond_the_document(edition: Edition, tmp_path: Path) -> None:
    gold = read(written(tmp_path, gold="[0]:[0]\n[5]:[]\n"))
    with pytest.raises(HexaplaError, match=r"numbers a sentence 5 of en, which has 5 .*--segmented"):
        evaluate(edition.alignment, edition.documents, gold, sides("en-hr", edition.documents))


def test_a_build_without_text_needs_its_own_ids(edition: Edition, tmp_path: Path) -> None:
    silent = [replace(one, text="") for one in edition.documents]
    own = read(written(tmp_path, gold=GRADES))
    assert isinstance(own, GoldPairs)
    assert only(evaluate(edition.alignment, silent, own), "all").found == 6
    referred = read(written(tmp_path, gold="en.1\thr.1\t2\n", en="en.1\ts\tHi\n", hr="hr.1\ts\tHo\n"))
    with pytest.raises(HexaplaError, match="--no-text"):
        evaluate(edition.alignment, silent, referred)
