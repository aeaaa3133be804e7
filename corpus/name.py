"""Names that no list knows: found by their shape, matched across scripts by their sound, joined into entities.

    en  Neil Armstrong ... Armstrong      capitals say "name"; the words of a name stand together
    hr  Neila Armstronga                  rules of inflection and sound say that Neila is Neil
    ar  نيل أرمسترونغ                     in a script without capitals a word is a name if it sounds like one of another
      ─▶ pers.neil-armstrong              account, and its neighbours sound like that name's other words

A sound is the row of consonant classes of a word (languages/und/sounds.toml); vowels count less, case endings and
clitics fall away. Names that each language has its own word for are known by CLDR (countries), by the tables of titles
(seas, former states, bodies), or by the glossary (the Moon, where several accounts write it with a capital). "Apollo 1"
is not "Apollo 11": a number is part of a name. What is found is only ever *proposed*: an entity that a person may
accept into the authority file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.corpus.authorities import PREFIXES, write_entities
from hexapla.corpus.document import Authority, Document, Entity, EntityType, Mention, Name
from hexapla.corpus.fold import fold
from hexapla.corpus.heard import Survey
from hexapla.corpus.language import table
from hexapla.corpus.lexicon import Lexicon, cldr, load
from hexapla.corpus.line import Words
from hexapla.corpus.quantity import amounts
from hexapla.corpus.sound import soft, unaccented
from hexapla.corpus.spot import Key, Run
from hexapla.corpus.title import titles

EXACT, HEARD, LONE = 0.9, 0.75, 0.6
"""Scores of mentions: of a name that several accounts write alike or that a table knows, of one matched by its sound
alone, of one that a single account tells."""

OFTEN = 3
"""How often a single account tells a name of one word for it to be proposed."""


def propose(
    documents: Sequence[Document], lexicon: Lexicon | None = None, reserved: Iterable[str] = ()
) -> tuple[tuple[Entity, ...], Mapping[str, tuple[Mention, ...]]]:
    """Return the names in *documents* as proposed entities, and their mentions by document.

    The documents have their segments; what their mentions hold already (dates, names that an authority knows) is left
    out. Without a *lexicon* the embedded one is read. A name is proposed where two accounts tell it, or one in several
    words or several times; its type is "thing" where the texts do not say more, and its id none of those *reserved*.
    """
    spoken = [document.language for document in documents]
    survey = Survey(documents, lexicon or load(spoken, found=False))
    runs = [run for run in survey.runs if not _is_amount(run)]
    clusters = [c for c in _clusters(runs, survey.known) if _is_clear(c, survey.known)]
    order = {document.id: place for place, document in enumerate(documents)}
    clusters.sort(key=lambda c: min((order[run.line.document], run.span) for run in c.runs))
    entities: list[Entity] = []
    mentions: dict[str, list[Mention]] = {document.id: [] for document in documents}
    taken = set(reserved)
    for cluster in clusters:
        entity = _entity(cluster, taken)
        entities.append(entity)
        shared = len(cluster.documents) > 1
        for run in cluster.runs:
            mentions[run.line.document].append(_mention(run, entity, shared))
    return tuple(entities), {name: tuple(sorted(rows, key=lambda m: m.start)) for name, rows in mentions.items()}


def _is_amount(run: Run) -> bool:
    """Say whether *run* only says how much of something: Millionen Dollar, مليون دولار."""
    counting, measuring = amounts(run.line.language)
    forms = {token.form for token in run.line.tokens[run.first : run.last + 1]}
    return bool(forms & counting) and forms <= counting | measuring


def _mention(run: Run, entity: Entity, shared: bool) -> Mention:
    start, end = run.span
    alone = run.heard and len(run.key) == 1 and not run.concept
    score = HEARD if alone else EXACT if shared else LONE
    return Mention("", run.line.segment, entity.type, start, end, "name", ref=entity.id, score=score, method="names")


def write_proposals(entities: Iterable[Entity], path: Path) -> None:
    """Write those of *entities* that are only proposed to the table *path*, which `authorities.read` reads."""
    write_entities(Authority(entities=tuple(entity for entity in entities if entity.proposed)), path)


@dataclass(slots=True)
class Cluster:
    """What is one entity: the keys of its names, and where they stand."""

    keys: list[Key]
    runs: list[Run]

    @property
    def documents(self) -> set[str]:
        """The accounts that tell it."""
        return {run.line.document for run in self.runs}

    def rank(self) -> tuple[int, int, list[Key]]:
        """Order by accounts and mentions, most first."""
        return (-len(self.documents), -len(self.runs), self.keys)


def _clusters(runs: Sequence[Run], known: Mapping[str, Words]) -> list[Cluster]:
    """Join *runs* by their keys, and short names of people with the long ones."""
    by_key: dict[Key, list[Run]] = defaultdict(list)
    for run in runs:
        by_key[run.key].append(run)
    people = _people(by_key, known)
    held = {key for cluster in people for key in cluster.keys}
    endings: dict[str, list[Cluster]] = defaultdict(list)
    beginnings: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in sorted(people, key=Cluster.rank):
        for name in dict.fromkeys(key[-1] for key in cluster.keys):
            endings[name].append(cluster)
        for name in dict.fromkeys(key[0] for key in cluster.keys):
            beginnings[name].append(cluster)
    clusters = list(people)
    for key in sorted(by_key):
        if key in held:
            continue
        longer = _longer(key, by_key[key], endings, beginnings)
        if longer:
            longer[0].keys.append(key)
            longer[0].runs += by_key[key]
        elif not all(run.common for run in by_key[key]) or by_key[key][0].concept:
            clusters.append(Cluster([key], by_key[key]))
    return clusters


def _longer(
    key: Key,
    runs: Sequence[Run],
    endings: Mapping[str, list[Cluster]],
    beginnings: Mapping[str, list[Cluster]],
) -> list[Cluster]:
    """Return the people whose last name, or else first name, alone is *key*; who is often called so is told in full."""
    if len(key) > 1:
        return []
    return endings.get(key[0]) or [one for one in beginnings.get(key[0], ()) if len(one.runs) >= len(runs)]


def _people(by_key: Mapping[Key, list[Run]], known: Mapping[str, Words]) -> list[Cluster]:
    """Join the names of several words that look like those of people, and share their last and one more word."""
    clusters: dict[int, Cluster] = {}
    holding: dict[str, set[int]] = defaultdict(set)  # word of a key -> the clusters with such a key
    for number, key in enumerate(sorted(by_key, key=lambda key: (-len(key), key))):
        if len(key) < 2 or key[-1].startswith("#") or not _is_personal(by_key[key], known):
            continue
        near = sorted({n for part in key for n in holding[part]})
        first, *others = [n for n in near if any(_agree(key, other) for other in clusters[n].keys)] or [number]
        joined = clusters.setdefault(first, Cluster([], []))
        for other in others:
            apart = clusters.pop(other)
            joined.keys += apart.keys
            joined.runs += apart.runs
            for part in (part for one in apart.keys for part in one):
                holding[part] = (holding[part] - {other}) | {first}
        joined.keys.append(key)
        joined.runs += by_key[key]
        for part in key:
            holding[part].add(first)
    return list(clusters.values())


def _is_personal(runs: Sequence[Run], known: Mapping[str, Words]) -> bool:
    cased = [run for run in runs if run.parts]
    if any(kind.startswith("in ") for run in cased for kind in run.kinds):
        return False
    common = {run.line.language: known[run.line.language].is_common(run.parts[0]) for run in cased}
    return bool(cased) and 2 * sum(common.values()) <= len(common) - (len(common) == 2)


def _agree(left: Key, right: Key) -> bool:
    shared = set(left) & set(right)
    return len(shared) > 1 and (left[-1] == right[-1] or shared in (set(left), set(right)))


def _is_clear(cluster: Cluster, known: Mapping[str, Words]) -> bool:
    """Say whether *cluster* is worth proposing: several accounts tell it, or one does that clearly means a name."""
    cased = [run for run in cluster.runs if not run.heard]
    if not any(not run.weak for run in cased):
        return False
    named = [run for run in cased if run.concept or len(run.key) > 1 or not titles(run.line.language).capital_nouns]
    if not named:
        return False
    if len(cluster.documents) > 1:
        return True
    unknown = [
        run
        for run in cased
        if not _is_doubtful(run) and not any(known[run.line.language].is_common(part) for part in run.parts)
    ]
    long = any(len(run.parts) > 1 or run.number for run in unknown)
    return long or len([run for run in unknown if not run.weak]) >= OFTEN or all(run.concept for run in cased)


def _is_doubtful(run: Run) -> bool:
    """Say whether *run* may be a noun as any: with an article, or one of a language where every noun has a capital."""
    nouns = titles(run.line.language).capital_nouns
    return nouns and ("definite" in run.kinds or len(run.parts) == 1)


def _type(cluster: Cluster) -> EntityType:
    """Return the kind of thing that *cluster* is, "thing" where nothing says."""
    concept = cluster.keys[0][0] if cluster.runs[0].concept else ""
    kind = concept.partition(".")[0]
    if kind == "territory":
        return "place"
    if kind in ("place", "organisation"):
        return "place" if kind == "place" else "organisation"
    if any(run.number for run in cluster.runs):
        return "thing"
    said = Counter(kind for run in cluster.runs for kind in run.kinds)
    long = [run for run in cluster.runs if len(run.parts) > 1]
    votes: dict[EntityType, float] = {
        "person": 3 * said["person"] + (2 * _looks_personal(cluster, long) - said["definite"]),
        "place": 3 * said["in place"] + said["near"],
        "organisation": 3 * said["organisation"] + 3 * said["in organisation"] + 2 * _is_acronym(cluster),
    }
    best = max(votes, key=lambda kind: votes[kind])
    return best if votes[best] >= min(2, len(cluster.runs)) and votes[best] > 0 else "thing"


def _looks_personal(cluster: Cluster, long: Sequence[Run]) -> bool:
    """Say whether a name has several words of which none says what it is, and the first is no common one."""
    if not long or any(kind.startswith("in ") for run in long for kind in run.kinds):
        return False
    if 2 * sum("worded" in run.kinds for run in long) > len(long):
        return False
    shouted = any(run.surface.split()[0].isupper() and len(run.surface.split()[0]) > 2 for run in long)
    return not shouted


def _is_acronym(cluster: Cluster) -> bool:
    return any(
        len(run.parts) == 1 and len(run.surface) > 1 and run.surface.isupper() and run.surface.isalpha()
        for run in cluster.runs
    )


def _entity(cluster: Cluster, taken: set[str]) -> Entity:
    kind = _type(cluster)
    names = tuple(_names(cluster))
    base = f"{PREFIXES[kind]}.{_kebab(_latin(cluster, names))}"
    identity, number = base, 2
    while identity in taken:
        identity, number = f"{base}-{number}", number + 1
    taken.add(identity)
    return Entity(identity, kind, names, note="found in the texts", proposed=True)


def _names(cluster: Cluster) -> Iterator[Name]:
    """Yield the names by language, the longest first: of each the commonest, in languages that decline the shortest."""
    forms: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for run in cluster.runs:
        forms[run.line.language][len(run.key)][run.surface] += 1
    for language, by_size in sorted(forms.items()):
        listed = _listed(cluster, language)
        if listed:
            yield Name(language, listed)
            continue
        declined = bool(table(language, "names").get("noun"))
        for _, found in sorted(by_size.items(), reverse=True):
            yield Name(
                language,
                min(
                    found, key=lambda text: ((len(text), -found[text]) if declined else (-found[text], len(text)), text)
                ),
            )


def _listed(cluster: Cluster, language: str) -> str:
    """Return the name that a table has for *cluster* in *language*, '' where none has."""
    what = cluster.runs[0].concept
    if what.startswith("territory."):
        return next((entry.text for entry in cldr([language]) if entry.concept == what), "")
    kind, _, key = what.partition(".")
    listed: Sequence[str] = table(language, "titles").get("exonyms", {}).get(kind, {}).get(key, ())
    return listed[0] if listed else ""


def _latin(cluster: Cluster, names: Sequence[Name]) -> str:
    """Return the name that gives the id: the English one, else the first in Latin script, else how the first sounds."""
    latin = [n for n in sorted(names, key=lambda n: n.language != "en") if unaccented(n.text)]
    return unaccented(latin[0].text) if latin else soft(fold(names[0].text)) or "name"


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace(".", "")).strip("-") or "name"
