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

from hexapla.align.group import Alignment, Signature
from hexapla.corpus.document import Authority
from hexapla.corpus.errors import UsageError
from hexapla.tei.card import Part, card, front
from hexapla.tei.dataset import features, tables, write
from hexapla.tei.edition import Edition
from hexapla.tei.rows import FIELDS, pairs, rows

PARTS = (Part("alignments", "alignments/train-*.parquet", 2, "00", 1, ()),)

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
    _run(READ, scratch, str(folder), str(out))
    held: dict[str, Any] = json.loads(out.read_text())
    return held


def _run(script: str, scratch: Path, *arguments: str) -> None:
    """Run *script* in a fresh process with a cache of its own."""
    environment = {
        **os.environ, "HF_HOME": str(scratch / "home"), "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


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


LOAD = """
import sys
from datasets import get_dataset_config_names, load_dataset

for folder in sys.argv[1:]:
    assert load_dataset(folder, split="train").num_rows
    for name in get_dataset_config_names(folder):
        assert load_dataset(folder, name, split="train").num_rows, (folder, name)
"""


def _spoken(edition: Edition, **languages: str) -> Edition:
    documents = (replace(d, language=languages.get(d.language, d.language)) for d in edition.documents)
    return replace(edition, documents=tuple(documents))


def _released(edition: Edition, version: str) -> Edition:
    signature = Signature((("hexapla", version),))
    return replace(edition, alignment=replace(edition.alignment, signature=signature))


def test_features_are_those_of_the_files(edition: Edition, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    held = features()
    assert list(held) == list(FIELDS)
    for path in write(edition, tmp_path)[: len(FIELDS)]:
        assert held[path.parent.name].arrow_schema.equals(pq.read_schema(path)), path


def test_spans_of_the_evidence_lie_in_the_text(edition: Edition) -> None:
    held = rows(edition)
    texts = {row["doc_id"]: row["text"] for row in held["documents"]}
    spans = [span for row in held["alignments"] for evidence in row["evidence"] for span in evidence["spans"]]
    assert len(spans) == 10
    for span in spans:
        assert span["text"] == texts[span["sentence_id"].partition(".")[0]][span["start"] : span["end"]]


def test_unusual_editions_load(edition: Edition, tmp_path: Path) -> None:
    none = replace(edition.alignment, groups=(), links=(), disagreements=())
    plain = tuple(document.having(mentions=()) for document in edition.documents)
    unusual = {
        "ungrouped": replace(edition, alignment=none),
        "bare": Edition(edition.work, plain, Authority(), none),
        "norwegian": _spoken(edition, hr="no"),
        "scripts": _spoken(edition, ar="zh-Hans"),
        "shared": _spoken(edition, ar="hr"),
        "development": _released(edition, "0.2.0.dev1"),
        "unversioned": _released(edition, "latest"),
        "odd": replace(edition, work=replace(edition.work, title="a\x7f\x85\u2028\ufffe--- # 'b\": 𝔘\n")),
        "wordless": replace(edition, work=replace(edition.work, with_text=False)),
    }
    for name, held in unusual.items():
        write(held, tmp_path / name)
    _run(LOAD, tmp_path, *(str(tmp_path / name) for name in unusual))


def test_text_that_is_left_out_is_nowhere(edition: Edition, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    silent = replace(edition, work=replace(edition.work, with_text=False))
    *paths, readme = write(silent, tmp_path)
    tables = {path.parent.name: pq.read_table(path).to_pylist() for path in paths}
    for name in ("documents", "sentences", "mentions"):
        assert {row["text"] for row in tables[name]} == {""}
    assert {text for row in tables["en-hr"] for text in row["translation"].values()} == {""}
    assert {member["text"] for row in tables["alignments"] for member in row["members"]} == {""}
    assert {claim["text"] for row in tables["disagreements"] for claim in row["claims"]} == {""}
    assert tables["alignments"][0]["evidence"][0]["left"] == "hr.s2"
    for said in ("ušle su u", "entered Baghdad", "Poginula"):
        assert said not in json.dumps(tables, ensure_ascii=False)
    assert "left out for its rights" in readme.read_text("utf-8")


def test_no_documents_no_dataset(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no documents"):
        write(replace(edition, documents=()), tmp_path)


LICENSES = [
    # (the annotation's, the texts', with text) -> what the card says
    ("https://creativecommons.org/licenses/by/4.0/", "unknown", True, "other", "annotation-cc-by-4.0-texts-unknown"),
    ("https://creativecommons.org/licenses/by/4.0/", "unknown", False, "cc-by-4.0", None),
    ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0", True, "cc-by-4.0", None),
    ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY 4.0", True, "other", "annotation-cc-by-sa-4.0-texts-cc-by-4.0"),
    ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0", True, "cc0-1.0", None),
    ("ask us", "unknown", False, "other", "annotation-unknown-texts-left-out"),
]  # fmt: skip


@pytest.mark.parametrize(("annotation", "texts", "with_text", "said", "named"), LICENSES)
def test_license(annotation: str, texts: str, with_text: bool, said: str, named: str | None, edition: Edition) -> None:
    import yaml

    documents = tuple(replace(d, source=replace(d.source, license=texts)) for d in edition.documents)
    work = replace(edition.work, annotation_license=annotation, with_text=with_text)
    top = yaml.safe_load(front(replace(edition, work=work, documents=documents), ()))
    assert (top["license"], top.get("license_name")) == (said, named)


def test_only_translations_are_called_so(edition: Edition) -> None:
    groups = tuple(replace(group, relation="translation") for group in edition.alignment.groups)
    translated = replace(edition, alignment=replace(edition.alignment, groups=groups))
    assert '"translation"' not in front(edition, ())
    assert 'task_categories: ["translation"' in front(translated, ())
    assert "Not translations" in card(edition, PARTS)
    assert "Not translations" not in card(translated, PARTS)


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
