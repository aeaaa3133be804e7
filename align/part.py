"""What parts of two sentences share: a long sentence may tell three happenings, one in each clause.

    "He fled in May, and a court jailed him in 1892."     "Das Gericht verurteilte ihn 1892."
     └─ clause ────┘ └─ clause ────────────────────┘ ◀──▶  └─ whole ───────────────────────┘

Parts are a sentence as a whole and its clauses (`hexapla.corpus.clause`). With F_k the weight of one part's features of
a kind k (dates, figures, names, words) that meet something in the other part, and G_k the reverse,

    telling     sum over k of (F_k G_k)^(1/4)  /  sqrt(1 + (n + m) / 2 BRIEF)

where n and m are the weights of all features of the two: several kinds say more than much of one, and long parts share
much by chance. Two sentences have the telling of their best parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hexapla.align.score import Features, shared_mass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float64]
    Whole = NDArray[np.int64]

KINDS: Mapping[str, int] = {"date": 0, "quantity": 1, "word": 2}
"""Kinds of features by their number; all others are names."""

NAMES = 3
FIGURES = KINDS["quantity"]

BRIEF = 40.0
"""The weight of features of a part that is neither long nor short."""


@dataclass(frozen=True, slots=True)
class Common:
    """What the sentences of two documents share, one row for each of the one and a column for each of the other."""

    mass: Real  # of the whole sentences, as `hexapla.align.score` has it
    telling: Real  # of their best parts
    parts: tuple[Whole, Whole]  # the best parts, of the rows and of the columns: 0 the whole, 1 the first clause
    figures: Real  # the term of the telling that figures have, of the whole sentences and whatever their length


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of all sentences; those of one follow one another, the whole first."""

    features: Features
    spans: list[tuple[int, int]]  # code points of each part
    held: list[tuple[int, ...]]  # the types of each part, each once
    first: list[int]  # of each segment the number of its whole; one more for the end
    weight: Real  # of all types of each part

    @classmethod
    def of(cls, features: Features) -> Parts:
        """Cut the sentences of *features* where it says that their clauses are."""
        import numpy as np

        spans: list[tuple[int, int]] = []
        held: list[tuple[int, ...]] = []
        first: list[int] = []
        for number, found in enumerate(features.held):
            first.append(len(held))
            clauses = features.clauses[number] if features.clauses else ()
            whole = (min((one.start for one in found), default=0), max((one.end for one in found), default=0))
            for low, high in (whole, *(clauses if len(clauses) > 1 else ())):
                spans.append((low, high))
                held.append(tuple(dict.fromkeys(one.type for one in found if low <= one.start < high)))
        weight = np.array([sum(features.weight[kind] for kind in kinds) for kinds in held], dtype=np.float64)
        return cls(features, spans, held, [*first, len(held)], weight)

    def common(self, rows: Sequence[int], columns: Sequence[int]) -> Common:
        """Return what the segments *rows* share with the segments *columns*."""
        import numpy as np

        mine, theirs = self._numbers(rows), self._numbers(columns)
        starts = self._starts(rows), self._starts(columns)
        whole = np.ix_(*starts)
        roots, both = self._met(mine, theirs)
        small, large = self._weights(mine, theirs)
        mass = shared_mass(both, small, large)
        telling = roots.sum(axis=0) / np.sqrt(1 + (small + large) / 2 / BRIEF)
        down, best = _first_best(telling, starts[0])
        along, best = _first_best(best.T, starts[1])
        row = np.take_along_axis(down, along.T + starts[1][None, :], axis=1)
        return Common(mass[whole], best.T, (row, along.T), roots[FIGURES][whole])

    def told(self, one: int, others: Sequence[int]) -> tuple[int, int]:
        """Return the part of the segment *one*, as code points, that tells most with the best parts of *others*."""
        import numpy as np

        mine, theirs = self._numbers([one]), self._numbers(others)
        if len(mine) == 1 or not others:
            return self.spans[mine[0]]
        roots, _ = self._met(mine, theirs)
        telling = roots.sum(axis=0) / np.sqrt(1 + sum(self._weights(mine, theirs)) / 2 / BRIEF)
        best = np.maximum.reduceat(telling, self._starts(others), axis=1).sum(axis=1)
        return self.spans[mine[int(best.argmax())]]

    def _weights(self, mine: Sequence[int], theirs: Sequence[int]) -> tuple[Real, Real]:
        """Return the smaller and the larger of the weights of each of the parts *mine* and each of *theirs*."""
        import numpy as np

        one, other = self.weight[list(mine)][:, None], self.weight[list(theirs)][None, :]
        return np.minimum(one, other), np.maximum(one, other)

    def _starts(self, segments: Sequence[int]) -> NDArray[np.intp]:
        """Where among the parts of *segments* those of each one begin."""
        import numpy as np

        counts = [self.first[number + 1] - self.first[number] for number in segments]
        return np.cumsum([0, *counts[:-1]])

    def _numbers(self, segments: Sequence[int]) -> list[int]:
        """The numbers of the parts of *segments*."""
        return [part for number in segments for part in range(self.first[number], self.first[number + 1])]

    def _met(self, mine: Sequence[int], theirs: Sequence[int]) -> tuple[Real, Real]:
        """Return for each kind the root of what each two parts meet of it, and what they meet at all, squared."""
        import numpy as np

        forward = self._weighed(mine, theirs)
        backward = self._weighed(theirs, mine).transpose(0, 2, 1)
        return np.sqrt(np.sqrt(forward * backward)), forward.sum(axis=0) * backward.sum(axis=0)

    def _weighed(self, mine: Sequence[int], theirs: Sequence[int]) -> Real:
        """Return for each kind the weight of what each of the parts *mine* holds that each of *theirs* meets."""
        import numpy as np

        found: Real = np.zeros((NAMES + 1, len(mine), len(theirs)))
        index, against = self._index(mine), self._index(theirs)
        for kind, at in index.items():
            weight = self.features.weight[kind]
            surest: dict[int, float] = {}
            for other, trust in self.features.meets[kind].items() if weight else ():
                for place in against.get(other, ()):
                    if trust > surest.get(place, 0.0):
                        surest[place] = trust
            if surest:
                cells = found[KINDS.get(self.features.label[kind][0], NAMES)]
                cells[np.ix_(at, list(surest))] += weight * np.array(list(surest.values()))
        return found

    def _index(self, parts: Sequence[int]) -> dict[int, list[int]]:
        """Return where in *parts* each type stands."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, part in enumerate(parts):
            for kind in self.held[part]:
                found[kind].append(place)
        return found


def _first_best(values: Real, starts: NDArray[np.intp]) -> tuple[Whole, Real]:
    """Return for each run of rows, which begin at *starts*, the place in it of the largest of a column, and that."""
    import numpy as np

    best: Real = np.maximum.reduceat(values, starts, axis=0)
    lengths = np.diff([*starts, len(values)])
    place = np.arange(len(values)) - np.repeat(starts, lengths)
    held = np.where(values == np.repeat(best, lengths, axis=0), place[:, None], len(values))
    found: Whole = np.minimum.reduceat(held, starts, axis=0)
    return found, best
