"""Two unordered collections -> the pairs of their sentences that say the same, with what shows it.

    lines ─▶ words ─▶ candidates ─▶ scores ─▶ mutual best ─▶ likely ─▶ kept ─▶ evidence
             │        │             │         │              └ hexapla.align.belief
             │        │             │         └ each the best of the other by its margin
             │        │             └ coverage: how much of both is said in the other
             │        └ by an index of rare words, a bounded number for each line
             └ hexapla.align.vocabulary

Each stage is a function of Arrow tables and reads nothing else but the vocabulary, so that another engine can carry it.
Time and memory grow with the lines, not with their product. Coverage is sqrt(F / (n + c) · G / (m + c)), where F and G
are the weights of what either line says that the other one says, too, n and m those of all they say, and c keeps short
lines from being covered by chance.

Where no lexicon knows the words of a language, the pairs that are sure without one teach them (`hexapla.align.learn`),
and all is done once more. Where lexicons know the words, they would gain nothing, and now and then lose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hexapla.align import arrow
from hexapla.align.belief import LITTLE, MEASURES, differing, lengths, likely, standing
from hexapla.align.group import Signature
from hexapla.align.learn import learn
from hexapla.align.sparse import Edges, Rows, Side, first_of, joined, met, near
from hexapla.align.vocabulary import Met, Vocabulary
from hexapla.corpus import fold
from hexapla.corpus.document import Document
from hexapla.corpus.lexicon import Entry, Lexicon, described
from hexapla.corpus.version import release

if TYPE_CHECKING:
    from hexapla.align.sparse import Single

    Table = Any  # pyarrow.Table, which ships no types

SHORT = 10.0
"""c: weight that is added to that of all words of a line."""

BUDGET, MOST = 3_000, 24
"""Meetings that a line is worth while candidates are looked for, and candidates that it gets."""

THRESHOLD = 0.5
"""A pair that is less likely is not kept."""

SURE, ENOUGH = 0.9, 30
"""Likelihood of the pairs that words are learned from, and how many of two languages are needed."""

UNKNOWN = 0.25
"""Words of a language are learned where lexicons know less of its running words than this."""

SHOWN = 5
"""Words that meet in a pair, shown as its evidence; the weightiest."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of two sentences that meet: in what, how much that weighs, and the words as they are written."""

    kind: str
    value: str
    weight: float
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that say the same: their numbers, counted from 0 over all segments of each side."""

    left: int
    right: int
    score: float  # 0..1: how likely it is right
    left_id: str
    right_id: str
    left_text: str
    right_text: str
    evidence: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Mined:
    """What mining two collections gives."""

    pairs: tuple[Pair, ...]  # by the left number
    signature: Signature
    counts: tuple[tuple[str, int], ...]  # what was read, compared and kept
    dropped: tuple[tuple[str, int], ...]  # reason -> how many


def mine(
    left: Sequence[Document], right: Sequence[Document], lexicon: Lexicon, said: Callable[[str], None] = lambda _: None
) -> Mined:
    """Return the pairs of sentences of *left* and *right*, whose documents are segmented; *said* is told each step.

    Sentences and headings are compared, boilerplate is not. A sentence is in one pair at most; of those that a side
    repeats word by word only the first is.
    """
    work, told, lexicon = _told(left, right, lexicon, said)
    keep = kept(told)
    said("evidence")
    pairs = tuple(shown(keep, work.tables, work.edges, work.weight, work.vocabulary))
    counts = {
        "lines, left": sum(len(document.segments) for document in left),
        "lines, right": sum(len(document.segments) for document in right),
        "candidates": work.candidates,
        "mutual best": work.best.num_rows,
        "kept": len(pairs),
    }
    spoken = [segment.kind for document in (*left, *right) for segment in document.segments]
    boilerplate = spoken.count("x")
    dropped = {
        "boilerplate": boilerplate,
        "line that its side said before": len(spoken) - boilerplate - sum(table.num_rows for table in work.tables),
        "candidate that is not the best of both lines": work.candidates - work.best.num_rows,
        "mutual best less likely than not": work.best.num_rows - keep.num_rows,
    }
    return Mined(pairs, signature(lexicon), tuple(counts.items()), tuple((k, n) for k, n in dropped.items() if n))


def measured(left: Sequence[Document], right: Sequence[Document], lexicon: Lexicon) -> Table:
    """Return the mutual best pairs of `mine` before any is left out: ``source``, ``target``, measures, ``likely``."""
    work, told, _ = _told(left, right, lexicon, lambda _: None)
    for name, side, table in zip(("source", "target"), ("left", "right"), work.tables, strict=True):
        told = told.append_column(name, table["number"].take(told[side]))
    return told


def _told(
    left: Sequence[Document], right: Sequence[Document], lexicon: Lexicon, said: Callable[[str], None]
) -> tuple[_Compared, Table, Lexicon]:
    """Compare two collections, and once more where they teach words: what was compared, believed, and known."""
    work = _compared(left, right, lexicon, said)
    told = believed(work.best, *work.tables)
    learned = taught(told, *work.tables, lexicon)
    if learned:
        lexicon = lexicon.having(learned)
        work = _compared(left, right, lexicon, said)
        told = believed(work.best, *work.tables)
    return work, told, lexicon


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two collections with their mutual best pairs."""

    tables: tuple[Table, Table]
    vocabulary: Vocabulary
    weight: Single
    edges: Edges
    candidates: int
    best: Table


