"""How well an alignment agrees with gold: precision, recall, F1, with an interval and how the figures were made.

    pairs   two sentences are found where one group holds both, and right where the gold says yes; ignored pairs do not
            count. A predicted sentence stands for every reference sentence of which it holds at least half, or which
            holds at least half of it, by characters that are no white space.
    beads   strict: a bead is right where the gold has it; lax: where it shares a sentence of each side with one bead
            of the gold. Precision counts null beads, recall does not (as Vecalign's scorer has it).

The interval holds 95 % of F1 over `SAMPLES` bootstrap samples of units that stand or fall together: all pairs of one
sentence of the document that sorts first, or a gold bead with the beads that begin in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.gold import GoldBeads, GoldPairs, Pair, Reference, owner
from hexapla.align.group import Alignment, Relation, Signature
from hexapla.align.pair import RELATIONS, Bead, Sides, beads
from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.version import release

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES, SEED = 1000, 12345
"""Bootstrap samples, and where their random numbers begin."""

Counts = tuple[int, int, int, int]
"""Of one unit: found, right among them, gold, found again among it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result."""

    over: str  # all | documents | languages | relation | beads
    name: str
    precision: float
    recall: float
    f1: float
    low: float  # of F1: 95 % of the samples lie in [low, high]
    high: float
    found: int
    gold: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result."""

    rows: tuple[Row, ...]
    left_out: tuple[tuple[str, int], ...]  # what does not count -> how many
    signature: Signature  # how the figures were made
    aligned: Signature  # how the alignment was made


def evaluate(
    alignment: Alignment,
    documents: Sequence[Document],
    gold: GoldPairs | GoldBeads,
    pair: Sides | None = None,
    relation: Relation | None = None,
) -> Evaluation:
    """Return how well *alignment* of *documents* agrees with *gold*.

    *pair* limits pairs of sentences to two sides; for beads it says which documents they number, left side first. With
    *relation* only groups of that relation count, and for ``same-statement`` only pairs that state the same.

    Raises:
        UsageError: beads without *pair*, or nothing to measure.
        InputError: *gold* names a sentence that is not there.
    """
    if isinstance(gold, GoldBeads):
        if pair is None:
            raise UsageError("the gold numbers two documents", hint="say which: --pair A-B")
        return _of_beads(alignment, gold, *pair.single(), relation)
    return _of_pairs(alignment, documents, gold, pair, relation)


# --- pairs of sentences

Standing = Mapping[str, Sequence[str]]
"""A predicted sentence -> the gold's sentences that it stands for."""


def _of_pairs(
    alignment: Alignment,
    documents: Sequence[Document],
    gold: GoldPairs,
    pair: Sides | None,
    relation: Relation | None,
) -> Evaluation:
    spoken = {document.id: document.language for document in documents}
    judged = _judged(gold, pair, spoken)
    names = {name for one in judged for name in one}
    missed: Counter[str] = Counter()
    stands = _standing([document for document in documents if document.id in names], gold, missed)

    def counted(only: Relation | None) -> dict[tuple[Pair, str], Counts]:
        target = gold.same if only == "same-statement" else gold.yes
        skipped = (gold.yes | gold.ignored) - target
        found = _together(alignment, stands, only)
        return _units(found - skipped, target, judged, missed if only == relation else Counter())

    units = counted(relation)
    if not any(unit[2] for unit in units.values()):
        raise UsageError("the gold has no pair of the documents that are compared", hint="give other gold or --pair")
    rows = [_row("all", "", units.values())]
    rows += _by("documents", units, "-".join)
    rows += _by("languages", units, lambda pair: "-".join(sorted(spoken[name] for name in pair)))
    if relation is None:
        there = {group.relation for group in alignment.groups}
        rows += [_row("relation", one, counted(one).values()) for one in RELATIONS if one in there]
    neither = gold.ignored | (gold.yes - gold.same if relation == "same-statement" else frozenset())
    missed["pairs ignored by the gold"] = sum(_documents(one) in judged for one in neither)
    described = _described("pairs", gold.name, relation, "sentence of the first document")
    own = ",".join(sorted(names & set(gold.reference))) or "none"
    parts = (*described, ("reference", own), ("documents", ",".join(map("-".join, sorted(judged)))))
    return Evaluation(tuple(rows), tuple(sorted((+missed).items())), Signature(parts), alignment.signature)


