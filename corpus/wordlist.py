"""Word lists: what anybody writes down of words that mean the same, read as entries of a lexicon.

    id            pos   en       hr              en-hr.txt       <entry><form><orth>napad</orth></form>
    attack.noun   noun  attack   napad | udar    attack napad      <sense><cit type="translation">
                                                 war rat             <quote xml:lang="en">attack</quote>

Tables have a concept on a row. A list of pairs has none: its concepts are the words of its pivot side, English where
English is one of the two, so that a Croatian-English and an English-Arabic list make a Croatian-Arabic one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from hexapla.corpus.errors import HexaplaError, InputError, UsageError
from hexapla.corpus.fold import fold, words
from hexapla.corpus.language import canonical
from hexapla.corpus.language import table as knowledge
from hexapla.corpus.stem import stems

COLUMNS = ("id", "pos")
WEIGHT = "weight"

MOST = 40
"""A word with more translations than this says nothing."""

LONGEST = 3
"""Words of a phrase at most; a longer one explains and is hardly ever met."""

LEAST_BARE = 3
"""Letters that are left of a word at least where an article that is written onto it is taken off."""

_PAIR = re.compile(r"([a-z]{2,3})-([a-z]{2,3})(?:\.\d+-\d+)?")
_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Pair = tuple[str, str]
Keys = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of a language that means a concept."""

    language: str
    text: str
    concept: str
    source: str
    trust: float = 1.0  # how sure the source itself is, 0..1
    stems: Keys = ()  # its `keys`, where they are known already


@cache
def spoken(code: str) -> str:
    """Return the code under which the words of the language *code* are kept.

    >>> spoken("hr-HR"), spoken("eng"), spoken("fil")
    ('hr', 'en', 'tl')
    """
    from babel.core import get_global

    first = code.split("-")[0].lower()
    short = str(get_global("language_aliases").get(first, first)).split("_")[0]
    try:
        return str(knowledge(short, "language").get("same_as", short))
    except UsageError:  # nobody knows it; a list may be in it all the same
        return short


@lru_cache(maxsize=1024)
def keys(text: str, language: str) -> Keys:
    """Return the stems of the words of *text*: as it stands, then without the articles that are written onto words.

    >>> keys("long-term forecasts", "en"), keys("الحرب", "ar")
    ((('long', 'term', 'forecast'),), (('الحرب',), ('حرب',)))
    """
    parts = text.split()
    forms = [fold(part) for part in parts] if "".join(parts).isalnum() else [word.form for word in words(text)]
    if not forms:
        return ()
    found = [tuple([_stem(form, language) for form in forms])]
    for article in articles(language):
        bare = [form.removeprefix(article) for form in forms]
        short = [part if len(part) >= LEAST_BARE else form for part, form in zip(bare, forms, strict=True)]
        found.append(tuple([_stem(form, language) for form in short]))
    return tuple(dict.fromkeys(found))


@cache
def _stem(form: str, language: str) -> str:
    return stems.__wrapped__(form, language)[0]


def forget() -> None:
    """Let go of the words that were looked at while lists were read."""
    keys.cache_clear()
    _stem.cache_clear()


@cache
def articles(language: str) -> tuple[str, ...]:
    """Return the articles that dictionaries of *language* write onto their headwords."""
    return tuple(knowledge(language, "stems").get("articles", ()))


