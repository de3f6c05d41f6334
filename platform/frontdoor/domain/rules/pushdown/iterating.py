"""`some`, `all`, `none`, `filter`, `map` and `reduce`. What is no list counts as an empty one, but as `reduce` says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from frontdoor.domain.rules.pushdown.places import Place
from frontdoor.domain.rules.pushdown.pushed import (
    BOOL,
    LIST,
    NULL,
    NUMBERS,
    NotInDatabase,
    Pushed,
    both,
    bound,
    negated,
    never_null,
    variable,
)

Write = Callable[[Any, Place], Pushed]
Test = Callable[[Any, Place], Any]
_ROUNDS = 4  # after which the types of an accumulator stand still: there are only so many


def as_list(value: Pushed) -> Any:
    """Return the list that an iterator goes through: [] for whatever is none."""
    if value.within(LIST):
        return value.expr
    if value.within(LIST | NULL):
        return {"$ifNull": [value.expr, []]}
    return bound(value, lambda one: {"$cond": [{"$isArray": [one.expr]}, one.expr, []]})


def tested(operator: str, values: list[Any], place: Place, write: Write, test: Test) -> Any:
    """Return `some`, `none` or `all` as a condition. It stops at the first element that settles it."""
    listed = write(values[0], place)
    name = variable()
    condition = test(values[1], place.element(name, listed.listed))

    def found(elements: Any, wanted: Any) -> Any:
        if wanted is False:
            return False
        if wanted is True:
            return {"$ne": [elements, []]}
        return {"$ne": [{"$filter": {"input": elements, "as": name, "cond": wanted, "limit": 1}}, []]}

    if operator != "all":
        any_ = found(as_list(listed), condition)
        return any_ if operator == "some" else negated(any_)
    elements = Pushed(as_list(listed), simple=listed.simple)
    return bound(elements, lambda one: both({"$ne": [one.expr, []]}, negated(found(one.expr, negated(condition)))))


def filtered(values: list[Any], place: Place, write: Write, test: Test) -> Pushed:
    """Return `filter`."""
    listed = write(values[0], place)
    name = variable()
    condition = test(values[1], place.element(name, listed.listed))
    kept = {"$filter": {"input": as_list(listed), "as": name, "cond": condition}}
    return Pushed(kept, LIST, listed=listed.listed, fresh=True)


def mapped(values: list[Any], place: Place, write: Write) -> Pushed:
    """Return `map`."""
    listed = write(values[0], place)
    name = variable()
    body = write(values[1], place.element(name, listed.listed))
    expr = {"$map": {"input": as_list(listed), "as": name, "in": never_null(body)}}
    return Pushed(expr, LIST, fresh=True)


def reduced(values: list[Any], place: Place, write: Write) -> Pushed:
    """Return `reduce`. The types of its accumulator are those that its body can give, found by trying."""
    listed, start = write(values[0], place), write(values[2], place)
    types = start.types
    for _ in range(_ROUNDS):
        body = write(values[1], place.step(listed.listed, types))
        if body.types <= types:
            break
        types |= body.types
    else:
        raise NotInDatabase("accumulator", "What `reduce` gathers changes its type too often")
    if body.fresh:
        raise NotInDatabase("accumulator", "`reduce` gathers a list")
    expr = {"$reduce": {"input": as_list(listed), "initialValue": never_null(start), "in": never_null(body)}}
    printable = not types & NUMBERS or (start.printable and body.printable)
    return replace(Pushed(expr, types), printable=printable)


__all__ = ["BOOL", "as_list", "filtered", "mapped", "reduced", "tested"]
