"""Dates as EDTF: bounds, precision, overlap, distance, and arithmetic that holds before year 1."""

from __future__ import annotations

import datetime
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus import edtf

VALUES = [
    # value, first day, last day, precision
    ("2003-03-20", "2003-03-20", "2003-03-20", "day"),
    ("2000-02", "2000-02-01", "2000-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2006", "2006-01-01", "2006-12-31", "year"),
    ("2006?", "2006-01-01", "2006-12-31", "year"),
    ("2006-05~", "2006-05-01", "2006-05-31", "month"),
    ("2006-22", "2006-06-01", "2006-08-31", "season"),
    ("2007-24", "2007-12-01", "2008-02-29", "season"),
    ("199X", "1990-01-01", "1999-12-31", "decade"),
    ("19XX", "1900-01-01", "1999-12-31", "century"),
    ("2003/2010", "2003-01-01", "2010-12-31", "interval"),
    ("2003-03/2003-05-07", "2003-03-01", "2003-05-07", "interval"),
    ("2003-04-09/..", "2003-04-09", "..", "interval"),
    ("../1991", "..", "1991-12-31", "interval"),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
    ("-0043/0014", "-0043-01-01", "0014-12-31", "interval"),
]
PLACELESS = ["--03-20", "--04", "2003-13", "2003-02-30", "", "soon", "2010/2003", "--02/--04", "2003/x"]
DISTANCES = [
    ("2003-03-20", "2003-03-21", 1),
    ("2003-03-21", "2003-03-20", -1),
    ("2003", "2003-03-20", 0),
    ("-0001-12-31", "0001-01-01", 367),
    ("2003-12", "2004-02-01", 32),
    ("1991", "2003/..", 4019),
    ("--03-20", "2003-03-20", None),
]


@pytest.mark.parametrize(("value", "first", "last", "precision"), VALUES)
def test_bounds_and_precision_are_those_of_the_value(value: str, first: str, last: str, precision: str) -> None:
    assert edtf.bounds(value) == (first, last)
    assert edtf.precision(value) == precision


@pytest.mark.parametrize("value", PLACELESS)
def test_what_cannot_be_placed_has_no_bounds(value: str) -> None:
    assert edtf.bounds(value) is None
    assert edtf.precision(value) == "none"
    assert not edtf.overlaps(value, value)


@pytest.mark.parametrize(("a", "b", "days"), DISTANCES)
def test_days_between_counts_from_the_nearer_ends(a: str, b: str, days: int | None) -> None:
    assert edtf.days_between(a, b) == days


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [("2003", "2003-03", True), ("199X", "1991", True), ("2003-04/..", "2011", True), ("2003-03", "2003-04", False)],
)
def test_overlap_goes_both_ways(a: str, b: str, shared: bool) -> None:
    assert edtf.overlaps(a, b) is shared
    assert edtf.overlaps(b, a) is shared


@given(st.dates(), st.dates())
def test_days_agree_with_the_calendar_of_the_standard_library(a: datetime.date, b: datetime.date) -> None:
    assert edtf.days_between(a.isoformat(), b.isoformat()) == (b - a).days


@given(st.integers(-3_000_000, 3_000_000))
def test_a_day_number_and_its_date_are_the_same(day: int) -> None:
    value = edtf.iso(day)
    assert edtf.bounds(value) == (value, value)
    assert edtf.shifted(value, 1) == edtf.iso(day + 1)


def test_only_a_day_can_be_shifted() -> None:
    with pytest.raises(ValueError, match="'2003-03' is not a day"):
        edtf.shifted("2003-03", 1)


def test_examples_in_the_module_hold() -> None:
    assert doctest.testmod(edtf).failed == 0
