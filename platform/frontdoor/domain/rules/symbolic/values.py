"""A value that is not known yet: what kinds of value it can be, each under its own condition.

The cases of a value exclude each other and leave nothing out. What JSONLogic makes of each kind is decided case by
case, so a formula says of every family what the engine would say of one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from frontdoor.domain.rules import dates
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.calendar_days import day_number
from frontdoor.domain.rules.symbolic.formulas import FALSE, TRUE, Formula, both, choose, either, negated

NULL, TRUTH, NUMBER, NAN, TEXT, DATE, LIST, OBJECT, OPAQUE = (
    "null", "truth", "number", "nan", "text", "date", "list", "object", "opaque",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Case:
    """One kind that a value can be, and when.

    `held` is a formula of a truth or a number; of a text its code in Codes, of a date its day; of a list its elements,
    each with the formula that says whether it is there; of an object a mapping of values; of an opaque value its name.
    """

    kind: str
    when: Formula
    held: Any = None


@dataclass(frozen=True, eq=False)
class Value:
    """A value as its cases."""

    cases: tuple[Case, ...]

    def when(self, *kinds: str) -> Formula:
        """Return when the value is of one of these kinds."""
        return either(*(case.when for case in self.cases if case.kind in kinds))

    def held(self, kind: str, default: Any = None) -> Any:
        """Return what the value holds where it is of this kind; `default` where it never is."""
        return next((case.held for case in self.cases if case.kind == kind), default)


Elements = tuple[tuple[Formula, Value], ...]
NULL_VALUE = Value((Case(NULL, TRUE),))
NAN_VALUE = Value((Case(NAN, TRUE),))


class Codes:
    """Texts as whole numbers: two texts are equal if their numbers are. A number without a text is any other text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> Formula:
        """Return the number of a text."""
        return formulas.number(self._numbers.setdefault(text, len(self._numbers)))

    def text(self, number: int) -> str:
        """Return a text of this number: the one that has it, else one that has no number."""
        found = next((text for text, each in self._numbers.items() if each == number), None)
        return f"another text {number}" if found is None else found


def of_kind(kind: str, held: Any) -> Value:
    """Return the value that is certainly of this kind."""
    return Value((Case(kind, TRUE, held),))


def truth(formula: Formula) -> Value:
    """Return a truth."""
    return of_kind(TRUTH, formula)


def number(formula: Formula) -> Value:
    """Return a number."""
    return of_kind(NUMBER, formula)


def listed(elements: Iterable[tuple[Formula, Value]]) -> Value:
    """Return a list; an element that is never there is left out."""
    return of_kind(LIST, tuple((when, value) for when, value in elements if when is not FALSE))


def constant(value: Any, codes: Codes) -> Value:
    """Return what plain JSON says; a text that is a whole date is a date."""
    if value is None:
        return NULL_VALUE
    if isinstance(value, bool):
        return truth(TRUE if value else FALSE)
    if isinstance(value, int | float):
        return number(formulas.number(value)) if value == value and abs(value) != float("inf") else NAN_VALUE
    if isinstance(value, str):
        day = dates.to_date(value) if len(value) == len("2026-11-22") else None
        return of_kind(DATE, formulas.number(day_number(day))) if day else of_kind(TEXT, codes.number(value))
    if isinstance(value, list):
        return listed((TRUE, constant(each, codes)) for each in value)
    return of_kind(OBJECT, {key: constant(each, codes) for key, each in value.items()})


def only(when: Formula, value: Value) -> Value:
    """Return the value where `when` holds, else null."""
    return chosen(when, value, NULL_VALUE)


def chosen(test: Formula, yes: Value, no: Value) -> Value:
    """Return one of two values."""
    if test is TRUE or yes is no:
        return yes
    if test is FALSE:
        return no
    first = {case.kind: case for case in yes.cases}
    second = {case.kind: case for case in no.cases}
    merged = [_merged(test, first.get(kind), second.get(kind)) for kind in dict.fromkeys([*first, *second])]
    return Value(tuple(case for case in merged if case.when is not FALSE))


def _merged(test: Formula, yes: Case | None, no: Case | None) -> Case:
    if no is None:
        assert yes is not None  # noqa: S101 - one of the two has this kind
        return Case(yes.kind, both(test, yes.when), _there(test, yes))
    if yes is None:
        return Case(no.kind, both(negated(test), no.when), _there(negated(test), no))
    return Case(yes.kind, choose(test, yes.when, no.when), _MERGE.get(yes.kind, _first)(test, yes.held, no.held))


def _there(test: Formula, case: Case) -> Any:
    if case.kind == LIST:
        return tuple((both(test, when), value) for when, value in case.held)
    return case.held


def _lists(test: Formula, yes: Elements, no: Elements) -> Elements:
    if yes is no:
        return yes
    kept = [(both(test, when), value) for when, value in yes]
    return (*kept, *((both(negated(test), when), value) for when, value in no))


def _objects(test: Formula, yes: Mapping[str, Value], no: Mapping[str, Value]) -> Mapping[str, Value]:
    if yes is no:
        return yes
    keys = dict.fromkeys([*yes, *no])
    return {key: chosen(test, yes.get(key, NULL_VALUE), no.get(key, NULL_VALUE)) for key in keys}


def _names(test: Formula, yes: Any, no: Any) -> Any:
    return yes if yes == no else ("one of", test, yes, no)


def _first(test: Formula, yes: Any, no: Any) -> Any:
    return yes


_MERGE: Mapping[str, Callable[[Formula, Any, Any], Any]] = {
    TRUTH: choose, NUMBER: choose, TEXT: choose, DATE: choose, LIST: _lists, OBJECT: _objects, OPAQUE: _names,
}  # fmt: skip


def identity(value: Value) -> Any:
    """Return what two values share exactly if they are the same: a key for opaque results."""
    return tuple((case.kind, case.when, _identity_of(case)) for case in value.cases)


def _identity_of(case: Case) -> Any:
    if case.kind == LIST:
        return tuple((when, identity(value)) for when, value in case.held)
    return id(case.held) if case.kind == OBJECT else case.held


def whole(value: Fraction) -> int | float:
    """Return a solver's number as JSON has it."""
    return int(value) if value.denominator == 1 else float(value)
