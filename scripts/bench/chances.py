"""How sure pairs of sentences of comparable accounts are, on topics that nothing was learned from.

    python scripts/bench/chances.py [--shared DIR] [--fit] [--plot FILE]  > tables in Markdown

Each topic is judged with coefficients learned from the other ones, with the sentences that its annotators saw. Tables:
precision, recall and F1 for each topic; three simple methods beside it; what each kind of evidence is worth, by leaving
it out and learning anew; how often pairs of a chance are right (also drawn, as SVG). `--fit` prints the coefficients of
all topics together, which stand in `hexapla.align.chance`.

Our own topics are in the tests; the shared folder adds the Moon race (`bench/apollo`), and the English and Croatian
half of the Iraq war (`bench/iraq`), which is judged but never learned from.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from hexapla.align import account, chance
from hexapla.align.account import AccountReader
from hexapla.align.anchor import Anchors
from hexapla.align.discover import THRESHOLD
from hexapla.align.score import Features, margin
from hexapla.corpus.document import Authority, Document, Segment, Source
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.work import TEXTS

HOME = Path(__file__).parent.parent.parent
OWN = {
    "afghan": "tests/gold/afghan",
    "airship": "tests/data/airship",
    "edsa": "tests/gold/edsa",
    "mine": "tests/gold/mine",
    "panama": "tests/gold/panama",
    "siege": "tests/gold/siege",
    "titanic": "tests/gold/titanic",
}
SHARED = {"apollo": "bench/apollo"}
IRAQ = {"hr": "hr", "ar1": "ar", "ar2": "ar", "tl": "tl", "en": "en"}

MIXTURES = 5
"""Sets of accounts that tell different happenings, to learn from."""

MIXED = 4
"""Topics that such a set has an account of, beside the long one."""

RIDGE = 2.0
"""Weight of the coefficients' squares: few accounts may say little."""

BINS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Pair = frozenset[str]
Real = Any  # numpy's arrays of floats


@dataclass(frozen=True, slots=True)
class Topic:
    """Accounts with their mentions, and which pairs of sentences tell one happening; the unsure ones are not judged."""

    name: str
    documents: tuple[Document, ...]
    yes: frozenset[Pair]
    unsure: frozenset[Pair] = frozenset()
    judged: tuple[str, ...] = ()  # only pairs of these documents; all if empty
    texts: tuple[tuple[Path, str], ...] = ()  # with their languages

    def judges(self, pair: Pair) -> bool:
        """Return whether *pair* counts."""
        return pair not in self.unsure and (
            not self.judged or {name.split(".")[0] for name in pair} == set(self.judged)
        )


@dataclass(frozen=True, slots=True)
class Way:
    """A way to look at pairs: what is left out."""

    name: str
    documents: Callable[[Document], Document] = lambda document: document
    reader: type[AccountReader] = AccountReader
    without: frozenset[str] = frozenset()  # what the two looks do not see
    weights: Callable[[Features], None] = lambda features: None


@dataclass(slots=True)
class Looked:
    """A topic as a way looks at it."""

    topic: Topic
    features: Features
    rooms: list[chance.Room]
    seen: Real = field(default_factory=lambda: np.zeros((0, 0)))
    pairs: list[chance.Pair] = field(default_factory=list)
    parts: dict[chance.Pair, chance.Pair] = field(default_factory=dict)

    def named(self, pair: chance.Pair) -> Pair:
        """Return the ids of *pair*."""
        return frozenset(self.features.segments[number] for number in pair)

    def right(self, pairs: Sequence[chance.Pair]) -> Real:
        """Return which of *pairs* tell one happening, and which count."""
        named = [self.named(pair) for pair in pairs]
        return (
            np.array([one in self.topic.yes for one in named], dtype=float),
            np.array([self.topic.judges(one) for one in named], dtype=bool),
        )


def look(topic: Topic, way: Way) -> Looked:
    """Return what the first look sees of all pairs of *topic*."""
    documents = [way.documents(document) for document in topic.documents]
    features = account.read(documents, load([document.language for document in documents], found=False), way.reader)
    way.weights(features)
    line, headings = chance.Timeline.of(features, documents), chance.headings_of(features, documents)
    looked = Looked(topic, features, chance.rooms_of(documents))
    rows = []
    for block in chance.blocks(features, list(combinations([document.id for document in documents], 2))):
        seen = block.seen(line, headings)
        stacked = np.stack([seen[name] * (name not in way.without) for name in chance.FIRST if name], axis=-1)
        rows.append(stacked.reshape(-1, stacked.shape[-1]))
        for row, column in np.ndindex(len(block.rows), len(block.columns)):
            pair, parts = block.at(row, column)
            looked.parts[pair] = parts
            looked.pairs.append(pair)
    looked.seen = np.concatenate(rows)
    return looked