def _judged(gold: GoldPairs, pair: Sides | None, spoken: Mapping[str, str]) -> set[Pair]:
    """Return the pairs of documents that the gold judges: those it names, or all of a reference segmentation."""
    listed = gold.yes | gold.ignored | gold.no
    named = {_documents(one) for one in listed}
    named |= {(one, other) for one in gold.reference for other in gold.reference if one < other}
    there = {one for one in named if set(one) <= set(spoken)}
    if gold.reference:
        there = {one for one in there if set(one) <= set(gold.reference)}
    if pair is not None:
        left, right = ({document.id for document in side} for side in (pair.left, pair.right))
        there = {(a, b) for a, b in there if (a in left and b in right) or (b in left and a in right)}
    bare = sorted({name for one in named for name in one} - set(gold.reference))
    if not there and gold.reference and bare:
        said = f"a reference segmentation stands beside the gold, but none of {', '.join(bare)}"
        raise UsageError(said, hint="give one for each document, or move the gold elsewhere")
    if not there:
        held, wanted = ", ".join(sorted(spoken)), ", ".join(sorted(map("-".join, named)))
        raise UsageError(f"the gold judges {wanted}, the build has {held}", hint="give the gold of this build")
    return there


def _documents(pair: Pair) -> Pair:
    one, other = sorted(map(owner, pair))
    return one, other


def _standing(documents: Sequence[Document], gold: GoldPairs, missed: Counter[str]) -> Standing:
    found: dict[str, Sequence[str]] = {}
    for document in documents:
        known = gold.reference.get(document.id)
        own = matched(document, known) if known else {part.id: [part.id] for part in document.segments}
        if not own:
            said = f"the reference segmentation of {document.id} is of another text"
            raise InputError(said, path=gold.file, hint="give the gold of this build")
        missed["sentences that the reference segmentation does not have"] += len(document.segments) - len(own)
        _check({one.id for one in known.sentences} if known else set(own), document, gold)
        found |= own
    return found


def _check(there: set[str], document: Document, gold: GoldPairs) -> None:
    """Raise an InputError where *gold* names a sentence of *document* that is not *there*."""
    named = {name for pair in gold.yes | gold.ignored for name in pair if owner(name) == document.id}
    for name in sorted(named - there):
        referred = document.id in gold.reference
        where = "reference segmentation" if referred else "build"
        hint = "correct the gold" if referred else _OTHER
        raise InputError(f"the {where} of {document.id} has no sentence {name}", path=gold.file, hint=hint)


_OTHER = "the gold may be of another segmentation: put it beside the gold as DOCUMENT.tsv (id, kind, text)"


def matched(document: Document, reference: Reference) -> Standing:
    """Return for each segment of *document* the sentences of *reference* that it stands for.

    A segment whose characters the reference does not have, from where the one before ended, stands for none.

    Raises:
        UsageError: the text of the document was left out.
    """
    if not document.text:
        raise UsageError(f"the text of {document.id} was left out", hint="build again without --no-text")
    ends = [sentence.end for sentence in reference.sentences]
    at, found = 0, {}
    for part in sorted(document.segments, key=lambda part: part.start):
        dense = "".join(document.slice(part).split())
        start = reference.text.find(dense, max(0, at - 5))
        if start >= 0:
            at = start + len(dense)
            found[part.id] = _shared(start, at, reference, ends)
    return found


def _shared(start: int, end: int, reference: Reference, ends: Sequence[int]) -> list[str]:
    found = []
    for sentence in reference.sentences[bisect_right(ends, start) :]:
        if sentence.start >= end:
            break
        overlap = min(end, sentence.end) - max(start, sentence.start)
        if overlap > 0 and (2 * overlap >= sentence.end - sentence.start or 2 * overlap >= end - start):
            found.append(sentence.id)
    return found


def _together(alignment: Alignment, stands: Standing, relation: Relation | None) -> set[Pair]:
    """Return the pairs of sentences of two documents that one group holds."""
    found: set[Pair] = set()
    for group in alignment.groups:
        if relation in (None, group.relation):
            held = [
                {name for segment in member.segments for name in stands.get(segment, ())} for member in group.members
            ]
            for at, left in enumerate(held):
                for right in held[at + 1 :]:
                    found |= {(min(a, b), max(a, b)) for a in left for b in right}
    return found


