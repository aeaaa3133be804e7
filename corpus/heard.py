"""Documents -> runs with the key that each is compared by; capitals first, then what is only heard.

    en  Neil Armstrong, Apollo 11    survey: names with capitals     ──▶ (neil, armstrong), (apollo, #11)
    ar  نيل أرمسترونغ · أبولو ١١     heard: no capitals, but a word sounds like one of a name, and its neighbours like
                                     that name's other words         ──▶ (neil, armstrong), (apollo, #11)

A name that each language has its own word for has what it means as its key: a country, the Moon. A number is part of
the key where it tells a series.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hexapla.corpus.alike import ALIKE, Form, classified, is_adjective, losses, nodes
from hexapla.corpus.document import Document
from hexapla.corpus.echo import Echoes
from hexapla.corpus.fold import bare
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.line import Line, Words, has_no_case, lines
from hexapla.corpus.sound import SHORTEST, likeness, sounds
from hexapla.corpus.spot import Key, Run, beginning, candidates, exonym, kinds_beside, numbered
from hexapla.corpus.title import titles

ALIKE_BESIDE = 0.72
"""How alike a word sounds at least whose neighbours are those of the name."""

ALIKE_TOGETHER, ALIKE_BRIEF = 0.85, 0.9
"""How alike words sound on average that are a name only together: each of them is too short; with few consonants."""

TOGETHER, BRIEF = 4, 5
"""Consonants of such a name at least, and those up to which it is brief."""


class Survey:
    """Reads documents, and joins what it finds in them."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon) -> None:
        self.lines = [line for document in documents for line in lines(document)]
        self.known: dict[str, Words] = {}
        for line in self.lines:
            self.known.setdefault(line.language, Words(line.language, lexicon)).count(line)
        cased = [run for line in self.lines for run in candidates(line, self.known[line.language])]
        self.classes = self._classes(cased)
        self.concepts = self._common(cased)
        self.runs = self._numbered(_led((self._settled(run) for run in cased), self.known))
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
        spoken_nodes = [node for language in sorted(forms) for node in nodes(language, forms[language], True)]
        spoken_nodes += [
            node for language in sorted(self.uncased) for node in nodes(language, self.uncased[language], False)
        ]
        return classified(spoken_nodes)

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


def _led(runs: Iterable[Run], known: Mapping[str, Words]) -> list[Run]:
    """Return *runs*, those that begin with another word without it: American Paul Bremer, Mondrakete N1.

    The first word is another one if the rest is a name elsewhere and no other account has both together, and: it
    stands alone elsewhere and the rest has two words; or every noun of the language has a capital; or only the
    beginning of a sentence or heading gives it one, which no other account does.
    """
    kept = list(runs)
    told: dict[Key, set[str]] = defaultdict(set)
    alone: dict[str, set[str]] = defaultdict(set)  # class -> accounts
    for run in kept:
        told[run.key].add(run.line.document)
        for part in run.key:
            alone[part].add(run.line.document)
    return [_without_lead(run, told, alone, known[run.line.language]) for run in kept]


def _without_lead(run: Run, told: Mapping[Key, set[str]], alone: Mapping[str, set[str]], known: Words) -> Run:
    rest = run.key[1:]
    if len(run.key) != len(run.parts) or rest not in told or len(told[run.key]) > 1:
        return run
    nouns = titles(run.line.language).capital_nouns
    opening = run.line.tokens[run.first].first and not known.inside[run.parts[0]] and len(alone[run.key[0]]) == 1
    led = run.key[:1] in told and len(rest) > 1
    if not (led or (nouns and rest) or (opening and len(told[rest]) > 1)):
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
            if has_no_case(line, token):
                found[line.language][token.form].add(line.document)
    return found


