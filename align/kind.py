"""How two documents stand to one another: translations, accounts of the same happenings, or neither.

    translation   the same in the same order: sure anchors rise in even step, what each has once stands in its place
    comparable    the same people, places, dates and figures, in an order of their own
    unrelated     no more in common than any two texts

Scores and decisions are apart. `likeness` counts, in time that grows as the texts do:

    anchors  pairs of sentences that share most by far (`hexapla.align.chain`): how many rise together on both sides
    steps    from one of these to the next: even where both texts go equally far, ± 1 or 1/5
    once     things that one sentence of each text holds, in stretches of even steps: in place, or not
    lengths  of the sentences of each anchor
    things   names, dates and figures that are rare, and how many the two share
    words    how much of what both say is also in the other, each word by how surprising that is, -ln(1 - (1 - p)^n),
             where p is the share of sentences of general text that hold it and n the other text's sentences

Each of the first four is likelier in a translation, or in another account (`RISEN`, `EVEN`, `PLACED`, `SPREAD`); the
logs of how much likelier add up to `Likeness.order` (nats). Things and words make `Likeness.common`. For a translation
`decided` asks how much of both texts is said in place in the other (`hexapla.align.stretch`), or for an `ORDER` that
this does not speak against, and a part of the text that is `PARALLEL`. A long part that one side lacks does no harm.
Accounts are comparable where they have `MUCH` in common, or both tell a listed event, or have `SOME` in common and both
are kin to a third. The same sentences in another order are comparable, not a translation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.anchor import SHARE
from hexapla.align.bead import Outside
from hexapla.align.chain import Edges, Side, sought
from hexapla.align.group import Kind, Kinship, Mode
from hexapla.align.likely import LETTERS
from hexapla.align.reading import Reading, featured
from hexapla.align.score import CONCEPT, Features
from hexapla.align.stretch import Known, Stretches, speaking, stretches
from hexapla.corpus import edtf
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import RARE, Lexicon, background

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RISEN = (0.98, 0.7)
"""Share of sure anchors that rise on both sides, in translations and in other accounts."""

EVEN = (0.95, 0.7)
"""Share of steps that are even, in translations and in other accounts."""

PLACED = (0.8, 0.4)
"""Share of things said once that stand in place, within `AWAY` sentences, in translations and in other accounts."""

AWAY = 1

SPREAD = (0.25, 0.45)
"""Standard deviation of the log ratio of lengths of anchors, in translations and in other accounts."""

WORST = -2.0
"""The least (nats) that the lengths of one anchor can say."""

ORDER, EACH, ENOUGH = 2.5, 0.7, 16.0
"""Nats from which on two texts have the order of translations: at least, for each sentence of the shorter, at most.

Short accounts may tell the same in the same order, too; translations show it nearly sentence by sentence.
"""

AGAINST = 1.0
"""By how much words must speak against a translation that the order shows."""

LEAST_PART = 0.15
"""Part of one of the texts that must run as a translation, where words are asked."""

PARALLEL = 0.2
"""Part of both texts that must stand in stretches of even steps, where they are not."""

MUCH, SOME = 0.3, 0.2
"""What accounts of the same happenings have in common by themselves, and where a third is kin to both."""

BLUR = 0.05
"""What is in common may be so much more or less than it seems."""

GUESS = 0.75
"""A certainty below it is called a guess."""

DOUBT = 10
"""Things not shared that are counted beside those there are, so that one of two says little."""

TELLING = ("person", "place", "organisation", "people", "thing", "quantity", "day", "month")
"""Kinds of things that tell one story from another."""

LEAST = 3.0
"""Weight of a thing that is rare enough to tell."""

FLOOR = 0.0005
"""Share of sentences of general text that any word is expected in at least."""

KIN: tuple[Kind, ...] = ("translation", "comparable")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is counted of two documents; numbers of both are pairs: of those that fit, of all."""

    anchors: Pair
    steps: Pair
    once: Pair
    lengths: float  # nats
    parallel: float  # part of the sentences of both that stand in stretches of even steps
    things: Pair
    words: float  # 0..1
    events: int = 0  # of the authority that both tell
    size: int = 0  # sentences of the shorter one
    stretches: Stretches | None = None  # that run as a translation; None where too few words are known to say

    @property
    def order(self) -> float:
        """How much likelier (nats) this is in translations than in other accounts."""
        return _ratio(self.anchors, RISEN) + _ratio(self.steps, EVEN) + _ratio(self.once, PLACED) + self.lengths

    @property
    def common(self) -> float:
        """How much is shared beside what any two texts share."""
        return self.things[0] / (self.things[1] + DOUBT) + self.words


