"""The text of a document: blocks, sentences, and what they mention, written and read.

    <p source="src:37,114">
      <s xml:id="en.s3" source="src:37,80">forces entered <placeName ref="ent:place.baghdad">Baghdad</placeName>…</s>
    <spanGrp type="events">
      <span xml:id="en.m3" type="assertion" target="#en.s3" source="src:53,68" ana="ev:ev.fall-of-baghdad" cert="0.8"/>

The text is the source's, character by character; every block and sentence says its range in it. A run of segments with
one paragraph number is a block: ``head`` where all are headings, ``ab`` where all are boilerplate, else ``p``. Mentions
nest inside the sentence where they can. Events, mentions that cross another, and all mentions where the text is left
out, stand off as ``span`` with a range of their own. Values that nobody but us reads off a text stand off too: the
normalised sentence, and the literal reading of a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, cast

from hexapla.corpus.document import Document, Mention, MentionKind, Segment, SegmentKind
from hexapla.tei.datable import datable, edtf
from hexapla.tei.names import (
    TEI,
    XMLID,
    Element,
    append,
    decimal,
    element,
    find,
    findall,
    get,
    local,
    number,
    plain,
    pointed,
    pointer,
    printable,
    refuse,
    token,
    xml_id,
)

_KINDS: dict[str, SegmentKind] = {"head": "h", "ab": "x", "p": "s"}
_BLOCKS = {kind: block for block, kind in _KINDS.items()}
_TYPES: dict[str, SegmentKind] = {"sentence": "s", "heading": "h", "boilerplate": "x"}
_TYPE_OF = {kind: name for name, kind in _TYPES.items()}
_NAMES: dict[str, MentionKind] = {"persName": "person", "placeName": "place", "orgName": "organisation"}
_NAME_OF = {kind: name for name, kind in _NAMES.items()}
_KIND_OF = {**_NAMES, "date": "date", "num": "quantity", "measure": "quantity"}
_UNTYPED = "unspecified"  # stands where TEI wants a type and the mention has none
_PARAGRAPH = ".p"


def ranged(start: int, end: int) -> str:
    """Return the pointer to the code points ``[start, end)`` of the source.

    >>> ranged(6011, 6028)
    'src:6011,6028'
    """
    return f"src:{start},{end}"


def interval(part: Element) -> tuple[int, int]:
    """Return the range that @source of *part* states; an InputError where it states none."""
    scheme, _, numbers = get(part, "source").rpartition(":")
    ends = numbers.split(",")
    if not scheme.startswith("src") or len(ends) != 2 or not all(end.isdecimal() for end in ends):
        refuse(part, f'@source="{part.get("source")}" is no range such as "src:0,58"')
    return int(ends[0]), int(ends[1])


# --- written


def text(document: Document, direction: str, with_text: bool) -> Element:
    """Return the ``text`` of *document*; without its words where *with_text* is false."""
    body = element("body")
    sheet = _sheet(document, with_text)
    for paragraph, segments in groupby(document.segments, key=attrgetter("paragraph")):
        block = _block(sheet, paragraph, list(segments))
        if not len(body) or (local(block) == "head" and local(body[-1][-1]) != "head"):
            body.append(element("div", "\n", xmlid=f"{sheet.name}.div{len(body) + 1}", type="section"))
            body[-1].tail = "\n"
        body[-1].append(block)
        block.tail = "\n"
    if not len(body):
        body.append(element("div", element("ab", type="empty"), type="section"))
    rendition = f"#{sheet.name}.rtl" if direction == "rtl" else ""
    return element("text", body, lang=document.language, rendition=rendition)


def standoff(document: Document, with_text: bool) -> Element | None:
    """Return the ``standOff`` of *document*, None where there is nothing to say there."""
    inline = {id(mention) for found in _inline(document).values() for mention in found} if with_text else set()
    standing = [mention for mention in document.mentions if id(mention) not in inline]
    read = [segment for segment in document.segments if segment.normalised and with_text]
    literal = [mention for mention in document.mentions if mention.literal]
    groups = [
        _spans("normalised", (element("span", s.normalised, target=f"#{xml_id(s.id)}") for s in read)),
        _spans("literal", (element("span", m.literal, target=f"#{xml_id(m.id)}") for m in literal)),
        _spans("events", (_event(document, m) for m in standing if m.kind == "event")),
        _spans("mentions", (_standing(document, m) for m in standing if m.kind != "event")),
    ]
    kept = [group for group in groups if group is not None]
    return element("standOff", *kept, type="annotation", xmlid=f"{xml_id(document.id)}.standOff") if kept else None


def _inline(document: Document) -> dict[str, list[Mention]]:
    """Return the mentions of each segment that can be elements inside it: those that nest, the outer ones first."""
    segments = {segment.id: segment for segment in document.segments}
    nested: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(document.mentions, key=lambda m: (m.start, -m.end)):
        around = segments.get(mention.segment)
        if around is None or mention.kind == "event" or not around.start <= mention.start < mention.end <= around.end:
            continue
        if not any(other.start < mention.start < other.end < mention.end for other in nested[mention.segment]):
            nested[mention.segment].append(mention)
    return nested


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document made ready to be written out."""

    document: str
    name: str  # the document's xml:id
    words: str  # its text as XML can hold it, '' where left out
    inline: Mapping[str, Sequence[Mention]]  # by segment
    told: Mapping[str, Sequence[str]]  # the events that a segment tells


