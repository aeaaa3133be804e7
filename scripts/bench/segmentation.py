"""How well and how fast sentences are found, beside other tools, in one run on one core.

    python scripts/bench/segmentation.py --shared DIR [--text] [--speed]  > tables in Markdown

    reference   He left .| She stayed .|     a sentence is a span of characters, white space left out
    found       He left . She stayed .|      no span is right; of the boundaries inside, one is missing

Span F1 counts sentences whose both ends are right; inner F1 counts boundaries inside documents. Both are summed over
documents. Every tool gets one paragraph at a time; hexapla also the whole document, as its commands do. A tool that is
not installed is left out and named with the reason. Times are CPU time after a warm-up, never a verdict: nothing fails.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple, ParamSpec, TypeVar

from hexapla.corpus.document import Document, Source
from hexapla.corpus.segment import segment, spans

LANGUAGES = ("en", "hr", "ar", "tl")
ALL = (*LANGUAGES, "he", "hi", "zh")  # those of the traps
ANNOTATED = ("en", "hr")
WITH_CAPITALS = ("en", "hr", "tl")
ACCOUNTS = Path(__file__).parents[2] / "corpus" / "texts" / "iraq-war"
READINGS = Path(__file__).resolve().parents[2] / "tests" / "gold" / "iraq-war"  # references of our own
TIMED = ("hexapla", "nltk Punkt, untrained", "ICU")
ROUNDS = 8  # times that the texts are read; the first is the warm-up, and the median of the others counts
LARGE = 10_000_000  # characters of the one large text whose memory is measured
SLOWEST = 100  # sentences a second; a slower tool is left out
GROWTH = (1_000, 10_000, 100_000)  # sentences

Splitter = Callable[[str], Iterable[str]]
Maker = Callable[[str, Sequence[str]], Splitter]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its sentences, as somebody has read them."""

    name: str
    language: str
    text: str
    sentences: tuple[str, ...]


class Tally(NamedTuple):
    """How many were right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def plus(self, other: Tally) -> Tally:
        """Sum two tallies."""
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    def f1(self) -> float:
        """Return F1 in percent; 100 where nothing was wanted and nothing found.

        >>> Tally(1, 2, 2).f1()
        50.0
        """
        return 200 * self.right / (self.found + self.wanted) if self.found + self.wanted else 100.0


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Score:
    """Sentences, boundaries inside documents, and paragraphs that came back with other characters."""

    spans: Tally = NOTHING
    inner: Tally = NOTHING
    changed: int = 0

    def __add__(self, other: Score) -> Score:
        """Sum two scores."""
        return Score(self.spans.plus(other.spans), self.inner.plus(other.inner), self.changed + other.changed)

    def perfect(self) -> bool:
        """Whether all that was wanted was found, and nothing else."""
        return not self.changed and self.spans.right == self.spans.found == self.spans.wanted


def bare(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())


def outline(sentences: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans of *sentences* over the characters that are not white space.

    >>> outline(["He left .", " ", "So?"])
    [(0, 7), (7, 10)]
    """
    found, start = [], 0
    for length in (len(bare(sentence)) for sentence in sentences):
        if length:
            found.append((start, start + length))
            start += length
    return found


def compare(wanted: Sequence[str], found: Sequence[str]) -> Score:
    """Score the sentences *found* in one document; ValueError where they are not the same text."""
    if bare("".join(wanted)) != bare("".join(found)):
        raise ValueError("the sentences found and those of the reference are not the same text")
    ours, theirs = set(outline(found)), set(outline(wanted))
    ends, marks = {end for _, end in ours}, {end for _, end in theirs}
    last = {max(marks, default=0)}
    ends, marks = ends - last, marks - last
    inner = Tally(len(ends & marks), len(ends), len(marks))
    return Score(Tally(len(ours & theirs), len(ours), len(theirs)), inner)


@dataclass(frozen=True, slots=True)
class System:
    """A segmenter: its name in the tables, its package, how it is made for a language, and the languages it is for."""

    name: str
    package: str
    make: Maker
    languages: tuple[str, ...] = LANGUAGES
    whole: bool = False  # takes a document, not a paragraph

    def title(self) -> str:
        """Return the name with the version that is installed; PackageNotFoundError where none is."""
        return f"{self.name} ({self.package} {version(self.package)})" if self.package else self.name


def _ours(language: str, _: Sequence[str]) -> Splitter:
    return lambda text: [text[start:end] for start, end in spans(text, language)]


