"""How well names that no list knows are found: one entity for each, over all accounts that tell it.

    python scripts/bench/names.py --shared DIR [--list]  > tables in Markdown

    Armstronga · Armstrong · أرمسترونغ   ──▶ one proposed entity, and nothing else in it: right
    Apollo 8 · Apollo 11                 ──▶ one proposed entity: wrong

The accounts of the race to the Moon are compared with a list of their names by reading (apollo-names.tsv), two smaller
sets with lists that were made before anything was run (tests/gold): recall are the people and places of three or more
accounts of which one entity holds mentions in three accounts at least; an entity is right if all its mentions are of
one name of the list. After the first run two rows were joined (America is the United States) and one form was added.
The published work's accounts are compared with the names that their own authority links: an entity is right if nine in
ten of those of its mentions that the authority knows are of one record, and those that it knows nothing of are counted
apart.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.corpus.authorities import read
from hexapla.corpus.document import Document, Mention, Source
from hexapla.corpus.lexicon import load
from hexapla.corpus.link import link
from hexapla.corpus.mention import dated
from hexapla.corpus.name import propose
from hexapla.corpus.segment import segment

LIST = Path(__file__).with_name("apollo-names.tsv")
GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
TOPICS = ("titanic", "edsa")
LANGUAGES = ("en", "hr", "de", "tl", "ar")
CORPUS = Path(__file__).parents[2] / "corpus"
ACCOUNTS = {"hr": "hr", "ar1": "ar", "ar2": "ar", "tl": "tl", "en": "en"}
LEAST = 3  # accounts that tell a name which must be found
INSIDE = 0.6  # share of a linked mention that a proposed one must cover
PURE = 0.9  # share of an entity's known mentions that one record must have
ROUNDS = 20  # times that the accounts are read for the speed


@dataclass(frozen=True, slots=True)
class Row:
    """A name of the list: what it is, and its forms by account."""

    name: str
    kind: str
    forms: Mapping[str, tuple[str, ...]]


def rows(path: Path) -> list[Row]:
    """Return the names in the list *path*."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    codes = lines[0][2:]
    return [Row(cells[0], cells[1], _forms(codes, cells[2:])) for cells in lines[1:]]


