"""Reading a case: its page, a receipt in full, a form as it was sent."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.services import casefile, replay
from frontdoor.services.casefile import CaseFile
from frontdoor.web.access import allow, viewer
from frontdoor.web.alert_page import alert_lines
from frontdoor.web.case_facts import fact_lines
from frontdoor.web.case_page import decision_lines
from frontdoor.web.case_tasks import task_lines
from frontdoor.web.case_words import clock_lines, form_title, outcome_tag, stage_label
from frontdoor.web.forms_of_case import forms_to_complete, sections_of
from frontdoor.web.next_step import next_step
from frontdoor.web.pages import look_like
from frontdoor.web.receipt_page import receipt_page
from frontdoor.web.timeline import timeline


@allow("staff", "see_case")
def case(reference: str) -> str:
    """Show a case: safeguarding first, then the one next step, decisions with reasons, facts with sources."""
    at, reader = clock.now(), viewer()
    file = casefile.open_file(reader, reference, at=at)
    look_like(file.programme)
    return render_template(
        "casework/case.html",
        file=file,
        stage=stage_label(file.programme, file.case.stage),
        clocks=clock_lines(file.programme, file.case, at),
        alerts=alert_lines(file.alerts, {file.case.programme: file.programme}, at),
        step=next_step(file, reader),
        tasks=task_lines(file),
        decisions=decision_lines(file, reader),
        facts=fact_lines(file, reader),
        earlier=[(one, _outcome(file, one.reference)) for one in file.earlier],
        to_complete=forms_to_complete(file, reader),
        sections=sections_of(file, file.intake) if file.intake else (),
        form_titles={one.form: form_title(file.programme, one.form) for one in file.submissions},
        happened=timeline(file.programme, file.case),
    )


@allow("staff", "see_case")
def receipt(reference: str, receipt_id: str) -> str:
    """Show one receipt in full: versions, parameters, facts, each row's truth."""
    found = casefile.open_receipt(viewer(), reference, receipt_id, at=clock.now())
    look_like(found.file.programme)
    return render_template("casework/receipt.html", shown=receipt_page(found, receipt_id), case=found.file.case)


@allow("staff", "see_case")
def replayed(reference: str, receipt_id: str) -> ResponseReturnValue:
    """Decide a stored decision again, and say whether the answer is the same."""
    done = replay.replay_one(viewer(), reference, receipt_id, at=clock.now())
    if not done.differences:
        flash(_("Decided again: the same answer, from the same facts and rules."))
        return redirect(url_for("casework.receipt", reference=reference, receipt_id=receipt_id), 303)
    found = casefile.open_receipt(viewer(), reference, receipt_id, at=clock.now())
    look_like(found.file.programme)
    shown = receipt_page(found, receipt_id)
    return render_template("casework/receipt.html", shown=shown, case=found.file.case, differences=done.differences)


@allow("staff", "see_case")
def submission(reference: str, submission_id: str) -> str:
    """Show a form as it was sent or completed."""
    file, sent = casefile.open_submission(viewer(), reference, submission_id, at=clock.now())
    look_like(file.programme)
    return render_template(
        "casework/submission.html",
        file=file,
        sent=sent,
        title=form_title(file.programme, sent.form),
        sections=sections_of(file, sent),
    )


def _outcome(file: CaseFile, reference: str) -> str:
    """Return how an earlier contact ended, where its last decision was confirmed."""
    other = next(one for one in file.earlier if one.reference == reference)
    confirmed = [state for state in other.decisions.values() if state.confirmed]
    if not confirmed:
        return stage_label(file.programme, other.stage)
    last = confirmed[-1]
    return outcome_tag(file.programme, last.code, last.confirmed.decision if last.confirmed else "").words
