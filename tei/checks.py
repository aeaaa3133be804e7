"""The checks of TEI files, by code.

    T1xx  XML and the grammar      T101 not XML … T111 refused by the grammar
    T2xx  values                   languages, dates, numbers
    T3xx  rules                    the Schematron rules of the profile; their texts are in schema/profile.sch
    T4xx  pointers and files       what leads nowhere, what is there twice, what is not included
    T5xx  the text                 ranges against the source, byte for byte
    T6xx  counts                   what the header says there is

A check is a function that is given a file, sees the files beside it, and yields the places. To add one, write the
function and give it a code, what is wrong and what to do in `CHECKS`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hexapla.corpus.edtf import precision
from hexapla.corpus.errors import UsageError
from hexapla.corpus.language import canonical
from hexapla.tei.datable import is_edtf, is_w3c
from hexapla.tei.folder import File, range_of
from hexapla.tei.names import TEI, XMLID, XMLLANG, Element, find, findall, local, printable
from hexapla.tei.read import inside
from hexapla.tei.text import kind_of

Place = tuple[Element, str]
"""An element, and what of it ('' for the element as a whole)."""


@dataclass(frozen=True, slots=True)
class Check:
    """How to find something that is wrong, what to call it, and what to do about it."""

    find: Callable[[File], Iterator[Place]]
    message: str
    hint: str


# --- T1xx: XML


def _same_id(file: File) -> Iterator[Place]:
    seen: Counter[str] = Counter()
    for part, name in file.attributes[XMLID]:
        seen[name] += 1
        if seen[name] == 2:
            yield part, f'"{name}"'


def _odd_id(file: File) -> Iterator[Place]:
    for part, name in file.attributes[XMLID]:
        if not _NAME.fullmatch(name):
            yield part, f'"{name}"'


# --- T2xx: values

_DATES = ("when", "from", "to", "notBefore", "notAfter")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def _strange_language(file: File) -> Iterator[Place]:
    declared = ((part, tag) for part, tag in file.attributes["ident"] if local(part) == "language")
    for part, tag in (*file.attributes[XMLLANG], *declared):
        if not _is_tag(tag):
            yield part, f'"{tag}"'


@cache
def _is_tag(tag: str) -> bool:
    try:
        return canonical(tag).lower() == tag.lower()
    except UsageError:
        return False


def _strange_date(file: File) -> Iterator[Place]:
    for part, attribute, value in _attributes(file, _DATES):
        if not is_w3c(value):
            yield part, f'@{attribute}="{value}"'


def _backward_date(file: File) -> Iterator[Place]:
    for first, last in (("from", "to"), ("notBefore", "notAfter")):
        for part, begin in file.attributes[first]:
            ends = begin, part.get(last, "")
            placed = all(is_w3c(end) and precision(end) != "none" for end in ends)
            if placed and precision("/".join(ends)) == "none":
                yield part, "/".join(ends)


def _strange_number(file: File) -> Iterator[Place]:
    for part, attribute, value in _attributes(file, ("value", "quantity", "min", "max")):
        if local(part) in ("num", "measure", "numeric") and not _DECIMAL.fullmatch(value):
            yield part, f'@{attribute}="{value}"'


def _strange_score(file: File) -> Iterator[Place]:
    for part, _, value in _attributes(file, ("cert",)):
        if not _DECIMAL.fullmatch(value) or not 0 <= float(value) <= 1:
            yield part, f'@cert="{value}"'


def _strange_edtf(file: File) -> Iterator[Place]:
    for part, attribute, value in _attributes(file, ("when-custom",)):
        if not is_edtf(value):
            yield part, f'@{attribute}="{value}"'


def _attributes(file: File, names: Sequence[str]) -> Iterator[tuple[Element, str, str]]:
    return ((part, name, value) for name in names for part, value in file.attributes[name])


# --- T4xx: pointers and files

_POINTERS = ("ana", "active", "corresp", "domains", "passive", "ref", "rendition", "resp", "target", "where")
_ELSEWHERE = re.compile(r"([^#\s:]+\.xml)#(\S+)")
_OF_URIS = ("licence", "ref", "include")


def _nowhere_here(file: File) -> Iterator[Place]:
    for part, pointer in _pointers(file):
        if pointer.startswith("#") and pointer[1:] not in file.ids:
            yield part, f'"{pointer}"'


def _nowhere_there(file: File) -> Iterator[Place]:
    for part, pointer in _pointers(file):
        found = _ELSEWHERE.fullmatch(pointer)
        if found and not _leads(file, *found.groups()):
            yield part, f'"{pointer}"'


def _nowhere_known(file: File) -> Iterator[Place]:
    prefixes = _prefixes(file)
    for part, pointer in _pointers(file):
        prefix, colon, name = pointer.partition(":")
        target = prefixes.get(prefix) if colon and "#" not in prefix else None
        if target and not _leads(file, target, name):
            yield part, f'"{pointer}"'


def _strange_pointer(file: File) -> Iterator[Place]:
    prefixes = _prefixes(file)
    for part, pointer in _pointers(file):
        known = pointer.startswith("#") or _ELSEWHERE.fullmatch(pointer) or pointer.partition(":")[0] in prefixes
        if not known:
            yield part, f'"{pointer}"'


def _outside_domains(file: File) -> Iterator[Place]:
    for group in file.root.iter(f"{{{TEI}}}linkGrp"):
        domains = {domain.partition("#")[0] for domain in group.get("domains", "").split()}
        for link in group.iter(f"{{{TEI}}}link"):
            strays = [target for target in link.get("target", "").split() if target.partition("#")[0] not in domains]
            if domains and strays:
                yield link, f'"{strays[0]}"'


def _strange_include(file: File) -> Iterator[Place]:
    for include in findall(file.root, ".//xi:include"):
        path = inside(file.path.parent, include.get("href", ""))
        if path is None or not path.is_file():
            yield include, f'"{include.get("href", "")}"'


def _left_alone(file: File) -> Iterator[Place]:
    if local(file.root) == "teiCorpus" and file.folder.whole:
        included = {include.get("href") for include in findall(file.root, ".//xi:include")}
        for name in sorted(file.folder.files):
            if name not in included and name != file.path.name and (file.folder.path / name).is_file():
                yield file.root, f'"{name}"'


def _id_elsewhere(file: File) -> Iterator[Place]:
    if local(file.root) != "teiCorpus":
        return
    owners: dict[str, list[str]] = defaultdict(list)
    for include in findall(file.root, ".//xi:include"):
        name = include.get("href", "")
        other = file.folder.beside(name)
        for one in other.ids if other else ():
            owners[one].append(name)
    for one, names in sorted(owners.items()):
        if len(names) > 1 or one in file.ids:
            yield file.root, f'"{one}" in {", ".join(names)}'


def _pointers(file: File) -> Iterator[tuple[Element, str]]:
    """Yield every single pointer of *file*, but not the addresses of licences and sources."""
    for part, attribute, value in _attributes(file, _POINTERS):
        if attribute == "target" and local(part) in _OF_URIS and "#" not in value:
            continue
        for pointer in value.split():
            if not pointer.startswith(("http:", "https:")):
                yield part, pointer


def _prefixes(file: File) -> dict[str, str]:
    """Return the file that each declared prefix leads to, '' for one that leads to no XML file."""
    prefixes = {}
    for part in file.root.iter(f"{{{TEI}}}prefixDef"):
        target, _, name = part.get("replacementPattern", "").partition("#")
        prefixes[part.get("ident", "")] = target if name == "$1" and target.endswith(".xml") else ""
    return prefixes


def _leads(file: File, target: str, name: str) -> bool:
    """Tell whether *name* is an id of the file *target*; one that is broken may have it, and is reported itself.

    A file checked alone need not have others beside it.
    """
    other = file.folder.beside(target)
    if other is not None:
        return name in other.ids
    path = inside(file.path.parent, target)
    return not file.folder.whole or (path is not None and path.is_file())


# --- T5xx: the text


def _no_source(file: File) -> Iterator[Place]:
    shipped = file.shipped
    if shipped and file.data is None:
        yield file.root, f'"{shipped[0]}"'
    elif shipped and file.source is None:
        yield file.root, f'"{shipped[0]}" in {shipped[1]}'


def _other_source(file: File) -> Iterator[Place]:
    shipped, data = file.shipped, file.data
    if shipped and data is not None and hashlib.sha256(data).hexdigest() != shipped[2]:
        yield file.root, f'"{shipped[0]}"'


def _outside_source(file: File) -> Iterator[Place]:
    for part in _sourced(file):
        ends = range_of(part)
        if ends and (ends[0] >= ends[1] or (file.source is not None and ends[1] > len(file.source))):
            yield part, f'@source="{part.get("source")}"'


def _other_words(file: File) -> Iterator[Place]:
    for part in _sourced(file) if file.source is not None else ():
        ends = range_of(part)
        if not ends or file.source is None or local(part) == "span":
            continue
        words, wanted = "".join(str(piece) for piece in part.itertext()), printable(file.source[slice(*ends)])
        if words != wanted:
            yield part, f"{_short(words)} for {_short(wanted)}"


def _left_out(file: File) -> Iterator[Place]:
    if file.source is None:
        return
    at = 0
    for start, end in [*sorted(file.ranges.values()), (len(file.source), 0)]:
        if file.source[at:start].strip().strip("\ufeff"):
            yield file.root, f"{_short(file.source[at:start].strip())} at {at}"
        at = max(at, end)


def _disorder(file: File) -> Iterator[Place]:
    last = 0
    for sentence in file.root.iter(f"{{{TEI}}}s"):
        ends = range_of(sentence)
        if ends and ends[0] < last:
            yield sentence, f'@source="{sentence.get("source")}"'
        last = ends[1] if ends else last


def _outside_block(file: File) -> Iterator[Place]:
    for part in _sourced(file):
        inner = [ends for sentence in findall(part, "tei:s") if (ends := range_of(sentence))]
        if local(part) in ("head", "p", "ab") and inner and range_of(part) != (inner[0][0], inner[-1][1]):
            yield part, f'@source="{part.get("source")}"'


def _outside_sentence(file: File) -> Iterator[Place]:
    for span in findall(file.root, ".//tei:standOff/tei:spanGrp/tei:span"):
        ends, around = range_of(span), file.ranges.get(span.get("target", "")[1:])
        if ends and around and not around[0] <= ends[0] < ends[1] <= around[1]:
            yield span, f'@source="{span.get("source")}"'


def _other_evidence(file: File) -> Iterator[Place]:
    for span in file.root.iter(f"{{{TEI}}}fs"):
        found = _ELSEWHERE.fullmatch(span.get("corresp", "")) if span.get("type") == "span" else None
        other = file.folder.beside(found[1]) if found else None
        if found and other and not _shows(span, other, found[2]):
            yield span, f'@source="{span.get("source")}"'


def _shows(span: Element, other: File, sentence: str) -> bool:
    """Tell whether *span* is inside *sentence* of the file *other*, and has its words if it has any."""
    around, ends, words = other.ranges.get(sentence), range_of(span), find(span, "tei:f/tei:string")
    if not around or not ends:
        return True  # reported as what it is
    same = words is None or other.source is None or (words.text or "") == printable(other.source[slice(*ends)])
    return same and around[0] <= ends[0] < ends[1] <= around[1]


def _sourced(file: File) -> Iterator[Element]:
    """Yield what states a range in the source of this very file."""
    return (part for part, _ in file.attributes["source"] if local(part) != "fs")


def _short(words: str) -> str:
    return f'"{" ".join(words.split())[:40]}"'


# --- T6xx: counts


def _other_extent(file: File) -> Iterator[Place]:
    if local(file.root) == "teiCorpus":
        return
    stated = {
        part.get("unit"): part for part in findall(file.root, "tei:teiHeader/tei:fileDesc/tei:extent/tei:measure")
    }
    for unit, count in _counted(file.root).items():
        if unit in stated and stated[unit].get("quantity") != str(count):
            yield stated[unit], f"{stated[unit].get('quantity')} {unit}, there are {count}"


def _counted(root: Element) -> dict[str, int]:
    groups = root.iter(f"{{{TEI}}}linkGrp")
    links = Counter(group.get("type") for group in groups for _ in group.iter(f"{{{TEI}}}link"))
    kinds = Counter(kind_of(sentence) for sentence in root.iter(f"{{{TEI}}}s"))
    return {
        "sentences": kinds["s"],
        "headings": kinds["h"],
        "boilerplate": kinds["x"],
        "links": links["alignment"],
        "groups": links["event-cluster"] + links["translation-cluster"],
        "disagreements": links["disagreement"],
        "events": sum(1 for _ in root.iter(f"{{{TEI}}}event")),
    }


CHECKS: dict[str, Check] = {
    "T103": Check(_same_id, "an xml:id is given twice in the file", "give each element its own"),
    "T104": Check(_odd_id, "an xml:id is no ASCII name", "use letters, digits, dots, hyphens and _, a letter first"),
    "T201": Check(_strange_language, "a language is no BCP 47 tag", "write one such as hr, ar or pt-BR"),
    "T202": Check(
        _strange_date,
        "a date is none that the calendar and XML Schema know",
        "write 2003, 2003-04, 2003-04-09, --04-09 or --04",
    ),
    "T204": Check(_backward_date, "a time ends before it begins", "exchange its ends"),
    "T205": Check(
        _strange_number,
        "a number is not a plain decimal",
        "write it without separators of thousands, fractions or exponents",
    ),
    "T206": Check(_strange_score, "a score is not a plain decimal between 0 and 1", "write it so"),
    "T207": Check(_strange_edtf, "an EDTF date names a day that the calendar does not have", "correct it"),
    "T208": Check(
        _strange_pointer,
        "a pointer is none that the file declares",
        'write "#id", "file.xml#id", or a prefix of listPrefixDef',
    ),
    "T401": Check(_nowhere_here, "a pointer leads to no xml:id of the file", "correct it, or add what it points to"),
    "T402": Check(
        _nowhere_there, "a pointer leads to no xml:id of the other file", "correct it, or add what it points to"
    ),
    "T403": Check(
        _nowhere_known, "a reference leads to nothing that the authority knows", "correct it, or add the record"
    ),
    "T405": Check(
        _outside_domains,
        "a link has a target outside of the documents that its group is about",
        "add the document to @domains",
    ),
    "T406": Check(
        _strange_include, "an included file is not in the folder", "include only files beside the corpus, and ship them"
    ),
    "T407": Check(_left_alone, "a file of the folder is not included in the corpus", "include it, or take it away"),
    "T408": Check(_id_elsewhere, "an xml:id is also in another file of the corpus", "give each element its own"),
    "T501": Check(
        _no_source,
        "the source is not beside the file, or not in the encoding that the header states",
        "ship it as it was",
    ),
    "T502": Check(
        _other_source, "the source is not the one that the header describes (sha256)", "restore it, or build again"
    ),
    "T503": Check(
        _outside_source,
        "a range is empty, or ends after the source does",
        "state the code points [start, end) of the source",
    ),
    "T504": Check(
        _other_words,
        "the words of an element are not those of the source in its range",
        "take them from there as they are",
    ),
    "T505": Check(_left_out, "words of the source are in no sentence", "segment them"),
    "T506": Check(_disorder, "sentences overlap, or do not stand in the order of the source", "order their ranges"),
    "T507": Check(
        _outside_block,
        "the range of a block is not that of its sentences",
        "state the first one's start and the last one's end",
    ),
    "T508": Check(_outside_sentence, "a span is not inside its sentence", "correct its range or its target"),
    "T509": Check(_other_evidence, "a span of the evidence is not in its sentence, or has other words", "build again"),
    "T601": Check(_other_extent, "the header counts other than there is", "count again"),
}
"""The checks, by code; those of the grammar and of the Schematron rules are in `hexapla.tei.grammar`."""

GRAMMAR = {
    "T101": ("the file is not XML", "correct it in an editor that knows XML"),
    "T102": ("the file has a document type, which could hide anything", "take the DOCTYPE out"),
    "T105": ("an element is not of the profile", "take it out, or say it with one that is"),
    "T106": ("an attribute is not of the profile", "take it out"),
    "T107": ("an element stands where the profile has no place for it", "move it or take it out"),
    "T108": ("text stands where only elements may", "put it into a sentence"),
    "T110": ("an attribute is missing", "add it"),
    "T111": ("the grammar of the profile refuses the file", "see schema/profile.rnc"),
}
"""Messages of what the grammar finds."""

WARNINGS = frozenset({"T407"})
