"""Facts worked out for every family at once, in dependency order; the same steps as `domain.rules.facts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.evaluating import Evaluator
from frontdoor.domain.rules.symbolic.families import Families
from frontdoor.domain.rules.symbolic.formulas import FALSE, TRUE, Formula, both, either, negated, same
from frontdoor.domain.rules.symbolic.open_findings import UNKNOWN, OpenFinding, either_finding, place
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    LIST,
    NULL,
    NULL_VALUE,
    NUMBER,
    OBJECT,
    OPAQUE,
    TEXT,
    TRUTH,
    Case,
    Elements,
    Value,
    chosen,
    constant,
    listed,
    number,
    of_kind,
    only,
    truth,
)
from frontdoor.domain.rules.table import Fact, Rules, fact_name

_KINDS: Mapping[str, tuple[str, ...]] = {
    "boolean": (TRUTH,), "integer": (NUMBER,), "number": (NUMBER,), "date": (DATE,), "string": (TEXT, DATE),
    "list": (LIST,),
}  # fmt: skip


@dataclass
class OpenFacts:
    """The facts of one rule set over all families: `data` for rows to read, and when each fact fails, by its name."""

    data: Value
    failing: dict[str, Formula] = field(default_factory=dict)

    def failed(self, reads: frozenset[str]) -> Formula:
        """Return when a fact among `reads` could not be worked out."""
        return either(*(self.failing.get(fact_name(path), FALSE) for path in sorted(reads)))


def derived(rules: Rules, reads: frozenset[str], families: Families) -> OpenFacts:
    """Return the facts that `reads` lead to, over all families."""
    needed = rules.needed(reads)
    paths = reads.union(*(fact.reads for fact in needed))
    held = families.data(rules, paths)
    facts: dict[str, Value] = {}
    work = OpenFacts(of_kind(OBJECT, {**held, "facts": of_kind(OBJECT, facts)}))
    for fact in needed:
        finding, failing = _Working(fact, families, work).finding()
        work.failing[fact.name] = failing
        if not fact.of_row:
            place(facts, fact.id, finding)
    return work


@dataclass(frozen=True)
class _Working:
    """One fact being worked out."""

    fact: Fact
    families: Families
    work: OpenFacts

    @property
    def evaluator(self) -> Evaluator:
        return self.families.evaluator

    def finding(self) -> tuple[OpenFinding, Formula]:
        """Return what is known of the fact, and when it fails."""
        read_failed = self.work.failed(self.fact.reads)
        if self.fact.over:
            found, failing = self._over_rows()
        else:
            found, failing = self._worked_out(self.work.data)
            found = self._settled(found)
        failing = either(read_failed, failing)
        found = either_finding(failing, UNKNOWN, found)
        stated = None if self.fact.of_row else self.families.fact(self.fact)
        if stated is None:
            return found, failing
        return either_finding(stated.said, self._settled(stated.finding), found), both(negated(stated.said), failing)

    def _settled(self, finding: OpenFinding) -> OpenFinding:
        if self.fact.unknown_as is None:
            return finding
        stands_in = OpenFinding(constant(self.fact.unknown_as, self.evaluator.codes))
        return either_finding(finding.known, finding, stands_in)

    def _worked_out(self, data: Value) -> tuple[OpenFinding, Formula]:
        rule = self.fact.rule
        if rule is None:
            return UNKNOWN, FALSE
        if isinstance(rule, Condition):
            held, failed, failing = condition(rule, data, self.evaluator)
            return OpenFinding(only(either(held, failed), truth(held))), failing
        rules = rule.translation
        ask, work_out = self.evaluator.truth, self.evaluator.value
        none, some, failing = (ask(each, data) for each in (rules.none, rules.some, rules.failing))
        low = only(ask(rules.low.defined, data), work_out(rules.low.value, data))
        high = only(ask(rules.high.defined, data), work_out(rules.high.value, data))
        if rules.present is not None:
            present = work_out(rules.present, data)
            open_list = OpenFinding(only(present.when(LIST), present), complete=negated(present.when(LIST)))
        else:
            open_list = between(low, high)
        found = either_finding(some, OpenFinding(work_out(rules.value, data)), open_list)
        found = either_finding(none, OpenFinding(none=TRUE), found)
        failing = both(negated(none), negated(some), failing)
        return found, either(failing, self._of_wrong_type(found))

    def _of_wrong_type(self, finding: OpenFinding) -> Formula:
        if self.fact.roll_up == "list":
            return FALSE
        fitting = (*_KINDS[self.fact.type], NULL, OPAQUE)
        ends = (finding.value, finding.low, finding.high)
        return either(*(case.when for end in ends for case in end.cases if case.kind not in fitting))

    def _over_rows(self) -> tuple[OpenFinding, Formula]:
        holder = self.work.data.held(OBJECT)["answers"].held(OBJECT)
        _, form, group = self.fact.over.split(".")
        held = holder[form].held(OBJECT, {}) if form in holder else {}
        rows: Elements = held.get(group, NULL_VALUE).held(LIST, ())
        complete = both(held.get(group, NULL_VALUE).when(LIST), held.get("+" + group, NULL_VALUE).when(NULL))
        findings, failing = [], []
        for there, row in rows:
            finding, failed = self._of_row(row)
            findings.append((there, finding))
            failing.append(both(there, failed))
        if self.fact.of_row:
            return UNKNOWN, either(*failing)
        return self._settled(rolled_up(self.fact.roll_up, findings, complete)), either(*failing)

    def _of_row(self, row: Value) -> tuple[OpenFinding, Formula]:
        """Return the value of one row, and when it fails; a row's own fact is put where others read it."""
        inside: dict[str, Value] = row.held(OBJECT)
        finding, failed = self._worked_out(of_kind(OBJECT, {**self.work.data.held(OBJECT), "row": row}))
        if not self.fact.of_row:
            return finding, failed
        name = self.evaluator.codes.text(int(inside["id"].held(TEXT).value))
        stated = self.families.fact(self.fact, name)
        finding = self._settled(finding)
        if stated is not None:
            finding = either_finding(stated.said, self._settled(stated.finding), finding)
            failed = both(negated(stated.said), failed)
        place(inside, self.fact.id, finding)
        return finding, failed


