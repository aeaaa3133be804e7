"""What several tests share: a small edition, made by hand, with one of everything.

Three accounts of one day. Croatian and English tell that American forces entered Baghdad on 9 April 2003, Arabic says
10 April; Croatian tells it in two sentences. Croatian and English also tell of the help that came afterwards.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest

from hexapla.align.group import (
    Alignment,
    Claim,
    Disagreement,
    Evidence,
    Group,
    Link,
    Member,
    Review,
    Signature,
    Span,
)
from hexapla.corpus.document import (
    Authority,
    Cue,
    Document,
    Entity,
    Event,
    Mention,
    Name,
    Participant,
    Segment,
    SegmentKind,
    Source,
    Work,
)
from hexapla.tei.edition import Edition


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no dictionary that this machine happens to have."""
    monkeypatch.setenv("HEXAPLA_LEXICONS", "embedded")


Row = tuple[int, SegmentKind, str]
"""Paragraph, kind and text of a segment."""

HR: list[Row] = [
    (0, "h", "Pad Bagdada"),
    (1, "s", "Američke snage ušle su u Bagdad 9. travnja 2003. godine."),
    (1, "s", "Poginula su 4 vojnika , a pao je i kip Sadama Huseina."),
    (2, "s", "Ujedinjeni narodi pomogli su oko 50 posto Iračana programom „Nafta za hranu”."),
    (2, "s", "Utrošeno je više od 18 milijardi dolara."),
    (3, "x", "Objavljeno na portalu Riječ"),
]
AR: list[Row] = [
    (0, "h", "سقوط بغداد"),
    (1, "s", "دخلت القوات الأمريكية بغداد في 10 أبريل 2003 وقتل 6 جنود."),
    (1, "s", "وسقط تمثال صدام حسين."),
    (2, "s", "ثم هدأت المدينة ثلاثة أسابيع."),
    (3, "x", "جميع الحقوق محفوظة"),
]
EN: list[Row] = [
    (0, "x", "Share this page"),
    (1, "h", "The fall of Baghdad"),
    (2, "s", "American forces entered Baghdad on 9 April."),
    (2, "s", "The siege had lasted three weeks."),
    (3, "s", "The United Nations helped about 50 percent of Iraqis & spent 18 billion dollars, half of it on food."),
    (3, "s", "Later came the Oil-for-Food Programme."),
]


def _document(name: str, rows: list[Row], mentions: list[tuple[int, str, dict[str, Any]]], **source: Any) -> Document:
    """Lay out *rows* as a text; find each mention by its words in the segment of the given number."""
    gaps = ["" if at == 0 else " " if rows[at - 1][0] == row[0] else "\n\n" for at, row in enumerate(rows)]
    text = "".join(gap + row[2] for gap, row in zip(gaps, rows, strict=True)) + "\n"
    ends = list(accumulate(len(gap) + len(row[2]) for gap, row in zip(gaps, rows, strict=True)))
    segments = tuple(
        Segment(f"{name}.s{at}", kind, end - len(words), end, paragraph)
        for at, ((paragraph, kind, words), end) in enumerate(zip(rows, ends, strict=True), 1)
    )
    data = text.encode()
    where = Source(f"{name}.txt", hashlib.sha256(data).hexdigest(), len(data), **source)
    found = []
    for number, words, fields in mentions:
        segment = segments[number - 1]
        start = text.index(words, segment.start, segment.end)
        found.append(Mention("", segment.id, start=start, end=start + len(words), **fields))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return Document(name, name, text, where, segments, tuple(_numbered(name, found)))


def _numbered(name: str, mentions: list[Mention]) -> list[Mention]:
    return [
        Mention(f"{name}.m{at}", **{key: getattr(mention, key) for key in Mention.__slots__ if key != "id"})
        for at, mention in enumerate(mentions, 1)
    ]


def _entity(kind: str, ref: str, score: float = 0.95) -> dict[str, Any]:
    return {"kind": kind, "subtype": "name", "ref": ref, "score": score, "method": "authority"}


def _event(ref: str, subtype: str = "assertion", score: float = 0.8) -> dict[str, Any]:
    return {"kind": "event", "subtype": subtype, "ref": ref, "score": score, "method": "cues"}


def _date(value: str, subtype: str = "day", **more: Any) -> dict[str, Any]:
    return {"kind": "date", "subtype": subtype, "value": value, "method": "dates", **more}


