"""Accounts read as features: what two sentences that tell one happening share, though neither translates the other.

    "... der Brand tötete drei Astronauten"   Brand · family fire    tötete · family die     Astronauten · concept
    "... u požaru su poginula trojica"        požar · family fire    poginula · family die

Beside what every reader knows (`hexapla.align.score`):

    families    explosion meets exploded, death meets killed (`hexapla.corpus.family`)
    cognates    long words that sound alike meet: quarantine, Quarantäne, karantena
    names       a name meets one that sounds like it, whichever of the two has an identity
    near        650 million viewers and 600 million; 24 and 23.9 billion dollars; a figure whose thing is not said
    days        16 July meets 16 July 1969, where the year of the first was only guessed, or is not known

Light words (be, have, because) hold nothing: sharing them says nothing of what is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import combinations

from hexapla.align.anchor import Key, grain, keys, yearless
from hexapla.align.score import (
    CONCEPT,
    LEAST_SOUND,
    LEAST_SOUND_SMALL,
    SAME_SOUND,
    SHORT_SOUND,
    Clauses,
    Feature,
    Features,
    Reader,
)
from hexapla.corpus.clause import clauses
from hexapla.corpus.compound import parts
from hexapla.corpus.date import MAINLY
from hexapla.corpus.document import Document, Mention
from hexapla.corpus.family import families, light
from hexapla.corpus.fold import bare, words
from hexapla.corpus.lexicon import Lexicon
from hexapla.corpus.sound import sound

VERB = ".verb"
"""What the concepts of verbs hold."""

FAMILY = "family "
COGNATE = "cognate "

RELATED = 0.75
"""Trust that two words of one family tell the same."""

COMPOUND = 0.6
"""Trust that a compound tells what one of its parts does (`hexapla.corpus.compound`)."""

ALIKE = 0.5
"""Trust that two long words that sound alike are one; they have at least `LONG` letters."""

LONG = 6

PARTLY = 0.7
"""Part of the trust in a sound, where the name that has it has an identity already."""

SAID_OTHERWISE = "context"
"""The method of mentions that name somebody by a role or a pronoun."""

INDIRECT = 0.5
"""Trust that such a mention means whom it seems to."""

NAMED = ("person", "place", "organisation", "people", "thing")

CLOSE = 0.3
"""Figures of one thing meet where the larger is larger by this part at most."""

FIGURE = 0.7
"""Trust in figures that are near, or the same of something that is not said."""

LARGE = 10
"""Smaller figures meet only where they are the same, of the same thing."""

EXACT_UNITS = ("percent", "year")
"""Of these, a near figure is another figure."""

PEOPLE = frozenset({"", "person", "member", "dead", "victim"})
"""What is counted where people are, without saying which."""

HUMAN = PEOPLE | {
    "soldier", "civilian", "woman", "child", "wounded", "refugee", "displaced", "insurgent", "fighter", "police",
    "prisoner", "worker", "journalist", "student",
}  # fmt: skip
"""What is counted where people are; those that are not said meet those that are."""

NO_YEAR = 0.8
"""Trust that a day or month whose year is not known is the same of another account."""

DOUBT = 1.1
"""A day whose year was guessed meets the same day of other years by this less the score of the guess."""


def read(documents: Sequence[Document], lexicon: Lexicon, reading: type[AccountReader] | None = None) -> Features:
    """Return the features of the sentences and headings of *documents*, whose mentions are settled.

    *reading* is another kind of reader, such as one that leaves something out to see what it is worth.
    """
    reader = (reading or AccountReader)(lexicon)
    features = Features.of(documents, lexicon, reader)
    features.clauses = [cut for document in documents for cut in _clauses(document, lexicon)]
    for number in reader.empty:
        features.weight[number] = 0.0
    for one, other, trust in (*_near(features), *_same_days(features, documents)):
        _meet(features, one, other, trust)
        _meet(features, other, one, trust)
    return features


def vague(mention: Mention) -> bool:
    """Say whether the year of a date is only the one that its account is mainly about: then it is none to compare."""
    return mention.kind == "date" and yearless(mention.literal) and mention.score <= MAINLY


def _compared(mention: Mention) -> Mention:
    """Return *mention* as it is compared: a date without the year that is only its account's."""
    return replace(mention, value=mention.literal) if vague(mention) else mention


def _clauses(document: Document, lexicon: Lexicon) -> Iterator[Clauses]:
    """Yield the clauses of each segment that features are read of."""
    language = document.language.split("-")[0]

    def verb(form: str) -> bool:
        return any(VERB in meaning.concept for meaning in lexicon.meanings(form, language))

    for segment in document.segments:
        if segment.kind != "x":
            yield clauses(document.text, segment.start, segment.end, language, verb)


def _meet(features: Features, one: int, other: int, trust: float) -> None:
    row = features.meets[one]
    row[other] = max(row.get(other, 0.0), trust)


