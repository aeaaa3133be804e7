"""Two documents that are translations of one another -> beads: which sentences say the same, and which stand alone.

    hr  0 Vojska uđe u grad.   1 Grad pade, a vlada ode.      2 Kiša.
    en  0 The army enters the town.   1 The town fell.   2 The government left.
    beads   (0) (0)    (1) (1, 2)    (2) ()

A bead's score says how much likelier its sentences are to translate one another than to meet by chance (nats):

    words    of a word met in the other side log (1 - (1 - trust) q) / (1 - q), of another log (1 - trust), where
             q = (1 - chance) ^ sentences is how often it would not be met; weighed by `BOTH`
    lengths  the log ratio of the letters of both sides, against what it is by chance
    shape    how frequent beads of n and m sentences are

Sure anchors give a band (`hexapla.align.chain`), the best path through it the beads (`hexapla.align.path`). Then the
text itself says how frequent shapes are, how lengths relate, which words are to be trusted and which more belong
together (`hexapla.align.own`), and the path is sought again. A collection learns together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, anchors, band, spread
from hexapla.align.own import TRUST, Seen, chance, joined, learned, sample, trust
from hexapla.align.path import SHAPES, WIDEST, Scores, Step, search
from hexapla.align.score import Features
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Single = NDArray[np.float32]

ROUNDS = 3
"""Times that the path is sought; each but the first knows what the one before told."""

SURE = 2.0
"""By how much (nats) a bead must lead for the text to learn from it."""

TWO, MORE = 0.05, 0.15
"""How frequent beads of 1:2 are, to those of 1:1, before the text is read; and those of each sentence more."""

ALONE, AGAIN = 0.05, 0.27
"""Chance that a sentence of one side stands alone after a bead, and after another, before the text is read."""

SPREAD, SPREAD_CHANCE = 0.28, 0.9
"""Standard deviation of the log ratio of lengths: of beads, before the text is read, and of what meets by chance."""

LETTERS = 3.0
"""Added to every length, so that a short sentence's ratio says less."""

FIRM = 50.0
"""Beads that what is believed beforehand counts for."""

WORST = -8.0
"""The least (nats) that lengths can say: a long quotation may be cut."""

