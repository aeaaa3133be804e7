"""Quantities in running text: separators, spelled numbers, scales, units, bounds, and numbers that are names."""

from __future__ import annotations

import doctest
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus import quantity
from hexapla.corpus.date import dates
from hexapla.corpus.document import Document, Mention, Segment, Source
from hexapla.corpus.quantity import quantities

READ = [
    # language, sentence, slice, value, unit, subtype, modifier
    ("en", "More than 4,500 soldiers came home.", "4,500", "4500", "soldier", "count", "more-than"),
    ("en", "The dam cost $25.4 billion in all.", "$25.4 billion", "25400000000", "USD", "money", ""),
    ("en", "At least 12.5 percent voted.", "12.5 percent", "12.5", "percent", "percent", "at-least"),
    ("en", "It took almost nine years.", "nine years", "9", "year", "duration", "about"),
    ("en", "Two thirds of them agreed.", "Two thirds", "0.6667", "", "number", ""),
    ("en", "They lost half a million votes.", "half a million", "500000", "vote", "count", ""),
    ("en", "Twenty-one ships sailed.", "Twenty-one", "21", "ship", "count", ""),
    ("en", "Five thousand three hundred people stayed.", "Five thousand three hundred", "5300", "person", "count", ""),
    ("en", "Between 50 and 70 houses burned.", "50 and 70", "50/70", "building", "range", ""),
    ("en", "Some 60-70 % of it is water.", "60-70 %", "60/70", "percent", "percent", "about"),
    ("en", "A hundred tanks stood there.", "A hundred", "100", "tank", "count", ""),
    ("en", "It lasted a quarter of an hour.", "a quarter of an hour", "0.25", "hour", "duration", ""),
    ("en", "The peak is 1200 m high.", "1200 m", "1200", "metre", "number", ""),
    ("en", "The deal cost £125m.", "£125m", "125000000", "GBP", "money", ""),
    ("hr", "Poginulo je oko 4.500 vojnika.", "4.500", "4500", "soldier", "count", "about"),
    ("hr", "Glasovalo je 8,4 milijuna ljudi.", "8,4 milijuna", "8400000", "person", "count", ""),
    ("hr", "Raseljeno je 2.256.000 ljudi.", "2.256.000", "2256000", "person", "count", ""),
    ("hr", "Most je koštao 3 bilijuna dolara.", "3 bilijuna dolara", "3000000000000", "USD", "money", ""),
    ("hr", "Potrošeno je 1,5 milijarde $ dosad.", "1,5 milijarde $", "1500000000", "USD", "money", ""),
    ("hr", "Rat je trajao 7 i pol godina.", "7 i pol godina", "7.5", "year", "duration", ""),
    ("hr", "Ranjeno je 80-ak civila.", "80-ak", "80", "civilian", "count", "about"),
    ("hr", "Došla su sedmorica civila.", "sedmorica", "7", "civilian", "count", ""),
    ("hr", "Od 1,2 do 1,4 milijuna izbjeglica.", "1,2 do 1,4 milijuna", "1200000/1400000", "refugee", "range", ""),
    ("hr", "Gotovo polovica je otišla.", "polovica", "0.5", "", "number", "about"),
    ("hr", "Njegova 24-godišnja vladavina je gotova.", "24-godišnja", "24", "year", "duration", ""),
    ("hr", "Nakon petogodišnje službe su stali.", "petogodišnje", "5", "year", "duration", ""),
    ("hr", "Nakon mjesec dana su stali.", "mjesec dana", "1", "month", "duration", ""),
    ("hr", "Dvadeset i pet gradova je palo.", "Dvadeset i pet", "25", "city", "count", ""),
    ("hr", "Najviše tri stotine tenkova.", "tri stotine", "300", "tank", "count", "at-most"),
    ("ar", "بلغت الكلفة 14.32 مليار دولار أمريكي.", "14.32 مليار دولار أمريكي", "14320000000", "USD", "money", ""),
    ("ar", "جيش قوامه ثلاثمئة ألف جنديّ.", "ثلاثمئة ألف", "300000", "soldier", "count", ""),
    ("ar", "عاد ما بين 100 و150 ألف عسكري.", "100 و150 ألف", "100000/150000", "soldier", "range", ""),
    ("ar", "شاهده نحو ٥٣٠ مليون إنسان.", "٥٣٠ مليون", "530000000", "person", "count", "about"),
    ("ar", "كلف البرنامج ٢٥٫٤ مليار دولار.", "٢٥٫٤ مليار دولار", "25400000000", "USD", "money", ""),
    ("ar", "أي 5.5 في المئة من السكان.", "5.5 في المئة", "5.5", "percent", "percent", ""),
    ("ar", "عاد بعد عامين إلى بيته.", "عامين", "2", "year", "duration", ""),
    ("ar", "عمره خمسة وعشرون عاما.", "خمسة وعشرون عاما", "25", "year", "duration", ""),
    ("ar", "خسروا أكثر من أربعة آلاف قتيل.", "أربعة آلاف", "4000", "dead", "count", "more-than"),
    ("tl", "Mahigit sa 140,000 sundalo ang naiwan.", "140,000", "140000", "soldier", "count", "more-than"),
    ("tl", "Tatlong linggo silang naghintay.", "Tatlong linggo", "3", "week", "duration", ""),
    ("tl", "Tinatayang 600 milyong tao ang nanood.", "600 milyong", "600000000", "person", "count", "about"),
    ("tl", "Bumaba ito ng 10 % kahapon.", "10 %", "10", "percent", "percent", ""),
    ("tl", "Labindalawang astronaut ang sumakay.", "Labindalawang", "12", "astronaut", "count", ""),
    ("de", "Rund 600 Mio. Menschen sahen zu.", "600 Mio.", "600000000", "person", "count", "about"),
    ("de", "Es kostete 23,9 Milliarden Dollar.", "23,9 Milliarden Dollar", "23900000000", "USD", "money", ""),
    ("de", "Dort lebten einundzwanzig Flüchtlinge.", "einundzwanzig", "21", "refugee", "count", ""),
    ("de", "Mindestens 1.500 Soldaten kamen.", "1.500", "1500", "soldier", "count", "at-least"),
    ("fr", "Environ 1 500 personnes ont défilé.", "1 500", "1500", "person", "count", "about"),
    ("fr", "Il a coûté 2,5 milliards d'euros.", "2,5 milliards d'euros", "2500000000", "EUR", "money", ""),
    ("fr", "Quatre-vingt-dix-sept villages ont brûlé.", "Quatre-vingt-dix-sept", "97", "village", "count", ""),
    ("fr", "Une centaine de soldats attend.", "centaine", "100", "soldier", "count", "about"),
]  # fmt: skip
NONE = [
    ("en", "Resolution 1441 and Chapter 7 say so."),
    ("en", "They flew Apollo 8, then Apollo 11, in a Boeing 747."),
    ("en", "The 173rd brigade met at 20:17 and again at 9 a.m. sharp."),
    ("en", "Tens of thousands fled, and one of them wrote."),
    ("en", "See https://example.org/2/300 or F-16 and AK-47."),
    ("en", "It was 1987 on the dial."),
    ("en", "Nos. 1202 and 1201 rang."),
    ("en", "Rovers won 17-5 in the second half."),
    ("hr", "Rezolucija 1441 je usvojena."),
    ("hr", "Bio je to 33. bombaški pohod."),
    ("hr", "Jedan od njih je otišao u 14,45 sati."),
    ("ar", "صدر القرار رقم 1441 أمس."),
    ("ar", "انطلق «أبولو 11» صباحا، لست أدري."),
    ("ar", "يوم الاثنين كانت كمية كبيرة."),
    ("tl", "Isang araw na naman sa resolusyon 687 at sa ika-20 siglo."[14:]),
    ("de", "Er steht an der 9. Stelle auf S. 81 der Liste."),
    ("de", "Ein Mann kam um 14.32 Uhr mit Nummer 12."),
    ("fr", "Un homme a lu la résolution 687."),
]


