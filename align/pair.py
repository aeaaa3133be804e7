"""Two sides of a work, as a user names them, and what links them.

    en-hr     the document en       | the document hr
    en-ar     the document en       | all documents in Arabic (ar1, ar2), as no document is called ar
    ar1-ar2   two documents of one language

What links two sides stands in the order of the left text. Beads are links as numbers: the sentences and headings of a
document count from 0, boilerplate is left out, and a sentence that nothing links stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.align.group import Alignment, Link, Member, Relation
from hexapla.corpus.document import Document
from hexapla.corpus.errors import UsageError

RELATIONS: tuple[Relation, ...] = ("translation", "same-statement", "same-event")
"""From the closest to the loosest."""

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""Numbers of left and right sentences; one side of a null bead is empty."""

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Sides:
    """The documents of either side, and what the user calls the sides."""

    names: tuple[str, str]
    left: tuple[Document, ...]
    right: tuple[Document, ...]

    def single(self) -> tuple[Document, Document]:
        """Return the one document of each side; a UsageError says so where a language has several."""
        return single(self.names[0], self.left), single(self.names[1], self.right)


def single(name: str, documents: Sequence[Document]) -> Document:
    """Return the one document of the side *name*; a UsageError says so where it has several."""
    if len(documents) > 1:
        listed = ", ".join(document.id for document in documents)
        raise UsageError(f"--pair: {name} is {len(documents)} documents", hint=f"name one of them: {listed}")
    return documents[0]


def sides(pair: str, documents: Sequence[Document]) -> Sides:
    """Return the sides that *pair* (``a-b``) names, by ids of *documents* or their languages; an id goes first.

    A language stands for all documents in it, ``en`` also for those in ``en-GB``. With *pair* '' two documents are a
    pair in the order they stand in.

    Raises:
        UsageError: a side names nothing, or both sides hold the same document; the message lists what there is.
    """
    if not pair and len(documents) == 2:
        return Sides((documents[0].id, documents[1].id), (documents[0],), (documents[1],))
    there = ", ".join(f"{document.id} ({document.language})" for document in documents)
    if not pair:
        raise UsageError("say which two documents are meant", hint=f"give --pair A-B of {there}")
    cuts = [(pair[:at], pair[at + 1 :]) for at, letter in enumerate(pair) if letter == "-"]
    for left, right in cuts:
        found = Sides((left, right), _named(left, documents), _named(right, documents))
        if found.left and found.right:
            return _apart(found, pair)
    raise UsageError(f"--pair {pair!r} does not name two sides", hint=f"write A-B; there is {there}")


def _named(name: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    called = tuple(document for document in documents if document.id == name)
    return called or tuple(document for document in documents if speaks(document.language, name))


def speaks(language: str, name: str) -> bool:
    """Return whether the tag *language* is *name* or a kind of it.

    >>> speaks("en-GB", "en"), speaks("en", "en-GB")
    (True, False)
    """
    return f"{language}-".lower().startswith(f"{name}-".lower())


def _apart(found: Sides, pair: str) -> Sides:
    both = [document.id for document in found.left if document in found.right]
    if both:
        raise UsageError(f"--pair {pair!r} has {both[0]} on both sides", hint="name two documents, such as ar1-ar2")
    return found


def links(alignment: Alignment, pair: Sides, relation: Relation | None = None) -> tuple[Link, ...]:
    """Return the links between *pair*, turned so that their left side is the pair's, in the order of the left text.

    With *relation* only those of that relation.
    """
    places = [Places(documents) for documents in (pair.left, pair.right)]
    names = [{document.id for document in documents} for documents in (pair.left, pair.right)]
    found = []
    for link in alignment.links:
        if relation in (None, link.relation):
            for one in (link, replace(link, left=link.right, right=link.left)):
                if one.left.document in names[0] and one.right.document in names[1]:
                    found.append(one)
    return tuple(sorted(found, key=lambda link: (places[0].of(link.left), places[1].of(link.right), link.id)))


class Places:
    """Where sentences stand: the number of their document, and their own among its sentences and headings."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Count the sentences of *documents*."""
        self.number = {
            segment.id: (at, number)
            for at, document in enumerate(documents)
            for number, segment in enumerate(part for part in document.segments if part.kind != "x")
        }

    def of(self, member: Member) -> list[tuple[int, int]]:
        """Return the places of *member*'s sentences, in order; those of boilerplate are none."""
        return sorted(self.number[name] for name in member.segments if name in self.number)

    def numbers(self, member: Member) -> tuple[int, ...]:
        """Return the numbers of *member*'s sentences in its document, in order."""
        return tuple(number for _, number in self.of(member))


def closest(found: Sequence[Link]) -> Relation | None:
    """Return the closest relation among *found*, None where there is none."""
    there = {link.relation for link in found}
    return next((relation for relation in RELATIONS if relation in there), None)


def beads(alignment: Alignment, left: Document, right: Document, relation: Relation | None = None) -> tuple[Bead, ...]:
    """Return the beads of two documents, null beads included, in the order of the left text.

    Without *relation* they are those of the translation where the two are aligned as one, and of every link where they
    are not. Links of accounts may overlap: each is a bead, and those that join the same sentences are one. A null bead
    holds one sentence; those of the right side stand before the first bead that goes beyond them.
    """
    pair = Sides((left.id, right.id), (left,), (right,))
    found = links(alignment, pair, relation)
    if relation is None and closest(found) == "translation":
        found = tuple(link for link in found if link.relation == "translation")
    mine, theirs = Places([left]), Places([right])
    joined = list(dict.fromkeys((mine.numbers(link.left), theirs.numbers(link.right)) for link in found))
    joined = [bead for bead in joined if bead[0] and bead[1]]
    alone = [_alone(len(places.number), [bead[side] for bead in joined]) for side, places in enumerate((mine, theirs))]
    return tuple(_ordered(joined, *alone))


def _alone(size: int, taken: Iterable[Sequence[int]]) -> list[int]:
    there = {number for numbers in taken for number in numbers}
    return [number for number in range(size) if number not in there]


def _ordered(joined: Sequence[Bead], left: Sequence[int], right: Sequence[int]) -> list[Bead]:
    lefts = sorted([*joined, *(((number,), ()) for number in left)])
    found: list[Bead] = []
    waiting = list(reversed(right))
    for bead in lefts:
        while bead[1] and waiting and waiting[-1] < bead[1][0]:
            found.append(((), (waiting.pop(),)))
        found.append(bead)
    return [*found, *(((), (number,)) for number in reversed(waiting))]


def told(documents: Sequence[Document]) -> Callable[[Member], str]:
    """Return what gives the words of a member in one line: its sentences, a space between them.

    Raises:
        UsageError: the text of one of *documents* was left out.
    """
    for document in documents:
        if document.segments and not document.text:
            raise UsageError(f"the text of {document.id} was left out", hint="build again without --no-text")
    texts: Mapping[str, str] = {part.id: document.slice(part) for document in documents for part in document.segments}
    return lambda member: " ".join(filter(None, (flat(texts[name]) for name in member.segments)))


def flat(text: str) -> str:
    r"""Return *text* in one line without tabs: breaks of any kind are spaces; nothing else changes.

    >>> flat("one\r\ntwo\tthree")
    'one two three'
    """
    return _BREAKS.sub(" ", text)
