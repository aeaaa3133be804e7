"""Beads of translations: merges, splits, what one side lacks, and the same result whichever side comes first."""

from __future__ import annotations

import numpy as np
import pytest

from hexapla.align.bead import Bead, Outside, beads
from hexapla.align.path import SHAPES
from hexapla.corpus.document import Document, Segment, Source
from hexapla.corpus.lexicon import load

EN = [
    "The council met on Monday to discuss the new bridge.",
    "Three hundred people came to the meeting.",
    "The mayor said that the work would cost 12 million euros.",
    "Some farmers were against it, because the road would cut through their fields.",
    "They asked for more money.",
    "A vote was taken late in the evening.",
    "The bridge was approved by 18 votes to 7.",
    "Construction should begin in May 2021 and last two years.",
]
HR = [
    "Vijeće se sastalo u ponedjeljak kako bi raspravilo o novom mostu, a na sastanak je došlo tristo ljudi.",
    "Gradonačelnik je rekao da će radovi stajati 12 milijuna eura.",
    "Neki su poljoprivrednici bili protiv.",
    "Cesta bi im, rekli su, presjekla polja.",
    "Glasalo se kasno navečer.",
    "Most je odobren s 18 glasova prema 7.",
    "Gradnja bi trebala početi u svibnju 2021. i trajati dvije godine.",
    "Pratite nas i na društvenim mrežama.",
]
WANTED = [((0, 1), (0,)), ((2,), (1,)), ((3,), (2, 3)), ((5,), (4,)), ((6,), (5,)), ((7,), (6,))]


def document(name: str, language: str, lines: list[str]) -> Document:
    text, segments = "", []
    for number, line in enumerate(lines, start=1):
        segments.append(Segment(f"{name}.s{number}", "s", len(text), len(text) + len(line), number))
        text += line + "\n"
    return Document(name, language, text, Source(f"{name}.txt", "", len(text)), tuple(segments))


def found(left: list[str], right: list[str], learn: bool = True) -> tuple[Bead, ...]:
    lexicon = load(["en", "hr"], found=False)
    return beads(document("en", "en", left), document("hr", "hr", right), lexicon, learn=learn)


def linked(result: tuple[Bead, ...]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.left, bead.right) for bead in result if bead.left and bead.right}


def test_merges_and_splits_are_found() -> None:
    result = linked(found(EN, HR))
    assert len(result & set(WANTED)) >= 5


def test_every_sentence_is_in_one_bead() -> None:
    result = found(EN, HR)
    assert sorted(n for bead in result for n in bead.left) == list(range(len(EN)))
    assert sorted(n for bead in result for n in bead.right) == list(range(len(HR)))
    assert all(0 <= bead.score <= 1 for bead in result)


def test_the_side_does_not_matter() -> None:
    lexicon = load(["en", "hr"], found=False)
    there = beads(document("en", "en", EN), document("hr", "hr", HR), lexicon)
    back = beads(document("hr", "hr", HR), document("en", "en", EN), lexicon)
    assert linked(there) == {(right, left) for left, right in linked(back)}


def test_a_sentence_that_one_side_lacks_is_left_out() -> None:
    result = linked(found(EN, [HR[0], *HR[2:]]))
    assert not any(2 in left for left, _ in result)
    assert ((6,), (4,)) in result


def test_a_text_is_its_own_translation() -> None:
    lexicon = load(["en"], found=False)
    result = beads(document("a", "en", EN), document("b", "en", EN), lexicon)
    assert linked(result) == {((n,), (n,)) for n in range(len(EN))}


def test_nothing_on_one_side() -> None:
    assert linked(found(EN, [])) == set()
    assert linked(found([], HR)) == set()
    assert found([], []) == ()


def test_the_same_text_gives_the_same_beads() -> None:
    assert found(EN, HR) == found(EN, HR)


