"""Which of many words sound like one.

    among gagarin, gargano, armstrong     غاغارين ─▶ gagarin

What `hexapla.corpus.sound.likeness` says of two words is found for one word and all others at once, but for rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from hexapla.corpus.sound import SHORTEST, share, soft, sounds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

ROUNDED = 1e-4
"""What likenesses that are compared all at once may be too small by."""


class Echoes:
    """Words among which those are sought that sound like another."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    @cached_property
    def _heard(self) -> tuple[list[str], NDArray[np.intp], list[str], tuple[Real, ...]]:
        """The rows of consonants of all words, where each word's begin, the soft rows, and the shares of consonants."""
        import numpy as np

        rows = [sounds(word) for word in self.words]
        begin = np.concatenate([[0], np.cumsum([len(row) for row in rows])[:-1]]).astype(np.intp)
        sizes = [len(row[0]) for row in rows]
        by_size = tuple(
            np.array([share(min(size, mine)) for size in sizes], np.float32) for mine in range(SHORTEST + 1)
        )
        return [row for heard in rows for row in heard], begin, [soft(word) for word in self.words], by_size

    def near(self, word: str, least: float) -> list[str]:
        """Return all of the words whose likeness with the folded *word* is *least* or more; few others are among them.

        >>> Echoes(["armstrong", "gagarin", "gargano"]).near("غاغارين", 0.8)
        ['gagarin']
        """
        import numpy as np

        if not self.words:
            return []
        rows, begin, vowels, by_size = self._heard
        mine = sounds(word)
        met = cdist(mine, rows, scorer=Indel.normalized_similarity, dtype=np.float32).max(axis=0)
        consonants = np.maximum.reduceat(met, begin)
        said = cdist([soft(word)], vowels, scorer=Indel.normalized_similarity, dtype=np.float32)[0]
        part = by_size[min(len(mine[0]), SHORTEST)]
        found = part * consonants + (1 - part) * said >= least - ROUNDED
        return [self.words[at] for at in found.nonzero()[0]]
