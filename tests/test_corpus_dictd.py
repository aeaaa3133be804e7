"""FreeDict's dictionaries: the format of dictd, and what of an article is a translation."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.dictd import article, found, pairs, turned
from hexapla.corpus.errors import InputError
from hexapla.corpus.needed import Needed, needed

ARTICLES = {
    "napad /nˈapad/\nattack, assault\n": [("napad", "attack"), ("napad", "assault")],
    "حرب /ħarb/\n1. War\n2. Warfare\n": [("حرب", "War"), ("حرب", "Warfare")],
    "Uredba Vijeća (EZ) /x/\nCouncil Regulation (EC)\n": [("Uredba Vijeća", "Council Regulation")],
    "varify /v/\nيباين، يلوّن\n": [("varify", "يباين"), ("varify", "يلوّن")],
    "lösen /l/ <v, trans>\n [min.] breast <v>\n         Note: out\n": [("lösen", "breast")],
    "kauzig /k/ <adj>\ndotty <adj> [Br.]  [coll.]\n   Synonym: {schrullig}\n\n see: {verrückt}\n": [
        ("kauzig", "dotty")
    ],
    'Notlage /n/ <fem, n, sg>\ndistress <n>\n      "in Notlage sein"  - be in distress\n': [("Notlage", "distress")],
    "turn colo(u)r /t/\nmijenjati boju\n": [("turn color", "mijenjati boju"), ("turn colour", "mijenjati boju")],
    "overhaul sth. /o/\netw. überholen <v>\n": [("overhaul", "überholen")],
    "0,47 litara /n/\npint\n": [("0,47 litara", "pint")],
    "鼻 /x/\n(noun (common) (futsuumeishi))\n(f) Nase\n": [("鼻", "Nase")],
    "alone /x/\n": [],
}


@pytest.mark.parametrize("text", ARTICLES)
def test_an_article_is_its_translations(text: str) -> None:
    assert article(text) == ARTICLES[text]


DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def digits(number: int) -> str:
    return (digits(number // 64) if number > 63 else "") + DIGITS[number % 64]


def installed(folder: Path, name: str, articles: list[str], packed: bool = True) -> None:
    """Write a dictionary as Debian installs it."""
    data, index = b"00-database-info\n", ["00databaseinfo\tA\tR"]
    for text in articles:
        raw = text.encode()
        index.append(f"{text.split(' ')[0]}\t{digits(len(data))}\t{digits(len(raw))}")
        data += raw
    (folder / f"freedict-{name}.index").write_text("\n".join(index) + "\n", encoding="utf-8")
    (folder / f"freedict-{name}.dict{'.dz' * packed}").write_bytes(gzip.compress(data) if packed else data)


@pytest.mark.parametrize("packed", [True, False])
def test_articles_are_read_by_their_place_in_bytes(tmp_path: Path, packed: bool) -> None:
    installed(tmp_path, "hrv-eng", ["šuma /š/\nforest\n", "žena /ž/\nwoman, wife\n", "grad /g/\ntown\n"], packed)
    (one,) = found(["hr", "en"], tmp_path)
    assert (one.left, one.right, one.source) == ("hr", "en", "freedict-hrv-eng")
    assert list(pairs(one)) == [("šuma", "forest"), ("žena", "woman"), ("žena", "wife"), ("grad", "town")]


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=5))
def test_any_length_of_article_is_read(tmp_path_factory: pytest.TempPathFactory, lengths: list[int]) -> None:
    folder = tmp_path_factory.mktemp("d")
    installed(folder, "hrv-eng", [f"{'x' * (n + 1)} /x/\n{'y' * length}\n" for n, length in enumerate(lengths)])
    (one,) = found(["hr", "en"], folder)
    assert [len(word) for _, word in pairs(one)] == lengths


WANTED = [
    (["en", "hr"], ["freedict-eng-hrv", "freedict-hrv-eng"]),
    (["hr", "ar"], ["freedict-ara-eng", "freedict-eng-hrv", "freedict-hrv-eng"]),
    (["hr-HR"], ["freedict-eng-hrv", "freedict-hrv-eng"]),
    (["en", "tl"], []),
    (["fr", "nl"], ["freedict-fra-nld"]),
    (["fr", "hr"], ["freedict-eng-hrv", "freedict-hrv-eng"]),
]


@pytest.mark.parametrize(("languages", "expected"), WANTED)
def test_dictionaries_that_serve_the_languages(tmp_path: Path, languages: list[str], expected: list[str]) -> None:
    for name in ("eng-hrv", "hrv-eng", "ara-eng", "fra-nld"):
        installed(tmp_path, name, ["a /a/\nb\n"])
    (tmp_path / "freedict-eng-tgl.index").write_text("a\tA\tB\n")  # without its data
    assert [one.source for one in found(languages, tmp_path)] == expected


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "eng-hrv", ["a /a/\nb\n"])
    monkeypatch.setenv("DICTD_PATH", str(tmp_path))
    assert [one.source for one in found(["hr"])] == ["freedict-eng-hrv"]
    assert found(["hr"], tmp_path / "none") == ()


BROKEN = [
    ("a\tA\n", gzip.compress(b"x"), "is no index of dictd"),
    ("a\t*\tB\n", gzip.compress(b"x"), "is no index of dictd"),
    ("a\tA\tB\n", b"not gzip", "cannot be decompressed"),
    ("a\tA\tB\n", gzip.compress(b"x" * 99)[:-9], "cannot be decompressed"),
]


@pytest.mark.parametrize(("index", "data", "message"), BROKEN)
def test_a_broken_dictionary_is_named(tmp_path: Path, index: str, data: bytes, message: str) -> None:
    (tmp_path / "freedict-eng-hrv.index").write_text(index)
    (tmp_path / "freedict-eng-hrv.dict.dz").write_bytes(data)
    (one,) = found(["hr"], tmp_path)
    with pytest.raises(InputError, match=message):
        list(pairs(one))


def test_only_what_the_texts_need_is_read(tmp_path: Path) -> None:
    articles = ["šuma /š/\nforest\n", "žena /ž/\nwoman, wife\n", "ženski rod /r/\nfeminine\n", "grad /g/\ntown\n"]
    installed(tmp_path, "hrv-eng", articles)
    (one,) = found(["hr", "en"], tmp_path)
    texts = needed({"hr": ["žene", "gradovima"], "en": ["forest"]})
    assert list(pairs(one, texts)) == [("žena", "woman"), ("žena", "wife"), ("grad", "town")]


def test_a_dictionary_from_english_is_read_for_its_translations(tmp_path: Path) -> None:
    installed(tmp_path, "eng-ara", ["war /w/\nحرب، قتال\n", "town /t/\nمدينة\n"])
    (one,) = found(["ar"], tmp_path)
    assert list(pairs(one, needed({"ar": ["الحرب", "والقتال"]}))) == [("war", "حرب"), ("war", "قتال")]


def test_of_two_mirrors_the_one_from_english_is_left_out(tmp_path: Path) -> None:
    for name in ("hrv-eng", "eng-hrv", "eng-ara"):
        installed(tmp_path, name, ["a /a/\nb\n"])
    assert [one.source for one in turned(found(["hr", "ar"], tmp_path))] == ["freedict-eng-ara", "freedict-hrv-eng"]


WORDS = st.lists(
    st.sampled_from(["vojnik", "žena", "grad", "šuma", "حرب", "مدينة", "تعليم", "house", "dying", "mrtav", "pas"]),
    max_size=4,
)


@given(
    WORDS,
    st.sampled_from(
        ["vojnicima", "žene", "gradovima", "والحرب", "المدينة", "التعليم", "houses", "dying", "mrtvi", "psi"]
    ),
)
def test_what_holds_a_word_begins_like_it(listed: list[str], form: str) -> None:
    for language in ("hr", "ar", "en", "vo"):
        texts = Needed(language, [form])
        text = " ".join(listed)
        assert texts.begins(text) or not texts.holds(text)
