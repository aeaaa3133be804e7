"""Lists that others made: what becomes of a TEI list and of a table from Wikidata, and what is said of the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus import lists
from hexapla.corpus.authorities import PREFIXES, read, write
from hexapla.corpus.document import Authority, Cue, Entity, Event, Name, Participant
from hexapla.corpus.errors import InputError, UsageError
from hexapla.tei.edition import Edition
from hexapla.tei.write import write as write_tei

HOME = Path(__file__).parent.parent / "corpus" / "authority" / "iraq-war"
WD = "http://www.wikidata.org/entity/"

# A header and a standOff such as an edition of a parliament has, with comments, parts of names and nested places.
EDITION = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader><fileDesc><titleStmt><title>A siege</title></titleStmt></fileDesc>
    <profileDesc>
      <particDesc><listPerson>
        <person xml:id="MarulićMarko"><!-- the elder -->
          <persName><surname>Marulić</surname><forename>Marko</forename></persName>
          <persName type="alt" xml:lang="la">Marcus Marulus</persName>
          <persName xml:lang="hr"><roleName>Dr.</roleName> <forename>Marko</forename> <surname>Marulić</surname></persName>
          <birth when="1450-08-18"/><death notBefore="1524" notAfter="1525"/><sex value="M"/>
          <affiliation ref="#guard"/><idno type="VIAF">100</idno><idno type="URI">https://www.wikidata.org/wiki/Q310</idno>
        </person>
        <personGrp xml:id="citizens"><name>Spalatins</name></personGrp>
      </listPerson>
      <listOrg><org xml:id="guard"><orgName full="abb">CG</orgName><orgName full="yes">City Guard</orgName>
        <event from="1500"><label>existence</label></event></org></listOrg></particDesc>
      <settingDesc><listPlace>
        <place xml:id="place_1"><placeName ref="http://www.wikidata.org/entity/Q528">Dalmatia</placeName>
          <placeName xml:lang="ar">دالماسيا</placeName>
          <listPlace><place xml:id="split"><placeName type="variant">Spalato</placeName>
            <placeName><settlement>Split</settlement>, <country>Croatia</country></placeName>
            <location><geo>43.5 16.4</geo></location></place></listPlace></place>
        <place xml:id="nowhere"/>
      </listPlace></settingDesc>
    </profileDesc>
  </teiHeader>
  <standOff>
    <listObject><object xml:id="gate"><objectIdentifier><objectName>Golden Gate</objectName></objectIdentifier></object></listObject>
    <listEvent>
      <event xml:id="e1" type="siege" from="1510-04-03" to="1510-05" where="#split">
        <label>Siege of Split</label><label xml:lang="hr">Opsada Splita</label><label>The siege</label>
        <desc>It lasted a month.</desc>
        <listPerson><person corresp="#MarulićMarko" role="witness"/></listPerson>
        <listRelation type="participants"><relation name="defender" active="#guard #ghost" passive="#e1"/></listRelation>
      </event>
      <event xml:id="e2"><head>A meeting</head><date when="-0044-03-15"/>
        <p>Of <persName ref="#MarulićMarko">him</persName> in <placeName ref="people.xml#split">the city</placeName>.</p></event>
    </listEvent>
    <listRelation><relation name="spouse" mutual="#a #b"/></listRelation>
  </standOff>
</TEI>
"""


def listed(folder: Path, content: str, name: str = "list.xml") -> lists.Listed:
    (folder / name).write_text(content, encoding="utf-8")
    return lists.read(folder / name)


def wrapped(records: str, language: str = ' xml:lang="en"') -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{language}><standOff>{records}</standOff></TEI>'


def names(**texts: str) -> tuple[Name, ...]:
    return tuple(Name(code, text) for code, said in texts.items() for text in said.split(" | "))


