"""Days as numbers agree with the date operators of the engine on every kind of date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.rules.symbolic.counting import worked_out

from frontdoor.domain.rules import dates
from frontdoor.domain.rules.symbolic import calendar_days, formulas

DAYS = st.dates(date(1901, 1, 1), date(2099, 12, 31))
NEAR = st.integers(-800, 800)


def opened(day: date, name: str) -> tuple[formulas.Formula, dict[str, int]]:
    """A day that is open, and the values that make it this one."""
    held, allowed = calendar_days.some_day(name, 1901, 2099)
    values = {f"{name}|year": day.year, f"{name}|month": day.month - 1, f"{name}|day": day.day - 1}
    assert worked_out(allowed, values)
    return held, values


@given(DAYS, NEAR)
def test_the_date_operators_agree_with_the_engine(first, apart):
    second = min(max(first + timedelta(apart), date(1901, 1, 1)), date(2099, 12, 31))
    (one, mine), (other, theirs) = opened(first, "first"), opened(second, "second")
    for name in ("age_on", "months_between", "days_between"):
        expected = getattr(dates, name)(first.isoformat(), second.isoformat())
        for start in (one, formulas.number(calendar_days.day_number(first))):
            for end in (other, formulas.number(calendar_days.day_number(second))):
                found = getattr(calendar_days, name)(start, end)
                assert worked_out(found, {**mine, **theirs}) == expected


@given(DAYS)
def test_a_day_can_be_read_back_and_knows_the_end_of_its_month(day):
    held, values = opened(day, "day")
    assert calendar_days.day_of(worked_out(held, values)) == day
    last = calendar_days.day_of(worked_out(calendar_days.last_of_month(held), values))
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(1)).day == 1 or last == date(2099, 12, 31)


NEVER = [
    pytest.param(2026, 2, 29, id="no-leap-year"), pytest.param(2026, 4, 31, id="a-short-month"),
    pytest.param(2026, 13, 1, id="a-thirteenth-month"), pytest.param(2100, 1, 1, id="beyond-the-last-year"),
]  # fmt: skip


@pytest.mark.parametrize(("year", "month", "day"), NEVER)
def test_a_day_that_never_was_is_not_allowed(year, month, day):
    _, allowed = calendar_days.some_day("day", 1901, 2099)
    assert not worked_out(allowed, {"day|year": year, "day|month": month - 1, "day|day": day - 1})
