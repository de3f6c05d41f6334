"""Translated rules, compiled once and run so that what fails is an error for a person, never false.

How NaN is trapped without slowing the rest: a calculation without a result leaves both *surely true* and *surely false*
false (ADR 0003), so only when neither holds is a third rule, `failing`, asked whether that is why.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.check_rule import TRANSLATED
from frontdoor.domain.rules.engine import Rule, compile_rule
from frontdoor.domain.rules.prepare import NONE, UNKNOWN, Finding, between
from frontdoor.domain.rules.translate import Translation, ValueTranslation

TRUE, FALSE, OPEN = "true", "false", "unknown"


def compiled(logic: Any) -> Rule:
    """Return the compiled rule of something translated, which may be larger than what people write."""
    return compile_rule(logic, limits=TRANSLATED)


def _fail() -> None:
    raise RuleFailed("A calculation has no result: look for a division by nought, or a text where a number is due")


@dataclass(frozen=True)
class Condition:
    """A condition, ready to run over prepared data."""

    translation: Translation

    @cached_property
    def _true(self) -> Rule:
        return compiled(self.translation.surely_true)

    @cached_property
    def _false(self) -> Rule:
        return compiled(self.translation.surely_false)

    @cached_property
    def _failing(self) -> Rule:
        return compiled(self.translation.failing)

    def __call__(self, data: Any) -> str:
        """Return `true`, `false` or `unknown`; RuleFailed when it cannot be worked out."""
        if self._true.holds(data):
            return TRUE
        if self._false.holds(data):
            return FALSE
        if self._failing.holds(data):
            _fail()
        return OPEN


@dataclass(frozen=True)
class Value:
    """A number, date, text or list, ready to be worked out over prepared data."""

    translation: ValueTranslation

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        rules = self.translation
        written = {
            "none": rules.none, "some": rules.some, "value": rules.value, "present": rules.present,
            "low_defined": rules.low.defined, "low": rules.low.value,
            "high_defined": rules.high.defined, "high": rules.high.value, "failing": rules.failing,
        }  # fmt: skip
        return {name: compiled(rule) for name, rule in written.items()}

    def __call__(self, data: Any) -> Finding:
        """Return what is known of the value; RuleFailed when it cannot be worked out."""
        rules = self._rules
        if rules["none"].holds(data):
            return NONE
        if rules["some"].holds(data):
            return Finding(rules["value"](data))
        if rules["failing"].holds(data):
            _fail()
        if self.translation.present is not None:
            held = rules["present"](data)
            return Finding(held, complete=False) if held.__class__ is list else UNKNOWN
        low = rules["low"](data) if rules["low_defined"].holds(data) else None
        high = rules["high"](data) if rules["high_defined"].holds(data) else None
        return between(low, high)
