"""Explains a decision in words: each row of its table, whether it is so, and why, clause by clause.

A row is led by its own label. Its clauses are all kept, for the auditor; `because` are those that an officer needs:
what held of the row that decided, what is open in a row that waits, what failed in a row that was passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdoor.domain.rules.clause_words import TOLD
from frontdoor.domain.rules.clauses import Clause, clauses
from frontdoor.domain.rules.compiled import FALSE, TRUE
from frontdoor.domain.rules.phrases import Telling
from frontdoor.domain.rules.receipt import Receipt, RowTruth
from frontdoor.domain.rules.table import Row, Rules
from frontdoor.domain.text import Text, say

__all__ = ["Clause", "RowWords", "explain"]

OTHERWISE = "otherwise"
_OTHERWISE: Text = {"en": "In any other case", "cy": "Ym mhob achos arall"}
_WAITS: Text = {"en": "Only once the rows above are known", "cy": "Dim ond pan fydd y rhesi uchod yn hysbys"}
_NOT_REACHED: Text = {"en": "Not reached", "cy": "Heb ei gyrraedd"}


@dataclass(frozen=True)
class RowWords:
    """One row of a receipt. `truth` is as stored; `told` says it, or that the walk never came so far.

    `fired`: it decided. `reached`: the walk looked at it before it ended. `decision` is the outcome that it leads to.
    """

    id: str
    label: str
    truth: str
    told: str
    decision: str
    fired: bool
    reached: bool
    clauses: tuple[Clause, ...]

    @property
    def because(self) -> tuple[Clause, ...]:
        """The clauses that say why the row stands as it does; none of a row that was not reached."""
        if not self.reached:
            return ()
        return tuple(clause for clause in self.clauses if self.truth == TRUE or clause.truth != TRUE)


def explain(rules: Rules, receipt: Receipt, language: str = "en") -> list[RowWords]:
    """Return the rows of the receipt's table in words, in the order of the walk.

    Rows that a newer rule set no longer has are named by their id.
    """
    telling = Telling(rules, receipt, language)
    table = rules.decisions.get(receipt.code)
    written = {row.id: row for row in table.rows} if table else {}
    reached = _reached(receipt, written, in_order=table is None or table.hit == "first")
    return [_row(row, written.get(row.id), telling, reached=row.id in reached) for row in receipt.rows]


def _row(row: RowTruth, known: Row | None, telling: Telling, *, reached: bool) -> RowWords:
    return RowWords(
        id=row.id,
        label=_label(row, known, telling),
        truth=row.truth,
        told=say(_told(row, telling.receipt, reached=reached), telling.language),
        decision=row.decision,
        fired=row.id in telling.receipt.fired,
        reached=reached,
        clauses=clauses(known.when, telling) if known else (),
    )


def _told(row: RowTruth, receipt: Receipt, *, reached: bool) -> Text:
    if not reached:
        return _NOT_REACHED
    return _WAITS if row.truth == TRUE and not receipt.fired else TOLD[row.truth]


def _label(row: RowTruth, known: Row | None, telling: Telling) -> str:
    """Return the row's own label; without one its reason for staff, as long as that inserts nothing."""
    if row.id == OTHERWISE:
        return say(_OTHERWISE, telling.language)
    if known is None:
        return row.id
    reason = say(known.texts.staff, telling.language)
    return say(known.label, telling.language) or ("" if "{" in reason else reason) or row.reason_code


def _reached(receipt: Receipt, written: Mapping[str, Row], *, in_order: bool) -> frozenset[str]:
    """Return the rows that the walk looked at.

    In order, it ends at the first true row. Otherwise it looks at every row, unless a protective one fires alone, and
    comes to `otherwise` only when nothing else is true or open.
    """
    order = [row.id for row in receipt.rows]
    true = [row.id for row in receipt.rows if row.truth == TRUE]
    alone = [row for row in receipt.fired if row in written and written[row].protective]
    ends = true[:1] if in_order else alone
    if ends:
        return frozenset(order[: order.index(ends[0]) + 1])
    settled = all(row.truth == FALSE for row in receipt.rows if row.id != OTHERWISE)
    return frozenset(row for row in order if row != OTHERWISE or settled)
