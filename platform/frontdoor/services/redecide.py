"""Decide a case again on everything that is known now, and store case and receipts together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.programme import Programme
from frontdoor.services.deciding import Grounds, NewReceipt, propose, wanted
from frontdoor.services.recognise import known_again
from frontdoor.store import cases, receipts, submissions


def grounds_of(viewer: Viewer, case: Case) -> Grounds:
    """Gather the latest answers of each form of the case, and what was known of the family before this case.

    What a decision stands on does not depend on who looks: the platform reads it, not the viewer.
    """
    inside = system_viewer(viewer.authority)
    answers: dict[str, Mapping[str, Any]] = {}
    told_by: dict[str, str] = {}
    for submission in submissions.by_case(inside, case.reference):
        if submission.amended_by is None:
            answers[submission.form] = submission.answers
            told_by[submission.form] = submission.account_name
    return Grounds(answers, known_again(inside, case), told_by=told_by)


def redecided(viewer: Viewer, programme: Programme, case: Case, at: datetime) -> tuple[Case, list[NewReceipt]]:
    """Return the case with every decision that is due proposed afresh, and the receipts to store with it."""
    grounds = grounds_of(viewer, case)
    return propose(programme, case, grounds, wanted(programme, case, grounds.answers), at)


def stored(viewer: Viewer, before: Case, after: Case, made: Sequence[NewReceipt], *, at: datetime) -> Case:
    """Store the receipts and the new head; `Conflict` when somebody changed the case since `before` was read."""
    receipts.append(viewer, after.reference, [receipts.Written(new.id, new.code, new.text) for new in made], at=at)
    return cases.replace(viewer, after, expected_revision=before.revision)
