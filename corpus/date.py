"""A document -> its dates: every token is given its roles by the language's table, and the roles make the pattern.

    On May  16 , 2003 , the ...          tokens
    in month day , year ,  w             roles, one sign each; a shape "month day comma? year" is matched on them
       └────────────┘
       2003-05-16                        EDTF; where the year is left out ("On May 16") the account so far supplies it

What a language says (month names in all cases, ordinals, decades, "the next day") is in the table
``languages/<code>/dates.toml``; a language without that file gets month names from CLDR and the shapes that
all languages share.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from hexapla.corpus import edtf
from hexapla.corpus.document import Document, Mention, Segment
from hexapla.corpus.fold import ascii_digits, fold
from hexapla.corpus.language import table
from hexapla.corpus.vocabulary import NOTHING, TOKEN, Roles, Token, Vocabulary, entry, joined, pieces

POINTING = "pointing"
"""The method of a date that is none in the text but points to one: "the next day"."""

_SIGNS: Mapping[str, Roles] = {
    sign: {role: 0}
    for role, signs in {"dot": ".", "comma": ",،", "slash": "/", "open": "(", "close": ")", "dash": "-‐‑‒–—−"}.items()
    for sign in signs
}
_MODIFIERS = ("about", "before", "after", "early", "mid", "late")
_FILLERS = ("in", "of", "marker", "article", "weekday")
_FAR = 3  # segments: a year from farther behind gives way to one that is near ahead
_OPENING = 16  # characters: a date that begins among them opens its sentence
_REACH = 4  # tokens before a date among which its modifier is looked for

_SHAPES = (
    "iso",
    "day suffix? dot? of? month of? marker? year to|dash day2 suffix? dot? of? month2 of? marker? year2",
    "day suffix? dot? of? month to|dash|and day2 suffix? dot? of? month2 ( comma? of? marker? year )?",
    "day suffix? dot? to|dash|and day2 suffix? dot? of? month ( comma? of? marker? year )?",
    "month of? marker? year to|dash day2 suffix? dot? of? month2 of? marker? year2",
    "month of? marker? year to|dash month2 of? marker? year2",
    "month comma ~month and month2 ( of? marker? year )?",
    "month to|dash|and month2 ( of? marker? year )?",
    "<from|between|marker year to|and year2",
    "<in year and year2",
    "year dash year2",
    "year dash|slash short2 !dash",
    "day suffix? dot? of? month comma? of? marker? comma? year",
    "day suffix? dot? of? month of? sameyear",
    "day suffix? dot? of? month",
    "month comma? of? marker? year",
    "month of? sameyear",
    "season of? marker? year",
    "season of? sameyear",
    "feast comma? of? marker? year",
    "day dot|slash|dash monthnumber dot|slash|dash year",
    "<marker year",
    "<in|from|since|until|before|after|early|mid|late year",
    "<open year >close",
    "<in|from|since|until|before|after|early|mid|late month",
    "!weak month",
    "deictic",
    "<!year|comma|day weekday !comma|day|month|article|dash",
)


@dataclass(frozen=True, slots=True)
class Shift:
    """A phrase that points back: *step* units on from the date before it; ``since`` opens an interval there."""

    unit: str  # day week month year since weekday
    step: int  # how many units; of a weekday its number, Monday is 1


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language knows of dates, ready to be matched."""

    vocabulary: Vocabulary
    shifts: tuple[Shift, ...]
    signs: Mapping[frozenset[str], str]  # roles -> the one sign that stands for them
    shape: re.Pattern[str]
    capital: bool  # months are written with a capital
    counted: tuple[str, ...]  # how the words for what is often counted begin: "1200 soldiers" is no year
    units: frozenset[str]  # nor is "2000 years"


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month or year as far as the text gives it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def value(self) -> str:
        """Write the point as EDTF; without a year as ``--03-20``."""
        parts = [edtf.written(self.year) if self.year is not None else "-"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as it was read, before the context has helped."""

    start: int
    end: int
    first: Point
    last: Point | None = None  # of an interval
    fixed: str = ""  # a value that is no point: a decade, a century
    shift: Shift | None = None
    borrowed: bool = False  # the year is said to be that of the date before
    modifier: str = ""
    aside: bool = False  # does not carry the account on: "since 1991"
    score: float = 1.0


MAINLY = 0.4
"""How sure a year is that is the account's own, for want of a better one."""

NO_YEARS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Thread:
    """Where the account has got to: its last date, in which segment, and how that was known."""

    point: Point
    at: int
    paragraph: int
    kind: str  # date | year | heading


def dates(document: Document) -> tuple[Mention, ...]:
    """Return the dates of the sentences and headings of *document*, in order, disjoint, without ids.

    A year, month or day that the text leaves out is taken from the account so far, else from the heading above, else it
    is the year that the account is mainly about; ``literal`` then keeps what the text says and the score is lower the
    farther the help came from. What cannot be placed stays ``--03-20``.
    """
    grammar = grammar_of(document.language)
    told: list[tuple[int, Reading]] = []
    headed: dict[int, int] = {}
    for at, segment in enumerate(document.segments):
        tokens = read(document.text, segment.start, segment.end, grammar)
        if segment.kind != "x":
            told += ((at, reading) for reading in readings_of(tokens, grammar))
        if segment.kind == "h" or len(tokens) == 1:
            years = {token.roles["year"] for token in tokens if "year" in token.roles}
            headed |= {at: years.pop()} if len(years) == 1 else {}
    telling = Telling(document.segments, told, headed)
    return tuple(mention for at, reading in told if (mention := telling.next(reading, at)))


class Telling:
    """Follows an account from date to date and remembers when it is."""

    def __init__(
        self, segments: Sequence[Segment], told: Iterable[tuple[int, Reading]], headed: Mapping[int, int] = NO_YEARS
    ) -> None:
        """Begin where nothing is known.

        *told* is every reading with the number of its segment, *headed* the years that headings name, by theirs.
        """
        self.segments = segments
        self.whole = [(r.start, at, r.first) for at, r in told if r.first.year is not None and r.first.month]
        self.headed = sorted(headed.items())
        self.main = _main(segments, headed, [point for *_, point in self.whole])
        self.passed = 0  # headings with a year
        self.thread: Thread | None = None
        self.latest: Thread | None = None  # the last date that was read, asides included

    def next(self, reading: Reading, at: int) -> Mention | None:
        """Return what *reading* means in segment number *at*; None where it points at nothing. Call in text order."""
        segment = self.segments[at]
        self._pass(at)
        if reading.shift:
            return self._pointing(reading, reading.shift, segment, at)
        if reading.fixed:
            return _made(reading, segment, reading.fixed)
        year, score = self._year(reading, segment, at)
        first = _within(reading.first, year)
        last = _within(reading.last, year, first) if reading.last else None
        value, literal = _value(first, last), _value(reading.first, reading.last)
        if year is None and reading.borrowed:
            return None
        if last is None or last.year == first.year:
            self._carry(reading, last or first, segment, at)
        return _made(replace(reading, score=reading.score * score), segment, value, literal)

    def _pass(self, at: int) -> None:
        """Take the year of the last heading before segment number *at*."""
        while self.passed < len(self.headed) and self.headed[self.passed][0] < at:
            place, year = self.headed[self.passed]
            self.passed += 1
            if self.latest is None or self.latest.at < place:
                self.thread = Thread(Point(year), place, self.segments[place].paragraph, "heading")

    def _year(self, reading: Reading, segment: Segment, at: int) -> tuple[int | None, float]:
        """Return the year that the context gives *reading*, and how sure that is."""
        if reading.first.year is not None:
            return None, 1.0
        if reading.borrowed:
            near = self._near(at)
            return (near.point.year, 0.8) if near else (None, 0.0)
        thread = self.latest if self.latest and self.latest.at == at and self.latest.point.month else self.thread
        apart = at - thread.at if thread and thread.paragraph != segment.paragraph else 0
        if (thread is None or apart > _FAR) and (ahead := self._ahead(reading, at)) is not None:
            return ahead, 0.6
        if thread is None or (thread.kind == "year" and apart > 1):
            return self.main, MAINLY if self.main is not None else 0.5
        return _following(thread, reading.first, _trust(thread, segment, at))

    def _ahead(self, reading: Reading, at: int) -> int | None:
        """Return the year of the next date that has one, where it is near and goes on from *reading*."""
        place = bisect_right(self.whole, reading.start, key=lambda known: known[0])
        if place == len(self.whole):
            return None
        _, there, point = self.whole[place]
        onward = (reading.first.month or 0, reading.first.day or 0) <= (point.month or 0, point.day or 31)
        return point.year if onward and there - at <= _FAR else None

    def _near(self, at: int) -> Thread | None:
        """Return the date of the same or the previous segment."""
        return self.latest if self.latest and at - self.latest.at <= 1 else None

    def _carry(self, reading: Reading, point: Point, segment: Segment, at: int) -> None:
        """Let the account go on to *point*, unless it was only looked at from afar.

        A date before the account's last one, deep in a sentence, is a look back; the second of them in a row is not.
        """
        if point.year is None:
            return
        kind = "heading" if segment.kind == "h" else "date" if point.month else "year"
        here = Thread(point, at, segment.paragraph, kind)
        before, self.latest = self.latest, here
        if self.thread is None or segment.kind == "h" or reading.start - segment.start < _OPENING:
            self.thread = here if self.thread is None or not reading.aside else self.thread
            return
        known = self.thread.point.year or point.year
        back = point.year < known and before is self.thread
        again = kind == "year" and point.year == known
        if not (reading.aside or back or again):
            self.thread = here

    def _pointing(self, reading: Reading, shift: Shift, segment: Segment, at: int) -> Mention | None:
        near = self._near(at)
        value = _shifted(near.point, shift) if near else None
        if near is None or value is None:
            return None
        if shift.unit != "since":
            point = _parsed(value)
            self.latest = replace(near, point=point, at=at, paragraph=segment.paragraph)
            if shift.unit == "day" and self.thread == near:
                self.thread = self.latest
        about = "about" if shift.unit == "week" else ""  # weeks are counted roughly
        told = replace(reading, score=_nearness(shift, near.at == at), modifier=reading.modifier or about)
        return _made(told, segment, value, "")


def _main(segments: Sequence[Segment], headed: Mapping[int, int], whole: Sequence[Point]) -> int | None:
    """Return the year that an account is mainly about: its title's, else that of most of its *whole* dates."""
    title = next((at for at, segment in enumerate(segments) if segment.kind != "x"), -1)
    if title in headed:
        return headed[title]
    counts = Counter(point.year for point in whole)
    year, count = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    return year if 2 * count > len(whole) and count > 1 else None


def grammar_of(language: str) -> Grammar:
    """Return what is known of dates in *language* (BCP 47)."""
    return _grammar(language)


def read(text: str, start: int, end: int, grammar: Grammar) -> list[Token]:
    """Return the tokens of ``text[start:end]`` with their roles; a phrase of the table is one token."""
    tokens: list[Token] = []
    for found in TOKEN.finditer(text, start, end):
        kind, piece = found.lastgroup, found.group()
        if kind == "word":
            tokens += _named(piece, found.start(), grammar)
        elif kind == "digits":
            tokens.append(Token(piece, found.start(), found.end(), figure_roles(piece)))
        elif kind == "sign":
            tokens.append(Token(piece, found.start(), found.end(), _SIGNS.get(piece, NOTHING)))
        else:
            tokens.append(Token(piece, found.start(), found.end(), {"iso": 0} if kind == "iso" else NOTHING))
    return _doubled(joined(tokens, grammar.vocabulary))


def readings_of(tokens: Sequence[Token], grammar: Grammar) -> Iterator[Reading]:
    """Yield the dates among *tokens*."""
    shape = "".join([grammar.signs.get(frozenset(token.roles), "w") if token.roles else "w" for token in tokens])
    for found in grammar.shape.finditer(shape):
        reading = None if _amount(found, tokens, grammar) else _reading(found, tokens, grammar)
        if reading is not None:
            yield reading


@lru_cache(maxsize=4096)
def figure_roles(digits: str) -> Roles:
    """Return what a row of *digits* can be in a date."""
    if len(digits) > 4:
        return NOTHING
    value = int(digits)
    roles = {"number": value}
    if len(digits) <= 2:
        roles |= {"day": value} if 1 <= value <= 31 else {}
        roles |= {"monthnumber": value} if 1 <= value <= 12 else {}
        roles |= {"century": value} if 1 <= value <= 21 else {}
        roles |= {"short": value} if len(digits) == 2 else {}
        roles |= {"shortdecade": value} if len(digits) == 2 and value % 10 == 0 else {}
    if 1000 <= value <= 2100:
        roles |= {"year": value}
        roles |= {"decade": value} if value % 10 == 0 else {}
    return roles


def _named(piece: str, start: int, grammar: Grammar) -> Iterable[Token]:
    """Return the tokens of *piece*; without a capital it is no month where months have one."""
    tokens = list(pieces(piece, start, grammar.vocabulary))
    if grammar.capital and "month" in tokens[-1].roles and not piece[0].isupper():
        tokens[-1] = tokens[-1]._replace(roles=NOTHING)
    return tokens


def _doubled(tokens: list[Token]) -> list[Token]:
    """Make a month that is named twice (أغسطس/آب) one token."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        if "month" in token.roles and at + 2 < len(tokens):
            sign, other = tokens[at + 1].roles, tokens[at + 2]
            same = other.roles.get("month") == token.roles["month"]
            closed = at + 3 < len(tokens) and "close" in tokens[at + 3].roles
            size = 3 if same and "slash" in sign else 4 if same and "open" in sign and closed else 1
        if size > 1:
            token = token._replace(end=tokens[at + size - 1].end, roles={"month": token.roles["month"]})
        kept.append(token)
        at += size
    return kept


def _amount(found: re.Match[str], tokens: Sequence[Token], grammar: Grammar) -> bool:
    """Return whether what looks like a bare year counts something: "in 1200 villages"."""
    if found.end() - found.start() > 1 or found.end() >= len(tokens):
        return False
    year, after = tokens[found.start()], tokens[found.end()]
    if "marker" not in after.roles and after.form in grammar.units:
        return "year" in year.roles
    return not 1900 <= year.roles.get("year", 1900) <= 2030 and after.form.startswith(grammar.counted)


def _reading(found: re.Match[str], tokens: Sequence[Token], grammar: Grammar) -> Reading | None:
    """Turn a matched shape into a reading; None where its numbers make no date."""
    named = {name.partition("_")[0]: at for name, at in _groups(found)}
    parts = {name: tokens[at].roles[name.rstrip("2")] for name, at in named.items()}
    start, end = tokens[found.start()].start, tokens[found.end() - 1].end
    before = tokens[max(0, found.start() - _REACH) : found.start()]
    base = Reading(start, end, Point(), modifier=_modifier(before), aside=_aside(before))
    if "iso" in parts:
        return _dated(base, _parsed(ascii_digits(tokens[found.start()].form)), None)
    if "deictic" in parts:
        return replace(base, shift=grammar.shifts[parts["deictic"]])
    if "weekday" in parts:
        return replace(base, shift=Shift("weekday", parts["weekday"]))
    if fixed := _fixed(parts):
        return replace(base, fixed=fixed, score=0.95)
    first, last = _points(parts)
    return _dated(replace(base, borrowed="sameyear" in parts), first, last)


def _groups(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    for name, sign in found.groupdict().items():
        if sign is not None:
            yield name, found.start(name)


def _fixed(parts: Mapping[str, int]) -> str:
    """Return the value of a decade, century or season with its year, '' where there is none."""
    if "decade" in parts:
        hundred = parts["decade"] % 100 == 0 and parts["decade"] < 2000  # the 1900s are a century, the 2000s are not
        return f"{parts['decade'] // 100}XX" if hundred else f"{parts['decade'] // 10}X"
    if short := parts.get("shortdecade", parts.get("tens")):
        return f"19{short // 10}X"
    if "century" in parts:
        return f"{parts['century'] - 1:02}XX"
    if "era" in parts:
        return edtf.written(1 - parts["number"] if parts["era"] < 0 else parts["number"])
    return ""


def _points(parts: Mapping[str, int]) -> tuple[Point, Point | None]:
    """Return the point that *parts* give, or the two of an interval, each filled from the other."""
    feast = parts.get("feast")
    month = parts.get("month", parts.get("monthnumber", parts.get("season")))
    day = parts.get("day")
    if feast:
        month, day = divmod(feast, 100)
    first = Point(parts.get("year"), month, day)
    if not parts.keys() & {"day2", "month2", "year2", "short2"}:
        return first, None
    year = parts.get("year2", first.year)
    if "short2" in parts and first.year is not None:
        year = first.year // 100 * 100 + parts["short2"]
    last = Point(year, parts.get("month2", first.month if "day2" in parts else None), parts.get("day2"))
    turned = first.month is not None and last.month is not None and first.month > last.month
    if first.year is None and year is not None:
        first = replace(first, year=year)
    if "year2" not in parts and turned and first.year is not None:
        first = replace(first, year=first.year - 1)
    return first, last


def _dated(base: Reading, first: Point, last: Point | None) -> Reading | None:
    """Return *base* with its points; None where they are not in the calendar or run backwards."""
    for point in (first, last):
        if point and point.month and point.day and point.day > edtf.length(point.year or 2000, point.month):
            return None
    if last and first.year is not None and edtf.bounds(_value(first, last)) is None:
        return None
    return replace(base, first=first, last=last, aside=base.aside and not first.month)


def _modifier(before: Sequence[Token]) -> str:
    for token in reversed(before):
        for modifier in _MODIFIERS:
            if modifier in token.roles:
                return modifier
        if not token.roles.keys() & set(_FILLERS):
            break
    return ""


def _aside(before: Sequence[Token]) -> bool:
    for token in reversed(before):
        if token.roles.keys() & {"since", "until", "before", "from"}:
            return True
        if not token.roles.keys() & {*_FILLERS, *_MODIFIERS}:
            break
    return False


def _following(thread: Thread, point: Point, trust: float) -> tuple[int | None, float]:
    """Return the year of a *point* that follows *thread*: a long way back in the calendar is the next year."""
    year = thread.point.year
    if year is None or thread.point.month is None or point.month is None or thread.point.month > 12 or point.month > 12:
        return year, trust
    back = thread.point.month - point.month
    if back >= 9:
        return year + 1, min(trust, 0.6)
    return year, min(trust, 0.5) if back >= 5 else trust


def _trust(thread: Thread, segment: Segment, at: int) -> float:
    """Return how sure a year is that comes from as far as *thread*."""
    together = thread.paragraph == segment.paragraph
    if thread.kind == "heading":
        return 0.6
    if thread.kind == "year" and not together:
        return 0.4
    if at - thread.at <= 1:
        return 0.8
    return 0.7 if together else 0.5


def _within(point: Point, year: int | None, start: Point | None = None) -> Point:
    if point.year is not None or year is None:
        return point
    turned = start is not None and (start.month or 0) > (point.month or 12)
    base = start.year if start is not None and start.year is not None else year
    return replace(point, year=base + 1 if turned else base)


def _nearness(shift: Shift, same: bool) -> float:
    """Return how sure a phrase is that points to a date of the *same* or the previous sentence."""
    if shift.unit == "weekday" or (shift.step < 0 and not same):
        return 0.4
    return 0.6 if same else 0.5


def _shifted(point: Point, shift: Shift) -> str | None:
    """Return the date that lies *shift* on from *point*; None where *point* is too coarse for it."""
    if shift.unit == "since":
        return f"{point.value()}/.."
    if shift.unit == "year" and point.year is not None:
        return Point(point.year + shift.step).value()
    if shift.unit == "month" and point.year is not None and point.month and point.month <= 12:
        years, month = divmod(point.month - 1 + shift.step, 12)
        return Point(point.year + years, month + 1).value()
    if point.day is None or point.year is None or point.month is None:
        return None
    if shift.unit == "weekday":  # the nearest one: at most three days away
        today = (edtf.number(point.year, point.month, point.day) + 2) % 7 + 1
        return edtf.shifted(point.value(), (shift.step - today + 3) % 7 - 3)
    days = {"day": 1, "week": 7}.get(shift.unit)
    return edtf.shifted(point.value(), shift.step * days) if days else None


def _value(first: Point, last: Point | None) -> str:
    return f"{first.value()}/{last.value()}" if last else first.value()


def _parsed(value: str) -> Point:
    sign, digits = (-1, value[1:]) if value.startswith("-") else (1, value)
    year, *rest = (int(part) for part in digits.split("-"))
    month, day = (*rest, None, None)[:2]
    return Point(sign * year, month, day)


def _made(reading: Reading, segment: Segment, value: str, literal: str = "") -> Mention:
    kind = edtf.precision(value) if not value.startswith("--") else _coarse(value)
    return Mention(
        id="",
        segment=segment.id,
        kind="date",
        start=reading.start,
        end=reading.end,
        subtype=kind,
        value=value,
        modifier=reading.modifier,
        literal=literal if literal != value else "",
        score=round(reading.score, 2),
        method=POINTING if reading.shift else "dates",
    )


def _coarse(value: str) -> str:
    """Return the precision of a *value* without a year."""
    return "interval" if "/" in value else "day" if value.count("-") > 2 else "month"


@cache
def _grammar(language: str) -> Grammar:
    known = table(language, "dates") or _cldr(language)
    lexicon, shifts = _lexicon(known, table(language, "numbers").get("number", {}))
    signs = _signs(lexicon.values())
    shapes = (*known.get("shapes", ()), *_SHAPES, *known.get("last_shapes", ()))
    after_year = "".join(f"{_charset([role], signs)}?" for role in known.get("after_year", ()))
    return Grammar(
        vocabulary=Vocabulary(lexicon, tuple(fold(clitic) for clitic in known.get("clitics", ()))),
        shifts=shifts,
        signs=signs,
        shape=_compiled(shapes, signs, after_year),
        capital=known.get("capital", False),
        counted=tuple(sorted({form.rstrip("*") for form in _things(language, "counted")})),
        units=frozenset(_things(language, "unit")),
    )


def _things(language: str, topic: str) -> Iterator[str]:
    """Yield the folded words that the table of quantities has under *topic*."""
    named: Mapping[str, list[str]] = table(language, "numbers").get(topic, {})
    for forms in named.values():
        yield from (fold(form) for form in forms)


def _offsets(known: Mapping[str, Any], numbers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Shift]]:
    """Yield the phrases of the table's ``[offset]``, such as "ten months later", with each number from 2 on."""
    rule = known.get("offset", {})
    for unit, names in known.get("offset_unit", {}).items():
        for amount in range(2, _FARTHEST + 1):
            for number in (str(amount), *numbers.get(str(amount), ())):
                for name in names:
                    for direction, sign in (("later", 1), ("earlier", -1)):
                        for shape in rule.get(direction, ()):
                            phrase = shape.replace("{n}", number).replace("{unit}", name)
                            yield phrase, Shift(unit, sign * amount)


def _lexicon(
    known: Mapping[str, Any], numbers: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Roles], tuple[Shift, ...]]:
    """Return word or phrase -> roles, and the shifts that the deictic ones name by number."""
    lexicon: dict[str, dict[str, int]] = {}

    def add(forms: Iterable[str], **roles: int) -> None:
        for form in forms:
            lexicon.setdefault(entry(form), {}).update(roles)

    for role in ("month", "season", "century", "era", "tens", "weekday"):
        for value, forms in known.get(role, {}).items():
            add(forms, **{role: int(value)})
    for value, forms in known.get("ordinal", {}).items():
        add(forms, **{"day": int(value)} | ({"century": int(value)} if int(value) <= 21 else {}))
    for value, forms in known.get("feast", {}).items():
        add(forms, feast=int(value.replace("-", "")))
    for role, forms in known.get("words", {}).items():
        add(forms, **{role: 0})
    shifts = [Shift(rule["unit"], rule["step"]) for rule in known.get("deictic", ())]
    for at, rule in enumerate(known.get("deictic", ())):
        add(rule["forms"], deictic=at, **({"sameyear": 0} if shifts[at] == Shift("year", 0) else {}))
    offsets = {phrase: shift for phrase, shift in _offsets(known, numbers) if entry(phrase) not in lexicon}
    shifts += dict.fromkeys(offsets.values())
    last = {shift: at for at, shift in enumerate(shifts)}
    for phrase, shift in offsets.items():
        add([phrase], deictic=last[shift])
    return {form: dict(sorted(roles.items())) for form, roles in lexicon.items()}, tuple(shifts)


