"""Comparisons, equality and `in`, as JavaScript has them. NaN, which MongoDB sorts below all, is before nothing."""

from typing import Any

from frontdoor.domain.rules.pushdown.coercing import number, text
from frontdoor.domain.rules.pushdown.pushed import (
    BOOL,
    CONTAINERS,
    LIST,
    NAN,
    NULL,
    NUMBERS,
    TEXTS,
    NotInDatabase,
    Pushed,
    both,
    bound,
    chosen,
    either,
    families,
    is_null,
    is_type,
    negated,
    never_null,
)

_SIGNS = {"<": "$lt", "<=": "$lte"}
_WRITTEN = TEXTS | CONTAINERS  # what becomes a text where it is ordered
_DAY = frozenset({"date"})


def ordered(sign: str, first: Pushed, second: Pushed) -> Any:
    """Return `first < second` or `first <= second`: two texts by code units, everything else as numbers."""
    if not (first.may(_WRITTEN) and second.may(_WRITTEN)):
        return _as_numbers(sign, first, second)
    if first.within(_DAY | NULL) and second.within(_DAY | NULL):
        return bound(first, lambda a: bound(second, lambda b: _days(sign, a, b)))
    if first.within(_WRITTEN) and second.within(_WRITTEN):
        return {_SIGNS[sign]: [text(first), text(second)]}
    return bound(first, lambda a: bound(second, lambda b: _mixed(sign, a, b)))


def _days(sign: str, a: Pushed, b: Pushed) -> Any:
    """Return the order of two days, either perhaps null: null is 0 and a day is no number, so nothing is before it."""
    in_order = {_SIGNS[sign]: [a.expr, b.expr]}
    if sign == "<":
        return both(negated(is_null(a)), in_order)
    return either(both(negated(is_null(a)), in_order), both(is_null(a), is_null(b)))


def _mixed(sign: str, a: Pushed, b: Pushed) -> Any:
    texts = both(_is_written(a), _is_written(b))
    return chosen(texts, {_SIGNS[sign]: [text(a), text(b)]}, _as_numbers(sign, a, b))


def _is_written(pushed: Pushed) -> Any:
    kinds = [is_type(pushed, name) for name in ("string", "array", "object")]
    return True if pushed.within(_WRITTEN) else either(*kinds)


def _as_numbers(sign: str, first: Pushed, second: Pushed) -> Any:
    if _above_nought(first, second) or _above_nought(second, first):
        return {_SIGNS[sign]: [first.expr, second.expr]}
    below = Pushed(number(first), simple=first.simple and first.within(NUMBERS), const=first.const)
    above = number(second)
    if first.const:
        return False if below.expr != below.expr else {_SIGNS[sign]: [below.expr, above]}
    if _is_sound(first):
        return {_SIGNS[sign]: [below.expr, above]}
    return bound(below, lambda a: {"$and": [{"$ne": [a.expr, NAN]}, {_SIGNS[sign]: [a.expr, above]}]})


def _above_nought(limit: Pushed, value: Pushed) -> bool:
    """Tell whether a limit is a number above 0 and the value a number or null: null is then below it on either side.

    In JavaScript as 0, in MongoDB because null sorts below every number.
    """
    positive = limit.const and limit.within(frozenset({"num"})) and limit.value > 0
    return bool(positive) and value.within(frozenset({"num", "null"}))


def _is_sound(pushed: Pushed) -> bool:
    """Tell whether the number that a value becomes is never NaN."""
    return pushed.within(frozenset({"num", "null", "bool"}))


def strictly(first: Pushed, second: Pushed) -> Any:
    """Return `===`: the same type and value; lists and objects only if they are one and the same."""
    if first.const and first.value is None:
        return is_null(second)
    if second.const and second.value is None:
        return is_null(first)
    if not families(first) & families(second):
        return False
    same = _one_and_the_same(first, second)
    return bound(first, lambda a: bound(second, lambda b: _strictly(a, b, same=same)))


