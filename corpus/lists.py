"""Lists that were made elsewhere -> `Authority`, with what was left out of them said.

    listPerson, listPlace, listOrg, listEvent (TEI) ──teilist───┐
                                                                ├──▶ Draft ──draft──▶ Authority, and remarks
    item, label_en, type, date, place (CSV, TSV)    ──wikidata──┘

`read` takes tables of our own as well, so that it is the one way to read what a user gives; the `write` of
`hexapla.corpus.authorities` makes our own tables of any list, for a scholar to go on with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hexapla.corpus import authorities, teilist, wikidata
from hexapla.corpus.document import Authority
from hexapla.corpus.draft import Draft, Remarks, settle
from hexapla.corpus.errors import InputError

LIMIT = 64 * 2**20
"""Bytes of the largest list that is read: its tree takes some ten times the memory."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Listed:
    """An authority made of a list, and a line for each kind of thing that was left out or taken with a doubt."""

    authority: Authority
    remarks: tuple[str, ...]


def read(path: Path) -> Listed:
    """Return what *path* lists: tables of our own, a TEI file or a Wikidata table; which it is shows in its content.

    Raises:
        InputError: the file cannot be used; with the line, and what to do.
    """
    if not authorities.made_elsewhere(path):
        return Listed(authorities.read(path), ())
    data = _bytes(path)
    remarks = Remarks()
    entities, events = settle(_drafts(data, path, remarks), remarks)
    authority = Authority(path.stem, hashlib.sha256(data).hexdigest()[:12], entities, events)
    return Listed(authority, remarks.lines())


def is_xml(data: bytes) -> bool:
    """Tell whether *data*, the beginning of a file, is XML.

    >>> is_xml(b"<TEI>"), is_xml(b"item,label_en")
    (True, False)
    """
    return data.startswith(_WIDE) or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError(f"is too large ({size} bytes, the limit is {LIMIT})", path=path, hint="split it")
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", path=path, hint="check the path") from error


def _drafts(data: bytes, path: Path, remarks: Remarks) -> list[Draft]:
    if is_xml(data):
        return teilist.drafts(data, path, remarks)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error.object[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8", path=path, place=broken, hint="save it as UTF-8") from error
    return wikidata.drafts(text, path, remarks)