def _forms(codes: Sequence[str], cells: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    return {
        code: tuple(_plain(form) for form in cell.split("|")) for code, cell in zip(codes, cells, strict=True) if cell
    }


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def document(path: Path, name: str, language: str) -> Document:
    """Return the text *path* with its segments."""
    content = path.read_bytes()
    return segment(Document(name, language, content.decode("utf-8"), Source(path.name, "", len(content))))


def named(found: Sequence[Row], account: str, surface: str) -> str:
    """Return the name of the list that *surface* is in *account*, '' where it is none."""
    return next((row.name for row in found if _plain(surface) in row.forms.get(account, ())), "")


def by_entity(
    documents: Sequence[Document], mentions: Mapping[str, Sequence[Mention]]
) -> Mapping[str, list[tuple[str, Mention]]]:
    """Return the mentions of each entity, with their documents."""
    held: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for one in documents:
        for mention in mentions[one.id]:
            held[mention.ref].append((one.id, mention))
    return held


def topic(title: str, folder: Path, names: Path) -> Iterator[str]:
    """Yield the table of five accounts in *folder*, beside the list *names*."""
    listed = rows(names)
    documents = [document(folder / f"{code}.txt", code, code) for code in LANGUAGES]
    texts = {one.id: one for one in documents}
    entities, mentions = propose([dated(one) for one in documents])
    read_as: dict[str, Counter[str]] = {}
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # name -> entity -> accounts
    for entity, held in by_entity(documents, mentions).items():
        read_as[entity] = Counter(
            named(listed, account, texts[account].slice(mention)) or f"? {texts[account].slice(mention)}"
            for account, mention in held
        )
        for account, mention in held:
            told[named(listed, account, texts[account].slice(mention))][entity].add(account)
    pure = {entity for entity, names in read_as.items() if len(names) == 1 and not next(iter(names)).startswith("?")}
    several = [e for e, held in by_entity(documents, mentions).items() if len({account for account, _ in held}) > 1]
    wanted = [row for row in listed if row.kind in ("person", "place") and len(row.forms) >= LEAST]
    found = [row for row in wanted if max((len(a) for a in told[row.name].values()), default=0) >= LEAST]
    whole = [row for row in found if max(len(a) for a in told[row.name].values()) == len(row.forms)]
    kinds = {row.name: row.kind for row in listed}
    typed = [e for e in entities if e.id in pure]
    right = [e for e in typed if e.type == kinds[next(iter(read_as[e.id]))]]
    yield f"| names of {title} | |"
    yield "| --- | --- |"
    yield f"| people and places in {LEAST} accounts found as one entity | {len(found)} of {len(wanted)} |"
    yield f"| ... in every account that tells them | {len(whole)} |"
    yield f"| proposed entities that are one name | {len(pure)} of {len(read_as)} |"
    yield f"| ... of those of two or more accounts | {len(pure & set(several))} of {len(several)} |"
    unsaid = sum(e.type == "thing" for e in typed if e not in right)
    yield f"| right kind, of those that are one name | {len(right)} of {len(typed)} ({unsaid} only thing) |"
    yield ""
    for row in wanted:
        if row not in found:
            yield f"missed: {row.name}: {_sorted(told[row.name])}"
    for entity, called in sorted(read_as.items()):
        if entity not in pure:
            yield f"wrong: {entity}: {dict(called)}"
    for e in typed:
        if e not in right:
            yield f"kind: {e.id}"


def _sorted(told: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {name: sorted(accounts) for name, accounts in sorted(told.items())}


def iraq() -> Iterator[str]:
    """Yield the table of the published work, whose authority is not shown to the proposer."""
    authority = read(CORPUS / "authority" / "iraq-war")
    folder = CORPUS / "texts" / "iraq-war"
    documents = [dated(document(folder / f"{name}.txt", name, language)) for name, language in ACCOUNTS.items()]
    silver = {one.id: link(one, authority, one.mentions) for one in documents}
    entities, mentions = propose(documents)
    held = by_entity(documents, mentions)
    tally: Counter[str] = Counter()
    lines = []
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    texts = {one.id: one for one in documents}
    for entity in entities:
        refs: Counter[str] = Counter()
        for account, mention in held[entity.id]:
            refs[_ref(silver[account], mention)] += 1
            told[_ref(silver[account], mention)][entity.id].add(account)
        surfaces = Counter(texts[account].slice(m) for account, m in held[entity.id])
        known = Counter({ref: count for ref, count in refs.items() if ref})
        shared = len({account for account, _ in held[entity.id]}) > 1
        if not known:
            verdict = "unknown to the authority"
        else:
            verdict = "right" if max(known.values()) >= PURE * known.total() else "wrong"
        tally[f"{verdict}{', several accounts' if shared else ''}"] += 1
        if verdict != "right":
            lines.append(f"{verdict}: {entity.id} {len(surfaces)} {dict(surfaces.most_common(8))} {dict(known)}")
    spoken: dict[str, set[str]] = defaultdict(set)
    for account, found in silver.items():
        for mention in found:
            if mention.kind in ("person", "place") and mention.ref:
                spoken[mention.ref].add(account)
    wanted = [ref for ref, accounts in spoken.items() if len(accounts) >= LEAST]
    got = [ref for ref in wanted if max((len(a) for a in told[ref].values()), default=0) >= LEAST]
    yield "| names of the published work, silver | |"
    yield "| --- | --- |"
    yield f"| people and places in {LEAST} accounts found as one entity | {len(got)} of {len(wanted)} |"
    for verdict, count in sorted(tally.items()):
        yield f"| proposed entities: {verdict} | {count} |"
    yield ""
    yield from (f"missed: {ref}: {_sorted(told[ref])}" for ref in wanted if ref not in got)
    yield from lines


def _ref(found: Sequence[Mention], mention: Mention) -> str:
    """Return the record that *mention* is linked to; a name inside a longer one, as in Iraq War, says nothing."""
    over = [m for m in found if m.start < mention.end and mention.start < m.end]
    return next((m.ref for m in over if mention.end - mention.start >= INSIDE * (m.end - m.start)), "")


def speed() -> str:
    """Return how many sentences a second are read, on many copies of the published work's accounts as one set."""
    folder = CORPUS / "texts" / "iraq-war"
    one = [document(folder / f"{name}.txt", name, language) for name, language in ACCOUNTS.items()]
    documents = [Document(f"{d.id}x{n}", d.language, d.text, d.source, d.segments) for n in range(ROUNDS) for d in one]
    lexicon = load(list(ACCOUNTS.values()), found=False)
    propose(one, lexicon)
    start = time.process_time()
    propose(documents, lexicon)
    count = sum(len(d.segments) for d in documents)
    return f"{count} sentences, {count / (time.process_time() - start):.0f} a second"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure how well names are found.")
    given = os.environ.get("HEXAPLA_SHARED")
    parser.add_argument("--shared", type=Path, default=given, required=not given, help="the folder with bench/apollo")
    arguments = parser.parse_args()
    tables = [*topic("the race to the Moon", arguments.shared / "bench" / "apollo", LIST), ""]
    for name in TOPICS:
        tables += [*topic(name, GOLD / name, GOLD / name / "names.tsv"), ""]
    sys.stdout.write("\n".join([*tables, *iraq(), "", speed()]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