BOTH = 0.4
"""Weight of the words of each side: both sides tell the same, and words of a sentence go together."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of two documents that translate one another; with nothing on one side, what only the other has.

    Numbers count the sentences and headings of a document from 0; boilerplate is left out.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float  # 0..1: how sure, by what the best other way would lose


@dataclass(frozen=True, slots=True)
class Outside:
    """What is known of two documents beside their words, by vectors or by a machine translation of one of them.

    *scores* gives, as `hexapla.align.path.Scores` does, how much likelier (nats) the sentences of each shape of bead
    are to translate one another than to meet by chance, for blocks of left and right sentences; it is added to what
    the words say, and a sentence that stands alone scores 0. *near* are pairs of a left and a right sentence that
    may belong together, each the other's likeliest; the search is kept around those that agree.
    """

    scores: Scores
    near: Sequence[tuple[int, int]] = ()

    def turned(self) -> Outside:
        """Return the same from the right side."""
        back = [SHAPES.index((m, n)) for n, m in SHAPES]

        def scores(first: int, last: int, start: int, end: int) -> Single:
            return self.scores(start, end, first, last)[back].transpose(0, 2, 1)

        return Outside(scores, tuple((right, left) for left, right in self.near))


@dataclass(frozen=True, slots=True)
class Model:
    """What is believed of a pair of documents beside words: all logarithms."""

    shapes: Real  # of each of SHAPES
    alone: tuple[float, float]  # a left sentence, a right sentence that stands alone, after a bead
    again: float  # another of it
    ratio: float  # right letters over left ones
    spread: float


@dataclass(slots=True)
class _Counts:
    """What a path tells of shapes and lengths; sums, so that collections add up."""

    shapes: Real = field(default_factory=lambda: np.zeros(len(SHAPES)))
    after: Real = field(default_factory=lambda: np.zeros(3))  # a bead: beads, left and right sentences alone
    run: Real = field(default_factory=lambda: np.zeros(2))  # a sentence alone: beads, sentences alone
    ratio: Real = field(default_factory=lambda: np.zeros(3))  # of sure beads: how many, sum, sum of squares

    def add(self, other: _Counts, sign: int = 1) -> None:
        """Add *other*, or with ``sign=-1`` take it away."""
        for name in ("shapes", "after", "run", "ratio"):
            setattr(self, name, getattr(self, name) + sign * getattr(other, name))


@dataclass(slots=True)
class _Pair:
    """Two documents on their way to beads."""

    left: Side
    right: Side
    edges: Edges
    turned: bool  # whether the caller's left side is the right one here
    low: Whole
    high: Whole
    outside: Scores | None = None
    steps: list[Step] = field(default_factory=list)

    def sure(self) -> list[Step]:
        """Return the beads to learn from."""
        return [step for step in self.steps if step.left and step.right and step.lead >= SURE]


def beads(
    left: Document, right: Document, lexicon: Lexicon, *, learn: bool = True, outside: Outside | None = None
) -> tuple[Bead, ...]:
    """Return the beads of two documents in the order of the text; every sentence is in one.

    The same comes out whichever side is *left*. With ``learn=False`` the text tells nothing of its words.
    """
    return pooled([(left, right)], lexicon, learn=learn, outside=[outside])[0]


def pooled(
    pairs: Sequence[tuple[Document, Document]],
    lexicon: Lexicon,
    *,
    learn: bool = True,
    outside: Sequence[Outside | None] | None = None,
    features: Features | None = None,
) -> tuple[tuple[Bead, ...], ...]:
    """Return the beads of each of *pairs*; those in the same two languages learn from one another.

    *outside* gives for each pair what is known beside its words, or nothing. *features* are those of all documents,
    where they have been read already; the ids of documents then must differ.
    """
    known = Reading.of(pairs, lexicon, features)
    size = len(known.features.label)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    held: list[_Pair] = []
    for number, (pair, told) in enumerate(zip(pairs, outside or [None] * len(pairs), strict=True)):
        one, other = ordered(pair)
        groups[one.language, other.language].append(number)
        held.append(_pair(known, one, other, told, one is not pair[0]))
    for numbers in groups.values():
        _together([held[number] for number in numbers], size, learn)
    return tuple(_beads(pair) for pair in held)


def ordered(pair: tuple[Document, Document]) -> tuple[Document, Document]:
    """Return the documents of *pair* in the order in which they are worked on, whichever was given first."""
    one, other = pair
    return (other, one) if (other.language, other.text) < (one.language, one.text) else (one, other)


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of documents, and the rows that the sentences of each have there, by the document's ``id()``."""

    features: Features
    rows: Mapping[int, Sequence[int]]

    @classmethod
    def of(
        cls, pairs: Sequence[tuple[Document, Document]], lexicon: Lexicon, features: Features | None = None
    ) -> Reading:
        """Read the documents of *pairs*, which may have the same id, or take the *features* read already."""
        documents = {id(document): document for pair in pairs for document in pair}
        names = {key: str(number) for number, key in enumerate(documents)}
        if features is None:
            features = Features.of([replace(document, id=names[key]) for key, document in documents.items()], lexicon)
        else:
            names = {key: document.id for key, document in documents.items()}
        rows: dict[str, list[int]] = defaultdict(list)
        for row, owner in enumerate(features.owner):
            rows[owner].append(row)
        return cls(features, {key: rows[name] for key, name in names.items()})

    def side(self, document: Document) -> Side:
        """Return the types of the sentences of *document*, and their letters."""
        return _side(self.features, self.rows[id(document)], document)

    def edges(self, left: Side, right: Side) -> Edges:
        """Return which types of *left* meet which of *right*."""
        there = set(right.types.tolist())
        meets = self.features.meets
        found = [
            (kind, other, surely)
            for kind in sorted(set(left.types.tolist()))
            for other, surely in sorted(meets[kind].items())
            if other in there
        ]
        one, other, trusts = zip(*found, strict=True) if found else ((), (), ())
        return Edges(np.array(one, np.int64), np.array(other, np.int64), np.array(trusts, np.float64))


