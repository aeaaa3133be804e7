"""Names that no list knows: found by their shape, matched across scripts by their sound, joined into entities.

    en  Neil Armstrong ... Armstrong      capitals say "name"; the words of a name stand together
    hr  Neila Armstronga                  rules of inflection and sound say that Neila is Neil
    ar  نيل أرمسترونغ                     in a script without capitals a word is a name if it sounds like one of another
      ─▶ pers.neil-armstrong              account, and its neighbours sound like that name's other words

A sound is the row of consonant classes of a word (languages/und/sounds.toml); vowels count less, case endings and
clitics fall away. Names that each language has its own word for are known by CLDR (countries), by the tables of titles
(seas, former states, bodies), or by the glossary (the Moon, where several accounts write it with a capital). "Apollo 1"
is not "Apollo 11": a number is part of a name. What is found is only ever *proposed*: an entity that a person may
accept into the authority file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain, pairwise, product, takewhile
from pathlib import Path

from rapidfuzz.distance import Indel

from hexapla.corpus.authorities import PREFIXES, write_entities
from hexapla.corpus.document import Authority, Document, Entity, EntityType, Mention, Name, Segment
from hexapla.corpus.fold import MARKS, Word, bare, fold, words
from hexapla.corpus.inflect import inflected
from hexapla.corpus.language import table
from hexapla.corpus.lexicon import Lexicon, cldr, load

ALIKE = 0.85
"""How alike two words sound at least that are one name: .6 consonants + .4 vowels and consonants."""

ALIKE_SHORT = 0.9
"""The same for words of three consonants."""

ALIKE_RARE = 0.97
"""The same where only one account has the word with a capital, or two have one of two consonants."""

NEVER = 2.0
"""More alike than anything is."""

WRITTEN = 0.7
"""How alike two words in one script are written at least."""

UNATTESTED = 0.12
"""What a word loses if it is a name only without a clitic that the texts never leave away."""

ALIKE_BESIDE = 0.72
"""The same for a word whose neighbours are those of the name."""

SHORTEST = 3
"""Consonants that a word needs to be matched alone: shorter ones meet by chance."""

LONG = 5
"""Consonants of which one may differ."""

MOST_SOUNDS = 6
"""Readings of one word that are compared."""

EXACT, HEARD, LONE = 0.9, 0.75, 0.6
"""Scores of mentions: of a name that several accounts write alike or that a table knows, of one matched by its sound
alone, of one that a single account tells."""

OFTEN = 3
"""How often a single account tells a name of one word for it to be proposed."""

YEARS = range(1000, 2200)
"""Numbers that are rather a year than part of a name."""

COMMON, ALL_BUT = 0.6, 0.85
"""Share of capitalised words at which the capitals of a heading, and of a sentence, say nothing."""

_OPENERS = re.compile(r"[.!?:;…„“«‹\"(\[{–—\n*•]\s*$")
_INITIAL = re.compile(r"\w{1,4}\.\s*$")
_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){1,5}[^\W\d_]?")
_QUOTES = "\"“”„«»'‘’"
_PLAIN = str.maketrans({"ß": "ss", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "ı": "i"})
_JOINING = (" ", "-", "-", "‑", "_", "\u00a0", "'", "’")

Key = tuple[str, ...]
"""What a name is compared by: the classes of its words, its number, or the concept that a table knows it by."""

Form = tuple[str, str]
"""A language and a folded word of it."""


@cache
def _classes() -> Mapping[str, str]:
    listed: Mapping[str, str] = table("und", "sounds")["classes"]
    return {letter: heard for heard, letters in listed.items() for letter in letters}


@cache
def _vowels() -> Mapping[str, str]:
    listed: Mapping[str, str] = table("und", "sounds")["vowels"]
    return {letter: heard for heard, letters in listed.items() for letter in letters}


@cache
def _variants() -> tuple[Mapping[str, tuple[str, ...]], re.Pattern[str]]:
    listed = {letters: tuple(rows) for letters, rows in table("und", "sounds")["variants"].items()}
    longest = sorted(listed, key=lambda letters: (-len(letters), letters))
    return listed, re.compile("|".join((*map(re.escape, longest), r".")), re.DOTALL)


def _class(letter: str) -> str:
    """The consonant class of *letter*, '' where it is silent."""
    classes = _classes()
    return classes.get(letter) or classes.get(unicodedata.normalize("NFD", letter)[0], "")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the row of consonant classes of *word*; a doubled one counts once.

    >>> sound("Armstronga"), sound("أرمسترونغ")
    ('rmstrnk', 'rmstrnk')
    """
    row: list[str] = []
    for letter in unicodedata.normalize("NFC", word).lower():
        heard = _class(letter)
        if heard and (not row or row[-1] != heard):
            row.append(heard)
    return "".join(row)


@lru_cache(maxsize=65536)
def sounds(word: str) -> tuple[str, ...]:
    """Return the rows of consonant classes that the folded *word* may have, the likeliest first, six at most.

    Unlike in `sound`, a class counts again after a vowel, and letters are read in groups.

    >>> sounds("gagarin"), sounds("chavez")[:3]
    (('kkrn',), ('kfs', 'tsfs', 'sfs'))
    """
    listed, pattern = _variants()
    parts = [listed.get(m.group()) or (_class(m.group()) or "·",) for m in pattern.finditer(word)]
    read = []
    for row in product(*parts):
        heard = re.sub(r"(.)\1+", r"\1", "".join(row)).replace("·", "")
        if heard not in read:
            read.append(heard)
        if len(read) == MOST_SOUNDS:
            break
    return tuple(read)


@lru_cache(maxsize=65536)
def soft(word: str) -> str:
    """Return the first row of *word* with its vowels, in three classes.

    >>> soft("gagarin"), soft("غاغارين")
    ('kakarin', 'kakarin')
    """
    vowels = _vowels()
    letters = (vowels.get(letter) or _class(letter) for letter in word)
    return re.sub(r"(.)\1+", r"\1", "".join(letters))


@lru_cache(maxsize=262144)
def likeness(left: str, right: str) -> float:
    """Return how alike the folded words *left* and *right* sound, 0 to 1.

    >>> likeness("armstrong", "ارمسترونغ") > 0.9, likeness("houston", "madrid") < 0.6
    (True, True)
    """
    if left == right:
        return 1.0
    rows = [(a, b) for a in sounds(left) for b in sounds(right)]
    consonants = max((Indel.normalized_similarity(a, b) for a, b in rows), default=0.0)
    shortest = min(len(sounds(left)[0]), len(sounds(right)[0])) if rows else 0
    share = 0.6 if shortest >= SHORTEST else 0.45 if shortest == SHORTEST - 1 else 0.25
    return share * consonants + (1 - share) * Indel.normalized_similarity(soft(left), soft(right))


