"""Step through the groups of a build, the least certain first, and keep what you decide.

DIR is what `hexapla build` or `hexapla align` left. Each group is shown with its sentences and what they share; you
accept or reject it, drop or add a sentence, or name the relation, and say why. Every answer is kept at once, in
decisions.jsonl beside the texts of a published work, else in the file that --decisions names; the next build or align
reads it from there. With --table the groups are written to a table for a spreadsheet; called again, it is read back.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hexapla.align.group import Disagreement, Group
    from hexapla.align.verdict import Judge
    from hexapla.corpus.decision import Decision
    from hexapla.tei.edition import Edition


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a build")
    parser.add_argument(
        "--decisions", type=Path, metavar="PATH", help="where decisions are kept (default: beside a published work)"
    )
    parser.add_argument("--table", type=Path, metavar="FILE", help="write a table to fill in, or read it back")
    parser.add_argument(
        "--learn", type=Path, metavar="FILE", help="write a word list for --glossary, from accepted groups"
    )
    parser.add_argument("--all", action="store_true", help="the groups that were read already, too")
    parser.add_argument("--by", default="", metavar="NAME", help="who decides (default: your name on this computer)")
    parser.add_argument("--date", default="", metavar="DAY", help="when, such as 2026-11-30 (default: today)")


def run(arguments: argparse.Namespace) -> int:
    """Show the groups, or the table, and keep what is decided."""
    from hexapla.align.verdict import Judge, by_doubt, unread
    from hexapla.corpus import decision
    from hexapla.corpus.errors import UsageError
    from hexapla.tei.read import read_build

    edition = read_build(arguments.folder)
    if not edition.work.with_text:
        raise UsageError("the build has no texts to read", path=arguments.folder, hint="build again without --no-text")
    if arguments.learn:
        return _learn(edition, arguments.learn)
    path = arguments.decisions or _beside(edition)
    before = decision.read(path).decisions if path.is_file() else ()
    judge = Judge(edition.documents, arguments.by or _name(), _day(arguments.date))
    groups = unread(edition.alignment, edition.documents, edition.authority, before)
    if arguments.table and arguments.table.exists():
        return _read_back(arguments.table, edition.alignment.groups, judge, before, path)
    if arguments.all:
        groups = by_doubt(edition.alignment.groups)
    if arguments.table:
        return _write(arguments.table, groups, edition)
    return _ask(groups, edition.alignment.disagreements, judge, path)


def _beside(edition: Edition) -> Path:
    """The file of decisions beside the texts that *edition* was made of, where these are a published work's."""
    from hexapla.corpus.errors import UsageError
    from hexapla.corpus.work import beside

    found = beside(edition.work.id, {document.source.sha256 for document in edition.documents})
    if found is None:
        raise UsageError(
            "a build does not say where its texts lie",
            hint="give --decisions PATH; hexapla align reads decisions.jsonl beside its first file",
        )
    return found


def _ask(groups: Sequence[Group], differing: Sequence[Disagreement], judge: Judge, path: Path) -> int:
    import sys

    from hexapla.corpus.errors import UsageError
    from hexapla.tei.dialogue import Dialogue

    if not groups:
        print("every group was read; --all shows them again")
        return 0
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask in", hint="write a table to fill in: --table FILE")
    kept = Dialogue(judge, path, _answer, print, differing).run(groups)
    print(f"{kept} decisions kept in {path}; build or align again to apply them")
    return 0


def _answer(question: str) -> str | None:
    try:
        return input(question)
    except EOFError:
        print()
        return None


def _write(path: Path, groups: Sequence[Group], edition: Edition) -> int:
    from hexapla.tei.sheet import write

    rows = write(groups, edition.documents, path)
    print(f"{path}: {rows} sentences in {len(groups)} groups; fill in verdict, relation is and reason, then call again")
    return 0


def _read_back(table: Path, groups: Sequence[Group], judge: Judge, before: Sequence[Decision], path: Path) -> int:
    from dataclasses import replace

    from hexapla.corpus.decision import append
    from hexapla.tei.sheet import read

    known = {replace(one, by="", date="") for one in before}
    found = read(table, groups, judge)
    fresh = [one for one in found if replace(one, by="", date="") not in known]
    append(fresh, path)
    print(f"{len(fresh)} decisions kept in {path}, {len(found) - len(fresh)} were there already")
    return 0


def _learn(edition: Edition, path: Path) -> int:
    from hexapla.align.learn import learn_all, save
    from hexapla.corpus.errors import UsageError

    if path.exists():
        raise UsageError("is there already", path=path, hint="give a new file; yours is never written over")
    entries = learn_all(edition.alignment, edition.documents)
    if not entries:
        hint = "accept more groups in languages that differ, build again, then learn"
        raise UsageError("the accepted groups of this build teach no words", hint=hint)
    save(entries, path)
    print(f"{path}: {len(entries) // 2} pairs of words; give it to hexapla align --glossary")
    return 0


def _name() -> str:
    """What the computer calls whoever sits before it."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "a reader"


def _day(given: str) -> str:
    """The day that was *given*, today where none was."""
    from datetime import date

    from hexapla.corpus.errors import UsageError

    try:
        return date.fromisoformat(given).isoformat() if given else date.today().isoformat()
    except ValueError:
        raise UsageError(f"--date {given!r} is no day", hint="write it as 2026-11-30") from None
