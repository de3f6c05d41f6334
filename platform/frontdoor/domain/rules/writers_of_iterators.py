"""How `map`, `filter`, `reduce`, `all`, `none` and `some` are written as Python loops.

Each is a function of its own, in which `d` becomes the element: JSONLogic sees nothing else inside. Every turn
costs as many steps as the element's rule has operators and literals.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from frontdoor.domain.rules.program import NULL_TERM, UNDEFINED_TERM, HoldsUndefined, Term, Writer

_SCOPE = ["s = {scope}", "if s.__class__ is not list:", "    return {other}"]
_TURN = ["for d in s:", "    r.steps -= {cost}", "    if r.steps < 0:", "        out_of_steps()"]

_LOOPS: Final[dict[str, tuple[str, str, list[str]]]] = {
    "map": ("[]", "list", ["o = []", *_TURN, "    o.append({body})", "return o"]),
    "filter": ("[]", "list", ["o = []", *_TURN, "    if {test}:", "        o.append(d)", "return o"]),
    "all": ("False", "bool", [*_TURN, "    if not {test}:", "        return False", "return bool(s)"]),
    "none": ("True", "bool", [*_TURN, "    if {test}:", "        return False", "return True"]),
    "some": ("False", "bool", [*_TURN, "    if {test}:", "        return True", "return False"]),
}

_REDUCE: Final = [
    "s = {scope}",
    "a = {initial}",
    "if s.__class__ is not list:",
    "    return a",
    "for c in s:",
    "    r.steps -= {cost}",
    "    if r.steps < 0:",
    "        out_of_steps()",
    "    d = {{'current': c, 'accumulator': a}}",
    "    a = {body}",
    "return a",
]


def _loop(w: Writer, values: list[Any], operator: str) -> Term:
    other, kind, lines = _LOOPS[operator]
    scope = w.term(values[0]) if values else UNDEFINED_TERM
    body, cost = _body(w, values, computes=operator == "map")
    parts = {"scope": scope.text, "other": other, "cost": cost, "body": body.text, "test": w.test(body).text}
    return Term(w.function([line.format(**parts) for line in [*_SCOPE, *lines]]), kind)


def _reduce(w: Writer, values: list[Any]) -> Term:
    scope = w.term(values[0]) if values else UNDEFINED_TERM
    initial = w.term(values[2]) if len(values) > 2 else NULL_TERM
    body, cost = _body(w, values, computes=True)
    parts = {"scope": scope.text, "initial": initial.text, "cost": cost, "body": body.text}
    return Term(w.function([line.format(**parts) for line in _REDUCE]))


def _body(w: Writer, values: list[Any], *, computes: bool) -> tuple[Term, int]:
    """Write the element's rule, and return what a turn costs; without a rule every element gives undefined."""
    if len(values) < 2:
        if computes and not w.undefined:
            raise HoldsUndefined
        return UNDEFINED_TERM, 1
    before = w.written
    body = w.term(values[1])
    return body, w.written - before + 1


ITERATORS: Final[dict[str, Callable[[Writer, list[Any]], Term]]] = {
    **{operator: partial(_loop, operator=operator) for operator in _LOOPS},
    "reduce": _reduce,
}
