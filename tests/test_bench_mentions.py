"""The counting of found dates, quantities and names, on made data; and the lists that it reads."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from hexapla.corpus.document import Document, Mention, Segment, Source
from hexapla.corpus.work import load
from hexapla.scripts.bench import mentions as bench
from hexapla.scripts.bench.mentions import Found, Name, Rate

AGREED: list[tuple[dict[str, Any], list[tuple[int, int, str, str, str]], bool, bool]] = [
    # item; start, end, value, literal, unit of each hit; right; right as written
    ({"kind": "date", "value": "2003-04-09"}, [(10, 20, "2003-04-09", "2003-04-09", "")], True, True),
    ({"kind": "date", "value": "2003-04-09"}, [(10, 20, "2003-04", "2003-04", "")], False, False),
    (
        {"kind": "date", "value": "--04-09", "resolved": "2003-04-09"},
        [(10, 20, "2003-04-09", "--04-09", "")],
        True,
        True,
    ),
    (
        {"kind": "date", "value": "--04-09", "resolved": "2003-04-09"},
        [(10, 20, "2004-04-09", "--04-09", "")],
        False,
        True,
    ),
    ({"kind": "date", "value": "2006-SU"}, [(10, 20, "2006-22", "2006-22", "")], True, True),
    ({"kind": "date", "value": "19XX", "also": ["190X"]}, [(10, 20, "190X", "190X", "")], True, True),
    (
        {"kind": "date", "value": "2003/2010"},
        [(10, 14, "2003", "2003", ""), (16, 20, "2010", "2010", "")],
        True,
        True,
    ),
    ({"kind": "date", "value": "2007"}, [(5, 20, "2003/2007", "2003/2007", "")], True, True),
    ({"kind": "date", "value": "2007"}, [(10, 20, "2003/2007", "2003/2007", "")], False, False),
    ({"kind": "number", "value": "8400000"}, [(10, 20, "8400000.0", "8400000.0", "person")], True, True),
    ({"kind": "number", "value": "4500"}, [], False, False),
    ({"kind": "money", "value": "5", "note": "USD monthly"}, [(10, 20, "5", "5", "USD")], True, True),
    ({"kind": "money", "value": "5", "note": "GBP"}, [(10, 20, "5", "5", "USD")], False, False),
    ({"kind": "duration", "value": "P7.5Y"}, [(10, 20, "7.5", "7.5", "year")], True, True),
    ({"kind": "duration", "value": "P10Y"}, [(10, 20, "1", "1", "decade")], True, True),
    ({"kind": "duration", "value": "PT48H"}, [(10, 20, "48", "48", "minute")], False, False),
    ({"kind": "duration", "value": "P1M"}, [(10, 20, "1", "1", "month")], True, True),
]


@pytest.mark.parametrize(("row", "met", "right", "written"), AGREED)
def test_value_is_compared_as_meant_and_as_written(
    row: dict[str, Any], met: list[tuple[int, int, str, str, str]], right: bool, written: bool
) -> None:
    wanted = bench.item({"lang": "en", "start": 10, "end": 20, **row})
    hits = [Found("en", at, end, "en", "date", (value,), (said,), unit) for at, end, value, said, unit in met]
    assert (bench.agrees(wanted, hits), bench.agrees(wanted, hits, literal=True)) == (right, written)


def _date(start: int, value: str = "2003", pointing: bool = False) -> Found:
    return Found("en", start, start + 4, "en", "date", (value,), (value,), pointing=pointing)


def test_found_and_right_are_counted_apart() -> None:
    items = [
        bench.item({"lang": "en", "start": at, "end": at + 4, "kind": "date", "value": "2003"}) for at in (0, 10, 20)
    ]
    assert bench.recall(items, [_date(2), _date(10, "2004"), _date(40)]) == (Rate(2, 3), Rate(1, 3), Rate(1, 3))


def test_a_pointing_phrase_counts_as_wrong_and_is_then_left_out() -> None:
    items = [
        bench.item({"lang": "en", "start": at, "end": at + 4, "kind": kind, "value": "2003"})
        for at, kind in ((0, "date"), (10, "deictic"), (20, "number"))
    ]
    mentions = [_date(0), _date(10, pointing=True), _date(20), _date(30)]
    assert bench.precision(mentions, items, bench.DATES) == (Rate(1, 4), Rate(1, 3))


def test_names_are_right_with_the_same_entity_only_and_doubtful_ones_do_not_count() -> None:
    wanted = [
        Name("en", 0, 4, "en", "place.iraq"),
        Name("en", 10, 14, "en", "place.iraq"),
        Name("hr", 0, 4, "hr", "place.iraq"),
        Name("en", 20, 24, "en", "place.iraq", doubt=True),
    ]
    linked = [
        Name("en", 0, 9, "en", "place.iraq"),
        Name("en", 10, 14, "en", "people.iraqis"),
        Name("en", 20, 24, "en", "place.iraq"),
    ]
    assert bench.link_recall(wanted[:3], linked) == Rate(1, 3)
    assert bench.link_precision(linked, wanted) == Rate(1, 2)


def test_table_of_names_counts_mistyped_and_nested_ones_apart() -> None:
    wanted = [
        Name("en", 0, 4, "en", "place.iraq"),
        Name("en", 10, 14, "en", "place.iraq", typo=True),
        Name("en", 20, 24, "en", "place.iraq", nested=True),
    ]
    table = bench.name_table(wanted, wanted[:1], lambda one: one.language, "language").splitlines()
    assert table[2] == "| en | 0.500 (1/2) | 1.000 (1/1) | 0.000 (0/1) | 1.000 (1/1) |"


def test_what_the_toolkit_found_is_read_with_its_literal_value() -> None:
    document = Document("hr", "hr", "9. travnja", Source("", "", 0), (Segment("hr.s1", "s", 0, 10, 0),))
    mention = Mention("", "hr.s1", "date", 0, 10, "day", "2003-04-09", literal="--04-09")
    assert bench.found(document, mention) == Found("hr", 0, 10, "hr", "date", ("2003-04-09",), ("--04-09",))


def _gold(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bench.GOLD / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {document.id: document.text for document in load("iraq-war")[1]}


@pytest.mark.parametrize("name", ["dates_quantities.jsonl", "entities.jsonl"])
def test_offsets_of_the_lists_are_those_of_the_texts(name: str, texts: dict[str, str]) -> None:
    rows = _gold(name)
    assert rows
    assert [row for row in rows if texts[row["doc"]][row["start"] : row["end"]] != row["text"]] == []
    places = [(row["doc"], row["start"], row.get("entity", row.get("kind"))) for row in rows]
    assert len(set(places)) == len(places)


def test_entities_of_the_list_are_in_the_authority() -> None:
    known = {entity.id for entity in load("iraq-war")[2].entities}
    named = {row[field] for row in _gold("entities.jsonl") for field in ("entity", "within") if field in row}
    assert named <= known


def test_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["--shared", str(tmp_path)])
    assert stopped.value.code == 2
    assert "give --shared DIR or set HEXAPLA_SHARED" in capsys.readouterr().err


@pytest.fixture
def given() -> Path:
    shared = Path(os.environ.get("HEXAPLA_SHARED", ""))
    if not (shared / "bench" / "iraq").is_dir():
        pytest.skip("no reference data: set HEXAPLA_SHARED")
    return shared


def test_given_list_is_read_beside_ours(given: Path) -> None:
    assert {one.language for one in bench.items(given) if one.kind == "date"} == set(bench.LANGUAGES)
