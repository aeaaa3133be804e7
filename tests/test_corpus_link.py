"""Names in texts of three scripts, linked to an authority."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.document import Authority, Document, Entity, EntityType, Mention, Name, Segment, Source
from hexapla.corpus.link import link
from hexapla.corpus.linker import Linker, even

TABLE: list[tuple[str, EntityType, dict[str, str]]] = [
    ("place.iraq", "place", {"en": "Iraq", "hr": "Irak", "ar": "العراق", "zh": "伊拉克"}),
    ("place.baghdad", "place", {"en": "Baghdad", "hr": "Bagdad", "ar": "بغداد"}),
    ("place.turkey", "place", {"en": "Turkey", "hr": "Turska", "ar": "تركيا"}),
    ("place.south", "place", {"en": "southern Iraq", "hr": "jug Iraka", "ar": "جنوب العراق", "tl": "timog ng Iraq"}),
    ("place.lebanon", "place", {"en": "Lebanon", "ar": "اللبنان"}),
    ("place.us", "place", {"en": "United States|US|U.S.", "hr": "Sjedinjene Države|SAD", "ar": "الولايات المتحدة"}),
    ("place.jordan", "place", {"en": "Jordan", "hr": "Jordan"}),
    ("place.hague", "place", {"en": "The Hague", "hr": "Haag"}),
    ("org.ibc", "organisation", {"en": "Iraq Body Count|IBC"}),
    ("org.un", "organisation", {"en": "United Nations|UN", "hr": "Ujedinjeni narodi|UN", "ar": "الأمم المتحدة"}),
    ("org.qaeda", "organisation", {"en": "Al-Qaeda", "hr": "Al-Kaida", "ar": "القاعدة"}),
    ("org.nyt", "organisation", {"en": "New York Times"}),
    ("people.iraqis", "people", {"en": "Iraqis|Iraqi", "hr": "Iračani|irački", "ar": "عراقيون|عراقي|عراقية"}),
    ("people.turks", "people", {"en": "Turks", "hr": "Turci|turski"}),
    ("people.danes", "people", {"en": "Danes|Dane", "hr": "Danci|Danac"}),
    ("pers.saddam", "person", {"en": "Saddam Hussein|Saddam", "hr": "Sadam Husein|Husein", "ar": "صدام حسين|صدام"}),
    ("pers.bush-w", "person", {"en": "George W. Bush|Bush", "hr": "George W. Bush|Bush", "ar": "جورج دبليو بوش|بوش"}),
    ("pers.bush-hw", "person", {"en": "George H. W. Bush|Bush", "hr": "George H. W. Bush|Bush", "ar": "بوش"}),
    ("pers.jordan", "person", {"en": "Michael Jordan|Jordan", "hr": "Michael Jordan|Jordan"}),
    ("thing.wmd", "thing", {"en": "weapons of mass destruction", "hr": "oružje za masovno uništenje"}),
]


def entity(identity: str, type_: EntityType, names: dict[str, str]) -> Entity:
    pairs = [(code, text) for code, texts in names.items() for text in texts.split("|")]
    return Entity(identity, type_, tuple(Name(code, text) for code, text in pairs))


AUTHORITY = Authority(entities=tuple(entity(*row) for row in TABLE))


def document(text: str, language: str, *cuts: int) -> Document:
    edges = [0, *cuts, len(text)]
    pairs = pairwise(edges)
    segments = tuple(Segment(f"d.s{n}", "s", start, end, 0) for n, (start, end) in enumerate(pairs, start=1))
    return Document("d", language, text, Source("d.txt", "", 0), segments)


def found(text: str, language: str) -> list[tuple[str, str]]:
    one = document(text, language)
    return [(one.slice(mention), mention.ref) for mention in link(one, AUTHORITY)]


# language, text, what is found: slice=id
FOUND = [
    # forms
    ("hr", "Rat u Iraku i oko Bagdada", "Iraku=place.iraq Bagdada=place.baghdad"),
    ("hr", "pad Sadama Huseina i Huseinova režima", "Sadama Huseina=pers.saddam Huseinova=pers.saddam"),
    ("hr", "piše New York Timesu", "New York Timesu=org.nyt"),
    ("hr", "traže oružja za masovno uništenje", "oružja za masovno uništenje=thing.wmd"),
    ("hr", "iračkih snaga i Iračana", "iračkih=people.iraqis Iračana=people.iraqis"),
    ("en", "Iraq's oil, Saddam Hussein’s palaces", "Iraq=place.iraq Saddam Hussein=pers.saddam"),
    ("de", "die Grenze Iraqs", "Iraqs=place.iraq"),
    # acronyms keep their case, whatever hyphen joins an ending to them
    ("hr", "SAD je sad u SAD-u, vojska SAD‑a", "SAD=place.us SAD-u=place.us SAD‑a=place.us"),
    ("en", "US told us: the U.S. and the UN", "US=place.us U.S.=place.us UN=org.un"),
    ("hr", "sad je rat; un i Un", ""),
    # capitals
    (
        "en",
        "the Hague, The Hague, Iraq body count",
        "the Hague=place.hague The Hague=place.hague Iraq body count=org.ibc",
    ),
    ("hr", "Turske trupe i turske granice", "Turske=place.turkey turske=people.turks"),
    ("hr", "Dane i noći", ""),
    # the longer name
    ("en", "Iraq Body Count counts in Iraq", "Iraq Body Count=org.ibc Iraq=place.iraq"),
    ("tl", "sa timog ng Iraq", "timog ng Iraq=place.south"),
    # clitics, article, vowel signs, letter variants
    ("ar", "والعراق بالعراق كالعراق وبالعراق", " ".join(["العراق=place.iraq"] * 4)),
    ("ar", "للعراق وللعراق", "لعراق=place.iraq لعراق=place.iraq"),
    ("ar", "للبنان", "لبنان=place.lebanon"),
    ("ar", "لصدام وبغداد", "صدام=pers.saddam بغداد=place.baghdad"),
    ("ar", "العِراقُ والأُمم المتّحدة", "العِراقُ=place.iraq الأُمم المتّحدة=org.un"),
    ("ar", "الامم المتحده", "الامم المتحده=org.un"),
    (
        "ar",
        "العراقي العراقية العراقيين للعراقيين",
        "العراقي=people.iraqis العراقية=people.iraqis العراقيين=people.iraqis لعراقيين=people.iraqis",
    ),
    ("ar", "الصدام العراقيات بغدادي مصدام", ""),
    ("ar", "بـ جنوب العراق", "جنوب العراق=place.south"),
    ("ar", "بـبغداد", "بغداد=place.baghdad"),
    # tokenised, wrapped, hyphened, detached and glued text
    ("tl", "ang_Iraq at United_Nations , Iraq", "Iraq=place.iraq United_Nations=org.un Iraq=place.iraq"),
    ("en", "Saddam\n  Hussein in Iraq", "Saddam\n  Hussein=pers.saddam Iraq=place.iraq"),
    ("hr", "Al Kaide i Al-Kaidi", "Al Kaide=org.qaeda Al-Kaidi=org.qaeda"),
    ("en", "George W Bush", "George W Bush=pers.bush-w"),
    ("hr", "uzrokaIraq Body Count", "Iraq Body Count=org.ibc"),
    ("ar", "بغداد2003 وBaghdad", "بغداد=place.baghdad Baghdad=place.baghdad"),
    ("ar", "Iraq Body Count في العراق", "Iraq Body Count=org.ibc العراق=place.iraq"),
    ("en", "McIraq Iraqgate aUN xUS", ""),
    ("zh", "在伊拉克战争中", "伊拉克=place.iraq"),
    ("en", "", ""),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=[f"{case[0]}-{case[1][:30]}" for case in FOUND])
def test_finds(language: str, text: str, expected: str) -> None:
    said = [f"{surface}={ref}" for surface, ref in found(text, language)]
    assert " ".join(said) == expected


def test_offsets_are_those_of_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Među Iračanima i Iraku")
    assert [(unicodedata.normalize("NFC", surface), ref) for surface, ref in found(text, "hr")] == [
        ("Iračanima", "people.iraqis"),
        ("Iraku", "place.iraq"),
    ]


def test_says_how_it_was_found() -> None:
    exact, formed = link(document("Irak, Iraku", "hr"), AUTHORITY)
    wanted = Mention("", "d.s1", "place", 0, 4, "name", ref="place.iraq", score=1.0, method="authority")
    assert exact == wanted
    assert formed == replace(wanted, start=6, end=11, score=0.97)


# Which Bush: the one last named in full, else the one most named, else nobody.
SHARED = [
    ("George H. W. Bush came. Then Bush left.", "pers.bush-hw pers.bush-hw", 0.85),
    ("George H. W. Bush, George W. Bush, and Bush", "pers.bush-hw pers.bush-w pers.bush-w", 0.85),
    ("Bush came. George W. Bush left.", "pers.bush-w pers.bush-w", 0.6),
    ("Bush came.", " ", 0.4),
    ("Bush: George W. Bush or George H. W. Bush", " pers.bush-w pers.bush-hw", 0.4),
]


@pytest.mark.parametrize(("text", "refs", "score"), SHARED, ids=[case[0] for case in SHARED])
def test_a_shared_family_name(text: str, refs: str, score: float) -> None:
    one = document(text, "en")
    mentions = link(one, AUTHORITY)
    assert " ".join(mention.ref for mention in mentions).strip() == refs.strip()
    assert [mention.score for mention in mentions if one.slice(mention) == "Bush"] == [score]
    assert {mention.kind for mention in mentions} == {"person"}


def test_a_name_of_two_types_is_kept_without_identity() -> None:
    (mention,) = link(document("Jordan", "en"), AUTHORITY)
    assert (mention.ref, mention.score) == ("", 0.4)


def test_mentions_keep_to_segments() -> None:
    text = "Iraq Body Count"
    assert [m.ref for m in link(document(text, "en"), AUTHORITY)] == ["org.ibc"]
    (first,) = link(document(text, "en", 5), AUTHORITY)
    assert (first.ref, first.segment, first.start, first.end) == ("place.iraq", "d.s1", 0, 4)


def test_boilerplate_is_not_read_and_a_text_without_segments_is() -> None:
    one = document("Iraq", "en")
    assert link(one.having(segments=(replace(one.segments[0], kind="x"),)), AUTHORITY) == ()
    (mention,) = link(one.having(segments=()), AUTHORITY)
    assert (mention.segment, mention.ref) == ("", "place.iraq")


def test_a_shorter_name_beside_what_is_taken() -> None:
    one = document("xx Iraq Body Count", "en")
    taken = Mention("", "d.s1", "thing", 8, 18)
    assert [(one.slice(m), m.ref) for m in link(one, AUTHORITY, [taken])] == [("Iraq", "place.iraq")]


def test_names_of_a_shared_table_are_its_own() -> None:
    assert found("timog ng Iraq", "fil") == [("timog ng Iraq", "place.south")]


WHOLE = ["Iraq", "Irak", "Iraku", "العراق", "بغداد", "SAD", "sad", "Bush", "George W.", "Body", "Count", "伊拉克"]
PARTS = [
    "و",
    "ب",
    "لل",
    " ",
    "_",
    "-",
    ".",
    "\n",
    "\u064e",
    "\u0640",
    "\u0301",
    "\u200f",
    "a",
    "č",
    "ي",
    "7",
    "İ",
    "ﻻ",
    "ß",
]


def test_an_authority_that_knows_nothing_finds_nothing() -> None:
    nameless = Authority(entities=(entity("place.x", "place", {"en": "\u200b", "fr": "Irak"}),))
    for authority in (Authority(), nameless):
        assert link(document("Iraq, Irak", "en"), authority) == ()


PIECES = st.sampled_from([*WHOLE, *PARTS])
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40))
LINKERS = {code: Linker(AUTHORITY, code) for code in ("en", "hr", "ar", "tl", "ja")}


@given(TEXTS, st.sampled_from(sorted(LINKERS)), st.integers(0, 60))
def test_mentions_lie_in_one_segment_and_nest_or_are_disjoint(text: str, language: str, cut: int) -> None:
    one = document(text, language, min(cut, len(text)))
    place = {segment.id: segment for segment in one.segments}
    mentions = link(one, AUTHORITY)
    for mention in mentions:
        segment = place[mention.segment]
        assert segment.start <= mention.start < mention.end <= segment.end
    for before, after in combinations(mentions, 2):
        within = before.start <= after.start and after.end <= before.end and before != after
        assert before.end <= after.start or (within and before.ref != after.ref)


@given(st.lists(st.sampled_from(["Iraq", "Baghdad", "US", "a", "č", " ", ".", "-"]), max_size=20).map("".join))
def test_names_are_words_of_their_own(text: str) -> None:
    for hit in LINKERS["en"].hits(text):
        after = text[hit.end : hit.end + 1]
        before = text[: hit.start][-3:]
        assert not after.isalpha()
        assert not before[-1:].isalpha() or (len(before) == 3 and before.isalpha() and before.islower())


@given(TEXTS)
def test_every_letter_read_leads_back(text: str) -> None:
    reading = even(text)
    assert len(reading.cased) == len(reading.folded)
    spans = [reading.span(place, place + 1) for place in range(len(reading.folded))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
