"""Values that accounts give, made comparable: 804 feet and 245 metres, 2 h 31 min and 151 minutes.

    "some 200 feet"  ─▶  Value("length", 60.96, 60.96, "about", digits 100 feet)
    "50 to 70"       ─▶  Value("person", 50, 70)

Two values fit where one true value can stand behind both: what a bound allows ("more than"), what "about" allows, what
rounding hides. Only what cannot fit is a difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hexapla.corpus.document import Mention

SCALES: Mapping[str, tuple[str, Decimal]] = {
    **{
        unit: ("duration", Decimal(seconds))
        for unit, seconds in {
            "second": 1,
            "minute": 60,
            "hour": 3600,
            "day": 86_400,
            "week": 604_800,
            "month": 2_629_746,  # the twelfth of a mean Gregorian year
            "year": 31_556_952,
            "decade": 315_569_520,
            "century": 3_155_695_200,
        }.items()
    },
    **{
        unit: ("length", Decimal(metres))
        for unit, metres in {
            "centimetre": "0.01",
            "metre": "1",
            "kilometre": "1000",
            "inch": "0.0254",
            "foot": "0.3048",
            "yard": "0.9144",
            "mile": "1609.344",
            "nautical mile": "1852",
        }.items()
    },
    **{
        unit: ("area", Decimal(hectares))
        for unit, hectares in {
            "hectare": "1",
            "acre": "0.40468564224",
            "square kilometre": "100",
            "square mile": "258.9988110336",
        }.items()
    },
    **{
        unit: ("volume", Decimal(litres))
        for unit, litres in {
            "litre": "1",
            "gallon": "3.785411784",  # of the United States
            "cubic foot": "28.316846592",
            "cubic metre": "1000",
        }.items()
    },
    "gram": ("mass", Decimal("0.001")),
    "kilogram": ("mass", Decimal(1)),
    "pound": ("mass", Decimal("0.45359237")),
    "tonne": ("mass", Decimal(1000)),
}
"""Unit -> what it measures, and how many seconds, metres, hectares, litres or kilograms it is."""

CLOCK = ("hour", "minute", "second")
"""Units that are written one after the other for one duration."""

MONEY = "money"

NEARLY = Decimal("0.1")
"""Part of a value that "about" allows."""

STEPS = 3
"""How many of its last digit "about" allows at most: "about 92" is no 97."""

MORE = Decimal("0.25")
"""Part of a value by which "more than" it is, at most, or one more in its last digit: who knows of more says so
(Cummins, Sauerland and Solt, Granularity and scalar implicature in numerical expressions, 2012)."""

CONVERTED = Decimal("0.02")
"""Part of a value that changing its unit may have cost."""


@dataclass(frozen=True, slots=True)
class Value:
    """An amount from *low* to *high* of a *dimension*, with its bound; *step* is what one in its last digit is."""

    dimension: str  # duration, length, mass, an ISO 4217 code, percent, or what is counted
    low: Decimal
    high: Decimal
    modifier: str = ""
    step: Decimal = Decimal(1)
    unit: str = ""
    money: bool = False


def value(mention: Mention) -> Value | None:
    """Return what *mention*, a quantity, amounts to; None where it has no number."""
    ends = mention.value.split("/")
    try:
        low, high = Decimal(ends[0]), Decimal(ends[-1])
    except InvalidOperation:
        return None
    dimension, scale = SCALES.get(mention.unit, (mention.unit, Decimal(1)))
    step = Decimal(1).scaleb(int(low.normalize().as_tuple().exponent)) if low else Decimal(1)
    money = mention.subtype == MONEY
    return Value(dimension, low * scale, high * scale, mention.modifier, step * scale, mention.unit, money)


def added(first: Value, second: Value) -> Value | None:
    """Return the duration that *first* and *second*, written one after the other, are: 2 h, 31 min; else None."""
    units = [CLOCK.index(part.unit) for part in (first, second) if part.unit in CLOCK]
    if len(units) < 2 or units[0] >= units[1]:
        return None
    low, high = first.low + second.low, first.high + second.high
    return Value(first.dimension, low, high, first.modifier or second.modifier, second.step, second.unit)


def fits(left: Value, right: Value) -> bool:
    """Say whether one true value may stand behind both."""
    if left.low <= right.high and right.low <= left.high:
        return True
    return _allows(left, right) or _allows(right, left) or _hides(left, right) or _hides(right, left)


def excess(left: Value, right: Value) -> float | None:
    """Return the larger over the smaller, minus 1, of the ends that are nearest; None where one is not positive."""
    small, large = sorted((left, right), key=lambda one: one.low)
    if small.high <= 0:
        return None
    return float(max(Decimal(1), large.low / small.high) - 1)


def _allows(bound: Value, other: Value) -> bool:
    """Say whether what is said of *bound*, more than or about, holds of *other*."""
    if bound.modifier == "more-than" and other.modifier not in ("more-than", "at-least"):
        return bound.low <= other.high and other.low <= bound.high + max(bound.step, bound.high * MORE)
    if bound.modifier in ("more-than", "at-least"):
        return other.high >= bound.low
    if bound.modifier in ("less-than", "at-most"):
        return other.low <= bound.high
    if bound.modifier != "about":
        return False
    slack = min(bound.high * NEARLY, bound.step * STEPS)
    return bound.low - slack <= other.high and other.low <= bound.high + slack


def _hides(coarse: Value, exact: Value) -> bool:
    """Say whether *coarse* is *exact*, rounded: to fewer digits, or on the way from one unit to another."""
    if coarse.unit != exact.unit and coarse.unit in SCALES and exact.unit in SCALES:
        half = max(coarse.step / 2, coarse.high * CONVERTED)
        return abs(coarse.low - exact.low) <= half
    if coarse.step <= exact.step or coarse.modifier not in ("", "about"):
        return False
    return abs(coarse.low - exact.low) <= coarse.step / 2
