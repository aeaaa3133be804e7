"""What two values of accounts are to one another: comparable, fitting, how far apart, and how surely a difference.

date     days between             fits: they share a day
time     minutes between          fits: one moment may stand behind both, whatever the clocks
figure   larger over smaller - 1  fits: one true value may stand behind both
place    -                        fits: unless they surely are two (`hexapla.align.named`)
name     -                        the same
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from hexapla.align.frame import Frame, Reach
from hexapla.align.named import LONE, slotted
from hexapla.align.value import Value, excess, fits
from hexapla.corpus import clock, edtf
from hexapla.corpus.scope import CUTOFF, INCLUSIVE, TOTAL

FAR_DAYS = 62
"""Dates farther apart than this are of different things."""

FAR_EXCESS = 1.0
"""Figures of which one is larger than the other by more than this part count different things,"""

FAR_MEASURED = 2.0
FAR_SAME = 9.0
"""unless they are measures beside one telling, or both say that they count the same things: then by more than this."""

CLOSE = 5.0
"""What it adds to their likeness at most that two values are nearly the same."""

SMALL = 13
"""Counts below this are near one another by chance."""

FAR_MINUTES = 150
"""Times of day farther apart than this are of different things."""

HALF = 8.0
HALF_FOUND = 6.0
HALF_TOLD = 3.0
"""Likeness at which it is even whether two frames say the same thing; less where both stand beside one telling that was
found, and still less beside one by the words of an authority."""

BESIDE: Mapping[str, float] = {"figure": 0.25, "date": 0.15, "time": 0.15, "place": 0.15, "name": 0.15}
"""How near a value stands to the telling that it belongs to."""

PEOPLE = frozenset({"soldier", "civilian", "wounded", "worker", "passenger", "prisoner", "refugee", "displaced"})
VAGUE = ("", "person", "member", "dead", "victim")
"""What is counted where people are, without saying which."""

COUNTED = PEOPLE | set(VAGUE)
"""What may be counted by another word, or without one, in another account."""

MEASURED = ("duration", "length", "mass", "area", "volume", "percent")

ROUGH = 0.95
"""What an approximation or a bound leaves of how sure a difference is."""

FEW = 0.6
"""What counts below `SMALL` leave of it: the three and the two of a text are many."""

FATELESS, LIVING = 0.8, 0.65
"""What is left of it where only one account says that the counted died, were wounded ...; less where nobody listed the
happening."""

CUT_OFF = 0.7
"""What is left of it where the dates nearest to the figures are different ones: they may count up to these."""

SCOPE = 0.7
"""What is left where one account says that it counts up to a date, or counts something in, and the other does not;"""

SETTLED_SCOPE = 0.5
"""where the other says that its figure is the total."""

OWNERLESS = 0.7
"""What is left where only one account says whose the people are that are counted, and nobody listed the happening."""

GUESSED = 0.85
"""How sure a day is at least of which only the year was guessed, where the other account gives the next one."""


TINY = 1e-9
"""A figure of 0 counts as this much, as it has no logarithm; and what rounding may take from how far one reaches."""


def reach(frame: Frame) -> Reach:
    """Return the sort of *frame* and how far its value reaches: what does not meet it there is not `comparable`."""
    if frame.value is not None:
        counted = not frame.value.money and frame.value.dimension in COUNTED
        low, high = (math.log(max(float(end), TINY)) for end in (frame.value.low, frame.value.high))
        slack = math.log(FAR_SAME + 1) / 2 + TINY
        return Reach(f"{frame.kind} {'counted' if counted else frame.value.dimension}", low - slack, high + slack)
    if frame.kind == "date":
        first, last = edtf.days(frame.mention.value) or (-math.inf, math.inf)
        return Reach(frame.kind, first - FAR_DAYS / 2, last + FAR_DAYS / 2)
    spot = frame.name.spot if frame.name is not None else None
    return Reach(f"{frame.kind} {spot.level}" if spot else frame.kind, -math.inf, math.inf)


def comparable(left: Frame, right: Frame) -> bool:
    """Say whether two frames may give a value for the same thing, by what is counted and whose it is."""
    if left.kind != right.kind:
        return False
    if left.time is not None and right.time is not None:
        minutes = clock.apart(left.time, right.time)
        return minutes is not None and minutes <= FAR_MINUTES
    if left.name is not None and right.name is not None:
        return slotted(left.name, right.name)
    if left.value is None or right.value is None:
        distance = edtf.days_between(left.mention.value, right.mention.value)
        return distance is not None and abs(distance) <= FAR_DAYS
    one, other = left.value, right.value
    if left.owners and right.owners and not left.owners & right.owners:
        return False
    if apart(left, right):
        return False
    same = one.dimension == other.dimension
    if left.fate and right.fate and left.fate != right.fate:
        return False
    if not same and (one.money or other.money or {one.dimension, other.dimension} & set(MEASURED)):
        return False
    if not same and not ({one.dimension, other.dimension} & set(VAGUE) and {one.dimension, other.dimension} <= COUNTED):
        return False
    far = excess(one, other)
    return far is not None and far <= _farthest(left, right, one, other)


def _farthest(left: Frame, right: Frame, one: Value, other: Value) -> float:
    """How much one of two figures may exceed the other: much where it is sure that they count the same."""
    told = beside(left, right)
    listed = told and bool(left.listed & right.listed)
    if one.money or one.dimension in MEASURED:
        return FAR_MEASURED if told else FAR_EXCESS
    if one.modifier and other.modifier:
        return FAR_EXCESS
    named = one.dimension == other.dimension and one.dimension not in VAGUE
    return FAR_SAME if (listed or named) and bool(left.owners) == bool(right.owners) else FAR_EXCESS


def beside(left: Frame, right: Frame) -> bool:
    """Say whether two frames stand beside the telling of one happening."""
    both = left.told.keys() & right.told.keys()
    return any(min(left.told[event], right.told[event]) >= BESIDE[left.kind] for event in both)


def apart(left: Frame, right: Frame) -> bool:
    """Say whether two frames stand right beside the tellings of different happenings."""
    near = min(max(left.told.values(), default=0.0), max(right.told.values(), default=0.0))
    return near >= BESIDE[left.kind] and not beside(left, right)


def agree(left: Frame, right: Frame) -> bool:
    """Say whether one true value may stand behind both frames."""
    if left.time is not None and right.time is not None:
        return clock.fits(left.time, right.time)
    if left.name is not None and right.name is not None:
        return left.names is None or not left.names.differ(left.name, right.name, (left.document, right.document))
    if left.value is None or right.value is None:
        return edtf.overlaps(left.mention.value, right.mention.value)
    return fits(left.value, right.value)


def close(left: Frame, right: Frame) -> float:
    """Return how unlikely it is by chance that the values of two frames are so near one another, 0 to `CLOSE`.

    Of two unrelated figures one exceeds the other by less than the part e about as often as e: ln(1/e).
    """
    if left.name is not None or right.name is not None:
        return 0.0
    if left.time is not None and right.time is not None:
        if not clock.settled(left.time, right.time):
            return 0.0
        minutes = clock.apart(left.time, right.time) or 0
        return min(CLOSE, math.log(clock.HALF / max(1, minutes)))
    if left.value is None or right.value is None:
        distance = edtf.days_between(left.mention.value, right.mention.value) or 0
        return min(CLOSE, math.log(FAR_DAYS / max(1, abs(distance))))
    if _few(left, right):
        return 0.0
    return min(CLOSE, max(0.0, -math.log(max(1e-6, excess(left.value, right.value) or 0.0))))


def _few(left: Frame, right: Frame) -> bool:
    """Say whether two frames count so few that they are near one another by chance."""
    if left.value is None or right.value is None or left.value.dimension in MEASURED:
        return False
    return min(left.value.low, right.value.low) < SMALL


def sure(left: Frame, right: Frame, mass: float) -> float:
    """Return how sure it is that two frames of this likeness that do not fit are a difference about the same thing."""
    rough = ROUGH ** (bool(left.mention.modifier) + bool(right.mention.modifier))
    far = excess(left.value, right.value) if left.value is not None and right.value is not None else 0.0
    if _few(left, right):
        rough *= FEW
    if bool(left.fate) != bool(right.fate):
        rough *= FATELESS if beside(left, right) and left.listed & right.listed else LIVING
    if left.dated and right.dated and not edtf.overlaps(left.dated, right.dated):
        rough *= CUT_OFF
    rough *= scoped(left, right)
    if _whose(left, right):
        rough *= OWNERLESS
    told = beside(left, right)
    if left.name is not None and not told:
        return 0.0
    listed = told and bool(left.listed & right.listed)
    half, slope = (HALF_TOLD, 0.03) if listed else (HALF_FOUND, 0.03) if told else (HALF, 0.1)
    return mass / (mass + half) * rough / (1 + slope * (far or 0.0)) * _read(left, right)


def _whose(left: Frame, right: Frame) -> bool:
    """Say whether only one account says of what country or body the people are that both count."""
    if left.value is None or right.value is None or left.listed & right.listed:
        return False
    people = {left.value.dimension, right.value.dimension} <= COUNTED
    return people and bool(left.owners) != bool(right.owners)


def scoped(left: Frame, right: Frame) -> float:
    """What is left of how sure a difference is, where the accounts say that their figures have different scopes."""
    differing = left.scope ^ right.scope
    if CUTOFF in differing and TOTAL in differing:
        return SETTLED_SCOPE
    return SCOPE if differing & {CUTOFF, INCLUSIVE} else 1.0


def _read(left: Frame, right: Frame) -> float:
    """How sure it is that both values are read rightly; that tellings agree in a year says that it was guessed well."""
    certain = beside(left, right) and _year(left) == _year(right) and size(left, right) == 1
    scores = [
        max(frame.mention.score, GUESSED) if _guessed(frame) and certain else frame.mention.score
        for frame in (left, right)
    ]
    return max(LONE, min(scores)) if left.name is not None else min(scores)


def _guessed(frame: Frame) -> bool:
    return frame.kind == "date" and frame.mention.literal.startswith("--")


def _year(frame: Frame) -> str:
    return frame.mention.value.rpartition("-")[0][:4]


def size(left: Frame, right: Frame) -> float | None:
    """Return how far two values are apart: days, or the larger figure over the smaller minus 1; None for names."""
    if left.name is not None or right.name is not None:
        return None
    if left.time is not None and right.time is not None:
        minutes = clock.apart(left.time, right.time)
        return None if minutes is None else minutes / clock.DAY
    if left.value is None or right.value is None:
        distance = edtf.days_between(left.mention.value, right.mention.value)
        return None if distance is None else float(abs(distance))
    return excess(left.value, right.value)
