"""Working days, due dates and rolls, from dated bank holidays. Nothing here reads the time.

Days are local dates (Europe/London); instants are UTC. A local time that happens twice, when the clocks go back, is
its first occurrence; one that never happens, when they go forward, is read an hour later (`zoneinfo` with `fold=0`).
"""

import math
import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from frontdoor.domain.errors import DocumentRejected, Problem, RuleFailed

LONDON = ZoneInfo("Europe/London")
BASES = ("elapsed_hours", "calendar_days", "working_days", "weeks", "months")
ROLLS = ("keep", "previous", "next")
END_OF_DAY = time(23, 59)

_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    _DATE.pattern + r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


class OutsideCalendar(RuleFailed):
    """The holiday table does not reach the day that was asked about; more years must be added first."""

    code = "outside_calendar"


@dataclass(frozen=True)
class Moment:
    """When something happened: an instant, or only a day. UTC instants; `day` is the local date.

    A day alone may be any time on it, so `earliest` is its first and `latest` its last moment.
    """

    earliest: datetime
    latest: datetime
    day: date


@dataclass(frozen=True)
class Due:
    """The end of a clock: `at` in UTC, `on` the local date.

    `by_day` clocks last until the day ends (shown as 23:59); elapsed hours end at the instant.
    """

    at: datetime
    on: date
    by_day: bool = True

    def passed(self, moment: Moment) -> bool:
        """Return whether `moment` is too late; a day alone counts as its end, so doubt shows as late."""
        return moment.day > self.on if self.by_day else moment.latest > self.at

    def __str__(self) -> str:
        """Return `Tue 2026-12-29`, or `Fri 2026-12-25 10:00` for elapsed hours (Europe/London)."""
        shown = f"{_DAY_NAMES[self.on.weekday()]} {self.on.isoformat()}"
        return shown if self.by_day else f"{shown} {self.at.astimezone(LONDON):%H:%M}"


