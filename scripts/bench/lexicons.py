"""Measures what each lexicon is worth: how often the right sentence of another language comes first.

    HEXAPLA_SHARED=... python scripts/bench/lexicons.py

Documents with as many sentences on both sides are joined; every line of the other side is a candidate; the score is
the margin over coverage; P@1 is the mean of both directions. Each row of the table leaves out one source, the last
ones keep one only.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from hexapla.align.score import Features, margin
from hexapla.corpus import lexicon as lexicons
from hexapla.corpus.lexicon import Entry, Lexicon
from hexapla.corpus.needed import vocabulary
from hexapla.scripts.bench.lines import document

PAIRS = (("en", "hr"), ("en", "ar"), ("en", "tl"), ("hr", "ar"), ("hr", "tl"), ("ar", "tl"))
SHORT = 30
"""Sentences of a short document."""

Lines = tuple[list[str], list[str]]


def texts(folder: Path, left: str, right: str) -> Lines:
    """Return the sentences of the documents that have as many in both languages."""
    held = [_documents(folder / f"{language}.jsonl") for language in (left, right)]
    both = [(held[0][name], held[1][name]) for name in held[0] if len(held[0][name]) == len(held[1].get(name, ()))]
    return [line for one, _ in both for line in one], [line for _, other in both for line in other]


def _documents(path: Path) -> dict[str, list[str]]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["doc"]: row["sentences"] for row in rows}


def precision(lines: Lines, left: str, right: str, lexicon: Lexicon) -> float:
    """Return P@1, the mean of both directions."""
    one, other = lines
    found = Features.of([document("a", left, one), document("b", right, other)], lexicon)
    scores = margin(found.coverage(found.rows("a"))[:, len(one) :])
    there = sum(int(best) == n for n, best in enumerate(scores.argmax(axis=1)))
    back = sum(int(best) == n for n, best in enumerate(scores.argmax(axis=0)))
    return (there + back) / (2 * len(one))


def short(lines: Lines, left: str, right: str, lexicon: Lexicon) -> float:
    """Return the mean P@1 of the texts cut into short documents."""
    starts = range(0, len(lines[0]) - SHORT + 1, SHORT)
    parts = [(lines[0][n : n + SHORT], lines[1][n : n + SHORT]) for n in starts]
    return sum(precision(part, left, right, lexicon) for part in parts) / len(parts)


def sources(left: str, right: str, lines: Lines) -> dict[str, list[Entry]]:
    """Return all entries for two languages by their source; those that are found, as far as *lines* need them."""
    mine = tuple(sorted((left, right)))
    held: dict[str, list[Entry]] = {"glossary": [e for e in lexicons.own() if e.language in mine]}
    held["CLDR"] = list(lexicons.cldr(mine))
    needed = vocabulary([document(code, code, side) for code, side in zip((left, right), lines, strict=True)])
    for entry in lexicons.elsewhere(mine, needed):
        held.setdefault("FreeDict" if entry.source.startswith(("freedict", "glossary")) else "WordNet", []).append(
            entry
        )
    return held


def rows(folder: Path) -> Iterable[tuple[str, list[str]]]:
    """Yield the rows of the table: what was used, and P@1 for each pair of languages."""
    lines = {pair: texts(folder, *pair) for pair in PAIRS}
    held = {pair: sources(*pair, lines[pair]) for pair in PAIRS}
    names = list(dict.fromkeys(name for known in held.values() for name in known))
    choices = [("all that is found", names), ("embedded", ["glossary", "CLDR"])]
    choices += [(f"without {name}", [other for other in names if other != name]) for name in names]
    choices += [(f"{name} only", [name]) for name in names] + [("names and numbers only", [])]
    for title, chosen in choices:
        yield title, [_cell(held[pair], lines[pair], pair, chosen) for pair in PAIRS]
    embedded = {pair: lexicons.load(pair, found=False) for pair in PAIRS}
    yield f"embedded, {SHORT} lines", [f"{short(lines[pair], *pair, embedded[pair]):.3f}" for pair in PAIRS]


def _cell(held: dict[str, list[Entry]], lines: Lines, pair: tuple[str, str], chosen: Sequence[str]) -> str:
    lexicon = Lexicon.of(entry for name in chosen for entry in held.get(name, ()))
    return f"{precision(lines, *pair, lexicon):.3f}"


def costs(folder: Path) -> Iterable[tuple[str, str]]:
    """Yield what loading and reading cost: seconds and memory of the process, on one core."""
    lines = texts(folder, "hr", "ar")
    needed = vocabulary([document("a", "hr", lines[0]), document("b", "ar", lines[1])])
    for name, found in (("embedded", False), ("found", True)):
        before, start = _resident(), time.process_time()
        lexicon = lexicons.load(("en", "hr", "ar", "tl"), found=found, vocabulary=needed)
        seconds = time.process_time() - start
        gc.collect()
        yield f"load, {name}", f"{seconds:.2f} s, {_resident() - before:.0f} MB  {lexicons.described(lexicon)}"
        start = time.process_time()
        features = Features.of([document("a", "hr", lines[0]), document("b", "ar", lines[1])], lexicon)
        yield f"features, {name}", f"{len(features.segments) / (time.process_time() - start):.0f} sentences/s (hr, ar)"
    every = [
        document(f"{code}-{name}", code, said)
        for code in ("en", "hr", "ar", "tl")
        for name, said in _documents(folder / f"{code}.jsonl").items()
    ]
    start = time.process_time()
    features = Features.of(every, lexicons.load(("en", "hr", "ar", "tl"), found=False))
    count = len(features.segments)
    yield "features, all texts", f"{count / (time.process_time() - start):.0f} sentences/s ({count} in four languages)"
    yield "peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def _resident() -> float:
    """Memory of the process in MB, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> int:
    """Print the tables."""
    shared = os.environ.get("HEXAPLA_SHARED")
    if not shared:
        print("set HEXAPLA_SHARED to the folder that holds bench/text", file=sys.stderr)
        return 2
    folder = Path(shared) / "bench" / "text"
    for name, cost in costs(folder):
        print(f"{name:22} {cost}")
    print("\nP@1".ljust(25) + "".join(f"{left}-{right}".rjust(8) for left, right in PAIRS))
    for title, cells in rows(folder):
        print(title.ljust(24) + "".join(cell.rjust(8) for cell in cells), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
