"""A decision table over every family at once: when each row is true, unknown or failed, and when it fires. ADR 0006."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from frontdoor.domain.rules.symbolic.facts import condition, derived
from frontdoor.domain.rules.symbolic.families import Families
from frontdoor.domain.rules.symbolic.formulas import FALSE, TRUE, Formula, both, either, negated
from frontdoor.domain.rules.table import Decision, Row, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE


@dataclass(frozen=True, eq=False)
class OpenRow:
    """One row: when it is true, unknown and failed; false else. `otherwise` is a row that is always true."""

    row: Row
    true: Formula
    unknown: Formula = FALSE
    failed: Formula = FALSE


@dataclass(frozen=True, eq=False)
class OpenTable:
    """One table over all families."""

    decision: Decision
    rows: tuple[OpenRow, ...]
    otherwise: OpenRow

    def stops(self, other: OpenRow, row: OpenRow) -> Formula:
        """Return when another row keeps a true row from firing."""
        if self.decision.hit == "collect":
            return self._stops_collecting(other, row)
        earlier = row is self.otherwise or self._place(other) < self._place(row)
        if not earlier:
            clash = self.decision.hit == "exclusive" and not row.row.protective
            return other.true if clash else FALSE
        if row.row.protective:
            return other.true
        waits = row.row.asks_unknown or other.row.decision == row.row.decision
        return either(other.true, other.failed, FALSE if waits else other.unknown)

    def _stops_collecting(self, other: OpenRow, row: OpenRow) -> Formula:
        if row.row.protective:
            return other.true if other.row.protective and self._place(other) < self._place(row) else FALSE
        stops = [other.failed, other.unknown]
        if other.row.protective or row is self.otherwise or other.row.decision != row.row.decision:
            stops.append(other.true)
        return either(*stops)

    def _place(self, row: OpenRow) -> int:
        return self.rows.index(row)

    def fires(self, row: OpenRow) -> Formula:
        """Return when a row fires."""
        return both(row.true, *(negated(self.stops(other, row)) for other in self.rows if other is not row))

    def clash(self, first: OpenRow, second: OpenRow) -> Formula:
        """Return when two rows, the first one written first, contradict each other and a person must decide."""
        together = both(first.true, second.true)
        if self.decision.hit == "exclusive":
            shielded = [
                both(row.true, *(negated(earlier.true) for earlier in self.rows[:place]))
                for place, row in enumerate(self.rows)
                if row.row.protective
            ]
            return both(together, negated(either(*shielded)))
        if self.decision.hit != "collect" or first.row.decision == second.row.decision:
            return FALSE
        calm = [negated(either(row.failed, row.unknown)) for row in self.rows]
        alone = [negated(row.true) for row in self.rows if row.row.protective]
        return both(together, *calm, *alone)

    @cached_property
    def results(self) -> Mapping[str, Formula]:
        """When each decision comes of the table: by rows, by waiting, or because a person must decide."""
        fires = [(row, self.fires(row)) for row in (*self.rows, self.otherwise)]
        found: dict[str, list[Formula]] = {}
        for row, when in fires:
            found.setdefault(row.row.decision, []).append(when)
        nothing = negated(either(*(when for _, when in fires)))
        stopped = self._stopped
        found.setdefault(CANNOT_DECIDE, []).append(both(nothing, stopped))
        found.setdefault(self.decision.when_unknown.decision, []).append(both(nothing, negated(stopped)))
        return {decision: either(*when) for decision, when in found.items()}

    @property
    def _stopped(self) -> Formula:
        """Return when, nothing firing, a person must decide: rows failed or contradict each other."""
        clashes = [self.clash(one, other) for place, one in enumerate(self.rows) for other in self.rows[place + 1 :]]
        if self.decision.hit == "collect":
            return either(*(row.failed for row in self.rows), *clashes)
        failed, none_before = [], TRUE
        for row in self.rows:
            failed.append(both(none_before, row.failed))
            none_before = both(none_before, negated(row.true))
        return either(*failed, *clashes)


def opened(rules: Rules, code: str, families: Families) -> OpenTable:
    """Return the table of a decision over these families; KeyError where the rules have no such table."""
    decision = rules.decisions[code]
    facts = derived(rules, decision.reads, families)
    rows = []
    for row in decision.rows:
        if row.test is None:
            rows.append(OpenRow(row, FALSE, failed=TRUE))
            continue
        held, failed, failing = condition(row.test, facts.data, families.evaluator)
        failing = either(failing, facts.failed(row.reads))
        held = both(held, negated(failing))
        open_row = both(negated(held), negated(failed), negated(failing))
        rows.append(OpenRow(row, held, open_row, failing))
    return OpenTable(decision, tuple(rows), OpenRow(decision.otherwise, TRUE))


def whole_numbers(rules: Rules, code: str) -> frozenset[int]:
    """Return the whole numbers that the rules of a table name, parameters' values included: what may be counted to."""
    reads = rules.decisions[code].reads
    needed = rules.needed(reads)
    paths = reads.union(*(fact.reads for fact in needed))
    named = [rules.parameters[path.split(".")[1]].value for path in paths if path.startswith("parameters.")]
    waiting = [*named, *(fact.logic for fact in needed), *(row.when for row in rules.decisions[code].rows)]
    found: set[int] = set()
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict | list):
            waiting.extend(here.values() if isinstance(here, dict) else here)
        elif isinstance(here, int) and not isinstance(here, bool):
            found.add(here)
    return frozenset(found)