def _side(features: Features, rows: Sequence[int], document: Document) -> Side:
    types = [sorted({feature.type for feature in features.held[row]}) for row in rows]
    lengths = [len(document.slice(segment)) for segment in document.segments if segment.kind != "x"]
    start = np.concatenate([[0], np.cumsum([len(held) for held in types], dtype=np.int64)])
    flat = np.array([kind for held in types for kind in held], dtype=np.int64)
    return Side(start, flat, np.array(lengths, dtype=np.float64))


def _pair(known: Reading, one: Document, other: Document, outside: Outside | None, turned: bool) -> _Pair:
    left, right = known.side(one), known.side(other)
    edges = known.edges(left, right)
    told = outside.turned() if outside and turned else outside
    near = np.array(told.near if told else (), np.int64).reshape(-1, 2)
    low, high = band(anchors(left, right, edges, len(known.features.label), near), len(left), len(right))
    return _Pair(left, right, edges, turned, low, high, told.scores if told else None)


def _together(pairs: Sequence[_Pair], size: int, learn: bool) -> None:
    """Find the paths of *pairs* of the same languages."""
    models = [_believed(pair) for pair in pairs]
    trusted: tuple[Real | None, Real | None] = (None, None)
    for turn in range(ROUNDS):
        for pair, model in zip(pairs, models, strict=True):
            scores = _Words(pair, model, trusted, size)
            pair.steps = search(pair.low, pair.high, scores, model.alone, model.again)
        if turn < ROUNDS - 1:
            models = _fitted(pairs, models)
            if learn:
                trusted = _learn(pairs, size)


def _believed(pair: _Pair) -> Model:
    """What is believed before the text is read."""
    shapes = np.array([1.0 if n + m == 2 else TWO * MORE ** (n + m - 3) for n, m in SHAPES])
    ratio = math.log((pair.right.length.sum() + LETTERS) / (pair.left.length.sum() + LETTERS))
    return Model(np.log(shapes / shapes.sum()), (math.log(ALONE), math.log(ALONE)), math.log(AGAIN), ratio, SPREAD)


def _fitted(pairs: Sequence[_Pair], models: Sequence[Model]) -> list[Model]:
    """Return what is believed of each pair after its path: first what the others tell, then what it tells itself."""
    counts = [_counted(pair) for pair in pairs]
    total = _Counts()
    for one in counts:
        total.add(one)
    found = []
    for pair, own, model in zip(pairs, counts, models, strict=True):
        others = _Counts()
        others.add(total)
        others.add(own, -1)
        found.append(_fit(own, _fit(others, replace(_believed(pair), ratio=model.ratio))))
    return found


def _counted(pair: _Pair) -> _Counts:
    """Count what the path of *pair* tells."""
    found = _Counts()
    alone = False
    for step in pair.steps:
        if alone:
            found.run[int(not (step.left and step.right))] += 1
        else:
            found.after[0 if step.left and step.right else 1 if step.left else 2] += 1
        alone = not (step.left and step.right)
        if not alone:
            found.shapes[(step.left - 1) * WIDEST + step.right - 1] += 1
    lengths = [_lengths(pair, step) for step in pair.sure()]
    found.ratio[:] = len(lengths), sum(lengths), sum(length**2 for length in lengths)
    return found


