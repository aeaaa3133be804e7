"""The dataset: Parquet files and a card that `datasets.load_dataset` reads, made from an edition.

    dataset/README.md  documents/train-00000-of-00001.parquet  sentences/ ...  pairs/en-hr/ ...

Columns, Arrow types and the card come from one place, `hexapla.tei.rows`. A table without rows is left out: an empty
Parquet file cannot be loaded. Writing the same edition twice gives the same bytes.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexapla.align import arrow
from hexapla.corpus.errors import UsageError
from hexapla.tei.card import Part, card
from hexapla.tei.edition import Edition
from hexapla.tei.rows import FIELDS, PAIR, Field, Row, pairs, rows

FILE = "train-00000-of-00001.parquet"
GROUP = 100_000
"""Rows in a row group: small enough for a viewer's page, large enough to compress."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset: its configuration's name, its folder, its columns and its rows."""

    name: str
    folder: str
    fields: tuple[Field, ...]
    rows: Sequence[Row]
    languages: tuple[str, ...] = ()  # of a pair


def write(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write the dataset of *edition* to *folder* and return the paths written, the card last.

    Raises:
        UsageError: the edition has no documents.
    """
    if not edition.documents:
        raise UsageError("no documents to make a dataset of", hint="give a work with at least one text")
    paths, parts = [], []
    for table in tables(edition):
        path = folder / table.folder / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_parquet(table, path)
        paths.append(path)
        parts.append(_part(table, path))
    readme = folder / "README.md"
    folder.mkdir(parents=True, exist_ok=True)
    readme.write_text(card(edition, parts), encoding="utf-8", newline="\n")
    return (*paths, readme)


def tables(edition: Edition) -> list[Table]:
    """Return the tables of *edition* that have rows: those of `FIELDS`, then one for each pair of languages."""
    plain = [Table(name, name, FIELDS[name], found) for name, found in rows(edition).items() if found]
    paired = [
        Table(f"{_safe(a)}-{_safe(b)}", f"pairs/{_safe(a)}-{_safe(b)}", PAIR, found, (a, b))
        for (a, b), found in pairs(edition).items()
    ]
    return plain + paired


def features() -> Mapping[str, Any]:
    """Return the `datasets.Features` of each table of `FIELDS`, for those who make rows of the same shape."""
    from datasets import Features

    described = {name: {field.name: _feature(field.type) for field in fields} for name, fields in FIELDS.items()}
    return {name: Features.from_dict(columns) for name, columns in described.items()}


def _safe(language: str) -> str:
    """A language in the name of a pair, where - separates the two."""
    return language.replace("-", "_")


def _part(table: Table, path: Path) -> Part:
    data = path.read_bytes()
    features = [{"name": field.name, **_yaml(field.type, table.languages)} for field in table.fields]
    return Part(
        table.name,
        f"{table.folder}/train-*.parquet",
        len(table.rows),
        hashlib.sha256(data).hexdigest(),
        len(data),
        features,
    )


def _write_parquet(table: Table, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(table)
    columns = [
        arrow.column([row[field.name] for row in table.rows], schema.field(field.name).type) for field in table.fields
    ]
    held = pa.Table.from_arrays(columns, schema=schema)
    # pages cut by content let a second release share bytes with the first; pyarrow has it from 21 on
    known = inspect.signature(pq.ParquetWriter.__init__).parameters
    chunking = {"use_content_defined_chunking": True} if "use_content_defined_chunking" in known else {}
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_index=True, **chunking) as writer:
        writer.write_table(held, row_group_size=GROUP)


def _schema(table: Table) -> Any:
    import pyarrow as pa

    features = {field.name: _feature(field.type, table.languages) for field in table.fields}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    return pa.schema(
        [pa.field(field.name, _arrow(field.type, table.languages)) for field in table.fields], metadata=metadata
    )


# --- types: one notation, three readings


def _inner(kind: str) -> str:
    """The TYPE of ``list<TYPE>``, '' for any other type."""
    return kind[5:-1] if kind.startswith("list<") else ""


def _struct(inner: str) -> list[tuple[str, str]]:
    """The members of a struct ``name:TYPE,name:TYPE``, none where *inner* is a plain type."""
    members, depth, start = [], 0, 0
    for at, letter in enumerate(inner + ","):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and not depth:
            name, colon, kind = inner[start:at].partition(":")
            if colon:
                members.append((name, kind))
            start = at + 1
    return members


def _arrow(kind: str, languages: Sequence[str] = ()) -> Any:
    import pyarrow as pa

    plain = {"string": pa.string(), "int32": pa.int32(), "float32": pa.float32()}
    if kind == "translation":
        return pa.struct([(language, pa.string()) for language in languages])
    inner = _inner(kind)
    if not inner:
        return plain[kind]
    members = _struct(inner)
    return pa.list_(pa.struct([(name, _arrow(part)) for name, part in members]) if members else _arrow(inner))


def _feature(kind: str, languages: Sequence[str] = ()) -> Any:
    """As `datasets` keeps it in a Parquet file; lists as ``[inner]``, which old and new releases read."""
    if kind == "translation":
        return {"languages": list(languages), "_type": "Translation"}
    inner = _inner(kind)
    if not inner:
        return {"dtype": kind, "_type": "Value"}
    members = _struct(inner)
    return [{name: _feature(part) for name, part in members} if members else _feature(inner)]


def _yaml(kind: str, languages: Sequence[str] = ()) -> Mapping[str, Any]:
    """As the card's YAML says it."""
    if kind == "translation":
        return {"dtype": {"translation": {"languages": list(languages)}}}
    inner = _inner(kind)
    if not inner:
        return {"dtype": kind}
    members = _struct(inner)
    return {"list": [{"name": name, **_yaml(part)} for name, part in members] if members else inner}
