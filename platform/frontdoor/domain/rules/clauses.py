"""The clauses of a condition as short sentences, each with its values and whether it is so.

"Local concerns: 0, at least 1 needed" is a clause. Nothing is nested inside a sentence: where a rule says "and", "or"
or counts, the clause says how many of its parts are needed, and the parts stand under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.clause_words import COUNTED, DATED, EACH, GROUPS, MAY_COUNT, NEEDED, NOT, TOLD
from frontdoor.domain.rules.phrases import Telling, filled, is_operation, is_steady, path_of
from frontdoor.domain.rules.table import Fact
from frontdoor.domain.text import Text, say

_SAME = {"===": "==", "!==": "!=", "?:": "if"}
_OPPOSITE = {
    ">=": "<",
    "<": ">=",
    ">": "<=",
    "<=": ">",
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "unknown": "not unknown",
}
_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "==", "!=": "!="}
_LOOKS = frozenset({*_TURNED, *EACH, "and", "or", "!", "!!", "in", "unknown", "if", "count_true"})


@dataclass(frozen=True)
class Clause:
    """One clause: its words, whether it is so (`true`, `false`, `unknown`, `error`) and that in words, and its parts.

    The words of a clause with parts say which they are and how many of them are needed, so they stand alone too.
    """

    words: str
    truth: str
    told: str
    parts: tuple["Clause", ...] = ()


def clauses(logic: Any, telling: Telling) -> tuple[Clause, ...]:
    """Return the clauses that must all be so for a condition to be; none for one that always is."""
    if not is_operation(logic):
        return ()
    operator, values = arguments(logic)
    if operator == "and":
        return tuple(clause for each in values for clause in clauses(each, telling))
    return (_Clauses(telling).of(logic),)


@dataclass(frozen=True)
class _Clauses:
    telling: Telling

    def of(self, logic: Any) -> Clause:
        """Return one clause."""
        if not is_operation(logic):
            return self._made(logic, self.telling.wanted(logic))
        operator, values = arguments(logic)
        operator = _SAME.get(operator, operator)
        if operator in ("<", "<=") and len(values) == 3:
            both = [{operator: values[:2]}, {operator: values[1:]}]
            return self._group(logic, "and", both)
        if operator == "or" and _or_unknown(values):
            return self._sentence(logic, values[0], self._need("or unknown"))
        if operator in ("and", "or"):
            return self._group(logic, operator, values)
        if operator == "!":
            return self._not(logic, values[0])
        return self._plain(logic, operator, values)

    def _plain(self, logic: Any, operator: str, values: Sequence[Any]) -> Clause:
        if operator == "var":
            return self._yes(logic)
        if operator == "!!":
            return self._given(logic, values[0], "given")
        if operator == "unknown":
            return self._sentence(logic, values[0], self._need("unknown"))
        if operator in _TURNED:
            return self._comparison(logic, operator, values)
        if operator == "in":
            return self._listed(logic, values, "in")
        if operator == "if":
            return self._group(logic, "if", [values[0], *values[1:]])
        if operator in EACH:
            words = self._fill(EACH[operator], self.telling.subject(values[0]))
            return self._made(logic, words)
        return self._made(logic, self.telling.subject(logic))

    def _yes(self, logic: Any) -> Clause:
        """Return the clause of a fact that is asked for itself: its name, and the truth says the rest."""
        finding = self.telling.fact(logic)
        if finding is not None and finding.type != "boolean":
            return self._given(logic, logic, "given")
        return self._made(logic, self.telling.subject(logic))

    def _not(self, logic: Any, inner: Any) -> Clause:
        operator, values = arguments(inner) if is_operation(inner) else ("", [])
        operator = _SAME.get(operator, operator)
        if operator in ("and", "or"):
            return self._group(logic, f"not {operator}", values)
        if operator == "var":
            fact = self.telling.fact(inner)
            plain = fact is None or fact.type == "boolean"
            return self._sentence(logic, inner, self._need("no")) if plain else self._given(logic, inner, "not given")
        if operator in ("!", "!!"):
            return self.of(values[0]) if operator == "!" else self._given(logic, values[0], "not given")
        if operator == "in":
            return self._listed(logic, values, "not in")
        if operator == "unknown":
            return self._sentence(logic, values[0], self._need("not unknown"))
        if operator in _OPPOSITE and len(values) == 2:
            return self._comparison(logic, _OPPOSITE[operator], values)
        return self._made(logic, self._fill(NOT, self.of(inner).words))

    def _given(self, logic: Any, value: Any, need: str) -> Clause:
        return self._sentence(logic, value, self._need(need))

    def _comparison(self, logic: Any, operator: str, values: Sequence[Any]) -> Clause:
        left, right = values
        if is_steady(left) and not is_steady(right):
            left, right, operator = right, left, _TURNED[operator]
        wanted = self.telling.wanted(right, self.telling.fact(left))
        dated = operator in DATED and self._is_date(left, right)
        need = self._fill((DATED if dated else NEEDED)[operator], wanted)
        counted = _counted(left)
        if counted is not None:
            open_too = all(is_operation(each) and _or_unknown(each.get("or", ())) for each in counted)
            words = self._fill(MAY_COUNT if open_too else COUNTED, self._listing(counted))
            parts = tuple(self.of(each) for each in counted)
            return self._made(logic, f"{words}: {self.telling.found(left)}, {need}", parts)
        return self._sentence(logic, left, need)

    def _is_date(self, *values: Any) -> bool:
        facts: list[Fact | None] = [self.telling.fact(each) for each in values]
        return {"var": "as_of"} in values or any(fact is not None and fact.type == "date" for fact in facts)

    def _listed(self, logic: Any, values: Sequence[Any], operator: str) -> Clause:
        """Return the clause of `in`: one value among several, or a list (or text) that holds one."""
        one, several = values
        if is_steady(one) and not is_steady(several):
            wanted = self.telling.wanted(one, self.telling.fact(several))
            words = f"{self.telling.subject(several)}: {self.telling.found(several)}, {self._need('has', wanted)}"
            return self._made(logic, words if operator == "in" else self._fill(NOT, words))
        wanted = self.telling.wanted(several, self.telling.fact(one))
        return self._sentence(logic, one, self._need(operator, wanted))

    def _sentence(self, logic: Any, value: Any, need: str) -> Clause:
        telling = self.telling
        if is_operation(value) and not path_of(value) and arguments(value)[0] in ("and", "or", "!"):
            inner = self.of(value)
            return self._made(logic, f"{inner.words}: {inner.told}, {need}", inner.parts)
        return self._made(logic, f"{telling.subject(value)}: {telling.found(value)}, {need}")

    def _group(self, logic: Any, kind: str, values: Sequence[Any]) -> Clause:
        words = self._fill(GROUPS[kind], self._listing(values))
        return self._made(logic, words, tuple(self.of(each) for each in values))

    def _listing(self, values: Sequence[Any]) -> str:
        return "; ".join(dict.fromkeys(self._about(each) for each in values))

    def _about(self, logic: Any) -> str:
        """Return in a few words what a part is about: the first value that it looks at."""
        while is_operation(logic) and not path_of(logic):
            operator, values = arguments(logic)
            if _SAME.get(operator, operator) not in _LOOKS or not values:
                break
            moved = is_steady(values[0]) and len(values) > 1
            logic = values[1] if moved else values[0]
        return self.telling.subject(logic)

    def _made(self, logic: Any, words: str, parts: tuple[Clause, ...] = ()) -> Clause:
        truth = self.telling.truth(logic)
        return Clause(words[:1].upper() + words[1:], truth, say(TOLD[truth], self.telling.language), parts)

    def _need(self, kind: str, *parts: str) -> str:
        return self._fill(NEEDED[kind], *parts)

    def _fill(self, text: Text, *parts: str) -> str:
        return filled(say(text, self.telling.language), parts)


def _counted(logic: Any) -> Sequence[Any] | None:
    """Return what a count counts; None for anything else."""
    if not is_operation(logic) or "count_true" not in logic:
        return None
    values: Sequence[Any] = arguments(logic)[1]
    return values[0] if len(values) == 1 and isinstance(values[0], list) else values


def _or_unknown(values: Sequence[Any]) -> bool:
    """Tell `this, or this is not known`: the way in which a row keeps an open question open."""
    if len(values) != 2 or not is_operation(values[1]) or "unknown" not in values[1]:
        return False
    return arguments(values[1])[1] == [values[0]]
