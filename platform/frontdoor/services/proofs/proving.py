"""What is asked about a table, and what each answer means: contradictory and dead rows, gaps, clashes, differences.

Any solver will do. A finding with a family is shown only if the engine confirms it; where it does not, and nothing
outside the model can be the reason, that is a fault of ours and told as a disagreement.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from typing import Any, Protocol

from frontdoor.domain.rules.symbolic.families import Families, Told
from frontdoor.domain.rules.symbolic.formulas import Formula, both, negated
from frontdoor.domain.rules.symbolic.opaque import is_opaque
from frontdoor.domain.rules.symbolic.tables import OpenRow, OpenTable, opened, whole_numbers
from frontdoor.domain.rules.table import Rules
from frontdoor.domain.rules.walk import RULE_CLASH
from frontdoor.services.proofs.findings import (
    CLASH,
    CONTRADICTORY,
    DEAD,
    DIFFERENCE,
    GAP,
    POSSIBLE,
    Findings,
    TableFinding,
)
from frontdoor.services.proofs.replaying import Engine, Holds, Place, shrunk, truths, unknown_and_mattering
from frontdoor.services.proofs.telling import Saying, Teller

YES, NO, NO_ANSWER = "yes", "no", "no answer"
MOST_CLASHES = 100
MOST_ROWS_AGAIN = 12  # of a group, where a row seems out of reach: "at least ten members" needs ten


@dataclass(frozen=True)
class Answer:
    """What a solver says: yes with a model, no with the places of the tracked formulas that rule it out, or nothing."""

    said: str
    model: Callable[[Formula], Any] = bool
    because: tuple[int, ...] = ()


class Solver(Protocol):
    """What can be asked whether formulas can be true together."""

    def assume(self, formula: Formula) -> None:
        """Take something to be true from now on."""

    def ask(self, *formulas: Formula, tracked: Sequence[Formula] = ()) -> Answer:
        """Ask for a family of which all formulas, and all tracked ones, are true."""


@dataclass(frozen=True)
class Claim:
    """What may be true of some family: `when` as a formula, `holds` as the engine sees it, `decisions` to tell."""

    kind: str
    rows: tuple[str, ...]
    when: Formula
    holds: Holds
    decisions: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the claim is called where it could not be settled."""
        return " ".join([self.kind, *self.rows, *self.decisions.values()])