def _compared(
    left: Sequence[Document], right: Sequence[Document], lexicon: Lexicon, said: Callable[[str], None]
) -> _Compared:
    said("words")
    vocabulary = Vocabulary(lexicon)
    tables = (first_said(sentences(left)), first_said(sentences(right)))
    read = [words(table, vocabulary) for table in tables]
    rows = tuple(Rows(side.start, side.held, len(vocabulary.forms)) for side in read)
    said("words that meet")
    weight, edges = vocabulary.weights(rows), vocabulary.edges(*rows)
    sides = (Side.of(rows[0], weight, SHORT), Side.of(rows[1], weight, SHORT))
    said("candidates")
    found = candidates(*sides, edges)
    said("scores")
    best = mutual(scores(*sides, edges, found), (len(rows[0]), len(rows[1])))
    return _Compared(tables, vocabulary, weight, edges, found.num_rows, best)


def signature(lexicon: Lexicon) -> Signature:
    """Return how pairs are mined with *lexicon*."""
    return Signature(
        (
            ("hexapla", release()),
            ("mine", "coverage+margin+mutual"),
            ("candidates", f"{BUDGET}/{MOST}"),
            ("lexicon", described(lexicon) or "none"),
            ("threshold", str(THRESHOLD)),
        )
    )


def sentences(documents: Sequence[Document]) -> Table:
    """Return a table of the segments of *documents* but boilerplate: number (over all), id, language, text."""
    import pyarrow as pa

    every = [(document, segment) for document in documents for segment in document.segments]
    held = [(number, document, segment) for number, (document, segment) in enumerate(every) if segment.kind != "x"]
    return pa.table(
        {
            "number": arrow.numbers([number for number, _, _ in held]),
            "id": arrow.texts([segment.id for _, _, segment in held]),
            "language": arrow.texts([document.language for _, document, _ in held]).dictionary_encode(),
            "text": arrow.texts([document.slice(segment) for _, document, segment in held]),
        }
    )


def first_said(table: Table) -> Table:
    """Return *table* without the rows whose text stands in an earlier one."""
    seen: dict[str, int] = {}
    for number, text in enumerate(table["text"].to_pylist()):
        seen.setdefault(text, number)
    return table.take(arrow.numbers(list(seen.values())))


def words(table: Table, vocabulary: Vocabulary) -> Rows:
    """Return the numbers of the words of each row of *table*, a batch at a time."""
    rows: list[list[int]] = []
    for batch in table.to_batches(max_chunksize=10_000):
        rows += vocabulary.rows(zip(batch["text"].to_pylist(), batch["language"].to_pylist(), strict=True))
    return Rows.of(rows, 0)


def candidates(left: Side, right: Side, edges: Edges) -> Table:
    """Return a table of pairs of rows worth comparing: for each row of either side those that seem nearest."""
    there = near(left, right, edges, BUDGET, MOST)
    back = near(right, left, edges.turned(), BUDGET, MOST)
    one, other = joined(there, (back[1], back[0]), len(right.rows))
    return _table(left=one, right=other)


def scores(left: Side, right: Side, edges: Edges, pairs: Table) -> Table:
    """Return *pairs* with how much of both is said in the other (``said``), and the weight of that (``mass``)."""
    one, other = _columns(pairs, "left", "right")
    theirs = met(left.rows, right, edges, (one, other)).astype(np.float64)
    turned = np.lexsort((one, other))
    mine = np.empty_like(theirs)
    mine[turned] = met(right.rows, left, edges.turned(), (other[turned], one[turned]))
    said = np.sqrt(mine / left.mass[one] * (theirs / right.mass[other]))
    return _table(left=one, right=other, said=said, mass=np.sqrt(mine * theirs))


def mutual(pairs: Table, size: tuple[int, int]) -> Table:
    """Return those of *pairs* that are the best of both their rows by the margin, 2 s - ``usual``.

    ``usual`` is the mean of what the left row's best pairs say plus that of the right row's, ``second`` what the best
    other pair of each says, together; *size* is the number of rows of each side.
    """
    one, other, said, mass = _columns(pairs, "left", "right", "said", "mass")
    mean, second = standing(one, said, size[1])
    turned = np.lexsort((one, other))
    back = (np.empty(len(one)), np.empty(len(one)))
    for column, found in zip(back, standing(other[turned], said[turned], size[0]), strict=True):
        column[turned] = found
    margin = 2 * said - mean - back[0]
    first = np.zeros((2, len(one)), dtype=bool)
    for side, (mine, theirs) in enumerate(((one, other), (other, one))):
        order = np.lexsort((theirs, -margin, mine))
        first[side][order[first_of(mine[order])[0]]] = True
    keep = np.flatnonzero(first.all(axis=0) & (said > 0))
    columns = {"left": one, "right": other, "said": said, "mass": mass}
    columns |= {"usual": mean + back[0], "second": second + back[1]}
    return _table(**{name: column[keep] for name, column in columns.items()})


