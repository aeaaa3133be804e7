"""How well comparable accounts are aligned: the published work, and texts that nobody prepared, against people.

    python scripts/bench/accounts.py --shared DIR [FOLDER ...]  > a table in Markdown

Each row is a build by the command itself, with what the project embeds, measured by `hexapla evaluate`; decisions that
people made of these very groups bind the first row only. A FOLDER holds accounts (en.txt, hr.txt, ...) and the gold
(pairs.tsv, with seg/ or en.tsv ... where it has its own segmentation); the stem of a file is its language. Without any,
the accounts of the shared folder are taken.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from hexapla.align import gold
from hexapla.align.evaluate import Evaluation, evaluate
from hexapla.corpus.work import TEXTS
from hexapla.scripts.__main__ import main as hexapla
from hexapla.tei.read import read

HEAD = ("accounts", "prepared with", "P", "R", "F1 (95 %)", "found", "gold", "CPU s")


def measured(call: Sequence[str], judged: Path) -> tuple[Evaluation, float]:
    """Return how a build by the command *call* agrees with the gold *judged*, and the CPU seconds that it took."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        with redirect_stdout(StringIO()):
            status = hexapla([*call, "--out", f"{folder}/build"])
        spent = time.process_time() - start
        if status:
            raise SystemExit(status)
        edition = read(Path(folder) / "build" / "tei")
    return evaluate(edition.alignment, edition.documents, gold.read(judged)), spent


def bare(folder: Path) -> list[str]:
    """Return the call that aligns the accounts in *folder* with nothing prepared."""
    texts = sorted(folder.glob("*.txt"))
    spoken = [part for text in texts for part in ("--lang", f"{text.name}={text.stem.rstrip('0123456789')}")]
    return ["align", *map(str, texts), *spoken, "--without-review"]


def rows(shared: Path | None, folders: Sequence[Path]) -> Iterator[tuple[str, str, list[str], Path]]:
    """Yield name, preparation, call and gold of each row."""
    if shared:
        judged = shared / "bench" / "iraq" / "pairs.tsv"
        yield "iraq-war", "authority, decisions", ["build", "iraq-war"], judged
        yield "iraq-war", "authority", ["build", "iraq-war", "--without-review"], judged
        yield "iraq-war", "nothing", bare(TEXTS / "iraq-war"), judged
    for folder in folders:
        yield folder.name, "nothing", bare(folder), folder / "pairs.tsv"


def main() -> int:
    """Print the table, and below it each result by documents and how it was made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"))
    given = parser.parse_args()
    shared = Path(given.shared) if given.shared and not given.folders else None
    if not shared and not given.folders:
        print("set HEXAPLA_SHARED to the folder that holds bench/apollo, or give a FOLDER", file=sys.stderr)
        return 2
    os.environ["HEXAPLA_LEXICONS"] = "embedded"
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    below = []
    for name, prepared, call, judged in rows(shared, given.folders or [Path(given.shared) / "bench" / "apollo"]):
        found, spent = measured(call, judged)
        whole, *parts = found.rows
        f1 = f"{whole.f1:.3f} ({whole.low:.2f}-{whole.high:.2f})"
        cells = (f"{whole.precision:.3f}", f"{whole.recall:.3f}", f1, str(whole.found), str(whole.gold), f"{spent:.1f}")
        print("| " + " | ".join((name, prepared, *cells)) + " |", flush=True)
        listed = " · ".join(f"{row.name} {row.f1:.2f}" for row in parts if row.over in ("documents", "relation"))
        below += ["", f"{name}, {prepared}: F1 {listed}", f"{found.signature}", f"{found.aligned}"]
    print("\n".join(below))
    return 0


if __name__ == "__main__":
    sys.exit(main())
