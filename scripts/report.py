"""Make the HTML report of a build again, from its TEI: one file that works offline.

DIR is what `hexapla build` or `hexapla align` left.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a build")


def run(arguments: argparse.Namespace) -> int:
    """Read the TEI and write the report."""
    from hexapla.tei.read import read_build
    from hexapla.tei.report import write

    for path in write(read_build(arguments.folder), arguments.folder / "report"):
        print(path)
    return 0
