"""Documents -> what the search for beads needs of their words: the types of each sentence, and which of them meet.

    hr  Grad pade.                 grad 0   pade 1                 concept town.noun   0 ─ 4
    en  The town fell, and ...     the 3   town 4   fell 5         concept fall.verb   1 ─ 5

Where in a sentence a word stands, and how much it weighs, is of no matter to the search, and long texts have millions
of words. So of a sentence only the numbers of its types are kept, and of a type only the keys that others have, too.
What shows the beads to people is read as `hexapla.align.score.Features`, which may be taken as well.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.chain import UNPLACED, Edges, Side, changes, spread
from hexapla.align.cognate import cognates
from hexapla.align.own import ALIKE, joined
from hexapla.align.score import Feature, Features, Reader, sentences
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.mark import marks
from hexapla.corpus.pause import uncollected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FIGURES = ("date", "quantity")
"""Types of features that are figures, as are words of digits."""

Meets = Callable[["Whole", "Whole"], Edges]
"""Types of a left and of a right side -> which of them meet, and how surely."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The types of the sentences of documents (by the document's ``id()``), what each type is, and which meet."""

    label: Sequence[tuple[str, str]]
    sides: Mapping[int, Side]
    meets: Meets

    @classmethod
    @uncollected()
    def of(cls, documents: Iterable[Document], lexicon: Lexicon) -> Reading:
        """Read the sentences and headings of *documents*; two of them may have the same id."""
        reader = Reader(lexicon)
        held = {id(document): document for document in documents}
        sides = {key: _read(document, reader) for key, document in held.items()}
        return cls(reader.labels, sides, _Keys.of(reader.keys).meets)

    @classmethod
    def taken(cls, documents: Iterable[Document], features: Features, rows: Mapping[int, Sequence[int]]) -> Reading:
        """Take *documents* from their *features*, where the sentences of each stand in *rows* (see `featured`)."""

        def meets(left: Whole, right: Whole) -> Edges:
            there = set(right.tolist())
            found = [
                (kind, other, surely)
                for kind in left.tolist()
                for other, surely in features.meets[kind].items()
                if other in there
            ]
            return _edges(sorted(found))

        held = {id(document): document for document in documents}
        sides = {key: _side(document, (features.held[row] for row in rows[key])) for key, document in held.items()}
        return cls(features.label, sides, meets)

    def marked(self, documents: Iterable[Document]) -> Reading:
        """Return the same with the punctuation marks of *documents*, a type each, which meets itself."""
        numbers: dict[str, int] = {}
        many = len(self.label)
        sides = dict(self.sides)
        for document in documents:
            kept = (segment for segment in document.segments if segment.kind != "x")
            told = (sorted(marks(document.slice(segment))) for segment in kept)  # sets have another order each time
            held = [sorted(many + numbers.setdefault(mark, len(numbers)) for mark in line) for line in told]
            sides[id(document)] = _with(self.sides[id(document)], held)

        def meets(left: Whole, right: Whole) -> Edges:
            found = self.meets(left[left < many], right[right < many])
            both = np.intersect1d(left[left >= many], right[right >= many])
            return joined([found, Edges(both, both, np.ones(len(both)))])

        return Reading([*self.label, *(("mark", mark) for mark in numbers)], sides, meets)

    def figures(self) -> Flags:
        """Return which types are dates, quantities or numbers."""
        told = (name in FIGURES or (name == "word" and _word(value).isdigit()) for name, value in self.label)
        return np.fromiter(told, dtype=bool, count=len(self.label))

    def edges(self, left: Document, right: Document) -> Edges:
        """Return which types of *left* meet which of *right*; words that meet none may look alike."""
        types = [np.unique(self.sides[id(document)].types) for document in (left, right)]
        found = self.meets(types[0], types[1])
        alone = [np.setdiff1d(held, met) for held, met in zip(types, (found.left, found.right), strict=True)]
        alike = sorted(cognates(*(self._words(kinds) for kinds in alone)))
        return joined([found, _edges([(one, other, ALIKE) for one, other in alike])])

    def _words(self, kinds: Whole) -> Mapping[int, str]:
        labels = ((kind, self.label[kind]) for kind in kinds.tolist())
        return {kind: _word(value) for kind, (name, value) in labels if name == "word"}


def featured(
    documents: Iterable[Document], lexicon: Lexicon, features: Features | None = None
) -> tuple[Features, Mapping[int, Sequence[int]]]:
    """Return the features of *documents*, and the rows that the sentences of each have there, by its ``id()``.

    Where *features* have been read already the ids of documents must differ.
    """
    held = {id(document): document for document in documents}
    names = {key: document.id for key, document in held.items()}
    if features is None:
        names = {key: str(number) for number, key in enumerate(held)}
        features = Features.of([replace(document, id=names[key]) for key, document in held.items()], lexicon)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, owner in enumerate(features.owner):
        rows[owner].append(row)
    return features, {key: rows[name] for key, name in names.items()}


