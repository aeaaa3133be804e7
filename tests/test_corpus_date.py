"""Dates in running text: six languages, all month systems, ranges, and what the context supplies."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.date import dates
from hexapla.corpus.document import Document, Mention, Segment, SegmentKind, Source
from hexapla.corpus.segment import segment

FULL = [
    # language, sentence, slice, value
    ("en", "The bridge fell on March 20, 2003, at dawn.", "March 20, 2003", "2003-03-20"),
    ("en", "She left on the 3rd of May 1987.", "3rd of May 1987", "1987-05-03"),
    ("en", "The fair ran from 5 to 7 August 1999.", "5 to 7 August 1999", "1999-08-05/1999-08-07"),
    ("en", "Between 2003 and 2011 little changed.", "2003 and 2011", "2003/2011"),
    ("en", "The mill closed in the 1990s.", "1990s", "199X"),
    ("en", "It was built in the 18th century.", "18th century", "17XX"),
    ("en", "The film came out on Christmas Eve 1968.", "Christmas Eve 1968", "1968-12-24"),
    ("en", "He was killed in 44 BC in Rome.", "44 BC", "-0043"),
    ("en", "Version of 2019-07-04 is lost.", "2019-07-04", "2019-07-04"),
    ("en", "They met in the summer of 2006.", "summer of 2006", "2006-22"),
    ("hr", "Most je srušen 20. ožujka 2003. godine.", "20. ožujka 2003. godine", "2003-03-20"),
    ("hr", "Otvoren je 20.3.2003. u podne.", "20.3.2003.", "2003-03-20"),
    ("hr", "U rujnu 2002. počela je berba.", "rujnu 2002.", "2002-09"),
    ("hr", "Sastanak je u studenom 2002. otkazan.", "studenom 2002.", "2002-11"),
    ("hr", "Radovi traju od ožujka do svibnja 2003.", "ožujka do svibnja 2003.", "2003-03/2003-05"),
    ("hr", "Živio je ondje od 2003. do 2010.", "2003. do 2010.", "2003/2010"),
    ("hr", "Kišilo je 23. i 24. travnja 2010.", "23. i 24. travnja 2010.", "2010-04-23/2010-04-24"),
    ("hr", "Tvornica je radila do 90-ih godina.", "90-ih", "199X"),
    ("hr", "Rođen je prvog svibnja 1950. u Puli.", "prvog svibnja 1950.", "1950-05-01"),
    ("hr", "Izgrađena je u 19. stoljeću.", "19. stoljeću", "18XX"),
    ("ar", "وصل الوفد في 26 من آذار 2003 إلى المدينة.", "26 من آذار 2003", "2003-03-26"),
    ("ar", "بدأ المؤتمر في 31 أغسطس/آب من عام 2010.", "31 أغسطس/آب من عام 2010", "2010-08-31"),
    ("ar", "افتتح الجسر في ٢٠ تموز ١٩٦٩ صباحا.", "٢٠ تموز ١٩٦٩", "1969-07-20"),
    ("ar", "افتتح الجسر في ۲۰ تموز ۱۹۶۹ صباحا.", "۲۰ تموز ۱۹۶۹", "1969-07-20"),
    ("ar", "غادر في التاسع عشر من شهر مارس عام 2003.", "التاسع عشر من شهر مارس عام 2003", "2003-03-19"),
    ("ar", "تأسست الشركة في ديسمبر عام2011 في تونس.", "ديسمبر عام2011", "2011-12"),
    ("ar", "وقع الزلزال في 9 فيفري 1982 ليلا.", "9 فيفري 1982", "1982-02-09"),
    ("ar", "في تشرينَ الأوّلِ 1998 تغير القانون.", "تشرينَ الأوّلِ 1998", "1998-10"),
    ("ar", "خلال الفترة ما بين عامي 2006 و2010 هاجر كثيرون.", "2006 و2010", "2006/2010"),
    ("tl", "Noong ika-20 ng Marso 2003 nagsimula ang ulan.", "ika-20 ng Marso 2003", "2003-03-20"),
    ("tl", "Itinayo ito noong Hunyo 2004 sa Cebu.", "Hunyo 2004", "2004-06"),
    ("tl", "Noong ika-29 ng Enero , 2002 siya umalis .", "ika-29 ng Enero , 2002", "2002-01-29"),
    ("tl", "Mula noong 1991 ay sarado ang daan.", "1991", "1991"),
    ("de", "Am 20. März 2003 brach der Damm.", "20. März 2003", "2003-03-20"),
    ("de", "In den 1990er Jahren stand die Fabrik leer.", "1990er", "199X"),
    ("de", "Er wurde am ersten Mai 1950 geboren.", "ersten Mai 1950", "1950-05-01"),
    ("fr", "Le pont a cédé le 20 mars 2003 à l'aube.", "20 mars 2003", "2003-03-20"),
    ("fr", "Elle est née le 1er mai 1950.", "1er mai 1950", "1950-05-01"),
    ("fr", "C'était en août 1999.", "août 1999", "1999-08"),
    ("es-MX", "Cayó el 20 de marzo de 2003 al alba.", "20 de marzo de 2003", "2003-03-20"),
    ("fa", "در ۲۰ مارس ۲۰۰۳ آغاز شد.", "۲۰ مارس ۲۰۰۳", "2003-03-20"),
    ("und", "2003-03-20 × 1.2.", "2003-03-20", "2003-03-20"),
    ("cs", "Most spadl 20. března 2003 ráno.", "20. března 2003", "2003-03-20"),
]
NONE = [
    ("en", "About 2,000 people and 4487 horses crossed."),
    ("en", "Resolution 1441 passed, and they may march on."),
    ("en", "On Friday nothing happened."),
    ("en", "The dial showed 1987."),
    ("hr", "Rezolucija 1441 traži 2.000 ljudi."),
    ("hr", "U petak je padala kiša."),
    ("ar", "قتل 4487 جنديا وفق القرار 1441."),
    ("ar", "فتح باب المدرسة."),
    ("tl", "May 20 katao sa bahay, at may 5 pa sa labas."),
    ("tl", "Ayon sa resolusyon 687 ng konseho."),
    ("de", "Die Resolution 1441 gilt für 1500 Menschen."),
    ("fr", "Mars est une planète ; 2 000 personnes la regardent."),
    ("en", "February 30, 2003 is no day."),
    ("en", "It stood for more than 2000 years in 1200 villages."),
    ("fr", "Depuis plus de 2000 ans, on monte jusqu'à 1200 m."),
]
CONTEXT = [
    # language, segments, slice, value, literal, at least and at most this sure
    ("en", ["It began on March 20, 2003.", "On April 9, the city fell."], "April 9", "2003-04-09", "--04-09", 0.8, 0.8),
    ("en", ["It began in October 2019.", "On December 31 it rained.", "On January 3 it froze."], "January 3",
     "2020-01-03", "--01-03", 0.5, 0.6),
    ("en", ["Elections came in January 2005.", "The law dates from 1991.", "In December they voted again."], "December",
     "2005-12", "--12", 0.6, 0.8),
    ("en", ["It rained on May 5, 1961.", "The next day was dry."], "The next day", "1961-05-06", "", 0.4, 0.6),
    ("en", ["In April 1961 he flew; in May of that year she did."], "May of that year", "1961-05", "--05", 0.7, 0.9),
    ("en", ["In June nothing was said."], "June", "--06", "", 0.3, 0.6),
    ("en", ["On 3 June they left, and by 9 July 1950 they were home."], "3 June", "1950-06-03", "--06-03", 0.5, 0.7),
    ("hr", ["Snijeg je pao 20. ožujka 2003.", "Tog datuma bilo je hladno."], "Tog datuma", "2003-03-20", "", 0.4, 0.6),
    ("hr", ["Bilo je to 31. prosinca 2003.", "Idućeg jutra je svanulo."], "Idućeg jutra", "2004-01-01", "", 0.4, 0.6),
    ("hr", ["U 2005. bilo je 30 požara više nego prošle godine."], "prošle godine", "2004", "", 0.4, 0.6),
    ("ar", ["وصل في 31 آب 2010.", "ولم يعد منذئذٍ أحد."], "منذئذٍ", "2010-08-31/..", "", 0.4, 0.6),
    ("ar", ["وصل في 12 نيسان 1961.", "وفي أيار من العام نفسه عاد."], "أيار من العام نفسه", "1961-05", "--05", 0.7, 0.9),
    ("tl", ["Umulan noong ika-4 ng Hulyo 1969.", "Noong ika-7 ng Hulyo ay tumigil."], "ika-7 ng Hulyo", "1969-07-07",
     "--07-07", 0.7, 0.8),
    ("de", ["Es war der 20. Juli 1969.", "Am nächsten Tag schlief er."], "Am nächsten Tag", "1969-07-21", "", 0.4, 0.6),
    ("en", ["It rained on October 26, 2008.", "On Monday it stopped."], "Monday", "2008-10-27", "", 0.3, 0.5),
    ("hr", ["Bilo je 26. listopada 2008.", "U nedjelju je kišilo."], "nedjelju", "2008-10-26", "", 0.3, 0.5),
    ("fr", ["Il part le 20 juillet 1969.", "Le lendemain, il dort."], "Le lendemain", "1969-07-21", "", 0.4, 0.6),
]  # fmt: skip
MODIFIERS = [
    ("en", "In early June 2004 it rained.", "early"),
    ("en", "It closed at the end of 2006.", "late"),
    ("en", "It closed before March 2003.", "before"),
    ("en", "It closed around March 1950.", "about"),
    ("hr", "Krajem 2006. sve je stalo.", "late"),
    ("hr", "Početkom siječnja 2008. padao je snijeg.", "early"),
    ("ar", "بدأ ذلك منذ أوائل عام 2005.", "early"),
    ("de", "Ende April 2004 begann es.", "late"),
    ("fr", "Début mai 2004, tout a changé.", "early"),
]


def document(language: str, *sentences: str, kinds: str = "") -> Document:
    """Lay out *sentences* one a line, all of one paragraph."""
    segments: list[Segment] = []
    at = 0
    for number, sentence in enumerate(sentences, start=1):
        kind: SegmentKind = (
            "h" if kinds[number - 1 : number] == "h" else "x" if kinds[number - 1 : number] == "x" else "s"
        )
        segments.append(Segment(f"d.s{number}", kind, at, at + len(sentence), 0))
        at += len(sentence) + 1
    text = "\n".join(sentences) + "\n"
    return Document("d", language, text, Source("d.txt", "", len(text.encode())), tuple(segments))


def found(language: str, *sentences: str) -> dict[str, Mention]:
    told = document(language, *sentences)
    return {told.slice(mention): mention for mention in dates(told)}


@pytest.mark.parametrize(("language", "sentence", "piece", "value"), FULL)
def test_a_full_date_is_read_from_its_slice_alone(language: str, sentence: str, piece: str, value: str) -> None:
    mentions = found(language, sentence)
    assert list(mentions) == [piece]
    assert mentions[piece].value == value
    assert mentions[piece].literal == ""
    assert mentions[piece].score >= 0.9


@pytest.mark.parametrize(("language", "sentence"), NONE)
def test_what_is_no_date_is_left_alone(language: str, sentence: str) -> None:
    assert found(language, sentence) == {}


@pytest.mark.parametrize(("language", "sentences", "piece", "value", "literal", "least", "most"), CONTEXT)
def test_context_supplies_what_is_left_out(
    language: str, sentences: list[str], piece: str, value: str, literal: str, least: float, most: float
) -> None:
    mention = found(language, *sentences)[piece]
    assert (mention.value, mention.literal) == (value, literal)
    assert least <= mention.score <= most


@pytest.mark.parametrize(("language", "sentence", "modifier"), MODIFIERS)
def test_a_word_before_a_date_is_kept_as_its_modifier(language: str, sentence: str, modifier: str) -> None:
    assert {mention.modifier for mention in found(language, sentence).values()} == {modifier}


def test_a_deictic_phrase_without_a_date_before_it_is_no_mention() -> None:
    assert found("en", "The next day it rained.") == {}


def test_a_heading_supplies_the_year_with_less_confidence() -> None:
    told = document("en", "The floods in 1953", "On May 3 the dam broke.", kinds="hs")
    heading, day = dates(told)
    assert (heading.value, day.value) == ("1953", "1953-05-03")
    assert day.score < 0.8


def test_boilerplate_has_no_dates() -> None:
    assert dates(document("en", "Published May 3, 2019", kinds="x")) == ()


def test_mentions_name_their_segment_and_method() -> None:
    (mention,) = dates(document("en", "Nothing.", "It fell on May 3, 2019."))
    assert (mention.id, mention.segment, mention.kind, mention.method) == ("", "d.s2", "date", "dates")
    assert mention.subtype == "day"


@pytest.mark.parametrize("text", ["1" * 200_000, "1.1.1." * 33_000, "May 1 " * 33_000])
def test_time_is_linear_in_hostile_text(text: str) -> None:
    for mention in dates(document("hr", text)):
        assert mention.subtype


PIECES = st.sampled_from(
    [
        *("20", "3", "2003", ".", ",", "-", "/", "(", ")", " ", " ", "May", "ožujka", "do", "i", "آذار", "من", "و2010"),
        *(
            "عام",
            "ika",
            "ng",
            "Marso",
            "the next day",
            "1990s",
            "2003-03-20",
            "٢٠",
            "u",
            "and",
            "x",
            "٫",
            "1.000",
            "\u0651",
        ),
    ]
)


@given(st.sampled_from(["en", "hr", "ar", "tl", "de", "fr", "sw"]), st.lists(st.lists(PIECES, max_size=12), max_size=4))
def test_mentions_are_disjoint_slices_of_their_segments(language: str, lines: list[list[str]]) -> None:
    told = document(language, *("".join(line) for line in lines))
    segments = {segment.id: segment for segment in told.segments}
    end = 0
    for mention in dates(told):
        assert end <= mention.start < mention.end
        assert segments[mention.segment].start <= mention.start
        assert mention.end <= segments[mention.segment].end
        assert told.slice(mention).strip() == told.slice(mention)
        assert mention.value
        end = mention.end


def test_dates_of_the_labelled_accounts_are_found() -> None:
    shared = os.environ.get("HEXAPLA_SHARED")
    if not shared:
        pytest.skip("HEXAPLA_SHARED does not name the folder with the benchmarks")
    listed = (Path(shared) / "bench/iraq/dates_quantities.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in listed.splitlines()]
    wanted = [row for row in rows if row["kind"] == "date"]
    hits = 0
    for language in ("en", "hr"):
        files = {row["file"] for row in rows if row["lang"] == language}
        text = (Path(shared) / "seeds" / files.pop()).read_bytes().decode("utf-8-sig")
        told = document(language, *text.split("\n"))
        spans = [(mention.start, mention.end) for mention in dates(told)]
        here = [row for row in wanted if row["lang"] == language]
        hits += sum(any(start < row["end"] and row["start"] < end for start, end in spans) for row in here)
    assert hits >= 0.96 * len(wanted)


@pytest.mark.parametrize(
    ("language", "sentences", "piece", "value", "modifier"),
    [
        ("en", ("On 16 March 1966 it flew.", "Ten months later it burned."), "Ten months later", "1967-01", ""),
        ("en", ("On 16 March 1966 it flew.", "Three weeks later it rained."), "Three weeks later", "1966-04-06", "about"),
        ("en", ("On 16 March 1966 it flew.", "12 years earlier he came."), "12 years earlier", "1954", ""),
        ("hr", ("Letio je 16. ožujka 1966.", "Deset mjeseci kasnije izgorio je."), "Deset mjeseci kasnije", "1967-01", ""),
        ("de", ("Er flog am 16. März 1966.", "Fünf Tage später regnete es."), "Fünf Tage später", "1966-03-21", ""),
        ("fr", ("Il vola le 16 mars 1966.", "Trois ans plus tard il revint."), "Trois ans plus tard", "1969", ""),
        ("tl", ("Lumipad ito noong Marso 16, 1966.", "Pagkaraan ng limang taon ay bumalik ito."), "Pagkaraan ng limang taon", "1971", ""),
        ("ar", ("طار في 16 مارس 1966.", "وبعد ذلك بعشرة أشهر احترق."), "بعد ذلك بعشرة أشهر", "1967-01", ""),
    ],
)  # fmt: skip
def test_any_number_of_days_weeks_months_or_years_on(
    language: str, sentences: tuple[str, ...], piece: str, value: str, modifier: str
) -> None:
    mention = found(language, *sentences)[piece]
    assert (mention.value, mention.modifier) == (value, modifier)
    assert mention.score <= 0.6


def test_a_phrase_that_points_to_a_date_is_marked() -> None:
    text = "On 4 May 2003 it began. It ended the next day."
    cut = (Segment("d.s1", "s", 0, 23, 0), Segment("d.s2", "s", 24, len(text), 0))
    one = Document("d", "en", text, Source("d.txt", "", 0), cut)
    assert [(m.value, m.method) for m in dates(one)] == [("2003-05-04", "dates"), ("2003-05-05", "pointing")]


@pytest.mark.parametrize(
    ("kinds", "sentences", "values"),
    [
        ("hss", ("1992: the ring closes", "On May 5 it began.", "On June 7 it went on."), {"1992-05-05", "1992-06-07"}),
        (
            "hshs",
            ("- 1992 -", "On May 5 it began.", "1993: the end", "On June 7 it ended."),
            {"1992-05-05", "1993-06-07"},
        ),
        ("xs", ("1993", "On June 7 it ended."), {"1993-06-07"}),
        ("hs", ("From 1992 to 1994", "On June 7 it ended."), {"1992/1994", "--06-07"}),
    ],
)
def test_a_heading_gives_its_year(kinds: str, sentences: tuple[str, ...], values: set[str]) -> None:
    said = dates(document("en", *sentences, kinds=kinds))
    assert {mention.value for mention in said} == values
    assert all(mention.score < 0.9 for mention in said if "/" not in mention.value)


def test_the_year_of_the_account_is_the_last_resort() -> None:
    text = (
        "It opened on 4 May 1998, and on 6 June 1998 it burned. In 1889 the shaft below it had been dug.\n\n"
        "Rain fell for days on the ruins.\n\nOn 7 October the owners closed it for good."
    )
    told = segment(Document("d", "en", text, Source("d.txt", "", len(text))))
    said = {told.slice(mention): mention for mention in dates(told)}
    mention = said["7 October"]
    assert (mention.value, mention.literal) == ("1998-10-07", "--10-07")
    assert mention.score < 0.5
