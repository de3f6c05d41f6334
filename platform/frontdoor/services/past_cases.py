"""Past cases decided again under a change, exactly: in the database as far as it goes, the rest by the engine.

Nothing here is for people: `simulate` suppresses small numbers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.pushdown.plans import Held, decided, values_of
from frontdoor.domain.rules.pushdown.pushed import NotInDatabase
from frontdoor.domain.rules.pushdown.stored import Plainly, situation_of
from frontdoor.domain.rules.pushdown.stretches import is_foreseen, key_at
from frontdoor.domain.rules.pushdown.tables import Outcome, outcome_of
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Rules
from frontdoor.services.keep_facts import rules_digest
from frontdoor.store import facts, facts_counting


@dataclass(frozen=True)
class Change:
    """What would be different: values of parameters by id, and where `rules` are given, all rules."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    rules: Rules | None = None


@dataclass(frozen=True)
class Transition:
    """How many cases go from one outcome to another, exactly, of those that share `dimensions` and what was confirmed.

    `said` is the decision that a person confirmed, None where nobody has; `override`: not what had been proposed.
    `noise` is the sum of the cases' own numbers, for `small_numbers.published`.
    """

    was: Outcome
    now: Outcome
    dimensions: Mapping[str, str]
    said: str | None
    override: bool
    count: int
    noise: int

    @property
    def moved(self) -> bool:
        """Whether these cases would be decided differently, not merely for another reason."""
        return self.was.decision != self.now.decision


def check_change(live: Programme, code: str, change: Change) -> None:
    """Refuse a change that cannot be tried. Errors: `NotFound`, `AnswersRejected`."""
    rules = change.rules or live.rules
    if code not in live.rules.decisions or code not in rules.decisions:
        raise NotFound(f"There is no decision {code} here. Choose one of {', '.join(live.rules.decisions)}")
    problems = []
    for name, value in change.parameters.items():
        parameter = rules.parameters.get(name)
        if parameter is None:
            problems.append(Problem(f"/{name}", "unknown", "Choose a parameter of this programme"))
        elif value is None or not fits(value, parameter.type):
            problems.append(Problem(f"/{name}", "type", f"Enter a value of type {parameter.type}"))
    if problems:
        raise AnswersRejected("This change cannot be tried", problems=problems)


def transitions(live: Programme, code: str, change: Change) -> tuple[list[Transition], bool]:
    """Return how many cases go from which outcome to which, exactly, and whether the database decided them all.

    The earlier decisions of a case are taken as they stand.
    """
    inside = system_viewer(live.authority)
    found: list[Transition] = []
    in_database = True
    for basis in facts.bases(inside, live.programme):
        work = work_on(live, code, change, basis)
        try:
            found += work.counted(inside)
        except NotInDatabase:
            in_database = False
            found += work.one_by_one(facts.each(inside, work.among))
        found += work.one_by_one(facts.each(inside, work.among, apart=True))
    return found, in_database


