"""What the search for beads knows of words: read for it alone, or taken from the features of sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.align.chain import UNPLACED
from hexapla.align.own import ALIKE
from hexapla.align.reading import Reading, featured
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document, Source
from hexapla.corpus.lexicon import Lexicon, load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import lines

LEXICON = load(["en", "hr"], found=False)

EN = "The town fell on 12 May 2021.\nThe army took the town with 300 soldiers.\nNobody saw Zlatopetrov."
HR = "Grad je pao 12. svibnja 2021.\nVojska je zauzela grad s 300 vojnika.\nZlatopetrov nije viđen."


def document(name: str, language: str, text: str) -> Document:
    return lines(Document(name, language, text, Source(f"{name}.txt", "", 0)))


def meetings(reading: Reading, left: Document, right: Document) -> dict[tuple[str, str], float]:
    edges = reading.edges(left, right)
    pairs = zip(edges.left.tolist(), edges.right.tolist(), edges.trust.tolist(), strict=True)
    return {(reading.label[one][1], reading.label[other][1]): trust for one, other, trust in pairs}


def alike(one: Reading, other: Reading, documents: list[Document]) -> None:
    assert one.label == other.label
    assert (one.figures() == other.figures()).all()
    for document_ in documents:
        mine, theirs = one.sides[id(document_)], other.sides[id(document_)]
        for name in ("start", "types", "length", "place"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
    for left in documents:
        for right in documents:
            met, meeting = one.edges(left, right), other.edges(left, right)
            for name in ("left", "right", "trust"):
                np.testing.assert_array_equal(getattr(met, name), getattr(meeting, name))


def test_what_is_read_is_what_features_say() -> None:
    cut = [document("en", "en", EN), document("hr", "hr", HR), document("more", "en", EN.upper())]
    dated, _, _ = annotate(cut, Authority())
    assert all(one.mentions for one in dated)
    for documents in (cut, list(dated)):
        features, rows = featured(documents, LEXICON)
        alike(Reading.of(documents, LEXICON), Reading.taken(documents, features, rows), documents)


def test_words_meet_by_concepts_figures_and_letters() -> None:
    one, other = document("en", "en", EN), document("hr", "hr", HR)
    told = meetings(Reading.of([one, other], LEXICON), one, other)
    assert told["en:town", "hr:grad"] == told["en:300", "hr:300"] == 1
    assert ("en:army", "hr:grad") not in told
    one, other = document("de", "de", "Die Expedition kam."), document("fr", "fr", "L'expédition arriva.")
    assert set(meetings(Reading.of([one, other], Lexicon.of([])), one, other).values()) == {ALIKE}


def test_a_word_meets_itself() -> None:
    one, other = document("a", "en", "Zug fell."), document("b", "en", "Zug rose.")
    assert meetings(Reading.of([one, other], Lexicon.of([])), one, other)["en:zug", "en:zug"] == 1


def test_documents_of_one_name_and_empty_ones() -> None:
    one, other = document("x", "en", EN), document("x", "hr", HR)
    none = replace(one, text="", segments=())
    reading = Reading.of([one, other, none, one], LEXICON)
    assert [len(reading.sides[id(held)]) for held in (one, other, none)] == [3, 3, 0]
    assert meetings(reading, one, none) == {}
    assert meetings(Reading.of([none], LEXICON), none, none) == {}
    features = Features.of([one], LEXICON)
    assert featured([one], LEXICON, features) == (features, {id(one): [0, 1, 2]})


def stands(reading: Reading, document_: Document, number: int) -> dict[str, int]:
    """Return where in sentence *number* each of its types stands."""
    side = reading.sides[id(document_)]
    places = side.place[side.start[number] : side.start[number + 1]]
    return {
        reading.label[kind][1]: place for kind, place in zip(side.of(number).tolist(), places.tolist(), strict=True)
    }


def test_a_word_stands_at_its_middle_from_the_beginning_of_the_sentence_to_its_end() -> None:
    text = "Zug came.\n" + "Oz " + 50 * ". " + "came " + 50 * ". " + "Ux\nZlatopetrov\n"
    one = document("a", "en", text)
    reading = Reading.of([one], Lexicon.of([]))
    assert stands(reading, one, 0) == {"en:zug": 254 * 3 // 18, "en:came": 254 * 12 // 18}
    assert stands(reading, one, 1) == {"en:oz": 1, "en:came": 127, "en:ux": 252}
    assert stands(reading, one, 2) == {"en:zlatopetrov": 127}


def test_a_word_that_stands_twice_has_no_place_there_but_in_other_sentences() -> None:
    one = document("a", "en", "Town by town fell.\nThe town rose.\nRain, rain, RAIN.")
    reading = Reading.of([one], LEXICON)
    first, second, third = (stands(reading, one, number) for number in range(3))
    assert (first["en:town"], third) == (UNPLACED, {"en:rain": UNPLACED})
    assert first["en:fell"] > 200
    assert second["en:town"] == 254 * 12 // 28


def test_a_figure_of_several_words_stands_at_the_middle_of_all() -> None:
    one = document("en", "en", "On 12 May 2021 it fell.")
    (dated,), _, _ = annotate([one], Authority())
    for reading in (Reading.of([dated], LEXICON), Reading.taken([dated], *featured([dated], LEXICON))):
        places = [place for label, place in stands(reading, dated, 0).items() if "2021" in label]
        assert set(places) == {254 * (3 + 14) // (2 * len(dated.text))}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["Zug", "Army", "42", "town", ",", "?", "«"]), min_size=1), min_size=1))
def test_each_type_is_held_once_in_order_and_what_follows_stands_later(lines_: list[list[str]]) -> None:
    one = document("a", "en", "\n".join(map(" ".join, lines_)))
    reading = Reading.of([one], LEXICON).marked([one])
    side = reading.sides[id(one)]
    for number, segment in enumerate(one.segments):
        types, words = side.of(number), one.slice(segment).split()
        assert (np.diff(types) > 0).all()
        once = [word for word in ("Zug", "Army", "42") if words.count(word) == 1]
        told = {label.split(":")[-1].lower()[:3]: place for label, place in stands(reading, one, number).items()}
        places = [told[word.lower()[:3]] for word in sorted(once, key=words.index)]
        assert places == sorted(set(places))
        assert max(places, default=0) < UNPLACED


QUOTED = "«Where?» he asked.\nThe town fell.\nNobody came; why?"
SAID = "أين؟\nسقطت المدينة.\nلم يأت أحد؛ لماذا؟"


def test_marks_are_types_that_meet_themselves_and_have_no_place() -> None:
    one, other = document("en", "en", QUOTED), document("ar", "ar", SAID)
    plain = Reading.of([one, other], LEXICON)
    reading = plain.marked([one, other])
    assert reading.label[: len(plain.label)] == plain.label
    assert all(name == "mark" for name, _ in reading.label[len(plain.label) :])
    assert len(set(reading.label)) == len(reading.label)
    before, after = stands(plain, one, 0), stands(reading, one, 0)
    assert after == {**before, "quote": UNPLACED, "?": UNPLACED, "end .": UNPLACED}
    told, known = meetings(reading, one, other), meetings(plain, one, other)
    assert told == {**known, **{(mark, mark): 1.0 for mark in ("?", ";", "end ?", "end .")}}
    assert reading.figures().tolist() == plain.figures().tolist() + [False] * (len(reading.label) - len(plain.label))


def test_marks_are_the_same_whichever_way_words_are_read() -> None:
    one, other, none = document("en", "en", QUOTED), document("ar", "ar", SAID), document("none", "en", "")
    documents = [one, other, none]
    features, rows = featured(documents, LEXICON)
    read, taken = Reading.of(documents, LEXICON), Reading.taken(documents, features, rows)
    alike(read.marked(documents), taken.marked(documents), documents)


def test_documents_that_are_not_asked_for_and_boilerplate_have_no_marks() -> None:
    one, other = document("en", "en", QUOTED), document("ar", "ar", SAID)
    cut = replace(one, segments=(replace(one.segments[0], kind="x"), *one.segments[1:]))
    plain = Reading.of([cut, other], LEXICON)
    reading = plain.marked([cut])
    assert reading.sides[id(other)] is plain.sides[id(other)]
    assert [sorted(mark for mark in stands(reading, cut, n) if ":" not in mark) for n in (0, 1)] == [
        ["end ."],
        [";", "?", "end ?"],
    ]
    assert meetings(reading, cut, other) == meetings(plain, cut, other)
