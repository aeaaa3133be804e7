"""An edition: a work's documents, authority and alignment, which TEI holds and everything else is made from."""

from __future__ import annotations

from dataclasses import dataclass

from hexapla.align.group import Alignment
from hexapla.corpus.document import Authority, Document, Work


@dataclass(frozen=True, slots=True)
class Edition:
    """One build of a work."""

    work: Work
    documents: tuple[Document, ...]
    authority: Authority
    alignment: Alignment
