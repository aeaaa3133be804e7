"""The command, called as a shell does."""

from __future__ import annotations

import pytest

from hexapla.scripts.__main__ import main


def call(*arguments: object) -> int:
    """The exit status of hexapla with *arguments*."""
    return main([str(argument) for argument in arguments])


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that a call is refused with."""
    assert call(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    return said.err
