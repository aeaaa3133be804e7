"""Segments: where the sentences of a text begin and end.

    ... zanijekali tu opasku.Sama invazija trajala je do svibnja 2003., u kojoj ...
                            ^ lost space                             ^ a year goes on
    a candidate is a final mark with what closes after it; left and right of it decide

                        left                          right
    . ! ? … ؟ 。  )"]   word, abbreviation, initial,   capital, small letter, digit, letter without case,
                        number, nothing                nothing, anything else

Conventions. A line break is always a boundary. Closing quotes, brackets and footnote marks belong to the sentence
before them, also where a space stands between (tokenised text). The words of who said it stay with what was said last
(“好。”他说。 「行こう。」と言った。), and a question in brackets with its sentence. A segment is an exact slice;
segments are in order, disjoint, and leave out nothing but white space and a leading byte order mark. A short line that
stands alone without a final mark is a heading (``h``); a line without a letter or with a known phrase of web pages is
boilerplate (``x``).

What a language knows (abbreviations, words that begin sentences, ordinals, phrases) is in its ``segmentation`` table,
which adds to that of ``und``. Every step looks at a bounded piece of text, so the time is linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from hexapla.corpus.document import Document, Segment, SegmentKind
from hexapla.corpus.habit import CAPITAL, SMALL, Habits, is_small
from hexapla.corpus.language import UNDETERMINED, table

_BOM = "\ufeff"
_WINDOW = 60  # characters looked at left of a mark
_HEADING_LENGTH = 100  # characters of the longest heading
_HEADING_WORDS = 14
_TOKENISED = 0.5  # share of commas and full stops that stand alone in tokenised text

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_LINE = re.compile(f"[^{_BREAKS}]+")
_BREAK = re.compile(f"[{_BREAKS}]")
_OPENERS = re.compile(
    rf"[\s\"'“”„‟‘’‚«»‹›(\[{{<¿¡「『【〔〖《〈（［–—―\-•·*▪●○◦■□►▶→{_INVISIBLE}\u2600-\u27bf\U0001f000-\U0001faff]{{0,12}}"
)
_SIGNS = "".join(chr(code) for code in range(0x300, 0xAC00) if unicodedata.category(chr(code))[0] == "M")
_WORD = re.compile(rf"[^\W\d_]+(?:(?:[{_SIGNS}]++|[\u200c\u200d](?=[^\W\d_]))[^\W\d_]*+)*+")
_SHORT = rf"(?:[^\W\d_][{_SIGNS}]*+){{1,4}}"
_DOTTED = re.compile(rf"(?:{_SHORT}\.[-‑]?)+{_SHORT}")
_ROMAN = re.compile(r"[IVXLC]+")
_NUMBER = re.compile(r"\(?[+\-−–]?\d[\d.,:/]*")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_COUNTED = re.compile(r"\d{1,4}(?:[.,]\d+)?(?:\.|\s?%)?\s[^\W\d_]")
_YEAR_STOP = re.compile(r"(?:1\d|20)\d\d\.(?!\d)")
_DAY = re.compile(r"\d{1,2}\.\s?([^\W\d_]+)")
_INNER = re.compile(r"\.\w")
_ADDRESS = re.compile(r"[/@=#\\_]|www\.|:\S")
_CLAUSE = re.compile(r"[,;–—(]|:(?!\s?\d)")
_DETACHED = re.compile(r"(\s)?[.,](?=\s|$)")
_ALONE = re.compile(r"(?<!\s)\s++(?=[.,;:!?)\]}”’؟،؛]++(?:\s|$))")
_FINAL = ".!?…:;,؟،؛。！？｡，、：；।॥۔։\u037e"
_AMOUNT = "$€£¥￥₹₺₽₴₪₫@#"  # what may begin a sentence before its number or name
_QUOTES = "\"'”“’‘»«›‹」』)]"
_UNSEEN = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"  # marks of direction
_CLAUSED = re.compile(r"[^.!?…。！？，,、；;:：।؟،]{1,40}")
_SAID = re.compile(r"\s[–—]\s(?=[^\W\d_])")  # between speech and the words of who tells it: «Где он?» — Анна встала.
_GERSHAYIM = re.compile(r'[א-ת]"[א-ת](?![א-ת])')  # an abbreviation's sign, no quotation mark
_CAMEL = re.compile(rf"[{SMALL}]{{1,3}}[-'’]?[{CAPITAL}]|(?<=['’‘])[{SMALL}]{{1,2}}\s[{CAPITAL}]")
_JOINED = re.compile(rf"(?<!\w)([{SMALL}]{{3,}})([{CAPITAL}][{SMALL}]*+|\d{{1,2}}(?=\. ))(?!\w)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a language knows of sentences: its table and that of `und` together."""

    full_stops: str
    calls: str
    abbreviations: frozenset[str]  # all of them; those that no sentence ends with also in small letters
    small_abbreviations: frozenset[str]
    never_final: frozenset[str]
    sometimes_final: frozenset[str]
    before_number: frozenset[str]
    final_after_number: frozenset[str]
    final_phrases: frozenset[str]
    letter_names: frozenset[str]
    letter_words: frozenset[str]
    plain: frozenset[str]
    particles: frozenset[str]
    starters: frozenset[str]
    joined_starters: frozenset[str]
    lone_starters: frozenset[str]
    months: frozenset[str]
    function_words: frozenset[str]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    connectives: frozenset[str]
    connective_prefixes: tuple[str, ...]
    attributions: frozenset[str]
    attribution_prefixes: tuple[str, ...]
    attribution_suffixes: tuple[str, ...]
    ordinal_dot: bool
    roman_dot: bool
    year_dot: bool
    capital_nouns: bool
    spaced_marks: str
    boilerplate: re.Pattern[str]
    candidate: re.Pattern[str]
    lone: re.Pattern[str]
    leads: frozenset[str]  # words that no sentence ends with