def _ratio(counts: Pair, share: tuple[float, float]) -> float:
    fits, fails = math.log(share[0] / share[1]), math.log((1 - share[0]) / (1 - share[1]))
    return counts[0] * fits + (counts[1] - counts[0]) * fails


def kinds(
    documents: Sequence[Document],
    features: Features,
    mode: Mode = "auto",
    outside: Mapping[tuple[str, str], Outside] | None = None,
) -> tuple[Kinship, ...]:
    """Return for every two of *documents* how they stand to one another, in the order of their ids.

    *features* are those of all documents. Any *mode* but ``auto`` is believed, and nothing is counted. *outside* gives
    for pairs of ids, the first one sorting first, what is known beside the words.
    """
    by_id = {document.id: document for document in documents}
    pairs = list(combinations(sorted(by_id), 2))
    if mode != "auto":
        return tuple(Kinship(left, right, mode, f"--mode {mode}") for left, right in pairs)
    texts, told = Texts.of(documents, features), outside or {}
    return decided({pair: texts.likeness(by_id[pair[0]], by_id[pair[1]], told.get(pair)) for pair in pairs})


@dataclass(frozen=True, slots=True)
class Texts:
    """Documents as they are compared: their features, and what is known of each type of feature."""

    reading: Reading
    sides: Mapping[str, Side]
    telling: Flags  # whether a type is a rare name, date or figure
    known: Known
    exact: Real  # how much a type counts beside a name

    @classmethod
    def of(cls, documents: Sequence[Document], features: Features) -> Texts:
        """Take *documents*, whose features are *features*."""
        reading = Reading.taken(documents, *featured(documents, Lexicon.of(()), features))
        grains = [edtf.precision(value) if kind == "date" else kind for kind, value in features.label]
        rare = np.array(features.weight) >= LEAST
        return cls(
            reading,
            {document.id: reading.sides[id(document)] for document in documents},
            rare & np.array([grain in TELLING for grain in grains], dtype=bool),
            Known(
                np.array([any(key.startswith(CONCEPT) for key in held) for held in features.keys], dtype=bool),
                np.array([name != "word" for name, _ in features.label], dtype=bool),
                np.array([max(FLOOR, _general(held)) for held in features.keys]),
            ),
            np.array([SHARE.get(grain, 1.0) for grain in grains]),
        )

    def likeness(self, left: Document, right: Document, outside: Outside | None = None) -> Likeness:
        """Count what *left* and *right* share, and whether it is in the same order."""
        one, other = self.sides[left.id], self.sides[right.id]
        edges, size = self.reading.edges(left, right), len(self.telling)
        near = np.array(outside.near if outside else (), np.int64).reshape(-1, 2)
        chain, winning = sought(one, other, edges, size, near)
        gaps = np.diff(chain, axis=0)
        even = np.abs(gaps[:, 0] - gaps[:, 1]) <= 1 + gaps.max(axis=1, initial=0) / 5
        once = _once(one, other, edges, size)
        known = replace(self.known, words=~self.known.things) if left.language == right.language else self.known
        told = None
        if speaking(one, other, known):
            told = stretches((one, other), edges, chain, len(winning) - len(chain), once, known)
        return Likeness(
            (len(chain), len(winning)),
            (int(even.sum()), len(even)),
            _placed(once, chain, even, (len(one), len(other))),
            _lengths(one.length[chain[:, 0]], other.length[chain[:, 1]]),
            float(gaps[even].sum() / max(1, len(one) + len(other))),
            self._things(one, other, edges),
            math.sqrt(self._said(one, edges, len(other)) * self._said(other, edges.turned(), len(one))),
            len(_told(left) & _told(right)),
            min(len(one), len(other)),
            told,
        )

    def _things(self, one: Side, other: Side, edges: Edges) -> Pair:
        """How many rare names, dates and figures are shared, and how many could be."""
        shared = min(int(self.telling[np.unique(kinds)].sum()) for kinds in (edges.left, edges.right))
        there = min(int(self.telling[np.unique(side.types)].sum()) for side in (one, other))
        return shared, there

    def _said(self, one: Side, edges: Edges, sentences: int) -> float:
        """How much of what *one* says is in the other text of so many *sentences*, by how surprising that is."""
        met = np.zeros(len(self.telling))
        np.maximum.at(met, edges.left, edges.trust)
        types = np.unique(one.types)
        weight = -np.log(-np.expm1(np.log1p(-self.known.general[types]) * max(1, sentences))) * self.exact[types]
        return float((weight * met[types]).sum() / max(float(weight.sum()), 1e-9))


