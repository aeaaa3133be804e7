"""Web pages: the main text of an HTML file, without menus, scripts and comments.

    <nav>Home | World</nav>                                navigation is left out and counted
    <article><h1>The storm</h1><p>It was late.</p>   ──▶   The storm
    <script>track()</script></article>
    <div id="comments">first!</div>                        It was late.

What is the main text is told by trafilatura, which is installed with ``hexapla[html]``. A page without links has
nothing around its text and is taken whole; so is one that is too odd to tell, and that is said. Scripts, styles and
comments are taken out beforehand, so they reach no text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.extract import Element, Extract, Sheet, day, inner, name, pour, tidy, told

FORMAT = "text/html"

LIMIT = 16 * 2**20
"""Bytes of the largest page that is read: its tree takes some twenty times the memory."""

_HEAD = 4096  # bytes in which a page must state its encoding
_LISTS = 3000  # lists and tables with more of which the main text is not looked for: the time grows with their square
_DEEPEST = 200  # elements in one another; trafilatura loses what is 256 deep
_SHORT = 250  # characters of a main text that is looked for again, as the menus may be in it
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_TEXTUAL = re.compile(
    r"(utf-?8|u?s?-?ascii|iso-?8859-?\d+|latin-?\d|windows-?\d+|cp-?\d+|koi8-?[rut]|mac-?\w+|tis-?620|viscii"
    r"|big5(-?hkscs)?|gb\w+|euc-?\w+|shift[-_]?jis|iso-?2022-?jp)",
    re.I,
)
_MEANT = {  # browsers read the label on the left as what stands on the right
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "latin-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PRUNED = {  # elements that are no text, or not of the page's own
    "script": "script element",
    "style": "style element",
    "template": "template",
    "noscript": "noscript element",
    "iframe": "frame",
    "object": "object",
    "svg": "drawing",
    "math": "formula",
    "audio": "sound",
    "video": "video",
    "button": "form field",
    "select": "form field",
    "textarea": "form field",
}
_REASONS = {
    "NUL character": "no page can hold it",
    "source comment": "a remark for those who wrote the page",
    "script element": "a program, not text",
    "style element": "layout, not text",
    "template": "a pattern, not text",
    "noscript element": "a stand-in for a program",
    "frame": "another page",
    "object": "not text",
    "drawing": "not text",
    "formula": "not running text",
    "sound": "not text",
    "video": "not text",
    "form field": "for input, not text",
}
_DATES = ("article:published_time", "datepublished", "dc.date", "dcterms.date", "date", "pubdate")
_WHOLE = "The main text could not be told from the rest; the whole page was taken."
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "head"])
_SECTIONS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
    ]
)
_BLOCKS = _SECTIONS | frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "dir",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
    ]
)
_BLOCKS |= frozenset(["ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"])
_BLOCKS |= frozenset(["item", "list", "quote", "row"])  # as trafilatura names them
_CELLS = frozenset(["td", "th", "cell"])
_TURNS = frozenset(["br", "lb"])


def read(data: bytes, path: Path) -> Extract:
    """Return the main text of the HTML page in *data*; *path* names it in messages.

    Raises:
        InputError: the page is too large, in another encoding than it says, nested too deep, or without text.
        UsageError: trafilatura is not installed.
    """
    if len(data) > LIMIT:
        raise InputError(
            f"is too large for a web page ({len(data)} bytes, the limit is {LIMIT})", path=path, hint="split it"
        )
    words, encoding = decode(data, path)
    left: Counter[str] = Counter({"NUL character": words.count("\0")})
    root = _tree(words.replace("\0", ""), path)
    stated = _stated(root, encoding)
    _prune(root, left)
    navigation = _take_out(root, "nav")
    text, note = _main(root)
    if not text:
        raise InputError(
            "is a web page without text", path=path, hint="save the page once it is loaded, or as plain text"
        )
    around = max(0, _size(_visible(root)) - _size(text))
    sizes = {
        "navigation": (navigation, "links to other pages"),
        "the page around the main text": (around, "menus, comments, forms and the like"),
    }
    lines = [f"{part}, {size} character{'s' * (size > 1)}: {why}" for part, (size, why) in sizes.items() if size]
    return replace(stated, text=text, note=note, left_out=(*told(left, _REASONS), *lines))


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the characters of a page and the name of its encoding: by its mark, by what it declares, else UTF-8.

    Raises:
        InputError: the page is in no encoding that it could be in.
    """
    mark, encoding = next(((mark, said) for mark, said in _MARKS if data.startswith(mark)), (b"", ""))
    declared = encoding or _declared(data)
    for guess in dict.fromkeys([declared or "utf-8", "utf-8"]):
        try:
            return data[len(mark) :].decode(guess), guess
        except (UnicodeDecodeError, LookupError) as error:
            place = getattr(error, "start", 0)
            if mark:
                break
    said = f"the encoding {declared} that it states" if declared else "UTF-8, and states no other encoding"
    raise InputError(f"is not in {said} (byte {place})", path=path, hint="save the page again as UTF-8")


