"""Which words of a line may be one name: those with capitals that stand together, and those that a table knows.

    On board  Captain  James T. Cook  saw  Apollo 11  over the  United States
              └ title  └─── run ───┘       └─ run ──┘           └ exonym: territory.US

What stands right before a run or in it says of which kind it may be; it is part of the run only if it is of the name. A
number belongs to a name: Apollo 1 is not Apollo 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.corpus.fold import MARKS, ascii_digits, bare
from hexapla.corpus.line import Line, Token, Words
from hexapla.corpus.title import Titles, exonyms, titles

YEARS = range(1000, 2200)
"""Numbers that are rather a year than part of a name."""

_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?")
_QUOTES = "\"“”„«»'‘’"
_JOINING = (" ", "-", "‑", "_", "\u00a0", "'", "’")

Key = tuple[str, ...]
"""What a name is compared by: the classes of its words, its number, or the concept that a table knows it by."""


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


def candidates(line: Line, known: Words) -> Iterator[Run]:
    """Yield the names with capitals in *line* and those that each language has its own word for."""
    capitals = {run.first: run for run in _capitals(line, known)}
    inside = {place: run for run in capitals.values() for place in range(run.first, run.last + 1)}
    covered = 0
    for place in range(len(line.tokens)):
        if place < covered:
            continue
        what, last, reading = exonym(line, place, known)
        run = inside.get(place)
        first = place - _is_parted(line, place, run)
        if what and (run is None or (run.first == first and run.last <= last)):
            beside = tuple(kinds_beside(line, place, titles(line.language)))
            begin = beginning(line, place, reading)
            yield Run(line, place, last, (), concept=what, kinds=beside, start=begin)
            covered = last + 1
        elif place in capitals and not _parts_a_place(line, capitals[place], known):
            yield capitals[place]
            covered = capitals[place].last + 1


def _is_parted(line: Line, place: int, run: Run | None) -> bool:
    """Say whether a direction opens the run before the name at *place*: North Atlantic."""
    leads = run is not None and run.first == place - 1
    return leads and line.tokens[place - 1].form in titles(line.language).directions


def _parts_a_place(line: Line, run: Run, known: Words) -> bool:
    """Say whether *run* is a direction and the name of a country or sea."""
    if run.last == run.first or line.tokens[run.first].form not in titles(line.language).directions:
        return False
    what, last, _ = exonym(line, run.first + 1, known)
    return bool(what) and run.last <= last


def _capitals(line: Line, known: Words) -> Iterator[Run]:
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
    number, end = numbered(line, first, last)
    core = last - 1 if number and end == last else last
    forms = [
        t.form
        for t in tokens[first : core + 1]
        if t.capital and t.form not in rules.suffixes and t.form not in rules.particles
    ]
    parts = tuple(f for f in forms if len(f) > 1) or tuple(forms) or (tokens[first].form,)  # a "II" that stands alone
    single = len(parts) == 1
    weak = tokens[first].first and single and not known.inside[parts[0]]
    common = single and not number and known.is_common(parts[0])
    beside = [*kinds, *kinds_beside(line, first, rules), *_inner(tokens[first : core + 1], rules)]
    if known.is_common(parts[0]):
        beside.append("worded")
    return Run(line, first, end, parts, number, weak, common, kinds=tuple(beside), core=core)


def numbered(line: Line, first: int, last: int) -> tuple[str, int]:
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
            return ascii_digits(form), last + 1
    return "", last


def kinds_beside(line: Line, first: int, rules: Titles) -> Iterator[str]:
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


def exonym(line: Line, first: int, known: Words) -> tuple[str, int, str]:
    """Return what the longest exonym at the token *first* names, its last token, and the first without its clitics."""
    token = line.tokens[first]
    cased = token.capital or line.text[token.start].islower()
    for form in (token.form,) if cased else bare(token.form, line.language):
        for what, parts, capitals in exonyms(line.language).get(form, ()):
            last = first + len(parts) - 1
            if not _follow(line, first, parts) or (cased and not _is_cased(line, first, last, capitals, known)):
                continue
            return what, last, form
    return "", first, ""


def _follow(line: Line, first: int, parts: Sequence[str]) -> bool:
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


def beginning(line: Line, place: int, reading: str) -> int:
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