def fitted(seen: Real, right: Real) -> Real:
    """Return the coefficients of a logistic regression, the last for what every row has (Newton's method)."""
    rows = np.c_[seen, np.ones(len(seen))]
    held, penalty = np.zeros(rows.shape[1]), np.diag([*[RIDGE] * seen.shape[1], 1e-6])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-rows @ held))
        slope = rows.T @ (right - chances) - penalty @ held
        step = np.linalg.solve((rows * (chances * (1 - chances))[:, None]).T @ rows + penalty, slope)
        held = held + step
        if np.abs(step).max() < 1e-6:
            break
    return held


def second(looked: Looked, first: Real, way: Way) -> tuple[list[chance.Pair], Real]:
    """Return the pairs that are not too unlikely, and what the second look sees of them."""
    odds = np.c_[looked.seen, np.ones(len(looked.seen))] @ first
    least = math.log(chance.LEAST / (1 - chance.LEAST))
    kept = {pair: float(one) for pair, one in zip(looked.pairs, odds, strict=True) if one >= least}
    told = list(chance.supported(kept, looked.rooms, looked.parts))
    rows = [[seen[name] * (name not in way.without) for name in chance.SECOND if name] for _, seen in told]
    return [pair for pair, _ in told], np.array(rows).reshape(len(rows), len(chance.SECOND) - 1)


@dataclass(frozen=True, slots=True)
class Learned:
    """Coefficients of both looks."""

    first: Real
    second: Real

    @classmethod
    def of(cls, looked: Sequence[Looked], way: Way) -> Learned:
        """Learn from all pairs of *looked*."""
        first = cls._fit([(one.seen, *one.right(one.pairs)) for one in looked])
        rows = []
        for one in looked:
            pairs, seen = second(one, first, way)
            rows.append((seen, *one.right(pairs)))
        return cls(first, cls._fit(rows))

    @staticmethod
    def _fit(rows: Sequence[tuple[Real, Real, Real]]) -> Real:
        seen = np.concatenate([seen[counts] for seen, _, counts in rows])
        return fitted(seen, np.concatenate([right[counts] for _, right, counts in rows]))

    def chances(self, looked: Looked, way: Way) -> dict[Pair, float]:
        """Return the chance of each pair that counts and is not too unlikely."""
        pairs, seen = second(looked, self.first, way)
        told = 1 / (1 + np.exp(-(np.c_[seen, np.ones(len(seen))] @ self.second)))
        named = ((looked.named(pair), float(one)) for pair, one in zip(pairs, told, strict=True))
        return {pair: one for pair, one in named if looked.topic.judges(pair)}


