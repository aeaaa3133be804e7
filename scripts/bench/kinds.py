"""How well it is told apart whether two documents are translations, accounts of the same happenings, or neither.

    python scripts/bench/kinds.py --shared DIR  > tables in Markdown

    translation   texts with beads that people found (bench/align), some with long one-sided parts; single news texts
                  in four languages (bench/text); a third of a text more on either side than on the other
    comparable    the five accounts of the Iraq war, each two of them by themselves and all together; five of the Moon
                  race; the same texts as translations, one side's sentences shuffled
    unrelated     an account of one and one of the other; a news text and another one; novels
    corpora       all ten accounts at once; news in two languages beside other news in the other two

Only what the project embeds is used. The table counts what each pair is and what it was taken for; mistakes are listed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path

from hexapla.align.group import Kind
from hexapla.align.kind import kinds
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.work import load as work
from hexapla.scripts.bench.lines import document
from hexapla.scripts.bench.translations import tasks

NEWS = ("en", "hr", "ar", "tl")
KINDS: tuple[Kind, ...] = ("translation", "comparable", "unrelated")


@dataclass(frozen=True, slots=True)
class Case:
    """Documents, and what each two of them are to one another."""

    name: str
    documents: tuple[Document, ...]
    truth: Callable[[str, str], Kind]  # by ids


def lines(side: Document) -> list[str]:
    """Return the sentences of *side*."""
    return [side.slice(part) for part in side.segments if part.kind != "x"]


def two(name: str, kind: Kind, left: Document, right: Document) -> Case:
    """Return the case of two documents, called a and b."""
    sides = (document(n, side.language, lines(side)) for n, side in zip("ab", (left, right), strict=True))
    return Case(name, tuple(sides), lambda *_: kind)


def translated(shared: Path) -> Iterator[Case]:
    """Yield texts with gold beads, the same with one side shuffled, and parts of them."""
    held = list(tasks(shared / "bench" / "align"))
    for task in held:
        yield two(task.name, "translation", task.left, task.right)
        mixed = lines(task.right)
        random.Random(0).shuffle(mixed)
        yield two(f"{task.name}, shuffled", "comparable", task.left, document("b", task.right.language, mixed))
        one, other = lines(task.left), lines(task.right)
        third = len(one) // 3, len(other) // 3
        left = document("a", task.left.language, one[: 2 * third[0]])
        right = document("b", task.right.language, other[: third[1]] + other[2 * third[1] :])
        yield two(f"{task.name}, half of it", "translation", left, right)
    novels = [task for task in held if task.name.startswith("textberg")]
    for one_, other_ in pairwise(novels):
        yield two(f"{one_.name} and {other_.name}", "unrelated", one_.left, other_.right)


def accounts(shared: Path) -> Iterator[Case]:
    """Yield the accounts of the Iraq war and of the Moon race: each two, those of one story, and all."""
    iraq = [segment(one) for one in work("iraq-war")[1]]
    moon = [
        document(f"moon-{path.stem}", path.stem, [row.split("\t")[2] for row in path.read_text("utf-8").splitlines()])
        for path in sorted((shared / "bench" / "apollo" / "seg").glob("*.tsv"))
    ]
    for story in (iraq, moon):
        yield Case(f"{len(story)} accounts", tuple(story), lambda *_: "comparable")
        for left, right in combinations(story, 2):
            yield two(f"{left.id} and {right.id} alone", "comparable", left, right)
    for left in moon:
        for right in iraq:
            yield two(f"{left.id} and {right.id} alone", "unrelated", left, right)
    yield Case(
        "both stories at once",
        (*iraq, *moon),
        lambda a, b: "comparable" if a.startswith("moon") == b.startswith("moon") else "unrelated",
    )


def news(shared: Path) -> Iterator[Case]:
    """Yield news texts in two languages, each with its translation, with another text, and both at once."""
    texts: dict[str, dict[str, Document]] = {}
    for language in NEWS:
        for row in (shared / "bench" / "text" / f"{language}.jsonl").read_text("utf-8").splitlines():
            said = json.loads(row)
            sentences = [" ".join(_sentence(said, one).split()) for one in said["sentences"]]
            texts.setdefault(said["doc"], {})[language] = document(language, language, sentences)
    names = sorted(texts)
    for number, name in enumerate(names):
        other = names[(number + len(names) // 2) % len(names)]
        for a, b in combinations(NEWS, 2):
            yield two(f"{name} {a}-{b}", "translation", texts[name][a], texts[name][b])
            yield two(f"{name} {a}, {other} {b}", "unrelated", texts[name][a], texts[other][b])
        held = [replace(texts[name if language in ("en", "hr") else other][language]) for language in NEWS]
        yield Case(
            f"{name} in en hr, {other} in ar tl",
            tuple(held),
            lambda a, b: "translation" if (a in ("en", "hr")) == (b in ("en", "hr")) else "unrelated",
        )


def _sentence(said: dict[str, str], one: object) -> str:
    if isinstance(one, dict):
        return str(one["text"])
    return said["text"][one[0] : one[1]] if isinstance(one, list) else str(one)


def decided(case: Case) -> tuple[list[tuple[Kind, Kind, str]], float]:
    """Return for each pair of *case* what it is, what it was taken for and why; and the seconds that took."""
    named, _, _ = annotate(case.documents, Authority())
    features = Features.of(named, load([one.language for one in named], found=False))
    start = time.process_time()
    found = kinds(named, features)
    spent = time.process_time() - start
    return [
        (case.truth(kin.left, kin.right), kin.kind, f"{kin.left} {kin.right}: {kin.reason}") for kin in found
    ], spent


def table(counts: Counter[tuple[str, Kind, Kind]]) -> Iterator[str]:
    """Yield a table in Markdown: what pairs are, and what they were taken for."""
    yield "| set | pairs | are | " + " | ".join(KINDS) + " |\n|---|--:|---|" + "--:|" * len(KINDS)
    for name, truth in sorted({key[:2] for key in counts}):
        row = [counts[name, truth, kind] for kind in KINDS]
        yield f"| {name} | {sum(row)} | {truth} | " + " | ".join(map(str, row)) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"))
    parser.add_argument("--sets", nargs="+", choices=("translated", "accounts", "news"), default=None)
    given = parser.parse_args(arguments)
    if not given.shared:
        print("set HEXAPLA_SHARED to the folder that holds bench, or give --shared", file=sys.stderr)
        return 2
    sets = {"translated": translated, "accounts": accounts, "news": news}
    counts: Counter[tuple[str, Kind, Kind]] = Counter()
    wrong, spent, sentences = [], 0.0, 0
    for name in given.sets or sets:
        for case in sets[name](Path(given.shared)):
            found, seconds = decided(case)
            spent += seconds
            sentences += sum(len(one.segments) for one in case.documents)
            counts.update((name, truth, kind) for truth, kind, _ in found)
            wrong += [f"- {case.name}: {truth}, taken for {kind}; {why}" for truth, kind, why in found if truth != kind]
    print("\n".join(table(counts)))
    print(f"\n{len(wrong)} of {counts.total()} wrong; {1000 * spent / sentences:.2f} ms of CPU a sentence\n")
    print("\n".join(wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
