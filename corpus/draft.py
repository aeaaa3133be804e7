"""Records of a list made elsewhere, on their way into an authority: named, joined, given ids, and made to refer.

    Draft("person", "JanšaJanez", 12)            pers.jansa-janez   note: listed as JanšaJanez
    Draft("event", "Q1", 14, place="Q2")   ──▶   ev.some-battle     place: place.some-town
    Draft("place", "Q2", 15)                     place.some-town
    Draft("place", "p7", 16), no name            —                  "a record without a name is left out: 1 (line 16)"

A list says who is who in its own words; what an authority has no room for is counted in `Remarks`, never dropped in
silence. An id that is one of ours already stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hexapla.corpus.authorities import PREFIXES, SEPARATOR, entities_named
from hexapla.corpus.cue import parse as parse_cue
from hexapla.corpus.document import Cue, Entity, EntityType, Event, Name, Participant
from hexapla.corpus.errors import InputError
from hexapla.corpus.extract import tidy

SHOWN = 5
"""Lines that a remark names; the others are only counted."""

_OURS = re.compile(r"([a-z]+)\.[a-z0-9]+(?:-[a-z0-9]+)*")
_ITEM = re.compile(r"Q[1-9]\d*")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_HEAD = re.compile(
    r"(?:(?:pers|person|psn|place|plc|org|organisation|organization|people|group|thing|object|ev|event)s?(?:[-._:]+|$))"
)
_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as its list has it: ``key`` is its id there, and what the references (of, place, ...) point with."""

    type: EntityType | Literal["event"]
    key: str  # '' where the list gives none
    line: int
    names: tuple[Name, ...] = ()
    wikidata: str = ""
    notes: tuple[str, ...] = ()
    of: str = ""
    kind: str = ""  # of an event: battle, election, ...
    date: str = ""  # EDTF
    place: str = ""
    participants: tuple[Participant, ...] = ()
    cues: tuple[Cue, ...] = ()
    proposed: bool = False


class Remarks:
    """What was left out of a list, or taken with a doubt, and in which lines.

    >>> remarks = Remarks()
    >>> remarks.add("a record without a name is left out", 7)
    >>> remarks.add("a record without a name is left out", 9)
    >>> remarks.lines()
    ('a record without a name is left out: 2 (lines 7, 9)',)
    """

    def __init__(self) -> None:
        self._at: dict[str, list[int]] = {}

    def add(self, what: str, line: int) -> None:
        """Count *what* once more, at this *line* of the list."""
        self._at.setdefault(what, []).append(line)

    def lines(self) -> tuple[str, ...]:
        """Return a line for each thing that was remarked, in the order in which they came up."""
        return tuple(f"{what}: {len(at)} ({_told(at)})" for what, at in self._at.items())


def _told(lines: Sequence[int]) -> str:
    different = list(dict.fromkeys(lines))
    shown = ", ".join(map(str, different[:SHOWN]))
    return f"line{'s' * (len(different) > 1)} {shown}{', …' if len(different) > SHOWN else ''}"


def settle(drafts: Iterable[Draft], remarks: Remarks) -> tuple[tuple[Entity, ...], tuple[Event, ...]]:
    """Return the entities and events that *drafts* make, in their order; *remarks* learns what was left out.

    Two drafts of one type and one Wikidata item become one record, with the names of both. A reference to something
    that the list does not hold is left out.
    """
    named = [_named(draft) for draft in drafts]
    for draft in named:
        if not draft.names:
            remarks.add(f"{_article(draft)} without a name is left out", draft.line)
    joined, keys = _joined([draft for draft in named if draft.names], remarks)
    made = _ids(joined)
    ids = {key: made[number] for key, number in keys.items()}
    kept = [_noted(draft, made[number]) for number, draft in enumerate(joined)]
    order = list(dict.fromkeys(name.language for draft in kept if draft.type != "event" for name in draft.names))
    held = {made[number] for number, draft in enumerate(kept) if draft.type != "event"}
    links = _Links({key: id_ for key, id_ in ids.items() if id_ in held}, remarks)
    entities = [
        _entity(draft, made[number], order, links) for number, draft in enumerate(kept) if draft.type != "event"
    ]
    events = [_event(draft, made[number], links) for number, draft in enumerate(kept) if draft.type == "event"]
    return tuple(entities), tuple(events)


def _article(draft: Draft) -> str:
    return f"{'an' if draft.type[0] in 'aeiou' else 'a'} {draft.type}"


def _named(draft: Draft) -> Draft:
    """Return *draft* with names that a table can hold, each once."""
    names = [
        Name(name.language, tidy(text)) for name in draft.names for text in name.text.split(SEPARATOR) if tidy(text)
    ]
    return replace(draft, names=tuple(dict.fromkeys(names)))


def _joined(drafts: Sequence[Draft], remarks: Remarks) -> tuple[list[Draft], dict[str, int]]:
    """Return the drafts, those of one Wikidata item as one, and the number of the one that each key means."""
    kept: list[Draft] = []
    keys: dict[str, int] = {}
    items: dict[tuple[str, str], int] = {}
    for draft in drafts:
        number = items.get((draft.type, draft.wikidata)) if draft.wikidata else None
        if number is None:
            number = len(kept)
            kept.append(draft)
            items[draft.type, draft.wikidata] = number
        else:
            remarks.add(f"a second record of one Wikidata item ({draft.wikidata}) is joined to the first", draft.line)
            kept[number] = _both(kept[number], draft)
        if draft.key:
            keys[draft.key] = number
    return kept, keys


