"""A whole decision as one expression: which row decides for a stored case, exactly as the walk has it (ADR 0006)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.pushdown.facts import Worked
from frontdoor.domain.rules.pushdown.pushed import both, chosen, either, negated
from frontdoor.domain.rules.pushdown.pushing import test
from frontdoor.domain.rules.table import Decision, Row
from frontdoor.domain.rules.walk import CANNOT_DECIDE, RULE_CLASH, RULE_FAILED

# What is no row of the table. Ids begin with a letter, so these are never one.
WAITS, STOPPED, CLASHES, UNASKED, OTHERWISE = "?waits", "?failed", "?clashes", "?unasked", "?otherwise"
NOT_ASKED = "NOT_ASKED"


@dataclass(frozen=True)
class Outcome:
    """What is decided for a case: `row` is the id of the row, as receipts have it after the table's code."""

    decision: str
    reason_code: str
    row: str


@dataclass(frozen=True)
class Truth:
    """One row as expressions: surely true, surely false, failed. `unasked`: it reads what a case was never asked."""

    row: Row
    held: Any
    not_held: Any
    failed: Any
    unasked: bool = False

    @property
    def open(self) -> Any:
        """The expression: unknown, where it is known not to be true."""
        return True if self.unasked else both(negated(self.not_held), negated(self.failed))


def truth_of(row: Row, work: Worked) -> Truth:
    """Return a row that is worked out afresh."""
    assert row.test is not None, row.id  # noqa: S101 - every row that was read has its test
    rules = row.test.translation
    broken = work.failed(row.reads)
    sound = negated(broken)
    held, not_held = test(rules.surely_true, work.place), test(rules.surely_false, work.place)
    faulty = both(test(rules.failing, work.place), negated(held), negated(not_held))
    return Truth(row, both(sound, held), both(sound, not_held), either(broken, faulty))


def stored_truth(row: Row, letters: str, index: int) -> Truth:
    """Return a row whose truth is stored, as the letter at `index` of the text at the path `letters`."""
    letter = {"$substrBytes": [letters, index, 1]}
    return Truth(row, {"$eq": [letter, "t"]}, {"$eq": [letter, "f"]}, False)


def unasked_truth(row: Row) -> Truth:
    """Return a row that reads what these cases were never asked: neither true nor false, and not merely unknown."""
    return Truth(row, False, False, False, unasked=True)


def walked(decision: Decision, truths: Sequence[Truth], arguments: Mapping[str, Any]) -> Any:
    """Return the expression of the deciding row's key; `arguments` says, by row, when its argument fails."""
    if decision.hit == "collect":
        return _collected(decision, truths, arguments)
    several = _several(truths) if decision.hit == "exclusive" else False
    branches = []
    for index, truth in enumerate(truths):
        fires = _fires(truth.row, truths[:index], truth.row.id, arguments)
        if not truth.row.protective:
            fires = chosen(several, CLASHES, fires)
        branches.append((truth.held, fires))
    return _switched(branches, _fires(decision.otherwise, truths, OTHERWISE, arguments))


def _several(truths: Sequence[Truth]) -> Any:
    counted = [chosen(truth.held, 1, 0) for truth in truths]
    return {"$gt": [{"$add": counted}, 1]} if len(truths) > 1 else False


def _fires(row: Row, before: Sequence[Truth], key: str, arguments: Mapping[str, Any]) -> Any:
    """Return what comes of the first true row, by what the rows before it are."""
    fired = chosen(arguments.get(row.id, False), STOPPED, key)
    if row.protective:
        return fired
    others = [each for each in before if each.row.decision != row.decision]
    if any(each.unasked for each in others):
        fired = UNASKED
    elif not row.asks_unknown:
        fired = chosen(either(*(each.open for each in others)), WAITS, fired)
    return chosen(either(*(each.failed for each in before)), STOPPED, fired)


def _switched(branches: Sequence[tuple[Any, Any]], default: Any) -> Any:
    """Return the value of the first branch that holds: one flat switch, whatever the number of rows."""
    kept: list[dict[str, Any]] = []
    for condition, value in branches:
        if condition is True:
            default = value
            break
        if condition is not False:
            kept.append({"case": condition, "then": value})
    return {"$switch": {"branches": kept, "default": default}} if kept else default


def _collected(decision: Decision, truths: Sequence[Truth], arguments: Mapping[str, Any]) -> Any:
    protective = [
        (truth.held, chosen(arguments.get(truth.row.id, False), STOPPED, truth.row.id))
        for truth in truths
        if truth.row.protective
    ]
    failed = either(*(truth.failed for truth in truths))
    waits = either(*(both(negated(truth.held), truth.open) for truth in truths))
    never = any(truth.unasked for truth in truths)
    decisions = dict.fromkeys(truth.row.decision for truth in truths)
    reached = [
        chosen(either(*(truth.held for truth in truths if truth.row.decision == code)), 1, 0) for code in decisions
    ]
    clash = {"$gt": [{"$add": reached}, 1]} if len(reached) > 1 else False
    broken = either(*(both(truth.held, arguments.get(truth.row.id, False)) for truth in truths))
    names = {"$concat": [chosen(truth.held, f"+{truth.row.id}", "") for truth in truths]} if truths else ""
    otherwise = chosen(arguments.get(decision.otherwise.id, False), STOPPED, OTHERWISE)
    together = chosen({"$eq": [names, ""]}, otherwise, chosen(broken, STOPPED, names))
    rest = [(failed, STOPPED), (True if never else waits, UNASKED if never else WAITS), (clash, CLASHES)]
    return _switched([*protective, *rest], together)


def outcome_of(decision: Decision, key: str) -> Outcome:
    """Return the outcome of a deciding row's key: a row's id, several as `+a+b`, or one of the words above."""
    stopped = {STOPPED: RULE_FAILED, CLASHES: RULE_CLASH, UNASKED: NOT_ASKED}
    if key in stopped:
        return Outcome(CANNOT_DECIDE, stopped[key], stopped[key].lower())
    if key in (WAITS, OTHERWISE):
        row = decision.when_unknown if key == WAITS else decision.otherwise
        return Outcome(row.decision, row.reason_code, row.id)
    by_id = {row.id: row for row in decision.rows}
    rows = [by_id[name] for name in key.strip("+").split("+")]
    reasons = "+".join(row.reason_code for row in rows)
    return Outcome(rows[0].decision, reasons, "+".join(row.id for row in rows))


def key_of(decision: Decision, fired: Sequence[Row]) -> str:
    """Return the key of the rows that fired, in the engine, as the database names them."""
    if list(fired) == [decision.otherwise]:
        return OTHERWISE
    if decision.hit == "collect" and not (len(fired) == 1 and fired[0].protective):
        return "".join(f"+{row.id}" for row in fired)
    return fired[0].id
