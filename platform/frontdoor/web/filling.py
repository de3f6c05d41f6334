"""Filling in a form, for whoever may: page by page, without losing a word, with or without JavaScript."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, Problem
from frontdoor.domain.forms.display import display
from frontdoor.services import filling, save_page, uploads
from frontdoor.services.send import send as send_draft
from frontdoor.web import fields, held_page
from frontdoor.web.access import allow, viewer
from frontdoor.web.filling_page import Way, drawn, page_of, target
from frontdoor.web.languages import language
from frontdoor.web.open_draft import both, draft_opened, files_of, to_what_was_sent, way_of
from frontdoor.web.posting import as_sent, row_anchor, taken_in

bp = Blueprint("filling", __name__, url_prefix="/forms")


@bp.get("/<draft_id>")
@allow("signed_in")
def resume(draft_id: str) -> ResponseReturnValue:
    """Go to the first page that still has something to say, or to checking the answers."""
    opened = draft_opened(draft_id)
    if opened.draft.sent_as is not None:
        return to_what_was_sent(opened)
    opened = taken_in(viewer(), opened, at=clock.now())
    if opened.missing:
        return redirect(url_for("filling.page", draft_id=draft_id, page_id=opened.missing[0]))
    return redirect(url_for("filling.check", draft_id=draft_id))


@bp.get("/<draft_id>/<page_id>")
@allow("signed_in")
def page(draft_id: str, page_id: str) -> ResponseReturnValue:
    """Show one page with what was typed on it last, and what was wrong with it when it was posted last."""
    opened = draft_opened(draft_id, page_id)
    if opened.draft.sent_as is not None:
        return to_what_was_sent(opened)
    held = held_page.take()
    if held is not None:
        try:
            saved = save_page.autosave(viewer(), opened, as_sent(opened, page_id, held), at=clock.now())
        except Conflict as conflict:
            return both(opened, page_id, held, conflict), 409
        return shown(opened.with_draft(saved), page_id, (), back=True)
    return shown(opened, page_id, problems_to_show(opened, page_id))


@bp.post("/<draft_id>/<page_id>")
@allow("signed_in")
def post_page(draft_id: str, page_id: str) -> ResponseReturnValue:
    """Save a page: onwards when it is right, back to it with what to put right, or with another row."""
    opened = draft_opened(draft_id, page_id)
    opened, refused = save_page.attach(
        viewer(), opened, files_of(opened, page_id), request.form.getlist("forget"), at=clock.now()
    )
    sent = as_sent(opened, page_id, request.form)
    try:
        opened, problems = save_page.save_page(viewer(), opened, sent, at=clock.now())
    except Conflict as conflict:
        return both(opened, page_id, request.form, conflict), 409
    if not sent.finished:
        anchor = row_anchor(sent, request.form)
        again = url_for("filling.page", draft_id=draft_id, page_id=page_id, **on_the_way(), _anchor=anchor)
        return redirect(again, 303)
    new = newly_asked(opened, page_id)
    problems = [*refused, *(problem for problem in problems if target(opened.form, problem) not in new)]
    if problems:
        return shown(opened, page_id, problems), 422
    if new:
        return redirect(url_for("filling.page", draft_id=draft_id, page_id=page_id, more=1, **on_the_way()), 303)
    onwards = None if on_the_way() else opened.after(page_id)
    if onwards is None:
        return redirect(url_for("filling.check", draft_id=draft_id), 303)
    return redirect(url_for("filling.page", draft_id=draft_id, page_id=onwards), 303)


@bp.post("/<draft_id>/<page_id>/save")
@allow("signed_in")
def save(draft_id: str, page_id: str) -> Response:
    """Keep what is being typed, for a script that saves as one types; answers with the new revision."""
    opened = draft_opened(draft_id, page_id)
    saved = save_page.autosave(viewer(), opened, as_sent(opened, page_id, request.form), at=clock.now())
    return jsonify(revision=saved.revision)


@bp.get("/<draft_id>/check")
@allow("signed_in")
def check(draft_id: str) -> ResponseReturnValue:
    """Show every answer before it is sent."""
    opened = draft_opened(draft_id)
    return (
        to_what_was_sent(opened)
        if opened.draft.sent_as is not None
        else check_page(taken_in(viewer(), opened, at=clock.now()), ())
    )


@bp.post("/<draft_id>/send")
@allow("signed_in")
def send(draft_id: str) -> ResponseReturnValue:
    """Send the form; a second press leads to the same reference."""
    try:
        send_draft(viewer(), draft_id, at=clock.now())
    except AnswersRejected as rejected:
        return check_page(draft_opened(draft_id), rejected.problems), 422
    return to_what_was_sent(draft_opened(draft_id))


@bp.get("/<draft_id>/sent")
@allow("signed_in")
def sent(draft_id: str) -> str:
    """Thank the sender and give the reference; the same page for every family."""
    opened = draft_opened(draft_id)
    receipt = filling.acknowledgement(viewer(), opened.draft)
    return render_template("filling/sent.html", filling=opened, receipt=receipt)


@bp.get("/<draft_id>/discard")
@allow("signed_in")
def ask_to_discard(draft_id: str) -> ResponseReturnValue:
    """Ask whether a draft is really to be thrown away."""
    opened = draft_opened(draft_id)
    if opened.draft.sent_as is not None:
        return to_what_was_sent(opened)
    return render_template("filling/discard.html", filling=opened)


@bp.post("/<draft_id>/discard")
@allow("signed_in")
def discard(draft_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    filling.discard(viewer(), draft_id)
    return redirect(url_for("public.start"), 303)


@bp.get("/files/<file_id>")
@allow("signed_in")
def file(file_id: str) -> Response:
    """Give a file back to somebody who may read the draft or the form it came with; never shown inside a page."""
    found = uploads.read(viewer(), file_id, at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{found.safe_name}"', "Content-Security-Policy": "sandbox"}
    return Response(found.content, mimetype=found.media_type, headers=headers)


def shown(
    opened: filling.Filling, page_id: str, problems: Sequence[Problem], *, back: bool = False, way: Way | None = None
) -> str:
    """Return one page of the form as HTML; `back` when its words were held while somebody signed in."""
    files = uploads.named(viewer(), opened.form, page_id, opened.draft.answers) if way is None else {}
    return render_template(
        "filling/page.html",
        filling=opened,
        way=way or way_of(opened),
        page=opened.form.pages[page_id],
        shown=drawn(opened, page_id, problems, files, language()),
        writer=secrets.token_urlsafe(9),
        back=back,
        more="more" in request.args,
        **{"from": on_the_way().get("from")},
    )


def problems_to_show(opened: filling.Filling, page_id: str) -> list[Problem]:
    """Return the problems of a page that was posted before, or that is looked at on the way to sending."""
    kept = opened.draft.typed.get(page_id, {})
    was_wrong = bool(kept.get("fields")) and not kept.get("unposted")
    if request.args.get("more") or not (was_wrong or (on_the_way() and page_id in opened.missing)):
        return []
    return filling.problems_on(opened, page_id)


def newly_asked(opened: filling.Filling, page_id: str) -> set[str]:
    """Return the places that an answer made appear on this very page: without a script they were not asked yet."""
    form, answers = opened.form, opened.draft.answers
    found = fields.on_page(form, page_id, opened.shown, answers, language=language(), as_of=opened.as_of)
    return fields.places_shown(found) - set(request.form.getlist("shown"))


def check_page(opened: filling.Filling, problems: Sequence[Problem], way: Way | None = None) -> str:
    """Return every answer as HTML, before it is sent."""
    # Whoever fills it in may open the page that asks this, so nothing of it is kept back here.
    sections = display(opened.form, opened.draft.answers, language(), as_of=opened.as_of, confidential=True)
    links = [(page_of(opened.form, problem), target(opened.form, problem), problem.message) for problem in problems]
    return render_template(
        "filling/check.html", filling=opened, way=way or way_of(opened), sections=sections, problems=links
    )


def on_the_way() -> dict[str, Any]:
    """Return what an address carries while answers are being checked: saving leads back there."""
    return {"from": "check"} if request.args.get("from") == "check" else {}
