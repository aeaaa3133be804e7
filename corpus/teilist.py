"""TEI lists of people, places, organisations, objects and events, as drafts of an authority.

    <listPlace xml:lang="en">
      <place xml:id="iq"><placeName>Iraq</placeName>          ──▶  Draft("place", "iq", names=(Name("en", "Iraq"),))
        <place xml:id="bgd">…</place></place></listPlace>     ──▶  Draft("place", "bgd", ..., of="iq")
    <listEvent><event from="2003-03-20" to="2003-05-01"       ──▶  Draft("event", ..., date="2003-03-20/2003-05-01",
                      where="#iq"><label>…</label>                                place="iq")

The records are taken wherever the file has them: in standOff, in the header, at the back, in a list that is the whole
file. Nothing beside the file is read: no document type, no entity, no inclusion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from lxml import etree

from hexapla.corpus import edtf
from hexapla.corpus.document import Cue, EntityType, Name, Participant
from hexapla.corpus.draft import Draft, Remarks
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.extract import Element, inner, name, parse, tidy
from hexapla.corpus.language import canonical

_XML = "{http://www.w3.org/XML/1998/namespace}"
_TYPES: dict[str, EntityType | Literal["event"]] = {
    "person": "person",
    "personGrp": "people",
    "place": "place",
    "org": "organisation",
    "object": "thing",
    "event": "event",
}
_NAMES: dict[str, tuple[tuple[str, ...], ...]] = {  # the first kind of element that is there names the record
    "person": (("persName",), ("name",), ("head",)),
    "people": (("name", "persName", "orgName"), ("head",)),
    "place": (
        ("placeName", "geogName"),
        ("name",),
        ("settlement",),
        ("district",),
        ("region",),
        ("country",),
        ("head",),
    ),
    "organisation": (("orgName",), ("name",), ("head",)),
    "thing": (("objectName",), ("name",), ("head",)),
    "event": (("eventName",), ("label",), ("head",), ("desc",)),
}
_PARTS_OF_PLACE = ("settlement", "geogName", "district", "region", "country")
_PREFERRED = frozenset(["main", "preferred", "pref", "reg", "standard", "official"])
_NO_NAME = frozenset(["id", "sort", "sortKey", "index"])
_POINTERS = ("sameAs", "copyOf", "corresp", "ref")
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wikidata:|wd:)?(Q[1-9]\d*)")
_W3C = re.compile(r"(?P<year>-?\d{4})(?P<rest>(?:-\d\d){0,2})(?:T.*|Z|[+-]\d\d:\d\d)?")
_ESCAPE = re.compile(r"_x([0-9a-f]+)_")
_REMARK = frozenset(["note", "desc", "p"])
_LIVED = {"birth": "born", "death": "died", "floruit": "lived"}
_TAKEN = frozenset(["idno", "objectIdentifier", "listRelation", "date", *_REMARK, *_LIVED, *_TYPES])
_TAKEN |= frozenset(["listPerson", "listPlace", "listOrg", "listObject", "listEvent"])


def drafts(data: bytes, path: Path, remarks: Remarks) -> list[Draft]:
    """Return the records of the TEI file in *data*, in its order; *remarks* learns what was left out.

    Raises:
        InputError: the file is not well-formed (one xml:id twice is not), has entities of its own, has a name without
            a language, or holds no list; with the line.
    """
    root = parse(data, path)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    _without(root, remarks)
    records = [part for part in root.iter(etree.Element) if _is_record(part, remarks)]
    if not records:
        hint = "give one with a listPerson, listPlace, listOrg or listEvent in it"
        raise InputError("is no authority file: it lists no person, place, organisation or event", path=path, hint=hint)
    found = [_draft(record, path, remarks) for record in records]
    return _related(root, found, remarks)


def _without(root: Element, remarks: Remarks) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        remarks.add("a document type is not read", 1)
    for part in root.iter("{http://www.w3.org/2001/XInclude}include"):
        remarks.add("an inclusion is not followed", _line(part))


def _line(part: Element) -> int:
    return cast(int | None, part.sourceline) or 0  # the stubs know no number here


def _is_record(part: Element, remarks: Remarks) -> bool:
    """Whether *part* is a record of a list; what only looks like one is remarked."""
    kind = name(part)
    if kind not in _TYPES:
        return False
    holders = [name(holder) for holder in part.iterancestors()]
    around = set(holders)
    if kind == "object" and not around & {"listObject", "standOff"}:
        return False
    if kind == "event" and holders and holders[0] in _TYPES and not part.get(f"{_XML}id"):
        remarks.add(f"an event in the life of a record (<{holders[0]}>) is left out", _line(part))
        return False
    if _is_pointer(part):
        if "event" not in around:
            remarks.add(f"a {kind} that only points to another one is left out", _line(part))
        return False
    return True


def _is_pointer(part: Element) -> bool:
    """Whether *part* only says which record is meant."""
    named = {word for kinds in _NAMES[_TYPES[name(part)]] for word in kinds}
    points = any(part.get(attribute) for attribute in _POINTERS)
    return points and not part.get(f"{_XML}id") and not any(name(child) in named for child in part)


# a record


def _draft(record: Element, path: Path, remarks: Remarks) -> Draft:
    """Return what *record* says of itself; what it has beyond that is remarked."""
    type_ = _TYPES[name(record)]
    holders = [record, *(child for child in record if name(child) == "objectIdentifier")]
    naming = _naming(holders, type_)
    for part in record:
        if name(part) not in _TAKEN and part not in naming:
            remarks.add(f"<{name(part)}> of a record is left out, for which an authority has no place", _line(part))
    common = Draft(
        type_,
        record.get(f"{_XML}id", ""),
        _line(record),
        tuple(_names(naming, type_, path, remarks)),
        _wikidata(holders, naming, remarks),
        tuple(_notes(record, naming, remarks)),
        proposed=any(ref.endswith("authority.proposed") for ref in record.get("ana", "").split()),
    )
    return _event(record, common, path, remarks) if type_ == "event" else replace(common, of=_around(record))


def _naming(holders: Iterable[Element], type_: str) -> list[Element]:
    """Return the elements that name a record."""
    children = [part for holder in holders for part in holder if part.get("type") not in _NO_NAME]
    found = ([part for part in children if name(part) in kinds and tidy(inner(part))] for kinds in _NAMES[type_])
    return next(filter(None, found), [])


def _names(naming: Iterable[Element], type_: str, path: Path, remarks: Remarks) -> Iterator[Name]:
    """Yield the names, the preferred ones first."""
    for part in sorted(naming, key=_rank):
        language = _language(part, path)
        for text in dict.fromkeys(_texts(part)):
            if type_ == "person" and "," in text:
                remarks.add("a name with a comma is kept as it is, but texts may not write it so", _line(part))
            yield Name(language, text)


def _rank(part: Element) -> int:
    """Return 0 for a preferred name, 1 for a plain one, 2 for a variant."""
    kind = part.get("type", "")
    if kind in _PREFERRED or part.get("full") == "yes":
        return 0
    return 2 if kind or part.get("full") in ("abb", "init") else 1


def _language(part: Element, path: Path) -> str:
    """Return the language of a name: its own, else that of what it stands in."""
    for holder in (part, *part.iterancestors()):
        code = holder.get(f"{_XML}lang")
        if code:
            try:
                return canonical(code)
            except UsageError as error:
                raise InputError(error.message, path=path, place=_line(holder), hint=error.hint) from error
    hint = 'add xml:lang to the list, such as <listPerson xml:lang="en">, or to its names'
    raise InputError("a name does not say its language", path=path, place=_line(part), hint=hint)


def _texts(part: Element) -> list[str]:
    """Return the names that the element *part* writes: of a person both in the usual order and as it stands."""
    parts = {kind: [tidy(inner(p)) for p in part.iter(etree.Element) if name(p) == kind] for kind in _order(part)}
    if name(part) == "persName" and parts.get("forename") and parts.get("surname"):
        kinds = ("forename", "nameLink", "surname", "genName")
        written = _spaced(part)
        usual = " ".join(word for kind in kinds for word in parts.get(kind, ()))
        return [usual] if "," in written else [usual, written]
    if name(part) == "placeName":
        return next((parts[kind][:1] for kind in _PARTS_OF_PLACE if parts.get(kind)), [tidy(inner(part))])
    return [_spaced(part)]


def _order(part: Element) -> list[str]:
    return list(dict.fromkeys(name(child) for child in part.iterdescendants(etree.Element)))


def _spaced(part: Element) -> str:
    """Return the text of a name, with a space between two parts that have nothing between them."""
    pieces = [part.text or ""]
    pieces += [piece for child in part for piece in (inner(child), child.tail or " ")]
    return tidy("".join(pieces))


def _wikidata(holders: Iterable[Element], naming: Iterable[Element], remarks: Remarks) -> str:
    """Return the Wikidata item that an idno or a pointer names; '' for none, and for several."""
    holders = list(holders)
    said = [tidy(inner(part)) for holder in holders for part in holder if name(part) == "idno"]
    pointing = [part.get(at, "") for part in (*holders, *naming) for at in (*_POINTERS, "key")]
    found = list(dict.fromkeys(m[1] for m in map(_WIKIDATA.fullmatch, (*said, *" ".join(pointing).split())) if m))
    if len(found) > 1:
        remarks.add(f"two Wikidata items of one record ({found[0]}, {found[1]}) are left out", _line(holders[0]))
    return found[0] if len(found) == 1 else ""


def _notes(record: Element, naming: list[Element], remarks: Remarks) -> Iterator[str]:
    """Yield what the record says in words, when a person lived, and its identifiers but that of Wikidata."""
    for part in record:
        words = tidy(inner(part))
        if name(part) in _REMARK and part.get("type") != "cue" and part not in naming and words:
            yield words
        elif name(part) in _LIVED and (date := _date(part, remarks) or words):
            yield f"{_LIVED[name(part)]} {date}"
        elif name(part) == "idno" and words and not _WIKIDATA.fullmatch(words):
            yield words if "://" in words else f"{part.get('type', 'id')} {words}"


def _around(record: Element) -> str:
    """Return the id of the place that a place lies in, '' for what is no place."""
    if name(record) != "place":
        return ""
    return next((part.get(f"{_XML}id", "") for part in record.iterancestors() if name(part) == "place"), "")


# an event


def _event(event: Element, common: Draft, path: Path, remarks: Remarks) -> Draft:
    dated = [event, *(part for part in event if name(part) == "date")]
    inside = [part for part in event.iterdescendants(etree.Element) if _nearest(part) is event]
    scenes = [target for part in inside if name(part) == "placeName" and (target := _pointed(part.get("ref")))]
    notes = [part for part in event if name(part) == "note" and part.get("type") == "cue"]
    return replace(
        common,
        kind=_plain(tidy(event.get("type"))),
        date=next(filter(None, (_date(part, remarks) for part in dated)), ""),
        place=_pointed(event.get("where")) or (scenes[0] if len(set(scenes)) == 1 else ""),
        participants=tuple(_participants(inside, remarks)),
        cues=tuple(Cue(_language(note, path), tidy(inner(note))) for note in notes),
    )


def _nearest(part: Element) -> Element | None:
    """Return the event that *part* stands in."""
    return next((holder for holder in part.iterancestors() if name(holder) == "event"), None)


def _participants(inside: Iterable[Element], remarks: Remarks) -> Iterator[Participant]:
    """Yield the records that an event holds, and those that it points to by a record or a name."""
    for part in inside:
        kind = name(part)
        if kind in _TYPES and kind not in ("event", "place"):
            target = part.get(f"{_XML}id") or next((_pointed(part.get(at)) for at in _POINTERS if part.get(at)), "")
            if not target:
                remarks.add(f"a {kind} without xml:id is left out of its event", _line(part))
        elif kind in ("persName", "orgName", "objectName", "rs", "name"):
            owned = any(name(holder) in _TYPES and name(holder) != "event" for holder in part.iterancestors())
            target = "" if owned else _pointed(part.get("ref"))
        else:
            continue
        if target:
            yield Participant(target, _plain(tidy(part.get("role"))) or "participant")


def _pointed(value: str | None) -> str:
    """Return the id that a pointer (``#x``, ``file.xml#x``, ``pre:x``) leads to, '' for none and for an address."""
    first = (value or "").split()[:1]
    if not first or "://" in first[0]:
        return ""
    return re.split("[#:]", first[0])[-1]


def _plain(word: str) -> str:
    """Return *word* with the characters that our own files escape (``_x20_``)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), word)


# dates


def _date(part: Element, remarks: Remarks) -> str:
    """Return the EDTF date that the attributes of *part* say; '' where they say none, which is remarked."""
    custom = part.get("when-custom", "")
    if custom and edtf.bounds(custom):
        return custom
    said = {
        key: _day(key, str(value), part, remarks)
        for attribute, value in part.attrib.items()
        if (key := str(attribute)).removesuffix("-iso") in ("when", "from", "to", "notBefore", "notAfter")
    }
    plain = {key.removesuffix("-iso"): value for key, value in said.items() if value}
    if "when" in plain:
        return plain["when"]
    first, last = (plain.get(a) or plain.get(b, "") for a, b in (("from", "notBefore"), ("to", "notAfter")))
    return _interval(first, last, part, remarks)


def _interval(first: str, last: str, part: Element, remarks: Remarks) -> str:
    if first == last:
        return first
    value = f"{first or '..'}/{last or '..'}"
    if edtf.bounds(value):
        return value
    remarks.add(f"an interval that ends before it begins ({value}) is left out", _line(part))
    return ""


def _day(attribute: str, value: str, part: Element, remarks: Remarks) -> str:
    """Return the date *value* in EDTF; XML Schema counts -0001 before 0001, ISO and EDTF have a year 0000 between."""
    found = _W3C.fullmatch(value.strip())
    if found:
        year = int(found["year"])
        shifted = year + 1 if year < 0 and not attribute.endswith("-iso") else year
        date = edtf.written(shifted) + found["rest"]
        if edtf.bounds(date):
            return date
    remarks.add(f'a date that is none (@{attribute}="{value}") is left out', _line(part))
    return ""


# relations


def _related(root: Element, found: list[Draft], remarks: Remarks) -> list[Draft]:
    """Return the drafts with what the relations of the file say: who takes part in an event, what belongs where."""
    places = {draft.key: number for number, draft in enumerate(found) if draft.key}
    for part in root.iter(etree.Element):
        if name(part) != "relation":
            continue
        active, passive = ([_pointed(one) for one in (part.get(side) or "").split()] for side in ("active", "passive"))
        number = places.get(passive[0] if passive else "")
        role = _plain(part.get("name", ""))
        if number is not None and found[number].type == "event":
            parts = tuple(Participant(one, role or "participant") for one in active if one)
            found[number] = replace(found[number], participants=(*found[number].participants, *parts))
        elif number is not None and role == "of" and len(active) == 1 and active[0] in places:
            own = places[active[0]]
            found[own] = replace(found[own], of=passive[0])
        else:
            remarks.add(f"a relation ({role or 'without a name'}) is left out", _line(part))
    return found