def test_an_edition_gives_its_entities(tmp_path: Path) -> None:
    marko = names(en="Marko Marulić | Marulić Marko", hr="Marko Marulić | Dr. Marko Marulić", la="Marcus Marulus")
    assert listed(tmp_path, EDITION).authority.entities == (
        Entity(
            "pers.marulic-marko",
            "person",
            marko,
            "Q310",
            note="born 1450-08-18; died 1524/1525; VIAF 100; listed as MarulićMarko",
        ),
        Entity("people.citizens", "people", names(en="Spalatins"), note="listed as citizens"),
        Entity("org.guard", "organisation", names(en="City Guard | CG"), note="listed as guard"),
        Entity("place.dalmatia", "place", names(en="Dalmatia", ar="دالماسيا"), "Q528", note="listed as place_1"),
        Entity("place.split", "place", names(en="Split | Spalato"), of="place.dalmatia", note="listed as split"),
        Entity("thing.gate", "thing", names(en="Golden Gate"), note="listed as gate"),
    )


def test_an_edition_gives_its_events(tmp_path: Path) -> None:
    siege = Event(
        "ev.e1",
        "siege",
        names(en="Siege of Split", hr="Opsada Splita"),
        "1510-04-03/1510-05",
        "place.split",
        (Participant("pers.marulic-marko", "witness"), Participant("org.guard", "defender")),
        note="It lasted a month.; listed as e1",
    )
    meeting = Event(
        "ev.e2",
        "event",
        names(en="A meeting"),
        "-0043-03-15",
        "place.split",
        (Participant("pers.marulic-marko"),),
        note="Of him in the city.; listed as e2",
    )
    assert listed(tmp_path, EDITION).authority.events == (siege, meeting)


def test_what_an_edition_has_beyond_is_said(tmp_path: Path) -> None:
    assert set(listed(tmp_path, EDITION).remarks) == {
        "<sex> of a record is left out, for which an authority has no place: 1 (line 10)",
        "<affiliation> of a record is left out, for which an authority has no place: 1 (line 11)",
        "an event in the life of a record (<org>) is left out: 1 (line 16)",
        "<location> of a record is left out, for which an authority has no place: 1 (line 22)",
        "a place without a name is left out: 1 (line 23)",
        "a relation (spouse) is left out: 1 (line 39)",
        "the participant ghost is no entity of the list and is left out: 1 (line 30)",
        "a second label of an event in one language is left out: 1 (line 30)",
        "an event without cues, which no sentence is found to tell: 2 (lines 30, 36)",
    }


def test_our_own_tei_comes_back(edition: Edition, tmp_path: Path) -> None:
    write_tei(edition, tmp_path)
    found = lists.read(tmp_path / "authority.xml")
    assert found.authority.events == tuple(replace(event, cues=()) for event in edition.authority.events)
    assert "a cue that cannot be read is left out: 2" in found.remarks[0]  # the sample's are words for people
    assert [(e.id, e.type, set(e.names), e.wikidata, e.of, e.note, e.proposed) for e in found.authority.entities] == [
        (e.id, e.type, set(e.names), e.wikidata, e.of, e.note, e.proposed) for e in edition.authority.entities
    ]


def test_the_published_authority_survives_both_ways(edition: Edition, tmp_path: Path) -> None:
    known = read(HOME)
    write(known, tmp_path / "tables")
    write_tei(Edition(edition.work, edition.documents, known, edition.alignment), tmp_path / "tei")
    tables, tei = read(tmp_path / "tables"), lists.read(tmp_path / "tei" / "authority.xml")
    assert (tables.entities, tables.events) == (known.entities, known.events)
    assert (tei.authority.entities, tei.authority.events) == (known.entities, known.events)
    assert tei.remarks == ()


# what a record says of its time, the EDTF date
DATES = [
    ('when="2003-04-09"', "2003-04-09"),
    ('when="2003-04-09T10:30:00"', "2003-04-09"),
    ('from="2003" to="2004"', "2003/2004"),
    ('from="2003-05-01"', "2003-05-01/.."),
    ('to="2003"', "../2003"),
    ('notBefore="1990" notAfter="1999"', "1990/1999"),
    ('from="2003-03" notAfter="2003-05"', "2003-03/2003-05"),
    ('from="2003" to="2003"', "2003"),
    ('notBefore="1990-01-01" notAfter="1999-12-31" when-custom="199X"', "199X"),
    ('when="-0001"', "0000"),
    ('when-iso="-0043"', "-0043"),
    ('when="2003-02-30"', ""),
    ('from="2004" to="2003"', ""),
    ("", ""),
]


