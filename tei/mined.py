"""Mined pairs of sentences as files: a table for scripts, Parquet for everything else, and a card.

    DIR/pairs.tsv        source  target  score  source_id  target_id  source_text  target_text  evidence    no heading
    DIR/pairs/*.parquet  the same columns; the evidence as a list
    DIR/README.md        what the columns are, how the pairs were made, what was left out

Writing the same pairs twice gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hexapla.align import arrow
from hexapla.align.mine import Mined, Pair
from hexapla.tei import replace
from hexapla.tei.dataset import FILE, GROUP

PARTS = frozenset({"pairs.tsv", "pairs", "README.md"})

COLUMNS = {
    "source": "number of the sentence in the first folder: its segments, files in order of name, counted from 0",
    "target": "the same in the second folder",
    "score": "how likely it is that the two say the same, 0 to 1",
    "source_id": "file and segment",
    "target_id": "file and segment",
    "source_text": "the sentence",
    "target_text": "the sentence",
    "evidence": "what both say, the weightiest first: in what words meet (a concept, sound, number, form, stem, or "
    "their letters), its weight (rarity), and the words of either side",
}


def check(out: Path) -> None:
    """Raise UsageError unless *out* is free, empty, or holds mined pairs."""
    replace.check(out, PARTS, "pairs.tsv", "set of mined pairs")


def write(mined: Mined, languages: Sequence[str], folder: Path) -> None:
    """Write *mined*, of texts in *languages*, into *folder*, which is there and empty."""
    lines = ["\t".join(_row(pair)) + "\n" for pair in mined.pairs]
    (folder / "pairs.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")
    (folder / "pairs").mkdir()
    _write_parquet(mined.pairs, folder / "pairs" / FILE)
    (folder / "README.md").write_text(card(mined, languages), encoding="utf-8", newline="\n")


def _row(pair: Pair) -> tuple[str, ...]:
    told = "; ".join(f"{one.kind}:{one.value} {one.weight:g} {one.left} ~ {one.right}" for one in pair.evidence)
    texts = (pair.left_id, pair.right_id, pair.left_text, pair.right_text, told)
    return (str(pair.left), str(pair.right), f"{pair.score:.4f}", *(" ".join(text.split()) for text in texts))


def _write_parquet(pairs: Sequence[Pair], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    every = [one for pair in pairs for one in pair.evidence]
    meetings = {
        "kind": arrow.texts([one.kind for one in every]),
        "value": arrow.texts([one.value for one in every]),
        "weight": arrow.numbers([one.weight for one in every], np.float32),
        "left": arrow.texts([one.left for one in every]),
        "right": arrow.texts([one.right for one in every]),
    }
    columns = {
        "source": arrow.numbers([pair.left for pair in pairs]),
        "target": arrow.numbers([pair.right for pair in pairs]),
        "score": arrow.numbers([pair.score for pair in pairs], np.float32),
        "source_id": arrow.texts([pair.left_id for pair in pairs]),
        "target_id": arrow.texts([pair.right_id for pair in pairs]),
        "source_text": arrow.texts([pair.left_text for pair in pairs]),
        "target_text": arrow.texts([pair.right_text for pair in pairs]),
        "evidence": arrow.lists(
            [pair.evidence for pair in pairs], pa.StructArray.from_arrays(list(meetings.values()), names=list(meetings))
        ),
    }
    pq.write_table(pa.table(columns), path, compression="zstd", row_group_size=GROUP)


def card(mined: Mined, languages: Sequence[str]) -> str:
    """Return the card: columns, how the pairs were made, what was left out."""
    front = [
        "---",
        *(["language:", *(f"- {json.dumps(code)}" for code in languages)] if languages else []),
        "license: unknown",
        "task_categories:",
        "- translation",
        "configs:",
        "- config_name: default",
        "  data_files: pairs/*.parquet",
        "---",
    ]
    said = [f"- {reason}: {count:,}" for reason, count in (*mined.counts, *_dropped(mined))]
    return "\n".join(
        [
            *front,
            "",
            "# Mined pairs of sentences",
            "",
            "Pairs of sentences of two unordered collections that say the same, found by `hexapla mine`. No person has",
            "checked them. The rights in the texts are those of the collections.",
            "",
            "| column | what it is |",
            "|---|---|",
            *(f"| `{name}` | {told} |" for name, told in COLUMNS.items()),
            "",
            "`pairs.tsv` holds the same without a heading; white space in its texts is single spaces.",
            "",
            *said,
            "",
            f"Made as: `{mined.signature}`",
            "",
        ]
    )


def _dropped(mined: Mined) -> list[tuple[str, int]]:
    return [(f"dropped, {reason}", count) for reason, count in mined.dropped]
