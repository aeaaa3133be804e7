"""Where the sentences that people decided on stand in the texts of today.

    hr.s39 [6011, 6280) "Bagdad je pao …"  ─▶  hr.s41      the text before it has grown: same words, another number
                                           ─▶  hr.s39      a comma was mended: nearly the same words
                                           ─▶  hr.s40      cut anew: its words are in a longer sentence now
                                           ─▶  nothing     it was taken out; the decision is kept, and waits

A sentence is known by the hash of its words. Where several have the same words, the one nearest to where it must have
moved: as far as the next sentence before or after it that is sure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hexapla.corpus.decision import Decision, Quoted, digest, tidy
from hexapla.corpus.document import Document, Segment

How = Literal["stands", "moved", "reworded", "cut anew", "lost", "of documents that are not here"]

ALIKE = 90.0
"""Indel similarity, in percent, from which on a sentence is taken for another one mended."""

HALF = 0.5
"""Part of a sentence that must be in a segment that was cut anew."""

SHORTEST = 20
"""Characters of a sentence that is looked for in others; a shorter one may stand there by chance."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sentence is today, and how it was found."""

    segment: str  # '' where it was lost
    how: How


class Places:
    """The sentences of decisions, found in the documents of today."""

    def __init__(self, decisions: Iterable[Decision], documents: Sequence[Document]) -> None:
        """Find every sentence of *decisions* in *documents*."""
        quoted = dict.fromkeys(one for decision in decisions for one in decision.sentences)
        self.found: dict[Quoted, Found] = {}
        home = {document.id: document for document in documents}
        for name, document in home.items():
            mine = [one for one in quoted if one.document == name]
            self.found |= _Text(document).place(mine)
        for one in quoted:
            if one not in self.found:
                self.found[one] = _elsewhere(one, documents)

    def segment(self, quoted: Quoted) -> str:
        """Return the id of the segment that *quoted* is today, '' where it is none."""
        return self.found[quoted].segment

    def segments(self, decision: Decision) -> list[str]:
        """Return the ids of the segments that *decision* is about today, without those that were lost."""
        return list(dict.fromkeys(filter(None, map(self.segment, decision.sentences))))

    def counts(self) -> Mapping[How, int]:
        """Return how many sentences were found in which way."""
        return Counter(one.how for one in self.found.values())


def _elsewhere(quoted: Quoted, documents: Sequence[Document]) -> Found:
    """The sentence in any document, for its own is no more; its words must stand only once."""
    same = [s.id for d in documents for s in d.segments if s.kind != "x" and digest(d.slice(s)) == quoted.hash]
    return Found(same[0], "moved") if len(same) == 1 else Found("", "of documents that are not here")


class _Text:
    """One document, as sentences are looked for in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.segments = [segment for segment in document.segments if segment.kind != "x"]
        self.same: dict[str, list[Segment]] = {}
        for segment in self.segments:
            self.same.setdefault(digest(document.slice(segment)), []).append(segment)
        self._sure: list[tuple[int, int]] = []  # old start, how far it moved

    def place(self, quoted: Sequence[Quoted]) -> dict[Quoted, Found]:
        """Find each of *quoted*: those of which there is only one first, for they tell how far others moved."""
        alone = {one: self.same[one.hash][0] for one in quoted if len(self.same.get(one.hash, ())) == 1}
        self._sure = sorted((one.start, segment.start - one.start) for one, segment in alone.items())
        found = {one: Found(segment.id, _stood(one, segment)) for one, segment in alone.items()}
        for one in quoted:
            if one not in found:
                found[one] = self._again(one)
        return found

    def _again(self, one: Quoted) -> Found:
        if one.hash in self.same:
            segment = min(self.same[one.hash], key=lambda s: abs(s.start - self._expected(one)))
            return Found(segment.id, _stood(one, segment))
        return self._cut(one) or self._reworded(one) or Found("", "lost")

    def _expected(self, one: Quoted) -> int:
        """Where *one* must be today, if it moved as far as the sure sentence that stood nearest to it."""
        at = bisect_left(self._sure, (one.start, 0))
        near = self._sure[max(0, at - 1) : at + 1]
        return one.start + min(near, key=lambda sure: abs(sure[0] - one.start), default=(0, 0))[1]

    def _cut(self, one: Quoted) -> Found | None:
        """The segment that holds most of the words of *one*, where they stand in the text as they were."""
        starts, at = [], self.document.text.find(one.text) if len(one.text) >= SHORTEST else -1
        while at >= 0:
            starts.append(at)
            at = self.document.text.find(one.text, at + 1)
        if not starts:
            return None
        start = min(starts, key=lambda s: abs(s - self._expected(one)))
        end = start + len(one.text)
        held = [(min(end, s.end) - max(start, s.start), -s.start, s.id) for s in self.segments]
        most, _, name = max(held, default=(0, 0, ""))
        return Found(name, "cut anew") if most >= HALF * len(one.text) else None

    def _reworded(self, one: Quoted) -> Found | None:
        """The segment most like *one*, the nearest of equals, where it is very much so."""
        from rapidfuzz import fuzz

        words = tidy(one.text)
        best: tuple[float, int, str] | None = None
        for segment in self.segments if words else ():
            alike = fuzz.ratio(words, tidy(self.document.slice(segment)), score_cutoff=ALIKE)
            if alike:
                near = (alike, -abs(segment.start - self._expected(one)), segment.id)
                best = max(best or near, near)
        return Found(best[2], "reworded") if best else None


def _stood(one: Quoted, segment: Segment) -> How:
    return "stands" if one.id == segment.id else "moved"
