"""Names in TEI: elements, attributes, ids, and what XML can and cannot hold.

    element("s", "Hi.", xmlid="en.s1", source="src:0,3")    <s xml:id="en.s1" source="src:0,3">Hi.</s>
    xml_id("2003 notes")                                    _x32_003_x20_notes    and plain() takes it back

An id of a document is the stem of a file, so it can be anything; an xml:id is an ASCII name without a colon. Whatever
an xml:id cannot hold is written as ``_x`` + the code point in hexadecimal + ``_``; ids that need none stay as they are.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NoReturn, cast

from lxml import etree

from hexapla.corpus.errors import InputError

Element = etree._Element
"""The type of an element; lxml keeps its name private."""

TEI = "http://www.tei-c.org/ns/1.0"
XI = "http://www.w3.org/2001/XInclude"
XML = "http://www.w3.org/XML/1998/namespace"
NS = {"tei": TEI, "xi": XI}

_DEFAULT = cast(dict[str, str], {None: TEI})  # the stubs know no default namespace

XMLID = f"{{{XML}}}id"
XMLLANG = f"{{{XML}}}lang"

RESERVED = ("corpus", "authority", "alignment")
"""Files of every edition: a document of such a name gets another one."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"_x([0-9a-f]+)_")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]|_(?=x[0-9a-f]+_)|^[0-9.-]")
_SPECIAL = {"xmlid": XMLID, "lang": XMLLANG}


def element(name: str, /, *content: str | Element | None, **attributes: str) -> Element:
    """Return the TEI element *name* with *content* (None is left out) and *attributes* ('' is left out).

    ``xmlid`` and ``lang`` stand for xml:id and xml:lang; in other attributes ``_`` is ``-``, and at the end nothing.

    >>> etree.tostring(element("date", "May", xmlid="en.m1", when_custom="2003-05~", to="")).decode()
    '<date xmlns="http://www.tei-c.org/ns/1.0" xml:id="en.m1" when-custom="2003-05~">May</date>'
    """
    made = etree.Element(f"{{{TEI}}}{name}", nsmap=_DEFAULT)
    for key, value in attributes.items():
        if value:
            made.set(_SPECIAL.get(key) or key.rstrip("_").replace("_", "-"), printable(value))
    for part in content:
        if isinstance(part, str):
            append(made, printable(part))
        elif part is not None:
            made.append(part)
    return made


def append(parent: Element, text: str) -> None:
    """Add *text* at the end of *parent*, after its last child if it has one."""
    if not text:
        return
    if not len(parent):
        parent.text = (parent.text or "") + text
    else:
        parent[-1].tail = (parent[-1].tail or "") + text


def printable(text: str) -> str:
    """Return *text* with U+FFFD for every character that XML 1.0 cannot hold; the length stays.

    >>> printable("a" + chr(11) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return _FORBIDDEN.sub("\ufffd", text)


def unprintable(text: str) -> list[str]:
    """Return the characters of *text* that XML 1.0 cannot hold, in order, repeated as they are."""
    return _FORBIDDEN.findall(text)


def token(name: str) -> str:
    """Return *name* as an ASCII word that XML takes for a name, the same wherever it can be.

    >>> token("dates"), token("1999"), token("a_x20_b")
    ('dates', '_x31_999', 'a_x5f_x20_b')
    """
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):x}_", name)


def xml_id(name: str) -> str:
    """Return *name* as an xml:id, the same wherever it can be and no file of the edition has it already.

    >>> xml_id("ar1.s12"), xml_id("corpus.s1")
    ('ar1.s12', '_x63_orpus.s1')
    """
    taken = name.split(".", 1)[0] in RESERVED
    return f"_x{ord(name[0]):x}_{token(name[1:])}" if taken else token(name)


def plain(name: str) -> str:
    """Return the name that `xml_id` or `token` made *name* of.

    >>> plain(xml_id("2003 notes.s1"))
    '2003 notes.s1'
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), name)


def pointer(prefix: str, name: str) -> str:
    """Return a pointer to the record *name*: ``ent:place.iraq``; '' for no name."""
    return f"{prefix}:{xml_id(name)}" if name else ""


def pointed(value: str | None) -> str:
    """Return the name that the pointer *value* (``ent:x``, ``ev:x``, ``#x``, ``file.xml#x``) leads to; '' for none."""
    return plain(re.split("[:#]", value)[-1]) if value else ""


def decimal(number: float) -> str:
    """Return *number* in plain digits that read back as the same number.

    >>> decimal(1.0), decimal(0.1), decimal(1e-05)
    ('1', '0.1', '0.00001')
    """
    digits = format(Decimal(repr(float(number))), "f")
    return digits.removesuffix(".0")


def local(part: Element) -> str:
    """Return the name of the element *part* without its namespace."""
    return str(etree.QName(part).localname)


def find(parent: Element, path: str) -> Element | None:
    """Return the first element at *path* (``tei:`` and ``xi:`` are known)."""
    return parent.find(path, NS)


def findall(parent: Element, path: str) -> list[Element]:
    """Return all elements at *path*, in order."""
    return parent.findall(path, NS)


def text_at(parent: Element, path: str) -> str:
    """Return the text of the first element at *path*, '' where there is none."""
    return parent.findtext(path, "", NS)


def need(parent: Element, path: str) -> Element:
    """Return the first element at *path*; an InputError says so where there is none."""
    found = find(parent, path)
    if found is None:
        refuse(parent, f"<{local(parent)}> has no {path.replace('tei:', '')}")
    return found


def get(part: Element, attribute: str) -> str:
    """Return the value of *attribute* (``xml:id`` is `XMLID`); an InputError says so where there is none."""
    value = part.get(attribute)
    if value is None:
        refuse(part, f"<{local(part)}> has no @{etree.QName(attribute).localname}")
    return value


def number(part: Element, attribute: str) -> float:
    """Return the number in *attribute*, an InputError where it is none."""
    value = get(part, attribute)
    try:
        return float(value)
    except ValueError:
        refuse(part, f'@{attribute}="{value}" of <{local(part)}> is no number')


def refuse(part: Element, message: str) -> NoReturn:
    """Raise an InputError that names the file and line of *part*."""
    hint = "`hexapla validate` says all that is wrong"
    raise InputError(message, path=part.getroottree().docinfo.URL, place=cast(int | None, part.sourceline), hint=hint)
