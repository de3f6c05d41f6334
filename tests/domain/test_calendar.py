import json
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor import packs_dir
from frontdoor.domain.calendar import Calendar, OutsideCalendar, add_months, from_document, moment
from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.schemas import validate

TABLE = json.loads((packs_dir() / "rules/base/holidays.json").read_text(encoding="utf-8"))
CALENDAR = from_document(TABLE)
COVERED = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def due(basis, n, start, roll="keep"):
    return str(CALENDAR.due(basis, n, moment(start), roll))


@pytest.mark.parametrize(
    ("basis", "n", "start", "roll", "expected"),
    [
        pytest.param("elapsed_hours", 24, "2026-12-24T10:00", "keep", "Fri 2026-12-25 10:00", id="through-christmas"),
        pytest.param("elapsed_hours", 24, "2026-12-24", "keep", "Fri 2026-12-25 00:00", id="day-alone-from-midnight"),
        pytest.param("elapsed_hours", 1.5, "2026-12-24T10:00", "keep", "Thu 2026-12-24 11:30", id="half-an-hour"),
        pytest.param("elapsed_hours", 24, "2026-12-24T10:00Z", "next", "Fri 2026-12-25 10:00", id="hours-never-roll"),
        pytest.param("elapsed_hours", 24, "2026-10-24T12:00", "keep", "Sun 2026-10-25 11:00", id="clocks-go-back"),
        pytest.param("elapsed_hours", 24, "2027-03-27T12:00", "keep", "Sun 2027-03-28 13:00", id="clocks-go-forward"),
        pytest.param("elapsed_hours", 1, "2026-10-25T01:30", "keep", "Sun 2026-10-25 01:30", id="ambiguous-is-first"),
        pytest.param(
            "elapsed_hours", 0, "2027-03-28T01:30", "keep", "Sun 2027-03-28 02:30", id="skipped-is-hour-later"
        ),
        pytest.param("elapsed_hours", 0, "2026-07-01T23:30Z", "keep", "Thu 2026-07-02 00:30", id="summer-night-in-utc"),
        pytest.param("elapsed_hours", 0, "2026-12-24 10:00:30.5+02:00", "keep", "Thu 2026-12-24 08:00", id="offset"),
        pytest.param("calendar_days", 5, "2026-12-24", "keep", "Tue 2026-12-29", id="days"),
        pytest.param("calendar_days", 1, "2026-12-24", "next", "Tue 2026-12-29", id="next-skips-the-long-weekend"),
        pytest.param("calendar_days", 0, "2026-07-01T23:30Z", "keep", "Thu 2026-07-02", id="trigger-day-is-local"),
        pytest.param("working_days", 5, "2026-12-24", "keep", "Tue 2027-01-05", id="five-over-christmas"),
        pytest.param("working_days", 1, "2026-11-28", "keep", "Mon 2026-11-30", id="received-on-a-saturday"),
        pytest.param("working_days", 0, "2026-11-28", "keep", "Sat 2026-11-28", id="day-nought-is-the-trigger-day"),
        pytest.param("working_days", 0, "2026-11-28", "previous", "Fri 2026-11-27", id="day-nought-may-roll"),
        pytest.param("working_days", 5.0, "2026-12-24", "keep", "Tue 2027-01-05", id="whole-number-as-a-float"),
        pytest.param("weeks", 6, "2026-11-16", "keep", "Mon 2026-12-28", id="weeks-keep-a-holiday"),
        pytest.param("weeks", 6, "2026-11-16", "previous", "Thu 2026-12-24", id="weeks-previous"),
        pytest.param("months", 3, "2026-11-16", "previous", "Tue 2027-02-16", id="months-on-a-working-day"),
        pytest.param("months", 3, "2026-12-14", "previous", "Fri 2027-03-12", id="months-off-a-sunday"),
        pytest.param("months", 6, "2026-08-31", "keep", "Sun 2027-02-28", id="clamped"),
        pytest.param("months", 6, "2026-08-31", "previous", "Fri 2027-02-26", id="clamped-then-rolled"),
        pytest.param("months", 420, "2026-08-31", "keep", "Wed 2061-08-31", id="retention-needs-no-holiday-table"),
    ],
)
def test_each_basis_is_due_as_the_domain_says(basis, n, start, roll, expected):
    assert due(basis, n, start, roll) == expected


