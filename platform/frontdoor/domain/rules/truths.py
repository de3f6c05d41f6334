"""The truth of each row of a table, over facts already worked out."""

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.facts import Derivation
from frontdoor.domain.rules.table import Decision, Row
from frontdoor.domain.rules.walk import ERROR


def row_truths(decision: Decision, work: Derivation) -> list[str]:
    """Return `true`, `false`, `unknown` or `error` for each row; a row that reads a failed fact is an error."""
    return [_truth(row, work) for row in decision.rows]


def _truth(row: Row, work: Derivation) -> str:
    if row.test is None or work.failed(row.reads):
        return ERROR
    try:
        return row.test(work.data)
    except RuleFailed:
        return ERROR
