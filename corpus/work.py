"""The works: the published ones, which lie beside the code, and those of a user.

corpus/texts/iraq-war/source.toml ── authority = "iraq-war" ──▶ corpus/authority/iraq-war/
"""

from __future__ import annotations

import os
import re
from collections.abc import Set
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hexapla.corpus import decision
from hexapla.corpus.authorities import read as read_authority
from hexapla.corpus.document import Authority, Document, Work
from hexapla.corpus.errors import UsageError
from hexapla.corpus.source import DESCRIPTION, describe, read_work

HOME = Path(__file__).parent
TEXTS = HOME / "texts"
AUTHORITIES = HOME / "authority"


def published() -> tuple[str, ...]:
    """Return the names of the works that lie beside the code (none in an installed wheel, whose texts are left out)."""
    return tuple(sorted(path.parent.name for path in TEXTS.glob(f"*/{DESCRIPTION}")))


def load(name: str | Path) -> tuple[Work, tuple[Document, ...], Authority]:
    """Return the work *name*, its documents, and the authority that its description names.

    *name* is that of a published work, or the path of a folder with a ``source.toml``; there an authority is looked for
    in the folder itself first.

    Raises:
        UsageError: there is no such work.
        InputError: the work, a text or the authority has a mistake.
    """
    folder = _folder(name)
    work, documents = read_work(folder)
    wanted = describe(folder).authority
    own = folder / wanted
    known = Authority()
    if wanted:
        known = read_authority(own if own.exists() else AUTHORITIES / wanted)
    return replace(work, date=_epoch() or work.date), documents, known


def decisions(name: str | Path) -> decision.Decisions | None:
    """Return what people decided of the work *name*, from beside its texts; None where nobody did.

    Raises:
        UsageError: there is no such work.
        InputError: a line of the file is no decision.
    """
    path = _folder(name) / decision.NAME
    return decision.read(path) if path.is_file() else None


def beside(name: str, digests: Set[str]) -> Path | None:
    """Return where decisions on the published work *name* are kept, None where its texts are not those of *digests*.

    *digests* are the sha256 of the texts: a user's own work may have the name of a published one.
    """
    if name not in published():
        return None
    texts = {document.get("sha256", "") for document in describe(TEXTS / name).documents}
    return TEXTS / name / decision.NAME if digests <= texts else None


def _folder(name: str | Path) -> Path:
    path = Path(name)
    if (TEXTS / path.name / DESCRIPTION).is_file() and len(path.parts) == 1:
        return TEXTS / path.name
    if (path / DESCRIPTION).is_file():
        return path
    listed = ", ".join(published()) or "none here"
    raise UsageError(
        f"there is no work {str(name)!r}", hint=f"published works: {listed}; or give a folder with a {DESCRIPTION}"
    )


def given(name: str, title: str = "") -> Work:
    """Return a user's work: its id is made of *name*, its date is that of SOURCE_DATE_EPOCH, if set, else unknown.

    >>> given("Moja priča", "My story").id
    'moja-pri-a'
    """
    ident = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    safe = ident if ident[:1].isalpha() else f"work-{ident}".strip("-")
    return Work(safe, title or name or safe, date=_epoch())


def _epoch() -> str:
    """The day of SOURCE_DATE_EPOCH, the usual way to fix the date of a repeatable build; '' where unset."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {seconds!r}", hint="give seconds since 1970 as a whole number"
        ) from None
