"""A document -> the times of day that it gives, as minutes, with the zone of the clock as far as the text says it.

    at 7:25 p.m. local time           19:25  local
    um 0.25 Uhr MEZ                   00:25  central-europe, 60 or 120 minutes ahead of UTC
    الساعة 2:40 بتوقيت غرينتش          02:40 or 14:40  UTC

A number is a time only where something beside it says so: "at", "Uhr", "p.m.", a zone. What a language says is in
``languages/<code>/clock.toml``, abbreviations of zones and their offsets in ``languages/und/clock.toml``. The clocks of
two accounts need not be the same: `apart` says how far two times are from one another at the least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from hexapla.corpus.document import Document
from hexapla.corpus.fold import ascii_digits
from hexapla.corpus.language import table
from hexapla.corpus.vocabulary import LETTERS, NOTHING, Roles, Token, Vocabulary, entry, joined, pieces

DAY = 1440
"""Minutes of a day."""

HALF = 720

HOUR, HOURS = 60, 24

TEN = 10

SHORT = 3
"""Digits that a minute does not have."""

LOCAL = "local"
"""The zone of a time that is said to be local: which one it is, the text does not say."""

QUARTER = 15
"""Minutes by a multiple of which two zones differ."""

SLACK: Mapping[int, int] = {15: 5, 5: 2, 1: 0}
"""A time that is a multiple of so many minutes may be off by so many: it is rounded."""

ABOUT = 15
"""Minutes that a time may be off of which only the hour is given, or that is "about"."""

LONGEST = len("00:00")
"""Signs of a figure that may be a time, at most: one of thousands of digits cannot even be read as a number."""

REACH = 4
"""Tokens after a time among which its half of the day and its zone stand."""

_TOKEN = re.compile(
    r"(?P<time>(?<![\d.,:])\d{1,2}[:.٫]\d\d(?!\d|[.,:]\d))"
    rf"|(?P<digits>\d+)|(?P<word>{LETTERS})|(?P<sign>[^\s_])"
)
_ROLES = ("at", "exact", "about", "before", "after", "morning", "evening", "night", LOCAL)
_JOINING = frozenset(",(")


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: the slice ``[start, end)`` of the text reaches from its hour to its zone."""

    segment: str
    start: int
    end: int
    minute: int  # of the day, by its own clock
    either: bool = False  # it may be twelve hours later
    zone: str = ""  # a key of the table, `LOCAL`, '' where nothing is said
    offsets: tuple[int, ...] = ()  # minutes ahead of UTC that it may be; none where that is not known
    slack: int = 0  # minutes that it may be off

    def written(self) -> str:
        """Return the time as ISO 8601 writes it.

        >>> Time("en.s1", 0, 4, 1165).written()
        'T19:25'
        """
        return f"T{self.minute // 60:02}:{self.minute % 60:02}"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language knows of times of day."""

    vocabulary: Vocabulary
    zones: tuple[str, ...]  # what the values of the role zone stand for
    twelve: bool  # hours up to twelve may be of either half of the day
    dot: bool  # a full stop between hour and minute is enough after "at"


def times(document: Document) -> tuple[Time, ...]:
    """Return the times of day of the sentences and headings of *document*, in order; none without a table."""
    grammar = _grammar(document.language)
    if grammar is None:
        return ()
    dates = {(m.start, m.end) for m in document.mentions if m.kind == "date"}
    return tuple(
        time
        for segment in document.segments
        if segment.kind != "x"
        for time in _Line(document.text, segment.id, segment.start, segment.end, grammar).times()
        if not any(start < time.end and time.start < end for start, end in dates)
    )


def apart(left: Time, right: Time) -> int | None:
    """Return how many minutes lie between two times at the least, whatever their clocks; None where nothing says.

    Clocks that are not known go by whole quarters of an hour; those of two accounts that say nothing, by whole hours.

    >>> one, other = Time("a", 0, 1, 176, zone="UTC", offsets=(0,)), Time("b", 0, 1, 1376, zone="x", offsets=(-360,))
    >>> apart(one, other), apart(Time("a", 0, 1, 190), Time("b", 0, 1, 195)), apart(one, Time("b", 0, 1, 190))
    (120, 5, 1)
    """
    mine, theirs = _readings(left), _readings(right)
    if left.offsets and right.offsets:
        return min(_circle(one - other, DAY) for one, other in product(mine, theirs))
    if left.offsets or right.offsets:
        return min(_circle(one - other, QUARTER) for one, other in product(mine, theirs))
    direct = min(_circle(one - other, DAY) for one, other in product(mine, theirs))
    same = left.zone == right.zone == LOCAL
    return direct if same or direct % 60 else 0


def settled(left: Time, right: Time) -> bool:
    """Say whether two clocks are known, or nothing is said of either: then their times can be near one another."""
    return bool(left.offsets) == bool(right.offsets)


def fits(left: Time, right: Time) -> bool:
    """Say whether two times may be the same moment of the day."""
    return (apart(left, right) or 0) <= left.slack + right.slack


def _readings(time: Time) -> list[int]:
    """The minutes of the day that *time* may be, in UTC where its clock is known."""
    halves = (time.minute, (time.minute + HALF) % DAY) if time.either else (time.minute,)
    return [minute - offset for minute in halves for offset in time.offsets or (0,)]


def _circle(minutes: int, whole: int) -> int:
    around = minutes % whole
    return min(around, whole - around)


class _Line:
    """The tokens of one sentence, walked from number to number."""

    def __init__(self, text: str, segment: str, start: int, end: int, grammar: Grammar) -> None:
        self.segment = segment
        self.grammar = grammar
        self.tokens = list(_read(text, start, end, grammar))

    def times(self) -> Iterator[Time]:
        """Yield the times of the sentence."""
        at = 0
        while at < len(self.tokens):
            found = self._time(at)
            if found:
                time, at = found
                yield time
            at += 1

    def has(self, at: int, *roles: str) -> bool:
        """Say whether there is a token *at* that has one of *roles*."""
        return 0 <= at < len(self.tokens) and not self.tokens[at].roles.keys().isdisjoint(roles)

    def _time(self, at: int) -> tuple[Time, int] | None:
        """Return the time whose hour is token *at*, and its last token."""
        token = self.tokens[at]
        minute = self._minute(at)
        if minute is None:
            return None
        whole = "hour" in token.roles
        last = at
        if whole and self.has(at + 1, "further"):
            minute, last, whole = minute + self.tokens[at + 1].roles["further"], at + 1, False
        if self.has(at - 1, "past"):
            minute, whole = minute + self.tokens[at - 1].roles["past"], False
        if whole and (more := self._minutes(at)) is not None:
            minute, last, whole = minute + more[0], more[1], False
        said, last, zone = self._after(last)
        if not whole and last > at and self.has(at + 1, "after"):
            said["after"] = at + 1
        named = self.has(at - 1, "before") or self.has(at - 1, "past")
        if not self._is_time(at, said, named, zone):
            return None
        begin = at - 1 if named else at
        either = self.grammar.twelve and not said.keys() & {"morning", "evening", "night"} and 60 <= minute < 780
        either = either and not token.form.startswith("0")
        clock = zone or (LOCAL if LOCAL in said else "")
        slack = ABOUT * (whole + self._about(at)) or next(off for step, off in SLACK.items() if minute % step == 0)
        time = Time(
            self.segment,
            self.tokens[begin].start,
            self.tokens[last].end,
            _half(minute % DAY, said),
            either,
            clock,
            _offsets().get(clock, ()),
            slack,
        )
        return time, last

    def _minute(self, at: int) -> int | None:
        """The minute of the day that token *at* is, by itself; None where it is none."""
        token = self.tokens[at]
        if "time" in token.roles:
            return token.roles["time"]
        if "hour" in token.roles and not self.has(at - 1, "further"):
            return token.roles["hour"] * 60
        return None

    def _minutes(self, at: int) -> tuple[int, int] | None:
        """The minutes after the hour *at* and its word, and their last token: 20 Uhr 17, 23 sata i 40 minuta."""
        spoken = self.has(at + 1, "after")
        place = at + 1 + spoken
        joining = self.has(place, "join")
        minute = self._number(place + joining)
        if minute is None or not (spoken or joining) or (joining and not self.has(place + joining + 1, "minute")):
            return None
        return minute, place + joining + self.has(place + joining + 1, "minute")

    def _number(self, at: int) -> int | None:
        """The minutes that token *at* may be, None where it is no such number."""
        if not 0 <= at < len(self.tokens):
            return None
        form = self.tokens[at].form
        minute = int(form) if form.isdecimal() and len(form) < SHORT else -1
        return minute if 0 <= minute < HOUR else None

    def _after(self, last: int) -> tuple[dict[str, int], int, str]:
        """What is said after the token *last*: the roles, the last token that says something, and the zone."""
        said: dict[str, int] = {}
        zone, end = "", last
        for place in range(last + 1, min(last + 1 + REACH, len(self.tokens))):
            token = self.tokens[place]
            telling = token.roles.keys() & {"after", "morning", "evening", "night", LOCAL, "zone"}
            if not telling and token.form not in _JOINING and not (place > last + 1 and self.has(place, "at")):
                break
            if "time" in token.roles or "hour" in token.roles:
                break
            if telling:
                said |= dict.fromkeys(telling, place)
                end = place
                zone = zone or (self.grammar.zones[token.roles["zone"]] if "zone" in telling else "")
        return said, end, zone

    def _is_time(self, at: int, said: Mapping[str, int], named: bool, zone: str) -> bool:
        token = self.tokens[at]
        surely = named or bool(said.keys() & {"morning", "evening", "night"}) or bool(zone) or LOCAL in said
        if "hour" in token.roles:
            spelled = "after" in said and (self.has(at - 1, "exact") or self._strong(said))
            halved = bool(said.keys() & {"morning", "evening", "night"})
            return named or spelled or halved or (bool(zone) and "after" in said)
        if surely or "after" in said:
            return True
        return self.has(at - 1, "at", "about") and (self.grammar.dot or ":" in token.form)

    def _strong(self, said: Mapping[str, int]) -> bool:
        """Say whether what follows is only written of a time of day: Uhr, o'clock; "sati" and "hours" also count."""
        return "clock" in self.tokens[said["after"]].roles

    def _about(self, at: int) -> bool:
        return any(self.has(place, "about") for place in (at - 1, at - 2))


