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
    ("en", "Chancellor Angela Merkel came. Queen Angela Merkel sat. She spoke.", [("She", "pronoun", "pers.merkel")]),
]

UNSAFE = [
    ("en", "George Bush met Tony Blair. He spoke."),  # two people
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
    assert all(mention.score == pytest.approx(0.6) for mention in found)
    return [(named.slice(mention), mention.subtype, mention.ref) for mention in found]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND)
def test_a_reference_stands_for_the_one_who_is_named(
    language: str, text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert references(language, text) == wanted


@pytest.mark.parametrize(("language", "text"), UNSAFE)
def test_what_is_not_safe_is_left_alone(language: str, text: str) -> None:
    assert references(language, text) == []