def _general(held: Mapping[str, float]) -> float:
    concepts = (key.removeprefix(CONCEPT) for key in held if key.startswith(CONCEPT))
    return max(map(background, concepts), default=RARE)


def _told(document: Document) -> set[str]:
    return {one.ref for one in document.mentions if one.kind == "event" and one.subtype == "assertion"}


def _once(one: Side, other: Side, edges: Edges, size: int) -> Whole:
    """Return the pairs of sentences that share something which no other sentence holds, on either side."""
    held = one.held(size), other.held(size)
    answers = np.bincount(edges.left, held[1][edges.right], size), np.bincount(edges.right, held[0][edges.left], size)
    single = (held[0][edges.left] == 1) & (held[1][edges.right] == 1)
    single &= (answers[0][edges.left] == 1) & (answers[1][edges.right] == 1)
    where = np.zeros((2, size), dtype=np.int64)
    where[0][one.types], where[1][other.types] = one.owner(), other.owner()
    pairs = np.stack([where[0][edges.left[single]], where[1][edges.right[single]]], axis=1)
    found: Whole = np.unique(pairs, axis=0)
    return found


def _placed(points: Whole, chain: Whole, even: Flags, sizes: Pair) -> Pair:
    """Of *points* in a stretch of even steps on either side: how many the chain leads past, and how many there are."""
    inside = [np.zeros(size + 1, dtype=np.int64) for size in sizes]
    for side in (0, 1):
        np.add.at(inside[side], chain[:-1, side][even], 1)
        np.add.at(inside[side], chain[1:, side][even] + 1, -1)
    there = (np.cumsum(inside[0])[points[:, 0]] > 0) | (np.cumsum(inside[1])[points[:, 1]] > 0)
    asked = points[there]
    knots = np.concatenate([[[-1, -1]], chain, [sizes]])
    away = np.abs(asked[:, 1] - np.interp(asked[:, 0], knots[:, 0], knots[:, 1]))
    return int((away <= AWAY).sum()), len(asked)


def _lengths(left: Real, right: Real) -> float:
    """Return how much likelier (nats) the lengths of anchors are in translations."""
    if not len(left):
        return 0.0
    away = np.log((right + LETTERS) / (left + LETTERS))
    away -= np.median(away)
    narrow, wide = SPREAD
    said = math.log(wide / narrow) - away**2 * (narrow**-2 - wide**-2) / 2
    return float(np.maximum(said, WORST).sum())


