"""Times of day in several languages, and how far two of them are apart whatever their clocks."""

from __future__ import annotations

import pytest

from hexapla.corpus.clock import Time, apart, fits, times
from hexapla.corpus.document import Document, Segment, Source


def read(language: str, text: str) -> list[tuple[str, str, str]]:
    segments = (Segment(f"{language}.s1", "s", 0, len(text), 0),)
    document = Document(language, language, text, Source("x.txt", "", 0), segments)
    return [(text[time.start : time.end], time.written(), time.zone) for time in times(document)]


FOUND = [
    ("en", "The ship struck at 7:25 p.m. local time, in rain.", ("7:25 p.m. local time", "T19:25", "local")),
    ("en", "They came back at half past seven in the evening.", ("half past seven in the evening", "T19:30", "")),
    ("en", "She rang at 10:56 p.m. Houston time.", ("10:56 p.m. Houston time", "T22:56", "us-central")),
    ("de", "Um 0.25 Uhr MEZ brach Feuer aus.", ("0.25 Uhr MEZ", "T00:25", "central-europe")),
    ("de", "Um 20 Uhr 17 sank das Schiff.", ("20 Uhr 17", "T20:17", "")),
    ("hr", "Bilo je to u 21.17 po srednjoeuropskom vremenu.", ("21.17 po srednjoeuropskom vremenu", "T21:17", "central-europe")),
    ("hr", "U 23 sata i 40 minuta pao je led.", ("23 sata i 40 minuta", "T23:40", "")),
    ("ar", "وفي الساعة ٧:٥٠ صباحا ارتفع المنطاد", ("الساعة ٧:٥٠ صباحا", "T07:50", "")),
    ("ar", "في الساعة العاشرة والنصف مساء", ("الساعة العاشرة والنصف مساء", "T22:30", "")),
    ("tl", "Dumating siya nang 10:40 ng gabi sa lokal na oras.", ("10:40 ng gabi sa lokal na oras", "T22:40", "local")),
    ("tl", "Nagsimula ito nang alas-otso y medya ng umaga.", ("alas-otso y medya ng umaga", "T08:30", "")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "found"), FOUND)
def test_times_are_read_with_their_half_of_the_day_and_their_clock(
    language: str, text: str, found: tuple[str, str, str]
) -> None:
    assert read(language, text) == [found]


@pytest.mark.parametrize("text", [f"at {'1' * 5000} p.m.", "um 20 Uhr ²", "u 20 sati i ² minuta", "at ① p.m."])
@pytest.mark.parametrize("language", ["en", "de", "hr", "fr", "ar", "tl"])
def test_figures_that_are_no_numbers_are_no_times(language: str, text: str) -> None:
    assert all("²" not in found and "①" not in found for found, _, _ in read(language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They won 3:10 in the end, after 9 hours."),
        ("hr", "Putovanje je trajalo 21 sat i 10 minuta."),
        ("de", "Nach 5 Stunden und 3.10 Metern war Schluss."),
        ("tl", "Umalis sila noong ika-3 ng Mayo."),
        ("ja", "午後7時25分"),
    ],
)
def test_what_is_no_time_of_day_is_none(language: str, text: str) -> None:
    assert read(language, text) == []


def time(hour: int, minute: int, zone: str = "", *offsets: int, either: bool = False, slack: int = 0) -> Time:
    return Time("s", 0, 1, hour * 60 + minute, either, zone, offsets, slack)


def test_clocks_are_settled_before_times_are_compared() -> None:
    utc, cet = time(2, 56, "UTC", 0), time(3, 56, "cet", 60)
    houston = time(22, 56, "us-central", -360, -300)
    assert fits(utc, cet)
    assert apart(utc, houston) == 60
    assert fits(time(10, 40, "UTC", 0), time(12, 40, "cet", 60, 120))  # summer or winter
    assert fits(time(7, 40, either=True), time(19, 40))


def test_clocks_that_are_not_known_go_by_whole_quarters() -> None:
    assert apart(time(19, 25, "local"), time(0, 25, "cet", 60)) == 0
    assert apart(time(19, 25, "local"), time(0, 32, "cet", 60)) == 7
    assert fits(time(19, 25), time(20, 25))  # perhaps of two clocks
    assert apart(time(19, 25, "local"), time(20, 25, "local")) == 60


def test_rounded_times_fit() -> None:
    assert fits(time(7, 28), time(7, 30, slack=5))
    assert not fits(time(7, 20), time(7, 30, slack=5))
