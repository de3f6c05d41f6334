"""A nomination is received: one transaction, one reference, whatever else is down.

The same key with the same answers is a repeat and gets the same reference; with other answers it is an amendment,
screened and decided afresh. What the sender learns is the same whether the family is new, known or at risk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import (
    Viewer,
    authority_token,
    organisation_token,
    person_token,
    system_viewer,
    team_token,
)
from frontdoor.domain.alert import Alert
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case, Entry, Event
from frontdoor.domain.consent import ConsentRecord, ServiceAgreement, Transparency
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Submission
from frontdoor.services import amend, notify, screen
from frontdoor.services.deciding import Grounds, propose
from frontdoor.services.identity import new_id, new_reference
from frontdoor.services.progress import Occurrence, occur
from frontdoor.services.recognise import Household, household, known_before, remember
from frontdoor.store import alerts, cases, consents, families, receipts, submissions
from frontdoor.store.connection import in_transaction


@dataclass(frozen=True)
class Arrival:
    """How a nomination came: when it was received (may precede typing), by which channel, from which caller."""

    received_at: datetime
    recorded_at: datetime
    channel: str
    key: str
    caller: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    draft: str | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """All that a sender is told at once. `amended` when the same key came with other answers."""

    reference: str
    submission: str
    received_at: datetime
    amended: bool = False


def nominate(viewer: Viewer, programme: Programme, answers: Mapping[str, Any], arrival: Arrival) -> Acknowledgement:
    """Store a nomination whose answers the form has accepted, with its case, proposals, family and messages.

    `programme` is the configuration live at `arrival.received_at`. Errors: `Conflict` when the same family's record is
    being changed at this moment and the retries ran out (nothing is stored then).
    """

    def receive() -> Acknowledgement:
        before = submissions.by_key(viewer, arrival.key)
        if before is None:
            return _received(viewer, programme, answers, arrival)
        latest = submissions.latest_of(viewer, before)
        if latest.digest == digest(answers):
            return Acknowledgement(latest.case, latest.id, latest.received_at)
        amended = amend.amended(viewer, latest, answers, arrival.recorded_at)
        return Acknowledgement(amended.case, amended.id, amended.received_at, amended=True)

    return in_transaction(receive)


def _received(viewer: Viewer, programme: Programme, answers: Mapping[str, Any], arrival: Arrival) -> Acknowledgement:
    """Everything inside the authority is written as the platform: a partner may send, but not see, what is there."""
    inside = system_viewer(viewer.authority)
    intake = programme.pathway.intake
    home = household(programme, viewer.authority, answers)
    found = families.matching(inside, home.keys)
    known = known_before(found, arrival.received_at)
    reference = new_reference(programme.reference_prefix)
    family = remember(inside, home, found, reference, arrival.received_at)
    submission = _submission(viewer, programme, answers, arrival, reference)
    case = replace(_opened(viewer, programme, arrival, home, submission), family=family, earlier=known.earlier)
    case = occur(programme, case, Occurrence("received"), arrival.received_at)
    case = _with_alert(programme, case, _screened(viewer, programme, case, answers, arrival))
    grounds = Grounds({intake.form: answers}, known, told_by={intake.form: submission.account_name})
    case, made = propose(programme, case, grounds, intake.decisions, arrival.recorded_at)
    submissions.add(viewer, submission)
    cases.add(inside, case)
    written = [receipts.Written(new.id, new.code, new.text) for new in made]
    receipts.append(inside, case.reference, written, at=case.recorded_at)
    consents.add(inside, _agreement(viewer, programme, case, answers))
    notify.acknowledge(viewer, programme, submission)
    return Acknowledgement(reference, submission.id, submission.received_at)


def _submission(
    viewer: Viewer, programme: Programme, answers: Mapping[str, Any], arrival: Arrival, reference: str
) -> Submission:
    own = person_token(viewer.account)
    if viewer.organisation:
        own = organisation_token(viewer.authority, viewer.organisation)
    return Submission(
        id=new_id(),
        authority=viewer.authority,
        programme=programme.programme,
        form=programme.pathway.intake.form,
        key=arrival.key,
        digest=digest(answers),
        answers=dict(answers),
        pin=programme.pin,
        tokens=(authority_token(viewer.authority), own),
        case=reference,
        organisation=viewer.organisation,
        account=viewer.account,
        account_name=viewer.name,
        received_at=arrival.received_at,
        channel=arrival.channel,
        status_at=arrival.received_at,
        language=arrival.language,
    )


def _opened(viewer: Viewer, programme: Programme, arrival: Arrival, home: Household, submission: Submission) -> Case:
    pathway = programme.pathway
    stage = pathway.first_stage
    team = stage.team or pathway.intake.team
    detail = {"channel": arrival.channel, "submission": submission.id, "digest": submission.digest}
    return Case(
        reference=submission.case,
        authority=viewer.authority,
        programme=programme.programme,
        title=home.name,
        stage=stage.id,
        stage_since=arrival.received_at,
        status="triage",
        team=team,
        tokens=(authority_token(viewer.authority), team_token(viewer.authority, team)),
        received_at=arrival.received_at,
        recorded_at=arrival.recorded_at,
        channel=arrival.channel,
        pin=programme.pin,
        submissions=(submission.id,),
        family=None,
        organisation=viewer.organisation,
        submitted_by=viewer.account,
        caller=dict(arrival.caller),
        search=(*home.search, f"ref:{submission.case.lower()}"),
        history=(Entry(arrival.received_at, viewer.account, viewer.name, "received", detail),),
        undelivered=(Event(new_id(), "received", arrival.recorded_at, detail),),
    )


def _agreement(viewer: Viewer, programme: Programme, case: Case, answers: Mapping[str, Any]) -> ConsentRecord:
    intake = programme.pathway.intake
    status = answers.get(intake.agreement.get("status", ""))
    told = answers.get(intake.agreement.get("told", ""))
    return ConsentRecord(
        id=new_id(),
        authority=case.authority,
        case=case.reference,
        family=case.family,
        tokens=case.tokens,
        recorded_at=case.recorded_at,
        lawful_basis=intake.lawful_basis,
        agreement=ServiceAgreement(status, viewer.account) if isinstance(status, str) else None,
        transparency=Transparency(told if isinstance(told, bool) else intake.told_as.get(str(told))),
    )


def _screened(
    viewer: Viewer, programme: Programme, case: Case, answers: Mapping[str, Any], arrival: Arrival
) -> Alert | None:
    """Tie the draft's alert to the case, or raise one; return what duty has.

    A draft whose screen was changed back to "no" keeps its alert: what was once said reaches duty all the same.
    """
    inside = system_viewer(viewer.authority)
    concern = screen.concern_in(programme, answers)
    if concern is not None:
        return screen.raise_alert(
            viewer,
            programme,
            concern,
            at=arrival.recorded_at,
            draft=arrival.draft or arrival.key,
            case=case.reference,
            source=arrival.channel,
            contact=notify.contact_in(programme, answers),
        )
    if arrival.draft is None:
        return None
    alerts.mark_sent(inside, arrival.draft, case.reference, arrival.recorded_at)
    return alerts.of_draft(inside, arrival.draft)


def _with_alert(programme: Programme, case: Case, alert: Alert | None) -> Case:
    """Return the case with what its alert set off: raised, perhaps acknowledged while this was still a draft."""
    if alert is None:
        return case
    case = replace(case, safeguarding=True)
    case = occur(programme, case, Occurrence("raised"), alert.raised_at)
    case = case.noting(Entry(alert.raised_at, alert.override.by, alert.contact, "alert_raised", {"alert": alert.id}))
    if alert.acknowledged_at is None:
        return case
    return occur(programme, case, Occurrence("acknowledged"), alert.acknowledged_at)