def _units(
    found: set[Pair], target: frozenset[Pair], judged: set[Pair], missed: Counter[str]
) -> dict[tuple[Pair, str], Counts]:
    """Return counts by pair of documents and sentence of the first of them."""
    units: dict[tuple[Pair, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in sorted(found | target):
        key = _documents(one)
        if key in judged:
            first = min(one, key=owner)
            right = one in found and one in target
            for at, counts in enumerate((one in found, right, one in target, right)):
                units[key, first][at] += counts
        elif one in target:
            missed["pairs of the gold whose documents are not compared"] += 1
        else:
            missed["pairs found in documents that are not compared"] += 1
    return {key: (a, b, c, d) for key, (a, b, c, d) in units.items()}


def _by(over: str, units: Mapping[tuple[Pair, str], Counts], named: Callable[[Pair], str]) -> list[Row]:
    parts: dict[str, list[Counts]] = defaultdict(list)
    for (pair, _), counts in units.items():
        parts[named(pair)].append(counts)
    return [_row(over, name, parts[name]) for name in sorted(parts)]


# --- beads


def _of_beads(
    alignment: Alignment, gold: GoldBeads, left: Document, right: Document, relation: Relation | None
) -> Evaluation:
    for side, document in enumerate((left, right)):
        size = sum(part.kind != "x" for part in document.segments)
        highest = max((number for bead in gold.beads for number in bead[side]), default=-1)
        if highest >= size:
            said = f"numbers a sentence {highest} of {document.id}, which has {size} (from 0)"
            raise InputError(
                said, path=gold.name, hint="the gold may be of one sentence a line: align with --segmented"
            )
    found = set(beads(alignment, left, right, relation))
    real = {bead for bead in found if all(bead)}
    rows = (
        _row("beads", "strict", _placed(gold.beads, found, real, strict)),
        _row("beads", "lax", _placed(gold.beads, found, real, lax)),
        _row("beads", "strict, no null beads", _placed(gold.beads, real, real, strict)),
    )
    described = _described("beads", gold.name, relation, "gold bead")
    parts = (*described, ("documents", f"{left.id}-{right.id}"))
    return Evaluation(rows, (), Signature(parts), alignment.signature)


Judge = Callable[[Iterable[Bead]], Callable[[Bead], bool]]
"""Beads -> what says whether another is right by them."""


def strict(gold: Iterable[Bead]) -> Callable[[Bead], bool]:
    """Return what says whether a bead is one of *gold*."""
    return set(gold).__contains__


def lax(gold: Iterable[Bead]) -> Callable[[Bead], bool]:
    """Return what says whether a bead is one of *gold*, or shares a sentence of each side with one of it."""
    held = set(gold)
    linked = {(a, b) for left, right in held for a in left for b in right}
    return lambda bead: bead in held or any((a, b) in linked for a in bead[0] for b in bead[1])


def _placed(gold: frozenset[Bead], found: set[Bead], real: set[Bead], judge: Judge) -> list[Counts]:
    """Return counts by gold bead: what of *found* is right, and which gold beads of two sides the *real* ones find."""
    unit = _unit(gold)
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    right, again = judge(gold), judge(real)
    for bead in found:
        own = counts[unit(bead)]
        own[0] += 1
        own[1] += right(bead)
    for bead in gold:
        own = counts[unit(bead)]
        if all(bead):
            own[2] += 1
            own[3] += again(bead)
    return [(a, b, c, d) for a, b, c, d in counts.values()]


def _unit(gold: frozenset[Bead]) -> Callable[[Bead], int]:
    """Return what gives the number of the gold bead in which a bead begins; -1 where there is none."""
    places: dict[tuple[int, int], int] = {}
    for number, bead in enumerate(sorted(gold)):
        for side in (0, 1):
            for sentence in bead[side]:
                places.setdefault((side, sentence), number)
    return lambda bead: places.get((0, bead[0][0]) if bead[0] else (1, bead[1][0]), -1)


# --- figures


def _described(kind: str, gold: str, relation: Relation | None, unit: str) -> tuple[tuple[str, str], ...]:
    return (
        ("hexapla", release()),
        ("evaluate", kind),
        ("gold", gold),
        ("relation", relation or "all"),
        ("bs", str(SAMPLES)),
        ("unit", unit),
        ("seed", str(SEED)),
    )


def _row(over: str, name: str, units: Iterable[Counts]) -> Row:
    held = np.array(sorted(units), dtype=np.int64).reshape(-1, 4)
    found, _, gold, _ = (int(number) for number in held.sum(axis=0))
    precision, recall, f1 = (float(figure[0]) for figure in _figures(held.sum(axis=0, keepdims=True)))
    low, high = interval(held)
    return Row(over, name, precision, recall, f1, low, high, found, gold)


def _figures(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
    """Return precision, recall and F1 of each row of *counts*; 0 where nothing is found, or nothing is to be found."""
    found, right, gold, again = (counts[:, at].astype(np.float64) for at in range(4))
    precision, recall = right / np.maximum(found, 1), again / np.maximum(gold, 1)
    both = precision + recall
    return precision, recall, np.where(both > 0, 2 * precision * recall / np.where(both > 0, both, 1), 0.0)


def interval(units: NDArray[np.int64]) -> tuple[float, float]:
    """Return between which values of F1 95 % of the bootstrap samples of *units* (rows of `Counts`) lie.

    The same units give the same interval; NumPy never changes the numbers that its RandomState gives.
    """
    if not len(units):
        return 0.0, 0.0
    kinds, times = np.unique(units, axis=0, return_counts=True)
    drawn = np.random.RandomState(SEED).multinomial(len(units), times / len(units), size=SAMPLES)
    f1 = _figures(drawn @ kinds)[2]
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)
