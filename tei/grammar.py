"""The schema of the profile, asked in three ways.

    misfits(root)      what no rule of the grammar knows: strange elements, attributes, places     with codes, all
    invalid(root)      the first thing that the RELAX NG grammar itself refuses                    line, message
    broken(root)       the assertions of the Schematron rules that do not hold                     with codes, all

A validator's own words for a breach ("Expecting element teiCorpus, got TEI") help nobody. So the grammar is compiled
once for each kind of file, and `misfits` reads from it which elements, attributes and children there are at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from hexapla.tei.names import NS, TEI, XI, XML, Element, find, local

SCHEMA = Path(__file__).parent / "schema"
"""Where the schema is: profile.rnc, profile.rng, profile.sch, profile.odd."""

Misfit = tuple[str, Element, str]
"""A code, the element it is about, and what is wrong with it."""

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_KNOWN = {TEI: "", XI: "xi:", XML: "xml:"}
_LOOSE = {f"{_RNG}{name}" for name in ("optional", "zeroOrMore", "choice")}
_WORDS = {f"{_RNG}{name}" for name in ("text", "data", "value", "list", "mixed")}


@dataclass(slots=True)
class _Word:
    """What the grammar says of all elements of one name together."""

    attributes: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)
    text: bool = False


def misfits(root: Element) -> Iterator[Misfit]:
    """Yield what the grammar does not know in the tree of *root*; inside an unknown element it looks no further."""
    name = _name(root)
    if name not in ("TEI", "teiCorpus"):
        yield "T107", root, f"<{name}> begins the file, which TEI or teiCorpus should"
        return
    yield from _misfits(root, name)


def invalid(root: Element) -> tuple[int, str] | None:
    """Return the line and message of the first breach of the grammar in the file of *root*, None where it is valid."""
    grammar = _grammar(start(root))
    if grammar.validate(root.getroottree()):
        return None
    first = min(grammar.error_log, key=lambda error: error.line)
    return first.line, first.message.replace(f"{{{TEI}}}", "")


def broken(root: Element) -> Iterator[Misfit]:
    """Yield each Schematron assertion that does not hold for an element of *root*."""
    for code, context, test, message in _assertions():
        for part in _nodes(context, root):
            if not test(part):
                yield code, part, message


def start(root: Element) -> str:
    """Return which kind of file *root* is: corpus, document or resource."""
    if local(root) == "teiCorpus":
        return "corpus"
    return "resource" if find(root, "tei:text") is None else "document"


def _misfits(part: Element, name: str) -> Iterator[Misfit]:
    known = _vocabulary()[name]
    here = {_qualified(str(key)) for key in part.attrib}
    for attribute in sorted(here - known.attributes):
        yield "T106", part, f"@{attribute} of <{name}>"
    for attribute in sorted(known.required - here):
        yield "T110", part, f"@{attribute} of <{name}>"
    if not known.text and any(words and words.strip() for words in (part.text, *(child.tail for child in part))):
        yield "T108", part, f"text in <{name}>"
    for child in part.iterchildren(tag=etree.Element):
        yield from _misfit_child(child, name, known)


def _misfit_child(child: Element, parent: str, known: _Word) -> Iterator[Misfit]:
    name = _name(child)
    if name not in _vocabulary():
        yield "T105", child, f"<{name}>"
    else:
        if name not in known.children:
            yield "T107", child, f"<{name}> in <{parent}>"
        yield from _misfits(child, name)


def _name(part: Element) -> str:
    return _qualified(str(part.tag), TEI)


@cache
def _qualified(tag: str, default: str = "") -> str:
    """Return *tag* as the schema writes it: bare in the namespace *default*, ``xml:``, ``xi:``, else as it is."""
    name = etree.QName(tag)
    if name.namespace == default or name.namespace is None:
        return name.localname if name.namespace or not default else f"{{}}{name.localname}"
    prefix = _KNOWN.get(name.namespace)
    return f"{prefix}{name.localname}" if prefix else tag


@cache
def _schema() -> Element:
    return etree.parse(SCHEMA / "profile.rng").getroot()


@cache
def _grammar(kind: str) -> etree.RelaxNG:
    """Return the grammar of one *kind* of file."""
    tree = etree.fromstring(etree.tostring(_schema()))
    begin = tree.find(f"{_RNG}start")
    if begin is not None:
        begin[:] = [etree.Element(f"{_RNG}ref", name=kind)]
    return etree.RelaxNG(tree)


@cache
def _vocabulary() -> dict[str, _Word]:
    """Return what the grammar says of each element name."""
    schema = _schema()
    defines = {str(define.get("name")): define for define in schema.iter(f"{_RNG}define")}
    words: dict[str, _Word] = {}
    for pattern in schema.iter(f"{_RNG}element"):
        word = _Word()
        _collect(pattern, word, defines, required=True)
        name = str(pattern.get("name"))
        words[name] = _merged(words[name], word) if name in words else word
    return words


def _merged(one: _Word, other: _Word) -> _Word:
    return _Word(
        one.attributes | other.attributes,
        one.required & other.required,
        one.children | other.children,
        one.text or other.text,
    )


def _collect(pattern: Element, word: _Word, defines: dict[str, Element], required: bool) -> None:
    """Add to *word* what *pattern* allows, following references, but not into elements."""
    for part in pattern:
        if part.tag == f"{_RNG}element":
            word.children.add(str(part.get("name")))
        elif part.tag == f"{_RNG}attribute":
            word.attributes.add(str(part.get("name")))
            word.required |= {str(part.get("name"))} if required else set()
        elif part.tag == f"{_RNG}ref":
            _collect(defines[str(part.get("name"))], word, defines, required)
        else:
            word.text = word.text or part.tag in _WORDS
            _collect(part, word, defines, required and part.tag not in _LOOSE)


@cache
def _assertions() -> list[tuple[str, etree.XPath, etree.XPath, str]]:
    """Return code, context, test and message of each assertion; a pattern has one rule, so none hides another."""
    rules = etree.parse(SCHEMA / "profile.sch").getroot().iter(f"{_SCH}rule")
    return [
        (
            str(assertion.get("id")),
            etree.XPath(" | ".join(f"//{one.strip()}" for one in str(rule.get("context")).split("|")), namespaces=NS),
            etree.XPath(f"boolean({assertion.get('test')})", namespaces=NS),
            " ".join((assertion.text or "").split()),
        )
        for rule in rules
        for assertion in rule.iter(f"{_SCH}assert")
    ]


def _nodes(context: etree.XPath, root: Element) -> list[Element]:
    found = context(root)
    return [part for part in found if isinstance(part, Element)] if isinstance(found, list) else []
