"""Which words of several languages are one word of a name: words -> classes.

    hr  Gagarin Gagarina Gagarinu ─┐ a node: inflected forms of one word
    en  Gagarin ───────────────────┼─▶ hr:gagarin      nodes that sound alike, one of each language, are a class
    ar  وغاغارين غاغارين ──────────┘ without a clitic

Words with capitals join first, the most alike before others. A word of a script without them joins the class that has
the word most like it; the shorter its sound and the rarer the name, the more alike it must be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from hexapla.corpus.fold import bare, fold
from hexapla.corpus.inflect import inflected
from hexapla.corpus.language import table
from hexapla.corpus.sound import SHORTEST, likeness, soft, sound, sounds, written_alike
from hexapla.corpus.title import titles

ALIKE = 0.85
"""How alike two words sound at least that are one name: .6 consonants + .4 vowels and consonants."""

ALIKE_SHORT = 0.9
"""The same for words of three consonants."""

ALIKE_RARE = 0.97
"""The same where only one account has the word with a capital, or two have one of two consonants."""

NEVER = 2.0
"""More alike than anything is."""

UNATTESTED = 0.12
"""What a word loses if it is a name only without a clitic that the texts never leave away."""

LONG = 5
"""Consonants of which one may differ."""

Form = tuple[str, str]
"""A language and a folded word of it."""


def classified(nodes: Sequence[Node]) -> dict[Form, tuple[str, float]]:
    """Return the class of each form, and how surely it belongs there.

    Nodes with capitals join greedily, the most alike first, one of each language; others join the class that has the
    node most like them.
    """
    cased = [n for n, node in enumerate(nodes) if node.cased]
    pairs = _pairs(nodes)
    parent = list(range(len(nodes)))
    spoken: dict[int, set[str]] = {n: {nodes[n].language} for n in cased}

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for _, left, right in pairs:
        a, b = sorted((root(left), root(right)))
        if nodes[left].cased and nodes[right].cased and a != b and not spoken[a] & spoken[b]:
            parent[b] = a
            spoken[a] |= spoken[b]
    found = {(nodes[n].language, form): (nodes[root(n)].name, 1.0) for n in cased for form in nodes[n].forms}
    accounts = Counter[int]()
    for n in cased:
        accounts[root(n)] += nodes[n].accounts
    told = {n: accounts[root(n)] for n in cased}
    for alike, left, right in pairs:
        if not nodes[right].cased and (alike >= ALIKE_RARE or not _is_rare(nodes[left], told[left])):
            rows = ((nodes[right].language, form) for form in nodes[right].forms)
            found.update({form: (nodes[root(left)].name, alike) for form in rows if form not in found})
    return found


@dataclass(slots=True)
class Node:
    """The forms of one word in one language."""

    language: str
    forms: tuple[str, ...]
    cased: bool
    accounts: int = 1
    readings: tuple[tuple[str, float], ...] = ()  # the forms without clitics, and what each loses

    @property
    def name(self) -> str:
        """What the class of the word is called if this node gives its name."""
        return f"{self.language}:{self.forms[0]}"

    def heard(self) -> Iterator[str]:
        """Yield the keys under which words that may be alike meet."""
        for reading, _ in self.readings:
            for row in sounds(reading):
                yield from _near(row, self.cased)


def _near(row: str, cased: bool) -> Iterator[str]:
    if len(row) < SHORTEST:
        if cased and row:
            yield f"={row}"
        return
    yield row
    if cased and len(row) > SHORTEST:
        yield row[:-1]
    if len(row) >= LONG:
        yield from (row[:n] + row[n + 1 :] for n in range(len(row)))


def _likeness(left: Node, right: Node) -> float:
    """Return how alike the most alike readings of two nodes sound, those of the left with capitals."""
    rows = (
        (name, word, loss) for word, loss in right.readings if not _is_derived(word, left, right) for name in left.forms
    )
    return max((likeness(name, word) - loss for name, word, loss in rows), default=0.0)


def _is_derived(word: str, left: Node, right: Node) -> bool:
    return not right.cased and any(is_adjective(word, name, right.language) for name in left.forms)


@lru_cache(maxsize=65536)
def is_adjective(word: str, name: str, language: str) -> bool:
    """Say whether *word* ends as adjectives do that are made of names, and *name* does not: Amerika, أمريكي."""
    return word.endswith(titles(language).adjectives) and "i" not in soft(name)[-2:]


@lru_cache(maxsize=65536)
def losses(form: str, language: str, attested: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Return *form* without each clitic, and what is lost by reading it so."""
    rows = []
    for reading in bare(form, language):
        silent = not sound(form[: len(form) - len(reading)].removesuffix(titles(language).article))
        rows.append((reading, 0.0 if silent or reading in attested else UNATTESTED))
    return tuple(rows)


