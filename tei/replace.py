"""A folder of results that is there complete or not at all.

DIR.new-xxxx/   ── every file is written ──▶  DIR/   (the old one goes last)
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from hexapla.corpus.errors import UsageError

PARTS = frozenset({"tei", "dataset", "report"})


@contextmanager
def replacing(out: Path, allowed: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give a new folder that takes the place of *out* when the block ends well, and vanishes when it does not.

    *allowed* raises UsageError where *out* holds what may not be replaced: `check`, unless it is given.
    """
    (allowed or check)(out)
    parent = out.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=parent))
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", path=out, hint="give another --out") from error
    try:
        fresh.chmod(0o755)
        yield fresh
        _swap(fresh, out.resolve())
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check(out: Path, parts: Set[str] = PARTS, mark: str = "tei/corpus.xml", what: str = "build of hexapla") -> None:
    """Raise UsageError unless *out* is free, empty, or an earlier build: *what* has *parts* at most, and *mark*."""
    if out.is_symlink() and not out.exists():
        raise UsageError("is a link to nothing", path=out, hint="give another --out")
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError("is not a folder", path=out, hint="give another --out")
    held = {entry.name for entry in out.iterdir()}
    if held and not (held <= parts and (out / mark).is_file()):
        raise UsageError(f"holds something that is no {what}", path=out, hint="give an empty or new folder")


def _swap(fresh: Path, out: Path) -> None:
    """Put *fresh* in the place of *out*; the old one is only deleted once the new one stands."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old-", dir=out.parent))
    out.rename(old / "build")
    try:
        fresh.rename(out)
    except OSError:
        (old / "build").rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
