"""Two sentences -> a number and what it is made of; nothing is decided here.

    "Gagarin circled the Earth on 12 April 1961"       ─▶  gagarin  earth    1961-04-12  1961-04  1961
                                                             │ sound  │ concept  │ the same
    "Jurij Gagarin obletio je Zemlju 12. travnja 1961."     gagarin  zemlju   1961-04-12  1961-04  1961

A sentence is read as features: its words, and the names, dates and quantities that its mentions hold. Features of two
sentences meet where they share a key: the same word of one language, a concept of a lexicon, the sound of a name, an
identity, a value. The weight of a feature is its rarity, idf = ln((N + B + 1) / (df + B p + 1/2)): N and df are of the
documents, B sentences of general text stand beside them, of which a share p is expected to hold it
(`hexapla.corpus.lexicon.background`). With F the weight of one sentence's features that meet something in the other,
and G the reverse,

    coverage     sqrt(F / n · G / m)                                 how much of both is said: translations
    shared mass  sqrt(F · G / (MASS + min(n, m) + EXTRA · max(n, m)))   how much is said together: accounts

where n and m are the weights of all features of the two. `margin` subtracts what a sentence scores with everything
(cross-domain similarity local scaling, Conneau et al. 2018).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from hexapla.align.anchor import SHARE, Key, grain, keys
from hexapla.corpus.document import Document, Mention, outermost
from hexapla.corpus.fold import WORD, ascii_digits, bare, fold
from hexapla.corpus.lexicon import RARE, Lexicon, Phrase, background, familiar
from hexapla.corpus.pause import uncollected
from hexapla.corpus.sound import sound
from hexapla.corpus.stem import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

Scores = TypeVar("Scores", bound="NDArray[np.floating]")

MASS = 40.0
EXTRA = 0.15

BACKGROUND = 200
"""Sentences of general text that the documents' own counts are added to, with what each concept is expected there."""

CONCEPT = "concept "

SAME_SOUND = 0.8
SHORT_SOUND = 0.6
"""Trust that two names that sound alike are one: with four consonants or more, with three."""

LEAST_SOUND = 3
LEAST_SOUND_SMALL = 4
"""Consonants of a sound, in scripts with capitals and in those without."""


class Feature(NamedTuple):
    """Something that a sentence holds and another may share: code points ``[start, end)``, and its type's number."""

    type: int
    start: int
    end: int


Clauses = tuple[tuple[int, int], ...]
"""The clauses of a segment: code points ``[first, last)``."""


