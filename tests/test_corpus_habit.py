"""What a text itself shows of how it is written: small letters where sentences begin, and pieces read as the whole."""

from __future__ import annotations

import os
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.corpus.habit import Habits
from hexapla.corpus.segment import habits, segment, spans
from hexapla.corpus.source import read

# A ¦ stands where a segment ends.
SMALL = {
    "en": [
        "i went home. ¦it was late. ¦nobody was there! ¦what now? ¦mr. hale came at approx. ten and said hi... then he left.",
        "hey whats up bro. ¦not much",
        '"why?" she asked. ¦then he left. ¦"no!" he said. ¦it was late.',
        "moved in in 1990. ¦it rained at 3. ¦then see www.example.org or v1.2.b for it. ¦bye".replace(
            "3. ¦then", "3. then"
        ),
    ],
    "hr": [
        "jučer sam išao kući. ¦bilo je kasno. ¦što sad? ¦3. ožujka smo otišli. ¦dr. babić kaže da dođemo npr. sutra.",
        "evo me. ¦gdje si ti?",
    ],
    "es": ["ayer fui a casa. ¦era tarde. ¦¿y ahora? ¦el sr. lópez se fue. ¦nadie vino."],
    "de": ["ich war müde. ¦dann ging ich heim. ¦niemand war da! ¦am 3. mai kam dr. weber, z. b. wegen geld."],
    "fr": ["il pleuvait. ¦on est restés chez mme petit. ¦et toi ? ¦rien, etc. comme hier."],
    "ru": ["я пришёл домой. ¦было поздно. ¦что теперь? ¦купил хлеб, сыр и т. д. потом ушёл."],
    "tl": ["umuwi ako kahapon. ¦gabi na. ¦ano na? ¦sabi ni dr. reyes umalis na raw sila."],
    "pl": ["byłem zmęczony. ¦potem padało. ¦co teraz? ¦przyszedł dr nowak, np. wczoraj."],
    "tr": ["dün eve gittim. ¦çok geçti. ¦şimdi ne olacak? ¦dr. kaya geldi."],
    "und": ["mi reveni hejmen. ¦estis malfrue. ¦kio nun? ¦mi dormis."],
    "ka": ["ის წავიდა. ¦მან თქვა, რომ დაბრუნდება."],  # no capitals at all
}
KEPT = [  # texts that write capitals, where a small letter after a full stop shows an abbreviation that nobody knows
    (
        "en",
        "The depot closed on Monday. ¦It held abt. ten tons of grain. ¦Nobody knows why. ¦The owner left. ¦So did we.",
    ),
    (
        "en",
        "Notes on the text\nof the old edn. which was\nlost. ¦The new edn. is whole. ¦It came out in May. ¦It sold well.",
    ),
    (
        "en",
        "Bring these to the camp:\nwarm socks.\na torch.\nsome rope.\nmuch bread.\nIt has abt. ten beds. ¦Nobody sleeps outside. ¦It rains.",
    ),
    (
        "hr",
        "Grad je pao u ponedjeljak. ¦Vojska je imala cca. deset ljudi. ¦Nitko ne zna zašto. ¦Zapovjednik je otišao.",
    ),
    ("de", "Das Lager schloss am Montag. ¦Es fasste ungf. zehn Tonnen. ¦Niemand weiß, warum. ¦Der Besitzer ging."),
]


def pieces(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, language)]


def cut(text: str) -> list[str]:
    return [part.strip() for line in text.split("\n") for part in line.split("¦")]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in SMALL.items() for text in texts])
def test_sentences_in_small_letters_are_found(language: str, text: str) -> None:
    assert pieces(text.replace("¦", ""), language) == cut(text)


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_an_unknown_abbreviation_is_no_end_where_capitals_are_written(language: str, text: str) -> None:
    assert pieces(text.replace("¦", ""), language) == cut(text)


def test_remarks_in_small_letters_below_an_article_are_divided() -> None:
    article = "The mayor spoke on Monday. ¦He said no. ¦The road is closed. ¦Nobody knows why. ¦It rained. ¦We left. ¦So what?"
    remarks = "i agree. ¦it was about time. ¦that road is bad\nnice one. ¦thanks for that"
    text = f"{article}\n\n{remarks}"
    assert pieces(text.replace("¦", ""), "en") == [part for part in cut(text) if part]


def test_few_are_no_habit() -> None:
    assert not Habits("He was tired. then it rained. Nobody came. It was late.").small_starts
    assert not Habits("").small_starts
    assert not Habits("no full stop here").small_starts


LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"))
    | st.lists(
        st.sampled_from(
            ["opasku.Sama ", "uzrokaIrak ", "uzroka ", "Irak ", "rat. Bilo ", "kasno. tko ", "je", ". ", "! ", '"', "2003. ", "Dr. ", "\t"]
        )
    ).map("".join),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]), st.sets(st.integers(0, 12)), st.sampled_from(["hr", "en", "ar"]))
def test_how_a_text_is_cut_into_pieces_changes_nothing(
    lines: list[str], between: str, places: set[int], language: str
) -> None:
    """Any pieces that end at line ends have, with the habits of the whole, the segments of the whole."""
    text = between.join(lines)
    ends = [at + 1 for at, letter in enumerate(text) if letter == "\n"]
    cuts = [0, *(end for number, end in enumerate(ends) if number in places), len(text)]
    shown = habits(text, language)
    apart = [
        (start + first, start + last)
        for start, stop in pairwise(cuts)
        for first, last in spans(text[start:stop], language, shown)
    ]
    assert apart == spans(text, language)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=8))
def test_a_pipe_is_read_whole_however_it_is_filled(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    """A file that comes in pieces, even through the middle of a letter, is the file."""
    data = ("Ušli su 20. ožujka 2003. s juga.Sama invazija bila je kratka. Što sad?\n" * 200).encode()
    folder = tmp_path_factory.mktemp("pipe")
    whole, pipe = folder / "a.txt", folder / "b.txt"
    whole.write_bytes(data)
    os.mkfifo(pipe)
    writer = threading.Thread(target=_fill, args=(pipe, data, sizes))
    writer.start()
    there = segment(read(pipe, language="hr", id="a"))
    writer.join()
    assert there.text.encode() == data
    assert there.segments == segment(read(whole, language="hr")).segments


def _fill(pipe: Path, data: bytes, sizes: list[int]) -> None:
    with pipe.open("wb", buffering=0) as file:
        at = 0
        for size in sizes:
            at += file.write(data[at : at + size])
        while at < len(data):
            at += file.write(data[at:])