@pytest.mark.parametrize(("attributes", "date"), DATES)
def test_dates_become_edtf(tmp_path: Path, attributes: str, date: str) -> None:
    found = listed(tmp_path, wrapped(f"<listEvent><event {attributes}><label>It</label></event></listEvent>"))
    assert found.authority.events[0].date == date
    assert any("date that is none" in line or "ends before" in line for line in found.remarks) == (bool(attributes) and not date)  # fmt: skip


def test_a_list_may_be_the_whole_file_and_have_no_namespace(tmp_path: Path) -> None:
    found = listed(tmp_path, '<listPerson xml:lang="hr-hr"><person><persName>Ana</persName></person></listPerson>')
    assert found.authority.entities == (Entity("pers.ana", "person", (Name("hr-HR", "Ana"),)),)
    assert found.remarks == ()


def test_one_item_listed_twice_is_one_record(tmp_path: Path) -> None:
    twice = """<listPerson>
      <person xml:id="a"><persName>Ana</persName><idno type="Wikidata">Q5</idno></person>
      <person xml:id="b"><persName>Anna</persName><idno>http://www.wikidata.org/entity/Q5</idno></person></listPerson>
      <listEvent><event><label>It</label><listPerson><person sameAs="#b"/></listPerson></event></listEvent>"""
    found = listed(tmp_path, wrapped(twice))
    assert found.authority.entities == (
        Entity("pers.a", "person", names(en="Ana | Anna"), "Q5", note="listed as b; listed as a"),
    )
    assert found.authority.events[0].participants == (Participant("pers.a"),)
    assert "a second record of one Wikidata item (Q5) is joined to the first: 1 (line 3)" in found.remarks


def test_ids_that_look_alike_stay_apart_and_ours_stay(tmp_path: Path) -> None:
    three = "".join(
        f'<place xml:id="{key}"><placeName>P</placeName></place>' for key in ("New_Town", "new-town", "place.new-town")
    )
    found = listed(tmp_path, wrapped(f"<listPlace>{three}</listPlace>"))
    assert [entity.id for entity in found.authority.entities] == [
        "place.new-town-2",
        "place.new-town-3",
        "place.new-town",
    ]


def test_names_of_another_script_need_no_latin_id(tmp_path: Path) -> None:
    found = listed(
        tmp_path, wrapped('<listPlace xml:lang="ar"><place><placeName>بغداد</placeName></place></listPlace>')
    )
    assert [entity.id for entity in found.authority.entities] == ["place.n1"]


# what is wrong, the content, what the message must say
TEI_WRONG = [
    ("broken", "<TEI><standOff>", "list.xml:1: is not well-formed XML"),
    (
        "entity",
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "other.txt">]><TEI><p>&x;</p></TEI>',
        "list.xml: uses entities of its own (x)",
    ),
    ("no list", wrapped("<p/>"), "list.xml: is no authority file: it lists no person"),
    (
        "no language",
        wrapped("\n<listPerson><person><persName>Ana</persName></person></listPerson>", ""),
        'list.xml:2: a name does not say its language; add xml:lang to the list, such as <listPerson xml:lang="en">',
    ),
    (
        "language",
        wrapped("<listPerson><person><persName>Ana</persName></person></listPerson>", ' xml:lang="eng"'),
        "list.xml:1: 'eng' is not a language tag (BCP 47); did you mean en?",
    ),
    (
        "twice",
        wrapped('<listOrg><org xml:id="a"><orgName>A</orgName></org>\n<org xml:id="a"/></listOrg>'),
        "list.xml:2: is not well-formed XML: ID a already defined",
    ),
]


@pytest.mark.parametrize(("content", "message"), [case[1:] for case in TEI_WRONG], ids=[case[0] for case in TEI_WRONG])
def test_a_tei_list_that_cannot_be_used(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        listed(tmp_path, content)
    assert message in str(error.value)
    assert error.value.hint


def test_nothing_beside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "more.xml").write_text(wrapped("<listOrg><org><orgName>X</orgName></org></listOrg>"), encoding="utf-8")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="more.xml"/>'
    person = "<listPerson><person><persName>Ana</persName></person></listPerson>"
    found = listed(tmp_path, f'<!DOCTYPE TEI SYSTEM "more.xml">{wrapped(person + include)}')
    assert [entity.id for entity in found.authority.entities] == ["pers.ana"]
    assert found.remarks == (
        "a document type is not read: 1 (line 1)",
        "an inclusion is not followed: 1 (line 1)",
    )


