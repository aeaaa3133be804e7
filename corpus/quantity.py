"""A document -> its quantities: a number as it is written or spelled, its scale, unit or counted thing, and its bound.

    more than 1.2 to 1.4 million  refugees
    ───bound─ ─figure─ ──scale──  counted       1200000/1400000  unit refugee  modifier more-than

Number words, scale words, units and counted things are a language's, from ``languages/<code>/numbers.toml``. A number
that only names something (resolution 1441, Apollo 11, the 173rd brigade, 20:17) is no quantity, nor is a bare year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from functools import cache
from typing import Any

from hexapla.corpus.document import Document, Mention, Segment
from hexapla.corpus.fold import fold
from hexapla.corpus.language import table
from hexapla.corpus.vocabulary import LETTERS, NOTHING, Roles, Token, Vocabulary, entry, joined, pieces

_BOUNDS = ("about", "more-than", "less-than", "at-least", "at-most")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_DASHES = frozenset("-‐‑‒–—−")
_LONGEST = 24  # digits; a longer row is no quantity
_WIDEST = 3  # words between a number and what it counts


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language knows of quantities."""

    vocabulary: Vocabulary
    token: re.Pattern[str]
    group: str  # the signs that usually separate thousands
    names: tuple[str, ...]  # what the values of the roles unit, money, counted, fraction and amount stand for
    stems: Mapping[str, int]  # beginnings of the words for counted things
    ordinal_dot: str  # before which words "33." is an ordinal: "lower" (without a capital), "any", or ''
    units_first: bool  # five and twenty


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: tokens ``[first, last]`` and its value."""

    first: int
    last: int
    value: Decimal
    other: Decimal | None = None  # the reading with the other separator
    scaled: bool = False  # ends in a word such as million
    figure: bool = False
    modifier: str = ""
    doubtful: bool = False
    upper: Decimal | None = None  # of a range


def quantities(document: Document, taken: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the quantities of *document* that overlap none of *taken*, in order, disjoint, without ids.

    ``value`` is a plain decimal, of a range ``50/70``; ``unit`` is an ISO 4217 code, ``percent``, a unit of time or
    measure, or what is counted, in English in every language; ``text`` reaches from the number to its unit.
    """
    grammar = _grammar(document.language)
    spans = sorted((mention.start, mention.end) for mention in taken)
    named = _designators(document, grammar)
    found: list[Mention] = []
    place = 0
    for segment in document.segments:
        while place < len(spans) and spans[place][1] <= segment.start:
            place += 1
        if segment.kind != "x":
            inside = _inside(spans, place, segment.end)
            tokens = _read(document.text, segment, inside, grammar)
            found += Sentence(tokens, segment, grammar, named).quantities()
    return tuple(found)