@cache
def rules(code: str) -> Rules:
    """Return the rules of the language with the tag *code*; the general ones where it has no table."""
    general, own = table(UNDETERMINED, "segmentation"), table(code, "segmentation")

    plain = frozenset(own.get("plain", ()))

    def words(key: str) -> frozenset[str]:
        return frozenset([*general.get(key, ()), *own.get(key, ())])

    full_stops = str(general["full_stops"]) + str(own.get("full_stops", ""))
    calls = str(general["calls"]) + str(own.get("calls", ""))
    never_final = words("never_final") | words("letter_names")
    small_abbreviations = frozenset(word.lower() for word in never_final)
    sometimes_final = words("sometimes_final") - frozenset(own.get("never_final", ())) - plain
    return Rules(
        full_stops=full_stops,
        calls=calls,
        abbreviations=never_final | small_abbreviations | sometimes_final | words("before_number"),
        small_abbreviations=small_abbreviations,
        never_final=never_final - frozenset(own.get("sometimes_final", ())) - plain,
        sometimes_final=sometimes_final,
        before_number=words("before_number") - plain,
        final_after_number=words("final_after_number"),
        final_phrases=words("final_phrases"),
        letter_names=words("letter_names"),
        letter_words=words("letter_words"),
        plain=plain,
        particles=words("particles"),
        starters=words("starters"),
        joined_starters=words("joined_starters"),
        lone_starters=words("lone_starters"),
        months=words("months"),
        function_words=words("function_words") | words("months"),
        prepositions=words("prepositions"),
        auxiliaries=words("auxiliaries"),
        connectives=words("connectives"),
        connective_prefixes=tuple(own.get("connective_prefixes", ())),
        attributions=words("attributions"),
        attribution_prefixes=tuple(own.get("attribution_prefixes", ())),
        attribution_suffixes=tuple(own.get("attribution_suffixes", ())),
        ordinal_dot=bool(own.get("ordinal_dot")),
        roman_dot=bool(own.get("roman_dot", own.get("ordinal_dot"))),
        year_dot=bool(own.get("year_dot")),
        capital_nouns=bool(own.get("capital_nouns")),
        spaced_marks=str(own.get("spaced_marks", "%")),
        boilerplate=_phrases(sorted(words("boilerplate"))),
        candidate=_candidate(calls + full_stops),
        leads=words("starters") | words("function_words") | words("prepositions"),
        lone=_lone(sorted(words("lone_starters") | (words("prepositions") if words("months") else frozenset()))),
    )


def _phrases(phrases: list[str]) -> re.Pattern[str]:
    """Compile phrases in which a final … stands for whatever follows, and # for a number."""
    return re.compile("|".join(_phrase(phrase) for phrase in phrases) or r"(?!)")


def _phrase(phrase: str) -> str:
    """Compile one phrase."""
    text = re.escape(_folded(phrase)).replace(r"\#", r"\d+").replace(r"\ ", r"\s+")
    return text.removesuffix("…") + ".{0,200}" if text.endswith("…") else text


def _folded(text: str) -> str:
    """Return *text* without case; the dotted capital of Turkish becomes a plain small letter."""
    return text.casefold().replace("i\u0307", "i")


