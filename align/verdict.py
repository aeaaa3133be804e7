"""What a reader says of a group -> the decisions that say it: accept, reject, drop or add a sentence, relate.

group ev.fall: hr.s39 hr.s40 · en.s5      "drop hr.s40"   ─▶   membership rejected  hr.s40
"accept"        ─▶   group accepted       hr.s39 en.s5
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hexapla.align.group import Alignment, Disagreement, Group, Member, Relation
from hexapla.align.standing import Standing, about, held
from hexapla.corpus.decision import Decision, Quoted, Said, Verdict, quote
from hexapla.corpus.document import Authority, Document


@dataclass(frozen=True, slots=True)
class Judge:
    """A person who decides on a day; the sentences of *documents* are quoted in what is decided."""

    documents: tuple[Document, ...]
    by: str
    date: str  # ISO day

    def quoted(self, names: Collection[str]) -> tuple[Quoted, ...]:
        """Return the segments *names* as decisions name them, in the order of the documents."""
        return tuple(quote(d, segment) for d in self.documents for segment in d.segments if segment.id in names)

    def group(self, group: Group, verdict: Verdict, reason: str, relation: Relation | None = None) -> Decision:
        """Return that *group* as it is was read and accepted, rejected, or corrected to *relation*."""
        stated = "" if verdict == "rejected" else relation or group.relation
        quoted = self.quoted(held(group))
        return Decision(
            "group", verdict, about(group), quoted, self.by, self.date, reason, relation=stated, label=group.label
        )

    def sentence(self, group: Group, name: str, verdict: Verdict, reason: str) -> Decision:
        """Return that the sentence *name* belongs to *group*, or does not."""
        return Decision("membership", verdict, about(group), self.quoted([name]), self.by, self.date, reason)

    def disagreement(self, one: Disagreement, group: Group, verdict: Verdict, reason: str) -> Decision:
        """Return that the accounts of *group* do differ as *one* says, or do not."""
        quoted = self.quoted({claim.span.segment for claim in one.claims})
        at = {quotation.id: number for number, quotation in enumerate(quoted)}
        claims = tuple(
            Said(at[claim.span.segment], claim.span.text, claim.value, claim.unit, claim.modifier)
            for claim in one.claims
        )
        return Decision(
            "disagreement",
            verdict,
            about(group),
            quoted,
            self.by,
            self.date,
            reason,
            slot=one.slot,
            kind=one.kind,
            note=one.note,
            size=one.size,
            claims=claims,
        )


def without(group: Group, name: str) -> Group | None:
    """Return *group* without the sentence *name*; None where one document is left, which is no group."""
    members = (replace(one, segments=tuple(part for part in one.segments if part != name)) for one in group.members)
    left = tuple(member for member in members if member.segments)
    return replace(group, members=left) if len(left) > 1 else None


def joined(group: Group, document: str, name: str) -> Group:
    """Return *group* with the sentence *name* of *document*."""
    if all(member.document != document for member in group.members):
        return replace(group, members=(*group.members, Member(document, (name,))))
    members = (
        replace(one, segments=(*one.segments, name)) if one.document == document else one for one in group.members
    )
    return replace(group, members=tuple(members))


def unread(
    alignment: Alignment, documents: Sequence[Document], authority: Authority, decisions: Sequence[Decision]
) -> list[Group]:
    """Return the groups of *alignment* with a sentence that *decisions* say nothing of, the least certain first."""
    standing = Standing.of(decisions, documents, authority, alignment.groups)
    return by_doubt(group for group in alignment.groups if not held(group) <= standing.told[about(group)].keys())


def by_doubt(groups: Iterable[Group]) -> list[Group]:
    """Return *groups*, the least certain first."""
    return sorted(groups, key=lambda group: (group.score, group.id))