def _lengths(pair: _Pair, step: Step) -> float:
    left = pair.left.length[step.row : step.row + step.left].sum()
    right = pair.right.length[step.column : step.column + step.right].sum()
    return math.log((right + LETTERS) / (left + LETTERS))


def _fit(counts: _Counts, model: Model) -> Model:
    """Return *model* as *counts* move it."""
    shapes = (counts.shapes + FIRM * np.exp(model.shapes)) / (counts.shapes.sum() + FIRM)
    alone = (counts.after[1:] + FIRM * np.exp(model.alone)) / (counts.after.sum() + FIRM)
    again = (counts.run[1] + FIRM * math.exp(model.again)) / (counts.run.sum() + FIRM)
    many, once, square = counts.ratio
    ratio = (once + FIRM * model.ratio) / (many + FIRM)
    spread = max(square - 2 * ratio * once + many * ratio**2, 0.0) + FIRM * model.spread**2
    return Model(
        np.log(shapes),
        (math.log(alone[0]), math.log(alone[1])),
        math.log(again),
        ratio,
        math.sqrt(spread / (many + FIRM)),
    )


def _learn(pairs: Sequence[_Pair], size: int) -> tuple[Real, Real]:
    """Let *pairs* learn which words belong together; return how far the words of either side are to be trusted."""
    seen = sample([Seen(pair.left, pair.right, pair.edges, pair.sure()) for pair in pairs])
    more = learned(seen, size)
    for pair in pairs:
        pair.edges = joined(pair.edges, more)
    there = [replace(one, edges=pair.edges) for one, pair in zip(seen, pairs, strict=True)]
    return trust(there, size), trust([one.turned() for one in there], size)


class _Words:
    """Scores beads of a pair, a block at a time; see `hexapla.align.path.Scores`."""

    def __init__(self, pair: _Pair, model: Model, trusted: tuple[Real | None, Real | None], size: int) -> None:
        self.model, self.outside = model, pair.outside
        self.halves = (
            _Half(pair.left, pair.right, pair.edges, trusted[0], size),
            _Half(pair.right, pair.left, pair.edges.turned(), trusted[1], size),
        )
        self.letters = tuple(np.concatenate([[0], np.cumsum(side.length)]) for side in (pair.left, pair.right))

    def __call__(self, first: int, last: int, start: int, end: int) -> Single:
        """Return the score of each shape that begins at rows ``[first, last)`` and columns ``[start, end)``."""
        rows, columns = last - first, end - start
        left = _summed(self.halves[0].words(first, last, start, end))
        right = _summed(self.halves[1].words(start, end, first, last))
        found = np.full((len(SHAPES), rows, columns), -np.inf, dtype=np.float32)
        for shape, (n, m) in enumerate(SHAPES):
            if n <= rows and m <= columns:
                said = (left[m - 1, n:] - left[m - 1, :-n])[:, : columns - m + 1]
                answered = (right[n - 1, m:] - right[n - 1, :-m])[:, : rows - n + 1]
                lengths = self._lengths(first, last, start, end, n, m)
                found[shape, : rows - n + 1, : columns - m + 1] = (
                    BOTH * (said + answered.T) + lengths + self.model.shapes[shape]
                )
        return found if self.outside is None else found + self.outside(first, last, start, end)

    def _lengths(self, first: int, last: int, start: int, end: int, n: int, m: int) -> Single:
        """How much likelier the lengths are in a bead than by chance."""
        left = self.letters[0][first + n : last + 1] - self.letters[0][first : last + 1 - n]
        right = self.letters[1][start + m : end + 1] - self.letters[1][start : end + 1 - m]
        away = np.log(right + LETTERS)[None, :] - (np.log(left + LETTERS) + self.model.ratio)[:, None]
        sharp = (self.model.spread**-2 - SPREAD_CHANCE**-2) / 2
        found = np.maximum(math.log(SPREAD_CHANCE / self.model.spread) - sharp * away**2, WORST)
        single: Single = found.astype(np.float32)
        return single


