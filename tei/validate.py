"""What is wrong in TEI files, where, and what to do.

    >>> print(Finding(Path("en.xml"), 7, "T402", 'a pointer leads nowhere: "hr.xml#hr.s9"', "correct it"))
    en.xml:7: T402 a pointer leads nowhere: "hr.xml#hr.s9"; correct it

A folder is checked as one release: everything that its files point to must be there. A file given alone is checked as
far as it goes. The codes are in `hexapla.tei.checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from hexapla.corpus.errors import InputError, UsageError
from hexapla.tei import grammar
from hexapla.tei.checks import CHECKS, GRAMMAR, WARNINGS
from hexapla.tei.folder import File, Folder
from hexapla.tei.names import Element
from hexapla.tei.read import parse

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a file."""

    path: Path
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Everything in one line, as a terminal shows it."""
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.path}:{self.line}: {mark}{self.code} {self.message}" + (f"; {self.hint}" if self.hint else "")


def validate(paths: Sequence[Path]) -> tuple[Finding, ...]:
    """Return what is wrong in *paths*, in the order of path, line and code: files, folders of them, or whole builds.

    Raises:
        UsageError: a path does not exist, or a folder holds no XML file.
    """
    found: set[Finding] = set()
    for path in paths:
        if path.is_dir():
            folder = _release(path)
            found.update(_validate(sorted(folder.glob("*.xml")), Folder(folder, whole=True)))
        elif path.is_file():
            found.update(_validate([path], Folder(path.parent, whole=False)))
        else:
            raise UsageError("is not there", path=path, hint="give a TEI file or a folder of them")
    return tuple(sorted(found))


def _release(path: Path) -> Path:
    """The folder of TEI files that is *path*, or lies in it where it is a whole build."""
    for folder in (path, path / "tei"):
        if any(folder.glob("*.xml")):
            return folder
    raise UsageError("holds no XML file", path=path, hint="give a build, or its folder tei/")


def _validate(paths: Iterable[Path], folder: Folder) -> Iterator[Finding]:
    files = []
    for path in paths:
        try:
            file = File(path, parse(path), folder)
        except InputError as error:
            code = "T102" if "document type" in error.message else "T101"
            line = error.place if isinstance(error.place, int) else 1
            yield _finding(path, line, code, error.message.partition(": ")[2])
            folder.files[path.name] = None
        else:
            folder.files[path.name] = file
            files.append(file)
    for file in files:
        yield from _check(file)


def _check(file: File) -> Iterator[Finding]:
    """Yield what is wrong in *file*; the grammar's own word only where nothing else explains it."""
    found = [_finding(file.path, _line(part), code, what) for code, part, what in grammar.misfits(file.root)]
    found += [_finding(file.path, _line(part), code, what) for code, part, what in grammar.broken(file.root)]
    for code, check in CHECKS.items():
        found += [_finding(file.path, _line(part), code, what) for part, what in check.find(file)]
    refused = grammar.invalid(file.root)
    if refused and not any(one.code < "T4" and one.severity == "error" for one in found):
        found.append(_finding(file.path, refused[0], "T111", refused[1]))
    yield from found


def _line(part: Element) -> int:
    return cast(int, part.sourceline or 1)


def _finding(path: Path, line: int, code: str, what: str) -> Finding:
    """Return a finding of *code*; *what* says where in the line, or for a Schematron rule all there is to say."""
    check = CHECKS.get(code)
    message, hint = (check.message, check.hint) if check else GRAMMAR.get(code, ("", ""))
    if not message:
        message, _, hint = what.partition("; ")
    elif what:
        message = f"{message}: {what}"
    return Finding(path, line, code, message, hint, _severity(code))


def _severity(code: str) -> Severity:
    return "warning" if code in WARNINGS else "error"
