"""Days as numbers a solver can count with: 372 for a year, 31 for a month. Their order is the calendar's.

Ages and months are then whole divisions: a birthday comes after `n` times 372. Only days between two dates need the
real lengths of months. Source of the operators: `domain.rules.dates`.
"""

from datetime import date
from fractions import Fraction

from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.formulas import (
    ONE,
    Formula,
    at_most,
    both,
    choose,
    divided,
    either,
    minus,
    negated,
    number,
    plus,
    remainder,
    same,
    times,
    variable,
)

YEAR, MONTH = 372, 31
FIRST_YEAR, LAST_YEAR = 1901, 2099  # in these every fourth year is a leap year
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)  # days before a month in a common year


def day_number(day: date) -> int:
    """Return the number of a day."""
    return day.year * YEAR + (day.month - 1) * MONTH + day.day - 1


def day_of(value: Fraction) -> date:
    """Return the day that has this number."""
    years, rest = divmod(int(value), YEAR)
    months, days = divmod(rest, MONTH)
    return date(years, months + 1, days + 1)


def some_day(name: str, first: int, last: int) -> tuple[Formula, Formula]:
    """Return a day that is open, and what makes it a real one in the years from `first` to `last`."""
    year, month, day = (variable(f"{name}|{part}", formulas.WHOLE) for part in ("year", "month", "day"))
    within = [
        at_most(number(max(first, FIRST_YEAR)), year), at_most(year, number(min(last, LAST_YEAR))),
        at_most(number(0), month), at_most(month, number(11)),
        at_most(number(0), day), at_most(day, _last(month, year)),
    ]  # fmt: skip
    return plus(times(year, number(YEAR)), times(month, number(MONTH)), day), both(*within)


def _last(month: Formula, year: Formula) -> Formula:
    """Return the number of a month's last day, counted from 0."""
    short = either(*(same(month, number(each)) for each in (3, 5, 8, 10)))
    february = choose(same(remainder(year, 4), number(0)), number(28), number(27))
    return choose(same(month, ONE), february, choose(short, number(29), number(30)))


def last_of_month(day: Formula) -> Formula:
    """Return the last day of the month that a day is in."""
    months = divided(day, MONTH)
    return plus(times(months, number(MONTH)), _last(remainder(months, 12), divided(months, 12)))


def age_on(birth: Formula, on: Formula) -> Formula:
    """Return completed years."""
    return divided(minus(on, birth), YEAR)


def months_between(start: Formula, end: Formula) -> Formula:
    """Return the smallest n such that `start` and n months is on or after `end`; the mirror image before it."""
    apart = minus(end, start)
    up = times(divided(times(apart, number(-1)), MONTH), number(-1))
    return choose(at_most(number(0), apart), up, divided(apart, MONTH))


def days_between(start: Formula, end: Formula) -> Formula:
    """Return the days from one date to the other."""
    return minus(_ordinal(end), _ordinal(start))


def _ordinal(day: Formula) -> Formula:
    year, rest = divided(day, YEAR), remainder(day, YEAR)
    month = divided(rest, MONTH)
    if day.op == "const":
        return number(day_of(day.value).toordinal() - _EPOCH)
    before = number(_BEFORE[0])
    for place, days in enumerate(_BEFORE):
        before = choose(at_most(number(place), month), number(days), before)
    leap_day = both(negated(at_most(month, ONE)), same(remainder(year, 4), number(0)))
    leap = choose(leap_day, ONE, number(0))
    years = plus(times(year, number(365)), divided(plus(year, number(-1)), 4))
    return plus(years, before, leap, remainder(rest, MONTH))


def _years_days() -> int:
    """Return how far `_ordinal` of an open day lies below the ordinal that Python gives the same day."""
    first = date(FIRST_YEAR, 1, 1)
    return first.toordinal() - (FIRST_YEAR * 365 + (FIRST_YEAR - 1) // 4)


_EPOCH = _years_days()
