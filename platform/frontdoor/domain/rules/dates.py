"""The four date operators that JSONLogic lacks, and what counts as a date.

A date is the text "2026-11-22"; an instant "2026-11-22T09:30:00Z" counts as its date part. Anything else,
29 February 2027 included, is no date and the answer is null: a wrong date must never look like a young child.
All answers are whole numbers, negative when `b` is before `a`. Source: DESIGN section 4.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

_LONGEST = 32  # characters of a text worth remembering
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T|\Z)")


def to_date(value: Any) -> date | None:
    """Return the date that `value` states, or None if it states none."""
    if value.__class__ is not str:
        return None
    return _read(value) if len(value) <= _LONGEST else _date(value)


def _date(value: str) -> date | None:
    found = _DATE.match(value)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


# The same days are read again and again: every fact of a row reads its date of birth.
_read = lru_cache(maxsize=16_384)(_date)


def age_on(birth: Any, on: Any) -> int | None:
    """Return completed years at `on`; a 29 February birthday falls on 1 March in other years.

    Before birth it is negative: the day before birth is -1.
    """
    born, day = to_date(birth), to_date(on)
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(a: Any, b: Any) -> int | None:
    """Return the smallest n such that `a` + n months is on or after `b`: exactly 12 months is 12, a day more is 13.

    Adding months to the 31st lands on the last day of a shorter month. With `b` before `a` it is
    minus `months_between(b, a)`.
    """
    start, end = to_date(a), to_date(b)
    if start is None or end is None:
        return None
    return -_months(end, start) if end < start else _months(start, end)


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months + (min(start.day, last) < end.day)


def days_between(a: Any, b: Any) -> int | None:
    """Return `b` minus `a` in days."""
    start, end = to_date(a), to_date(b)
    if start is None or end is None:
        return None
    return (end - start).days


def working_days_between(a: Any, b: Any, holidays: frozenset[int] | None) -> int | None:
    """Return `b`'s working-day number on a clock started on `a`.

    `a` is day 0, working or not; Monday to Friday count unless they are in `holidays` (ordinals, from
    `holiday_ordinals`; None makes the answer unknown). A Saturday has the number of the Friday before it.
    With `b` before `a` it is minus `working_days_between(b, a)`.
    """
    start, end = to_date(a), to_date(b)
    if start is None or end is None or holidays is None:
        return None
    first, last = sorted((start.toordinal(), end.toordinal()))
    count = _weekdays_to(last) - _weekdays_to(first) - sum(first < day <= last for day in holidays)
    return -count if end < start else count


def _weekdays_to(ordinal: int) -> int:
    """Return how many Mondays to Fridays there are from 1 January of the year 1, a Monday, to `ordinal`."""
    weeks, days = divmod(ordinal, 7)
    return weeks * 5 + min(days, 5)


def holiday_ordinals(days: Iterable[Any]) -> frozenset[int] | None:
    """Return the holidays that fall on Monday to Friday, each once, or None if any entry is not a date."""
    dates = [to_date(day) for day in days]
    if None in dates:
        return None
    return frozenset(day.toordinal() for day in dates if day is not None and day.weekday() < 5)
