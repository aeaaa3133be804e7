"""How well roles and pronouns are resolved, beside lists made by reading.

    python scripts/bench/references.py [--differences]  > a table in Markdown

    list     Andrews went below with Smith ... [He] was last seen   Thomas Andrews
    found    ...                               [He]=pers.thomas-andrews

A reference of the list is found where a mention of the same person overlaps it. A mention is right if it is on the list
with its person; so one that refers rightly to somebody whom the list leaves out would count as wrong. People of texts
without an authority are known by the lists of names beside them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.corpus.document import Authority, Document, Mention
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.work import load
from hexapla.scripts.bench.mentions import Rate, rate
from hexapla.scripts.bench.names import GOLD, TOPICS, Row, document, named, rows
from hexapla.scripts.bench.segmentation import grid

REFERENCES = ("role", "pronoun")


@dataclass(frozen=True, slots=True)
class Reference:
    """A role or pronoun ``[start, end)`` of an account, and who is meant: an id, or a name of the list of names."""

    document: str
    start: int
    end: int
    who: str


def references(path: Path, documents: Sequence[Document]) -> list[Reference]:
    """Return the references in the list *path*; each passage must stand in its account once."""
    texts = {one.id: one.text for one in documents}
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [_reference(texts[account], account, passage, who) for account, passage, who in lines[1:]]


def _reference(text: str, account: str, passage: str, who: str) -> Reference:
    before, marked, after = re.split(r"[\[\]]", passage)
    whole = before + marked + after
    if text.count(whole) != 1:
        raise ValueError(f"{account}: {whole!r} stands there {text.count(whole)} times")
    start = text.index(whole) + len(before)
    return Reference(account, start, start + len(marked), who)


def found(documents: Sequence[Document], called: dict[str, str]) -> list[tuple[Document, Mention, str]]:
    """Return the references that the toolkit finds, with who is meant."""
    return [
        (one, mention, called.get(mention.ref, mention.ref))
        for one in documents
        for mention in one.mentions
        if mention.kind == "person" and mention.subtype in REFERENCES
    ]


def people(documents: Sequence[Document], listed: Sequence[Row]) -> dict[str, str]:
    """Return the name of the list for each entity that the toolkit proposes, by the name that most mentions have."""
    told: dict[str, list[str]] = {}
    for one in documents:
        for mention in one.mentions:
            if mention.ref and mention.subtype == "name":
                told.setdefault(mention.ref, []).append(named(listed, one.id, one.slice(mention)))
    return {ref: max(sorted(set(names)), key=names.count) for ref, names in told.items()}


def topics() -> Iterator[tuple[str, Sequence[Document], dict[str, str], list[Reference]]]:
    """Yield each set of accounts, annotated, with its people and its list."""
    for topic in TOPICS:
        cut = [document(GOLD / topic / f"{code}.txt", code, code) for code in ("en", "hr", "ar", "tl", "de")]
        read, _, _ = annotate(cut, Authority())
        listed = rows(GOLD / topic / "names.tsv")
        yield topic, read, people(read, listed), references(GOLD / topic / "references.tsv", read)
    _, published, authority = load("iraq-war")
    read, _, _ = annotate([segment(one) for one in published if one.id in ("en", "hr")], authority)
    yield "iraq-war", read, {}, references(GOLD / "iraq-war" / "references.tsv", read)


def judged(
    documents: Sequence[Document], called: dict[str, str], listed: Sequence[Reference]
) -> tuple[Rate, Rate, list[str]]:
    """Return recall, precision, and a line for each difference."""
    mentions = found(documents, called)
    pairs = [(one, mention, who, _met(one, mention, listed)) for one, mention, who in mentions]
    right = [any(ref.who == who for ref in met) for _, _, who, met in pairs]
    got = [any(ref in met and ref.who == who for _, _, who, met in pairs) for ref in listed]
    texts = {one.id: one.text for one in documents}
    lines = [
        f"- missed {ref.document}: “{_words(texts[ref.document], ref.start, ref.end)}” {ref.who}"
        for ref, hit in zip(listed, got, strict=True)
        if not hit
    ]
    lines += [
        f"- wrong {one.id}: “{_words(one.text, mention.start, mention.end)}” {who}; listed {[ref.who for ref in met]}"
        for (one, mention, who, met), good in zip(pairs, right, strict=True)
        if not good
    ]
    return rate(got), rate(right), lines


def _met(one: Document, mention: Mention, listed: Sequence[Reference]) -> list[Reference]:
    return [ref for ref in listed if ref.document == one.id and ref.start < mention.end and mention.start < ref.end]


def _words(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 25]}".replace("\n", " ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--differences", action="store_true", help="list what the lists and the toolkit have not alike")
    asked = parser.parse_args(arguments)
    lines, told, totals = [], [], [[0, 0], [0, 0]]
    for topic, documents, called, listed in topics():
        recall, precision, different = judged(documents, called, listed)
        lines.append([topic, str(recall), str(precision)])
        told += [f"\n{topic}\n", *different]
        for total, one in zip(totals, (recall, precision), strict=True):
            total[0] += one.part
            total[1] += one.whole
    lines.append(["all", *(str(Rate(*total)) for total in totals)])
    print(grid(["accounts", "recall", "precision"], lines))
    if asked.differences:
        print("\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
