"""Edition -> rows: what the dataset holds, as plain values, one table after the other.

`FIELDS` says for each table its columns, their types and what they mean; the Arrow schema, the card's YAML and its
field tables
are all made from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hexapla.align.coverage import Coverage, coverage
from hexapla.align.group import Claim, Disagreement, Evidence, Group, Link, Member
from hexapla.corpus import edtf
from hexapla.corpus.document import Document, Entity, Event, Mention, Segment
from hexapla.corpus.language import language
from hexapla.tei.edition import Edition

Row = dict[str, Any]

NAMES = "list<language:string,text:string>"
EVIDENCE = (
    "list<kind:string,value:string,weight:float32,source:string,left:string,right:string,"
    "spans:list<sentence_id:string,start:int32,end:int32,text:string>>"
)
CLAIMS = (
    "list<language:string,doc_id:string,sentence_id:string,start:int32,end:int32,text:string,"
    "value:string,unit:string,modifier:string>"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its type, and what it means.

    A type is ``string``, ``int32``, ``float32``, ``list<TYPE>`` or ``list<name:TYPE,name:TYPE>`` for a list of structs.
    """

    name: str
    type: str
    meaning: str


def _fields(text: str) -> tuple[Field, ...]:
    """Read a table of fields: name, type and meaning, one a line."""
    rows = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple(Field(name, kind, meaning) for name, kind, meaning in rows)


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "documents": _fields("""
        doc_id           string  id of the account, unique in the work
        story_id         string  id of the work
        language         string  BCP 47
        script           string  ISO 15924
        title            string  in the document's language; in square brackets where it is described, not found
        url              string  where it came from, '' where nobody knows
        publisher        string  '' where nobody knows
        author           string  '' where nobody knows
        published        string  EDTF date, '' where nobody knows
        retrieved        string  EDTF date, '' where nobody knows
        license          string  of the text, not of the annotation
        rights_holder    string  '' where nobody knows
        source_sha256    string  of the bytes of the source
        tei_path         string  the TEI file beside this dataset
        num_sentences    int32   sentences; headings and boilerplate are not counted
        num_mentions     int32   mentions of all kinds
        text             string  the source, unchanged; offsets elsewhere count its Unicode code points
    """),
    "sentences": _fields("""
        sentence_id      string  document id, ".s", number
        doc_id           string  the document
        story_id         string  the work
        language         string  BCP 47
        kind             string  s sentence, h heading, x boilerplate (never aligned)
        index            int32   0-based, in text order
        paragraph        int32   0-based; shared by the segments of a paragraph
        start            int32   first code point
        end              int32   one after the last code point
        text             string  the slice [start, end) of the document's text
        normalized       string  a reading with tokenisation undone, '' where it is the text itself
        group_ids        list<string>  the groups that hold it
        alone            list<string>  what it names that no other document does, where nothing else tells what it tells
    """),
    "mentions": _fields("""
        mention_id       string  document id, ".m", number
        sentence_id      string  the sentence that holds it
        doc_id           string  the document
        story_id         string  the work
        language         string  BCP 47
        kind             string  person, place, organisation, people, thing, event, date, quantity
        subtype          string  date: day, month, year …; quantity: number, percent, money …; event: assertion, passing
        start            int32   first code point of the document's text
        end              int32   one after the last code point
        text             string  the slice [start, end)
        head             string  preferred English name of the entity or event, else ''
        normalized       string  a date in ISO 8601 / EDTF, or a plain decimal; '' for names and events
        unit             string  ISO 4217 code, percent, year …, or what is counted
        modifier         string  about, more-than, less-than, at-least, at-most, before, after, early, mid, late
        literal          string  the date as the text itself gives it (--03-20), where the context completed it
        entity_id        string  the entity, '' where not known
        event_id         string  the event, '' for other mentions
        score            float32 how sure, 0 to 1
        annotator        string  what found it: authority, names, dates, pointing (the next day), quantities, cues …
    """),
    "entities": _fields("""
        entity_id        string  id in the authority
        story_id         string  the work
        type             string  person, place, organisation, people, thing
        names            list<language:string,text:string,count:int32>  names, and how often each occurs as written
        wikidata         string  Q number, '' where not certain
        mention_ids      list<string>  where it is named
        num_mentions     int32   how often
        languages        list<string>  of the documents that name it
    """),
    "events": _fields(f"""
        event_id         string  id in the authority
        story_id         string  the work
        type             string  battle, election, statement … (an open list)
        labels           {NAMES}  one for each language
        date_start       string  ISO, first day of the event's date, '' where none is known
        date_end         string  ISO, last day
        place_entity_id  string  where it happened
        participants     list<role:string,entity_id:string>  who took part
        mention_ids      list<string>  where it is told or referred to
        num_mentions     int32   how often
        languages        list<string>  of the documents that tell or refer to it
    """),
    "alignments": _fields(f"""
        group_id         string  stable id
        story_id         string  the work
        event_id         string  the happening that the group is about
        label            string  the happening's name
        level            string  sentence
        relation         string  translation, same-statement or same-event
        languages        list<string>  of its members
        num_members      int32   documents in the group
        members          list<language:string,doc_id:string,sentence_ids:list<string>,text:string>  each document's part
        score            float32 how sure, 0 to 1
        method           string  events, anchors or beads
        status           string  automatic; or what a person decided: accepted, or added where the method found no group
        evidence         {EVIDENCE}  what is shared, strongest first, by whom it met, and where
    """),
    "coverage": _fields("""
        event_id         string  the happening
        story_id         string  the work
        label            string  its name
        date_start       string  ISO, first day of its date, '' where none is known
        doc_id           string  the document
        language         string  BCP 47
        telling          string  told, referred (in passing) or silent
        sentence_ids     list<string>  where
        told_by          int32   how many documents tell it
    """),
    "disagreements": _fields(f"""
        disagreement_id  string  stable id
        group_id         string  the group
        event_id         string  the happening
        story_id         string  the work
        kind             string  date, figure, place or name
        slot             string  what differs
        size             float32 days between dates (parts of one: times); larger figure over smaller, less 1; or null
        score            float32 how sure it is that this is a difference about the same thing
        note             string  what may explain it
        claims           {CLAIMS}  what each account gives
    """),
}

