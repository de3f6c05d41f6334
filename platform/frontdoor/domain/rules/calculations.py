"""Readers of the operators that calculate: numbers, dates, texts, counts. A calculation without a result is a fault."""

from frontdoor.domain.rules import bounds, comparing, iterating
from frontdoor.domain.rules.call import Call
from frontdoor.domain.rules.plain import conj, neg, there
from frontdoor.domain.rules.terms import Term, condition


def count(call: Call) -> Term:
    """Return the term of `count_true` of conditions, or of a list of trues and falses."""
    terms = call.terms()
    if len(terms) != 1 or terms[0].kind not in ("list", "any"):
        return bounds.counted(terms)
    if terms[0].elements is not None:
        return bounds.counted(terms[0].elements)
    return comparing.lifted(lambda only: iterating.counted(call.parts(only[0])), terms)


def unknown(call: Call) -> Term:
    """Return the condition of `unknown`: two-valued, and none is known."""
    known = call.term(0).known
    return condition(neg(known), known)


def dates(call: Call) -> Term:
    """Return the term of one of the four date operators."""
    first, second = call.terms()
    if not first.kind == second.kind == "date":
        value = {call.operator: [first.value, second.value]}
        call.fault(conj(first.some, second.some, neg(there(value))))
    return comparing.lifted(lambda terms: bounds.between_dates(call.operator, *terms), [first, second])


def arithmetic(call: Call) -> Term:
    """Return the term of `+`, `-`, `*`, `/`, `%`, `min` or `max`."""
    terms = call.terms()
    if call.operator == "-":
        term = bounds.difference(terms)
    elif call.operator in ("*", "/"):
        term = bounds.scaled(call.operator, terms)
    elif call.operator == "%":
        term = bounds.opaque(call.operator, terms, "number")
    else:
        term = bounds.rising(call.operator, terms)
    if call.operator in ("+", "-", "min", "max") and all(each.kind == "number" for each in terms):
        return term
    term, failing = bounds.guarded(term, terms)
    call.fault(failing)
    return term


def substr(call: Call) -> Term:
    """Return the term of `substr`, on exact values."""
    return bounds.opaque("substr", call.terms(), "string")


def cat(call: Call) -> Term:
    """Return the term of `cat`."""
    return bounds.joined(call.terms())
