"""What a happening that nobody listed is called: words that its tellings share, as one account writes them.

    en: "Armstrong took over by hand to clear a crater ... with only 25 seconds of fuel left"
    ar: "... رأى القائد تحته فوهة مليئة بالصخور ..."            ─▶  "crater, seconds of fuel" (en)

All words are of one language: English where an English account tells it, else that of the first account. Words that
only join others say nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hexapla.align.anchor import Key
from hexapla.align.score import Features
from hexapla.corpus.document import Document, Name
from hexapla.corpus.lexicon import Lexicon

CLOSED = frozenset({"adv", "prep", "num", "pron", "conj", "other"})
"""Word classes of the glossary whose words say nothing by themselves."""

OPEN = frozenset({"noun", "verb", "adj"})
"""Those whose words do."""

SHORT = 5
SHORT_UNCASED = 3
"""Words with fewer letters that the glossary does not hold join others, mostly: in scripts with capitals, in others."""

AUXILIARY = frozenset({"be.verb", "have.verb", "do.verb", "can.verb", "must.verb", "may.verb", "become.verb"})
"""Verbs of the glossary that help others."""

VALUES = ("date", "quantity")

MOST = 3
"""Words and names of a label, beside a date."""

ENGLISH = "en"


def label(
    cluster: Sequence[int], features: Features, documents: Mapping[str, Document], lexicon: Lexicon, date: str = ""
) -> Name:
    """Return the label of the segments *cluster* (numbers of *features*), which begins with *date*.

    Its text is '' where they share no word.
    """
    spoken = {number: documents[features.owner[number]].language.split("-")[0] for number in cluster}
    language = ENGLISH if ENGLISH in spoken.values() else spoken[cluster[0]]
    said: dict[str, tuple[float, int, int]] = {}
    for number in (number for number in cluster if spoken[number] == language):
        document = documents[features.owner[number]]
        theirs = {f.type for other in cluster if features.owner[other] != document.id for f in features.held[other]}
        for feature in features.held[number]:
            weight = features.weight[feature.type] * _met(feature.type, theirs, features)
            key = features.label[feature.type]
            if weight and key[0] not in VALUES and not closed(key, lexicon):
                text = " ".join(document.text[feature.start : feature.end].split())
                said.setdefault(text, (-weight, number, feature.start))
    chosen = sorted(sorted(said, key=lambda text: (said[text][0], text))[:MOST], key=lambda text: said[text][1:])
    return Name(language, ", ".join(filter(None, [date, *chosen])))


def _met(kind: int, others: set[int], features: Features) -> float:
    return max((trust for other, trust in features.meets[kind].items() if other in others), default=0.0)


def closed(key: Key, lexicon: Lexicon) -> bool:
    """Say whether a word may be one that only joins others: a preposition, a numeral, an adverb.

    >>> from hexapla.corpus.lexicon import load
    >>> closed(("word", "en:about"), load(["en"], found=False)), closed(("word", "en:fuel"), load(["en"], found=False))
    (True, False)
    """
    if key[0] != "word":
        return False
    language, _, stem = key[1].partition(":")
    meant = {meaning.concept for meaning in lexicon.meanings(stem, language)}
    classes = {part for concept in meant for part in concept.split(".")[1:2]}
    short = len(stem) < (SHORT if stem.lower() != stem.upper() else SHORT_UNCASED) and not classes & OPEN
    return stem.isdigit() or short or bool(meant & AUXILIARY or classes & CLOSED)
