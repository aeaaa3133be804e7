"""The report: one HTML file that works offline, drawn from an edition.

    accounts        the documents in columns; sentences of one group light up together, and the words that say why
    groups          a row for each group, a cell for each document; an empty cell is an account that is silent
    events          which account tells which event, first to last
    disagreements   what the accounts give differently, side by side

The page holds its data as JSON (a page opened from a file may not fetch) and draws itself; nothing is loaded from
elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from hexapla.align.coverage import Covered, coverage
from hexapla.align.group import Disagreement, Evidence, Group, Span
from hexapla.corpus.document import Document, Entity, Event, Mention, Segment
from hexapla.corpus.language import language
from hexapla.tei.edition import Edition

Json = dict[str, Any]
"""What `json` writes."""

TEMPLATE = "template/report.html"
MARK = "/*data*/"


def write(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write the report of *edition* to ``folder/index.html`` and return the paths written."""
    template = files("hexapla.tei").joinpath(TEMPLATE).read_text(encoding="utf-8")
    data = json.dumps(payload(edition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    page = template.replace("<!--title-->", _escaped(edition.work.title)).replace(MARK, _inert(data))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return (path,)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inert(data: str) -> str:
    """JSON that cannot end the script element it stands in, nor start a comment."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def payload(edition: Edition) -> Json:
    """Return all that the page shows, as plain values."""
    groups_of: dict[str, list[str]] = {}
    for group in edition.alignment.groups:
        for member in group.members:
            for segment in member.segments:
                groups_of.setdefault(segment, []).append(group.id)
    covered = coverage(edition.documents, edition.authority, edition.alignment)
    return {
        "work": {"id": edition.work.id, "title": edition.work.title, "description": edition.work.description},
        "signature": str(edition.alignment.signature),
        "date": edition.work.date,
        "documents": [_document(document, groups_of) for document in edition.documents],
        "groups": [_group(group, edition) for group in edition.alignment.groups],
        "events": [_event(one) for one in covered.events],
        "alone": [
            [one.document, one.segment, [[mention.start, mention.end] for mention in one.mentions]]
            for one in covered.alone
        ],
        "disagreements": _disagreements(edition),
        "kinds": [[kin.left, kin.right, kin.kind, kin.reason] for kin in edition.alignment.kinds],
        "names": {entity.id: _name(entity) for entity in edition.authority.entities},
    }


def _name(entity: Entity) -> str:
    english = [name.text for name in entity.names if name.language == "en"]
    return (english or [name.text for name in entity.names] or [entity.id])[0]


def _document(document: Document, groups_of: Mapping[str, Sequence[str]]) -> Json:
    mentions: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        mentions.setdefault(mention.segment, []).append(mention)
    spoken = language(document.language)
    return {
        "id": document.id,
        "language": document.language,
        "speaks": spoken.name,
        "direction": spoken.direction,
        "title": document.source.title or document.source.title_en or document.id,
        "subtitle": document.source.title_en,
        "segments": [
            _segment(document, segment, mentions.get(segment.id, ()), groups_of.get(segment.id, ()))
            for segment in document.segments
        ],
    }


def _segment(document: Document, segment: Segment, mentions: Sequence[Mention], groups: Sequence[str]) -> Json:
    drawn: Json = {
        "id": segment.id,
        "kind": segment.kind,
        "paragraph": segment.paragraph,
        "start": segment.start,
        "text": document.slice(segment),
    }
    marks = [_mark(mention) for mention in mentions if mention.kind != "event"]
    return drawn | ({"marks": marks} if marks else {}) | ({"groups": list(groups)} if groups else {})


def _mark(mention: Mention) -> list[str | int]:
    value = " ".join(filter(None, (mention.modifier, mention.value, mention.unit))) or mention.ref
    return [mention.start, mention.end, mention.kind, value]


def _group(group: Group, edition: Edition) -> Json:
    event = edition.authority.get(group.about)
    return {
        "id": group.id,
        "label": group.label or group.id,
        "about": group.about,
        "date": event.date if isinstance(event, Event) else "",
        "relation": group.relation,
        "score": group.score,
        "status": group.status,
        "members": {member.document: list(member.segments) for member in group.members},
        "evidence": [_evidence(evidence) for evidence in group.evidence],
    }


def _evidence(evidence: Evidence) -> Json:
    spans = [_span(span) for span in evidence.spans]
    said = {"kind": evidence.kind, "value": evidence.value, "weight": evidence.weight, "source": evidence.source}
    return said | {"spans": spans}


def _span(span: Span) -> list[str | int]:
    return [span.document, span.segment, span.start, span.end, span.text]


def _event(covered: Covered) -> Json:
    """An event; per document 2 for told, 1 for referred to, and the first sentence that does."""
    there = [one for one in covered.tellings if one[1] != "silent"]
    return {
        "id": covered.event.id,
        "label": covered.event.label(),
        "date": covered.event.date,
        "type": covered.event.type,
        "told": {document: 2 if how == "told" else 1 for document, how, _ in there},
        "first": {document: segments[0] for document, _, segments in there},
    }


def _disagreements(edition: Edition) -> list[Json]:
    labels = {group.id: group.label for group in edition.alignment.groups}
    said = {s.id: (document.slice(s), s.start) for document in edition.documents for s in document.segments}
    return [_disagreement(item, labels, said) for item in edition.alignment.disagreements]


def _disagreement(item: Disagreement, labels: Mapping[str, str], said: Mapping[str, tuple[str, int]]) -> Json:
    return {
        "id": item.id,
        "group": item.group,
        "label": labels.get(item.group, item.group),
        "kind": item.kind,
        "slot": item.slot,
        "size": item.size,
        "score": item.score,
        "note": item.note,
        "claims": [
            {
                "span": _span(claim.span),
                "value": claim.value,
                "unit": claim.unit,
                "modifier": claim.modifier,
                "text": said.get(claim.span.segment, ("", 0))[0],
                "start": said.get(claim.span.segment, ("", 0))[1],
            }
            for claim in item.claims
        ],
    }
