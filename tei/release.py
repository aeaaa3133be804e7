"""A whole build, written so that it is there complete or not at all.

    DIR.new-xxxx/  tei/  dataset/  report/   ── every file written and read back ──▶  DIR/   (the old one goes last)

The dataset and the report are made from what is read back from the TEI, so the three cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hexapla.tei import dataset, report
from hexapla.tei.edition import Edition
from hexapla.tei.read import read
from hexapla.tei.replace import replacing
from hexapla.tei.write import write


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
