"""What third accounts say of pairs, all at once: as when each pair is asked by itself."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from hexapla.align.third import thirds

LEAST = 0.05


def told(one: int, other: int, chances: dict[tuple[int, int], float], owner: str) -> list[float]:
    """The best product of each third document, in the order of their names."""
    best: dict[str, float] = {}
    for third, document in enumerate(owner):
        with_one, with_other = (chances.get((min(n, third), max(n, third)), 0.0) for n in (one, other))
        if with_one >= LEAST and with_other >= LEAST:
            best[document] = max(best.get(document, 0.0), with_one * with_other)
    return [best[document] for document in sorted(best)]


@pytest.mark.parametrize("rank", [0, 1, 2, 5])
def test_third_accounts_say_the_same_of_all_pairs_at_once(rank: int) -> None:
    chosen = random.Random(rank)
    owner = "bbbaaaccccdddde"
    pairs = [(a, b) for a, b in combinations(range(len(owner)), 2) if owner[a] != owner[b]]
    chances = {pair: chosen.random() ** 3 for pair in chosen.sample(pairs, 60)}
    best, total = thirds(chances, owner, LEAST, rank)
    for number, (one, other) in enumerate(chances):
        said = told(one, other, chances, owner)
        assert total[number] == sum(said)
        assert best[number] == (sorted(said, reverse=True)[rank - 1] if 0 < rank <= len(said) else 0.0)


def test_two_accounts_have_no_third() -> None:
    best, total = thirds({(0, 1): 0.9}, "ab", LEAST, 0)
    assert (best.tolist(), total.tolist()) == ([0.0], [0.0])
    assert thirds({}, "", LEAST, 1)[0].tolist() == []
