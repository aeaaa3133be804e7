"""Beads and the words of their sentences -> what shows that they translate one another.

    hr  Most je odobren s 18 glasova prema 7.         most ─ bridge     bridge.noun   word
    en  The bridge was approved by 18 votes to 7.     18 ─ 18           18            quantity
                                                      glasova ─ votes   vote.noun     word

Of the types of features that meet across a bead (`hexapla.align.score`), the weightiest pair is taken first and each
type once. The weight is the mean rarity of both, times how surely they belong together. What only these texts told is
evidence, too: pairs of words learned from the sure beads (`hexapla.align.own`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast, get_args

from hexapla.align.bead import Bead, ordered
from hexapla.align.chain import Edges
from hexapla.align.group import AnchorKind, Evidence, Span
from hexapla.align.own import ALIKE, Seen, joined, learned, sample, together
from hexapla.align.path import Step
from hexapla.align.reading import Reading, featured
from hexapla.align.score import Features
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon

MOST = 8
"""Pieces of evidence of one bead at most."""

SURE = 0.9
"""The score from which on beads tell of words."""

_KINDS: Mapping[str, AnchorKind] = {
    **{kind: kind for kind in cast("tuple[AnchorKind, ...]", get_args(AnchorKind))},
    "number": "quantity",
    "sound": "name",
}

_CLDR = ("territory", "language", "currency", "month", "weekday")
_DICTIONARY = re.compile(r"[a-z]{2,3}:")

_SOURCES = {
    "family": "family",
    "sound": "sound",
    "cognate": "sound",
    "stem": "spelling",
    "form": "spelling",
    "number": "figures",
    "date": "dates",
    "quantity": "quantities",
}

_Learned = Mapping[int, Mapping[int, float]]  # left type -> right types, and how surely they belong together


def explained(
    pairs: Sequence[tuple[Document, Document]],
    found: Sequence[Sequence[Bead]],
    lexicon: Lexicon,
    *,
    most: int = MOST,
    features: Features | None = None,
) -> tuple[tuple[tuple[Evidence, ...], ...], ...]:
    """Return for each of *pairs* and each of the beads *found* in it what shows it, the strongest first.

    At most *most* pieces for each bead; none for a sentence alone, and none where nothing meets: such a bead stands
    by its place and its lengths. Spans are those of the left document, then those of the right one. A piece's value
    is what both share (a concept, sound, number, date or id); of words learned both, as in ``grad=town``.
    *features* are as for `hexapla.align.bead.pooled`.
    """
    documents = [document for pair in pairs for document in pair]
    features, rows = featured(documents, lexicon, features)
    learning = _learned(Reading.taken(documents, features, rows), pairs, found)
    told = []
    for pair, beads, more in zip(pairs, found, learning, strict=True):
        one, other = (_Sentences.of(document, rows[id(document)]) for document in pair)
        told.append(tuple(_evidence(features, more, one, other, bead, most) for bead in beads))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a document by their numbers in beads."""

    document: Document
    rows: Sequence[int]
    segments: Sequence[str]

    @classmethod
    def of(cls, document: Document, rows: Sequence[int]) -> _Sentences:
        return cls(document, rows, [segment.id for segment in document.segments if segment.kind != "x"])

    def spans(self, features: Features, numbers: Sequence[int]) -> Mapping[int, list[Span]]:
        """Return where each type of feature stands in the sentences *numbers*."""
        return standing(features, self.document, [(self.rows[n], self.segments[n]) for n in numbers])


def standing(features: Features, document: Document, sentences: Iterable[tuple[int, str]]) -> Mapping[int, list[Span]]:
    """Return where each type of feature stands in *sentences* of *document*: their numbers in *features*, and ids."""
    found: dict[int, list[Span]] = defaultdict(list)
    for row, segment in sentences:
        for feature in sorted(features.held[row], key=lambda one: one.start):
            text = document.text[feature.start : feature.end]
            found[feature.type].append(Span(document.id, segment, feature.start, feature.end, text))
    return found


def _learned(
    known: Reading, pairs: Sequence[tuple[Document, Document]], found: Sequence[Sequence[Bead]]
) -> list[_Learned]:
    """Return for each of *pairs* what the sure beads of all pairs in its languages tell of words."""
    size = len(known.label)
    groups: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for pair, beads in zip(pairs, found, strict=True):
        one, other = ordered(pair)
        left, right = known.sides[id(one)], known.sides[id(other)]
        steps = [step for bead in beads for step in _steps(bead, one is not pair[0])]
        groups[one.language, other.language].append(Seen(left, right, known.edges(one, other), steps))
    told = {key: _taught(sample(together(seen)), size) for key, seen in groups.items()}
    return [
        _table(told[one.language, other.language], one is not pair[0])
        for pair, (one, other) in ((pair, ordered(pair)) for pair in pairs)
    ]