def bilingual(pairs: Iterable[Pair], left: str, right: str, source: str, trust: float = 1.0) -> Iterator[Entry]:
    """Yield the entries of *pairs* of words of the languages *left* and *right* that translate each other.

    The concepts are the stems of the pivot's words: English, or *left* where neither language is English. Phrases of
    more than `LONGEST` words are left out, and so is a word with more than `MOST` translations.

    >>> [e.concept for e in bilingual([("napad", "attack"), ("udar", "attacks")], "hr", "en", "user")]
    ['en:attack', 'en:attack', 'en:attack', 'en:attack']
    """
    pivot, other = (right, left) if right == "en" else (left, right)
    turned = ((b, a) for a, b in pairs) if right == "en" else pairs
    held: dict[Pair, tuple[str, Keys, str, Keys]] = {}
    for said, named in turned:
        if said.count(" ") < LONGEST and named.count(" ") < LONGEST:
            mine, theirs = keys(said, pivot), keys(named, other)
            if mine and theirs:
                held.setdefault((" ".join(mine[-1]), " ".join(theirs[-1])), (said, mine, named, theirs))
    many = Counter(concept for concept, _ in held)
    wide = Counter(key for _, key in held)
    for (concept, key), (said, mine, named, theirs) in held.items():
        if many[concept] <= MOST and wide[key] <= MOST:
            yield Entry(pivot, said, f"{pivot}:{concept}", source, trust, mine)
            yield Entry(other, named, f"{pivot}:{concept}", source, trust, theirs)


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a user's list: our table, a table of languages, a MUSE list, or a dictionary in TEI.

    ========================  ============================================================
    ``*.xml`` ``*.tei``       TEI: entry, form/orth, cit[@type="translation"]/quote
    ``xx-yy.txt``             MUSE: two words on a line, languages from the name
    header ``id pos xx yy``   a concept on a row; ``weight`` may stand after ``pos``
    header ``xx yy``          two languages or more, words that mean the same on a row
    ========================  ============================================================

    Raises:
        InputError: the file cannot be read, or is none of these.
    """
    if path.suffix.lower() in (".xml", ".tei"):
        return _tei(path)
    pair = _PAIR.fullmatch(path.stem)
    if path.suffix == ".txt" and pair:
        left, right = spoken(pair[1]), spoken(pair[2])
        return bilingual(_muse(path), left, right, f"user-{path.stem}")
    lines = _lines(path)
    if lines and tuple(lines[0].split("\t")[:2]) == COLUMNS:
        return table(path, f"user-{path.stem}")
    return _columns(path, lines)


def table(path: Path, source: str = "user", languages: Iterable[str] | None = None) -> Iterator[Entry]:
    """Yield the entries of a table: a header ``id pos <lang> <lang> ...``, variants in a cell separated by ``|``.

    A column ``weight`` after ``pos`` says how sure each row is, 0 to 1. With *languages*, only theirs.

    Raises:
        InputError: the file cannot be read, or a row does not fit its header.
    """
    lines = _lines(path)
    header = lines[0].split("\t") if lines else []
    weighed = header[2:3] == [WEIGHT]
    spoken_here = header[2 + weighed :]
    if len(spoken_here) < 2 or tuple(header[:2]) != COLUMNS:
        raise InputError(
            "has no header", path=path, place=1, hint="begin with id, pos and two or more languages, tabs between"
        )
    wanted = set(spoken_here if languages is None else languages)
    columns = [place for place in range(2 + weighed, len(header)) if header[place] in wanted]
    for number, cells in _rows(path, lines):
        trust = _share(cells[2], path, number) if weighed else 1.0
        for column in columns:
            for text in variants(cells[column]):
                yield Entry(header[column], text, cells[0], source, trust)


def variants(cell: str) -> list[str]:
    """Return the words of a cell, which ``|`` separates."""
    return [text.strip() for text in cell.split("|") if text.strip()]


def _rows(path: Path, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row after the header."""
    width = len(lines[0].split("\t"))
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) != width:
            raise InputError(
                f"has {len(cells)} cells, the header {width}", path=path, place=number, hint="mend the row"
            )
        yield number, cells


def _share(cell: str, path: Path, number: int) -> float:
    try:
        found = float(cell)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise InputError(f"has the weight {cell!r}", path=path, place=number, hint="write a number from 0 to 1")
    return found


