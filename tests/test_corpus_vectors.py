"""Vectors that were made elsewhere: read as they are, or refused in one line that names what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError
from hexapla.corpus.vectors import read, said
from tests.handmade import document

LINES = ["One.", "Share this", "Two.", "Three."]


def text(kinds: str = "sxss") -> Document:
    return document("en", "en", LINES, kinds)


def save(path: Path, rows: list[list[float]]) -> Path:
    if path.suffix == ".npy":
        np.save(path, np.array(rows, dtype=np.float64))
    else:
        path.write_text("".join(" ".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


def refused(path: Path, side: Document) -> str:
    with pytest.raises(InputError) as error:
        read(path, side, 3)
    return str(error.value)


ROWS = [[3.0, 4.0], [1.0, 1.0], [0.0, 2.0], [-1.0, 0.0]]


@pytest.mark.parametrize("name", ["v.npy", "v.txt"])
def test_a_row_for_each_segment(name: str, tmp_path: Path) -> None:
    found = read(save(tmp_path / name, ROWS), text(), 3)
    assert len(found.windows) == 1
    assert np.allclose(
        found.windows[0], np.array([[0.6, 0.8], [0, 1], [-1, 0]])
    )  # boilerplate is left out, lengths are 1


BAD: list[tuple[str, list[list[float]], str]] = [
    ("short", ROWS[:3], ":4: has 3 vectors, en.txt has 4 segments"),
    ("long", [*ROWS, [1, 1]], ":5: has 5 vectors"),
    ("nan", [*ROWS[:2], [float("nan"), 1], ROWS[3]], ":3: a vector is no number"),
    ("inf", [[float("inf"), 1], *ROWS[1:]], ":1: a vector is no number"),
    ("zero", [*ROWS[:3], [0, 0]], ":4: a vector is all zeros"),
]


@pytest.mark.parametrize("suffix", [".npy", ".txt"])
@pytest.mark.parametrize(("name", "rows", "line"), BAD, ids=[row[0] for row in BAD])
def test_a_vector_that_is_none(name: str, rows: list[list[float]], line: str, suffix: str, tmp_path: Path) -> None:
    assert line in refused(save(tmp_path / f"{name}{suffix}", rows), text())


@pytest.mark.parametrize(
    ("held", "line"),
    [
        ("1 2\n3\n4 5\n6 7\n", ":2: a vector has 1 numbers, the first has 2"),
        ("1 2\n3 4\n\n6 7\n", ":3: a vector is missing"),
        ("1 2\n3 x\n4 5\n6 7\n", ":2: is no row of numbers"),
        ("", ":1: a vector is missing"),
    ],
)
def test_a_row_that_is_none(held: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_text(held, encoding="utf-8")
    assert line in refused(path, text())


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "gone.npy", text())
    (tmp_path / "odd.npy").write_bytes(b"not numpy")
    assert "no array of numpy's format" in refused(tmp_path / "odd.npy", text())
    np.save(tmp_path / "whole.npy", np.zeros((4, 2), dtype=np.int64))
    assert "floating-point" in refused(tmp_path / "whole.npy", text())
    np.save(tmp_path / "object.npy", np.array([{}, {}], dtype=object), allow_pickle=True)
    assert "no array" in refused(tmp_path / "object.npy", text())  # nothing is ever unpickled
    (tmp_path / "latin.txt").write_bytes("ž".encode("cp1250"))
    assert "UTF-8" in refused(tmp_path / "latin.txt", text())


def overlaps(folder: Path, texts: list[str], width: int = 2, rows: int | None = None) -> Path:
    """What Vecalign's overlap.py and an encoder make: a text file, and float32 values beside it."""
    (folder / "en.ov").write_text("\n".join(texts) + "\n", encoding="utf-8")
    count = len(texts) if rows is None else rows
    values = np.arange(1, count * width + 1, dtype="<f4")
    values.tofile(folder / "en.ov.emb")
    return folder / "en.ov.emb"


def test_overlaps_are_looked_up_by_their_words(tmp_path: Path) -> None:
    path = overlaps(tmp_path, ["Two. Three.", "One.", "Three.", "Two.", "One. Two.", "PAD"])
    found = read(path, text(), 5)
    assert [len(window) for window in found.windows] == [3, 2]
    three = np.array([5, 6]) / np.hypot(5, 6)
    assert np.allclose(found.windows[0][2], three)
    both = np.array([9, 10]) / np.hypot(9, 10)
    assert np.allclose(found.windows[1][0], both)


def test_a_missing_overlap_is_an_error(tmp_path: Path) -> None:
    assert "no vector for the sentence 3 of en.txt: 'Three.'" in refused(overlaps(tmp_path, ["One.", "Two."]), text())
    some = overlaps(tmp_path, ["One.", "Two.", "Three.", "One. Two."])
    assert "no vector for the sentences 2 to 3" in refused(some, text())
    cut = overlaps(tmp_path, ["One.", "Two.", "Three."], rows=2)
    assert "not so many for each of the 3 lines" in refused(cut, text())


def test_said_is_what_segment_prints() -> None:
    side = document("en", "en", ["One\ttwo.", "x", "", "Four."], "sxss")
    assert said(side) == ["One two.", "BLANK_LINE", "Four."]