def _lone(words: list[str]) -> re.Pattern[str]:
    """Compile a capital word of *words* between small letters, with the small word that follows it."""
    listed = "|".join(re.escape(word[0].upper() + word[1:]) for word in words)
    return re.compile(rf" (?=[{CAPITAL}])({listed})(?=,? ([{SMALL}]{{2,}}))" if words else r"(?!)")


def _candidate(finals: str) -> re.Pattern[str]:
    """Compile what may end a sentence: final marks, and what closes after them (》 closes the title of a book)."""
    marks = rf"[.．…‥{finals}]"
    verse = r"(?<=॥)\s?\d{1,4}\s?॥"
    shut = r"[)\]}”’»›」』】〉〗〕）］*¹²³⁴⁵⁶⁷⁸⁹" + _INVISIBLE + "]"
    turned = r"[\"'“‘«‹](?![\w(])"
    note = r"\[[^\[\]\s]{1,12}\]"
    apart = rf"[ \u00a0\u202f]{marks}++(?=\s|$)"
    detached = r"[ \u00a0\u202f][”’»›)\]}」』](?=[\s.,;:!?]|$)"
    return re.compile(rf"(?P<marks>{marks}++(?:{apart})*+)(?:{verse})?+(?:{shut}|{turned}|{note})*+(?:{detached})*+")


def segment(document: Document) -> Document:
    """Return *document* with its segments: sentences, headings and boilerplate, in text order.

    Where the text is tokenised, a segment's ``normalised`` is the reading without that. A document that has segments
    already, because its file marks them, is left as it is.

    >>> from hexapla.corpus.document import Source
    >>> text = "Ušli su 20. ožujka 2003. s juga.Sama invazija bila je kratka."
    >>> document = segment(Document("hr", "hr", text, Source("hr.txt", "", 0)))
    >>> [document.slice(part) for part in document.segments]
    ['Ušli su 20. ožujka 2003. s juga.', 'Sama invazija bila je kratka.']
    """
    if document.segments:
        return document
    known = rules(document.language)
    scan = _Scan(document.text, known, habits(document.text, document.language))
    tokenised = _is_tokenised(document.text)
    found: list[Segment] = []
    for paragraph, line in enumerate(scan.lines()):
        for start, end in scan.pieces(line.start, line.end):
            kind = "x" if line.kind == "s" and scan.is_phrase(start, end) else line.kind
            reading = _reading(document.text[start:end], known) if tokenised else ""
            found.append(Segment(f"{document.id}.s{len(found) + 1}", kind, start, end, paragraph, reading))
    return document.having(segments=tuple(found))


def lines(document: Document) -> Document:
    r"""Return *document* with each line that is not blank as one sentence and one paragraph, just as it stands.

    >>> from hexapla.corpus.document import Source
    >>> document = lines(Document("en", "en", "It was late. He left.\n\n 3\n", Source("en.txt", "", 0)))
    >>> [(part.start, part.end, part.kind) for part in document.segments]
    [(0, 21, 's'), (24, 25, 's')]
    """
    known = rules(document.language)
    tokenised = _is_tokenised(document.text)
    found: list[Segment] = []
    for line in re.finditer(r"[^\r\n]+", document.text):
        start, end = _trim(document.text, line.start(), line.end())
        if start < end:
            reading = _reading(document.text[start:end], known) if tokenised else ""
            found.append(Segment(f"{document.id}.s{len(found) + 1}", "s", start, end, len(found), reading))
    return document.having(segments=tuple(found))


def spans(text: str, language: str = UNDETERMINED, shown: Habits | None = None) -> list[tuple[int, int]]:
    """Return the slices ``[start, end)`` of the segments of *text*.

    Where *text* is a piece of a longer one, cut at line breaks, *shown* are the `habits` of the whole; the slices are
    then those that the whole has there.

    >>> spans("It was late. He left.", "en")
    [(0, 12), (13, 21)]
    """
    scan = _Scan(text, rules(language), shown or habits(text, language))
    return [piece for line in scan.lines() for piece in scan.pieces(line.start, line.end)]