@dataclass(frozen=True, slots=True)
class Titles:
    """What a language writes beside names and in them (languages/<code>/titles.toml)."""

    particles: frozenset[str]
    links: frozenset[str]
    suffixes: frozenset[str]
    articles: frozenset[str]
    before: Mapping[str, frozenset[str]]  # kind -> words right before a name
    within: Mapping[str, frozenset[str]]
    exonyms: Mapping[str, tuple[tuple[str, Key], ...]]  # first word -> names: key and words
    capital_nouns: bool = False
    adjectives: tuple[str, ...] = ()  # endings of adjectives that are made of names
    article: str = ""  # written at the beginning of a word
    contracted: str = ""  # with a preposition


@cache
def titles(language: str) -> Titles:
    """Return the titles of *language*; where it has none, what holds for any."""
    own, general = table(language, "titles"), table("und", "titles")
    article: Mapping[str, object] = table(language, "names").get("article", {})

    def folded(*lists: Iterable[str]) -> frozenset[str]:
        return frozenset(_phrase(text) for text in chain(*lists))

    exonyms: dict[str, list[tuple[str, Key]]] = defaultdict(list)
    for kind, named in own.get("exonyms", {}).items():
        for key, texts in named.items():
            for text in texts:
                parts = tuple(word.form for word in words(text))
                exonyms[parts[0]].append((f"{kind}.{key}", parts))
    return Titles(
        particles=folded(own.get("particles", general["particles"])),
        links=folded(own.get("links", ())),
        suffixes=folded(general["suffixes"]),
        articles=folded(own.get("articles", ())),
        before={kind: folded(texts) for kind, texts in own.get("before", {}).items()},
        within={kind: folded(texts) for kind, texts in own.get("within", {}).items()},
        exonyms={first: tuple(rows) for first, rows in exonyms.items()},
        capital_nouns=bool(own.get("capital_nouns", False)),
        adjectives=tuple(fold(ending) for ending in own.get("adjectives", ())),
        article=fold(str(article.get("written", ""))),
        contracted=fold(str(article.get("contracted", ""))),
    )


