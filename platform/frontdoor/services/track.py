"""What a partner sees of what their organisation sent: drafts, questions to answer, and how it stands.

The standing is told in the referrer's words of the pack, the same for every family. Nothing here opens a case: it reads
submissions alone, whose status changes only at its release moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Draft, Question, Submission
from frontdoor.domain.text import Text, say
from frontdoor.services import programmes
from frontdoor.store import drafts, submissions

R = TypeVar("R", Draft, Submission)


@dataclass(frozen=True)
class Listed(Generic[R]):
    """One draft, or one thing sent, in a list: `family` as its sender named it (`""` when not yet), and its `standing`.

    `title` is the form's. `standing` is in the referrer's words, `""` for a draft.
    """

    record: R
    title: Text
    family: str
    standing: str = ""


@dataclass(frozen=True)
class Home:
    """A partner's own page: what is unfinished, what is asked of them, what was sent (newest first)."""

    programmes: tuple[Programme, ...]
    drafts: tuple[Listed[Draft], ...]
    asked: tuple[tuple[Listed[Submission], Question], ...]
    sent: tuple[Listed[Submission], ...]


@dataclass(frozen=True)
class Standing:
    """One submission as its sender may see it: what was sent, and each step with its words and date.

    `family` is what its sender called the family, `""` where the form asked for no name.
    """

    submission: Submission
    programme: Programme
    family: str
    steps: tuple[tuple[datetime, str], ...]
    waiting: tuple[Question, ...]


def home(viewer: Viewer, *, at: datetime) -> Home:
    """Return everything that the viewer's organisation has in hand."""
    sent = tuple(
        _listed(submission, submission.status)
        for submission in submissions.mine(viewer)
        if submission.amended_by is None
    )
    waiting = ((one, question) for one in sent for question in one.record.questions if question.replied_at is None)
    return Home(
        programmes=tuple(programmes.running(viewer.authority, at)),
        drafts=tuple(_listed(draft, "") for draft in drafts.mine(viewer) if draft.sent_as is None),
        asked=tuple(waiting),
        sent=sent,
    )


def standing(viewer: Viewer, submission_id: str) -> Standing:
    """Return how one submission stands. Errors: `NotFound` for another organisation's."""
    submission = submissions.latest_of(viewer, submissions.get(viewer, submission_id))
    programme = programmes.pinned(submission.authority, submission.programme, submission.pin)
    steps = [(submission.received_at, _said(programme, "received", submission.language))]
    for question in submission.questions:
        steps.append((question.asked_at, _said(programme, "question", submission.language)))
        if question.replied_at is not None:
            steps.append((question.replied_at, _said(programme, "replied", submission.language)))
    if submission.status == "decided" and submission.status_at is not None:
        steps.append((submission.status_at, _said(programme, "decided", submission.language)))
    waiting = tuple(question for question in submission.questions if question.replied_at is None)
    return Standing(
        submission, programme, _family(submission, programme), tuple(sorted(steps, key=lambda step: step[0])), waiting
    )


def standing_of_case(viewer: Viewer, reference: str) -> Standing:
    """Return how the nomination with this reference stands, for whoever sent it."""
    for submission in submissions.by_case(viewer, reference):
        return standing(viewer, submission.id)
    raise NotFound("Nothing was sent under this reference by your organisation. Check it against the acknowledgement.")


def _listed(record: R, status: str) -> Listed[R]:
    """`status` is a step of the tracker: what a list says of something sent."""
    programme = programmes.pinned(record.authority, record.programme, record.pin)
    title, said = programme.forms[record.form].title, _said(programme, status, record.language)
    return Listed(record, title, _family(record, programme), said)


def _family(record: Draft | Submission, programme: Programme) -> str:
    return str(record.answers.get(programme.pathway.intake.subject.get("name", ""), ""))


def _said(programme: Programme, step: str, language: str) -> str:
    return say(programme.pathway.tracker[step], language) if step else ""
