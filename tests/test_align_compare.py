"""What accounts give differently: values made comparable, and five accounts in which differences were planted."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.align.account import read
from hexapla.align.differ import comparable, reach
from hexapla.align.frame import BREAK, BREAKS, REACH, frames, nearness
from hexapla.align.group import Claim, Disagreement, DisagreementKind
from hexapla.align.value import Value, added, excess, fits, value
from hexapla.corpus.document import Authority, Cue, Entity, Event, Mention, Name, Work
from hexapla.corpus.fold import words
from hexapla.corpus.lexicon import load
from hexapla.corpus.mention import annotate
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read_all
from hexapla.scripts.walk import Choices, prepared
from hexapla.tei.edition import Edition

AIRSHIP = Path(__file__).parent / "data" / "airship"
FERRY = Path(__file__).parent / "gold" / "ferry"


def amount(number: str, unit: str = "", modifier: str = "", subtype: str = "count") -> Value:
    mention = Mention("", "s", "quantity", 0, 1, subtype, number, unit, modifier)
    found = value(mention)
    assert found
    return found


FITTING: list[tuple[tuple[str, ...], tuple[str, ...], bool]] = [
    (("4487", "soldier"), ("4484", "soldier"), False),
    (("4500",), ("4487",), True),  # rounded
    (("8.37",), ("8.4",), True),
    (("8.37",), ("8.44",), False),
    (("4000", "", "more-than"), ("4487",), True),
    (("5000", "", "more-than"), ("4487",), False),
    (("6", "year", "more-than"), ("9", "year"), False),  # who knows of nine says so
    (("6", "year", "at-least"), ("9", "year"), True),
    (("100000", "", "more-than"), ("1000000", "", "more-than"), True),
    (("100", "", "at-most"), ("120",), False),
    (("4700", "", "about"), ("4487",), True),
    (("92", "", "about"), ("97",), False),  # no round number
    (("50/70", "percent"), ("60", "percent"), True),
    (("804", "foot"), ("245", "metre"), True),
    (("200", "foot"), ("90", "metre"), False),
    (("2", "week"), ("14", "day"), True),
    (("1", "tonne"), ("2205", "pound"), True),
]


@pytest.mark.parametrize(("left", "right", "fitting"), FITTING)
def test_values_fit_where_one_true_value_may_stand_behind_both(
    left: tuple[str, ...], right: tuple[str, ...], fitting: bool
) -> None:
    assert fits(amount(*left), amount(*right)) is fitting
    assert fits(amount(*right), amount(*left)) is fitting


def test_a_duration_in_several_units_is_one() -> None:
    together = added(amount("2", "hour"), amount("31", "minute"))
    assert together
    assert together.low == amount("151", "minute").low
    assert added(amount("31", "minute"), amount("2", "hour")) is None
    assert added(amount("2", "hour"), amount("21", "kilogram")) is None


@given(
    st.text("ab ,;:(\u2014\u0301\u0644\u06402_\n", max_size=40), st.lists(st.integers(0, 40), min_size=4, max_size=4)
)
def test_what_is_near_is_told_by_the_words_and_ends_of_clauses_between(text: str, places: list[int]) -> None:
    (low, high), (start, end) = (sorted(min(place, len(text)) for place in two) for two in (places[:2], places[2:]))
    first, last = (end, low) if low >= end else (high, start)
    between = len(words(text, first, last)) if first < last else 0
    breaks = min(2, sum(sign in BREAKS for sign in text[first:last]))
    assert nearness(text, start, end, low, high) == (BREAK**breaks / (1 + between / REACH) if first < last else 1.0)


def test_excess_is_of_the_nearest_ends() -> None:
    assert excess(amount("100"), amount("150/200")) == 0.5
    assert excess(amount("50/120"), amount("100")) == 0.0
    assert excess(amount("0"), amount("5")) is None


@pytest.fixture(scope="module")
def airship() -> Edition:
    documents = read_all([AIRSHIP / f"{name}.txt" for name in ("en", "hr", "ar", "tl", "de")], {})
    return prepared(Work("airship", "Airship"), documents, Authority(), Choices(), lambda _: None)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def rows(name: str) -> list[dict[str, str]]:
    return table(AIRSHIP / name)


def values(item: Disagreement) -> set[str]:
    return {claim.value for claim in item.claims}


def test_planted_differences_are_shown(airship: Edition) -> None:
    given = [values(item) for item in airship.alignment.disagreements]
    found = {row["conflict"] for row in rows("conflicts.tsv") for held in given if _both(row, held)}
    assert found >= {"departure-date", "people-on-board", "burning-time", "height"}


def _both(row: dict[str, str], held: set[str]) -> bool:
    return len(held.intersection(row["values"].split(";"))) > 1


def test_a_town_that_another_account_leaves_is_a_difference_of_places(airship: Edition) -> None:
    (item,) = [one for one in airship.alignment.disagreements if one.kind == "place"]
    assert {claim.span.text for claim in item.claims} >= {"Frankfurt", "Hamburg"}


def test_rounding_units_time_zones_and_scopes_are_no_differences(airship: Edition) -> None:
    wrong = rows("agreements.tsv")
    given = [values(item) for item in airship.alignment.disagreements]
    assert [row["agreement"] for row in wrong for held in given if _both(row, held)] == []


@pytest.fixture(scope="module")
def ferry() -> Edition:
    documents = read_all([FERRY / f"{name}.txt" for name in ("en", "hr", "ar", "de")], {})
    return prepared(Work("ferry", "Ferry"), documents, Authority(), Choices(), lambda _: None)


def shown(edition: Edition, file: Path) -> dict[str, DisagreementKind]:
    """The rows of *file* of which two values stand in one disagreement, with its kind."""
    found: dict[str, DisagreementKind] = {}
    for row in table(file):
        for item in edition.alignment.disagreements:
            told = {value for value in row["values"].split(";") for claim in item.claims if _says(claim, value)}
            if len(told) > 1:
                found[next(iter(row.values()))] = item.kind
    return found


def _says(claim: Claim, value: str) -> bool:
    return value == claim.value or value in claim.span.text.split() or value == claim.span.text


def test_places_names_and_times_of_day_differ(ferry: Edition) -> None:
    found = shown(ferry, FERRY / "conflicts.tsv")
    expected: dict[str, DisagreementKind] = {
        "departure-place": "place",
        "trial-place": "place",
        "captain": "name",
        "collision-time": "date",
        "drowned": "figure",
        "report-date": "date",
    }
    assert found.items() >= expected.items()


def test_clocks_cut_offs_units_and_containment_are_no_differences(ferry: Edition) -> None:
    assert shown(ferry, FERRY / "agreements.tsv") == {}


def test_a_place_or_name_that_both_accounts_tell_is_no_difference(ferry: Edition) -> None:
    places = [item for item in ferry.alignment.disagreements if item.kind in ("place", "name")]
    assert not any("Dubrovnik" in claim.span.text for item in places for claim in item.claims)
    assert all(item.size is None for item in places)


def test_a_difference_in_time_is_part_of_a_day_and_names_the_clock(ferry: Edition) -> None:
    (item,) = [one for one in ferry.alignment.disagreements if one.slot.startswith("time of day")]
    assert item.size == pytest.approx(30 / 1440, abs=1e-4)
    assert {(claim.value, claim.unit) for claim in item.claims} >= {("T02:40", "UTC"), ("T03:10", "local")}


def test_names_of_one_thing_that_count_otherwise_differ(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("The fighting was called the Second River War.\n", encoding="utf-8")
    (tmp_path / "de.txt").write_text("Man nannte die Kämpfe den Dritten Flusskrieg.\n", encoding="utf-8")
    documents = read_all([tmp_path / "en.txt", tmp_path / "de.txt"], {"en.txt": "en", "de.txt": "de"})
    names = (Name("en", "Second River War"), Name("de", "Dritten Flusskrieg"))
    cues = (Cue("en", "was called"), Cue("de", "nannte die Kämpfe"))
    event = Event("ev.naming", "naming", (Name("en", "Names given to the war"),), cues=cues)
    known = Authority(entities=(Entity("thing.river-war", "thing", names),), events=(event,))
    edition = prepared(Work("war", "War"), documents, known, Choices(), lambda _: None)
    (item,) = edition.alignment.disagreements
    assert item.kind == "name"
    assert values(item) == {"Second River War", "Dritten Flusskrieg"}


def test_translations_differ_too(tmp_path: Path) -> None:
    english = (
        "The bridge is old.\nIt was opened on 3 May 1921.\nThe bridge is 412 metres long.\nNobody lives there now.\n"
    )
    german = "Die Brücke ist alt.\nSie wurde am 3. Mai 1921 eröffnet.\nDie Brücke ist 421 Meter lang.\nNiemand wohnt jetzt dort.\n"
    for name, text in (("en", english), ("de", german)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    documents = read_all([tmp_path / "en.txt", tmp_path / "de.txt"], {"en.txt": "en", "de.txt": "de"})
    edition = prepared(Work("bridge", "Bridge"), documents, Authority(), Choices(mode="translation"), lambda _: None)
    (item,) = edition.alignment.disagreements
    assert values(item) == {"412", "421"}


def test_every_difference_is_within_a_group(airship: Edition) -> None:
    groups = {group.id: group for group in airship.alignment.groups}
    for item in airship.alignment.disagreements:
        held = {name for member in groups[item.group].members for name in member.segments}
        assert {claim.span.segment for claim in item.claims} <= held
        assert len({claim.span.document for claim in item.claims}) > 1
    assert len({item.id for item in airship.alignment.disagreements}) == len(airship.alignment.disagreements)


def test_labels_are_of_one_language_and_hold_no_joining_words(airship: Edition) -> None:
    for event in airship.authority.events:
        (name,) = event.labels
        told = {m.segment.partition(".")[0] for d in airship.documents for m in d.mentions if m.ref == event.id}
        assert name.language == ("en" if "en" in told else name.language)
        assert not {"the", "was", "is", "for", "on", "about"} & set(name.text.lower().replace(",", "").split())


def test_frames_that_do_not_reach_one_another_are_not_comparable() -> None:
    files = sorted(AIRSHIP.glob("*.txt"))
    read_in = read_all(files, {f"{file.name}": file.stem for file in files})
    documents, known, _ = annotate([segment(document) for document in read_in], Authority())
    lexicon = load([document.language for document in documents], found=False)
    held = frames(documents, known, read(documents, lexicon), lexicon)
    assert len({reach(frame).sort for frame in held}) > 5
    pairs = [(one, other) for one, other in combinations(held, 2) if comparable(one, other)]
    assert len(pairs) > 20
    for one, other in pairs:
        mine, theirs = reach(one), reach(other)
        assert mine.sort == theirs.sort
        assert mine.low <= theirs.high
        assert theirs.low <= mine.high
