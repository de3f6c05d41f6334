"""Writes comparisons: in line where the kinds are known, else by the engine's own function."""

from typing import Any

from frontdoor.domain.rules.fused.logic import opposite
from frontdoor.domain.rules.fused.spans import COMPARE, equal_span, ordered_span
from frontdoor.domain.rules.fused.terms import ALWAYS, NEVER, NotFused, base, finite, is_number, is_text, nullable
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.program import NULL_TERM, Term


def write_equal(w: Fused, values: list[Any], operator: str) -> Term:
    """Write an equality or its opposite."""
    if len(values) != 2:
        raise NotFused("arity")
    dated = equal_span(w, values)
    if dated is None:
        a, b = (w.term(each) for each in values)
        dated = _same(w, a, b, operator)
    if not operator.startswith("!"):
        return dated
    if dated.literal:
        return NEVER if dated.value else ALWAYS
    return opposite(w, dated)


def _same(w: Fused, a: Term, b: Term, operator: str) -> Term:
    if a.text == NULL_TERM.text:
        a, b = b, a
    if b.text == NULL_TERM.text:
        if a.literal or not nullable(a):
            return ALWAYS if a.text == NULL_TERM.text else NEVER
        return _is_none(w, a)
    if a.literal and b.literal and type(a.value) is type(b.value) and not isinstance(a.value, list):
        return ALWAYS if a.value == b.value else NEVER
    if base(a) == base(b) == "bool":
        return _is(w, *((b, a) if a.literal else (a, b)))
    numbers = {base(a), base(b)} <= {"num", "int"} or (base(a) in ("num", "int") and b.literal and b.kind == "number")
    if numbers or (is_text(a) and is_text(b)):
        same = w.build(f"({a.text} == {b.text})", [a, b], "bool")
        return w.tells(
            same, frozenset(f"+{one.text}" for one in (a, b) if not nullable(a) or not nullable(b)), frozenset()
        )
    name = "strict_equal" if len(operator) == 3 else "loose_equal"
    return w.build(f"{name}({a.text}, {b.text}, r)", [a, b], "bool")


def _is_none(w: Fused, term: Term) -> Term:
    """Write whether a value is None, and note that its name is known then."""
    here, gone = (w.build(f"({term.text} is {word}None)", [term], "bool") for word in ("not ", ""))
    if term.text.isidentifier():
        w.tells(here, frozenset({f"+{term.text}"}), frozenset({f"-{term.text}", f"~{term.text}"}))
        w.tells(gone, frozenset({f"-{term.text}", f"~{term.text}"}), frozenset({f"+{term.text}"}))
    w.opposites.update({here.text: gone, gone.text: here})
    return w.known(gone)


def _is(w: Fused, a: Term, b: Term) -> Term:
    """Write whether two truths are the same one."""
    if not b.literal:
        return w.build(f"({a.text} is {b.text})", [a, b], "bool")
    if f"={a.text}" in w.sure:
        return ALWAYS if b.value else NEVER
    same = w.build(f"({a.text} is {b.text})", [a], "bool")
    told = frozenset({f"+{a.text}", ("=" if b.value else "~") + a.text})
    return w.tells(same, told, frozenset())


def write_ordered(w: Fused, values: list[Any], sign: str) -> Term:
    """Write an order of two values, or of three."""
    if len(values) == 3 and sign[0] == "<":
        terms = [w.term(each) for each in values]
        if all(map(is_number, terms)):
            return w.build("(" + f" {sign} ".join(term.text for term in terms) + ")", terms, "bool")
        name = "less_between" if sign == "<" else "less_or_equal_between"
        return w.call(name + "(r, {})", terms, "bool")
    if len(values) != 2:
        raise NotFused("arity")
    dated = ordered_span(w, values, sign)
    if dated is not None:
        return dated
    a, b = (w.term(each) for each in values)
    if is_number(a) and a.text == b.text and finite([a]) != "number":
        return ALWAYS if len(sign) == 2 else NEVER
    if a.literal and b.literal and is_number(a) and is_number(b):
        return ALWAYS if COMPARE[sign](a.value, b.value) else NEVER
    if (is_number(a) and is_number(b)) or a.kind == b.kind == "date":
        return w.build(f"({a.text} {sign} {b.text})", [a, b], "bool")
    first, second = (a, b) if sign[0] == "<" else (b, a)
    name = "less" if len(sign) == 1 else "less_or_equal"
    return w.build(f"{name}({first.text}, {second.text}, r)", [a, b], "bool")
