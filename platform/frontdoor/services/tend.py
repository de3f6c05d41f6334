"""Somebody has seen what waited for them on a case: a reply, an amendment, a clock that ran out."""

from dataclasses import replace
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case, Entry, Event
from frontdoor.domain.errors import NotFound, WrongState
from frontdoor.services import programmes
from frontdoor.services.amend import AMENDED
from frontdoor.services.ask import REPLY
from frontdoor.services.deliver import OVERDUE
from frontdoor.services.identity import new_id
from frontdoor.services.progress import Occurrence, occur
from frontdoor.store import cases
from frontdoor.store.connection import in_transaction

# A contradiction or a countersignature is done by deciding, never by ticking it off.
TO_BE_SEEN = frozenset({AMENDED, OVERDUE, REPLY})


def seen(viewer: Viewer, reference: str, task_id: str, *, at: datetime, revision: int) -> Case:
    """Close a task that only asks to be looked at. Errors: `NotFound`; `WrongState` where a decision is asked for."""
    viewer.need("verify_fact")

    def act() -> Case:
        case = cases.at_revision(viewer, reference, revision)
        task = next((task for task in case.tasks if task.id == task_id and task.done_at is None), None)
        if task is None:
            raise NotFound("This is done already. Go back to the case.")
        if task.kind not in TO_BE_SEEN:
            raise WrongState("This asks for a decision. Go back to the case and take it.")
        done = replace(task, done_at=at, done_by=viewer.account)
        detail = {"task": task.id, "kind": task.kind}
        changed = replace(case, tasks=tuple(done if one is task else one for one in case.tasks))
        if not any(one.kind == AMENDED and one.done_at is None for one in changed.tasks):
            changed = occur(programmes.of_case(case), changed, Occurrence("looked_at"), at)
        changed = changed.noting(Entry(at, viewer.account, viewer.name, "seen", detail))
        changed = changed.telling(Event(new_id(), "seen", at, detail))
        return cases.replace(viewer, changed, expected_revision=case.revision)

    return in_transaction(act)