def test_days_are_due_at_23_59_local_and_hours_at_the_instant():
    day = CALENDAR.due("calendar_days", 1, moment("2026-06-30"))
    hour = CALENDAR.due("elapsed_hours", 24, moment("2026-06-30T10:00"))
    assert (day.at, day.on) == (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1))
    assert (hour.at, hour.on) == (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("basis", "at", "late"),
    [
        pytest.param("calendar_days", "2026-07-01T23:59:59", False, id="last-second-of-the-day"),
        pytest.param("calendar_days", "2026-07-02T00:00", True, id="next-midnight"),
        pytest.param("calendar_days", "2026-07-01", False, id="that-day-at-no-known-time"),
        pytest.param("elapsed_hours", "2026-07-01T00:00", False, id="on-the-instant"),
        pytest.param("elapsed_hours", "2026-07-01T00:00:01", True, id="a-second-after"),
        pytest.param("elapsed_hours", "2026-07-01", True, id="doubt-about-the-hour-shows-as-late"),
    ],
)
def test_a_clock_has_passed_only_after_its_day_or_instant(basis, at, late):
    n = 24 if basis == "elapsed_hours" else 1
    assert CALENDAR.due(basis, n, moment("2026-06-30")).passed(moment(at)) is late


@pytest.mark.parametrize(
    ("basis", "n", "roll", "says"),
    [
        pytest.param("fortnights", 1, "keep", "A basis is one of", id="basis"),
        pytest.param("weeks", 1, "nearest", "A roll is one of", id="roll"),
        pytest.param("elapsed_hours", 1, "nearest", "A roll is one of", id="roll-of-hours"),
        pytest.param("weeks", -1, "keep", "from 0 up", id="negative"),
        pytest.param("weeks", 1.5, "keep", "whole number", id="fraction"),
        pytest.param("weeks", True, "keep", "from 0 up", id="boolean"),
        pytest.param("weeks", "1", "keep", "from 0 up", id="text"),
        pytest.param("elapsed_hours", float("nan"), "keep", "from 0 up", id="nan"),
        pytest.param("elapsed_hours", float("inf"), "keep", "from 0 up", id="infinite"),
        pytest.param("elapsed_hours", 1e12, "keep", "past the year 9999", id="hours-beyond-time"),
        pytest.param("calendar_days", 10**9, "keep", "past the year 9999", id="days-beyond-time"),
        pytest.param("months", 10**6, "keep", "past the year 9999", id="months-beyond-time"),
        pytest.param("working_days", 10**9, "keep", "bank holidays are known", id="working-days-beyond-the-table"),
    ],
)
def test_a_clock_that_makes_no_sense_is_refused_in_words(basis, n, roll, says):
    with pytest.raises(RuleFailed, match=says):
        CALENDAR.due(basis, n, moment("2026-11-16"), roll)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2029, 1, 1)], ids=["before", "after"])
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda day: CALENDAR.is_working(day), id="is-working"),
        pytest.param(lambda day: CALENDAR.roll(day, "next"), id="roll"),
        pytest.param(lambda day: CALENDAR.working_days_between(date(2026, 1, 1), day), id="day-number"),
        pytest.param(lambda day: CALENDAR.add_working_days(day, 2000), id="add"),
    ],
)
def test_nothing_is_guessed_outside_the_holiday_table(ask, day):
    with pytest.raises(OutsideCalendar, match="2024-01-01 to 2028-12-31; add the missing years"):
        ask(day)


def test_the_last_working_day_of_the_table_is_still_known():
    assert due("working_days", 1, "2028-12-28") == "Fri 2028-12-29"
    with pytest.raises(OutsideCalendar):
        due("working_days", 2, "2028-12-28")


def test_negative_working_days_are_refused():
    with pytest.raises(RuleFailed, match="starts at 0"):
        CALENDAR.add_working_days(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        pytest.param(date(2026, 11, 27), date(2026, 11, 28), 0, id="friday-to-saturday"),
        pytest.param(date(2026, 11, 27), date(2026, 11, 30), 1, id="friday-to-monday"),
        pytest.param(date(2026, 11, 28), date(2026, 11, 30), 1, id="saturday-to-monday"),
        pytest.param(date(2026, 12, 24), date(2027, 1, 5), 5, id="over-christmas"),
        pytest.param(date(2027, 1, 5), date(2026, 12, 24), -5, id="backwards"),
    ],
)
def test_day_numbers_count_working_days_after_the_start(start, end, number):
    assert CALENDAR.working_days_between(start, end) == number


def naive_working(day):
    return day.strftime("%A") not in ("Saturday", "Sunday") and day.isoformat() not in TABLE["days"]


@given(start=COVERED, n=st.integers(0, 60))
def test_adding_working_days_agrees_with_counting_each_day(start, n):
    day, counted = start, 0
    while counted < n:
        day += timedelta(days=1)
        counted += naive_working(day)
    if day > date(2028, 12, 31):
        with pytest.raises(OutsideCalendar):
            CALENDAR.add_working_days(start, n)
    else:
        assert CALENDAR.add_working_days(start, n) == day


