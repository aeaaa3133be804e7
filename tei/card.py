"""The card of a dataset: YAML that loaders read, and a text that people read, every number counted from the rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any

from hexapla.align.group import Review
from hexapla.corpus.language import language
from hexapla.tei.edition import Edition
from hexapla.tei.rows import FIELDS, PAIR, Field

DEFAULT = "alignments"

TASKS = ("sentence-similarity", "token-classification", "text-retrieval")

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
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
    translated = any(group.relation == "translation" for group in edition.alignment.groups)
    languages = sorted({document.language for document in edition.documents})
    reviewed = any(group.status != "automatic" for group in edition.alignment.groups)
    said: dict[str, Any] = {
        "pretty_name": edition.work.title,
        "language": sorted({code.split("-")[0] for code in languages}),
        "language_details": ", ".join(languages),
        **_license(edition),
        "annotations_creators": ["machine-generated", *(["expert-generated"] if reviewed else [])],
        "language_creators": ["found"],
        "multilinguality": _multilinguality(languages, translated),
        "size_categories": [_size(len([s for d in edition.documents for s in d.segments]))],
        "source_datasets": ["original"],
        "task_categories": [*(["translation"] if translated else []), *TASKS],
        "tags": ["comparable-corpus", "parallel-corpus", "event-coreference", "sentence-alignment", "tei"],
        "configs": [_config(part, edition, default=part.name == _default(parts)) for part in parts],
        "dataset_info": [_info(part) for part in parts if part.name in FIELDS],
    }
    return "".join(_lines(said))


def _multilinguality(languages: Sequence[str], translated: bool) -> list[str]:
    if len(languages) < 2:
        return ["monolingual"]
    return ["multilingual", *(["translation"] if translated else [])]


def _license(edition: Edition) -> dict[str, str]:
    """The one licence of annotation and texts; ``other`` where they differ, or where a text's is unknown."""
    annotation = _hub_license(edition.work.annotation_license)
    texts = {_hub_license(document.source.license) for document in edition.documents if edition.work.with_text}
    if annotation != "unknown" and texts <= {annotation}:
        return {"license": annotation}
    rest = next(iter(texts)) if len(texts) == 1 else "mixed" if texts else "left-out"
    name = f"annotation-{annotation}-texts-{rest}"
    return {"license": "other", "license_name": name, "license_link": edition.work.annotation_license}


def _hub_license(text: str) -> str:
    """The identifier that the Hub uses for a Creative Commons licence, by its name or address; else ``unknown``.

    >>> _hub_license("https://creativecommons.org/licenses/by-sa/4.0/"), _hub_license("CC-BY-4.0"), _hub_license("©")
    ('cc-by-sa-4.0', 'cc-by-4.0', 'unknown')
    """
    if re.search(r"publicdomain/zero/1\.0|\bcc0\b", text, re.IGNORECASE):
        return "cc0-1.0"
    found = re.search(r"(?:licenses/|\bcc[- ])(by(?:-nc)?(?:-(?:sa|nd))?)[/ -](\d\.\d)", text, re.IGNORECASE)
    return f"cc-{found[1].lower()}-{found[2]}" if found else "unknown"


def _default(parts: Sequence[Part]) -> str:
    names = [part.name for part in parts]
    return DEFAULT if DEFAULT in names else names[0]


def _size(count: int) -> str:
    return next((name for limit, name in SIZES if count < limit), "1B<n<10B")


def _config(part: Part, edition: Edition, *, default: bool) -> dict[str, Any]:
    """Name, files, and what makes a cached copy stale: the version and the digest of the files."""
    release = dict(edition.alignment.signature.parts).get("hexapla", "0.0.0")
    found = re.match(r"\d+\.\d+\.\d+", release)  # three numbers, or nothing of the dataset loads
    version = found[0] if found else "0.0.0"
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
            yield from (f"- {_quoted(item)}\n" for item in held)
        else:
            yield f"{key}: {_quoted(held)}\n"