# --- tables of the query service

WIDE = f"""item,itemLabel,itemLabel_hr,label_ar,itemAltLabel,type,typeLabel,date,place,placeLabel,country,coord\r
{WD}Q1530,Baghdad,Bagdad,بغداد,"Baghdād, City of Peace",{WD}Q515,city,,,,{WD}Q796,Point(44.4 33.3)\r
{WD}Q796,Iraq,Irak,,,{WD}Q6256,country,,,,,\r
{WD}Q9001,Fall of Baghdad,Pad Bagdada,,,{WD}Q178561,battle,2003-04-09T00:00:00Z,{WD}Q1530,Baghdad,,\r
{WD}Q9002,Siege of Mosul,,,,wd:Q188055,siege,2014-06-01T00:00:00Z,{WD}Q9003,Mosul,{WD}Q796,\r
{WD}Q9004,Q9004,,,,{WD}Q5,human,,,,,\r
{WD}Q9005,Babel,,,,{WD}Q99999999,enigma,,,,,\r
"""


def test_a_row_an_item(tmp_path: Path) -> None:
    found = listed(tmp_path, WIDE, "query.csv")
    assert found.authority.entities == (
        Entity(
            "place.baghdad",
            "place",
            names(en="Baghdad | Baghdād | City of Peace", hr="Bagdad", ar="بغداد"),
            "Q1530",
            "place.iraq",
        ),
        Entity("place.iraq", "place", names(en="Iraq", hr="Irak"), "Q796"),
        Entity("thing.babel", "thing", names(en="Babel"), "Q9005"),
        Entity("place.mosul", "place", names(en="Mosul"), "Q9003"),
    )
    fall = Event("ev.fall-of-baghdad", "battle", names(en="Fall of Baghdad", hr="Pad Bagdada"), "2003-04-09", "place.baghdad", wikidata="Q9001")  # fmt: skip
    siege = Event("ev.siege-of-mosul", "siege", names(en="Siege of Mosul"), "2014-06", "place.mosul", wikidata="Q9002")
    assert found.authority.events == (fall, siege)
    assert found.remarks == (
        "the column 'coord' is not used: 1 (line 1)",
        "a label without a language is taken as English: 7 (lines 2, 3, 4, 5, 7)",
        "a first day is read as its whole month or year, for the list has no column `precision`: 1 (line 5)",
        "an item of a class that is not known (Q99999999 / enigma) is taken as a thing: 1 (line 7)",
        "a place that is named beside an item has no row of its own and is added: 1 (line 5)",
        "a person without a name is left out: 1 (line 6)",
        "an event without cues, which no sentence is found to tell: 2 (lines 4, 5)",
    )


LONG = f"""item\tlang\tlabel\talias\tinstance\tof
Q1530\ten\tBaghdad\tBagdad City | Baghdād\tcity\tIraq
{WD}Q1530\thr\tBagdad\t\tcity\tIraq
Q1530\ten\tBaghdad\tal-Zawraa\tbig city\tIraq
Q796\ten\tIraq\t\tcountry\t
Q796\tsr-Latn\tIrak\t\tcountry\t
"""


def test_a_row_an_item_and_language(tmp_path: Path) -> None:
    found = listed(tmp_path, LONG, "query.tsv")
    baghdad = (*names(en="Baghdad | Bagdad City | Baghdād | al-Zawraa", hr="Bagdad"),)
    assert found.authority.entities == (
        Entity("place.baghdad", "place", baghdad, "Q1530", "place.iraq"),
        Entity("place.iraq", "place", (Name("en", "Iraq"), Name("sr-Latn", "Irak")), "Q796"),
    )
    assert found.remarks == ()


VERBOSE = f"""?battle\t?battleLabel\t?start\t?end\t?participant
<{WD}Q1>\t"Battle of \\"X\\""@en\t"2003-03-20T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>\t\t<{WD}Q30>
<{WD}Q1>\t"Bitka"@hr\t"2003-03-20T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>\t\t
"""