def _phrase(text: str) -> str:
    return " ".join(word.form for word in words(text))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: its folded form, its place, and how it is written."""

    form: str
    start: int
    end: int
    capital: bool = False
    first: bool = False  # nothing but a mark that opens a sentence or a quotation stands before it


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or heading, as tokens; those inside a slice that is taken are left out, and ``breaks`` says where."""

    document: str
    language: str
    segment: str
    text: str  # of the whole document
    tokens: tuple[Token, ...]
    breaks: frozenset[int] = frozenset()  # numbers of tokens before which something is left out
    shouted: bool = False  # so many capitals that they say nothing

    def gap(self, number: int) -> str:
        """Return what stands between the token *number* and the one before it."""
        return "\n" if number in self.breaks else self.text[self.tokens[number - 1].end : self.tokens[number].start]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and may be one name."""

    line: Line
    first: int  # number of its first token
    last: int
    parts: tuple[str, ...]  # the words by which it is compared
    number: str = ""
    weak: bool = False  # only the beginning of a sentence gives it a capital
    common: bool = False  # one word that the glossary knows
    concept: str = ""  # what a table of exonyms knows it as
    kinds: tuple[str, ...] = ()  # what stands beside it says of its kind
    start: int = -1  # of the mention, where clitics stand before the name
    core: int = -1  # number of the last token before the number
    key: Key = ()
    heard: bool = False  # only its sound says that it is a name

    @property
    def span(self) -> tuple[int, int]:
        """The slice of the text."""
        start = self.line.tokens[self.first].start
        return (self.start if self.start >= 0 else start), self.line.tokens[self.last].end

    @property
    def surface(self) -> str:
        """The name as it stands in the text, with single spaces."""
        start, end = self.span
        return " ".join(self.line.text[start:end].replace("_", " ").split())


def _lines(document: Document) -> Iterator[Line]:
    language = document.language.split("-")[0]
    taken: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        taken[mention.segment].append(mention)
    for segment in document.segments:
        if segment.kind != "x":
            yield _line(document, language, segment, taken.get(segment.id, ()))


def _line(document: Document, language: str, segment: Segment, taken: Sequence[Mention]) -> Line:
    text = document.text
    tokens: list[Token] = []
    breaks = []
    skipped = False
    found = words(text, segment.start, segment.end)
    for word in _joined(text, found) if any(len(one.form) == 1 for one in found) else found:
        if taken and any(m.start < word.end and word.start < m.end for m in taken):
            skipped = True
            continue
        if skipped:
            breaks.append(len(tokens))
        start = tokens[-1].end if tokens and not skipped else segment.start
        capital = text[word.start].isupper()
        tokens.append(
            Token(word.form, word.start, word.end, capital, capital and _opens(text, segment.start, start, word))
        )
        skipped = False
    written = [t for t in tokens if t.capital or text[t.start].islower()]
    share = COMMON if segment.kind == "h" else ALL_BUT
    shouted = len(written) > SHORTEST and sum(t.capital for t in written) >= share * len(written)
    return Line(document.id, language, segment.id, text, tuple(tokens), frozenset(breaks), shouted)


def _joined(text: str, found: Sequence[Word]) -> Iterator[Word]:
    """Yield the words *found* in *text*, letters with full stops between them as one: U.S., U.S.S.R."""
    place = 0
    while place < len(found):
        word = found[place]
        last = place
        while (
            len(found[last].form) == 1
            and last + 1 < len(found)
            and len(found[last + 1].form) == 1
            and text[found[last].end : found[last + 1].start] == "."
        ):
            last += 1
        if last > place and text[word.start].isupper():
            yield Word("".join(one.form for one in found[place : last + 1]), word.start, found[last].end)
            place = last + 1
        else:
            yield word
            place += 1


def _opens(text: str, begin: int, before: int, word: Word) -> bool:
    """Say whether *word*, after the token that ends at *before*, has a capital for its place."""
    if before == begin:
        return True
    gap = text[before : word.start]
    if not _OPENERS.search(gap):
        return False
    return not (
        gap.startswith(".")
        and _INITIAL.search(text[max(begin, before - 5) : word.start])
        and text[before - 1].isalpha()
        and _abbreviates(text, before)
    )


def _abbreviates(text: str, end: int) -> bool:
    """Say whether the word that ends at *end*, before a full stop, is short and has a capital: F., Capt."""
    start = end
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return end - start <= 4 and text[start : start + 1].isupper()


@dataclass(slots=True)
class Words:
    """What the texts of one language say of the case of its words, and what its lexicon knows."""

    language: str
    lexicon: Lexicon
    small: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)  # with a capital where none need be
    _concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def count(self, line: Line) -> None:
        """Count the words of *line*."""
        for token in line.tokens:
            if not token.capital:
                self.small[token.form] += 1
            elif not token.first and not line.shouted:
                self.inside[token.form] += 1

    def concepts(self, form: str) -> tuple[str, ...]:
        """Return the common concepts that the word *form* may mean."""
        known = self._concepts.get(form)
        if known is None:
            senses = self.lexicon.senses([Word(form, 0, len(form))], self.language)
            known = tuple(dict.fromkeys(s.concept for s in senses if s.source == "glossary" and s.first == s.last))
            self._concepts[form] = known
        return known

    def is_name(self, form: str) -> bool:
        """Say whether the texts write *form* rather with a capital."""
        return self.inside[form] > self.small[form]

    def is_common(self, form: str) -> bool:
        """Say whether *form* is a word that the glossary has, or that the texts write small."""
        return bool(self.concepts(form)) or self.small[form] > self.inside[form]


def _runs(line: Line, known: Words) -> Iterator[Run]:
    """Yield what may be names in *line*, a sentence in a script with capitals."""
    if line.shouted:
        return
    rules = titles(line.language)
    place = 0
    while place < len(line.tokens):
        if line.tokens[place].capital:
            last = _reach(line, place, known, rules)
            yield from _trimmed(line, place, last, known, rules)
            place = last
        place += 1


def _reach(line: Line, first: int, known: Words, rules: Titles) -> int:
    """Return the number of the last token of the run that begins at *first*."""
    last = first
    while (step := _step(line, first, last, known, rules)) > 0:
        last += step
    return last


def _step(line: Line, first: int, last: int, known: Words, rules: Titles) -> int:
    """Return how many tokens further the next capital of the run stands, 0 where the run ends."""
    for ahead in range(1, 4):
        place = last + ahead
        if place >= len(line.tokens) or not _joins(line, place, rules):
            return 0
        token = line.tokens[place]
        if token.capital:
            nickname = _quoted(line, place) or _quoted(line, place - 1)
            return 0 if token.first and ahead == 1 and not nickname else ahead
        head = line.tokens[first]
        common = known.is_common(head.form)
        linked = token.form in rules.links and common and last == first and not _is_title(head.form, rules)
        particle = token.form in rules.particles and not (
            rules.capital_nouns and (common or not _titled(line, first, rules))
        )
        if not (linked or particle):
            return 0
    return 0


def _is_title(form: str, rules: Titles) -> bool:
    return form in rules.before.get("person", ())


def _titled(line: Line, first: int, rules: Titles) -> bool:
    return first > 0 and (_is_title(line.tokens[first - 1].form, rules) or _is_title(line.tokens[first].form, rules))


def _joins(line: Line, place: int, rules: Titles) -> bool:
    gap, before = line.gap(place), line.tokens[place - 1]
    if gap in _JOINING:
        return True
    if gap in (". ", ".\u00a0"):
        return len(before.form) == 1 or _is_title(before.form, rules) or before.form in rules.suffixes
    return _quoted(line, place) or _quoted(line, place - 1)


def _quoted(line: Line, place: int) -> bool:
    """Say whether the token *place* is a nickname: one word in quotation marks between two with capitals."""
    if not 0 < place < len(line.tokens) - 1 or not line.tokens[place].capital or not line.tokens[place - 1].capital:
        return False
    before, after = line.gap(place).replace(".", ""), line.gap(place + 1)
    if not (before[:1] == " " and after[-1:] == " " and line.tokens[place + 1].capital):
        return False
    return len(before) == 2 and len(after) == 2 and before[1] in _QUOTES and after[0] in _QUOTES


def _trimmed(line: Line, first: int, last: int, known: Words, rules: Titles) -> Iterator[Run]:
    """Yield the name in the run, without the titles and the common words before it."""
    tokens = line.tokens
    kinds: list[str] = []
    while first <= last:
        pair = f"{tokens[first].form} {tokens[first + 1].form}" if first < last else ""
        token = tokens[first]
        if pair in rules.before.get("person", ()):
            kinds, first = ["person"], first + 2
        elif _is_title(token.form, rules) and (first < last or known.is_common(token.form)):
            kinds, first = ["person"], first + 1
        elif not token.capital or (token.first and _is_lead(token.form, known, rules)):
            first += 1
        else:
            break
    inner = next((n for n in range(first + 1, last) if _is_title(tokens[n].form, rules)), 0)
    if inner:
        yield from _trimmed(line, first, inner - 1, known, rules)
        yield from _trimmed(line, inner, last, known, rules)
    elif first <= last:
        yield _run(line, first, last, known, rules, kinds)


def _is_lead(form: str, known: Words, rules: Titles) -> bool:
    """Say whether *form*, at the beginning of a sentence, is no part of a name."""
    if known.small[form] or form in rules.articles:
        return True
    return not known.inside[form] and bool(known.concepts(form))


def _run(line: Line, first: int, last: int, known: Words, rules: Titles, kinds: Sequence[str]) -> Run:
    tokens = line.tokens
    number, end = _number(line, first, last)
    core = last - 1 if number and end == last else last
    forms = [
        t.form
        for t in tokens[first : core + 1]
        if t.capital and t.form not in rules.suffixes and t.form not in rules.particles
    ]
    parts = tuple(f for f in forms if len(f) > 1) or tuple(forms)
    single = len(parts) == 1
    weak = tokens[first].first and single and not known.inside[parts[0]]
    common = single and not number and known.is_common(parts[0])
    beside = [*kinds, *_beside(line, first, rules), *_inner(tokens[first : core + 1], rules)]
    if known.is_common(parts[0]):
        beside.append("worded")
    return Run(line, first, end, parts, number, weak, common, kinds=tuple(beside), core=core)


def _number(line: Line, first: int, last: int) -> tuple[str, int]:
    """Return the number that belongs to the run and its last token: Apollo 11, Saturn V."""
    tokens = line.tokens
    if (
        last > first
        and re.fullmatch("[ivx]+", tokens[last].form)
        and line.text[tokens[last].start : tokens[last].end].isupper()
        and line.gap(last) == " "
    ):
        return tokens[last].form, last
    if last + 1 < len(tokens) and line.gap(last + 1) in (" ", "-", "\u00a0"):
        form = tokens[last + 1].form
        if _NUMBER.fullmatch(form) and not (form.isdigit() and int(form) in YEARS):
            return _plain(form), last + 1
    return "", last


def _plain(number: str) -> str:
    """Return *number* with ASCII digits.

    >>> _plain("١١"), _plain("39a")
    ('11', '39a')
    """
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in number)


def _beside(line: Line, first: int, rules: Titles) -> Iterator[str]:
    """Yield the kinds that the words right before a name give it, and "definite" for an article."""
    before = [line.tokens[n].form for n in (first - 2, first - 1) if n >= 0]
    phrases = {" ".join(before), *before[-1:]}
    for kind, listed in rules.before.items():
        if phrases & listed:
            yield kind if kind != "place" else "near"
    if before and before[-1] in rules.articles:
        yield "definite"


def _inner(tokens: Sequence[Token], rules: Titles) -> Iterator[str]:
    if len(tokens) > 1:
        for kind, listed in rules.within.items():
            if any(token.form in listed for token in tokens):
                yield f"in {kind}"


@cache
def _exonyms(language: str) -> Mapping[str, tuple[tuple[str, Key, bool], ...]]:
    """Return the names of countries and those of the titles in *language*: first word -> (what, words, in capitals)."""
    found: dict[str, dict[tuple[str, Key, bool], None]] = defaultdict(dict)
    for first, rows in titles(language).exonyms.items():
        found[first].update({(what, parts, False): None for what, parts in rows})
    for entry in cldr([language]):
        if entry.concept.startswith("territory.") and entry.concept not in (
            "territory.ZZ",
            "territory.XA",
            "territory.XB",
        ):
            for text in inflected(entry.text, language):
                parts = tuple(word.form for word in words(text))
                if len("".join(parts)) >= SHORTEST:
                    found[parts[0]][entry.concept, parts, False] = None
            for short in _acronyms(entry.text, entry.concept.partition(".")[2]):
                found[short][entry.concept, (short,), True] = None
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[1]), row))) for first, rows in found.items()}


def _acronyms(name: str, code: str) -> Iterator[str]:
    """Yield the acronyms of the country *name*: its initials, and the codes that ISO 3166 gives it where they fit.

    >>> list(_acronyms("United States", "US")), list(_acronyms("Sjedinjene Američke Države", "US"))
    (['us', 'usa'], ['sad', 'usa'])
    """
    initials = "".join(word[0] for word in name.split()).lower() if " " in name else ""
    codes = _codes()[code]
    if (len(initials) >= SHORTEST and name.istitle()) or initials in codes:
        yield initials
    if " " in name:
        yield from (other for other in codes if len(other) == SHORTEST and other != initials)


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    from babel.core import get_global

    found: dict[str, list[str]] = defaultdict(list)
    for code, stands in sorted(get_global("territory_aliases").items()):
        if len(stands) == 1 and code.isalpha():
            found[stands[0]].append(code.lower())
    return defaultdict(tuple, {code: (code.lower(), *others) for code, others in found.items()})


def _exonym(line: Line, first: int, known: Words) -> tuple[str, int, str]:
    """Return what the longest exonym at the token *first* names, its last token, and the first without its clitics."""
    token = line.tokens[first]
    cased = token.capital or line.text[token.start].islower()
    for form in (token.form,) if cased else bare(token.form, line.language):
        for what, parts, capitals in _exonyms(line.language).get(form, ()):
            last = first + len(parts) - 1
            if not _follow(line, first, parts) or (cased and not _is_cased(line, first, last, capitals, known)):
                continue
            return what, last, form
    return "", first, ""


def _follow(line: Line, first: int, parts: Key) -> bool:
    if first + len(parts) > len(line.tokens):
        return False
    rest = enumerate(parts[1:], start=first + 1)
    return all(line.tokens[n].form == form and line.gap(n) in _JOINING for n, form in rest)


def _is_cased(line: Line, first: int, last: int, capitals: bool, known: Words) -> bool:
    token = line.tokens[first]
    surface = line.text[token.start : token.end]
    if capitals:
        return surface.replace(".", "").isupper()
    if first == last and token.first and known.small[token.form]:
        return False
    return any(t.capital for t in line.tokens[first : last + 1])


@dataclass(slots=True)
class Node:
    """The forms of one word in one language."""

    language: str
    forms: tuple[str, ...]
    cased: bool
    accounts: int = 1
    readings: tuple[tuple[str, float], ...] = ()  # the forms without clitics, and what each loses

    @property
    def name(self) -> str:
        """What the class of the word is called if this node gives its name."""
        return f"{self.language}:{self.forms[0]}"

    def heard(self) -> Iterator[str]:
        """Yield the keys under which words that may be alike meet."""
        for reading, _ in self.readings:
            for row in sounds(reading):
                yield from _near(row, self.cased)


def _near(row: str, cased: bool) -> Iterator[str]:
    if len(row) < SHORTEST:
        if cased and row:
            yield f"={row}"
        return
    yield row
    if cased and len(row) > SHORTEST:
        yield row[:-1]
    if len(row) >= LONG:
        yield from (row[:n] + row[n + 1 :] for n in range(len(row)))


def _likeness(left: Node, right: Node) -> float:
    """Return how alike the most alike readings of two nodes sound, those of the left with capitals."""
    rows = (
        (name, word, loss) for word, loss in right.readings if not _is_derived(word, left, right) for name in left.forms
    )
    return max((likeness(name, word) - loss for name, word, loss in rows), default=0.0)


def _is_derived(word: str, left: Node, right: Node) -> bool:
    return not right.cased and any(_is_adjective(word, name, right.language) for name in left.forms)


@lru_cache(maxsize=65536)
def _is_adjective(word: str, name: str, language: str) -> bool:
    """Say whether *word* ends as adjectives do that are made of names, and *name* does not: Amerika, أمريكي."""
    return word.endswith(titles(language).adjectives) and "i" not in soft(name)[-2:]


@lru_cache(maxsize=65536)
def _losses(form: str, language: str, attested: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Return *form* without each clitic, and what is lost by reading it so."""
    rows = []
    for reading in bare(form, language):
        silent = not sound(form[: len(form) - len(reading)].removesuffix(titles(language).article))
        rows.append((reading, 0.0 if silent or reading in attested else UNATTESTED))
    return tuple(rows)


