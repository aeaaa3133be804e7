"""Names inside longer names: which are mentions of their own."""

from __future__ import annotations

import pytest

from hexapla.corpus.document import Authority, Document, Entity, EntityType, Mention, Name, Segment, Source, outermost
from hexapla.corpus.link import link
from hexapla.corpus.mention import annotate

TABLE: list[tuple[str, EntityType, str, dict[str, str]]] = [
    ("place.iraq", "place", "", {"en": "Iraq", "hr": "Irak", "ar": "العراق"}),
    ("place.baghdad", "place", "place.iraq", {"en": "Baghdad", "hr": "Bagdad", "ar": "بغداد"}),
    ("place.palestine", "place", "", {"en": "Palestine", "hr": "Palestina"}),
    ("place.us", "place", "", {"en": "United States|US", "hr": "SAD"}),
    ("place.airport", "place", "place.baghdad", {"en": "Baghdad Airport", "ar": "مطار بغداد"}),
    ("place.hotel", "place", "", {"en": "Palestine Hotel", "hr": "hotel Palestina"}),
    ("place.embassy", "place", "", {"en": "US embassy in Baghdad"}),
    ("people.iraqis", "people", "place.iraq", {"en": "Iraqis|Iraqi", "hr": "Iračani|irački"}),
    ("pers.saddam", "person", "", {"en": "Saddam Hussein|Saddam", "hr": "Sadam Husein"}),
    ("pers.bush", "person", "", {"en": "George Bush|Bush", "hr": "Bush"}),
    ("pers.bush-hw", "person", "", {"en": "George H. W. Bush"}),
    ("pers.bremer", "person", "", {"en": "Paul Bremer", "ar": "الحاكم المدني في العراق"}),
    ("org.ibc", "organisation", "", {"en": "Iraq Body Count|Iraq body count", "hr": "projekt Iraq Body Count"}),
    ("org.army", "organisation", "", {"en": "US Army|US soldiers"}),
    ("org.museum", "organisation", "", {"en": "US Army Museum"}),
    ("org.un", "organisation", "", {"en": "United Nations|UN", "hr": "UN"}),
    ("org.council", "organisation", "", {"en": "UN Security Council", "hr": "Vijeće sigurnosti UN-a"}),
    ("org.airways", "organisation", "place.iraq", {"en": "Iraqi Airways"}),
    ("org.government", "organisation", "", {"en": "Bush administration", "hr": "Busheva administracija"}),
    ("thing.war", "thing", "", {"en": "Iraq War|war in Iraq", "hr": "rat u Iraku", "ar": "حرب العراق"}),
    ("thing.statue", "thing", "", {"en": "statue of Saddam|statue of Saddam Hussein"}),
    ("thing.act", "thing", "", {"en": "Iraq Liberation Act", "ar": "قانون تحرير العراق"}),
]
AUTHORITY = Authority(
    entities=tuple(
        Entity(id_, kind, tuple(Name(code, one) for code, cell in names.items() for one in cell.split("|")), of=of)
        for id_, kind, of, names in TABLE
    )
)
CASES = [
    # a preposition, small letters beside it, and the same entity's other spellings
    ("en", "The war in Iraq.", "thing.war place.iraq"),
    ("en", "The Iraq War.", "thing.war place.iraq"),
    ("ar", "وحرب العراق", "thing.war place.iraq"),
    ("hr", "O ratu u Iraku.", "thing.war place.iraq"),
    ("en", "US soldiers of the US Army", "org.army place.us org.army place.us"),
    ("en", "The US embassy in Baghdad.", "place.embassy place.us place.baghdad"),
    ("hr", "Busheva administracija.", "org.government pers.bush"),
    ("en", "The statue of Saddam Hussein.", "thing.statue pers.saddam"),
    # what the authority says
    ("en", "Baghdad Airport.", "place.airport place.baghdad"),
    ("ar", "مطار بغداد", "place.airport place.baghdad"),
    ("en", "Iraqi Airways.", "org.airways people.iraqis"),
    # titles, persons, and what is called after another
    ("en", "Iraq Body Count.", "org.ibc"),
    ("en", "The US Army Museum.", "org.museum"),
    ("hr", "projekt Iraq Body Count.", "org.ibc"),
    ("en", "The UN Security Council.", "org.council"),
    ("hr", "Vijeću sigurnosti UN-a.", "org.council"),
    ("en", "George H. W. Bush.", "pers.bush-hw"),
    ("hr", "Kod hotela Palestina.", "place.hotel"),
    ("ar", "قانون تحرير العراق", "thing.act"),
    # a description of a person
    ("ar", "الحاكم المدني في العراق", "pers.bremer place.iraq"),
]


def document(text: str, language: str) -> Document:
    return Document("d", language, text, Source("d.txt", "", 0), (Segment("d.s1", "s", 0, len(text), 0),))


@pytest.mark.parametrize(("language", "text", "refs"), CASES, ids=[f"{case[0]} {case[1][:20]}" for case in CASES])
def test_which_inner_names_are_mentions(language: str, text: str, refs: str) -> None:
    assert [mention.ref for mention in link(document(text, language), AUTHORITY)] == refs.split()


def test_a_date_inside_is_left_alone() -> None:
    one = document("The war in Iraq", "en")
    taken = Mention("", "d.s1", "date", 4, 7)
    assert [one.slice(m) for m in link(one, AUTHORITY, [taken])] == ["Iraq"]


def test_a_figure_beside_a_nested_name_is_found() -> None:
    one = document("In the war in Iraq 4,500 soldiers died.", "en")
    (read,), _, _ = annotate([one], AUTHORITY)
    assert [read.slice(m) for m in read.mentions] == ["war in Iraq", "Iraq", "4,500"]
    assert [read.slice(m) for m in outermost(read.mentions)] == ["war in Iraq", "4,500"]


def test_a_sum_inside_a_name_is_a_mention_of_its_own() -> None:
    book = Entity("thing.book", "thing", (Name("en", "The 3 Trillion Dollar War"), Name("en", "Apollo 11")))
    one = document("He read The 3 Trillion Dollar War on Apollo 11 for $5.", "en")
    (read,), _, _ = annotate([one], Authority(entities=(book,)))
    said = [(read.slice(m), m.value) for m in read.mentions if m.kind == "quantity"]
    assert said == [("3 Trillion Dollar", "3000000000000"), ("$5", "5")]
