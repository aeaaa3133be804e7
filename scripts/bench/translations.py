"""How well sentences of translations are aligned, beside a peer that knows lengths only.

    python scripts/bench/translations.py --shared DIR [--learning] [--growth] [--plot FILE]  > tables in Markdown

    gold    [0]:[0]   [1,2]:[1]   []:[2]        beads of line numbers, one file for each pair of texts
    strict  a bead is right where it is in the list
    lax     where it shares a line of each side with one that is

Precision counts the beads of one side only, recall does not. Only what the project embeds is used. A folder is named
after its languages, or stands in `LANGUAGES`; those with the same first word there are also aligned as a collection.
Then how often beads are right, by the score they have; half of the texts, two after every two, were used to fit
it. `--growth` repeats a text up to 100,000 lines, a new word in each repetition's place of each rare one; `--plot`
draws that. `--learning` tells what learning from the texts is worth, and how far that may be chance.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hexapla.align.bead import Bead, beads, pooled
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import load
from hexapla.scripts.bench.lines import document

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANGUAGES = {"textberg": ("de", "fr")}
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)

Numbers = tuple[int, ...]
Beads = list[tuple[Numbers, Numbers]]


@dataclass(frozen=True, slots=True)
class Task:
    """Two texts and the beads that people found in them."""

    name: str
    left: Document
    right: Document
    gold: frozenset[tuple[Numbers, Numbers]]

    def __len__(self) -> int:
        """The sentences of both sides."""
        return len(self.left.segments) + len(self.right.segments)


def tasks(folder: Path) -> Iterator[Task]:
    """Yield the tasks in *folder*, by name."""
    for path in sorted(folder.iterdir()):
        parts = path.name.split("-")
        left, right = LANGUAGES.get(parts[0]) or (parts[1], parts[2])
        texts = [(path / name).read_text(encoding="utf-8").removesuffix("\n").split("\n") for name in ("src", "tgt")]
        listed = filter(None, (path / "gold").read_text(encoding="utf-8").splitlines())
        gold = frozenset((_numbers(a), _numbers(b)) for a, b in (line.split(":")[:2] for line in listed))
        yield Task(path.name, document("a", left, texts[0]), document("b", right, texts[1]), gold - {((), ())})


def _numbers(text: str) -> Numbers:
    return tuple(int(number) for number in text.strip().strip("[]").split(",") if number.strip())


class Tally:
    """Counts that add up over texts."""

    def __init__(self) -> None:
        self.right = [0, 0, 0, 0]  # strict and lax of what was found; strict and lax of the gold
        self.all = [0, 0]  # found, gold

    def add(self, found: Beads, gold: Iterable[tuple[Numbers, Numbers]]) -> None:
        """Count one pair of texts."""
        one, other = set(found), set(gold)
        asked = {bead for bead in other if bead[0] and bead[1]}
        told = {bead for bead in one if bead[0] and bead[1]}
        counts = (*_right(one, other), *_right(asked, told))
        self.right = [a + b for a, b in zip(self.right, counts, strict=True)]
        self.all = [self.all[0] + len(one), self.all[1] + len(asked)]

    def f1(self) -> tuple[float, float]:
        """Return strict and lax F1."""
        shares = [self.right[n] / max(self.all[n // 2], 1) for n in range(4)]
        strict, lax = ((shares[n], shares[n + 2]) for n in (0, 1))
        return _mean(*strict), _mean(*lax)


def _right(found: set[tuple[Numbers, Numbers]], gold: set[tuple[Numbers, Numbers]]) -> tuple[int, int]:
    partners: dict[int, set[int]] = {}
    for left, right in gold:
        for line in left:
            partners.setdefault(line, set()).update(right)
    exact = found & gold
    near = {bead for bead in found if any(partners.get(line, set()) & set(bead[1]) for line in bead[0])}
    return len(exact), len(exact | near)


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scored(task: Task, learn: bool = True) -> tuple[Bead, ...]:
    """Return the beads that the toolkit finds, with their scores."""
    return beads(task.left, task.right, load((task.left.language, task.right.language), found=False), learn=learn)


def ours(task: Task, learn: bool = True) -> Beads:
    """Return the beads that the toolkit finds."""
    return [(bead.left, bead.right) for bead in scored(task, learn)]


def lengths(task: Task) -> Beads:
    """Return the beads of Gale and Church's method (nltk), which knows lengths only."""
    from nltk.translate.gale_church import align_blocks

    sides = [[len(side.slice(segment)) for segment in side.segments] for side in (task.left, task.right)]
    pairs: list[tuple[int, int]] = align_blocks(*sides)
    return _joined(pairs, len(sides[0]), len(sides[1]))