def _declared(data: bytes) -> str:
    """Return the encoding that the page states, as browsers understand it; '' where it states none that there is."""
    found = _DECLARED.search(data[:_HEAD])
    label = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    if label.startswith("utf-16"):
        return "utf-8"  # it could not have been read as ASCII
    if not _TEXTUAL.fullmatch(label):
        return ""
    try:
        known = codecs.lookup(label).name
    except LookupError:
        return ""
    return re.sub(r"^cp(?=125\d$)", "windows-", _MEANT.get(known, known))


def _tree(words: str, path: Path) -> Element:
    """Return the tree of a page, however broken it is."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise InputError("is a web page without text", path=path, hint="save the page once it is loaded") from error
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":  # the parser has dropped what comes after
            hint = "save it from a browser as plain text"
            raise InputError("is nested too deep or has too long a piece", path=path, place=entry.line, hint=hint)
    return root


def _stated(root: Element, encoding: str) -> Extract:
    """Return what the page states of itself, without its text."""
    metas = root.iter("meta")
    told_by = {(meta.get("property") or meta.get("name") or "").lower(): meta.get("content") for meta in metas}
    author = tidy(told_by.get("author") or told_by.get("article:author"))
    links = (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    url = tidy(next(links, None) or told_by.get("og:url"))
    return Extract(
        "",
        FORMAT,
        encoding,
        language=tidy(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        title=_title(root, told_by),
        author="" if urlsplit(author).scheme else author,  # some give the address of a profile
        publisher=tidy(told_by.get("og:site_name")),
        published=next((found for key in _DATES if (found := day(told_by.get(key)))), "") or _time(root),
        url=url if urlsplit(url).scheme in ("http", "https") else "",
    )


def _title(root: Element, told_by: Mapping[str, str | None]) -> str:
    """Return the title without the name of the site that often follows it: the one heading that it begins with."""
    own = tidy(next((part.text for part in root.iter("title")), None))
    tops = [tidy(inner(part)) for part in root.iter("h1")]
    named = tidy(told_by.get("og:title")) or next((top for top in tops if top and own.startswith(top)), "")
    return named or own or next(filter(None, tops), "")


def _time(root: Element) -> str:
    """Return the date that is marked as that of publishing."""
    marked = (
        part for part in root.iter("time") if part.get("pubdate") is not None or part.get("itemprop") == "datePublished"
    )
    return next((found for part in marked if (found := day(part.get("datetime")))), "")


def _prune(root: Element, left: Counter[str]) -> None:
    """Take out of the tree what is no text, and count it."""
    for part in list(root.iter()):
        thing = _PRUNED.get(name(part), "") if isinstance(part.tag, str) else "source comment"
        if thing and _holds(root, part):
            left[thing] += 1
            _drop(part)
    for head in root.findall("head"):
        root.remove(head)


def _holds(root: Element, part: Element) -> bool:
    """Whether *part* is still in the tree, and not in something that was taken out."""
    up = part.getparent()
    while up is not None and up is not root:
        up = up.getparent()
    return up is root


def _take_out(root: Element, tag: str) -> int:
    """Take all elements *tag* out of the tree, and return how many characters they had."""
    size = 0
    for part in list(root.iter(tag)):
        if part is not root and _holds(root, part):
            size += _size(inner(part))
            _drop(part)
    return size


def _drop(part: Element) -> None:
    """Take an element out of the tree, but not the text after it."""
    parent, before, tail = part.getparent(), part.getprevious(), part.tail or ""
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(part)


def _main(root: Element) -> tuple[str, str]:
    """Return the main text, and a line about it where it is the whole page."""
    if not any(link.get("href") for link in root.iter("a")):
        return _visible(root), ""
    if sum(1 for _ in root.iter("table", "ul", "ol")) > _LISTS or _depth(root) > _DEEPEST:
        return _visible(root), _WHOLE
    try:
        import trafilatura
        import trafilatura.settings
    except ImportError as error:
        hint = "install it: pip install 'hexapla[html]'; or save the page as plain text"
        raise UsageError("reading a web page needs trafilatura", hint=hint) from error
    given = trafilatura.settings.use_config()
    text = _article(trafilatura.bare_extraction(root, include_comments=False, config=given))
    if len(text) < _SHORT:
        given["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"
        text = _article(trafilatura.bare_extraction(root, include_comments=False, config=given)) or text
    return (text, "") if text else (_visible(root), _WHOLE)


def _depth(root: Element) -> int:
    """Return how deep the elements of the page are nested."""
    now = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def _article(found: Any) -> str:
    """Return the text that trafilatura has found."""
    body = getattr(found, "body", None)
    return _visible(body) if body is not None else ""


def _visible(root: Element) -> str:
    """Return the text under *root*, a block a line."""
    sheet = Sheet()

    def enter(part: Element) -> bool:
        tag = name(part)
        if tag in _HEADINGS or tag in _BLOCKS:
            sheet.line("h" if tag in _HEADINGS else "s")
        elif tag in _CELLS:
            sheet.cell()
        elif tag in _TURNS:
            sheet.turn()
        return True

    def leave(part: Element) -> None:
        if name(part) in _HEADINGS or name(part) in _BLOCKS:
            sheet.line()

    pour(root, sheet, enter, leave)
    return sheet.text()


def _size(words: str) -> int:
    """Return how many characters are no white space."""
    return sum(map(len, words.split()))
