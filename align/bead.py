"""Two documents that are translations of one another -> beads: which sentences say the same, and which stand alone.

    hr  0 Vojska uđe u grad.   1 Grad pade, a vlada ode.      2 Kiša.
    en  0 The army enters the town.   1 The town fell.   2 The government left.
    beads   (0) (0)    (1) (1, 2)    (2) ()

Sure anchors give a band (`hexapla.align.chain`); the best path through it gives the beads (`hexapla.align.path`), by
how much likelier each is to be a translation than to meet by chance (`hexapla.align.likely`). Then the text itself says
how frequent shapes are, how lengths relate, which words are to be trusted and which more belong together
(`hexapla.align.own`), and the path is sought again, twice; each time the beads around it (`hexapla.align.lattice`) are
looked at more closely, by where in their sentences words stand (`hexapla.align.diagonal`). At last what clearly leaves
the order of the text is mended (`hexapla.align.cross`). A collection is read as one text, and only the search is of
each pair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import Edges, Side, anchors, band
from hexapla.align.cross import Known, Part, mended
from hexapla.align.diagonal import Diagonal
from hexapla.align.lattice import SIZES, band_around, lattice
from hexapla.align.likely import Likely, believed, fitted
from hexapla.align.own import Seen, presumed, steps_of, taught, together
from hexapla.align.path import SHAPES, Scores, Spans, Step, search
from hexapla.align.reading import Reading, featured
from hexapla.align.score import Features
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Single = NDArray[np.float32]

ROUNDS = 3
"""Times that the path is sought; each but the first knows what the one before told."""

SURE = 2.0
"""By how much (nats) a bead must lead for the text to learn from it."""

CERTAIN, START, SLOPE = 0.992, 0.7, 0.42
"""A bead that leads by so many nats is right with the chance CERTAIN / (1 + exp(-(START + SLOPE · lead))).

Fitted to half of the texts of `make bench-translations`, and checked on the others (docs/translations.md).
"""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of two documents that translate one another; with nothing on one side, what only the other has.

    Numbers count the sentences and headings of a document from 0; boilerplate is left out. They rise, and follow one
    another but where something else stands between; beads may cross.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float  # 0..1: the chance that exactly these sentences belong together (`certainty`)


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
    parts: list[Part] = field(default_factory=list)

    def leads(self) -> list[float]:
        """Return by how much each step is better than the best other way to where it begins or ends."""
        found = [*(step.lead for step in self.steps), math.inf]
        return [min(one, after) for one, after in pairwise(found)]

    def sure(self) -> Seen:
        """Return the beads to learn from."""
        steps = [step for step in self.steps if step.left and step.right and step.lead >= SURE]
        return Seen(self.left, self.right, self.edges, steps)


def beads(
    left: Document, right: Document, lexicon: Lexicon, *, learn: bool = True, outside: Outside | None = None
) -> tuple[Bead, ...]:
    """Return the beads of two documents in the order of the text, each sentence in one.

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
    inorder = [ordered(pair) for pair in pairs]
    figures, sides = _sides(inorder, lexicon, features)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    held: list[_Pair] = []
    for number, ((one, other), told) in enumerate(zip(inorder, outside or [None] * len(pairs), strict=True)):
        groups[one.language, other.language].append(number)
        held.append(_pair(*sides[number], len(figures), told, one is not pairs[number][0]))
    for numbers in groups.values():
        _together([held[number] for number in numbers], figures, learn)
    return tuple(_beads(pair) for pair in held)


def _sides(
    pairs: Sequence[tuple[Document, Document]], lexicon: Lexicon, features: Features | None
) -> tuple[Flags, list[tuple[Side, Side, Edges]]]:
    """Return which types are figures, and both sides of each of *pairs*: what else was read is let go of here."""
    documents = [document for pair in pairs for document in pair]
    if features is None:
        known = Reading.of(documents, lexicon)
    else:
        known = Reading.taken(documents, *featured(documents, lexicon, features))
    known = known.marked({id(document): document for document in documents}.values())
    told = [(known.sides[id(one)], known.sides[id(other)], known.edges(one, other)) for one, other in pairs]
    return known.figures(), told


def ordered(pair: tuple[Document, Document]) -> tuple[Document, Document]:
    """Return the documents of *pair* in the order in which they are worked on, whichever was given first."""
    one, other = pair
    return (other, one) if (other.language, other.text) < (one.language, one.text) else (one, other)


def _pair(left: Side, right: Side, edges: Edges, size: int, outside: Outside | None, turned: bool) -> _Pair:
    told = outside.turned() if outside and turned else outside
    near = np.array(told.near if told else (), np.int64).reshape(-1, 2)
    low, high = band(anchors(left, right, edges, size, near), len(left), len(right))
    return _Pair(left, right, edges, turned, low, high, told.scores if told else None)


