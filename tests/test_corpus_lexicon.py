"""Lexicons: what is embedded, what is found, what a user gives, and how they meet."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from nltk import data as nltk_data

from hexapla.corpus import lexicon as lexicon_module
from hexapla.corpus import wordnet
from hexapla.corpus.errors import InputError
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import RARE, Entry, Lexicon, background, described, load, table
from hexapla.corpus.wordlist import MOST, bilingual, keys, read, spoken


@pytest.fixture(autouse=True)
def _bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed unless a test installs it."""
    monkeypatch.setenv("DICTD_PATH", str(tmp_path / "dictd"))
    monkeypatch.delenv("HEXAPLA_LEXICONS", raising=False)
    monkeypatch.setattr(nltk_data, "path", [str(tmp_path / "nltk_data")])


@pytest.fixture
def _no_glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test gives is known."""
    monkeypatch.setattr(lexicon_module, "OWN", tmp_path / "none")


def meant(lexicon: Lexicon, text: str, language: str) -> set[str]:
    return {sense.concept for sense in lexicon.senses(words(text), language)}


MEET = [
    ("en", "attacks", "hr", "napadima"),
    ("en", "soldiers", "tl", "mga sundalo"),
    ("hr", "rata", "ar", "والحرب"),
    ("hr", "Njemačkoj", "ar", "ألمانيا"),
    ("en", "wars", "ar", "للحرب"),
]


@pytest.mark.parametrize(("one", "text", "other", "told"), MEET)
def test_inflected_words_meet_in_the_glossary(one: str, text: str, other: str, told: str) -> None:
    lexicon = load((one, other))
    assert meant(lexicon, text, one) & meant(lexicon, told, other)


def test_the_names_of_a_language_are_one_language() -> None:
    assert [spoken(code) for code in ("fil", "tgl", "tl-PH", "hrv", "hr")] == ["tl", "tl", "tl", "hr", "hr"]
    lexicon = load(("fil", "en"))
    assert meant(lexicon, "digmaan", "fil") & meant(lexicon, "war", "en")


def test_a_phrase_is_meant_beside_its_words() -> None:
    lexicon = Lexicon.of(
        [
            Entry("en", "prime minister", "pm", "user"),
            Entry("en", "prime", "p", "user"),
            Entry("en", "minister", "m", "user"),
        ]
    )
    found = {(s.first, s.last, s.concept) for s in lexicon.senses(words("the Prime Ministers met"), "en")}
    assert found == {(1, 2, "pm"), (1, 1, "p"), (2, 2, "m")}


def test_the_longest_phrase_hides_the_shorter() -> None:
    told = {"weapons of mass": "x", "weapons of mass destruction": "wmd", "mass media": "y"}
    lexicon = Lexicon.of([Entry("en", text, concept, "user") for text, concept in told.items()])
    assert meant(lexicon, "weapons of mass destruction", "en") == {"wmd"}
    assert meant(lexicon, "weapons of mass", "en") == {"x"}
    assert meant(lexicon, "weapons of", "en") == set()


def test_a_word_with_too_many_senses_says_nothing() -> None:
    entries = [Entry("en", "thing", f"c{n}", "user") for n in range(MOST + 1)]
    assert meant(Lexicon.of(entries), "thing", "en") == set()
    assert len(meant(Lexicon.of([*entries[1:], Entry("en", "thing", "g", "glossary")]), "thing", "en")) == MOST + 1


def test_a_pivot_with_too_many_translations_says_nothing() -> None:
    pairs = [("set", f"{n:05}") for n in range(MOST + 1)]
    assert list(bilingual(pairs, "en", "eo", "user")) == []
    assert len(list(bilingual(pairs[1:], "en", "eo", "user"))) == 2 * MOST


def install(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"freedict-{name}.index").write_text(
        "".join(f"x\t{_digits(start)}\t{_digits(length)}\n" for start, length in _articles(text))
    )
    (folder / f"freedict-{name}.dict.dz").write_bytes(gzip.compress(text.encode()))


def _digits(number: int) -> str:
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return (_digits(number // 64) if number > 63 else "") + digits[number % 64]


def _articles(text: str) -> list[tuple[int, int]]:
    start, found = 0, []
    for part in text.split("\n\n"):
        length = len(part.encode())
        found.append((start, length))
        start += length + 2
    return found


@pytest.mark.usefixtures("_no_glossary")
def test_dictionaries_compose_through_english(tmp_path: Path) -> None:
    install(tmp_path / "dictd", "hrv-eng", "ledenjak /l/\nglacier")
    install(tmp_path / "dictd", "eng-ara", "Glaciers /g/\nالمثلجة")
    lexicon = load(("hr", "ar"))
    assert "en:glacier" in meant(lexicon, "ledenjaka", "hr") & meant(lexicon, "مثلجة", "ar")
    assert {"freedict-hrv-eng", "freedict-eng-ara"} <= set(lexicon.sources)
    with_english = load(("hr", "en"))
    assert "en:glacier" in meant(with_english, "ledenjak", "hr") & meant(with_english, "glacier", "en")


def test_a_language_without_a_dictionary_meets_through_our_english(tmp_path: Path) -> None:
    install(tmp_path / "dictd", "hrv-eng", "vojevanje /v/\nwar")
    lexicon = load(("hr", "tl"))
    assert "en:war" in meant(lexicon, "vojevanja", "hr") & meant(lexicon, "digmaan", "tl")


@pytest.mark.usefixtures("_no_glossary")
def test_the_mirror_of_a_dictionary_counts_once(tmp_path: Path) -> None:
    install(tmp_path / "dictd", "eng-hrv", "glacier /g/\nledenjak")
    install(tmp_path / "dictd", "hrv-eng", "ledenjak /l/\nglacier, ice stream")
    assert load(("en", "hr")).sources["freedict-eng-hrv"] == 2
    assert load(("en", "hr")).sources["freedict-hrv-eng"] == 2


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_what_is_embedded_depends_on_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    before = described(load(("en", "hr")))
    install(tmp_path / "dictd", "hrv-eng", "ledenjak /l/\nglacier")
    assert "freedict-hrv-eng:2" in described(load(("en", "hr")))
    if how == "environment":
        monkeypatch.setenv("HEXAPLA_LEXICONS", "embedded")
    assert described(load(("en", "hr"), found=how == "environment")) == before
    assert [part.split(":")[0] for part in before.split("+")] == ["cldr", "glossary"]


LISTS = {
    "mine.tsv": "id\tpos\ten\thr\nglacier.noun\tnoun\tglacier\tledenjak | lednik\n",
    "weighed.tsv": "id\tpos\tweight\ten\thr\ng\t\t0.5\tglacier\tlednik\n",
    "plain.tsv": "hr\ten\nledenjak | lednik\tglacier\n",
    "three.tsv": "hr\ten\tar\nlednik\tglacier\tمثلجة\n",
    "en-hr.txt": "glacier lednik\nglacier ledenjak\n",
    "hr-en.0-5000.txt": "lednik\tglacier\n",
    "d.tei": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body xml:lang="hr"><entry><form><orth>lednik</orth></form>'
    '<sense><cit type="translation" xml:lang="en"><quote>glacier</quote></cit></sense></entry></body></text></TEI>',
    "hrv-eng.xml": "<TEI><entry><form><orth>lednik</orth></form><cit type='trans'><quote>glacier</quote></cit></entry></TEI>",
}


@pytest.mark.usefixtures("_no_glossary")
@pytest.mark.parametrize("name", LISTS)
def test_lists_of_a_user_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(LISTS[name], encoding="utf-8")
    lexicon = load(("en", "hr"), [path])
    shared = [
        {(s.concept, s.trust) for s in lexicon.senses(words(text), language) if s.source == f"user-{path.stem}"}
        for text, language in (("Glaciers", "en"), ("lednika", "hr"))
    ]
    assert shared[0] & shared[1]
    assert {trust for _, trust in shared[0]} == {0.475 if name == "weighed.tsv" else 0.95}


BAD = {
    "a.tsv": ("", "a.tsv:1: is no word list"),
    "b.tsv": ("one two\n", "b.tsv:1: is no word list"),
    "c.tsv": ("id\tpos\ten\n", "c.tsv:1: has no header"),
    "d.tsv": ("id\tpos\ten\thr\nx\tnoun\ty\n", "d.tsv:2: has 3 cells, the header 4"),
    "e.tsv": ("id\tpos\tweight\ten\thr\nx\tn\tmuch\ty\tz\n", "e.tsv:2: has the weight 'much'"),
    "en-hr.txt": ("one\n", "en-hr.txt:1: has 1 words"),
    "f.xml": ("<a><b></a>", "f.xml: is no well-formed XML"),
    "g.xml": ("<a/>", "g.xml: has no entries"),
    "h.xml": (
        "<a><entry><orth>x</orth><cit type='trans'><quote>y</quote></cit></entry></a>",
        "does not say its languages",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BAD[name][0], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read(tmp_path / name))
    assert BAD[name][1] in str(caught.value)
    assert "; " in str(caught.value)


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for name in ("no.tsv", "no.tei", "en-hr.txt"):
        with pytest.raises(InputError, match="does not exist"):
            list(read(tmp_path / name))


def test_entities_of_a_dictionary_are_not_followed(tmp_path: Path) -> None:
    secret, path = tmp_path / "secret", tmp_path / "en-hr.xml"
    secret.write_text("hidden")
    path.write_text(
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<a><entry><orth>&x;glacier</orth><cit type='trans'><quote>lednik</quote></cit></entry></a>"
    )
    assert not any("hidden" in entry.text for entry in read(path))


@pytest.mark.usefixtures("_no_glossary")
def test_wordnets_are_read_where_nltk_has_them(tmp_path: Path) -> None:
    corpora = tmp_path / "nltk_data" / "corpora"
    (corpora / "omw-1.4" / "hrv").mkdir(parents=True)
    (corpora / "wordnet").mkdir()
    (corpora / "omw-1.4" / "hrv" / "wn-data-hrv.tab").write_text(
        "# Croatian\thrv\turl\tlicence\n09289331-n\thrv:lemma\tledenjak\n09289331-n\thrv:def\tled\n00001740-a\thrv:lemma\tkadar\n"
    )
    (corpora / "wordnet" / "data.noun").write_text(
        "  1 This software\n09289331 17 n 02 glacier 0 ice_stream 0 001 @ 09287968 n 0000 | a body of ice\n"
    )
    (corpora / "wordnet" / "data.adj").write_text("00001740 00 s 01 able(p) 0 000 | having means\n")
    for part in ("verb", "adv"):
        (corpora / "wordnet" / f"data.{part}").write_text("")
    lexicon = load(("en", "hr"))
    assert "wn:09289331-n" in meant(lexicon, "ice streams", "en") & meant(lexicon, "ledenjaci ledenjaka", "hr")
    assert "wn:00001740-a" in meant(lexicon, "able", "en") & meant(lexicon, "kadar", "hr")
    assert lexicon.sources["wordnet-hrv"] == 2
    assert list(wordnet.entries(("hr", "tl"))) == []


def test_articles_are_taken_off_long_words_only() -> None:
    assert keys("الحرب", "ar")[-1] == keys("حرب", "ar")[0]
    assert len(keys("الان", "ar")) == 1


def test_the_frequent_are_expected_more_often() -> None:
    files = sorted(lexicon_module.OWN.glob("core-*.tsv"))
    first, last = (next(iter(table(path))).concept for path in (files[0], files[-1]))
    assert background(first) > background(last) > background("no such concept") == RARE
    assert background("en:war") > RARE
