"""Spanish from end to end: dates, quantities, names, stems, references in passing, and three accounts aligned."""

from __future__ import annotations

import pytest

from hexapla.align.align import align
from hexapla.align.discover import discover
from hexapla.align.group import Alignment
from hexapla.corpus.date import dates
from hexapla.corpus.document import Authority, Cue, Document, Entity, Event, Mention, Name, Source
from hexapla.corpus.fold import fold, words
from hexapla.corpus.language import detect, language
from hexapla.corpus.lexicon import load, own
from hexapla.corpus.mention import annotate
from hexapla.corpus.quantity import quantities
from hexapla.corpus.segment import segment
from hexapla.corpus.stem import stems

DATES = [
    # sentence, slice, value
    ("La guerra empezó el 20 de marzo de 2003, de madrugada.", "20 de marzo de 2003", "2003-03-20"),
    ("Nació el 1.º de mayo de 1950 en Lugo.", "1.º de mayo de 1950", "1950-05-01"),
    ("Nació el 1º de mayo de 1950 en Lugo.", "1º de mayo de 1950", "1950-05-01"),
    ("Murió el primero de enero de 1959.", "primero de enero de 1959", "1959-01-01"),
    ("El golpe del veintitrés de febrero de 1981 fracasó.", "veintitrés de febrero de 1981", "1981-02-23"),
    ("Firmaron el treinta y uno de agosto del 2010.", "treinta y uno de agosto del 2010", "2010-08-31"),
    ("Llegó el 12 de setiembre del año 1973.", "12 de setiembre del año 1973", "1973-09-12"),
    ("La feria duró del 5 al 7 de agosto de 1999.", "5 al 7 de agosto de 1999", "1999-08-05/1999-08-07"),
    ("Llovió el 23 y 24 de abril de 2010.", "23 y 24 de abril de 2010", "2010-04-23/2010-04-24"),
    (
        "Del 28 de febrero de 2004 al 3 de marzo de 2004 no hubo luz.",
        "28 de febrero de 2004 al 3 de marzo de 2004",
        "2004-02-28/2004-03-03",
    ),
    ("Hubo obras de marzo a mayo de 2003.", "marzo a mayo de 2003", "2003-03/2003-05"),
    ("Vivió allí de 2003 a 2010.", "2003 a 2010", "2003/2010"),
    ("Entre 1936 y 1939 cerró la escuela.", "1936 y 1939", "1936/1939"),
    ("Vivió en Quito desde 1990 hasta 1995.", "1990 hasta 1995", "1990/1995"),
    ("El curso 2003-2004 fue largo.", "2003-2004", "2003/2004"),
    ("En septiembre de 2002 empezó la vendimia.", "septiembre de 2002", "2002-09"),
    ("En noviembre del 2002 se aplazó la reunión.", "noviembre del 2002", "2002-11"),
    ("La ley de 2006 cambió todo.", "2006", "2006"),
    ("En el año 1812 se votó la Constitución.", "1812", "1812"),
    ("El puente (1887) sigue en pie.", "1887", "1887"),
    ("Emigró en los años noventa.", "noventa", "199X"),
    ("Emigró en los años 80.", "80", "198X"),
    ("Nació en la década de 1960.", "1960", "196X"),
    ("Nació en la década de los sesenta.", "sesenta", "196X"),
    ("El país creció en los noventa.", "noventa", "199X"),
    ("Es un castillo del siglo XVIII.", "XVIII", "17XX"),
    ("Cambió mucho en el siglo veinte.", "veinte", "19XX"),
    ("Lo mataron en Roma en 44 a. C. con un puñal.", "44 a. C.", "-0043"),
    ("Se firmó el 3/5/2014 en Lima.", "3/5/2014", "2014-05-03"),
    ("Se firmó el 03-05-2014 en Lima.", "03-05-2014", "2014-05-03"),
    ("La película se estrenó en Nochebuena de 1968.", "Nochebuena de 1968", "1968-12-24"),
    ("Se casaron en el verano de 2006.", "verano de 2006", "2006-22"),
    ("Publicado: 4 ene 2015.", "4 ene 2015", "2015-01-04"),
]

NO_DATES = [
    "Era una fuerza de 1500 soldados.",
    "Una deuda de 2000 euros lo arruinó.",
    "Julio Márquez y Abril Soto salieron al mar.",
    "Las madres de la Plaza de Mayo caminaron.",
    "Tres de ellos volvieron con dos maletas.",
    "Un muro de 1200 metros los separaba.",
]

