"""Which facts and rows a change touches, and the one expression that decides a stored case under it.

What a change does not touch is read as it was worked out when the case was stored; that is why a what-if costs no more
than the change itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.errors import NotFound
from frontdoor.domain.rules import dates
from frontdoor.domain.rules.compiled import Value
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.pushdown.facts import Worked, worked_out
from frontdoor.domain.rules.pushdown.places import Record
from frontdoor.domain.rules.pushdown.pushed import NotInDatabase, both, either, negated
from frontdoor.domain.rules.pushdown.pushing import test
from frontdoor.domain.rules.pushdown.tables import Truth, stored_truth, truth_of, unasked_truth, walked
from frontdoor.domain.rules.table import Decision, Fact, Row, Rules, fact_name

ROOTS = {
    "answers": "$data.answers", "family": "$data.family", "case": "$data.case", "capacity": "$data.capacity",
    "decisions": "$data.decisions", "as_of": "$data.as_of", "facts": "$facts", "": "$data",
}  # fmt: skip
_DEEPEST = 170  # MongoDB takes 180 levels within a command
WHOLE = {"answers": 2, "facts": 1, "family": 1, "case": 1, "capacity": 1, "decisions": 2, "as_of": 0}


@dataclass(frozen=True)
class Held:
    """What the database holds of some cases: the kinds of the stored paths, and under which rules they were worked out.

    `rules` None: nothing but the prepared data is to be relied on. `parameters` are those of `rules`.
    """

    paths: Mapping[str, str]
    rules: Rules | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def asked(self, path: str) -> bool:
        """Tell whether these cases were asked for what a rule reads; what the platform works out needs no asking."""
        root, *rest = path.split(".")
        if root in ("family", "case", "capacity"):
            value = platform_value(path)
            return value is not None and value.path in self.paths
        if root != "answers":
            return True
        whole = ".".join([root, *rest[:2]])
        if whole not in self.paths or len(rest) < 3 or rest[2] == "id":
            return whole in self.paths
        grouped = any(name.startswith(f"{whole}.") for name in self.paths)
        return not grouped or ".".join([root, *rest[:3]]) in self.paths


def values_of(rules: Rules) -> dict[str, Any]:
    """Return the rules' own parameters."""
    return {key: each.value for key, each in rules.parameters.items()}


def unasked_facts(rules: Rules, held: Held) -> frozenset[str]:
    """Return the names of facts that read, at any remove, what these cases were never asked."""
    found: set[str] = set()
    for fact in rules.facts.values():
        if any(_unasked(path, rules, held, found) for path in fact.reads):
            found.add(fact.name)
    return frozenset(found)


def _unasked(path: str, rules: Rules, held: Held, facts: Iterable[str]) -> bool:
    name = fact_name(path)
    if any(fact.name == name for fact in rules.facts.values()):
        return name in facts
    return not held.asked(path)


def row_unasked(row: Row, rules: Rules, held: Held, facts: frozenset[str]) -> bool:
    """Tell whether a row reads, at any remove, what these cases were never asked."""
    return any(_unasked(path, rules, held, facts) for path in row.reads)