def test_outside_knowledge_decides_where_words_are_silent() -> None:
    lexicon = load(["en", "hr"], found=False)
    left = document("a", "en", ["qwx vbn", "zrt plk", "mnb vcx"])
    right = document("b", "hr", ["ghj kla", "poi uzt"])

    def scores(first: int, last: int, start: int, end: int) -> np.ndarray:
        found = np.zeros((len(SHAPES), last - first, end - start), dtype=np.float32)
        for row, column in ((1, 0), (2, 1)):
            if first <= row < last and start <= column < end:
                found[0, row - first, column - start] = 20.0
        return found

    known = Outside(scores, ((1, 0), (2, 1)))
    assert linked(beads(left, right, lexicon, outside=known)) == {((1,), (0,)), ((2,), (1,))}
    assert linked(beads(right, left, lexicon, outside=known.turned())) == {((0,), (1,)), ((1,), (2,))}


BEFORE = (
    [
        "The king sent his army across the river in spring.",
        "The people of the city closed the gates and waited for winter.",
        "Two ships brought bread and water from the island.",
    ],
    [
        "Kralj je u proljeće poslao vojsku preko rijeke.",
        "Ljudi u gradu zatvorili su vrata i čekali zimu.",
        "Dva su broda dovezla kruh i vodu s otoka.",
    ],
)
AFTER = (
    [
        "Then the rain came and the road was lost.",
        "A letter from the queen asked for peace and for gold.",
        "The war ended after seven years, and nobody had won it.",
    ],
    [
        "Tada je došla kiša i cesta se izgubila.",
        "Pismo kraljice tražilo je mir i zlato.",
        "Rat je završio nakon sedam godina, a nitko ga nije dobio.",
    ],
)


def between(left: list[str], right: list[str]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the beads of sentences that stand between others, which all have one that translates them.

    Numbers are theirs, from 0. The same must come out whichever side is first.
    """
    one = document("en", "en", BEFORE[0] + left + AFTER[0])
    other = document("hr", "hr", BEFORE[1] + right + AFTER[1])
    lexicon = load(["en", "hr"], found=False)
    result = linked(beads(one, other, lexicon))
    assert result == {(a, b) for b, a in linked(beads(other, one, lexicon))}
    begin, ends = len(BEFORE[0]), (len(BEFORE[0]) + len(left), len(BEFORE[1]) + len(right))
    around = {((n,), (n,)) for n in range(begin)} | {((ends[0] + n,), (ends[1] + n,)) for n in range(len(AFTER[0]))}
    assert around <= result
    return {(tuple(n - begin for n in a), tuple(n - begin for n in b)) for a, b in result - around}


BURNED = "At dawn they burned the old bridge near the church."
HUNGRY = "In the morning the soldiers were hungry."
SOLDIERS_FIRST = "Ujutro su vojnici spalili stari most blizu crkve."
SOLDIERS_LAST = "Stari most blizu crkve spalili su vojnici ujutro."


def test_a_sentence_that_shares_words_at_a_wrong_place_with_what_translates_its_neighbour_is_left_alone() -> None:
    """Where the same words stand as they would if they translated the sentence, it belongs there."""
    assert between([BURNED, HUNGRY], [SOLDIERS_FIRST]) == {((0,), (0,))}
    assert between([BURNED, HUNGRY], [SOLDIERS_LAST]) == {((0, 1), (0,))}


def test_marks_decide_which_of_two_sentences_is_translated_where_no_word_does() -> None:
    asked, plain = "Qwx vbn zrt plkm?", "Mnb vcx sdfg hjkl."
    assert between([asked, plain], ["Ghjk lop uztr fds?"]) == {((0,), (0,))}
    assert between([asked, plain], ["Ghjk lop uztr fds."]) == {((1,), (0,))}
    assert between([plain, asked], ["Ghjk lop uztr fds?"]) == {((1,), (0,))}
    assert between([plain, asked], ["Ghjk lop uztr fds."]) == {((0,), (0,))}


@pytest.mark.parametrize("quoted", ["„Ghjk lop uztr fds.“", "»Ghjk lop uztr fds.«", '"Ghjk lop uztr fds."'])
def test_quotation_marks_decide_however_they_are_written(quoted: str) -> None:
    said, asked = "“Mnb vcx sdfg hjkl.”", "Qwx vbn zrt plkm?"
    assert between([said, asked], [quoted]) == {((0,), (0,))}
    assert between([asked, said], [quoted]) == {((1,), (0,))}
    assert between([asked, said], [quoted.replace(".", "?").strip('„“»«"')]) == {((0,), (0,))}
