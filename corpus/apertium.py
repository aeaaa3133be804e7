"""Apertium, where it is on the PATH: the words of a text, translated into English one by one.

    vojska ── apertium hbs-eng ──▶ army        a pair like those of a dictionary (`hexapla.corpus.wordlist.bilingual`)

Only words go through it, not sentences: they meet others as those of a dictionary do, and say who translated them.
Nothing is installed or fetched; without the program, or a mode from the language to English, there are no pairs.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache

from hexapla.corpus.language import UNDETERMINED, table
from hexapla.corpus.wordlist import Pair

ENGLISH = "eng"
PATIENCE = 120
"""Seconds that a translation may take."""

UNKNOWN = "*@#"
"""What Apertium puts before a word that it does not know or cannot inflect."""


@cache
def mode(language: str) -> str:
    """Return the mode that translates *language* into English, '' where there is none."""
    program = shutil.which("apertium")
    code = table(UNDETERMINED, "apertium")["codes"].get(language, "")
    if not program or not code:
        return ""
    listed = subprocess.run(
        [program, "-l"], capture_output=True, text=True, timeout=PATIENCE, check=False
    ).stdout.split()
    wanted = f"{code}-{ENGLISH}"
    return wanted if wanted in listed else ""


def pairs(forms: Sequence[str], language: str) -> Iterator[Pair]:
    """Yield each of the words *forms* of *language* that Apertium knows, with its English.

    Each word is a line of its own; where not every line comes back, nothing is yielded, for words would meet wrongly.
    """
    program, chosen = shutil.which("apertium"), mode(language)
    if not program or not chosen or not forms:
        return
    lines = "\n".join(f"{form}." for form in forms) + "\n"
    done = subprocess.run(
        [program, chosen], input=lines, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    told = done.stdout.splitlines()
    if done.returncode or len(told) != len(forms):
        return
    for form, line in zip(forms, told, strict=True):
        english = line.strip().rstrip(".").strip()
        if english and not any(sign in english for sign in UNKNOWN) and english.lower() != form.lower():
            yield form, english