def document(language: str, *sentences: str) -> Document:
    """Lay out *sentences* one a line, all of one paragraph."""
    segments: list[Segment] = []
    at = 0
    for number, sentence in enumerate(sentences, start=1):
        segments.append(Segment(f"d.s{number}", "s", at, at + len(sentence), 0))
        at += len(sentence) + 1
    text = "\n".join(sentences) + "\n"
    return Document("d", language, text, Source("d.txt", "", len(text.encode())), tuple(segments))


def found(language: str, sentence: str) -> dict[str, Mention]:
    told = document(language, sentence)
    return {told.slice(mention): mention for mention in quantities(told, ())}


@pytest.mark.parametrize(("language", "sentence", "piece", "value", "unit", "subtype", "modifier"), READ)
def test_a_quantity_is_read_with_its_unit_and_bound(
    language: str, sentence: str, piece: str, value: str, unit: str, subtype: str, modifier: str
) -> None:
    mentions = found(language, sentence)
    assert list(mentions) == [piece]
    read = mentions[piece]
    assert (read.value, read.unit, read.subtype, read.modifier) == (value, unit, subtype, modifier)


@pytest.mark.parametrize(("language", "sentence"), NONE)
def test_a_number_that_counts_nothing_is_left_alone(language: str, sentence: str) -> None:
    assert found(language, sentence) == {}