def touched(rules: Rules, held: Held, parameters: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of parameters and facts whose stored values do not stand under these rules and parameters."""
    if held.rules is None:
        return frozenset([*(fact.name for fact in rules.facts.values())])
    changed = {
        f"parameters.{key}"
        for key in {*parameters, *held.parameters}
        if key not in held.parameters or parameters.get(key) != held.parameters[key]
    }
    for fact in rules.facts.values():
        if _meaning(fact, rules) != _meaning(held.rules.facts.get(fact.id), held.rules) or _reads(fact.reads, changed):
            changed.add(fact.name)
    return frozenset(changed)


def _reads(reads: Iterable[str], changed: Iterable[str]) -> bool:
    names = set(changed)
    return any(path in names or fact_name(path) in names for path in reads)


def _meaning(fact: Fact | None, rules: Rules) -> Any:
    """Return what two versions of a fact must share to have one value: its logic, and the kinds that it was read by."""
    if fact is None:
        return None
    kinds = {path: rules.kinds.get(path) for path in fact.reads}
    return fact.logic, fact.over, fact.roll_up, fact.type, fact.unknown_as, kinds


def decided(rules: Rules, code: str, held: Held, parameters: Mapping[str, Any], holidays: Sequence[str]) -> Any:
    """Return the expression of the deciding row's key (`tables.outcome_of` reads it) for stored cases.

    NotInDatabase where MongoDB cannot work it out exactly; NotFound where the rules have no such table.
    """
    decision = rules.decisions.get(code)
    if decision is None:
        raise NotFound(f"These rules have no decision {code}")
    changed = touched(rules, held, parameters)
    lost = unasked_facts(rules, held)
    wanted = [
        fact for fact in _wanted(rules, decision, held, changed, lost) if fact.name in changed and fact.name not in lost
    ]
    work = worked_out(wanted, _place(rules, held, parameters, holidays, frozenset(fact.name for fact in wanted)))
    truths = [
        _truth(row, index, _Deciding(rules, decision, held, changed, lost, work))
        for index, row in enumerate(decision.rows)
    ]
    arguments = {row.id: _argument(row, work) for row in (*decision.rows, decision.otherwise)}
    found = work.bind(walked(decision, truths, arguments))
    if _depth(found) > _DEEPEST:
        raise NotInDatabase("depth", "These facts stand on one another more deeply than MongoDB takes")
    return found


def _depth(expression: Any) -> int:
    if isinstance(expression, dict | list):
        inner = expression.values() if isinstance(expression, dict) else expression
        return 1 + max(map(_depth, inner), default=0)
    return 0


def _wanted(
    rules: Rules, decision: Decision, held: Held, changed: frozenset[str], lost: frozenset[str]
) -> tuple[Fact, ...]:
    """Return the facts that the rows to be worked out afresh lead to, stopping at those that are stored."""
    names: set[str] = set()
    by_name = {fact.name: fact for fact in rules.facts.values()}
    waiting: list[str] = []
    for row in (*decision.rows, decision.otherwise):
        waiting += row.argument_reads
        if not _stands(row, decision, held, changed) and not row_unasked(row, rules, held, lost):
            waiting += row.reads
    while waiting:
        fact = by_name.get(fact_name(waiting.pop()))
        if fact is not None and fact.name in changed and fact.name not in names:
            names.add(fact.name)
            waiting += fact.reads
    return tuple(fact for fact in rules.facts.values() if fact.name in names)


def _stands(row: Row, decision: Decision, held: Held, changed: frozenset[str]) -> bool:
    """Tell whether a row's stored truth still holds."""
    if held.rules is None or _reads(row.reads, changed):
        return False
    return _stored_index(row, decision, held) is not None


def _stored_index(row: Row, decision: Decision, held: Held) -> int | None:
    before = held.rules.decisions.get(decision.code) if held.rules else None
    for index, other in enumerate(before.rows if before else ()):
        if other.id == row.id and other.when == row.when:
            return index
    return None


@dataclass(frozen=True)
class _Deciding:
    rules: Rules
    decision: Decision
    held: Held
    changed: frozenset[str]
    lost: frozenset[str]
    work: Worked


def _truth(row: Row, index: int, around: _Deciding) -> Truth:
    if row_unasked(row, around.rules, around.held, around.lost):
        return unasked_truth(row)
    if _stands(row, around.decision, around.held, around.changed):
        place = _stored_index(row, around.decision, around.held)
        if place is not None:
            return stored_truth(row, f"$truths.{around.decision.code}", place)
    return truth_of(row, around.work)


def _argument(row: Row, work: Worked) -> Any:
    """Return the expression that a row's argument fails: then the decision has failed too."""
    if not isinstance(row.argument_rule, Value):
        return False
    rules = row.argument_rule.translation
    failing = test(rules.failing, work.place)
    if failing is False:
        return work.failed(row.argument_reads)
    none, some = test(rules.none, work.place), test(rules.some, work.place)
    return either(work.failed(row.argument_reads), both(failing, negated(none), negated(some)))


def _place(
    rules: Rules, held: Held, parameters: Mapping[str, Any], holidays: Sequence[str], recomputed: frozenset[str]
) -> Record:
    facts = {fact.name: rules.kinds.get(fact.name, "any") for fact in rules.facts.values()}
    return Record(
        roots=ROOTS,
        constants={"parameters": dict(parameters), "holidays": list(holidays)},
        kinds={**held.paths, **facts, "as_of": "date"},
        whole=WHOLE,
        holidays=_ordinals(holidays),
        recomputed=recomputed,
    )


def _ordinals(holidays: Sequence[str]) -> tuple[int, ...] | None:
    found = dates.holiday_ordinals(holidays)
    return None if found is None else tuple(sorted(found))
