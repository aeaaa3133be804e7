"""A lexicon learned from confirmed links: which words keep each other's company in sentences that belong together.

    "Vojska uđe u grad"   ~  "The army enters the town"        grad  ~ town   .87
    "Grad je velik"       ~  "The town is large"          ─▶   velik ~ large  .71
                                                               vojska ~ army  .65

IBM model 1 (Brown et al. 1993) is trained both ways on stems. With the expected counts c of a pair, and of its word on
either side,

    p = c(s, t) / (c(s) + 1)      q the same the other way      trust = (p · q)^(1/4) · n / (n + 1)

where n is the number of links that hold both. The 1 and the n keep what was seen once from being sure. This is the
way for a language that no dictionary knows; a few hundred links help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hexapla.align.group import Alignment
from hexapla.corpus.document import Document
from hexapla.corpus.fold import words
from hexapla.corpus.wordlist import COLUMNS, WEIGHT, Entry, keys, spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

ROUNDS = 6
"""Rounds of expectation and maximisation."""

LEAST = 0.15
"""What is trusted less than this is not kept."""

SOURCE = "learned"


def learn(pairs: Iterable[tuple[str, str]], left_language: str, right_language: str) -> tuple[Entry, ...]:
    """Return the words of the sentences of *pairs* that translate each other, two entries for each, the surest first.

    A concept is a pair of stems; its words are written as they most often are. Needs two links at least that share
    words; nothing is learned from fewer.

    >>> told = [("crna kuća", "black house"), ("crni pas", "black dog"), ("velika kuća", "large house")]
    >>> [(e.language, e.text) for e in learn(told, "hr", "en")][:4]
    [('hr', 'crna'), ('en', 'black'), ('hr', 'kuća'), ('en', 'house')]
    """
    left, right = _Side(spoken(left_language)), _Side(spoken(right_language))
    for one, other in pairs:
        left.add(one)
        right.add(other)
    found = _trusted(left, right)
    entries: list[Entry] = []
    for trust, s, t in sorted((-trust, left.stems[s], right.stems[t]) for (s, t), trust in found.items()):
        concept = f"{SOURCE}:{s}={t}"
        entries.append(Entry(left.language, left.written(s), concept, SOURCE, -trust))
        entries.append(Entry(right.language, right.written(t), concept, SOURCE, -trust))
    return tuple(entries)


def learn_all(alignment: Alignment, documents: Sequence[Document]) -> tuple[Entry, ...]:
    """Return what `learn` finds in the groups of *alignment* that people confirmed, for every two languages.

    The *documents* have their texts. Only links whose sides say the same teach anything; those that tell the same
    happening in words of their own do not.
    """
    confirmed = {group.id for group in alignment.groups if group.status != "automatic"}
    spoken = {document.id: document.language for document in documents}
    texts = {segment.id: document.slice(segment) for document in documents for segment in document.segments}
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for link in alignment.links:
        sides = sorted((link.left, link.right), key=lambda side: spoken[side.document])
        left, right = (spoken[side.document] for side in sides)
        if link.group in confirmed and left != right and link.relation != "same-event":
            one, other = (" ".join(texts[name] for name in side.segments) for side in sides)
            pairs.setdefault((left, right), []).append((one, other))
    return tuple(entry for (left, right), told in sorted(pairs.items()) for entry in learn(told, left, right))


def save(entries: Sequence[Entry], path: Path) -> None:
    r"""Write *entries* as a table with weights, which `hexapla.corpus.wordlist.read` reads.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mine.tsv"
    >>> save([Entry("hr", "grad", "c", "learned", 0.5), Entry("en", "town", "c", "learned", 0.5)], path)
    >>> path.read_text(encoding="utf-8").splitlines()
    ['id\tpos\tweight\ten\thr', 'c\t\t0.5\ttown\tgrad']
    """
    languages = sorted({entry.language for entry in entries})
    rows: dict[str, dict[str, list[str]]] = {}
    weights: dict[str, float] = {}
    for entry in entries:
        rows.setdefault(entry.concept, {}).setdefault(entry.language, []).append(entry.text)
        weights[entry.concept] = entry.trust
    lines = ["\t".join((*COLUMNS, WEIGHT, *languages))]
    for concept, row in rows.items():
        cells = [" | ".join(row.get(language, ())) for language in languages]
        lines.append("\t".join((concept, "", str(weights[concept]), *cells)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class _Side:
    """The sentences of one language as numbers of stems."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stems: list[str] = []
        self.lines: list[list[int]] = []
        self._numbers: dict[str, int] = {}
        self._forms: dict[str, Counter[str]] = {}

    def add(self, sentence: str) -> None:
        """Read one sentence; a word counts once."""
        line: dict[int, None] = {}
        for word in words(sentence):
            stem = keys(word.form, self.language)[-1][0]
            number = self._numbers.setdefault(stem, len(self.stems))
            if number == len(self.stems):
                self.stems.append(stem)
            self._forms.setdefault(stem, Counter())[word.form] += 1
            line[number] = None
        self.lines.append(list(line))

    def written(self, stem: str) -> str:
        """The form in which *stem* stands most often, the first in the alphabet of equals."""
        return min(self._forms[stem].items(), key=lambda item: (-item[1], item[0]))[0]


def _trusted(left: _Side, right: _Side) -> dict[tuple[int, int], float]:
    """How far each pair of stems is trusted, where that is enough."""
    import numpy as np

    lines = [(one, other) for one, other in zip(left.lines, right.lines, strict=True) if one and other]
    if len(lines) < 2:
        return {}
    wide = len(right.stems)
    cells = np.concatenate([_cells(one, other, wide) for one, other in lines])
    lengths = np.array([len(one) * len(other) for one, other in lines])
    line = np.repeat(np.arange(len(lines)), lengths)
    pairs, pair, together = np.unique(cells, return_inverse=True, return_counts=True)
    s, t = pairs // wide, pairs % wide
    p = _model(pair, s, line * wide + t[pair])
    q = _model(pair, t, line * len(left.stems) + s[pair])
    trust = np.round((p * q) ** 0.25 * together / (together + 1), 3)
    kept = np.flatnonzero((trust >= LEAST) & (together > 1))
    return {(int(s[n]), int(t[n])): float(trust[n]) for n in kept}


def _cells(one: Sequence[int], other: Sequence[int], wide: int) -> Whole:
    """A number for each pair of a stem of *one* sentence and one of the *other*."""
    import numpy as np

    found: Whole = (np.array(one, dtype=np.int64)[:, None] * wide + np.array(other, dtype=np.int64)[None, :]).ravel()
    return found


def _model(pair: Whole, given: Whole, slot: Whole) -> Real:
    """IBM model 1: the discounted probability of each pair's word, *given* the other one.

    *pair* is the pair of each cell, *slot* the word to be explained in each cell's sentence. A word that nothing
    explains is left to an empty one, which says every word alike.
    """
    import numpy as np

    _, slot = np.unique(slot, return_inverse=True)
    count = len(given)
    nothing = 1.0 / count
    p = np.full(count, 1.0 / max(1, len(np.unique(given))))
    for _ in range(ROUNDS):
        believed = p[pair]
        believed /= np.bincount(slot, weights=believed)[slot] + nothing
        counts = np.bincount(pair, weights=believed, minlength=count)
        p = counts / (np.bincount(given, weights=counts)[given] + 1e-12)
    found: Real = counts / (np.bincount(given, weights=counts)[given] + 1.0)
    return found
