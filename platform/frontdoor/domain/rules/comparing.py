"""Comparisons, equality and `in` on translated terms. A comparison with none is false."""

from collections.abc import Callable, Sequence
from math import prod

from frontdoor.domain.rules.plain import Json, conj, disj, neg
from frontdoor.domain.rules.terms import Bound, Part, Term, branch, condition


class TooEntangled(Exception):
    """A rule whose translation would multiply; `translate` turns it into a refusal with advice."""


_BOUNDED = frozenset({"any", "number", "date"})


MOST_CHOICES = 256  # values of all the `if`s that one operator is moved into, multiplied


def lifted(operate: Callable[[Sequence[Term]], Term], terms: Sequence[Term]) -> Term:
    """Return `operate(terms)`, with every `if` among the terms moved outside: f(if c x y) is if c f(x) f(y).

    Raises TooEntangled where that would multiply beyond MOST_CHOICES.
    """
    if prod(term.width for term in terms) > MOST_CHOICES:
        raise TooEntangled
    return _lifted(operate, terms)


def _lifted(operate: Callable[[Sequence[Term]], Term], terms: Sequence[Term]) -> Term:
    for index, term in enumerate(terms):
        if term.branches is not None:
            test, yes, no = term.branches
            rest = [*terms[:index], None, *terms[index + 1 :]]
            first, second = ([each or part for each in rest] for part in (yes, no))
            return branch(test, _lifted(operate, first), _lifted(operate, second))
    return operate(terms)


def ordered(operator: str, terms: Sequence[Term]) -> Term:
    """Return the condition of `<`, `<=`, `>`, `>=` between two terms, or of `<`, `<=` between three."""
    if len(terms) == 3:
        lower, upper = ordered(operator, terms[:2]), ordered(operator, terms[1:])
        return condition(conj(lower.truth, upper.truth), disj(lower.falsity, upper.falsity))
    first, second = terms if operator[0] == "<" else (terms[1], terms[0])
    above, strict = ">=" if operator in ("<", ">") else ">", "<" if operator in ("<", ">") else "<="
    held = _ends(first.high, strict, second.low)
    failed = _ends(first.low, above, second.high)
    return condition(held, disj(first.none, second.none, failed))


def _ends(first: Bound, operator: str, second: Bound) -> Json:
    return conj(first.defined, second.defined, {operator: [first.value, second.value]})


def equal(operator: str, terms: Sequence[Term]) -> Term:
    """Return the condition of `==` or `===`; false if either is none."""
    first, second = terms
    for one, other in ((first, second), (second, first)):
        if one.literal and isinstance(one.value, bool) and other.kind == "boolean":
            return other if one.value else opposite(other)
    if first.kind == second.kind == "boolean":
        return _same_truth(first, second)
    none = disj(first.none, second.none)
    if first.kind == second.kind == "number" and not (_single(first) and _single(second)):
        held = conj(_ends(first.low, ">=", second.high), _ends(first.high, "<=", second.low))
        return condition(held, disj(none, _ends_apart(first, second)))
    both = conj(first.some, second.some)
    same = {operator: [first.value, second.value]}
    apart = _apart(first, second) if {first.kind, second.kind} <= _BOUNDED else False
    return condition(conj(both, same), disj(none, conj(both, neg(same)), apart))


def _same_truth(first: Term, second: Term) -> Term:
    held = disj(conj(first.truth, second.truth), conj(first.falsity, second.falsity))
    return condition(held, disj(conj(first.truth, second.falsity), conj(first.falsity, second.truth)))


def _single(term: Term) -> bool:
    """Tell whether the bounds of a known value add nothing: it is written, or read as it is."""
    return term.literal or (isinstance(term.value, dict) and "var" in term.value)


def _apart(first: Term, second: Term) -> Json:
    if all(end.defined is term.some for term in (first, second) for end in (term.low, term.high)):
        return False
    return _ends_apart(first, second)


def _ends_apart(first: Term, second: Term) -> Json:
    return disj(_ends(first.low, ">", second.high), _ends(first.high, "<", second.low))


def opposite(term: Term) -> Term:
    """Return the condition of `!`."""
    return condition(term.falsity, term.truth)


def among(term: Term, choices: Sequence[Term]) -> Term:
    """Return the condition of `in` a list that the rule spells out."""
    if all(each.literal for each in choices):
        found = {"in": [term.value, [each.value for each in choices]]}
        return condition(conj(term.some, found), disj(term.none, conj(term.some, neg(found))))
    tests = [lifted(lambda pair: equal("===", pair), [term, each]) for each in choices]
    held = disj(*(each.truth for each in tests))
    return condition(held, conj(*(each.falsity for each in tests)))


def within(term: Term, parts: Sequence[Part]) -> Term:
    """Return the condition of `in` a list that the data hold."""
    found = [{"in": [term.value, part.surely()]} for part in parts]
    absent = [
        conj(part.complete, neg({"in": [None, part.possibly()]}), neg({"in": [term.value, part.possibly()]}))
        for part in parts
    ]
    empty = conj(*(conj(part.complete, neg(part.possibly())) for part in parts))
    held = conj(term.some, disj(*found))
    return condition(held, disj(term.none, conj(term.some, *absent), empty))


def in_text(term: Term, text: Term) -> Term:
    """Return the condition of `in` a text, on exact values."""
    both = conj(term.some, text.some)
    found = {"in": [term.value, text.value]}
    return condition(conj(both, found), disj(term.none, text.none, conj(both, neg(found))))


def incomparable(first: Term, second: Term) -> Json:
    """Return the rule that is true when both are known and neither is before the other: a text and a number."""
    if first.kind == second.kind != "any" or {first.kind, second.kind} <= {"date", "string"}:
        return False
    pair = [first.value, second.value]
    return conj(first.some, second.some, neg(disj({"<": pair}, {">=": pair})))
