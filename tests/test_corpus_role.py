"""Roles and pronouns that stand for somebody who is named before."""

from __future__ import annotations

import pytest

from hexapla.corpus.document import Authority, Document, Entity, EntityType, Name, Source
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment

RECORDS: list[tuple[str, EntityType, dict[str, str]]] = [
    ("pers.bush", "person", {"en": "George Bush", "hr": "George Bush", "ar": "جورج بوش", "de": "George Bush"}),
    ("pers.blair", "person", {"en": "Tony Blair", "hr": "Tony Blair", "ar": "توني بلير", "de": "Tony Blair"}),
    ("pers.merkel", "person", {"en": "Angela Merkel", "hr": "Angela Merkel", "de": "Angela Merkel"}),
    ("org.un", "organisation", {"en": "United Nations", "hr": "Ujedinjeni narodi"}),
]

FOUND = [
    ("en", "George Bush came. He spoke.", [("He", "pronoun", "pers.bush")]),
    ("en", "George Bush came. The president spoke.", [("The president", "role", "pers.bush")]),
    ("en", "The United Nations met. The organization voted.", [("The organization", "role", "org.un")]),
    ("hr", "George Bush je došao. Predsjednik je govorio.", [("Predsjednik", "role", "pers.bush")]),
    ("hr", "Tony Blair i njegov ured šute.", [("njegov", "pronoun", "pers.blair")]),
    ("tl", "Dumating si George Bush. Nagsalita ang pangulo.", [("ang pangulo", "role", "pers.bush")]),
    ("ar", "وصل جورج بوش. تحدث الرئيس طويلا.", [("الرئيس", "role", "pers.bush")]),
    ("de", "George Bush kam. Der Präsident sprach.", [("Der Präsident", "role", "pers.bush")]),
    ("en", "George Bush came. Tony Blair met him.", [("him", "pronoun", "pers.bush")]),  # nobody meets himself
    ("en", "Tony Blair said that he was ill.", [("he", "pronoun", "pers.blair")]),
    ("en", "George Bush met Tony Blair. He spoke.", [("He", "pronoun", "pers.bush")]),  # the subject goes on
    ("en", "Angela Merkel, the sister of a pastor, came. She spoke.", [("She", "pronoun", "pers.merkel")]),
    ("hr", "Angela Merkel je došla. Ona je govorila.", [("Ona", "pronoun", "pers.merkel")]),  # the verb agrees
    ("en", "President George Bush met Tony Blair. Then the president left.", [("the president", "role", "pers.bush")]),
    (
        "en",
        "George Bush, the president, came.\n\nTony Blair saw the president.",
        [("the president", "role", "pers.bush")] * 2,
    ),
    ("tl", "Ang kapitan nito ay si Tony Blair. Nanatili ang kapitan.", [("ang kapitan", "role", "pers.blair")]),
    ("en", "Chancellor Angela Merkel came. Queen Angela Merkel sat. She spoke.", [("She", "pronoun", "pers.merkel")]),
]

UNSAFE = [
    (
        "en",
        "George Bush met Tony Blair. Reporters asked whether he was ill.",
    ),  # two people, and no subject that goes on
    ("en", "George Bush met Tony Blair, who saw that he was ill."),  # two people before
    ("en", 'George Bush said: "Send him home."'),  # who speaks is somebody else
    ("hr", "George Bush je došao. Na njemu su radili mornari."),  # a thing
    ("hr", "George Bush je došao. Na brodu je bio i njegov vlasnik."),  # the ship's or his
    ("hr", "Tony Blair je došao. Rekao je Georgeu Bushu kako je njegov brat bolestan."),  # a subject that is left out
    ("hr", "George Bush je došao. Predsjednik povjerenstva je govorio."),  # of something else
    ("hr", "George Bush je došao. Na položaj predsjednika izabran je netko."),  # an office, not a person
    ("tl", "Dumating si George Bush. Nagsalita ang kapitan nitong si Tony Blair."),  # a title, words between
    ("en", "George Bush came.\n\nHe spoke."),  # another paragraph
    ("en", "George Bush came. It rained. It rained. It rained. He spoke."),  # too far
    ("en", "He spoke. George Bush came."),  # named only later
    ("en", "George Bush came. A president spoke."),  # any president
    ("en", "George Bush came. The president of France spoke."),  # somebody else
    ("en", "George Bush came. The president, Tony Blair, spoke."),  # a title
    ("en", "George Bush came. She spoke."),  # gender unknown
    ("hr", "George Bush je došao. Ona je govorila."),
    ("vo", "George Bush came. He spoke."),  # a language without a table
]


def references(language: str, text: str) -> list[tuple[str, str, str]]:
    entities = tuple(
        Entity(identity, kind, tuple(Name(code, name) for code, name in names.items()))
        for identity, kind, names in RECORDS
    )
    one = segment(Document("d", language, text, Source("d.txt", "", len(text))))
    (named,), _, _ = annotate([one], Authority(entities=entities))
    found = [mention for mention in named.mentions if mention.method == "context"]
    assert {mention.score for mention in found} <= {0.5, 0.6, 0.7}
    return [(named.slice(mention), mention.subtype, mention.ref) for mention in found]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND)
def test_a_reference_stands_for_the_one_who_is_named(
    language: str, text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert references(language, text) == wanted


@pytest.mark.parametrize(("language", "text"), UNSAFE)
def test_what_is_not_safe_is_left_alone(language: str, text: str) -> None:
    assert references(language, text) == []


def test_an_office_that_another_account_states_holds_in_all() -> None:
    entities = tuple(
        Entity(identity, "person", tuple(Name("en", name) for name in names))
        for identity, names in (("pers.a", ["Adam Ash"]), ("pers.b", ["Ben Birch"]))
    )
    texts = {"en": "President Adam Ash met Ben Birch.", "de": "Adam Ash traf Ben Birch. Der Präsident ging."}
    cut = [segment(Document(code, code, text, Source("d", "", len(text)))) for code, text in texts.items()]
    read, _, _ = annotate(cut, Authority(entities=entities))
    assert [(read[1].slice(m), m.ref, m.score) for m in read[1].mentions if m.method == "context"] == [
        ("Der Präsident", "pers.a", 0.7)
    ]


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        (
            "en",
            "The French president, Adam Ash, met the British president, Ben Birch.\n\nThe French president left.",
            "pers.a",
        ),
        (
            "hr",
            "Francuski predsjednik Adam Ash vidio je Bena Bircha, britanskog predsjednika.\n\nFrancuski predsjednik je otišao.",
            "pers.a",
        ),
        ("en", "The French president, Adam Ash, met the British president, Ben Birch.\n\nThe president left.", ""),
    ],
)
def test_the_nation_beside_an_office_says_whose_it_is(language: str, text: str, who: str) -> None:
    people: list[tuple[str, EntityType, list[str]]] = [
        ("pers.a", "person", ["Adam Ash"]),
        ("pers.b", "person", ["Ben Birch"]),
    ]
    nations: list[tuple[str, EntityType, list[str]]] = [
        ("people.f", "people", ["French", "francuski"]),
        ("people.b", "people", ["British", "britanski"]),
    ]
    entities = tuple(
        Entity(identity, kind, tuple(Name(code, name) for name in names for code in ("en", "hr")))
        for identity, kind, names in (*people, *nations)
    )
    one = segment(Document("d", language, text, Source("d", "", len(text))))
    (read,), _, _ = annotate([one], Authority(entities=entities))
    last = text.rindex("president") if language == "en" else text.rindex("predsjednik")
    assert [m.ref for m in read.mentions if m.method == "context" and m.end > last] == ([who] if who else [])