def _needed(left: Node, right: Node) -> float:
    """Return how alike the two must be: the shorter their sounds and the rarer the name, the more."""
    size = min(len(sounds(left.forms[0])[0]), len(sounds(right.forms[0])[0]))
    if left.cased and right.cased:
        if not any(_written_alike(a, b) for a in left.forms for b in right.forms):
            return NEVER
        short = min(len(left.forms[0]), len(right.forms[0])) <= SHORTEST
        return ALIKE if size >= SHORTEST else 1.0 if short or size < SHORTEST - 1 else ALIKE_RARE
    if size < SHORTEST:
        return NEVER
    return ALIKE if size > SHORTEST else ALIKE_SHORT


@lru_cache(maxsize=65536)
def _written_alike(left: str, right: str) -> bool:
    """Say whether two words of one script are written alike, accents aside; those of two scripts need not be."""
    if left == right or _script(left) != _script(right):
        return True
    plain = [_ascii(word) or word for word in (left, right)]
    return Indel.normalized_similarity(*plain) >= WRITTEN


def _script(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]


def _nodes(language: str, forms: Mapping[str, set[str]], cased: bool) -> list[Node]:
    """Part *forms*, with the accounts that have them, into those of one word each."""
    listed = sorted(set(forms))
    parent = {form: form for form in listed}

    def root(form: str) -> str:
        while parent[form] != form:
            form = parent[form]
        return form

    def join(left: str, right: str) -> None:
        a, b = sorted((root(left), root(right)))
        parent[b] = a

    for form in listed:
        for other in _cases(form, language) if cased else bare(form, language):
            if other in parent:
                join(form, other)
    if cased and _declines(language):
        _join_ends(listed, join)
    parts: dict[str, list[str]] = defaultdict(list)
    for form in listed:
        parts[root(form)].append(form)
    attested = frozenset(listed)
    return [_node(language, part, forms, cased, attested) for _, part in sorted(parts.items())]