@given(start=COVERED, end=COVERED)
def test_day_numbers_agree_with_counting_each_day(start, end):
    early, late = sorted((start, end))
    days = (early + timedelta(days=step) for step in range(1, (late - early).days + 1))
    counted = sum(map(naive_working, days))
    assert CALENDAR.working_days_between(start, end) == (counted if start <= end else -counted)


@given(start=st.dates(date(2024, 1, 8), date(2028, 12, 15)), how=st.sampled_from(["previous", "next"]))
def test_a_roll_lands_on_the_nearest_working_day_that_way(start, how):
    landed = CALENDAR.roll(start, how)
    between = (abs(landed - start)).days
    sign = -1 if how == "previous" else 1
    assert naive_working(landed)
    assert not any(naive_working(start + timedelta(days=sign * step)) for step in range(between))
    assert (landed - start).days == sign * between


@given(
    st.integers(0, 43_000).map(lambda hour: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hour)),
    st.integers(0, 2000),
)
def test_elapsed_hours_are_real_hours_whatever_the_clocks_do(start, hours):
    assert CALENDAR.due("elapsed_hours", hours, moment(start)).at - start == timedelta(hours=hours)


@given(COVERED, st.integers(0, 600))
def test_months_keep_the_day_or_clamp_to_the_end_of_the_month(start, n):
    landed = add_months(start, n)
    assert (landed.year * 12 + landed.month) - (start.year * 12 + start.month) == n
    assert landed.day == start.day or (landed.day < start.day and (landed + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/12/2026",
        "2026-12",
        "20261224",
        "2026-W52-4",
        "2026-02-30",
        "2026-12-24T25:00",
        "2026-12-24T10",
        "2026-12-24\n",
        "２０２６-12-24",  # noqa: RUF001 (digits that are not ASCII)
        20261224,
        None,
        True,
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(text):
    with pytest.raises(RuleFailed, match="A date is written 2026-12-24"):
        moment(text)


def test_a_refused_date_is_not_repeated():
    with pytest.raises(RuleFailed) as refused:
        moment("born on the 3rd of May 1987")
    assert "1987" not in refused.value.message


def test_an_instant_before_the_first_year_is_refused():
    with pytest.raises(RuleFailed, match="outside the years"):
        moment("0001-01-01T00:00+14:00")


def test_dates_and_datetimes_are_read_as_they_are():
    aware = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=1)))
    assert moment(aware).earliest == datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert moment(datetime(2026, 7, 1, 12)).earliest == datetime(2026, 7, 1, 11, tzinfo=UTC)  # noqa: DTZ001 (naive: local)
    assert moment(date(2026, 7, 1)).day == date(2026, 7, 1)


def test_local_days_and_times_follow_the_clocks():
    assert Calendar.local_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert Calendar.at_local(date(2027, 4, 1), time(0)) == datetime(2027, 3, 31, 23, tzinfo=UTC)


def test_a_table_with_dates_that_cannot_be_is_refused_with_every_place():
    table = {
        "covers": {"from": "2026-01-01"},
        "days": {"2026-02-30": {}, "2026-12-25": {"title": {"en": "Christmas Day"}}},
    }
    with pytest.raises(DocumentRejected) as refused:
        from_document(table)
    assert [problem.where for problem in refused.value.problems] == ["/covers/to", "/days/2026-02-30"]


def test_a_holiday_outside_what_the_table_covers_is_refused():
    table = {"covers": {"from": "2026-01-01", "to": "2026-12-31"}, "days": {"2027-01-01": {"title": {"en": "Late"}}}}
    with pytest.raises(DocumentRejected) as refused:
        from_document(table)
    assert [(one.where, one.code) for one in refused.value.problems] == [("/days/2027-01-01", "not_covered")]


def easter(year):
    """Return Easter Sunday by the anonymous Gregorian method, independent of the table."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    ell = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def statutory(year):
    """Return the year's bank holidays by rule: fixed days move to the next weekday that is free."""
    mondays = {month: [day for day in range(1, 32) if _is_monday(year, month, day)] for month in (5, 8)}
    days = [easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)]
    days += [date(year, 5, mondays[5][0]), date(year, 5, mondays[5][-1]), date(year, 8, mondays[8][-1])]
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() > 4 or fixed in days:
            fixed += timedelta(days=1)
        days.append(fixed)
    return set(days)


def _is_monday(year, month, day):
    try:
        return date(year, month, day).weekday() == 0
    except ValueError:
        return False


@pytest.mark.parametrize("year", range(2024, 2029))
def test_the_shipped_table_has_the_statutory_days_of_each_year(year):
    assert {day for day in CALENDAR.holidays if day.year == year} == statutory(year)


def test_the_shipped_table_names_every_day_in_both_languages_and_keeps_to_its_schema():
    assert validate("holidays", TABLE) == []
    assert all(names["en"] and names["cy"] for names in CALENDAR.titles.values())
    assert CALENDAR.version == "england_and_wales"