def decided(counted: Mapping[tuple[str, str], Likeness]) -> tuple[Kinship, ...]:
    """Decide how the documents of each pair stand to one another: each by itself, then what third ones add."""
    first = {pair: _alone(like) for pair, like in counted.items()}
    found = []
    for pair, like in counted.items():
        kind = first[pair]
        reason = f"{_reason(kind, like)}; {_sure(kind, like)}"
        if kind == "unrelated" and like.common >= SOME and (third := _third(pair, first)):
            kind, reason = "comparable", f"both tell what {third} tells; {_reason(kind, like)}"
        found.append(Kinship(*pair, kind, reason))
    return tuple(found)


def _alone(like: Likeness) -> Kind:
    if _translated(like):
        return "translation"
    return "comparable" if like.events or like.common >= MUCH else "unrelated"


def _translated(like: Likeness) -> bool:
    told = like.stretches
    return _margin(like) >= 0 and (not told or max(told.shares) >= LEAST_PART)


def _margin(like: Likeness) -> float:
    """Return by how much this is a translation, or not; about a log of odds.

    Either the words show it, or the order does and the words do not speak against it.
    """
    order = like.order - min(max(ORDER, EACH * like.size), ENOUGH)
    order = order / math.sqrt(max(1, like.size)) if like.parallel >= PARALLEL else min(order, -1.0)
    told = like.stretches
    return max(told.margin, min(order, told.balance + AGAINST)) if told else order


def _third(pair: tuple[str, str], first: Mapping[tuple[str, str], Kind]) -> str:
    """Return the first document that both of *pair* are kin to; '' where there is none."""
    ids = sorted({name for names in first for name in names} - set(pair))
    near = ({first[min(one, third), max(one, third)] for one in pair} <= set(KIN) for third in ids)
    return next((third for third, fits in zip(ids, near, strict=True) if fits), "")


def _reason(kind: Kind, like: Likeness) -> str:
    told = like.stretches
    order = f"{like.once[0]} of {like.once[1]} things said once in place ({like.order:+.0f} nats)"
    if told:
        placed = (
            f"{told.words:.0%} of the known words and {told.things[0]} of {told.things[1]} names, dates and figures"
        )
        order = f"{placed} in place"
    if kind == "translation":
        return f"{_running(like)} in even steps, {order}"
    if told and told.margin >= 0:
        order = f"only {_running(like)} in even steps"
    things = f"{like.things[0]} of {like.things[1]} rare names, dates and figures shared"
    listed = f"{like.events} listed events told by both, " if like.events else ""
    ordered = f"; {order}" if like.anchors[0] or like.once[1] else ""
    return f"{listed}{things}, {like.words:.0%} of the words by weight{ordered}"


def _running(like: Likeness) -> str:
    told = like.stretches
    if not told:
        return f"{like.parallel:.0%} of the text runs"
    return f"{'' if told.whole else 'in parts: '}{told.shares[0]:.0%} and {told.shares[1]:.0%} of the texts run"


def _sure(kind: Kind, like: Likeness) -> str:
    """Say how sure *kind* is: a chance, and whether that is a guess."""
    chance = certainty(kind, like)
    return f"certainty {chance:.2f}" + (", a guess" if chance < GUESS else "")


def certainty(kind: Kind, like: Likeness) -> float:
    """Return the chance that *kind* is right: of being a translation, and, where it is none, of being kin at all."""
    quoting = kind != "translation" and like.stretches is not None and like.stretches.margin >= 0
    translated = 0.0 if quoting else _odds(_margin(like))
    kin = 1.0 if like.events else _odds((like.common - MUCH) / BLUR)
    chances = {
        "translation": translated,
        "comparable": (1 - translated) * kin,
        "unrelated": (1 - translated) * (1 - kin),
    }
    return min(0.99, chances[kind])


def _odds(logarithm: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logarithm))))
