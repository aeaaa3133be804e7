"""What shows a bead: the words, names, numbers and dates of both sides that meet, and what the text itself taught."""

from __future__ import annotations

from itertools import pairwise

from hexapla.align.bead import pooled
from hexapla.align.explain import MOST, explained
from hexapla.align.group import Evidence
from hexapla.align.score import Features
from hexapla.corpus.document import Document, Source
from hexapla.corpus.lexicon import Lexicon, load
from hexapla.corpus.mention import dated
from hexapla.corpus.segment import lines

EN = [
    "Two men and a woman crossed the river at night.",
    "They had no bread.",
    "The soldiers found them in the forest.",
    "The bridge was built again by 18 workers.",
]
HR = [
    "Dva muškarca i žena noću su prešli rijeku.",
    "Nisu imali kruha.",
    "Vojnici su ih našli u šumi.",
    "Most je iznova gradilo 18 radnika.",
]


def document(name: str, language: str, told: list[str]) -> Document:
    return lines(Document(name, language, "\n".join(told), Source(f"{name}.txt", "", 0)))


def shown(left: list[str], right: list[str], languages: tuple[str, str] = ("en", "hr")) -> dict[str, list[Evidence]]:
    """The evidence of each bead, by the text of its first left sentence."""
    one, other = (document(side, side, lines) for side, lines in zip(languages, (left, right), strict=True))
    lexicon = load(languages, found=False)
    beads = pooled([(one, other)], lexicon)
    told = explained([(one, other)], beads, lexicon)
    return {left[b.left[0]]: list(e) for b, e in zip(beads[0], told[0], strict=True) if b.left}


def texts(evidence: Evidence) -> tuple[str, ...]:
    return tuple(span.text for span in evidence.spans)


def test_words_and_figures_show_a_bead() -> None:
    told = shown(EN, HR)[EN[3]]
    assert {(e.kind, texts(e)) for e in told} >= {("quantity", ("18", "18")), ("word", ("bridge", "Most"))}
    assert all(one.weight >= two.weight for one, two in pairwise(told))


def test_spans_are_slices_of_both_sides() -> None:
    one, other = document("en", "en", EN), document("hr", "hr", HR)
    lexicon = load(["en", "hr"], found=False)
    beads = pooled([(one, other)], lexicon)
    segments = {d.id: [s.id for s in d.segments] for d in (one, other)}
    for bead, told in zip(beads[0], explained([(one, other)], beads, lexicon)[0], strict=True):
        mine = {one.id: {segments[one.id][n] for n in bead.left}, other.id: {segments[other.id][n] for n in bead.right}}
        assert len(told) <= MOST
        assert bool(told) <= bool(bead.left and bead.right)
        for span in (span for piece in told for span in piece.spans):
            document_ = one if span.document == one.id else other
            assert span.segment in mine[span.document]
            assert document_.text[span.start : span.end] == span.text
        assert all({span.document for span in piece.spans} == {"en", "hr"} for piece in told)


def test_a_date_is_shown_once_at_its_finest() -> None:
    one = dated(document("en", "en", ["It began on 12 May 2021.", "Nobody came."]))
    other = dated(document("hr", "hr", ["Počelo je 12. svibnja 2021.", "Nitko nije došao."]))
    lexicon = load(["en", "hr"], found=False)
    told = explained([(one, other)], pooled([(one, other)], lexicon), lexicon)[0][0]
    assert [e.value for e in told if e.kind == "date"] == ["2021-05-12"]


def test_words_that_the_text_taught_are_shown() -> None:
    left = [f"zorp {word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")] * 6
    right = [f"{word} miffle" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")] * 6
    left[1::2] = [line.replace("zorp", "quux") for line in left[1::2]]
    right[1::2] = [line.replace("miffle", "brank") for line in right[1::2]]
    one, other = document("a", "fi", left), document("b", "et", right)
    lexicon = Lexicon.of([])
    told = explained([(one, other)], pooled([(one, other)], lexicon), lexicon)[0]
    assert {e.value for piece in told for e in piece} >= {"zorp=miffle", "quux=brank"}


def test_features_that_are_read_already_are_taken() -> None:
    one, other = document("en", "en", EN), document("hr", "hr", HR)
    lexicon = load(["en", "hr"], found=False)
    features = Features.of([one, other], lexicon)
    beads = pooled([(one, other)], lexicon, features=features)
    assert beads == pooled([(one, other)], lexicon)
    again = explained([(one, other)], beads, lexicon, features=features)
    assert again == explained([(one, other)], beads, lexicon)
