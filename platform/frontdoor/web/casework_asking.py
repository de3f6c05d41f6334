"""Asking the sender something back, beginning a form on a case, and seeing what waited."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, Problem
from frontdoor.services import ask as asking
from frontdoor.services import casefile, filling, tend
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.casework_clash import Meant, clash, typed
from frontdoor.web.languages import language
from frontdoor.web.pages import look_like


@allow("staff", "verify_fact")
def ask(reference: str) -> ResponseReturnValue:
    """Ask whoever sent the nomination something; it appears in their organisation's own pages."""
    at = clock.now()
    if request.method == "GET":
        return _ask_page(reference)
    try:
        asking.ask(viewer(), reference, request.form.get("text", ""), at=at, revision=forms.revision())
    except AnswersRejected as rejected:
        return _ask_page(reference, rejected.problems), 422
    except Conflict as stale:
        file = casefile.open_file(viewer(), reference, at=at)
        meant = Meant(_("Ask the sender"), [(_("Your question"), typed("text"))], _("Ask all the same"))
        return clash(file, stale, meant)
    flash(_("Asked. The reply will come to this case."))
    return redirect(url_for("casework.case", reference=reference), 303)


@allow("staff", "complete_form")
def form(reference: str, form: str) -> ResponseReturnValue:
    """Begin a form on a case, or go on with the one that was begun."""
    at = clock.now()
    file = casefile.open_file(viewer(), reference, at=at)
    for draft in file.drafts:
        if draft.form == form:
            return redirect(url_for("filling.resume", draft_id=draft.id), 303)
    purpose = filling.Purpose(form=form, case=reference, language=language())
    draft = filling.begin(viewer(), file.case.programme, purpose, at=at)
    return redirect(url_for("filling.resume", draft_id=draft.id), 303)


@allow("staff", "verify_fact")
def seen(reference: str, task_id: str) -> ResponseReturnValue:
    """Tick off something that only asked to be looked at."""
    at = clock.now()
    try:
        tend.seen(viewer(), reference, task_id, at=at, revision=forms.revision())
    except Conflict as stale:
        file = casefile.open_file(viewer(), reference, at=at)
        return clash(file, stale, Meant(_("Tick off what was waiting"), [], _("Tick it off all the same")))
    return redirect(url_for("casework.case", reference=reference), 303)


def _ask_page(reference: str, problems: Sequence[Problem] = ()) -> str:
    file = casefile.open_file(viewer(), reference, at=clock.now())
    look_like(file.programme)
    return render_template(
        "casework/ask.html",
        file=file,
        typed=request.form,
        problems=forms.summary(problems),
        errors=forms.errors(problems),
    )
