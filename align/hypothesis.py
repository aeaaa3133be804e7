"""Translations that somebody made, scored by sacrebleu against what the groups hold in the other language.

    source    en.s1 en.s2           hr.s1   hr.s3           what one group says on the left
    reference ar1.s4 ar1.s5         ar2.s9                  and on the right: one for each group and document
    scored    the lines of the translation that belong to the source sentences, in one

A unit is a set of source sentences; all links with just this set give references, so their number differs. Against
accounts that are no translations the figures only rank systems on the same build: a perfect translation does not
reach what it would against translations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hexapla.align.group import Alignment, Relation
from hexapla.align.pair import Places, Sides, closest, links, single, told
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import language, unspaced

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric
    from sacrebleu.significance import Result as Sampled

SAMPLES = 1000
"""Bootstrap samples; sacrebleu's seed is 12345 unless SACREBLEU_SEED says another."""

Lines = Literal["segment", "group"]
"""What a line of a translation translates: a sentence or heading of the source, or the left side of a link."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is scored as one."""

    lines: tuple[int, ...]  # of a translation, from 0, that belong to it
    references: tuple[str, ...]  # different ones, in the order of the documents


@dataclass(frozen=True, slots=True)
class Task:
    """What translations are scored against, and how many lines they have."""

    units: tuple[Unit, ...]
    size: int
    lines: Lines
    relation: Relation
    source: str  # id of the document that is translated
    target: str  # language of the references


@dataclass(frozen=True, slots=True)
class Result:
    """One system by one metric."""

    system: str
    metric: str  # chrF2++ | BLEU | TER
    score: float
    mean: float  # of the bootstrap samples
    interval: float  # 95 % of the samples lie within mean - interval and mean + interval
    p: float | None  # that the difference to the first system is chance; None for the first, and for one just like it
    signature: str  # sacrebleu's


def task(alignment: Alignment, pair: Sides, relation: Relation | None = None, lines: Lines = "segment") -> Task:
    """Return what translations of the left document of *pair* are scored against: the right side of its links.

    Without *relation* the closest that there is between the two sides. With ``lines="group"`` a translation has a line
    for each link, as they are exported; else one for each sentence and heading.

    Raises:
        UsageError: the left side is more than one document, nothing is linked, or the text was left out.
    """
    source, target = single(pair.names[0], pair.left), pair.right[0].language
    say = told(pair.right)
    found = links(alignment, pair, relation)
    kept = relation or closest(found)
    if kept is None or not found:
        said = f"no link of {relation} is" if relation else "no link is"
        hint = "give another --pair or --relation"
        raise UsageError(f"{said} between {pair.names[0]} and {pair.names[1]}", hint=hint)
    found = tuple(link for link in found if link.relation == kept)
    places = Places([source])
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, link in enumerate(found):
        alike.setdefault(link.left.segments, []).append(at)
    units = tuple(
        Unit(
            tuple(numbers if lines == "group" else places.numbers(found[numbers[0]].left)),
            tuple(dict.fromkeys(filter(None, (say(found[at].right) for at in numbers)))),
        )
        for numbers in alike.values()
    )
    return Task(units, len(found) if lines == "group" else len(places.number), lines, kept, source.id, target)


def read(path: Path, wanted: Task) -> tuple[str, ...]:
    """Return the lines of the translation in the file *path*, one for each unit of *wanted*.

    Only line feeds end a line (a carriage return before it belongs to it); a blank line is an empty translation.

    Raises:
        InputError: the file is missing, not UTF-8, or has another number of lines than *wanted*; or two lines that
            translate the same sentences differ.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint="give a translation") from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", path=path, hint="save it as UTF-8") from error
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
    if len(lines) != wanted.size:
        many = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        said = f"has {many} and needs {wanted.size}, one for each {_LINES[wanted.lines]} of {wanted.source}"
        other = "group" if wanted.lines == "segment" else "segment"
        raise InputError(said, path=path, hint=f"--lines {other} takes a line for each {_LINES[other]}")
    return tuple(_line(lines, unit, wanted.lines, path) for unit in wanted.units)


_LINES = {"segment": "sentence and heading", "group": "link that `hexapla export --to moses` writes"}


def _line(lines: Sequence[str], unit: Unit, kind: Lines, path: Path) -> str:
    said = [lines[number] for number in unit.lines]
    if kind == "segment":
        return " ".join(filter(None, map(str.strip, said)))
    other = next((number for number in unit.lines if lines[number] != said[0]), None)
    if other is not None:
        line = f"is another translation of the sentences of line {unit.lines[0] + 1}"
        raise InputError(line, path=path, place=other + 1, hint="translate them alike: they are one line to score")
    return said[0]


def score(systems: Mapping[str, Sequence[str]], wanted: Task) -> tuple[Result, ...]:
    """Return the scores of *systems* (name -> lines, as `read` gives them) by each metric; the first is the baseline.

    One system has a bootstrap interval; several are also compared with the first by a paired bootstrap.
    """
    references: Any = list(zip_longest(*(unit.references for unit in wanted.units)))  # None: the unit has no more
    metrics = _metrics(wanted.target)
    if len(systems) == 1:
        ((name, lines),) = systems.items()
        return tuple(_alone(name, lines, references, metric) for metric in metrics.values())
    from sacrebleu.significance import PairedTest

    named: list[tuple[str, Sequence[str]]] = list(systems.items())
    signatures, scores = PairedTest(named, metrics, references, test_type="bs", n_samples=SAMPLES)()
    found: dict[str, list[Any]] = dict(scores)
    alike = {name for name, lines in named if list(lines) == list(named[0][1])}  # sacrebleu finds these to differ
    return tuple(
        _result(name, metric, one, None if name in alike else one.p_value, str(how))
        for metric, how in signatures.items()
        for name, one in zip(systems, found[metric], strict=True)
    )


def _alone(name: str, lines: Sequence[str], references: Any, metric: Metric) -> Result:
    from sacrebleu.significance import Result as Sampled

    one = metric.corpus_score(lines, references, n_bootstrap=SAMPLES)
    sampled = Sampled(one.score, mean=one._mean, ci=one._ci)
    return _result(name, one.name, sampled, None, str(metric.get_signature()))


def _result(name: str, metric: str, one: Sampled, p: float | None, signature: str) -> Result:
    figures = (float(one.score), float(one.mean or 0), float(one.ci or 0))
    return Result(name, metric, *figures, p, signature)


def _metrics(target: str) -> dict[str, Metric]:
    """Return sacrebleu's metrics for the language *target*; BLEU cuts what is written without spaces by characters."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    cut = "13a" if not unspaced(target) else "zh" if language(target).script.startswith("Han") else "char"
    return {
        "chrF2++": CHRF(word_order=2),
        "BLEU": BLEU(tokenize=cut),
        "TER": TER(normalized=cut != "13a", asian_support=cut != "13a"),
    }
