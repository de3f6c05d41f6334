"""Something sent is sent again with other answers: a further submission, screened and decided afresh.

The earlier submission stays as it was sent. What was confirmed stays confirmed; the rules' new proposal stands beside
it, and a person is asked where they part.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case, Entry, Event, Task
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Submission
from frontdoor.services import notify, programmes, screen
from frontdoor.services.identity import new_id
from frontdoor.services.progress import Occurrence, occur
from frontdoor.services.redecide import redecided, stored
from frontdoor.services.screen import Concern
from frontdoor.store import alerts, cases, submissions

AMENDED = "amended"


def amended(viewer: Viewer, before: Submission, answers: Mapping[str, Any], at: datetime) -> Submission:
    """Store new answers over `before` (the latest submission under its key) and decide the case afresh.

    Runs inside the caller's transaction. The intake form's screen is read again: a concern raises its alert even where
    the first answers said "no". A case that is closed waits for somebody again: an amendment is never lost in a file.
    """
    inside = system_viewer(viewer.authority)
    after = _following(viewer, before, answers, at)
    submissions.replace(inside, replace(before, amended_by=after.id), expected_revision=before.revision)
    submissions.add(viewer, after)
    case = cases.get(inside, before.case)
    programme = programmes.of_case(case)
    detail = {"submission": after.id, "amends": before.id, "digest": after.digest}
    task = Task(new_id(), AMENDED, _reader(programme, case), at, about={"submission": after.id})
    changed = replace(case, submissions=(*case.submissions, after.id), tasks=(*case.tasks, task))
    if _screened(viewer, programme, before, after):
        changed = occur(programme, replace(changed, safeguarding=True), Occurrence("raised"), at)
    changed = occur(programme, changed, Occurrence(AMENDED), at)
    changed = changed.noting(Entry(at, viewer.account, viewer.name, AMENDED, detail))
    changed = changed.telling(Event(new_id(), AMENDED, at, detail))
    changed, made = redecided(inside, programme, changed, at)
    stored(inside, case, changed, made, at=at)
    notify.acknowledge(viewer, programme, after)
    return after


def _following(viewer: Viewer, before: Submission, answers: Mapping[str, Any], at: datetime) -> Submission:
    return replace(
        before,
        id=new_id(),
        key=f"{before.key}#{at.isoformat()}",
        digest=digest(answers),
        answers=dict(answers),
        received_at=at,
        account=viewer.account,
        account_name=viewer.name,
        amends=before.id,
        amended_by=None,
        revision=0,
    )


def _reader(programme: Programme, case: Case) -> str:
    """Return the role that looks at an amendment: who leads the stage, the front door once nobody does any more."""
    stage = programme.pathway.first_stage if case.closed_at is not None else programme.pathway.stages[case.stage]
    return stage.lead


def _screened(viewer: Viewer, programme: Programme, before: Submission, after: Submission) -> bool:
    """Raise an alert for the concern in the new answers, unless duty was alerted to exactly that; return whether so."""
    concern = screen.concern_in(programme, after.answers)
    if concern is None or _known_to_duty(programme, before, concern):
        return False
    screen.raise_alert(
        viewer,
        programme,
        concern,
        at=after.received_at,
        draft=f"{after.case}#{after.received_at.isoformat()}",
        case=after.case,
        source="amendment",
        contact=notify.contact_in(programme, after.answers),
    )
    return True


def _known_to_duty(programme: Programme, before: Submission, concern: Concern) -> bool:
    """Return whether nothing about a concern changed and an alert of the case tells all of it.

    One that was taken back and is told again has changed twice: duty hears of it again.
    """
    if concern != screen.concern_in(programme, before.answers):
        return False
    told = alerts.of_case(system_viewer(before.authority), before.case)
    return any(one.gravity >= concern.gravity and set(concern.words) <= set(one.words) for one in told)
