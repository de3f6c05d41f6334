"""What is known of one fact, of the family or of one row, as an expression: the engine's `Finding`, in letters.

A condition is true, false or null (unknown). Anything else is null or an object: `v` the value, `n` known to be none,
`l` and `h` its bounds, `i` a list that is incomplete. FAILED stands for a fact whose rule has no result.
"""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.rules.compiled import Condition, Value
from frontdoor.domain.rules.pushdown.days import marker
from frontdoor.domain.rules.pushdown.places import Record
from frontdoor.domain.rules.pushdown.pushed import (
    BOOL,
    LIST,
    NAN,
    NULL,
    NUMBERS,
    TEXTS,
    Pushed,
    both,
    bound,
    chosen,
    either,
    is_null,
    is_type,
    literal,
    negated,
)
from frontdoor.domain.rules.pushdown.pushing import push, test
from frontdoor.domain.rules.table import Fact

FAILED = "!"
FIXED = "="  # before a fact's id: what a source said of it for one row
LETTERS: Mapping[str, str] = {"": "v", "!": "n", "<": "l", ">": "h", "+": "i"}


def is_condition(fact: Fact) -> bool:
    """Tell whether a fact is true, false or unknown, and nothing else."""
    return isinstance(fact.rule, Condition) and fact.roll_up != "count"


def finding_of(fact: Fact, place: Record) -> tuple[Any, bool]:
    """Return what is known of a fact, and whether its rule can fail. `unknown_as` is what stands for unknown."""
    if isinstance(fact.rule, Condition):
        finding, fallible = _condition(fact.rule, place)
        return (settled_truth(fact, finding) if not fact.roll_up else finding), fallible
    if isinstance(fact.rule, Value):
        finding, fallible = _value(fact, fact.rule, place)
    else:
        finding, fallible = None, False
    return (settled(fact, finding) if not fact.roll_up else finding), fallible


def _condition(rule: Condition, place: Record) -> tuple[Any, bool]:
    rules = rule.translation
    failing = test(rules.failing, place)
    no = chosen(test(rules.surely_false, place), False, chosen(failing, FAILED, None))
    return chosen(test(rules.surely_true, place), True, no), failing is not False


def settled_truth(fact: Fact, finding: Any) -> Any:
    """Return a condition with what stands for unknown."""
    return finding if fact.unknown_as is None else {"$ifNull": [finding, literal(fact.unknown_as).expr]}


def settled(fact: Fact, finding: Any) -> Any:
    """Return a finding with what stands for unknown."""
    if fact.unknown_as is None:
        return finding
    stands = {"v": literal(fact.unknown_as).expr}

    def write(one: Pushed) -> Any:
        whole = both({"$gt": [f"{one.expr}.v", None]}, {"$not": [f"{one.expr}.i"]})
        return chosen(either({"$eq": [one.expr, FAILED]}, f"{one.expr}.n", whole), one.expr, stands)

    return bound(Pushed(finding), write)


def _value(fact: Fact, rule: Value, place: Record) -> tuple[Any, bool]:
    rules = rule.translation
    failing = test(rules.failing, place)
    value, checked = _kept(fact, push(rules.value, place), "v")
    unknown, checked_too = (
        _present(fact, rules.present, place) if rules.present is not None else _between(fact, rule, place)
    )
    rest = chosen(test(rules.some, place), value, chosen(failing, FAILED, unknown))
    return chosen(test(rules.none, place), {"n": True}, rest), failing is not False or checked or checked_too


def _kept(fact: Fact, value: Pushed, letter: str) -> tuple[Any, bool]:
    """Return a value as part of a finding, FAILED where it is not of the fact's type; and whether that can be."""
    if fact.roll_up == "list":
        return {letter: value.expr}, False
    held = {letter: value.expr}
    fits = _fits(fact.type, value)
    if fits is True:
        return held, False
    return bound(
        value, lambda one: chosen(either(is_null(one), _fits(fact.type, one)), {letter: one.expr}, FAILED)
    ), True


def _fits(kind: str, value: Pushed) -> Any:
    """Return the expression: a value that is there is of a fact's type; True where that is certain."""
    if kind == "date":
        return True if value.within(frozenset({"date", "null"})) else {"$gt": [marker(value), None]}
    if kind in ("number", "integer"):
        return _fits_number(kind, value)
    names = {"boolean": (BOOL, "bool"), "string": (TEXTS, "string"), "list": (LIST, "array")}
    types, name = names[kind]
    return True if value.within(types | NULL) else is_type(value, name)


def _fits_number(kind: str, value: Pushed) -> Any:
    certain = value.within(frozenset({"num", "null"}))
    if certain and value.printable and kind == "number":
        return True
    if value.const:
        return isinstance(value.value, int) and not isinstance(value.value, bool)
    finite = both({"$ne": [value.expr, NAN]}, {"$lt": [{"$abs": value.expr}, float("inf")]})
    whole = {"$eq": [value.expr, {"$trunc": value.expr}]} if kind == "integer" else True
    number = True if value.within(NUMBERS | NULL) else {"$isNumber": value.expr}
    return {"$and": [each for each in (number, finite, whole) if each is not True]}


def _present(fact: Fact, present: Any, place: Record) -> tuple[Any, bool]:
    held = push(present, place)
    return bound(held, lambda one: chosen(is_type(one, "array"), {"v": one.expr, "i": True}, None)), False


def _between(fact: Fact, rule: Value, place: Record) -> tuple[Any, bool]:
    """Return the bounds of a value that is not known; bounds that meet are the value."""
    ends, fallible = [], False
    for end in (rule.translation.low, rule.translation.high):
        defined = test(end.defined, place)
        value = push(end.value, place) if defined is not False else literal(None)
        ends.append(Pushed(chosen(defined, value.expr, None), value.types | NULL, printable=value.printable))
        fallible = fallible or _fits(fact.type, ends[-1]) is not True
    low, high = ends
    if low.expr is None and high.expr is None:
        return None, False
    return bound(low, lambda a: bound(high, lambda b: _meeting(fact, a, b))), fallible


def _meeting(fact: Fact, low: Pushed, high: Pushed) -> Any:
    same = both({"$gt": [low.expr, None]}, {"$eq": [low.expr, high.expr]})
    found = chosen(same, {"v": low.expr}, {"l": low.expr, "h": high.expr})
    wrong = either(*(both(negated(is_null(end)), negated(_fits(fact.type, end))) for end in (low, high)))
    return chosen(wrong, FAILED, found)
