"""Names that no list knows, in texts of several scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.authorities import read
from hexapla.corpus.document import Authority, Document, Entity, Mention, Name, Source
from hexapla.corpus.mention import annotate
from hexapla.corpus.name import propose, write_proposals
from hexapla.corpus.segment import segment
from hexapla.corpus.sound import likeness, sounds

ACCOUNTS = {
    "en": "The pilot was Marek Dolenko. On board the crew trusted Dolenko. They left Karvena in Vostrel 1, and later "
    "in Vostrel 11. The Moon was full over Egypt.",
    "hr": "Pilotom Mareka Dolenka zvali su svi. Vidjeli su Dolenka u Karveni. Poletio je Vostrel 1, zatim Vostrel 11. "
    "Nad Egiptom se vidio Mjesec.",
    "ar": "كان الطيار ماريك دولينكو شابا. ووصل دولينكو من كارفينا. وكان القمر فوق مصر.",
    "de": "Der Pilot Marek Dolenko kam an. Bald flog Vostrel 1, dann Vostrel 11. Das Schiff war leer.",
}

TOGETHER = [  # account, text, account, text: one entity
    ("en", "Marek Dolenko", "hr", "Mareka Dolenka"),
    ("en", "Marek Dolenko", "ar", "ماريك دولينكو"),
    ("en", "Marek Dolenko", "de", "Marek Dolenko"),
    ("en", "Marek Dolenko", "en", "Dolenko"),
    ("en", "Karvena", "hr", "Karveni"),
    ("en", "Karvena", "ar", "كارفينا"),
    ("en", "Vostrel 11", "hr", "Vostrel 11"),
    ("en", "Egypt", "hr", "Egiptom"),
    ("en", "Egypt", "ar", "مصر"),
    ("en", "Moon", "hr", "Mjesec"),
    ("en", "Moon", "ar", "القمر"),
]

APART = [("en", "Vostrel 1", "en", "Vostrel 11"), ("en", "Marek Dolenko", "en", "Karvena")]

NO_NAMES = [("de", "Schiff"), ("de", "Pilot"), ("en", "The"), ("hr", "Nad"), ("ar", "الطيار"), ("en", "They")]


def document(name: str, text: str) -> Document:
    return segment(Document(name, name, text, Source(f"{name}.txt", "", len(text))))


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    return tuple(document(name, text) for name, text in ACCOUNTS.items())


@pytest.fixture(scope="module")
def found(documents: tuple[Document, ...]) -> Mapping[tuple[str, str], str]:
    _, mentions = propose(documents)
    return {(one.id, one.slice(mention)): mention.ref for one in documents for mention in mentions[one.id]}


@pytest.mark.parametrize(("left", "first", "right", "second"), TOGETHER)
def test_a_name_is_one_entity_in_all_accounts(
    found: Mapping[tuple[str, str], str], left: str, first: str, right: str, second: str
) -> None:
    assert found[left, first] == found[right, second]


@pytest.mark.parametrize(("left", "first", "right", "second"), APART)
def test_other_names_are_other_entities(
    found: Mapping[tuple[str, str], str], left: str, first: str, right: str, second: str
) -> None:
    assert found[left, first] != found[right, second]


@pytest.mark.parametrize("place", NO_NAMES)
def test_other_words_are_no_names(found: Mapping[tuple[str, str], str], place: tuple[str, str]) -> None:
    assert place not in found


def test_ids_tell_the_kind_and_the_name(documents: tuple[Document, ...]) -> None:
    entities, _ = propose(documents)
    ids = [entity.id for entity in entities]
    assert len(set(ids)) == len(ids)
    assert "pers.marek-dolenko" in ids
    assert "place.egypt" in ids
    assert "thing.vostrel-11" in ids
    assert all(entity.proposed for entity in entities)


def test_what_a_clitic_adds_is_outside_the_name() -> None:
    accounts = (document("en", "We saw Armstrong and met Armstrong."), document("ar", "وصل أرمسترونغ وأرمسترونغ قائد."))
    _, mentions = propose(accounts)
    assert [accounts[1].slice(mention) for mention in mentions["ar"]] == ["أرمسترونغ", "أرمسترونغ"]


def test_only_what_an_authority_does_not_know_is_suggested() -> None:
    known = Authority(entities=(Entity("place.karvena", "place", (Name("en", "Karvena"),)),))
    accounts = (document("en", "He met Marek Dolenko in Karvena."),)
    _, same, _ = annotate(accounts, known)
    assert same.entities == known.entities
    named, more, _ = annotate(accounts, known, suggest=True)
    assert [entity.id for entity in more.entities] == ["place.karvena", "pers.marek-dolenko"]
    assert [m.ref for m in named[0].mentions if m.method == "names"] == ["pers.marek-dolenko"]


def test_a_proposed_id_is_none_that_an_authority_has() -> None:
    known = Authority(entities=(Entity("pers.marek-dolenko", "person", (Name("en", "Another One"),)),))
    _, more, _ = annotate((document("en", "He met Marek Dolenko in June."),), known, suggest=True)
    assert [entity.id for entity in more.entities] == ["pers.marek-dolenko", "pers.marek-dolenko-2"]


def test_proposals_are_an_authority_that_can_be_read(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    entities, _ = propose(documents)
    write_proposals((*entities, Entity("place.known", "place", (Name("en", "Known"),))), tmp_path / "entities.tsv")
    again = read(tmp_path / "entities.tsv").entities
    assert [(one.id, one.proposed) for one in again] == [(one.id, True) for one in entities]


def test_dates_are_no_part_of_names() -> None:
    text = "In London in May Neil Brodski spoke. In May Neil Brodski left."
    one = document("en", text)
    taken = (Mention("", one.segments[0].id, "date", text.index("May"), text.index("May") + 3),)
    _, mentions = propose([one.having(mentions=taken)])
    assert "May Neil Brodski" not in [one.slice(m) for m in mentions["en"] if m.start < 40]
    assert "Neil Brodski" in [one.slice(m) for m in mentions["en"]]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [("gagarin", "غاغارين", True), ("chavez", "تشافيز", True), ("korolev", "королёв", True), ("iran", "iraq", False)],
)
def test_names_sound_alike_across_scripts(left: str, right: str, alike: bool) -> None:
    assert (likeness(left, right) > 0.85) is alike


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_even_and_bounded(left: str, right: str) -> None:
    assert 0.0 <= likeness(left, right) <= 1.0
    assert likeness(left, right) == pytest.approx(likeness(right, left))
    assert 1 <= len(sounds(left)) <= 6


@given(st.lists(st.sampled_from(["Ana", "Marko Polo", "«", '"', "7", "U.S.", "van", "x.", "أبولو", "of", "—", "\n"])))
def test_any_text_gives_mentions_inside_its_segments(parts: list[str]) -> None:
    accounts = [document("en", " ".join(parts)), document("ar", " ".join(reversed(parts)))]
    entities, mentions = propose(accounts)
    ids = {entity.id for entity in entities}
    for one in accounts:
        spans = {segment.id: (segment.start, segment.end) for segment in one.segments}
        for mention in mentions[one.id]:
            start, end = spans[mention.segment]
            assert start <= mention.start < mention.end <= end
            assert mention.ref in ids


SHORT_NAMES = {
    "en": "Jaime Sin spoke in France. The boat crossed the North Atlantic. Us they did not ask. He saw the Barvino sink.",
    "tl": "Nagsalita si Jaime Sin sa Pransiya. Nakita sa Amerika ang Barvino.",
    "ar": "تحدث خايمي سين في فرنسا. وعبرت السفينة المحيط الأطلسي إلى أمريكا.",
    "hr": "Nestanak Barvina\n\nBarvino je potonuo u Atlantskom oceanu na putu u Ameriku.",
}


@pytest.fixture(scope="module")
def short() -> Mapping[tuple[str, str], str]:
    texts = tuple(document(name, text) for name, text in SHORT_NAMES.items())
    _, mentions = propose(texts)
    return {(one.id, one.slice(mention)): mention.ref for one in texts for mention in mentions[one.id]}


@pytest.mark.parametrize(
    ("left", "first", "right", "second"),
    [
        ("en", "Jaime Sin", "ar", "خايمي سين"),  # neither word is long enough to be known by its sound alone
        ("en", "France", "tl", "Pransiya"),  # a country by another name than CLDR's
        ("tl", "Amerika", "hr", "Ameriku"),
        ("en", "Atlantic", "hr", "Atlantskom oceanu"),  # a direction before a sea
        ("en", "Barvino", "hr", "Barvina"),  # a heading whose first word has a capital for its place
    ],
)
def test_short_foreign_and_led_names(
    short: Mapping[tuple[str, str], str], left: str, first: str, right: str, second: str
) -> None:
    assert short[left, first] == short[right, second]


def test_an_acronym_is_known_in_capitals_only(short: Mapping[tuple[str, str], str]) -> None:
    assert ("en", "Us") not in short