def believed(pairs: Table, left: Table, right: Table) -> Table:
    """Return *pairs* with how ``likely`` each is right, by `MEASURES`."""
    sides = ((left, pairs["left"]), (right, pairs["right"]))
    one, other = (table["text"].take(numbers).to_pylist() for table, numbers in sides)
    tongues = [table["language"].take(numbers).to_pylist() for table, numbers in sides]
    said, mass, usual, second = _columns(pairs, "said", "mass", "usual", "second")
    spoken = [" ".join(both) for both in zip(*tongues, strict=True)]
    measured = {
        "lead": 2 * said - second,
        "ratio": np.log(2 * said / (usual + LITTLE)),
        "mass": np.log1p(mass),
        "length": lengths(one, other, spoken, 2 * said - usual),
        "numbers": differing(one, other),
    }
    found = likely(np.stack([measured[name] for name in MEASURES], axis=1))
    return _table(**{name: arrow.values(pairs[name]) for name in ("left", "right")}, **measured, likely=found)


def kept(pairs: Table) -> Table:
    """Return those of *pairs* that are likely enough: the one place where it is decided."""
    (found,) = _columns(pairs, "likely")
    return pairs.take(arrow.numbers(np.flatnonzero(found >= THRESHOLD)))


def taught(pairs: Table, left: Table, right: Table, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Return the words that the sure ones of *pairs* teach, for two languages that *lexicon* knows too little of."""
    (found,) = _columns(pairs, "likely")
    sure = pairs.take(arrow.numbers(np.flatnonzero(found >= SURE)))
    sides = ((left, sure["left"]), (right, sure["right"]))
    one, other = (table.take(numbers).to_pylist() for table, numbers in sides)
    spoken: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for a, b in zip(one, other, strict=True):
        spoken.setdefault((a["language"], b["language"]), []).append((a["text"], b["text"]))
    entries: list[Entry] = []
    for (mine, theirs), texts in sorted(spoken.items()):
        if mine != theirs and len(texts) >= ENOUGH:
            known = min(_known([a for a, _ in texts], mine, lexicon), _known([b for _, b in texts], theirs, lexicon))
            entries += learn(texts, mine, theirs) if known < UNKNOWN else ()
    return tuple(entries)


def _known(texts: Sequence[str], language: str, lexicon: Lexicon) -> float:
    """The share of the running words of *texts* that *lexicon* knows."""
    forms = [word.form for text in texts for word in fold.words(text) if word.form.isalpha()]
    return sum(bool(lexicon.meanings(form, language)) for form in forms) / max(1, len(forms))


def shown(
    pairs: Table, tables: tuple[Table, Table], edges: Edges, weight: Single, vocabulary: Vocabulary
) -> list[Pair]:
    """Return *pairs* with their texts and evidence."""
    held = [table.take(pairs[side]).to_pylist() for side, table in zip(("left", "right"), tables, strict=True)]
    told = zip(pairs["likely"].to_pylist(), *held, strict=True)
    return [
        Pair(
            one["number"],
            other["number"],
            round(score, 4),
            one["id"],
            other["id"],
            one["text"],
            other["text"],
            tuple(_evidence(one, other, edges, weight, vocabulary)),
        )
        for score, one, other in told
    ]


def _evidence(
    one: dict[str, Any], other: dict[str, Any], edges: Edges, weight: Single, vocabulary: Vocabulary
) -> list[Shown]:
    """The weightiest words that meet; a word of either side is shown once."""
    spoken = [
        {feature.type: line["text"][feature.start : feature.end] for feature in reversed(read)}
        for line in (one, other)
        for read in (vocabulary.read(line["text"], line["language"]),)
    ]
    meetings = []
    for mine in spoken[0]:
        theirs = edges.rows.row(mine).tolist()
        trust = edges.trust[edges.rows.start[mine] : edges.rows.start[mine + 1]].tolist()
        meetings += [
            (-surely * min(float(weight[mine]), float(weight[number])), mine, number, surely)
            for number, surely in zip(theirs, trust, strict=True)
            if number in spoken[1]
        ]
    found: list[Shown] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for loss, mine, number, surely in sorted(meetings):
        if mine not in used[0] and number not in used[1] and len(found) < SHOWN:
            used[0].add(mine)
            used[1].add(number)
            why: Met = vocabulary.meeting(mine, number, surely)
            found.append(Shown(why.kind, why.value, round(-loss, 3), spoken[0][mine], spoken[1][number]))
    return found


def _table(**columns: Any) -> Table:
    import pyarrow as pa

    whole = {"left", "right"}
    return pa.table({name: arrow.numbers(c, np.int32 if name in whole else np.float64) for name, c in columns.items()})


def _columns(table: Table, *names: str) -> list[Any]:
    """Columns as arrays: numbers of rows in 64 bits, all else as it is."""
    found = [arrow.values(table[name]) for name in names]
    return [column.astype(np.int64) if column.dtype.kind == "i" else column for column in found]
