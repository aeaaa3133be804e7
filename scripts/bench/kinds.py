"""How well it is told apart whether two documents are translations, accounts of the same happenings, or neither.

    python scripts/bench/kinds.py --shared DIR [--sets own translated accounts news]  > tables in Markdown

    own         short texts of tests/gold and tests/data: translations and accounts in one order, and their beginnings
    translated  texts with beads that people found (bench/align), some with long one-sided parts; parts exchanged
                for others; one side's sentences shuffled; one novel and another
    accounts    the five of the Iraq war, each two by themselves and all together; five of the Moon race; one of each
    news        single texts in four languages (bench/text) and their translations, and other texts; two languages of
                one text beside the other two of another

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
from itertools import combinations, pairwise, product
from pathlib import Path

from hexapla.align.group import Kind, Kinship
from hexapla.align.kind import kinds
from hexapla.align.score import Features
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read
from hexapla.corpus.work import load as work
from hexapla.scripts.bench.lines import document
from hexapla.scripts.bench.translations import tasks

NEWS = ("en", "hr", "ar", "tl")
TAKEN = ("translation", "in parts", "comparable", "unrelated")
TESTS = Path(__file__).resolve().parents[2] / "tests"
TOPICS = ("gold/mine", "gold/titanic", "gold/edsa", "data/airship")
BEGINNINGS = (4, 8)
EXCHANGED = {"a quarter": 0.25, "half": 0.5, "three quarters": 0.75}


@dataclass(frozen=True, slots=True)
class Case:
    """Documents, and what each two of them are to one another."""

    group: str
    name: str
    documents: tuple[Document, ...]
    truth: Callable[[str, str], Kind]  # by ids


def lines(side: Document) -> list[str]:
    """Return the sentences of *side*."""
    return [side.slice(part) for part in side.segments if part.kind != "x"]


def two(group: str, name: str, kind: Kind, left: Document, right: Document) -> Case:
    """Return the case of two documents, called a and b."""
    sides = (document(n, side.language, lines(side)) for n, side in zip("ab", (left, right), strict=True))
    return Case(group, name, tuple(sides), lambda *_: kind)


def own(_shared: Path) -> Iterator[Case]:
    """Yield our own short texts: each two of one topic, whole and their beginnings; two of different topics."""
    topics = [
        {(path.stem, path.stem): lines(segment(read(path, language=path.stem))) for path in _texts(TESTS / name)}
        for name in TOPICS
    ]
    for folder in sorted((TESTS / "gold" / "kinds").iterdir()):
        held = {path: path.stem.split(".") for path in _texts(folder)}
        topics.append({(text, language): _lines(path) for path, (text, language) in held.items()})
    for topic in topics:
        for one, other in combinations(sorted(topic), 2):
            same = one[0] == other[0]
            for size in (None, *BEGINNINGS):
                group = f"our own {'translations' if same else 'accounts'}, {f'{size} sentences' if size else 'whole'}"
                left, right = (document("", key[1], topic[key][:size]) for key in (one, other))
                yield two(group, f"{one} {other}", "translation" if same else "comparable", left, right)
    for topic, another in pairwise(topics):
        for one, other in product(sorted(topic), sorted(another)):
            left, right = document("", one[1], topic[one]), document("", other[1], another[other])
            yield two("our own, of two topics", f"{one} {other}", "unrelated", left, right)


def _texts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def exchanged(said: Sequence[str], share: float) -> tuple[list[str], list[str]]:
    """Return two parts of a text that begin alike, of which *share* is what the other has not.

    >>> exchanged("ABCDEF", 0.5)
    (['A', 'B', 'C', 'D'], ['A', 'B', 'E', 'F'])
    """
    unit = len(said) / (1 + share)
    same, long = round((1 - share) * unit), round(unit)
    return list(said[:long]), [*said[:same], *said[long:]]


def translated(shared: Path) -> Iterator[Case]:
    """Yield texts with gold beads, the same with one side shuffled, and parts of them."""
    held = list(tasks(shared / "bench" / "align"))
    for task in held:
        yield two("texts", task.name, "translation", task.left, task.right)
        mixed = lines(task.right)
        random.Random(0).shuffle(mixed)
        yield two(
            "shuffled", f"{task.name}, shuffled", "comparable", task.left, document("", task.right.language, mixed)
        )
        for name, share in EXCHANGED.items():
            left = document("", task.left.language, exchanged(lines(task.left), share)[0])
            right = document("", task.right.language, exchanged(lines(task.right), share)[1])
            yield two(f"{name} exchanged", f"{task.name}, {name} exchanged", "translation", left, right)
    novels = [task for task in held if task.name.startswith("textberg")]
    for one_, other_ in pairwise(novels):
        yield two("novels", f"{one_.name} and {other_.name}", "unrelated", one_.left, other_.right)


def accounts(shared: Path) -> Iterator[Case]:
    """Yield the accounts of the Iraq war and of the Moon race: each two, those of one story, and all."""
    iraq = [segment(one) for one in work("iraq-war")[1]]
    moon = [
        document(f"moon-{path.stem}", path.stem, [row.split("\t")[2] for row in path.read_text("utf-8").splitlines()])
        for path in sorted((shared / "bench" / "apollo" / "seg").glob("*.tsv"))
    ]
    for story in (iraq, moon):
        yield Case("accounts of one story", f"{len(story)} accounts", tuple(story), lambda *_: "comparable")
        for left, right in combinations(story, 2):
            yield two("accounts of one story", f"{left.id} and {right.id} alone", "comparable", left, right)
    for left in moon:
        for right in iraq:
            yield two("accounts of two stories", f"{left.id} and {right.id} alone", "unrelated", left, right)
    yield Case(
        "both stories at once",
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
            yield two("news", f"{name} {a}-{b}", "translation", texts[name][a], texts[name][b])
            yield two("news", f"{name} {a}, {other} {b}", "unrelated", texts[name][a], texts[other][b])
        held = [replace(texts[name if language in ("en", "hr") else other][language]) for language in NEWS]
        yield Case(
            "news, two texts at once",
            f"{name} in en hr, {other} in ar tl",
            tuple(held),
            lambda a, b: "translation" if (a in ("en", "hr")) == (b in ("en", "hr")) else "unrelated",
        )


def _sentence(said: dict[str, str], one: object) -> str:
    if isinstance(one, dict):
        return str(one["text"])
    return said["text"][one[0] : one[1]] if isinstance(one, list) else str(one)


def decided(case: Case) -> tuple[list[tuple[Kind, str, str]], float]:
    """Return for each pair of *case* what it is, what it was taken for and why; and the seconds that took."""
    named, _, _ = annotate(case.documents, Authority())
    features = Features.of(named, load([one.language for one in named], found=False))
    start = time.process_time()
    found = kinds(named, features)
    spent = time.process_time() - start
    return [
        (case.truth(kin.left, kin.right), _taken(kin), f"{kin.left} {kin.right}: {kin.reason}") for kin in found
    ], spent


def _taken(kin: Kinship) -> str:
    return "in parts" if kin.kind == "translation" and kin.reason.startswith("in parts") else kin.kind


def right(truth: Kind, taken: str) -> bool:
    """Return whether *taken* is what the pair is; a translation may be one in parts."""
    return taken in (("translation", "in parts") if truth == "translation" else (truth,))


def table(counts: Counter[tuple[str, Kind, str]]) -> Iterator[str]:
    """Yield a table in Markdown: what pairs are, and what they were taken for."""
    yield "| set | pairs | are | " + " | ".join(TAKEN) + " |\n|---|--:|---|" + "--:|" * len(TAKEN)
    for name, truth in dict.fromkeys(key[:2] for key in counts):
        row = [counts[name, truth, taken] for taken in TAKEN]
        yield f"| {name} | {sum(row)} | {truth} | " + " | ".join(map(str, row)) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"))
    parser.add_argument("--sets", nargs="+", choices=("own", "translated", "accounts", "news"), default=None)
    given = parser.parse_args(arguments)
    if not given.shared:
        print("set HEXAPLA_SHARED to the folder that holds bench, or give --shared", file=sys.stderr)
        return 2
    sets = {"own": own, "translated": translated, "accounts": accounts, "news": news}
    counts: Counter[tuple[str, Kind, str]] = Counter()
    wrong, spent, sentences = [], 0.0, 0
    for name in given.sets or sets:
        for case in sets[name](Path(given.shared)):
            found, seconds = decided(case)
            spent += seconds
            sentences += sum(len(one.segments) for one in case.documents)
            counts.update((case.group, truth, taken) for truth, taken, _ in found)
            wrong += [
                f"- {case.name}: {truth}, taken for {taken}; {why}"
                for truth, taken, why in found
                if not right(truth, taken)
            ]
    print("\n".join(table(counts)))
    print(f"\n{len(wrong)} of {counts.total()} wrong; {1000 * spent / sentences:.2f} ms of CPU a sentence\n")
    print("\n".join(wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
