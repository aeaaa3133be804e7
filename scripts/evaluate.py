"""Measure a build against what people say is aligned: precision, recall and F1.

DIR is what `hexapla build` or `hexapla align` left. GOLD is a table of sentence pairs (left, right, label; or id, id,
grade), or beads ([0, 1]:[2]); docs/evaluation.md shows them. Pairs are measured over all documents that the gold
judges, then by document, language and relation; beads are those of the two documents that --pair names. Where the
reference segmentation of a document stands beside the gold (DOCUMENT.tsv or seg/DOCUMENT.tsv), the gold's ids are its.
Each figure has a bootstrap interval, and a line says how all of them were made.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexapla.align.evaluate import Evaluation, Row


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    relations = ("translation", "same-statement", "same-event")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a build")
    parser.add_argument("--gold", type=Path, required=True, metavar="GOLD", help="what people say is aligned")
    parser.add_argument("--pair", default="", metavar="A-B", help="only these two: ids of documents, or languages")
    parser.add_argument("--relation", choices=relations, help="only groups of this relation")
    parser.add_argument("--json", action="store_true", help="print JSON, figures in full")


def run(arguments: argparse.Namespace) -> int:
    """Read the build and the gold, and print how they agree."""
    from hexapla.align import gold
    from hexapla.align.evaluate import evaluate
    from hexapla.align.pair import sides
    from hexapla.tei.read import read_build

    judged = gold.read(arguments.gold)
    edition = read_build(arguments.folder)
    needed = arguments.pair or isinstance(judged, gold.GoldBeads)
    pair = sides(arguments.pair, edition.documents) if needed else None
    found = evaluate(edition.alignment, edition.documents, judged, pair, arguments.relation)
    print(as_json(found) if arguments.json else as_text(found))
    return 0


def as_json(found: Evaluation) -> str:
    """Return *found* as JSON."""
    said = {
        "rows": [asdict(row) for row in found.rows],
        "left_out": dict(found.left_out),
        "signature": str(found.signature),
        "aligned": str(found.aligned),
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def as_text(found: Evaluation) -> str:
    """Return *found* as a table, what does not count, and how it was made.

    Rows by language are left out where each language has one document that is called by it.
    """
    said = {over: [row.name for row in found.rows if row.over == over] for over in ("documents", "languages")}
    rows = [row for row in found.rows if row.over != "languages" or said["documents"] != said["languages"]]
    names = [" ".join(filter(None, (row.over if row.over != "beads" else "", row.name))) for row in rows]
    width = max(map(len, names))
    lines = [f"{'':{width}}      P      R     F1  95 % of F1     found   gold"]
    lines += [_line(name, width, row) for name, row in zip(names, rows, strict=True)]
    lines += [f"does not count: {number} {reason}" for reason, number in found.left_out]
    return "\n".join([*lines, f"signature: {found.signature}", f"aligned: {found.aligned}"])


def _line(name: str, width: int, row: Row) -> str:
    figures = "  ".join(f"{figure:.3f}" for figure in (row.precision, row.recall, row.f1))
    return f"{name:{width}}  {figures}  {row.low:.3f}-{row.high:.3f}  {row.found:6}  {row.gold:5}"
