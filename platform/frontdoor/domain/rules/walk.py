"""Walks a decision table over the truth of its rows. ADR 0006.

`otherwise` is walked as a last row that is always true. Missing data never holds up safeguarding: a protective row
fires as soon as it is surely true, whatever is unknown or has failed before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdoor.domain.rules.compiled import FALSE, OPEN, TRUE
from frontdoor.domain.rules.table import Decision, Row

ERROR = "error"
CANNOT_DECIDE, RULE_FAILED, RULE_CLASH = "cannot_decide", "RULE_FAILED", "RULE_CLASH"


@dataclass(frozen=True)
class Walk:
    """Where the walk ended.

    `fired` are the rows that decide, in order: one, or with `collect` perhaps several. Empty when it waits for unknown
    facts (`undecided`: the rows that hold it up) or when a person must decide (`stopped`: the code, and the rows).
    """

    fired: tuple[Row, ...] = ()
    undecided: tuple[Row, ...] = ()
    stopped: str = ""
    because: tuple[Row, ...] = ()


def walk(decision: Decision, truths: Sequence[str]) -> Walk:
    """Return where the walk ends; `truths` has one of `true`, `false`, `unknown`, `error` for each row in order."""
    rows = [*zip(decision.rows, truths, strict=True), (decision.otherwise, TRUE)]
    protective = _protective(rows, collect=decision.hit == "collect")
    if protective is not None:
        return Walk(fired=(protective,))
    if decision.hit == "collect":
        return _collect(rows)
    sure = [row for row, truth in rows[:-1] if truth == TRUE]
    if decision.hit == "exclusive" and len(sure) > 1:
        return Walk(stopped=RULE_CLASH, because=tuple(sure))
    return _first(rows)


def _protective(rows: Sequence[tuple[Row, str]], *, collect: bool) -> Row | None:
    """Return the protective row that fires before anything is weighed: the first surely-true row, if it is one."""
    for row, truth in rows[:-1]:
        if truth == TRUE and row.protective:
            return row
        if truth == TRUE and not collect:
            return None
    return None


def _first(rows: Sequence[tuple[Row, str]]) -> Walk:
    failed: list[Row] = []
    unknown: list[Row] = []
    for row, truth in rows:
        if truth == ERROR:
            failed.append(row)
        elif truth == OPEN:
            unknown.append(row)
        elif truth != FALSE:
            return _fires(row, failed, unknown)
    raise AssertionError("`otherwise` is always true")  # pragma: no cover


def _fires(row: Row, failed: list[Row], unknown: list[Row]) -> Walk:
    if failed:
        return Walk(stopped=RULE_FAILED, because=tuple(failed))
    if row.asks_unknown or all(earlier.decision == row.decision for earlier in unknown):
        return Walk(fired=(row,))
    return Walk(undecided=tuple(unknown))


def _collect(rows: Sequence[tuple[Row, str]]) -> Walk:
    listed, (otherwise, _) = rows[:-1], rows[-1]
    by_truth = {truth: tuple(row for row, found in listed if found == truth) for truth in (TRUE, FALSE, OPEN, ERROR)}
    if by_truth[ERROR]:
        return Walk(stopped=RULE_FAILED, because=by_truth[ERROR])
    if by_truth[OPEN]:
        return Walk(undecided=by_truth[OPEN])
    fired = by_truth[TRUE] or (otherwise,)
    if len({row.decision for row in fired}) > 1:
        return Walk(stopped=RULE_CLASH, because=fired)
    return Walk(fired=fired)