@dataclass(frozen=True)
class Calendar:
    """Working days Monday to Friday without the bank holidays of a dated table that covers `first` to `last`.

    `version` names the table on every clock that used it; `titles` names each holiday per language.
    """

    holidays: frozenset[date]
    first: date = date.min
    last: date = date.max
    version: str = ""
    titles: Mapping[date, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _weekday_holidays(self) -> tuple[int, ...]:
        return tuple(sorted(day.toordinal() for day in self.holidays if day.weekday() < 5))

    @staticmethod
    def local_date(at: datetime) -> date:
        """Return the authority's date at an aware instant: 23:30 UTC in summer is already the next day."""
        return at.astimezone(LONDON).date()

    @staticmethod
    def at_local(day: date, clock_time: time) -> datetime:
        """Return the UTC instant of a local time of day."""
        return datetime.combine(day, clock_time, LONDON).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day; OutsideCalendar where the table says nothing."""
        self._covered(day)
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, start: date, n: int) -> date:
        """Return working day `n` after `start`, which is day 0 whether it is working or not.

        Saturday + 1 is Monday; n = 0 is `start` itself. Source: DOMAIN 0.1.
        """
        if n < 0:
            raise RuleFailed("A number of working days starts at 0")
        day = start
        for _ in range(n):
            day = self.roll(day + timedelta(days=1), "next")
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return the day number of `end` on a clock that starts on `start`: the working days in (start, end].

        Negative, and the same number, when `end` is before `start`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        self._covered(start)
        self._covered(end)
        return self._working_until(end) - self._working_until(start)

    def roll(self, day: date, how: str) -> date:
        """Return `day`, or the `previous` or `next` working day where it is not one; `keep` never moves it."""
        if how == "keep":
            return day
        step = timedelta(days=-1 if how == "previous" else 1)
        while not self.is_working(day):
            day += step
        return day

    def due(self, basis: str, n: float, start: Moment, roll: str = "keep") -> Due:
        """Return the end of `n` of `basis` from `start`. Source: DOMAIN 0.1.

        `n` is whole, or any number of hours for `elapsed_hours`, which is never rolled: it runs through nights,
        weekends and holidays, and through the hour that a clock change adds or takes away.
        """
        amount = _amount(basis, n)
        if roll not in ROLLS:
            raise RuleFailed(f"A roll is one of {', '.join(ROLLS)}")
        try:
            if basis == "elapsed_hours":
                at = start.earliest + timedelta(hours=amount)
                return Due(at, self.local_date(at), by_day=False)
            return end_of(self.roll(self._counted(basis, int(amount), start.day), roll))
        except OverflowError as beyond:
            raise RuleFailed("The due date is past the year 9999; use a smaller `n`") from beyond

    def _counted(self, basis: str, n: int, day: date) -> date:
        if basis == "working_days":
            return self.add_working_days(day, n)
        if basis == "months":
            return add_months(day, n)
        return day + (timedelta(weeks=n) if basis == "weeks" else timedelta(days=n))

    def _covered(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                f"The bank holidays are known from {self.first} to {self.last}; "
                "add the missing years to the holiday table, then work this date out again"
            )

    def _working_until(self, day: date) -> int:
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # day 1 of the ordinals was a Monday
        return weeks * 5 + min(weekday + 1, 5) - bisect_right(self._weekday_holidays, day.toordinal())


def _amount(basis: str, n: object) -> float:
    if basis not in BASES:
        raise RuleFailed(f"A basis is one of {', '.join(BASES)}")
    if isinstance(n, bool) or not isinstance(n, int | float) or not math.isfinite(n) or n < 0:
        raise RuleFailed("`n` is a number from 0 up")
    if basis != "elapsed_hours" and n != int(n):
        raise RuleFailed(f"`n` of {basis} is a whole number; only elapsed_hours may have a fraction")
    return n


def end_of(day: date) -> Due:
    """Return the due instant of a clock that counts days: 23:59 local on `day`."""
    return Due(Calendar.at_local(day, END_OF_DAY), day)


def add_months(day: date, n: int) -> date:
    """Return the same day of the month `n` months on, clamped: 31 August + 6 is 28 February."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("months beyond the years that a date can have")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moment(value: object) -> Moment:
    """Return when `value` was: `2026-12-24`, `2026-12-24T10:00[:30][Z|+01:00]`, a date or a datetime.

    Without an offset it is Europe/London; a date alone starts at 00:00 local. RuleFailed for anything else.
    """
    if isinstance(value, str):
        value = _read(value)
    try:
        if isinstance(value, datetime):
            at = (value if value.tzinfo else value.replace(tzinfo=LONDON)).astimezone(UTC)
            return Moment(at, at, Calendar.local_date(at))
        if isinstance(value, date):
            return Moment(Calendar.at_local(value, time.min), Calendar.at_local(value, time.max), value)
    except OverflowError as beyond:
        raise RuleFailed("The date is outside the years 1 to 9999") from beyond
    raise RuleFailed("A date is written 2026-12-24, an instant 2026-12-24T10:00 with Z or an offset if not local")


def _read(text: str) -> date | datetime | None:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        return None  # the shape of a date, but no such day or hour: `moment` says how to write one
    return None


def from_document(document: Mapping[str, Any]) -> Calendar:
    """Return the calendar of a `holidays` document: `{"covers": {"from", "to"}, "days": {DATE: {"title": {…}}}}`.

    DocumentRejected, with every problem, for a date that is none or that `covers` leaves out.
    """
    problems: list[Problem] = []
    covers, days = document.get("covers", {}), document.get("days", {})
    first = _day(covers.get("from"), "/covers/from", problems)
    last = _day(covers.get("to"), "/covers/to", problems)
    titles = {_day(text, f"/days/{text}", problems): entry.get("title", {}) for text, entry in days.items()}
    if not problems:
        problems += [
            Problem(f"/days/{day}", "not_covered", "Widen `covers`, or remove the day: it lies outside")
            for day in sorted(titles)
            if not first <= day <= last
        ]
    if problems:
        raise DocumentRejected("The holiday table cannot be used until its dates are put right", problems=problems)
    return Calendar(frozenset(titles), first, last, str(document.get("id", "")), titles)


def _day(text: object, where: str, problems: list[Problem]) -> date:
    day = _read(text) if isinstance(text, str) and _DATE.fullmatch(text) else None
    if day is None:
        problems.append(Problem(where, "not_a_date", "Write the date as 2026-12-25"))
        return date.min
    return day
