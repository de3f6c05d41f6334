"""A receipt in full, ready to draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.table import Fact
from frontdoor.domain.rules.words import RowWords, explain
from frontdoor.services.casefile import OpenReceipt
from frontdoor.web.case_facts import known_words, members
from frontdoor.web.case_words import Tag, decision_title, outcome_tag
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that a receipt holds, in words."""

    id: str
    receipt: Receipt
    title: str
    outcome: Tag
    place: int
    places: int
    rows: list[tuple[RowWords, Tag]]
    facts: list[tuple[str, str, str]]
    parameters: list[tuple[str, str]]


def receipt_page(found: OpenReceipt, receipt_id: str) -> ReceiptPage:
    """Return a receipt in words; `place` is which one of the decision's receipts it is, from 1."""
    receipt, programme = found.receipt, found.file.programme
    kept = found.file.case.decision(receipt.code).receipts
    return ReceiptPage(
        id=receipt_id,
        receipt=receipt,
        title=decision_title(programme, receipt.code),
        outcome=outcome_tag(programme, receipt.code, receipt.decision),
        place=kept.index(receipt_id) + 1 if receipt_id in kept else 1,
        places=len(kept),
        rows=_rows(found),
        facts=list(_facts(found)),
        parameters=[(_parameter(found, key), _value(value)) for key, value in receipt.parameters.items()],
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


def _parameter(found: OpenReceipt, key: str) -> str:
    parameter = found.file.programme.rules.parameters.get(key)
    return spoken(parameter.label) if parameter else key


def _value(value: Any) -> str:
    return printed(Finding(value), None, language()) or str(_("None"))
