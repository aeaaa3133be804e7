"""The commands that measure and hand over: evaluate, score, export."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from translate.storage.tmx import tmxfile

from hexapla.tei.edition import Edition
from hexapla.tei.write import write
from tests.calls import call, refused

ROOT = Path(__file__).parent.parent


@pytest.fixture
def build(edition: Edition, tmp_path: Path) -> Path:
    write(edition, tmp_path / "build" / "tei")
    return tmp_path / "build"


def test_evaluate_prints_a_table_and_json(build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.tsv"
    gold.write_text("en.s3\thr.s2\t3\nen.s5\thr.s4\t2\nen.s4\thr.s3\t1\n")
    assert call("evaluate", build, "--gold", gold) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["all", "0.667", "1.000", "0.800", "0.667-1.000", "3", "2"]
    assert "does not count: 1 pairs ignored by the gold" in lines
    assert lines[-2].startswith("signature: hexapla:")
    assert lines[-1] == "aligned: hexapla:0.1.0|segment:rules|align:events"
    assert call("evaluate", build, "--gold", gold, "--pair", "hr-en", "--relation", "same-statement", "--json") == 0
    held = json.loads(capsys.readouterr().out)
    assert held["rows"][0]["gold"] == 1
    assert "relation:same-statement" in held["signature"]


def test_evaluate_takes_beads(build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold"
    assert call("export", build, "--to", "beads", "--pair", "hr-en") == 0
    gold.write_text(capsys.readouterr().out)
    assert call("evaluate", build, "--gold", gold, "--pair", "hr-en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-6:-3] for line in lines[1:4]] == [["1.000"] * 3] * 3
    assert "--pair A-B" in refused(capsys, "evaluate", build, "--gold", gold)


def test_score_prints_a_table_and_json(build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.hr", tmp_path / "bad.hr"
    good.write_text("Pad Bagdada\nSnage su ušle u Bagdad 9. travnja.\nx\nUjedinjeni narodi pomogli su.\nx\n")
    bad.write_text("a\nb\nc\nd\ne\n")
    assert call("score", build, "--hypothesis", good, "--pair", "en-hr") == 0
    said = capsys.readouterr().out
    assert said.startswith("en into hr, same-statement: 2 units; references: 1 for 2\n")
    assert "chrF2++" in said
    assert "signature: BLEU|nrefs:1|bs:1000|seed:12345|" in said
    assert "not translations" in said
    assert call("score", build, "--hypothesis", good, "--hypothesis", bad, "--pair", "en-hr", "--json") == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert [one["p"] is None for one in results] == [True, False] * 3
    assert results[0]["score"] > results[1]["score"]
    assert "has 5 lines and needs 4" in refused(capsys, "score", build, "--hypothesis", good, "--pair", "ar-en")
    twice = ("--hypothesis", good, "--hypothesis", good)
    assert "given twice" in refused(capsys, "score", build, *twice, "--pair", "en-hr")


def test_export_prints_or_writes(build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for to in ("tmx", "tsv", "jsonl", "vertical"):
        assert call("export", build, "--to", to) == 0
        printed = capsys.readouterr().out
        out = tmp_path / f"new.{to}"
        assert call("export", build, "--to", to, "--out", out) == 0
        assert capsys.readouterr().out == f"{out}\n"
        assert out.read_bytes().decode() == printed
        assert "is there already" in refused(capsys, "export", build, "--to", to, "--out", out)
        assert call("export", build, "--to", to, "--out", out, "--replace") == 0
        capsys.readouterr()
    assert call("export", build, "--to", "moses", "--pair", "en-hr", "--out", tmp_path / "m") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'm.en'}\n{tmp_path / 'm.hr'}\n"
    assert "give --out" in refused(capsys, "export", build, "--to", "moses", "--pair", "en-hr")
    assert "A-B" in refused(capsys, "export", build, "--to", "moses", "--out", tmp_path / "n")
    for folder in (".", "/", tmp_path):
        assert "is a folder" in refused(capsys, "export", build, "--to", "moses", "--pair", "en-hr", "--out", folder)
    assert not list(tmp_path.glob("n.*"))


def test_files_are_utf_8_whatever_the_terminal_speaks(build: Path) -> None:
    call = [sys.executable, "-m", "hexapla.scripts", "export", str(build), "--to", "tsv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "typings"), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(call, capture_output=True, env=environment, check=True)
    assert "دخلت" in done.stdout.decode("utf-8")


def test_what_is_no_build(tmp_path: Path, edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.tsv"
    gold.write_text("en.s3\thr.s2\t3\n")
    nowhere = tmp_path / "nowhere"
    for command in (
        ("evaluate", nowhere, "--gold", gold),
        ("score", nowhere, "--hypothesis", gold, "--pair", "en-hr"),
        ("export", nowhere, "--to", "tmx"),
    ):
        said = refused(capsys, *command)
        assert "nowhere" in said
        assert "build" in said
    silent = replace(edition, work=replace(edition.work, with_text=False))
    write(silent, tmp_path / "silent" / "tei")
    for to in ("tmx", "tsv", "jsonl", "vertical"):
        assert "--no-text" in refused(capsys, "export", tmp_path / "silent", "--to", to)
    assert call("evaluate", tmp_path / "silent", "--gold", gold) == 0


LINES = {
    "en": [
        "On 3 May 2014 a storm hit Zagreb.",
        "It killed 12 people and destroyed 40 houses.",
        "Schools were closed for a week.",
        "Mayor Milan Bandić visited the injured in hospital on 4 May.",
        "The repairs cost 18 million euros.",
    ],
    "hr": [
        "Dana 3. svibnja 2014. oluja je pogodila Zagreb.",
        "Ubila je 12 ljudi. Uništila je 40 kuća.",
        "Gradonačelnik Milan Bandić posjetio je 4. svibnja ozlijeđene u bolnici.",
        "Popravci su stajali 18 milijuna eura.",
    ],
    "de": [
        "Am 3. Mai 2014 traf ein Sturm Zagreb.",
        "Er tötete 12 Menschen und zerstörte 40 Häuser.",
        "Die Schulen waren eine Woche lang geschlossen.",
        "Bürgermeister Milan Bandić besuchte am 4. Mai die Verletzten im Krankenhaus.",
        "Die Reparaturen kosteten 18 Millionen Euro.",
    ],
}
GOLD = "[0]:[0]\n[1]:[1]\n[2]:[]\n[3]:[2]\n[4]:[3]\n"


def test_translations_from_texts_to_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEXAPLA_LEXICONS", "embedded")
    files = []
    for name, lines in LINES.items():
        files.append(tmp_path / f"{name}.txt")
        files[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    spoken = [part for name in LINES for part in ("--lang", f"{name}={name}")]
    made = tmp_path / "out"
    assert call("align", *files, *spoken, "--segmented", "--mode", "translation", "--out", made) == 0
    (tmp_path / "gold").write_text(GOLD)
    capsys.readouterr()
    assert call("export", made, "--to", "beads", "--pair", "en-hr") == 0
    assert capsys.readouterr().out == GOLD
    assert call("evaluate", made, "--gold", tmp_path / "gold", "--pair", "en-hr", "--json") == 0
    assert [row["f1"] for row in json.loads(capsys.readouterr().out)["rows"]] == [1, 1, 1]
    assert call("export", made, "--to", "moses", "--pair", "en-hr", "--out", tmp_path / "m") == 0
    assert (tmp_path / "m.hr").read_text(encoding="utf-8").splitlines() == LINES["hr"]
    assert (tmp_path / "m.en").read_text(encoding="utf-8").splitlines() == [LINES["en"][n] for n in (0, 1, 3, 4)]
    capsys.readouterr()
    hypothesis = tmp_path / "mine.hr"
    hypothesis.write_text("\n".join([*LINES["hr"][:2], "Škole su bile zatvorene.", *LINES["hr"][2:]]), encoding="utf-8")
    for what, path in (("segment", hypothesis), ("group", tmp_path / "m.hr")):
        assert call("score", made, "--hypothesis", path, "--pair", "en-hr", "--lines", what, "--json") == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["relation"], said["units"]) == ("translation", 4)
        assert [round(one["score"], 6) for one in said["results"]] == [100, 100, 0]
    assert call("export", made, "--to", "tmx") == 0
    memory = tmxfile(BytesIO(capsys.readouterr().out.encode()), "en", "de")
    assert [(str(unit.source), str(unit.target)) for unit in memory.units] == list(
        zip(LINES["en"], LINES["de"], strict=True)
    )
