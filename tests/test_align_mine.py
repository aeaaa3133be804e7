"""Mining: what is found in unordered lines, what is not, and that neither order nor side matters."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest

from hexapla.align.belief import lengths, likely, standing
from hexapla.align.letters import alike
from hexapla.align.mine import Mined, measured, mine
from hexapla.corpus.document import Document, Segment, Source
from hexapla.corpus.lexicon import Lexicon, load

SHARED = os.environ.get("HEXAPLA_SHARED")

TRUE = [
    ("The council met on Monday to discuss the new bridge.", "Vijeće se sastalo u ponedjeljak kako bi raspravilo o novom mostu."),
    ("The mayor said that the work would cost 12 million euros.", "Gradonačelnik je rekao da će radovi stajati 12 milijuna eura."),
    ("The bridge was approved by 18 votes to 7.", "Most je odobren s 18 glasova prema 7."),
    ("Novak Djokovic won the match in Wimbledon in five sets.", "Novak Đoković pobijedio je u Wimbledonu u pet setova."),
    ("The earthquake destroyed two hundred houses in Petrinja.", "Potres je u Petrinji uništio dvjesto kuća."),
    ("Farmers in Slavonia fear another dry summer.", "Poljoprivrednici u Slavoniji boje se još jednog suhog ljeta."),
]  # fmt: skip
EN = [
    "She bought a red dress for the wedding of her sister.",
    "The hospital will open a new department for children.",
    "Police arrested three men after the robbery of a bank in Dublin.",
    "The orchestra played Mozart until midnight.",
    "His dog barked at the postman every morning.",
    "A ship with refugees sank off the coast of Libya.",
]
HR = [
    "Znanstvenici su otkrili novi planet izvan Sunčeva sustava.",
    "Cijene kruha rastu već treći mjesec zaredom.",
    "Pjevačica je otkazala koncert u Beogradu zbog bolesti.",
    "Student je izgubio ključeve u knjižnici.",
    "Na Velebitu je pao prvi snijeg.",
    "Vlada razmatra nižu stopu poreza na hranu.",
]


def document(name: str, language: str, lines: list[str]) -> list[Document]:
    text, segments = "", []
    for number, line in enumerate(lines, start=1):
        segments.append(Segment(f"{name}.s{number}", "s", len(text), len(text) + len(line), number))
        text += line + "\n"
    return [Document(name, language, text, Source(f"{name}.txt", "", len(text)), tuple(segments))]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(["en", "hr"], found=False)


def lines(seed: int = 1) -> tuple[list[str], list[str]]:
    """Both sides, shuffled."""
    left, right = [a for a, _ in TRUE] + EN, [b for _, b in TRUE] + HR
    dice = random.Random(seed)
    dice.shuffle(left)
    dice.shuffle(right)
    return left, right


def found(left: list[str], right: list[str], lexicon: Lexicon) -> Mined:
    return mine(document("en", "en", left), document("hr", "hr", right), lexicon)


def texts(result: Mined) -> set[tuple[str, str]]:
    return {(pair.left_text, pair.right_text) for pair in result.pairs}


def test_true_pairs_are_found_and_no_others(lexicon: Lexicon) -> None:
    result = found(*lines(), lexicon)
    assert texts(result) <= set(TRUE)
    assert len(result.pairs) >= 5


def test_numbers_and_ids_are_those_of_the_lines(lexicon: Lexicon) -> None:
    left, right = lines()
    for pair in found(left, right, lexicon).pairs:
        assert left[pair.left] == pair.left_text
        assert right[pair.right] == pair.right_text
        assert (pair.left_id, pair.right_id) == (f"en.s{pair.left + 1}", f"hr.s{pair.right + 1}")


def test_order_does_not_matter(lexicon: Lexicon) -> None:
    one, other = (found(*lines(seed), lexicon) for seed in (1, 2))
    assert texts(one) == texts(other)
    assert sorted(pair.score for pair in one.pairs) == pytest.approx(
        sorted(pair.score for pair in other.pairs), abs=1e-3
    )


def test_the_same_pairs_whichever_side_is_first(lexicon: Lexicon) -> None:
    left, right = lines()
    there = found(left, right, lexicon)
    back = mine(document("hr", "hr", right), document("en", "en", left), lexicon)
    assert {(p.left, p.right) for p in there.pairs} == {(p.right, p.left) for p in back.pairs}


def test_unrelated_lines_give_nothing(lexicon: Lexicon) -> None:
    assert found(EN, HR, lexicon).pairs == ()


def test_a_repeated_line_is_mined_once_and_counted(lexicon: Lexicon) -> None:
    left, right = lines()
    once, twice = found(left, right, lexicon), found(left + left, right, lexicon)
    assert texts(once) == texts(twice)
    assert max(pair.left for pair in twice.pairs) < len(left)
    assert dict(twice.dropped)["line that its side said before"] == len(left)


def test_what_is_dropped_and_kept_adds_up(lexicon: Lexicon) -> None:
    result = found(*lines(), lexicon)
    counts, dropped = dict(result.counts), dict(result.dropped)
    assert counts["candidates"] - dropped["candidate that is not the best of both lines"] == counts["mutual best"]
    assert counts["mutual best"] - dropped.get("mutual best less likely than not", 0) == counts["kept"]
    assert counts["kept"] == len(result.pairs)


def test_evidence_shows_the_words_that_meet(lexicon: Lexicon) -> None:
    by_text = {pair.left_text: pair for pair in found(*lines(), lexicon).pairs}
    votes = by_text["The bridge was approved by 18 votes to 7."].evidence
    assert {("number", "18", "18", "18"), ("number", "7", "7", "7")} <= {
        (e.kind, e.value, e.left, e.right) for e in votes
    }
    assert ("votes", "glasova") in {(e.left, e.right) for e in votes}
    assert [e.weight for e in votes] == sorted((e.weight for e in votes), reverse=True)
    tennis = by_text["Novak Djokovic won the match in Wimbledon in five sets."].evidence
    assert ("Djokovic", "Đoković") in {(e.left, e.right) for e in tennis}


def test_boilerplate_is_counted_but_never_paired(lexicon: Lexicon) -> None:
    left, right = lines()
    (read,) = document("en", "en", left)
    boiler = read.having(
        segments=tuple(Segment(s.id, "x", s.start, s.end, s.paragraph) for s in read.segments[:6]) + read.segments[6:]
    )
    result = mine([boiler], document("hr", "hr", right), lexicon)
    assert result.pairs
    assert dict(result.dropped)["boilerplate"] == 6
    assert dict(result.counts)["lines, left"] == len(left)
    assert all(pair.left >= 6 and left[pair.left] == pair.left_text for pair in result.pairs)


@pytest.mark.parametrize("right", [[], ["..."], ["!", "?"]])
def test_a_side_without_words_gives_nothing(right: list[str], lexicon: Lexicon) -> None:
    assert found(EN, right, lexicon).pairs == ()


def invented(number: int, side: int) -> str:
    """A word of an invented language; the two languages have nothing in common."""
    dice = random.Random(2 * number + side)
    return "".join(dice.choice("bdgklmnprst") + dice.choice("aeiou") for _ in range(4))


def untaught(seed: int = 1) -> tuple[list[str], list[str], set[tuple[int, int]]]:
    """Lines in two languages that no lexicon knows; two thirds of the true pairs share names."""
    dice = random.Random(seed)
    left, right = [], []
    for number in range(160):
        said = dice.sample(range(80), 8)
        names = [invented(1000 + n, 0).capitalize() for n in (3 * number, 3 * number + 1)] if number % 3 else []
        left.append(" ".join([*(invented(n, 0) for n in said), *names]))
        right.append(" ".join([*(invented(n, 1) for n in reversed(said)), *names]))
    places = list(range(160))
    dice.shuffle(places)
    return left, [right[n] for n in places], {(n, place) for place, n in enumerate(places)}


def test_sure_pairs_teach_the_words_of_a_language_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right, gold = untaught()
    sides = (document("hu", "hu", left), document("ro", "ro", right))
    lexicon = load(["hu", "ro"], found=False)
    result = mine(*sides, lexicon)
    assert {(pair.left, pair.right) for pair in result.pairs} <= gold
    assert len(result.pairs) > 150
    assert "learned:" in str(result.signature)
    assert any(e.kind == "concept" and e.value.startswith("learned:") for pair in result.pairs for e in pair.evidence)
    monkeypatch.setattr("hexapla.align.mine.ENOUGH", 1000)
    assert len(mine(*sides, lexicon).pairs) < 120


def test_words_that_are_known_are_not_learned(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexapla.align.mine.ENOUGH", 1)
    assert "learned" not in str(found(*lines(), lexicon).signature)


def test_one_language_meets_itself() -> None:
    left, right = [a for a, _ in TRUE], ["In Petrinja two hundred houses were destroyed by the earthquake.", *EN]
    result = mine(document("a", "en", left), document("b", "en", right), load(["en"], found=False))
    assert texts(result) == {(left[4], right[0])}


def test_scripts_meet_by_sound() -> None:
    edges = alike(["djokovic", "clinton", "bread"], ["كلينتون", "خبز", "ديوكوفيتش"])
    listed = dict(zip(*(side.tolist() for side in edges.listed()[:2]), strict=True))
    assert listed == {0: 2, 1: 0}


def test_a_collection_without_true_pairs_lowers_belief() -> None:
    clear, weak = np.array([[0.9, 1.5, 0.0, 0.0, 4.0]] * 20), np.array([[0.05, -0.3, 0.3, 0.0, 2.0]] * 200)
    alone = likely(weak)
    beside = likely(np.concatenate([clear, weak]))[20:]
    assert alone.max() < beside.max() < 0.5
    assert likely(clear).min() > 0.9


def test_other_lengths_and_figures_lower_belief() -> None:
    told = likely(np.array([[0.5, 1, 0, 0, 3], [0.5, 1, 0.5, 0, 3], [0.5, 1, 0, 2, 3]]))
    assert told[0] > max(told[1], told[2])


def test_the_usual_ratio_of_lengths_is_learned() -> None:
    left, right = ["a" * n for n in range(40, 60)], ["b" * (2 * n + 1) for n in range(40, 60)]
    assert lengths(left, right, ["x y"] * 20, np.ones(20)).max() < 0.01
    assert lengths(left[:5], right[:5], ["x y"] * 5, np.ones(5)).min() > 0.6  # too few to know


def test_standing_counts_what_is_not_listed_as_nothing() -> None:
    mean, other = standing(np.array([0, 0, 1]), np.array([0.8, 0.4, 0.5]), 4)
    assert mean.tolist() == pytest.approx([0.3, 0.3, 0.125])
    assert other.tolist() == [0.4, 0.8, 0.0]


@pytest.mark.skipif(not SHARED, reason="needs HEXAPLA_SHARED, the folder that holds bench/mine")
@pytest.mark.parametrize(("pair", "least"), [("en-hr", 0.88), ("hr-ar", 0.75)])
def test_the_benchmark_is_mined(pair: str, least: float) -> None:
    folder = Path(SHARED or "") / "bench" / "mine" / f"{pair}_500"
    left, right = ((folder / name).read_text("utf-8").removesuffix("\n").split("\n") for name in ("src", "tgt"))
    gold = {tuple(map(int, row.split()[:2])) for row in (folder / "gold").read_text("utf-8").splitlines()}
    one, other = pair.split("-")
    sides = (document(one, one, left), document(other, other, right))
    told = measured(*sides, load([one, other], found=False)).to_pylist()
    kept = {(row["source"], row["target"]) for row in told if row["likely"] >= 0.5}
    assert 2 * len(kept & gold) / (len(kept) + len(gold)) >= least
