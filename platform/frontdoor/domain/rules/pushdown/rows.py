"""Facts over the rows of a group: worked out for each row, then rolled up, or written into the row for later facts."""

from dataclasses import replace
from typing import Any

from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.pushdown.findings import (
    FAILED,
    FIXED,
    LETTERS,
    finding_of,
    is_condition,
    settled,
    settled_truth,
)
from frontdoor.domain.rules.pushdown.iterating import as_list
from frontdoor.domain.rules.pushdown.places import Record
from frontdoor.domain.rules.pushdown.pushed import (
    LIST,
    Pushed,
    both,
    bound,
    chosen,
    either,
    is_null,
    negated,
    variable,
)
from frontdoor.domain.rules.table import Fact


def _in_row(fact: Fact, place: Record, name: str) -> tuple[Any, bool]:
    """Return what is known of the fact for one row: what a source said of it, else its logic."""
    inside = replace(place, row=fact.over, row_name=name)
    finding, fallible = finding_of(fact, inside)
    stated = f"$${name}.{FIXED}{fact.id}"
    said = f"{stated}.v" if isinstance(fact.rule, Condition) else stated
    return {"$cond": [{"$gt": [stated, None]}, said, finding]}, fallible


def _rows(fact: Fact, place: Record) -> tuple[Pushed, Any]:
    """Return a group's rows, and the expression that none can be missing."""
    held = place.read(fact.over)
    head, _, group = fact.over.rpartition(".")
    none, open_end = place.read(f"{head}.!{group}"), place.read(f"{head}.+{group}")
    told = both(negated(is_null(held)), {"$ne": [open_end.expr, True]})
    rows = Pushed(chosen({"$eq": [none.expr, True]}, [], as_list(held)), LIST)
    return rows, either({"$eq": [none.expr, True]}, told)


def rolled_up(fact: Fact, place: Record) -> tuple[Any, bool]:
    """Return what is known of a fact over rows, and whether it can fail."""
    name = variable()
    finding, fallible = _in_row(fact, place, name)
    rows, complete = _rows(fact, place)
    listed = Pushed({"$map": {"input": rows.expr, "as": name, "in": finding}})
    build = _ROLLED[fact.roll_up]

    def write(one: Pushed) -> Any:
        rolled = build(one.expr, complete)
        rolled = settled_truth(fact, rolled) if is_condition(fact) else settled(fact, rolled)
        return chosen({"$in": [FAILED, one.expr]}, FAILED, rolled) if fallible else rolled

    return bound(listed, write), fallible


def _any(rows: Any, complete: Any) -> Any:
    return chosen({"$in": [True, rows]}, True, chosen(_all_false(rows, complete), False, None))


def _none(rows: Any, complete: Any) -> Any:
    return chosen({"$in": [True, rows]}, False, chosen(_all_false(rows, complete), True, None))


def _all_false(rows: Any, complete: Any) -> Any:
    return both(complete, negated({"$in": [None, rows]}))


def _all(rows: Any, complete: Any) -> Any:
    sure = both(complete, {"$ne": [rows, []]}, negated({"$in": [None, rows]}), negated({"$in": [False, rows]}))
    never = either({"$in": [False, rows]}, both(complete, {"$eq": [rows, []]}))
    return chosen(sure, True, chosen(never, False, None))


def _count(rows: Any, complete: Any) -> Any:
    def how_many(value: bool) -> Any:
        return {"$size": {"$filter": {"input": rows, "cond": {"$eq": ["$$this", value]}}}}

    low = Pushed(how_many(value=True))
    high = Pushed(chosen(complete, {"$subtract": [{"$size": rows}, how_many(value=False)]}, None))

    def write(a: Pushed, b: Pushed) -> Any:
        return chosen({"$eq": [a.expr, b.expr]}, {"v": a.expr}, {"l": a.expr, "h": b.expr})

    return bound(low, lambda a: bound(high, lambda b: write(a, b)))


def _list(rows: Any, complete: Any) -> Any:
    there = {"$filter": {"input": rows, "cond": {"$gt": ["$$this.v", None]}}}
    values = {"$map": {"input": there, "in": "$$this.v"}}
    lost = {"$and": [{"$lte": ["$$this.v", None]}, {"$not": ["$$this.n"]}]}
    whole = both(complete, {"$eq": [{"$filter": {"input": rows, "cond": lost}}, []]})
    return {"v": values, "i": chosen(whole, False, True)}


_ROLLED = {"any": _any, "all": _all, "none": _none, "count": _count, "list": _list}


def written_to_rows(fact: Fact, place: Record) -> tuple[Any, bool]:
    """Return the group's rows with a fact written into each, and whether it can fail; then the rows are marked."""
    name = variable()
    finding, fallible = _in_row(fact, place, name)
    held = place.read(fact.over)
    written = bound(Pushed(finding), lambda one: _written(fact, name, one.expr, fallible=fallible))
    mapped = {"$map": {"input": held.expr, "as": name, "in": written}}
    return chosen({"$isArray": [held.expr]}, mapped, None), fallible


def marked(fact: Fact, rows: str) -> Any:
    """Return the expression: the fact failed for one of the rows that are in a variable."""
    return {"$in": [True, {"$ifNull": [f"$${rows}.{FIXED}{FAILED}{fact.id}", []]}]}


def _written(fact: Fact, row: str, finding: Any, *, fallible: bool) -> Any:
    if isinstance(fact.rule, Condition):
        fields: dict[str, Any] = {
            fact.id: {"$ifNull": [finding, None]},
            **{f"{sign}{fact.id}": None for sign in "!<>+"},
        }
    else:
        fields = {f"{sign}{fact.id}": {"$ifNull": [f"{finding}.{letter}", None]} for sign, letter in LETTERS.items()}
    if not fallible:
        return {"$mergeObjects": [f"$${row}", fields]}
    failed = {f"{FIXED}{FAILED}{fact.id}": True}
    return {"$mergeObjects": [f"$${row}", {"$cond": [{"$eq": [finding, FAILED]}, failed, fields]}]}
