"""Build a published work: its texts become aligned TEI, a dataset and a report.

WORK is the name of a folder in corpus/texts (default: iraq-war), or the path of a folder with a source.toml.
An existing build in DIR is replaced once the new one is whole.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument(
        "work", nargs="?", default="iraq-war", metavar="WORK", help="name or folder (default: iraq-war)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the build goes (default: dist/WORK)")
    parser.add_argument(
        "--without-review", action="store_true", help="leave out what people decided: what the method finds by itself"
    )
    parser.add_argument("--no-text", action="store_true", help="leave the running text out, for its rights")


def run(arguments: argparse.Namespace) -> int:
    """Read the work, walk it through every stage, and print what came out."""
    from hexapla.corpus.work import decisions, load
    from hexapla.scripts.walk import Choices, walk

    work, documents, authority = load(arguments.work)
    out = arguments.out or Path("dist") / work.id
    reviewed = None if arguments.without_review else decisions(arguments.work)
    return walk(work, documents, authority, out, Choices(with_text=not arguments.no_text, decisions=reviewed))
