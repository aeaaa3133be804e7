"""Words that sound like one among many: as when each two are compared."""

from __future__ import annotations

import pytest

from hexapla.corpus.echo import Echoes
from hexapla.corpus.sound import likeness

CASED = ["dolenko", "dolenka", "karvena", "vostrel", "chavez", "chávez", "io", "ea", "sin", "jaime", "gagarin", "xu"]
UNCASED = ["دولينكو", "كارفينا", "سين", "خايمي", "غاغارين", "تشافيز", "في", "ا", "2"]


@pytest.mark.parametrize("least", [0.6, 0.72, 0.84])
@pytest.mark.parametrize("word", [*UNCASED, *CASED])
def test_none_that_sounds_like_a_word_is_left_out(word: str, least: float) -> None:
    found = Echoes(CASED).near(word, least)
    assert found == [other for other in CASED if likeness(word, other) >= least]


def test_nothing_sounds_like_a_word_among_none() -> None:
    assert Echoes([]).near("gagarin", 0.0) == []
