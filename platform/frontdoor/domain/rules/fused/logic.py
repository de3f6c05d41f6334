"""Writes names, `if`, `and`, `or` and `!`: what is known in one branch is not asked again in it."""

from typing import Any

from frontdoor.domain.rules.fused.terms import ALWAYS, NEVER, NotFused, alike, base, nullable
from frontdoor.domain.rules.fused.writing import Fused, end_of, only
from frontdoor.domain.rules.program import NULL_TERM, Term


def write_var(w: Fused, values: list[Any]) -> Term:
    """Write a name."""
    if len(values) != 1 or not isinstance(values[0], str):
        raise NotFused("var")
    return w.name(values[0])


def write_if(w: Fused, values: list[Any]) -> Term:
    """Write `if`, of which only the truth is kept where no more is asked."""
    asked = w.asked
    end = end_of(w, values)
    if end is not None:
        return end
    if len(values) < 2:
        raise NotFused("if")
    test = w.condition(values[0])
    if test.literal and not test.value:
        return _otherwise(w, values[2:], asked=asked)
    with w.knowing(test):
        w.testing = asked
        then = w.term(values[1])
    if test.literal:
        return then
    with w.knowing(test, held=False):
        other = _otherwise(w, values[2:], asked=asked)
    if then.text == other.text:
        return then
    if asked:
        return _either(w, test, w.truth(then), w.truth(other))
    return w.build(f"({then.text} if {test.text} else {other.text})", [test, then, other], alike([then, other]))


def _either(w: Fused, test: Term, then: Term, other: Term) -> Term:
    """Write an `if` of which only the truth is asked."""
    if then.literal and other.literal:
        return (test if then.value else opposite(w, test)) if then.value != other.value else then
    if other.literal:
        first, second, word = (opposite(w, test), then, "or") if other.value else (test, then, "and")
    elif then.literal:
        first, second, word = (test, other, "or") if then.value else (opposite(w, test), other, "and")
    else:
        return w.build(f"({then.text} if {test.text} else {other.text})", [test, then, other], "test")
    return w.build(f"({first.text} {word} {second.text})", [first, second], "test")


def _otherwise(w: Fused, values: list[Any], *, asked: bool) -> Term:
    w.testing = w.asked = asked
    if len(values) > 1:
        return write_if(w, values)
    return w.term(values[0]) if values else NULL_TERM


def write_and(w: Fused, values: list[Any]) -> Term:
    """Write `and`, where its truth is asked."""
    return _junction(w, values, both=True)


def write_or(w: Fused, values: list[Any]) -> Term:
    """Write `or`, where its truth is asked."""
    return _junction(w, values, both=False)


def _junction(w: Fused, values: list[Any], *, both: bool) -> Term:
    """Write `and` or `or`: each part where those before it are true, or are not, and none that is known."""
    _only_truth(w)
    before, kept, settled = w.sure, [], NEVER if both else ALWAYS
    for value in values:
        term = w.condition(value)
        if term.literal and term.value is settled.value:
            kept = [settled]
            break
        if not term.literal:
            kept.append(term)
            w.sure = w.sure | w.told(term, held=both)
    w.sure = before
    if len(kept) < 2:
        return kept[0] if kept else ALWAYS if both else NEVER
    kind = "bool" if all(term.kind == "bool" for term in kept) else "test"
    joined = w.build("(" + (" and " if both else " or ").join(term.text for term in kept) + ")", kept, kind)
    told = frozenset().union(*(w.told(term, held=both) for term in kept))
    return w.tells(joined, *((told, frozenset()) if both else (frozenset(), told)))


def _only_truth(w: Fused) -> None:
    """Refuse `and` and `or` where their value is used: only their truth is kept here."""
    if not w.asked:
        raise NotFused("value of a junction")


def write_not(w: Fused, values: list[Any]) -> Term:
    """Write `!`."""
    test = w.condition(only(values))
    if test.literal:
        return NEVER if test.value else ALWAYS
    return opposite(w, test)


def opposite(w: Fused, test: Term) -> Term:
    """Write the opposite of a test; of an opposite the test itself."""
    if test.text in w.opposites:
        return w.opposites[test.text]
    term = w.build(f"(not {test.text})", [test], "bool")
    w.opposites[term.text] = test
    return w.tells(term, w.told(test, held=False), w.told(test))


def write_truth(w: Fused, values: list[Any]) -> Term:
    """Write `!!`."""
    term = w.term(only(values))
    if base(term) == "bool":
        return term if term.literal or not nullable(term) else w.build(f"({term.text} is True)", [term], "bool")
    test = w.truth(term)
    return test if test.literal else w.build(f"(not not {test.text})", [test], "bool")
