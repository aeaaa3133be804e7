"""The walk of a set of documents through every stage, as `build` and `align` share it.

read ─▶ segment ─▶ annotate ─▶ align ─▶ release (TEI ─▶ dataset, report)
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hexapla.align.align import align
from hexapla.align.contest import contested
from hexapla.align.coverage import Coverage, coverage
from hexapla.align.discover import THRESHOLD, discover
from hexapla.align.group import Kinship, Mode, Review
from hexapla.align.happening import NOTHING
from hexapla.align.kind import kinds
from hexapla.align.outside import Given, outside
from hexapla.align.review import apply
from hexapla.align.score import Features
from hexapla.align.translation import NONE, Translations, translations
from hexapla.corpus.decision import Decisions
from hexapla.corpus.document import Authority, Document, Source, Work
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.lexicon import Lexicon, described, load
from hexapla.corpus.mention import annotate
from hexapla.corpus.name import write_proposals
from hexapla.corpus.needed import vocabulary
from hexapla.corpus.segment import lines, segment
from hexapla.scripts.beside import ALONE, Beside, given
from hexapla.scripts.progress import progress
from hexapla.tei.edition import Edition
from hexapla.tei.release import release
from hexapla.tei.replace import check


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may choose of the walk."""

    with_text: bool = True
    segmented: bool = False  # the files hold one segment a line
    glossaries: tuple[Path, ...] = ()  # word lists of the user's own
    elsewhere: bool = False  # lexicons that are found on the machine are used
    mode: Mode = "comparable"  # whether documents are translations or accounts; auto: found out for each two
    beside: Beside = ALONE  # vectors and translations that were made elsewhere
    likely: float = THRESHOLD  # from which chance on two sentences begin a happening that nothing lists
    further: bool = False  # happenings are found beside those that an authority lists
    propose: Path | None = None  # where the names that were found are written
    decisions: Decisions | None = None  # what people decided of the groups; None: nothing, or it is not to be applied
    notes: tuple[str, ...] | None = None  # printed with the summary, after what is said of each file; None: neither


def walk(work: Work, documents: Sequence[Document], authority: Authority, out: Path, choices: Choices) -> int:
    """Take *documents* through every stage into the folder *out*, and print a summary."""
    check(out)
    for path in choices.glossaries:
        check_there(path)
    if choices.propose:
        check_new(choices.propose, out)
    gc.disable()  # millions of small values live until the end; looking for cycles among them doubles the time
    try:
        said = progress()
        edition = prepared(work, documents, authority, choices, said)
        whole = release(edition, out, said=said)
        if choices.propose:
            write_proposals(edition.authority.entities, choices.propose)
        said("")
    finally:
        gc.enable()
    print(summary(whole, out, choices.notes))
    return 0


