"""What an officer can still find out: from each unknown fact of a decision down to the checks that would settle it.

Only what could settle it is offered: no offence date of an adult where only a child's counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.case import Case
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.consequences import Consequence, consequences
from frontdoor.domain.rules.decide import derive_all
from frontdoor.domain.rules.facts import DerivedFact
from frontdoor.domain.rules.outstanding import settling
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.relevance import open_names
from frontdoor.domain.rules.scopes import names
from frontdoor.domain.rules.table import Fact
from frontdoor.services.deciding import Grounds, inputs_for


@dataclass(frozen=True)
class ToCheck:
    """One check: a fact, of one member where `row` names one."""

    fact: Fact
    row: str | None


@dataclass(frozen=True)
class Missing:
    """One thing that holds a decision up: its id and label, and the checks that would settle it, if there are any.

    `settles`: one answer to it alone would be enough to decide. `changes`: what each answer would lead to.
    """

    id: str
    label: dict[str, str]
    checks: tuple[ToCheck, ...]
    settles: bool = False
    changes: Consequence | None = None


@dataclass(frozen=True)
class Stood:
    """How every fact stands on a case now, by id, and the data that they were worked out in."""

    programme: Programme
    facts: dict[str, DerivedFact]
    data: dict[str, Any]

    def missing(self, receipt: Receipt) -> tuple[Missing, ...]:
        """Return what a receipt waits for, each with its checks; what would be enough to decide comes first."""
        if not receipt.outstanding:
            return ()
        rules = self.programme.rules
        decision = rules.decisions.get(receipt.code)
        asked = {one.id for one in receipt.outstanding}
        enough = settling(rules, decision, receipt.situation, asked) if decision else frozenset()
        changes = {one.fact.id: one for one in would_change(self.programme, receipt)}
        found = [
            Missing(one.id, dict(one.label), tuple(self._checks(one.id)), one.id in enough, changes.get(one.id))
            for one in receipt.outstanding
        ]
        return tuple(sorted(found, key=lambda one: not one.settles))

    def _checks(self, fact_id: str) -> Iterator[ToCheck]:
        """Yield the unknown facts below one that a source can tell; the fact itself where nothing below it can."""
        fact = self.programme.rules.facts.get(fact_id)
        if fact is None:
            return
        found = list(dict.fromkeys((check.fact.id, check.row) for check in self._below(fact, None)))
        facts = self.programme.rules.facts
        yield from [ToCheck(facts[key], row) for key, row in found] or ([ToCheck(fact, None)] if fact.verify else [])

    def _below(self, fact: Fact, row: str | None) -> Iterator[ToCheck]:
        """Yield the checks that would settle a fact, of one member where `row` names one, in the order of the facts."""
        known = self.facts[fact.id]
        if fact.over and row is None:
            for each, finding in known.rows.items():
                if not finding.known:
                    yield from self._below(fact, each)
            return
        read = self._open(fact, row)
        for below in (one for one in self.programme.rules.facts.values() if one.name in read):
            same = row if below.over == fact.over else None
            yield from self._asked(below, same)

    def _asked(self, fact: Fact, row: str | None) -> Iterator[ToCheck]:
        """Yield a check of an unknown fact itself, member by member; of one that nobody can look up, those below it."""
        known = self.facts[fact.id]
        if not fact.verify:
            if not known.finding.known:
                yield from self._below(fact, row)
        elif fact.of_row:
            rows = known.rows if row is None else {row: known.rows[row]}
            idle = self._idle(fact)
            yield from (ToCheck(fact, each) for each, finding in rows.items() if not finding.known and each not in idle)
        elif not known.finding.known:
            yield ToCheck(fact, None)

    def _idle(self, fact: Fact) -> frozenset[str]:
        """Return the members of whom it would be idle to ask: `unless` names the fact that says so."""
        reason = self.facts.get(str(fact.verify.get("unless", "")))
        return (
            frozenset(key for key, finding in reason.rows.items() if finding.value is True) if reason else frozenset()
        )

    def _open(self, fact: Fact, row: str | None) -> frozenset[str]:
        """Return the names that could still settle a fact; of what is no condition every name that it reads."""
        if fact.type != "boolean" and not fact.roll_up:
            return fact.reads
        data = self.data if row is None else {**self.data, "row": self._row(fact, row)}
        return open_names(fact.logic, self.programme.rules, data, fact.over) or names(fact.logic, fact.over)

    def _row(self, fact: Fact, row: str) -> Any:
        _, form, group = fact.over.split(".")
        held = self.data["answers"].get(form) or {}
        return next((each for each in held.get(group) or () if each["id"] == row), {})


def would_change(programme: Programme, receipt: Receipt) -> tuple[Consequence, ...]:
    """Return what each answer that a receipt waits for would change, by what was known then."""
    decision = programme.rules.decisions.get(receipt.code)
    asked = {one.id for one in receipt.outstanding}
    return consequences(programme.rules, decision, receipt.situation, asked) if decision and asked else ()


def stood(programme: Programme, case: Case, grounds: Grounds) -> Stood:
    """Return how every fact stands on a case."""
    work = derive_all(programme.rules, inputs_for(programme, case, grounds))
    return Stood(programme, work.by_id(), work.data)
