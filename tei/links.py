"""The alignment as TEI: links between sentences, groups of them, disagreements, and the evidence.

    linkGrp type="alignment" domains="en.xml#en hr.xml#hr"      one for each pair of documents
      link xml:id="lnk.en-hr.aid" n="1:2" cert="0.9" target="en.xml#en.s5 hr.xml#hr.s4 hr.xml#hr.s5" …
    linkGrp type="event-cluster"                                groups over any number of documents
      link xml:id="grp.aid" subtype="automatic" ana="ev:ev.aid #evd.grp.aid" …     or accepted, added: with @resp
    linkGrp type="translation-cluster"                          the same, of translations of one text
    linkGrp type="disagreement"                                 the sentences that differ, and in what
    fs xml:id="evd.grp.aid" type="group"                        what a link cannot hold: label, method, anchors, spans

Targets stand in the order of @domains; a reader groups them by the file before ``#``. Each span is an ``fs`` that
points to its sentence and states its range; its words are repeated only where the edition has the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, cast

from hexapla.align.group import (
    Alignment,
    AnchorKind,
    Claim,
    Disagreement,
    DisagreementKind,
    Evidence,
    Group,
    Link,
    Member,
    Relation,
    Span,
)
from hexapla.corpus.document import Authority
from hexapla.tei.header import REVIEWERS, read_aligned, read_kinds, read_made, read_review
from hexapla.tei.names import (
    TEI,
    XMLID,
    Element,
    decimal,
    element,
    find,
    findall,
    get,
    local,
    need,
    number,
    plain,
    pointed,
    printable,
    refuse,
    text_at,
    xml_id,
)
from hexapla.tei.standoff import nothing
from hexapla.tei.text import interval

_BY = "#alignment.sw"

_FEATURE = f"{{{TEI}}}f"

HOLDER = "alignment"
"""The type of the ``standOff`` that holds an alignment."""


def parts(aligned: Alignment, known: Authority, with_text: bool) -> Iterator[Element]:
    """Yield what the ``standOff`` holds that is the alignment *aligned*; *known* tells which events can be pointed to.

    One piece is made at a time: of many accounts, the evidence of all links would fill the memory.
    """
    differing = [_disagreement(one) for one in aligned.disagreements]
    made = chain(
        _pairs(aligned.links),
        _clusters(aligned, known),
        _links("disagreement", "lg.disagreements", aligned.documents, differing),
        (_link_features(at, link, with_text) for at, link in enumerate(aligned.links)),
        (_group_features(group, with_text) for group in aligned.groups),
        (_disagreement_features(one, with_text) for one in aligned.disagreements),
    )
    first = next(made, None)
    yield nothing("No sentences are aligned.") if first is None else first
    yield from made


def holder(*held: Element) -> Element:
    """Return the ``standOff`` of an alignment, with what it has *held*."""
    return element("standOff", *held, type=HOLDER, xmlid="alignment.standOff")


def _clusters(aligned: Alignment, known: Authority) -> Iterator[Element]:
    """Yield the groups about events, and those of translations."""
    told = [_group(group, known) for group in aligned.groups if group.relation != "translation"]
    translated = [_group(group, known) for group in aligned.groups if group.relation == "translation"]
    yield from _links("event-cluster", "lg.groups", aligned.documents, told)
    yield from _links("translation-cluster", "lg.translations", aligned.documents, translated)


def _pairs(links: Sequence[Link]) -> Iterator[Element]:
    """Yield a group of links for each pair of documents, in the order of the first link of each."""
    pairs: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        pairs.setdefault((link.left.document, link.right.document), []).append(link)
    for (left, right), held in pairs.items():
        yield from _links("alignment", f"lg.{xml_id(f'{left}-{right}')}", (left, right), [*map(_link, held)])


def _links(type_: str, name: str, documents: Sequence[str], links: Sequence[Element]) -> list[Element]:
    domains = " ".join(_target(document, document) for document in documents)
    return [element("linkGrp", *links, type=type_, xmlid=name, domains=domains, resp=_BY)] if links else []


def _target(document: str, name: str) -> str:
    return f"{xml_id(document)}.xml#{xml_id(name)}"


def _targets(members: Iterable[Member]) -> str:
    return " ".join(_target(member.document, segment) for member in members for segment in member.segments)


def _evidence_id(name: str) -> str:
    return f"evd.{xml_id(name)}"


def _link(link: Link) -> Element:
    return element(
        "link",
        xmlid=xml_id(link.id),
        n=f"{len(link.left.segments)}:{len(link.right.segments)}",
        type=link.relation,
        cert=decimal(link.score),
        ana=f"#{_evidence_id(link.id)}",
        target=_targets((link.left, link.right)),
    )


def _group(group: Group, known: Authority) -> Element:
    event = f"ev:{xml_id(group.about)} " if known.get(group.about) else ""
    return element(
        "link",
        xmlid=xml_id(group.id),
        n=":".join(str(len(member.segments)) for member in group.members),
        type=group.relation,
        subtype=group.status,
        resp="" if group.status == "automatic" else f"#{REVIEWERS}",
        cert=decimal(group.score),
        ana=f"{event}#{_evidence_id(group.id)}",
        target=_targets(group.members),
    )


def _disagreement(one: Disagreement) -> Element:
    spans = (claim.span for claim in one.claims)
    return element(
        "link",
        xmlid=xml_id(one.id),
        type=one.kind,
        cert=decimal(one.score),
        ana=f"#{_evidence_id(one.id)}",
        target=" ".join(_target(span.document, span.segment) for span in spans),
    )


def _link_features(at: int, link: Link, with_text: bool) -> Element:
    evidence = [_anchor(one, with_text) for one in link.evidence]
    features = [_string("group", link.group), _numeric("place", at), _list("evidence", evidence)]
    return _features(link.id, "link", features)


def _group_features(group: Group, with_text: bool) -> Element:
    evidence = [_anchor(one, with_text) for one in group.evidence]
    label = group.label if with_text or group.about else ""  # of translations it is a piece of the text
    said = {"about": group.about, "label": label, "method": group.method}
    return _features(group.id, "group", [*(_string(*one) for one in said.items()), _list("evidence", evidence)])


def _disagreement_features(one: Disagreement, with_text: bool) -> Element:
    said = {"group": one.group, "slot": one.slot, "note": one.note}
    size = [] if one.size is None else [_numeric("size", one.size)]
    claims = _list("claims", [_claim(claim, with_text) for claim in one.claims])
    return _features(one.id, "disagreement", [*(_string(*pair) for pair in said.items()), *size, claims])


def _features(name: str, type_: str, features: Iterable[Element]) -> Element:
    return element("fs", *features, xmlid=_evidence_id(name), type=type_)


def _anchor(one: Evidence, with_text: bool) -> Element:
    spans = _list("spans", [_span(span, with_text) for span in one.spans])
    source = _string("source", one.source) if one.source else None
    return element("fs", _string("value", one.value), _numeric("weight", one.weight), source, spans, type=one.kind)


def _claim(claim: Claim, with_text: bool) -> Element:
    said = {"value": claim.value, "unit": claim.unit, "modifier": claim.modifier}
    span = element("f", _span(claim.span, with_text), name="span")
    return element("fs", *(_string(*one) for one in said.items()), span, type="claim")


def _span(span: Span, with_text: bool) -> Element:
    source = f"src:{xml_id(span.document)}:{span.start},{span.end}"
    words = _string("text", span.text) if with_text else None
    return element("fs", words, type="span", corresp=_target(span.document, span.segment), source=source)


def _string(name: str, value: str) -> Element:
    return element("f", element("string", value), name=name)


def _numeric(name: str, value: float) -> Element:
    return element("f", element("numeric", value=decimal(value)), name=name)


def _list(name: str, parts: Sequence[Element]) -> Element:
    return element("f", element("vColl", *parts, org="list"), name=name)


# --- read

Texts = Mapping[str, str]
"""The text of each document, '' where it was left out."""


@dataclass(slots=True)
class Evidences:
    """What the ``fs`` beside the links say, by their ids; each is read and emptied as soon as the parser is past it."""

    texts: Texts
    said: dict[str, tuple[str, Any]] = field(default_factory=dict)  # id -> type, what an `fs` of that type holds
    _spans: dict[tuple[str, str, str], Span] = field(default_factory=dict)  # by what its `fs` says
    _names: dict[str, str] = field(default_factory=dict)

    def take(self, fs: Element) -> None:
        """Read *fs* if it is one of an alignment, and empty it."""
        parent = fs.getparent()
        if parent is None or local(parent) != "standOff" or parent.get("type") != HOLDER:
            return
        name, kind = get(fs, XMLID), get(fs, "type")
        if kind in _READ:
            self.said[name] = kind, _READ[kind](fs, self)
        del fs[:]
        fs.attrib.clear()

    def of(self, link: Element, kind: str) -> Any:
        """Return what the ``fs`` of the type *kind* says to which *link* leads."""
        found = (self.said.get(name[1:]) for name in get(link, "ana").split())
        held = next((said for said in found if said and said[0] == kind), None)
        if held is None:
            refuse(link, "@ana of <link> leads to no evidence")
        return held[1]

    def span(self, fs: Element) -> Span:
        """Return the span that *fs* is; the same one for the same."""
        written = text_at(fs, "tei:f[@name='text']/tei:string") if len(fs) else ""
        key = get(fs, "corresp"), get(fs, "source"), written
        if key not in self._spans:
            file, _, name = key[0].partition("#")
            document, (start, end) = self._name(file.removesuffix(".xml")), interval(fs)
            said = self.texts.get(document, "")[start:end]
            text = said if printable(said) == written else written
            self._spans[key] = Span(document, self._name(name), start, end, text)
        return self._spans[key]

    def _name(self, token: str) -> str:
        held = self._names.get(token)
        return self._names.setdefault(token, plain(token)) if held is None else held


def read_alignment(root: Element, evidence: Evidences) -> Alignment:
    """Return the alignment in the file *root*, whose *evidence* was read as it was parsed."""
    held = need(root, "tei:standOff")

    def read(type_: str, kind: str, make: Callable[[Element, Any], Any]) -> list[Any]:
        links = findall(held, f"tei:linkGrp[@type='{type_}']/tei:link")
        return [make(link, evidence.of(link, kind)) for link in links]

    placed = sorted(read("alignment", "link", _read_link), key=lambda pair: cast(float, pair[0]))
    groups = [*read("event-cluster", "group", _read_group), *read("translation-cluster", "group", _read_group)]
    signature, dropped = read_made(root)
    return Alignment(
        documents=tuple(pointed(target) for target in read_aligned(root)),
        groups=tuple(groups),
        links=tuple(link for _, link in placed),
        disagreements=tuple(read("disagreement", "disagreement", _read_disagreement)),
        signature=signature,
        dropped=dropped,
        review=read_review(root),
        kinds=read_kinds(root),
    )


def _read_members(link: Element) -> tuple[Member, ...]:
    """Return the targets of *link*, grouped by document."""
    members: dict[str, list[str]] = {}
    for target in get(link, "target").split():
        file, _, name = target.partition("#")
        members.setdefault(plain(file.removesuffix(".xml")), []).append(plain(name))
    return tuple(Member(document, tuple(segments)) for document, segments in members.items())


def _read_link(link: Element, said: tuple[float, str, tuple[Evidence, ...]]) -> tuple[float, Link]:
    members = _read_members(link)
    if len(members) != 2:
        refuse(link, f"<link> between two documents has targets in {len(members)}")
    place, group, evidence = said
    name, relation = plain(get(link, XMLID)), cast(Relation, get(link, "type"))
    return place, Link(name, group, *members, relation, number(link, "cert"), evidence)


def _read_group(link: Element, said: tuple[str, str, str, tuple[Evidence, ...]]) -> Group:
    about, label, method, evidence = said
    return Group(
        id=plain(get(link, XMLID)),
        about=about,
        label=label,
        relation=cast(Relation, get(link, "type")),
        score=number(link, "cert"),
        members=_read_members(link),
        evidence=evidence,
        method=method,
        status=get(link, "subtype"),
    )


def _read_disagreement(link: Element, said: Mapping[str, Any]) -> Disagreement:
    kind = cast(DisagreementKind, get(link, "type"))
    return Disagreement(id=plain(get(link, XMLID)), kind=kind, score=number(link, "cert"), **said)


def _link_said(fs: Element, known: Evidences) -> tuple[float, str, tuple[Evidence, ...]]:
    """Return the place of a link among all, its group, and its evidence."""
    place = number(need(_feature(fs, "place"), "tei:numeric"), "value")
    return place, _read_string(fs, "group"), _read_evidence(fs, known)


def _group_said(fs: Element, known: Evidences) -> tuple[str, str, str, tuple[Evidence, ...]]:
    """Return what a group is about, its label, its method, and its evidence."""
    about, label, method = (_read_string(fs, name) for name in ("about", "label", "method"))
    return about, label, method, _read_evidence(fs, known)


def _disagreement_said(fs: Element, known: Evidences) -> dict[str, Any]:
    """Return what a disagreement is, but for what only its link says."""
    size = find(fs, "tei:f[@name='size']/tei:numeric")
    return {name: _read_string(fs, name) for name in ("group", "slot", "note")} | {
        "claims": tuple(_read_claim(claim, known) for claim in _read_list(fs, "claims")),
        "size": None if size is None else number(size, "value"),
    }


_READ: Mapping[str, Callable[[Element, Evidences], Any]] = {
    "link": _link_said,
    "group": _group_said,
    "disagreement": _disagreement_said,
}


def _read_evidence(fs: Element, known: Evidences) -> tuple[Evidence, ...]:
    return tuple(_read_anchor(anchor, known) for anchor in _read_list(fs, "evidence"))


def _read_anchor(fs: Element, known: Evidences) -> Evidence:
    weight = number(need(_feature(fs, "weight"), "tei:numeric"), "value")
    spans = tuple(known.span(span) for span in _read_list(fs, "spans"))
    source = text_at(fs, "tei:f[@name='source']/tei:string")
    return Evidence(cast(AnchorKind, get(fs, "type")), _read_string(fs, "value"), weight, spans, source)


def _read_claim(fs: Element, known: Evidences) -> Claim:
    span = known.span(need(_feature(fs, "span"), "tei:fs"))
    return Claim(span, _read_string(fs, "value"), _read_string(fs, "unit"), _read_string(fs, "modifier"))


def _feature(fs: Element, name: str) -> Element:
    for held in fs:  # a path would be parsed each time, and there are many
        if held.get("name") == name and held.tag == _FEATURE:
            return held
    return need(fs, f"tei:f[@name='{name}']")


def _read_string(fs: Element, name: str) -> str:
    return text_at(_feature(fs, name), "tei:string")


def _read_list(fs: Element, name: str) -> list[Element]:
    return list(need(_feature(fs, name), "tei:vColl"))
