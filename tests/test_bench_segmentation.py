from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.scripts.bench import segmentation as bench
from hexapla.scripts.bench.segmentation import Score, System, Tally, Text

COMPARED = [  # reference, found, span F1, inner F1
    (["He left.", "So?", "Yes."], ["He left.", "So?", "Yes."], 100, 100),
    (["He left.", "So?", "Yes."], ["He  left. ", "", " So?\nYes."], 200 * 1 / 5, 200 * 1 / 3),
    (["He left.", "So?"], ["He left. So?"], 0, 0),
    (["He left."], ["He left."], 100, 100),
    (["He left."], ["He", "left."], 0, 0),
    (["A b", "c d"], ["A", "b c", "d"], 0, 0),
]

NEWS = Text("n1", "en", "The siege\n\nIt fell. He left.", ("The siege", "It fell.", "He left."))
TRAP = Text("t1", "en", "Mr. Hale left. So?", ("Mr. Hale left.", "So?"))
CASE = Text("t2", "hr", "Bio je 3. ožujka. Kraj.", ("Bio je 3. ožujka.", "Kraj."))


def at_stops(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def system(split: bench.Splitter, **fields: object) -> System:
    return replace(System("stops", "", lambda language, texts: split, ("en",)), **fields)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(("wanted", "found", "spans", "inner"), COMPARED)
def test_f1(wanted: list[str], found: list[str], spans: float, inner: float) -> None:
    score = bench.compare(wanted, found)
    assert (score.spans.f1(), score.inner.f1()) == pytest.approx((spans, inner))
    assert score.perfect() == (spans == 100)


def test_other_text_is_no_segmentation() -> None:
    with pytest.raises(ValueError, match="not the same text"):
        bench.compare(["He left."], ["She left."])


def test_scores_add_up() -> None:
    some = Score(Tally(1, 2, 3), Tally(0, 1, 2), 1)
    assert some + some == Score(Tally(2, 4, 6), Tally(0, 2, 4), 2)


def _scorer() -> ModuleType | None:
    """The scorer of the reference data, where that is at hand."""
    path = Path(os.environ.get("HEXAPLA_SHARED", "")) / "bench" / "score" / "segment.py"
    spec = importlib.util.spec_from_file_location("scorer", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORER = _scorer()
WORDS = st.lists(st.text("ab .\n", min_size=1, max_size=6), max_size=8)
PLACES = st.lists(st.integers(0, 48), max_size=6)


@given(WORDS, PLACES)
def test_what_is_right_was_found_and_wanted(wanted: list[str], places: list[int]) -> None:
    text = "".join(wanted)
    found = bench.cut(text, [place for place in places if place <= len(text)])
    assert "".join(found) == text
    score = bench.compare(wanted, found)
    assert score.spans.right <= min(score.spans.found, score.spans.wanted)
    assert score.inner.right <= min(score.inner.found, score.inner.wanted)
    assert bench.compare(wanted, wanted).perfect()


@pytest.mark.skipif(SCORER is None, reason="the reference scorer is not at hand: set HEXAPLA_SHARED")
@given(WORDS, PLACES)
def test_score_is_that_of_the_reference_scorer(wanted: list[str], places: list[int]) -> None:
    text = "".join(wanted)
    found = bench.cut(text, [place for place in places if place <= len(text)])
    assert SCORER is not None
    official = SCORER.score_doc(wanted, found)
    score = bench.compare(wanted, found)
    assert score.spans == (official["ok"], official["sys"], official["gold"])
    assert score.inner == (official["bok"], official["bs"], official["bg"])


def test_a_tool_reads_a_paragraph_at_a_time() -> None:
    seen = []

    def split(text: str) -> list[str]:
        seen.append(text)
        return at_stops(text)

    assert bench.measure(split, NEWS).perfect()
    assert seen == ["The siege", "It fell. He left."]
    assert bench.measure(split, NEWS, whole=True).spans == Tally(1, 2, 3)


def test_a_tool_that_changes_the_text_divides_nothing() -> None:
    score = bench.measure(lambda text: [part.replace("left", "went") for part in at_stops(text)], NEWS)
    assert score == Score(Tally(1, 2, 3), Tally(1, 1, 2), 1)


def test_a_row_holds_the_collections_and_traps_of_its_languages() -> None:
    row = bench.examine(system(at_stops), {"en": [NEWS], "hr": [replace(NEWS, language="hr")]}, [TRAP, CASE])
    assert (row.title, list(row.scores), row.passed, row.failed) == ("stops", ["en"], (), ("t1",))
    ours = bench.examine(bench.SYSTEMS[0], {"en": [NEWS]}, [TRAP, CASE])
    assert (ours.scores["en"].perfect(), ours.passed) == (True, ("t1", "t2"))


def test_a_tool_that_is_not_installed_is_no_row() -> None:
    with pytest.raises(PackageNotFoundError):
        bench.examine(system(at_stops, package="no-such-package"), {"en": [NEWS]}, [])


def test_a_tool_that_would_take_minutes_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SLOWEST", 10**12)
    with pytest.raises(bench.TooSlowError, match="sentences a second"):
        bench.total(at_stops, [NEWS])


def _fails(text: str) -> Iterable[str]:
    raise RuntimeError(f"cannot read {text!r}")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Reference data of the shape that the benchmark reads, with one text a language."""
    for folder in ("text", "segment", "iraq"):
        (tmp_path / "bench" / folder).mkdir(parents=True)
    for language in bench.LANGUAGES:
        row = {"doc": "n1", "lang": language, "text": NEWS.text, "sentences": NEWS.sentences}
        (tmp_path / "bench" / "text" / f"{language}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    for language in bench.ANNOTATED:
        lines = (bench.ACCOUNTS / f"{language}.txt").read_text("utf-8").splitlines()
        rows = (f"{language}.1\ts\t{line.strip()}" for line in lines if line.strip())
        (tmp_path / "bench" / "iraq" / f"{language}.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    trap = {"id": "t1", "lang": "en", "text": TRAP.text, "sentences": TRAP.sentences}
    (tmp_path / "bench" / "segment" / "traps.jsonl").write_text(json.dumps(trap) + "\n", "utf-8")
    return tmp_path


def test_the_tables_of_f1(shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    systems = (bench.SYSTEMS[0], system(at_stops), system(at_stops, name="x", package="no-x"), system(_fails, name="y"))
    monkeypatch.setattr(bench, "SYSTEMS", systems)
    assert bench.main(["--shared", str(shared), "--text"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "| system | en | hr | ar | tl | iraq en | iraq hr | iraq hr, ours | traps |" in lines
    assert any(line.startswith("| hexapla | 100.00 / 100.00 |") and line.endswith("| 1/1 |") for line in lines)
    assert any(
        line.startswith("| stops | 100.00 / 100.00 | – |") and line.endswith("| – | – | 0/1 |") for line in lines
    )
    assert "| system | en, small | hr, small | tl, small |" in lines
    assert "| stops | 100.00 / 100.00 | – | – |" in lines
    assert "- x: not installed" in lines
    assert "- y: RuntimeError: cannot read 'The siege'" in lines


def test_our_reference_of_the_croatian_account_is_reached() -> None:
    account = bench.reading("hr")
    assert len(account.sentences) == 316
    score = bench.measure(bench.SYSTEMS[0].make("hr", []), account, whole=True)
    assert score.spans.f1() >= 96
    assert score.changed == 0


def test_every_hostile_input_has_its_times(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {name: (piece, tail, 0.002) for name, (piece, tail, _) in bench.HOSTILE.items()}
    monkeypatch.setattr(bench, "HOSTILE", small)
    rows = list(bench.hostile("hr"))
    assert [row[0] for row in rows] == list(small)
    assert all(float(time) >= 0 for row in rows for time in row[2:])


def test_without_reference_data_one_line_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["--shared", str(tmp_path)])
    assert stopped.value.code == 2
    assert "give --shared DIR or set HEXAPLA_SHARED" in capsys.readouterr().err
