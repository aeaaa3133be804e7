"""hexapla mine, as a user meets it: what it writes, what it says, and how it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.calls import call, refused

EN = [
    "The council met on Monday to discuss the new bridge.",
    "She bought a red dress for the wedding of her sister.",
    "The mayor said that the work would cost 12 million euros.",
    "The orchestra played Mozart until midnight.",
    "The bridge was approved by 18 votes to 7.",
    "Police arrested three men after the robbery of a bank in Dublin.",
]
HR = [
    "Most je odobren s 18 glasova prema 7.",
    "Znanstvenici su otkrili novi planet izvan Sunčeva sustava.",
    "Vijeće se sastalo u ponedjeljak kako bi raspravilo o novom mostu.",
    "Na Velebitu je pao prvi snijeg.",
    "Gradonačelnik je rekao da će radovi stajati 12 milijuna eura.",
    "Cijene kruha rastu već treći mjesec zaredom.",
]
TRUE = {(0, 2), (2, 4), (4, 0)}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "english", tmp_path / "croatian"
    for folder, name, lines in ((one, "en", EN), (other, "hr", HR)):
        folder.mkdir()
        (folder / f"a.{name}.txt").write_text("\n".join(lines[:4]) + "\n", encoding="utf-8")
        (folder / f"b.{name}.txt").write_text("\n".join(lines[4:]) + "\n", encoding="utf-8")
    return one, other


def rows(out: Path) -> list[list[str]]:
    return [line.split("\t") for line in (out / "pairs.tsv").read_text("utf-8").splitlines()]


def test_pairs_are_written_with_numbers_over_all_files(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert call("mine", *folders, "--out", out, "--segmented", "--engine", "local") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert {(int(row[0]), int(row[1])) for row in rows(out)} == TRUE
    for row in rows(out):
        assert len(row) == 8
        assert 0.5 <= float(row[2]) <= 1
        assert (row[5], row[6]) == (EN[int(row[0])], HR[int(row[1])])
    by_source = {row[0]: row for row in rows(out)}
    assert by_source["4"][3:5] == ["b-en.s1", "a-hr.s1"]
    assert "number:18" in by_source["4"][7]
    assert "18 ~ 18" in by_source["4"][7]
    assert "votes ~ glasova" in by_source["4"][7]
    for told in ("english: 2 files, en", "croatian: 2 files, hr", "lines, left: 6", "kept: 3", "lexicon:"):
        assert told in said.out


def test_parquet_holds_the_same_and_loads(folders: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("mine", *folders, "--out", out, "--segmented")
    (path,) = (out / "pairs").iterdir()
    listed = pq.read_table(path).to_pylist()
    assert [(str(r["source"]), str(r["target"]), f"{r['score']:.4f}", r["source_id"]) for r in listed] == [
        tuple(row[:4]) for row in rows(out)
    ]
    votes = next(r for r in listed if r["source"] == 4)["evidence"]
    assert {"kind": "number", "value": "18", "left": "18", "right": "18"}.items() <= votes[0].items() | votes[1].items()
    card = (out / "README.md").read_text("utf-8")
    assert card.startswith("---\nlanguage:\n")
    assert "`hexapla:" in card
    for column in listed[0]:
        assert f"| `{column}` |" in card


def test_the_card_is_read_by_datasets(folders: tuple[Path, Path], tmp_path: Path) -> None:
    from datasets import load_dataset

    out = tmp_path / "out"
    call("mine", *folders, "--out", out, "--segmented")
    held = load_dataset(str(out), split="train", cache_dir=str(tmp_path / "cache"))
    assert {(row["source"], row["target"]) for row in held} == TRUE


def test_the_same_bytes_again_over_an_earlier_result(folders: tuple[Path, Path], tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        assert call("mine", *folders, "--out", tmp_path / "out", "--segmented") == 0
        held = sorted(p for p in (tmp_path / "out").rglob("*") if p.is_file())
        made.append({str(p): p.read_bytes() for p in held})
    assert made[0] == made[1]


def test_texts_are_segmented_unless_they_are(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for folder, name, lines in zip(folders, ("en", "hr"), (EN, HR), strict=True):
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / f"x.{name}.txt").write_text(" ".join(lines) + "\n", encoding="utf-8")
    assert call("mine", *folders, "--out", tmp_path / "out") == 0
    assert {(int(row[0]), int(row[1])) for row in rows(tmp_path / "out")} == TRUE


def test_a_language_is_given_for_a_folder_or_a_file(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in folders:
        for path in list(folder.iterdir()):
            path.rename(folder / f"{path.name[0]}.txt")
    given = ("--lang", f"{folders[0]}=en", "--lang", "croatian=sr", "--lang", f"{folders[1] / 'a.txt'}=hr")
    assert call("mine", *folders, "--out", tmp_path / "out", "--segmented", *given) == 0
    assert "croatian: 2 files, hr, sr" in capsys.readouterr().out


def test_hidden_files_and_folders_are_left_out(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (folders[0] / ".hidden").write_bytes(b"\xff\xfe\x00")
    (folders[0] / "deeper").mkdir()
    (folders[0] / "deeper" / "c.en.txt").write_text("Nothing.", encoding="utf-8")
    assert call("mine", *folders, "--out", tmp_path / "out", "--segmented") == 0
    assert {(int(row[0]), int(row[1])) for row in rows(tmp_path / "out")} == TRUE


def test_what_cannot_be_mined_is_refused(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = folders
    out = ("--out", tmp_path / "out", "--segmented")
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "x.hr.txt").write_bytes("Čekaju ključeve već dugo u hladnoj kući.".encode("cp1250"))
    assert "is given twice" in refused(capsys, "mine", one, tmp_path / "croatian" / ".." / "english", *out)
    assert "does not exist" in refused(capsys, "mine", one, tmp_path / "none", *out)
    assert "is not a folder" in refused(capsys, "mine", one, other / "a.hr.txt", *out)
    assert "has no files" in refused(capsys, "mine", one, tmp_path / "empty", *out)
    assert "is not UTF-8" in refused(capsys, "mine", one, tmp_path / "latin", *out)
    assert "is not a language tag" in refused(capsys, "mine", one, other, *out, "--lang", "croatian=Klingonish")
    assert "which is no folder and no file" in refused(capsys, "mine", one, other, *out, "--lang", "serbian=sr")
    assert "is not FILE=xx" in refused(capsys, "mine", one, other, *out, "--lang", "hr")
    assert "none.tsv" in refused(capsys, "mine", one, other, *out, "--glossary", tmp_path / "none.tsv")
    assert not (tmp_path / "out").exists()


def test_what_is_not_ours_is_never_replaced(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no set of mined pairs" in refused(capsys, "mine", *folders, "--out", folders[0])
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "is not a folder" in refused(capsys, "mine", *folders, "--out", tmp_path / "file")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["croatian", "english", "file"]


def test_another_engine_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        call("mine", *folders, "--out", tmp_path / "out", "--engine", "spark")
    assert stop.value.code == 2


def test_nothing_found_is_a_result(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (folders[1] / "a.hr.txt").write_text("\n".join((HR[1], HR[3], HR[5])), encoding="utf-8")
    (folders[1] / "b.hr.txt").unlink()
    assert call("mine", *folders, "--out", tmp_path / "out", "--segmented") == 0
    assert (tmp_path / "out" / "pairs.tsv").read_bytes() == b""
    assert pq.read_table(tmp_path / "out" / "pairs").num_rows == 0
