"""How far from the diagonal of a bead a word and its translation stand, and how much likelier that makes them.

    left   The town │ fell.    The government │ left.        letters of the bead, both sides stretched to one length
               ╲         ╲         ╲             ╲
    right      Grad    pade,   a vlada          ode.         x  letters between a word and its translation

What is met by chance stands anywhere: in a bead of L letters x has the density 2 / L · (1 - x / L). Of translations a
share `stray` does so, too; that of the others falls as e^(-x / near) besides. What the two sides leave out and put in
adds up from the ends of the bead as a random walk does, so near = drift · L^(1/2), like the spread of lengths (Gale and
Church 1993). The ratio of both densities

    r(x) = (1 - stray) · L / (2 z) · e^(-x / near) + stray,    z = near - near² / L · (1 - e^(-L / near))

says how much likelier a word that is met there is translated there than met by chance. Words that stand together are
moved together, so each says less than that: r^`TOGETHER`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import UNPLACED, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Part = NDArray[np.int32]
    Real = NDArray[np.float64]

DRIFT, STRAY = 0.9, 0.2
"""What is believed before a text is read: see above."""

TOGETHER = 0.7
"""How much of what its place says of a word counts."""


@dataclass(frozen=True, slots=True)
class Slant:
    """How translations stand to the diagonal of their bead."""

    drift: float = DRIFT  # letters to the power of 1/2
    stray: float = STRAY

    def counted(self, away: Real, length: Real) -> Real:
        """Return by how much distances *away* in beads of so many letters count; 1 where not a number."""
        return np.where(np.isnan(away), 1.0, self.ratio(away, length) ** TOGETHER)

    def ratio(self, away: Real, length: Real) -> Real:
        """Return r for distances *away* in beads of so many letters."""
        return self.close(away, length) + self.stray

    def close(self, away: Real, length: Real) -> Real:
        """Return the part of r that is of translations near the diagonal."""
        near, inner = self._near(length)
        found: Real = (1 - self.stray) * np.exp(-away / near) * length / (2 * inner)
        return found

    def _near(self, length: Real) -> tuple[Real, Real]:
        """Return ``near`` and z of beads of so many letters."""
        near = self.drift * np.sqrt(length)
        return near, near + near**2 / length * np.expm1(-length / near)

    def expected(self, length: Real) -> Real:
        """Return the mean distance of translations near the diagonal in beads of so many letters."""
        near, inner = self._near(length)
        rest = np.exp(-length / near)
        first = near**2 - near * rest * (length + near)
        second = 2 * near**3 - near * rest * (length**2 + 2 * length * near + 2 * near**2)
        found: Real = (first - second / length) / inner
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """A side, the letters before each of its sentences, and the sentence of each of its words."""

    side: Side
    letters: Real
    owner: Part

    @classmethod
    def of(cls, side: Side) -> Placed:
        """Return where the words of *side* stand."""
        letters = np.concatenate([[0.0], np.cumsum(np.maximum(side.length, 1.0))])
        return cls(side, letters, side.owner().astype(np.int32))

    def chosen(self, numbers: Sequence[int]) -> Placed:
        """Return the sentences *numbers* alone, in this order."""
        side = self.side
        words = np.concatenate([np.arange(side.start[n], side.start[n + 1]) for n in numbers])
        start = np.cumsum([0, *(side.start[n + 1] - side.start[n] for n in numbers)])
        return Placed.of(Side(start, side.types[words], side.length[list(numbers)], side.place[words]))

    def sizes(self, first: Whole, count: Whole) -> Real:
        """Return the letters of *count* sentences from each of *first* on."""
        found: Real = self.letters[first + count] - self.letters[first]
        return found

    def after(self, words: Whole, first: Whole) -> Real:
        """Return how many letters after the beginning of the sentences *first* each of *words* stands."""
        owner, place = self.owner[words], self.side.place[words]
        within = place / (UNPLACED - 1) * (self.letters[owner + 1] - self.letters[owner])
        found: Real = self.letters[owner] - self.letters[first] + within
        found[place == UNPLACED] = np.nan
        return found
