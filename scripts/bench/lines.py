"""Lines as a document, for benchmarks whose texts come as lists of sentences."""

from __future__ import annotations

from collections.abc import Sequence

from hexapla.corpus.document import Document, Segment, Source


def document(name: str, language: str, lines: Sequence[str]) -> Document:
    """Return *lines* as a document with a sentence each."""
    segments, start = [], 0
    for number, line in enumerate(lines):
        segments.append(Segment(f"{name}.s{number + 1}", "s", start, start + len(line), number))
        start += len(line) + 1
    return Document(name, language, "\n".join(lines), Source(f"{name}.txt", "", 0), tuple(segments))
