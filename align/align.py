"""Documents with their mentions -> groups, links and disagreements: the whole of aligning, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from hexapla.align.anchor import Anchors
from hexapla.align.compare import disagreements
from hexapla.align.group import Alignment, Signature
from hexapla.align.happening import NOTHING, THRESHOLD, Told, groups
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import Lexicon, described


def align(
    documents: Sequence[Document],
    authority: Authority,
    dropped: Counter[str] | None = None,
    lexicon: str = "",
    told: Told = NOTHING,
    words: Lexicon | None = None,
) -> Alignment:
    """Return the alignment of *documents*, whose mentions are settled, by the events of *authority*.

    *told* says how likely two documents tell an event that was found here, and what shows it. *dropped* is what earlier
    steps dropped, counted by reason; it is reported with what is dropped here. *lexicon* says which lexicons helped to
    find the events, where nothing listed them; it becomes part of the signature. *words* are the lexicons that say,
    where accounts differ, which words are the same in different languages.
    """
    anchors = Anchors.of(documents)
    found, links, left_out = groups(documents, authority, anchors, told)
    differing, unsure = disagreements(found, documents, authority, anchors, words)
    left_out["disagreement below the threshold"] += unsure
    return Alignment(
        documents=tuple(document.id for document in documents),
        groups=found,
        links=links,
        disagreements=differing,
        signature=signature(authority, lexicon, described(words) if words else ""),
        dropped=tuple(sorted((left_out + (dropped or Counter())).items())),
    )


def signature(authority: Authority, lexicon: str = "", words: str = "") -> Signature:
    """Return how an alignment with *authority*, and the lexicons that *lexicon* describes, is made.

    *words* describes the lexicons that differences were looked for with.
    """
    known = f"{authority.name or 'unnamed'}@{authority.version}" if authority.events else "none"
    return Signature(
        (
            ("hexapla", release()),
            ("segment", "rules"),
            ("mentions", "dates+names+quantities+cues"),
            ("align", "chances" if lexicon else "events"),
            *((("lexicon", lexicon or words),) if lexicon or words else ()),
            ("authority", known),
            ("threshold", str(THRESHOLD)),
        )
    )


def release() -> str:
    """Return the version of the toolkit, or "unreleased" in a checkout that is not installed."""
    try:
        return version("hexapla")
    except PackageNotFoundError:
        return "unreleased"
