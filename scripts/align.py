"""Align documents of your own: accounts of the same happenings, or translations of one text, in any languages.

Each FILE is one of two or more: plain text, a web page, a Word file or TEI. Its stem becomes the document's id; its
language is given or detected. The result is the same as of `hexapla build`: TEI, a dataset and a report. Which files
are translations of one another is found out (docs/modes.md), or said with --mode. With --authority the people, places
and events that you list are what accounts are aligned by; docs/authority.md says how to write them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexapla.corpus.decision import Decisions


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="an account or a translation: .txt .html .docx .xml"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the result goes")
    parser.add_argument(
        "--lang", action="append", default=[], metavar="FILE=xx", help="language of a file (BCP 47); repeatable"
    )
    parser.add_argument(
        "--authority",
        type=Path,
        metavar="PATH",
        help="what you know of the story: a folder, .tsv, .toml, TEI, or a Wikidata table",
    )
    parser.add_argument(
        "--glossary",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="a word list of your own: .tsv, a MUSE list (en-hr.txt) or a TEI dictionary; repeatable",
    )
    parser.add_argument(
        "--propose",
        type=Path,
        metavar="FILE",
        help="write the names that were found, marked proposed, to a new entities.tsv for you to correct",
    )
    review = parser.add_mutually_exclusive_group()
    review.add_argument(
        "--decisions",
        type=Path,
        metavar="PATH",
        help="what people decided, from hexapla review (default: decisions.jsonl beside the first file, where it is)",
    )
    review.add_argument(
        "--without-review", action="store_true", help="leave out what people decided: what the method finds by itself"
    )
    parser.add_argument(
        "--mode",
        choices=("auto", "comparable", "translation"),
        default="auto",
        help="translations of one text, or accounts of their own; auto (the default) finds out for each two files",
    )
    parser.add_argument(
        "--vectors",
        action="append",
        default=[],
        metavar="FILE=PATH",
        help="vectors of a file's segments, made elsewhere: .npy, numbers as text, or Vecalign's .emb; repeatable",
    )
    parser.add_argument(
        "--encoder", default="", metavar="NAME", help="a sentence-transformers model: a folder, or a name"
    )
    parser.add_argument(
        "--translation",
        action="append",
        default=[],
        metavar="FILE=PATH",
        help="a machine translation of a file, a line for each segment, into another's language; repeatable",
    )
    wish = parser.add_mutually_exclusive_group()
    wish.add_argument("--precision", action="store_true", help="without a list of events: fewer groups, and surer ones")
    wish.add_argument("--recall", action="store_true", help="the same: more groups, and less sure ones")
    parser.add_argument("--title", default="", help="title of the edition")
    parser.add_argument("--segmented", action="store_true", help="the files hold one segment a line already")
    parser.add_argument("--no-text", action="store_true", help="leave the running text out, for its rights")


def run(arguments: argparse.Namespace) -> int:
    """Read the files, walk them through every stage, and print what came out."""
    from hexapla.align.discover import MORE, SURER, THRESHOLD
    from hexapla.corpus.document import Authority
    from hexapla.corpus.errors import UsageError
    from hexapla.corpus.lists import Listed
    from hexapla.corpus.lists import read as read_list
    from hexapla.corpus.source import read_all
    from hexapla.corpus.work import given
    from hexapla.scripts.beside import Beside, pairs
    from hexapla.scripts.walk import Choices, walk

    if len(arguments.files) < 2:
        raise UsageError("one file cannot be aligned", path=arguments.files[0], hint="give two or more")
    documents = read_all(arguments.files, dict(spoken(item) for item in arguments.lang))
    listed = read_list(arguments.authority) if arguments.authority else Listed(Authority(), ())
    work = given(arguments.out.resolve().name, arguments.title)
    choices = Choices(
        likely=SURER if arguments.precision else MORE if arguments.recall else THRESHOLD,
        further=True,
        with_text=not arguments.no_text,
        segmented=arguments.segmented,
        glossaries=tuple(arguments.glossary),
        elsewhere=True,
        mode=arguments.mode,
        beside=Beside(
            pairs(arguments.vectors, "--vectors", documents, arguments.files),
            pairs(arguments.translation, "--translation", documents, arguments.files),
            arguments.encoder,
        ),
        propose=arguments.propose,
        decisions=_decisions(arguments),
        notes=tuple(f"authority: {remark}" for remark in listed.remarks),
    )
    return walk(work, documents, listed.authority, arguments.out, choices)


def _decisions(arguments: argparse.Namespace) -> Decisions | None:
    """What people decided, from the file that was given, or from the one beside the first text."""
    from hexapla.corpus.decision import NAME, read

    beside: Path = arguments.files[0].parent / NAME
    path = arguments.decisions or (beside if beside.is_file() else None)
    return read(path) if path and not arguments.without_review else None


def spoken(item: str) -> tuple[str, str]:
    """Read one FILE=xx of --lang, of any command."""
    from hexapla.corpus.errors import UsageError

    name, equals, code = item.rpartition("=")
    if not (name and equals and code):
        raise UsageError(f"--lang {item!r} is not FILE=xx", hint="write --lang FILE=xx, such as --lang hr.txt=hr")
    return name, code
