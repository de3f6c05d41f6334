"""Arithmetic and dates on open values. What is not linear, or reads numbers out of texts, is outside the model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce

from frontdoor.domain.rules.symbolic import calendar_days, formulas
from frontdoor.domain.rules.symbolic.comparing_values import as_number
from frontdoor.domain.rules.symbolic.formulas import FALSE, ZERO, Formula, both, choose
from frontdoor.domain.rules.symbolic.opaque import Opaques
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    NAN,
    NULL,
    NULL_VALUE,
    NUMBER,
    OPAQUE,
    TRUTH,
    Case,
    Value,
    chosen,
    number,
)

_Pair = Callable[[Formula, Formula], Formula | None]  # None: outside the model
_DATES: Mapping[str, Callable[[Formula, Formula], Formula]] = {
    "age_on": calendar_days.age_on,
    "months_between": calendar_days.months_between,
    "days_between": calendar_days.days_between,
}


def together(parts: Iterable[tuple[Formula, Value]]) -> Value:
    """Return the value that is each part under its condition; the conditions exclude each other and leave none out."""
    *others, (_, last) = parts
    return reduce(lambda rest, part: chosen(part[0], part[1], rest), others, last)


def else_null(parts: Iterable[tuple[Formula, Value]]) -> Value:
    """Return the value that is each part under its condition, which exclude each other, and null besides."""
    return reduce(lambda rest, part: chosen(part[0], part[1], rest), parts, NULL_VALUE)


def calculated(operator: str, values: Sequence[Value], opaques: Opaques) -> Value:
    """Return `+`, `-`, `*`, `/`, `min` or `max`."""
    if operator == "-" and len(values) == 1:
        return calculated("-", [number(ZERO), values[0]], opaques)
    if operator == "*" and len(values) == 1:
        return values[0]
    if len(values) == 1:
        values = [*values, number(ZERO) if operator == "+" else values[0]]

    def fold(first: Value, second: Value) -> Value:
        return _pair(operator, first, second, opaques)

    return reduce(fold, values)


def _pair(operator: str, first: Value, second: Value, opaques: Opaques) -> Value:
    parts = []
    for one in first.cases:
        for other in second.cases:
            when = both(one.when, other.when)
            if when is not FALSE:
                parts.append((when, _of_cases(operator, one, other, opaques)))
    return together(parts)


def _of_cases(operator: str, one: Case, other: Case, opaques: Opaques) -> Value:
    kinds = {one.kind, other.kind}
    if not kinds <= {NULL, TRUTH, NUMBER, NAN}:
        return opaques.value(operator, Value((one,)), Value((other,)))
    if NAN in kinds or (operator in ("+", "*") and kinds != {NUMBER}):
        return Value((Case(NAN, formulas.TRUE),))
    found = _ARITHMETIC[operator](as_number(one), as_number(other))
    if found is None:
        return opaques.value(operator, Value((one,)), Value((other,)))
    return number(found)


def _times(one: Formula, other: Formula) -> Formula | None:
    return formulas.times(one, other) if "const" in (one.op, other.op) else None


def _by(one: Formula, other: Formula) -> Formula | None:
    if other.op != "const" or not other.value:
        return None
    return formulas.times(one, formulas.number(Fraction(1) / other.value))


_ARITHMETIC: Mapping[str, _Pair] = {
    "+": formulas.plus,
    "-": formulas.minus,
    "*": _times,
    "/": _by,
    "min": lambda one, other: choose(formulas.at_most(one, other), one, other),
    "max": lambda one, other: choose(formulas.at_most(one, other), other, one),
}


def between_dates(operator: str, first: Value, second: Value, opaques: Opaques) -> Value:
    """Return a date operator; working days, which need holidays, are outside the model."""
    parts = []
    for one in first.cases:
        for other in second.cases:
            when = both(one.when, other.when)
            kinds = {one.kind, other.kind}
            if when is FALSE or not kinds <= {DATE, OPAQUE}:
                continue
            if OPAQUE in kinds or operator not in _DATES:
                parts.append((when, opaques.value(operator, Value((one,)), Value((other,)))))
            else:
                parts.append((when, number(_DATES[operator](one.held, other.held))))
    return else_null(parts)


def how_many_true(truths: Iterable[Formula]) -> Value:
    """Return `count_true`."""
    return number(formulas.counted([*truths]))
