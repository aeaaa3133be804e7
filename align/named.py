"""Names that may stand in one slot: towns and countries where something happened, and what has a noun beside it.

    en  the freighter Calypso           de  verließ Bari            ─▶  Calypso {freighter} · Bari (town, IT)
    ar  سفينة الشحن كاليبسو              en  left Ancona for ...     ─▶  Ancona (town, IT)

Two names are surely different only if much is known: neither is known to be the other, or to lie in it; they do not
sound alike; none is made of words that could be translated; and neither account tells the other's name anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hexapla.align.score import CONCEPT, Features
from hexapla.corpus.document import Authority, Document, Entity, Mention, outermost
from hexapla.corpus.fold import bare, words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.line import Line, Words, lines
from hexapla.corpus.place import Spot, located, way, within
from hexapla.corpus.sound import likeness
from hexapla.corpus.spot import candidates
from hexapla.corpus.title import titles

ALIKE = 0.8
"""How alike two words sound that may be one name."""

SHORT = 3
"""Words of names with fewer letters are not listened to."""

NEAR = 2
"""Words from a name to the noun that says what it is, at most."""

LONGEST = 3
"""Words after an office that may name who holds it, at most."""

WINDOW = 40
"""Characters before a name in which that noun stands."""

LONE = 0.8
"""How sure it is that what only one account tells, and only by its capital, is a name."""

BREAKS = frozenset(",;:()–—،؛.")

KINDS = ("person", "place", "organisation", "thing")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a slot: who or what it is, as far as that is known."""

    ref: str  # '' where nothing identifies it
    forms: tuple[str, ...]  # the folded words of all its names
    spot: Spot | None = None  # of a place
    way: str = ""  # from | to, of a place
    nouns: frozenset[str] = frozenset()  # concepts of the noun beside it
    worded: bool = False  # all its words mean something: it may be a translation


class Names:
    """The names of all accounts, and what each account tells of the others'."""

    def __init__(
        self, documents: Sequence[Document], authority: Authority, features: Features, lexicon: Lexicon
    ) -> None:
        """Read the names of *documents*."""
        self._authority = authority
        self._features = features
        self._numbers = {name: number for number, name in enumerate(features.segments)}
        self._begins = {segment.id: segment.start for document in documents for segment in document.segments}
        self._known: dict[str, Words] = {}
        plain = {d.id: d.having(mentions=tuple(m for m in d.mentions if m.kind != "event")) for d in documents}
        self._lines = {name: list(lines(document)) for name, document in plain.items()}
        for told in self._lines.values():
            for line in told:
                self._known.setdefault(line.language, Words(line.language, lexicon)).count(line)
        self._refs = {d.id: frozenset(m.ref for m in d.mentions if m.ref) for d in documents}
        self._words = {document.id: frozenset(_telling(document)) for document in documents}
        self._seen: dict[tuple[str, str, str], tuple[Spot | None, tuple[str, ...]]] = {}

        read = {document.id: self._read(document) for document in documents}
        beside: dict[str, set[str]] = defaultdict(set)  # concept -> documents
        for name, rows in read.items():
            for noun in {noun for _, named in rows for noun in named.nouns}:
                beside[noun].add(name)
        self._found: dict[str, list[tuple[Mention, Named]]] = defaultdict(list)
        for rows in read.values():
            for mention, named in rows:
                if named.spot or any(len(beside[noun]) > 1 for noun in named.nouns):
                    self._found[mention.segment].append((mention, named))

    def of(self, segment: str) -> Sequence[tuple[Mention, Named]]:
        """Return the names of *segment* that may stand in a slot with one of another document, in text order."""
        return sorted(self._found.get(segment, ()), key=lambda row: row[0].start)

    def _read(self, document: Document) -> list[tuple[Mention, Named]]:
        names = _disjoint(_linked(document), self._towns(document), self._lone(document))
        return [(mention, self._named(document, mention)) for mention in names]

    def _lone(self, document: Document) -> Iterator[Mention]:
        """Yield the names that were proposed to nobody: only this account tells them."""
        rules = titles(document.language.split("-")[0])
        for line in self._lines[document.id]:
            known = self._known[line.language]
            for run in candidates(line, known) if not line.shouted else ():
                unknown = not any(known.is_common(part) or len(part) < SHORT for part in run.parts)
                clear = len(run.parts) > 1 or not rules.capital_nouns
                if not (run.weak or run.concept or run.number) and unknown and clear:
                    start, end = run.span
                    yield Mention("", line.segment, "thing", start, end, "name", score=LONE, method="names")
            yield from _titled(line, known, rules.before.get("person", frozenset()))

    def _towns(self, document: Document) -> Iterator[Mention]:
        """Yield the towns that a table knows."""
        for line in self._lines[document.id]:
            yield from _towns(line, self._known[line.language])

    def _named(self, document: Document, mention: Mention) -> Named:
        language = document.language.split("-")[0]
        spot, forms = self._called(mention.ref, document.slice(mention), language)
        known = self._known.get(language)
        own = [word.form for word in words(document.text, mention.start, mention.end)]
        worded = known is not None and all(known.concepts(form) for form in own)
        nouns = frozenset[str]() if spot else self._noun(document, mention)
        led = way(document.text, mention.start, self._begins[mention.segment], language) if spot else ""
        return Named(mention.ref, forms, spot, led, nouns, worded)

    def _called(self, ref: str, text: str, language: str) -> tuple[Spot | None, tuple[str, ...]]:
        """What a name is known to be, and the words of all names of whom it means."""
        known = self._seen.get((ref, text, language))
        if known is None:
            entity = self._authority.get(ref) if ref else None
            texts = [(text, language)]
            if isinstance(entity, Entity):
                texts += [(name.text, name.language) for name in entity.names]
            spots = [spot for one, spoken in texts if (spot := located(one, spoken.split("-")[0]))]
            forms = dict.fromkeys(word.form for one, _ in texts for word in words(one) if len(word.form) >= SHORT)
            known = self._seen[ref, text, language] = (spots[0] if spots else None), tuple(forms)
        return known

    def _noun(self, document: Document, mention: Mention) -> frozenset[str]:
        """The concepts of the noun that stands right before a name."""
        best: tuple[int, frozenset[str]] | None = None
        for feature in self._features.held[self._numbers[mention.segment]]:
            if not mention.start - WINDOW <= feature.end <= mention.start:
                continue
            between = document.text[feature.end : mention.start]
            gap = len(words(between))
            nouns = frozenset(
                key.removeprefix(CONCEPT)
                for key in self._features.keys[feature.type]
                if key.startswith(CONCEPT) and ".noun" in key
            )
            if nouns and gap <= NEAR and not BREAKS.intersection(between) and (best is None or gap < best[0]):
                best = (gap, nouns)
        return best[1] if best else frozenset()

    def same(self, one: Named, other: Named) -> bool:
        """Say whether two names may be one, by who they are known to be and how they sound."""
        if one.ref and one.ref == other.ref:
            return True
        if one.spot and other.spot and one.spot == other.spot:
            return True
        return _alike(one.forms, other.forms)

    def differ(self, one: Named, other: Named, documents: tuple[str, str]) -> bool:
        """Say whether the names in *documents* surely are of two: see above."""
        if self.same(one, other):
            return False
        if one.spot and other.spot:
            apart = not within(one.spot, other.spot)
        else:
            apart = bool(one.nouns & other.nouns) and not (one.worded or other.worded or one.spot or other.spot)
        return apart and not self._told(one, documents[1]) and not self._told(other, documents[0])

    def _told(self, name: Named, document: str) -> bool:
        """Say whether *document* tells of *name*, or has a word that sounds like one of its."""
        return name.ref in self._refs[document] or _alike(name.forms, self._words[document])


