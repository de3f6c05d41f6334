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
from frontdoor.store import cases, submissions

AMENDED = "amended"


def amended(viewer: Viewer, before: Submission, answers: Mapping[str, Any], at: datetime) -> Submission:
    """Store new answers over `before` (the latest submission under its key) and decide the case afresh.

    Runs inside the caller's transaction. The intake form's screen is read again: a concern raises its alert even where
    the first answers said "no".
    """
    inside = system_viewer(viewer.authority)
    after = replace(
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
    submissions.replace(inside, replace(before, amended_by=after.id), expected_revision=before.revision)
    submissions.add(viewer, after)
    case = cases.get(inside, before.case)
    programme = programmes.of_case(case)
    detail = {"submission": after.id, "amends": before.id, "digest": after.digest}
    task = Task(new_id(), AMENDED, programme.pathway.stages[case.stage].lead, at, about={"submission": after.id})
    changed = replace(case, submissions=(*case.submissions, after.id), tasks=(*case.tasks, task))
    if _screened(viewer, programme, case, answers, at):
        changed = occur(programme, replace(changed, safeguarding=True), Occurrence("raised"), at)
    changed = changed.noting(Entry(at, viewer.account, viewer.name, "amended", detail))
    changed = changed.telling(Event(new_id(), "amended", at, detail))
    changed, made = redecided(inside, programme, changed, at)
    stored(inside, case, changed, made, at=at)
    notify.acknowledge(viewer, programme, after)
    return after


def _screened(viewer: Viewer, programme: Programme, case: Case, answers: Mapping[str, Any], at: datetime) -> bool:
    concern = screen.concern_in(programme, answers)
    if concern is None:
        return False
    screen.raise_alert(
        viewer,
        programme,
        concern,
        at=at,
        draft=f"{case.reference}#{at.isoformat()}",
        case=case.reference,
        source="amendment",
        contact=notify.contact_in(programme, answers),
    )
    return True
