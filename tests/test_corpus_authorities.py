"""The tables of an authority: what they say, and each way in which they can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.authorities import PREFIXES, read, write_entities
from hexapla.corpus.document import Authority, Cue, Entity, EntityType, Name, Participant
from hexapla.corpus.errors import InputError

HEADER = "id\ttype\twikidata\tof\tnote\ten\thr\tar\n"
IRAQ = "place.iraq\tplace\tQ796\t\t\tIraq\tIrak\tالعراق\n"
BAGHDAD = "place.baghdad\tplace\t\t\tcapital\tBaghdad\tBagdad | Baghdad\tبغداد\n"
ARMY = "org.us-army\torganisation\t\t\t\tUS Army\t\t\n"
IRAQIS = "people.iraqis\tpeople\t\tplace.iraq\t\tIraqis\tIračani\t\n"
TABLE = HEADER + "# places\n\n" + IRAQ + BAGHDAD + ARMY + IRAQIS
FALL = """
[[event]]
id = "ev.fall-of-baghdad"
type = "battle"
date = "2003-04-09"
place = "place.baghdad"
participants = [{ entity = "org.us-army", role = "attacker" }, { entity = "place.iraq" }]
wikidata = "Q152499"
[event.labels]
en = "Fall of Baghdad"
hr = "Pad Bagdada"
[event.cues]
en = ["fall* @place.baghdad", "baghdad fell"]
"""


def written(folder: Path, table: str = TABLE, **events: str) -> Path:
    (folder / "entities.tsv").write_text(table, encoding="utf-8")
    for name, content in events.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_reads_a_folder(tmp_path: Path) -> None:
    authority = read(written(tmp_path, events=FALL))
    assert [entity.id for entity in authority.entities] == [
        "place.iraq",
        "place.baghdad",
        "org.us-army",
        "people.iraqis",
    ]
    baghdad = authority.get("place.baghdad")
    assert isinstance(baghdad, Entity)
    assert baghdad.names == (
        Name("en", "Baghdad"),
        Name("hr", "Bagdad"),
        Name("hr", "Baghdad"),
        Name("ar", "بغداد"),
    )
    assert (baghdad.note, baghdad.proposed) == ("capital", False)
    (event,) = authority.events
    assert event.participants == (Participant("org.us-army", "attacker"), Participant("place.iraq", "participant"))
    assert event.cues == (Cue("en", "fall* @place.baghdad"), Cue("en", "baghdad fell"))
    assert (event.date, event.place, event.label("hr")) == ("2003-04-09", "place.baghdad", "Pad Bagdada")
    assert authority.name == tmp_path.name


def test_reads_one_table_alone_in_any_line_ends(tmp_path: Path) -> None:
    table = written(tmp_path) / "entities.tsv"
    plain = read(table)
    table.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())
    assert read(table).entities == plain.entities == read(tmp_path).entities


def test_events_of_several_files_come_in_name_order(tmp_path: Path) -> None:
    second = FALL.replace("fall-of-baghdad", "second")
    authority = read(written(tmp_path, events_b=second, events_a=FALL))
    assert [event.id for event in authority.events] == ["ev.fall-of-baghdad", "ev.second"]


def test_version_is_of_the_bytes(tmp_path: Path) -> None:
    before = read(written(tmp_path, events=FALL)).version
    assert before == read(tmp_path).version
    assert len(before) == 12
    assert read(written(tmp_path, events=FALL + "# more\n")).version != before


# what is wrong, table, events, what the message must say
WRONG = [
    ("duplicate", TABLE + IRAQ, "", "entities.tsv:8: id 'place.iraq' is taken by line 4 of entities.tsv"),
    ("prefix", HEADER + "org.iraq\tplace\t\t\t\tIraq\t\t\n", "", "entities.tsv:2: id 'org.iraq' of type place; begin"),
    ("kebab", HEADER + "place.Iraq_1\tplace\t\t\t\tIraq\t\t\n", "", "entities.tsv:2: id 'place.Iraq_1' is not well"),
    (
        "type",
        HEADER + "place.iraq\tcountry\t\t\t\tIraq\t\t\n",
        "",
        "entities.tsv:2: type 'country' is unknown; use one",
    ),
    ("wikidata", HEADER + "place.iraq\tplace\t796\t\t\tIraq\t\t\n", "", "entities.tsv:2: '796' is no Wikidata item"),
    (
        "columns",
        TABLE + "place.iran\tplace\tIran\n",
        "",
        "entities.tsv:8: 3 columns, but the header has 8; put one tab",
    ),
    ("no name", HEADER + "place.iraq\tplace\t\t\t\t\t\t\n", "", "entities.tsv:2: place.iraq has no name"),
    ("empty name", HEADER + "place.iraq\tplace\t\t\t\tIraq | \t\t\n", "", "entities.tsv:2: an empty name among the en"),
    ("language", HEADER.replace("\thr\t", "\tCroatian\t"), "", "entities.tsv:1: 'Croatian' is not a language tag"),
    ("twice", HEADER.replace("\thr\t", "\ten\t"), "", "entities.tsv:1: two columns for en"),
    ("header", "id\tname\n", "", "entities.tsv:1: the header begins with 'id name'; begin it with id type wikidata"),
    ("no language", "id\ttype\twikidata\tof\tnote\n", "", "entities.tsv:1: no column of a language"),
    ("empty", "# nothing\n", "", "entities.tsv: is empty; begin with the header"),
    ("of", HEADER + IRAQIS, "", "entities.tsv:2: of names 'place.iraq', which is no entity"),
    (
        "flag",
        HEADER[:-1] + "\tproposed\n" + IRAQ[:-1] + "\tmaybe\n",
        "",
        "entities.tsv:2: proposed is 'maybe'; write yes",
    ),
    ("place", TABLE, FALL.replace("place.baghdad", "place.basra"), "ev.fall-of-baghdad: place names 'place.basra'"),
    ("part", TABLE, FALL.replace("org.us-army", "org.un"), "ev.fall-of-baghdad: a participant names 'org.un'"),
    (
        "cue",
        TABLE,
        FALL.replace("* @place.baghdad", "* @place.x|@place.iraq"),
        "the en cue 'fall* @place.x|@place.iraq' names",
    ),
    (
        "date",
        TABLE,
        FALL.replace("2003-04-09", "9 April 2003"),
        "ev.fall-of-baghdad: the date '9 April 2003' is not EDTF",
    ),
    (
        "event prefix",
        TABLE,
        FALL.replace("ev.fall", "event.fall"),
        "event.fall-of-baghdad: id 'event.fall-of-baghdad' of",
    ),
    ("same event", TABLE, FALL + FALL, "ev.fall-of-baghdad: id 'ev.fall-of-baghdad' is taken by another event"),
    ("unknown key", TABLE, FALL.replace("date =", "when ="), "ev.fall-of-baghdad: 'when' is not known"),
    ("no id", TABLE, FALL.replace('id = "ev.fall-of-baghdad"', ""), "events.toml:event 1: no id; add id"),
    ("no type", TABLE, FALL.replace('type = "battle"', ""), "ev.fall-of-baghdad: no type"),
    ("bare date", TABLE, FALL.replace('"2003-04-09"', "2003-04-09"), "ev.fall-of-baghdad: date is not text"),
    ("label", TABLE, FALL.replace('"Pad Bagdada"', '" "'), "ev.fall-of-baghdad: the hr label is empty"),
    ("labels", TABLE, '[[event]]\nid = "ev.x"\ntype = "t"\n', "events.toml:ev.x: no label"),
    ("code", TABLE, FALL.replace("hr =", "croatian ="), "ev.fall-of-baghdad: 'croatian' is not a language tag"),
    ("cues", TABLE, FALL.replace('["fall* @place.baghdad", "baghdad fell"]', '"fell"'), "the en cues are no list"),
    ("participants", TABLE, FALL.replace("role =", "part ="), "a participant is not an entity with a role"),
    ("toml", TABLE, "[[event]]\nid = \n", "events.toml:2: is not valid TOML"),
    ("table", TABLE, "[[events]]\n", "events.toml: 'events' is not known here; begin each event with [[event]]"),
    ("list", TABLE, "[event]\n", "events.toml: the events are no list"),
    (
        "bool",
        TABLE,
        FALL.replace('type = "battle"', 'type = "battle"\nproposed = "yes"'),
        "proposed is 'yes'; write true",
    ),
]


@pytest.mark.parametrize(("table", "events", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_says_what_is_wrong_in_one_line(tmp_path: Path, table: str, events: str, message: str) -> None:
    folder = written(tmp_path, table, **({"events": events} if events else {}))
    with pytest.raises(InputError) as error:
        read(folder)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.hint


def test_what_is_no_authority(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no authority; put an entities\.tsv"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"nowhere: does not exist"):
        read(tmp_path / "nowhere")
    (tmp_path / "names.csv").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is no authority file"):
        read(tmp_path / "names.csv")
    (tmp_path / "entities.tsv").write_bytes(HEADER.encode() + b"place.x\t\xff\n")
    with pytest.raises(InputError, match=r"entities\.tsv:2: is not UTF-8"):
        read(tmp_path)


WORD = st.text("abcčعراق ñ'", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
NAME = st.builds(Name, st.sampled_from(["en", "hr", "ar", "sr-Latn"]), WORD)


@st.composite
def entities(draw: st.DrawFn) -> tuple[Entity, ...]:
    found = []
    for number in range(draw(st.integers(1, 5))):
        type_ = draw(st.sampled_from(get_args(EntityType)))
        names = draw(st.lists(NAME, min_size=1, max_size=4, unique=True))
        in_columns = sorted(names, key=lambda name: ["en", "hr", "ar", "sr-Latn"].index(name.language))
        note, proposed = draw(st.one_of(st.just(""), WORD)), draw(st.booleans())
        found.append(Entity(f"{PREFIXES[type_]}.e{number}", type_, tuple(in_columns), note=note, proposed=proposed))
    return tuple(found)


@given(entities())
def test_entities_come_back(tmp_path_factory: pytest.TempPathFactory, wanted: tuple[Entity, ...]) -> None:
    path = tmp_path_factory.mktemp("authority") / "entities.tsv"
    write_entities(Authority(entities=wanted), path)
    back = read(path).entities
    assert [(e.id, e.type, e.note, e.proposed, set(e.names)) for e in back] == [
        (e.id, e.type, e.note, e.proposed, set(e.names)) for e in wanted
    ]
    assert all(
        [name for name in one.names if name.language == code] == [name for name in two.names if name.language == code]
        for one, two in zip(back, wanted, strict=True)
        for code in ("en", "hr", "ar", "sr-Latn")
    )


def test_writing_is_canonical(tmp_path: Path) -> None:
    authority = read(written(tmp_path))
    write_entities(authority, tmp_path / "again.tsv")
    assert (tmp_path / "again.tsv").read_text(encoding="utf-8") == TABLE.replace("# places\n\n", "")