def check_there(path: Path) -> None:
    """Raise InputError unless *path* is a file: a word list is read late, and only where it is of use."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(what, path=path, hint="give a word list: .tsv, a MUSE list or a TEI dictionary")


def check_new(path: Path, out: Path) -> None:
    """Raise UsageError unless a new file can be written at *path*, outside the build that *out* will be."""
    if path.exists():
        raise UsageError("is there already", path=path, hint="give a new file; yours is never written over")
    if path.resolve().is_relative_to(out.resolve()):
        raise UsageError("would lie in the build, which is replaced as a whole", path=path, hint="give another place")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        what = "may not be written" if path.parent.is_dir() else "is in a folder that does not exist"
        raise UsageError(what, path=path, hint="make the folder, or give another place")


def prepared(
    work: Work, documents: Sequence[Document], authority: Authority, choices: Choices, said: Callable[[str], None]
) -> Edition:
    """Return the edition of *documents*: cut, annotated and aligned; *said* is told the name of each step."""
    said("segments")
    cut = [(lines if choices.segmented else segment)(document) for document in documents]
    held = given(cut, choices.beside)
    said("mentions")
    named, known, dropped = annotate(cut, authority)
    made_with, told, features = "", NOTHING, None
    said("lexicons")
    spoken = [document.language for document in named]
    lexicon = load(spoken, choices.glossaries, choices.elsewhere, vocabulary(named) if choices.elsewhere else None)
    said("alignment")
    versions = related(named, lexicon, choices, held)
    compared = versions.pairs("comparable") if versions.kinds else None
    listed = any(event.cues for event in known.events)  # something says how it is told
    if (choices.further or not listed) and compared != []:
        found = discover(
            named, known, lexicon, compared, choices.likely, accounts=versions.accounts(), alike=held.alike
        )
        named, known, told, features = found.documents, found.authority, found.told, found.features
        dropped += found.dropped
        named, known = contested(named, known, lexicon, compared, features)
        made_with = described(lexicon)
    alignment = align(named, known, dropped, made_with, told, lexicon, versions, choices.likely, features)
    if choices.decisions:
        said("review")
        reviewed = apply(alignment, named, known, choices.decisions, lexicon)
        named, known, alignment = reviewed.documents, reviewed.authority, reviewed.alignment
    return Edition(replace(work, with_text=choices.with_text), named, known, alignment)


def related(documents: Sequence[Document], lexicon: Lexicon, choices: Choices, held: Given) -> Translations:
    """Return how *documents* stand to one another, and what those have together that are translations."""
    made = replace(NONE, mode=choices.mode, outside=str(choices.beside))
    if choices.mode == "comparable":
        return made
    features, told = Features.of(documents, lexicon), outside(documents, held)
    found = translations(documents, kinds(documents, features, choices.mode, told), lexicon, features, told)
    return replace(found, mode=made.mode, outside=made.outside)


def summary(edition: Edition, out: Path, notes: Sequence[str] | None = None) -> str:
    """Return what came out: a row for each document, groups by relation and languages, and what to do next."""
    rows: list[tuple[str, ...]] = [
        ("document", "language", "sentences", "headings", "boilerplate", "mentions", "events")
    ]
    rows += [_row(document) for document in edition.documents]
    spoken = {document.id: document.language for document in edition.documents}
    groups = Counter(
        (group.relation, len({spoken[member.document] for member in group.members}))
        for group in edition.alignment.groups
    )
    lines = [edition.work.title, "", *_table(rows), ""]
    if notes is not None:
        read = [f"{document.id}: {line}" for document in edition.documents for line in _read(document.source)]
        made_with = dict(edition.alignment.signature.parts).get("lexicon")
        lines += [*read, *notes, *([f"lexicons: {made_with}"] if made_with else []), ""]
    lines += _kin(edition.alignment.kinds)
    lines.append(f"{len(edition.alignment.groups)} groups, {len(edition.alignment.disagreements)} disagreements")
    lines += [
        f"  {relation}, {count} language{'s' * (count > 1)}: {n}" for (relation, count), n in sorted(groups.items())
    ]
    lines += _covered(coverage(edition.documents, edition.authority, edition.alignment))
    lines += _reviewed(edition.alignment.review)
    lines += ["", f"{out}/tei/  {out}/dataset/  {out}/report/index.html", "", "Next:", *_next(out)]
    return "\n".join(lines)


def _kin(kinds: Sequence[Kinship]) -> list[str]:
    """How every two documents stand to one another, and why."""
    if not kinds:
        return []
    rows = _table([(f"{kin.left} {kin.right}", f"{kin.kind}: {kin.reason}") for kin in kinds])
    return [*(row.rstrip() for row in rows), ""]


def _covered(covered: Coverage) -> list[str]:
    """How many happenings the accounts tell together, and what each tells alone."""
    if not covered.events:  # translations tell everything together
        return []
    alone = ", ".join(f"{document} {events}+{sentences}" for document, (events, sentences) in covered.only().items())
    told = f"{covered.shared()} of {len(covered.events)} happenings told by two accounts or more"
    return [told, f"  told by one only (happenings + further sentences): {alone}"] if alone else [told]


def _reviewed(review: Review | None) -> list[str]:
    """What people decided, and what became of it."""
    if review is None:
        return []
    counts = dict(review.counts)
    total = f"reviewed: {counts.pop('decisions', 0)} decisions by {', '.join(review.by) or 'nobody'}"
    return ["", total, *(f"  {what}: {count}" for what, count in counts.items())]


def _read(source: Source) -> list[str]:
    """What there is to say on how a file was read: what was detected, and what was left out."""
    return [*filter(None, [source.note]), *(f"left out: {line}" for line in source.left_out)]


def _row(document: Document) -> tuple[str, ...]:
    told = {m.ref for m in document.mentions if m.kind == "event" and m.subtype == "assertion"}
    kinds = Counter(segment.kind for segment in document.segments)
    counts = (kinds["s"], kinds["h"], kinds["x"], len(document.mentions), len(told))
    return (document.id, document.language, *map(str, counts))


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(_cell(cell, width, n) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def _cell(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column < 2 else text.rjust(width)


def _next(out: Path) -> list[str]:
    load = f"from datasets import load_dataset; print(load_dataset('{out}/dataset', split='train')[0])"
    return [
        f"  open {out}/report/index.html in a browser",
        f"  hexapla validate {out}",
        f'  python -c "{load}"',
    ]