def habits(text: str, language: str = UNDETERMINED) -> Habits:
    """Return what the whole of a text in this language shows of how it is written."""
    return Habits(text, rules(language).abbreviations)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with something in it."""

    start: int
    end: int
    kind: SegmentKind


class _Scan:
    """One walk over one text."""

    def __init__(self, text: str, known: Rules, shown: Habits) -> None:
        self.text = text
        self.rules = known
        self.habits = shown
        self.line = (0, 0)  # the line that is read
        self.small: bool | None = None  # whether it begins sentences with small letters; None as long as nobody asked

    def lines(self) -> Iterator[_Line]:
        """Yield the lines that hold more than white space, each with what it is as a whole."""
        trimmed = list(self._trimmed())
        for number, (start, end) in enumerate(trimmed):
            before = trimmed[number - 1][1] if number else None
            after = trimmed[number + 1] if number + 1 < len(trimmed) else None
            yield _Line(start, end, self._line_kind(before, (start, end), after))

    def _trimmed(self) -> Iterator[tuple[int, int]]:
        """Yield the lines without the white space around them."""
        for found in _LINE.finditer(self.text):
            start, end = _trim(self.text, found.start(), found.end())
            if start < end:
                yield start, end

    def _line_kind(self, before: int | None, own: tuple[int, int], after: tuple[int, int] | None) -> SegmentKind:
        """Say whether a line is a heading, boilerplate, or running text, by itself and by its neighbours."""
        start, end = own
        if not _WORD.search(self.text, start, end):
            return "x"
        if end - start > _HEADING_LENGTH:
            return "s"
        line = self.text[start:end]
        if self.is_phrase(start, end):
            return "x"
        if _is_wrapped(line):
            return "h"
        untitled = after is None or line[-1] in _FINAL or len(line.split()) > _HEADING_WORDS
        return "h" if after and not untitled and self._leads(before, own, after) else "s"

    def is_phrase(self, start: int, end: int) -> bool:
        """Whether the slice is a known phrase of web pages."""
        if end - start > 2 * _HEADING_LENGTH:
            return False
        return self.rules.boilerplate.fullmatch(_folded(self.text[start:end])) is not None

    def _leads(self, before: int | None, own: tuple[int, int], after: tuple[int, int]) -> bool:
        """Whether a line stands alone above running text, or opens the text."""
        longer = after[1] - after[0] > 2 * (own[1] - own[0])
        stops = self.text[after[1] - 1] in _FINAL and not self.is_phrase(*after)
        opens = before is None
        if (opens or _blank(self.text[before : own[0]])) and _blank(self.text[own[1] : after[0]]):
            return longer or stops
        return opens and longer and stops

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the slices of the segments of one line."""
        self.line, self.small = (start, end), None
        for stop in (*self._stops(start, end), end):
            piece = _trim(self.text, start, stop)
            if piece[0] < piece[1]:
                yield piece
            start = stop

    def _stops(self, start: int, end: int) -> list[int]:
        """Return where the sentences of one line end, but for the last."""
        joins = iter([*self._all_joins(start, end), end])
        join = next(joins)
        begin, quotes, counted = start, 0, start
        stops: list[int] = []
        for found in self.rules.candidate.finditer(self.text, start, end):
            while join < found.start():
                stops.append(join)
                begin, join = join, next(joins)
            stop = found.end()
            quotes, counted = quotes + self._quotes(counted, stop), stop
            stop = self._closed(stop, end, quotes)
            if stop >= end:
                break
            if self._ends(begin, found.start(), found["marks"], stop, end):
                stops.append(stop)
                begin = stop
        stops.extend(place for place in (join, *joins) if (stops or [start])[-1] < place < end)
        return stops

    def _quotes(self, start: int, end: int) -> int:
        """Count the straight quotation marks of a slice."""
        marks = self.text.count('"', start, end)
        return marks - len(_GERSHAYIM.findall(self.text, start, end)) if marks else 0

    def _closed(self, stop: int, end: int, quotes: int) -> int:
        """Take a straight quotation mark that closes, attached to the next word or standing alone, to the left."""
        if quotes % 2 == 0 or stop >= end:
            return stop
        if self.text[stop] == '"':
            return stop + 1
        alone = self.text.startswith(' "', stop) and (stop + 2 >= end or self.text[stop + 2].isspace())
        return stop + 2 if alone else stop

    def _ends(self, begin: int, mark: int, marks: str, stop: int, end: int) -> bool:
        """Whether the sentence that began at *begin* ends with the *marks* at *mark* and what closes up to *stop*."""
        text = self.text
        opened = _OPENERS.match(text, stop, end)
        at = opened.end() if opened else stop
        if at >= end:
            return False
        first = text[at]
        left = text[max(begin, mark - _WINDOW) : mark].rstrip().rstrip(_UNSEEN)
        token = left.rsplit(None, 1)[-1].strip("\"'“”„‟‘’‚«»‹›()[]{}<>¿¡–—-‑*·" + _UNSEEN) if left else ""
        gap = at > stop and text[stop].isspace()
        if stop > mark + len(marks) and self._carries_on(stop, at):
            return False
        if not first.isupper() and self._is_aside(begin, mark, marks, stop):
            return False
        if any(mark in self.rules.full_stops for mark in marks):
            return (first.isalnum() or first in _AMOUNT) and not (at > stop and not gap and is_small(first))
        if not gap:
            return self._ends_unspaced(begin, mark, marks, token, at, end)
        if is_small(first):
            return self._before_small(stop, marks, token, at)
        if any(mark in self.rules.calls for mark in marks):
            return self._after_call(stop, mark, at)
        if len(marks) > 1 or marks in "…‥":
            return self._after_pause(left, at)
        return self._after_stop(begin, mark, token, left, at)

    def _carries_on(self, stop: int, at: int) -> bool:
        """Whether who said it follows a closing quotation mark, by how the clause there begins or ends."""
        heads, tails = self.rules.attribution_prefixes, self.rules.attribution_suffixes
        if not (heads or tails) or self.text[stop:at].strip():
            return False
        found = _CLAUSED.match(self.text, at)
        clause = found[0].rstrip() if found else ""
        if clause.startswith(tuple(self.rules.starters)):
            return False
        return clause.startswith(heads) or clause.endswith(tails)

    def _is_aside(self, begin: int, mark: int, marks: str, stop: int) -> bool:
        """Whether a question or call is only a bracket in the middle of the sentence: 他（她？）来了."""
        if self.text[stop - 1] not in ")）" or not any(mark in self.rules.calls for mark in marks):
            return False
        start = max(begin, mark - _WINDOW)
        opened = max(self.text.rfind(bracket, start, mark) for bracket in "(（")
        return bool(self.text[start:opened].strip()) if opened > start else False

    def _before_small(self, stop: int, marks: str, token: str, at: int) -> bool:
        """Weigh a small letter after a final mark and white space: iPhone, or a text that hardly uses capitals."""
        called = any(mark in self.rules.calls for mark in marks)
        if marks == "." and self._odd_capital(at):
            return self._ordinary(token)
        if not (called or marks == ".") or (called and self.text[stop - 1] in _QUOTES):
            return False
        if token[-1:].isdigit() and (self.rules.ordinal_dot or len(token) < 3):
            return False
        return token.lower() not in self.rules.small_abbreviations and self._ordinary(token) and self._small_starts()

    def _small_starts(self) -> bool:
        """Whether sentences begin with small letters here: in the whole text, or in some of it and all of this line."""
        if self.habits.small_starts or not self.habits.some_small_starts:
            return self.habits.small_starts
        if self.small is None:
            self.small = self.habits.only_small(self.text[slice(*self.line)])
        return self.small

    def _odd_capital(self, at: int) -> bool:
        """Whether a capital follows a small prefix: iPhone, al-Qaida, ’s Avonds."""
        return _CAMEL.match(self.text, at) is not None

    def _after_call(self, stop: int, mark: int, at: int) -> bool:
        """Weigh what follows a question or exclamation mark and white space."""
        first = self.text[at]
        if not first.isalnum():
            return first in _AMOUNT or first == "+"
        if self.text[stop - 1] in _QUOTES and _SAID.match(self.text, stop):
            return False
        quoted = stop > mark + 1
        return not (quoted and self._word(at) in self.rules.attributions)

    def _after_pause(self, left: str, at: int) -> bool:
        """Weigh what follows an ellipsis or a double full stop and white space."""
        first = self.text[at]
        if not first.isalnum() or (left and left[-1] in ",،;:(") or self._stammers(left, at):
            return False
        if first.isupper() or first.isdigit():
            return True
        word = self._word(at)
        if word in self.rules.connectives:
            return False
        return not any(word.startswith(head) and len(word) >= len(head) + 3 for head in self.rules.connective_prefixes)

    def _stammers(self, left: str, at: int) -> bool:
        """Whether the same word stands on both sides: "Ja... Ja ne znam", 我……我不知道."""
        last, word = _WORD.findall(left[-_WINDOW:])[-1:], self._word(at)
        if not last or not word.startswith(last[0].lower()):
            return False
        return word == last[0].lower() or not self.text[at - 1].isspace()

    def _after_stop(self, begin: int, mark: int, token: str, left: str, at: int) -> bool:
        """Weigh what stands left and right of one full stop and white space."""
        first = self.text[at]
        counted = self._counts(left, token)
        if first.isdigit():
            return (counted and not self._only_time(begin, mark)) or self._before_digit(begin, mark, token, at)
        if not (first.isalpha() or first in _AMOUNT):
            return False
        if token and token[-1].isdigit() and _NUMBER.fullmatch(token):
            return self._after_number(begin, mark, token, at)
        if counted:
            return self._starts(at) or not self._only_time(begin, mark)
        if self._among_initials(left, token, at):
            return False
        if self._is_roman(at) and self._listed(token, self.rules.before_number):
            return False
        if self._ordinary(token) or self._final_here(left, token):
            return not self._enumerates(begin, mark, token)
        return self._after_short(begin, mark, token, at)

    def _is_roman(self, at: int) -> bool:
        """Whether a Roman numeral of two letters or more stands at *at*: "vol. II", but "No. I did not"."""
        found = _WORD.match(self.text, at, at + 9)
        return found is not None and len(found[0]) > 1 and _ROMAN.fullmatch(found[0]) is not None

    def _ordinary(self, token: str) -> bool:
        """Whether *token* is a word and nothing that is written with a full stop."""
        if len(token) == 1 and token.isalpha():
            return token in self.rules.plain
        if self._listed(token, self.rules.never_final) or self._listed(token, self.rules.sometimes_final):
            return False
        if self.rules.roman_dot and _ROMAN.fullmatch(token):
            return False
        return "." not in token or not _DOTTED.fullmatch(token)

    def _final_here(self, left: str, token: str) -> bool:
        """Whether an abbreviation ends sentences after what stands before it: "i dr.", "سي إن إن."."""
        if not left.endswith(token):
            return left[-1:] in _QUOTES  # its full stop would stand before the closing mark: 'a'.
        before = left[: -len(token)].split()[-2:]
        if not before:
            return False
        if f"{before[-1].lower()} {token}" in self.rules.final_phrases:
            return True
        names = self.rules.letter_names
        return len(before) > 1 and token in names and names.issuperset(before)

    def _among_initials(self, left: str, token: str, at: int) -> bool:
        """Whether a word that is a letter's name too stands beside another such name with a full stop: "ए. पी. जे."."""
        if token not in self.rules.letter_words:
            return False
        names = self.rules.letter_names | self.rules.letter_words
        before, after = left[: -len(token)].split()[-1:], _WORD.match(self.text, at)
        if before and before[0].endswith(".") and before[0][:-1] in names:
            return True
        return after is not None and after[0] in names and self.text.startswith(".", after.end())

    def _counts(self, left: str, token: str) -> bool:
        """Whether *token* says what the number before it counts, and may end a sentence so: "1445 هـ.", "XX w."."""
        if token not in self.rules.final_after_number or not left.endswith(token):
            return False
        before = (left[: -len(token)].split() or [""])[-1].rstrip(".")
        return before[-1:].isdigit() or bool(_ROMAN.fullmatch(before))

    @staticmethod
    def _listed(token: str, words: frozenset[str]) -> bool:
        """Whether *token*, or what follows its last hyphen or slash, is one of *words*, in small letters or not."""
        if token in words:
            return True
        if not token.isalpha():
            token = re.split(r"[-/‑(\"“„'’]", token[-_WINDOW:])[-1]
        return token in words or (len(token) > 1 and token[0].isupper() and token[0].lower() + token[1:] in words)

    def _after_short(self, begin: int, mark: int, token: str, at: int) -> bool:
        """Weigh the word after an abbreviation or initial."""
        named = len(token) == 1 and "a" <= token <= "z" and token not in self.rules.abbreviations  # "the letter u."
        if named and _caseless(self.text[at]):
            return not self._enumerates(begin, mark, token)
        if self._listed(token, self.rules.never_final) or not self.text[at].isupper():
            return False
        if len(token) == 1 and token.islower() and not named and token not in self.rules.sometimes_final:
            return False
        if len(token) == 1 and self._word(at) in self.rules.particles:
            return False
        return self._starts(at) and not self._enumerates(begin, mark, token)

    def _before_digit(self, begin: int, mark: int, token: str, at: int) -> bool:
        """Weigh a digit after a full stop and white space."""
        if _NUMBER.fullmatch(token):
            if self._enumerates(begin, mark, token):
                return False
            if not self.rules.ordinal_dot or (_YEAR.fullmatch(token) and not self.rules.year_dot):
                return True
            return len(token) > 2 and self._dated(at)
        return self._ordinary(token) and not self._listed(token, self.rules.before_number)

    def _dated(self, at: int) -> bool:
        """Whether a day and a month's name stand at *at*."""
        day = _DAY.match(self.text, at)
        return day is not None and day[1].lower() in self.rules.months

    def _after_number(self, begin: int, mark: int, token: str, at: int) -> bool:
        """Weigh a word with a capital, or without case, after a number with a full stop."""
        if self._enumerates(begin, mark, token):
            return False
        if not self.rules.ordinal_dot or not self.text[at].isupper():
            return True
        starts = self._starts(at)
        if _YEAR.fullmatch(token) and not self.rules.year_dot:
            return True
        if self._word(at) in self.rules.months:
            return False
        if self.rules.capital_nouns:
            return starts or len(token) > 3
        return not self._only_time(begin, mark) and (
            starts or len(token) > 2 or not self._after_preposition(begin, mark)
        )

    def _only_time(self, begin: int, mark: int) -> bool:
        """Whether the clause up to *mark* has said nothing yet but when: "U studenom 2002. ...", "a 2009. ..."."""
        start = max(begin, mark - _WINDOW)
        clause = _CLAUSE.split(self.text[start:mark])
        if len(clause) == 1 and start > begin:
            return False
        words = [word.lower() for word in _WORD.findall(clause[-1]) if not _ROMAN.fullmatch(word)]
        if all(word in self.rules.function_words for word in words):
            return True
        verbless = len(words) < 6 and self.rules.auxiliaries.isdisjoint(words)
        return verbless and words[0] in self.rules.prepositions

    def _after_preposition(self, begin: int, mark: int) -> bool:
        """Whether a function word stands right before the number at *mark*: "u 5. Gardijskoj"."""
        words = self.text[max(begin, mark - _WINDOW) : mark].split()
        return len(words) > 1 and words[-2].lower() in self.rules.function_words

    def _enumerates(self, begin: int, mark: int, token: str) -> bool:
        """Whether *token* is all there is of the sentence, and numbers it: "2.", "b.", "IV."."""
        if len(token) > 4 or mark - begin > 12 or self.text[begin:mark].strip(" \t([•-–\u00a0") != token:
            return False
        return (token.isdigit() and len(token) < 4) or len(token) == 1 or bool(_ROMAN.fullmatch(token))

    def _starts(self, at: int) -> bool:
        """Whether the word at *at* is one that begins sentences."""
        word = self._word(at)
        initial = len(word) == 1 and self.text.startswith(".", at + 1)
        return word in self.rules.starters and not initial

    def _word(self, at: int) -> str:
        """Return the word at *at* in small letters."""
        found = _WORD.match(self.text, at, at + 40)
        return found[0].lower().replace("i\u0307", "i") if found else ""

    def _ends_unspaced(self, begin: int, mark: int, marks: str, token: str, at: int, end: int) -> bool:
        """Weigh marks with no white space after them: a lost space, or no end at all."""
        text, first = self.text, self.text[at]
        if text[mark + len(marks)] in "-‑":  # "Dec.-Lei"
            return False
        tail = text[at : min(end, at + _WINDOW)].split(None, 1)[0] if not first.isspace() else ""
        if is_small(first) or not first.isalnum() or not token or _ADDRESS.search(token) or _ADDRESS.search(tail):
            return False
        called = any(mark in self.rules.calls for mark in marks)
        if first.isdigit():
            return marks == "." and self._digit_unspaced(token, at)
        if not first.isupper():
            return self._caseless_unspaced(token, at, marks, called)
        if not self._is_start(at) or (not called and _INNER.search(tail)):
            return False
        return called or len(marks) > 1 or marks == "…" or self._capital_unspaced(begin, mark, token, at)

    def _is_start(self, at: int) -> bool:
        """Whether what stands at *at* looks like the first word of a sentence: "Sama", "U ", an acronym of the text."""
        word = _WORD.match(self.text, at, at + _WINDOW)
        if word is None:
            return False
        if len(word[0]) == 1:
            return word.end() == len(self.text) or self.text[word.end()].isspace()
        return word[0][1:].islower() or self.habits.words[word[0]] > 1

    def _capital_unspaced(self, begin: int, mark: int, token: str, at: int) -> bool:
        """Weigh "opasku.Sama", "2003.Sama", "SAD.Ovo", "dr.Ivan"."""
        if _NUMBER.fullmatch(token):
            return (self._starts(at) or len(token) > 3) and self._after_number(begin, mark, token, at)
        if len(token) < 2 or not self._ordinary(token) or "." in token:
            return False
        return token[-1].islower() or self._starts(at)

    def _digit_unspaced(self, token: str, at: int) -> bool:
        """Weigh "Irak.8. ožujka" and "2003.2007., sud"."""
        if self.rules.year_dot and _YEAR.fullmatch(token):
            return bool(_YEAR_STOP.match(self.text, at)) or self._dated(at)
        if len(token) < 3 or not token.isalpha() or not self._ordinary(token):
            return False
        if self._listed(token, self.rules.before_number) or not (token[-1].islower() or _caseless(token[-1])):
            return False
        return bool(_COUNTED.match(self.text, at))

    def _caseless_unspaced(self, token: str, at: int, marks: str, called: bool) -> bool:
        """Weigh a lost space between letters without case."""
        if not _caseless(token[-1]) or len(self._word(at)) < 2:
            return False
        if len(marks) > 1 or marks == "…":
            return self._after_pause(token, at)
        return called or (len(token) > 2 and "." not in token and self._ordinary(token))

    def _joins(self, start: int, end: int) -> Iterator[int]:
        """Yield where a sentence begins in the middle of a word: both full stop and space were lost ("uzrokaIraq")."""
        for found in _JOINED.finditer(self.text, start, end):
            place, after = found.start(2), found[2]
            if self._dated(place) and self.habits.loses_spaces if after.isdigit() else self._is_join(found[1], after):
                yield place

    def _all_joins(self, start: int, end: int) -> list[int]:
        """Return where a sentence of one line begins without a mark before it, in order."""
        unmarked = self._unmarked[bisect(self._unmarked, start) : bisect(self._unmarked, end)]
        return sorted([*self._joins(start, end), *unmarked]) if unmarked else list(self._joins(start, end))

    @cached_property
    def _unmarked(self) -> list[int]:
        """Where a sentence begins after one that lost its full stop: "... to reach the bank However, the water"."""
        return [found.start() + 1 for found in self.rules.lone.finditer(self.text) if self._is_unmarked(found)]

    def _is_unmarked(self, found: re.Match[str]) -> bool:
        """Whether a word with a capital begins a sentence, by the words on both sides of it."""
        left = _BREAK.split(self.text[max(0, found.start() - _WINDOW) : found.start()])[-1].split()
        if len(left) < 3 or not left[-1][-1].islower() or not left[-1].islower() or left[-1] in self.rules.leads:
            return False
        return found[1].lower() in self.rules.lone_starters or found[2] in self.rules.months

    def _is_join(self, before: str, after: str) -> bool:
        """Whether two words were written as one: the second begins sentences, or both are words of the text itself."""
        if after.lower() in self.rules.joined_starters:
            return True
        if len(after) < 3 or self.habits.words[before + after] > 1:
            return False
        return self.habits.words[after] > 1 and (self.habits.words[before] > 0 or self.habits.loses_spaces)