def _both(first: Draft, second: Draft) -> Draft:
    """Return what two records of one thing say together; where they differ, the *first* is right."""
    listed = (f"listed as {second.key}",) if second.key not in ("", first.key) else ()
    return replace(
        first,
        names=tuple(dict.fromkeys((*first.names, *second.names))),
        notes=tuple(dict.fromkeys((*first.notes, *second.notes, *listed))),
        of=first.of or second.of,
        kind=first.kind or second.kind,
        date=first.date or second.date,
        place=first.place or second.place,
        participants=(*first.participants, *second.participants),
        cues=(*first.cues, *second.cues),
    )


# ids


def _ids(drafts: Sequence[Draft]) -> list[str]:
    """Return an id for each draft: its own where that is one of ours already, else one made for it."""
    taken = {draft.key for draft in drafts if _is_ours(draft)}
    return [draft.key if _is_ours(draft) else _free(_id(draft, number), taken) for number, draft in enumerate(drafts)]


def _is_ours(draft: Draft) -> bool:
    found = _OURS.fullmatch(draft.key)
    return found is not None and found[1] == PREFIXES[draft.type]


def _id(draft: Draft, number: int) -> str:
    """Return an id made of the list's own one, if it has letters, else of a name, the Wikidata item, or the number."""
    own = "" if _ITEM.fullmatch(draft.key) or _bare(draft.key).isdecimal() else draft.key
    english = sorted(draft.names, key=lambda name: name.language.split("-")[0] != "en")
    rest = next(filter(None, map(kebab, [_bare(own), *(name.text for name in english)])), "")
    return f"{PREFIXES[draft.type]}.{rest or draft.wikidata.lower() or f'n{number + 1}'}"


def _bare(key: str) -> str:
    """Return *key* without a first part that says the type, which our ids have another one for."""
    return _HEAD.sub("", key, count=1) if _HEAD.match(key) else key


def kebab(words: str) -> str:
    """Return *words* in the letters of an id, '' where none is left.

    >>> kebab("JanšaJanez"), kebab("Saddam Hussein al-Tikriti"), kebab("بغداد")
    ('jansa-janez', 'saddam-hussein-al-tikriti', '')
    """
    apart = unicodedata.normalize("NFKD", _HUMP.sub("-", words).lower().translate(_LETTERS))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ""  # the letters of another script: what is left of it would name nothing
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("’", "")).strip("-")


def _free(wanted: str, taken: set[str]) -> str:
    """Return *wanted*, with the first number behind it that makes it nobody else's, and take it."""
    free, count = wanted, 1
    while free in taken:
        count += 1
        free = f"{wanted}-{count}"
    taken.add(free)
    return free


def _noted(draft: Draft, made: str) -> Draft:
    """Return *draft* with its own id in the notes, where *made* is another one."""
    if draft.key in ("", made, draft.wikidata):
        return draft
    return replace(draft, notes=(*draft.notes, f"listed as {draft.key}"))


# records


@dataclass(frozen=True, slots=True)
class _Links:
    """The entities that can be referred to: the key that the list has for each -> its id."""

    ids: Mapping[str, str]
    remarks: Remarks

    def find(self, key: str, draft: Draft, role: str) -> str:
        """Return the id that *key* leads to; '' where there is no such entity, which is remarked."""
        if key and key not in self.ids:
            self.remarks.add(f"{role} {key} is no entity of the list and is left out", draft.line)
        return self.ids.get(key, "")


def _entity(draft: Draft, made: str, order: Sequence[str], links: _Links) -> Entity:
    assert draft.type != "event"
    if draft.date:
        links.remarks.add("the date of a record that is no event is left out", draft.line)
    of = links.find(draft.of, draft, "the place")
    return Entity(
        made,
        draft.type,
        tuple(sorted(draft.names, key=lambda name: order.index(name.language))),
        draft.wikidata,
        of if of != made else "",
        tidy("; ".join(draft.notes)),
        draft.proposed,
    )


def _event(draft: Draft, made: str, links: _Links) -> Event:
    labels: dict[str, Name] = {}
    for name in draft.names:
        if labels.setdefault(name.language, name) is not name:
            links.remarks.add("a second label of an event in one language is left out", draft.line)
    found = [(links.find(part.entity, draft, "the participant"), part.role) for part in draft.participants]
    parts = dict.fromkeys(Participant(entity, role) for entity, role in found if entity)
    if not draft.cues:
        links.remarks.add("an event without cues, which no sentence is found to tell", draft.line)
    return Event(
        made,
        draft.kind or "event",
        tuple(labels.values()),
        draft.date,
        links.find(draft.place, draft, "the place"),
        tuple(parts),
        tuple(_cues(draft, links)),
        draft.wikidata,
        tidy("; ".join(draft.notes)),
        draft.proposed,
    )


def _cues(draft: Draft, links: _Links) -> Iterator[Cue]:
    """Yield the cues that can be read and ask only for what is there, those of one language together."""
    known, languages = set(links.ids.values()), [cue.language for cue in draft.cues]
    for cue in sorted(draft.cues, key=lambda cue: languages.index(cue.language)):
        try:
            asked = set(entities_named(parse_cue(cue.pattern)))
        except InputError:
            links.remarks.add("a cue that cannot be read is left out", draft.line)
            continue
        if asked <= known:
            yield cue
        else:
            links.remarks.add(f"a cue that asks for {min(asked - known)}, which is no entity, is left out", draft.line)
