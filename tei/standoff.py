"""The authority as TEI: lists of people, places, organisations, things and events.

    listPerson  person  pers.hussein       persName, by language; type="variant" after the first of a language
                personGrp people.iraqis    a people; whose it is stands in a relation "of"
    listPlace   place   place.baghdad      placeName
    listOrg     org     org.un             orgName
    listObject  object  thing.wmd          objectIdentifier/objectName
    listEvent   event   ev.fall-of-baghdad eventName, date, @where, cues as note type="cue", participants as relations

Records stand in the order of the authority: where its types take turns, the lists do. Records that the toolkit proposes
and nobody has accepted yet point to the category ``authority.proposed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from hexapla.corpus.document import Authority, Cue, Entity, EntityType, Event, Name, Participant
from hexapla.tei.datable import datable, edtf
from hexapla.tei.header import PROPOSED, read_named
from hexapla.tei.names import (
    XMLID,
    XMLLANG,
    Element,
    element,
    findall,
    get,
    local,
    need,
    plain,
    pointed,
    text_at,
    token,
    xml_id,
)

_WIKIDATA = "https://www.wikidata.org/entity/"
_FORMS: dict[EntityType, tuple[str, str, str]] = {
    "person": ("listPerson", "person", "persName"),
    "people": ("listPerson", "personGrp", "name"),
    "place": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
    "thing": ("listObject", "object", "objectName"),
}
_TYPES = {form[1]: type_ for type_, form in _FORMS.items()}
_NAMES = {form[2] for form in _FORMS.values()}
_OF = "of"


def authority(known: Authority) -> Element:
    """Return the ``standOff`` that holds *known*."""
    lists = [
        element(name, *(_entity(entity) for entity in entities))
        for name, entities in groupby(known.entities, key=lambda entity: _FORMS[entity.type][0])
    ]
    if known.events:
        lists.append(element("listEvent", *(_event(event) for event in known.events)))
    owned = [_relation(_OF, entity.id, entity.of) for entity in known.entities if entity.of]
    if owned:
        lists.append(element("listRelation", *owned))
    return element("standOff", *(lists or [nothing("No entity and no event is known.")]), xmlid="authority.standOff")


def nothing(words: str) -> Element:
    """Return what stands in a ``standOff`` that has nothing to hold, for TEI wants something there."""
    return element("interp", words, type="empty")


def _entity(entity: Entity) -> Element:
    _, name, naming = _FORMS[entity.type]
    named = _named(entity.names, naming, entity.id)
    wikidata = _wikidata(entity.wikidata)
    if entity.type == "thing":
        named, wikidata = [element("objectIdentifier", *named, wikidata)], None
    note = element("note", entity.note, type="remark") if entity.note else None
    return element(name, *named, wikidata, note, xmlid=xml_id(entity.id), ana=_status(entity.proposed))


def _named(names: Sequence[Name], naming: str, fallback: str) -> list[Element]:
    """Return the names, the first of each language without a type; an id for what has no name."""
    made, seen = [], set[str]()
    for name in names:
        variant = "variant" if name.language in seen else ""
        made.append(element(naming, name.text, type=variant, lang=name.language))
        seen.add(name.language)
    return made or [element(naming, fallback, type="id")]


def _event(event: Event) -> Element:
    notes = [element("note", cue.pattern, type="cue", lang=cue.language) for cue in event.cues]
    if event.note:
        notes.append(element("note", event.note, type="remark"))
    parts = [_relation(token(one.role), one.entity, event.id) for one in event.participants]
    where = f"#{xml_id(event.place)}" if event.place else ""
    return element(
        "event",
        *_named(event.labels, "eventName", event.id),
        _wikidata(event.wikidata),
        *notes,
        element("listRelation", *parts, type="participants") if parts else None,
        xmlid=xml_id(event.id),
        type=token(event.type),
        ana=_status(event.proposed),
        where=where,
        **datable(event.date),
    )


def _relation(name: str, active: str, passive: str) -> Element:
    return element("relation", name=name, active=f"#{xml_id(active)}", passive=f"#{xml_id(passive)}")


def _wikidata(name: str) -> Element | None:
    return element("idno", _WIKIDATA + name, type="Wikidata") if name else None


def _status(proposed: bool) -> str:
    return f"#{PROPOSED}" if proposed else ""


# --- read


def read_authority(root: Element) -> Authority:
    """Return the authority in the file *root*."""
    holder = need(root, "tei:standOff")
    relations = findall(holder, f"tei:listRelation/tei:relation[@name='{_OF}']")
    owners = {pointed(get(relation, "active")): pointed(get(relation, "passive")) for relation in relations}
    records = [record for held in holder for record in held if local(record) in _TYPES]
    events = findall(holder, "tei:listEvent/tei:event")
    name, version = read_named(root)
    entities = tuple(_read_entity(record, owners) for record in records)
    return Authority(name, version, entities, tuple(_read_event(event) for event in events))


def _read_entity(record: Element, owners: dict[str, str]) -> Entity:
    name, type_ = plain(get(record, XMLID)), _TYPES[local(record)]
    holder = need(record, "tei:objectIdentifier") if type_ == "thing" else record
    return Entity(
        name,
        type_,
        _read_names(part for part in holder if local(part) in _NAMES),
        _read_wikidata(holder),
        owners.get(name, ""),
        text_at(record, "tei:note[@type='remark']"),
        _read_status(record),
    )


def _read_event(event: Element) -> Event:
    roles = findall(event, "tei:listRelation[@type='participants']/tei:relation")
    cues = findall(event, "tei:note[@type='cue']")
    return Event(
        plain(get(event, XMLID)),
        plain(event.get("type", "")),
        _read_names(findall(event, "tei:eventName")),
        edtf(event),
        pointed(event.get("where")),
        tuple(Participant(pointed(get(role, "active")), plain(get(role, "name"))) for role in roles),
        tuple(Cue(get(cue, XMLLANG), cue.text or "") for cue in cues),
        _read_wikidata(event),
        text_at(event, "tei:note[@type='remark']"),
        _read_status(event),
    )


def _read_names(names: Iterable[Element]) -> tuple[Name, ...]:
    return tuple(Name(get(name, XMLLANG), name.text or "") for name in names if name.get("type") != "id")


def _read_wikidata(holder: Element) -> str:
    return text_at(holder, "tei:idno[@type='Wikidata']").removeprefix(_WIKIDATA)


def _read_status(record: Element) -> bool:
    return f"#{PROPOSED}" in record.get("ana", "").split()
