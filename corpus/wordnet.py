"""WordNets, where nltk's data are on the machine (omw-1.4 for the languages, wordnet for English).

    corpora/omw-1.4/hrv/wn-data-hrv.tab     00972621-n <TAB> hrv:lemma <TAB> napad        a synset is a concept
    corpora/wordnet/data.noun               00972621 04 n 02 attack 0 onslaught 0 ...

Nothing is downloaded. The data are read where nltk looks for them, in a folder or a zip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hexapla.corpus.wordlist import Entry, spoken

PACKAGES = ("corpora/omw-1.4", "corpora/omw-1.4.zip/omw-1.4/")
ENGLISH = ("corpora/wordnet", "corpora/wordnet.zip/wordnet/")
PARTS = ("noun", "verb", "adj", "adv")


def entries(languages: Iterable[str]) -> Iterator[Entry]:
    """Yield the words of *languages* with their synsets; nothing where fewer than two of them have a WordNet."""
    mine = set(languages)
    tables = {code: path for code, path in _tables() if spoken(code) in mine}
    english = _open(ENGLISH) if "en" in mine else None
    if len(tables) + (english is not None) < 2:
        return
    for code, path in sorted(tables.items()):
        for synset, word in _tab(_lines(path)):
            yield Entry(spoken(code), word, f"wn:{synset}", f"wordnet-{code}")
    if english is not None:
        for part in PARTS:
            for synset, word in _data(_lines(english.join(f"data.{part}"))):
                yield Entry("en", word, f"wn:{synset}", "wordnet-eng")


def _open(names: Sequence[str]) -> Any:
    """The first of *names* that nltk finds, or None."""
    from nltk import data

    for name in names:
        try:
            return data.find(name)
        except (LookupError, OSError):
            continue
    return None


def _tables() -> Iterator[tuple[str, Any]]:
    """Yield the languages of the Open Multilingual Wordnet that are there, with their files."""
    from nltk.corpus.reader.util import find_corpus_fileids

    root = _open(PACKAGES)
    for name in find_corpus_fileids(root, r".*wn-data-[a-z]{3}\.tab") if root is not None else ():
        yield name[-7:-4], root.join(name)


def _lines(pointer: Any) -> list[str]:
    with pointer.open() as file:
        return list(file.read().decode("utf-8").splitlines())


def _tab(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield synset and word of each lemma of a table of the Open Multilingual Wordnet."""
    for line in lines:
        cells = line.split("\t")
        if len(cells) >= 3 and not line.startswith("#") and cells[1].split(":")[-1] == "lemma":
            yield cells[0], cells[-1].strip()


def _data(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield synset and word of a data file of the Princeton WordNet: offset, file, type, count (hex), words."""
    for line in lines:
        cells = line.split(" ")
        if not cells[0].isdigit():
            continue  # the licence stands first, indented
        kind = "a" if cells[2] == "s" else cells[2]
        for number in range(int(cells[3], 16)):
            yield f"{cells[0]}-{kind}", cells[4 + 2 * number].split("(")[0].replace("_", " ")
