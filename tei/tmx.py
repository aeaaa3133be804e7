"""Groups as a translation memory, TMX 1.4: what translation tools and their libraries open.

    tu tuid="grp.aid"            a group: one tuv for each document, its sentences in one segment
      prop type="x-relation"     translation, same-statement, same-event; x-score, x-method, x-status
      tuv xml:lang="hr"          prop x-document, x-sentences (ids with spaces between)
        seg                      the words in one line

With a pair of sides a unit is a link and has two variants. Two documents of one language are two variants of one
language, which TMX allows, though some tools show the first only: name a pair for those. Characters that XML cannot
hold are U+FFFD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree

from hexapla.align.group import Member, Relation
from hexapla.align.pair import Sides, links, told
from hexapla.corpus.version import release
from hexapla.tei.edition import Edition
from hexapla.tei.names import XMLLANG, Element, decimal, printable, xml_id

END = "</body>\n</tmx>\n"


def tmx(edition: Edition, pair: Sides | None = None, relation: Relation | None = None) -> Iterator[str]:
    """Yield the parts of the TMX file of *edition*: its groups, or the links of *pair*."""
    languages = {document.id: document.language for document in edition.documents}
    write = _writer(told(edition.documents), languages)
    yield _head(edition, pair)
    if pair is not None:
        for link in links(edition.alignment, pair, relation):
            said = {"relation": link.relation, "score": decimal(link.score), "group": link.group}
            yield write(link.id, said, (link.left, link.right))
    else:
        for group in edition.alignment.groups:
            if relation in (None, group.relation):
                said = {"relation": group.relation, "score": decimal(group.score), "group": group.id}
                said |= {"method": group.method, "status": group.status, "label": group.label}
                yield write(group.id, said, group.members)
    yield END


def _head(edition: Edition, pair: Sides | None) -> str:
    spoken = {document.language for document in pair.left} if pair else set()
    header = _element(
        "header",
        creationtool="hexapla",
        creationtoolversion=release(),
        segtype="sentence",
        adminlang="en",
        srclang=spoken.pop() if len(spoken) == 1 else "*all*",
        datatype="plaintext",
    )
    header.set("o-tmf", "TEI P5")
    header.append(_element("note", edition.work.title))
    header.append(_prop("signature", str(edition.alignment.signature)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n{_string(header)}<body>\n'


def _writer(
    say: Callable[[Member], str], languages: Mapping[str, str]
) -> Callable[[str, Mapping[str, str], Sequence[Member]], str]:
    def write(name: str, said: Mapping[str, str], members: Sequence[Member]) -> str:
        many = any(len(member.segments) > 1 for member in members)
        unit = _element("tu", tuid=xml_id(name), segtype="block" if many else "sentence")
        unit.extend(_props(said))
        for member in members:
            variant = _element("tuv")
            variant.set(XMLLANG, languages[member.document])
            variant.extend(_props({"document": member.document, "sentences": " ".join(member.segments)}))
            variant.append(_element("seg", say(member)))
            unit.append(variant)
        return _string(unit)

    return write


def _props(said: Mapping[str, str]) -> Iterable[Element]:
    return [_prop(kind, value) for kind, value in said.items() if value]


def _prop(kind: str, value: str) -> Element:
    return _element("prop", value, type=f"x-{kind}")


def _element(name: str, text: str = "", **attributes: str) -> Element:
    made = etree.Element(name, {key: printable(value) for key, value in attributes.items()})
    made.text = printable(text) or None
    return made


def _string(part: Element) -> str:
    return etree.tostring(part, encoding="unicode") + "\n"
