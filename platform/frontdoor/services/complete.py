"""A form on a case is completed: kept with the case, its events set off, its decisions proposed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case, Entry, Event
from frontdoor.domain.errors import NotAllowed, WrongState
from frontdoor.domain.submission import Draft, Submission
from frontdoor.services import programmes
from frontdoor.services.identity import new_id
from frontdoor.services.nominate import Acknowledgement
from frontdoor.services.progress import Occurrence, occur
from frontdoor.services.redecide import redecided, stored
from frontdoor.store import cases, submissions
from frontdoor.store.connection import in_transaction


def complete(viewer: Viewer, draft: Draft, answers: Mapping[str, Any], at: datetime) -> Acknowledgement:
    """Store a case form whose answers its form has accepted; a repeat of the same draft changes nothing.

    Completing it again later replaces the answers that decisions read; both versions are kept.
    """
    viewer.need("complete_form")

    def act() -> Acknowledgement:
        repeat = submissions.by_key(viewer, draft.id)
        if repeat is not None:
            return Acknowledgement(repeat.case, repeat.id, repeat.received_at)
        case = cases.get(viewer, draft.case or "")
        programme = programmes.of_case(case)
        use = programme.pathway.stages[case.stage].forms.get(draft.form)
        if use is None:
            raise WrongState("The case has moved on and no longer waits for this form. Your answers stay a draft.")
        if use.role not in viewer.roles:
            raise NotAllowed("Another role completes this form. Ask somebody who holds it.")
        submission = _submission(viewer, draft, answers, at)
        _superseded(case, submission)
        submissions.add(viewer, submission)
        detail = {"form": draft.form, "submission": submission.id, "digest": submission.digest}
        changed = replace(case, submissions=(*case.submissions, submission.id))
        changed = changed.noting(Entry(at, viewer.account, viewer.name, "completed", detail))
        changed = changed.telling(Event(new_id(), "completed", at, detail))
        changed = occur(programme, changed, Occurrence("completed", form=draft.form), at)
        changed, made = redecided(viewer, programme, changed, at)
        stored(viewer, case, changed, made, at=at)
        return Acknowledgement(case.reference, submission.id, at)

    return in_transaction(act)


def _superseded(case: Case, submission: Submission) -> None:
    """Mark earlier answers of the same form as followed by these: decisions read the latest, all are kept.

    Whoever gave them: a colleague's answers are followed though the writer may not read what a partner sent.
    """
    inside = system_viewer(case.authority)
    for earlier in submissions.by_case(inside, case.reference):
        if earlier.form == submission.form and earlier.amended_by is None:
            followed = replace(earlier, amended_by=submission.id)
            submissions.replace(inside, followed, expected_revision=earlier.revision)


def _submission(viewer: Viewer, draft: Draft, answers: Mapping[str, Any], at: datetime) -> Submission:
    return Submission(
        id=new_id(),
        authority=draft.authority,
        programme=draft.programme,
        form=draft.form,
        key=draft.id,
        digest=digest(answers),
        answers=dict(answers),
        pin=draft.pin,
        tokens=draft.tokens,
        case=draft.case or "",
        organisation=None,
        account=viewer.account,
        account_name=viewer.name,
        received_at=at,
        channel="casework",
        status="completed",
        language=draft.language,
    )
