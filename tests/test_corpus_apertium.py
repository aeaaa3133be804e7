"""Apertium: the words of a text in English, where the program is on the PATH; tried with a small program in its place."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexapla.corpus import apertium
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import load

PROGRAM = """#!/bin/sh
if [ "$1" = -l ]; then echo "  hbs-eng"; exit 0; fi
sed -e 's/^vojska/army/' -e 's/^brzoglas/telephone/' -e 's/^xyzzy/*xyzzy/'%s
"""


def placed(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    program = folder / "bin" / "apertium"
    program.parent.mkdir()
    program.write_text(PROGRAM % more)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    apertium.mode.cache_clear()
    yield
    apertium.mode.cache_clear()


def test_words_are_translated_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed(tmp_path, monkeypatch)
    forms = ["brzoglas", "taxi", "vojska", "xyzzy"]
    assert list(apertium.pairs(forms, "hr")) == [("brzoglas", "telephone"), ("vojska", "army")]
    assert list(apertium.pairs(forms, "ar")) == []  # no such mode


def test_lines_that_do_not_come_back_give_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed(tmp_path, monkeypatch, " -e '1d'")
    assert list(apertium.pairs(["vojska", "brzoglas"], "hr")) == []


def test_without_the_program_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert apertium.mode("hr") == ""
    assert list(apertium.pairs(["vojska"], "hr")) == []


def test_its_words_meet_those_of_other_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed(tmp_path, monkeypatch)
    monkeypatch.setenv("DICTD_PATH", str(tmp_path))
    monkeypatch.delenv("HEXAPLA_LEXICONS")
    lexicon = load(["en", "hr"], vocabulary={"hr": ["brzoglas"]})

    def means(text: str, language: str) -> set[str]:
        return {sense.concept for sense in lexicon.senses(words(text), language)}

    assert means("brzoglas", "hr") & means("telephones", "en")
    assert lexicon.sources["apertium"]
    assert not means("brzoglas", "hr") & means("army", "en")
