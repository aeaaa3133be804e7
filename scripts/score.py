"""Score translations against what the groups of a build say in the other language: chrF2++, BLEU, TER.

DIR is what `hexapla build` or `hexapla align` left. FILE translates the first document of --pair: a line for each of
its sentences and headings, boilerplate left out; with --lines group a line for each link that `hexapla export --to
moses` writes for the same pair and relation. With several files each is compared with the first by a paired bootstrap.
The figures and the signatures are sacrebleu's.

Without --relation the closest one that links the two is used. Scores against accounts that are no translations of one
another compare systems on this build only, and nothing else: docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexapla.align.hypothesis import Result, Task


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    relations = ("translation", "same-statement", "same-event")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a build")
    parser.add_argument(
        "--hypothesis", type=Path, action="append", required=True, metavar="FILE", help="a translation; repeatable"
    )
    parser.add_argument(
        "--pair", default="", metavar="A-B", help="the document translated, and the language or document of references"
    )
    parser.add_argument("--relation", choices=relations, help="references from links of this relation")
    parser.add_argument("--lines", choices=("segment", "group"), default="segment", help="what a line translates")
    parser.add_argument("--json", action="store_true", help="print JSON, figures in full")


def run(arguments: argparse.Namespace) -> int:
    """Read the build and the translations, and print their scores."""
    from hexapla.align.hypothesis import read, score, task
    from hexapla.align.pair import sides
    from hexapla.corpus.errors import UsageError
    from hexapla.tei.read import read_build

    edition = read_build(arguments.folder)
    wanted = task(
        edition.alignment, sides(arguments.pair, edition.documents), arguments.relation, lines=arguments.lines
    )
    systems = {str(path): read(path, wanted) for path in arguments.hypothesis}
    if len(systems) < len(arguments.hypothesis):
        raise UsageError("a --hypothesis is given twice", hint="give each file once")
    results = score(systems, wanted)
    print(as_json(results, wanted) if arguments.json else as_text(results, wanted))
    return 0


def references(wanted: Task) -> dict[int, int]:
    """Return how many units have how many references."""
    return dict(sorted(Counter(len(unit.references) for unit in wanted.units).items()))


def as_json(results: Sequence[Result], wanted: Task) -> str:
    """Return *results* as JSON."""
    said = {
        "source": wanted.source,
        "target": wanted.target,
        "relation": wanted.relation,
        "units": len(wanted.units),
        "references": {str(number): times for number, times in references(wanted).items()},
        "results": [asdict(result) for result in results],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def as_text(results: Sequence[Result], wanted: Task) -> str:
    """Return *results* as a table, what they were scored against, and sacrebleu's signatures."""
    many = ", ".join(f"{number} for {times}" for number, times in references(wanted).items())
    lines = [f"{wanted.source} into {wanted.target}, {wanted.relation}: {len(wanted.units)} units; references: {many}"]
    width = max(len(result.system) for result in results)
    for result in results:
        figures = f"{result.score:7.2f}  {result.mean:6.2f} ± {result.interval:5.2f}"
        chance = "" if result.p is None else f"  p {result.p:.3f}"
        lines.append(f"{result.system:{width}}  {result.metric:7}  {figures}{chance}")
    lines += dict.fromkeys(f"signature: {result.metric}|{result.signature}" for result in results)
    if wanted.relation != "translation":
        lines.append("The references are other accounts, not translations: compare systems on this build only.")
    return "\n".join(lines)
