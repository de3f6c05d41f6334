"""An officer records what a source system says about a fact, or decides on what is known."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case, Entry, Event, Evidence
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem, WrongState
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.evidence import check_value
from frontdoor.domain.rules.situation import ASSUMED, VERIFIED
from frontdoor.domain.rules.table import Fact
from frontdoor.services import programmes
from frontdoor.services.deciding import NewReceipt, propose
from frontdoor.services.identity import new_id
from frontdoor.services.redecide import grounds_of, redecided, stored
from frontdoor.services.to_find_out import stood
from frontdoor.store import cases
from frontdoor.store.connection import in_transaction


@dataclass(frozen=True)
class Check:
    """What a source said; `row` names the member if the fact is one of a member's; value `None`: it holds nothing."""

    fact: str
    row: str | None
    value: Any
    source: str
    checked_on: date | None
    note: str = ""


def verify(viewer: Viewer, reference: str, check: Check, *, at: datetime, revision: int) -> Case:
    """Record one check and decide the case again.

    Errors: `AnswersRejected` for a source or value that the fact does not allow or a date after today; `Conflict` when
    the case is no longer at `revision`.
    """
    viewer.need("verify_fact")

    def act() -> Case:
        case = cases.at_revision(viewer, reference, revision)
        programme = programmes.of_case(case)
        fact = programme.rules.facts.get(check.fact)
        if fact is None or not fact.verify or check.row not in rows_of(viewer, programme, case, fact):
            raise NotFound("There is no such fact to check. Go back to the case and choose one of those listed.")
        checked_on = _right(programme, fact, check, at)
        evidence = _evidence(viewer, check, VERIFIED, checked_on, at)
        detail = {"fact": check.fact, "row": check.row, "source": check.source, "evidence": evidence.id}
        entry = Entry(at, viewer.account, viewer.name, "verified", detail, check.note)
        changed = _with(case, (evidence,), entry, at)
        return stored(viewer, case, *redecided(viewer, programme, changed, at), at=at)

    return in_transaction(act)


def rows_of(viewer: Viewer, programme: Programme, case: Case, fact: Fact) -> tuple[str | None, ...]:
    """Return the members whose fact it is, by row id; one `None` for a fact of the family as a whole."""
    if not fact.of_row:
        return (None,)
    _, form, group = fact.over.split(".")
    rows = grounds_of(viewer, case).answers.get(form, {}).get(group) or ()
    return tuple(row["id"] for row in rows)


def decide_on_what_is_known(
    viewer: Viewer, reference: str, code: str, *, reason: str, at: datetime, revision: int
) -> Case:
    """Take every outstanding fact of one decision as "none known", with the officer's reason, and decide again.

    Each assumption is kept as evidence of kind `assumed` and shows on the receipt; a later check replaces it. Errors:
    `WrongState` when nothing is outstanding, or what is cannot be assumed.
    """
    viewer.need("confirm_decision")
    if not reason.strip():
        problem = Problem("/reason", "required", "Enter why you decide without the missing checks")
        raise AnswersRejected("Give a reason", problems=[problem])

    def act() -> Case:
        case = cases.at_revision(viewer, reference, revision)
        programme = programmes.of_case(case)
        receipt = programme.receipt(cases.latest_receipt(viewer, case, code))
        if not receipt.outstanding:
            raise WrongState("Nothing is outstanding for this decision. Go back to the case and look at it again.")
        entry = Entry(at, viewer.account, viewer.name, "decided_on_known", {"decision": code}, reason.strip())
        return stored(viewer, case, *_on_known(viewer, programme, case, code, entry), at=at)

    return in_transaction(act)


def _on_known(
    viewer: Viewer, programme: Programme, case: Case, code: str, entry: Entry
) -> tuple[Case, list[NewReceipt]]:
    """Assume at the source first, member by member, so that one later check replaces one assumption; then the rest."""
    at, grounds = entry.at, grounds_of(viewer, case)
    tried, whole = case, False
    while True:
        proposed, made = propose(programme, tried, grounds, [code], at)
        receipt = made[0].receipt if made else programme.receipt(cases.latest_receipt(viewer, case, code))
        if not receipt.outstanding:
            break
        if whole:
            raise WrongState("Something outstanding cannot be assumed. Record a check or complete the form first.")
        missing = stood(programme, proposed, grounds).missing(receipt)
        wanted = {(check.fact.id, check.row) for one in missing for check in one.checks}
        whole = not wanted or tried is not case
        if whole:
            wanted = {(one.id, None) for one in missing if one.id in programme.rules.facts}
        tried = replace(tried, evidence=(*tried.evidence, *_assumed(viewer, programme, wanted, entry)))
    changed = _with(case, tried.evidence[len(case.evidence) :], entry, at)
    return redecided(viewer, programme, changed, at)


def _assumed(
    viewer: Viewer, programme: Programme, wanted: set[tuple[str, str | None]], entry: Entry
) -> tuple[Evidence, ...]:
    today = programme.calendar.local_date(entry.at)
    return tuple(
        _evidence(viewer, Check(fact, row, None, ASSUMED, today, entry.note), ASSUMED, today, entry.at)
        for fact, row in sorted(wanted, key=str)
    )


def _right(programme: Programme, fact: Fact, check: Check, at: datetime) -> date:
    problems = check_value(fact, check.value, check.source)
    today = programme.calendar.local_date(at)
    if check.checked_on is None:
        problems.append(Problem("/checked_on", "required", "Enter the day on which you looked it up"))
    elif check.checked_on > today:
        problems.append(Problem("/checked_on", "too_late", "The day must be today or in the past"))
    if problems or check.checked_on is None:
        raise AnswersRejected("Some of what you entered has to be put right", problems=problems)
    return check.checked_on


def _evidence(viewer: Viewer, check: Check, kind: str, checked_on: date, at: datetime) -> Evidence:
    return Evidence(
        id=new_id(),
        fact=check.fact,
        row=check.row,
        value=check.value,
        kind=kind,
        source=check.source,
        checked_on=checked_on,
        by=viewer.account,
        by_name=viewer.name,
        at=at,
        note=check.note,
    )


def _with(case: Case, evidence: tuple[Evidence, ...], entry: Entry, at: datetime) -> Case:
    told = {"evidence": [one.id for one in evidence]}
    changed = replace(case, evidence=(*case.evidence, *evidence)).noting(entry)
    return changed.telling(Event(new_id(), entry.what, at, told))
