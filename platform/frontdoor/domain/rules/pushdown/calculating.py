"""Arithmetic, counting and text. Sums go two at a time, as doubles in a browser do; division by nought is no error."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from frontdoor.domain.rules.pushdown.coercing import leading_number, number, text, truth
from frontdoor.domain.rules.pushdown.pushed import (
    COMPUTED,
    LIST,
    NAN,
    NUMBERS,
    TEXT,
    NotInDatabase,
    Pushed,
    both,
    bound,
    chosen,
    is_type,
)

_INFINITE = float("inf")


def _computed(expr: Any, parts: Sequence[Pushed] = (), *, nan: bool = True) -> Pushed:
    """Return a number worked out of `parts`: NaN only if one of them may be, or the sum of two infinities."""
    sound = not nan and all(part.within(frozenset({"num", "null", "bool"})) for part in parts)
    return Pushed(expr, frozenset({"num"}) if sound else COMPUTED, printable=False)


def add(values: Sequence[Pushed]) -> Pushed:
    """Return `+`."""
    numbers = [leading_number(value) for value in values]
    total = reduce(lambda a, b: {"$add": [a, b]}, numbers)
    sound = all(value.within(frozenset({"num"})) for value in values)
    return _computed(total, values, nan=not sound)


def subtract(values: Sequence[Pushed]) -> Pushed:
    """Return `-` of two numbers, or of one with its sign turned."""
    if len(values) == 1:
        return _computed({"$multiply": [-1.0, number(values[0])]}, values, nan=False)
    return _computed({"$subtract": [number(values[0]), number(values[1])]}, values, nan=False)


def multiply(values: Sequence[Pushed]) -> Pushed:
    """Return `*`; a single value comes back as it is."""
    if len(values) == 1:
        return values[0]
    return _computed(reduce(lambda a, b: {"$multiply": [1.0, a, b]}, [leading_number(value) for value in values]))


def divide(values: Sequence[Pushed]) -> Pushed:
    """Return `/`: by nought it is infinite, and 0/0 is NaN."""
    above, below = Pushed(number(values[0])), Pushed(number(values[1]))

    def write(a: Any, b: Any) -> Any:
        by_nought = {
            "$switch": {
                "branches": [
                    {"case": {"$gt": [a, 0.0]}, "then": _INFINITE},
                    {"case": {"$and": [{"$lt": [a, 0.0]}, {"$ne": [a, NAN]}]}, "then": -_INFINITE},
                ],
                "default": NAN,
            }
        }
        return {"$cond": [{"$eq": [b, 0.0]}, by_nought, {"$divide": [a, b]}]}

    return _computed(_pair(above, below, write))


def remainder(values: Sequence[Pushed]) -> Pushed:
    """Return `%`: by nought, and of an infinity, it is NaN."""
    above, below = Pushed(number(values[0])), Pushed(number(values[1]))

    def write(a: Any, b: Any) -> Any:
        none = {"$or": [{"$eq": [b, 0.0]}, {"$in": [a, [_INFINITE, -_INFINITE]]}]}
        return {"$cond": [none, NAN, {"$mod": [a, b]}]}

    return _computed(_pair(above, below, write))


def _pair(first: Pushed, second: Pushed, write: Callable[[Any, Any], Any]) -> Any:
    return bound(first, lambda a: bound(second, lambda b: write(a.expr, b.expr)))


def extreme(operator: str, values: Sequence[Pushed]) -> Pushed:
    """Return `min` or `max`: NaN if any value is no number."""
    sound = all(value.within(frozenset({"num", "null", "bool"})) for value in values)
    numbers = [number(value) for value in values]
    if sound:
        return _computed({f"${operator}": numbers}, values, nan=False)
    listed = Pushed(numbers)
    return _computed(
        bound(listed, lambda all_: {"$cond": [{"$in": [NAN, all_.expr]}, NAN, {f"${operator}": all_.expr}]})
    )


def count_true(values: Sequence[Pushed], elements: Sequence[Pushed] | None) -> Pushed:
    """Return `count_true`: of its arguments; of the elements of a list that the rule writes, or that is stored."""
    if len(values) != 1 or elements is not None:
        tests = [truth(value) for value in (elements if elements is not None else values)]
        return _whole(_sum_of(tests))
    return _whole(bound(values[0], _count))


def _count(value: Pushed) -> Any:
    element = Pushed("$$this", simple=True)
    counted = {"$size": {"$filter": {"input": value.expr, "cond": truth(element)}}}
    return chosen(is_type(value, "array"), counted if value.may(LIST) else 0.0, chosen(truth(value), 1.0, 0.0))


def _whole(expr: Any) -> Pushed:
    return Pushed(expr, frozenset({"num"}))


def _sum_of(tests: Sequence[Any]) -> Any:
    return {"$add": [chosen(test, 1.0, 0.0) for test in tests]} if tests else 0.0


def joined(values: Sequence[Pushed]) -> Pushed:
    """Return `cat`: null is empty."""
    return Pushed({"$concat": [text(value, null="") for value in values]}, TEXT)


def part_of_text(values: Sequence[Pushed]) -> Pushed:
    """Return `substr`, with a start and a length that the rule states as whole numbers."""
    source, *places = values
    if not all(place.const and isinstance(place.value, int) and not isinstance(place.value, bool) for place in places):
        raise NotInDatabase("computed_place", "`substr` with a computed place is worked out by the engine")
    first = places[0].value
    count = places[1].value if len(places) > 1 else None
    return Pushed(bound(Pushed(text(source)), lambda one: _part(one.expr, first, count)), TEXT)


def _part(source: Any, first: int, count: int | None) -> Any:
    length = {"$strLenCP": source}
    begin: Any = {"$max": [{"$add": [length, first]}, 0]} if first < 0 else {"$min": [first, length]}

    def taken(begin: Any) -> Any:
        rest = {"$subtract": [length, begin]}
        if count is None:
            return rest
        wanted = {"$add": [rest, count]} if count < 0 else count
        return {"$max": [0, {"$min": [wanted, rest]}]}

    return bound(Pushed(begin), lambda one: {"$substrCP": [source, one.expr, taken(one.expr)]})


def merged(values: Sequence[Pushed]) -> Pushed:
    """Return `merge`: one list of all values, each list laid open once."""
    listed = {value.listed for value in values}
    expr = {"$concatArrays": [_opened(value) for value in values]}
    return Pushed(expr, LIST, listed=listed.pop() if len(listed) == 1 else "", fresh=True)


def _opened(value: Pushed) -> Any:
    if value.within(LIST):
        return value.expr
    if not value.may(LIST):
        return [_there(value)]
    return bound(value, lambda one: {"$cond": [{"$isArray": [one.expr]}, one.expr, [_there(one)]]})


def _there(value: Pushed) -> Any:
    return value.expr if value.const else {"$ifNull": [value.expr, None]}


def is_number(value: Pushed) -> Any:
    """Return the expression: a number that is one."""
    return both({"$isNumber": value.expr}, {"$ne": [value.expr, NAN]} if value.may(NUMBERS) else True)
