"""Anchors: what two sentences can share, and how much sharing it says.

    "9. travnja 2003. pao je Bagdad"  ─▶  event ev.fall-of-baghdad · date 2003-04-09, 2003-04 · place place.baghdad

Everything that a mention names is an anchor. A date is one at every precision it has, so that "9 April" and "April
2003" meet
in the month. What is everywhere ("Iraq", 2003) says nothing: the weight of an anchor is its rarity,
idf = ln((N + 1) / (df + 1/2)) over the sentences of all documents (Robertson & Spärck Jones' form, smoothed).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hexapla.align.group import AnchorKind, Evidence, Span
from hexapla.corpus import edtf
from hexapla.corpus.document import Document, Mention, outermost

Key = tuple[AnchorKind, str]
"""An anchor: its kind and its value."""

SHARE: Mapping[str, float] = {"day": 2.0, "month": 0.8, "year": 0.3, "quantity": 0.7}
"""How much an anchor of this kind counts beside a name (1.0)."""


def keys(mention: Mention) -> tuple[Key, ...]:
    """Return the anchors of *mention*, the most exact first.

    >>> keys(Mention("", "en.s1", "date", 0, 9, value="2003-04-09"))
    (('date', '2003-04-09'), ('date', '2003-04'), ('date', '2003'))
    >>> keys(Mention("", "en.s1", "date", 0, 9, value="--04-09"))
    (('date', '--04-09'), ('date', '--04'))
    """
    if mention.kind == "date":
        return tuple(("date", value) for value in _coarser(mention.value))
    if mention.kind == "quantity":
        return (("quantity", f"{mention.value} {mention.unit}".strip()),) if mention.value else ()
    return ((mention.kind, mention.ref),) if mention.ref else ()


def grain(value: str) -> str:
    """Return how fine a date is, also where it has no year.

    >>> grain("2003-04-09"), grain("--04-09"), grain("--04")
    ('day', 'day', 'month')
    """
    return ("month", "day")[value.count("-") - 2] if yearless(value) else edtf.precision(value)


def yearless(value: str) -> bool:
    """Return whether a date is a day or month whose year is not known."""
    return value.startswith("--") and "/" not in value and value.count("-") in (2, 3)


def _coarser(value: str) -> list[str]:
    if yearless(value):
        return [value, value[:4]] if grain(value) == "day" else [value]
    precision = edtf.precision(value)
    if precision not in ("day", "month", "year"):
        return [value] if edtf.bounds(value) else []
    parts = value.lstrip("-").split("-")
    sign = value[: len(value) - len(value.lstrip("-"))]
    return [sign + "-".join(parts[:length]) for length in range(len(parts), 0, -1)]


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of all segments of all documents, and their rarity."""

    documents: Mapping[str, Document]
    by_segment: Mapping[str, Mapping[Key, tuple[Mention, ...]]]
    owner: Mapping[str, str]  # segment id -> document id
    rarity: Mapping[Key, float]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Anchors:
        """Collect the anchors of *documents*; a name inside a longer one is none, for its words would count twice."""
        by_segment: dict[str, dict[Key, tuple[Mention, ...]]] = {}
        owner: dict[str, str] = {}
        for document in documents:
            owner.update((segment.id, document.id) for segment in document.segments if segment.kind != "x")
            for mention in outermost(document.mentions):
                if mention.segment in owner:
                    held = by_segment.setdefault(mention.segment, {})
                    for key in keys(mention):
                        held[key] = (*held.get(key, ()), mention)
        counts = Counter(chain.from_iterable(by_segment.values()))
        rarity = {key: math.log((len(owner) + 1) / (count + 0.5)) for key, count in counts.items()}
        return cls({document.id: document for document in documents}, by_segment, owner, rarity)

    def weight(self, key: Key) -> float:
        """Return how much it says to share *key*: its rarity, and how exact its kind is."""
        kind, value = key
        fine = grain(value) if kind == "date" else kind
        return max(0.0, self.rarity.get(key, 0.0)) * SHARE.get(fine or "", 1.0)

    def shared(self, sides: Sequence[Iterable[str]]) -> tuple[Evidence, ...]:
        """Return the anchors that two or more of the *sides* (segment ids of one document each) share, strongest first.

        A date counts once, at the finest precision that is shared.
        """
        held: dict[Key, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for number, side in enumerate(sides):
            for segment in side:
                for key, mentions in self.by_segment.get(segment, {}).items():
                    held[key][number] += [m for m in mentions if m.kind != "event" or m.subtype == "assertion"]
        common = {key: found for key, found in held.items() if sum(map(bool, found.values())) > 1}
        evidence = [self._evidence(key, common[key]) for key in common if not _refined(key, common)]
        return tuple(sorted(evidence, key=lambda e: (e.kind != "event", -e.weight, e.kind, e.value)))

    def _evidence(self, key: Key, found: Mapping[int, Sequence[Mention]]) -> Evidence:
        mentions = [mention for number in sorted(found) for mention in sorted(found[number], key=lambda m: m.start)]
        spans = tuple(self.span(mention) for mention in mentions)
        source = "+".join(sorted({mention.method for mention in mentions} - {""}))
        return Evidence(key[0], key[1], round(self.weight(key), 3), spans, source)

    def span(self, mention: Mention) -> Span:
        """Return where *mention* stands, with its text."""
        document = self.documents[self.owner[mention.segment]]
        return Span(document.id, mention.segment, mention.start, mention.end, document.slice(mention))


def _refined(key: Key, common: Iterable[Key]) -> bool:
    """Say whether a finer date than *key* is shared, too."""
    return key[0] == "date" and any(k == "date" and value.startswith(f"{key[1]}-") for k, value in common)