def _sheet(document: Document, with_text: bool) -> _Sheet:
    told: dict[str, list[str]] = defaultdict(list)
    for mention in document.mentions:
        if mention.kind == "event" and mention.subtype != "passing" and mention.ref not in told[mention.segment]:
            told[mention.segment].append(mention.ref)
    words, inline = (printable(document.text), _inline(document)) if with_text else ("", {})
    return _Sheet(document.id, xml_id(document.id), words, inline, told)


def _block(sheet: _Sheet, paragraph: int, segments: list[Segment]) -> Element:
    """Return the block of *segments* with the white space that the source has between them."""
    kinds = {segment.kind for segment in segments}
    kind = kinds.pop() if len(kinds) == 1 else "s"
    source = ranged(segments[0].start, segments[-1].end)
    boilerplate = "boilerplate" if kind == "x" else ""
    block = element(_BLOCKS[kind], xmlid=f"{sheet.name}{_PARAGRAPH}{paragraph + 1}", type=boilerplate, source=source)
    for segment in segments:
        block.append(_sentence(sheet, segment, kind))
    for sentence, (before, after) in zip(block, pairwise(segments), strict=False):
        sentence.tail = sheet.words[before.end : after.start]
    return block


def _sentence(sheet: _Sheet, segment: Segment, usual: SegmentKind) -> Element:
    kind = "" if segment.kind == usual else _TYPE_OF[segment.kind]
    ana = " ".join(pointer("ev", ref) for ref in sheet.told.get(segment.id, ()) if ref)
    made = element("s", xmlid=xml_id(segment.id), type=kind, ana=ana, source=ranged(segment.start, segment.end))
    _fill(made, segment, sheet)
    return made


def _fill(sentence: Element, segment: Segment, sheet: _Sheet) -> None:
    """Put the words of *segment* and the elements of its mentions into *sentence*."""
    open_, at = [(sentence, segment.end)], segment.start

    def write_until(position: int) -> None:
        nonlocal at
        while len(open_) > 1 and open_[-1][1] <= position:
            inner, end = open_.pop()
            append(inner, sheet.words[at:end])
            at = end
        append(open_[-1][0], sheet.words[at:position])
        at = position

    for mention in sheet.inline.get(segment.id, ()):
        write_until(mention.start)
        made = _mention(mention, sheet.document)
        open_[-1][0].append(made)
        open_.append((made, mention.end))
    write_until(segment.end)


def _common(mention: Mention, document: str) -> dict[str, str]:
    """Return the attributes that all mentions have: id, how sure, and what found it."""
    resp = f"#{xml_id(document)}.sw.{token(mention.method)}" if mention.method else ""
    return {"xmlid": xml_id(mention.id), "cert": decimal(mention.score), "resp": resp}


def _mention(mention: Mention, document: str) -> Element:
    """Return the element of a mention that is no event, empty."""
    common = _common(mention, document)
    if mention.kind == "date":
        return _date(mention, common)
    if mention.kind == "quantity":
        return _quantity(mention, common)
    ref = pointer("ent", mention.ref)
    if mention.kind in _NAME_OF:
        return element(_NAME_OF[mention.kind], type=mention.subtype, ref=ref, **common)
    return element("name", type=mention.kind, subtype=mention.subtype, ref=ref, **common)


def _date(mention: Mention, common: dict[str, str]) -> Element:
    said = datable(mention.value, mention.modifier)
    return element("date", type=mention.subtype or _UNTYPED, subtype=mention.modifier, **said, **common)


def _quantity(mention: Mention, common: dict[str, str]) -> Element:
    """Return ``num`` for a bare number, ``measure`` for one of something."""
    counted = {"unit": mention.unit} if len(mention.unit.split()) < 2 else {"commodity": mention.unit}
    least, slash, most = mention.value.partition("/")
    key = "quantity" if mention.unit else "value"
    said = {"min_": least, "max_": most} if slash else {key: mention.value}
    name = "measure" if mention.unit else "num"
    return element(name, type=mention.subtype or _UNTYPED, subtype=mention.modifier, **counted, **said, **common)


def _event(document: Document, mention: Mention) -> Element:
    ana = pointer("ev", mention.ref)
    type_ = mention.subtype or _UNTYPED
    return element("span", type=type_, **_place(mention), ana=ana, **_common(mention, document.id))


def _standing(document: Document, mention: Mention) -> Element:
    return element("span", _mention(mention, document.id), **_place(mention))


def _place(mention: Mention) -> dict[str, str]:
    return {"target": f"#{xml_id(mention.segment)}", "source": ranged(mention.start, mention.end)}


def _spans(type_: str, spans: Iterable[Element]) -> Element | None:
    made = element("spanGrp", *spans, type=type_)
    return made if len(made) else None