def condition(rule: Condition, data: Value, evaluator: Evaluator) -> tuple[Formula, Formula, Formula]:
    """Return when a condition is true, when it is false, and when it has no result."""
    written = rule.translation
    held, failed = evaluator.truth(written.surely_true, data), evaluator.truth(written.surely_false, data)
    failed = both(negated(held), failed)
    return held, failed, both(negated(held), negated(failed), evaluator.truth(written.failing, data))


def between(low: Value, high: Value) -> OpenFinding:
    """Return what is known of a value between bounds; equal bounds are an exact value."""
    pairs = [
        both(one.when, other.when, same(one.held, other.held))
        for one in low.cases
        for other in high.cases
        if one.kind == other.kind and one.kind in (NUMBER, DATE, TEXT)
    ]
    met = either(*pairs)
    return either_finding(met, OpenFinding(low), OpenFinding(low=low, high=high))


def rolled_up(roll_up: str, rows: list[tuple[Formula, OpenFinding]], complete: Formula) -> OpenFinding:
    """Return `any`, `all`, `none`, `count` or `list` over rows, each with when it is there."""
    held = [both(there, each.value.when(TRUTH), each.value.held(TRUTH, FALSE)) for there, each in rows]
    failed = [
        both(there, either(each.none, both(each.value.when(TRUTH), negated(each.value.held(TRUTH, FALSE)))))
        for there, each in rows
    ]
    there_is = either(*(there for there, _ in rows))
    if roll_up == "count":
        most = formulas.minus(formulas.counted([there for there, _ in rows]), formulas.counted(failed))
        return between(number(formulas.counted(held)), only(complete, number(most)))
    if roll_up == "list":
        return _list(rows, complete)
    if roll_up == "all":
        every = both(*(either(negated(there), each) for (there, _), each in zip(rows, held, strict=True)))
        empty = both(complete, negated(there_is))
        return _kleene(both(complete, there_is, every), either(*failed, empty))
    never = both(complete, *(either(negated(there), each) for (there, _), each in zip(rows, failed, strict=True)))
    some = either(*held)
    return _kleene(some, never) if roll_up == "any" else _kleene(both(negated(some), never), some)


def _list(rows: list[tuple[Formula, OpenFinding]], complete: Formula) -> OpenFinding:
    elements: list[tuple[Formula, Value]] = []
    sure = [complete]
    for there, each in rows:
        stated = both(there, negated(each.none))
        elements += [(both(stated, case.when), _alone(case)) for case in each.value.cases if case.kind != NULL]
        sure.append(either(negated(stated), negated(each.value.when(NULL))))
    return OpenFinding(listed(elements), complete=both(*sure))


def _alone(case: Case) -> Value:
    return of_kind(case.kind, case.held)


def _kleene(sure: Formula, never: Formula) -> OpenFinding:
    return OpenFinding(chosen(sure, truth(TRUE), only(never, truth(FALSE))))
