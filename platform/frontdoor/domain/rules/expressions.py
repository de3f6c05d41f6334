"""Reads an expression from its leaves: every operator turns the terms of its arguments into its own. ADR 0003."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from frontdoor.domain.rules import bounds, calculations, comparing, iterating
from frontdoor.domain.rules.allowed import ARITY, arguments
from frontdoor.domain.rules.call import Call
from frontdoor.domain.rules.plain import Json, choose, conj, disj, neg
from frontdoor.domain.rules.reducing import accumulating, body_paths
from frontdoor.domain.rules.scopes import Scope, refuse
from frontdoor.domain.rules.terms import Part, Term, branch, condition, exact, literal


def read(logic: Json, scope: Scope, at: str) -> Term:
    """Return the term of one expression; DocumentRejected where decision logic may not say it."""
    if isinstance(logic, list):
        return _list(logic, scope, at)
    if not isinstance(logic, dict):
        return literal(logic)
    if len(logic) != 1:
        refuse(at, "not_a_rule", "Write exactly one operator in each object")
    operator, values = arguments(logic)
    inside = f"{at}/{operator.replace('~', '~0').replace('/', '~1')}"
    if operator in _REFUSED:
        refuse(inside, "operator_refused", _REFUSED[operator])
    if operator not in _READERS:
        refuse(inside, "unknown_operator", f"Decision logic has no operator `{operator[:40]}`")
    fewest, most = ARITY[operator]
    if not fewest <= len(values) <= most:
        refuse(inside, "wrong_arity", f"`{operator}` takes {fewest} to {most} arguments")
    wrapped = isinstance(logic[operator], list)
    places = [f"{inside}/{index}" if wrapped else inside for index in range(len(values))]
    return _READERS[operator](Call(operator, values, scope, places, read))


def _list(values: list[Json], scope: Scope, at: str) -> Term:
    terms = tuple(read(value, scope, f"{at}/{index}") for index, value in enumerate(values))
    value = [term.value for term in terms]
    whole = conj(*(term.some for term in terms))
    return replace(exact(whole, value, kind="list"), parts=(Part(choose(whole, value, []), whole),), elements=terms)


def _var(call: Call) -> Term:
    path = call.values[0]
    if len(call.values) > 1:
        words = "A default hides what is unknown: declare `unknown_as` or `if_omitted` on a fact"
        refuse(call.at[1], "default_refused", words)
    if isinstance(path, int) and not isinstance(path, bool) and call.scope.place != "root":
        path = str(path)
    if not isinstance(path, str):
        words = "Write the name out: decision logic cannot compute which value it reads"
        refuse(call.at[0], "computed_path", words)
    return call.scope.read(path, call.at[0])


def _if(call: Call) -> Term:
    terms = [call.apart(index) for index in range(len(call.values))]
    result, failing = terms.pop() if len(terms) % 2 else (literal(None), False)
    while terms:
        (yes, yes_failing), (test, test_failing) = terms.pop(), terms.pop()
        reached = disj(conj(neg(test.falsity), yes_failing), conj(neg(test.truth), failing))
        result, failing = branch(test, yes, result), disj(test_failing, reached)
    call.fault(failing)
    return result


def _and(call: Call) -> Term:
    return _junction(call.terms(), both=True)


def _or(call: Call) -> Term:
    return _junction(call.terms(), both=False)


def _junction(terms: list[Term], *, both: bool) -> Term:
    meet, join = (conj, disj) if both else (disj, conj)
    truth, falsity = meet(*(each.truth for each in terms)), join(*(each.falsity for each in terms))
    if all(each.kind == "boolean" for each in terms):
        return condition(truth, falsity)
    *rest, value = terms
    for term in reversed(rest):
        value = branch(term, value, term) if both else branch(term, term, value)
    return replace(value, truth=truth, falsity=falsity)


def _not(call: Call) -> Term:
    return comparing.opposite(call.term(0))


def _truth(call: Call) -> Term:
    term = call.term(0)
    return condition(term.truth, term.falsity)


def _ordered(call: Call) -> Term:
    terms = call.terms()
    for first, second in pairwise(terms):
        call.fault(comparing.incomparable(first, second))
    return comparing.lifted(lambda pair: comparing.ordered(call.operator, pair), terms)


def _equal(call: Call) -> Term:
    for index, value in enumerate(call.values):
        if value is None:
            words = "Write `unknown` to ask whether something is not known, `!` to ask whether it is empty"
            refuse(call.at[index], "null_refused", words)
    operator = call.operator.replace("!", "=", 1)
    same = comparing.lifted(lambda terms: comparing.equal(operator, terms), call.terms())
    return comparing.opposite(same) if call.operator.startswith("!") else same


def _in(call: Call) -> Term:
    def found(terms: Any) -> Term:
        term, whole = terms
        if whole.elements is not None:
            return comparing.among(term, whole.elements)
        if whole.kind == "string" or whole.parts is None:
            return comparing.in_text(term, whole)
        return comparing.within(term, whole.parts)

    return comparing.lifted(found, call.terms())


def _iterated(call: Call) -> Term:
    listed = call.term(0)
    test = call.body(listed)
    if call.operator == "map":
        return comparing.lifted(lambda terms: iterating.mapped(call.parts(terms[0]), test), [listed])
    build = _ITERATORS[call.operator]
    result = comparing.lifted(lambda terms: build(call.parts(terms[0]), test), [listed])
    return comparing.opposite(result) if call.operator == "none" else result


def _merge(call: Call) -> Term:
    return comparing.lifted(_merged, call.terms())


def _merged(terms: Sequence[Term]) -> Term:
    parts: list[Part] = []
    for term in terms:
        parts.extend(term.parts if term.parts is not None else (Part(choose(term.some, [term.value], []), term.some),))
    return iterating.listed(parts)


def _reduce(call: Call) -> Term:
    listed, start = call.term(0), call.term(2)
    step, operator = accumulating(call.values[1])
    if operator:
        term = replace(call, values=[call.values[0], step]).body(listed, "reduce")
        build = iterating.summed if operator == "+" else partial(iterating.extreme, operator)
        return comparing.lifted(lambda terms: build(call.parts(terms[0]), term, start), [listed])
    reads = conj(*(_element(call, path).some for path in body_paths(call.values[1], call.at[1])))
    folded = comparing.lifted(
        lambda terms: iterating.folded(call.parts(terms[0]), reads, call.values[1], start), [listed]
    )
    term, failing = bounds.kept(folded)
    call.fault(failing)
    return term


def _element(call: Call, path: str) -> Term:
    inner = call.scope.inner("element", call.scope.path_of(call.values[0]))
    return inner.read(path.removeprefix("current").removeprefix("."), call.at[1])


_REFUSED: Mapping[str, str] = {
    "missing": "Write `unknown` for each name: a hidden question is not missing",
    "missing_some": "Write `count_true` of `unknown` for each name",
    "log": "Decision logic writes nothing: remove `log`",
}
_ITERATORS: Mapping[str, Callable[[Sequence[Part], Term], Term]] = {
    "some": iterating.some, "none": iterating.some, "all": iterating.every, "filter": iterating.filtered,
}  # fmt: skip
_READERS: Mapping[str, Callable[[Call], Term]] = {
    "var": _var, "if": _if, "?:": _if, "and": _and, "or": _or, "!": _not, "!!": _truth,
    "<": _ordered, "<=": _ordered, ">": _ordered, ">=": _ordered,
    "==": _equal, "===": _equal, "!=": _equal, "!==": _equal, "in": _in,
    "some": _iterated, "all": _iterated, "none": _iterated, "filter": _iterated, "map": _iterated,
    "merge": _merge, "reduce": _reduce,
    **dict.fromkeys(("age_on", "months_between", "days_between", "working_days_between"), calculations.dates),
    **dict.fromkeys(("+", "-", "*", "/", "%", "min", "max"), calculations.arithmetic),
    "count_true": calculations.count, "unknown": calculations.unknown,
    "substr": calculations.substr, "cat": calculations.cat,
}  # fmt: skip
