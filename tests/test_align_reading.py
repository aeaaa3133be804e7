"""What the search for beads knows of words: read for it alone, or taken from the features of sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

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
