"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMES = [
    f"hexapla.{part}.{path.stem}"
    for part in ("corpus", "align", "tei", "scripts")
    for path in sorted((ROOT / part).glob("*.py"))
    if path.stem != "__init__"
]


@pytest.mark.parametrize("name", NAMES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
