"""Find pairs of sentences that say the same in two large unordered collections, whatever their languages.

Each DIR is a collection: every file in it is read, plain text or any other format that `hexapla align` reads. A file
named like a.hr.txt says its language; else it is given or detected. Writes pairs.tsv (source and target number, score,
ids, texts, evidence), the same in Parquet in pairs/, and a README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hexapla.align.mine import Mined
    from hexapla.corpus.document import Document


NOTES = 5
"""Lines on how files were read that are printed; the others are counted."""


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command."""
    parser.add_argument("source", type=Path, metavar="DIR", help="a folder of texts")
    parser.add_argument("target", type=Path, metavar="DIR", help="another")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the result goes")
    parser.add_argument(
        "--lang", action="append", default=[], metavar="NAME=xx", help="language of a file or a folder; repeatable"
    )
    parser.add_argument("--segmented", action="store_true", help="the files hold one segment a line already")
    parser.add_argument(
        "--glossary", action="append", type=Path, default=[], metavar="PATH", help="a word list of your own; repeatable"
    )
    parser.add_argument("--engine", choices=["local"], default="local", help="what carries the work (default: local)")


def run(arguments: argparse.Namespace) -> int:
    """Read both folders, find the pairs, write them, and print what came out."""
    import gc

    from hexapla.align.mine import mine
    from hexapla.corpus.collection import read, tagged
    from hexapla.corpus.errors import UsageError
    from hexapla.corpus.lexicon import load
    from hexapla.corpus.needed import vocabulary
    from hexapla.corpus.segment import lines, segment
    from hexapla.scripts.align import spoken
    from hexapla.scripts.progress import progress
    from hexapla.tei.mined import check, write
    from hexapla.tei.replace import replacing

    folders = (arguments.source, arguments.target)
    if folders[0].resolve() == folders[1].resolve():
        raise UsageError("is given twice", path=folders[1], hint="give two folders")
    check(arguments.out)
    said = progress()
    said("texts")
    tags = tagged(folders, [spoken(item) for item in arguments.lang])
    gc.disable()  # millions of small values live until the end
    try:
        cut = [
            [(lines if arguments.segmented else segment)(document) for document in read(folder, tags)]
            for folder in folders
        ]
        said("lexicons")
        every = [document for side in cut for document in side]
        languages = sorted({document.language for document in every})
        lexicon = load(languages, arguments.glossary, vocabulary=vocabulary(every))
        mined = mine(cut[0], cut[1], lexicon, said)
        said("files")
        with replacing(arguments.out, check) as fresh:
            write(mined, languages, fresh)
    finally:
        gc.enable()
    said("")
    print(summary(mined, folders, cut, arguments.out))
    return 0


def summary(mined: Mined, folders: Sequence[Path], cut: Sequence[Sequence[Document]], out: Path) -> str:
    """Return what was read, compared, kept and dropped, and where the pairs are."""
    rows = [_read(folder, documents) for folder, documents in zip(folders, cut, strict=True)]
    notes = [line for documents in cut for document in documents for line in _noted(document)]
    rows += [*notes[:NOTES], *([f"… and {len(notes) - NOTES:,} more such lines"] if notes[NOTES:] else [])]
    counts = [f"{what}: {count:,}" for what, count in mined.counts]
    dropped = [f"  {reason}: {count:,}" for reason, count in mined.dropped]
    return "\n".join(
        [*rows, "", *counts, *(["dropped:", *dropped] if dropped else []), "", str(mined.signature), f"{out}/pairs.tsv"]
    )


def _noted(document: Document) -> list[str]:
    """What there is to say on how a file was read, but for its id, which matters little here."""
    said = document.source.note.rpartition("which cannot be an XML id.")[2].strip()
    return [f"{document.id}: {line}" for line in (said, *document.source.left_out) if line]


def _read(folder: Path, documents: Sequence[Document]) -> str:
    languages = ", ".join(sorted({document.language for document in documents}))
    count = len(documents)
    return f"{folder}: {count:,} file{'s' * (count > 1)}, {languages}"
