"""What a path cannot say: beads that cross one another, and sentences that belong together across others.

    left  0   1   2   3        the path      (0)(0)   (1)( )   (2)(1)   (3)(2)   ( )(3)
          │    ╲╱ ╱│╲          mended        (0)(0)   (1)(3)   (2)(1)   (3)(2)
    right 0   1  2  3

A sentence that the path leaves alone may answer one that is left alone nearby, or a part of a bead nearby; two
sentences may be told in the other order; one in the middle of a bead may be none of it. Each has a price in nats, so
that only clear evidence changes the path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hexapla.align.path import WIDEST, Step

CROSSED, APART = 7.0, 14.0
"""What it costs (nats) that parts cross one another, and that a sentence joins a bead across others."""

NEAR = 8
"""Sentences on either side of the path that are looked at."""

Numbers = tuple[int, ...]

Score = Callable[[Numbers, Numbers], float]
"""The score (nats) of a bead of any sentences of both sides."""

Hints = Callable[[int, int, int], Sequence[int]]
"""(sentence left alone, first, last) -> the sentences of the other side, from first to last, that say what it does."""


@dataclass(frozen=True, slots=True)
class Part:
    """A bead or a sentence alone, and by how much (nats) this is better than the best other way."""

    left: Numbers
    right: Numbers
    lead: float


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of two documents say: of any bead, and where to look for what is left alone."""

    score: Score
    hints: tuple[Hints, Hints]  # for a left sentence, for a right one
    alone: tuple[float, float]  # what it costs (nats) to leave a left one, a right one alone


def mended(steps: Sequence[Step], leads: Sequence[float], known: Known) -> list[Part]:
    """Return the parts of the path *steps*, with their *leads*, after what clearly belongs together is joined."""
    parts = [
        Part(tuple(range(s.row, s.row + s.left)), tuple(range(s.column, s.column + s.right)), lead)
        for s, lead in zip(steps, leads, strict=True)
    ]
    held: list[tuple[Part, ...]] = [(part,) for part in parts]
    taken: set[int] = set()
    for gain, places, now in sorted(_changes(steps, parts, known), key=lambda change: (-change[0], change[1])):
        if taken.isdisjoint(places):
            taken.update(places)
            for place in places:
                held[place] = ()
            held[places[-1]] = tuple(Part(left, right, gain) for left, right in now)
    return [part for told in held for part in told]


_Change = tuple[float, tuple[int, ...], tuple[tuple[Numbers, Numbers], ...]]
"""What a change gains, the places of the parts it takes away, and the parts that come in the place of the last."""


def _changes(steps: Sequence[Step], parts: Sequence[Part], known: Known) -> Iterator[_Change]:
    owner = (
        {n: place for place, part in enumerate(parts) for n in part.left},
        {n: place for place, part in enumerate(parts) for n in part.right},
    )
    for place, (step, part) in enumerate(zip(steps, parts, strict=True)):
        if not part.right:
            yield from _answered(place, 0, (step.row, step.column), parts, owner, known)
        elif not part.left:
            yield from _answered(place, 1, (step.column, step.row), parts, owner, known)
        else:
            yield from _within(place, part, known)


def _answered(
    place: int, side: int, at: tuple[int, int], parts: Sequence[Part], owner: Sequence[dict[int, int]], known: Known
) -> Iterator[_Change]:
    """A sentence alone with one of the other side: alone as well, or in a bead."""
    number, beside = at
    for other in known.hints[side](number, max(beside - NEAR, 0), beside + NEAR):
        there = owner[1 - side][other]
        part = parts[there]
        mine, theirs = ((part.left, part.right), (part.right, part.left))[side]
        now = (tuple(sorted((*mine, number))), theirs)
        if len(now[0]) > WIDEST:
            continue
        before = known.alone[side] + (known.score(part.left, part.right) if mine else known.alone[1 - side])
        left, right = now if side == 0 else now[::-1]
        gain = known.score(left, right) - before - (APART if mine else CROSSED)
        if gain > 0:
            yield gain, (place, there), ((left, right),)


def _within(place: int, part: Part, known: Known) -> Iterator[_Change]:
    """A bead of two and two in the other order; a bead without a sentence in its middle."""
    left, right = part.left, part.right
    if len(left) == 2 and len(right) == 2:
        ways: list[tuple[tuple[Numbers, Numbers], ...]] = [((left[:1], right[1:]), (left[1:], right[:1]))]
    else:
        ways = [((left[:n] + left[n + 1 :], right), ((left[n],), ())) for n in range(1, len(left) - 1)]
        ways += [((left, right[:n] + right[n + 1 :]), ((), (right[n],))) for n in range(1, len(right) - 1)]
    before = known.score(left, right) if ways else 0.0
    for way in ways:
        gain = sum(_told(*one, known) for one in way) - before - CROSSED
        if gain > 0:
            yield gain, (place,), way


def _told(left: Numbers, right: Numbers, known: Known) -> float:
    if left and right:
        return known.score(left, right)
    return known.alone[0] if left else known.alone[1]
