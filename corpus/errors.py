"""What can go wrong, said in one line: file, place, what is wrong, what to do.

    HexaplaError
    ├── UsageError    the call cannot be carried out (a missing option, a folder that is not ours)
    └── InputError    a file cannot be used (encoding, empty, broken XML, a bad row)

The command turns each into one line on standard error and exit status 2.
"""

from __future__ import annotations

from pathlib import Path


class HexaplaError(Exception):
    """Any failure that is the input's and not the toolkit's.

    >>> str(InputError("is empty", path="hr.txt", hint="give a file with text in it"))
    'hr.txt: is empty; give a file with text in it'
    """

    def __init__(
        self, message: str, *, path: str | Path | None = None, place: str | int | None = None, hint: str = ""
    ) -> None:
        """Keep *message*, the file's *path*, the *place* in it (a line number or name) and a *hint* at what to do."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """Everything in one line, as a terminal shows it."""
        where = ":".join(str(part) for part in (self.path, self.place) if part not in (None, ""))
        line = f"{where}: {self.message}" if where else self.message
        line = f"{line}; {self.hint}" if self.hint else line
        return " ".join(line.split())


class UsageError(HexaplaError):
    """The call cannot be carried out as it was given."""


class InputError(HexaplaError):
    """A file that was given cannot be used."""
