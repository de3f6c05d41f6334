"""What lies outside the model: an operator whose result may be anything, but the same wherever the same is asked."""

from typing import Any

from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.formulas import Formula
from frontdoor.domain.rules.symbolic.values import OPAQUE, Value, identity, of_kind

PREFIX = "opaque|"


class Opaques:
    """Names for results that nobody works out: equal questions about equal values have one name."""

    def __init__(self) -> None:
        self._names: dict[Any, str] = {}
        self._kept: list[Any] = []  # what the keys name by identity must not be made anew at the same place

    def value(self, operator: str, *about: Value) -> Value:
        """Return a value of which nothing is known but what it was made from."""
        return of_kind(OPAQUE, self._name(operator, about))

    def truth(self, operator: str, *about: Value) -> Formula:
        """Return a truth of which nothing is known but what was asked, and of what."""
        return formulas.variable(self._name(operator, about), formulas.TRUTH)

    def _name(self, operator: str, about: tuple[Value, ...]) -> str:
        key = (operator, tuple(map(identity, about)))
        if key not in self._names:
            self._kept.append(about)
            self._names[key] = f"{PREFIX}{len(self._names)}"
        return self._names[key]


def is_opaque(formula: Formula) -> bool:
    """Tell whether a formula rests on something outside the model."""
    return any(each.args[0].startswith(PREFIX) for each in formulas.variables(formula))
