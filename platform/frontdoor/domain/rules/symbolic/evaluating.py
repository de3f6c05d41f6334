"""Plain JSONLogic over open values: the engine's answers for every family at once.

What is evaluated are the very rules that decide: a form's conditions as written, a table's rows and facts as
translated into *surely true* and *surely false*. So there is no second meaning to keep in step.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.symbolic import formulas, iterating_values
from frontdoor.domain.rules.symbolic.calculating_values import between_dates, calculated, else_null, how_many_true
from frontdoor.domain.rules.symbolic.comparing_values import before, equal, truthy, within
from frontdoor.domain.rules.symbolic.formulas import TRUE, Formula, both, either, negated
from frontdoor.domain.rules.symbolic.opaque import Opaques
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    LIST,
    NULL,
    NULL_VALUE,
    OBJECT,
    OPAQUE,
    TEXT,
    Case,
    Codes,
    Value,
    chosen,
    constant,
    listed,
    truth,
)

Json = Any


class Evaluator:
    """Works rules out. Texts and what is outside the model keep their numbers over all rules that it is given."""

    def __init__(self) -> None:
        self.codes = Codes()
        self.opaques = Opaques()
        self._known: dict[tuple[int, int, bool], Any] = {}
        self._kept: list[Any] = []  # whose identities are keys above

    def truth(self, logic: Json, data: Value) -> Formula:
        """Return when a rule is true of the data."""
        return self._once(logic, data, self._truth, True)  # type: ignore[no-any-return]

    def value(self, logic: Json, data: Value) -> Value:
        """Return what a rule gives."""
        return self._once(logic, data, self._value, False)  # type: ignore[no-any-return]

    def _once(self, logic: Json, data: Value, work: Callable[[Json, Value], Any], asked: bool) -> Any:
        """Translated rules share their parts, so each part is worked out once."""
        if not isinstance(logic, dict | list):
            return work(logic, data)
        key = (id(logic), id(data), asked)
        if key not in self._known:
            self._known[key] = work(logic, data)
            self._kept += [logic, data]
        return self._known[key]

    def _truth(self, logic: Json, data: Value) -> Formula:
        if isinstance(logic, dict) and len(logic) == 1:
            operator, values = arguments(logic)
            if operator in _TRUTHS:
                return _TRUTHS[operator](self, values, data)
        return truthy(self.value(logic, data), self.opaques)

    def _value(self, logic: Json, data: Value) -> Value:
        if isinstance(logic, list):
            return listed((TRUE, self.value(each, data)) for each in logic)
        if not isinstance(logic, dict) or len(logic) != 1:
            return constant(logic, self.codes)
        operator, values = arguments(logic)
        if operator in _CONDITIONS:
            return truth(self.truth(logic, data))
        write = _VALUES.get(operator)
        if write is None:
            whole = [data] if operator.startswith("missing") else []
            return self.opaques.value(operator, *(self.value(each, data) for each in values), *whole)
        return write(self, values, data)

    # ── Truth ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _and(self, values: list[Json], data: Value) -> Formula:
        return both(*(self.truth(each, data) for each in values))

    def _or(self, values: list[Json], data: Value) -> Formula:
        return either(*(self.truth(each, data) for each in values))

    def _not(self, values: list[Json], data: Value) -> Formula:
        return negated(self.truth(values[0], data))

    def _is_true(self, values: list[Json], data: Value) -> Formula:
        return self.truth(values[0], data)

    def _if_true(self, values: list[Json], data: Value) -> Formula:
        *pairs, last = values if len(values) % 2 else [*values, None]
        found = self.truth(last, data)
        for place in range(len(pairs) - 2, -1, -2):
            found = formulas.choose(self.truth(pairs[place], data), self.truth(pairs[place + 1], data), found)
        return found

    def _equal(self, values: list[Json], data: Value, *, strict: bool, negate: bool) -> Formula:
        first, second = (self.value(each, data) for each in (*values, None)[:2])
        found = equal(first, second, self.opaques, strict=strict)
        return negated(found) if negate else found

    def _ordered(self, values: list[Json], data: Value, *, sign: str) -> Formula:
        terms = [self.value(each, data) for each in values]
        if sign[0] == ">":
            terms.reverse()
        strict = len(sign) == 1
        return both(*(before(one, other, self.opaques, strict=strict) for one, other in pairwise(terms)))

    def _in(self, values: list[Json], data: Value) -> Formula:
        return within(self.value(values[0], data), self.value(values[1], data), self.opaques)

    def _unknown(self, values: list[Json], data: Value) -> Formula:
        return equal(self.value(values[0], data), NULL_VALUE, self.opaques, strict=True)

    # ── Values ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _var(self, values: list[Json], data: Value) -> Value:
        path = values[0] if values else ""
        if isinstance(path, int) and not isinstance(path, bool):
            path = str(path)
        if path is not None and not isinstance(path, str):
            return self.opaques.value("var", self.value(path, data), data)
        found = data
        for segment in path.split(".") if path else ():
            found = self._inside(found, segment)
        if len(values) > 1:
            return chosen(found.when(NULL), self.value(values[1], data), found)
        return found

    def _inside(self, value: Value, segment: str) -> Value:
        return else_null((case.when, self._in_case(case, segment)) for case in value.cases if case.kind in _HOLDERS)

    def _in_case(self, case: Case, segment: str) -> Value:
        if case.kind == OBJECT:
            return case.held.get(segment) or NULL_VALUE
        if case.kind == LIST and segment == "length":
            return how_many_true(there for there, _ in case.held)
        if case.kind != OPAQUE and not segment.isdigit() and segment != "length":
            return NULL_VALUE
        if case.kind == LIST and all(there is TRUE for there, _ in case.held):
            return case.held[int(segment)][1] if int(segment) < len(case.held) else NULL_VALUE
        return self.opaques.value(f"var {segment}", Value((Case(case.kind, TRUE, case.held),)))

    def _if(self, values: list[Json], data: Value) -> Value:
        *pairs, last = values if len(values) % 2 else [*values, None]
        found = self.value(last, data)
        for place in range(len(pairs) - 2, -1, -2):
            found = chosen(self.truth(pairs[place], data), self.value(pairs[place + 1], data), found)
        return found

    def _junction(self, values: list[Json], data: Value, *, word: str) -> Value:
        found = self.value(values[-1], data)
        for each in reversed(values[:-1]):
            test, here = self.truth(each, data), self.value(each, data)
            found = chosen(test, found, here) if word == "and" else chosen(test, here, found)
        return found

    def _calculated(self, values: list[Json], data: Value, *, operator: str) -> Value:
        return calculated(operator, [self.value(each, data) for each in values], self.opaques)

    def _dates(self, values: list[Json], data: Value, *, operator: str) -> Value:
        return between_dates(operator, self.value(values[0], data), self.value(values[1], data), self.opaques)


_HOLDERS = frozenset({OBJECT, LIST, TEXT, DATE, OPAQUE})
_Truth = Callable[[Evaluator, list[Json], Value], Formula]
_Work = Callable[[Evaluator, list[Json], Value], Value]
_TRUTHS: Mapping[str, _Truth] = {
    "and": Evaluator._and, "or": Evaluator._or, "!": Evaluator._not, "!!": Evaluator._is_true,
    "if": Evaluator._if_true, "?:": Evaluator._if_true, "in": Evaluator._in, "unknown": Evaluator._unknown,
    "==": partial(Evaluator._equal, strict=False, negate=False),
    "!=": partial(Evaluator._equal, strict=False, negate=True),
    "===": partial(Evaluator._equal, strict=True, negate=False),
    "!==": partial(Evaluator._equal, strict=True, negate=True),
    **{sign: partial(Evaluator._ordered, sign=sign) for sign in ("<", "<=", ">", ">=")},
    **{word: partial(iterating_values.quantified, word=word) for word in ("some", "all", "none")},
}  # fmt: skip
_CONDITIONS = _TRUTHS.keys() - {"and", "or", "if", "?:"}  # these give truths; the others one of their values
_VALUES: Mapping[str, _Work] = {
    "var": Evaluator._var, "if": Evaluator._if, "?:": Evaluator._if,
    "and": partial(Evaluator._junction, word="and"), "or": partial(Evaluator._junction, word="or"),
    **{sign: partial(Evaluator._calculated, operator=sign) for sign in ("+", "-", "*", "/", "min", "max")},
    **{word: partial(Evaluator._dates, operator=word)
       for word in ("age_on", "months_between", "days_between", "working_days_between")},
    "count_true": iterating_values.count_true, "reduce": iterating_values.folded, "merge": iterating_values.merged,
    "filter": iterating_values.filtered, "map": iterating_values.mapped,
}  # fmt: skip
