"""What must not matter to beads: which side is given first, whether a text is given whole or by its chapters."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hexapla.align.bead import Bead, beads, pooled
from hexapla.corpus.document import Document, Source
from hexapla.corpus.lexicon import load
from hexapla.corpus.segment import lines

LEXICON = load(["en", "hr"], found=False)

TOLD = [
    (["The bridge was approved by 18 votes to 7."], ["Most je odobren s 18 glasova prema 7."]),
    (["Three hundred people came.", "They were angry."], ["Došlo je tristo ljudi i bili su ljuti."]),
    (["The mayor said that the work would cost 12 million euros."], ["Radovi će, rekao je, stajati 12 milijuna eura."]),
    (["Some farmers were against it, because the road would cut their fields."], ["Neki su poljoprivrednici bili protiv.", "Cesta bi im presjekla polja."]),
    (["A vote was taken late in the evening."], ["Glasalo se kasno navečer."]),
    (["Nobody wrote about the weather."], []),
    ([], ["Pratite nas i na društvenim mrežama."]),
    (["Construction should begin in May 2021 and last two years."], ["Gradnja bi trebala početi u svibnju 2021. i trajati dvije godine."]),
    (["The river is 340 metres wide there."], ["Rijeka je ondje široka 340 metara."]),
    (["Old people remember the flood of 1966."], ["Stari ljudi pamte poplavu iz 1966."]),
]  # fmt: skip

Chapter = list[int]

OPENING = st.sampled_from([0, 2, 7, 8, 9])
TIED: list[Chapter] = [  # its last sentence but one may go with either of two
    [0, 0, 0, 0, 0, 5, 6, 0, 0, 6, 0, 0, 0, 0],
    [0, 5, 0, 0, 0, 0, 5, 0, 0, 0],
    [2, 0, 6, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 3, 0, 3, 6, 6, 5, 0],
]
CHAPTERS = st.lists(
    st.builds(
        lambda first, rest, last: [first, *rest, last],
        OPENING,
        st.lists(st.integers(0, len(TOLD) - 1), min_size=2, max_size=12),
        OPENING,
    ),
    min_size=2,
    max_size=4,
)


def pair(*chapters: Chapter) -> tuple[Document, Document]:
    """A text of *chapters* in both languages; a number in each sentence says which telling it is."""
    told: tuple[list[str], list[str]] = ([], [])
    for number, chapter in enumerate(chapters):
        for place, which in enumerate(chapter):
            for side, sentences in zip(told, TOLD[which], strict=True):
                side += [f"{sentence} {1000 * number + 7 * place + 31}" for sentence in sentences]
    sides = zip(("en", "hr"), told, strict=True)
    one, other = (lines(Document(name, name, "\n".join(text), Source(name, "", 0))) for name, text in sides)
    return one, other


def linked(found: tuple[Bead, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.left, bead.right) for bead in found if bead.left and bead.right]


@settings(max_examples=25, deadline=None)
@given(CHAPTERS)
def test_either_side_may_come_first(chapters: list[Chapter]) -> None:
    left, right = pair(*chapters)
    there, back = beads(left, right, LEXICON), beads(right, left, LEXICON)
    assert {(b.left, b.right, b.score) for b in there} == {(b.right, b.left, b.score) for b in back}


@settings(max_examples=25, deadline=None)
@given(CHAPTERS)
def test_a_collection_may_come_in_any_order(chapters: list[Chapter]) -> None:
    pairs = [pair(*chapters[:number], chapter) for number, chapter in enumerate(chapters)]
    assert pooled(pairs[::-1], LEXICON)[::-1] == pooled(pairs, LEXICON)


@settings(max_examples=25, deadline=None)
@given(CHAPTERS)
@example(TIED)
def test_chapters_give_what_the_whole_gives(chapters: list[Chapter]) -> None:
    whole = linked(beads(*pair(*chapters), LEXICON))
    single = [pair(*([[]] * number), chapter) for number, chapter in enumerate(chapters)]
    row = column = 0
    found = []
    for (left, right), told in zip(single, pooled(single, LEXICON), strict=True):
        found += [(tuple(row + n for n in a), tuple(column + n for n in b)) for a, b in linked(told)]
        row, column = row + len(left.segments), column + len(right.segments)
    assert found == whole