def _half(minute: int, said: Mapping[str, int]) -> int:
    """Return the minute of the day in the half of it that is *said*."""
    hour = minute // 60
    if hour > 12:
        return minute
    if "morning" in said or ("night" in said and (hour < 6 or hour == 12)):
        return minute % HALF
    return minute % HALF + HALF if said.keys() & {"evening", "night"} else minute


def _read(text: str, start: int, end: int, grammar: Grammar) -> list[Token]:
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        kind, piece = found.lastgroup, found.group()
        if kind == "word":
            tokens += pieces(piece, found.start(), grammar.vocabulary)
        else:
            roles = grammar.vocabulary.entries.get(piece, NOTHING) if kind == "sign" else _figure(piece)
            tokens.append(Token(ascii_digits(piece), found.start(), found.end(), roles))
    return joined(tokens, grammar.vocabulary)


def _figure(piece: str) -> Roles:
    """What a figure can be: a time, an hour."""
    if len(piece) > LONGEST:
        return NOTHING
    hour, *rest = (int(part) for part in re.split("[:.٫]", piece))
    if rest:
        return {"time": hour * 60 + rest[0]} if hour < 24 and rest[0] < 60 else NOTHING
    return {"hour": hour} if hour <= 24 and len(piece) < 3 else NOTHING


