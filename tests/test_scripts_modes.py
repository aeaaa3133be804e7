"""`hexapla align --mode`: translations and accounts in one corpus, as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hexapla.align.bead import beads
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import load
from hexapla.corpus.segment import lines
from hexapla.corpus.source import read as read_source
from hexapla.scripts.__main__ import main
from hexapla.tei.read import read
from tests.test_align_kind import ACCOUNT, EN, HR, OTHER_HR


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, Path]:
    """Two translations, another account, and something else, a sentence a line."""
    held = {"en": EN, "hr": HR, "hr2": ACCOUNT, "hr3": OTHER_HR}
    paths = {name: tmp_path / "texts" / f"{name}.txt" for name in held}
    (tmp_path / "texts").mkdir()
    for name, path in paths.items():
        path.write_text("\n".join(held[name]) + "\n", encoding="utf-8")
    return paths


def align(out: Path, *files: Path, more: tuple[object, ...] = ()) -> int:
    spoken = [word for path in files for word in ("--lang", f"{path.name}={path.stem[:2]}")]
    return main(["align", *map(str, files), *spoken, "--segmented", "--out", str(out), *map(str, more)])


def segmented(path: Path) -> Document:
    return lines(read_source(path, language=path.stem[:2]))


def test_the_command_gives_the_beads_of_the_function(texts: dict[str, Path], tmp_path: Path) -> None:
    assert align(tmp_path / "out", texts["en"], texts["hr"], more=("--mode", "translation")) == 0
    found = beads(segmented(texts["en"]), segmented(texts["hr"]), load(["en", "hr"], found=False))
    wanted = [
        (tuple(f"en.s{n + 1}" for n in bead.left), tuple(f"hr.s{n + 1}" for n in bead.right), bead.score)
        for bead in found
        if bead.left and bead.right
    ]
    told = read(tmp_path / "out" / "tei").alignment
    assert [(link.left.segments, link.right.segments, link.score) for link in told.links] == wanted
    assert {group.relation for group in told.groups} == {"translation"}
    assert any(link.evidence for link in told.links)


def test_auto_mixes_translations_and_accounts(
    texts: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert align(out, *texts.values()) == 0
    said = capsys.readouterr().out
    assert re.search(r"^en hr +translation: .*even steps", said, re.MULTILINE)
    assert re.search(r"^en hr3 +unrelated: ", said, re.MULTILINE)
    told = read(out / "tei").alignment
    assert {(kin.left, kin.right): kin.kind for kin in told.kinds} == {
        ("en", "hr"): "translation",
        ("en", "hr2"): "comparable",
        ("en", "hr3"): "unrelated",
        ("hr", "hr2"): "comparable",
        ("hr", "hr3"): "unrelated",
        ("hr2", "hr3"): "unrelated",
    }
    relations = {(link.left.document, link.right.document): link.relation for link in told.links}
    assert relations["en", "hr"] == "translation"
    assert all("translation" not in relation for pair, relation in relations.items() if pair != ("en", "hr"))
    assert not any("hr3" in pair for pair in relations)
    assert dict(told.signature.parts)["mode"] == "auto"
    assert main(["validate", str(out / "tei")]) == 0
    card = (out / "dataset" / "README.md").read_text("utf-8")
    assert "| en, hr | translation |" in card
    page = (out / "report" / "index.html").read_text("utf-8")
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert held
    data = json.loads(held[1])
    assert ["en", "hr", "translation"] in [row[:3] for row in data["kinds"]]
    assert all(group["label"] for group in data["groups"])


def test_the_same_groups_whichever_file_is_first(texts: dict[str, Path], tmp_path: Path) -> None:
    assert align(tmp_path / "a", *texts.values()) == 0
    assert align(tmp_path / "b", *reversed(texts.values())) == 0
    held = [read(tmp_path / name / "tei").alignment for name in "ab"]
    first, last = (
        {
            (group.relation, frozenset(part for member in group.members for part in member.segments))
            for group in one.groups
        }
        for one in held
    )
    assert first == last
    assert set(held[0].kinds) == set(held[1].kinds)


def test_words_do_not_leak_where_the_text_is_left_out(texts: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert align(out, texts["en"], texts["hr"], more=("--mode", "translation", "--no-text")) == 0
    for path in (*(out / "tei").glob("*.xml"), *(out / "report").iterdir()):
        assert "Three hundred people" not in path.read_text("utf-8")
    assert main(["validate", str(out / "tei")]) == 0
    assert all(group.label == "" for group in read(out / "tei").alignment.groups)


def test_comparable_is_as_before(texts: dict[str, Path], tmp_path: Path) -> None:
    assert align(tmp_path / "out", *texts.values(), more=("--mode", "comparable")) == 0
    told = read(tmp_path / "out" / "tei").alignment
    assert told.kinds == ()
    assert "translation" not in {group.relation for group in told.groups}


def test_a_mode_that_is_none_is_refused(
    texts: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        align(tmp_path / "out", *texts.values(), more=("--mode", "guess"))
    assert stopped.value.code == 2
    assert "comparable" in capsys.readouterr().err


def numbers(path: Path, rows: list[list[float]]) -> Path:
    path.write_text("".join(" ".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


def unlike(folder: Path, name: str, letters: str) -> Path:
    """A text whose words no other has."""
    path = folder / f"{name}.txt"
    path.write_text("".join(f"{letter * 4} {letter * 3}.\n" for letter in letters), encoding="utf-8")
    return path


def test_vectors_align_what_shares_no_word(tmp_path: Path) -> None:
    files = [unlike(tmp_path, "en", "abcdefgh"), unlike(tmp_path, "hr", "klmnop")]
    rows = [[float(n == m) for m in range(8)] for n in range(8)]
    held = [numbers(tmp_path / "en.vec", rows), numbers(tmp_path / "hr.vec", [rows[n] for n in (0, 1, 4, 5, 6, 7)])]
    more = ("--vectors", f"en.txt={held[0]}", "--vectors", f"hr={held[1]}")
    for number, mode in enumerate(("auto", "translation")):
        assert align(tmp_path / f"out{number}", *files, more=(*more, "--mode", mode)) == 0
        told = read(tmp_path / f"out{number}" / "tei").alignment
        assert [(link.left.segments[0], link.right.segments[0]) for link in told.links] == [
            (f"en.s{n + 1}", f"hr.s{m + 1}") for m, n in enumerate((0, 1, 4, 5, 6, 7))
        ]
    assert dict(told.signature.parts)["outside"] == "vectors"


def test_vectors_help_accounts_as_well(tmp_path: Path) -> None:
    files = [unlike(tmp_path, "en", "abcdefgh"), unlike(tmp_path, "hr", "klmnopqr")]
    rows = [[float(n == m) for m in range(8)] for n in range(8)]
    held = [numbers(tmp_path / "en.vec", rows), numbers(tmp_path / "hr.vec", rows[::-1])]
    more = ("--vectors", f"en.txt={held[0]}", "--vectors", f"hr={held[1]}", "--mode", "comparable")
    assert align(tmp_path / "out", *files, more=more) == 0


def test_a_machine_translation_aligns_what_shares_no_word(tmp_path: Path) -> None:
    files = [unlike(tmp_path, "en", "abcdefgh"), unlike(tmp_path, "hr", "klmnopqr")]
    made = tmp_path / "made.txt"
    made.write_text("".join(f"{letter * 4}\n" for letter in "klmnopqr"), encoding="utf-8")
    more = ("--translation", f"en.txt={made}", "--mode", "translation")
    assert align(tmp_path / "out", *files, more=more) == 0
    told = read(tmp_path / "out" / "tei").alignment
    assert len(told.links) == 8
    assert dict(told.signature.parts)["outside"] == "translation"


REFUSED = [
    (("--vectors", "en.vec"), "is not FILE=PATH"),
    (("--vectors", "fr.txt=en.vec"), "none of the files"),
    (("--vectors", "en.txt=gone.npy"), "gone.npy: cannot be read"),
    (("--vectors", "en.txt=short.vec"), "short.vec:3: has 2 vectors, en.txt has 8 segments"),
    (("--translation", "en.txt=short.vec"), "short.vec:3: has 2 lines, en.txt has 8 segments"),
    (("--vectors", "en.txt=short.vec", "--vectors", "en=short.vec"), "given twice"),
    (("--translation", "en.txt=gap.txt"), "gap.txt:8: a translation is missing"),
    (("--vectors", "en.txt=wide.vec", "--vectors", "hr.txt=narrow.vec"), "make all vectors with one encoder"),
]


@pytest.mark.parametrize(("more", "line"), REFUSED, ids=[row[1][:12] for row in REFUSED])
def test_what_is_given_beside_is_refused_in_one_line(
    more: tuple[str, ...],
    line: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [unlike(tmp_path, "en", "abcdefgh"), unlike(tmp_path, "hr", "klmnopqr")]
    numbers(tmp_path / "short.vec", [[1, 2], [3, 4]])
    numbers(tmp_path / "wide.vec", [[1, 2, 3]] * 8)
    numbers(tmp_path / "narrow.vec", [[1, 2]] * 8)
    (tmp_path / "gap.txt").write_text("a\n" * 7 + " \n", encoding="utf-8")
    assert align(tmp_path / "out", *files, more=more) == 2
    said = capsys.readouterr().err
    assert line in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()
