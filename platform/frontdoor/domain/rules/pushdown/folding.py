"""Parts of a rule that are always the same: the engine works them out, once, before anything is asked of MongoDB."""

from collections.abc import Callable
from typing import Any

from frontdoor.domain.errors import RuleFailed, RuleRefused
from frontdoor.domain.rules.check_rule import TRANSLATED
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.pushdown.pushed import NotInDatabase, Pushed


def folded(operator: str, first: Pushed, second: Pushed, write: Callable[[], Any]) -> Any:
    """Return a condition on two values: worked out where both are constants, else as `write` writes it."""
    if first.const and second.const and not (holds_rule(first.value) or holds_rule(second.value)):
        return bool(run({operator: [first.value, second.value]}))
    return write()


def run(rule: Any) -> Any:
    """Return what the engine makes of a rule that reads nothing; NotInDatabase where that fails."""
    try:
        return compile_rule(rule, limits=TRANSLATED)(None)
    except (RuleRefused, RuleFailed) as refused:
        raise NotInDatabase("constant", "A part of the rule that is always the same has no result") from refused


def holds_rule(value: Any) -> bool:
    """Tell whether a value, written into a rule, would be taken as a rule itself."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(holds_rule, value)))