@cache
def _grammar(language: str) -> Grammar | None:
    known = table(language, "clock")
    if not known:
        return None
    zones = list(_offsets())
    entries: dict[str, dict[str, int]] = {}
    for role, value, forms in _roles(known, table(language, "numbers"), zones):
        for form in forms:
            entries.setdefault(entry(form), {})[role] = value
    _clocks(known, table(language, "numbers"), entries)
    ordered = {form: dict(sorted(roles.items())) for form, roles in entries.items()}
    return Grammar(Vocabulary(ordered), tuple(zones), bool(known.get("twelve")), bool(known.get("dot")))


def _roles(
    known: Mapping[str, Any], numbers: Mapping[str, Any], zones: Sequence[str]
) -> Iterator[tuple[str, int, Iterable[str]]]:
    """Yield each role with its value and the forms that have it."""
    yield from ((role, 0, known.get(role, ())) for role in _ROLES)
    for role in ("hour", "past", "further"):
        yield from ((role, int(value), forms) for value, forms in known.get(role, {}).items())
    spelled = numbers.get("number", {}).items()
    yield from (("hour", int(value), forms) for value, forms in spelled if int(value) <= HOURS)
    yield "join", 0, numbers.get("words", {}).get("join", ())
    yield "minute", 0, numbers.get("unit", {}).get("minute", ())
    yield from (("further", minute, forms) for minute, forms in _minutes(known))
    yield from (("zone", zones.index(name), forms) for name, forms in _zones(known))


def _clocks(known: Mapping[str, Any], numbers: Mapping[str, Any], entries: Mapping[str, dict[str, int]]) -> None:
    """Mark the words after an hour that are no unit of time, too: Uhr."""
    units = {entry(form) for form in numbers.get("unit", {}).get("hour", ())}
    for form in known.get("after", ()):
        if entry(form) not in units:
            entries[entry(form)]["clock"] = 0


def _minutes(known: Mapping[str, Any]) -> Iterator[tuple[int, list[str]]]:
    """Yield the minutes of an hour with the phrases that name them by their order: "and the fifty-sixth minute"."""
    ones: Mapping[str, Sequence[str]] = known.get("hour", {})
    tens: Mapping[str, Sequence[str]] = known.get("tens", {})
    shapes: Sequence[str] = known.get("both", ())
    named = [(int(value), list(forms)) for rows in (ones, known.get("teen", {}), tens) for value, forms in rows.items()]
    named += [
        (int(ten) + int(one), [shape.format(*both) for shape in shapes for both in product(ones[one], tens[ten])])
        for ten, one in product(tens, ones)
        if int(one) < TEN
    ]
    for value, forms in named:
        yield value, [shape.replace("{}", form) for shape in known.get("minutes", ()) for form in forms]


def _zones(known: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each zone with the phrases that name it."""
    for name, forms in table("und", "clock")["zone"].items():
        yield name, forms
    for name, forms in known.get("zone", {}).items():
        yield name, [shape.replace("{}", form) for shape in known.get("shapes", ()) for form in forms]


@cache
def _offsets() -> Mapping[str, tuple[int, ...]]:
    listed: Mapping[str, Sequence[int]] = table("und", "clock")["offset"]
    return {name: tuple(offsets) for name, offsets in listed.items()}