def _node(
    language: str, part: Sequence[str], forms: Mapping[str, set[str]], cased: bool, attested: frozenset[str]
) -> Node:
    ordered = tuple(sorted(part, key=lambda form: (len(form), form)))
    read = ([(form, 0.0)] if cased else _losses(form, language, attested) for form in ordered)
    accounts = len(set().union(*(forms[form] for form in ordered)))
    return Node(language, ordered, cased, accounts, tuple(chain.from_iterable(read)))


def _cases(form: str, language: str) -> Iterator[str]:
    return (fold(text) for text in inflected(form.capitalize(), language))


def _declines(language: str) -> bool:
    """Say whether names may change in *language*: its table says so, or nobody knows."""
    rules = table(language, "names")
    return not rules or bool(rules.get("noun"))


def _join_ends(listed: Sequence[str], join: Callable[[str, str], None]) -> None:
    """Join neighbours that differ in their last vowels only: Floride, Floridu."""
    for left, right in pairwise(listed):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
        if shared >= 4 and shared >= max(len(left), len(right)) - 2 and sounds(left)[0] == sounds(right)[0]:
            join(left, right)


def _classified(nodes: Sequence[Node]) -> dict[Form, tuple[str, float]]:
    """Return the class of each form, and how surely it belongs there.

    Nodes with capitals join greedily, the most alike first, one of each language; others join the class that has the
    node most like them.
    """
    cased = [n for n, node in enumerate(nodes) if node.cased]
    pairs = _pairs(nodes)
    parent = list(range(len(nodes)))
    spoken: dict[int, set[str]] = {n: {nodes[n].language} for n in cased}

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for _, left, right in pairs:
        a, b = sorted((root(left), root(right)))
        if nodes[left].cased and nodes[right].cased and a != b and not spoken[a] & spoken[b]:
            parent[b] = a
            spoken[a] |= spoken[b]
    found = {(nodes[n].language, form): (nodes[root(n)].name, 1.0) for n in cased for form in nodes[n].forms}
    accounts = Counter[int]()
    for n in cased:
        accounts[root(n)] += nodes[n].accounts
    told = {n: accounts[root(n)] for n in cased}
    for alike, left, right in pairs:
        if not nodes[right].cased and (alike >= ALIKE_RARE or not _is_rare(nodes[left], told[left])):
            rows = ((nodes[right].language, form) for form in nodes[right].forms)
            found.update({form: (nodes[root(left)].name, alike) for form in rows if form not in found})
    return found


def _is_rare(node: Node, accounts: int) -> bool:
    """Say whether a name is so short and told so seldom that a word which sounds like it may be any."""
    return accounts == 1 and len(sounds(node.forms[0])[0]) <= SHORTEST


def _pairs(nodes: Sequence[Node]) -> list[tuple[float, int, int]]:
    """Return the pairs of nodes of different languages that sound alike, most first; the left has capitals."""
    meeting: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for heard in dict.fromkeys(node.heard()):
            meeting[heard].append(number)
    compared: set[tuple[int, int]] = set()
    for numbers in meeting.values():
        for left in (n for n in numbers if nodes[n].cased):
            for right in numbers:
                if nodes[right].language != nodes[left].language and (right > left or not nodes[right].cased):
                    compared.add((left, right))
    scored = ((_likeness(nodes[a], nodes[b]), a, b) for a, b in sorted(compared))
    fitting = [(alike, a, b) for alike, a, b in scored if alike >= _needed(nodes[a], nodes[b])]
    return sorted(fitting, key=lambda row: (-row[0], row[1], row[2]))


