"""The glossary: every row is whole, in the right letters, and joins the languages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import hexapla.corpus
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import load

FOLDER = Path(hexapla.corpus.__file__).parent / "glossary"
CORE = sorted(FOLDER.glob("core-*.tsv"))
LANGUAGES = ("en", "hr", "ar", "tl", "de", "fr")
HEADER = ["id", "pos", *LANGUAGES]
FILLED = ("en", "hr", "ar", "tl")
POS = {"noun", "verb", "adj", "adv", "prep", "conj", "num", "pron", "other"}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.([a-z]+)(?:\.[2-9])?")
CONCEPTS, GERMAN_AND_FRENCH = 5_000, 2_500

Row = dict[str, str]


@cache
def lines(path: Path) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))


@cache
def rows() -> tuple[Row, ...]:
    return tuple(dict(zip(HEADER, cells, strict=True)) for path in CORE for cells in lines(path)[1:])


def said(row: Row, language: str) -> list[str]:
    return row[language].split(" | ") if row[language] else []


def scripts(text: str) -> set[str]:
    """The scripts of the letters of *text*, as their names in Unicode begin."""
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_every_row_has_its_columns(path: Path) -> None:
    header, *rest = lines(path)
    assert list(header) == HEADER
    assert [cells for cells in rest if len(cells) != len(HEADER)] == []


@pytest.mark.parametrize("path", sorted(set(FOLDER.glob("*.tsv")) - set(CORE)), ids=lambda path: path.name)
def test_further_languages_have_their_columns(path: Path) -> None:
    header, *rest = lines(path)
    assert header[:2] == ("id", "pos")
    assert [cells for cells in rest if len(cells) != len(header) or not all(cells[:3])] == []


def test_ids_are_unique_over_all_files() -> None:
    assert [one for one, times in Counter(row["id"] for row in rows()).items() if times > 1] == []


def test_an_id_is_a_slug_and_its_part_of_speech() -> None:
    assert {row["pos"] for row in rows()} <= POS
    wrong = [row["id"] for row in rows() if not (found := ID.fullmatch(row["id"])) or found[1] != row["pos"]]
    assert wrong == []


@pytest.mark.parametrize("language", FILLED)
def test_no_cell_is_empty(language: str) -> None:
    assert [row["id"] for row in rows() if not row[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_are_those_of_the_language(language: str) -> None:
    expected = {"ARABIC"} if language == "ar" else {"LATIN"}
    assert [row["id"] for row in rows() if row[language] and scripts(row[language]) != expected] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_lists_each_translation_once(language: str) -> None:
    plain = re.compile(r"[^\s|;,()]+(?: [^\s|;,()]+){0,3}")  # no stray space or mark, at most four words
    told = [(row["id"], said(row, language)) for row in rows()]
    assert [one for one, cell in told if len(set(cell)) != len(cell) or not all(map(plain.fullmatch, cell))] == []


def test_arabic_is_written_bare() -> None:
    marked = [row["id"] for row in rows() if any(unicodedata.combining(sign) or sign == "ـ" for sign in row["ar"])]
    assert marked == []


def test_german_nouns_have_a_capital() -> None:
    nouns = [(row["id"], said(row, "de")) for row in rows() if row["pos"] == "noun"]
    assert [one for one, cell in nouns if not all(re.search("[A-ZÄÖÜ]", noun) for noun in cell)] == []


def test_there_is_as_much_as_is_said() -> None:
    assert len(rows()) >= CONCEPTS
    assert sum(bool(row["de"] and row["fr"]) for row in rows()) >= GERMAN_AND_FRENCH


MEET = [
    ("attack.noun", {"en": "attacks", "hr": "napad", "ar": "الهجوم", "tl": "pag-atake"}),
    (
        "soldier.noun",
        {"en": "soldiers", "hr": "vojnicima", "ar": "الجنود", "tl": "sundalo", "de": "Soldaten", "fr": "soldats"},
    ),
    ("name.noun", {"en": "name", "hr": "ime", "ar": "اسم", "tl": "pangalan"}),
]


@pytest.mark.parametrize(("concept", "forms"), MEET, ids=[concept for concept, _ in MEET])
def test_words_of_all_languages_meet_in_a_concept(concept: str, forms: dict[str, str]) -> None:
    lexicon = load(LANGUAGES, found=False)
    for language, form in forms.items():
        assert concept in {sense.concept for sense in lexicon.senses(words(form), language)}, form
