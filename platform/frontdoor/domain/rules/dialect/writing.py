"""From the tree to JSONLogic: one spelling for each node."""

from typing import Any

from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.operators import OPERATORS

MEASURES = {
    "age": "age_on", "months": "months_between", "days": "days_between", "working_days": "working_days_between",
}  # fmt: skip
QUANTIFIERS = {"any": "some", "every": "all", "none": "none"}
JOINS = {"all": "and", "any": "or", "unknown": "unknown"}


def write(rule: tree.Rule | tree.Advanced) -> Any:
    """Return the JSONLogic of a condition or value; of what is outside the dialect, the logic that it was."""
    match rule:
        case tree.Advanced(logic):
            return logic
        case tree.Fixed(holds):
            return holds
        case tree.Literal(value):
            return list(value) if isinstance(value, tuple) else value
        case tree.Cases(cases, otherwise):
            parts = [part for case in cases for part in (write(case.when), write(case.then))]
            return {"if": [*parts, write(otherwise)]}
        case tree.Group(join, clauses):
            return _denied(join, {JOINS[join.removeprefix("not_")]: [write(clause) for clause in clauses]})
        case tree.Rows(quantifier, of, where):
            plain = QUANTIFIERS[quantifier.removeprefix("not_")]
            return _denied(quantifier, {plain: [write(of), write(where)]})
        case tree.Test():
            return _test(rule)
        case _:
            return _subject(rule)


def _denied(code: str, logic: Any) -> Any:
    return {"!": [logic]} if code.startswith("not_") else logic


def _subject(subject: tree.Subject) -> Any:
    match subject:
        case tree.Named(path):
            return {"var": path}
        case tree.Span(measure, since, until):
            return {MEASURES[measure]: [write(since), write(until)]}
        case tree.Count(clauses):
            return {"count_true": [write(clause) for clause in clauses]}
        case tree.Chosen(of, where):
            return {"filter": [write(of), write(where)]}
        case _:
            return {"reduce": [write(subject.of), {"+": [{"var": "accumulator"}, 1]}, 0]}


def _test(test: tree.Test) -> Any:
    operator, subject = OPERATORS[test.operator], _subject(test.subject)
    logic = subject
    if operator.takes == "part":
        logic = {operator.logic: [write(_given(test)), subject]}
    elif operator.takes != "nothing":
        logic = {operator.logic: [subject, write(_given(test))]}
    elif operator.logic:
        logic = {operator.logic: [subject]}
    return {"!": [logic]} if operator.denies else logic


def _given(test: tree.Test) -> tree.Literal | tree.Named:
    if test.value is None:
        raise ValueError(f"the test `{test.operator}` has no value")
    return test.value
