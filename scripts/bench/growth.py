"""Time and memory of aligning more and more accounts.

    python scripts/bench/growth.py [--documents 5 20 50] [--sentences 300]  > a table in Markdown

The accounts are made here, by a fixed seed: of one topic, with its people, places and words, in five languages. One
sentence in five tells a happening that others may tell, too, out of a stock that all accounts share; the others tell
what no other account does, but with the people, places and words of the topic. A sentence has a date, a person, a
place, a figure, words of our glossary in their basic form, and others around them as frequent as words are; each
telling leaves out some of it, and has its own order. So they read badly, and are like accounts in what they share. Each
row is a process of its own, the command itself: from reading to TEI, dataset and report.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.corpus.language import table
from hexapla.corpus.lexicon import own

LANGUAGES = ("en", "hr", "ar", "tl", "de")
SEED = 4

SHARE, STOCK = 5, 300
"""One sentence in so many tells one of so many happenings that all accounts may tell."""

PEOPLE, PLACES, WORDS = 60, 40, 900
"""Of the topic."""

TOLD = 0.8
"""How often an account tells one thing of a happening."""

AROUND = (4, 9)
"""Further words of a sentence."""

YEARS = (1958, 1975)

SYLLABLES = [first + vowel for first in "bdfgklmnrstvz" for vowel in "aeiou"]
ENDS = ("n", "r", "l", "s", "k", "")
ARABIC = dict(zip("abdefgiklmnorstuvz", "ابديفغيكلمنورستوفز", strict=True))
DATES = {"en": "On {d} {m} {y},", "hr": "Dana {d}. {m} {y}.", "ar": "في {d} {m} {y}", "tl": "Noong ika-{d} ng {m} {y},"}
DATES["de"] = "Am {d}. {m} {y}"
IN = {"en": "in", "hr": "u", "ar": "في", "tl": "sa", "de": "in"}
GENITIVE = {"hr": 1}
"""The form of a month in a date, where the table does not list it first."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What a sentence tells: a day, who, where, how many, and concepts of the glossary."""

    day: tuple[int, int, int]
    person: str
    place: str
    figure: int
    concepts: tuple[str, ...]


class Topic:
    """People, places and words of a topic, from which happenings are made and told."""

    def __init__(self, seed: int = SEED) -> None:
        self.chosen = random.Random(seed)  # the same texts each time
        self.forms = _forms()
        known = sorted(self.forms)
        self.chosen.shuffle(known)
        self.words, self.common = known[:WORDS], known[WORDS:]
        self.people = [f"{self.name()} {self.name()}" for _ in range(PEOPLE)]
        self.places = [self.name() for _ in range(PLACES)]
        self.stock = [self.happening() for _ in range(STOCK)]

    def name(self) -> str:
        """Return a name that nobody has."""
        count = self.chosen.choice((2, 2, 3))
        return "".join(self.chosen.choices(SYLLABLES, k=count)).capitalize() + self.chosen.choice(ENDS)

    def happening(self) -> Happening:
        """Return a happening of the topic; some are of people and places that are told of once."""
        pick = self.chosen
        day = (pick.randrange(1, 29), pick.randrange(1, 13), pick.randrange(*YEARS))
        person = self.often(self.people) if pick.random() < TOLD else f"{self.name()} {self.name()}"
        place = self.often(self.places) if pick.random() < TOLD else self.name()
        return Happening(
            day, person, place, pick.choice((0, 0, pick.randrange(3, 9000))), tuple(pick.sample(self.words, 5))
        )

    def often(self, things: Sequence[str]) -> str:
        """Return one of *things*, the first ones often, the last ones seldom, as words are."""
        return things[min(int(len(things) ** self.chosen.random()) - 1, len(things) - 1)]

    def sentence(self, told: Happening, language: str) -> str:
        """Return *told* in *language*, without some of it, among other words."""
        pick = self.chosen
        inside = [self.word(concept, language) for concept in told.concepts if pick.random() < TOLD]
        inside += [self.word(self.often(self.common), language) for _ in range(pick.randint(*AROUND))]
        if told.figure and pick.random() < TOLD:
            inside.append(f"{told.figure} {self.word(told.concepts[0], language)}")
        if pick.random() < TOLD:
            inside.append(f"{IN[language]} {_spelt(told.place, language)}")
        pick.shuffle(inside)
        if pick.random() < TOLD:
            inside.insert(0, _spelt(told.person, language))
        if pick.random() < TOLD / 2:
            inside.insert(0, _dated(told.day, language))
        text = " ".join(inside)
        return f"{text[0].upper()}{text[1:]}."

    def word(self, concept: str, language: str) -> str:
        """Return the word for *concept*, as the language writes it."""
        form = self.forms[concept][language]
        return form.capitalize() if language == "de" and ".noun" in concept else form

    def account(self, language: str, length: int) -> str:
        """Return the text of an account in *language* of so many sentences, five to a paragraph."""
        shared = self.chosen.sample(self.stock, length // SHARE)
        told = shared + [self.happening() for _ in range(length - len(shared))]
        self.chosen.shuffle(told)
        said = [self.sentence(one, language) for one in told]
        return "\n".join(" ".join(said[at : at + 5]) + "\n" for at in range(0, len(said), 5))


def _forms() -> dict[str, dict[str, str]]:
    """Concept -> language -> the first word for it: those that all languages have one word for."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in own(LANGUAGES):
        found[entry.concept].setdefault(entry.language, entry.text)
    return {
        concept: said
        for concept, said in found.items()
        if len(said) == len(LANGUAGES) and not any(" " in form for form in said.values())
    }


def _spelt(name: str, language: str) -> str:
    return "".join(ARABIC.get(letter, letter) for letter in name.lower()) if language == "ar" else name


def _dated(day: tuple[int, int, int], language: str) -> str:
    month = table(language, "dates")["month"][str(day[1])][GENITIVE.get(language, 0)]
    return DATES[language].format(d=day[0], m=month, y=day[2])


def written(folder: Path, documents: int, length: int) -> list[str]:
    """Write *documents* accounts of *length* sentences into *folder*, and return the call that aligns them."""
    topic = Topic()
    files, spoken = [], []
    for number in range(documents):
        language = LANGUAGES[number % len(LANGUAGES)]
        path = folder / f"d{number:02}.txt"
        path.write_text(topic.account(language, length), "utf-8")
        files.append(str(path))
        spoken += ["--lang", f"{path.name}={language}"]
    return ["align", *files, *spoken]


def spent(call: Sequence[str]) -> tuple[float, int, str]:
    """Run the command and return its CPU seconds, the peak of memory of all runs so far in MB, and how many groups."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["/usr/bin/env", "HEXAPLA_LEXICONS=embedded", sys.executable, "-m", "hexapla.scripts", *call]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    groups = next(line.split()[0] for line in done.stdout.splitlines() if " groups, " in line)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss // 1024, groups


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[5, 20, 50])
    parser.add_argument("--sentences", type=int, default=300)
    arguments = parser.parse_args()
    print("| documents | sentences | CPU s | peak MB | groups |\n|--:|--:|--:|--:|--:|")
    for documents in sorted(arguments.documents):
        with tempfile.TemporaryDirectory() as name:
            call = written(Path(name), documents, arguments.sentences)
            seconds, peak, groups = spent([*call, "--out", str(Path(name, "out"))])
            total = documents * arguments.sentences
            print(f"| {documents} | {total} | {seconds:.0f} | {peak} | {groups} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
