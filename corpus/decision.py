"""Reviewed decisions: what people decided of the groups of a work, kept as data beside its texts.

    decisions.jsonl    one decision a line, never deleted; the latest of two on the same thing holds

    {"what": "membership", "verdict": "added", "event": "ev.saddam-captured", "words": "was found in a hole",
     "sentences": [{"id": "en.s10", "start": 812, "end": 870, "hash": "0f3a…", "text": "Hussein was found …"}],
     "by": "hexapla contributors", "date": "2026-11-30", "reason": "the pronoun is Hussein's"}

========== ======================================= =============================================
what       is decided on                           verdicts
========== ======================================= =============================================
group      all sentences about one event           accepted, rejected, added, corrected (relation)
membership one sentence's place among those        accepted, rejected, added
pair       two sentences of different documents    accepted, rejected, added, corrected (relation)
disagreement what accounts of an event give for a slot  accepted, rejected, added
========== ======================================= =============================================

Each sentence is named by its id, and by what it said: `hexapla.corpus.moved` finds it again where the text has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from hexapla.corpus.document import Document, Segment
from hexapla.corpus.errors import InputError

What = Literal["group", "membership", "pair", "disagreement"]

Verdict = Literal["accepted", "rejected", "added", "corrected"]

NAME = "decisions.jsonl"
"""The name of the file of decisions beside the texts."""

RELATIONS = ("translation", "same-statement", "same-event")

KINDS = ("date", "figure", "place", "name")
"""Kinds of disagreement."""

_DIGITS = 16
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LEAST: Mapping[str, int] = {"group": 2, "membership": 1, "pair": 2, "disagreement": 0}
_MOST: Mapping[str, int] = {"membership": 1, "pair": 2}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence as it stood when it was decided on."""

    id: str  # "hr.s39"
    start: int  # code points of the document's text
    end: int
    hash: str  # `digest` of the text
    text: str = ""  # '' where it may not be repeated; then a reworded sentence cannot be found again

    @property
    def document(self) -> str:
        """The id of the document, as the sentence's id has it."""
        return self.id.rpartition(".s")[0]


@dataclass(frozen=True, slots=True)
class Said:
    """What an account gives for the slot of a disagreement."""

    sentence: int  # which of the decision's sentences, from 0
    words: str  # as they stand in the sentence
    value: str
    unit: str = ""
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file: who decided what, when and why."""

    what: What
    verdict: Verdict
    event: str  # the event that the group is about; '' only for a pair, of which it then holds in every group
    sentences: tuple[Quoted, ...]
    by: str
    date: str  # ISO day
    reason: str
    relation: str = ""  # of a group or pair; always there where it is corrected
    label: str = ""  # of a group: what it is called, should nothing else know
    words: str = ""  # of a membership: those that tell the event, where not the whole sentence does
    slot: str = ""  # of a disagreement: "date of the event"
    kind: str = ""  # of a disagreement: date, figure, place, name
    note: str = ""  # of a disagreement: what may explain it
    size: float | None = None  # of a disagreement
    claims: tuple[Said, ...] = ()  # of a disagreement
    line: int = field(default=0, compare=False)  # where it was read, from 1

    @property
    def order(self) -> tuple[str, int]:
        """What sorts decisions: the day, then the line."""
        return (self.date, self.line)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a work, in the order of the file, and a digest of the file."""

    decisions: tuple[Decision, ...] = ()
    version: str = ""

    def __len__(self) -> int:
        return len(self.decisions)


def digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of *text*, in NFC, its white space run together.

    >>> digest("Grad je pao.") == digest("Grad  je   pao."), len(digest(""))
    (True, 16)
    """
    return hashlib.sha256(tidy(text).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def tidy(text: str) -> str:
    """Return *text* in NFC with single spaces for its white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def quote(document: Document, segment: Segment) -> Quoted:
    """Return *segment* of *document* as a decision names it."""
    text = document.slice(segment)
    return Quoted(segment.id, segment.start, segment.end, digest(text), text)


# --- the file


