"""Which happenings the sentences of a document tell: cues proposed, dates weighed, one decision.

    cue found ──▶ how much it asked for ──▶ the sentence's dates agree or contradict ──▶ told, referred to, or dropped

Scoring and deciding are apart: `score` says how sure it is that a sentence tells an event, `tellings` decides. A
sentence
*asserts* a happening or only refers to it in *passing* ("after the fall of Baghdad", a heading).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hexapla.corpus import edtf
from hexapla.corpus.cue import Index, Match, Pattern, parse
from hexapla.corpus.document import Authority, Document, Event, Mention
from hexapla.corpus.fold import bare, words
from hexapla.corpus.language import table

THRESHOLD = 0.5
"""A telling less sure than this is dropped."""

STRENGTH = (0.0, 0.62, 0.80, 0.88, 0.92)
"""How sure a cue is that asks for one, two, three, four or more things."""

BORROWED = 0.9
"""Factor for each entity that only the sentences before name."""

AGREEMENT = 0.5
"""Part of the remaining doubt that an agreeing date takes away."""

CONTRADICTION = 0.55
"""Factor where the dates beside the cue are others than the event's."""

NEAR = 14
"""Words between a date and a cue that still belong together."""

SLACK = 45
"""Days by which accounts of one happening may differ and still tell the same one."""

LEAD = 3
"""Words before a cue in which a preposition makes it a reference in passing."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that may tell an event, and how sure that is."""

    event: Event
    match: Match
    score: float
    passing: bool


def events(document: Document, authority: Authority) -> tuple[tuple[Mention, ...], int]:
    """Return the event mentions of *document*, and how many candidates were too unsure to keep.

    *document* has its segments and all other mentions. The ids of the mentions are left empty.
    """
    index = Index.of(document)
    kept: dict[tuple[int, str], Telling] = {}
    dropped = 0
    for telling in tellings(index, authority):
        if telling.score < THRESHOLD:
            dropped += 1
            continue
        key = (telling.match.segment, telling.event.id)
        rival = kept.get(key)
        if rival is None or _rank(telling) > _rank(rival):
            kept[key] = telling
    return tuple(_mention(kept[key], document) for key in sorted(kept)), dropped


def _rank(telling: Telling) -> tuple[bool, float]:
    return (not telling.passing, telling.score)


def _mention(telling: Telling, document: Document) -> Mention:
    return Mention(
        id="",
        segment=document.segments[telling.match.segment].id,
        kind="event",
        start=telling.match.start,
        end=telling.match.end,
        subtype="passing" if telling.passing else "assertion",
        ref=telling.event.id,
        score=round(telling.score, 3),
        method="cues",
    )


def tellings(index: Index, authority: Authority) -> Iterator[Telling]:
    """Yield every sentence and event that a cue brings together, scored and not yet decided."""
    for event in authority.events:
        for cue in event.cues:
            if not _applies(cue.language, index.document.language):
                continue
            pattern = parse(cue.pattern)
            for match in index.find(pattern):
                if index.document.segments[match.segment].kind != "x":
                    yield Telling(event, match, score(event, pattern, match, index), _passing(pattern, match, index))


def _applies(cue: str, language: str) -> bool:
    return cue.split("-")[0] == language.split("-")[0]


def score(event: Event, pattern: Pattern, match: Match, index: Index) -> float:
    """Return how sure it is, 0..1, that the sentence of *match* tells *event*.

    More things asked for are surer; an agreeing date halves the doubt; only contradicting dates beside the cue nearly
    halve the score.
    """
    sure = STRENGTH[min(pattern.weight, len(STRENGTH) - 1)] * BORROWED**match.borrowed
    dates = [m for m in index.mentions(match.segment) if m.kind == "date" and edtf.bounds(m.value)]
    if not event.date or not dates:
        return sure
    if any(_agree(date, event) for date in dates):
        return sure + (1 - sure) * AGREEMENT
    beside = [date for date in dates if _beside(date, match, index)]
    if beside and all(_contradict(date, event) for date in beside):
        return sure * CONTRADICTION
    return sure


def _agree(date: Mention, event: Event) -> bool:
    return edtf.overlaps(date.value, event.date)


def _beside(date: Mention, match: Match, index: Index) -> bool:
    line = index.sentences[match.segment]
    low, high = min(date.start, match.start), max(date.end, match.end)
    within = sum(low <= word.start < high for word in line)
    own = sum(match.start <= word.start < match.end for word in line)
    return within - own <= NEAR


def _contradict(date: Mention, event: Event) -> bool:
    distance = edtf.days_between(date.value, event.date)
    return distance is not None and abs(distance) > SLACK


def _passing(pattern: Pattern, match: Match, index: Index) -> bool:
    if pattern.passing or index.document.segments[match.segment].kind == "h":
        return True
    language = index.document.language
    lead = [bare(word.form, language) for word in index.sentences[match.segment] if word.end <= match.start][-LEAD:]
    return any(_stands(mark, lead[at:]) for mark in _marks(language) for at in range(len(lead)))


@cache
def _marks(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the words and phrases after which *language* only refers to a happening."""
    listed: list[str] = table(language, "words").get("passing", [])
    return tuple(tuple(word.form for word in words(mark)) for mark in listed)


def _stands(mark: Sequence[str], lead: Sequence[Sequence[str]]) -> bool:
    """Say whether *lead*, each word in all its forms, begins with *mark*."""
    return len(mark) <= len(lead) and all(form in forms for form, forms in zip(mark, lead, strict=False))
