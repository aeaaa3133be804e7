"""Families, light concepts and compounds: what brings accounts together beside translation."""

from __future__ import annotations

import csv

import pytest

from hexapla.corpus.compound import parts
from hexapla.corpus.family import HOME, families, light
from hexapla.corpus.lexicon import OWN, load
from hexapla.corpus.stem import stems

KNOWN = {
    row["id"]
    for path in OWN.glob("core-*.tsv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
}


@pytest.mark.parametrize("name", ["families.txt", "light.txt"])
def test_lists_name_concepts_that_there_are(name: str) -> None:
    lines = (HOME / name).read_text(encoding="utf-8").splitlines()
    listed = [concept for line in lines if not line.startswith("#") for concept in line.split()]
    assert listed
    assert [concept for concept in listed if concept not in KNOWN and not concept.startswith("territory.")] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("explode.verb", "explosion.noun"),
        ("die.verb", "death.noun"),
        ("elect.verb", "vote.noun"),
        ("american.adj", "territory.US"),
        ("muslim.adj", "islam.noun"),
    ],
)
def test_concepts_of_one_family(one: str, other: str) -> None:
    assert set(families(one)) & set(families(other))


@pytest.mark.parametrize(("one", "other"), [("explode.verb", "death.noun"), ("american.adj", "territory.GB")])
def test_concepts_of_two_families(one: str, other: str) -> None:
    assert not set(families(one)) & set(families(other))


@pytest.mark.parametrize("concept", ["have.verb", "because.conj", "with.prep", "other.adj"])
def test_light_words(concept: str) -> None:
    assert concept in KNOWN
    assert light(concept)


@pytest.mark.parametrize("concept", ["explode.verb", "soldier.noun", "territory.IQ", "currency.USD", "en:because"])
def test_words_that_tell_something(concept: str) -> None:
    assert not light(concept)


GERMAN = load(["de", "en"], found=False)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("mondoberfläche", ("mond", "oberfläche")),
        ("regierungskrise", ("regierung", "krise")),
        ("gesamtkosten", ("gesamt", "kosten")),
        ("krankenhaus", ()),
        ("haus", ()),
        ("xyzxyzxyz", ()),
    ],
)
def test_compounds(form: str, expected: tuple[str, ...]) -> None:
    known = bool(GERMAN.meanings(form, "de"))
    assert (() if known else parts(form, "de", lambda part: bool(GERMAN.meanings(part, "de")))) == expected


def test_other_languages_write_no_compounds() -> None:
    assert parts("sunflower", "en", lambda _: True) == ()


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("boycott", "boycotted")),
        ("en", ("stop", "stopped")),
        ("hr", ("mrtav", "mrtvi")),
        ("hr", ("povratak", "povratka")),
    ],
)
def test_one_stem(language: str, forms: tuple[str, str]) -> None:
    assert stems(forms[0], language)[0] == stems(forms[1], language)[0]
