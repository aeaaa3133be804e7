"""A pause of the garbage collector while many small values are made that all live on.

Python looks for cycles each time a few hundred values more are alive; where hundreds of thousands are made and none
dies, that is a third of the time and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the collector off within the block; it is on again after it if it was before.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
