"""The date operators on what a rule gives them: the number beside a stored date, or the text read there and then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.pushdown import days
from frontdoor.domain.rules.pushdown.days import MARKER, ORDINAL
from frontdoor.domain.rules.pushdown.places import Place
from frontdoor.domain.rules.pushdown.pushed import NULL, NUMBER, NotInDatabase, Pushed, chosen


@dataclass(frozen=True)
class Reading:
    """How the parts of a rule are read: as a value, and as a condition."""

    push: Callable[[Any, Place], Pushed]
    test: Callable[[Any, Place], Any]


def between(operator: str, values: list[Any], place: Place, reading: Reading) -> Pushed:
    """Return the value of a date operator."""
    if len(values) < 2:
        raise NotInDatabase("operator", f"`{operator}` of one value is worked out by the engine")
    sign = MARKER if operator in ("age_on", "months_between") else ORDINAL
    first, second = (_dated(value, place, sign, reading) for value in values[:2])
    if operator == "working_days_between":
        expr = days.working_days_between(first, second, place.holidays)
    else:
        expr = _BETWEEN[operator](first, second)
    return Pushed(expr, NUMBER | NULL)


_BETWEEN = {
    "age_on": days.age_on, "months_between": days.months_between, "days_between": days.days_between,
}  # fmt: skip


def _dated(rule: Any, place: Place, sign: str, reading: Reading) -> Any:
    """Return a date as the number that a date operator reckons with; null for what is no date."""
    if isinstance(rule, dict) and len(rule) == 1:
        operator, values = arguments(rule)
        if operator == "var" and len(values) == 1 and isinstance(values[0], str):
            beside = place.encoded(values[0], sign)
            if beside is not None:
                return beside
        if operator in ("if", "?:"):
            return _dated_if(values, place, sign, reading)
    value = reading.push(rule, place)
    return days.marker(value) if sign == MARKER else days.ordinal(value)


def _dated_if(values: list[Any], place: Place, sign: str, reading: Reading) -> Any:
    result = _dated(values[-1], place, sign, reading) if len(values) % 2 else None
    for index in range(len(values) - len(values) % 2 - 2, -1, -2):
        result = chosen(reading.test(values[index], place), _dated(values[index + 1], place, sign, reading), result)
    return result
