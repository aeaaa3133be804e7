"""Translations scored against what groups hold: sacrebleu's own figures, with references that differ in number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from hexapla.align.hypothesis import Lines, Task, read, score, task
from hexapla.align.pair import sides
from hexapla.corpus.errors import HexaplaError
from tests.handmade import aligned, document, linked

EN = document(
    "en", "en", ["The town fell.", "Nobody was hurt that day.", "Menu", "Rain came.", "Then it ended."], "ssxss"
)
HR1 = document("hr1", "hr", ["Grad je pao.", "Toga dana nitko nije stradao, a onda je pala kiša.", "Kraj."])
HR2 = document("hr2", "hr", ["Pao je grad, kažu svi."])
ALL = [EN, HR1, HR2]
MADE = aligned(
    ALL,
    linked("en", [1], "hr1", [1]),
    linked("en", [2, 4], "hr1", [2]),
    linked("hr2", [1], "en", [1]),
    linked("en", [5], "hr2", [1], "same-event"),
)
GOOD = ["Grad je pao.", "Toga dana nitko nije stradao.", "Pala je kiša.", "Onda je gotovo."]
JOINED = ["Grad je pao.", "Toga dana nitko nije stradao. Pala je kiša."]
REFERENCES = [
    ["Grad je pao.", "Toga dana nitko nije stradao, a onda je pala kiša."],
    ["Pao je grad, kažu svi.", None],
]


def wanted(pair: str = "en-hr", lines: Lines = "segment") -> Task:
    return task(MADE, sides(pair, ALL), lines=lines)


def hypothesis(folder: Path, lines: list[str], name: str = "system.txt") -> Path:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_units_hold_the_sentences_of_a_link_and_all_their_references() -> None:
    found = wanted()
    assert (found.relation, found.size, found.source, found.target) == ("translation", 4, "en", "hr")
    assert [(unit.lines, unit.references) for unit in found.units] == [
        ((0,), ("Grad je pao.", "Pao je grad, kažu svi.")),
        ((1, 2), ("Toga dana nitko nije stradao, a onda je pala kiša.",)),
    ]


def test_figures_are_those_of_sacrebleu(tmp_path: Path) -> None:
    found = wanted()
    results = score({"a": read(hypothesis(tmp_path, GOOD), found)}, found)
    metrics = (CHRF(word_order=2), BLEU(), TER())
    expected = [metric.corpus_score(JOINED, REFERENCES).score for metric in metrics]  # type: ignore[arg-type]  # sacrebleu takes None for no reference, its types do not
    assert [result.metric for result in results] == ["chrF2++", "BLEU", "TER"]
    assert [result.score for result in results] == pytest.approx(expected)
    assert all("nrefs:var|bs:1000|seed:12345|" in result.signature for result in results)
    assert all(result.interval >= 0 and result.p is None for result in results)
    assert score({"a": JOINED}, found) == results


def test_a_missing_reference_is_no_empty_one() -> None:
    from sacrebleu.metrics.chrf import CHRF

    one = CHRF(word_order=2).corpus_score(["a b", "c d"], [["a b", "c d"], ["x", None]])  # type: ignore[list-item]  # as above
    assert one.score == 100
    assert TER().corpus_score(["a b"], [["a b"], [None]]).score == 0  # type: ignore[list-item]  # as above


def test_systems_are_compared_with_the_first(tmp_path: Path) -> None:
    found = wanted("en-hr1")
    good = read(hypothesis(tmp_path, GOOD), found)
    bad = read(hypothesis(tmp_path, ["x", "y", "", "z"], "bad.txt"), found)
    results = score({"good": good, "bad": bad, "good again": good}, found)
    by = {(result.system, result.metric): result for result in results}
    assert by["good", "BLEU"].p is None
    assert by["good again", "chrF2++"].score == by["good", "chrF2++"].score > by["bad", "chrF2++"].score
    assert by["good again", "chrF2++"].p is None
    differs = by["bad", "chrF2++"].p
    assert differs is not None
    assert 0 < differs < 1
    assert score({"good": good}, found)[0].score == by["good", "chrF2++"].score


def test_lines_of_groups_are_those_of_the_moses_files(tmp_path: Path) -> None:
    found = wanted(lines="group")
    assert found.size == 3  # two links of en.s1, to two documents, and one of en.s2 en.s4
    lines = [JOINED[0], JOINED[0], JOINED[1]]
    assert score({"a": read(hypothesis(tmp_path, lines), found)}, found) == score({"a": JOINED}, wanted())
    with pytest.raises(HexaplaError, match=r"system\.txt:2: is another translation of the sentences of line 1"):
        read(hypothesis(tmp_path, ["Grad.", "Grad!", "x"]), found)


def test_the_relation_may_be_chosen() -> None:
    found = task(MADE, sides("en-hr", ALL), "same-event")
    assert [(unit.lines, unit.references) for unit in found.units] == [((3,), ("Pao je grad, kažu svi.",))]
    events = replace(MADE, links=MADE.links[3:])
    assert task(events, sides("en-hr2", ALL)).relation == "same-event"


@pytest.mark.parametrize(("language", "cut"), [("zh", "tok:zh"), ("th", "tok:char"), ("ko", "tok:13a")])
def test_what_is_written_without_spaces_is_cut_by_characters(language: str, cut: str) -> None:
    other = document("x", language, ["甲乙丙丁戊"])
    found = task(aligned([EN, other], linked("en", [1], "x", [1])), sides("en-x", [EN, other]))
    bleu = score({"a": ["甲乙丙丁己"]}, found)[1]
    assert cut in bleu.signature
    assert bleu.metric == "BLEU"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a\nb\n", "has 2 lines and needs 4, one for each sentence and heading of en; --lines group"),
        (b"", "has 0 lines and needs 4"),
        (b"a\nb\nc\nd\n\n", "has 5 lines"),
        (b"\xff\xfea\x00", "is not UTF-8"),
    ],
)
def test_translations_that_cannot_be_used(text: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "system.txt"
    path.write_bytes(text)
    with pytest.raises(HexaplaError) as caught:
        read(path, wanted())
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    path = tmp_path / "system.txt"
    path.write_bytes("a\u2028b\r\nc\x85\n\nd".encode())
    assert read(path, wanted()) == ("a\u2028b", "c\x85".strip())


def test_what_cannot_be_scored() -> None:
    with pytest.raises(HexaplaError, match="hr is 2 documents; name one of them: hr1, hr2"):
        wanted("hr-en")
    with pytest.raises(HexaplaError, match="no link of same-statement is between en and hr"):
        task(MADE, sides("en-hr", ALL), "same-statement")
    with pytest.raises(HexaplaError, match="no link is between hr1 and hr2"):
        wanted("hr1-hr2")
    with pytest.raises(HexaplaError, match="the text of hr2 was left out"):
        task(MADE, sides("en-hr2", [EN, HR1, replace(HR2, text="")]))
    with pytest.raises(HexaplaError, match="cannot be read"):
        read(Path("nowhere.txt"), wanted())