def _signs(entries: Iterable[Roles]) -> dict[frozenset[str], str]:
    """Give every set of roles that a token can have a sign of its own."""
    numbers = (
        [figure_roles(f"{n:02}") for n in range(2200)]
        + [figure_roles(f"{n:03}") for n in range(40)]
        + [figure_roles(str(n)) for n in range(10)]
    )
    marks: list[Roles] = [*_SIGNS.values(), {"iso": 0}, {"month": 0}]
    kinds = {tuple(sorted(roles)) for roles in (*entries, *numbers, *marks)}
    return {frozenset(kind): chr(0xE000 + at) for at, kind in enumerate(sorted(kinds - {()}))}


def _compiled(shapes: Iterable[str], signs: Mapping[frozenset[str], str], after_year: str) -> re.Pattern[str]:
    """Compile *shapes* into one pattern; the first that fits at a place wins."""
    made = (_shape(shape, at, signs, after_year) for at, shape in enumerate(shapes))
    return re.compile("|".join(shape for shape in made if shape))


def _shape(shape: str, number: int, signs: Mapping[frozenset[str], str], after_year: str) -> str:
    """Return the pattern of one *shape*; '' where the language has no word for one of its roles.

    ``role`` one token, ``a|b`` of either role, ``role?`` may be missing, ``<role`` stands before, ``>role`` after,
    ``!role`` does not follow, ``<!role`` does not stand before, ``~role`` without its value, ``( ... )?`` may be
    missing.
    """
    made = ""
    for item in shape.split():
        if item in ("(", ")?"):
            made += "(?:" if item == "(" else ")?"
            continue
        mark, optional = item[: len(item) - len(item.lstrip("<>!~"))], item.endswith("?")
        roles = item.strip("<>!~?").split("|")
        charset = _charset(roles, signs)
        if not charset:
            if "!" in mark or optional:
                continue
            if made.rpartition("(?:")[1] and made.count("(?:") > made.count(")?"):
                made += "(?!)"
                continue
            return ""
        made += _item(mark, roles, charset, number, optional=optional)
        if roles[0].rstrip("2") == "year" and not mark:
            made += after_year
    return made