@dataclass(frozen=True)
class Work:
    """One change to the cases of one basis: what `work_on` returns."""

    live: Programme
    code: str
    change: Change
    basis: facts.Basis
    outcomes: dict[tuple[int, str], Outcome] = field(default_factory=dict, repr=False)  # by the rules and the row's key

    @property
    def among(self) -> facts.Cases:
        """The cases."""
        return facts.Cases(self.live.programme, self.basis.id)

    @property
    def rules(self) -> Rules:
        """The rules as they would be."""
        return self.change.rules or self.live.rules

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters as they would be."""
        return {**values_of(self.rules), **self.change.parameters}

    @property
    def holidays(self) -> list[str]:
        """The live calendar's holidays, as text."""
        return sorted(day.isoformat() for day in self.live.calendar.holidays)

    @property
    def held(self) -> Held:
        """What is stored: worked out under the live rules, or under others, which then count for nothing."""
        if self.basis.rules != rules_digest(self.live):
            return Held(self.basis.paths)
        return Held(self.basis.paths, self.live.rules, values_of(self.live.rules))

    def keys(self) -> tuple[Any, Any]:
        """Return the expressions of the deciding row's key before and after; NotInDatabase where there is none."""
        held = self.held
        before: Any = f"$outcomes.{self.code}"
        if held.rules is None:
            before = decided(self.live.rules, self.code, held, values_of(self.live.rules), self.holidays)
        return before, decided(self.rules, self.code, held, self.parameters, self.holidays)

    @property
    def foreseen(self) -> facts_counting.Ahead | None:
        """The one number that is different, where what it does was worked out when the cases were stored; else None."""
        live = values_of(self.live.rules)
        moved = [name for name, value in self.parameters.items() if value != live.get(name)]
        if self.change.rules is not None or self.held.rules is None or len(moved) != 1:
            return None
        value = self.parameters[moved[0]]
        if not is_foreseen(self.live.rules, self.code, moved[0], value):
            return None
        return facts_counting.Ahead(self.code, moved[0], partial(key_at, value=value))

    def counted(self, inside: Viewer, *, broken_down: bool = True) -> list[Transition]:
        """Return the transitions, counted in the database; by every dimension, or not at all."""
        code, ahead = self.code if broken_down else "", self.foreseen
        if ahead is not None:
            found = facts_counting.counted_ahead(inside, self.among, ahead, code=code)
        else:
            found = facts_counting.counted(inside, self.among, *self.keys(), code=code)
        return [self._transition(one) for one in found]

    def one_by_one(self, kept: Iterable[facts.CaseFacts]) -> Iterator[Transition]:
        """Yield a transition for each case, decided by the engine."""
        for one in kept:
            keys = self.engine_keys(one)
            yield self._transition(
                facts_counting.Counted(*keys, one.dimensions, one.said.get(self.code, {}), 1, one.noise)
            )

    def engine_keys(self, one: facts.CaseFacts) -> tuple[str, str]:
        """Return the deciding row's key before and after, by the engine."""
        before = self.situation(one, values_of(self.live.rules))
        after = self.situation(one, self.parameters)
        engine_before, engine_after = self._engines
        return engine_before.decide(self.code, before), engine_after.decide(self.code, after)

    @cached_property
    def _engines(self) -> tuple[Plainly, Plainly]:
        held = Held(self.basis.paths)
        return Plainly(self.live.rules, held), Plainly(self.rules, held)

    def situation(self, one: facts.CaseFacts, parameters: Mapping[str, Any]) -> Situation:
        """Return a case's situation as it was stored, under values of all parameters."""
        constants = {"parameters": dict(parameters), "holidays": self.holidays}
        if not one.apart:
            return situation_of(one.data, one.fixed, constants)
        kept = Situation.from_json(json.loads(one.apart))
        return Situation({**kept.data, **constants}, kept.facts, kept.row_facts, kept.sources)

    def _outcome(self, rules: Rules, key: str) -> Outcome:
        known = self.outcomes.get((id(rules), key))
        if known is None:
            known = self.outcomes[id(rules), key] = outcome_of(rules.decisions[self.code], key)
        return known

    def _transition(self, one: facts_counting.Counted) -> Transition:
        return Transition(
            self._outcome(self.live.rules, one.was),
            self._outcome(self.rules, one.now),
            one.dimensions,
            one.said.get("decision"),
            bool(one.said.get("override")),
            one.count,
            one.noise,
        )


def work_on(live: Programme, code: str, change: Change, basis: facts.Basis) -> Work:
    """Return the work of one change to the decision `code` of the cases of one basis."""
    return Work(live, code, change, basis)


def moved_on(viewer: Viewer, work: Work) -> Iterator[facts_counting.Moved]:
    """Yield the cases within a viewer's reach whose deciding row changes, with the keys of both."""
    apart = facts.each(viewer, work.among, apart=True)
    ahead = work.foreseen
    try:
        if ahead is not None:
            yield from facts_counting.moved_ahead(viewer, work.among, ahead)
        else:
            yield from facts_counting.moved(viewer, work.among, *work.keys())
    except NotInDatabase:
        yield from _by_engine(work, facts.each(viewer, work.among))
    yield from _by_engine(work, apart)


def _by_engine(work: Work, kept: Iterable[facts.CaseFacts]) -> Iterator[facts_counting.Moved]:
    for one in kept:
        was, now = work.engine_keys(one)
        if was != now:
            yield facts_counting.Moved(one.reference, was, now)
