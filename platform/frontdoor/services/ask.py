"""The front door asks something back; whoever answers may be a deputy in the same organisation."""

from dataclasses import replace
from datetime import datetime

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case, Entry, Event, Task
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem, WrongState
from frontdoor.domain.submission import Question, Submission
from frontdoor.services import notify, programmes
from frontdoor.services.identity import new_id
from frontdoor.services.progress import Occurrence, occur
from frontdoor.store import cases, submissions
from frontdoor.store.connection import in_transaction

REPLY = "reply"
_LONGEST = 5_000


def ask(viewer: Viewer, reference: str, text: str, *, at: datetime, revision: int) -> Case:
    """Ask the sender of a case's nomination something. It appears in the organisation's inbox; a notice is queued."""
    viewer.need("verify_fact")
    _worded(text, "Enter the question")

    def act() -> Case:
        case = cases.at_revision(viewer, reference, revision)
        programme = programmes.of_case(case)
        sent = _intake(viewer, case, programme.pathway.intake.form)
        if sent.organisation is None:
            raise WrongState("Staff took this contact down, so there is nobody to ask here. Telephone the caller.")
        question = Question(new_id(), at, viewer.account, text.strip())
        asked = replace(sent, questions=(*sent.questions, question), status="question", status_at=at)
        submissions.replace(viewer, asked, expected_revision=sent.revision)
        notify.tell_question(programme, asked, at)
        detail = {"question": question.id}
        after = occur(programme, case, Occurrence("asked"), at)
        after = after.noting(Entry(at, viewer.account, viewer.name, "asked", detail, text.strip()))
        after = after.telling(Event(new_id(), "asked", at, detail))
        return cases.replace(viewer, after, expected_revision=case.revision)

    return in_transaction(act)


def reply(viewer: Viewer, submission_id: str, question_id: str, text: str, *, at: datetime) -> Submission:
    """Answer a question back, by anyone in the organisation that sent the nomination."""
    _worded(text, "Enter your reply")
    inside = system_viewer(viewer.authority)

    def act() -> Submission:
        sent = submissions.get(viewer, submission_id)
        waiting = {question.id: question for question in sent.questions}
        if question_id not in waiting:
            raise NotFound("There is no such question. Go back to what you sent.")
        if waiting[question_id].replied_at is not None:
            raise WrongState("Somebody in your organisation has already answered this. Go back to see the reply.")
        answered = replace(waiting[question_id], replied_at=at, replied_by=viewer.name, reply=text.strip())
        questions = tuple(answered if question.id == question_id else question for question in sent.questions)
        open_still = any(question.replied_at is None for question in questions)
        told = replace(sent, questions=questions, status="question" if open_still else "received", status_at=at)
        saved = submissions.replace(viewer, told, expected_revision=sent.revision)
        case = cases.get(inside, sent.case)
        programme = programmes.of_case(case)
        task = Task(new_id(), REPLY, programme.pathway.stages[case.stage].lead, at, about={"question": question_id})
        detail = {"question": question_id}
        after = replace(case, tasks=(*case.tasks, task))
        after = after.noting(Entry(at, viewer.account, viewer.name, "replied", detail, text.strip()))
        cases.replace(inside, after.telling(Event(new_id(), "replied", at, detail)), expected_revision=case.revision)
        return saved

    return in_transaction(act)


def _intake(viewer: Viewer, case: Case, form: str) -> Submission:
    for sent in submissions.by_case(viewer, case.reference):
        if sent.form == form and sent.amended_by is None:
            return sent
    raise NotFound("This case has no nomination to ask about.")


def _worded(text: str, what: str) -> None:
    if not text.strip():
        raise AnswersRejected("Enter some text", problems=[Problem("/text", "required", what)])
    if len(text) > _LONGEST:
        problem = Problem("/text", "too_long", f"Use {_LONGEST:,} characters or fewer")
        raise AnswersRejected("Use fewer words", problems=[problem])