@dataclass
class TableProof:
    """One table being proved by `solver()`, over families of at most `most_rows` rows in a group."""

    engine: Engine
    new_solver: Callable[[], Solver]
    most_rows: int
    not_proved: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        rules, code = self.engine.rules, self.engine.code
        self.families = Families(self.engine.forms.values(), self.engine.as_of, self.most_rows)
        self.table: OpenTable = opened(rules, code, self.families)
        self.teller = Teller(rules, self.engine.forms, rules.decisions[code])

    @cached_property
    def solver(self) -> Solver:
        """The solver, which takes every family to be as its forms allow."""
        solver = self.new_solver()
        solver.assume(self.families.allowed)
        return solver

    @cached_property
    def _with_more_rows(self) -> "TableProof | None":
        """The same table over longer groups; None where no group that is read can be longer."""
        if not self.bounds:
            return None
        counted_to = [each + 1 for each in whole_numbers(self.engine.rules, self.engine.code) if each < MOST_ROWS_AGAIN]
        most_rows = max(2 * self.most_rows, *counted_to, 0)
        return replace(self, most_rows=most_rows, not_proved=[], disagreements=[])

    @property
    def bounds(self) -> dict[str, int]:
        """The groups that can have more rows than were looked at, with how many were."""
        return self.families.cut_short

    def findings(self, found: Iterable[TableFinding]) -> Findings:
        """Return what was found, with what stays open."""
        listed = tuple(found)
        return Findings(
            self.engine.code, self.engine.as_of, listed, tuple(self.not_proved), tuple(self.disagreements), self.bounds
        )

    # ── Rows ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self) -> Iterator[TableFinding]:
        """Yield contradictory and dead rows."""
        for row in self.table.rows:
            found = self._row(row)
            if found is not None and self._holds_with_more(row, found):
                yield found

    def _row(self, row: OpenRow) -> TableFinding | None:
        others = [other for other in self.table.rows if other is not row]
        fires = self.solver.ask(row.true, tracked=[negated(self.table.stops(other, row)) for other in others])
        if fires.said == YES:
            return None
        can_be = self.solver.ask(row.true) if fires.said == NO else fires
        if can_be.said == NO:
            told = self.teller.told(CONTRADICTORY, Saying((row.row.id,)))
            return TableFinding(CONTRADICTORY, (row.row.id,), told)
        if can_be.said == NO_ANSWER:
            self.not_proved.append(f"row {row.row.id}")
            return None
        return self._dead(row, tuple(others[place].row.id for place in fires.because), can_be)

    def _dead(self, row: OpenRow, covered_by: tuple[str, ...], answer: Answer) -> TableFinding:
        """Return the finding with a family, if there is one of which everything is known."""
        key = row.row.id
        clear = self.solver.ask(row.true, self.families.known)
        if clear.said == YES:
            answer = clear
        ends = self.engine.decide(self.families.read(answer.model))

        def holds(family: Told) -> bool:
            receipt = self.engine.decide(family)
            return truths(receipt)[key] == "true" and key not in receipt.fired and receipt.outcome == ends.outcome

        claim = Claim(DEAD, (key,), row.true, holds, {"now": ends.decision})
        family = self._confirmed(claim, answer)
        told = self.teller.told(DEAD, Saying((key, *covered_by), family, self._open(family, holds), claim.decisions))
        return TableFinding(DEAD, (key,), told, covered_by=covered_by, witness=family)

    def _holds_with_more(self, row: OpenRow, found: TableFinding) -> bool:
        """Tell whether a row that nothing reaches stays so over longer groups: "four children" needs four rows."""
        longer = self._with_more_rows
        if longer is None:
            return True
        same_row = next(each for each in longer.table.rows if each.row.id == row.row.id)
        wanted = longer.table.fires(same_row) if found.kind == DEAD else same_row.true
        answer = longer.solver.ask(wanted)
        if answer.said == NO_ANSWER:
            self.not_proved.append(f"row {row.row.id}")
        return answer.said == NO

    # ── Families ───────────────────────────────────────────────────────────────────────────────────────────────────

    def gaps(self) -> Iterator[TableFinding]:
        """Yield a family of which everything is known, and which no row decides though `otherwise` is not meant."""
        otherwise = self.table.otherwise.row
        if otherwise.intended:
            return

        def holds(family: Told) -> bool:
            return self.engine.decide(family).fired == (otherwise.id,)

        when = both(self.families.known, self.table.fires(self.table.otherwise))
        yield from self._shown(Claim(GAP, (), when, holds, {"now": otherwise.decision}))

    def clashes(self) -> Iterator[TableFinding]:
        """Yield pairs of rows that contradict each other, the first MOST_CLASHES of them."""
        if self.table.decision.hit not in ("exclusive", "collect"):
            return
        told = 0
        for first, second in combinations(self.table.rows, 2):
            if told == MOST_CLASHES:
                self.not_proved.append(f"other pairs of rows: put the first {MOST_CLASHES} right")
                return
            ids = (first.row.id, second.row.id)
            for found in self._shown(Claim(CLASH, ids, self.table.clash(first, second), self._clashing(ids))):
                told += 1
                yield found

    def _clashing(self, ids: tuple[str, str]) -> Holds:
        def holds(family: Told) -> bool:
            receipt = self.engine.decide(family)
            found = truths(receipt)
            return receipt.reason_code == RULE_CLASH and all(found[key] == "true" for key in ids)

        return holds

    def since(self, before: Rules) -> Iterator[TableFinding]:
        """Yield a family for each pair of decisions that rules before and these give."""
        engine = replace(self.engine, rules=before)
        old = opened(before, engine.code, self.families)
        for (was, of_old), (now, of_new) in product(old.results.items(), self.table.results.items()):
            if was != now:
                holds = self._moving(engine, was, now)
                yield from self._shown(Claim(DIFFERENCE, (), both(of_old, of_new), holds, {"was": was, "now": now}))

    def _moving(self, before: Engine, was: str, now: str) -> Holds:
        return lambda family: before.decide(family).decision == was and self.engine.decide(family).decision == now

    def _shown(self, claim: Claim) -> Iterator[TableFinding]:
        """Yield the finding of a claim; without a family it is possible only where the model leaves something open."""
        answer = self.solver.ask(claim.when)
        if answer.said == NO_ANSWER:
            self.not_proved.append(claim.name)
        if answer.said != YES:
            return
        family = self._confirmed(claim, answer)
        moved = claim.decisions if claim.kind == DIFFERENCE else {}
        finding = TableFinding(claim.kind, claim.rows, {}, was=moved.get("was", ""), now=moved.get("now", ""))
        if family is not None:
            saying = Saying(claim.rows, family, self._open(family, claim.holds), claim.decisions)
            yield replace(finding, told=self.teller.told(claim.kind, saying), witness=family)
        elif is_opaque(claim.when):
            saying = Saying(claim.rows, decisions=claim.decisions)
            yield replace(finding, told=self.teller.told(f"possible {claim.kind}", saying), sure=POSSIBLE)

    def _confirmed(self, claim: Claim, answer: Answer) -> Told | None:
        """Return the family of a model as far as it matters; None where the engine sees it differently."""
        family = self.families.read(answer.model)
        if claim.holds(family):
            return shrunk(family, claim.holds, self.engine)
        if not is_opaque(claim.when):
            self.disagreements.append(claim.name)
        return None

    def _open(self, family: Told | None, holds: Holds) -> list[Place]:
        return [] if family is None else unknown_and_mattering(family, self.engine, holds)