def _charset(roles: Iterable[str], signs: Mapping[frozenset[str], str]) -> str:
    """Return the class of the signs that have one of *roles*, '' where none has."""
    wanted = {role.rstrip("2") for role in roles}
    fitting = "".join(sign for kind, sign in signs.items() if not kind.isdisjoint(wanted))
    return f"[{fitting}]" if fitting else ""


def _item(mark: str, roles: Sequence[str], charset: str, number: int, *, optional: bool) -> str:
    if mark in _LOOKS:
        return f"(?{_LOOKS[mark]}{charset})"
    valued = roles[0].rstrip("2") in _VALUED and not mark
    return (f"(?P<{roles[0]}_{number}>{charset})" if valued else charset) + ("?" if optional else "")


_FARTHEST = 12
"""The largest number in a phrase that points: twelve years later."""

_LOOKS = {"<": "<=", "<!": "<!", ">": "=", "!": "!"}
_VALUED = frozenset(
    {
        "century",
        "day",
        "decade",
        "deictic",
        "era",
        "feast",
        "iso",
        "month",
        "monthnumber",
        "number",
        "sameyear",
        "season",
        "short",
        "shortdecade",
        "tens",
        "weekday",
        "year",
    }
)


def _cldr(language: str) -> Mapping[str, Any]:
    """Return what CLDR has for *language*, month names above all, in the form of a table; empty where it has none."""
    from babel import Locale, UnknownLocaleError  # slow to load, and needed only for languages without a table

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    named: dict[str, list[str]] = {str(month): [] for month in range(1, 13)}
    for context in ("format", "stand-alone"):
        for month, name in locale.months[context]["wide"].items():
            if not any(sign.isdigit() for sign in name):
                named[str(month)].append(name)
    between = re.findall(r"'\s*([^\W\d_]+)\s*'", locale.date_formats["long"].pattern)  # d 'de' MMMM 'de' y
    return {"month": named, "words": {"of": between}, "shapes": ["month day comma? year"]}