def _caseless(letter: str) -> bool:
    """Whether *letter* belongs to a script without capitals."""
    return (letter.isalpha() or letter in _SIGNS) and not letter.isupper() and not is_small(letter)


def _is_wrapped(line: str) -> bool:
    """Whether a line is marked as a heading: "– Jihadists –", "== Title ==", "## Title"."""
    edge, inner = line[0], line.strip(line[0])
    if edge == "#":
        return inner[:1].isspace()
    if line[-1] != edge or not inner:
        return False
    if edge in "–—-":
        return inner[0].isspace() and inner[-1].isspace()
    return edge in "=*~_" and inner[-1] not in _FINAL


def _blank(between: str) -> bool:
    """Whether the white space between two lines holds a blank line."""
    return len(re.findall(r"\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]", between)) > 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the slice without white space at its ends, and without a byte order mark at the head of the text."""
    piece = text[start:end]
    if start == 0 and piece.startswith(_BOM):
        start, piece = 1, piece[1:]
    bare = piece.lstrip()
    start += len(piece) - len(bare)
    return start, start + len(bare.rstrip())


def _is_tokenised(text: str) -> bool:
    """Whether most commas and full stops of *text* stand alone."""
    spaces = [found[1] is not None for found in _DETACHED.finditer(text)]
    return len(spaces) > 1 and sum(spaces) > _TOKENISED * len(spaces)


def _reading(piece: str, known: Rules) -> str:
    """Return *piece* without tokenisation, '' where that is the same."""
    text = re.sub(r"(?<=[^\W_])_(?=[^\W_])", " ", piece)
    text = _ALONE.sub(lambda found: " " if found.string[found.end()] in known.spaced_marks else "", text)
    text = re.sub(r"(?<![^\s])([(\[{“‘„])\s+", r"\1", text)
    return "" if text == piece else text
