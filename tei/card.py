"""The card of a dataset: YAML that loaders read, and a text that people read, every number counted from the rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any

from hexapla.corpus.language import language
from hexapla.tei.edition import Edition
from hexapla.tei.rows import FIELDS, PAIR, Field

DEFAULT = "alignments"

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A configuration of the dataset: its files, how many rows, and what is in them."""

    name: str
    path: str
    rows: int
    sha256: str
    size: int  # bytes
    features: Sequence[Mapping[str, Any]]


def card(edition: Edition, parts: Sequence[Part]) -> str:
    """Return the README.md of the dataset of *edition* that has *parts*."""
    template = files("hexapla.tei").joinpath("template/card.md").read_text(encoding="utf-8")
    body = Template(template).substitute(_text(edition, parts))
    return f"---\n{front(edition, parts)}---\n\n{body}"


def front(edition: Edition, parts: Sequence[Part]) -> str:
    """Return the YAML of the card. Strings are quoted as JSON, which YAML reads: Norwegian stays ``"no"``."""
    languages = sorted({document.language for document in edition.documents})
    reviewed = any(group.status != "automatic" for group in edition.alignment.groups)
    said: dict[str, Any] = {
        "pretty_name": edition.work.title,
        "language": sorted({code.split("-")[0] for code in languages}),
        "language_details": ", ".join(languages),
        "license": "other",
        "license_name": "annotation-cc-by-4.0-texts-unknown",
        "license_link": edition.work.annotation_license,
        "annotations_creators": ["machine-generated", *(["expert-generated"] if reviewed else [])],
        "language_creators": ["found"],
        "multilinguality": ["multilingual"] if len(languages) > 1 else ["monolingual"],
        "size_categories": [_size(len([s for d in edition.documents for s in d.segments]))],
        "source_datasets": ["original"],
        "task_categories": ["translation", "sentence-similarity", "token-classification", "text-retrieval"],
        "tags": ["comparable-corpus", "parallel-corpus", "event-coreference", "sentence-alignment", "tei"],
        "configs": [_config(part, edition, default=part.name == _default(parts)) for part in parts],
        "dataset_info": [_info(part) for part in parts if part.name in FIELDS],
    }
    return "".join(_lines(said))


def _default(parts: Sequence[Part]) -> str:
    names = [part.name for part in parts]
    return DEFAULT if DEFAULT in names else names[0]


def _size(count: int) -> str:
    return next((name for limit, name in SIZES if count < limit), "n>10M")


def _config(part: Part, edition: Edition, *, default: bool) -> dict[str, Any]:
    """Name, files, and what makes a cached copy stale: the version and the digest of the files."""
    release = dict(edition.alignment.signature.parts).get("hexapla", "0.0.0")
    version = release if release[:1].isdigit() else "0.0.0"
    entry: dict[str, Any] = {"config_name": part.name, "version": version, "description": f"sha256:{part.sha256}"}
    if default:
        entry["default"] = True
    return entry | {"data_files": [{"split": "train", "path": part.path}]}


def _info(part: Part) -> dict[str, Any]:
    split = {"name": "train", "num_bytes": part.size, "num_examples": part.rows}
    return {
        "config_name": part.name,
        "features": part.features,
        "splits": [split],
        "download_size": part.size,
        "dataset_size": part.size,
    }


def _lines(value: Mapping[str, Any]) -> Iterable[str]:
    """Write *value* as YAML: keys in order, everything below them as JSON, which is YAML."""
    for key, held in value.items():
        if isinstance(held, list) and held and isinstance(held[0], dict):
            yield f"{key}:\n"
            yield from (f"- {json.dumps(item, ensure_ascii=False)}\n" for item in held)
        else:
            yield f"{key}: {json.dumps(held, ensure_ascii=False)}\n"


def _text(edition: Edition, parts: Sequence[Part]) -> dict[str, str]:
    work = edition.work
    empty = [name for name in FIELDS if name not in {part.name for part in parts}]
    notes = [f"Without rows, and so left out: {', '.join(empty)}."] if empty else []
    if not work.with_text:
        notes.append("The running text is left out for its rights: text columns are empty; offsets and ids stay.")
    return {
        "title": work.title,
        "description": work.description
        or "Accounts of the same happenings, aligned by the events and entities they share.",
        "notes": " ".join(notes),
        "documents": _documents(edition),
        "configurations": _table(("configuration", "rows"), [(f"`{part.name}`", str(part.rows)) for part in parts]),
        "kinds": _counted("kind", Counter(m.kind for d in edition.documents for m in d.mentions)),
        "groups": _groups(edition),
        "disagreements": str(len(edition.alignment.disagreements)),
        "signature": str(edition.alignment.signature),
        "dropped": _table(("reason", "dropped"), [(reason, str(count)) for reason, count in edition.alignment.dropped]),
        "pair": next((part.name for part in parts if part.name not in FIELDS), "en-hr"),
        "default": _default(parts),
        "fields": "\n\n".join(_meanings(part.name, FIELDS[part.name]) for part in parts if part.name in FIELDS),
        "pair_fields": _meanings("pairs, such as `en-hr`", PAIR),
        "rights": _rights(edition),
        "annotation_license": work.annotation_license,
        "publisher": work.publisher,
        "year": work.date[:4] or "n.d.",
        "id": work.id,
    }


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(header)
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in (header, rule, *lines))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _counted(name: str, counts: Mapping[str, int]) -> str:
    return _table((name, "number"), [(key, str(count)) for key, count in sorted(counts.items())])


def _documents(edition: Edition) -> str:
    lines = []
    for document in edition.documents:
        sentences = sum(segment.kind != "x" for segment in document.segments)
        spoken = f"{language(document.language).name} ({document.language})"
        lines.append(
            (
                document.id,
                spoken,
                document.source.title_en or document.source.title,
                str(sentences),
                str(len(document.mentions)),
            )
        )
    return _table(("id", "language", "title", "sentences", "mentions"), lines)


def _groups(edition: Edition) -> str:
    spoken = {document.id: document.language for document in edition.documents}
    counts = Counter(
        (group.relation, len({spoken[member.document] for member in group.members}))
        for group in edition.alignment.groups
    )
    return _table(
        ("relation", "languages", "groups"),
        [(relation, str(n), str(count)) for (relation, n), count in sorted(counts.items())],
    )


def _meanings(name: str, fields: Sequence[Field]) -> str:
    lines = [(f"`{field.name}`", f"`{field.type.partition('<')[0]}`", field.meaning) for field in fields]
    return f"### {name}\n\n" + _table(("column", "type", "meaning"), lines)


def _rights(edition: Edition) -> str:
    lines = [
        (document.id, document.source.license or "unknown", document.source.note) for document in edition.documents
    ]
    return _table(("text", "licence", "what is known of it"), lines)