PAIR = _fields("""
        id               string  id of the link
        translation      translation  the two sides; use as a translation only where relation is "translation"
        score            float32 how sure, 0 to 1
        group_id         string  the group
        story_id         string  the work
        relation         string  translation, same-statement or same-event
        source_ids       list<string>  sentences of the first language
        target_ids       list<string>  sentences of the second language
""")


def rows(edition: Edition) -> Mapping[str, Sequence[Row]]:
    """Return the rows of each table of `FIELDS`, in a fixed order; a table may be empty.

    Where the work leaves its text out, so do the rows: columns that hold text are empty, ids and offsets stay.
    """
    edition = _published(edition)
    named, said = _named(edition), _said(edition)
    covered = coverage(edition.documents, edition.authority, edition.alignment)
    about = {group.id: group.about for group in edition.alignment.groups}
    return {
        "documents": [_document(document, edition) for document in edition.documents],
        "sentences": list(_sentences(edition, covered)),
        "mentions": list(_mentions(edition)),
        "entities": [_entity(entity, named, edition) for entity in edition.authority.entities],
        "events": [_event(event, named, edition) for event in edition.authority.events],
        "alignments": [_alignment(group, said, edition) for group in edition.alignment.groups],
        "coverage": list(_coverage(covered, edition)),
        "disagreements": [_disagreement(item, about, edition) for item in edition.alignment.disagreements],
    }


def pairs(edition: Edition) -> Mapping[tuple[str, str], Sequence[Row]]:
    """Return the links between documents of two languages, by pair of languages in alphabetical order."""
    edition = _published(edition)
    spoken, said = _languages(edition), _said(edition)
    found: dict[tuple[str, str], list[Row]] = {}
    for link in edition.alignment.links:
        sides = sorted((link.left, link.right), key=lambda side: spoken[side.document])
        a, b = (spoken[side.document] for side in sides)
        if a != b:
            found.setdefault((a, b), []).append(_pair(link, sides, said, edition))
    return dict(sorted(found.items()))


def _languages(edition: Edition) -> Mapping[str, str]:
    return {document.id: document.language for document in edition.documents}


def _published(edition: Edition) -> Edition:
    """The edition without its words, where its rights do not let them out."""
    if edition.work.with_text:
        return edition
    aligned = edition.alignment
    groups = (replace(group, evidence=_blank(group.evidence)) for group in aligned.groups)
    silent = replace(aligned, groups=tuple(groups), disagreements=tuple(map(_unquoted, aligned.disagreements)))
    return replace(edition, documents=tuple(map(_wordless, edition.documents)), alignment=silent)


