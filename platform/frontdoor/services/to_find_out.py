"""What an officer can still find out: from each unknown fact of a decision down to the checks that would settle it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frontdoor.domain.case import Case
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import derive_facts
from frontdoor.domain.rules.facts import DerivedFact
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.table import Fact
from frontdoor.services.deciding import Grounds, inputs_for


@dataclass(frozen=True)
class ToCheck:
    """One check: a fact, of one member where `row` names one."""

    fact: Fact
    row: str | None


@dataclass(frozen=True)
class Missing:
    """One thing that holds a decision up: its id and label, and the checks that would settle it, if there are any."""

    id: str
    label: dict[str, str]
    checks: tuple[ToCheck, ...]


@dataclass(frozen=True)
class Stood:
    """How every fact stands on a case now, by id."""

    programme: Programme
    facts: dict[str, DerivedFact]

    def missing(self, receipt: Receipt) -> tuple[Missing, ...]:
        """Return what a receipt waits for, each with its checks."""
        return tuple(Missing(one.id, dict(one.label), tuple(self._checks(one.id))) for one in receipt.outstanding)

    def _checks(self, fact_id: str) -> Iterator[ToCheck]:
        """Yield the unknown facts below one that a source can tell; the fact itself where nothing below it can."""
        fact = self.programme.rules.facts.get(fact_id)
        if fact is None:
            return
        below = [one for one in self.programme.rules.needed(fact.reads) if one.verify]
        found = [check for one in below for check in self._open(one, fact)]
        yield from found or ([ToCheck(fact, None)] if fact.verify else [])

    def _open(self, fact: Fact, above: Fact) -> Iterator[ToCheck]:
        """Yield what is unknown of a fact; of members only those who leave the fact above it open."""
        known, settled = self.facts[fact.id], self._settled(above) if fact.over == above.over else frozenset()
        if fact.of_row:
            unknown = (row for row, finding in known.rows.items() if not finding.known and row not in settled)
            yield from (ToCheck(fact, row) for row in unknown)
        elif not known.finding.known:
            yield ToCheck(fact, None)

    def _settled(self, fact: Fact) -> frozenset[str]:
        return frozenset(row for row, finding in self.facts[fact.id].rows.items() if finding.known)


def stood(programme: Programme, case: Case, grounds: Grounds) -> Stood:
    """Return how every fact stands on a case."""
    return Stood(programme, dict(derive_facts(programme.rules, inputs_for(programme, case, grounds))))


def checks_of(missing: Sequence[Missing]) -> list[ToCheck]:
    """Return every check of several missing facts once."""
    return list({(check.fact.id, check.row): check for one in missing for check in one.checks}.values())
