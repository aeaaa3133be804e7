"""Work that must not explode, whatever the text: what is compared is CPU time with CPU time, never a clock."""

from __future__ import annotations

import time
from collections.abc import Callable

FASTER = 10
"""A text of four times the length may take so many times as long: linear work takes 4 times, quadratic 16 times."""

LITTLE = 0.5
"""Seconds of CPU time that say nothing of growth."""


def linear(work: Callable[[str], object], text: str) -> bool:
    """Whether *work* on the whole *text* takes not much longer than its length says, beside its first quarter.

    Other processes cost CPU time, too, through what they take from the caches: each figure is the best of three.
    """
    quarter = min(_seconds(work, text[: len(text) // 4]) for _ in range(3))
    return any(_seconds(work, text) <= FASTER * quarter + LITTLE for _ in range(3))


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began