class _Proposer:
    """Reads documents, and joins what it finds in them."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon) -> None:
        self.documents = documents
        self.lines = [line for document in documents for line in _lines(document)]
        self.known: dict[str, Words] = {}
        for line in self.lines:
            self.known.setdefault(line.language, Words(line.language, lexicon)).count(line)
        cased = [run for line in self.lines for run in _found(line, self.known[line.language])]
        self.classes = self._classes(cased)
        self.concepts = self._common(cased)
        self.runs = self._numbered(_led(self._settled(run) for run in cased))
        if any(self.uncased.values()):
            self.runs += Heard(self).runs()

    def _classes(self, cased: Sequence[Run]) -> dict[Form, tuple[str, float]]:
        forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for run in cased:
            for part in run.parts:
                forms[run.line.language][part].add(run.line.document)
        self.uncased = {
            language: {
                f: told for f, told in found.items() if len(f) >= SHORTEST and not self.known[language].concepts(f)
            }
            for language, found in _uncased(self.lines).items()
        }
        nodes = [node for language in sorted(forms) for node in _nodes(language, forms[language], True)]
        nodes += [node for language in sorted(self.uncased) for node in _nodes(language, self.uncased[language], False)]
        return _classified(nodes)

    def _common(self, cased: Sequence[Run]) -> Mapping[str, int]:
        """The concepts that several languages write with a capital as if they were names -> how many do."""
        spoken: dict[str, set[str]] = defaultdict(set)
        for run in cased:
            language = run.line.language
            known = self.known[language]
            if run.common and not titles(language).capital_nouns and known.is_name(run.parts[0]):
                for concept in known.concepts(run.parts[0]):
                    if ".noun" in concept:
                        spoken[concept].add(language)
        return {concept: len(languages) for concept, languages in spoken.items() if len(languages) > 1}

    def concept(self, form: str, language: str) -> str:
        """Return the concept as which the common word *form* is a name, '' where it is none."""
        fitting = [c for c in self.known[language].concepts(form) if c in self.concepts]
        return min(fitting, key=lambda c: (-self.concepts[c], c), default="")

    def _settled(self, run: Run) -> Run:
        """Return *run* with the key by which it is compared."""
        if run.concept:
            return replace(run, key=(run.concept,))
        language = run.line.language
        known = self.known[language]
        if run.common and (known.is_name(run.parts[0]) or titles(language).capital_nouns):
            concept = self.concept(run.parts[0], language)
            if concept:
                return replace(run, key=(concept,), concept=concept)
        return replace(run, key=tuple(dict.fromkeys(self.classes[language, part][0] for part in run.parts)))

    def _numbered(self, runs: Sequence[Run]) -> list[Run]:
        """Return *runs* with their numbers in the keys; a number that only happens to stand there is left out."""
        often = Counter((run.key, run.number) for run in runs)
        series = {key for (key, number), count in often.items() if number and (count > 1 or not often[key, ""])}
        return [_with_number(run, run.key in series) for run in runs]


def _led(runs: Iterable[Run]) -> list[Run]:
    """Return *runs*, those that begin with another name without it: American Paul Bremer, Mondrakete N1.

    The first word is another name if it stands alone elsewhere and the rest does, too, in two words or in a language
    where every noun has a capital.
    """
    kept = list(runs)
    keys = {run.key for run in kept}
    return [_without_lead(run, keys) for run in kept]


def _without_lead(run: Run, keys: set[Key]) -> Run:
    nouns = titles(run.line.language).capital_nouns
    rest = run.key[1:]
    if len(run.key) != len(run.parts) or len(rest) < 2 - nouns or rest not in keys:
        return run
    if not nouns and run.key[:1] not in keys:
        return run
    first = next((n for n in range(run.first + 1, run.last + 1) if run.line.tokens[n].form == run.parts[1]), run.first)
    return replace(run, first=first, key=rest, parts=run.parts[1:], kinds=())


def _with_number(run: Run, counted: bool) -> Run:
    if not run.number:
        return run
    return replace(run, key=(*run.key, f"#{run.number}")) if counted else replace(run, number="", last=run.core)


def _uncased(lines: Iterable[Line]) -> Mapping[str, Mapping[str, set[str]]]:
    """The words in scripts without capitals by language, with the accounts that have them."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in lines:
        for token in line.tokens:
            if _has_no_case(line, token):
                found[line.language][token.form].add(line.document)
    return found


def _has_no_case(line: Line, token: Token) -> bool:
    letter = line.text[token.start]
    return not token.capital and letter.isalpha() and not letter.islower()


def _found(line: Line, known: Words) -> Iterator[Run]:
    """Yield the names with capitals in *line* and those that each language has its own word for."""
    runs = {run.first: run for run in _runs(line, known)}
    inside = {place: run for run in runs.values() for place in range(run.first, run.last + 1)}
    covered = 0
    for place in range(len(line.tokens)):
        if place < covered:
            continue
        what, last, reading = _exonym(line, place, known)
        run = inside.get(place)
        if what and (run is None or (run.first == place and run.last <= last)):
            beside = tuple(_beside(line, place, titles(line.language)))
            begin = _begin(line, place, reading)
            yield Run(line, place, last, (), concept=what, kinds=beside, start=begin)
            covered = last + 1
        elif place in runs:
            yield runs[place]
            covered = runs[place].last + 1


def _begin(line: Line, place: int, reading: str) -> int:
    """Return where the name in the token *place* begins, whose part without clitics is *reading*; -1 at its start."""
    token, rules = line.tokens[place], titles(line.language)
    away = token.form[: len(token.form) - len(reading)]
    if rules.article and away.endswith(rules.article):
        away = away.removesuffix(rules.article)
    elif rules.contracted and away.endswith(rules.contracted):
        away = away[:-1]
    position, left = token.start, len(away)
    while left or MARKS.match(line.text[position]):
        left -= not MARKS.match(line.text[position])
        position += 1
    return position if away else -1


