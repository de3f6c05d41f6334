"""Messages to whoever sent something: written in the transaction, released at a set moment, saying nothing.

The words come from the pack's letters and carry a reference only. The acknowledgement is due at receipt; every other
notice waits for a named person's confirmation and then for its release moment, which depends on the day of receipt
alone, so that neither wording nor timing tells a new family from a known one or one at risk (DOMAIN 0.3).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from frontdoor.delivery import letters
from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.message import Message
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Submission
from frontdoor.services.identity import new_id
from frontdoor.store import accounts, messages, submissions

_MORNING = time(9, 0)


def contact_in(programme: Programme, answers: Mapping[str, Any]) -> str:
    """Return how to reach whoever filled in the intake form, by the pathway's `intake.referrer`."""
    asked = programme.pathway.intake.referrer
    told = (answers.get(asked.get(key, "")) for key in ("name", "contact"))
    return ", ".join(value for value in told if isinstance(value, str) and value)


def acknowledge(viewer: Viewer, programme: Programme, submission: Submission) -> None:
    """Queue the acknowledgement of a submission, released at receipt."""
    _write(viewer, programme, submission, "received", submission.received_at)


def tell_outcome(programme: Programme, case: Case, at: datetime) -> None:
    """Queue the outcome notice of a case's submission and set when its tracker may change."""
    inside = system_viewer(case.authority)
    release = release_at(programme, case.received_at, at)
    for submission in submissions.by_case(inside, case.reference):
        if submission.form != programme.pathway.intake.form or submission.amended_by:
            continue
        told = replace(submission, pending_status="decided", release_at=release)
        submissions.replace(inside, told, expected_revision=submission.revision)
        _write(inside, programme, submission, "decided", release)


def tell_question(programme: Programme, submission: Submission, at: datetime) -> None:
    """Queue the notice that the front door asks something back; it names the reference only."""
    _write(system_viewer(submission.authority), programme, submission, "question", at)


def release_at(programme: Programme, received_at: datetime, confirmed_at: datetime) -> datetime:
    """Return when an outcome may be told: the pathway's release clock from receipt, at 09:00 of that local day.

    A confirmation that comes later waits for 09:00 of the next working day. A pathway without a release clock tells at
    once.
    """
    calendar, clock = programme.calendar, programme.clocks.get(programme.pathway.intake.release_clock)
    due = clock.due({clock.from_event: received_at}, programme.parameters, calendar) if clock else None
    if due is None:
        return confirmed_at
    moment = calendar.at_local(calendar.local_date(due.due_at), _MORNING)
    if confirmed_at < moment:
        return moment
    return calendar.at_local(calendar.add_working_days(calendar.local_date(confirmed_at), 1), _MORNING)


def _write(viewer: Viewer, programme: Programme, submission: Submission, occasion: str, release: datetime) -> None:
    letter = programme.pathway.letter_for(occasion)
    if letter is None:
        return
    to = accounts.email_of(system_viewer(viewer.authority), submission.account)
    if to is None:
        return
    text = letters.render(programme, letter, reference=submission.case, language=submission.language)
    messages.add(
        Message(
            id=new_id(),
            authority=submission.authority,
            key=f"{submission.id}:{occasion}:{release.isoformat() if occasion != 'decided' else ''}",
            to=to,
            subject=text.subject,
            body=text.body,
            release_at=release,
            created_at=submission.received_at,
            language=submission.language,
            case=submission.case,
        )
    )
