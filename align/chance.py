"""Two sentences of two accounts -> the chance that they tell one happening; nothing is decided here.

    shared mass ─▶ margin ┐
    clauses, figures      ├─▶ first look ─▶ third accounts, neighbours, rivals ─▶ chance
    headings, the lead    │
    dates in force        ┘

The first look at a pair of sentences is a logistic regression on

    margin    the shared mass (`hexapla.align.score`) less what both score with everything: 2 s - mean - mean
    mass      the shared mass itself, less `AGAINST` for dates that lie far apart
    by chance what such a row and such a column share on average: long sentences share much
    clauses   what the best clauses of both tell together (`hexapla.align.part`)
    figures   what of this is due to figures
    as much   the log of how many sentences of the other document share `NEARLY` as much, the larger of both sides
    headings  how many of the two are headings
    lead      by how much the pair is the best one of its sentences, at most 1 each
    at once   where a date is only in force, not said: whether both are within `ONCE` days
    apart     the same: how many powers of ten beyond `FAR` days

and the second on the log odds of the first, with what other pairs say: `related`, the log of the share of one
document's sentences that the other seems to tell, too; `third`, the best third account that has a sentence like both
(of many accounts the one that a third of them reach), and the sum over three of them; `beside`, the best pair with a
neighbour of one of the two; `along`, that of both neighbours before or after; `around`, the sum over the pairs within
`REACH` sentences of both; `rivals`, the log of the chances that each of the two has with other sentences of the other's
document, less where that is long, and not with what another clause of a sentence tells: long accounts tell a happening
again.

A date is in force until the next one is said: in the same paragraph by half, later by a quarter, six sentences at most.
Where a year was guessed, dates are compared within the year.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hexapla.align.account import vague
from hexapla.align.part import Common, Parts
from hexapla.align.score import Features, margin
from hexapla.align.third import thirds
from hexapla.corpus import edtf
from hexapla.corpus.document import Document, Mention, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float64]
    Single = NDArray[np.float32]

Alike = Callable[[str, str], "tuple[Single, float] | None"]
"""The ids of two documents -> how alike their sentences are, 0 by chance, 1 as the best, and what that is worth, from 0
to 1; None if nothing is known."""

Pair = tuple[int, int]
"""The numbers of two segments in `Features`, the smaller first."""

FIRST = {
    "margin": 0.02, "mass": 1.22, "by chance": -2.55, "clauses": 1.32, "figures": 1.08, "as much": -0.51,
    "headings": -2.69, "lead": 1.01, "at once": 1.36, "apart": -0.91, "": -5.26,
}  # fmt: skip
SECOND = {
    "odds": 0.69, "related": 1.44, "third": 2.23, "thirds": 0.18, "beside": 1.10, "along": 1.16, "around": 1.09,
    "rivals": -2.33, "": 0.27,
}  # fmt: skip
"""What eight annotated sets of accounts say, and mixtures that tell nothing together; '' is what every pair has.

`scripts/bench/chances.py --fit` prints them.
"""

LENGTH = 20
"""Sentences of an account: in a longer one, rivals count for less."""

NEARLY = 0.8
"""The part of what a pair shares that others share as much from."""

REACH = 2
"""Sentences from each of a pair that the pairs around it are away."""

AROUND = 4
"""Sums of their chances are counted in such numbers."""

NEAR = 4
"""The best pairs of a sentence in a document that its margin is measured against."""

AGAINST = 0.6
"""What a power of ten between dates takes away from the shared mass, from `SLACK` days on."""

SLACK = 45
"""Days that accounts of one happening may differ by."""

CLOSEST = 15.0
"""Days of which the powers of ten between dates are counted."""

MOST_APART = 3.0

ONCE, FAR = 45, 60
"""Days between dates in force: at once up to the first, apart from the second on."""

STEPS = 6
"""Sentences that a date stays in force."""

IN_FORCE = (1.0, 0.5, 0.25)
"""How much a date says that the sentence has itself, the paragraph, or what was before it."""

LEAST = 0.02
"""A pair with a smaller chance at the first look is left out."""

SEEN = 0.05
"""A smaller chance does not support another pair."""

THIRDS = 3
"""Further documents beside two, in the accounts that the coefficients were learned from; more say no more."""

YEAR = 365.25

TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances of pairs of segments of two documents, those that are not too small."""

    features: Features
    pairs: Mapping[Pair, float]
    accounts: Mapping[str, str] = field(default_factory=dict)  # document -> the account that it is a translation of
    parts: Mapping[Pair, Pair] = field(default_factory=dict)  # which parts tell it: 0 the whole, else a clause

    def account(self, number: int) -> str:
        """Return the account of a segment: translations of one text are one account."""
        owner = self.features.owner[number]
        return self.accounts.get(owner, owner)

    def part(self, one: int, other: int) -> int:
        """Return which part of the segment *one* tells most together with *other*: 0 all of it, else its clause."""
        return self.parts.get((min(one, other), max(one, other)), (0, 0))[one > other]

    def get(self, one: int, other: int) -> float:
        """Return the chance of two segments, 0 where it is too small."""
        return self.pairs.get((min(one, other), max(one, other)), 0.0)


