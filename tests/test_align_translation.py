"""Translations of one text as groups: every sentence in one at most, whatever the order of the documents."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.align.align import align
from hexapla.align.bead import Bead, beads
from hexapla.align.group import Group, Kinship, Mode
from hexapla.align.kind import kinds
from hexapla.align.score import Features
from hexapla.align.translation import ALONE, LONGEST, Translations, Votes, translations
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from tests.handmade import document
from tests.test_align_kind import EN, HR

TL = [
    "Nagpulong ang konseho ng Zagreb noong Lunes para talakayin ang bagong tulay.",
    "Tatlong daang tao ang dumating sa pulong sa lumang paaralan.",
    "Sinabi ni Alkalde Ivan Kovač na 12 milyong euro ang halaga ng gawain.",
    "Tutol dito ang ilang magsasaka, dahil tatawid ang daan sa kanilang mga bukid.",
    "Humingi sila ng mas maraming pera at ng isang tunel.",
    "Ginawa ang botohan nang gabing-gabi na.",
    "Inaprubahan ang tulay sa botong 18 laban sa 7.",
    "Magsisimula ang pagtatayo sa Mayo 2021 at tatagal ng dalawang taon.",
]


def made(*documents: Document, mode: Mode = "translation") -> Translations:
    named, _, _ = annotate(documents, Authority())
    lexicon = load([one.language for one in named], found=False)
    features = Features.of(named, lexicon)
    return translations(named, kinds(named, features, mode), lexicon, features)


def held(groups: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(name for member in group.members for name in member.segments) for group in groups}


def test_two_translations_are_their_beads() -> None:
    left, right = document("en", "en", [*EN, "The cat sleeps."]), document("hr", "hr", [HR[0] + " " + HR[1], *HR[2:]])
    found = beads(left, right, load(["en", "hr"], found=False))
    wanted = [(b.left, b.right, b.score) for b in found if b.left and b.right]
    told = made(left, right)
    numbers = {part.id: n for side in (left, right) for n, part in enumerate(side.segments)}
    linked = [
        (*(tuple(numbers[name] for name in side.segments) for side in (link.left, link.right)), link.score)
        for link in told.links
    ]
    assert linked == wanted
    assert [group.score for group in told.groups] == [link.score for link in told.links]
    assert told.dropped[ALONE] == sum(len(b.left) + len(b.right) for b in found if not (b.left and b.right))


def test_three_translations_are_one_group_at_each_place() -> None:
    told = made(document("en", "en", EN), document("hr", "hr", HR), document("tl", "tl", TL))
    assert held(told.groups) >= {frozenset({f"en.s{n}", f"hr.s{n}", f"tl.s{n}"}) for n in (3, 7, 8)}
    places = [name for group in told.groups for member in group.members for name in member.segments]
    assert len(places) == len(set(places))
    assert all(group.relation == "translation" and group.method == "beads" and not group.about for group in told.groups)
    by_id = {group.id: group for group in told.groups}
    for link in told.links:
        assert {link.left, link.right} <= set(by_id[link.group].members)
        assert link.left.document < link.right.document
    shown = {e.value for group in told.groups for e in group.evidence if group.members[0].segments == ("en.s7",)}
    assert shown & {"18", "7"}


def test_the_order_of_the_documents_does_not_matter() -> None:
    three = [document("en", "en", EN[:6]), document("hr", "hr", HR), document("tl", "tl", TL[2:])]
    first, last = made(*three), made(*reversed(three))
    assert held(first.groups) == held(last.groups)
    assert {(link.id, link.score) for link in first.links} == {(link.id, link.score) for link in last.links}


def test_a_label_is_the_beginning_of_what_is_said_in_english() -> None:
    told = made(document("en", "en", EN), document("hr", "hr", HR))
    labels = [group.label for group in told.groups]
    assert all(any(said.startswith(label.removesuffix(" …")) for said in EN) for label in labels)
    assert max(map(len, labels)) <= LONGEST + 2


def test_an_event_that_only_translations_tell_is_no_group_of_accounts() -> None:
    told = made(document("en", "en", EN), document("hr", "hr", HR))
    found = align((document("en", "en", EN), document("hr", "hr", HR)), Authority(), translated=told)
    assert {group.relation for group in found.groups} == {"translation"}
    assert found.kinds == told.kinds
    assert dict(found.dropped).get(ALONE, 0) == told.dropped[ALONE]
    assert dict(found.signature.parts)["align"] == "beads"


def test_no_pair_of_translations_no_groups() -> None:
    told = made(document("en", "en", EN), document("hr", "hr", HR), mode="comparable")
    assert (told.groups, told.links) == ((), ())
    assert told.accounts() == {}


def votes(*found: tuple[str, str, list[Bead]], size: int = 3) -> Votes:
    """Votes over documents a, b, c … with *size* sentences each, in this order."""
    names = sorted({name for pair in found for name in pair[:2]})
    sides = {name: document(name, "en", [f"{name} {n}" for n in range(size)]) for name in names}
    return Votes.of([(sides[a], sides[b]) for a, b, _ in found], [list(told) for _, _, told in found])


def straight(size: int = 3, score: float = 0.9) -> list[Bead]:
    return [Bead((n,), (n,), score) for n in range(size)]


def test_two_agreeing_pairs_outvote_the_third() -> None:
    wrong = [Bead((0,), (0,), 0.6), Bead((1,), (1, 2), 0.6), Bead((2,), (), 0.6)]
    told = votes(("a", "b", straight()), ("b", "c", straight()), ("a", "c", wrong))
    assert sorted(told.grown()) == [((0, n), (1, n), (2, n)) for n in range(3)]
    assert told.agreed([(0, 1)], [(2, 1)]) < told.agreed([(0, 0)], [(2, 0)])
    assert told.agreed([(0, 2)], [(2, 2)]) == 0


def test_one_shared_sentence_does_not_chain() -> None:
    one = [Bead((0,), (0,), 0.9), Bead((1,), (), 0.9), Bead((2,), (1, 2), 0.9)]
    other = [Bead((0, 1), (0,), 0.9), Bead((2,), (1, 2), 0.9)]
    told = votes(("a", "b", straight()), ("b", "c", one), ("a", "c", other))
    assert max(len(cluster) for cluster in told.grown()) <= 5
    assert ((0, 0), (1, 0), (2, 0)) in [tuple(p for p in cluster if p[1] == 0) for cluster in told.grown()]


def cut(chosen: random.Random, size: int) -> list[Bead]:
    """Beads of two documents, one as good as any other."""
    told, left, right = [], 0, 0
    while left < size or right < size:
        n, m = chosen.randint(0, min(2, size - left)), chosen.randint(0, min(2, size - right))
        if n + m:
            score = chosen.randint(50, 100) / 100
            told.append(Bead(tuple(range(left, left + n)), tuple(range(right, right + m)), score))
        left, right = left + n, right + m
    return told


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000))
def test_clusters_part_the_sentences(seed: int) -> None:
    chosen = random.Random(seed)
    told = [(left, right, cut(chosen, 4)) for left, right in combinations("abcd", 2)]
    clusters = votes(*told, size=4).grown()
    places = [place for cluster in clusters for place in cluster]
    assert len(places) == len(set(places))
    assert all(len({document for document, _ in cluster}) > 1 for cluster in clusters)


def test_documents_that_translate_one_another_are_one_account() -> None:
    kin = [
        Kinship("b", "c", "translation", ""),
        Kinship("c", "d", "comparable", ""),
        Kinship("a", "c", "translation", ""),
    ]
    assert replace(Translations(), kinds=tuple(kin)).accounts() == {"a": "a", "b": "a", "c": "a"}
