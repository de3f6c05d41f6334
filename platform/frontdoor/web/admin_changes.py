"""The journey of a change, page by page: list, begin, check, submit, approve, publish, review."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, Conflict, DocumentRejected, FrontDoorError, Problem
from frontdoor.services import change as changing
from frontdoor.services import change_edits, change_proofs, journey, programmes, publish
from frontdoor.services.second_opinion_classes import CLASSES
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import CONCERNED, bp
from frontdoor.web.errors import status_of
from frontdoor.web.languages import language


@bp.get("/changes")
@allow("staff", *CONCERNED)
def changes() -> str:
    """List what waits for the reader, what is open, what is to be reviewed, and what is done."""
    everything = changing.all_of(viewer())
    here = viewer()
    theirs = [one for one in everything if one.state == "submitted" and _may_approve(one, here.account)]
    return render_template(
        "admin/changes.html",
        running=programmes.running(here.authority, clock.now()),
        waiting=theirs if here.may("approve_change") else [],
        opened=[one for one in everything if one.is_open],
        reviews=[one for one in everything if one.to_review],
        done=[one for one in everything if not one.is_open][:30],
    )


@bp.route("/changes/new", methods=["GET", "POST"])
@allow("staff", "edit_change")
def new_change() -> ResponseReturnValue:
    """Begin a change: for which programme, and on whose decision."""
    running = programmes.running(viewer().authority, clock.now())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            begun = changing.begin(viewer(), forms.text("programme"), forms.text("title"), at=clock.now())
            return redirect(url_for("admin.change", change_id=begun.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/new_change.html", running=running, problems=problems, title=forms.text("title"),
        chosen=forms.text("programme") or request.args.get("programme", ""),
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.get("/changes/<change_id>")
@allow("staff", *CONCERNED)
def change(change_id: str) -> str:
    """Show one change: its edits, what stands against it, its history, and what may be done next."""
    return _page(change_id)


@bp.post("/changes/<change_id>/<any(check,approve,publish,publish_alone,withdraw,review):step>")
@allow("staff", *CONCERNED)
def take_step(change_id: str, step: str) -> ResponseReturnValue:
    """Take a step that asks nothing more of the reader; each service asks for its own permission."""
    steps = {
        "check": (changing.check, ""),  # the page begins with what was found
        "approve": (changing.approve, _("Approved. It can be published now.")),
        "publish": (changing.publish_change, _("Published.")),
        "publish_alone": (changing.publish_alone, _("Published without a second person. This is shown from now on.")),
        "withdraw": (changing.withdraw, _("Given up. It stays in the list.")),
        "review": (publish.review, _("Reviewed.")),
    }
    take, told = steps[step]
    try:
        take(viewer(), change_id, at=clock.now(), revision=forms.revision())
    except (Conflict, DocumentRejected) as refused:
        return _page(change_id, refused=refused), status_of(refused)
    if told:
        flash(told)
    return redirect(url_for("admin.change", change_id=change_id), 303)


@bp.post("/changes/<change_id>/undo")
@allow("staff", "edit_change")
def undo_edit(change_id: str) -> ResponseReturnValue:
    """Take one edit out again."""
    change_edits.undo(viewer(), change_id, forms.text("pointer"), at=clock.now(), revision=forms.revision())
    flash(_("That edit is taken out."))
    return redirect(url_for("admin.change", change_id=change_id), 303)


@bp.post("/changes/<change_id>/settle")
@allow("staff", "edit_change")
def settle(change_id: str) -> ResponseReturnValue:
    """Choose between the authority's own value and a release's."""
    keep = forms.text("keep")
    if keep not in ("mine", "theirs"):
        abort(400)
    change_edits.settle(
        viewer(), change_id, forms.text("pointer"), keep=keep == "mine", at=clock.now(), revision=forms.revision()
    )
    return redirect(url_for("admin.change", change_id=change_id), 303)


@bp.route("/changes/<change_id>/submit", methods=["GET", "POST"])
@allow("staff", "edit_change")
def submit_change(change_id: str) -> ResponseReturnValue:
    """Ask from when the change should be live, and submit it for approval."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            on = forms.day("from") if forms.text("when") == "day" else None
            if on is None and forms.text("when") != "approved":
                message = _("Enter a day, like 1 4 2027") if forms.text("when") else _("Select when it should be live")
                problems = (Problem("/from" if forms.text("when") else "/when", "required", message),)
            else:
                seen = frozenset(request.form.getlist("acknowledged"))
                changing.submit(
                    viewer(), change_id, on=on, at=clock.now(), revision=forms.revision(), acknowledged=seen
                )
                flash(_("Submitted. Somebody else has to approve it."))
                return redirect(url_for("admin.change", change_id=change_id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/submit_change.html", change=changing.get(viewer(), change_id), problems=problems,
        when=forms.text("when"), parts=forms.day_parts("from"), classes=CLASSES,
        acknowledged=request.form.getlist("acknowledged"),
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.route("/changes/<change_id>/send-back", methods=["GET", "POST"])
@allow("staff", "approve_change")
def send_back(change_id: str) -> ResponseReturnValue:
    """Return a submitted change to its editors, with what should be different."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            changing.send_back(viewer(), change_id, forms.text("why"), at=clock.now(), revision=forms.revision())
            flash(_("Sent back."))
            return redirect(url_for("admin.change", change_id=change_id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/send_back.html", change=changing.get(viewer(), change_id), problems=problems, why=forms.text("why")
    )
    return page, 422 if problems else 200


def _page(change_id: str, *, refused: FrontDoorError | None = None) -> str:
    found = journey.of(viewer(), change_id, at=clock.now(), language=language())
    return render_template(
        "admin/change.html", journey=found, change=found.change, refused=refused, classes=CLASSES,
        proof=change_proofs.progress(found.change),
    )  # fmt: skip


def _may_approve(one: Change, account: str) -> bool:
    return account not in one.editors and account != one.submitted_by
