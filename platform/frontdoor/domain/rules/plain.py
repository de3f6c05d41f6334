"""Writing plain JSONLogic short: constants fold away, nested `and`s become one.

Only for positions where truth is asked, or where the value is plain JSON. Nothing is copied: sub-rules are shared in
memory, and `size` counts them as often as they would be written out, in time linear in what is in memory.
"""

from typing import Any

Json = Any  # a rule or a literal, as json.loads gives it


def conj(*conditions: Json) -> Json:
    """Return the rule that is true when every condition is; True of none."""
    return _junction("and", conditions, neutral=True)


def disj(*conditions: Json) -> Json:
    """Return the rule that is true when any condition is; False of none."""
    return _junction("or", conditions, neutral=False)


def _junction(operator: str, conditions: tuple[Json, ...], *, neutral: bool) -> Json:
    kept: list[Json] = []
    for condition in conditions:
        if condition is (not neutral):
            return not neutral
        if condition is neutral:
            continue
        inner = condition[operator] if isinstance(condition, dict) and operator in condition else [condition]
        kept.extend(each for each in inner if not any(each is one for one in kept))
    if not kept:
        return neutral
    return kept[0] if len(kept) == 1 else {operator: kept}


def neg(condition: Json) -> Json:
    """Return the rule that is true when the condition is not."""
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, dict) and "!" in condition:
        return {"!!": condition["!"]}
    if isinstance(condition, dict) and "!!" in condition:
        return {"!": condition["!!"]}
    return {"!": [condition]}


def truth(value: Json) -> Json:
    """Return `value` as true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict) and next(iter(value)) in _TRUTHS:
        return value
    return {"!!": [value]}


_TRUTHS = frozenset({"!", "!!", "==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "some", "all", "none"})


def choose(condition: Json, yes: Json, no: Json) -> Json:
    """Return `yes` where the condition is true, else `no`."""
    if isinstance(condition, bool):
        return yes if condition else no
    return {"if": [condition, yes, no]}


def var(path: str) -> Json:
    """Return the rule that reads `path`."""
    return {"var": path}


def there(value: Json) -> Json:
    """Return the rule that is true when `value` is not null."""
    return {"!==": [value, None]}


def size(rule: Json, counted: dict[int, int] | None = None) -> int:
    """Return how many nodes the rule has when written out: operators, literals and lists each count one."""
    if not isinstance(rule, dict | list):
        return 1
    counted = {} if counted is None else counted
    known = counted.get(id(rule))
    if known is None:
        inner = rule.values() if isinstance(rule, dict) else rule
        known = counted[id(rule)] = 1 + sum(size(each, counted) for each in inner)
    return known
