"""One plain rule as an aggregation expression: as a value, or as a condition of which only the truth is asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.pushdown import calculating, dating, iterating
from frontdoor.domain.rules.pushdown.coercing import truth
from frontdoor.domain.rules.pushdown.comparing import contains, loosely, ordered, strictly
from frontdoor.domain.rules.pushdown.folding import folded, holds_rule, run
from frontdoor.domain.rules.pushdown.places import Place
from frontdoor.domain.rules.pushdown.pushed import (
    BOOL,
    LIST,
    NULL,
    NotInDatabase,
    Pushed,
    both,
    bound,
    chosen,
    either,
    is_null,
    literal,
    negated,
    never_null,
)

_ORDERS, _EQUALS, _TESTED = ("<", "<=", ">", ">="), ("==", "===", "!=", "!=="), ("some", "none", "all")
_DATES = ("age_on", "months_between", "days_between", "working_days_between")


def push(rule: Any, place: Place) -> Pushed:
    """Return the value of a plain rule; NotInDatabase for what MongoDB cannot work out exactly."""
    if isinstance(rule, list):
        return _list(rule, place)
    if not isinstance(rule, dict) or not rule:
        return literal(rule)
    if len(rule) > 1:
        raise NotInDatabase("keys", "An object of several keys stands where an operator is due")
    operator, values = arguments(rule)
    write = _OPERATORS.get(operator)
    if write is None and operator in _CONDITIONS:
        return _condition(test(rule, place))
    if write is None or not (values or operator == "var"):
        raise NotInDatabase("operator", f"`{operator[:40]}` is worked out by the engine")
    return write(operator, values, place)


def test(rule: Any, place: Place) -> Any:
    """Return an expression that MongoDB takes as true exactly when JSONLogic takes the rule's value as true."""
    if isinstance(rule, dict) and len(rule) == 1:
        operator, values = arguments(rule)
        write = _CONDITIONS.get(operator)
        if write is not None and values:
            return write(operator, values, place)
    return truth(push(rule, place))


def _condition(expr: Any) -> Pushed:
    if isinstance(expr, bool):
        return literal(expr)
    boolean = isinstance(expr, dict) and next(iter(expr)) in _BOOLEAN
    return Pushed(expr if boolean else {"$cond": [expr, True, False]}, BOOL)


_BOOLEAN = frozenset({"$and", "$or", "$not", "$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$in"})


def _list(values: list[Any], place: Place) -> Pushed:
    parts = [push(value, place) for value in values]
    if all(part.const for part in parts):
        return literal([part.value for part in parts])
    return Pushed([never_null(part) for part in parts], LIST, fresh=True)


def _var(operator: str, values: list[Any], place: Place) -> Pushed:
    name = values[0] if values else ""
    name = str(name) if isinstance(name, int) and not isinstance(name, bool) else "" if name is None else name
    if not isinstance(name, str):
        raise NotInDatabase("computed_path", "A computed name is looked up by the engine")
    found = place.read(name)
    if len(values) < 2 or not found.may(NULL):
        return found
    raise NotInDatabase("default", "A default stands in for what is absent, not for null: the engine tells them apart")


def _if(operator: str, values: list[Any], place: Place) -> Pushed:
    result = push(values[-1], place) if len(values) % 2 else literal(None)
    pairs = [(values[index], values[index + 1]) for index in range(0, len(values) - 1, 2)]
    for condition, value in reversed(pairs):
        result = _branch(test(condition, place), value, result, place)
    return result


def _branch(condition: Any, value: Any, otherwise: Pushed, place: Place) -> Pushed:
    if isinstance(condition, bool):
        return push(value, place) if condition else otherwise
    return _either(condition, push(value, place), otherwise)


def _either(condition: Any, yes: Pushed, no: Pushed) -> Pushed:
    itself = yes.simple and condition == {"$gt": [yes.expr, None]}
    expr = {"$ifNull": [yes.expr, never_null(no)]} if itself else chosen(condition, never_null(yes), never_null(no))
    return Pushed(
        expr,
        yes.types | no.types,
        listed=yes.listed if yes.listed == no.listed else "",
        printable=yes.printable and no.printable,
        fresh=yes.fresh and no.fresh,
    )


def _junction(operator: str, values: list[Any], place: Place) -> Pushed:
    if not values:
        raise NotInDatabase("operator", f"An empty `{operator}` is worked out by the engine")
    parts = [push(value, place) for value in values]
    if all(part.within(BOOL) for part in parts):
        return _condition((both if operator == "and" else either)(*(truth(part) for part in parts)))
    result = parts.pop()
    while parts:
        result = _junct(operator, parts.pop(), result)
    return result


def _junct(operator: str, first: Pushed, rest: Pushed) -> Pushed:
    held = truth(first) if first.const else None
    if held is not None:
        return rest if bool(held) is (operator == "and") else first

    def build(one: Pushed) -> Any:
        yes, no = (rest, one) if operator == "and" else (one, rest)
        return chosen(truth(one), never_null(yes), never_null(no))

    return replace(
        _either(True, first, rest),
        expr=bound(first, build),
        simple=False,
        const=False,
        path="",
        types=first.types | rest.types,
    )