def test_the_verbose_form(tmp_path: Path) -> None:
    found = listed(tmp_path, VERBOSE, "query.tsv")
    event = Event("ev.battle-of-x", "battle", names(en='Battle of "X"', hr="Bitka"), "2003-03-20/..", wikidata="Q1")
    assert found.authority.events == (event,)
    assert "the participant Q30 is no entity of the list and is left out: 1 (line 2)" in found.remarks


def test_a_label_for_all_languages_is_found_in_all(tmp_path: Path) -> None:
    found = listed(tmp_path, "item,lang,label,type\nQ1,mul,Ana,Q5\nQ1,x-bad,Anna,Q5\n", "query.csv")
    assert found.authority.entities[0].names == names(en="Ana")
    assert found.remarks == (
        "a label for all languages is taken as English: 1 (line 2)",
        "a label in 'x-bad', which is no language tag, is left out: 1 (line 3)",
    )


def test_places_and_participants_may_be_named_by_a_label_of_the_list(tmp_path: Path) -> None:
    table = "item,en,type,place,participant\nQ1,Raid,battle,Basra,Guard\nQ2,Basra,city,,\nQ3,Guard,army,,\n"
    authority = listed(tmp_path, table, "query.csv").authority
    assert [entity.id for entity in authority.entities] == ["place.basra", "org.guard"]
    (event,) = authority.events
    assert (event.place, event.participants) == ("place.basra", (Participant("org.guard"),))


# a row below "item,en,type,date,start,end,precision", the date of the event
TIMES = [
    (",2003-04-09T00:00:00Z,,,", "2003-04-09"),
    (",2003-04-01T00:00:00Z,,,", "2003-04"),
    (",2003-04-01T00:00:00Z,,,11", "2003-04-01"),
    (",2003-01-01T00:00:00Z,,,", "2003"),
    (",2003-01-01T00:00:00Z,,,10", "2003-01"),
    (",1990-01-01T00:00:00Z,,,8", "199X"),
    (",1900-01-01T00:00:00Z,,,7", "19XX"),
    (",-0043-03-15T00:00:00Z,,,", "-0043-03-15"),
    (",2003-04-01,,,", "2003-04-01"),
    (",2003-03/2003-05,,,", "2003-03/2003-05"),
    (",,2003-03-20,2003-05-01,", "2003-03-20/2003-05-01"),
    (",,2003-03-20,,", "2003-03-20/.."),
    (",,2003-03-20,2003-03-20,", "2003-03-20"),
    (",http://www.wikidata.org/.well-known/genid/0a1b,,,", ""),
]


@pytest.mark.parametrize(("cells", "date"), TIMES)
def test_times_hold_as_much_as_they_say(tmp_path: Path, cells: str, date: str) -> None:
    table = f"item,en,type,date,start,end,precision\nQ1,It,battle{cells}\n"
    assert listed(tmp_path, table, "query.csv").authority.events[0].date == date


# the class of an item, our type
CLASSES = [
    ("human", "person"),
    ("Q6256", "place"),
    ("Organization", "organisation"),
    ("organisation", "organisation"),
    (f"{WD}Q41710", "people"),
    ("Q571", "thing"),
    ("Q35120", "thing"),
    ("", "thing"),
]


@pytest.mark.parametrize(("said", "type_"), CLASSES)
def test_classes_become_types(tmp_path: Path, said: str, type_: str) -> None:
    found = listed(tmp_path, f"item;en;type\nQ1;It;{said}\n", "query.csv").authority.entities
    assert [(entity.type, entity.id.partition(".")[0]) for entity in found] == [(type_, PREFIXES[type_])]


def test_the_more_special_class_counts(tmp_path: Path) -> None:
    found = listed(tmp_path, "event,eventLabel,type\nQ1,It,event\nQ1,It,Q188055\n", "query.csv")
    assert [event.type for event in found.authority.events] == ["siege"]