def _regular(_: str, __: Sequence[str]) -> Splitter:
    final = re.compile(r"[.!?…؟]+[\"'”“’»)\]]*\s+")
    return lambda text: cut(text, (found.end() for found in final.finditer(text)))


def _punkt(_: str, __: Sequence[str]) -> Splitter:
    split: Splitter = import_module("nltk.tokenize.punkt").PunktSentenceTokenizer().tokenize
    return split


def _punkt_trained(_: str, texts: Sequence[str]) -> Splitter:
    punkt = import_module("nltk.tokenize.punkt")
    trainer = punkt.PunktTrainer("\n".join(texts))
    split: Splitter = punkt.PunktSentenceTokenizer(trainer.get_params()).tokenize
    return split


def _icu(language: str, _: Sequence[str]) -> Splitter:
    breaker = import_module("icu4py.breakers").SentenceBreaker
    locale = {"tl": "fil"}.get(language, language)
    return lambda text: list(breaker(text, locale))


def _icu_standard(language: str, _: Sequence[str]) -> Splitter:
    breaker = import_module("icu4py.breakers").SentenceBreaker
    locale = {"tl": "fil"}.get(language, language) + "@ss=standard"
    return lambda text: list(breaker(text, locale))


def _uniseg(_: str, __: Sequence[str]) -> Splitter:
    split: Splitter = import_module("uniseg.sentencebreak").sentences
    return split


def _pysbd(language: str, _: Sequence[str]) -> Splitter:
    nearest = {"hr": "sk", "tl": "en"}.get(language, language)
    split: Splitter = import_module("pysbd").Segmenter(language=nearest, clean=False).segment
    return split


def _blingfire(_: str, __: Sequence[str]) -> Splitter:
    offsets = import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: [text[start:end] for start, end in offsets(text)[1]]


def _sentence_splitter(language: str, _: Sequence[str]) -> Splitter:
    nearest = {"hr": "sl", "ar": "en", "tl": "en"}.get(language, language)
    split: Splitter = import_module("sentence_splitter").SentenceSplitter(nearest).split
    return split


def _segtok(_: str, __: Sequence[str]) -> Splitter:
    split: Splitter = import_module("segtok.segmenter").split_single
    return split


def _syntok(_: str, __: Sequence[str]) -> Splitter:
    analyze = import_module("syntok.segmenter").analyze
    return lambda text: cut(text, [part[0].offset for paragraph in analyze(text) for part in paragraph if part])


def _spacy(language: str, _: Sequence[str]) -> Splitter:
    pipeline = import_module("spacy").blank(language)
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in pipeline(text).sents]


def _sentencex(language: str, _: Sequence[str]) -> Splitter:
    divide = import_module("sentencex").segment
    return lambda text: list(divide(language, text))


def _reldi(language: str, _: Sequence[str]) -> Splitter:
    run = import_module("reldi_tokeniser").run
    first = re.compile(r"^\d+\.\d+\.1\.(\d+)-", re.MULTILINE)  # paragraph, sentence, token 1, from
    return lambda text: cut(text, [int(start) - 1 for start in first.findall(run(text, language))])


SYSTEMS = (
    System("hexapla", "", _ours, ALL, whole=True),
    System("hexapla, a paragraph at a time", "", _ours, ALL),
    System("final mark and white space", "", _regular),
    System("nltk Punkt, untrained", "nltk", _punkt),
    System("nltk Punkt, trained on these texts", "nltk", _punkt_trained),
    System("ICU", "icu4py", _icu),
    System("ICU, ss=standard", "icu4py", _icu_standard),
    System("uniseg", "uniseg", _uniseg),
    System("pySBD, hr as sk, tl as en", "pysbd", _pysbd),
    System("BlingFire", "blingfire", _blingfire),
    System("sentence-splitter, hr as sl, ar and tl as en", "sentence-splitter", _sentence_splitter),
    System("segtok", "segtok", _segtok),
    System("syntok", "syntok", _syntok),
    System("spaCy sentencizer", "spacy", _spacy),
    System("sentencex", "sentencex", _sentencex),
    System("ReLDI tokeniser", "reldi-tokeniser", _reldi, ("hr",)),
)


def cut(text: str, starts: Iterable[int]) -> list[str]:
    """Cut *text* before each of *starts*.

    >>> cut("He left. So?", [0, 9])
    ['He left. ', 'So?']
    """
    places = sorted({0, *starts, len(text)})
    return [text[start:end] for start, end in pairwise(places)]