@dataclass(slots=True)
class Timeline:
    """The dates of each segment: said or in force, as numbers of days, and how sure."""

    first: Real
    last: Real
    force: Real  # 1 said, less where in force, 0 none
    guessed: NDArray[np.bool_]  # all years were guessed

    @classmethod
    def of(cls, features: Features, documents: Sequence[Document]) -> Timeline:
        """Read the dates of *documents* in the order of the segments of *features*."""
        import numpy as np

        number = {segment: at for at, segment in enumerate(features.segments)}
        size = len(number)
        line = cls(np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
        for document in documents:
            said: dict[str, list[Mention]] = defaultdict(list)
            for mention in document.mentions:
                if mention.kind == "date" and not vague(mention) and edtf.days(mention.value):
                    said[mention.segment].append(mention)
            kept = [segment for segment in document.segments if segment.kind != "x"]
            for at, segment in enumerate(kept):
                line._put(number[segment.id], at, segment, kept, said)
        return line

    def _put(
        self, number: int, at: int, segment: Segment, kept: Sequence[Segment], said: Mapping[str, Sequence[Mention]]
    ) -> None:
        dates = _finest(said.get(segment.id, ()))
        level = 0
        for before in reversed(kept[max(0, at - STEPS) : at]):
            if dates:
                break
            dates = _finest(said.get(before.id, ()))[-1:]
            level = 1 if before.paragraph == segment.paragraph else 2
        if dates:
            spans = [edtf.days(date.value) or (0, 0) for date in dates]
            self.first[number] = min(first for first, _ in spans)
            self.last[number] = max(last for _, last in spans)
            self.force[number] = IN_FORCE[level]
            self.guessed[number] = all(date.literal.startswith("--") for date in dates)

    def apart(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Real, Real]:
        """Return the days between the dates of *rows* and *columns*, and how much they say (0: one has none)."""
        import numpy as np

        one, other = np.array(rows)[:, None], np.array(columns)[None, :]
        gap = np.maximum(np.maximum(self.first[other] - self.last[one], self.first[one] - self.last[other]), 0.0)
        within = np.minimum(gap % YEAR, YEAR - gap % YEAR)
        gap = np.where(self.guessed[one] | self.guessed[other], within, gap)
        both = np.where((self.force[one] > 0) & (self.force[other] > 0), 2 * self.force[one] * self.force[other], 0.0)
        return gap, np.where((self.force[one] == 1) & (self.force[other] == 1), 1.0, np.minimum(both, 1.0))


def _finest(dates: Sequence[Mention]) -> list[Mention]:
    """Leave out a date that another says more exactly."""
    return [date for date in dates if not any(other.value.startswith(f"{date.value}-") for other in dates)]


Room = tuple[str, int]
"""The document and paragraph of a segment."""


def chances(
    features: Features, documents: Sequence[Document], compared: Sequence[tuple[str, str]], alike: Alike | None = None
) -> Chances:
    """Return the chances of the sentences of each of the pairs of documents in *compared* (ids).

    What *alike* says of a pair counts as much as the mass that its sentences share, before the margin, as far as it is
    worth something.
    """
    line, headings, rooms = Timeline.of(features, documents), headings_of(features, documents), rooms_of(documents)
    odds: dict[Pair, float] = {}
    told: dict[Pair, Pair] = {}
    for block in blocks(features, compared, alike):
        for pair, value, parts in block.odds(line, headings):
            odds[pair], told[pair] = value, parts
    found = {
        pair: _logistic(SECOND[""] + sum(SECOND[name] * value for name, value in seen.items()))
        for pair, seen in supported(odds, rooms, told)
    }
    return Chances(features, found, parts={pair: told[pair] for pair in found})


def blocks(features: Features, compared: Sequence[tuple[str, str]], alike: Alike | None = None) -> Iterator[Block]:
    """Yield each of the pairs of documents in *compared* with what their sentences share."""
    rows: dict[str, list[int]] = defaultdict(list)
    for number, owner in enumerate(features.owner):
        rows[owner].append(number)
    parts = Parts.of(features)
    for left, right in compared:
        if rows[left] and rows[right]:
            common = parts.common(rows[left], rows[right])
            mass = _blended(common.mass, alike(left, right) if alike else None)
            yield Block(rows[left], rows[right], replace(common, mass=mass))


def _blended(mass: Real, known: tuple[Single, float] | None) -> Real:
    """Return half the shared *mass*, half what is known beside it: 1 is worth the mean mass of the best of each row.

    What is worth less than all that can be known takes as much less from the mass.
    """
    if known is None:
        return mass
    alike, worth = known
    best = float(mass.max(axis=1, initial=0.0).mean())
    found: Real = (1 - worth / 2) * mass + alike * best / 2
    return found


def headings_of(features: Features, documents: Sequence[Document]) -> Real:
    """Return 1 for each segment of *features* that is a heading, else 0."""
    import numpy as np

    headings = {s.id for document in documents for s in document.segments if s.kind == "h"}
    return np.array([segment in headings for segment in features.segments], dtype=np.float64)


def rooms_of(documents: Sequence[Document]) -> list[Room]:
    """Return the document and paragraph of each segment that features are read of, in their order."""
    return [(d.id, segment.paragraph) for d in documents for segment in d.segments if segment.kind != "x"]


@dataclass(frozen=True, slots=True)
class Block:
    """The sentences of one document against those of another, by their numbers."""

    rows: Sequence[int]
    columns: Sequence[int]
    common: Common

    def seen(self, line: Timeline, headings: Real) -> dict[str, Real]:
        """Return what the first look sees of each pair."""
        import numpy as np

        gap, says = line.apart(self.rows, self.columns)
        said = says * (line.force[self.rows][:, None] == 1) * (line.force[self.columns][None, :] == 1)
        powers = np.log10(np.maximum(gap, CLOSEST) / CLOSEST)
        whole = self.common.mass
        mass = whole - AGAINST * said * np.where(gap > SLACK, np.minimum(powers, MOST_APART), 0.0)
        margins = margin(mass, NEAR)
        rows, columns = whole.mean(axis=1, keepdims=True), whole.mean(axis=0, keepdims=True)
        by_chance = rows * columns / max(float(whole.mean()), TINY)
        in_force = says * (1 - said)
        return {
            "margin": margins,
            "mass": mass,
            "by chance": by_chance,
            "clauses": self.common.telling,
            "figures": self.common.figures,
            "as much": np.maximum(_as_much(whole), _as_much(whole.T).T),
            "headings": headings[self.rows][:, None] + headings[self.columns][None, :],
            "lead": _lead(margins) + _lead(margins.T).T,
            "at once": in_force * (gap <= ONCE),
            "apart": in_force * np.where(gap > FAR, np.minimum(np.log10(np.maximum(gap, FAR) / FAR), 2.0), 0.0),
        }

    def odds(self, line: Timeline, headings: Real) -> Iterator[tuple[Pair, float, Pair]]:
        """Yield the pairs whose chance at the first look is not too small, its log odds, and the parts that tell it."""
        import numpy as np

        seen = self.seen(line, headings)
        odds: Real = np.full(self.common.mass.shape, FIRST[""])
        for name, value in seen.items():
            odds += FIRST[name] * value
        for row, column in zip(*(odds >= _odds(LEAST)).nonzero(), strict=True):
            pair, parts = self.at(int(row), int(column))
            yield pair, float(odds[row, column]), parts

    def at(self, row: int, column: int) -> tuple[Pair, Pair]:
        """Return a pair by its place in the block, and the parts of its sentences that tell it."""
        one, other = self.rows[row], self.columns[column]
        mine, theirs = (int(part[row, column]) for part in self.common.parts)
        return ((one, other), (mine, theirs)) if one < other else ((other, one), (theirs, mine))


def _lead(margins: Real) -> Real:
    """By how much each is the best of its row, 0 where it is not, 1 at most."""
    import numpy as np

    if margins.shape[1] < 2:
        return np.minimum(np.maximum(margins, 0.0), 1.0)
    two = np.sort(margins, axis=1)[:, -2:]
    return np.where(margins == two[:, 1:], np.minimum(two[:, 1:] - two[:, :1], 1.0), 0.0)


def _as_much(mass: Real) -> Real:
    """The log of how many of its row share `NEARLY` as much as each."""
    import numpy as np

    ranked = np.sort(mass, axis=1)
    fewer = [np.searchsorted(row, NEARLY * values, side="left") for row, values in zip(ranked, mass, strict=True)]
    found: Real = np.log(mass.shape[1] - np.array(fewer))
    return found


def _odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, 50.0), -50.0)))