def _all_of(operator: str, values: list[Any], place: Place) -> Any:
    return (both if operator == "and" else either)(*(test(value, place) for value in values))


def _not(operator: str, values: list[Any], place: Place) -> Any:
    held = test(values[0], place)
    return held if operator == "!!" else negated(held)


def _if_test(operator: str, values: list[Any], place: Place) -> Any:
    result = test(values[-1], place) if len(values) % 2 else False
    for index in range(len(values) - len(values) % 2 - 2, -1, -2):
        condition, value = test(values[index], place), test(values[index + 1], place)
        result = chosen(condition, value, result)
    return result


def _ordered(operator: str, values: list[Any], place: Place) -> Any:
    terms = [push(value, place) for value in values]
    if len(terms) < 2:
        raise NotInDatabase("operator", f"`{operator}` of one value is worked out by the engine")
    if operator.startswith(">"):
        terms, operator = terms[1::-1], operator.replace(">", "<")
    return both(*(_ordered_pair(operator, a, b) for a, b in pairwise(terms[:3])))


def _ordered_pair(operator: str, first: Pushed, second: Pushed) -> Any:
    return folded(operator, first, second, lambda: ordered(operator, first, second))


def _equal(operator: str, values: list[Any], place: Place) -> Any:
    first, second = _two(operator, values, place)
    compare = strictly if len(operator) == 3 else loosely
    held = folded(operator.replace("!", "=", 1), first, second, lambda: compare(first, second))
    return negated(held) if operator.startswith("!") else held


def _in(operator: str, values: list[Any], place: Place) -> Any:
    first, second = _two(operator, values, place)
    return folded(operator, first, second, lambda: contains(first, second))


def _two(operator: str, values: list[Any], place: Place) -> tuple[Pushed, Pushed]:
    if len(values) < 2:
        raise NotInDatabase("operator", f"`{operator}` of one value is worked out by the engine")
    return push(values[0], place), push(values[1], place)


def _tested(operator: str, values: list[Any], place: Place) -> Any:
    if len(values) < 2:
        raise NotInDatabase("operator", f"`{operator}` without a test is worked out by the engine")
    return iterating.tested(operator, values, place, push, test)


_CONDITIONS: Mapping[str, Callable[[str, list[Any], Place], Any]] = {
    "and": _all_of, "or": _all_of, "!": _not, "!!": _not, "if": _if_test, "?:": _if_test, "in": _in,
    "unknown": lambda _, values, place: is_null(push(values[0], place)),
    **dict.fromkeys(_ORDERS, _ordered), **dict.fromkeys(_EQUALS, _equal), **dict.fromkeys(_TESTED, _tested),
}  # fmt: skip


def _calculated(operator: str, values: list[Any], place: Place) -> Pushed:
    parts = [push(value, place) for value in values]
    if all(part.const and not holds_rule(part.value) for part in parts):
        return literal(run({operator: [part.value for part in parts]}))
    return _CALCULATIONS[operator](parts)


def _count(operator: str, values: list[Any], place: Place) -> Pushed:
    if len(values) == 1 and isinstance(values[0], list):
        return calculating.count_true([literal([])], [_tested_part(value, place) for value in values[0]])
    parts = [push(value, place) for value in values]
    return calculating.count_true(parts, None)


def _tested_part(value: Any, place: Place) -> Pushed:
    held = test(value, place)
    return literal(held) if isinstance(held, bool) else Pushed(held, BOOL)


def _dates(operator: str, values: list[Any], place: Place) -> Pushed:
    return dating.between(operator, values, place, dating.Reading(push, test))


def _reduce(operator: str, values: list[Any], place: Place) -> Pushed:
    if len(values) != 3:
        raise NotInDatabase("operator", "`reduce` without a start is worked out by the engine")
    return iterating.reduced(values, place, push)


_CALCULATIONS: Mapping[str, Callable[[list[Pushed]], Pushed]] = {
    "+": calculating.add, "-": calculating.subtract, "*": calculating.multiply, "/": calculating.divide,
    "%": calculating.remainder, "cat": calculating.joined, "substr": calculating.part_of_text,
    "merge": calculating.merged,
    "min": lambda parts: calculating.extreme("min", parts), "max": lambda parts: calculating.extreme("max", parts),
}  # fmt: skip
_OPERATORS: Mapping[str, Callable[[str, list[Any], Place], Pushed]] = {
    **dict.fromkeys(_CALCULATIONS, _calculated), **dict.fromkeys(_DATES, _dates),
    "var": _var, "if": _if, "?:": _if, "and": _junction, "or": _junction,
    "count_true": _count,
    "filter": lambda _, values, place: iterating.filtered(values, place, push, test),
    "map": lambda _, values, place: iterating.mapped(values, place, push),
    "reduce": _reduce,
}  # fmt: skip