def read(path: Path) -> Decisions:
    """Return the decisions in the file *path*; blank lines are passed over.

    Raises:
        InputError: the file cannot be read or is not UTF-8, or a line is no decision; it says which and why.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8").split("\n")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path, hint="check path and rights") from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", path=path, hint="save it as UTF-8") from error
    made = [parsed(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()]
    return Decisions(tuple(made), hashlib.sha256(data).hexdigest()[:8])


def append(decisions: Iterable[Decision], path: Path) -> None:
    """Add *decisions* at the end of the file *path*, which is made if need be, and see to it that they are on the disk.

    What is in the file stays; each decision is there whole or not at all.
    """
    import os

    block = "".join(f"{written(decision)}\n" for decision in decisions).encode("utf-8")
    if not block:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            block = block if file.read(1) == b"\n" else b"\n" + block
        file.write(block)
        file.flush()
        os.fsync(file.fileno())


def written(decision: Decision) -> str:
    """Return *decision* as its line of the file, without what is empty.

    >>> made = Decision("membership", "rejected", "ev.x", (Quoted("en.s1", 0, 3, "ab"),), "me", "2026-11-30", "no")
    >>> parsed(written(made)) == made
    True
    """
    row = {
        "what": decision.what,
        "verdict": decision.verdict,
        "event": decision.event,
        **_filled(decision, "relation", "label", "words", "slot", "kind", "note", "size"),
        "sentences": [
            {"id": one.id, "start": one.start, "end": one.end, "hash": one.hash, **_filled(one, "text")}
            for one in decision.sentences
        ],
        **({"claims": [_claimed(one) for one in decision.claims]} if decision.claims else {}),
        "by": decision.by,
        "date": decision.date,
        "reason": decision.reason,
    }
    return json.dumps(row, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _filled(part: Any, *names: str) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(part, name)) not in ("", None)}


def _claimed(one: Said) -> dict[str, Any]:
    said = {"sentence": one.sentence, "words": one.words, "value": one.value}
    return said | _filled(one, "unit", "modifier")


def parsed(line: str, path: Path | None = None, number: int = 0) -> Decision:
    """Return the decision that *line* states; *path* and *number* say where it stands.

    Raises:
        InputError: it is not JSON, a field is missing or unknown, or what it says cannot be.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"is not JSON ({error})", path=path, place=number, hint="mend or take out the line") from None
    try:
        return _decision(row, number)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"has no {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(f"is no decision: {said}", path=path, place=number, hint="see docs/review.md") from None


def _decision(row: Any, number: int) -> Decision:
    if not isinstance(row, dict):
        raise TypeError("it is not an object {…}")
    known = set(Decision.__dataclass_fields__) - {"line"}
    if unknown := sorted(set(row) - known):
        raise ValueError(f"nobody knows {', '.join(map(repr, unknown))}")
    made = Decision(
        what=cast(What, _one_of(row["what"], get_args(What), "what")),
        verdict=cast(Verdict, _one_of(row["verdict"], get_args(Verdict), "verdict")),
        event=_string(row, "event"),
        sentences=tuple(_quoted(one) for one in row["sentences"]),
        by=_string(row, "by"),
        date=_string(row, "date"),
        reason=_string(row, "reason"),
        **{name: _string(row, name) for name in ("relation", "label", "words", "slot", "kind", "note") if name in row},
        size=None if row.get("size") is None else float(row["size"]),
        claims=tuple(_said(one) for one in row.get("claims", ())),
        line=number,
    )
    _check(made)
    return made


def _check(decision: Decision) -> None:
    """Raise a ValueError where the parts of *decision* do not go together."""
    count, least, most = len(decision.sentences), _LEAST[decision.what], _MOST.get(decision.what, 10**6)
    wrong = {
        f"a {decision.what} has {least or 'any number of'} sentences, not {count}": not least <= count <= most,
        "the date is no ISO day (2026-11-30)": not _DAY.fullmatch(decision.date),
        "it names no event": not decision.event and decision.what != "pair",
        "it says no relation": decision.verdict == "corrected" and not decision.relation,
        f"{decision.relation!r} is no relation": decision.relation not in ("", *RELATIONS),
        f"a {decision.what} has no relation to correct": decision.verdict == "corrected"
        and decision.what not in ("group", "pair"),
        "it says no slot": decision.what == "disagreement" and not decision.slot,
        f"{decision.kind!r} is no kind of disagreement": decision.kind not in ("", *KINDS),
        "a claim is of a sentence that is not there": any(not 0 <= one.sentence < count for one in decision.claims),
    }
    for said, holds in wrong.items():
        if holds:
            raise ValueError(said)


def _one_of(value: Any, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, not one of {', '.join(allowed)}")
    return str(value)


def _string(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}, not a string")
    return value


def _quoted(row: Mapping[str, Any]) -> Quoted:
    text = row.get("text", "")
    return Quoted(_string(row, "id"), int(row["start"]), int(row["end"]), _string(row, "hash"), str(text))


def _said(row: Mapping[str, Any]) -> Said:
    more = {name: str(row[name]) for name in ("unit", "modifier") if name in row}
    return Said(int(row["sentence"]), _string(row, "words"), _string(row, "value"), **more)