def agreement(found: set[Pair], topic: Topic) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs *found*."""
    judged = {pair for pair in found if topic.judges(pair)}
    right = len(judged & topic.yes)
    precision, recall = right / len(judged) if judged else 0.0, right / len(topic.yes)
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


# --- topics


def own(name: str, folder: Path) -> Topic:
    """Read a topic of our own: a text a language, and the happenings of each sentence; those with ``~`` in passing."""
    told: dict[str, set[str]] = {}
    passing: dict[str, set[str]] = {}
    with (folder / "happenings.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            listed = row["happenings"].split()
            told[row["sentence"]] = {one for one in listed if not one.startswith("~")}
            passing[row["sentence"]] = {one.removeprefix("~") for one in listed}
    pairs = _sharing_pairs(told)
    texts = sorted(folder.glob("*.txt"))
    spoken = tuple((path, path.stem) for path in texts)
    cut = folder / "segments.tsv"
    documents = ((_as_cut(_text(path), cut) if cut.exists() else _text(path)) for path in texts)
    return Topic(name, _annotated(documents), pairs, _sharing_pairs(passing) - pairs, texts=spoken)


def _sharing_pairs(told: Mapping[str, set[str]]) -> frozenset[Pair]:
    return frozenset(
        frozenset((a, b)) for a, b in combinations(sorted(told), 2) if told[a] & told[b] and _owner(a) != _owner(b)
    )


def mixed(found: Sequence[Topic]) -> list[Topic]:
    """Return sets of accounts of different happenings, of which nothing belongs together: one each of a few topics.

    A long one of the published work is among them.
    """
    rounds = []
    for turn in range(MIXTURES):
        few = [found[(turn + at) % len(found)] for at in range(min(MIXED, len(found)))]
        texts = [topic.texts[(at + turn) % len(topic.texts)] for at, topic in enumerate(few)]
        stem, language = list(IRAQ.items())[turn % len(IRAQ)]
        documents = [
            segment(replace(_text(path, language), id=f"{at}-{language}", segments=()))
            for at, (path, language) in enumerate([*texts, (TEXTS / "iraq-war" / f"{stem}.txt", language)])
        ]
        rounds.append(Topic(f"mixture {turn + 1}", _annotated(iter(documents)), frozenset()))
    return rounds


def _owner(name: str) -> str:
    return name.split(".")[0]


def _text(path: Path, language: str = "") -> Document:
    text = path.read_text(encoding="utf-8")
    return segment(Document(path.stem, language or path.stem, text, Source(path.name, "", 0)))


def _annotated(documents: Iterator[Document]) -> tuple[Document, ...]:
    return annotate(list(documents), Authority())[0]


def given(name: str, folder: Path, texts: Mapping[str, tuple[Path, str]], judged: Sequence[str] = ()) -> Topic:
    """Read a topic with a segmentation of its own (``<doc>.tsv``) and pairs: yes and ignore, or grades 3, 2 and 1."""
    cut = folder / "seg" if (folder / "seg").is_dir() else folder
    documents = []
    for stem, (path, language) in texts.items():
        read = replace(_text(path, language), id=stem)
        rows = cut / f"{stem}.tsv"
        documents.append(_as_cut(read, rows) if rows.exists() else segment(replace(read, segments=())))
    yes, unsure = set[Pair](), set[Pair]()
    for row in _rows(folder / "pairs.tsv"):
        if row[2] in ("label", "conflictA"):
            continue
        pair = frozenset(_numbered(one) for one in row[:2])
        (yes if row[2] in ("yes", "2", "3") else unsure).add(pair)
    told = (frozenset(yes), frozenset(unsure - yes), tuple(judged), tuple(texts.values()))
    return Topic(name, _annotated(iter(documents)), *told)


def _numbered(name: str) -> str:
    """The id of a segment as a build has it: en.s5, also where a list writes en.5."""
    owner, _, number = name.rpartition(".")
    return f"{owner}.s{number.removeprefix('s')}"


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def _as_cut(document: Document, path: Path) -> Document:
    """Return *document* with the segments that *path* lists."""
    segments, at = [], 0
    for name, kind, text in _rows(path):
        if _owner(name) != document.id:
            continue
        start = document.text.index(text, at)
        at = start + len(text)
        paragraph = document.text.count("\n\n", 0, start)
        segments.append(Segment(_numbered(name), kind, start, at, paragraph))  # type: ignore[arg-type]  # s, h or x, as the list says
    return document.having(segments=tuple(segments))


def topics(shared: Path | None) -> list[Topic]:
    """Return the topics that are learned from."""
    found = [own(name, HOME / folder) for name, folder in OWN.items()]
    for name, folder in SHARED.items() if shared else ():
        texts = {path.stem: (path, path.stem) for path in sorted((shared / folder).glob("*.txt"))} if shared else {}
        found.append(given(name, (shared or HOME) / folder, texts))
    return found


# --- ways


def _less(*prefixes: str) -> type[AccountReader]:
    """A reader that leaves out the keys with *prefixes*."""

    class Less(AccountReader):
        def word(self, form: str, language: str, capital: bool, cased: bool) -> dict[str, float]:
            held = super().word(form, language, capital, cased)
            return {key: trust for key, trust in held.items() if not key.startswith(prefixes)}

    return Less


def _silent(*kinds: str) -> Callable[[Features], None]:
    """Make the features of *kinds* weigh nothing."""

    def silence(features: Features) -> None:
        for number, (kind, _) in enumerate(features.label):
            if kind in kinds:
                features.weight[number] = 0.0

    return silence


def _uncut(features: Features) -> None:
    """Leave sentences whole."""
    features.clauses = []


def _without(method: str) -> Callable[[Document], Document]:
    def drop(document: Document) -> Document:
        return document.having(mentions=tuple(m for m in document.mentions if m.method != method))

    return drop


def _no_guessed_years(document: Document) -> Document:
    return document.having(mentions=tuple(m for m in document.mentions if not m.literal.startswith("--")))


ALL = Way("everything")
WAYS = (
    Way("names", weights=_silent("person", "organisation", "thing", "people", "place")),
    Way("dates", weights=_silent("date"), without=frozenset({"at once", "apart"})),
    Way("figures", weights=_silent("quantity")),
    Way("words", weights=_silent("word")),
    Way("families (event words)", reader=_less("family ")),
    Way("words that sound alike", reader=_less("cognate ", "sound ")),
    Way("roles and pronouns", documents=_without("context")),
    Way("years from the context", documents=_no_guessed_years),
    Way("dates in force", without=frozenset({"at once", "apart"})),
    Way("clause matching (whole sentences)", weights=_uncut),
    Way("the kinds told apart", without=frozenset({"clauses", "figures"})),
    Way("rivals", without=frozenset({"as much", "rivals"})),
    Way("headings told apart", without=frozenset({"headings"})),
    Way("the lead over other pairs", without=frozenset({"lead"})),
    Way("third accounts", without=frozenset({"third", "thirds"})),
    Way("order (neighbours)", without=frozenset({"beside", "along", "around"})),
)


# --- simple methods


def same_day(topic: Topic) -> set[Pair]:
    """Pairs of sentences that share a full date, the year from the context where it is left out."""
    return _sharing(topic, lambda kind, value: kind == "date" and value.count("-") == 2)


def same_name(topic: Topic) -> set[Pair]:
    """Pairs of sentences that share two names of people, places, organisations or things."""
    return _sharing(topic, lambda kind, _: kind in account.NAMED, 2)


def _sharing(topic: Topic, wanted: Callable[[str, str], bool], least: int = 1) -> set[Pair]:
    anchors = Anchors.of(topic.documents)
    held = {name: {key for key in keys if wanted(*key)} for name, keys in anchors.by_segment.items()}
    return {
        frozenset((a, b))
        for a, b in combinations(sorted(held), 2)
        if _owner(a) != _owner(b) and len(held[a] & held[b]) >= least
    }


def retrieved(topic: Topic) -> set[Pair]:
    """Mutual best pairs by the coverage of words, less what both score with everything (CSLS), at 0.3 or more."""
    features = Features.of(topic.documents, load([d.language for d in topic.documents], found=False))
    found = set()
    for left, right in combinations([document.id for document in topic.documents], 2):
        rows, columns = features.rows(left), features.rows(right)
        scores = margin(features.coverage(rows)[:, columns], 10)
        best, mutual = scores.argmax(axis=1), scores.argmax(axis=0)
        for at, to in enumerate(best):
            if mutual[to] == at and scores[at, to] >= 0.3:
                found.add(frozenset((features.segments[rows[at]], features.segments[columns[int(to)]])))
    return found


SIMPLE = (("a shared day", same_day), ("two shared names", same_name), ("words, CSLS", retrieved))

# --- tables


def left_out(found: Sequence[Topic], way: Way) -> Iterator[tuple[Topic, dict[Pair, float]]]:
    """Yield each topic with the chances that the others teach."""
    looked = [look(topic, way) for topic in found]
    for at, one in enumerate(looked):
        others = [other for number, other in enumerate(looked) if number != at]
        yield one.topic, taught(others, way).chances(one, way)


_MIXED: dict[tuple[str, ...], list[Topic]] = {}
"""Mixtures by the names of their topics: each way looks at the same."""


def taught(looked: Sequence[Looked], way: Way) -> Learned:
    """Return what topics teach, with what does not belong together among them."""
    names = tuple(one.topic.name for one in looked)
    if names not in _MIXED:
        _MIXED[names] = mixed([one.topic for one in looked])
    return Learned.of([*looked, *(look(topic, way) for topic in _MIXED[names])], way)


def judged(found: Sequence[Topic], way: Way) -> list[tuple[float, float, float]]:
    """Return the agreement of each topic at the threshold."""
    return [
        agreement({pair for pair, one in told.items() if one >= THRESHOLD}, topic)
        for topic, told in left_out(found, way)
    ]


def _row(name: str, scores: Sequence[tuple[float, float, float]]) -> str:
    cells = [f"{p:.2f} / {r:.2f} / {f:.3f}" for p, r, f in scores]
    mean = sum(f for _, _, f in scores) / len(scores)
    return f"| {name} | {' | '.join(cells)} | {mean:.3f} |"


def reliability(told: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    """Return for each bin its ends, its pairs, their mean chance, and how many are right."""
    rows = []
    for low, high in pairwise(BINS):
        held = [(one, right) for one, right in told if low <= one < high or (high == 1.0 and one == 1.0)]
        if held:
            mean = sum(one for one, _ in held) / len(held)
            rows.append((low, high, len(held), mean, sum(right for _, right in held) / len(held)))
    return rows


def drawn(rows: Sequence[tuple[float, float, int, float, float]]) -> str:
    """Draw the reliability as SVG: the chance from left to right, how many are right upwards, the area the number."""
    size, edge = 320, 40

    def at(value: float) -> float:
        return edge + value * size

    most = max(count for *_, count, _, _ in rows)
    dots = "".join(
        f'<circle cx="{at(mean):.1f}" cy="{at(1 - right):.1f}" r="{3 + 11 * math.sqrt(count / most):.1f}"/>'
        for _, _, count, mean, right in rows
    )
    ticks = "".join(
        f'<text x="{at(value):.0f}" y="{at(1) + 16:.0f}" text-anchor="middle">{value:.1f}</text>'
        f'<text x="{at(0) - 6:.0f}" y="{at(1 - value) + 4:.0f}" text-anchor="end">{value:.1f}</text>'
        for value in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    whole = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole + 12}" '
        f'font-family="sans-serif" font-size="11">'
        f'<rect width="{whole}" height="{whole + 12}" fill="#fff"/>'
        f'<path d="M{at(0)} {at(1)}H{at(1)}V{at(0)}H{at(0)}Z" fill="none" stroke="#999"/>'
        f'<path d="M{at(0)} {at(1)}L{at(1)} {at(0)}" stroke="#999" stroke-dasharray="4"/>'
        f'<g fill="#2b6cb0" fill-opacity=".7">{dots}</g>{ticks}'
        f'<text x="{at(0.5)}" y="{at(1) + 34}" text-anchor="middle">chance given</text>'
        f'<text x="12" y="{at(0.5)}" transform="rotate(-90 12 {at(0.5)})" text-anchor="middle">'
        f"share that is right</text></svg>\n"
    )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"), help="default: HEXAPLA_SHARED")
    parser.add_argument("--fit", action="store_true", help="print the coefficients that all topics teach together")
    parser.add_argument("--plot", type=Path, help="draw the reliability into this SVG file")
    arguments = parser.parse_args()
    shared = Path(arguments.shared) if arguments.shared else None
    if not shared:
        print("no shared folder (--shared or HEXAPLA_SHARED): only our own topics are measured", file=sys.stderr)
    found = topics(shared)
    names = [topic.name for topic in found]
    head = f"| P / R / F1 | {' | '.join(names)} | mean F1 |\n|---|{'---|' * (len(names) + 1)}"
    told = list(left_out(found, ALL))
    print("Each topic with what the others teach:\n")
    print(head)
    print(_row("hexapla", [agreement({p for p, one in c.items() if one >= THRESHOLD}, t) for t, c in told]))
    for name, method in SIMPLE:
        print(_row(name, [agreement(method(topic), topic) for topic in found]))
    print(f"\nWhat is left out:\n\n{head}")
    for way in WAYS:
        print(_row(f"without {way.name}", judged(found, way)), flush=True)
    print("\nReliability:")
    rows = _told_reliable([(one, pair in topic.yes) for topic, chances in told for pair, one in chances.items()])
    if arguments.plot:
        arguments.plot.write_text(drawn(rows), encoding="utf-8")
    learned = taught([look(topic, ALL) for topic in found], ALL)
    if shared:
        judged_only(shared, learned)
    if arguments.fit:
        for name, held, values in (("FIRST", chance.FIRST, learned.first), ("SECOND", chance.SECOND, learned.second)):
            print(f"\n{name} = {dict(zip(held, (round(float(value), 2) for value in values), strict=True))}")
    return 0


def judged_only(shared: Path, learned: Learned) -> None:
    """Judge what nothing was learned from: two accounts of the Iraq war, by what all topics teach."""
    texts = {stem: (TEXTS / "iraq-war" / f"{stem}.txt", language) for stem, language in IRAQ.items()}
    topic = given("iraq-war, en-hr", shared / "bench" / "iraq", texts, ("en", "hr"))
    told = learned.chances(look(topic, ALL), ALL)
    found = {pair for pair, one in told.items() if one >= THRESHOLD}
    print(f"\nOnly judged:\n\n| P / R / F1 | {topic.name} |\n|---|---|")
    for name, pairs in (("hexapla", found), *((name, method(topic)) for name, method in SIMPLE)):
        print("| {} | {:.2f} / {:.2f} / {:.3f} |".format(name, *agreement(pairs, topic)))


def _told_reliable(told: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    rows = reliability(told)
    print("\n| chance | pairs | mean | right |\n|---|--:|--:|--:|")
    for low, high, count, mean, right in rows:
        print(f"| {low:.1f} to {high:.1f} | {count} | {mean:.2f} | {right:.2f} |")
    return rows


if __name__ == "__main__":
    sys.exit(main())