# what is wrong, the table, what the message must say
TABLE_WRONG = [
    ("no items", "name,label_en\nx,y\n", "query.csv:1: is no authority file: no column holds Wikidata items; name one"),
    ("no labels", "item,type\nQ1,human\n", "query.csv:1: no column of labels; add one such as label_en"),
    ("no types", "item,en\nQ1,It\n", "query.csv:1: no column says what the items are; add one named type, with person"),
    ("item", "item,en,type\nQ1,It,human\nX1,It,human\n", "query.csv:3: 'X1' is no Wikidata item; write it like Q796"),
    ("empty", "item,en,type\n,It,human\n", "query.csv:2: no item; write it like Q796, or take the row out"),
    ("columns", "item,en,type\nQ1,It\n", "query.csv:2: 2 columns, but the header has 3"),
    ("quote", 'item,en,type\nQ1,"It,human\n', "query.csv:2: is no table"),
    ("date", "item,en,type,date\nQ1,It,war,soon\n", "query.csv:2: the date 'soon' is no date; write it like 2003-04-09"),
    ("order", "item,en,type,start,end\nQ1,It,war,2004,2003\n", "query.csv:2: ends (2003) before it begins (2004)"),
    ("no rows", "item,en,type\n", "query.csv: is empty but for its header; give a row for each item"),
    ("ours", "id,type,wikidata,of,note,en\nplace.x,place,,,,X\n", "query.csv:1: is no authority file: it has the columns"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"), [case[1:] for case in TABLE_WRONG], ids=[case[0] for case in TABLE_WRONG]
)
def test_a_table_that_cannot_be_used(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        listed(tmp_path, content, "query.csv")
    assert message in str(error.value)
    assert error.value.hint


def test_a_table_must_be_utf8(tmp_path: Path) -> None:
    (tmp_path / "query.csv").write_bytes("item,en,type\nQ1,Marulić,human\n".encode("cp1250"))
    with pytest.raises(InputError, match=r"query\.csv:2: is not UTF-8; save it as UTF-8"):
        lists.read(tmp_path / "query.csv")


# --- the one door, and the way out


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("a.xml", EDITION, "pers.marulic-marko"),
        ("a.tei", EDITION, "pers.marulic-marko"),
        ("a.csv", WIDE, "place.baghdad"),
        ("a.tsv", LONG, "place.baghdad"),
        ("a.tsv", f"# {'x' * 2000}\n\nid\ttype\twikidata\tof\tnote\ten\npers.x\tperson\t\t\t\tX\n", "pers.x"),
    ],
)
def test_read_takes_every_form(tmp_path: Path, name: str, content: str, first: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    authority = lists.read(tmp_path / name).authority
    assert (authority.name, authority.entities[0].id) == ("a", first)
    assert len(authority.version) == 12


@pytest.mark.parametrize(
    ("name", "content"), [("a.xml", EDITION), ("a.csv", WIDE), ("a.tsv", LONG), ("b.tsv", VERBOSE)]
)
def test_what_was_imported_can_be_edited_as_our_tables(tmp_path: Path, name: str, content: str) -> None:
    known = listed(tmp_path, content, name).authority
    write(known, tmp_path / "own")
    back = read(tmp_path / "own")
    assert (back.entities, back.events) == (known.entities, known.events)


def test_writing_loses_no_authority(tmp_path: Path) -> None:
    known = Authority(entities=(Entity("place.x", "place", names(en="X")),))
    write(known, tmp_path)
    with pytest.raises(UsageError, match="there is an authority already; give another folder"):
        write(known, tmp_path)


def test_nothing_known_comes_back_as_nothing(tmp_path: Path) -> None:
    write(Authority(), tmp_path)
    assert (read(tmp_path).entities, read(tmp_path).events) == ((), ())


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: " ".join(text.split()))
WORD = TEXT.filter(bool)


@given(label=WORD, note=TEXT, role=WORD, type_=WORD, proposed=st.booleans())
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, label: str, note: str, role: str, type_: str, proposed: bool
) -> None:
    place = Entity("place.x", "place", names(en="X"))
    parts = (Participant("place.x", role),)
    labels, cues = (Name("ar", label), Name("en", "It")), (Cue("ar", "قبض @place.x"), Cue("en", 'fall* "x"'))
    event = Event("ev.x", type_, labels, "2003~", "place.x", parts, cues, "Q1", note, proposed)
    folder = tmp_path_factory.mktemp("own")
    write(Authority(entities=(place,), events=(event,)), folder)
    assert read(folder).events == (event,)