class Heard:
    """Finds in scripts without capitals what other accounts write with them."""

    def __init__(self, proposer: _Proposer) -> None:
        self.proposer = proposer
        self.forms: dict[str, set[str]] = defaultdict(set)  # class -> words with capitals
        self.holding: dict[str, set[Key]] = defaultdict(set)  # class or number -> keys of several words
        self.confirmed: dict[Form, str] = {}
        self.attested = {language: frozenset(forms) for language, forms in proposer.uncased.items()}
        for run in proposer.runs:
            for part in run.parts:
                self.forms[proposer.classes[run.line.language, part][0]].add(part)
            if len(run.key) > 1:
                for part in run.key:
                    self.holding[part].add(run.key)

    def runs(self) -> list[Run]:
        """Return the names; what stands in a name of several words is then known alone, too."""
        lines = [line for line in self.proposer.lines if self.proposer.uncased.get(line.language)]
        for line in lines:
            for _ in self._line(line):
                pass
        return [run for line in lines for run in self._line(line)]

    def _line(self, line: Line) -> Iterator[Run]:
        covered = 0
        for place, token in enumerate(line.tokens):
            if (
                place < covered
                or not _has_no_case(line, token)
                or _exonym(line, place, self.proposer.known[line.language])[0]
            ):
                continue
            run = self._numbered(line, place) or self._named(line, place, covered) or self._common(line, place)
            if run:
                yield run
                covered = run.last + 1

    def _class(self, line: Line, place: int) -> tuple[str, float]:
        form = (line.language, line.tokens[place].form)
        if form in self.confirmed:
            return self.confirmed[form], 1.0
        return self.proposer.classes.get(form, ("", 0.0))

    def _numbered(self, line: Line, place: int) -> Run | None:
        """Return the name with a number that begins at *place*: its sound may be short then."""
        number, last = _number(line, place, place)
        if not number:
            return None
        for key in sorted(self.holding.get(f"#{number}", ())):
            if len(key) == 2:
                alike, reading = self._alike(line, place, key[0])
                if alike >= ALIKE:
                    self._confirm(line, place, key[0])
                    return self._run(line, place, last, key, reading)
        return None

    def _named(self, line: Line, place: int, covered: int) -> Run | None:
        """Return the longest name that holds the word at *place*."""
        own = self._class(line, place)[0]
        if not own:
            return None
        best: tuple[int, int, int, Key] = (1, place, place, (own,))
        for key in sorted(key for key in self.holding.get(own, ()) if not key[-1].startswith("#")):
            first, held = self._stretch(line, place, key, -1, covered)
            last, more = self._stretch(line, place, key, 1, covered)
            matched = (*reversed(held), own, *more)
            if len(matched) > best[0]:
                best = (len(matched), first, last, matched)
        size, first, last, key = best
        if size > 1 and key[-1] != own:
            self._confirm(line, last, key[-1])
        return self._run(line, first, last, key, self._alike(line, first, key[0])[1])

    def _stretch(self, line: Line, place: int, key: Key, way: int, covered: int) -> tuple[int, list[str]]:
        """Return how far the words beside *place* are those of *key*, one *way*; one other word may stand between."""
        own = self._class(line, place)[0]
        at, reached, held = key.index(own) + way, place, []
        while 0 <= at < len(key):
            beside = reached + way
            if not self._is_beside(line, beside, way, covered) or self._alike(line, beside, key[at])[0] < ALIKE_BESIDE:
                beside += way
                near = self._is_beside(line, beside - way, way, covered) and self._is_beside(line, beside, way, covered)
                if not near or self._alike(line, beside, key[at])[0] < ALIKE:
                    break
            held.append(key[at])
            reached, at = beside, at + way
        return reached, held

    def _is_beside(self, line: Line, place: int, way: int, covered: int) -> bool:
        if not covered <= place < len(line.tokens):
            return False
        gap = line.gap(place if way > 0 else place + 1)
        return gap.strip(" -.\u00a0") == "" and _has_no_case(line, line.tokens[place])

    def _alike(self, line: Line, place: int, name: str) -> tuple[float, str]:
        """Return how alike the word at *place* and a class sound, and the word without what leans on it."""
        attested = self.attested[line.language]
        rows = [
            (likeness(reading, other) - loss, reading)
            for reading, loss in _losses(line.tokens[place].form, line.language, attested)
            for other in self.forms[name]
            if not _is_adjective(reading, other, line.language)
        ]
        return max(rows, key=lambda row: (row[0], len(row[1]), row[1]), default=(0.0, line.tokens[place].form))

    def _confirm(self, line: Line, place: int, name: str) -> None:
        form = line.tokens[place].form
        alike, reading = self._alike(line, place, name)
        if alike >= ALIKE and len(sounds(reading)[0]) > 1 and not self.proposer.known[line.language].concepts(form):
            self.confirmed.setdefault((line.language, form), name)

    def _run(self, line: Line, first: int, last: int, key: Key, reading: str) -> Run:
        beside = tuple(_beside(line, first, titles(line.language)))
        number = key[-1][1:] if key[-1].startswith("#") else ""
        begin = _begin(line, first, reading)
        return Run(line, first, last, (), number, kinds=beside, start=begin, key=key, heard=True)

    def _common(self, line: Line, place: int) -> Run | None:
        """Return the common word at *place* if others write it as a name, and it is definite where that is written."""
        form = line.tokens[place].form
        article = titles(line.language).article
        reading = next((r for r in bare(form, line.language) if r.startswith(article)), "")
        concept = self.proposer.concept(form, line.language) if reading else ""
        if not concept:
            return None
        run = self._run(line, place, place, (concept,), reading)
        return replace(run, concept=concept)


@dataclass(slots=True)
class Cluster:
    """What is one entity: the keys of its names, and where they stand."""

    keys: list[Key]
    runs: list[Run]

    @property
    def documents(self) -> set[str]:
        """The accounts that tell it."""
        return {run.line.document for run in self.runs}

    def rank(self) -> tuple[int, int, list[Key]]:
        """Order by accounts and mentions, most first."""
        return (-len(self.documents), -len(self.runs), self.keys)


def _clusters(runs: Sequence[Run], known: Mapping[str, Words]) -> list[Cluster]:
    """Join *runs* by their keys, and short names of people with the long ones."""
    by_key: dict[Key, list[Run]] = defaultdict(list)
    for run in runs:
        by_key[run.key].append(run)
    people = _people(by_key, known)
    held = {key for cluster in people for key in cluster.keys}
    endings: dict[str, list[Cluster]] = defaultdict(list)
    beginnings: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in sorted(people, key=Cluster.rank):
        for name in dict.fromkeys(key[-1] for key in cluster.keys):
            endings[name].append(cluster)
        for name in dict.fromkeys(key[0] for key in cluster.keys):
            beginnings[name].append(cluster)
    clusters = list(people)
    for key in sorted(by_key):
        if key in held:
            continue
        longer = _longer(key, by_key[key], endings, beginnings)
        if longer:
            longer[0].keys.append(key)
            longer[0].runs += by_key[key]
        elif not all(run.common for run in by_key[key]) or by_key[key][0].concept:
            clusters.append(Cluster([key], by_key[key]))
    return clusters


def _longer(
    key: Key,
    runs: Sequence[Run],
    endings: Mapping[str, list[Cluster]],
    beginnings: Mapping[str, list[Cluster]],
) -> list[Cluster]:
    """Return the people whose last name, or else first name, alone is *key*; who is often called so is told in full."""
    if len(key) > 1:
        return []
    return endings.get(key[0]) or [one for one in beginnings.get(key[0], ()) if len(one.runs) >= len(runs)]


def _people(by_key: Mapping[Key, list[Run]], known: Mapping[str, Words]) -> list[Cluster]:
    """Join the names of several words that look like those of people, and share their last and one more word."""
    clusters: list[Cluster] = []
    for key in sorted(by_key, key=lambda key: (-len(key), key)):
        if len(key) < 2 or key[-1].startswith("#") or not _is_personal(by_key[key], known):
            continue
        fitting = [c for c in clusters if any(_agree(key, other) for other in c.keys)]
        for other in fitting[1:]:
            fitting[0].keys += other.keys
            fitting[0].runs += other.runs
            clusters.remove(other)
        if fitting:
            fitting[0].keys.append(key)
            fitting[0].runs += by_key[key]
        else:
            clusters.append(Cluster([key], list(by_key[key])))
    return clusters


def _is_personal(runs: Sequence[Run], known: Mapping[str, Words]) -> bool:
    cased = [run for run in runs if run.parts]
    if any(kind.startswith("in ") for run in cased for kind in run.kinds):
        return False
    common = {run.line.language: known[run.line.language].is_common(run.parts[0]) for run in cased}
    return bool(cased) and 2 * sum(common.values()) <= len(common) - (len(common) == 2)


def _agree(left: Key, right: Key) -> bool:
    shared = set(left) & set(right)
    return len(shared) > 1 and (left[-1] == right[-1] or shared in (set(left), set(right)))


