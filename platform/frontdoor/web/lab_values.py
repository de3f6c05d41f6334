"""What the lab's address names: a decision, the value that is moved and swept, others moved with it, and their values.

`move` names the first, `with` each other; `value` is what was typed for the first, `value-NAME` for another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import lab
from frontdoor.services.lab import Setup
from frontdoor.web.access import viewer
from frontdoor.web.languages import language


@dataclass(frozen=True)
class Entered:
    """The values to try by name, what was typed for each, what is wrong with it, and all of it as an address has it."""

    setup: Setup
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def moved(self) -> list[str]:
        """The parameters that are tried at another value than the live one."""
        return [name for name in self.setup.names if self.values[name] != self.setup.now[name]]

    @property
    def address(self) -> dict[str, Any]:
        """The arguments of an address with all this in it."""
        return self.moving(self.typed[self.setup.name])

    def moving(self, first: str) -> dict[str, Any]:
        """Return these arguments with another text for the first value."""
        texts = {f"value-{name}": self.typed[name].split("\n") for name in self.setup.names[1:]}
        others = {"with": [*self.setup.names[1:]]} if len(self.setup.names) > 1 else {}
        return {
            "decision": self.setup.table.code,
            "move": self.setup.name,
            **others,
            **texts,
            "value": first.split("\n"),
        }

    def without(self, name: str) -> dict[str, Any]:
        """Return these arguments without one of the others."""
        kept = tuple(one for one in self.setup.names if one != name)
        return replace(self, setup=replace(self.setup, names=kept)).address


def named() -> bool:
    """Tell whether the address names a decision and a value to be moved."""
    return "decision" in request.values and "move" in request.values


def setup_of(programme: str) -> Setup:
    """Return what the address says is moved."""
    names = [request.values.get("move", ""), *(one for one in request.values.getlist("with") if one)]
    return lab.setup(
        viewer(), programme, request.values.get("decision", ""), names, at=clock.now(), language=language()
    )


def entered(setup: Setup) -> Entered:
    """Return the values to try; the live one where none was typed, or where what was typed will not do."""
    values, typed, problems = {}, {}, []
    for name in setup.names:
        control = control_of(setup, name)
        lines = request.values.getlist(control)
        typed[name] = "\n".join(lines) if lines else as_typed(setup.now[name])
        try:
            values[name] = lab.typed(setup.table.parameters[name], typed[name]) if lines else setup.now[name]
        except AnswersRejected as rejected:
            values[name] = setup.now[name]
            problems += [Problem(f"/{control}", one.code, one.message) for one in rejected.problems]
    return Entered(setup, values, typed, tuple(problems))


def control_of(setup: Setup, name: str) -> str:
    """Return the name of the control that a parameter's value is typed into."""
    return "value" if name == setup.name else f"value-{name}"


def as_typed(value: Any) -> str:
    """Return a value as it is typed into its control; several choices come one a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