def supported(
    odds: Mapping[Pair, float], rooms: Sequence[Room], parts: Mapping[Pair, Pair]
) -> Iterator[tuple[Pair, dict[str, float]]]:
    """Yield what the second look sees of each pair, whose log odds at the first are *odds*.

    *parts* are those that tell it: 0 for the whole of a sentence, else the number of a clause.
    """
    first = {pair: _logistic(value) for pair, value in odds.items()}
    kin, rivals = related(first, rooms), _rivals(first, rooms, parts)
    owner = [document for document, _ in rooms]
    others = len(set(owner)) - 2
    third, told = thirds(first, owner, SEEN, -(-others // THIRDS))  # of many further documents what a third reach
    for at, (pair, value) in enumerate(odds.items()):
        yield (
            pair,
            {
                "odds": min(max(value, _odds(1e-4)), _odds(1 - 1e-4)),
                "related": kin[_owners(pair, rooms)],
                "third": float(third[at]),
                "thirds": float(told[at]) * min(THIRDS / others, 1.0) if others else 0.0,
                "beside": max((first.get(near, 0.0) for near in _near(pair, rooms, _BESIDE)), default=0.0),
                "along": max((first.get(near, 0.0) for near in _near(pair, rooms, _ALONG)), default=0.0),
                "around": sum(first.get(near, 0.0) for near in _around(pair, rooms)) / AROUND,
                "rivals": rivals[pair],
            },
        )


def related(first: Mapping[Pair, float], rooms: Sequence[Room]) -> dict[tuple[str, str], float]:
    """Return for every two documents the log of the share of one's sentences that the other may tell, too.

    It is that of the document of which more is told. Each sentence counts with its best chance at the *first* look; one
    sentence is added to both numbers.
    """
    lengths = Counter(document for document, _ in rooms)
    best: dict[tuple[str, str], tuple[dict[int, float], dict[int, float]]] = defaultdict(lambda: ({}, {}))
    for pair, chance in first.items():
        for held, number in zip(best[_owners(pair, rooms)], pair, strict=True):
            held[number] = max(held.get(number, 0.0), chance)
    return {
        owners: max(
            math.log((1 + sum(held.values())) / (1 + lengths[owner])) for owner, held in zip(owners, sides, strict=True)
        )
        for owners, sides in best.items()
    }


def _rivals(first: Mapping[Pair, float], rooms: Sequence[Room], parts: Mapping[Pair, Pair]) -> dict[Pair, float]:
    """Return for each pair the log of one more than the chances of its sentences with others, both added up.

    What another clause of the sentence tells is no rival.
    """
    lengths = Counter(document for document, _ in rooms)
    total: dict[tuple[int, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for pair, chance in first.items():
        for number, owner, part in zip(pair, reversed(_owners(pair, rooms)), parts[pair], strict=True):
            total[number, owner][part] += chance
    found = {}
    for pair, chance in first.items():
        found[pair] = 0.0
        for number, owner, part in zip(pair, reversed(_owners(pair, rooms)), parts[pair], strict=True):
            held = total[number, owner]
            others = (held[0] + held[part] if part else sum(held.values())) - chance
            found[pair] += math.log(1 + max(others, 0.0) * min(LENGTH / lengths[owner], 1.0))
    return found


def _owners(pair: Pair, rooms: Sequence[Room]) -> tuple[str, str]:
    return rooms[pair[0]][0], rooms[pair[1]][0]


_BESIDE = ((0, 1), (0, -1), (1, 0), (-1, 0))
_ALONG = ((1, 1), (-1, -1))


def _near(pair: Pair, rooms: Sequence[Room], steps: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Yield the pairs that lie *steps* from *pair*, in the same paragraphs."""
    for down, along in steps:
        one, other = pair[0] + down, pair[1] + along
        if one >= 0 and other < len(rooms) and rooms[one] == rooms[pair[0]] and rooms[other] == rooms[pair[1]]:
            yield one, other


_STEPS = tuple(
    (down, along) for down in range(-REACH, REACH + 1) for along in range(-REACH, REACH + 1) if down or along
)


def _around(pair: Pair, rooms: Sequence[Room]) -> Iterator[Pair]:
    """Yield the pairs within `REACH` sentences of both of *pair*, of the same documents."""
    for down, along in _STEPS:
        one, other = pair[0] + down, pair[1] + along
        inside = min(one, other) >= 0 and max(one, other) < len(rooms)
        if inside and (rooms[one][0], rooms[other][0]) == _owners(pair, rooms):
            yield one, other