class AccountReader(Reader):
    """Reads sentences of accounts; `empty` are the types that say nothing of what is told."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.empty: set[int] = set()

    def mention(self, document: Document, mention: Mention) -> list[Feature]:
        """Return the features of *mention*; a name can also be met by its sound, a role or pronoun says less."""
        if mention.method == SAID_OTHERWISE and mention.ref:
            label: Key = (mention.kind, f"{mention.ref} {SAID_OTHERWISE}")
            return [Feature(self.type(label, {f"{mention.kind} {mention.ref}": INDIRECT}), mention.start, mention.end)]
        found = super().mention(document, _compared(mention))
        if mention.kind in NAMED and found:
            language = document.language.split("-")[0]
            for word in words(document.text, mention.start, mention.end):
                heard = _heard(document.text[word.start], word.form, language)
                self.type(self.labels[found[0].type], heard)
        return found

    def word(self, form: str, language: str, capital: bool, cased: bool) -> dict[str, float]:
        """Return the keys of a word by itself, without the light ones."""
        held = super().word(form, language, capital, cased)
        if not any(key.startswith(CONCEPT) for key in held):
            held |= self._parts(form, language)
        known = [key for key in held if key.startswith(CONCEPT)]
        telling = [key for key in known if not light(key.removeprefix(CONCEPT))]
        if known and not telling:
            return {}
        kept = {key: trust for key, trust in held.items() if not key.startswith(CONCEPT) or key in telling}
        for key in telling:
            for name in families(key.removeprefix(CONCEPT)):
                kept[FAMILY + name] = max(kept.get(FAMILY + name, 0.0), RELATED * held[key])
        heard = sound(form) if len(form) >= LONG and not form.isdigit() else ""
        if len(heard) > LEAST_SOUND:
            kept[COGNATE + heard] = ALIKE
        return kept

    def _parts(self, form: str, language: str) -> dict[str, float]:
        """The concepts of the parts of a compound."""
        found: dict[str, float] = {}
        for part in parts(form, language, lambda part: bool(self.lexicon.meanings(part, language))):
            for meaning in self.lexicon.meanings(part, language):
                key = CONCEPT + meaning.concept
                found[key] = max(found.get(key, 0.0), COMPOUND * meaning.trust)
        return found

    def type(self, label: Key, held: Mapping[str, float]) -> int:
        """Return the number of the type *label*; a word that has no keys by itself, in any form, is noted as empty."""
        known = len(self.labels)
        number = super().type(label, held)
        if held:
            self.empty.discard(number)
        elif label[0] == "word" and number == known:
            self.empty.add(number)
        return number


def _heard(first: str, form: str, language: str) -> dict[str, float]:
    """The sounds by which a word of a name can be met; *first* is its first letter as it is written."""
    cased = first.lower() != first.upper()
    if form.isdigit() or (cased and not first.isupper()):
        return {}
    least = LEAST_SOUND if cased else LEAST_SOUND_SMALL
    rows = (sound(part) for part in bare(form, language))
    return {
        f"sound {row}": PARTLY * (SAME_SOUND if len(row) > LEAST_SOUND else SHORT_SOUND)
        for row in rows
        if len(row) >= least
    }


def _near(features: Features) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of types of figures that may be one, and how surely."""
    figures = []
    for number, (kind, value) in enumerate(features.label):
        amount, _, unit = value.partition(" ")
        if kind == "quantity" and (size := _size(amount)) >= LARGE:
            figures.append((size, unit, number))
    figures.sort()
    for at, (small, unit, number) in enumerate(figures):
        for large, other_unit, other in figures[at + 1 :]:
            if large > small * (1 + CLOSE):
                break
            if trust := _alike(large / small - 1, unit, other_unit):
                yield number, other, trust


def _alike(excess: float, one: str, other: str) -> float:
    if excess == 0:
        return FIGURE
    counted = one == other and one not in EXACT_UNITS
    people = {one, other} <= HUMAN and (one in PEOPLE or other in PEOPLE)
    return FIGURE * (1 - excess / CLOSE / 2) if counted or people else 0.0


def _size(amount: str) -> float:
    """The figure, or the middle of an interval; 0 where there is none."""
    try:
        ends = [float(Decimal(end)) for end in amount.split("/")]
    except InvalidOperation:
        return 0.0
    return sum(ends) / len(ends)


def _same_days(features: Features, documents: Sequence[Document]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of types of the same day or month, where one year was guessed or is unknown, and how surely."""
    numbers = {value: number for number, (kind, value) in enumerate(features.label) if kind == "date"}
    alike: dict[str, set[str]] = defaultdict(set)
    unsure: dict[str, float] = {}
    for document in documents:
        for mention in document.mentions:
            for _, value in keys(_compared(mention)) if mention.kind == "date" else ():
                if value in numbers and grain(value) in ("day", "month"):
                    alike[_in_year(value)].add(value)
                    unsure[value] = max(unsure.get(value, 0.0), _doubt(value, mention))
    for days in alike.values():
        for one, other in combinations(sorted(days), 2):
            if trust := max(unsure[one], unsure[other]):
                yield numbers[one], numbers[other], trust


def _in_year(value: str) -> str:
    """The day and month, or the month, of a date."""
    return value.removeprefix("--") if yearless(value) else value.split("-", 1)[1]


def _doubt(value: str, mention: Mention) -> float:
    """How surely the date of *mention* is the same day or month of another year."""
    if yearless(value):
        return NO_YEAR
    guessed = mention.literal.startswith("--") and grain(value) == "day"
    return DOUBT - mention.score if guessed else 0.0