def _word(value: str) -> str:
    """The word of a label, without its language."""
    return value.split(":", 1)[1]


def _read(document: Document, reader: Reader) -> Side:
    """Return the sentences of *document*; of what the *reader* finds in each only types and places are kept."""
    return _side(document, sentences(document, reader))


def _side(document: Document, held: Iterable[Sequence[Feature]]) -> Side:
    """Return the same of the features *held* by each sentence and heading."""
    types, middles, counts = array("q"), array("q"), array("q")
    for found in held:
        types.extend([feature.type for feature in found])
        middles.extend([feature.start + feature.end for feature in found])
        counts.append(len(found))
    kept = [segment for segment in document.segments if segment.kind != "x"]
    begin = np.array([segment.start for segment in kept], np.int64)
    length = np.array([segment.end - segment.start for segment in kept], np.int64)
    owner = np.repeat(np.arange(len(kept)), np.array(counts, np.int64))
    away = (np.array(middles, np.int64) - 2 * begin[owner]) * (UNPLACED - 1) // np.maximum(2 * length[owner], 1)
    return _once(np.array(types, np.int64), away, owner, length.astype(np.float64))


def _once(types: Whole, place: Whole, owner: Whole, length: Real) -> Side:
    """Return sentences with each type once: one that stands in two places of a sentence has none."""
    order = np.lexsort((types, owner))
    types, place, owner = types[order], place[order], owner[order]
    new = changes(owner * (int(types.max(initial=0)) + 1) + types)
    once = np.diff(new, append=len(types)) == 1
    start = np.searchsorted(owner[new], np.arange(len(length) + 1))
    return Side(start, types[new], length, np.where(once, place[new], UNPLACED).astype(np.uint8))


def _with(side: Side, more: Sequence[Sequence[int]]) -> Side:
    """Return *side* with *more* types in each sentence, without a place, higher than those it holds."""
    counts = np.fromiter(map(len, more), np.int64, len(more))
    at = np.repeat(side.start[1:], counts)
    types = np.insert(side.types, at, [kind for held in more for kind in held])
    start = side.start + np.concatenate([[0], np.cumsum(counts)])
    return Side(start, types, side.length, np.insert(side.place, at, UNPLACED))


def _edges(found: Sequence[tuple[int, int, float]]) -> Edges:
    left, right, trusts = zip(*found, strict=True) if found else ((), (), ())
    return Edges(np.array(left, np.int64), np.array(right, np.int64), np.array(trusts, np.float64))


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of types that several types have: parallel arrays, in the order of the types; and each type's trust."""

    kinds: Whole
    keys: Whole
    trust: Real
    surest: Real  # of each type

    @classmethod
    def of(cls, keys: Sequence[Mapping[str, float]]) -> _Keys:
        """Take the *keys* of each type; most are of one type only."""
        numbers: dict[str, int] = {}
        found = np.fromiter((numbers.setdefault(key, len(numbers)) for held in keys for key in held), np.int64)
        trust = np.fromiter((surely for held in keys for surely in held.values()), np.float64, len(found))
        kinds = np.repeat(np.arange(len(keys)), np.fromiter(map(len, keys), np.int64, len(keys)))
        surest = np.zeros(len(keys))
        np.maximum.at(surest, kinds, trust)
        kept = (np.bincount(found)[found] > 1) & (trust > 0) if len(found) else np.zeros(0, dtype=bool)
        return cls(kinds[kept], found[kept], trust[kept], surest)

    def meets(self, left: Whole, right: Whole) -> Edges:
        """Return which of the types *left* and *right* share a key, as surely as the less sure of them has it.

        A type meets itself.
        """
        mine, theirs = (self._among(kinds) for kinds in (left, right))
        theirs = theirs[np.argsort(self.keys[theirs], kind="stable")]
        there = self.keys[theirs]
        begin = np.searchsorted(there, self.keys[mine])
        which, place = spread(begin, np.searchsorted(there, self.keys[mine], side="right") - begin)
        one, other = mine[which], theirs[place]
        both = np.intersect1d(left, right)
        shared = Edges(self.kinds[one], self.kinds[other], np.minimum(self.trust[one], self.trust[other]))
        return joined([Edges(both, both, self.surest[both]), shared])

    def _among(self, kinds: Whole) -> Whole:
        """Where the keys of *kinds* stand."""
        told = np.zeros(len(self.surest), dtype=bool)
        told[kinds] = True
        return np.flatnonzero(told[self.kinds])