def _quoted(value: Any) -> str:
    """JSON that YAML reads: the letters that YAML refuses or folds are escaped."""
    odd = "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
    return re.sub(odd, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _text(edition: Edition, parts: Sequence[Part]) -> dict[str, str]:
    work = edition.work
    empty = [name for name in FIELDS if name not in {part.name for part in parts}]
    notes = [f"Without rows, and so left out: {', '.join(empty)}."] if empty else []
    if not work.with_text:
        notes.append("The running text is left out for its rights: text columns are empty; offsets and ids stay.")
    return {
        "title": " ".join(work.title.split()),
        "nature": _nature(edition),
        "description": work.description
        or "Accounts of the same happenings, aligned by the events and entities they share.",
        "notes": " ".join(notes),
        "documents": _documents(edition),
        "configurations": _table(("configuration", "rows"), [(f"`{part.name}`", str(part.rows)) for part in parts]),
        "kinds": _counted("kind", Counter(m.kind for d in edition.documents for m in d.mentions)),
        "groups": _groups(edition),
        "missed": _missed(edition),
        "kinds_of_pairs": _kinds(edition),
        "disagreements": str(len(edition.alignment.disagreements)),
        "signature": str(edition.alignment.signature),
        "dropped": _table(("reason", "dropped"), [(reason, str(count)) for reason, count in edition.alignment.dropped]),
        "review": _review(edition.alignment.review),
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


def _nature(edition: Edition) -> str:
    relations = {group.relation for group in edition.alignment.groups}
    if relations == {"translation"}:
        return "Translations: sentences that say the same in one place stand together."
    own = "accounts that tell the same happenings, each in its own words, order and extent."
    return f"Partly translations, partly {own}" if "translation" in relations else f"Not translations: {own}"


def _kinds(edition: Edition) -> str:
    """Say how every two documents stand to one another, where that was asked."""
    if not edition.alignment.kinds:
        return ""
    rows = [(f"{kin.left}, {kin.right}", kin.kind, kin.reason) for kin in edition.alignment.kinds]
    return "How the documents stand to one another:\n\n" + _table(("documents", "they are", "because"), rows)


def _missed(edition: Edition) -> str:
    """Say what happenings are found by, and so which are missed."""
    if any(event.cues for event in edition.authority.events):
        by = (
            "the cues of an authority file and by dates; one that it does not list, or that is told in unforeseen words"
        )
    else:
        by = "a rare combination of names, words, dates and figures that sentences share; one that is told without"
    return f"Happenings are found by {by}, is missed."


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(header)
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in (header, rule, *lines))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _counted(name: str, counts: Mapping[str, int]) -> str:
    return _table((name, "number"), [(key, str(count)) for key, count in sorted(counts.items())])


def _documents(edition: Edition) -> str:
    lines = []
    for document in edition.documents:
        kinds = Counter(segment.kind for segment in document.segments)
        spoken = f"{language(document.language).name} ({document.language})"
        lines.append(
            (
                document.id,
                spoken,
                document.source.title_en or document.source.title,
                *(str(kinds[kind]) for kind in ("s", "h", "x")),
                str(len(document.mentions)),
            )
        )
    return _table(("id", "language", "title", "sentences", "headings", "boilerplate", "mentions"), lines)


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


def _review(review: Review | None) -> str:
    """What people decided of the groups, and what became of it."""
    if review is None:
        return "No person has reviewed the groups."
    counts = _table(("decisions, and what they changed", "number"), [(what, str(n)) for what, n in review.counts])
    said = f"Groups reviewed by {', '.join(review.by)}: `status` is `automatic` where nobody decided on all of a group."
    return f"{said}\n\n{counts}"


def _meanings(name: str, fields: Sequence[Field]) -> str:
    lines = [(f"`{field.name}`", f"`{field.type.partition('<')[0]}`", field.meaning) for field in fields]
    return f"### {name}\n\n" + _table(("column", "type", "meaning"), lines)


def _rights(edition: Edition) -> str:
    lines = [
        (document.id, document.source.license or "unknown", document.source.note) for document in edition.documents
    ]
    return _table(("text", "licence", "what is known of it"), lines)