# --- read


def read_text(root: Element) -> tuple[tuple[Segment, ...], tuple[Mention, ...]]:
    """Return the segments and mentions of the document whose ``TEI`` is *root*."""
    normalised, literal = _standing_text(root, "normalised"), _standing_text(root, "literal")
    segments: list[Segment] = []
    found: list[Mention] = []
    for sentence in root.iter(f"{{{TEI}}}s"):
        segment = _read_sentence(sentence, normalised)
        segments.append(segment)
        found.extend(_read_inline(sentence, segment))
    found.extend(_read_standing(root))
    read = [replace(m, literal=literal[m.id]) if m.id in literal else m for m in found]
    return tuple(segments), tuple(sorted(read, key=_serial))


def kind_of(sentence: Element) -> SegmentKind | None:
    """Return what the ``s`` *sentence* is: what it says of itself, else what its block is; None outside of blocks."""
    block = sentence.getparent()
    usual = _KINDS.get(local(block)) if block is not None else None
    return usual and _TYPES.get(sentence.get("type", ""), usual)


def _serial(mention: Mention) -> tuple[int, int, int]:
    """Return what orders mentions: the number in the id, else the place."""
    digits = mention.id.rpartition(".m")[2]
    return int(digits) if digits.isdecimal() else 0, mention.start, -mention.end


def _standing_text(root: Element, type_: str) -> dict[str, str]:
    spans = findall(root, f"tei:standOff/tei:spanGrp[@type='{type_}']/tei:span")
    return {plain(get(span, "target")[1:]): span.text or "" for span in spans}


def _read_sentence(sentence: Element, normalised: dict[str, str]) -> Segment:
    block, kind = sentence.getparent(), kind_of(sentence)
    if block is None or kind is None:
        refuse(sentence, "<s> stands outside of p, head and ab")
    paragraph = get(block, XMLID).rpartition(_PARAGRAPH)[2]
    if not paragraph.isdecimal():
        refuse(block, f'xml:id of <{local(block)}> does not end in "{_PARAGRAPH}" and a number')
    name, (start, end) = plain(get(sentence, XMLID)), interval(sentence)
    return Segment(name, kind, start, end, int(paragraph) - 1, normalised.get(name, ""))


def _read_inline(sentence: Element, segment: Segment) -> list[Mention]:
    """Return the mentions in *sentence*; where one starts is counted from the sentence's own start."""
    found: list[Mention] = []
    position = segment.start + len(sentence.text or "")
    for part in sentence:
        position = _read_nested(part, segment.id, position, found)
    return found


def _read_nested(part: Element, segment: str, start: int, found: list[Mention]) -> int:
    """Add the mention *part* and those in it to *found*, and return where the text after it ends."""
    position = start + len(part.text or "")
    for child in part:
        position = _read_nested(child, segment, position, found)
    found.append(_read_mention(part, segment, start, position))
    return position + len(part.tail or "")


def _read_standing(root: Element) -> Iterator[Mention]:
    for span in findall(root, "tei:standOff/tei:spanGrp[@type='events']/tei:span"):
        segment, (start, end) = plain(get(span, "target")[1:]), interval(span)
        event = Mention("", segment, "event", start, end, subtype=_typed(span, "type"), ref=pointed(span.get("ana")))
        yield replace(event, **_read_common(span))
    for span in findall(root, "tei:standOff/tei:spanGrp[@type='mentions']/tei:span"):
        made = find(span, "*")
        if made is None:
            refuse(span, "<span> of a mention holds no element that says what it is")
        yield _read_mention(made, plain(get(span, "target")[1:]), *interval(span))


def _typed(part: Element, attribute: str) -> str:
    value = part.get(attribute, "")
    return "" if value == _UNTYPED else value


def _read_common(part: Element) -> dict[str, Any]:
    method = plain(part.get("resp", "").partition(".sw.")[2])
    return {"id": plain(get(part, XMLID)), "score": number(part, "cert"), "method": method}


def _read_mention(part: Element, segment: str, start: int, end: int) -> Mention:
    """Return the mention that the element *part* is."""
    name = local(part)
    kind = _KIND_OF.get(name) or (part.get("type") if name == "name" else None)
    if kind is None:
        refuse(part, f"<{name}> is no mention")
    mention = replace(Mention("", segment, cast(MentionKind, kind), start, end), **_read_common(part))
    if kind == "date":
        return replace(mention, subtype=_typed(part, "type"), modifier=part.get("subtype", ""), value=edtf(part))
    if kind == "quantity":
        return replace(mention, **_read_quantity(part))
    subtype = part.get("subtype" if name == "name" else "type", "")
    return replace(mention, subtype=subtype, ref=pointed(part.get("ref")))


def _read_quantity(part: Element) -> dict[str, Any]:
    spread = f"{part.get('min', '')}/{part.get('max', '')}"
    value = part.get("quantity") or part.get("value") or ("" if spread == "/" else spread)
    unit = part.get("unit") or part.get("commodity") or ""
    return {"subtype": _typed(part, "type"), "modifier": part.get("subtype", ""), "value": value, "unit": unit}
