"""Time and memory of aligning more and more accounts.

    python scripts/bench/growth.py [--shared DIR] [--documents 5 20 50] [--sentences 300]  > a table in Markdown

Each document holds so many sentences of news in one of four languages (`bench/text` of the shared folder), drawn by a
fixed seed and put into an order of their own. One in five is drawn from few, so that many documents tell the same; in
the others the words are turned round, with a sign of the document, so that no other tells them. Each row is a process
of its own, the command itself: from reading to TEI, dataset and report.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("en", "hr", "ar", "tl")
SEED = 4

SHARE, COMMON = 5, 300
"""One sentence in so many is drawn from so many that all documents draw from."""


def sentences(shared: Path) -> dict[str, list[str]]:
    """Return the sentences of each language, those with one number telling the same."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        lines = (shared / "bench" / "text" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        found[language] = [sentence for line in lines for sentence in json.loads(line)["sentences"]]
    return found


def _strange(sentence: str, number: int) -> str:
    """Turn the words of *sentence* round, with a sign of the document, so that nothing else says it."""
    sign = sentence[0] * 2 + chr(ord("a") + number % 26)
    return " ".join(word if len(word) < 4 else f"{word[::-1].strip('.,')}{sign}" for word in sentence.split()) + "."


def written(folder: Path, told: dict[str, list[str]], documents: int, length: int) -> list[str]:
    """Write *documents* files of *length* sentences into *folder*, and return the call that aligns them."""
    chosen = random.Random(SEED)  # the same texts each time
    least = min(map(len, told.values()))
    files, spoken = [], []
    for number in range(documents):
        language = LANGUAGES[number % len(LANGUAGES)]
        same = chosen.sample(range(COMMON), length // SHARE)
        own = chosen.sample(range(COMMON, least), min(length - len(same), least - COMMON))
        lines = [told[language][at] for at in same] + [_strange(told[language][at], number) for at in own]
        chosen.shuffle(lines)
        path = folder / f"d{number:02}.txt"
        path.write_text("\n".join(" ".join(lines[at : at + 5]) + "\n" for at in range(0, len(lines), 5)), "utf-8")
        files.append(str(path))
        spoken += ["--lang", f"{path.name}={language}"]
    return ["align", *files, *spoken, "--out", str(folder / "out")]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("HEXAPLA_SHARED"), help="default: HEXAPLA_SHARED")
    parser.add_argument("--documents", type=int, nargs="+", default=[5, 20, 50])
    parser.add_argument("--sentences", type=int, default=300)
    arguments = parser.parse_args()
    if not arguments.shared:
        raise SystemExit("give --shared or HEXAPLA_SHARED: the folder with bench/text")
    told = sentences(Path(arguments.shared))
    print("| documents | sentences | CPU s | peak MB | groups |\n|--:|--:|--:|--:|--:|")
    for documents in arguments.documents:
        with tempfile.TemporaryDirectory() as name:
            call = written(Path(name), told, documents, arguments.sentences)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(
                ["/usr/bin/env", "HEXAPLA_LEXICONS=embedded", sys.executable, "-m", "hexapla.scripts", *call],
                capture_output=True,
                text=True,
                check=True,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            groups = next(line.split()[0] for line in done.stdout.splitlines() if " groups, " in line)
            total = documents * arguments.sentences
            print(f"| {documents} | {total} | {spent:.0f} | {after.ru_maxrss // 1024} | {groups} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
