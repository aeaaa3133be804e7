"""Write a build for other tools: TMX, TSV, JSON Lines, Moses, vertical text, beads.

DIR is what `hexapla build` or `hexapla align` left. Without --out the result is printed; moses is two files and needs
it: PATH.A and PATH.B for --pair A-B. A pair is two ids of documents or two languages (all documents in them); beads
are of two documents. docs/export.md says what each format holds.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    formats = ("tmx", "tsv", "jsonl", "moses", "vertical", "beads")
    relations = ("translation", "same-statement", "same-event")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a build")
    parser.add_argument("--to", choices=formats, required=True, help="the format")
    parser.add_argument("--pair", default="", metavar="A-B", help="only these two: ids of documents, or languages")
    parser.add_argument("--relation", choices=relations, help="only this relation")
    parser.add_argument("--out", type=Path, metavar="PATH", help="the file to write (default: print it)")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")


def run(arguments: argparse.Namespace) -> int:
    """Read the TEI and write or print the format."""
    from hexapla.align.pair import sides
    from hexapla.corpus.errors import UsageError
    from hexapla.tei.export import export, save
    from hexapla.tei.read import read_build

    out: Path | None = arguments.out
    if out is None and arguments.to == "moses":
        raise UsageError("moses is two files", hint="give --out PATH, the beginning of their names")
    if out is not None and out.is_dir():
        raise UsageError("is a folder", path=out, hint="give the name of a file, or for moses the beginning of two")
    edition = read_build(arguments.folder)
    pair = sides(arguments.pair, edition.documents) if arguments.pair else None
    files = export(edition, arguments.to, pair, arguments.relation)
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # whatever the terminal speaks: files are UTF-8
        sys.stdout.writelines(files[""])
        return 0
    placed = {out.with_name(f"{out.name}.{end}") if end else out: parts for end, parts in files.items()}
    save(placed, arguments.replace)
    for path in placed:
        print(path)
    return 0
