"""Words that look alike: the same beginning, whatever the marks on the letters."""

from __future__ import annotations

import pytest

from hexapla.align.cognate import CROWD, cognates


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("revolution", "revoluție", True),
        ("winston", "winstonnak", True),
        ("expedition", "expédition", True),
        ("internet", "international", False),
        ("war", "warm", False),  # three letters alike
        ("1984", "1984", False),  # a figure is no word
        ("революция", "революції", True),
        ("house", "kuća", False),
    ],
)
def test_alike(left: str, right: str, alike: bool) -> None:
    assert list(cognates({1: left}, {2: right})) == ([(1, 2)] if alike else [])
    assert list(cognates({1: right}, {2: left})) == ([(1, 2)] if alike else [])


def test_a_common_beginning_says_nothing() -> None:
    many = {n: f"fore{chr(97 + n)}" for n in range(24)}
    assert len(many) ** 2 > CROWD
    assert list(cognates(many, many)) == []
