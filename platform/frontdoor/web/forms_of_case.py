"""The forms of a case: those to complete in its stage, and what a completed one says."""

from dataclasses import dataclass

from frontdoor.domain.access import Viewer
from frontdoor.domain.forms.display import Section, display
from frontdoor.domain.submission import Draft, Submission
from frontdoor.services.casefile import CaseFile
from frontdoor.web.case_words import form_title, role_label
from frontdoor.web.languages import language


@dataclass(frozen=True)
class FormToComplete:
    """A form of the case's stage: whose it is, whether it was completed, and the viewer's draft of it."""

    form: str
    title: str
    role: str
    mine: bool
    required: bool
    done: bool
    draft: Draft | None


def forms_to_complete(file: CaseFile, viewer: Viewer) -> list[FormToComplete]:
    """Return the forms of the stage that the case is in."""
    stage = file.programme.pathway.stages.get(file.case.stage)
    done = {submission.form for submission in file.current}
    begun = {draft.form: draft for draft in file.drafts}
    return [
        FormToComplete(
            form=form,
            title=form_title(file.programme, form),
            role=role_label(file.programme, use.role),
            mine=use.role in viewer.roles and viewer.may("complete_form"),
            required=use.required,
            done=form in done,
            draft=begun.get(form),
        )
        for form, use in (stage.forms.items() if stage else ())
        if form in file.programme.forms
    ]


def sections_of(file: CaseFile, sent: Submission) -> tuple[Section, ...]:
    """Return the answers of a form as they were sent, page by page."""
    form = file.programme.forms.get(sent.form)
    as_of = file.programme.calendar.local_date(sent.received_at)
    return display(form, sent.answers, language(), as_of=as_of) if form else ()