CONTEXT = [
    # what was said before, sentence, slice, value
    ("El 9 de abril de 2003 cayó la ciudad.", "Al día siguiente hubo saqueos.", "Al día siguiente", "2003-04-10"),
    ("El 9 de abril de 2003 cayó la ciudad.", "Ese mismo día ardió el museo.", "Ese mismo día", "2003-04-09"),
    ("El 9 de abril de 2003 cayó la ciudad.", "El día anterior reinaba la calma.", "El día anterior", "2003-04-08"),
    ("El 9 de abril de 2003 cayó la ciudad.", "Tres días después llegó la ayuda.", "Tres días después", "2003-04-12"),
    ("El 9 de abril de 2003 cayó la ciudad.", "Una semana después votaron.", "Una semana después", "2003-04-16"),
    ("El 9 de abril de 2003 cayó la ciudad.", "El 1 de mayo hubo un discurso.", "1 de mayo", "2003-05-01"),
    (
        "El 9 de abril de 2003 cayó la ciudad.",
        "Lo detuvieron en diciembre de ese año.",
        "diciembre de ese año",
        "2003-12",
    ),
    ("El 9 de abril de 2003 cayó la ciudad.", "Desde entonces nadie vive allí.", "Desde entonces", "2003-04-09/.."),
    ("Cayó en abril de 2003.", "El mes siguiente abrió el puerto.", "El mes siguiente", "2003-05"),
    ("Cayó en abril de 2003.", "Al año siguiente hubo elecciones.", "Al año siguiente", "2004"),
    ("Cayó en abril de 2003.", "El año anterior nadie lo creía.", "El año anterior", "2002"),
]

MODIFIERS = [
    ("A principios de 2005 volvió.", "early"),
    ("Volvió a comienzos de los años noventa.", "early"),
    ("Volvió a mediados de julio de 2005.", "mid"),
    ("Volvió a finales del año 2005.", "late"),
    ("Volvió hacia 2005.", "about"),
    ("Volvió a finales del siglo XIX.", "late"),
    ("Desde principios de los noventa no vuelve.", "early"),
    ("Volvió antes del 3 de mayo de 2005.", "before"),
    ("Volvió después de 2005.", "after"),
]

QUANTITIES = [
    # sentence, slice, value, unit, subtype, modifier
    ("Murieron 4.487 soldados.", "4.487", "4487", "soldier", "count", ""),
    ("Huyeron 8,4 millones de personas.", "8,4 millones", "8400000", "person", "count", ""),
    ("Huyeron más de 300 000 personas.", "300 000", "300000", "person", "count", "more-than"),
    ("Huyeron más de 300\u00a0000 personas.", "300\u00a0000", "300000", "person", "count", "more-than"),
    ("Costó tres billones de dólares.", "tres billones de dólares", "3000000000000", "USD", "money", ""),
    ("Costó 23.900 millones de euros.", "23.900 millones de euros", "23900000000", "EUR", "money", ""),
    ("Gastaron dos mil millones de dólares.", "dos mil millones de dólares", "2000000000", "USD", "money", ""),
    ("Costó $ 500 al final.", "500", "500", "", "number", ""),
    ("Costó 18 $ al final.", "18 $", "18", "USD", "money", ""),
    ("Subió un 30 % en un día.", "30 %", "30", "percent", "percent", ""),
    ("Votó el 62,5 por ciento.", "62,5 por ciento", "62.5", "percent", "percent", ""),
    ("El billete vale 750 euros.", "750 euros", "750", "EUR", "money", ""),
    ("Esperaron casi nueve años.", "nueve años", "9", "year", "duration", "about"),
    ("Esperaron media hora.", "media hora", "0.5", "hour", "duration", ""),
    ("La guerra duró un año.", "un año", "1", "year", "duration", ""),
    ("La obra duró dos años y medio.", "dos años y medio", "2.5", "year", "duration", ""),
    ("Tardó dos días y media hora.", "dos días", "2", "day", "duration", ""),
    ("Mató al menos a 214 personas.", "214", "214", "person", "count", "at-least"),
    ("Faltan 48 ó 72 horas.", "48 ó 72 horas", "48/72", "hour", "duration", ""),
    ("Está a 500 kms. al sur.", "500 kms", "500", "kilometre", "number", ""),
    ("Asistieron 4 500 vecinos.", "4 500", "4500", "person", "count", ""),
    ("Votaron dos tercios de la cámara.", "dos tercios", "0.6667", "", "number", ""),
    ("Llegó medio millón de refugiados.", "medio millón", "500000", "refugee", "count", ""),
    ("Perdió dos millones y medio de votos.", "dos millones y medio", "2500000", "vote", "count", ""),
    ("Cayeron treinta y una ciudades.", "treinta y una", "31", "city", "count", ""),
    ("Había ciento cincuenta mil soldados.", "ciento cincuenta mil", "150000", "soldier", "count", ""),
    ("Había dos mil quinientos presos.", "dos mil quinientos", "2500", "prisoner", "count", ""),
    ("Ardieron quinientas casas.", "quinientas", "500", "building", "count", ""),
    ("Murió un centenar de civiles.", "centenar", "100", "civilian", "count", "about"),
    ("Unos 500 civiles cruzaron el río.", "500", "500", "civilian", "count", "about"),
    ("Al menos 21 pasajeros se ahogaron.", "21", "21", "passenger", "count", "at-least"),
    ("Caben hasta 80 niños.", "80", "80", "child", "count", "at-most"),
    ("Murieron de 50 a 70 rebeldes.", "50 a 70", "50/70", "insurgent", "range", ""),
    ("Murieron entre 50 y 70 rebeldes.", "50 y 70", "50/70", "insurgent", "range", ""),
    ("Exportan 2,1 millones de barriles al día.", "2,1 millones de barriles", "2100000", "barrel", "number", ""),
    ("Resultaron heridas menos de 40 personas.", "40", "40", "person", "count", "less-than"),
    ("Siete de los aviones volvieron.", "Siete", "7", "aircraft", "count", ""),
]

