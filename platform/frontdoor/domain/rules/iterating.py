"""`some`, `all`, `none`, `filter`, `merge`, `map`, `reduce`: element by element, and over how complete the list is.

Test rules read one element; `ADR 0003` has the table. A filter is never copied out: it becomes the part's own test.
"""

from collections.abc import Sequence
from dataclasses import replace

from frontdoor.domain.rules.plain import Json, choose, conj, disj, neg
from frontdoor.domain.rules.terms import Bound, Part, Term, condition, exact, number

ACCUMULATOR = {"var": "accumulator"}


def listed(parts: Sequence[Part]) -> Term:
    """Return the term of a list in parts: known if it is complete and every element is decided and known."""
    value = parts[0].surely() if len(parts) == 1 else {"merge": [part.surely() for part in parts]}
    empty = conj(*(conj(part.complete, neg(part.possibly())) for part in parts))
    held = disj(*({"!!": [part.surely()]} for part in parts))
    whole = [conj(part.complete, part.decided(), neg({"in": [None, part.elements]})) for part in parts]
    term = exact(conj(*whole), value, kind="list")
    return replace(term, truth=held, falsity=empty, parts=tuple(parts))


def filtered(parts: Sequence[Part], test: Term) -> Term:
    """Return the term of `filter`: surely in where the test is surely true, possibly in where it is not false."""
    return listed(
        [replace(each, sure=conj(each.sure, test.truth), never=disj(each.never, test.falsity)) for each in parts]
    )


def some(parts: Sequence[Part], test: Term) -> Term:
    """Return the condition of `some`."""
    held = [{"some": [part.elements, conj(part.sure, test.truth)]} for part in parts]
    failed = [_each(part, disj(part.never, test.falsity)) for part in parts]
    return condition(disj(*held), conj(*failed))


def every(parts: Sequence[Part], test: Term) -> Term:
    """Return the condition of `all`: false of nothing, as in JSONLogic."""
    there = disj(*({"!!": [part.surely()]} for part in parts))
    held = [_each(part, disj(part.never, test.truth)) for part in parts]
    failed = [{"some": [part.elements, conj(part.sure, test.falsity)]} for part in parts]
    empty = conj(*(conj(part.complete, neg(part.possibly())) for part in parts))
    return condition(conj(*held, there), disj(*failed, empty))


def _each(part: Part, test: Json) -> Json:
    """Return the rule: the list is complete and `test` is true of every element."""
    return conj(part.complete, {"none": [part.elements, neg(test)]})


def mapped(parts: Sequence[Part], body: Term) -> Term:
    """Return the term of `map`: known if the list is, and the body for each element."""
    whole = [conj(part.complete, part.decided(), {"none": [part.elements, neg(body.known)]}) for part in parts]
    values = [{"map": [part.surely(), body.value]} for part in parts]
    value = values[0] if len(values) == 1 else {"merge": values}
    term = exact(conj(*whole), value, kind="list")
    return replace(term, parts=(Part(choose(term.some, value, []), term.some),))


def summed(parts: Sequence[Part], step: Term, start: Term) -> Term:
    """Return the term of `reduce` that adds `step` (reading `current`) for each element, from `start`.

    An element that may or may not be in counts only towards the upper bound, and only if its step cannot be negative.
    """
    low, high = [start.low.defined], [start.high.defined]
    below, above, exactly = [start.low.value], [start.high.value], [start.value]
    decided = [conj(part.complete, part.decided()) for part in parts]
    for part, whole in zip(parts, decided, strict=True):
        low.append(conj(True if step.natural else whole, _through(part.surely(), step.low.defined)))
        high.append(conj(part.complete if step.natural else whole, _through(part.possibly(), step.high.defined)))
        below.append(_folded("+", part.surely(), step.low.value, 0))
        above.append(_folded("+", part.possibly(), step.high.value, 0))
        exactly.append(_folded("+", part.surely(), step.value, 0))
    known = [_through(part.surely(), step.some) for part in parts]
    whole = exact(conj(start.some, *decided, *known), _sum(exactly), kind="number")
    natural = step.natural and start.natural
    return number(whole, Bound(conj(*low), _sum(below)), Bound(conj(*high), _sum(above)), natural=natural)


def _sum(values: list[Json]) -> Json:
    return values[1] if values[0] == 0 and len(values) == 2 else {"+": values}


def extreme(operator: str, parts: Sequence[Part], step: Term, start: Term) -> Term:
    """Return the term of `reduce` that keeps the least or greatest `step`; known bounds only over a complete list."""
    whole = conj(*(conj(each.complete, each.decided()) for each in parts))
    elements = parts[0].surely() if len(parts) == 1 else {"merge": [each.surely() for each in parts]}
    ends = []
    for step_end, start_end in ((step.low, start.low), (step.high, start.high)):
        defined = conj(whole, start_end.defined, _through(elements, step_end.defined))
        ends.append(Bound(defined, _folded(operator, elements, step_end.value, start_end.value)))
    some = conj(whole, start.some, _through(elements, step.some))
    return number(exact(some, _folded(operator, elements, step.value, start.value), kind="number"), *ends)


def folded(parts: Sequence[Part], reads: Json, body: Json, start: Term) -> Term:
    """Return the term of any other `reduce`: known only if everything the body reads is known and not none."""
    whole = [conj(part.complete, part.decided(), {"none": [part.elements, neg(reads)]}) for part in parts]
    elements = parts[0].surely() if len(parts) == 1 else {"merge": [part.surely() for part in parts]}
    return exact(conj(start.some, *whole), {"reduce": [elements, body, start.value]})


def counted(parts: Sequence[Part]) -> Term:
    """Return the term of `count_true` over a list of trues and falses, null where unknown."""
    current = {"var": "current"}
    step = choose(disj(current, {"===": [current, None]}), 1, 0)
    low = {"count_true": [{"merge": [part.surely() for part in parts]}]}
    high = _folded("+", {"merge": [part.possibly() for part in parts]}, step, 0)
    whole = conj(*(part.complete for part in parts))
    some = conj(whole, *(conj(part.decided(), neg({"in": [None, part.elements]})) for part in parts))
    return number(exact(some, low, kind="number"), Bound(True, low), Bound(whole, high), natural=True)


def _folded(operator: str, elements: Json, step: Json, start: Json) -> Json:
    return {"reduce": [elements, {operator: [ACCUMULATOR, step]}, start]}


def _through(elements: Json, test: Json) -> Json:
    """Return the rule: `test`, which reads `current`, is true of every element."""
    if isinstance(test, bool):
        return True if test else neg(elements)
    return {"reduce": [elements, {"and": [ACCUMULATOR, test]}, True]}


def any_fault(part: Part, failing: Json, place: str) -> Json:
    """Return the rule that is true when `failing` is for an element that may be in."""
    if failing is False:
        return False
    if place == "element":
        return {"some": [part.possibly(), failing]}
    return {"reduce": [part.possibly(), {"or": [ACCUMULATOR, failing]}, False]}