@cache
def amounts(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words that say how many in *language*, and those that say of what unit or money.

    >>> "million" in amounts("en")[0], "dollars" in amounts("en")[1]
    (True, True)
    """
    grammar = _grammar(language)
    entries = grammar.vocabulary.entries.items()
    counting = {form for form, roles in entries if roles.keys() & {"number", "scale"}}
    measuring = {form for form, roles in entries if roles.keys() & {"unit", "money"}}
    return frozenset(counting), frozenset(measuring)


def _inside(spans: Sequence[tuple[int, int]], place: int, end: int) -> list[tuple[int, int]]:
    inside = []
    while place < len(spans) and spans[place][0] < end:
        inside.append(spans[place])
        place += 1
    return inside


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one segment, walked from number to number."""

    tokens: Sequence[Token]
    segment: Segment
    grammar: Grammar
    named: Mapping[str, int]  # words with a capital before figures, and before how many different ones: Apollo
    found: list[Mention] = field(default_factory=list)

    def quantities(self) -> list[Mention]:
        """Return the quantities of the sentence."""
        at = 0
        while at < len(self.tokens):
            roles = self.tokens[at].roles
            if "amount" in roles:
                at = self._amount(at)
            elif number := self.number(at):
                ranged = self.range(number)
                at = self._opposed(number) if ranged is number else 0
                at = (at or self._counted(ranged)) + 1
            else:
                at += 1
        return self.found

    def has(self, at: int, role: str) -> bool:
        """Return whether there is a token *at* that has *role*."""
        return 0 <= at < len(self.tokens) and role in self.tokens[at].roles

    def number(self, at: int) -> Number | None:
        """Return the number that begins at token *at*."""
        token = self.tokens[at]
        single = token.roles.keys() & {"article", "one"}
        if single and (self.has(at + 1, "scale") or self.has(at + 1, "fraction")):
            begun = Number(at, at, Decimal(1))
        elif "figure" in token.roles:
            first, other = _decimals(token.form, self.grammar.group)
            begun = Number(at, at, first, other, figure=True)
        elif "half" in token.roles:
            begun = Number(at, at, Decimal("0.5"))
        elif "some" in token.roles:
            begun = Number(at, at, Decimal(token.roles["some"]), modifier="about")
        elif "number" in token.roles:
            begun = self._spelled(at)
        else:
            return None
        return self._scaled(begun)

    def _spelled(self, at: int) -> Number:
        """Return the number whose words begin at token *at*: each next word fits into the zeros of those before."""
        value, first = Decimal(self.tokens[at].roles["number"]), at
        while True:
            joined_to = self.has(at + 1, "join") and self.has(at + 2, "number")
            place = at + 2 if joined_to else at + 1
            if not self.has(place, "number"):
                return Number(first, at, value)
            word = self.tokens[place].roles["number"]
            if word == 100 and value < 100 and not joined_to:
                value *= word
            elif self._adds(value, word, joined_to):
                value += word
            else:
                return Number(first, at, value)
            at = place

    def _adds(self, value: Decimal, word: int, joined_to: bool) -> bool:
        """Return whether *word* after *value*, perhaps *joined_to* it by "and", makes one number with it."""
        if joined_to and value < 20:
            return self.grammar.units_first and value < 10 and _fits(Decimal(word), int(value))
        return _fits(value, word)

    def _scaled(self, number: Number) -> Number:
        """Return *number* with the scale words and fractions after it."""
        last, value, size = number.last, number.value, 0
        doubtful = number.doubtful
        while self._scale(last + 1, number.first):
            last += 1
            step = self.tokens[last].roles["scale"]
            if 0 < step <= size:
                doubtful = True  # "three trillion billion" says nothing that can be counted
                continue
            value, size = value * step, step
            rest = None if number.figure else self._rest(last)
            if rest is not None:
                value, last = value + rest.value, rest.last
        other = None if size else number.other
        grown = replace(number, last=last, value=value, other=other, scaled=size > 0, doubtful=doubtful)
        return self._halved(self._rounded(grown))

    def _scale(self, at: int, first: int) -> bool:
        """Return whether token *at* is a scale word; "m" is metres, but million after a sign for money."""
        return self.has(at, "scale") and (not self.has(at, "unit") or self._symbol(first - 1))

    def _rest(self, at: int) -> Number | None:
        """Return the number that goes on after the scale word *at*: "five thousand three hundred"."""
        place = at + 2 if self.has(at + 1, "join") else at + 1
        if not self.has(place, "number") or self.tokens[place].roles.keys() & {"article", "scale"}:
            return None
        rest = self._spelled(place)
        return rest if rest.value < self.tokens[at].roles["scale"] and not self.has(rest.last + 1, "scale") else None

    def _rounded(self, number: Number) -> Number:
        """Return *number* with a suffix that makes it a rough one: "50-ak"."""
        at = number.last + 1
        at += 1 if self.has(at, "dash") else 0
        return replace(number, last=at, modifier="about") if self.has(at, "ish") else number

    def _halved(self, number: Number) -> Number:
        """Return *number* with the fraction after it: "two thirds", "7 i pol", "half a million"."""
        at = number.last + 1
        if self.has(at, "fraction"):
            top, bottom = self._fraction(at)
            return replace(number, last=at, value=number.value * top / bottom)
        if self.has(number.last, "half") and self.has(at, "article") and self.has(at + 1, "scale"):
            return replace(number, last=at + 1, value=number.value * self.tokens[at + 1].roles["scale"], scaled=True)
        if not self.has(at, "join") or number.value != number.value.to_integral_value():
            return number
        at += 2 if self.has(at + 1, "article") else 1
        if not self.has(at, "half"):
            return number
        unit = self.tokens[number.last].roles.get("scale", 1) if number.scaled else 1
        return self._scaled(replace(number, last=at, value=number.value + Decimal(unit) / 2, figure=True))

    def _fraction(self, at: int) -> tuple[int, int]:
        found = _FRACTION.fullmatch(self.grammar.names[self.tokens[at].roles["fraction"]])
        return (int(found[1]), int(found[2])) if found else (1, 1)

    def range(self, number: Number) -> Number:
        """Return *number*, or the range that it opens."""
        at = number.last + 1
        dash = self.has(at, "dash") and self._touching(at)
        worded = self.has(at, "to") or (self.has(at, "and") and self._between(number.first))
        if not (dash or worded) or at + 1 >= len(self.tokens):
            return number
        end = self.number(at + 1)
        if end is None or (dash and not end.figure):
            return number
        low = number.value
        if end.scaled and not number.scaled and low < 1000:
            last = self.tokens[end.last].roles.get("scale")
            low *= last if last else 1
        if low >= end.value:
            return number
        return replace(number, last=end.last, value=low, upper=end.value, scaled=end.scaled, other=None)

    def _opposed(self, number: Number) -> int:
        """Return the last token of a result such as "17-5", which is no quantity; 0 where *number* begins none."""
        at, end = number.last + 1, number.last + 2
        close = self.has(at, "dash") and self._touching(at) and self.has(end, "figure")
        return end if close and number.figure and number.first == number.last else 0

    def _between(self, first: int) -> bool:
        return self.has(first - 1, "between")

    def _touching(self, at: int) -> bool:
        """Return whether no white space stands around token *at*."""
        before, here, after = self.tokens[at - 1], self.tokens[at], self.tokens[min(at + 1, len(self.tokens) - 1)]
        return before.end == here.start and here.end == after.start

    def _amount(self, at: int) -> int:
        """Note a word that is number and unit in one ("عامين", two years); return the token to go on with."""
        number, _, unit = self.grammar.names[self.tokens[at].roles["amount"]].partition(" ")
        self._note(Number(at, at, Decimal(number)), at, "duration", unit)
        return at + 1

    def _counted(self, number: Number) -> int:
        """Note *number* with its unit, unless it only names something; return its last token."""
        last, subtype, unit = self._unit(number)
        if number.first == number.last and (self._article(number.first, subtype, unit) or self._vague(number, unit)):
            return number.last
        if self._labelled(number, unit) or (not unit and self._naming(number)):
            return number.last
        if subtype == "ordinal":
            return last
        if self._timed(number, unit, last):
            return last
        grown, last = self._trailed(number, last) if subtype == "duration" else (number, last)
        first = replace(grown, first=number.first - 1) if self._symbol(number.first - 1) else grown
        self._note(first, last, subtype, unit)
        return last

    def _trailed(self, number: Number, last: int) -> tuple[Number, int]:
        """Return *number* and its last token with a half that stands after the unit: "dos años y medio"."""
        at = last + (3 if self.has(last + 2, "article") else 2)
        whole = number.upper is None and number.other is None and number.value == number.value.to_integral_value()
        if not (last > number.last and whole and self.has(last + 1, "join") and self.has(at, "half")):
            return number, last
        after = self.tokens[at + 1].roles.keys() if at + 1 < len(self.tokens) else set()
        if after & {"unit", "money", "scale", "some", "fraction", "article", "dash"}:
            return number, last  # "two days and half an hour" are two quantities
        return replace(number, value=number.value + Decimal("0.5")), at

    def _timed(self, number: Number, unit: str, last: int) -> bool:
        """Return whether *number* is a time of day: "14,45 sati", "u 21 sat i 17 minuta", "3 sata ujutro"."""
        first = number.first
        if unit not in ("hour", "minute"):
            return False
        if self.has(last + 1, "clock") or _CLOCK.fullmatch(self.tokens[first].form):
            return True
        after_hour = unit == "minute" and self.has(first - 1, "join") and self.has(first - 2, "unit")
        at = first - 4 if after_hour else first - 1
        return self.has(at, "at") and number.value <= (59 if after_hour else 24)

    def _article(self, at: int, subtype: str, unit: str) -> bool:
        """Return whether the word for one at token *at* only introduces a noun."""
        if self.has(at, "article"):
            return subtype not in ("duration", "money", "percent")
        return self.has(at, "one") and (not unit or (subtype == "count" and not self._thing(at + 1, 1)))

    def _vague(self, number: Number, unit: str) -> bool:
        """Return whether the word for a half only speaks of a part: "in the second half"."""
        alone = self.has(number.first, "half") and unit not in _TIMES and unit != "percent"
        return alone and not self.has(number.last + 1, "of") and not self._bound(number.first)

    def _symbol(self, at: int) -> bool:
        free = not self.found or self.found[-1].end <= self.tokens[max(at, 0)].start
        return free and self.has(at, "money") and self.tokens[at].end == self.tokens[at + 1].start

    def _unit(self, number: Number) -> tuple[int, str, str]:
        """Return the last token of *number* with its unit, the subtype and the unit."""
        names, at = self.grammar.names, number.last + 1
        subtype = "range" if number.upper is not None else "number"
        if self._ordinal(number):
            return number.last, "ordinal", ""
        if self._symbol(number.first - 1):
            return number.last, "money", names[self.tokens[number.first - 1].roles["money"]]
        hyphen = self.has(at, "dash") and self._touching(at) and self.has(at + 1, "unit")
        at += 1 if hyphen else 0
        at = self._of(number, at)
        if self.has(at, "unit"):
            unit = names[self.tokens[at].roles["unit"]]
            return at, "percent" if unit == "percent" else "duration" if unit in _TIMES else "number", unit
        for place in (at, at + 1):
            if self.has(place, "money") and (place == at or not self.tokens[at].roles):
                return place, "money", names[self.tokens[place].roles["money"]]
        counted = self._thing(number.last + 1)
        return number.last, "count" if counted and subtype == "number" else subtype, counted

    def _of(self, number: Number, at: int) -> int:
        """Return where the unit stands: at token *at*, or after "of an" behind a fraction ("a quarter of an hour")."""
        if number.value >= 1 or number.figure or not self.has(at, "of"):
            return at
        place = at + 2 if self.has(at + 1, "article") else at + 1
        return place if self.has(place, "unit") else at

    def _ordinal(self, number: Number) -> bool:
        """Return whether *number* is an ordinal: 173rd, "33. napad"."""
        at = number.last + 1
        if not number.figure or number.scaled or at >= len(self.tokens):
            return False
        token, after = self.tokens[at], self.tokens[min(at + 1, len(self.tokens) - 1)]
        if "suffix" in token.roles and token.start == self.tokens[number.last].end:
            return True
        dotted = token.form == "." and token.start == self.tokens[number.last].end and after.form[:1].isalpha()
        fitting = self.grammar.ordinal_dot == "any" or (self.grammar.ordinal_dot and "capital" not in after.roles)
        return bool(dotted and fitting)

    def _thing(self, at: int, width: int = _WIDEST) -> str:
        """Return what a number before token *at* counts, '' where no known thing is among the next *width* tokens."""
        for token in self.tokens[at : at + width]:
            if not token.form[:1].isalpha() or token.roles.keys() & {"number", "scale", "stop", "amount"}:
                return ""
            if "counted" in token.roles:
                return self.grammar.names[token.roles["counted"]]
            for size in range(len(token.form), 2, -1):
                if (name := self.grammar.stems.get(token.form[:size])) is not None:
                    return self.grammar.names[name]
        return ""

    def _naming(self, number: Number) -> bool:
        """Return whether *number*, which has no unit, only names something or may be a year or a time."""
        first, last = self.tokens[number.first], self.tokens[number.last]
        before = self.tokens[number.first - 1] if number.first else None
        if not number.figure or number.scaled or number.upper is not None:
            return False
        listed = before is None and self.has(number.last + 1, "closing")
        if listed or not first.form.isdecimal():
            return listed
        beside = self.has(number.first - 1, "figure") or self.has(number.last + 1, "figure")
        if beside or (first.form[0] == "0" and len(first.form) > 1):
            return True
        year = len(first.form) == 4 and 1900 <= number.value <= 2099
        return year or self._after_name(before, first) or self._quoted(number.last, last)

    def _labelled(self, number: Number, unit: str) -> bool:
        """Return whether *number* is part of a name or a time of day: resolution 1441, Apollo 11, 9 o'clock."""
        at = number.first - 1
        numbered = self.has(at, "dash") and self.has(at - 1, "label")
        named = (numbered or self.has(at, "label")) and not number.scaled
        if named or self.has(number.last + 1, "clock"):
            return True
        listed = self.has(at, "and") and self.has(at - 1, "figure") and self.has(at - 2, "label")
        between = at > 0 and self.tokens[at].form[:1].isalpha() and not self.tokens[at].roles.keys() - {"capital"}
        if listed or (between and self.has(at - 1, "label") and not unit):
            return True
        series = at >= 0 and number.figure and not number.scaled and self.named.get(_key(self.tokens[at].form), 0) > 1
        return series and self.tokens[at].end + 1 == self.tokens[number.first].start

    def _after_name(self, before: Token | None, first: Token) -> bool:
        near = before is not None and 0 < first.start - before.end <= 1
        return near and before is not None and ("capital" in before.roles or _key(before.form) in self.named)

    def _quoted(self, at: int, last: Token) -> bool:
        """Return whether a closing quotation mark follows and a word stands before: «Apollo 11»."""
        closed = self.has(at + 1, "unquote") and self.tokens[at + 1].start == last.end
        return closed and at > 0 and self.tokens[at - 1].form[:1].isalpha()

    def _note(self, number: Number, last: int, subtype: str, unit: str) -> None:
        value, score = number.value, 0.95
        if number.other is not None:
            integer = bool(unit) and subtype == "count"
            value, score = (max(value, number.other) if integer else value), 0.6
        score = 0.5 if number.doubtful else score
        written = _written(value) if number.upper is None else f"{_written(value)}/{_written(number.upper)}"
        start, end = self.tokens[number.first].start, self.tokens[last].end
        modifier = number.modifier or self._bound(number.first)
        self.found.append(
            Mention(
                "",
                self.segment.id,
                "quantity",
                start,
                end,
                subtype,
                written,
                unit,
                modifier,
                "",
                "",
                score,
                "quantities",
            )
        )

    def _bound(self, first: int) -> str:
        """Return the bound that stands right before token *first*."""
        for at in (first - 1, first - 2):
            for bound in _BOUNDS:
                if self.has(at, bound):
                    return bound
            if not self.has(at, "filler"):
                break
        return ""


_CLOCK = re.compile(r"\d{1,2}[.,][0-5]\d")
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


def _fits(value: Decimal, word: int) -> bool:
    """Return whether *word* goes into the zeros at the end of *value*.

    >>> _fits(Decimal(120), 5), _fits(Decimal(5), 20), _fits(Decimal(3), 2)
    (True, False, False)
    """
    return 0 < word < value == int(value) and word < 10 ** _zeros(value)


def _zeros(value: Decimal) -> int:
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0"))


def _decimals(form: str, group: str) -> tuple[Decimal, Decimal | None]:
    """Return the number that the figure *form* writes, and the other reading where its separator leaves a doubt.

    *group* holds the signs that the language puts between thousands.

    >>> _decimals("2.256.000", "."), _decimals("8,4", "."), _decimals("26,496", ".")
    ((Decimal('2256000'), None), (Decimal('8.4'), None), (Decimal('26.496'), Decimal('26496')))
    """
    signs = [sign for sign in form if not sign.isdecimal()]
    if not signs:
        return Decimal(int(form)), None
    last = signs[-1]
    tail = form.rpartition(last)[2]
    if len(set(signs)) > 1:
        grouped = form.rpartition(last)[0]
        return Decimal(f"{_plain(grouped)}.{_plain(tail)}"), None
    whole, part = Decimal(_plain(form)), _decimal(form)
    if len(signs) > 1 or last in _GROUPS:
        return whole, None
    if last == "٫" or len(tail) != 3 or form[0] == "0" or len(form.partition(last)[0]) > 3:
        return part, None
    return (whole, None) if last in group else (part, whole)


def _decimal(form: str) -> Decimal:
    """Return the figure *form* with its last separator read as the decimal one."""
    last = [at for at, sign in enumerate(form) if not sign.isdecimal()]
    if len(last) != 1 or form[last[0]] in _GROUPS:
        return Decimal(_plain(form))
    return Decimal(f"{_plain(form[: last[-1]])}.{_plain(form[last[-1] :])}")


_GROUPS = frozenset("٬'’\u00a0\u202f ")
"""Signs that only ever separate thousands."""


def _plain(form: str) -> str:
    return "".join(str(int(sign)) for sign in form if sign.isdecimal())


_EXACT = Context(prec=80)


def _written(value: Decimal) -> str:
    """Return *value* as a plain decimal with at most four places."""
    rounded = (
        value.quantize(Decimal("0.0001"), context=_EXACT)
        if value != value.to_integral_value()
        else value.to_integral_value()
    )
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read(text: str, segment: Segment, taken: Sequence[tuple[int, int]], grammar: Grammar) -> list[Token]:
    """Return the tokens of *segment*; a piece of what is *taken* has no role and is no letter."""
    tokens: list[Token] = []
    place = 0
    for found in grammar.token.finditer(text, segment.start, segment.end):
        while place < len(taken) and taken[place][1] <= found.start():
            place += 1
        start, end, kind = found.start(), found.end(), found.lastgroup
        if place < len(taken) and taken[place][0] < end:
            tokens.append(Token("", start, end, NOTHING))
        elif kind == "figure" and sum(sign.isdecimal() for sign in found.group()) <= _LONGEST:
            tokens.append(Token(found.group(), start, end, {"figure": 0}))
        elif kind == "word":
            tokens += _word(found.group(), start, opening=not tokens, grammar=grammar)
        else:
            tokens.append(Token(found.group(), start, end, _sign(found.group(), grammar)))
    return joined(tokens, grammar.vocabulary)


def _word(piece: str, start: int, *, opening: bool, grammar: Grammar) -> Iterator[Token]:
    for token in pieces(piece, start, grammar.vocabulary):
        if token.roles:
            yield token
        else:
            yield token._replace(roles=_CAPITAL) if piece[0].isupper() and not opening else token


_CAPITAL: Roles = {"capital": 0}


def _sign(piece: str, grammar: Grammar) -> Roles:
    """Return the roles of a sign, or of a word with a digit in it."""
    if piece in _DASHES:
        return {"dash": 0}
    if piece in "»”\"'’":
        return {"unquote": 0}
    if piece in ".)":
        return {"closing": 0}
    return grammar.vocabulary.entries.get(piece, NOTHING)


def _designators(document: Document, grammar: Grammar) -> Mapping[str, int]:
    """Return the words that stand with a capital inside a sentence before a figure, and before how many."""
    starts = {segment.start for segment in document.segments}
    figures: dict[str, set[str]] = {}
    opening: dict[str, set[str]] = {}
    for found in _NAMED.finditer(document.text):
        name = fold(found["name"])
        if found["name"][0].isupper() and name not in grammar.vocabulary.entries:
            where = opening if found.start() in starts else figures
            where.setdefault(_key(name), set()).add(found["figure"])
    return {name: len(different | opening.get(name, set())) for name, different in figures.items()}


def _key(name: str) -> str:
    """Return what the cases of a *name* have in common: its first five letters."""
    return name[:5]


_NAMED = re.compile(r"(?<![^\W\d_])(?P<name>[^\W\d_]{2,40})[ \u00a0](?P<figure>\d{1,4})(?!\d|[.,٬٫]\d)")


@cache
def _grammar(language: str) -> Grammar:
    known = table(language, "numbers") or table("und", "numbers")
    names: list[str] = []
    entries: dict[str, dict[str, int]] = {}
    stems: dict[str, int] = {}

    def add(forms: Iterable[str], role: str, value: int) -> None:
        for form in forms:
            if form.endswith("*"):
                stems[fold(form[:-1])] = value
            else:
                entries.setdefault(entry(form), {})[role] = value

    for role in ("number", "scale", "some"):
        for value, forms in known.get(role, {}).items():
            add(_linked(forms, known), role, int(value))
    for role in ("unit", "money", "counted", "fraction", "amount"):
        for name, forms in known.get(role, {}).items():
            names.append(name)
            add(forms, role, len(names) - 1)
    for role, forms in known.get("words", {}).items():
        add(forms, role, 0)
    ordered = {form: dict(sorted(roles.items())) for form, roles in entries.items()}
    return Grammar(
        vocabulary=Vocabulary(ordered, tuple(fold(clitic) for clitic in known.get("clitics", ()))),
        token=_tokens(known.get("group", ",")),
        group=known.get("group", ","),
        names=tuple(names),
        stems=stems,
        ordinal_dot=known.get("ordinal_dot", ""),
        units_first=known.get("units_first", False),
    )


def _linked(forms: Iterable[str], known: Mapping[str, Any]) -> list[str]:
    """Return *forms* and each with the linkers that the language may write at its end."""
    return [form + linker for form in forms for linker in ("", *known.get("linkers", ()))]


def _tokens(group: str) -> re.Pattern[str]:
    """Return the pattern of a token where *group* separates thousands."""
    signs = ".,٬'’\u00a0\u202f" + (" " if " " in group else "")
    end = r"(?!\d)(?:[.,٫]\d{1,2}(?![.,]?\d))?"
    return re.compile(
        r"(?P<skip>https?://\S+|www\.\S+|\d{1,3}(?::\d{1,3}){1,2}(?!\d)|\d{1,4}(?:/\d{1,4})+(?!\d)|[A-Z][A-Z]?[-–]?\d++[A-Z]?|\d++[A-Z])"
        rf"|(?P<figure>(?<![.,\d])\d{{1,3}}(?:(?P<by>[{signs}])\d{{3}})(?:(?P=by)\d{{3}})*+{end}"
        r"|(?<![.,\d])\d++[.,٫]\d{1,4}(?![.,]?\d)|\d++)"
        rf"|(?P<word>{LETTERS})|(?P<sign>[^\s_])"
    )
