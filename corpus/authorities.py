"""What is known of a work, as tables that a scholar edits -> `Authority`, checked line by line.

    corpus/authority/iraq-war/
      entities.tsv     id                 type    wikidata  of  note  en                 hr
                       pers.george-bush   person  Q207                George Bush | Bush George Bush | Bush
      events*.toml     [[event]]
                       id = "ev.fall-of-baghdad"
                       type = "battle"
                       date = "2003-04-09"                        # EDTF
                       place = "place.baghdad"
                       participants = [{ entity = "org.us-army", role = "attacker" }]
                       [event.labels]
                       en = "Fall of Baghdad"
                       [event.cues]
                       en = ["fall* @place.baghdad"]

Both may be missing, but not both at once; `read` also takes one such file alone. A table is UTF-8 with tabs between
the cells; a cell holds the names of one language, the preferred one first, with `` | `` between them, in their citation
form: `hexapla.corpus.inflect` makes the others. A line that starts with ``#`` is a comment. Records that the toolkit
proposes have ``yes`` in a last column ``proposed`` (``proposed = true`` in an event).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from hexapla.corpus import edtf
from hexapla.corpus.cue import Pattern
from hexapla.corpus.cue import parse as parse_cue
from hexapla.corpus.document import Authority, Cue, Entity, EntityType, Event, Name, Participant
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import canonical, parse

COLUMNS = ("id", "type", "wikidata", "of", "note")
"""The columns of entities.tsv before those of the languages."""

PREFIXES: dict[str, str] = {
    "person": "pers",
    "place": "place",
    "organisation": "org",
    "people": "people",
    "thing": "thing",
    "event": "ev",
}
"""The first part of an id, by type."""

SEPARATOR = "|"
"""What stands between two names in a cell."""

PROPOSED = "proposed"
"""The last column of records that nobody has accepted yet."""

_EVENT_KEYS = {"id", "type", "date", "place", "participants", "wikidata", "note", "labels", "cues", PROPOSED}
_TYPES: tuple[EntityType, ...] = get_args(EntityType)
_REST_OF_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_WIKIDATA = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands, for errors."""

    path: Path
    at: str | int

    def error(self, message: str, hint: str) -> InputError:
        return InputError(message, path=self.path, place=self.at, hint=hint)


def read(path: Path) -> Authority:
    """Return the authority in the folder *path*, or in the one .tsv or .toml file *path*.

    Lists that were made elsewhere, in TEI or by Wikidata, are read by `hexapla.corpus.lists`.

    Raises:
        InputError: the first thing that is wrong, with its file and line (in TOML: the id of the event).
    """
    files = _files(path)
    entities: list[tuple[_Place, Entity]] = []
    events: list[tuple[_Place, Event]] = []
    for file in files:
        if file.suffix == ".tsv":
            entities += _entities(file)
        else:
            events += _events(file)
    _check_unique([(place, entity.id) for place, entity in entities] + [(place, event.id) for place, event in events])
    _check_references(entities, events)
    name = path.stem if path.is_file() else path.resolve().name
    found_entities, found_events = (entity for _, entity in entities), (event for _, event in events)
    return Authority(name, _digest(files), tuple(found_entities), tuple(found_events))


def made_elsewhere(path: Path) -> bool:
    """Return whether *path* is a list that was made elsewhere: any file but ours, whose first column is the id."""
    if not path.is_file() or path.suffix == ".toml":
        return False
    if path.suffix != ".tsv":
        return True
    with path.open("rb") as file:
        lines = (line.removeprefix(b"\xef\xbb\xbf") for line in file)
        head = next((line for line in lines if line.strip() and not line.startswith(b"#")), COLUMNS[0].encode())
    return head.split(b"\t")[0].strip() != COLUMNS[0].encode()


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = _tables(path)
        if not files:
            hint = "put an entities.tsv or an events.toml there"
            raise InputError("holds no authority", path=path, hint=hint)
        return files
    if not path.exists():
        hint = "give a folder, or a .tsv, .toml, .xml or .csv file"
        raise InputError("does not exist", path=path, hint=hint)
    if path.suffix not in (".tsv", ".toml"):
        raise InputError("is no authority file", path=path, hint="give a folder, or a .tsv or .toml file")
    return [path]


