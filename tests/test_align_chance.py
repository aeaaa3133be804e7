"""Chances of pairs of sentences: what counts for them, what counts against them, and what never joins."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.align.account import read
from hexapla.align.chance import Chances, Timeline, chances
from hexapla.align.discover import EACH, MEAN, clusters
from hexapla.align.part import Parts
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document, Source
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment


def prepared(**texts: str) -> tuple[Document, ...]:
    accounts = [segment(Document(name, name[:2], text, Source(f"{name}.txt", "", 0))) for name, text in texts.items()]
    return annotate(accounts, Authority())[0]


def chance(documents: tuple[Document, ...], one: str, other: str) -> float:
    features = read(documents, load([document.language for document in documents], found=False))
    pairs = list(combinations([document.id for document in documents], 2))
    number = {name: at for at, name in enumerate(features.segments)}
    return chances(features, documents, pairs).get(number[one], number[other])


REST = " Many people came to the market. The harvest was good. Nobody spoke of the river."
OSTALO = " Na tržnicu je došlo mnogo ljudi. Žetva je bila dobra. O rijeci nitko nije govorio."


def test_a_family_brings_two_accounts_together() -> None:
    documents = prepared(
        en="The boiler exploded at the mill in Travnik and killed nine workers." + REST,
        hr="U eksploziji kotla u mlinu u Travniku poginulo je devet radnika." + OSTALO,
    )
    assert chance(documents, "en.s1", "hr.s1") > 0.9
    assert chance(documents, "en.s1", "hr.s3") < 0.1


def test_a_clause_of_a_long_sentence_is_enough() -> None:
    long = (
        "The boiler exploded at the mill in Travnik killing nine workers, while a flood carried off the wooden bridge "
        "at Jajce, and the governor dismissed both of the engineers who had warned him about the river."
    )
    hr = "U eksploziji kotla u mlinu u Travniku poginulo je devet radnika." + OSTALO
    documents = prepared(en=long + REST, hr=hr)
    features = read(documents, load(["en", "hr"], found=False))
    number = {name: at for at, name in enumerate(features.segments)}
    rows, columns = features.rows("en"), features.rows("hr")
    cut = Parts.of(features)
    features.clauses = []
    whole = Parts.of(features)
    told = [parts.common(rows, columns).telling[0, 0] for parts in (cut, whole)]
    assert told[0] > told[1]
    low, high = cut.told(number["en.s1"], [number["hr.s1"]])
    said = documents[0].text[low:high]
    assert "boiler" in said
    assert "governor" not in said


def test_sentences_of_which_many_tell_as_much_are_less_likely() -> None:
    rare = prepared(en="The ferry Neptun sank." + REST, hr="Potonuo je trajekt Neptun." + OSTALO)
    many = prepared(
        en="The ferry Neptun sank." + REST,
        hr="Potonuo je trajekt Neptun. Trajekt Neptun bio je star. Trajekt Neptun plovio je u Split. " * 3,
    )
    assert chance(rare, "en.s1", "hr.s1") > chance(many, "en.s1", "hr.s1")


def test_what_two_sentences_share_does_not_depend_on_the_side() -> None:
    documents = prepared(en="Nine men died in Travnik, when a mill burned." + REST, hr="Devetero je mrtvih." + OSTALO)
    features = read(documents, load(["en", "hr"], found=False))
    parts, en, hr = Parts.of(features), features.rows("en"), features.rows("hr")
    there, back = parts.common(en, hr), parts.common(hr, en)
    for one, other in ((there.mass, back.mass), (there.telling, back.telling), (there.figures, back.figures)):
        assert np.allclose(one, other.T)
    assert np.allclose(there.mass, features.shared(en)[:, hr], atol=1e-4)


def test_light_words_say_nothing() -> None:
    documents = prepared(en="He had to be there because of it." + REST, hr="Morao je biti tamo zbog toga." + OSTALO)
    assert chance(documents, "en.s1", "hr.s1") < 0.3


def test_dates_that_lie_far_apart_count_against() -> None:
    near = prepared(en="A fire broke out on 5 May 1961." + REST, hr="Požar je izbio u svibnju 1961." + OSTALO)
    far = prepared(en="A fire broke out on 5 May 1961." + REST, hr="Požar je izbio u svibnju 1987." + OSTALO)
    assert chance(near, "en.s1", "hr.s1") > chance(far, "en.s1", "hr.s1") + 0.2


def test_a_day_whose_year_is_not_known_is_the_same_day() -> None:
    same = prepared(en="The mill burned on 5 May." + REST, hr="Mlin je izgorio 5. svibnja 1961." + OSTALO)
    other = prepared(en="The mill burned on 5 May." + REST, hr="Mlin je izgorio 9. rujna 1961." + OSTALO)
    assert chance(same, "en.s1", "hr.s1") > chance(other, "en.s1", "hr.s1")


def test_near_figures_meet_and_far_ones_do_not() -> None:
    near, far = (
        prepared(
            en="Some 650 million viewers watched." + REST,
            hr=f"Gledalo je oko {figure} milijuna gledatelja." + OSTALO,
        )
        for figure in (600, 90)
    )
    assert chance(near, "en.s1", "hr.s1") > chance(far, "en.s1", "hr.s1")


def test_a_third_account_supports_two() -> None:
    one = "The ferry Neptun sank off Rijeka." + REST
    two = "Brod je potonuo." + OSTALO
    alone = prepared(en=one, hr=two)
    third = prepared(en=one, hr=two, de="Die Fähre Neptun, ein Schiff, sank vor Rijeka. Die Ernte war gut.")
    assert chance(third, "en.s1", "hr.s1") >= chance(alone, "en.s1", "hr.s1")


def test_a_date_stays_in_force_until_the_next() -> None:
    documents = prepared(en="It began on 5 May 1961. Nobody knew. On 7 May 1990 it ended. All knew.")
    features = read(documents, load(["en"]))
    line = Timeline.of(features, documents)
    assert line.force.tolist() == [1.0, 0.5, 1.0, 0.5]
    assert line.first[0] == line.first[1] != line.first[2] == line.first[3]


@pytest.mark.parametrize("text", ["", "x.", "...", "1 2 3.", "\u202e\u0000 \ufffd.", "① ² ½.", "1" * 5000])
def test_texts_with_nothing_in_them(text: str) -> None:
    documents = prepared(en=text, hr=text)
    features = read(documents, load(["en", "hr"], found=False))
    assert all(0 <= one <= 1 for one in chances(features, documents, [("en", "hr")]).pairs.values())


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(0.01, 1)), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_sentence_joins_by_a_chain(edges: list[tuple[int, int, float]]) -> None:
    owner = [f"d{number // 3}" for number in range(12)]
    pairs = {(min(a, b), max(a, b)): p for a, b, p in edges if owner[a] != owner[b]}
    known = Chances(Features(segments=[f"s{n}" for n in range(12)], owner=owner), pairs)
    threshold = 0.4
    found = clusters(known, threshold)
    covered = set()
    for cluster in found:
        for one, other in combinations(cluster, 2):
            if owner[one] != owner[other]:
                covered.add((one, other))
                assert known.get(one, other) >= threshold * EACH
        for one in cluster:
            across = [known.get(one, other) for other in cluster if owner[other] != owner[one]]
            assert across
            assert max(across) >= threshold * MEAN
    assert {pair for pair, one in pairs.items() if one >= threshold} <= covered


def test_accounts_of_one_sentence() -> None:
    told = "The ferry Neptun sank near Rijeka on 5 May 1961."
    documents = prepared(en=told, hr="Trajekt Neptun potonuo je kod Rijeke 5. svibnja 1961.")
    assert chance(documents, "en.s1", "hr.s1") > 0.05


def test_the_same_whichever_account_is_first() -> None:
    texts = {"en": "The ferry Neptun sank off Rijeka." + REST, "hr": "Trajekt Neptun potonuo je kod Rijeke." + OSTALO}
    there, back = prepared(**texts), prepared(**dict(reversed(texts.items())))
    assert np.isclose(chance(there, "en.s1", "hr.s1"), chance(back, "en.s1", "hr.s1"))
