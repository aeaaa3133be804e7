"""Which version of the toolkit this is: for signatures, files and ``hexapla --version``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def release() -> str:
    """Return the version of the toolkit, or "unreleased" in a checkout that is not installed."""
    try:
        return version("hexapla")
    except PackageNotFoundError:
        return "unreleased"
