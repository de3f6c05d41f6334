"""Numbers and dates that are known only between bounds: how each operator carries the bounds on."""

from collections.abc import Sequence

from frontdoor.domain.rules.plain import Json, choose, conj, disj, neg, there
from frontdoor.domain.rules.terms import LARGEST, Bound, Term, exact, number


def opaque(operator: str, terms: Sequence[Term], kind: str = "any") -> Term:
    """Return the term of an operator that is known only if all its arguments are; none if any is none."""
    some = conj(*(each.some for each in terms))
    none = disj(*(each.none for each in terms))
    return exact(some, {operator: [each.value for each in terms]}, none=none, kind=kind)


def joined(terms: Sequence[Term]) -> Term:
    """Return the term of `cat`, which writes none as nothing."""
    known = conj(*(each.known for each in terms))
    return exact(known, {"cat": [each.value for each in terms]}, kind="string")


def rising(operator: str, terms: Sequence[Term]) -> Term:
    """Return the term of `+`, `min` or `max`, which rise with each argument."""
    whole = opaque(operator, terms, "number")
    natural = all(each.natural for each in terms)
    low, high = (_ends(operator, [getattr(each, side) for each in terms]) for side in ("low", "high"))
    return number(whole, low, high, natural=natural)


def _ends(operator: str, ends: Sequence[Bound]) -> Bound:
    return Bound(conj(*(end.defined for end in ends)), {operator: [end.value for end in ends]})


def difference(terms: Sequence[Term]) -> Term:
    """Return the term of `-`, with one argument or two: it falls as the last one rises."""
    *first, last = terms
    low = _ends("-", [*(each.low for each in first), last.high])
    high = _ends("-", [*(each.high for each in first), last.low])
    return number(opaque("-", terms, "number"), low, high)


def scaled(operator: str, terms: Sequence[Term]) -> Term:
    """Return the term of `*` or `/`: with bounds where all but one argument (of `/` the second) are always known."""
    whole = opaque(operator, terms, "number")
    if operator == "*" and len(terms) > 2:
        return scaled("*", [scaled("*", terms[:-1]), terms[-1]])
    value, by = terms
    if operator == "*" and value.steady:
        value, by = by, value
    if not by.steady or by.none is not False:
        return whole
    if by.literal:
        falling: Json = isinstance(by.value, int | float) and by.value < 0
    else:
        falling = {"<": [by.value, 0]}
    low, high = (_scaled_end(operator, falling, value, by, side) for side in ("low", "high"))
    return number(whole, low, high, natural=value.natural and by.natural)


def _scaled_end(operator: str, falling: Json, value: Term, by: Term, side: str) -> Bound:
    same, other = (value.low, value.high) if side == "low" else (value.high, value.low)
    defined = same.defined if same.defined is other.defined else choose(falling, other.defined, same.defined)
    return Bound(defined, {operator: [choose(falling, other.value, same.value), by.value]})


def between_dates(operator: str, first: Term, second: Term) -> Term:
    """Return the term of a date operator: it falls as the first date rises, rises with the second.

    Where nobody said that both are dates, a text that is no date gives null, which is neither none nor a number here:
    the answer stays unknown and a person sees it.
    """
    checked = not (first.kind == "date" and second.kind == "date")
    ends = []
    for early, late in ((first.high, second.low), (first.low, second.high)):
        value = {operator: [early.value, late.value]}
        ends.append(Bound(conj(early.defined, late.defined, there(value) if checked else True), value))
    value = {operator: [first.value, second.value]}
    some = conj(first.some, second.some, there(value) if checked else True)
    whole = exact(some, value, none=disj(first.none, second.none), kind="number")
    return number(whole, *ends)


def counted(terms: Sequence[Term]) -> Term:
    """Return the term of `count_true` over conditions: between how many are surely true and how many not false."""
    low = {"count_true": [[each.truth for each in terms]]}
    high = {"count_true": [[neg(each.falsity) for each in terms]]}
    some = conj(*(disj(each.truth, each.falsity) for each in terms))
    return number(exact(some, low, kind="number"), Bound(True, low), Bound(True, high), natural=True)


def guarded(term: Term, terms: Sequence[Term]) -> tuple[Term, Json]:
    """Return the term kept to numbers that are exact, and the rule that is true when known arguments give no such one.

    NaN, infinities and anything beyond 2^53 are then not known, so that neither *surely true* nor *surely false* can
    come of them on any engine; the second rule tells this from what is merely unknown.
    """
    within = _exact_number(term.value)
    some = conj(term.some, within)
    low, high = (Bound(conj(end.defined, _exact_number(end.value)), end.value) for end in (term.low, term.high))
    whole = exact(some, term.value, none=term.none, kind="number")
    fault = conj(*(each.some for each in terms), neg(within))
    return number(whole, low, high, natural=term.natural), fault


def _exact_number(value: Json) -> Json:
    return {"<=": [-LARGEST, value, LARGEST]}


def kept(term: Term) -> tuple[Term, Json]:
    """Return the term of a value that may be no number, known only where it is not NaN, infinite or beyond 2^53."""
    beyond = disj({">": [term.value, LARGEST]}, {"<": [term.value, -LARGEST]})
    sound = conj({"===": [term.value, term.value]}, neg(beyond))
    return exact(conj(term.some, sound), term.value, none=term.none), conj(term.some, neg(sound))
