"""The benchmark of growth makes accounts of one topic, and measures the command on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexapla.scripts.bench import growth


def test_the_accounts_are_the_same_each_time_and_each_of_its_own(tmp_path: Path) -> None:
    for name in ("first", "again"):
        (tmp_path / name).mkdir()
        growth.written(tmp_path / name, 3, 20)
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "first").iterdir())]
    assert texts == [path.read_text("utf-8") for path in sorted((tmp_path / "again").iterdir())]
    assert len(set(texts)) == 3
    assert all(len(text.split(".")) > 20 for text in texts)


def test_a_row_is_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["growth.py", "--documents", "2", "--sentences", "10"])
    assert growth.main() == 0
    cells = [cell.strip() for cell in capsys.readouterr().out.splitlines()[-1].split("|")]
    assert cells[1:3] == ["2", "20"]
    assert int(cells[4]) > 20  # megabytes