def _columns(path: Path, lines: Sequence[str]) -> Iterator[Entry]:
    """Yield the entries of a table whose header is languages only."""
    header = lines[0].split("\t") if lines else []
    if len(header) < 2 or not all(_language(cell) for cell in header):
        raise InputError(
            "is no word list",
            path=path,
            place=1,
            hint="begin with a row of two or more language tags, such as hr and en, with tabs between",
        )
    languages = [spoken(cell.strip()) for cell in header]
    source = f"user-{path.stem}"
    rows = [[variants(cell) for cell in cells] for _, cells in _rows(path, lines)]
    if len(languages) == 2:
        pairs = [(one, other) for left, right in rows for one in left for other in right]
        yield from bilingual(pairs, languages[0], languages[1], source)
        return
    for number, row in enumerate(rows, start=2):
        for language, cell in zip(languages, row, strict=True):
            yield from (Entry(language, text, f"{source}:{number}", source) for text in cell)


def _language(cell: str) -> bool:
    try:
        return bool(canonical(spoken(cell.strip())))
    except HexaplaError:
        return False


def _muse(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a list with two words on each line."""
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t") if "\t" in line else line.split()
        if line.strip() and len(cells) != 2:
            raise InputError(
                f"has {len(cells)} words", path=path, place=number, hint="write two words, a space or tab between"
            )
        if line.strip():
            yield cells[0].strip(), cells[1].strip()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as a UTF-8 table") from error
    except FileNotFoundError as error:
        raise InputError("does not exist", path=path, hint="check the name") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint="give a word list") from error


def _tei(path: Path) -> Iterator[Entry]:
    """Yield the entries of a dictionary in TEI; languages from xml:lang, else from a name such as ``hr-en.tei``."""
    root = _parsed(path)
    named = _PAIR.fullmatch(path.stem)
    fallback = (named[1], named[2]) if named else ("", "")
    pairs: dict[Pair, list[Pair]] = {}
    for entry in root.iter(f"{_TEI}entry", "entry"):
        heads = [(_tongue(orth) or fallback[0], _text(orth)) for orth in _below(entry, "orth")]
        quotes = [(_own_tongue(quote, entry) or fallback[1], _text(quote)) for quote in _translations(entry)]
        for left, head in heads:
            for right, quote in quotes:
                if not (left and right):
                    raise InputError(
                        "does not say its languages",
                        path=path,
                        place=str(entry.sourceline),
                        hint="give orth and quote xml:lang, or name the file such as hr-en.tei",
                    )
                pairs.setdefault((spoken(left), spoken(right)), []).append((head, quote))
    if not pairs:
        raise InputError(
            "has no entries", path=path, hint='give entry/form/orth and sense/cit[@type="translation"]/quote'
        )
    for (left, right), listed in sorted(pairs.items()):
        yield from bilingual(listed, left, right, f"user-{path.stem}")


def _parsed(path: Path) -> etree._Element:
    """Parse *path* without a DTD, entities, or the network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.parse(str(path), parser).getroot()
    except OSError as error:
        what = "cannot be read" if path.exists() else "does not exist"
        raise InputError(what, path=path, hint="check the name") from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"is no well-formed XML: {error}", path=path, hint="mend it") from error


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{_TEI}{name}", name)


def _translations(entry: etree._Element) -> Iterator[etree._Element]:
    for cit in _below(entry, "cit"):
        if cit.get("type") in ("translation", "trans"):
            yield from _below(cit, "quote")


def _tongue(element: etree._Element | None) -> str:
    """The language of *element*: its own xml:lang or that of what holds it."""
    while element is not None:
        code = element.get(_XML_LANG)
        if code:
            return str(code)
        element = element.getparent()
    return ""


def _own_tongue(quote: etree._Element, entry: etree._Element) -> str:
    """The language of a translation: xml:lang between *quote* and its *entry*, which speaks the other one."""
    element: etree._Element | None = quote
    while element is not None and element is not entry:
        code = element.get(_XML_LANG)
        if code:
            return str(code)
        element = element.getparent()
    return ""


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
