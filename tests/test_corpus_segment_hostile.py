"""Segmenting ten thousand hostile strings: whatever the text, segments are slices that lose nothing."""

from __future__ import annotations

import random
from pathlib import Path

from hexapla.corpus.document import Document, Source
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read

LANGUAGES = ("en", "hr", "ar", "tl", "de", "fr", "el", "fa", "hi", "zh", "ja", "sr", "nl", "und", "sw")
PIECES = (
    *"abcžšŽA.BZ019.,;:!?…·。！？؟؛۔।()[]{}«»„“”'’\"–—-_*&<>/\\ \t\n\r",
    "\u200f", "\u202e", "\u2066", "\ufeff", "\u200c", "\u00a0", "\u2028", "\x00", "\x0b", "\x1f", "\x85", "\u0301", "\U0001f600", "\U0010ffff",
    "..", "...", " .", ". ", "20. ožujka 2003. ", "Dr. ", "г. ", "U.S. ", "https://a.b/c.d?e ", "a@b.c ", "السيد ", "د. ", "ng_mga ", " , ", "73 + = 75", "\r\n", "\n\n", "「」", "”。", "1.234,5 %",
    " The ", " However, ", "the bank ", " U ", "ožujku ", " Međutim, voda ", " Ang ", "kasno. tko ",
)  # fmt: skip


def hostile(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 60)))


def test_ten_thousand_hostile_strings() -> None:
    for seed in range(10_000):
        text = hostile(seed)
        document = segment(Document("x", LANGUAGES[seed % len(LANGUAGES)], text, Source("x.txt", "", len(text))))
        at = 0
        for number, part in enumerate(document.segments, start=1):
            assert part.id == f"x.s{number}"
            assert at <= part.start < part.end <= len(text), (seed, text)
            assert not text[at : part.start].replace("\ufeff", "").strip(), (seed, text)
            assert document.slice(part) == document.slice(part).strip(), (seed, text)
            at = part.end
        assert not text[at:].replace("\ufeff", "").strip(), (seed, text)


def test_a_file_is_cut_like_its_text(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    for seed in range(0, 400, 4):
        text = f"Word. {hostile(seed)}"
        path.write_bytes(text.encode())
        from_file = segment(read(path, language="hr"))
        in_memory = segment(Document("x", "hr", text, Source("x.txt", "", 0)))
        assert from_file.segments == in_memory.segments
        assert from_file.text == text
