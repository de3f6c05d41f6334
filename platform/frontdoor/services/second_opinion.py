"""The only place that calls json_logic: an independent second opinion on rules before they go live.

Its `method` operator calls any attribute of any value, so it sees only rules that `domain.rules.check_rule` has passed,
as translated for deciding, over prepared facts. It knows neither dates nor counting: our added operators are lent to
it, so what it judges is the standard part. Where the two differ, the innermost part that differs is named; differences
of a documented class (`second_opinion_classes`) are shown and acknowledged, any other one blocks publishing.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import json_logic

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.allowed import ADDED, ITERATORS, arguments
from frontdoor.domain.rules.check_rule import TRANSLATED, refusals
from frontdoor.domain.rules.compiled import Condition, Value, compiled
from frontdoor.domain.rules.engine import evaluate, truthy
from frontdoor.domain.rules.facts import derive
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Fact, Rules
from frontdoor.services.second_opinion_classes import class_of

MOST_SITUATIONS = 120  # the engine asked twice for each of some hundred rules: this many take a few seconds
_RAISED = "raised"
_HOLIDAYS: ContextVar[Any] = ContextVar("holidays", default=None)


@dataclass(frozen=True)
class Difference:
    """One part of a rule that the two engines answer differently.

    `where` is the fact or table row, `part` the innermost rule that differs, `values` what its arguments came to.
    `kind` is a class of `second_opinion_classes.CLASSES`, `""` for one that nobody has documented.
    """

    where: str
    part: Any
    values: tuple[Any, ...]
    ours: Any
    theirs: Any
    kind: str
    count: int = 1


@dataclass(frozen=True)
class Opinion:
    """How many answers were compared, and the differences: one for each place and class, with how often it was met."""

    asked: int
    differences: tuple[Difference, ...] = ()

    @property
    def blocking(self) -> tuple[Difference, ...]:
        """The differences of no documented class."""
        return tuple(one for one in self.differences if not one.kind)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The documented classes that were met, for somebody to acknowledge."""
        return tuple(sorted({one.kind for one in self.differences if one.kind}))


def second_opinion(rules: Rules, situations: Iterable[Situation]) -> Opinion:
    """Ask json-logic-qubit what it makes of every fact and row, over at most MOST_SITUATIONS situations."""
    asked = 0
    found: dict[tuple[str, str, str], Difference] = {}
    for situation in islice(situations, MOST_SITUATIONS):
        for where, logic, data in _questions(rules, situation):
            asked += 1
            one = compare(logic, data, where)
            if one is None:
                continue
            key = (where, one.kind, "" if one.kind else repr(one.part))
            known = found.get(key)
            found[key] = replace(known, count=known.count + 1) if known else one
    return Opinion(asked, tuple(found.values()))


def compare(logic: Any, data: Any, where: str = "") -> Difference | None:
    """Return where the two engines part over one checked rule, None where they agree. Truth is what is compared."""
    if refusals(logic, TRANSLATED):
        raise ValueError("Only rules that were checked may be given to the second engine")
    ours, theirs = _ours(logic, data), _theirs(logic, data)
    if _same(ours, theirs):
        return None
    part, inside = _innermost(logic, data)
    values = tuple(_ours(each, inside) for each in _arguments(part))
    return Difference(where, part, values, _ours(part, inside), _theirs(part, inside), class_of(part, values))


def _questions(rules: Rules, situation: Situation) -> Iterator[tuple[str, Any, Any]]:
    """Yield every plain rule of facts and rows with the data that it reads in this situation."""
    work = derive(tuple(rules.facts.values()), situation)
    for fact in rules.facts.values():
        for data in _rows(fact, work.data):
            yield from ((f"facts/{fact.id}", logic, data) for logic in _plain(fact.rule))
    for decision in rules.decisions.values():
        for row in decision.rows:
            yield from ((f"{decision.code}/{row.id}", logic, work.data) for logic in _plain(row.test))


def _rows(fact: Fact, data: Mapping[str, Any]) -> Iterator[Any]:
    if not fact.over:
        yield data
        return
    _, form, group = fact.over.split(".")
    yield from ({**data, "row": row} for row in (data["answers"].get(form) or {}).get(group) or [])


def _plain(rule: Condition | Value | None) -> Iterator[Any]:
    if isinstance(rule, Condition):
        yield rule.translation.surely_true
        yield rule.translation.surely_false
    elif rule is not None:
        yield rule.translation.none
        yield rule.translation.some


def _ours(logic: Any, data: Any) -> Any:
    try:
        return compiled(logic)(data)
    except RuleFailed:
        return _RAISED


def _theirs(logic: Any, data: Any) -> Any:
    token = _HOLIDAYS.set(data.get("holidays") if isinstance(data, dict) else None)
    try:
        return json_logic.jsonLogic(logic, data)
    # Whatever it raises is its answer: it raises where browsers answer.
    except Exception as error:
        return f"{_RAISED} {type(error).__name__}"
    finally:
        _HOLIDAYS.reset(token)


def _same(ours: Any, theirs: Any) -> bool:
    if _raised(theirs):
        return _raised(ours)
    return not _raised(ours) and truthy(ours) == truthy(theirs)


def _raised(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_RAISED)


def _innermost(logic: Any, data: Any) -> tuple[Any, Any]:
    """Return the smallest part whose arguments both engines agree on but not its answer, and the data it sees."""
    for part, inside in _parts(logic, data):
        if not _equal(_ours(part, inside), _theirs(part, inside)):
            return _innermost(part, inside)
    return logic, data


def _equal(ours: Any, theirs: Any) -> bool:
    if _raised(ours) or _raised(theirs):
        return _raised(ours) and _raised(theirs)
    return bool(ours == theirs) and isinstance(ours, bool) == isinstance(theirs, bool)


def _parts(logic: Any, data: Any) -> Iterator[tuple[Any, Any]]:
    if not isinstance(logic, dict) or len(logic) != 1:
        yield from ((each, data) for each in logic if isinstance(logic, list))
        return
    operator, values = arguments(logic)
    if operator == "var":
        return
    if operator not in ITERATORS:
        yield from ((each, data) for each in values)
        return
    yield values[0], data
    listed = _ours(values[0], data)
    if operator != "reduce" and isinstance(listed, list):
        # The other engine takes an element that is 0 or "" for nothing at all: that is a difference of the iterator.
        yield from ((values[1], element) for element in listed if truthy(element))


def _arguments(part: Any) -> list[Any]:
    if not isinstance(part, dict) or len(part) != 1:
        return []
    operator, values = arguments(part)
    return values[:1] if operator in ITERATORS else values


def _lent(name: str) -> Any:
    """Return one of our added operators as the other engine calls it."""

    def operator(*values: Any) -> Any:
        names = [f"v{number}" for number in range(len(values))]
        held = {**dict(zip(names, values, strict=True)), "holidays": _HOLIDAYS.get()}
        return evaluate({name: [{"var": each} for each in names]}, held)

    return operator


for _name in ADDED:
    json_logic.add_operation(_name, _lent(_name))
