"""An edition in the formats of other tools, whole or not at all.

export(edition, "tmx")                      {"": parts of the file}
export(edition, "moses", pair=en_hr)        {"en": lines, "hr": lines}   two files, by what they end in
save({path: parts})                         written beside, then put in place
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hexapla.align.group import Relation
from hexapla.align.pair import Sides, sides
from hexapla.corpus.errors import UsageError
from hexapla.tei.bitext import bead_lines, jsonl, moses, tsv
from hexapla.tei.edition import Edition
from hexapla.tei.tmx import tmx
from hexapla.tei.vertical import vertical

FORMATS = ("tmx", "tsv", "jsonl", "moses", "vertical", "beads")
"""What `export` can make."""


def export(
    edition: Edition, to: str, pair: Sides | None = None, relation: Relation | None = None
) -> Mapping[str, Iterable[str]]:
    """Return the files of *edition* in the format *to*, by the ending that tells them apart ('' for the only one).

    *pair* and *relation* keep to two sides and to links (without *pair*: groups) of one relation. Without *pair* the
    formats of two sides take an edition's only two documents.

    Raises:
        UsageError: *to* is no format, needs a pair, or needs text that was left out.
    """
    if to not in FORMATS:
        raise UsageError(f"{to!r} is no format", hint=f"there are {', '.join(FORMATS)}")
    if to == "moses":
        found = sides("", edition.documents) if pair is None else pair
        lines = list(moses(edition, found, relation))
        return {name: [line[side] for line in lines] for side, name in enumerate(found.names)}
    if to == "beads":
        found = sides("", edition.documents) if pair is None else pair
        return {"": list(bead_lines(edition, found, relation))}
    make = {"tmx": tmx, "tsv": tsv, "jsonl": jsonl, "vertical": vertical}[to]
    return {"": _begun(make(edition, pair, relation))}


def _begun(parts: Iterator[str]) -> Iterator[str]:
    """The same parts, but what is refused is refused now."""
    first = next(parts, "")

    def whole() -> Iterator[str]:
        yield first
        yield from parts

    return whole()


def save(files: Mapping[Path, Iterable[str]], replace: bool = False) -> None:
    """Write *files*, each beside its place first, and put them there once all are written.

    Raises:
        UsageError: a file is there already and *replace* is not given, or the place cannot be written.
    """
    for path in files:
        free(path, replace)
    fresh: dict[Path, Path] = {}
    try:
        for path, parts in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{os.getpid()}.new")
            with beside.open("x", encoding="utf-8", newline="\n") as held:
                fresh[path] = beside
                held.writelines(parts)
        for path, beside in fresh.items():
            beside.replace(path)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", path=path, hint="give another --out") from error
    finally:
        for beside in fresh.values():
            beside.unlink(missing_ok=True)


def free(path: Path, replace: bool) -> None:
    """Raise a UsageError where *path* is a folder, or there already and *replace* is not given."""
    if path.is_dir():
        raise UsageError("is a folder", path=path, hint="give the name of a file")
    if not replace and (path.exists() or path.is_symlink()):
        raise UsageError("is there already", path=path, hint="give another --out, or --replace")
