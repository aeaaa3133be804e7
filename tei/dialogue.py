"""A reader steps through the groups of an edition: each is shown, a question is asked, the answer is kept at once.

    [1/12] Fall of Baghdad   ev.fall-of-baghdad   same-event   sure .71
      hr   1  hr.s39  9. travnja 2003. pao je Bagdad …
      en   2  en.s5   On April 9, the Americans enter Baghdad …
      because   date 2003-04-09: 9. travnja ~ April 9
      differ 1  date of the event: 9. travnja 2003. ~ April 10
    a accept, r reject, d N drop a sentence, + ID add one, s e t relation, k skip, q quit, ? help >

Text that runs from right to left stands between marks that keep it, and what is around it, readable on any terminal.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.align.group import Disagreement, Evidence, Group, Relation, Span
from hexapla.align.verdict import Judge, joined, without
from hexapla.corpus.decision import Decision, Verdict, append
from hexapla.corpus.document import Document, Segment
from hexapla.corpus.language import language

Ask = Callable[[str], str | None]
"""Asks a question and returns the answer; None where there will be no more."""

RELATIONS: dict[str, Relation] = {"s": "same-statement", "e": "same-event", "t": "translation"}

KEYS = "a accept, r reject, d N drop a sentence, + ID add one, s e t relation, k skip, q quit, ? help > "

DIFFERING: dict[str, Verdict] = {"y": "accepted", "n": "rejected"}

HELP = """\
  a          the group is right as it is
  r          nothing is told by two of these sentences
  d 3        sentence 3 does not belong; the others are asked about again
  + hr.s12   this sentence belongs, too
  s, e, t    right, but the relation is: s same-statement (a clause of one says what a clause of another says),
             e same-event (they tell the same happening), t translation
  y 1, n 1   the accounts do differ as the line "differ 1" says, or they do not; the group is asked about again
  k          say nothing of it now
  q          stop; everything that was answered is kept
A reason may follow each answer (a same day and place); without one it is asked for."""

SHOWN = 6
"""Anchors shown of a group."""

ISOLATE, END = {"rtl": "\u2067", "ltr": "\u2066", "": "\u2068"}, "\u2069"
"""Unicode's marks around text of a direction ('' for that of its first letter), and the one that ends it."""


