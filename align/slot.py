"""How a disagreement is told: what the accounts give different values for, and what may explain it, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from hexapla.align.differ import MEASURED, VAGUE
from hexapla.align.frame import TERRITORY, Frame
from hexapla.align.group import DisagreementKind
from hexapla.corpus import edtf
from hexapla.corpus.document import Authority, Entity
from hexapla.corpus.scope import CUTOFF, INCLUSIVE, TOTAL

PLURALS: Mapping[str, str] = {"person": "people", "child": "children", "woman": "women", "church": "churches"}
UNCHANGED = frozenset({"dead", "wounded", "displaced", "police", "aircraft"})
"""Plurals that English does not make with an s."""


def slot(claims: Sequence[Frame], authority: Authority) -> tuple[DisagreementKind, str]:
    """What the claims give a value for, in English."""
    if claims[0].name is not None:
        return _name_slot(claims)
    if claims[0].time is not None:
        return "date", "time of day of the event"
    if claims[0].value is None:
        return "date", "date of the event"
    values = [frame.value for frame in claims if frame.value is not None]
    dimension = next((one.dimension for one in values if one.dimension not in VAGUE), values[0].dimension)
    owners = sorted({owner for frame in claims for owner in frame.owners})
    whose = f" ({_name(owners[0], authority)})" if owners else ""
    if values[0].money:
        return "figure", f"amount in {dimension}{whose}"
    if dimension == "percent":
        return "figure", f"share{whose}"
    if dimension in MEASURED:
        return "figure", f"{dimension}{whose}"
    return "figure", f"number of {several(dimension)}{whose}" if dimension else f"number{whose}"


def _name_slot(claims: Sequence[Frame]) -> tuple[DisagreementKind, str]:
    names = [frame.name for frame in claims if frame.name is not None]
    if all(name.spot for name in names):
        return "place", "place of the event"
    shared = frozenset.intersection(*(name.nouns for name in names)) or names[0].nouns
    return "name", f"name of the {min(shared, default='event').partition('.')[0]}"


def several(noun: str) -> str:
    """Return the plural of what is counted.

    >>> [several(noun) for noun in ("soldier", "country", "person", "wounded")]
    ['soldiers', 'countries', 'people', 'wounded']
    """
    if noun in UNCHANGED or noun in PLURALS:
        return PLURALS.get(noun, noun)
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _name(ref: str, authority: Authority) -> str:
    if ref.startswith(TERRITORY):
        from babel import Locale  # slow to load

        return str(Locale("en").territories.get(ref.removeprefix(TERRITORY), ref))
    entity = authority.get(ref)
    names = entity.names if isinstance(entity, Entity) else ()
    return next((name.text for name in names if name.language == "en"), names[0].text if names else ref)


def note(claims: Sequence[Frame]) -> str:
    """What may explain that the accounts differ, '' where nothing is seen."""
    notes = []
    if any(frame.mention.modifier for frame in claims):
        notes.append("one account gives an approximation or a bound")
    if any(frame.mention.kind == "date" and frame.mention.literal for frame in claims):
        notes.append("a date is completed from its context")
    dates = sorted({frame.dated for frame in claims if frame.dated})
    if any(not edtf.overlaps(one, other) for one, other in combinations(dates, 2)):
        notes.append(f"the figures may be of different dates ({'; '.join(dates)})")
    if len({bool(frame.owners) for frame in claims}) > 1:
        notes.append("not every account says whose figure it is")
    notes += _scopes(claims)
    if any(frame.time is not None and not frame.time.offsets for frame in claims):
        notes.append("not every account says by which clock")
    return "; ".join(notes)


def _scopes(claims: Sequence[Frame]) -> list[str]:
    """What the accounts say of the scopes of their figures, where not all say the same."""
    told = {
        CUTOFF: "an account counts up to a date",
        TOTAL: "an account says that its figure is the total",
        INCLUSIVE: "an account says what its figure counts in or leaves out",
    }
    some = [text for what, text in told.items() if len({what in frame.scope for frame in claims}) > 1]
    sources = {frame.source for frame in claims}
    return [*some, "the figures are by different sources"] if len(sources - {""}) > 1 else some
