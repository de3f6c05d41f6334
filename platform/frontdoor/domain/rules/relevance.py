"""Which names could still settle a condition: those read in a part of it that is neither so nor not so.

An offence counts for `crime and under 18`; of an adult nothing need be looked up, whatever the date would be. This
looks at one condition, part by part, so it never leaves out a name that matters.
"""

from typing import Any

from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.compiled import FALSE, OPEN, TRUE
from frontdoor.domain.rules.phrases import is_operation
from frontdoor.domain.rules.scopes import names
from frontdoor.domain.rules.table import Rules


def open_names(logic: Any, rules: Rules, data: Any, over: str = "") -> frozenset[str]:
    """Return the names; `over` is the group whose row `data` holds as `row`. None of a condition that is settled."""
    if not is_operation(logic) or _truth(logic, rules, data, over) != OPEN:
        return frozenset()
    operator, values = arguments(logic)
    if operator in ("and", "or", "!", "!!"):
        return frozenset().union(*(open_names(each, rules, data, over) for each in values))
    if operator in ("if", "?:"):
        return _chosen(values, rules, data, over)
    return names(logic, over)


def _chosen(values: list[Any], rules: Rules, data: Any, over: str) -> frozenset[str]:
    """Return the names of an `if`: of the branch that is taken, or of each that may yet be, with what chooses it."""
    found: frozenset[str] = frozenset()
    while len(values) > 1:
        test, branch, *values = values
        truth = _truth(test, rules, data, over)
        if truth != FALSE:
            found |= open_names(test, rules, data, over) | open_names(branch, rules, data, over)
        if truth == TRUE:
            return found
    return found.union(*(open_names(each, rules, data, over) for each in values))


def _truth(logic: Any, rules: Rules, data: Any, over: str) -> str:
    try:
        return rules.condition(logic, over)(data)
    except (RuleFailed, DocumentRejected):
        return OPEN
