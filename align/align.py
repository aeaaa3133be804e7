"""Documents with their mentions -> groups, links and disagreements: the whole of aligning, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hexapla.align.anchor import Anchors
from hexapla.align.compare import disagreements
from hexapla.align.group import Alignment, Signature
from hexapla.align.happening import NOTHING, THRESHOLD, Told, groups
from hexapla.align.score import Features
from hexapla.align.translation import NONE, Translations
from hexapla.corpus.document import Authority, Document
from hexapla.corpus.lexicon import Lexicon, described
from hexapla.corpus.version import release


def align(
    documents: Sequence[Document],
    authority: Authority,
    dropped: Counter[str] | None = None,
    lexicon: str = "",
    told: Told = NOTHING,
    words: Lexicon | None = None,
    translated: Translations = NONE,
    likely: float | None = None,
    features: Features | None = None,
) -> Alignment:
    """Return the alignment of *documents*, whose mentions are settled, by the events of *authority*.

    *told* says how likely two documents tell an event that was found here, and what shows it; *likely* is the chance
    from which on two sentences begin one. *dropped* is what earlier
    steps dropped, counted by reason; it is reported with what is dropped here. *lexicon* says which lexicons helped to
    find the events, where nothing listed them; it becomes part of the signature. *words* are the lexicons that say,
    where accounts differ, which words are the same in different languages. *translated* says which documents are
    translations of one another; their groups stand beside those of events. *features* are those of the sentences of
    *documents* as accounts, where they were read already.
    """
    anchors = Anchors.of(documents)
    found, links, left_out = groups(documents, authority, anchors, told, translated.pairs("translation"))
    every = (*found, *translated.groups)
    differing, unsure = disagreements(every, documents, authority, anchors, words, features)
    left_out["disagreement below the threshold"] += unsure
    return Alignment(
        documents=tuple(document.id for document in documents),
        groups=every,
        links=(*links, *translated.links),
        disagreements=differing,
        signature=signature(authority, lexicon, described(words) if words else "", translated, likely),
        dropped=tuple(sorted((left_out + (dropped or Counter()) + translated.dropped).items())),
        kinds=translated.kinds,
    )


def signature(
    authority: Authority,
    lexicon: str = "",
    words: str = "",
    translated: Translations = NONE,
    likely: float | None = None,
) -> Signature:
    """Return how an alignment with *authority*, and the lexicons that *lexicon* describes, is made.

    *words* describes the lexicons that differences and translations were looked for with.
    """
    known = f"{authority.name or 'unnamed'}@{authority.version}" if _listed(authority) else "none"
    return Signature(
        (
            ("hexapla", release()),
            ("segment", "rules"),
            ("mentions", "dates+names+quantities+cues"),
            *((("mode", translated.mode),) if translated.mode else ()),
            ("align", "+".join(_methods(authority, translated, bool(lexicon)))),
            *((("chance", str(likely)),) if lexicon and likely is not None else ()),
            *((("outside", translated.outside),) if translated.outside else ()),
            *((("lexicon", lexicon or words),) if lexicon or words else ()),
            ("authority", known),
            ("threshold", str(THRESHOLD)),
        )
    )


def _listed(authority: Authority) -> bool:
    """Return whether somebody listed events; those that are found here are only proposed."""
    return any(not event.proposed for event in authority.events)


def _methods(authority: Authority, translated: Translations, found: bool) -> list[str]:
    """Return what groups are made by: accounts by listed or *found* events or both, translations by beads."""
    listed = any(event.cues for event in authority.events)
    accounts = not translated.kinds or bool(translated.pairs("comparable"))
    beads = ["beads"] if translated.pairs("translation") else []
    ways = [*(["events"] if listed else []), *(["chances"] if found or not listed else [])]
    return [*(ways if accounts or not beads else []), *beads]
