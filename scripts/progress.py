"""Steps of long work, shown on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable


def progress() -> Callable[[str], None]:
    """Return a function that shows the step it is told on a terminal, and does nothing in a pipe."""
    if not sys.stderr.isatty():
        return lambda _: None

    def show(step: str) -> None:
        print(f"\r\x1b[K{f'hexapla: {step} …' if step else ''}", end="", file=sys.stderr, flush=True)

    return show
