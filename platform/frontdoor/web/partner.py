"""A partner's own pages: what is unfinished, what is asked, what was sent and how it stands; their organisation."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.display import display
from frontdoor.services import ask, filling, people, track
from frontdoor.web import forms, printing
from frontdoor.web.access import allow, viewer
from frontdoor.web.languages import language
from frontdoor.web.pages import look_like

bp = Blueprint("partner", __name__, url_prefix="/partner")
bp.add_url_rule("/sent/<submission_id>/print", "printout", printing.sent_form)
bp.add_url_rule("/sent/<submission_id>/pdf", "pdf", printing.sent_pdf)


@bp.get("")
@allow("partner")
def home() -> str:
    """Show everything that the reader's organisation has in hand."""
    return render_template("partner/home.html", home=track.home(viewer(), at=clock.now()))


@bp.post("/new/<programme>")
@allow("partner")
def new(programme: str) -> ResponseReturnValue:
    """Begin a nomination."""
    draft = filling.begin(viewer(), programme, filling.Purpose(language=language()), at=clock.now())
    return redirect(url_for("filling.resume", draft_id=draft.id), 303)


@bp.get("/sent/<submission_id>")
@allow("partner")
def sent(submission_id: str) -> str:
    """Show what was sent and how it stands."""
    return _sent_page(submission_id, ())


@bp.post("/sent/<submission_id>/questions/<question_id>")
@allow("partner")
def reply(submission_id: str, question_id: str) -> ResponseReturnValue:
    """Answer a question back."""
    try:
        ask.reply(viewer(), submission_id, question_id, request.form.get("text", ""), at=clock.now())
    except AnswersRejected as rejected:
        return _sent_page(submission_id, rejected.problems, question_id), 422
    flash(_("Thank you. Your reply has been sent."))
    return redirect(url_for("partner.sent", submission_id=submission_id), 303)


@bp.post("/sent/<submission_id>/amend")
@allow("partner")
def amend(submission_id: str) -> ResponseReturnValue:
    """Begin new answers to something that was sent."""
    standing = track.standing(viewer(), submission_id)
    purpose = filling.Purpose(amends=standing.submission.id, language=language())
    draft = filling.begin(viewer(), standing.submission.programme, purpose, at=clock.now())
    return redirect(url_for("filling.check", draft_id=draft.id), 303)


@bp.route("/organisation", methods=["GET", "POST"])
@allow("partner")
def organisation() -> ResponseReturnValue:
    """Show the organisation's people; let its administrator add one."""
    if request.method == "GET":
        return _organisation_page(())
    person = people.Person(
        forms.text("name"),
        forms.text("email"),
        organisation_admin=request.form.get("admin") == "yes",
        language=language(),
    )
    try:
        people.add_colleague(viewer(), person, at=clock.now(), base_url=current_app.config["BASE_URL"])
    except AnswersRejected as rejected:
        return _organisation_page(rejected.problems), 422
    flash(_("Added. They sign in with their e-mail address."))
    return redirect(url_for("partner.organisation"), 303)


@bp.post("/organisation/<account_id>/close")
@allow("partner")
def close(account_id: str) -> ResponseReturnValue:
    """Close a colleague's account."""
    people.close_colleague(viewer(), account_id)
    flash(_("Closed. What they wrote stays with your organisation."))
    return redirect(url_for("partner.organisation"), 303)


def _sent_page(submission_id: str, problems: tuple[Problem, ...], question_id: str = "") -> str:
    standing = track.standing(viewer(), submission_id)
    programme, submission = standing.programme, standing.submission
    look_like(programme)
    as_of = programme.calendar.local_date(submission.received_at)
    sections = display(programme.forms[submission.form], submission.answers, language(), as_of=as_of)
    return render_template(
        "partner/sent.html",
        standing=standing,
        sections=sections,
        problems=problems,
        question_id=question_id,
        typed=request.form.get("text", ""),
    )


def _organisation_page(problems: tuple[Problem, ...]) -> str:
    return render_template(
        "partner/organisation.html",
        colleagues=people.colleagues(viewer()),
        problems=forms.summary(problems),
        errors=forms.errors(problems),
        typed=request.form,
    )
