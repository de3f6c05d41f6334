"""Dates that are partly known: what they may be, and how they are shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.forms import partial_dates

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2014", (date(2014, 1, 1), date(2014, 12, 31)), id="year"),
        pytest.param("2014-06", (date(2014, 6, 1), date(2014, 6, 30)), id="month"),
        pytest.param("2016-02", (date(2016, 2, 1), date(2016, 2, 29)), id="leap-month"),
        pytest.param("2014-06-03", (date(2014, 6, 3), date(2014, 6, 3)), id="day"),
        pytest.param("2013-04-01/2015-03-31", (date(2013, 4, 1), date(2015, 3, 31)), id="band"),
        pytest.param("2013-04-01/2013-04-01", (date(2013, 4, 1), date(2013, 4, 1)), id="band-of-one-day"),
        pytest.param("unknown", None, id="unknown"),
        pytest.param("2014-13", None, id="month-13"),
        pytest.param("2015-02-29", None, id="no-such-day"),
        pytest.param("2015-03-31/2013-04-01", None, id="band-backwards"),
        pytest.param("2014/2015", None, id="band-of-years"),
        pytest.param("0999", None, id="too-early"),
        pytest.param("20140603", None, id="no-dashes"),
        pytest.param("2014-W23-1", None, id="week"),
        pytest.param("2014-06-03\n", None, id="line-end"),
        pytest.param("٢٠١٤", None, id="other-figures"),
        pytest.param(2014, None, id="number"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_partial_date_is_an_interval(value: object, expected: object) -> None:
    assert partial_dates.interval(value) == expected


@given(born=DAYS, as_of=DAYS, youngest=st.integers(0, 20), years=st.integers(0, 20))
def test_an_age_band_holds_exactly_the_people_of_that_age(born: date, as_of: date, youngest: int, years: int) -> None:
    band = partial_dates.interval(partial_dates.born_between(youngest, youngest + years, as_of))
    assert band is not None
    assert (band[0] <= born <= band[1]) == (youngest <= age(born, as_of) <= youngest + years)


def age(born: date, on: date) -> int:
    """Completed years, counted without the arithmetic under test; born on 29 February, birthday on 1 March."""
    if born > on:
        return -1
    birthday = (born + timedelta(days=1)) if (born.month, born.day) == (2, 29) else born
    leap = on.year % 4 == 0 and (on.year % 100 != 0 or on.year % 400 == 0)
    had = (on.month, on.day) >= ((born.month, born.day) if leap else (birthday.month, birthday.day))
    return on.year - born.year - (0 if had else 1)


def test_an_open_band_reaches_back_further_than_anybody_lives() -> None:
    assert partial_dates.born_between(18, None, date(2026, 11, 23)) == "1895-11-24/2008-11-23"


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        pytest.param("2014", "2014", "2014", id="year"),
        pytest.param("2014-06", "June 2014", "Mehefin 2014", id="month"),
        pytest.param("2014-06-03", "3 June 2014", "3 Mehefin 2014", id="day"),
        pytest.param("unknown", "Not known", "Ddim yn hysbys", id="unknown"),
        pytest.param("2013-04-01/2015-03-31", "between 1 April 2013 and 31 March 2015",
                     "rhwng 1 Ebrill 2013 a 31 Mawrth 2015", id="band"),
        pytest.param("nonsense", "nonsense", "nonsense", id="anything-else"),
    ],
)  # fmt: skip
def test_partial_dates_are_shown_in_words(value: str, english: str, welsh: str) -> None:
    assert (partial_dates.shown(value), partial_dates.shown(value, "cy")) == (english, welsh)


@pytest.mark.parametrize(
    ("boxes", "value"),
    [
        pytest.param(("3", "6", "2014"), "2014-06-03", id="whole"),
        pytest.param(("", "6", "2014"), "2014-06", id="month"),
        pytest.param(("", "", " 2014 "), "2014", id="year"),
        pytest.param(("", "", ""), "", id="nothing"),
        pytest.param(("3", "", "2014"), "2014--03", id="month-missing"),
        pytest.param(("3", "6", ""), "-06-03", id="year-missing"),
        pytest.param(("x", "6", "2014"), "2014-06-0x", id="not-a-number"),
    ],
)
def test_three_boxes_make_one_value(boxes: tuple[str, str, str], value: str) -> None:
    assert partial_dates.from_boxes(*boxes) == value


@pytest.mark.parametrize(
    ("value", "whole", "words"),
    [
        pytest.param("2014", True, "must include a day and a month", id="only-year"),
        pytest.param("2014--03", False, "must include a month", id="no-month"),
        pytest.param("-06-03", True, "must include a year", id="no-year"),
        pytest.param("--03", True, "must include a month and a year", id="only-day"),
        pytest.param("-06", True, "must include a day and a year", id="only-month"),
        pytest.param("--", True, "must include a day, a month and a year", id="nothing"),
        pytest.param("14-06-03", True, "must have a year of 4 figures, like 2014", id="short-year"),
        pytest.param("2014-13-03", True, "must have a month from 1 to 12", id="month-13"),
        pytest.param("2014-02-30", True, "must be a real date: that month has no such day", id="no-such-day"),
        pytest.param("2015-01-01/2014-01-01", False, "must be two real dates, the earlier one first", id="band"),
    ],
)
def test_what_is_wrong_with_a_date_is_named(value: str, whole: bool, words: str) -> None:
    assert partial_dates.fault(value, whole=whole)["en"] == words
