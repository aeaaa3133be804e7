"""Align accounts of the same happenings over any number of languages.

Each sub-command is a module of this folder with `register(parser)` and `run(arguments)`; its docstring is its help.
Modules import what they need when they run, so that `hexapla --help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from hexapla.corpus.errors import HexaplaError
from hexapla.corpus.version import release

COMMANDS = ("build", "align", "segment", "validate", "evaluate", "score", "export", "review", "report", "mine")

FINE, FINDINGS, REFUSED, STOPPED = 0, 1, 2, 130


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Say *message* and where help is, and end with status 2."""
        line = " ".join(message.split())  # a name that was given may hold a line break
        self.exit(REFUSED, f"{self.prog}: {line}; see {self.prog} --help\n")


class Mixed(Parser):
    """The parser of a sub-command: files may stand before, between and after its options."""

    mixing = False

    def parse_known_args(  # type: ignore[override]  # the overloads of the original, which only argparse calls
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse *args* in any order; argparse does so in two rounds, each by this very method."""
        if self.mixing or "--" in (args or ()):  # what stands after -- is a file, and the two rounds would lose it
            return super().parse_known_args(args, namespace)
        self.mixing = True
        try:
            found, left = self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixing = False
        if left:
            unknown = next((word for word in left if word.startswith("-")), None)
            self.error(f"there is no option {unknown}" if unknown else f"one argument too many: {left[0]}")
        return found, left


def parser() -> Parser:
    """Return the parser of the whole command."""
    top = Parser(prog="hexapla", description=_first(__doc__))
    top.add_argument("--version", action="version", version=f"hexapla {release()}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Mixed)
    for name in COMMANDS:
        module = command(name)
        described = argparse.RawDescriptionHelpFormatter
        added = commands.add_parser(
            name, help=_first(module.__doc__), description=module.__doc__, formatter_class=described
        )
        module.register(added)
    return top


def command(name: str) -> ModuleType:
    """Return the module of the sub-command *name*."""
    return importlib.import_module(f"hexapla.scripts.{name}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 fine, 1 findings, 2 bad usage or input."""
    parsed = parser().parse_args(arguments)
    try:
        status: int = command(parsed.command).run(parsed)
        sys.stdout.flush()
        return status
    except HexaplaError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        return _refuse(
            f"{error.filename or 'the system'}: {error.strerror or error}; check the path, rights and free space"
        )
    except KeyboardInterrupt:
        print("hexapla: stopped; nothing was left half-written", file=sys.stderr)
        return STOPPED


def _refuse(line: str) -> int:
    print(f"hexapla: {line}", file=sys.stderr)
    return REFUSED


def _first(text: str | None) -> str:
    return (text or "").strip().split("\n\n")[0].replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
