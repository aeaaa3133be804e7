"""FreeDict's dictionaries, where the system has installed them (Debian's dict-freedict-*), in the format of dictd.

    freedict-hrv-eng.index    napad <TAB> BTCa <TAB> g          a headword, where its article begins, how long it is
    freedict-hrv-eng.dict.dz  napad /nˈapad/ <n, masc>          the articles, one after the other, compressed
                              1. attack, assault (military)
                              2. fit

An article is a line of headwords and lines of translations. What only explains is left out: pronunciation, grammar,
notes, examples, synonyms, references. The data are read where they are and never shipped: they are GPL.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hexapla.corpus.errors import InputError
from hexapla.corpus.needed import Needed, plain
from hexapla.corpus.wordlist import Pair, spoken

FOLDER = Path("/usr/share/dictd")
VARIABLE = "DICTD_PATH"
"""The environment variable that names another folder."""

AGAIN = "install its package again, or remove it"

_DIGITS = {c: n for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_NAME = re.compile(r"freedict-([a-z]{2,3})-([a-z]{2,3})")
_SAID = re.compile(r"(?:^|(?<=\s))/[^/\n]+/(?=[\s,;]|$)")
_OPTIONAL = re.compile(r"\((\w{1,3})\)(?=\w)|(?<=\w)\(([a-z]{1,3})\)")
_NOTE = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}|\([^()]*\)")
_BESIDE = re.compile(r"\s+(?:\"|-\s|[^\W\d]+:(?:\s|$))|\s{2,}\S.*[{\"]")
_PLAIN = re.compile(r"[^()<>\[\]{}/.\d]*")
_NUMBER = re.compile(r"\s*\d+\.\s+")
_COMMA = re.compile(r"[;،؛]|,(?!\d)")
_ABBREVIATED = re.compile(r"\b[^\W\d]{1,4}\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary on this machine: its languages and its two files."""

    left: str
    right: str
    index: Path
    data: Path

    @property
    def source(self) -> str:
        """Its name as it is reported: ``freedict-eng-hrv``."""
        return self.index.stem


def folder() -> Path:
    """Return where dictionaries are looked for."""
    return Path(os.environ.get(VARIABLE) or FOLDER)


def found(languages: Iterable[str], where: Path | None = None) -> tuple[Dictionary, ...]:
    """Return the dictionaries between two of *languages*, or between one of them and English, in order of name."""
    mine = {spoken(language) for language in languages}
    return tuple(
        one
        for one in _all(folder() if where is None else where)
        if one.left != one.right and {one.left, one.right} <= mine | {"en"} and {one.left, one.right} & (mine - {"en"})
    )


def _all(where: Path) -> Iterator[Dictionary]:
    for index in sorted(where.glob("freedict-*-*.index")):
        name = _NAME.fullmatch(index.stem)
        data = [path for suffix in (".dict.dz", ".dict") if (path := index.with_suffix(suffix)).is_file()]
        if name and data:
            yield Dictionary(spoken(name[1]), spoken(name[2]), index, data[0])


def turned(dictionaries: Sequence[Dictionary]) -> tuple[Dictionary, ...]:
    """Return *dictionaries* without those from English of which the other direction is there, too: they mirror it."""
    there = {(one.left, one.right) for one in dictionaries}
    return tuple(one for one in dictionaries if one.left != "en" or (one.right, one.left) not in there)


def pairs(dictionary: Dictionary, needed: Mapping[str, Needed] = MappingProxyType({})) -> Iterator[Pair]:
    """Yield each headword with each of its translations, in the order of the articles.

    With what the texts of some languages have *needed*, only the pairs that hold their words; English words are taken
    as they come, for other dictionaries may lead to them.

    Raises:
        InputError: a file cannot be read, or is not in the format of dictd.
    """
    text = _data(dictionary.data)
    sides = [(side, needed[code]) for side, code in enumerate((dictionary.left, dictionary.right)) if code in needed]
    sides = [(side, texts) for side, texts in sides if texts.language != "en"]
    heads = next((texts for side, texts in sides if side == 0), None)
    for start, length in _places(dictionary.index, heads):
        one = text[start : start + length].decode("utf-8", errors="replace")
        if all(texts.begins(_side(one, side)) for side, texts in sides):
            yield from (pair for pair in article(one) if all(texts.holds(pair[side]) for side, texts in sides))


def _side(text: str, side: int) -> str:
    """Return the headwords of an article, or what follows them."""
    return text.partition("\n")[2 * side]


def _data(path: Path) -> bytes:
    try:
        return gzip.decompress(_bytes(path)) if path.suffix == ".dz" else _bytes(path)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError("cannot be decompressed", path=path, hint=AGAIN) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("cannot be read", path=path, hint=AGAIN) from error


def _places(path: Path, heads: Needed | None = None) -> list[tuple[int, int]]:
    """Return where the articles of an index begin and how long they are, in bytes, each once; those *heads* needs."""
    found: set[tuple[int, int]] = set()
    text = _bytes(path).decode("utf-8", errors="replace")
    for number, (line, low) in enumerate(_lines(text, heads), start=1):
        if not line or (heads and not heads.opens(low)) or line.startswith(("00database", "00-database")):
            continue
        _, *digits = line.split("\t")
        try:
            found.add((_number(digits[0]), _number(digits[1])))
        except (KeyError, IndexError) as error:
            raise InputError("is no index of dictd", path=path, place=number, hint=AGAIN) from error
    return sorted(found)


def _lines(text: str, heads: Needed | None) -> Iterable[tuple[str, str]]:
    """Return the lines of an index, each with its plain form, which is made of all at once."""
    lines = text.split("\n")
    return zip(lines, plain(text).split("\n") if heads else lines, strict=True)


def _number(digits: str) -> int:
    """Read a number in the base-64 digits of dictd, the highest first.

    >>> _number("BTCa")
    340122
    """
    value = 0
    for digit in digits:
        value = value * 64 + _DIGITS[digit]
    return value


def article(text: str) -> list[Pair]:
    r"""Return the pairs of an article: each headword of its first line with each translation of the others.

    >>> article("napad /nˈapad/ <n>\n1. attack, assault (military)\n2. fit\n   Synonym: {udar}\n")
    [('napad', 'attack'), ('napad', 'assault'), ('napad', 'fit')]
    >>> article("colo(u)r /kʌlə/\nboja\n")
    [('color', 'boja'), ('colour', 'boja')]
    """
    first, *rest = text.split("\n")
    heads = _listed(first)
    told = [word for line in rest if line.strip() and not _BESIDE.match(line) for word in _listed(line)]
    return [(head, word) for head in heads for word in dict.fromkeys(told)]


def _listed(line: str) -> list[str]:
    """Return the words of a line that commas and semicolons separate, without what explains them."""
    if _PLAIN.fullmatch(line):
        return [word for part in _COMMA.split(line) if (word := " ".join(part.split()))]
    line = _NUMBER.sub("", _SAID.sub("", line), count=1) if line[:1].isdigit() else _SAID.sub("", line)
    whole = [_OPTIONAL.sub("", line), _OPTIONAL.sub(r"\1\2", line)] if "(" in line else [line]
    found: dict[str, None] = {}
    for version in whole:
        for part in _COMMA.split(_NOTE.sub(" ", _NOTE.sub(" ", version))):  # a note may hold another
            found.setdefault(_shorter(" ".join(part.split())))
    return [word for word in found if word]


def _shorter(word: str) -> str:
    """Leave the abbreviations out that only hold a place ("overhaul sth."), unless nothing else is said."""
    rest = " ".join(_ABBREVIATED.sub("", word).split())
    return rest or word