def _joined(pairs: Sequence[tuple[int, int]], rows: int, columns: int) -> Beads:
    """Return beads of *pairs* of lines that hang together, and of the lines that are in none."""
    found: list[tuple[list[int], list[int]]] = []
    for left, right in sorted(pairs):
        if found and (found[-1][0][-1] == left or found[-1][1][-1] == right):
            found[-1][0].append(left)
            found[-1][1].append(right)
        else:
            found.append(([left], [right]))
    beads_found = [(tuple(sorted(set(a))), tuple(sorted(set(b)))) for a, b in found]
    told = ({line for a, _ in beads_found for line in a}, {line for _, b in beads_found for line in b})
    alone: Beads = [((line,), ()) for line in range(rows) if line not in told[0]]
    return [*beads_found, *alone, *(((), (line,)) for line in range(columns) if line not in told[1])]


METHODS: tuple[tuple[str, Callable[[Task], Beads]], ...] = (
    ("hexapla", ours),
    ("without learning", lambda task: ours(task, learn=False)),
    ("nltk Gale-Church", lengths),
)


def quality(held: Sequence[Task]) -> Iterator[Sequence[str]]:
    """Yield a row for each task and each collection: strict and lax F1 of each method, seconds and memory of ours."""
    totals: dict[str, list[Tally]] = {}
    for task in held:
        cells = []
        sums = totals.setdefault(task.name.split("-")[0], [Tally() for _ in METHODS])
        load((task.left.language, task.right.language), found=False)  # what all share is not counted
        for (_, method), total in zip(METHODS, sums, strict=True):
            start = time.process_time()
            found = method(task)
            cells.append((found, time.process_time() - start))
            total.add(found, task.gold)
        yield (task.name, str(len(task)), *(_cell([(found, task)], seconds) for found, seconds in cells))
    for name, sums in totals.items():
        if name in LANGUAGES:
            yield (f"{name}, all", "", *(f"{strict:.3f} / {lax:.3f}" for strict, lax in (one.f1() for one in sums)))
            yield f"{name}, learning together", "", _together([t for t in held if t.name.startswith(name)])


def _cell(found: Sequence[tuple[Beads, Task]], seconds: float) -> str:
    tally = Tally()
    for one, task in found:
        tally.add(one, task.gold)
    strict, lax = tally.f1()
    return f"{strict:.3f} / {lax:.3f}, {seconds:.1f} s"


def _together(held: Sequence[Task]) -> str:
    known = load((held[0].left.language, held[0].right.language), found=False)
    start = time.process_time()
    found = pooled([(task.left, task.right) for task in held], known)
    told = [([(bead.left, bead.right) for bead in one], task) for one, task in zip(found, held, strict=True)]
    return _cell(told, time.process_time() - start)


STRETCH, DRAWS = 20, 2000
"""Left sentences that are drawn together, for beads hang on their neighbours; and how often all are drawn."""


def learning(held: Sequence[Task]) -> Iterator[Sequence[str]]:
    """Yield a row for each task: how much strict F1 rises by learning, with an interval of 95 % (bootstrap)."""
    for task in held:
        counts = np.array([_stretches(ours(task, learn=learn), task) for learn in (True, False)])
        drawn = np.random.default_rng(0).integers(0, counts.shape[1], (DRAWS, counts.shape[1]))
        rise, sampled = _strict(counts.sum(axis=1)), _strict(counts[:, drawn].sum(axis=2))
        low, high = np.quantile(sampled[0] - sampled[1], (0.025, 0.975))
        yield task.name, f"{rise[0] - rise[1]:+.3f}", f"{low:+.3f} to {high:+.3f}"


