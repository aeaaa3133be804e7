"""Check TEI files: coded findings with file, line and what to do; exit status 1 if any is an error.

A PATH is what `hexapla build` or `hexapla align` left, a folder whose XML files are one release, or a TEI file.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a build, a folder of TEI files, or one")


def run(arguments: argparse.Namespace) -> int:
    """Check the paths and print the findings."""
    from hexapla.tei.validate import validate

    findings = validate(arguments.paths)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity == "error" for finding in findings)
    if not findings:
        print("no findings")
    return 1 if errors else 0
