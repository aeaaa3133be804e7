"""The benchmark of comparable accounts runs on a folder of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexapla.scripts.bench import accounts


def test_a_folder_of_accounts_is_built_and_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "en": "On 3 May 2014 a storm hit Zagreb and killed 12 people.\n",
        "hr": "Oluja je 3. svibnja 2014. pogodila Zagreb i ubila 12 ljudi.\n",
        "hr2": "Trgovine su bile zatvorene.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("en.s1\thr.s1\t3\nen.s1\thr2.s1\t0\n")
    monkeypatch.setattr("sys.argv", ["accounts.py", str(tmp_path)])
    monkeypatch.setenv("HEXAPLA_LEXICONS", "embedded")
    assert accounts.main() == 0
    lines = capsys.readouterr().out.splitlines()
    cells = [cell.strip() for cell in lines[2].split("|")]
    assert cells[1:4] == [tmp_path.name, "nothing", "1.000"]
    assert cells[6:8] == ["1", "1"]
    assert any("documents:en-hr,en-hr2" in line for line in lines)
