from __future__ import annotations

import re
from pathlib import Path

import pytest

from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import canonical, detect, language, parse, table

TEXTS = Path(__file__).parent.parent / "corpus" / "texts" / "iraq-war"

KNOWN = [  # tag, name, script, direction
    ("hr", "Croatian", "Latn", "ltr"),
    ("ar", "Arabic", "Arab", "rtl"),
    ("tl", "Tagalog", "Latn", "ltr"),
    ("fil", "Filipino", "Latn", "ltr"),
    ("he", "Hebrew", "Hebr", "rtl"),
    ("fa", "Persian", "Arab", "rtl"),
    ("az-Arab", "Azerbaijani", "Arab", "rtl"),
    ("pa-PK", "Punjabi", "Arab", "rtl"),
    ("zh-Hant", "Traditional Chinese", "Hant", "ltr"),
    ("qaa", "qaa", "", "ltr"),
    ("und", "an undetermined language", "", "ltr"),
]

WRONG = [  # what is given, what is suggested
    ("Arabic", "ar"),
    ("croatian", "hr"),
    ("en_US", "en-US"),
    ("hrv", "hr"),
    ("eng", "en"),
    ("xx-!!", ""),
    ("xx", ""),
    ("", ""),
    ("../en", "en"),
]

SPELLED = [("EN", "en"), ("sr-latn-rs", "sr-Latn-RS"), ("es-419", "es-419"), ("SL-ROZAJ-biske", "sl-rozaj-biske")]

SPOKEN = [
    ("Povjerenstvo je tijekom tjedna objavilo izvješće o tisućama stradalih u europskim gradovima.", "hr"),
    ("Komisija je u toku sedmice objavila izvještaj o hiljadama stradalih u gradovima širom Evrope.", "bs"),
    ("Die Kommission hat am Freitag einen Bericht über die Folgen des Krieges vorgelegt.", "de"),
    ("أعلنت اللجنة أمس تقريرها عن ضحايا الحرب في المدن الكبرى.", "ar"),
    ("Inilathala ng komisyon kahapon ang ulat tungkol sa mga nasawi sa digmaan.", "tl"),
]


@pytest.mark.parametrize(("code", "name", "script", "direction"), KNOWN)
def test_what_is_known(code: str, name: str, script: str, direction: str) -> None:
    found = language(code)
    assert (found.name, found.script, found.direction) == (name, script, direction)


@pytest.mark.parametrize(("code", "meant"), WRONG)
def test_wrong_tags_are_refused_with_advice(code: str, meant: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"did you mean {meant}?" if meant else "give a tag such as")):
        language(code)


@pytest.mark.parametrize(("code", "usual"), SPELLED)
def test_tags_are_spelled_as_usual(code: str, usual: str) -> None:
    assert canonical(code) == usual


def test_tables_are_found_by_the_general_tag() -> None:
    assert table("hr-HR", "segmentation") == table("hr", "segmentation") != {}
    assert table("fil", "segmentation") == table("tl", "segmentation") != {}
    assert table("hr", "no-such-topic") == {}
    assert "segmentation" in language("hr").topics
    assert language("hr").table("segmentation") is table("hr", "segmentation")


def test_a_broken_table_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "segmentation.toml"
    path.write_text('never_final = ["dr"]\nstarters = [\n"A" "B"]\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"segmentation\.toml:3: is not valid TOML"):
        parse(path)
    path.write_bytes(b'a = "\xff"')
    with pytest.raises(InputError, match=r"is not UTF-8 \(byte 5\)"):
        parse(path)


@pytest.mark.parametrize(("text", "code"), SPOKEN)
def test_languages_are_detected(text: str, code: str) -> None:
    found, score = detect(text)
    assert found == code
    assert 0.5 <= score <= 1


@pytest.mark.parametrize("code", ["hr", "ar1", "ar2", "tl", "en"])
def test_the_published_texts_are_detected(code: str) -> None:
    text = (TEXTS / f"{code}.txt").read_text(encoding="utf-8")
    assert detect(text)[0] == code[:2]


@pytest.mark.parametrize("text", ["", "   \n", "2003", "73 + = 75", "Ok.", "\x00\x00", "😀" * 50])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect(text)[0] == "und"


def test_a_short_text_without_a_marker_is_told_all_the_same() -> None:
    """Croatian and Bosnian share so much that the model halves what it gives; together they are sure."""
    code, score = detect("Stari most preko rijeke zatvoren je u ponedjeljak jer je voda odnijela dva stupa.")
    assert (code, score > 0.9) == ("hr", True)
