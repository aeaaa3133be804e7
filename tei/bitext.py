"""Links and groups as lines: for spreadsheets (TSV), programs (JSON Lines), trainers (Moses) and aligners (beads).

    tsv     a header, then a link a line: ids, relation, score, both sides with their words, what they share
    jsonl   a group a line, whole: members with ids and words, evidence with spans; of a pair, a link a line
    moses   two files with as many lines: line n of one belongs to line n of the other
    beads   [0, 1]:[2]   numbers of sentences and headings from 0, each side's null beads included

In TSV and Moses a sentence is one line: its line breaks and tabs are spaces. JSON has it as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from hexapla.align.group import Evidence, Group, Link, Member, Relation
from hexapla.align.pair import Sides, beads, flat, links, told
from hexapla.tei.edition import Edition
from hexapla.tei.rows import Row

COLUMNS = (
    *("link", "group", "relation", "score"),
    *("left_document", "left_language", "left_ids", "left_text"),
    *("right_document", "right_language", "right_ids", "right_text"),
    "evidence",
)
"""Of the TSV; ids have spaces between them, evidence is ``kind:value`` with `` | `` between."""


def tsv(edition: Edition, pair: Sides | None = None, relation: Relation | None = None) -> Iterator[str]:
    """Yield the lines of the table of links: of *pair*, else of all documents as the edition orders them."""
    say, spoken = told(edition.documents), {document.id: document.language for document in edition.documents}
    yield "\t".join(COLUMNS) + "\n"
    for link in chosen(edition, pair, relation):
        sides = [
            cell
            for side in (link.left, link.right)
            for cell in (side.document, spoken[side.document], " ".join(side.segments), say(side))
        ]
        evidence = " | ".join(f"{one.kind}:{one.value}" for one in link.evidence)
        cells = [link.id, link.group, link.relation, f"{link.score:g}", *sides, evidence]
        yield "\t".join(map(flat, cells)) + "\n"


def chosen(edition: Edition, pair: Sides | None, relation: Relation | None) -> Sequence[Link]:
    """Return the links of *pair* in the order of its left text, else those of *edition* as they stand there."""
    if pair is not None:
        return links(edition.alignment, pair, relation)
    return [link for link in edition.alignment.links if relation in (None, link.relation)]


def moses(edition: Edition, pair: Sides, relation: Relation | None = None) -> Iterator[tuple[str, str]]:
    """Yield a line of either file for each link of *pair*."""
    say = told(edition.documents)
    for link in links(edition.alignment, pair, relation):
        yield say(link.left) + "\n", say(link.right) + "\n"


def bead_lines(edition: Edition, pair: Sides, relation: Relation | None = None) -> Iterator[str]:
    """Yield a line for each bead of the two documents of *pair*, as `hexapla.align.pair.beads` orders them."""
    for left, right in beads(edition.alignment, *pair.single(), relation):
        yield f"{list(left)}:{list(right)}\n"


def jsonl(edition: Edition, pair: Sides | None = None, relation: Relation | None = None) -> Iterator[str]:
    """Yield an object a line for each group, or with *pair* for each of its links."""
    told(edition.documents)  # refuses an edition without its text
    member = _member(edition)
    if pair is not None:
        found = (_link(link, member) for link in links(edition.alignment, pair, relation))
    else:
        found = (_group(group, member) for group in edition.alignment.groups if relation in (None, group.relation))
    for one in found:
        line = json.dumps(one, ensure_ascii=False)
        for letter in "\x85\u2028\u2029":  # some readers end a line at these
            line = line.replace(letter, f"\\u{ord(letter):04x}")
        yield line + "\n"


Described = Callable[[Member], Row]
"""What describes a member."""


def _member(edition: Edition) -> Described:
    spoken = {document.id: document.language for document in edition.documents}
    texts = {part.id: document.slice(part) for document in edition.documents for part in document.segments}
    return lambda member: {
        "document": member.document,
        "language": spoken[member.document],
        "ids": list(member.segments),
        "texts": [texts[name] for name in member.segments],
    }


def _group(group: Group, member: Described) -> Row:
    return {
        "group": group.id,
        "about": group.about,
        "label": group.label,
        "relation": group.relation,
        "score": group.score,
        "method": group.method,
        "status": group.status,
        "members": list(map(member, group.members)),
        "evidence": list(map(_evidence, group.evidence)),
    }


def _link(link: Link, member: Described) -> Row:
    return {
        "link": link.id,
        "group": link.group,
        "relation": link.relation,
        "score": link.score,
        "members": [member(link.left), member(link.right)],
        "evidence": list(map(_evidence, link.evidence)),
    }


def _evidence(one: Evidence) -> Row:
    spans = [
        {"document": s.document, "segment": s.segment, "start": s.start, "end": s.end, "text": s.text}
        for s in one.spans
    ]
    said = {"kind": one.kind, "value": one.value, "weight": one.weight, "source": one.source}
    return {**said, "spans": spans}