def _quantity(subtype: str, value: str, unit: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": "quantity", "subtype": subtype, "value": value, "unit": unit, "method": "quantities", **more}


def _hr() -> Document:
    document = _document(
        "hr",
        HR,
        [
            (1, "Bagdada", _entity("place", "place.baghdad")),
            (1, "Pad Bagdada", _event("ev.fall-of-baghdad", "passing", 0.6)),
            (2, "ušle su u Bagdad", _event("ev.fall-of-baghdad")),
            (2, "Bagdad", _entity("place", "place.baghdad")),
            (2, "9. travnja 2003. godine", _date("2003-04-09")),
            (3, "4 vojnika", _quantity("count", "4", "soldier")),
            (3, "Sadama Huseina", _entity("person", "pers.hussein")),
            (4, "Ujedinjeni narodi", _entity("organisation", "org.un")),
            (4, "Ujedinjeni narodi pomogli", _event("ev.aid")),
            (4, "oko 50 posto", _quantity("percent", "50", "percent", modifier="about")),
            (4, "Iračana", _entity("people", "people.iraqis")),
            (4, "Nafta za hranu", _entity("thing", "thing.oil-for-food", 0.7)),
            (5, "više od 18 milijardi dolara", _quantity("money", "18000000000", "USD", modifier="more-than")),
        ],
        title="Pad Bagdada",
        title_en="The fall of Baghdad (Croatian)",
        author="nepoznat",
        publisher="Riječ",
        published="2004~",
        retrieved="2024-05-06",
        url="https://example.org/hr?a=1&b=2",
        rights_holder="Riječ",
        note='A note with <marks> & "quotes".',
        left_out=("a menu of 3 lines", "a script"),
    )
    tidy = "Poginula su 4 vojnika, a pao je i kip Sadama Huseina."
    segments = tuple(
        Segment(s.id, s.kind, s.start, s.end, s.paragraph, tidy if s.id == "hr.s3" else "") for s in document.segments
    )
    return document.having(segments=segments)


def _ar() -> Document:
    return _document(
        "ar",
        AR,
        [
            (1, "بغداد", _entity("place", "place.baghdad")),
            (1, "سقوط بغداد", _event("ev.fall-of-baghdad", "passing", 0.6)),
            (2, "دخلت القوات الأمريكية بغداد", _event("ev.fall-of-baghdad")),
            (2, "بغداد", _entity("place", "place.baghdad")),
            (2, "10 أبريل 2003", _date("2003-04-10")),
            (2, "6 جنود", _quantity("count", "6", "soldier", modifier="at-least")),
            (3, "صدام حسين", _entity("person", "pers.hussein")),
            (4, "ثلاثة أسابيع", _quantity("duration", "3", "week")),
        ],
        title_en="The fall of Baghdad (Arabic)",
        license="CC-BY-4.0",
    )


def _en() -> Document:
    return _document(
        "en",
        EN,
        [
            (2, "The fall of Baghdad", _event("ev.fall-of-baghdad", "passing", 0.6)),
            (2, "Baghdad", _entity("place", "place.baghdad")),
            (3, "entered Baghdad", _event("ev.fall-of-baghdad")),
            (3, "Baghdad", _entity("place", "place.baghdad")),
            (3, "9 April", _date("2003-04-09", literal="--04-09", score=0.9)),
            (4, "three weeks", _quantity("duration", "3", "week")),
            (5, "United Nations", _entity("organisation", "org.un")),
            (5, "United Nations helped", _event("ev.aid")),
            (5, "about 50 percent", _quantity("percent", "50", "percent", modifier="about")),
            (5, "Iraqis", _entity("people", "people.iraqis")),
            (5, "18 billion dollars", _quantity("money", "18000000000", "USD")),
            (5, "half", _quantity("number", "0.5", modifier="about", score=0.5)),
            (6, "Oil-for-Food Programme", {"kind": "thing", "subtype": "name", "score": 0.4, "method": "names"}),
        ],
        title="The fall of Baghdad",
        title_en="The fall of Baghdad",
    )


def _names(**texts: str) -> tuple[Name, ...]:
    return tuple(Name(language, text) for language, text in texts.items())


def _authority() -> Authority:
    baghdad = (*_names(en="Baghdad", hr="Bagdad", ar="بغداد"), Name("en", "City of Peace"))
    entities = (
        Entity("pers.hussein", "person", _names(en="Saddam Hussein", hr="Sadam Husein", ar="صدام حسين"), "Q1316"),
        Entity("place.iraq", "place", _names(en="Iraq", hr="Irak", ar="العراق"), "Q796"),
        Entity("place.baghdad", "place", baghdad, note="the capital"),
        Entity("org.un", "organisation", _names(en="United Nations", hr="Ujedinjeni narodi")),
        Entity("people.iraqis", "people", _names(en="Iraqis", hr="Iračani"), of="place.iraq"),
        Entity("thing.oil-for-food", "thing", _names(en="Oil-for-Food", hr="Nafta za hranu"), proposed=True),
    )
    events = (
        Event(
            "ev.fall-of-baghdad",
            "battle",
            _names(en="Fall of Baghdad", hr="Pad Bagdada", ar="سقوط بغداد"),
            "2003-04-09",
            "place.baghdad",
            (Participant("pers.hussein", "target"), Participant("people.iraqis")),
            (Cue("en", "entered + Baghdad"), Cue("hr", "ušle + Bagdad")),
            "Q1",
            "as most accounts have it",
        ),
        Event("ev.aid", "aid", _names(en="Aid to Iraq"), "2003-05/2003-11", proposed=True),
    )
    return Authority("sample", "0a1b2c3d", entities, events)


def _span(document: Document, number: int, words: str) -> Span:
    segment = document.segments[number - 1]
    start = document.text.index(words, segment.start, segment.end)
    return Span(document.id, segment.id, start, start + len(words), words)


def _alignment(hr: Document, ar: Document, en: Document) -> Alignment:
    entered = (
        _span(hr, 2, "ušle su u Bagdad"),
        _span(ar, 2, "دخلت القوات الأمريكية بغداد"),
        _span(en, 3, "entered Baghdad"),
    )
    baghdad = (_span(hr, 2, "Bagdad"), _span(ar, 2, "بغداد"), _span(en, 3, "Baghdad"))
    day = (_span(hr, 2, "9. travnja 2003. godine"), _span(en, 3, "9 April"))
    half = (_span(hr, 4, "oko 50 posto"), _span(en, 5, "about 50 percent"))
    fall = (
        Evidence("event", "ev.fall-of-baghdad", 0.75, entered, "cues"),
        Evidence("place", "place.baghdad", 0.25, baghdad, "authority+context"),
        Evidence("date", "2003-04-09", 0.125, day),
    )
    aid = (Evidence("quantity", "50 percent", 0.5, half),)
    members = (Member("hr", ("hr.s2", "hr.s3")), Member("ar", ("ar.s2",)), Member("en", ("en.s3",)))
    helped = (Member("hr", ("hr.s4",)), Member("en", ("en.s5",)))
    groups = (
        Group("grp.fall-of-baghdad", "ev.fall-of-baghdad", "Fall of Baghdad", "same-event", 0.875, members, fall),
        Group("grp.aid", "ev.aid", "Aid to Iraq", "same-statement", 0.5, helped, aid, "anchors", "accepted"),
    )
    both = (fall[0], fall[1])
    english = _only(fall, "en", "hr")
    links = (
        Link(
            "lnk.ar-hr.fall-of-baghdad",
            groups[0].id,
            members[1],
            members[0],
            "same-event",
            0.75,
            _only(both, "ar", "hr"),
        ),
        Link(
            "lnk.ar-en.fall-of-baghdad",
            groups[0].id,
            members[1],
            members[2],
            "same-event",
            0.75,
            _only(both, "ar", "en"),
        ),
        Link("lnk.en-hr.fall-of-baghdad", groups[0].id, members[2], members[0], "same-statement", 0.9, english),
        Link("lnk.en-hr.aid", groups[1].id, helped[1], helped[0], "same-statement", 0.5, aid),
    )
    soldiers = (
        Claim(_span(hr, 3, "4 vojnika"), "4", "soldier"),
        Claim(_span(ar, 2, "6 جنود"), "6", "soldier", "at-least"),
    )
    days = (
        Claim(day[0], "2003-04-09"),
        Claim(_span(ar, 2, "10 أبريل 2003"), "2003-04-10"),
        Claim(day[1], "2003-04-09"),
    )
    disagreements = (
        Disagreement("dis.fall-of-baghdad.date", groups[0].id, "date", "date of the event", days, 1.0, 0.8),
        Disagreement(
            "dis.fall-of-baghdad.figure",
            groups[0].id,
            "figure",
            "deaths of soldiers",
            soldiers,
            0.5,
            0.6,
            "another cut-off date",
        ),
    )
    signature = Signature((("hexapla", "0.1.0"), ("segment", "rules"), ("align", "events")))
    return Alignment(
        ("hr", "ar", "en"),
        groups,
        links,
        disagreements,
        signature,
        (("too vague", 3), ("too far apart", 0)),
        Review(("a reader",), (("decisions", 1), ("group accepted", 1))),
    )


def _only(evidence: tuple[Evidence, ...], *documents: str) -> tuple[Evidence, ...]:
    """The same evidence, seen from two documents."""
    return tuple(replace(e, spans=tuple(span for span in e.spans if span.document in documents)) for e in evidence)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Three documents (hr, ar, en) with segments, mentions of every kind, an authority and an alignment."""
    work = Work("sample", "The fall of Baghdad in three accounts", "A small edition, made by hand.", "2026-11-20")
    hr, ar, en = _hr(), _ar(), _en()
    return Edition(work, (hr, ar, en), _authority(), _alignment(hr, ar, en))