def test_a_doubtful_separator_costs_confidence() -> None:
    counted, bare, sure = (
        found("hr", text) for text in ("Bila su 26,496 incidenta.", "Iznosi 26,496 danas.", "Bilo je 26.496 napada.")
    )
    assert counted["26,496"].value == "26496"
    assert bare["26,496"].value == "26.496"
    assert counted["26,496"].score == bare["26,496"].score < sure["26.496"].score
    assert sure["26.496"].value == "26496"


def test_a_number_inside_a_date_is_not_counted() -> None:
    told = document("en", "On March 20, 2003, some 300 soldiers crossed.")
    assert [told.slice(mention) for mention in quantities(told, dates(told))] == ["300"]


def test_a_mention_names_its_segment_and_method() -> None:
    (mention,) = quantities(document("en", "Nothing.", "It weighs 14 kg."), ())
    assert (mention.id, mention.segment, mention.kind, mention.method) == ("", "d.s2", "quantity", "quantities")
    assert (mention.value, mention.unit) == ("14", "kilogram")


def test_a_language_without_a_table_still_has_figures() -> None:
    assert found("sw", "Watu 3500 walikuja.")["3500"].value == "3500"


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "1.1.1." * 33_000, "million " * 25_000, "1 and a half " + "and half " * 20_000]
)
def test_time_is_linear_in_hostile_text(text: str) -> None:
    for mention in quantities(document("en", text), ()):
        assert mention.value


PIECES = st.sampled_from(
    [
        *("20", "3", "2003", "1.000", "4,500", "8,4", ".", ",", "-", "/", "(", ")", " ", " ", " ", "%", "$", "«", "»"),
        *(
            "two",
            "hundred",
            "half",
            "a",
            "and",
            "million",
            "između",
            "i",
            "pol",
            "milijuna",
            "ak",
            "و150",
            "ألف",
            "ما بين",
        ),
        *("ثلاثمئة", "dalawang", "at", "years", "Apollo", "resolution", "x", "٫", "٥", "\u0651", "third", "of"),
    ]
)


@given(st.sampled_from(["en", "hr", "ar", "tl", "de", "fr", "sw"]), st.lists(st.lists(PIECES, max_size=12), max_size=4))
def test_mentions_are_disjoint_slices_of_their_segments(language: str, lines: list[list[str]]) -> None:
    told = document(language, *("".join(line) for line in lines))
    segments = {segment.id: segment for segment in told.segments}
    taken = dates(told)
    end = 0
    for mention in quantities(told, taken):
        assert end <= mention.start < mention.end
        assert segments[mention.segment].start <= mention.start
        assert mention.end <= segments[mention.segment].end
        assert told.slice(mention).strip() == told.slice(mention)
        assert not any(date.start < mention.end and mention.start < date.end for date in taken)
        assert all(float(part) >= 0 for part in mention.value.split("/"))
        end = mention.end


def test_quantities_of_the_labelled_accounts_are_found() -> None:
    shared = os.environ.get("HEXAPLA_SHARED")
    if not shared:
        pytest.skip("HEXAPLA_SHARED does not name the folder with the benchmarks")
    listed = (Path(shared) / "bench/iraq/dates_quantities.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in listed.splitlines()]
    wanted = [row for row in rows if row["kind"] in ("number", "percent", "money", "duration")]
    hits = 0
    for language in ("en", "hr"):
        files = {row["file"] for row in rows if row["lang"] == language}
        text = (Path(shared) / "seeds" / files.pop()).read_bytes().decode("utf-8-sig")
        told = document(language, *text.split("\n"))
        spans = [(mention.start, mention.end) for mention in quantities(told, dates(told))]
        here = [row for row in wanted if row["lang"] == language]
        hits += sum(any(start < row["end"] and row["start"] < end for start, end in spans) for row in here)
    assert hits >= 0.95 * len(wanted)


def test_examples_in_the_module_hold() -> None:
    assert doctest.testmod(quantity).failed == 0