NO_QUANTITIES = [
    "La resolución 1441 y el capítulo 7 lo dicen.",
    "Volaron en el Apolo 8, luego en el Apolo 11 y en un Boeing 747.",
    "Era la 3.ª brigada y el 5.º día, a las 20:17.",
    "Salió a las 9 de la mañana y volvió a las 14 horas.",
    "Miles de personas huyeron, y una de ellas escribió.",
    "Cientos de miles lo vieron; era un soldado.",
    "Corría 1987 en la pantalla.",
    "El 11-M y el 23-F se recuerdan.",
]

MEET = [
    ("soldado", "soldados"),
    ("nación", "naciones"),
    ("explosión", "explosiones"),
    ("murió", "murieron"),
    ("presidente", "presidentes"),
    ("destruida", "destruidos"),
]

IRAQIS = Entity("people.iraqis", "people", (Name("es", "iraquí"), Name("en", "Iraqi")))
SPANIARDS = Entity("people.spaniards", "people", (Name("es", "español"), Name("en", "Spaniard")))
GERMANS = Entity("people.germans", "people", (Name("es", "alemán"), Name("en", "German")))
BRITONS = Entity("people.britons", "people", (Name("es", "británico"), Name("en", "Briton")))
USA = Entity("place.usa", "place", (Name("es", "Estados Unidos"), Name("es", "EE. UU."), Name("es", "EE.UU.")))
BAGHDAD = Entity("place.baghdad", "place", (Name("es", "Bagdad"), Name("en", "Baghdad")))
FALL = Event("ev.fall", "battle", (Name("en", "Fall of Baghdad"),), "2003-04-09", "place.baghdad")
KNOWN = Authority("known", "1", (IRAQIS, SPANIARDS, GERMANS, BRITONS, USA, BAGHDAD))

NAMES = [
    ("Los iraquíes votaron.", "iraquíes", "people.iraqis"),
    ("Las tropas españolas se fueron.", "españolas", "people.spaniards"),
    ("La canciller alemana calló.", "alemana", "people.germans"),
    ("Los alemanes callaron.", "alemanes", "people.germans"),
    ("Dos británicas volvieron.", "británicas", "people.britons"),
    ("Los Estados Unidos esperaron.", "Estados Unidos", "place.usa"),
    ("El embajador de EE.UU. habló.", "EE.UU.", "place.usa"),
    ("La caída de Bagdad fue rápida.", "Bagdad", "place.baghdad"),
]

FELL = [
    ("Bagdad cayó sin lucha.", "assertion"),
    ("La caída de Bagdad sorprendió a todos.", "assertion"),
    ("Tras la caída de Bagdad hubo saqueos.", "passing"),
    ("Después de la caída de Bagdad hubo saqueos.", "passing"),
    ("Desde la caída de Bagdad nadie duerme.", "passing"),
    ("Antes de la caída de Bagdad huyó.", "passing"),
    ("Poco después cayó Bagdad.", "assertion"),
    ("A raíz de la caída de Bagdad dimitió.", "passing"),
]


def account(name: str, code: str, text: str) -> Document:
    return segment(Document(name, code, text, Source(f"{name}.txt", "", len(text.encode()))))


def found(*sentences: str) -> dict[str, Mention]:
    """The dates of Spanish sentences by their text."""
    told = account("d", "es", "\n".join(sentences))
    return {told.slice(mention): mention for mention in dates(told)}


