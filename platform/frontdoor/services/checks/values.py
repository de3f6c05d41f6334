"""What constants are compared with: numbers that no answer reaches, impossible dates, options switched off."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.allowed import ADDED
from frontdoor.domain.rules.dates import to_date
from frontdoor.services.checks import places
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.places import Place
from frontdoor.services.checks.reads import Read, nodes, path_of
from frontdoor.services.checks.types import Typing

Limits = tuple[float | None, float | None]
_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
_COMPARE = frozenset({*_TURNED, "==", "===", "!=", "!=="})
_DATES = frozenset(ADDED - {"count_true", "unknown"})


def check(names: Names, forms: Iterable[Form]) -> Iterator[Problem]:
    """Yield every problem of the constants in rules, exits and the conditions of forms."""
    judged = _Values(names, Typing(names, forms))
    for place in (*places.of_rules(names), *places.of_forms(names)):
        for operator, values, where, of in nodes(place.logic):
            for code, message in judged.faults(operator, values, place, of):
                yield Problem(place.where + where, code, message)


class _Values:
    def __init__(self, names: Names, typing: Typing) -> None:
        self.names = names
        self.typing = typing

    def faults(self, operator: str, values: list[Any], place: Place, of: str | None) -> Iterator[tuple[str, str]]:
        if operator in _DATES:
            yield from (_impossible(each) for each in values if isinstance(each, str) and to_date(each) is None)
        if operator == "in" and len(values) == 2:
            yield from self._switched_off(values, place, of)
        if operator not in _COMPARE:
            return
        for left, right in pairwise(values):
            yield from self._pair(operator, left, right, place, of)
            yield from self._pair(_TURNED.get(operator, operator), right, left, place, of)
        yield from self._switched_off(values, place, of)

    def _pair(self, operator: str, name: Any, constant: Any, place: Place, of: str | None) -> Iterator[tuple[str, str]]:
        if isinstance(constant, str) and to_date(constant) is None and self._is_date(name, place, of):
            yield _impossible(constant)
        if isinstance(constant, bool) or not isinstance(constant, int | float) or not isinstance(name, Mapping):
            return
        low, high = self._limits(name, place, of)
        always = _always(operator, (low, high), constant)
        if always is not None and not self._has_codes(operator, name, place, of):
            words = "always" if always else "never"
            span = f"from {_plain(low)} to {_plain(high)}" if None not in (low, high) else _one_ended(low, high)
            message = f"{_named(name)} is {span}, so this is {words} so: compare with a number that it can reach"
            yield "never_reached", message

    def _has_codes(self, operator: str, name: Any, place: Place, of: str | None) -> bool:
        """Tell whether a constant that a name is compared with for being equal is told as a code already."""
        full = place.full(path_of(name) or "", of)
        return operator not in _TURNED and bool(full) and self.names.codes_of(Read(full, "")) is not None

    def _is_date(self, name: Any, place: Place, of: str | None) -> bool:
        return isinstance(name, Mapping) and self.typing.kinds(name, place, of) == {"date"}

    def _limits(self, logic: Any, place: Place, of: str | None) -> Limits:
        """Return the least and the most that a name or a count can be."""
        if isinstance(logic, Mapping) and "count_true" in logic:
            counted = logic["count_true"]
            counted = counted[0] if isinstance(counted, list) and len(counted) == 1 else counted
            return 0, len(counted) if isinstance(counted, list) else None
        path = path_of(logic)
        return self._of_name(place.full(path, of)) if path else (None, None)

    def _of_name(self, full: str) -> Limits:
        root, _, rest = full.partition(".")
        if root == "answers":
            question = self.names.questions.get(rest)
            codes = self.names.options(question) if question else None
            if question is not None and codes and question.get("type") in ("integer", "number"):
                numbers = [float(code) for code in codes if _is_number(code)]
                return (min(numbers), max(numbers)) if numbers else (None, None)
            return _stated(question or {})
        if root == "facts":
            return self._of_fact(self.names.facts.get(rest, {}))
        return None, None

    def _of_fact(self, fact: Mapping[str, Any]) -> Limits:
        """Return the limits of a fact that is one answer, or that a source tells: the wider of both."""
        told = [_stated(fact["verify"]["schema"])] if "schema" in fact.get("verify", {}) else []
        path = path_of(fact.get("logic"))
        if path and path.startswith("answers."):
            told.append(self._of_name(path))
        elif "logic" in fact or not told:
            return None, None
        lows, highs = [low for low, _ in told], [high for _, high in told]
        return (
            None if None in lows else min(low for low in lows if low is not None),
            None if None in highs else max(high for high in highs if high is not None),
        )

    def _switched_off(self, values: list[Any], place: Place, of: str | None) -> Iterator[tuple[str, str]]:
        for name, other in zip(values, reversed(values), strict=True):
            path = path_of(name)
            constants = other if isinstance(other, list) else [other]
            gone = self._disabled(place.full(path, of)) if path else frozenset()
            for constant in constants:
                if isinstance(constant, str | int) and str(constant) in gone:
                    message = f"Nobody can choose `{constant}` any more: take it out of this test, or offer it again"
                    yield "disabled_code", message

    def _disabled(self, full: str) -> frozenset[str]:
        root, _, rest = full.partition(".")
        if root == "facts":
            fact = self.names.facts.get(rest, {})
            path = path_of(fact.get("logic"))
            return (
                self._disabled(path) if path and path.startswith("answers.") and "verify" not in fact else frozenset()
            )
        options = self.names.questions.get(rest, {}).get("ui", {}).get("options", {}) if root == "answers" else {}
        return frozenset(code for code, one in options.items() if isinstance(one, Mapping) and one.get("disabled"))


def _stated(schema: Mapping[str, Any]) -> Limits:
    return schema.get("minimum"), schema.get("maximum")


def _always(operator: str, limits: Limits, constant: float) -> bool | None:
    """Return what a comparison always is; None where both can be, or where the constant is a limit itself.

    `at least 0` of a number from 0 up says that it is known, so a test that just meets a limit is let be.
    """
    low, high = limits
    below = low is not None and constant < low
    above = high is not None and constant > high
    if operator in (">", ">="):
        return True if below else False if above or (operator == ">" and constant == high) else None
    if operator in ("<", "<="):
        return True if above else False if below or (operator == "<" and constant == low) else None
    return (operator in ("!=", "!==")) if below or above else None


def _impossible(value: str) -> tuple[str, str]:
    return "impossible_date", f"`{value[:40]}` is no date: write a day that exists, as 2026-11-22"


def _one_ended(low: float | None, high: float | None) -> str:
    return f"{_plain(low)} or more" if low is not None else f"{_plain(high)} or less"


def _plain(number: float | None) -> str:
    return f"{number:g}" if number is not None else ""


def _is_number(code: str) -> bool:
    return code.removeprefix("-").replace(".", "", 1).isdigit()


def _named(logic: Any) -> str:
    return f"`{path_of(logic)}`" if path_of(logic) else "This count"
