"""Cues: how they are read, and where they are found."""

from __future__ import annotations

import pytest

from hexapla.corpus.cue import Index, narrowest, parse
from hexapla.corpus.document import Document, Mention, Segment, Source
from hexapla.corpus.errors import InputError
from hexapla.corpus.fold import bare, fold, words

SOURCE = Source(filename="x.txt", sha256="", size=0)


def told(language: str, *sentences: str, mentions: tuple[tuple[int, str, str, str], ...] = ()) -> Document:
    """A document of one paragraph; mentions are (sentence, words, kind, value or ref)."""
    text, segments = "", []
    for number, sentence in enumerate(sentences):
        start = len(text)
        text += sentence + " "
        segments.append(Segment(f"x.s{number + 1}", "s", start, start + len(sentence), 0))
    found = []
    for number, piece, kind, value in mentions:
        start = text.index(piece, segments[number].start)
        named = {"value": value} if kind in ("date", "quantity") else {"ref": value}
        found.append(Mention("", segments[number].id, kind, start, start + len(piece), **named))  # type: ignore[arg-type]  # kinds are literals
    return Document("x", language, text, SOURCE, tuple(segments), tuple(found))


FOUND = [  # language, cue, sentence, the slice that matches ('' where none)
    ("en", "captur*|arrest*", "They arrested him.", "arrested"),
    ("en", "captur*", "They let him go.", ""),
    ("en", "statue toppl*", "The crowd toppled the old statue.", "toppled the old statue"),
    ("en", "mass_destruction", "Weapons of mass destruction were sought.", "mass destruction"),
    ("en", "mass_destruction", "A mass of destruction.", ""),
    ("en", "election* !presidential", "The presidential election was held.", ""),
    ("en", "*fire", "A ceasefire held.", "ceasefire"),
    ("hr", "oružj*_za_masovno_uništenj*", "Tražili su oružje za masovno uništenje.", "oružje za masovno uništenje"),
    ("hr", "ubij* Faludž*", "U Faludži su ubijeni radnici.", "Faludži su ubijeni"),
    ("ar", "سقوط بغداد", "وبسقوط بغدادَ انتهت الحرب", "وبسقوط بغدادَ"),
    ("ar", "إحتلال", "بدأ الاحتلال أمس", "الاحتلال"),
    ("ar", "سقوط", "سقط المطر", ""),
    ("tl", "tigil_putukan", "Pinasa nila ang tigil-putukan .", "tigil-putukan"),
    ("tl", "ng_mga armas", "gumawa ng_mga armas", "ng_mga armas"),
]


@pytest.mark.parametrize(("language", "cue", "sentence", "slice_"), FOUND)
def test_words_are_found(language: str, cue: str, sentence: str, slice_: str) -> None:
    document = told(language, sentence)
    matches = Index.of(document).find(parse(cue))
    assert [document.text[m.start : m.end] for m in matches] == ([slice_] if slice_ else [])


def test_words_too_far_apart_are_not_together() -> None:
    near = told("en", "statue " + "x " * 20 + "toppled")
    far = told("en", "statue " + "x " * 40 + "toppled")
    assert Index.of(near).find(parse("statue toppl*"))
    assert not Index.of(far).find(parse("statue toppl*"))


def test_mentions_are_asked_for() -> None:
    document = told(
        "en", "On 9 April Baghdad fell.", "It fell to 300 soldiers.",
        mentions=((0, "9 April", "date", "2003-04-09"), (0, "Baghdad", "place", "place.baghdad"), (1, "300", "quantity", "300")),
    )  # fmt: skip
    index = Index.of(document)
    assert [m.segment for m in index.find(parse("f*ll* =2003-04"))] == [0]
    assert [m.segment for m in index.find(parse("fell #250..350"))] == [1]
    assert [m.segment for m in index.find(parse("fell #400"))] == []
    assert [(m.segment, m.borrowed) for m in index.find(parse("fell @place.baghdad"))] == [(0, 0), (1, 1)]
    assert [m.segment for m in index.find(parse("@place.baghdad =2003"))] == [0]
    assert [m.segment for m in index.find(parse("@place.basra|@place.baghdad fell"))] == [0, 1]
    assert [m.segment for m in index.find(parse("@place.basra|nothing|#300 fell"))] == [1]
    assert [m.segment for m in index.find(parse("fell !@place.baghdad"))] == [1]


def test_a_name_far_before_is_not_borrowed() -> None:
    document = told("en", "Baghdad.", "One.", "Two.", "It fell.", mentions=((0, "Baghdad", "place", "place.baghdad"),))
    assert not Index.of(document).find(parse("fell @place.baghdad"))


def test_order_of_terms_is_free() -> None:
    document = told("en", "Captured was Saddam.")
    assert Index.of(document).find(parse("saddam captur*")) == Index.of(document).find(parse("captur* saddam"))


BROKEN = ["", "~", "!only", "a||b", "=2003-13-45", "#many", "—", "a @|b", "#1.2.3..x"]


@pytest.mark.parametrize("cue", BROKEN)
def test_broken_cues_are_refused(cue: str) -> None:
    with pytest.raises(InputError):
        parse(cue)


def test_weight_counts_what_is_asked_for() -> None:
    assert parse("fall").weight == 1
    assert parse("~ mass_destruction @place.iraq !not").weight == 3
    assert parse("~ fall").passing


def test_fold_and_clitics() -> None:
    assert fold("ÄRA") == "ära"
    assert fold("آذار") == fold("اذار")
    assert "عراق" in bare("وبالعراق", "ar")
    assert bare("iraq", "en") == ("iraq",)
    assert [(w.start, w.end) for w in words("a_b c", 1)] == [(2, 3), (4, 5)]


def test_narrowest_takes_the_closest() -> None:
    assert narrowest([[(0, 0), (10, 10)], [(11, 11)], [(2, 2), (12, 13)]]) == (10, 13)
    assert narrowest([[(0, 0)], []]) is None