def _wordless(document: Document) -> Document:
    segments = tuple(replace(segment, normalised="") for segment in document.segments)
    return replace(document, text="", segments=segments)


def _blank(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(replace(one, spans=tuple(replace(span, text="") for span in one.spans)) for one in evidence)


def _unquoted(item: Disagreement) -> Disagreement:
    claims = (replace(claim, span=replace(claim.span, text="")) for claim in item.claims)
    return replace(item, claims=tuple(claims))


def _document(document: Document, edition: Edition) -> Row:
    source = document.source
    return {
        "doc_id": document.id,
        "story_id": edition.work.id,
        "language": document.language,
        "script": language(document.language).script,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "author": source.author,
        "published": source.published,
        "retrieved": source.retrieved,
        "license": source.license,
        "rights_holder": source.rights_holder,
        "source_sha256": source.sha256,
        "tei_path": f"tei/{document.id}.xml",
        "num_sentences": sum(segment.kind == "s" for segment in document.segments),
        "num_mentions": len(document.mentions),
        "text": document.text,
    }


def _coverage(covered: Coverage, edition: Edition) -> Iterator[Row]:
    spoken = _languages(edition)
    for one in covered.events:
        start, _ = (one.event.date and edtf.bounds(one.event.date)) or ("", "")
        for document, how, segments in one.tellings:
            yield {
                "event_id": one.event.id,
                "story_id": edition.work.id,
                "label": one.event.label(),
                "date_start": start.replace("..", ""),
                "doc_id": document,
                "language": spoken[document],
                "telling": how,
                "sentence_ids": list(segments),
                "told_by": len(one.told_by),
            }


def _sentences(edition: Edition, covered: Coverage) -> Iterator[Row]:
    alone = {one.segment: [_own(mention) for mention in one.mentions] for one in covered.alone}
    groups: dict[str, list[str]] = {}
    for group in edition.alignment.groups:
        for member in group.members:
            for name in member.segments:
                groups.setdefault(name, []).append(group.id)
    for document in edition.documents:
        for number, segment in enumerate(document.segments):
            row = _sentence(document, number, segment, groups.get(segment.id, []), edition)
            yield row | {"alone": alone.get(segment.id, [])}


def _own(mention: Mention) -> str:
    return mention.ref or " ".join(filter(None, (mention.value, mention.unit)))


def _sentence(document: Document, number: int, segment: Segment, groups: list[str], edition: Edition) -> Row:
    return {
        "sentence_id": segment.id,
        "doc_id": document.id,
        "story_id": edition.work.id,
        "language": document.language,
        "kind": segment.kind,
        "index": number,
        "paragraph": segment.paragraph,
        "start": segment.start,
        "end": segment.end,
        "text": document.slice(segment),
        "normalized": segment.normalised,
        "group_ids": groups,
    }


def _mentions(edition: Edition) -> Iterator[Row]:
    for document in edition.documents:
        for mention in document.mentions:
            yield {
                "mention_id": mention.id,
                "sentence_id": mention.segment,
                "doc_id": document.id,
                "story_id": edition.work.id,
                "language": document.language,
                "kind": mention.kind,
                "subtype": mention.subtype,
                "start": mention.start,
                "end": mention.end,
                "text": document.slice(mention),
                "head": _head(mention, edition),
                "normalized": mention.value,
                "unit": mention.unit,
                "modifier": mention.modifier,
                "literal": mention.literal,
                "entity_id": "" if mention.kind == "event" else mention.ref,
                "event_id": mention.ref if mention.kind == "event" else "",
                "score": mention.score,
                "annotator": mention.method,
            }


def _head(mention: Mention, edition: Edition) -> str:
    record = edition.authority.get(mention.ref)
    if isinstance(record, Event):
        return record.label()
    named = record.names if isinstance(record, Entity) else ()
    return next((name.text for name in named if name.language == "en"), named[0].text if named else "")


Named = Mapping[str, Sequence[tuple[Document, Mention]]]
"""The id of an entity or event -> where it is named."""


def _named(edition: Edition) -> Named:
    found: dict[str, list[tuple[Document, Mention]]] = {}
    for document in edition.documents:
        for mention in document.mentions:
            found.setdefault(mention.ref, []).append((document, mention))
    return found


def _entity(entity: Entity, named: Named, edition: Edition) -> Row:
    there = named.get(entity.id, ())
    written = Counter((document.language, document.slice(mention)) for document, mention in there)
    return {
        "entity_id": entity.id,
        "story_id": edition.work.id,
        "type": entity.type,
        "names": [
            {"language": name.language, "text": name.text, "count": written[name.language, name.text]}
            for name in entity.names
        ],
        "wikidata": entity.wikidata,
        "mention_ids": [mention.id for _, mention in there],
        "num_mentions": len(there),
        "languages": list(dict.fromkeys(document.language for document, _ in there)),
    }


def _event(event: Event, named: Named, edition: Edition) -> Row:
    there = named.get(event.id, ())
    start, end = edtf.bounds(event.date) or ("", "") if event.date else ("", "")
    return {
        "event_id": event.id,
        "story_id": edition.work.id,
        "type": event.type,
        "labels": [{"language": name.language, "text": name.text} for name in event.labels],
        "date_start": start.replace("..", ""),
        "date_end": end.replace("..", ""),
        "place_entity_id": event.place,
        "participants": [{"role": one.role, "entity_id": one.entity} for one in event.participants],
        "mention_ids": [mention.id for _, mention in there],
        "num_mentions": len(there),
        "languages": list(dict.fromkeys(document.language for document, _ in there)),
    }


Said = Mapping[str, str]
"""The id of a segment -> its text."""


def _said(edition: Edition) -> Said:
    return {segment.id: document.slice(segment) for document in edition.documents for segment in document.segments}


def _text(member: Member, said: Said) -> str:
    return " ".join(filter(None, (said[name] for name in member.segments)))


def _alignment(group: Group, said: Said, edition: Edition) -> Row:
    spoken = _languages(edition)
    return {
        "group_id": group.id,
        "story_id": edition.work.id,
        "event_id": group.about,
        "label": group.label,
        "level": "sentence",
        "relation": group.relation,
        "languages": list(dict.fromkeys(spoken[member.document] for member in group.members)),
        "num_members": len(group.members),
        "members": [
            {
                "language": spoken[member.document],
                "doc_id": member.document,
                "sentence_ids": list(member.segments),
                "text": _text(member, said),
            }
            for member in group.members
        ],
        "score": group.score,
        "method": group.method,
        "status": group.status,
        "evidence": [_evidence(evidence) for evidence in group.evidence],
    }


def _evidence(evidence: Evidence) -> Row:
    first = evidence.spans[0].document
    shown = [
        (span.document == first, f"{span.segment}: {span.text}" if span.text else span.segment)
        for span in evidence.spans
    ]
    return {
        "kind": evidence.kind,
        "value": evidence.value,
        "weight": evidence.weight,
        "source": evidence.source,
        "left": " | ".join(text for left, text in shown if left),
        "right": " | ".join(text for left, text in shown if not left),
        "spans": [
            {"sentence_id": span.segment, "start": span.start, "end": span.end, "text": span.text}
            for span in evidence.spans
        ],
    }


def _disagreement(item: Disagreement, about: Mapping[str, str], edition: Edition) -> Row:
    spoken = _languages(edition)
    return {
        "disagreement_id": item.id,
        "group_id": item.group,
        "event_id": about.get(item.group, ""),
        "story_id": edition.work.id,
        "kind": item.kind,
        "slot": item.slot,
        "size": item.size,
        "score": item.score,
        "note": item.note,
        "claims": [_claim(claim, spoken) for claim in item.claims],
    }


def _claim(claim: Claim, spoken: Mapping[str, str]) -> Row:
    return {
        "language": spoken[claim.span.document],
        "doc_id": claim.span.document,
        "sentence_id": claim.span.segment,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.span.text,
        "value": claim.value,
        "unit": claim.unit,
        "modifier": claim.modifier,
    }


def _pair(link: Link, sides: Sequence[Member], said: Said, edition: Edition) -> Row:
    spoken = _languages(edition)
    return {
        "id": link.id,
        "translation": {spoken[side.document]: _text(side, said) for side in sides},
        "score": link.score,
        "group_id": link.group,
        "story_id": edition.work.id,
        "relation": link.relation,
        "source_ids": list(sides[0].segments),
        "target_ids": list(sides[1].segments),
    }
