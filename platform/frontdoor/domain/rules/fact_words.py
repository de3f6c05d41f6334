"""Explains a fact of a receipt in words: why it was so, clause by clause, for each member where it is theirs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from frontdoor.domain.rules.clauses import Clause, clauses
from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.phrases import Telling
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.scopes import names
from frontdoor.domain.rules.table import Fact, Rules
from frontdoor.domain.text import Text


@dataclass(frozen=True)
class FactWords:
    """How a fact came about; of one member where `row` is its id.

    `stated`: somebody said or checked it, so no logic was asked. `clauses` are those of a yes-or-no fact; of another
    `inputs` are what it was worked out from, each with what was known.
    """

    row: str
    value: str
    stated: bool
    clauses: tuple[Clause, ...] = ()
    inputs: tuple[str, ...] = ()


def explain_fact(
    rules: Rules, receipt: Receipt, fact_id: str, language: str, questions: Mapping[str, Text]
) -> tuple[FactWords, ...]:
    """Return how one fact came about; `()` for one that the rules no longer have or that has no logic.

    `questions` are what questions are called, by the path of their answers.
    """
    fact, used = rules.facts.get(fact_id), receipt.facts.get(fact_id)
    if fact is None or used is None or fact.logic is None:
        return ()
    telling = Telling(rules, receipt, language, fact.over, "", questions)
    if fact.over and fact_id not in receipt.situation.facts:
        return tuple(_of_row(fact, row, finding, telling) for row, finding in used.rows.items())
    return (_told(fact, used.finding, telling, stated=fact_id in receipt.situation.facts),)


def _of_row(fact: Fact, row: str, finding: Finding, telling: Telling) -> FactWords:
    stated = row in telling.receipt.situation.row_facts.get(fact.id, {})
    return _told(fact, finding, replace(telling, row=row), stated=stated)


def _told(fact: Fact, finding: Finding, telling: Telling, *, stated: bool) -> FactWords:
    value = printed(finding, fact if not fact.roll_up else None, telling.language)
    if stated:
        return FactWords(telling.row, value, stated=True)
    if isinstance(fact.rule, Condition):
        return FactWords(telling.row, value, stated=False, clauses=clauses(fact.logic, telling))
    return FactWords(telling.row, value, stated=False, inputs=tuple(_inputs(fact, telling)))


def _inputs(fact: Fact, telling: Telling) -> Iterator[str]:
    """Yield what a fact was worked out from: what it names, with what was known of it."""
    for path in sorted(names(fact.logic, fact.over)):
        read = {"var": f"row{path.removeprefix(fact.over)}" if fact.over and path.startswith(fact.over) else path}
        if path != fact.over and not path.startswith("parameters."):
            yield f"{telling.subject(read)}: {telling.found(read)}"
