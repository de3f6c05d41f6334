"""Truth, equality, order and membership of open values, as JavaScript has them for JSON."""

from collections.abc import Callable
from functools import partial

from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.formulas import FALSE, ONE, TRUE, ZERO, Formula, both, choose, either, negated
from frontdoor.domain.rules.symbolic.opaque import Opaques
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    LIST,
    NAN,
    NULL,
    NUMBER,
    OBJECT,
    OPAQUE,
    TEXT,
    TRUTH,
    Case,
    Value,
)

_COUNTABLE = frozenset({NULL, TRUTH, NUMBER})
_ALIKE = frozenset({NUMBER, TEXT, DATE})
_NO_NUMBER = frozenset({NAN, DATE})


def truthy(value: Value, opaques: Opaques) -> Formula:
    """Return when JSONLogic calls a value true."""
    return either(*(both(case.when, _truth(case, opaques)) for case in value.cases))


def _truth(case: Case, opaques: Opaques) -> Formula:
    if case.kind in (NULL, NAN):
        return FALSE
    if case.kind in (DATE, OBJECT):
        return TRUE
    if case.kind == TRUTH:
        return case.held  # type: ignore[no-any-return]  # a truth holds a formula
    if case.kind in (NUMBER, TEXT):
        return negated(formulas.same(case.held, ZERO))  # the empty text is text 0
    if case.kind == LIST:
        return either(*(there for there, _ in case.held))
    return opaques.truth("true", _alone(case))


def _alone(case: Case) -> Value:
    return Value((Case(case.kind, TRUE, case.held),))


def _pairs(first: Value, second: Value, decide: Callable[[Case, Case], Formula]) -> Formula:
    found = []
    for one in first.cases:
        for other in second.cases:
            when = both(one.when, other.when)
            if when is not FALSE:
                found.append(both(when, decide(one, other)))
    return either(*found)


def equal(first: Value, second: Value, opaques: Opaques, *, strict: bool) -> Formula:
    """Return when `===` holds, or `==` where it is not strict."""
    return _pairs(first, second, partial(_equal, opaques, strict))


def _equal(opaques: Opaques, strict: bool, one: Case, other: Case) -> Formula:
    kinds = {one.kind, other.kind}
    if OPAQUE in kinds or (len(kinds) == 1 and one.kind in (LIST, OBJECT)):
        return opaques.truth("===" if strict else "==", *_sorted(one, other))
    if len(kinds) == 1:
        return _same_kind(one, other)
    if strict or NULL in kinds or kinds & _NO_NUMBER:
        return FALSE
    if kinds == {TRUTH, NUMBER}:
        return formulas.same(as_number(one), as_number(other))
    return opaques.truth("==", *_sorted(one, other))


def _sorted(one: Case, other: Case) -> tuple[Value, Value]:
    first, second = sorted((one, other), key=lambda case: (case.kind, id(case.held)))
    return _alone(first), _alone(second)


def _same_kind(one: Case, other: Case) -> Formula:
    if one.kind in _ALIKE:
        return formulas.same(one.held, other.held)
    if one.kind == TRUTH:
        return choose(one.held, other.held, negated(other.held))
    return TRUE if one.kind == NULL else FALSE


def as_number(case: Case) -> Formula:
    """Return the number that a truth, a number or nothing stands for."""
    if case.kind == TRUTH:
        return choose(case.held, ONE, ZERO)
    return ZERO if case.kind == NULL else case.held


def before(first: Value, second: Value, opaques: Opaques, *, strict: bool) -> Formula:
    """Return when `<` holds, or `<=` where it is not strict."""
    return _pairs(first, second, partial(_before, opaques, strict))


def _before(opaques: Opaques, strict: bool, one: Case, other: Case) -> Formula:
    kinds = {one.kind, other.kind}
    compare = formulas.below if strict else formulas.at_most
    if kinds == {DATE}:
        return compare(one.held, other.held)
    if kinds <= _COUNTABLE:
        return compare(as_number(one), as_number(other))
    if kinds <= _COUNTABLE | _NO_NUMBER:
        return FALSE
    return opaques.truth("<" if strict else "<=", _alone(one), _alone(other))


def within(part: Value, whole: Value, opaques: Opaques) -> Formula:
    """Return when `in` holds: the same value in a list; a text in a text is outside the model."""
    return either(*(both(case.when, _within(part, case, opaques)) for case in whole.cases))


def _within(part: Value, whole: Case, opaques: Opaques) -> Formula:
    if whole.kind == LIST:
        return either(*(both(there, equal(part, each, opaques, strict=True)) for there, each in whole.held))
    if whole.kind in (TEXT, DATE, OPAQUE):
        return opaques.truth("in", part, _alone(whole))
    return FALSE
