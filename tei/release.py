"""A whole build, written so that it is there complete or not at all.

    DIR.new-xxxx/  tei/  dataset/  report/   ── every file written and read back ──▶  DIR/   (the old one goes last)

The dataset and the report are made from what is read back from the TEI, so the three cannot differ.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from hexapla.corpus.errors import UsageError
from hexapla.tei import dataset, report
from hexapla.tei.edition import Edition
from hexapla.tei.read import read
from hexapla.tei.write import write

PARTS = frozenset({"tei", "dataset", "report"})


def release(edition: Edition, out: Path, *, said: Callable[[str], None] = lambda _: None) -> Edition:
    """Write *edition* to the folder *out* as TEI, dataset and report, and return it as it was read back from the TEI.

    *said* is told the name of each step. Raises UsageError where *out* holds something that is no build, or cannot be
    written; then, and on any other failure, what was in *out* before is still there.
    """
    with replacing(out) as fresh:
        said("TEI")
        write(edition, fresh / "tei")
        whole = read(fresh / "tei")
        said("dataset")
        dataset.write(whole, fresh / "dataset")
        said("report")
        report.write(whole, fresh / "report")
    return whole


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