def _taught(seen: Seen, size: int) -> Edges:
    """Return what the sure beads tell, and the words that look alike."""
    alike = seen.edges.trust <= ALIKE
    weak = Edges(seen.edges.left[alike], seen.edges.right[alike], seen.edges.trust[alike])
    return joined([learned(seen, (seen.edges, seen.edges.turned()), size), weak])


def _steps(bead: Bead, turned: bool) -> Iterator[Step]:
    """Yield a sure *bead* as a step, if its sentences follow one another."""
    left, right = (bead.right, bead.left) if turned else (bead.left, bead.right)
    if left and right and bead.score >= SURE and all(side[-1] - side[0] == len(side) - 1 for side in (left, right)):
        yield Step(left[0], right[0], len(left), len(right), 0.0)


def _table(edges: Edges, turned: bool) -> _Learned:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    turn = edges.turned() if turned else edges
    for left, right, surely in zip(turn.left.tolist(), turn.right.tolist(), turn.trust.tolist(), strict=True):
        found[left][right] = surely
    return found


def _evidence(
    features: Features, learned: _Learned, one: _Sentences, other: _Sentences, bead: Bead, most: int
) -> tuple[Evidence, ...]:
    return met(features, one.spans(features, bead.left), other.spans(features, bead.right), most, learned)


def met(
    features: Features,
    left: Mapping[int, Sequence[Span]],
    right: Mapping[int, Sequence[Span]],
    most: int = MOST,
    learned: _Learned = MappingProxyType({}),
) -> tuple[Evidence, ...]:
    """Return what two sides share, the weightiest first, at most *most*: each gives the spans of its types of features.

    *learned* are further types that belong together.
    """
    taken: tuple[set[int], set[int]] = (set(), set())
    found: list[Evidence] = []
    for weight, mine, theirs in sorted(_meetings(features, learned, left, right)):
        if mine in taken[0] or theirs in taken[1]:
            continue
        kind, value, source = _shared(features, mine, theirs) or (
            "word",
            _words(left[mine], right[theirs]),
            "learned",
        )
        if kind == "date" and any(piece.kind == kind and piece.value.startswith(f"{value}-") for piece in found):
            continue
        taken[0].add(mine)
        taken[1].add(theirs)
        found.append(Evidence(kind, value, round(-weight, 3), (*left[mine], *right[theirs]), source))
        if len(found) == most:
            break
    return tuple(found)


def _meetings(
    features: Features, learned: _Learned, left: Mapping[int, Sequence[Span]], right: Mapping[int, Sequence[Span]]
) -> Iterator[tuple[float, int, int]]:
    """Yield the types that meet: the weight below zero, so that the heaviest sorts first, and both types."""
    for mine in left:
        held = {**learned.get(mine, {}), **features.meets[mine]}
        for theirs in held.keys() & right.keys():
            weight = held[theirs] * (features.weight[mine] + features.weight[theirs]) / 2
            yield -round(weight, 6), mine, theirs


def _shared(features: Features, mine: int, theirs: int) -> tuple[AnchorKind, str, str] | None:
    """Return the kind and value of what two types share, and who made them meet; nothing where they were learned."""
    one, other = features.keys[mine], features.keys[theirs]
    both = [(-min(one[key], other[key]), key) for key in one.keys() & other.keys()]
    if not both:
        return _near(features, mine, theirs)
    name, value = min(both)[1].split(" ", 1)
    kind = _KINDS.get(name, "word")
    source = _listed(value) if name == "concept" else _SOURCES.get(name) or ("names" if kind != "word" else "")
    return kind, value.split(" ", 1)[-1] if name == "stem" else value, source


def _listed(concept: str) -> str:
    """Return which kind of word list has *concept*: its name shows it.

    >>> [_listed(concept) for concept in ("fire.noun", "territory.IQ", "en:fire", "oewn-00123-v")]
    ['glossary', 'cldr', 'dictionary', 'wordnet']
    """
    if concept.partition(".")[0] in _CLDR:
        return "cldr"
    if _DICTIONARY.match(concept):
        return "dictionary"
    return "glossary" if "." in concept else "wordnet"


def _near(features: Features, mine: int, theirs: int) -> tuple[AnchorKind, str, str] | None:
    """The same where values of one kind meet that are near: figures, or a day of two years."""
    (kind, value), (other, near) = features.label[mine], features.label[theirs]
    if theirs not in features.meets[mine] or kind != other or kind not in ("quantity", "date"):
        return None
    return kind, value if value == near else "~".join(sorted((value, near))), "near"


def _words(left: Sequence[Span], right: Sequence[Span]) -> str:
    return f"{left[0].text.lower()}={right[0].text.lower()}"