def _summed(words: Single) -> Single:
    """Sums over the sentences of *words* (axis 1) from the first on, with 0 before it."""
    found = np.zeros((words.shape[0], words.shape[1] + 1, words.shape[2]), dtype=np.float32)
    np.cumsum(words, axis=1, out=found[:, 1:])
    return found


class _Half:
    """What the words of the sentences of one side say of windows of the other."""

    def __init__(self, mine: Side, theirs: Side, edges: Edges, trusted: Real | None, size: int) -> None:
        self.mine, self.theirs, self.edges = mine, theirs, edges
        self.begin = np.searchsorted(edges.left, np.arange(size + 1))
        by_chance = chance(edges, theirs, size)
        surely = np.full(size, TRUST) if trusted is None else trusted
        known = np.diff(self.begin) > 0
        self.missed = np.where(known, np.log1p(-surely), 0).astype(np.float32)
        absent = (1 - by_chance[None, :]) ** np.arange(1, WIDEST + 1)[:, None]
        self.gain = (np.log((1 - (1 - surely) * absent) / (1 - absent)) - self.missed).astype(np.float32)

    def words(self, first: int, last: int, start: int, end: int) -> Single:
        """Return, for windows of 1 to `WIDEST` that begin at ``[start, end)``, what ``[first, last)`` say of them."""
        types = self.mine.types[self.mine.start[first] : self.mine.start[last]]
        owner = np.repeat(np.arange(last - first), np.diff(self.mine.start[first : last + 1]))
        base = np.bincount(owner, self.missed[types], last - first).astype(np.float32)
        kinds, met = self._met(np.unique(types), start, end)
        there = np.searchsorted(kinds, types)
        holds = np.zeros((last - first, len(kinds) + 1), dtype=np.float32)
        holds[owner, np.where(np.isin(types, kinds), there, len(kinds))] = 1
        found = np.empty((WIDEST, last - first, end - start), dtype=np.float32)
        window = met.copy()
        for wide in range(WIDEST):
            if wide:
                np.maximum(window[:, :-wide], met[:, wide:], out=window[:, :-wide])
            found[wide] = holds[:, :-1] @ (window * self.gain[wide, kinds, None]) + base[:, None]
        return found

    def _met(self, kinds: Whole, start: int, end: int) -> tuple[Whole, Single]:
        """Those of *kinds* that meet something in ``[start, end)``, and how surely each sentence there holds it."""
        span = slice(self.theirs.start[start], self.theirs.start[end])
        order = np.argsort(self.theirs.types[span], kind="stable")
        theirs = self.theirs.types[span][order]
        columns = np.repeat(np.arange(end - start), np.diff(self.theirs.start[start : end + 1]))[order]
        which, place = spread(self.begin[kinds], self.begin[kinds + 1] - self.begin[kinds])
        low = np.searchsorted(theirs, self.edges.right[place])
        again, there = spread(low, np.searchsorted(theirs, self.edges.right[place], side="right") - low)
        used, row = np.unique(which[again], return_inverse=True)
        met = np.zeros((len(used), end - start), dtype=np.float32)
        np.maximum.at(met, (row, columns[there]), self.edges.trust[place[again]].astype(np.float32))
        return kinds[used], met


def _beads(pair: _Pair) -> tuple[Bead, ...]:
    """Return the beads of the path of *pair* as the caller gave it, in the order of its text."""
    found = []
    for step, after in zip(pair.steps, [*pair.steps[1:], None], strict=True):
        left = tuple(range(step.row, step.row + step.left))
        right = tuple(range(step.column, step.column + step.right))
        lead = step.lead if after is None else min(step.lead, after.lead)
        one, other = (right, left) if pair.turned else (left, right)
        found.append(Bead(one, other, round(1 / (1 + math.exp(-lead)), 3)))
    return tuple(found)
