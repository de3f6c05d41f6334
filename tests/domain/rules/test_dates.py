"""The date operators against slow oracles that count a day, a month or a birthday at a time."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.rules.dates import (
    age_on,
    days_between,
    holiday_ordinals,
    months_between,
    to_date,
    working_days_between,
)
from frontdoor.domain.rules.engine import evaluate

NEAR = st.dates(date(2019, 12, 1), date(2029, 3, 1))
LIVES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def birthday(born: date, year: int) -> date:
    leapling = (born.month, born.day) == (2, 29) and not calendar.isleap(year)
    return date(year, 3, 1) if leapling else born.replace(year=year)


def months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def slow_months(start: date, end: date) -> int:
    months = 0
    while months_later(start, months) < end:
        months += 1
    return months


def slow_working_days(start: date, end: date, holidays: list[date]) -> int:
    day, count = start, 0
    while day < end:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in holidays
    return count


@given(LIVES, LIVES)
def test_age_is_the_number_of_birthdays_from_the_first_year_on(born, on):
    if born <= on:
        birthdays = [birthday(born, year) for year in range(born.year + 1, on.year + 1)]
        assert age_on(str(born), str(on)) == sum(day <= on for day in birthdays)
    else:
        years = [year for year in range(on.year, born.year + 1) if on < birthday(born, year) <= born]
        assert age_on(str(born), str(on)) == -len(years)


@given(NEAR, NEAR)
def test_months_are_the_fewest_that_reach_the_day(a, b):
    assert months_between(str(a), str(b)) == (slow_months(a, b) if a <= b else -slow_months(b, a))


@given(LIVES, LIVES)
def test_days_are_counted_one_by_one(a, b):
    assert days_between(str(a), str(b)) == (b - a).days == -days_between(str(b), str(a))


@given(NEAR, NEAR, st.lists(NEAR, max_size=30))
def test_working_days_are_counted_one_by_one(a, b, holidays):
    known = holiday_ordinals([str(day) for day in holidays])
    slow = slow_working_days(a, b, holidays) if a <= b else -slow_working_days(b, a, holidays)
    assert working_days_between(str(a), str(b), known) == slow


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_a_text_is_a_date_exactly_if_the_calendar_has_it(text):
    try:
        known = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" and text.isascii() else None
    except ValueError:
        known = None
    if "T" not in text:
        assert to_date(text) == known


@pytest.mark.parametrize(
    ("operator", "a", "b", "expected"),
    [
        pytest.param("age_on", "2020-02-29", "2025-02-28", 4, id="leapling on 28 February"),
        pytest.param("age_on", "2020-02-29", "2025-03-01", 5, id="leapling on 1 March"),
        pytest.param("age_on", "2020-02-29", "2024-02-29", 4, id="leapling on the day"),
        pytest.param("age_on", "2026-11-22", "2026-11-21", -1, id="day before birth"),
        pytest.param("age_on", "2020-11-22", "2026-11-22T00:30:00Z", 6, id="instant counts as its date"),
        pytest.param("months_between", "2025-11-22", "2026-11-22", 12, id="exactly twelve months"),
        pytest.param("months_between", "2025-11-22", "2026-11-23", 13, id="a day more"),
        pytest.param("months_between", "2026-01-31", "2026-02-28", 1, id="clamped"),
        pytest.param("months_between", "2026-02-28", "2026-01-31", -1, id="months before"),
        pytest.param("months_between", "2026-11-22", "2026-11-22", 0, id="no months"),
        pytest.param("days_between", "2026-11-22", "2026-11-20", -2, id="days before"),
        pytest.param("working_days_between", "2026-11-21", "2026-11-23", 1, id="saturday to monday"),
        pytest.param("working_days_between", "2026-11-20", "2026-11-22", 0, id="friday to sunday"),
        pytest.param("working_days_between", "2026-12-24", "2026-12-29", 1, id="over christmas"),
        pytest.param("working_days_between", "2026-12-29", "2026-12-24", -1, id="back over christmas"),
    ],
)
def test_a_date_operator_in_a_rule(operator, a, b, expected):
    data = {"a": a, "b": b, "holidays": ["2026-12-25", "2026-12-28"]}
    assert evaluate({operator: [{"var": "a"}, {"var": "b"}]}, data) == expected


@pytest.mark.parametrize("operator", ["age_on", "months_between", "days_between", "working_days_between"])
@pytest.mark.parametrize(
    "bad", [None, "", "2027-02-29", "22/11/2026", "2026-11", 20261122, ["2026-11-22"], "0000-01-01"]
)
def test_a_wrong_or_missing_date_gives_null(operator, bad):
    assert evaluate({operator: ["2026-11-22", {"var": "bad"}]}, {"bad": bad}) is None
    assert evaluate({operator: [{"var": "bad"}, "2026-11-22"]}, {"bad": bad}) is None
    assert evaluate({operator: [{"var": "absent"}, "2026-11-22"]}, {}) is None


@pytest.mark.parametrize(
    ("holidays", "expected"), [(None, 3), ([], 3), (["Christmas"], None), ("2026-12-25", None), (["2026-12-26"], 3)]
)
def test_holidays_are_dates_or_the_answer_is_unknown(holidays, expected):
    assert evaluate({"working_days_between": ["2026-12-24", "2026-12-29"]}, {"holidays": holidays}) == expected


def test_holidays_reach_into_iterators():
    logic = {"map": [{"var": "visits"}, {"working_days_between": ["2026-12-24", {"var": "on"}]}]}
    data = {"visits": [{"on": "2026-12-25"}, {"on": "2026-12-29"}], "holidays": ["2026-12-25", "2026-12-28"]}
    assert evaluate(logic, data) == [0, 1]