def _one_and_the_same(first: Pushed, second: Pushed) -> bool:
    """Tell whether a list or object in both is one and the same; NotInDatabase where that depends on what is stored."""
    if not (first.may(CONTAINERS) and second.may(CONTAINERS)) or first.fresh or second.fresh:
        return False
    if first.const or second.const:
        return False
    if not (first.path and second.path):
        raise NotInDatabase("identity", "The rule asks whether two lists or objects are one and the same")
    return first.path == second.path


def _strictly(a: Pushed, b: Pushed, *, same: bool) -> Any:
    equal = {"$eq": [a.expr, b.expr]}
    if a.may(NULL) and b.may(NULL):
        equal = {"$eq": [never_null(a), never_null(b)]}
    nan = {"$ne": [a.expr, NAN]} if "nan" in a.types and "nan" in b.types else True
    if a.may(CONTAINERS) and b.may(CONTAINERS) and not same:
        return both(nan, negated(_is_container(a)), equal)
    return both(nan, equal)


def _is_container(pushed: Pushed) -> Any:
    return either(is_type(pushed, "array"), is_type(pushed, "object"))


def loosely(first: Pushed, second: Pushed) -> Any:
    """Return `==`: "5" equals 5, null only null, [] equals ""; two lists only if they are one."""
    if first.const and not second.const:
        first, second = second, first
    if second.const and second.value is None:
        return is_null(first)
    together = families(first) | families(second)
    if any(together <= NULL | alike for alike in (BOOL, NUMBERS, TEXTS)):
        return strictly(first, second)
    same = _one_and_the_same(first, second)
    return bound(first, lambda a: bound(second, lambda b: _loosely(a, b, same=same)))


def _loosely(a: Pushed, b: Pushed, *, same: bool) -> Any:
    """Return `==` of two values of which nothing is known: by what each of them turns out to be."""
    identical = {"$eq": [a.expr, b.expr]} if same else False
    unlike = chosen(both(_is_written(a), _is_written(b)), _same_text(a, b), _same_number(a, b))
    result = chosen(both(_is_container(a), _is_container(b)), identical, unlike)
    empty = either(is_null(a), is_null(b))
    return chosen(empty, both(is_null(a), is_null(b)), result)


def _same_text(a: Pushed, b: Pushed) -> Any:
    if not (a.may(_WRITTEN) and b.may(_WRITTEN)):
        return False
    return {"$eq": [text(a), text(b)]}


def _same_number(a: Pushed, b: Pushed) -> Any:
    first = Pushed(number(a), simple=a.simple and a.within(NUMBERS))
    return bound(first, lambda one: {"$and": [{"$ne": [one.expr, NAN]}, {"$eq": [one.expr, number(b)]}]})


def contains(part: Pushed, whole: Pushed) -> Any:
    """Return `in`: a text within a text, or the same value (`===`) in a list; false in anything else."""
    if part.may(CONTAINERS) and not part.const and whole.may(LIST) and not (whole.const or part.fresh):
        raise NotInDatabase("identity", "The rule looks for a list or object itself within a list")
    return bound(part, lambda one: bound(whole, lambda all_: _contains(one, all_)))


def _contains(part: Pushed, whole: Pushed) -> Any:
    in_text = _in_text(part, whole) if whole.may(TEXTS) else False
    in_list = _in_list(part, whole) if whole.may(LIST) else False
    return chosen(is_type(whole, "array"), in_list, chosen(is_type(whole, "string"), in_text, False))


def _in_list(part: Pushed, whole: Pushed) -> Any:
    if part.within(CONTAINERS):
        return False
    found = {"$in": [never_null(part), whole.expr]}
    no_list = negated(_is_container(part)) if part.may(CONTAINERS) else True
    return both(no_list, {"$ne": [part.expr, NAN]} if "nan" in part.types else True, found)


def _in_text(part: Pushed, whole: Pushed) -> Any:
    return {"$and": [{"$ne": [whole.expr, ""]}, {"$gte": [{"$indexOfCP": [whole.expr, text(part)]}, 0.0]}]}
