"""The four date operators. A stored date has two numbers beside it, so that no text is read for each case.

`#k` is the *marker* of the date at `k`: year * 384 + (month - 1) * 32 + day, from which completed years and months are
one division away. `@k` is its ordinal (1 January of the year 1 is 1). Both are absent where `k` is no date, and
arithmetic on what is absent gives null, as the operators do.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from frontdoor.domain.rules import dates
from frontdoor.domain.rules.pushdown.pushed import Pushed, bound, chosen, is_type

MARKER, ORDINAL = "#", "@"
_YEAR, _MONTH = 384.0, 32.0
_TEXT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|\z)"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a date as BSON holds it, compared only with others of its kind
_DAY = 86_400_000.0  # milliseconds


def marker_of(day: date) -> float:
    """Return the marker of a day."""
    return day.year * _YEAR + (day.month - 1) * _MONTH + day.day


def encoded(value: Any) -> tuple[float, float] | None:
    """Return marker and ordinal of what a value states, None if it is no date."""
    day = dates.to_date(value)
    return None if day is None else (marker_of(day), float(day.toordinal()))


def marker(value: Pushed) -> Any:
    """Return the marker of a date that is given as text, null where it is none."""
    return _read(value, lambda year, month, day: _sum(year, month, day))


def ordinal(value: Pushed) -> Any:
    """Return the ordinal of a date that is given as text, null where it is none."""

    def read(year: Any, month: Any, day: Any) -> Any:
        parts = {"$dateFromParts": {"year": year, "month": month, "day": day}}
        return {"$add": [{"$divide": [{"$subtract": [parts, _EPOCH]}, _DAY]}, float(date(1970, 1, 1).toordinal())]}

    return _read(value, read)


def _sum(year: Any, month: Any, day: Any) -> Any:
    return {
        "$add": [
            {"$multiply": [year, _YEAR]},
            {"$add": [{"$multiply": [{"$subtract": [month, 1.0]}, _MONTH]}, day]},
        ]
    }


def _read(value: Pushed, build: Any) -> Any:
    if value.const:
        found = encoded(value.value)
        return None if found is None else build(*map(float, _parts(value.value)))
    return bound(value, lambda one: chosen(is_type(one, "string"), _stated(one.expr, build), None))


def _parts(text: str) -> Sequence[str]:
    return text[:4], text[5:7], text[8:10]


def _stated(text: Any, build: Any) -> Any:
    """Return what `build` makes of year, month and day, where the text states a day that there is."""
    year, month, day = ({"$toInt": {"$substrBytes": [text, start, size]}} for start, size in ((0, 4), (5, 2), (8, 2)))
    names = {"y": year, "m": month, "d": day}
    leap = {
        "$and": [
            {"$eq": [{"$mod": ["$$y", 4]}, 0]},
            {"$or": [{"$ne": [{"$mod": ["$$y", 100]}, 0]}, {"$eq": [{"$mod": ["$$y", 400]}, 0]}]},
        ]
    }
    lengths = [31, {"$cond": [leap, 29, 28]}, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    real = {
        "$and": [
            {"$gte": ["$$y", 1]},
            {"$gte": ["$$m", 1]},
            {"$lte": ["$$m", 12]},
            {"$gte": ["$$d", 1]},
            {"$lte": ["$$d", {"$arrayElemAt": [lengths, {"$subtract": ["$$m", 1]}]}]},
        ]
    }
    read = {"$let": {"vars": names, "in": {"$cond": [real, build("$$y", "$$m", "$$d"), None]}}}
    return {"$cond": [{"$regexMatch": {"input": text, "regex": _TEXT}}, read, None]}


def age_on(birth: Any, on: Any) -> Any:
    """Return completed years between two markers, negative before birth."""
    return {"$floor": {"$divide": [{"$subtract": [on, birth]}, _YEAR]}}


def months_between(first: Any, second: Any) -> Any:
    """Return the months between two markers, begun ones counted: away from nought in both directions."""
    apart = Pushed({"$divide": [{"$subtract": [second, first]}, _MONTH]})
    return bound(apart, lambda one: {"$cond": [{"$gte": [one.expr, 0.0]}, {"$ceil": one.expr}, {"$floor": one.expr}]})


def days_between(first: Any, second: Any) -> Any:
    """Return the days between two ordinals."""
    return {"$subtract": [second, first]}


def working_days_between(first: Any, second: Any, holidays: Sequence[int] | None) -> Any:
    """Return the working-day number of the second ordinal on a clock started on the first; null without a calendar."""
    if holidays is None:
        return None
    begin, end = Pushed(first), Pushed(second)
    return bound(begin, lambda a: bound(end, lambda b: _working(a.expr, b.expr, holidays)))


def _working(a: Any, b: Any, holidays: Sequence[int]) -> Any:
    weekdays = {"$subtract": [_weekdays(b), _weekdays(a)]}
    off = {"$literal": [float(day) for day in sorted(holidays)]}

    def between(low: Any, high: Any) -> Any:
        test = {"$and": [{"$gt": ["$$day", low]}, {"$lte": ["$$day", high]}]}
        return {"$size": {"$filter": {"input": off, "as": "day", "cond": test}}}

    count = {
        "$cond": [
            {"$gte": [b, a]},
            {"$subtract": [weekdays, between(a, b)]},
            {"$add": [weekdays, between(b, a)]},
        ]
    }
    return {"$cond": [{"$or": [{"$lte": [a, None]}, {"$lte": [b, None]}]}, None, count]}


def _weekdays(ordinal_: Any) -> Any:
    weeks = {"$multiply": [{"$floor": {"$divide": [ordinal_, 7.0]}}, 5.0]}
    return {"$add": [weeks, {"$min": [{"$mod": [ordinal_, 7.0]}, 5.0]}]}
