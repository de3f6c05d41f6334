"""From JSONLogic to the tree, or to nothing at all: a rule is read whole or is `Advanced`.

What comes out is proved by writing it back: unless that gives the very rule that was read, it is not in the dialect.
Other query builders drop clauses silently; a safeguarding rule must not lose one.
"""

import re
from typing import Any

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.rules.check_rule import check_rule
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.operators import DENIED, OPERATORS, PLAIN
from frontdoor.domain.rules.dialect.writing import JOINS, MEASURES, QUANTIFIERS, write
from frontdoor.domain.typed import is_day

PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}(\.[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,5}")

_MEASURED = {logic: measure for measure, logic in MEASURES.items()}
_QUANTIFIED = {logic: quantifier for quantifier, logic in QUANTIFIERS.items()}
_JOINED = {logic: join for join, logic in JOINS.items()}
_SUBJECTS = frozenset({"var", "count_true", "filter", "reduce", *_MEASURED})
_ADDS_ONE = {"+": [{"var": "accumulator"}, 1]}


class _Outside(Exception):
    """This logic is not in the dialect."""


def read(logic: Any, kind: str = "boolean") -> tree.Rule | tree.Advanced:
    """Return logic as a condition (`kind` boolean) or as a value of another kind; `Advanced` outside the dialect."""
    if check_rule(logic):
        return tree.Advanced(logic)
    try:
        found = _rule(logic, kind)
        return found if canonical(write(found)) == canonical(logic) else tree.Advanced(logic)
    except (_Outside, DocumentRejected):
        return tree.Advanced(logic)


def _rule(logic: Any, kind: str) -> tree.Rule:
    return _condition(logic) if kind == "boolean" else _value(logic, kind)


def _parts(logic: Any) -> tuple[str, list[Any]]:
    """Return an operator and its arguments; the arguments of `var` alone need not be a list."""
    if not isinstance(logic, dict) or len(logic) != 1:
        raise _Outside
    operator, values = next(iter(logic.items()))
    if operator == "var":
        return operator, [values]
    if not isinstance(values, list) or not values:
        raise _Outside
    return operator, values


def _condition(logic: Any) -> tree.Condition:
    if isinstance(logic, bool):
        return tree.Fixed(logic)
    operator, values = _parts(logic)
    if operator in _JOINED and not _of_a_subject(operator, values[0]):
        return tree.Group(_JOINED[operator], tuple(_condition(value) for value in values))
    if operator == "!":
        return _denial(_condition(values[0]))
    if operator in _QUANTIFIED:
        return tree.Rows(_QUANTIFIED[operator], _list(values[0]), _condition(values[1]))
    if operator == "if":
        return _cases(values, "boolean")
    return tree.Test(_named(logic), "is_true") if operator == "var" else _test(operator, values)


def _of_a_subject(operator: str, value: Any) -> bool:
    """Return whether `unknown` asks about a value, and not about whether a condition holds."""
    return operator == "unknown" and isinstance(value, dict) and not _SUBJECTS.isdisjoint(value)


def _denial(inner: tree.Condition) -> tree.Condition:
    match inner:
        case tree.Test(subject, operator, value) if operator in DENIED:
            return tree.Test(subject, DENIED[operator], value)
        case tree.Group(join, clauses) if join in JOINS:
            return tree.Group(f"not_{join}", clauses)
        case tree.Rows(quantifier, of, where) if f"not_{quantifier}" in tree.QUANTIFIERS:
            return tree.Rows(f"not_{quantifier}", of, where)
    raise _Outside


def _test(operator: str, values: list[Any]) -> tree.Condition:
    code = PLAIN.get(operator)
    if code is None:
        raise _Outside
    if operator == "in" and not isinstance(values[0], dict):
        return tree.Test(_subject(values[1]), "includes", _literal(values[0]))
    if OPERATORS[code].takes == "nothing":
        return tree.Test(_subject(values[0]), code)
    if len(values) != 2:
        raise _Outside
    several = isinstance(values[1], list)
    if several != (OPERATORS[code].takes == "several") and not isinstance(values[1], dict):
        raise _Outside
    return tree.Test(_subject(values[0]), code, _operand(values[1]))


def _cases(values: list[Any], kind: str) -> tree.Cases:
    if len(values) % 2 == 0:
        raise _Outside
    found = [tree.Case(_condition(values[at]), _rule(values[at + 1], kind)) for at in range(0, len(values) - 1, 2)]
    return tree.Cases(tuple(found), _rule(values[-1], kind))


def _value(logic: Any, kind: str) -> tree.Value:
    if isinstance(logic, list):
        return tree.Literal(tuple(_all_alike(logic)))
    if not isinstance(logic, dict):
        return _alone(logic, kind)
    operator, values = _parts(logic)
    return _cases(values, kind) if operator == "if" else _subject(logic)


def _alone(logic: Any, kind: str) -> tree.Literal:
    """Return one value; for a list its form would make a list of it, which is another rule."""
    if kind == "list" and logic is not None:
        raise _Outside
    return _literal(logic)


def _subject(logic: Any) -> tree.Subject:
    operator, values = _parts(logic)
    if operator == "var":
        return _named(logic)
    if operator in _MEASURED:
        return tree.Span(_MEASURED[operator], _moment(values[0]), _moment(values[1]))
    if operator == "count_true":
        return tree.Count(tuple(_condition(value) for value in values))
    if operator == "filter":
        return _chosen(logic)
    if operator == "reduce" and values[1:] == [_ADDS_ONE, 0]:
        return tree.HowMany(_list(values[0]))
    raise _Outside


def _list(logic: Any) -> tree.Named | tree.Chosen:
    return _chosen(logic) if _parts(logic)[0] == "filter" else _named(logic)


def _chosen(logic: Any) -> tree.Chosen:
    _, values = _parts(logic)
    return tree.Chosen(_named(values[0]), _condition(values[1]))


def _named(logic: Any) -> tree.Named:
    operator, values = _parts(logic)
    path = values[0] if operator == "var" else None
    if not isinstance(path, str) or is_day(path) or not (path == "" or PATH.fullmatch(path)):
        raise _Outside
    return tree.Named(path)


def _moment(logic: Any) -> tree.Named | tree.Literal:
    return tree.Literal(logic) if isinstance(logic, str) and is_day(logic) else _named(logic)


def _operand(logic: Any) -> tree.Named | tree.Literal:
    if isinstance(logic, list):
        return tree.Literal(tuple(_all_alike(logic)))
    return _named(logic) if isinstance(logic, dict) else _literal(logic)


def _literal(value: Any) -> tree.Literal:
    if isinstance(value, list | dict) or not _typeable(value):
        raise _Outside
    return tree.Literal(value)


def _typeable(value: Any) -> bool:
    """Return whether a person can type the value into a box and get it back: no blanks at its ends, not empty."""
    return not isinstance(value, str) or bool(value and value == value.strip() and value.isprintable())


def _all_alike(values: list[Any]) -> list[Any]:
    """Return a list of texts, or of numbers: boxes to tick are of one sort."""
    texts = all(isinstance(value, str) and _typeable(value) for value in values)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    if not values or not (texts or numbers):
        raise _Outside
    return values