def counted(sentence: str) -> list[tuple[str, ...]]:
    """The quantities of a Spanish sentence."""
    told = account("d", "es", sentence)
    rows = quantities(told, dates(told))
    return [(told.slice(row), row.value, row.unit, row.subtype, row.modifier) for row in rows]


@pytest.mark.parametrize(("sentence", "piece", "value"), DATES)
def test_a_full_date_is_read_from_its_slice_alone(sentence: str, piece: str, value: str) -> None:
    assert {text: mention.value for text, mention in found(sentence).items()} == {piece: value}


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_is_no_date_is_left_alone(sentence: str) -> None:
    assert found(sentence) == {}


@pytest.mark.parametrize(("before", "sentence", "piece", "value"), CONTEXT)
def test_context_supplies_what_is_left_out(before: str, sentence: str, piece: str, value: str) -> None:
    assert found(before, sentence)[piece].value == value


@pytest.mark.parametrize(("sentence", "modifier"), MODIFIERS)
def test_a_word_before_a_date_is_its_modifier(sentence: str, modifier: str) -> None:
    assert [mention.modifier for mention in found(sentence).values()] == [modifier]


@pytest.mark.parametrize(("sentence", "piece", "value", "unit", "subtype", "modifier"), QUANTITIES)
def test_quantities(sentence: str, piece: str, value: str, unit: str, subtype: str, modifier: str) -> None:
    assert (piece, value, unit, subtype, modifier) in counted(sentence)


@pytest.mark.parametrize("sentence", NO_QUANTITIES)
def test_what_is_no_quantity_is_left_alone(sentence: str) -> None:
    assert counted(sentence) == []


@pytest.mark.parametrize(("one", "other"), MEET)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems(fold(one), "es") == stems(fold(other), "es")


@pytest.mark.parametrize(("sentence", "piece", "ref"), NAMES)
def test_names_are_found_in_all_their_forms(sentence: str, piece: str, ref: str) -> None:
    (told,), _, _ = annotate([account("d", "es", sentence)], KNOWN)
    assert [(told.slice(m), m.ref) for m in told.mentions if m.ref] == [(piece, ref)]


@pytest.mark.parametrize(("sentence", "subtype"), FELL)
def test_references_in_passing(sentence: str, subtype: str) -> None:
    cues = (Cue("es", "cayó|caída @place.baghdad"),)
    event = Event(FALL.id, FALL.type, FALL.labels, FALL.date, FALL.place, cues=cues)
    (told,), _, _ = annotate([account("d", "es", sentence)], Authority("fall", "1", (BAGHDAD,), (event,)))
    assert [m.subtype for m in told.mentions if m.kind == "event"] == [subtype]


def test_words_of_the_glossary_mean_what_english_ones_mean() -> None:
    known = load(["es", "en"], found=False)
    spanish, english = (
        {sense.concept for sense in known.senses(words(line), code)}
        for code, line in (("es", "Los trabajadores atacaron el edificio"), ("en", "The workers attacked the building"))
    )
    assert {"worker.noun", "attack.verb", "building.noun"} <= spanish & english


def test_the_glossary_keeps_to_concepts_that_others_have() -> None:
    concepts = [entry.concept for entry in own() if entry.language == "es"]
    assert set(concepts) <= {entry.concept for entry in own() if entry.language == "hr"}
    assert len(set(concepts)) >= 600


def test_the_language_is_known_and_told_from_its_text() -> None:
    assert (language("es").name, language("es").script, language("es").direction) == ("Spanish", "Latn", "ltr")
    assert detect(ES)[0] == "es"


