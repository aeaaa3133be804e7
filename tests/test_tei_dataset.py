"""The dataset: rows that agree with the edition, files that every reader reads, a card that tells the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hexapla.align.group import Alignment
from hexapla.tei.dataset import tables, write
from hexapla.tei.edition import Edition
from hexapla.tei.rows import FIELDS, pairs, rows

READ = """
import json, sys
from pathlib import Path
import duckdb, pandas, polars
from datasets import get_dataset_config_names, load_dataset

folder, out = sys.argv[1:]
found = {"configs": get_dataset_config_names(folder), "default": load_dataset(folder, split="train").column_names}
for name in found["configs"]:
    held = load_dataset(folder, name, split="train")
    streamed = list(load_dataset(folder, name, split="train", streaming=True))
    assert held.to_list() == streamed, name
    found[name] = streamed
    files = str(Path(folder) / ("pairs/" * ("-" in name) + name) / "*.parquet")
    assert polars.read_parquet(files).height == len(streamed), name
    assert len(pandas.read_parquet(Path(files).parent)) == len(streamed), name
    assert duckdb.sql(f"SELECT count(*) FROM '{files}'").fetchall() == [(len(streamed),)], name
Path(out).write_text(json.dumps(found))
"""


def loaded(folder: Path, scratch: Path) -> dict[str, Any]:
    """Everything that a fresh process loads from the dataset, as rows by configuration."""
    out = scratch / "rows.json"
    environment = {
        **os.environ, "HF_HOME": str(scratch / "home"), "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder), str(out)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    held: dict[str, Any] = json.loads(out.read_text())
    return held


def test_a_fresh_process_loads_everything(edition: Edition, tmp_path: Path) -> None:
    write(edition, tmp_path / "dataset")
    found = loaded(tmp_path / "dataset", tmp_path)
    assert found["configs"] == [table.name for table in tables(edition)]
    assert set(FIELDS) < set(found["configs"])
    assert found["default"] == [field.name for field in FIELDS["alignments"]]
    for name, held in rows(edition).items():
        assert len(found[name]) == len(held)
    for row, document in zip(found["documents"], edition.documents, strict=True):
        assert row["text"] == document.text
        assert row["source_sha256"] == document.source.sha256
    texts = {row["doc_id"]: row["text"] for row in found["documents"]}
    for row in [*found["sentences"], *found["mentions"]]:
        assert row["text"] == texts[row["doc_id"]][row["start"] : row["end"]]
    assert all(row["evidence"] for row in found["alignments"])
    sentences = {row["sentence_id"]: row for row in found["sentences"]}
    for row in found["alignments"]:
        for member in row["members"]:
            assert all(row["group_id"] in sentences[name]["group_ids"] for name in member["sentence_ids"])
    pair = found["en-hr"][0]
    assert set(pair["translation"]) == {"en", "hr"}
    assert pair["source_ids"][0].startswith("en.")


def test_same_edition_same_bytes(edition: Edition, tmp_path: Path) -> None:
    first, second = write(edition, tmp_path / "a"), write(edition, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_numbers_of_the_card_are_those_of_the_rows(edition: Edition, tmp_path: Path) -> None:
    *_, readme = write(edition, tmp_path)
    card = readme.read_text("utf-8")
    for name, held in rows(edition).items():
        assert f"| `{name}` | {len(held)} |" in card
    assert card.count('"default": true') == 1
    assert str(edition.alignment.signature) in card
    for field in (field for fields in FIELDS.values() for field in fields):
        assert f"| `{field.name}` |" in card
    assert "$" not in card.replace("$ ", "")


def test_tables_without_rows_are_left_out(edition: Edition, tmp_path: Path) -> None:
    none = Alignment(edition.alignment.documents, (), (), (), edition.alignment.signature)
    *_, readme = write(replace(edition, alignment=none), tmp_path)
    card = readme.read_text("utf-8")
    assert not (tmp_path / "alignments").exists()
    assert "Without rows, and so left out: alignments, disagreements." in card
    assert card.count('"default": true') == 1


def test_norwegian_is_no_boolean(edition: Edition, tmp_path: Path) -> None:
    import yaml

    documents = tuple(replace(d, language="no" if d.language == "hr" else d.language) for d in edition.documents)
    *_, readme = write(replace(edition, documents=documents), tmp_path)
    front = yaml.safe_load(readme.read_text("utf-8").split("---\n")[1])
    assert front["language"] == ["ar", "en", "no"]
    assert "en-no" in [config["config_name"] for config in front["configs"]]


def test_documents_of_one_language_make_no_pair(edition: Edition) -> None:
    documents = tuple(replace(d, language="en") for d in edition.documents)
    assert pairs(replace(edition, documents=documents)) == {}


def test_hostile_text_comes_back(edition: Edition, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    hostile = "\u202eسلام\u202c 𝔘\u0301 <&>\"'|\t\\"
    work = replace(edition.work, title=hostile, description=hostile)
    source = replace(edition.documents[0].source, title=hostile, note=hostile)
    documents = (replace(edition.documents[0], source=source), *edition.documents[1:])
    write(replace(edition, work=work, documents=documents), tmp_path)
    assert pq.read_table(tmp_path / "documents").to_pylist()[0]["title"] == hostile


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_rows_have_the_columns_of_their_table(name: str, edition: Edition) -> None:
    for row in rows(edition)[name]:
        assert list(row) == [field.name for field in FIELDS[name]]