class Heard:
    """Finds in scripts without capitals what other accounts write with them."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.forms: dict[str, set[str]] = defaultdict(set)  # class -> words with capitals
        holding: dict[str, set[Key]] = defaultdict(set)
        self.confirmed: dict[Form, str] = {}
        self._opened: dict[Form, tuple[Key, ...]] = {}
        self._compared: dict[tuple[str, str, str], tuple[float, str]] = {}
        self.attested = {language: frozenset(forms) for language, forms in survey.uncased.items()}
        for run in survey.runs:
            for part in run.parts:
                self.forms[survey.classes[run.line.language, part][0]].add(part)
            if len(run.key) > 1:
                for part in run.key:
                    holding[part].add(run.key)
        self.holding = {part: sorted(keys) for part, keys in holding.items()}  # class or number -> keys of many words
        self.begun: dict[str, list[Key]] = defaultdict(list)  # class -> keys that it begins
        for key in {run.key for run in survey.runs if len(run.key) > 1 and not run.key[-1].startswith("#")}:
            self.begun[key[0]].append(key)
        self.opening = self._openings()

    def _openings(self) -> Mapping[str, tuple[Echoes, Mapping[str, set[str]]]]:
        """First consonant -> the words of classes that begin a key, where one of theirs begins so, and the classes."""
        classes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name in self.begun:
            for letter in {heard[0] for form in self.forms[name] for heard in sounds(form) if heard}:
                for form in self.forms[name]:
                    classes[letter][form].add(name)
        return {letter: (Echoes(sorted(held)), held) for letter, held in classes.items()}

    def runs(self) -> list[Run]:
        """Return the names; what stands in a name of several words is then known alone, too."""
        lines = [line for line in self.survey.lines if self.survey.uncased.get(line.language)]
        for line in lines:
            for _ in self._line(line):
                pass
        return [run for line in lines for run in self._line(line)]

    def _line(self, line: Line) -> Iterator[Run]:
        covered = 0
        for place, token in enumerate(line.tokens):
            if (
                place < covered
                or not has_no_case(line, token)
                or exonym(line, place, self.survey.known[line.language])[0]
            ):
                continue
            run = (
                self._numbered(line, place)
                or self._named(line, place, covered)
                or self._together(line, place)
                or self._common(line, place)
            )
            if run:
                yield run
                covered = run.last + 1

    def _class(self, line: Line, place: int) -> tuple[str, float]:
        form = (line.language, line.tokens[place].form)
        if form in self.confirmed:
            return self.confirmed[form], 1.0
        return self.survey.classes.get(form, ("", 0.0))

    def _numbered(self, line: Line, place: int) -> Run | None:
        """Return the name with a number that begins at *place*: its sound may be short then."""
        number, last = numbered(line, place, place)
        if not number:
            return None
        for key in self.holding.get(f"#{number}", ()):
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
        for key in (key for key in self.holding.get(own, ()) if not key[-1].startswith("#")):
            first, held = self._stretch(line, place, key, -1, covered)
            last, more = self._stretch(line, place, key, 1, covered)
            matched = (*reversed(held), own, *more)
            if len(matched) > best[0]:
                best = (len(matched), first, last, matched)
        size, first, last, key = best
        if size > 1 and key[-1] != own:
            self._confirm(line, last, key[-1])
        return self._run(line, first, last, key, self._alike(line, first, key[0])[1])

    def _together(self, line: Line, place: int) -> Run | None:
        """Return the name that begins at *place* and whose words are too short to be known alone: Jaime Sin."""
        keys = self._openers(line, place)
        if not keys or not self._is_beside(line, place + 1, 1, 0):
            return None
        found: list[tuple[float, int, Key]] = []
        for key in keys:
            size = next((n for n in range(1, len(key)) if not self._is_next(line, place + n, key[n])), len(key))
            alike = [self._alike(line, place + n, key[n]) for n in range(size)]
            consonants = sum(len(sounds(reading)[0]) for _, reading in alike)
            mean = sum(one for one, _ in alike) / size
            least = ALIKE_BRIEF if consonants < BRIEF else ALIKE_TOGETHER
            if size > 1 and consonants >= TOGETHER and mean >= least and not self._is_common(line, place, size):
                found.append((-mean, -size, key[:size]))
        if not found:
            return None
        _, size, key = min(found)
        return self._run(line, place, place - size - 1, key, self._alike(line, place, key[0])[1])

    def _is_common(self, line: Line, place: int, size: int) -> bool:
        """Say whether the words are all common ones; one alone may be, as it is read with a clitic."""
        known = self.survey.known[line.language]
        return all(known.concepts(token.form) for token in line.tokens[place : place + size])

    def _openers(self, line: Line, place: int) -> tuple[Key, ...]:
        """Return the names whose first word sounds like the one at *place*."""
        form = (line.language, line.tokens[place].form)
        found = self._opened.get(form)
        if found is None:
            readings = losses(form[1], form[0], self.attested[form[0]])
            heard = {row[0] for one, _ in readings for row in sounds(one) if row}
            near = {
                name
                for words, classes in (self.opening[letter] for letter in heard if letter in self.opening)
                for reading, loss in readings
                for word in words.near(reading, ALIKE_BESIDE + loss)
                for name in classes[word]
            }
            fitting = (name for name in near if self._alike(line, place, name)[0] >= ALIKE_BESIDE)
            found = tuple(sorted(key for name in fitting for key in self.begun[name]))
            self._opened[form] = found
        return found

    def _is_next(self, line: Line, place: int, name: str) -> bool:
        """Say whether the word at *place* stands right after another and sounds like *name*."""
        return self._is_beside(line, place, 1, 0) and self._alike(line, place, name)[0] >= ALIKE_BESIDE

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
        return gap.strip(" -.\u00a0") == "" and has_no_case(line, line.tokens[place])

    def _alike(self, line: Line, place: int, name: str) -> tuple[float, str]:
        """Return how alike the word at *place* and a class sound, and the word without what leans on it."""
        form = line.tokens[place].form
        known = self._compared.get((line.language, form, name))
        if known is None:
            rows = [
                (likeness(reading, other) - loss, reading)
                for reading, loss in losses(form, line.language, self.attested[line.language])
                for other in self.forms[name]
                if not is_adjective(reading, other, line.language)
            ]
            known = max(rows, key=lambda row: (row[0], len(row[1]), row[1]), default=(0.0, form))
            self._compared[line.language, form, name] = known
        return known

    def _confirm(self, line: Line, place: int, name: str) -> None:
        form = line.tokens[place].form
        alike, reading = self._alike(line, place, name)
        if alike >= ALIKE and len(sounds(reading)[0]) > 1 and not self.survey.known[line.language].concepts(form):
            self.confirmed.setdefault((line.language, form), name)

    def _run(self, line: Line, first: int, last: int, key: Key, reading: str) -> Run:
        beside = tuple(kinds_beside(line, first, titles(line.language)))
        number = key[-1][1:] if key[-1].startswith("#") else ""
        begin = beginning(line, first, reading)
        return Run(line, first, last, (), number, kinds=beside, start=begin, key=key, heard=True)

    def _common(self, line: Line, place: int) -> Run | None:
        """Return the common word at *place* if others write it as a name, and it is definite where that is written."""
        form = line.tokens[place].form
        article = titles(line.language).article
        reading = next((r for r in bare(form, line.language) if r.startswith(article)), "")
        concept = self.survey.concept(form, line.language) if reading else ""
        if not concept:
            return None
        run = self._run(line, place, place, (concept,), reading)
        return replace(run, concept=concept)
