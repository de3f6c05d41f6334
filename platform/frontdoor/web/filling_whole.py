"""A form on one long page: to type a paper form back in from the first line to the last, without turning pages.

It is saved page by page like any other (`services/save_page`), so that two people on two pages are in nobody's way.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.domain.errors import Conflict, Problem
from frontdoor.services import save_page, uploads
from frontdoor.services.filling import Filling
from frontdoor.web import whole_form
from frontdoor.web.access import allow, viewer
from frontdoor.web.filling_page import target
from frontdoor.web.languages import language
from frontdoor.web.open_draft import both, draft_opened, files_of, to_what_was_sent
from frontdoor.web.posting import as_sent

bp = Blueprint("whole", __name__, url_prefix="/forms/<draft_id>/in-one")


@bp.get("")
@allow("signed_in")
def page(draft_id: str) -> ResponseReturnValue:
    """Show the whole form; the safeguarding page comes first and by itself, as always."""
    opened = draft_opened(draft_id)
    return _elsewhere(opened) or _shown(opened, ())


@bp.post("")
@allow("signed_in")
def post(draft_id: str) -> ResponseReturnValue:
    """Save every page: on to checking the answers when all is right, else back with what to put right."""
    opened = draft_opened(draft_id)
    elsewhere = _elsewhere(opened)
    if elsewhere is not None:
        return elsewhere
    problems: list[Problem] = []
    for page_id in opened.form.pages:
        opened, refused = save_page.attach(
            viewer(), opened, files_of(opened, page_id), request.form.getlist("forget"), at=clock.now()
        )
        sent = _sent(opened, page_id)
        if not sent.fields["shown"]:
            continue
        try:
            opened, found = save_page.save_page(viewer(), opened, sent, at=clock.now())
        except Conflict as conflict:
            return both(opened, page_id, request.form, conflict), 409
        problems += [*refused, *found]
    return _onwards(opened, problems)


@bp.post("/save")
@allow("signed_in")
def save(draft_id: str) -> Response:
    """Keep what is being typed, for a script that saves as one types: only the pages on which something changed."""
    opened = draft_opened(draft_id)
    draft = opened.draft
    for page_id in opened.form.pages:
        if page_id not in request.form.getlist("touched"):
            continue
        sent = as_sent(opened, page_id, request.form)
        draft = save_page.autosave(viewer(), opened, sent, at=clock.now())
    return jsonify(revision=draft.revision)


def _sent(opened: Filling, page_id: str) -> save_page.Posted:
    """Return one page of what was posted. A button for rows leaves the others unfinished, but never the screen."""
    sent = as_sent(opened, page_id, request.form)
    screen = opened.form.pages[page_id].kind == "safeguarding"
    return replace(sent, finished=True) if screen else sent


def _elsewhere(opened: Filling) -> ResponseReturnValue | None:
    """Lead to what was sent, or to the safeguarding page while nobody has answered it: nothing is asked before it."""
    if opened.draft.sent_as is not None:
        return to_what_was_sent(opened)
    first = opened.form.safeguarding_page()
    if first is not None and first.id in opened.missing:
        return redirect(url_for("filling.page", draft_id=opened.draft.id, page_id=first.id), 303)
    return None


def _onwards(opened: Filling, problems: Sequence[Problem]) -> ResponseReturnValue:
    draft_id = opened.draft.id
    if {"add", "remove", "undo"} & set(request.form):
        return redirect(url_for("whole.page", draft_id=draft_id, _anchor=_anchor(opened)), 303)
    if problems:
        return _shown(opened, problems), 422
    unasked = [page for page in opened.pages if page not in request.form.getlist("pages")]
    if unasked:
        return redirect(url_for("whole.page", draft_id=draft_id, more=1, _anchor=f"page-{unasked[0]}"), 303)
    return redirect(url_for("filling.check", draft_id=draft_id), 303)


def _anchor(opened: Filling) -> str:
    """Return where a person goes: to the row they added or put back, or to what says that a row was removed."""
    for button, place in (("undo", "row"), ("remove", "removed")):
        if button in request.form:
            return f"{place}-{request.form[button].partition(':')[2]}"
    group = request.form["add"]
    rows = opened.draft.answers.get(group) or ()
    return f"row-{rows[-1]['id']}" if rows else group


def _shown(opened: Filling, problems: Sequence[Problem]) -> str:
    files = {page: uploads.named(viewer(), opened.form, page, opened.draft.answers) for page in opened.form.pages}
    return render_template(
        "filling/whole.html",
        filling=opened,
        sheets=whole_form.sheets(opened, problems, files, language()),
        summary=[(target(opened.form, problem), problem.message) for problem in problems],
        conditions=whole_form.conditions_of(opened),
        writer=secrets.token_urlsafe(9),
        more="more" in request.args,
    )
