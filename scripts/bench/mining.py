"""How well pairs are mined from unordered collections, and at what cost.

    python scripts/bench/mining.py --shared DIR [--fit] [--growth]  > tables in Markdown

    bench/mine/<a>-<b>_500/{src,tgt,gold}    500 lines a side, one in five has a counterpart

The tool's own threshold is used; beside it stands the F1 of the best threshold, which only those can choose who know
the answer. Collections without any true pair are made of the documents of `bench/text`, one half in one language and
the other half in the other. Only what the project embeds is used, and once more FreeDict where the machine has it.
`--fit` fits the model of `hexapla.align.belief` to collections made of `bench/text` and of the 1:1 beads of
`bench/align/textberg-*`, at several sizes, small ones included, and shares of true pairs, with our lexicon and without;
and again without one pair of languages, which is then mined. `--growth` mines generated lines.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from hexapla.align.belief import EXPECTED, MEASURES, Model, likely
from hexapla.align.mine import THRESHOLD, measured, mine
from hexapla.corpus import lexicon as lexicons
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Lexicon, load
from hexapla.scripts.bench.lines import document

PAIRS = (("en", "hr"), ("en", "ar"), ("en", "tl"), ("hr", "ar"), ("hr", "tl"))
MORE = (*PAIRS, ("ar", "tl"))
POOR = (("en", "hr"), ("en", "tl"), ("hr", "ar"))
"""Pairs that the model also sees without our glossary."""

SHAPES = ((450, 0.0), (60, 0.3), (450, 0.05), (200, 0.2), (450, 0.5), (900, 1.0))
"""Lines a side, and the share of them that has a counterpart, of the collections that the model is fitted to."""

SMALL = tuple((size, share, seed) for size in (8, 15, 30) for share in (0.0, 0.4) for seed in range(10, 16))
"""The same of small collections, each with another seed."""

SIZES = (1_000, 10_000, 100_000)

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """Two lists of lines, and which say the same."""

    name: str
    languages: tuple[str, str]
    left: tuple[str, ...]
    right: tuple[str, ...]
    gold: frozenset[Link]

    def documents(self) -> tuple[list[Document], list[Document]]:
        """Return either side as a document with a sentence each."""
        one, other = self.languages
        return [document("a", one, self.left)], [document("b", other, self.right)]


def benchmark(shared: Path) -> Iterator[Collection]:
    """Yield the collections of the benchmark."""
    for one, other in PAIRS:
        folder = shared / "bench" / "mine" / f"{one}-{other}_500"
        left, right = (
            tuple((folder / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")) for name in ("src", "tgt")
        )
        rows = (line.split() for line in (folder / "gold").read_text(encoding="utf-8").splitlines())
        gold = frozenset((int(row[0]), int(row[1])) for row in rows)
        yield Collection(f"{one}-{other}", (one, other), left, right, gold)


def translated(shared: Path, one: str, other: str) -> list[tuple[str, str, str]]:
    """Return document, line and translation of the documents of `bench/text` with as many lines in both languages."""
    held = []
    for language in (one, other):
        rows = map(json.loads, (shared / "bench" / "text" / f"{language}.jsonl").read_text("utf-8").splitlines())
        held.append({row["doc"]: row["sentences"] for row in rows})
    both = [(name, held[0][name], held[1].get(name, ())) for name in held[0]]
    return [
        (name, a, b) for name, left, right in both if len(left) == len(right) for a, b in zip(left, right, strict=True)
    ]


def yearbooks(shared: Path) -> list[tuple[str, str, str]]:
    """Return document, line and translation of the 1:1 beads of the Alpine yearbooks in German and French."""
    found = []
    for folder in sorted((shared / "bench" / "align").glob("textberg-*")):
        left, right = ((folder / name).read_text(encoding="utf-8").split("\n") for name in ("src", "tgt"))
        for line in (folder / "gold").read_text(encoding="utf-8").splitlines():
            one, other = (part.strip("[] ").split(",") for part in line.split(":")[:2])
            if len(one) == len(other) == 1 and one[0].strip() and other[0].strip():
                found.append((folder.name, left[int(one[0])], right[int(other[0])]))
    return found


def shuffled(
    name: str, languages: tuple[str, str], rows: Sequence[tuple[str, str, str]], size: int, share: float, seed: int
) -> Collection:
    """Return a collection of *size* lines a side, or as many as there are, a *share* of which has its counterpart."""
    dice = random.Random(seed)
    listed = list(rows)
    dice.shuffle(listed)
    true = int(size * share)
    rest = size - true
    if true + 2 * rest > len(listed):
        true = int(true * len(listed) / (true + 2 * rest))
        rest = (len(listed) - true) // 2
    sides = [
        [*range(true), *range(true, true + rest)],
        [*range(true), *range(true + rest, true + 2 * rest)],
    ]
    for side in sides:
        dice.shuffle(side)
    places = [{row: place for place, row in enumerate(side)} for side in sides]
    return Collection(
        f"{name} {size} {share:g}",
        languages,
        tuple(listed[row][1] for row in sides[0]),
        tuple(listed[row][2] for row in sides[1]),
        frozenset((places[0][row], places[1][row]) for row in range(true)),
    )


def unrelated(shared: Path) -> Iterator[Collection]:
    """Yield collections without a true pair: one half of the documents in one language, the other in the other."""
    for one, other in MORE:
        rows = translated(shared, one, other)
        names = sorted({name for name, _, _ in rows})
        first = set(names[::2])
        left = tuple(a for name, a, _ in rows if name in first)
        right = tuple(b for name, _, b in rows if name not in first)
        yield Collection(f"{one}-{other}", (one, other), left, right, frozenset())


# --- quality


@dataclass(frozen=True, slots=True)
class Told:
    """What was mined: links with their scores, the mutual best ones that were not kept included."""

    links: tuple[Link, ...]
    scores: Any
    gold: frozenset[Link]

    def f1(self, threshold: float = THRESHOLD) -> tuple[float, float, float]:
        """Return precision, recall and F1 at *threshold*."""
        kept = [link for link, score in zip(self.links, self.scores, strict=True) if score >= threshold]
        right = sum(link in self.gold for link in kept)
        precision, recall = right / max(1, len(kept)), right / max(1, len(self.gold))
        return precision, recall, 2 * right / max(1, len(kept) + len(self.gold))

    def best(self) -> float:
        """Return the F1 of the best threshold."""
        right, found = 0, 0.0
        ranked = sorted(zip(-np.asarray(self.scores), self.links, strict=True))
        for count, (_, link) in enumerate(ranked, start=1):
            right += link in self.gold
            found = max(found, 2 * right / (count + len(self.gold)))
        return found


def told(collection: Collection, lexicon: Lexicon, model: Model | None = None) -> Told:
    """Return what is mined in *collection*."""
    links, measures = measures_of(collection, lexicon)
    return Told(links, likely(measures, model) if model else likely(measures), collection.gold)


def measures_of(collection: Collection, lexicon: Lexicon) -> tuple[tuple[Link, ...], Any]:
    """Return the mutual best pairs of *collection* and their measures."""
    table = measured(*collection.documents(), lexicon)
    links = tuple(zip(table["source"].to_pylist(), table["target"].to_pylist(), strict=True))
    return links, np.stack([table[name].to_numpy() for name in MEASURES], axis=1)


def quality(shared: Path, found: bool) -> Iterator[Sequence[str]]:
    """Yield a row for each collection of the benchmark; *found* lexicons are used, too, where there are any."""
    for collection in benchmark(shared):
        lexicon = load(collection.languages, found=found)
        start = time.process_time()
        result = told(collection, lexicon)
        spent = time.process_time() - start
        if found and not any(name.startswith("freedict") for name in lexicon.sources):
            continue
        yield (collection.name, *(f"{value:.3f}" for value in (*result.f1(), result.best())), f"{spent:.1f} s")


def nothing(shared: Path) -> Iterator[Sequence[str]]:
    """Yield a row for each collection without true pairs: what is kept, and what would be at other thresholds."""
    for collection in unrelated(shared):
        result = told(collection, load(collection.languages, found=False))
        counts = [int((result.scores >= least).sum()) for least in (THRESHOLD, 0.9)]
        yield (collection.name, f"{len(collection.left)} + {len(collection.right)}", *map(str, counts))


# --- fitting


@dataclass(frozen=True, slots=True)
class Lesson:
    """The measures of a collection, and which of its mutual best pairs are true."""

    name: str
    languages: tuple[str, str]
    measures: Any
    true: Any


def lessons(shared: Path) -> Iterator[Lesson]:
    """Yield what the model is fitted to."""
    for pair in MORE:
        rows = translated(shared, *pair)
        lexicon = load(pair, found=False)
        for size, share in SHAPES:
            yield _lesson(shuffled("news", pair, rows, size, share, 5), lexicon)
        for size, share, seed in SMALL:
            yield _lesson(shuffled("news", pair, rows, size, share, seed), lexicon)
        for size, share in ((450, 0.0), (450, 0.2), (900, 1.0)) if pair in POOR else ():
            yield _lesson(shuffled("news, no glossary", pair, rows, size, share, 6), Lexicon.of(lexicons.cldr(pair)))
    rows = yearbooks(shared)
    lexicon = load(("de", "fr"), found=False)
    for size, share in SHAPES:
        yield _lesson(shuffled("yearbooks", ("de", "fr"), rows, size, share, 5), lexicon)
    for size, share, seed in SMALL:
        yield _lesson(shuffled("yearbooks", ("de", "fr"), rows, size, share, seed), lexicon)


def _lesson(collection: Collection, lexicon: Lexicon) -> Lesson:
    links, measures = measures_of(collection, lexicon)
    return Lesson(
        collection.name, collection.languages, measures, np.array([link in collection.gold for link in links])
    )


def fitted(held: Sequence[Lesson], rounds: int = 60) -> Model:
    """Return the logistic regression of *held* (Newton's method, ridge 1): true and false pairs weigh alike together.

    A collection weighs as the root of its pairs.
    """
    measures = np.concatenate([one.measures for one in held])
    true = np.concatenate([one.true for one in held]).astype(float)
    weight = np.concatenate([np.full(len(one.true), (len(one.true) + 1) ** -0.5) for one in held])
    for kind in (true > 0, true == 0):
        weight[kind] *= len(true) / 2 / weight[kind].sum()
    mean, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-9
    columns = np.c_[(measures - mean) / spread, np.ones(len(true))]
    ridge = np.diag([*[1.0] * len(mean), 1e-6])
    found = np.zeros(columns.shape[1])
    for _ in range(rounds):
        told_now = 1 / (1 + np.exp(-columns @ found))
        slope = (columns * (weight * told_now * (1 - told_now))[:, None]).T @ columns + ridge
        found -= np.linalg.solve(slope, columns.T @ (weight * (told_now - true)) + ridge @ found)
    weights = found[:-1] / spread
    return Model(tuple(float(w) for w in weights), float(found[-1] - weights @ mean))


def left_out(shared: Path, held: Sequence[Lesson]) -> Iterator[Sequence[str]]:
    """Yield a row for each collection of the benchmark, mined by a model that has not seen its pair of languages."""
    for collection in benchmark(shared):
        model = fitted([one for one in held if one.languages != collection.languages])
        result = told(collection, load(collection.languages, found=False), model)
        yield (collection.name, *(f"{value:.3f}" for value in (*result.f1(), result.best())))
    news = fitted([one for one in held if one.languages != ("de", "fr")])
    for size, share in SHAPES[2:]:
        collection = shuffled("de-fr yearbooks", ("de", "fr"), yearbooks(shared), size, share, 7)
        result = told(collection, load(("de", "fr"), found=False), news)
        yield (collection.name, *(f"{value:.3f}" for value in (*result.f1(), result.best())))


# --- growth


def growth() -> Iterator[Sequence[str]]:
    """Yield a row for each size, each measured in a process of its own."""
    for size in SIZES:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(cost, size).result()


def cost(size: int) -> Sequence[str]:
    """Return lines a side, pairs kept, precision, recall, CPU seconds in all and ms a line, and the peak in MB."""
    lexicon = load(("en", "hr"), found=False)
    collection = generated(size)
    sides = collection.documents()
    start = time.process_time()
    found = mine(*sides, lexicon)
    spent = time.process_time() - start
    right = sum((pair.left, pair.right) in collection.gold for pair in found.pairs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{size:,}",
        f"{len(found.pairs):,}",
        f"{right / max(1, len(found.pairs)):.3f}",
        f"{right / len(collection.gold):.3f}",
        f"{spent:.1f}",
        f"{1000 * spent / (2 * size):.2f}",
        f"{peak:.0f}",
    )


def generated(size: int, seed: int = 1) -> Collection:
    """Return *size* generated lines a side, English and Croatian words of our glossary and invented names.

    Words are as frequent as Zipf's law has it. A line has 8 to 24; one in five has a counterpart, of which a quarter
    of the words are left out and as many others are put in. Of the names there are as many as lines, each on average in
    two; they are written differently on either side.
    """
    dice = np.random.default_rng(seed)
    words = _words()
    share = 1 / np.arange(1, len(words) + 1)
    share /= share.sum()
    true = size // 5
    lines: tuple[list[str], list[str]] = ([], [])
    for number in range(2 * size - true):
        said = dice.choice(len(words), int(dice.integers(8, 25)), p=share)
        names = dice.integers(0, size, int(dice.integers(0, 4)))
        sides = (0, 1) if number < true else ((number - true) % 2,)
        for side in sides:
            told_here = [word for word in said if len(sides) == 1 or side == 0 or dice.random() > 0.25]
            other = dice.choice(len(words), len(said) - len(told_here), p=share)
            parts = [words[word][side] for word in (*told_here, *other)] + [_name(int(n), side) for n in names]
            lines[side].append(" ".join(parts[place] for place in dice.permutation(len(parts))))
    orders = [dice.permutation(len(side)) for side in lines]
    places = [np.argsort(order) for order in orders]
    return Collection(
        "generated",
        ("en", "hr"),
        tuple(lines[0][row] for row in orders[0]),
        tuple(lines[1][row] for row in orders[1]),
        frozenset((int(places[0][row]), int(places[1][row])) for row in range(true)),
    )


def _words() -> list[tuple[str, str]]:
    """English and Croatian words for one concept, in the order of the glossary, which is that of frequency."""
    held: dict[str, dict[str, str]] = {}
    for entry in lexicons.own():
        held.setdefault(entry.concept, {}).setdefault(entry.language, entry.text)
    return [(said["en"], said["hr"]) for said in held.values() if "en" in said and "hr" in said]


def _name(number: int, side: int) -> str:
    """A name of three to five syllables; on the right side c for k, and an ending."""
    sounds = [a + b for a in "bdfgkmnprstvz" for b in "aeiou"]
    dice = random.Random(number)
    name = "".join(dice.choice(sounds) for _ in range(dice.randint(3, 5))).capitalize()
    return name.replace("k", "c") + dice.choice(["", "a", "u", "om"]) if side else name


# --- tables


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown, each row as soon as it is known."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print()


SCORED = ("collection", "P", "R", "F1", "F1, best threshold")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"))
    parser.add_argument("--fit", action="store_true", help="fit the model anew, and without each pair of languages")
    parser.add_argument("--growth", action="store_true", help="measure seconds and memory as a collection grows")
    given = parser.parse_args()
    if not given.shared:
        print("set HEXAPLA_SHARED to the folder that holds bench/mine, or give --shared", file=sys.stderr)
        return 2
    shared = Path(given.shared)
    for found in (False, True):
        print("With FreeDict\n" if found else "Embedded lexicons\n")
        table((*SCORED, "CPU"), quality(shared, found))
    print("No true pair\n")
    table(("collection", "lines", "kept", "with a score of .9"), nothing(shared))
    if given.fit:
        held = list(lessons(shared))
        print(f"{fitted(held)}, true before reading: {EXPECTED}\n\nWithout the pair of languages\n")
        table(SCORED, left_out(shared, held))
    if given.growth:
        table(("lines a side", "pairs", "P", "R", "CPU s", "ms a line", "peak MB"), growth())
    return 0


if __name__ == "__main__":
    sys.exit(main())
