"""Print the segments of a text: kind, start, end and text, separated by tabs, one segment a line.

Offsets are 0-based, half-open, in Unicode code points of the decoded file; line breaks inside a segment are printed
as spaces. What there is to say of how the file was read (the language that was detected, what was left out) goes to
standard error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="one text: .txt .html .docx .xml")
    parser.add_argument("--lang", default="", metavar="xx", help="its language, BCP 47 (else detected)")


def run(arguments: argparse.Namespace) -> int:
    """Read the file and print its segments."""
    from hexapla.corpus.segment import segment
    from hexapla.corpus.source import read

    document = segment(read(arguments.file, language=arguments.lang))
    left_out = [f"left out: {line}" for line in document.source.left_out]
    for line in filter(None, [document.source.note, *left_out]):
        print(f"hexapla: {arguments.file}: {line}", file=sys.stderr)
    for part in document.segments:
        text = " ".join(document.slice(part).split("\t")).replace("\r\n", " ")
        print(part.kind, part.start, part.end, " ".join(text.splitlines()), sep="\t")
    return 0