def _together(pairs: Sequence[_Pair], figures: Flags, learn: bool) -> None:
    """Find the paths of *pairs* of the same languages: all are read as one text, and only the search is of each."""
    text = together([pair.sure() for pair in pairs])
    model = believed(text.left, text.right)
    said = presumed(text.edges, text.right, figures), presumed(text.edges.turned(), text.left, figures)
    for turn in range(ROUNDS):
        likely = Likely(text.left, text.right, said, model, len(figures))
        if turn < ROUNDS - 1:  # the last path is sought around the one before, which is as good
            _look(pairs, likely)
        if turn:  # before anything is learned few beads are sure enough to tell where words stand
            closely = Diagonal(likely)
            closely.fit(steps_of([pair.sure() for pair in pairs]))
            _look_again(pairs, closely)
        if turn < ROUNDS - 1:
            sure = steps_of([pair.sure() for pair in pairs])
            model = fitted(text.left, text.right, [pair.steps for pair in pairs], sure, model.ratio)
            if learn:
                said = taught(replace(text, steps=sure, slant=closely.slant if turn else None), figures)
    for pair, row, column in _placed(pairs):
        pair.parts = mended(pair.steps, pair.leads(), _known(pair, closely, row, column))


def _placed(pairs: Sequence[_Pair]) -> Iterator[tuple[_Pair, int, int]]:
    """Yield each pair with the row and the column where it begins in the collection."""
    row = column = 0
    for pair in pairs:
        yield pair, row, column
        row, column = row + len(pair.left), column + len(pair.right)


def _look(pairs: Sequence[_Pair], likely: Likely) -> None:
    """Find the path of each pair by the words that stand in its sentences."""
    model = likely.model
    for pair, row, column in _placed(pairs):
        scores = _scores(likely, row, column)
        if pair.outside:
            scores = _both(scores, pair.outside)
        pair.steps = search(pair.low, pair.high, scores, model.alone, model.again)


def _look_again(pairs: Sequence[_Pair], closely: Diagonal) -> None:
    """Find the path of each pair around the one it has, by where in the sentences words stand, too."""
    likely, model = closely.likely, closely.likely.model
    for pair, row, column in _placed(pairs):
        low, high = band_around(pair.steps, pair.low, pair.high)
        found = lattice(low, high, _scores(likely, row, column), pair.outside, model.alone, model.again)
        left, right = SIZES[found.shape].T
        begin, start = found.row.astype(np.int64) + row, found.column.astype(np.int64) + column
        told = closely.scores(Spans(begin, left, start, right))
        scores = found._replace(score=told.astype(np.float32) + found.beside).scores()
        pair.steps = search(low, high, scores, model.alone, model.again)


def _known(pair: _Pair, closely: Diagonal, row: int, column: int) -> Known:
    """Return what is known of beads of *pair* that are out of order."""
    likely = closely.likely

    def score(left: Sequence[int], right: Sequence[int]) -> float:
        found = closely.bead([row + n for n in left], [column + n for n in right])
        if pair.outside and all(side[-1] - side[0] == len(side) - 1 for side in (left, right)):
            shape = SHAPES.index((len(left), len(right)))
            found += float(pair.outside(left[0], left[-1] + 1, right[0], right[-1] + 1)[shape, 0, 0])
        return found

    def right(number: int, first: int, last: int) -> list[int]:
        there = likely.hints(0, row + number, column + first, column + min(last, len(pair.right)))
        return [n - column for n in there]

    def left(number: int, first: int, last: int) -> list[int]:
        there = likely.hints(1, column + number, row + first, row + min(last, len(pair.left)))
        return [n - row for n in there]

    return Known(score, (right, left), likely.model.alone)


def _scores(likely: Likely, row: int, column: int) -> Scores:
    """Return what scores beads of a pair whose sentences begin at *row* and *column* of the collection."""

    def scores(first: int, last: int, start: int, end: int) -> Single:
        return likely(row + first, row + last, column + start, column + end)

    return scores


def _both(one: Scores, other: Scores) -> Scores:
    """Return the sum of two scores."""

    def scores(first: int, last: int, start: int, end: int) -> Single:
        return one(first, last, start, end) + other(first, last, start, end)

    return scores


def _beads(pair: _Pair) -> tuple[Bead, ...]:
    """Return the beads of the path of *pair* as the caller gave it, in the order of its text."""
    found = []
    for part in pair.parts:
        one, other = (part.right, part.left) if pair.turned else (part.left, part.right)
        found.append(Bead(one, other, certainty(part.lead)))
    return tuple(found)


def certainty(lead: float) -> float:
    """Return the chance that a bead is right that is better by *lead* (nats) than the best other way.

    >>> certainty(0), certainty(5), certainty(50)
    (0.663, 0.935, 0.992)
    """
    return round(CERTAIN / (1 + math.exp(-(START + SLOPE * lead))), 3)
