"""Stretches of two texts that translate one another: translations in parts, and accounts in one order that are none."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from hexapla.align.kind import Likeness, certainty
from hexapla.align.stretch import Stretches, best
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read
from tests.handmade import document
from tests.test_align_kind import EN, HR, stand

HERE = Path(__file__).parent
KINDS = HERE / "gold" / "kinds"


def text(folder: str, name: str) -> list[str]:
    return (KINDS / folder / f"{name}.txt").read_text("utf-8").splitlines()


def kin(left: tuple[str, list[str]], right: tuple[str, list[str]]) -> tuple[str, str]:
    sides = (document(name, language, said) for name, (language, said) in zip("ab", (left, right), strict=True))
    (found,) = stand(*sides).values()
    return found.kind, found.reason


@pytest.mark.parametrize("topic", ["bridge", "curie", "harbour", "krakatoa", "mill", "pole"])
def test_short_texts_of_one_topic(topic: str) -> None:
    held = sorted(path.stem for path in (KINDS / topic).glob("*.txt") if not path.stem.endswith(".hu"))
    for one, other in combinations(held, 2):
        (text_one, left), (text_other, right) = one.split("."), other.split(".")
        kind, reason = kin((left, text(topic, one)), (right, text(topic, other)))
        assert (kind == "translation") == (text_one == text_other), (one, other, reason)
        assert "in parts" not in reason


@pytest.mark.parametrize("folder", ["gold/titanic", "gold/edsa", "data/airship"])
def test_accounts_in_one_order_are_no_translations(folder: str) -> None:
    accounts = [segment(read(path, language=path.stem)) for path in sorted((HERE / folder).glob("*.txt"))]
    taken = [found.reason for found in stand(*accounts).values() if found.kind != "comparable"]
    assert len(taken) <= 2, taken  # of ten; those tell it nearly sentence by sentence


def test_a_translation_in_parts_is_one_and_says_so() -> None:
    english = [*text("krakatoa", "one.en"), *text("bridge", "one.en"), *text("harbour", "two.en")]
    croatian = [*text("krakatoa", "one.hr"), *text("pole", "two.hr"), *text("harbour", "two.hr")]
    kind, reason = kin(("en", english), ("hr", croatian))
    assert kind == "translation"
    assert reason.startswith("in parts: 6")
    whole = [*text("krakatoa", "one.hr"), *text("bridge", "one.hr"), *text("harbour", "two.hr")]
    assert "in parts" not in kin(("en", english), ("hr", whole))[1]


def test_too_small_a_part_is_an_account_that_quotes() -> None:
    english = [
        *text("curie", "one.en"),
        *text("bridge", "one.en"),
        *text("krakatoa", "one.en"),
        *text("mill", "one.en"),
    ]
    croatian = [
        *text("pole", "two.hr"),
        *text("harbour", "one.hr"),
        *text("curie", "two.hr"),
        *text("mill", "one.hr")[:6],
    ]
    kind, reason = kin(("en", english), ("hr", croatian))
    assert kind != "translation", reason


def test_the_same_sentences_in_another_order_are_none() -> None:
    english = text("mill", "one.en")
    croatian = text("mill", "one.hr")
    assert kin(("en", english), ("hr", [*croatian[9:], *croatian[:9]]))[0] == "comparable"


def test_how_sure_it_is() -> None:
    assert kin(("en", EN), ("hr", HR))[1].endswith("; certainty 0.99")
    counted = Likeness((0, 0), (0, 0), (0, 0), 0.0, 0.0, (5, 20), 0.12, stretches=Stretches((1.0, 1.0), -0.4))
    chances = {kind: certainty(kind, counted) for kind in ("translation", "comparable", "unrelated")}
    assert sum(chances.values()) == pytest.approx(1)
    assert all(0.2 < chance < 0.5 for chance in chances.values())


def test_stretches_begin_and_end_where_it_pays() -> None:
    said = [3.0] * 5 + [-4.0] * 9 + [3.0] * 6
    inside, worth = best(np.array(said))
    assert inside.tolist() == [True] * 5 + [False] * 9 + [True] * 6
    assert worth == 5 * 3.0 + 6 * 3.0 - 2 * 8.0
    assert best(np.array([3.0] * 5 + [-4.0] * 2 + [3.0] * 6))[0].all()
