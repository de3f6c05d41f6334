"""What a case would be decided to be under other values of one number, worked out when it is stored.

Only numbers that reach into facts: what is compared with a fact that stands is told from that. A number that is used
otherwise than for comparing, and values outside its bounds, are worked out in the database when they are asked for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, inf
from typing import Any

from frontdoor.domain.rules.facts import Derivation, derive
from frontdoor.domain.rules.pushdown.plans import values_of
from frontdoor.domain.rules.pushdown.stored import Plainly, read_by
from frontdoor.domain.rules.situation import Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Fact, Parameter, Rules
from frontdoor.domain.rules.thresholds import Compared, moved_by, numbers, of_table, place, samples, stretches

Told = Mapping[str, Mapping[str, str]]


def foreseen(rules: Rules, code: str, name: str) -> tuple[Compared, ...]:
    """Return what a parameter is compared with, if it is one of which it is worked out; else nothing."""
    needed = {fact.name for fact in rules.needed(rules.decisions[code].reads)}
    if rules.parameters[name].type not in ("integer", "number") or not moved_by(rules, [name]) & needed:
        return ()
    try:
        return of_table(rules, code, name, [name])
    except LookupError:
        return ()


def is_foreseen(rules: Rules, code: str, name: str, value: Any) -> bool:
    """Tell whether what a value of one parameter does was worked out for every case."""
    return bool(foreseen(rules, code, name)) and _within(rules.parameters[name], value)


def _within(parameter: Parameter, value: float) -> bool:
    low, high = _bounds(parameter)
    return low <= value <= high and (parameter.type == "number" or float(value).is_integer())


def _bounds(parameter: Parameter) -> tuple[float, float]:
    bounds = parameter.bounds or {}
    return bounds.get("min", -inf), bounds.get("max", inf)


def key_at(text: str, value: float) -> str:
    """Return the deciding row's key that a stored text has for a value."""
    at, words = json.loads(text)
    return str(words[place(at, float(value))])


@dataclass(frozen=True)
class Stretches:
    """What looks ahead for the cases of one basis."""

    engine: Plainly

    @cached_property
    def _foreseen(self) -> Mapping[str, Mapping[str, tuple[Compared, ...]]]:
        rules, found = self.engine.rules, {}
        for code in rules.decisions:
            every = {name: foreseen(rules, code, name) for name in rules.parameters}
            found[code] = {name: compared for name, compared in every.items() if compared}
        return found

    @cached_property
    def _needed(self) -> tuple[Fact, ...]:
        return self.engine.rules.needed(read_by(self.engine.rules))

    def told(self, situation: Situation) -> Told:
        """Return, by table and parameter, the text of what a case would be; nothing where it is always what it is."""
        work = derive(self._needed, situation)
        found = {code: dict(self._of(code, situation, work)) for code in self._foreseen}
        return {code: texts for code, texts in found.items() if texts}

    def _of(self, code: str, situation: Situation, work: Derivation) -> Iterator[tuple[str, str]]:
        for name, compared in self._foreseen[code].items():
            parameter = self.engine.rules.parameters[name]
            at = _mattering(numbers(compared, work.data), parameter)
            if at:
                rest = _standing(situation, work, self._moved[name])
                told = [self._decided(code, rest, {name: value}) for value in _samples(at, parameter)]
                kept, words = stretches(at, told)
                if kept:
                    yield name, json.dumps([kept, words])

    @cached_property
    def _moved(self) -> Mapping[str, frozenset[str]]:
        return {name: moved_by(self.engine.rules, [name]) for name in self.engine.rules.parameters}

    def _decided(self, code: str, situation: Situation, moved: Mapping[str, float]) -> str:
        typed = {name: int(value) if float(value).is_integer() else value for name, value in moved.items()}
        parameters = {**values_of(self.engine.rules), **typed}
        return self.engine.decide(code, replace(situation, data={**situation.data, "parameters": parameters}))


def _standing(situation: Situation, work: Derivation, moved: frozenset[str]) -> Situation:
    """Return the situation with every fact fixed that does not move, so that only the others are worked out again."""
    facts, rows = dict(situation.facts), dict(situation.row_facts)
    for name, known in work.facts.items():
        if name in moved or known.error:
            continue
        if known.fact.of_row:
            rows[known.fact.id] = {row: Fixed(finding, Provenance()) for row, finding in known.rows.items()}
        else:
            facts[known.fact.id] = Fixed(known.finding, Provenance())
    return replace(situation, facts=facts, row_facts=rows)


def _mattering(at: Sequence[float], parameter: Parameter) -> list[float]:
    """Return the numbers within the parameter's bounds; of a whole number, brought to where whole numbers change."""
    low, high = _bounds(parameter)
    if parameter.type == "integer":
        at = sorted({float(one) for number in at for one in {floor(number), ceil(number)}})
    return [number for number in at if low <= number <= high]


def _samples(at: Sequence[float], parameter: Parameter) -> list[float]:
    """Return a value in each stretch; of a whole number one between two that follow each other stands for none."""
    found = samples(at)
    if parameter.type == "integer":
        for index in range(0, len(found), 2):
            low, high = (at[index // 2 - 1] if index else -inf), (at[index // 2] if index // 2 < len(at) else inf)
            found[index] = high - 1 if low == -inf < high < inf else low + 1 if low > -inf else found[index]
    return found