@dataclass(slots=True)
class Features:
    """The features of all sentences of all documents."""

    segments: list[str] = field(default_factory=list)
    owner: list[str] = field(default_factory=list)  # document of each segment
    held: list[list[Feature]] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)  # of each type
    label: list[Key] = field(default_factory=list)  # of each type
    keys: list[dict[str, float]] = field(default_factory=list)  # of each type: what makes it meet others, how surely
    meets: list[dict[int, float]] = field(default_factory=list)  # type -> types it meets, and how surely
    places: list[list[int]] = field(default_factory=list)  # type -> segments that hold it
    clauses: list[Clauses] = field(default_factory=list)  # of each segment, where they are wanted

    @classmethod
    @uncollected()
    def of(cls, documents: Sequence[Document], lexicon: Lexicon, reader: Reader | None = None) -> Features:
        """Read the sentences and headings of *documents*, whose mentions are settled; a *reader* may know more keys."""
        found = cls()
        reader = reader or Reader(lexicon)
        for document in documents:
            kept = [segment for segment in document.segments if segment.kind != "x"]
            found.segments += [segment.id for segment in kept]
            found.owner += [document.id] * len(kept)
            found.held += sentences(document, reader)
        found._settle(reader)
        return found

    def _settle(self, reader: Reader) -> None:
        """Weigh the types, and find which meet."""
        self.label, self.keys = reader.labels, reader.keys
        self.places = [[] for _ in reader.labels]
        for number, held in enumerate(self.held):
            for kind in {feature.type for feature in held}:
                self.places[kind].append(number)
        total = len(self.held) + BACKGROUND
        for label, places, held_keys in zip(reader.labels, self.places, reader.keys, strict=True):
            name, value = label
            fine = grain(value) if name == "date" else name
            rarity = math.log((total + 1) / (len(places) + BACKGROUND * _expected(label, held_keys) + 0.5))
            self.weight.append(max(0.0, rarity) * SHARE.get(fine or "", 1.0))
        self.meets = _meetings(reader.keys)

    def rows(self, document: str) -> list[int]:
        """Return the numbers of the segments of *document*."""
        return [number for number, owner in enumerate(self.owner) if owner == document]

    def mass(self) -> NDArray[np.float32]:
        """Return the weight of all features of each segment; each type counts once."""
        import numpy as np

        sums = [sum(self.weight[kind] for kind in {feature.type for feature in held}) for held in self.held]
        return np.array(sums, dtype=np.float32)

    def forward(self, rows: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Return F and G: for each of *rows* and each segment, the weight of its features that the other one meets."""
        import numpy as np

        left = np.zeros((len(rows), len(self.segments)), dtype=np.float32)
        right = np.zeros_like(left)
        mine: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(rows):
            for kind in {feature.type for feature in self.held[number]}:
                mine[kind].append(place)
        met: dict[int, dict[int, float]] = defaultdict(dict)  # their type -> my types
        for kind, at in mine.items():
            for other, trust in self.meets[kind].items():
                met[other][kind] = trust
            best = _best(self.meets[kind], self.places)
            _add(left, np.array(at, dtype=np.intp), _where(best), _values(best) * self.weight[kind])
        for other, kinds in met.items():
            best = _best(kinds, mine)
            columns = np.array(self.places[other], dtype=np.intp)
            _add(right.T, columns, _where(best), _values(best) * self.weight[other])
        return left, right

    def coverage(self, rows: Sequence[int]) -> Matrix:
        """Return how much of both sentences is said in the other, 0 to 1, for each of *rows* and each segment."""
        import numpy as np

        left, right = self.forward(rows)
        mass = np.maximum(self.mass(), 1e-6)
        found: Matrix = np.sqrt(np.clip(left / mass[list(rows), None], 0, 1) * np.clip(right / mass[None, :], 0, 1))
        return found

    def shared(self, rows: Sequence[int]) -> Matrix:
        """Return the shared mass of each of *rows* with each segment."""
        import numpy as np

        left, right = self.forward(rows)
        mass = self.mass()
        mine, theirs = mass[list(rows), None], mass[None, :]
        return shared_mass(left * right, np.minimum(mine, theirs), np.maximum(mine, theirs))


def shared_mass(both: Scores, small: Scores, large: Scores) -> Scores:
    """Return the shared mass for F · G, and for the smaller and the larger of the weights n and m."""
    import numpy as np

    found: Scores = np.sqrt(both) / np.sqrt(MASS + small + EXTRA * large)
    return found


def sentences(document: Document, reader: Reader) -> Iterator[list[Feature]]:
    """Yield the features of each sentence and heading of *document*, whose mentions are settled, as *reader* does."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in outermost(document.mentions):
        if mention.kind != "event":
            mentions[mention.segment].append(mention)
    for segment in document.segments:
        if segment.kind != "x":
            yield reader.read(document, segment.start, segment.end, mentions.get(segment.id, ()))


def _outside(places: Sequence[int], spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers of *places*, in order, that are in none of *spans*; both are gone through once."""
    rest = iter(sorted(spans))
    following, reached = next(rest, None), 0
    for number, place in enumerate(places):
        while following and following[0] <= place:
            reached = max(reached, following[1])
            following = next(rest, None)
        if place >= reached:
            yield number


def _expected(label: Key, held: Iterable[str]) -> float:
    """Return the share of general sentences that are expected to hold a type with the keys *held*."""
    name, value = label
    share = RARE
    if name == "word":  # one for its class alone, such as "not"
        language, _, stem = value.partition(":")
        share = max(share, familiar(stem, language))
    for key in held:
        if key.startswith(CONCEPT) and (usual := background(key[len(CONCEPT) :])) > share:
            share = usual
    return share


def _meetings(keys: Sequence[Mapping[str, float]]) -> list[dict[int, float]]:
    """Return for each type, given by its *keys*, the types that share one, as surely as the less sure of the two."""
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}  # most keys are one type's alone
    for kind, held in enumerate(keys):
        for key in held:
            one = first.setdefault(key, kind)
            if one != kind:
                shared.setdefault(key, [one]).append(kind)
    found = [{kind: max(held.values(), default=0.0)} for kind, held in enumerate(keys)]
    for key, kinds in shared.items():
        trusts = [keys[kind][key] for kind in kinds]
        for at, (one, trust) in enumerate(zip(kinds, trusts, strict=True), start=1):
            row = found[one]
            for other, believed in zip(kinds[at:], trusts[at:], strict=True):
                surely = believed if believed < trust else trust
                if surely > row.get(other, 0.0):
                    row[other] = found[other][one] = surely
    return found


def _best(kinds: Mapping[int, float], places: Mapping[int, list[int]] | Sequence[list[int]]) -> dict[int, float]:
    """For each place of *kinds* the surest of them."""
    best: dict[int, float] = {}
    for kind, trust in kinds.items():
        for place in places[kind]:
            if trust > best.get(place, 0.0):
                best[place] = trust
    return best


def _where(best: Mapping[int, float]) -> NDArray[np.intp]:
    import numpy as np

    return np.fromiter(best, dtype=np.intp, count=len(best))


def _values(best: Mapping[int, float]) -> NDArray[np.float32]:
    import numpy as np

    return np.fromiter(best.values(), dtype=np.float32, count=len(best))


def _add(matrix: Matrix, rows: NDArray[np.intp], columns: NDArray[np.intp], values: NDArray[np.float32]) -> None:
    """Add *values*, one a column, to *rows* of *matrix*."""
    if len(rows) and len(columns):
        matrix[rows[:, None], columns[None, :]] += values[None, :]


def margin(scores: Scores, near: int = 10) -> Scores:
    """Return *scores* less what each row and column scores with its *near* best: 2 s - mean(row) - mean(column)."""
    import numpy as np

    count = min(near, *scores.shape)
    rows = np.sort(scores, axis=1)[:, -count:].mean(axis=1)
    columns = np.sort(scores, axis=0)[-count:].mean(axis=0)
    found: Scores = 2 * scores - rows[:, None] - columns[None, :]
    return found


class Reader:
    """Reads sentences as features, and numbers the types it meets."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.labels: list[Key] = []
        self.keys: list[dict[str, float]] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._stems: dict[str, dict[str, Phrase]] = defaultdict(dict)  # language -> words as they are written
        self._types: dict[str, dict[str, int]] = defaultdict(dict)

    def read(self, document: Document, start: int, end: int, mentions: Sequence[Mention]) -> list[Feature]:
        """Return the features of the sentence ``[start, end)``; words inside a mention with a value are left to it."""
        found = [feature for mention in mentions for feature in self.mention(document, mention)]
        taken = [(mention.start, mention.end) for mention in mentions if keys(mention)]
        language = document.language.split("-")[0]
        line = list(WORD.finditer(document.text, start, end))
        said = self._said(self._read([word.group() for word in line], language), language)
        free = list(_outside([word.start() for word in line], taken)) if taken else range(len(line))
        types = self._numbered([line[place].group() for place in free], language)
        for place, number in zip(free, types, strict=True):
            if place in said:
                self._hold(number, said[place])
            found.append(Feature(number, *line[place].span()))
        return found

    def _said(self, line: Sequence[Phrase], language: str) -> dict[int, dict[str, float]]:
        """Return the concepts of the phrases of a *line* by the place of each of their words, which share the trust."""
        said: dict[int, dict[str, float]] = {}
        for sense in self.lexicon.together(line, language):
            share, key = sense.trust / (sense.last - sense.first + 1), CONCEPT + sense.concept
            for place in range(sense.first, sense.last + 1):
                held = said.setdefault(place, {})
                held[key] = max(held.get(key, 0.0), share)
        return said

    def mention(self, _document: Document, mention: Mention) -> list[Feature]:
        """Return the features of *mention*: what it names, or its value at each precision."""
        return [
            Feature(self.type(label, {f"{label[0]} {label[1]}": 1.0}), mention.start, mention.end)
            for label in keys(mention)
        ]

    def type(self, label: Key, held: Mapping[str, float]) -> int:
        """Return the number of the type *label*, which now holds the keys *held*, too."""
        number = self._numbers.setdefault(label, len(self.labels))
        if number == len(self.labels):
            self.labels.append(label)
            self.keys.append(dict(held))
        else:
            self._hold(number, held)
        return number

    def _hold(self, number: int, held: Mapping[str, float]) -> None:
        mine = self.keys[number]
        for key, trust in held.items():
            if trust > mine.get(key, -1.0):
                mine[key] = trust

    def _read(self, line: Sequence[str], language: str) -> list[Phrase]:
        """Return the stems of the words of a *line*, given as they are written; the same word is read once."""
        known = self._stems[language]
        for word in line:
            if word not in known:
                known[word] = stems(fold(word), language)
        return [known[word] for word in line]

    def _numbered(self, line: Sequence[str], language: str) -> list[int]:
        """Return the types of the words of a *line* that was read; the same word is looked up once."""
        known = self._types[language]
        for word in line:
            if word not in known:
                first, stem = word[0], self._stems[language][word][0]
                held = self.word(fold(word), language, first.isupper(), first.lower() != first.upper())
                known[word] = self.type(("word", f"{language}:{stem}"), held)
        return [known[word] for word in line]

    def word(self, form: str, language: str, capital: bool, cased: bool) -> dict[str, float]:
        """Return the keys of a word by itself; its sound where it may be a name."""
        held = {f"stem {language} {stems(form, language)[0]}": 1.0}
        for meaning in self.lexicon.meanings(form, language):
            key = CONCEPT + meaning.concept
            if meaning.trust > held.get(key, -1.0):
                held[key] = meaning.trust
        if form.isascii() and len(form) >= LEAST_SOUND:
            held[f"form {form}"] = 1.0
        if form.isdecimal():
            held[f"number {ascii_digits(form).lstrip('0') or '0'}"] = 1.0
        elif capital or not cased:
            least = LEAST_SOUND if capital else LEAST_SOUND_SMALL
            for heard in dict.fromkeys(sound(part) for part in bare(form, language)):
                if len(heard) >= least:
                    held[f"sound {heard}"] = SAME_SOUND if len(heard) > LEAST_SOUND else SHORT_SOUND
        return held