@dataclass(slots=True)
class Dialogue:
    """Asks *ask* about groups, tells *say* what it shows, and keeps each answer in the file *path*."""

    judge: Judge
    path: Path
    ask: Ask
    say: Callable[[str], None]
    disagreements: Sequence[Disagreement] = ()
    kept: int = 0  # decisions that were written
    _segments: dict[str, tuple[Document, Segment]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find every sentence by its id."""
        for document in self.judge.documents:
            self._segments.update({segment.id: (document, segment) for segment in document.segments})

    def run(self, groups: Sequence[Group]) -> int:
        """Go through *groups* until the last, or until the reader has enough; return how many decisions were kept."""
        for number, group in enumerate(groups, start=1):
            if not self._group(group, f"[{number}/{len(groups)}]"):
                break
        return self.kept

    def _group(self, group: Group | None, place: str) -> bool:
        """Ask about one group until it is settled; say whether the reader goes on."""
        shown: Group | None = None
        while group is not None:
            if shown != group:
                self.say(self.page(group, place))
                shown = group
            answer = self.ask(KEYS)
            if answer is None or answer.strip().lower() == "q":
                return False
            key, _, rest = answer.strip().partition(" ")
            if key.lower() == "k":
                return True
            group = self._answered(group, key.lower(), rest.strip())
        return True

    def _answered(self, group: Group, key: str, rest: str) -> Group | None:
        """Keep what was answered, and return the group that is left to be asked about, None where it is settled."""
        if key == "r":
            self._keep(self.judge.group(group, "rejected", self._reason(rest)))
            return None
        if key == "a" or key in RELATIONS:
            relation = RELATIONS.get(key, group.relation)
            verdict: Verdict = "accepted" if relation == group.relation else "corrected"
            self._keep(self.judge.group(group, verdict, self._reason(rest), relation))
            return None
        if key in DIFFERING:
            self._differing(group, DIFFERING[key], rest)
            return group
        if key == "d":
            return self._dropped(group, rest)
        if key == "+":
            return self._added(group, rest)
        self.say(HELP)
        return group

    def _dropped(self, group: Group, rest: str) -> Group | None:
        number, _, reason = rest.partition(" ")
        names = _names(group)
        at = _numbered(number, len(names))
        if at is None:
            self.say(f"d needs the number of a sentence, 1 to {len(names)}")
            return group
        name = names[at]
        self._keep(self.judge.sentence(group, name, "rejected", self._reason(reason)))
        left = without(group, name)
        if left is None:
            self.say("One document is left: that is no group any more.")
        return left

    def _differing(self, group: Group, verdict: Verdict, rest: str) -> None:
        number, _, reason = rest.partition(" ")
        shown = self._shown(group)
        at = _numbered(number, len(shown))
        if at is None:
            self.say(
                f"y and n need the number of a line that says differ, 1 to {len(shown)}" if shown else "None differ."
            )
            return
        self._keep(self.judge.disagreement(shown[at], group, verdict, self._reason(reason)))

    def _shown(self, group: Group) -> list[Disagreement]:
        return [one for one in self.disagreements if one.group == group.id]

    def _added(self, group: Group, rest: str) -> Group:
        name, _, reason = rest.partition(" ")
        found = self._segments.get(name)
        if found is None or found[1].kind == "x" or name in _names(group):
            self.say(f"{name or '+'} is no sentence that could be added; give its id, such as {_names(group)[0]}")
            return group
        self._keep(self.judge.sentence(group, name, "added", self._reason(reason)))
        return joined(group, found[0].id, name)

    def _reason(self, given: str) -> str:
        return given.strip() or (self.ask("why? ") or "").strip()

    def _keep(self, decision: Decision) -> None:
        append([decision], self.path)
        self.kept += 1

    def page(self, group: Group, place: str = "") -> str:
        """Return *group* as it is shown: what it is about, its sentences, and why they are together."""
        width = max(40, shutil.get_terminal_size().columns - 1)
        head = f"{place} {group.label}   {group.about}   {group.relation}   sure {group.score:.2f}".strip()
        lines = ["", head]
        number = 0
        for member in group.members:
            for name in member.segments:
                number += 1
                document, segment = self._segments[name]
                lead = f"  {document.language:<4} {number:>2}  {name:<8} "
                lines += _wrapped(document.slice(segment), lead, language(document.language).direction, width)
        lines += [f"  because   {_because(one)}" for one in group.evidence[:SHOWN]]
        for at, one in enumerate(self._shown(group), start=1):
            lines.append(f"  differ {at}  {one.slot}: {_words(claim.span for claim in one.claims)}")
        return "\n".join(lines)


def _numbered(given: str, most: int) -> int | None:
    """The place in a list, from 0, that a number from 1 to *most* names; None where *given* is none."""
    return int(given) - 1 if given.isascii() and given.isdigit() and 0 < int(given) <= most else None


def _words(spans: Iterable[Span]) -> str:
    said = dict.fromkeys(f"{ISOLATE['']}{' '.join(span.text.split())}{END}" for span in spans)
    return " ~ ".join(said)


def _names(group: Group) -> list[str]:
    """The sentences of *group* in the order in which they are numbered."""
    return [name for member in group.members for name in member.segments]


def _wrapped(text: str, lead: str, direction: str, width: int) -> list[str]:
    """*text* in lines after *lead*, each line between marks of its *direction*."""
    held = textwrap.wrap(" ".join(text.split()), max(20, width - len(lead))) or [""]
    return [f"{lead if at == 0 else ' ' * len(lead)}{ISOLATE[direction]}{line}{END}" for at, line in enumerate(held)]


def _because(one: Evidence) -> str:
    return f"{one.kind} {one.value}: {_words(one.spans)}"