def slotted(one: Named, other: Named) -> bool:
    """Say whether two names may stand in one slot: places of one kind, neither where a way begins and the other ends.

    Other names have the same noun beside them.
    """
    if one.spot and other.spot:
        ways = {one.way, other.way}
        return one.spot.level == other.spot.level and (len(ways) == 1 or "to" not in ways)
    return bool(one.nouns & other.nouns) and not (one.spot or other.spot)


def _linked(document: Document) -> Iterator[Mention]:
    """The names that have an identity, without roles and pronouns, and those inside longer ones."""
    for mention in outermost([m for m in document.mentions if m.kind != "event"]):
        if mention.kind in KINDS and mention.ref and mention.method != "context":
            yield mention


def _disjoint(*ranks: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of all *ranks* that overlap none of an earlier one."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in (one for rank in ranks for one in rank):
        places = range(mention.start, mention.end)
        if taken.isdisjoint(places):
            kept.append(mention)
            taken.update(places)
    return kept


def _towns(line: Line, known: Words) -> Iterator[Mention]:
    """Yield the towns of *line* that a table knows."""
    for token in line.tokens:
        text = line.text[token.start : token.end]
        if text[0].islower() or known.is_common(token.form) or line.shouted:
            continue
        spot = located(text, line.language)
        if spot and spot.level == "town":
            yield Mention("", line.segment, "place", token.start, token.end, "name", score=LONE, method="names")


def _titled(line: Line, known: Words, offices: frozenset[str]) -> Iterator[Mention]:
    """Yield, in scripts without capitals, the words right after an office that mean nothing: who holds it."""
    tokens = line.tokens
    for place, token in enumerate(tokens):
        cased = line.text[token.start].islower() or token.capital
        if cased or not offices.intersection(bare(token.form, line.language)):
            continue
        last = place
        while last + 1 < len(tokens) and last - place < LONGEST and line.gap(last + 1) == " ":
            if known.concepts(tokens[last + 1].form) or len(tokens[last + 1].form) < SHORT:
                break
            last += 1
        if last > place:
            start, end = tokens[place + 1].start, tokens[last].end
            yield Mention("", line.segment, "person", start, end, "name", score=LONE, method="names")


def _telling(document: Document) -> Iterator[str]:
    """The words of *document* that may be of a name: with a capital, or in a script without."""
    language = document.language.split("-")[0]
    for word in words(document.text):
        first = document.text[word.start]
        if len(word.form) >= SHORT and not first.islower() and first.isalpha():
            yield from (form for form in bare(word.form, language) if len(form) >= SHORT)


def _alike(forms: Sequence[str], others: Sequence[str] | frozenset[str]) -> bool:
    return any(likeness(one, other) >= ALIKE for one in forms for other in others)
