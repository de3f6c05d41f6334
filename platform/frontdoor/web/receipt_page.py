"""A receipt in full, ready to draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from frontdoor.domain.case import DecisionState
from frontdoor.domain.rules.fact_words import FactWords, explain_fact
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.table import Fact
from frontdoor.domain.rules.words import RowWords, explain
from frontdoor.services.casefile import OpenReceipt
from frontdoor.web.case_facts import known_words, members
from frontdoor.web.case_words import Tag, decision_title, outcome_tag
from frontdoor.web.changes_of_answers import ChangeLine, change_lines
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken
from frontdoor.web.receipt_differences import differences


@dataclass(frozen=True)
class FactReason:
    """Why a fact was as it was: of the family, or of each member in turn (`told`: member, and how it came about)."""

    label: str
    value: str
    told: list[tuple[str, FactWords]]


@dataclass(frozen=True)
class ParameterLine:
    """One number of the board, as it was: with its unit, and who set it."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class OtherReceipt:
    """Another receipt of the same decision; `differs` says in sentences how that and this one differ."""

    id: str
    at: datetime
    outcome: Tag
    earlier: bool
    differs: list[str]


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that a receipt holds, in words.

    `confirmed` is what a person decided on this very receipt, if anybody did; `state` how the decision stands now.
    """

    id: str
    receipt: Receipt
    title: str
    outcome: Tag
    place: int
    places: int
    rows: list[tuple[RowWords, Tag]]
    facts: list[tuple[str, str, str]]
    reasons: list[FactReason]
    parameters: list[ParameterLine]
    changes: list[ChangeLine]
    others: list[OtherReceipt]
    confirmed: Tag | None
    state: DecisionState


def receipt_page(found: OpenReceipt, receipt_id: str) -> ReceiptPage:
    """Return a receipt in words; `place` is which one of the decision's receipts it is, from 1."""
    receipt, programme = found.receipt, found.file.programme
    state = found.file.case.decision(receipt.code)
    kept, made = state.receipts, state.confirmed
    return ReceiptPage(
        id=receipt_id,
        receipt=receipt,
        title=decision_title(programme, receipt.code),
        outcome=outcome_tag(programme, receipt.code, receipt.decision),
        place=kept.index(receipt_id) + 1 if receipt_id in kept else 1,
        places=len(kept),
        rows=_rows(found),
        facts=list(_facts(found)),
        reasons=list(_reasons(found)),
        parameters=[_parameter(found, key, value) for key, value in receipt.parameters.items()],
        changes=[line for one in found.changes for line in change_lines(programme, receipt.code, one)],
        others=list(_others(found, receipt_id)),
        confirmed=outcome_tag(programme, receipt.code, made.decision) if made and made.receipt == receipt_id else None,
        state=state,
    )


def _rows(found: OpenReceipt) -> list[tuple[RowWords, Tag]]:
    """Return each row in words, with the outcome that it leads to."""
    programme = found.file.programme
    told = explain(programme.rules, found.receipt, language())
    return [(row, outcome_tag(programme, found.receipt.code, row.decision)) for row in told]


def _facts(found: OpenReceipt) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and how it was known: a line for each fact, or for each member whose fact was checked."""
    programme, named = found.file.programme, members(found.file)
    order = [*programme.rules.facts]
    for key in sorted(found.receipt.facts, key=lambda one: order.index(one) if one in order else len(order)):
        used, fact = found.receipt.facts[key], programme.rules.facts.get(key)
        label = spoken(used.label)
        checked = found.receipt.situation.row_facts.get(key, {})
        told = {row: one for row, one in used.rows.items() if row not in checked}
        for row in (row for row in used.rows if row in checked):
            known = checked[row].provenance
            value = printed(used.rows[row], fact, language())
            yield f"{label}, {named.get(row, row)}", value, known_words(programme, key, known, is_known=True)
        if fact is None or not fact.of_row:
            known = used.provenance
            words = known_words(programme, key, known, is_known=used.finding.known)
            yield label, printed(used.finding, fact, language()), words
        elif told:
            values = {row: printed(one, fact, language()) for row, one in told.items()}
            yield label, _of_each(values, named), _told_by(found, fact)


def _of_each(values: Mapping[str, str], named: Mapping[str, str]) -> str:
    """Return what is known of several members: one value where they agree, else each member's."""
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return "; ".join(f"{named.get(row, row)}: {value}" for row, value in values.items())


def _told_by(found: OpenReceipt, fact: Fact) -> str:
    source = found.receipt.situation.sources.get(fact.over.split(".")[1])
    return known_words(found.file.programme, fact.id, source, is_known=True) if source else ""


def _reasons(found: OpenReceipt) -> Iterator[FactReason]:
    """Yield the facts that were worked out, with why, in the order of the facts."""
    programme, named = found.file.programme, members(found.file)
    asked = {
        f"answers.{form.id}.{one.path.replace('/', '.')}": one.label
        for form in programme.forms.values()
        for question in form.questions.values()
        for one in (question, *question.questions.values())
    }
    for key in (key for key in programme.rules.facts if key in found.receipt.facts):
        told = explain_fact(programme.rules, found.receipt, key, language(), asked)
        if told:
            used, fact = found.receipt.facts[key], programme.rules.facts[key]
            value = "" if fact.of_row else printed(used.finding, fact, language())
            yield FactReason(spoken(used.label), value, [(named.get(one.row, ""), one) for one in told])


def _others(found: OpenReceipt, receipt_id: str) -> Iterator[OtherReceipt]:
    """Yield the other receipts of the decision, each with how the later of the two differs from the earlier."""
    programme, named = found.file.programme, members(found.file)
    order = [one.id for one in found.kept]
    here = order.index(receipt_id) if receipt_id in order else len(order)
    for place, one in enumerate(found.kept):
        if one.id != receipt_id:
            pair = (one.receipt, found.receipt) if place < here else (found.receipt, one.receipt)
            outcome = outcome_tag(programme, one.receipt.code, one.receipt.decision)
            yield OtherReceipt(one.id, one.at, outcome, place < here, differences(programme, *pair, named))


def _parameter(found: OpenReceipt, key: str, value: Any) -> ParameterLine:
    parameter = found.file.programme.rules.parameters.get(key)
    words = printed(Finding(value), None, language()) or str(_("None"))
    if parameter is None:
        return ParameterLine(key, words, "")
    unit = spoken(parameter.unit) if parameter.unit and value != 1 else ""  # never "1 hours"
    between = "" if unit.startswith("%") else " "
    return ParameterLine(spoken(parameter.label), f"{words}{between}{unit}".strip(), parameter.source)