def _stretches(found: Beads, task: Task) -> NDArray[np.int64]:
    """Return for each stretch of left sentences: beads found, those right, beads asked for, those found."""
    counts = np.zeros((len(task.left.segments) // STRETCH + 1, 4), dtype=np.int64)
    at = 0
    for bead in found:
        at = bead[0][0] // STRETCH if bead[0] else at
        counts[at, :2] += 1, bead in task.gold
    told = set(found)
    for bead in task.gold:
        if bead[0] and bead[1]:
            counts[bead[0][0] // STRETCH, 2:] += 1, bead in told
    return counts


def _strict(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return strict F1 of counts as `_stretches` has them, along the last axis."""
    precision, recall = (counts[..., n + 1] / np.maximum(counts[..., n], 1) for n in (0, 2))
    return 2 * precision * recall / np.maximum(precision + recall, 1e-9)


BOUNDS = (0.7, 0.8, 0.9, 0.95, 0.975, 1.0)


def reliability(held: Sequence[Task]) -> Iterator[Sequence[str]]:
    """Yield a row for each range of scores: beads, mean score and share right, of half of the texts and of the others.

    The first two of *held* and every two after the next two were used to fit the scores.
    """
    told: list[list[list[tuple[float, bool]]]] = [[[] for _ in BOUNDS] for _ in range(2)]
    for number, task in enumerate(held):
        gold = task.gold | _alone(task)
        for bead in scored(task):
            place = next(n for n, bound in enumerate(BOUNDS) if bead.score <= bound)
            told[number // 2 % 2][place].append((bead.score, (bead.left, bead.right) in gold))
    low = 0.0
    for place, bound in enumerate(BOUNDS):
        yield (f"{low:g} to {bound:g}", *(cell for half in told for cell in _share(half[place])))
        low = bound


def _alone(task: Task) -> frozenset[tuple[Numbers, Numbers]]:
    """The lines that the gold leaves out, each alone."""
    one, other = ({line for bead in task.gold for line in bead[side]} for side in (0, 1))
    left = {((line,), ()) for line in range(len(task.left.segments)) if line not in one}
    right = {((), (line,)) for line in range(len(task.right.segments)) if line not in other}
    return frozenset(left | right)


def _share(told: Sequence[tuple[float, bool]]) -> tuple[str, str, str]:
    if not told:
        return "0", "", ""
    mean, right = (sum(values) / len(told) for values in zip(*told, strict=True))
    return str(len(told)), f"{mean:.3f}", f"{right:.3f}"


def growth(task: Task) -> Iterator[Sequence[str]]:
    """Yield a row for each size and method, each measured in a process of its own."""
    for name, size in [*(("hexapla", size) for size in SIZES), ("nltk Gale-Church", SIZES[0])]:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(measured, task, size, name).result()


def measured(task: Task, size: int, name: str) -> Sequence[str]:
    """Return lines a side, and for each sentence of both sides milliseconds of CPU and kB that the peak rose by."""
    method = dict(METHODS)[name]
    load((task.left.language, task.right.language), found=False)
    one, other = repeated(task, size)
    method(Task("", *repeated(task, 100), frozenset()))  # what is loaded once is not counted
    many = len(one.segments) + len(other.segments)
    before, start = _peak(), time.process_time()
    found = method(Task(task.name, one, other, task.gold))
    spent, room = time.process_time() - start, _peak() - before
    tally = Tally()
    rows = len(task.left.segments)
    tally.add([bead for bead in found if max(bead[0], default=rows) < rows], task.gold)
    figures = f"{1000 * spent / many:.2f}", f"{room / many:.1f}", f"{spent:.1f}", f"{_peak() / 1024:.0f}"
    return name, str(size), str(len(found)), *figures, f"{tally.f1()[0]:.3f}"


def _peak() -> int:
    """The most memory that the process held, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def repeated(task: Task, size: int) -> tuple[Document, Document]:
    """Return the texts of *task* again and again, *size* lines a side; rare words and figures differ each time."""
    sides = []
    for side in (task.left, task.right):
        lines = [side.slice(segment) for segment in side.segments]
        seen = Counter(word for line in lines for word in line.split())
        rare = {word for word, count in seen.items() if count == 1 and word.isalpha()}
        told = (
            " ".join(f"{word}{_letters(turn)}" if turn and word in rare else word for word in line.split())
            for turn in range(-(-size // len(lines)))
            for line in lines
        )
        sides.append(document(side.id, side.language, list(islice(told, size))))
    return sides[0], sides[1]


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")


HEAD = ("texts", "sentences", *(name for name, _ in METHODS))
RELIABLE = ("score", *(f"{cell}, {half}" for half in ("fitted", "not fitted") for cell in ("beads", "mean", "right")))
GROWTH = (
    "method",
    "lines a side",
    "beads",
    "CPU ms a sentence",
    "kB a sentence",
    "CPU s",
    "peak MB",
    "strict, first part",
)


DRAWN = (("CPU ms a sentence", 1, "#9a3412"), ("kB a sentence", 20, "#1d4ed8"))
"""What is drawn, the most that is promised (a dashed line), and its colour."""


def plot(rows: Sequence[Sequence[str]]) -> str:
    """Return the growth of *rows* of the toolkit as SVG: milliseconds and kB a sentence by lines a side.

    >>> plot([("hexapla", "1000", "", "0.5", "10"), ("hexapla", "10000", "", "0.5", "8")]).count("<circle")
    4
    """
    told = [[float(cell) for cell in (row[1], row[3], row[4])] for row in rows if row[0] == "hexapla"]
    parts = []
    for place, (what, most, colour) in enumerate(DRAWN):
        left, limit = 60 + 320 * place, 80
        high = 180 - limit
        spots = [(left + 80 * (math.log10(row[0]) - 2.5), 180 - high * min(row[1 + place] / most, 1.5)) for row in told]
        parts += [
            f'<text x="{left}" y="20">{what}</text>',
            f'<path d="M{left} 30V180H{left + 240}" fill="none" stroke="#888"/>',
            f'<path d="M{left} {limit}H{left + 240}" stroke="#888" stroke-dasharray="4"/>',
            f'<text x="{left - 6}" y="{limit + 4}" text-anchor="end">{most}</text>',
            f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in spots)}" fill="none" stroke="{colour}"/>',
        ]
        for (x, y), row in zip(spots, told, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{row[1 + place]:g}</text>')
            parts.append(f'<text x="{x:.1f}" y="196" text-anchor="middle">{row[0]:,.0f}</text>')
    style = 'font-family="sans-serif" font-size="11"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="660" height="210" {style}>{"".join(parts)}</svg>\n'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown, each row as soon as it is known."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join([*row, *[""] * (len(head) - len(row))]) + " |", flush=True)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"))
    parser.add_argument("--learning", action="store_true", help="measure what learning is worth, and nothing else")
    parser.add_argument("--growth", action="store_true", help="measure seconds and memory as a text grows, too")
    parser.add_argument("--plot", type=Path, help="where the growth is drawn (SVG)")
    given = parser.parse_args()
    if not given.shared:
        print("set HEXAPLA_SHARED to the folder that holds bench/align, or give --shared", file=sys.stderr)
        return 2
    held = list(tasks(Path(given.shared) / "bench" / "align"))
    if given.learning:
        table(("texts", "learning", "95 %"), learning(held))
        return 0
    # first, for a process begins with the peak of the one that it comes from
    rows = list(growth(held[0])) if given.growth or given.plot else []
    table(HEAD, quality(held))
    print(f"\npeak memory of the process: {_peak() / 1024:.0f} MB\n")
    table(RELIABLE, reliability(held))
    if rows:
        print()
        table(GROWTH, rows)
    if given.plot:
        given.plot.write_text(plot(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