def measure(split: Splitter, text: Text, *, whole: bool = False) -> Score:
    """Score *split* on one text, given to it paragraph by paragraph, or *whole*.

    A paragraph that comes back with other characters cannot be scored: it counts as one sentence, and as changed.
    """
    found: list[str] = []
    changed = 0
    for paragraph in [text.text] if whole else text.text.splitlines():
        pieces = list(split(paragraph)) if paragraph.strip() else []
        if bare("".join(pieces)) != bare(paragraph):
            pieces, changed = [paragraph], changed + 1
        found += pieces
    return compare(text.sentences, found) + Score(changed=changed)


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reached: a score for each collection, and the traps of its languages, passed and failed."""

    title: str
    scores: dict[str, Score]
    passed: tuple[str, ...]
    failed: tuple[str, ...]


class TooSlowError(Exception):
    """A tool would hold up the run."""


def examine(system: System, collections: dict[str, list[Text]], traps: Sequence[Text]) -> Row:
    """Let one system read everything in its languages; what it raises is for the caller to report."""
    title = system.title()
    read = [text for texts in collections.values() for text in texts]
    splitters = {
        language: system.make(language, [text.text for text in read if text.language == language])
        for language in system.languages
    }
    scores = {
        name: total(splitters[texts[0].language], texts, whole=system.whole)
        for name, texts in collections.items()
        if texts[0].language in splitters
    }
    tried = {
        trap.name: measure(splitters[trap.language], trap, whole=system.whole).perfect()
        for trap in traps
        if trap.language in splitters
    }
    passed, failed = (tuple(name for name, right in tried.items() if right == side) for side in (True, False))
    return Row(title, scores, passed, failed)


def total(split: Splitter, texts: Sequence[Text], *, whole: bool = False) -> Score:
    """Sum the scores of *texts*; TooSlowError where the first of them says that it would take minutes."""
    start = time.process_time()
    measure(split, texts[0])
    reads = len(texts[0].sentences) / max(time.process_time() - start, 1e-9)
    if reads < SLOWEST:
        raise TooSlowError(f"reads {reads:.0f} sentences a second")
    return sum((measure(split, text, whole=whole) for text in texts), Score())


def documents(shared: Path, language: str) -> list[Text]:
    """Read the news documents of one language."""
    lines = (shared / "bench" / "text" / f"{language}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Text(row["doc"], language, row["text"], tuple(row["sentences"])) for row in rows]


def account(shared: Path, language: str) -> Text:
    """Read an account of the Iraq war with its annotated sentences."""
    rows = (shared / "bench" / "iraq" / f"{language}.tsv").read_text("utf-8").splitlines()
    sentences = tuple(row.split("\t")[2] for row in rows if row)
    return Text(f"iraq {language}", language, (ACCOUNTS / f"{language}.txt").read_text("utf-8"), sentences)


def reading(language: str) -> Text:
    """Read an account of the Iraq war with the sentences of our own reference, written before any was compared with it.

    Raises:
        ValueError: the rows are not slices of the account, in order, that cover all but white space.
    """
    text = (ACCOUNTS / f"{language}.txt").read_text("utf-8")
    rows = (READINGS / f"segments_{language}.tsv").read_text("utf-8").splitlines()
    ranges = [(int(row.split("\t")[1]), int(row.split("\t")[2])) for row in rows if not row.startswith("#")]
    between = [text[before:after] for before, after in pairwise((0, *(place for part in ranges for place in part)))]
    if any(gap.strip() for gap in between[::2]) or text[ranges[-1][1] :].strip():
        raise ValueError(f"segments_{language}.tsv does not cover {language}.txt")
    return Text(f"our {language}", language, text, tuple(between[1::2]))


def short_cases(shared: Path) -> list[Text]:
    """Read the short hard cases."""
    rows = [json.loads(line) for line in (shared / "bench" / "segment" / "traps.jsonl").read_text("utf-8").splitlines()]
    return [Text(row["id"], row["lang"], row["text"], tuple(row["sentences"])) for row in rows]


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table.

    >>> print(grid(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in rows)])


def accuracy(shared: Path) -> Iterator[str]:
    """Yield the tables of F1, a part at a time."""
    collections = {language: documents(shared, language) for language in LANGUAGES}
    collections |= {f"iraq {language}": [account(shared, language)] for language in ANNOTATED}
    collections["iraq hr, ours"] = [reading("hr")]
    rows, left_out = _rows(collections, short_cases(shared))
    yield "## Accuracy: span F1 / inner-boundary F1, percent\n"
    yield grid(["system", *collections, "traps"], [_cells(row, collections) for row in rows])
    yield from _notes(rows, left_out)
    small = {f"{language}, small": in_small(collections[language]) for language in WITH_CAPITALS}
    yield "\n## The same news in small letters\n"
    yield grid(["system", *small], [_cells(row, small)[:-1] for row in _rows(small, [])[0]])


def _rows(collections: dict[str, list[Text]], traps: Sequence[Text]) -> tuple[list[Row], list[str]]:
    """Return what each system reached, and a line for each that could not be used."""
    rows, left_out = [], []
    for system in SYSTEMS:
        try:
            rows.append(examine(system, collections, traps))
        except PackageNotFoundError:
            left_out.append(f"- {system.name}: not installed")
        except Exception as error:  # what another's code raises is not known beforehand
            left_out.append(f"- {system.name}: {type(error).__name__}: {error}".splitlines()[0])
    return rows, left_out


def in_small(texts: Iterable[Text]) -> list[Text]:
    """Return *texts* without a capital.

    >>> in_small([Text("n", "en", "He left. So?", ("He left.", "So?"))])[0].sentences
    ('he left.', 'so?')
    """
    return [
        Text(text.name, text.language, text.text.lower(), tuple(sentence.lower() for sentence in text.sentences))
        for text in texts
    ]


def _cells(row: Row, names: Iterable[str]) -> list[str]:
    """Lay out one row of the table of F1."""
    scores = (row.scores.get(name) for name in names)
    figures = ("–" if score is None else f"{score.spans.f1():.2f} / {score.inner.f1():.2f}" for score in scores)
    return [row.title, *figures, f"{len(row.passed)}/{len(row.passed) + len(row.failed)}"]


def _notes(rows: Iterable[Row], left_out: Sequence[str]) -> Iterator[str]:
    """Yield what the table of F1 does not show."""
    for row in rows:
        changed = sum(score.changed for score in row.scores.values())
        if changed:
            yield f"\n{row.title} changed the characters of {changed} paragraphs, which count as not divided."
        if row.title == "hexapla" and row.failed:
            yield f"\nTraps that hexapla misses: {', '.join(row.failed)}."
    if left_out:
        yield "\nLeft out:\n\n" + "\n".join(left_out)


def alone(function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Call *function* in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **named).result()


def _memory(field: str) -> float:
    """Return the MB that this process holds (VmRSS) or has held at most (VmHWM); NaN where no /proc tells.

    The counter of `getrusage` will not do: a process starts with that of the one that started it.
    """
    status = Path("/proc/self/status")
    found = re.search(rf"^{field}:\s+(\d+) kB", status.read_text() if status.exists() else "", re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else float("nan")


def _seconds(call: Callable[[], object]) -> float:
    """Return the CPU time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def pace(name: str, language: str, shared: Path) -> tuple[float, float]:
    """Return the sentences a second that a system reads in paragraphs, and the MB it takes for one large text."""
    texts = documents(shared, language)
    system = next(system for system in SYSTEMS if system.name == name)
    split = system.make(language, [text.text for text in texts])
    paragraphs = [line for text in texts for line in text.text.splitlines() if line]
    times = [_seconds(lambda: [list(split(paragraph)) for paragraph in paragraphs]) for _ in range(ROUNDS)]
    joined = "\n".join(text.text for text in texts) + "\n"
    large = joined * (LARGE // len(joined))
    before = _memory("VmRSS")
    list(split(large))
    return sum(len(text.sentences) for text in texts) / median(times[1:]), _memory("VmHWM") - before


def growth(shared: Path, count: int, between: str) -> tuple[float, float, int]:
    """Return CPU seconds and MB that segmenting *count* sentences takes, and their characters."""
    pool = [sentence for text in documents(shared, "en") for sentence in text.sentences]
    text = between.join(islice(cycle(pool), count))
    segment(_document(pool[0]))
    before = _memory("VmRSS")
    seconds = _seconds(lambda: segment(_document(text)))
    return seconds, _memory("VmHWM") - before, len(text)


def _document(text: str, language: str = "en") -> Document:
    """Return a document without segments."""
    return Document(language, language, text, Source("", "", 0))


HOSTILE: dict[str, tuple[str, str, float]] = {  # what is repeated, what ends it, millions of characters
    "no full stop, one line": ("riječ za riječju bez kraja ", "", 10),
    "no full stop, no space": ("abcdefghij", "", 10),
    "full stops only": (".", "", 1),
    "full stops and spaces": (". ", "", 1),
    "white space only": (" ", "", 1),
    "white space between two words": (" ", "kraj.", 1),
    "line breaks only": ("\n", "", 1),
    "one letter a line": ("a\n", "", 1),
    "quotes that open": ("„Rekao je: ", "", 1),
    "quotes within quotes": ("“‘«", "Kraj.", 1),
    "quotes that close": ("”", "", 1),
    "straight quotes": ('"', "", 1),
    "full stops and straight quotes": ('." ', "", 1),
    "brackets that open": ("(", "", 1),
    "notes that do not close": (".[1", "", 1),
    "question marks and brackets": ("?)", "", 1),
    "initials": ("A. ", "", 1),
    "abbreviations": ("dr. ", "", 1),
    "dotted, one word": ("a.", "", 1),
    "numbers": ("1.", "", 1),
    "dates": ("20. 3. 2003. ", "", 1),
    "lost spaces": ("opasku.Sama", "", 1),
    "joined words": ("uzrokaIrak", "", 1),
    "joined words with spaces": ("uzrokaIrak ", "", 1),
    "small letters after full stops": ("kasno. tko ", "", 1),
    "sentences without a mark": ("do nje obale Međutim su ", "", 1),
    "combining marks": ("\u0301", "", 1),
    "marks of direction": (".\u200f", "", 1),
    "ideographic full stops": ("。", "", 1),
    "underscores and commas, tokenised": ("a_b , ", ".", 1),
}


def hostile(language: str) -> Iterator[list[str]]:
    """Yield a row for each hostile input: seconds per million characters at three sizes; equal ones are linear."""
    for name, (piece, tail, millions) in HOSTILE.items():
        lengths = [int(millions * 1e6 / part) for part in (8, 2, 1)]
        yield [name, f"{millions:g}", *(f"{_burden(piece, length, tail, language):.3f}" for length in lengths)]


def _burden(piece: str, length: int, tail: str, language: str) -> float:
    """Return the seconds per million characters that *piece*, repeated to *length*, takes."""
    text = piece * (length // len(piece)) + tail
    return _seconds(lambda: segment(_document(text, language))) / (len(text) / 1e6)


def speed(shared: Path) -> Iterator[str]:
    """Yield the tables of time and memory, a part at a time."""
    yield "## Speed: sentences a second, and peak memory for one text of 10 million characters\n"
    rows, left_out = [], []
    for name in TIMED:
        try:
            title = next(system.title() for system in SYSTEMS if system.name == name)
        except PackageNotFoundError:
            left_out.append(f"- {name}: not installed")
            continue
        figures = [alone(pace, name, language, shared) for language in LANGUAGES]
        rows.append([title, *(f"{found:,.0f} / {memory:.0f} MB" for found, memory in figures)])
    yield grid(["system", *LANGUAGES], rows)
    yield from _notes([], left_out)
    yield "\n## Growth: `segment`, English\n"
    yield grid(
        ["laid out", "sentences", "million characters", "seconds", "sentences a second", "peak memory, MB"],
        _growth(shared),
    )
    yield "\n## Hostile inputs: CPU seconds per million characters (hr)\n"
    yield grid(["input", "million characters", "at an eighth", "at half", "at the whole"], hostile("hr"))


def _growth(shared: Path) -> Iterator[list[str]]:
    """Yield the rows of the table of growth."""
    for layout, between in (("a line each", "\n"), ("one line", " ")):
        for count in GROWTH:
            seconds, memory, length = alone(growth, shared, count, between)
            figures = f"{length / 1e6:.1f}", f"{seconds:.2f}", f"{count / seconds:,.0f}", f"{memory:.1f}"
            yield [layout, f"{count:,}", *figures]


def machine() -> str:
    """Return what the figures were measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {system}, {os.cpu_count()} cores, one used."


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables that are asked for; all, if none is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = os.environ.get("HEXAPLA_SHARED")
    parser.add_argument("--shared", type=Path, default=shared, metavar="DIR", help="reference data (HEXAPLA_SHARED)")
    parser.add_argument("--text", action="store_true", help="F1 and traps")
    parser.add_argument("--speed", action="store_true", help="time, memory and hostile inputs")
    asked = parser.parse_args(arguments)
    if asked.shared is None or not (asked.shared / "bench" / "text").is_dir():
        parser.error(f"no bench/text in {asked.shared}: give --shared DIR or set HEXAPLA_SHARED")
    print(machine() + "\n")
    for part, wanted in ((accuracy, asked.text or not asked.speed), (speed, asked.speed or not asked.text)):
        for lines in part(asked.shared) if wanted else ():
            print(lines, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