def _tables(folder: Path) -> list[Path]:
    """Return the files of an authority in *folder*, in the order in which they are read."""
    files = [folder / "entities.tsv", *sorted(folder.glob("events*.toml"))]
    return [file for file in files if file.is_file()]


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# entities.tsv


def _lines(path: Path) -> Iterator[tuple[_Place, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error.object[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8", path=path, place=broken, hint="save it as UTF-8") from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", path=path) from error
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.removesuffix("\r")
        if row.strip() and not row.startswith("#"):
            yield _Place(path, number), [cell.strip() for cell in row.split("\t")]


def _entities(path: Path) -> list[tuple[_Place, Entity]]:
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise InputError("is empty", path=path, hint=f"begin with the header {' '.join(COLUMNS)} en ..., tabs between")
    place, header = first
    languages, proposed = _header(place, header)
    found = []
    for place, row in lines:
        if len(row) != len(header):
            message = f"{len(row)} columns, but the header has {len(header)}"
            raise place.error(message, "put one tab between two cells, also around empty ones")
        found.append((place, _entity(place, row, languages, proposed)))
    return found


def _header(place: _Place, header: list[str]) -> tuple[list[str], bool]:
    """Return the languages of the columns, and whether the last column says what is proposed."""
    if tuple(header[: len(COLUMNS)]) != COLUMNS:
        raise place.error(f"the header begins with {' '.join(header[:5])!r}", f"begin it with {' '.join(COLUMNS)}")
    proposed = header[-1] == PROPOSED
    codes = header[len(COLUMNS) : len(header) - proposed]
    if not codes:
        raise place.error("no column of a language", "add one whose head is a language tag, such as en")
    languages = [_language(place, code) for code in codes]
    twice = [code for n, code in enumerate(languages) if code in languages[:n]]
    if twice:
        raise place.error(f"two columns for {twice[0]}", "join them, with | between the names")
    return languages, proposed


def _language(place: _Place, code: str) -> str:
    try:
        return canonical(code)
    except UsageError as error:
        raise place.error(error.message, error.hint) from error


def _entity(place: _Place, row: list[str], languages: list[str], proposed: bool) -> Entity:
    identity, type_, wikidata, of, note = row[: len(COLUMNS)]
    known = next((known for known in _TYPES if known == type_), None)
    if known is None:
        raise place.error(f"type {type_!r} is unknown", f"use one of {', '.join(_TYPES)}")
    _check_id(place, identity, type_)
    _check_wikidata(place, wikidata)
    cells = row[len(COLUMNS) : len(row) - proposed]
    names = [name for code, cell in zip(languages, cells, strict=True) for name in _names(place, code, cell)]
    if not names:
        raise place.error(f"{identity} has no name", "give it one in some language")
    return Entity(identity, known, tuple(names), wikidata, of, note, _flag(place, row[-1] if proposed else ""))


def _names(place: _Place, language: str, cell: str) -> list[Name]:
    if not cell:
        return []
    texts = [" ".join(text.split()) for text in cell.split(SEPARATOR)]
    if not all(texts):
        raise place.error(f"an empty name among the {language} names", "put | only between two names")
    return [Name(language, text) for text in dict.fromkeys(texts)]


def _flag(place: _Place, cell: str) -> bool:
    if cell not in ("", "yes"):
        raise place.error(f"{PROPOSED} is {cell!r}", "write yes or leave it empty")
    return cell == "yes"


# events*.toml


def _events(path: Path) -> list[tuple[_Place, Event]]:
    content = parse(path)
    unknown = sorted(content.keys() - {"event"})
    if unknown:
        raise InputError(f"{unknown[0]!r} is not known here", path=path, hint="begin each event with [[event]]")
    entries = content.get("event", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("the events are no list", path=path, hint="begin each event with [[event]]")
    places = [_Place(path, str(entry.get("id", f"event {n}"))) for n, entry in enumerate(entries, start=1)]
    return [(place, _event(place, entry)) for place, entry in zip(places, entries, strict=True)]


def _event(place: _Place, entry: dict[str, Any]) -> Event:
    unknown = sorted(entry.keys() - _EVENT_KEYS)
    if unknown:
        raise place.error(f"{unknown[0]!r} is not known", f"an event has {', '.join(sorted(_EVENT_KEYS))}")
    identity, type_ = (_string(place, entry, key, needed=True) for key in ("id", "type"))
    date, scene, wikidata, note = (_string(place, entry, key) for key in ("date", "place", "wikidata", "note"))
    _check_id(place, identity, "event")
    _check_wikidata(place, wikidata)
    if date and edtf.bounds(date) is None:
        raise place.error(
            f"the date {date!r} is not EDTF", "write it like 2003-04-09, 2003-04, 2003 or 2003-03/2003-05"
        )
    proposed = entry.get(PROPOSED, False)
    if not isinstance(proposed, bool):
        raise place.error(f"{PROPOSED} is {proposed!r}", "write true or false")
    return Event(
        identity,
        type_,
        labels=_labels(place, entry),
        date=date,
        place=scene,
        participants=_participants(place, entry.get("participants", [])),
        cues=_cues(place, entry),
        wikidata=wikidata,
        note=note,
        proposed=proposed,
    )


def _string(place: _Place, entry: dict[str, Any], key: str, *, needed: bool = False) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise place.error(f"{key} is not text", f'write it in quotation marks: {key} = "{value}"')
    if needed and not value.strip():
        raise place.error(f"no {key}", f'add {key} = "..."')
    return value.strip()


def _by_language(place: _Place, entry: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    value = entry.get(key, {})
    if not isinstance(value, dict):
        raise place.error(f"{key} has no languages", f"write [event.{key}] and below it en = ...")
    yield from ((_language(place, code), said) for code, said in value.items())


def _labels(place: _Place, entry: dict[str, Any]) -> tuple[Name, ...]:
    labels = []
    for code, text in _by_language(place, entry, "labels"):
        if not isinstance(text, str) or not text.strip():
            raise place.error(f"the {code} label is empty or not text", f'write {code} = "..."')
        labels.append(Name(code, " ".join(text.split())))
    if not labels:
        raise place.error("no label", "add [event.labels] with one language at least")
    return tuple(labels)


def _cues(place: _Place, entry: dict[str, Any]) -> tuple[Cue, ...]:
    cues = []
    for code, patterns in _by_language(place, entry, "cues"):
        if not isinstance(patterns, list) or not all(isinstance(p, str) and p.strip() for p in patterns):
            raise place.error(f"the {code} cues are no list of patterns", f'write {code} = ["...", "..."]')
        for pattern in patterns:
            _check_cue(place, pattern)
            cues.append(Cue(code, pattern.strip()))
    return tuple(cues)


def _check_cue(place: _Place, pattern: str) -> None:
    try:
        parse_cue(pattern)
    except InputError as error:
        raise place.error(error.message, error.hint) from None


def _participants(place: _Place, value: object) -> tuple[Participant, ...]:
    hint = 'write participants = [{ entity = "org.us-army", role = "attacker" }]'
    if not isinstance(value, list):
        raise place.error("participants is no list", hint)
    found = []
    for item in value:
        known = isinstance(item, dict) and item.keys() <= {"entity", "role"} and "entity" in item
        if not known or not all(isinstance(text, str) and text for text in item.values()):
            raise place.error("a participant is not an entity with a role", hint)
        found.append(Participant(**item))
    return tuple(found)


# what both share


def _check_id(place: _Place, identity: str, type_: str) -> None:
    prefix = PREFIXES[type_]
    if not identity.startswith(f"{prefix}."):
        raise place.error(f"id {identity!r} of type {type_}", f"begin it with {prefix}.")
    if not re.fullmatch(_REST_OF_ID, identity.removeprefix(f"{prefix}.")):
        hint = f"use a-z, 0-9 and single hyphens after the full stop, like {prefix}.some-name"
        raise place.error(f"id {identity!r} is not well formed", hint)


def _check_wikidata(place: _Place, wikidata: str) -> None:
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        raise place.error(f"{wikidata!r} is no Wikidata item", "write it like Q796, or leave it empty")


def _check_unique(records: Iterable[tuple[_Place, str]]) -> None:
    first: dict[str, _Place] = {}
    for place, identity in records:
        if identity in first:
            before = first[identity]
            where = f"line {before.at}" if isinstance(before.at, int) else "another event"
            raise place.error(
                f"id {identity!r} is taken by {where} of {before.path.name}", "give each record its own id"
            )
        first[identity] = place


def _check_references(entities: list[tuple[_Place, Entity]], events: list[tuple[_Place, Event]]) -> None:
    known = {entity.id for _, entity in entities}
    named = [(place, "of", entity.of) for place, entity in entities if entity.of]
    for place, event in events:
        named += [(place, role, ref) for role, ref in _named(event)]
    for place, role, ref in named:
        if ref not in known:
            raise place.error(f"{role} names {ref!r}, which is no entity", "add it to entities.tsv or correct the id")


def _named(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the entities that *event* names, and where it does."""
    if event.place:
        yield "place", event.place
    yield from (("a participant", participant.entity) for participant in event.participants)
    for cue in event.cues:
        refs = entities_named(parse_cue(cue.pattern))
        yield from ((f"the {cue.language} cue {cue.pattern!r}", ref) for ref in refs)


def entities_named(pattern: Pattern) -> Iterator[str]:
    """Yield the ids of the entities that the cue *pattern* asks for."""
    options = (option for term in pattern.terms for option in term.options)
    yield from (option.parts[0] for option in options if option.kind == "entity")


# write


def write(authority: Authority, folder: Path) -> None:
    """Write *authority* to *folder*, made if need be, as ``entities.tsv`` and ``events.toml``; `read` gives it back.

    What comes back differs in name and version only, where the names of each entity stand language by language, in one
    order of languages for all, and an event has one label in each.

    Raises:
        UsageError: the folder holds an authority already, which nobody shall lose.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = _tables(folder)
    if held:
        raise UsageError("there is an authority already", path=held[0], hint="give another folder")
    if authority.entities or not authority.events:
        write_entities(authority, folder / "entities.tsv")
    if authority.events:
        events = "\n".join(_written(event) for event in authority.events)
        (folder / "events.toml").write_text(events, encoding="utf-8", newline="\n")


def _written(event: Event) -> str:
    """Return *event* as TOML."""
    parts = [f"{{ entity = {_quoted(one.entity)}, role = {_quoted(one.role)} }}" for one in event.participants]
    values = {key: getattr(event, key) for key in ("id", "type", "date", "place", "wikidata", "note")}
    lines = ["[[event]]", *(f"{key} = {_quoted(value)}" for key, value in values.items() if value)]
    lines += [f"participants = [{', '.join(parts)}]"] if parts else []
    lines += [f"{PROPOSED} = true"] if event.proposed else []
    labels = {name.language: _quoted(name.text) for name in reversed(event.labels)}
    lines += [
        "[event.labels]",
        *(f"{code} = {labels[code]}" for code in dict.fromkeys(n.language for n in event.labels)),
    ]
    if event.cues:
        lines.append("[event.cues]")
    for code in dict.fromkeys(cue.language for cue in event.cues):
        patterns = [f"    {_quoted(cue.pattern)}," for cue in event.cues if cue.language == code]
        lines += [f"{code} = [", *patterns, "]"]
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """Return *text* as a TOML string, which is one of JSON but for the character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_entities(authority: Authority, path: Path) -> None:
    """Write the entities of *authority* to the table *path*; `read` gives the same entities back.

    The languages stand in the order in which they first occur. The column ``proposed`` is there only where it says
    something.
    """
    entities = authority.entities
    languages = list(dict.fromkeys(name.language for entity in entities for name in entity.names)) or ["en"]
    proposed = any(entity.proposed for entity in entities)
    rows = [[*COLUMNS, *languages, *([PROPOSED] if proposed else [])]]
    rows += [_row(entity, languages, proposed) for entity in entities]
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _row(entity: Entity, languages: list[str], proposed: bool) -> list[str]:
    cells = [[name.text for name in entity.names if name.language == language] for language in languages]
    joined = [f" {SEPARATOR} ".join(cell) for cell in cells]
    flag = ["yes" if entity.proposed else ""] if proposed else []
    return [entity.id, entity.type, entity.wikidata, entity.of, entity.note, *joined, *flag]