ES = (
    "En marzo de 1998 llovió durante once días en el valle. "
    "El doce de marzo de 1998 la crecida del río Ebra derribó el puente viejo de Montalba. "
    "Nadie resultó herido, pero los vecinos tardaron dos años en reconstruirlo. "
    "El 3 de mayo de 2001 una explosión en la mina de San Telmo mató a veintisiete mineros. "
    "Tras la explosión de San Telmo, el juez ordenó cerrar los pozos durante seis meses. "
    "En junio de 2002 un ladrón robó del museo un cuadro de Pedro Salas valorado en 2,4 millones de euros. "
    "La policía lo encontró al año siguiente en un granero. "
    "La presidenta Elena Ruiz inauguró el 9 de setiembre de 2005 el nuevo hospital de Montalba, con 320 camas. "
    "Los médicos llevaban casi nueve años esperándolo. "
    "La policía interrogó al dueño del banco y encontró las armas."
)
EN = (
    "Montalba lies in a narrow valley between two rivers. "
    "The old bridge of Montalba collapsed on March 12, 1998, when the river Ebra flooded. "
    "A new one was finished only in 2000. "
    "On May 3, 2001, 27 miners were killed by an explosion in the San Telmo mine. "
    "Their widows received no pension until 2004. "
    "Many families left in those years. "
    "President Elena Ruiz opened the new hospital in Montalba on September 9, 2005. "
    "It has a school for nurses. "
    "Police questioned the owner of the bank and found the weapons."
)
HR = (
    "Montalba je gradić u uskoj dolini. "
    "Dana 12. ožujka 1998. nabujala rijeka Ebra srušila je stari most u Montalbi. "
    "Gradnja novoga potrajala je. "
    "U rudniku San Telmo 4. svibnja 2001. u eksploziji je poginulo 27 rudara. "
    "Nakon eksplozije u rudniku San Telmo zatvoreni su svi rovovi. "
    "U lipnju 2002. iz muzeja je ukradena slika Pedra Salasa vrijedna 2,4 milijuna eura. "
    "Slika je poslije pronađena. "
    "Predsjednica Elena Ruiz otvorila je 9. rujna 2005. novu bolnicu u Montalbi. "
    "Policija je ispitala vlasnika banke i pronašla oružje."
)
BRIDGE = {"es.s2", "en.s2", "hr.s2"}
MINE = {"es.s4", "en.s4", "hr.s4"}
PAINTING = {"es.s6", "hr.s6"}
HOSPITAL = {"es.s8", "en.s7", "hr.s8"}
WEAPONS = {"es.s10", "en.s9", "hr.s9"}  # shares neither names nor dates: only a glossary tells

TOWN = Entity("place.montalba", "place", (Name("en", "Montalba"), Name("es", "Montalba"), Name("hr", "Montalba")))
PIT = Entity("place.san-telmo", "place", (Name("en", "San Telmo"), Name("es", "San Telmo"), Name("hr", "San Telmo")))


def happening(name: str, date: str, place: str, **cues: str) -> Event:
    said = tuple(Cue(code, pattern) for code, pattern in cues.items())
    return Event(f"ev.{name}", "event", (Name("en", name),), date, place, cues=said)


STORY = Authority(
    "montalba",
    "1",
    (TOWN, PIT),
    (
        happening(
            "bridge",
            "1998-03-12",
            TOWN.id,
            es="derrib* puente @place.montalba",
            en="bridge collapsed @place.montalba",
            hr="sruši* most @place.montalba",
        ),
        happening(
            "mine",
            "2001-05-03",
            PIT.id,
            es="explosi* @place.san-telmo",
            en="explosion @place.san-telmo",
            hr="eksplozi* @place.san-telmo",
        ),
        happening("painting", "2002-06", "", es="robó|robo cuadro museo", hr="ukraden* slik* muzej*"),
        happening(
            "hospital",
            "2005-09-09",
            TOWN.id,
            es="inaugur* hospital @place.montalba",
            en="opened hospital @place.montalba",
            hr="otvor* bolnic* @place.montalba",
        ),
    ),
)


def told(authority: Authority) -> Alignment:
    """The alignment of the three accounts by *authority*, or by what they share where it has no events."""
    accounts = [account("es", "es", ES), account("en", "en", EN), account("hr", "hr", HR)]
    named, known, _ = annotate(accounts, authority)
    if known.events:
        return align(named, known)
    found = discover(named, known, load(["es", "en", "hr"], found=False))
    return align(found.documents, found.authority, told=found.told)


def groups(alignment: Alignment) -> list[set[str]]:
    return [{name for member in group.members for name in member.segments} for group in alignment.groups]


def differing(alignment: Alignment) -> dict[str, dict[str, str]]:
    """What differs: the slot and what each account gives for it."""
    return {row.slot: {claim.span.document: claim.value for claim in row.claims} for row in alignment.disagreements}


DATE = {"date of the event": {"es": "2001-05-03", "en": "2001-05-03", "hr": "2001-05-04"}}


def test_three_accounts_by_an_authority_with_spanish_cues() -> None:
    alignment = told(STORY)
    assert groups(alignment) == [BRIDGE, MINE, PAINTING, HOSPITAL]
    assert differing(alignment) == DATE


def test_three_accounts_without_an_authority() -> None:
    alignment = told(Authority())
    found, happenings = groups(alignment), [BRIDGE, MINE, PAINTING, HOSPITAL, WEAPONS]
    assert all(any(happening <= group for group in found) for happening in happenings)
    assert all(sum(bool(happening & group) for happening in happenings) < 2 for group in found)
    assert differing(alignment) == DATE
