"""Works a formula out for given variables, in plain Python, apart from any solver."""

from frontdoor.domain.rules.symbolic.formulas import Formula
from frontdoor.domain.rules.symbolic.opaque import PREFIX

OPERATORS = {
    "+": lambda *terms: sum(terms),
    "*": lambda one, other: one * other,
    "div": lambda one, other: one // other,
    "mod": lambda one, other: one % other,
    "<=": lambda one, other: one <= other,
    "<": lambda one, other: one < other,
    "=": lambda one, other: one == other,
    "not": lambda one: not one,
}


class Open(Exception):
    """The formula rests on something outside the model."""


def worked_out(formula: Formula, values: dict, known: dict | None = None):
    """Return the value of a formula; raises Open where it rests on what the model leaves open."""
    known = {} if known is None else known
    if formula not in known:
        known[formula] = _worked_out(formula, values, known)
    return known[formula]


def _worked_out(formula, values, known):
    if formula.op == "const":
        return formula.value
    if formula.op == "var":
        if formula.args[0].startswith(PREFIX):
            raise Open
        return values[formula.args[0]]
    if formula.op == "ite":
        test, yes, no = formula.args
        return worked_out(yes if worked_out(test, values, known) else no, values, known)
    if formula.op in ("and", "or"):
        return _joined(formula, values, known)
    return OPERATORS[formula.op](*(worked_out(each, values, known) for each in formula.args))


def _joined(formula, values, known):
    settles, opens = formula.op == "or", False
    for each in formula.args:
        try:
            if worked_out(each, values, known) is settles:
                return settles
        except Open:
            opens = True
    if opens:
        raise Open
    return not settles
