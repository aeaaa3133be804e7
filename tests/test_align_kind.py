"""How documents stand to one another: translations in the same order, accounts in their own, texts with nothing shared."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from hexapla.align.group import Kinship
from hexapla.align.kind import Likeness, decided, kinds
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from tests.handmade import document

EN = [
    "The council of Zagreb met on Monday to discuss the new bridge.",
    "Three hundred people came to the meeting in the old school.",
    "Mayor Ivan Kovač said that the work would cost 12 million euros.",
    "Some farmers were against it, because the road would cut through their fields.",
    "They asked for more money and for a tunnel.",
    "A vote was taken late in the evening.",
    "The bridge was approved by 18 votes to 7.",
    "Construction should begin in May 2021 and last two years.",
]
HR = [
    "Zagrebačko vijeće sastalo se u ponedjeljak kako bi raspravilo o novom mostu.",
    "Na sastanak u staroj školi došlo je tristo ljudi.",
    "Gradonačelnik Ivan Kovač rekao je da će radovi stajati 12 milijuna eura.",
    "Neki su poljoprivrednici bili protiv jer bi cesta presjekla njihova polja.",
    "Tražili su više novca i tunel.",
    "Glasalo se kasno navečer.",
    "Most je odobren s 18 glasova prema 7.",
    "Gradnja bi trebala početi u svibnju 2021. i trajati dvije godine.",
]
OTHER_HR = [
    "Mačka spava na prozoru.",
    "Vjetar je hladan, a more mirno.",
    "Nitko danas ne peče kruh.",
    "Djeca crtaju konje i zvijezde.",
    "Stari ribar pjeva tiho.",
]
ACCOUNT = [
    "Ivan Kovač, gradonačelnik Zagreba, ima nove brige.",
    "U svibnju 2021. počinju radovi, a trebat će 12 milijuna eura.",
    "Na ulicama se o tome ne govori.",
    "Seljaci i dalje traže tunel.",
]


def stand(*documents: Document) -> dict[tuple[str, str], Kinship]:
    named, _, _ = annotate(documents, Authority())
    features = Features.of(named, load([one.language for one in named], found=False))
    return {(kin.left, kin.right): kin for kin in kinds(named, features)}


def kind(left: list[str], right: list[str]) -> str:
    return stand(document("en", "en", left), document("hr", "hr", right))["en", "hr"].kind


def test_the_same_in_the_same_order_is_a_translation() -> None:
    assert kind(EN, HR) == "translation"


def test_a_long_part_of_one_side_does_no_harm() -> None:
    assert kind([*EN, *["The cat sleeps on the roof.", "No bread is baked today."] * 4], HR) == "translation"
    assert kind(EN, [*OTHER_HR, *HR]) == "translation"


@pytest.mark.parametrize("seed", range(5))
def test_the_same_in_another_order_is_none(seed: int) -> None:
    mixed = list(range(len(HR)))
    while sum(b > a for a, b in pairwise(mixed)) > 4:
        random.Random(seed).shuffle(mixed)
        seed += 100
    assert kind(EN, [HR[n] for n in mixed]) == "comparable"


def test_another_account_is_comparable() -> None:
    assert kind(EN, ACCOUNT) == "comparable"


def test_texts_on_other_things_are_unrelated() -> None:
    assert kind(EN, OTHER_HR) == "unrelated"
    assert kind(EN, []) == "unrelated"


def test_all_in_one_corpus_whatever_the_order() -> None:
    held = [
        document("a", "en", EN),
        document("b", "hr", HR),
        document("c", "hr", ACCOUNT),
        document("d", "hr", OTHER_HR),
    ]
    found = stand(*held)
    assert found == stand(*reversed(held))
    told = {pair: kin.kind for pair, kin in found.items()}
    assert told["a", "b"] == "translation"
    assert told["a", "c"] == told["b", "c"] == "comparable"
    assert {told[pair] for pair in told if "d" in pair} == {"unrelated"}


def test_every_decision_has_a_reason() -> None:
    found = stand(document("a", "en", EN), document("b", "hr", HR), document("c", "hr", OTHER_HR))
    assert "in even steps" in found["a", "b"].reason
    assert "names, dates and figures shared" in found["a", "c"].reason


def test_what_a_user_says_is_believed() -> None:
    pair = (document("a", "en", EN), document("b", "hr", OTHER_HR))
    features = Features.of(pair, load(["en", "hr"], found=False))
    assert [kin.kind for kin in kinds(pair, features, "translation")] == ["translation"]
    assert [kin.reason for kin in kinds(pair, features, "comparable")] == ["--mode comparable"]


FAR = Likeness((0, 0), (0, 0), (0, 0), 0.0, 0.0, (0, 20), 0.05)
CLOSE = Likeness((0, 0), (0, 0), (0, 0), 0.0, 0.0, (12, 20), 0.25)
UNSURE = Likeness((0, 0), (0, 0), (0, 0), 0.0, 0.0, (1, 20), 0.22)
SAME = Likeness((31, 31), (30, 30), (20, 22), 8.0, 0.9, (18, 20), 0.4)


def test_a_third_document_helps_where_two_alone_are_unsure() -> None:
    alone = decided({("a", "b"): CLOSE, ("a", "c"): UNSURE, ("b", "c"): FAR})
    assert [kin.kind for kin in alone] == ["comparable", "unrelated", "unrelated"]
    helped = decided({("a", "b"): CLOSE, ("a", "c"): UNSURE, ("b", "c"): CLOSE})
    assert [kin.kind for kin in helped] == ["comparable", "comparable", "comparable"]
    assert "b" in helped[1].reason
    far = decided({("a", "b"): CLOSE, ("a", "c"): FAR, ("b", "c"): CLOSE})
    assert far[1].kind == "unrelated"


def test_short_accounts_in_the_same_order_are_no_translations() -> None:
    alike = Likeness((8, 8), (7, 7), (8, 10), 1.0, 0.8, (12, 20), 0.4)
    told = [decided({("a", "b"): replace(alike, size=size)})[0].kind for size in (8, 17)]
    assert told == ["translation", "comparable"]


def test_a_listed_event_that_both_tell_makes_them_comparable() -> None:
    told = Likeness((0, 0), (0, 0), (0, 0), 0.0, 0.0, (0, 20), 0.05, events=1)
    (found,) = decided({("a", "b"): told})
    assert found.kind == "comparable"
    assert "1 listed event" in found.reason