def _needed(left: Node, right: Node) -> float:
    """Return how alike the two must be: the shorter their sounds and the rarer the name, the more."""
    size = min(len(sounds(left.forms[0])[0]), len(sounds(right.forms[0])[0]))
    if left.cased and right.cased:
        if not any(written_alike(a, b) for a in left.forms for b in right.forms):
            return NEVER
        short = min(len(left.forms[0]), len(right.forms[0])) <= SHORTEST
        return ALIKE if size >= SHORTEST else 1.0 if short or size < SHORTEST - 1 else ALIKE_RARE
    if size < SHORTEST:
        return NEVER
    return ALIKE if size > SHORTEST else ALIKE_SHORT


def nodes(language: str, forms: Mapping[str, set[str]], cased: bool) -> list[Node]:
    """Part *forms*, with the accounts that have them, into those of one word each."""
    listed = sorted(set(forms))
    parent = {form: form for form in listed}

    def root(form: str) -> str:
        while parent[form] != form:
            form = parent[form]
        return form

    def join(left: str, right: str) -> None:
        a, b = sorted((root(left), root(right)))
        parent[b] = a

    for form in listed:
        for other in _cases(form, language) if cased else bare(form, language):
            if other in parent:
                join(form, other)
    if cased and _declines(language):
        _join_ends(listed, join)
    parts: dict[str, list[str]] = defaultdict(list)
    for form in listed:
        parts[root(form)].append(form)
    attested = frozenset(listed)
    return [_node(language, part, forms, cased, attested) for _, part in sorted(parts.items())]


def _node(
    language: str, part: Sequence[str], forms: Mapping[str, set[str]], cased: bool, attested: frozenset[str]
) -> Node:
    ordered = tuple(sorted(part, key=lambda form: (len(form), form)))
    read = ([(form, 0.0)] if cased else losses(form, language, attested) for form in ordered)
    accounts = len(set().union(*(forms[form] for form in ordered)))
    return Node(language, ordered, cased, accounts, tuple(chain.from_iterable(read)))


def _cases(form: str, language: str) -> Iterator[str]:
    return (fold(text) for text in inflected(form.capitalize(), language))


def _declines(language: str) -> bool:
    """Say whether names may change in *language*: its table says so, or nobody knows."""
    rules = table(language, "names")
    return not rules or bool(rules.get("noun"))


def _join_ends(listed: Sequence[str], join: Callable[[str, str], None]) -> None:
    """Join neighbours that differ in their last vowels only: Floride, Floridu."""
    for left, right in pairwise(listed):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
        if shared >= 4 and shared >= max(len(left), len(right)) - 2 and sounds(left)[0] == sounds(right)[0]:
            join(left, right)


def _is_rare(node: Node, accounts: int) -> bool:
    """Say whether a name is so short and told so seldom that a word which sounds like it may be any."""
    return accounts == 1 and len(sounds(node.forms[0])[0]) <= SHORTEST


def _pairs(nodes: Sequence[Node]) -> list[tuple[float, int, int]]:
    """Return the pairs of nodes of different languages that sound alike, most first; the left has capitals."""
    meeting: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for heard in dict.fromkeys(node.heard()):
            meeting[heard].append(number)
    compared: set[tuple[int, int]] = set()
    for numbers in meeting.values():
        for left in (n for n in numbers if nodes[n].cased):
            for right in numbers:
                if nodes[right].language != nodes[left].language and (right > left or not nodes[right].cased):
                    compared.add((left, right))
    scored = ((_likeness(nodes[a], nodes[b]), a, b) for a, b in sorted(compared))
    fitting = [(alike, a, b) for alike, a, b in scored if alike >= _needed(nodes[a], nodes[b])]
    return sorted(fitting, key=lambda row: (-row[0], row[1], row[2]))
