"""Compounds: words written as one of several, such as German "Mondoberfläche", taken apart where both parts are known.

    mondoberfläche ─▶ mond + oberfläche          gesamtkosten ─▶ gesamt + kosten

A language whose table ``stems.toml`` has `compounds` writes them; the list says what may stand between the parts.
"""

from __future__ import annotations

from collections.abc import Callable

from hexapla.corpus.language import table

SHORTEST = 3
"""Letters of a part."""

LONG = 8
"""Letters of a word that may be a compound."""


def parts(form: str, language: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the two known parts of the folded *form*, the longest last one first; nothing where it is no compound.

    >>> parts("mondoberfläche", "de", {"mond", "oberfläche"}.__contains__)
    ('mond', 'oberfläche')
    """
    links: list[str] = table(language, "stems").get("compounds", [])
    if not links or len(form) < LONG:
        return ()
    for at in range(SHORTEST, len(form) - SHORTEST + 1):
        last = form[at:]
        if known(last):
            for link in (*links, ""):
                first = form[:at].removesuffix(link) if form[:at].endswith(link) else ""
                if len(first) >= SHORTEST and known(first):
                    return first, last
    return ()