def _is_clear(cluster: Cluster, known: Mapping[str, Words]) -> bool:
    """Say whether *cluster* is worth proposing: several accounts tell it, or one does that clearly means a name."""
    cased = [run for run in cluster.runs if not run.heard]
    if not any(not run.weak for run in cased):
        return False
    named = [run for run in cased if run.concept or len(run.key) > 1 or not titles(run.line.language).capital_nouns]
    if not named:
        return False
    if len(cluster.documents) > 1:
        return True
    unknown = [
        run
        for run in cased
        if not _is_doubtful(run) and not any(known[run.line.language].is_common(part) for part in run.parts)
    ]
    long = any(len(run.parts) > 1 or run.number for run in unknown)
    return long or len([run for run in unknown if not run.weak]) >= OFTEN or all(run.concept for run in cased)


def _is_doubtful(run: Run) -> bool:
    """Say whether *run* may be a noun as any: with an article, or one of a language where every noun has a capital."""
    nouns = titles(run.line.language).capital_nouns
    return nouns and ("definite" in run.kinds or len(run.parts) == 1)


def _type(cluster: Cluster) -> EntityType:
    """Return the kind of thing that *cluster* is, "thing" where nothing says."""
    concept = cluster.keys[0][0] if cluster.runs[0].concept else ""
    kind = concept.partition(".")[0]
    if kind == "territory":
        return "place"
    if kind in ("place", "organisation"):
        return "place" if kind == "place" else "organisation"
    if any(run.number for run in cluster.runs):
        return "thing"
    said = Counter(kind for run in cluster.runs for kind in run.kinds)
    long = [run for run in cluster.runs if len(run.parts) > 1]
    votes: dict[EntityType, float] = {
        "person": 3 * said["person"] + (2 * _looks_personal(cluster, long) - said["definite"]),
        "place": 3 * said["in place"] + said["near"],
        "organisation": 3 * said["organisation"] + 3 * said["in organisation"] + 2 * _is_acronym(cluster),
    }
    best = max(votes, key=lambda kind: votes[kind])
    return best if votes[best] >= min(2, len(cluster.runs)) and votes[best] > 0 else "thing"


def _looks_personal(cluster: Cluster, long: Sequence[Run]) -> bool:
    """Say whether a name has several words of which none says what it is, and the first is no common one."""
    if not long or any(kind.startswith("in ") for run in long for kind in run.kinds):
        return False
    if 2 * sum("worded" in run.kinds for run in long) > len(long):
        return False
    shouted = any(run.surface.split()[0].isupper() and len(run.surface.split()[0]) > 2 for run in long)
    return not shouted


def _is_acronym(cluster: Cluster) -> bool:
    return any(
        len(run.parts) == 1 and len(run.surface) > 1 and run.surface.isupper() and run.surface.isalpha()
        for run in cluster.runs
    )


def _entity(cluster: Cluster, taken: set[str]) -> Entity:
    kind = _type(cluster)
    names = tuple(_names(cluster))
    base = f"{PREFIXES[kind]}.{_kebab(_latin(cluster, names))}"
    identity, number = base, 2
    while identity in taken:
        identity, number = f"{base}-{number}", number + 1
    taken.add(identity)
    return Entity(identity, kind, names, note="found in the texts", proposed=True)


def _names(cluster: Cluster) -> Iterator[Name]:
    """Yield the names by language, the longest first: of each the commonest, in languages that decline the shortest."""
    forms: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for run in cluster.runs:
        forms[run.line.language][len(run.key)][run.surface] += 1
    for language, by_size in sorted(forms.items()):
        listed = _listed(cluster, language)
        if listed:
            yield Name(language, listed)
            continue
        declined = bool(table(language, "names").get("noun"))
        for _, found in sorted(by_size.items(), reverse=True):
            yield Name(
                language,
                min(
                    found, key=lambda text: ((len(text), -found[text]) if declined else (-found[text], len(text)), text)
                ),
            )


def _listed(cluster: Cluster, language: str) -> str:
    """Return the name that a table has for *cluster* in *language*, '' where none has."""
    what = cluster.runs[0].concept
    if what.startswith("territory."):
        return next((entry.text for entry in cldr([language]) if entry.concept == what), "")
    kind, _, key = what.partition(".")
    listed: Sequence[str] = table(language, "titles").get("exonyms", {}).get(kind, {}).get(key, ())
    return listed[0] if listed else ""


def _latin(cluster: Cluster, names: Sequence[Name]) -> str:
    """Return the name that gives the id: the English one, else the first in Latin script, else how the first sounds."""
    latin = [n for n in sorted(names, key=lambda n: n.language != "en") if _ascii(n.text)]
    return _ascii(latin[0].text) if latin else soft(fold(names[0].text)) or "name"


def _ascii(text: str) -> str:
    """Return *text* without accents, '' where it is in another script."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return letters if all(c.isascii() or not c.isalpha() for c in letters) else ""


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace(".", "")).strip("-") or "name"


def propose(
    documents: Sequence[Document], lexicon: Lexicon | None = None, reserved: Iterable[str] = ()
) -> tuple[tuple[Entity, ...], Mapping[str, tuple[Mention, ...]]]:
    """Return the names in *documents* as proposed entities, and their mentions by document.

    The documents have their segments; what their mentions hold already (dates, names that an authority knows) is left
    out. Without a *lexicon* the embedded one is read. A name is proposed where two accounts tell it, or one in several
    words or several times; its type is "thing" where the texts do not say more, and its id none of those *reserved*.
    """
    spoken = [document.language for document in documents]
    proposer = _Proposer(documents, lexicon or load(spoken, found=False))
    clusters = [c for c in _clusters(proposer.runs, proposer.known) if _is_clear(c, proposer.known)]
    order = {document.id: place for place, document in enumerate(documents)}
    clusters.sort(key=lambda c: min((order[run.line.document], run.span) for run in c.runs))
    entities: list[Entity] = []
    mentions: dict[str, list[Mention]] = {document.id: [] for document in documents}
    taken = set(reserved)
    for cluster in clusters:
        entity = _entity(cluster, taken)
        entities.append(entity)
        shared = len(cluster.documents) > 1
        for run in cluster.runs:
            mentions[run.line.document].append(_mention(run, entity, shared))
    return tuple(entities), {name: tuple(sorted(rows, key=lambda m: m.start)) for name, rows in mentions.items()}


def _mention(run: Run, entity: Entity, shared: bool) -> Mention:
    start, end = run.span
    alone = run.heard and len(run.key) == 1 and not run.concept
    score = HEARD if alone else EXACT if shared else LONE
    return Mention("", run.line.segment, entity.type, start, end, "name", ref=entity.id, score=score, method="names")


def write_proposals(entities: Iterable[Entity], path: Path) -> None:
    """Write those of *entities* that are only proposed to the table *path*, which `authorities.read` reads."""
    write_entities(Authority(entities=tuple(entity for entity in entities if entity.proposed)), path)
