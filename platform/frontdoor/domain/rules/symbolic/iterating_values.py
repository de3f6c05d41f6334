"""`some`, `all`, `none`, `filter`, `map`, `reduce`, `merge`, `count_true` over elements that may be there or not."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Protocol

from frontdoor.domain.rules.symbolic.calculating_values import how_many_true, together
from frontdoor.domain.rules.symbolic.comparing_values import truthy
from frontdoor.domain.rules.symbolic.formulas import FALSE, TRUE, Formula, both, either, negated
from frontdoor.domain.rules.symbolic.opaque import Opaques
from frontdoor.domain.rules.symbolic.values import LIST, OBJECT, OPAQUE, Case, Elements, Value, chosen, listed, of_kind

Json = Any
_Tests = list[tuple[Formula, Formula]]


class Works(Protocol):
    """What works out the inner rules."""

    opaques: Opaques

    def truth(self, logic: Json, data: Value) -> Formula:
        """Return when a rule is true of the data."""

    def value(self, logic: Json, data: Value) -> Value:
        """Return what a rule gives."""


_QUANTIFIERS: Mapping[str, Callable[[_Tests], Formula]] = {
    "some": lambda tests: either(*(both(there, test) for there, test in tests)),
    "none": lambda tests: negated(either(*(both(there, test) for there, test in tests))),
    "all": lambda tests: both(
        either(*(there for there, _ in tests)), *(either(negated(there), test) for there, test in tests)
    ),
}


def quantified(works: Works, values: list[Json], data: Value, *, word: str) -> Formula:
    """Return when `some`, `all` or `none` holds; what is no list has no elements."""
    found = []
    for case in works.value(values[0], data).cases:
        if case.kind == OPAQUE:
            found.append(both(case.when, works.opaques.truth(f"{word} {values[1]}", _alone(case))))
        else:
            tests = [(there, works.truth(values[1], each)) for there, each in _elements(case)]
            found.append(both(case.when, _QUANTIFIERS[word](tests)))
    return either(*found)


def _alone(case: Case) -> Value:
    return of_kind(case.kind, case.held)


def _elements(case: Case) -> Elements:
    return case.held if case.kind == LIST else ()


def filtered(works: Works, values: list[Json], data: Value) -> Value:
    """Return `filter`."""

    def keep(there: Formula, each: Value) -> tuple[Formula, Value]:
        return both(there, works.truth(values[1], each)), each

    return _over(works, values, data, "filter", keep)


def mapped(works: Works, values: list[Json], data: Value) -> Value:
    """Return `map`."""
    return _over(works, values, data, "map", lambda there, each: (there, works.value(values[1], each)))


def _over(
    works: Works,
    values: list[Json],
    data: Value,
    word: str,
    element: Callable[[Formula, Value], tuple[Formula, Value]],
) -> Value:
    parts = []
    for case in works.value(values[0], data).cases:
        if case.kind == OPAQUE:
            parts.append((case.when, works.opaques.value(f"{word} {values[1]}", _alone(case))))
        else:
            parts.append((case.when, listed(element(there, each) for there, each in _elements(case))))
    return together(parts)


def folded(works: Works, values: list[Json], data: Value) -> Value:
    """Return `reduce`."""
    whole, body, start = works.value(values[0], data), values[1], works.value((*values, None)[2], data)
    parts = []
    for case in whole.cases:
        if case.kind == OPAQUE:
            parts.append((case.when, works.opaques.value(f"reduce {body}", _alone(case), start)))
            continue
        found = start
        for there, each in _elements(case):
            inside = of_kind(OBJECT, {"current": each, "accumulator": found})
            found = chosen(there, works.value(body, inside), found)
        parts.append((case.when, found))
    return together(parts)


def merged(works: Works, values: list[Json], data: Value) -> Value:
    """Return `merge`: one list of all values, each list laid open once."""

    def joined(first: Value, second: Value) -> Value:
        if first.when(OPAQUE) is not FALSE or second.when(OPAQUE) is not FALSE:
            return works.opaques.value("merge", first, second)
        elements: list[tuple[Formula, Value]] = [*first.held(LIST, ())]
        for case in second.cases:
            inside = case.held if case.kind == LIST else ((TRUE, _alone(case)),)
            elements += [(both(case.when, there), each) for there, each in inside]
        return listed(elements)

    return reduce(joined, (works.value(each, data) for each in values), listed(()))


def count_true(works: Works, values: list[Json], data: Value) -> Value:
    """Return how many arguments are true, or elements if the one argument is a list."""
    if len(values) > 1:
        return how_many_true(works.truth(each, data) for each in values)
    return together((case.when, _counted(works, case)) for case in works.value(values[0], data).cases)


def _counted(works: Works, case: Case) -> Value:
    if case.kind == OPAQUE:
        return works.opaques.value("count_true", _alone(case))
    if case.kind != LIST:
        return how_many_true([truthy(_alone(case), works.opaques)])
    return how_many_true(both(there, truthy(each, works.opaques)) for there, each in _elements(case))
