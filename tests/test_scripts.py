"""The command, as a user meets it: what it makes, what it says, and how it refuses."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calls import call, refused

ROOT = Path(__file__).parent.parent

EN = "The storm of May\n\nOn 3 May 2014 a storm hit Zagreb. It killed 12 people.\n\nMayor Milan Bandić spoke on 4 May 2014.\n"
HR = "Oluja u svibnju\n\nOluja je 3. svibnja 2014. pogodila Zagreb. Poginulo je 12 ljudi.\n\nMilan Bandić govorio je 4. svibnja 2014.\n"
AR = "عاصفة في مايو\n\nضربت عاصفة زغرب في 3 مايو 2014. قتل 12 شخصا.\n"


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    paths = []
    for name, text in (("en", EN), ("hr", HR), ("ar", AR)):
        path = tmp_path / "texts" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def align(texts: list[Path], out: Path, *more: object) -> int:
    return call("align", *texts, "--lang", "en.txt=en", "--lang", "hr=hr", "--lang", "ar=ar", "--out", out, *more)


def test_align_walks_the_whole_path(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert align(texts, tmp_path / "out") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "1 group" in said.out or "groups" in said.out
    made = tree(tmp_path / "out")
    assert {"tei/corpus.xml", "tei/en.xml", "tei/src/ar.txt", "dataset/README.md", "report/index.html"} <= set(made)
    assert made["tei/src/ar.txt"] == AR.encode()
    assert call("validate", tmp_path / "out" / "tei") == 0
    assert call("report", tmp_path / "out") == 0


def test_align_finds_what_the_accounts_share(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hexapla.tei.read import read

    align(texts, tmp_path / "out")
    capsys.readouterr()
    edition = read(tmp_path / "out" / "tei")
    storm = [g for g in edition.alignment.groups if any(e.value == "2014-05-03" for e in g.evidence)]
    assert storm
    assert {member.document for member in storm[0].members} >= {"en", "hr"}


def test_same_input_same_bytes(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    align(texts, tmp_path / "a" / "out")
    align(texts, tmp_path / "b" / "out")
    capsys.readouterr()
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def decide(path: Path, event: str, verdict: str, *sentences: dict[str, object]) -> None:
    import json

    said = {
        "what": "group",
        "verdict": verdict,
        "event": event,
        "sentences": sentences,
        "by": "me",
        "date": "2026-11-30",
        "reason": "read",
    }
    path.write_text(json.dumps(said) + "\n", encoding="utf-8")


def test_decisions_beside_the_texts_bind_every_build(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hexapla.corpus.decision import digest
    from hexapla.tei.read import read

    said = [
        {"id": name, "start": 0, "end": 1, "hash": digest(text.split("\n\n")[0])}
        for name, text in (("en.s1", EN), ("hr.s1", HR), ("ar.s1", AR))
    ]
    decide(texts[0].parent / "decisions.jsonl", "ev.storm", "added", *said)
    align(texts, tmp_path / "out")
    assert "reviewed: 1 decisions by me" in capsys.readouterr().out
    whole = read(tmp_path / "out" / "tei").alignment
    (group,) = [group for group in whole.groups if any("en.s1" in member.segments for member in group.members)]
    assert {(member.document, member.segments[0]) for member in group.members} == {
        ("en", "en.s1"),
        ("hr", "hr.s1"),
        ("ar", "ar.s1"),
    }
    assert "|decisions:1@" in str(whole.signature)
    assert call("validate", tmp_path / "out" / "tei") == 0
    align(texts, tmp_path / "again" / "out")
    assert tree(tmp_path / "again" / "out") == tree(tmp_path / "out")
    align(texts, tmp_path / "plain" / "out", "--without-review")
    (texts[0].parent / "decisions.jsonl").unlink()
    align(texts, tmp_path / "bare" / "out")
    assert tree(tmp_path / "plain") == tree(tmp_path / "bare")
    capsys.readouterr()


def test_a_broken_file_of_decisions_is_refused_before_anything_is_made(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(tmp_path / "mine.jsonl", "ev.storm", "perhaps")
    said = refused(capsys, "align", *texts, "--out", tmp_path / "out", "--decisions", tmp_path / "mine.jsonl")
    assert "mine.jsonl:1: is no decision: verdict is 'perhaps'" in said
    assert not (tmp_path / "out").exists()
    assert "cannot be read" in refused(
        capsys, "align", *texts, "--out", tmp_path / "out", "--decisions", tmp_path / "no"
    )


def test_an_earlier_build_is_replaced_and_nothing_else_is(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    align(texts, out)
    assert align(texts[:2], out) == 2  # --lang names a file that is not there: the old build stays
    assert (out / "tei" / "ar.xml").exists()
    assert call("align", *texts[:2], "--lang", "en=en", "--lang", "hr=hr", "--out", out) == 0
    assert not (out / "tei" / "ar.xml").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]
    capsys.readouterr()


def test_out_that_is_not_ours(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.doc").write_text("years of work")
    assert "no build of hexapla" in refused(capsys, "align", *texts, "--out", mine)
    assert "not a folder" in refused(capsys, "align", *texts, "--out", texts[0])
    assert tree(mine) == {"thesis.doc": b"years of work"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_out_without_rights(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert "cannot be written" in refused(capsys, "align", *texts, "--out", locked / "out")


BAD: list[tuple[str, bytes | None, str]] = [
    ("latin.txt", "Rušenje kipa, šest žrtava u općini".encode("cp1250"), "UTF-8"),
    ("wide.txt", "Some text".encode("utf-16-le"), "UTF-16"),
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("bom.txt", b"\xef\xbb\xbf", "empty"),
    ("gone.txt", None, "gone.txt"),
]


@pytest.mark.parametrize(("name", "held", "said"), BAD, ids=[row[0] for row in BAD])
def test_bad_files_are_refused_in_one_line(
    name: str, held: bytes | None, said: str, texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if held is not None:
        path.write_bytes(held)
    line = refused(capsys, "align", texts[0], path, "--lang", f"{name}=en", "--out", tmp_path / "out")
    assert name in line
    assert said in line
    assert not (tmp_path / "out").exists()


def test_bad_usage_is_refused_in_one_line(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert "twice" in refused(capsys, "align", texts[0], texts[0], "--out", out)
    other = tmp_path / "en.txt"
    other.write_text("Another text.")
    assert "en" in refused(capsys, "align", texts[0], other, "--out", out)
    assert "two or more" in refused(capsys, "align", texts[0], "--out", out)
    assert tmp_path.name in refused(capsys, "align", texts[0], tmp_path, "--out", out)
    assert "Arabic" in refused(capsys, "align", *texts, "--lang", "ar=Arabic", "--out", out)
    assert "none of the files" in refused(capsys, "align", *texts, "--lang", "fr=fr", "--out", out)
    assert "--lang" in refused(capsys, "align", *texts, "--lang", "fr", "--out", out)
    assert "nowhere" in refused(capsys, "build", "nowhere", "--out", out)
    assert "nowhere" in refused(capsys, "align", *texts, "--authority", "nowhere", "--out", out)
    assert not out.exists()


def test_files_and_options_in_any_order(texts: list[Path], tmp_path: Path) -> None:
    en, hr, _ = texts
    plain, mixed = tmp_path / "1" / "out", tmp_path / "2" / "out"
    assert call("align", en, hr, "--lang", "en=en", "--lang", "hr=hr", "--out", plain) == 0
    assert call("align", "--lang", "en=en", en, "--out", mixed, "--lang", "hr=hr", hr) == 0
    assert tree(plain) == tree(mixed)
    assert call("export", "--to", "tsv", plain) == call("export", plain, "--to", "tsv") == 0
    assert call("segment", "--lang", "en", "--", en) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("align", "a", "--lang", "a=x", "b"), "hexapla align: the following arguments are required: --out; see"),
        (("align", "a", "--fast", "b", "--out", "o"), "hexapla align: there is no option --fast; see"),
        (("segment", "a", "--lang", "en", "b"), "hexapla segment: one argument too many: b; see"),
        (("segment", "--lang", "en"), "hexapla segment: the following arguments are required: FILE; see"),
        (("align", "a", "b", "--out", "o", "--decisions", "d", "--without-review"), "not allowed with argument"),
        (("segment", "a", "b\nc"), "hexapla segment: one argument too many: b c; see"),
    ],
)
def test_a_call_that_cannot_be_understood(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(*arguments)
    assert stopped.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_unknown_language_still_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("sw", "Dhoruba ilipiga Zagreb 2014. Watu 12 walikufa."), ("en", EN)):
        (tmp_path / f"{name}.txt").write_text(text)
    assert (
        call(
            "align",
            tmp_path / "sw.txt",
            tmp_path / "en.txt",
            "--lang",
            "sw=sw",
            "--lang",
            "en=en",
            "--out",
            tmp_path / "out",
        )
        == 0
    )
    assert call("validate", tmp_path / "out" / "tei") == 0
    capsys.readouterr()


ODD = [
    ("crlf", "One line.\r\n\r\nTwo lines.\rThree.\r\n"),
    ("controls", "Bell\x07 and null\x00 here. Fine.\n"),
    ("mark", "\ufeffHello there. Good.\n"),
]


@pytest.mark.parametrize(("name", "text"), ODD, ids=[row[0] for row in ODD])
def test_odd_characters_come_back(name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / f"{name}.txt").write_bytes(text.encode())
    (tmp_path / "en.txt").write_bytes(EN.encode())
    out = tmp_path / "out"
    assert (
        call(
            "align",
            tmp_path / f"{name}.txt",
            tmp_path / "en.txt",
            "--lang",
            f"{name}=en",
            "--lang",
            "en=en",
            "--out",
            out,
        )
        == 0
    )
    assert (out / "tei" / "src" / f"{name}.txt").read_bytes() == text.encode()
    assert call("validate", out / "tei") == 0
    capsys.readouterr()


def test_segmented_files_keep_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hexapla.tei.read import read

    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("One. Two.\n\nThree\n")
    assert (
        call(
            "align",
            tmp_path / "a.txt",
            tmp_path / "b.txt",
            "--lang",
            "a=en",
            "--lang",
            "b=en",
            "--segmented",
            "--out",
            tmp_path / "o",
        )
        == 0
    )
    capsys.readouterr()
    document = read(tmp_path / "o" / "tei").documents[0]
    assert [document.slice(part) for part in document.segments] == ["One. Two.", "Three"]


def test_proposed_names_are_written_for_a_person_to_correct(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hexapla.corpus.authorities import read

    wanted = tmp_path / "entities.tsv"
    assert align(texts, tmp_path / "out", "--propose", wanted) == 0
    capsys.readouterr()
    proposed = read(wanted).entities
    assert all(entity.proposed for entity in proposed)
    assert any("Zagreb" in [name.text for name in entity.names] for entity in proposed)
    held = wanted.read_bytes()
    assert "already" in refused(capsys, "align", *texts, "--propose", wanted, "--out", tmp_path / "other")
    assert wanted.read_bytes() == held


def test_what_cannot_be_used_is_refused_before_the_work(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert "that does not exist" in refused(
        capsys, "align", *texts, "--propose", tmp_path / "no" / "e.tsv", "--out", out
    )
    assert "replaced as a whole" in refused(capsys, "align", *texts, "--propose", out / "e.tsv", "--out", out)
    assert "gone.tsv: does not exist" in refused(capsys, "align", *texts, "--glossary", "gone.tsv", "--out", out)
    assert "is a folder" in refused(capsys, "align", *texts, "--glossary", tmp_path, "--out", out)
    latin = tmp_path / "latin.tsv"
    latin.write_bytes("en\thr\nsix\tšest\n".encode("cp1250"))
    assert "is not UTF-8 (byte 10)" in refused(capsys, "align", *texts, "--glossary", latin, "--out", out)
    assert not out.exists()


def test_a_report_needs_a_build(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not exist" in refused(capsys, "report", tmp_path / "gone")
    assert "is no build" in refused(capsys, "report", tmp_path)
    assert "is no build" in refused(capsys, "report", texts[0])
    assert align(texts, tmp_path / "out") == 0
    capsys.readouterr()
    assert f"give the folder above it: {tmp_path / 'out'}" in refused(capsys, "report", tmp_path / "out" / "tei")


def test_segment_prints_offsets(texts: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("segment", texts[1], "--lang", "hr") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["h", "s", "s", "s"]
    assert all(HR[int(row[1]) : int(row[2])] == row[3] for row in rows)


def test_segment_says_how_a_file_was_read(texts: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("segment", texts[1], "--lang", "hr") == 0
    assert capsys.readouterr().err == ""
    assert call("segment", texts[1]) == 0
    said = capsys.readouterr()
    assert said.err.startswith(f"hexapla: {texts[1]}: The language was detected: hr (")
    assert said.err.count("\n") == 1
    assert said.out.startswith("h\t0\t")


def test_no_text_leaves_the_text_out(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert align(texts, tmp_path / "out", "--no-text") == 0
    assert call("validate", tmp_path / "out" / "tei") == 0
    capsys.readouterr()
    for name, held in tree(tmp_path / "out").items():
        assert b"pogodila Zagreb" not in held, name


def test_help_loads_nothing_large() -> None:
    told = "import sys; before = set(sys.modules); from hexapla.scripts.__main__ import parser; print(parser().format_help())"
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; print(*sorted(set(sys.modules) - before))"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "typings")},
        capture_output=True,
        text=True,
        check=True,
    )
    shown, _, loaded = done.stdout.strip().rpartition("\n")
    assert "align" in shown
    own, standard = ("hexapla",), sys.stdlib_module_names
    assert {name.split(".")[0] for name in loaded.split()} <= {*own, *standard}


def test_a_wish_for_precision_or_recall(texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hexapla.tei.read import read

    found = {}
    for wish in ("--precision", "--recall"):
        assert align(texts, tmp_path / wish, wish) == 0
        alignment = read(tmp_path / wish / "tei").alignment
        found[wish] = dict(alignment.signature.parts)["chance"], len(alignment.groups)
    capsys.readouterr()
    assert float(found["--precision"][0]) > float(found["--recall"][0])
    assert found["--precision"][1] <= found["--recall"][1]
    with pytest.raises(SystemExit):
        align(texts, tmp_path / "both", "--precision", "--recall")


def test_what_an_authority_does_not_list_is_found_beside_it(
    texts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hexapla.tei.read import read

    known = tmp_path / "events.toml"
    known.write_text(
        '[[event]]\nid = "ev.speech"\ntype = "speech"\n[event.labels]\nen = "The speech"\n'
        '[event.cues]\nen = ["mayor spoke"]\nhr = ["bandić govorio"]\n',
        encoding="utf-8",
    )
    assert align(texts, tmp_path / "out", "--authority", known) == 0
    capsys.readouterr()
    alignment = read(tmp_path / "out" / "tei").alignment
    assert dict(alignment.signature.parts)["align"] == "events+chances"
    assert {group.method for group in alignment.groups} == {"events", "anchors"}
