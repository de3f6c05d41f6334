"""The forms of a change: list, begin, one form with its pages and questions in order, arrange, take out, undo."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, FrontDoorError, Problem
from frontdoor.domain.forms.design import edits
from frontdoor.domain.forms.design.places import Place, entry
from frontdoor.domain.proposing import propose_id
from frontdoor.services import change_edits, edit_forms, form_advice
from frontdoor.services.desk import Document, Saving
from frontdoor.services.edit_forms import Desk
from frontdoor.web import admin_form_pages, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_rules import keep_why, said_why
from frontdoor.web.errors import status_of
from frontdoor.web.languages import LANGUAGES, language

_LONGEST_WHY = 500  # characters


@bp.get("/changes/<change_id>/forms")
@allow("staff", "edit_change")
def forms_to_edit(change_id: str) -> str:
    """List the forms of a change as they would be."""
    desk = edit_forms.opened(viewer(), change_id, at=clock.now())
    found = admin_form_pages.listed(desk, language())
    return render_template("admin/designer/forms.html", desk=desk, change=desk.change, why=why(desk), forms=found)


@bp.route("/changes/<change_id>/forms/why", methods=["GET", "POST"])
@allow("staff", "edit_change")
def forms_why(change_id: str) -> ResponseReturnValue:
    """Ask once why the forms are changed; it goes with every edit of this visit, until another why is given."""
    desk = edit_forms.opened(viewer(), change_id, at=clock.now())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            keep_why(change_id, change_edits.reasoned(forms.text("because")[:_LONGEST_WHY]))
            return redirect(_back(change_id, forms.text("next")), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/designer/why.html", change=desk.change, problems=problems, because=forms.text("because") or why(desk),
        next=request.values.get("next", ""),
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.route("/changes/<change_id>/forms/new", methods=["GET", "POST"])
@allow("staff", "edit_change")
def new_form(change_id: str) -> ResponseReturnValue:
    """Begin a form: with nothing, or as a copy of another."""
    at = clock.now()
    desk = edit_forms.opened(viewer(), change_id, at=at)
    if not why(desk):
        return ask_why(change_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        title = {code: forms.text(f"title.{code}") for code in LANGUAGES if forms.text(f"title.{code}")}
        saving = Saving(why(desk), at, forms.revision())
        try:
            _change, name = edit_forms.begin(viewer(), change_id, title, forms.text("copy_of"), saving)
            return redirect(url_for("admin.form_to_edit", change_id=change_id, form=name), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template("admin/designer/new.html", desk=desk, change=desk.change, problems=problems)
    return page, 422 if problems else 200


@bp.get("/changes/<change_id>/forms/<form>")
@allow("staff", "edit_change")
def form_to_edit(change_id: str, form: str) -> str:
    """Show a form: its pages in order with their questions in order; `words` shows those with such words alone."""
    return _form_page(edit_forms.opened(viewer(), change_id, form, at=clock.now()))


@bp.post("/changes/<change_id>/forms/<form>/arrange")
@allow("staff", "edit_change")
def arrange_form(change_id: str, form: str) -> ResponseReturnValue:
    """Move an entry up, down, to a position or to another page, or duplicate it."""
    at, place = clock.now(), admin_form_pages.place_of(forms.text("at"))
    desk = edit_forms.opened(viewer(), change_id, form, at=at)
    if not why(desk):
        return ask_why(change_id)
    entry(desk.document, place)
    asked = {name: forms.text(name) for name in ("do", "position", "page")}
    saving = Saving(why(desk), at, forms.revision(), place, desk.seen(place))
    try:
        edit_forms.save(viewer(), change_id, form, lambda now: _arranged(now, place, asked), saving)
    except (AnswersRejected, DocumentRejected) as refused:
        return _form_page(desk, _told(refused)), status_of(refused)
    return redirect(admin_form_pages.address_beside(change_id, form, place), 303)


@bp.route("/changes/<change_id>/forms/<form>/remove", methods=["GET", "POST"])
@allow("staff", "edit_change")
def remove_from_form(change_id: str, form: str) -> ResponseReturnValue:
    """Ask whether to take an entry out, with every place that uses it, and take it out."""
    at, place = clock.now(), admin_form_pages.place_of(request.values.get("at", ""))
    desk = edit_forms.opened(viewer(), change_id, form, at=at)
    if not why(desk):
        return ask_why(change_id)
    entry(desk.document, place)
    problems: Sequence[Problem] = ()
    status = 200
    if request.method == "POST":
        saving = Saving(why(desk), at, forms.revision(), place, forms.text("seen"))
        try:
            edit_forms.save(viewer(), change_id, form, lambda now: edit_forms.removed(now, place), saving)
            flash(_("Removed. “Undo the last step” brings it back."))
            return redirect(admin_form_pages.address_beside(change_id, form, place), 303)
        except (AnswersRejected, DocumentRejected) as refused:
            problems, status = _told(refused), status_of(refused)
    page = render_template(
        "admin/designer/remove.html", desk=desk, change=desk.change, problems=problems,
        found=admin_form_pages.removing(desk, place, language()),
    )  # fmt: skip
    return page, status


@bp.post("/changes/<change_id>/forms/<any(undo,redo):step>")
@allow("staff", "edit_change")
def step_in_forms(change_id: str, step: str) -> ResponseReturnValue:
    """Take the last step of editing back, or do again what was taken back."""
    take = change_edits.undo_last if step == "undo" else change_edits.redo
    take(viewer(), change_id, at=clock.now(), revision=forms.revision())
    flash(_("The last step is undone.") if step == "undo" else _("Done again."))
    return redirect(_back(change_id, forms.text("next")), 303)


def why(desk: Desk) -> str:
    """Return why this reader changes the forms: as they said on this visit, else as at their last edit; or `""`."""
    said = said_why(desk.change.id)
    mine = [one for one in desk.change.edits if one.by == viewer().account and one.pointer.startswith("/forms/")]
    return said or (mine[-1].because if mine else "")


def ask_why(change_id: str) -> ResponseReturnValue:
    """Ask for the why first, and come back to this page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("admin.forms_why", change_id=change_id, next=here), 303)


def _arranged(desk: Desk, place: Place, asked: dict[str, str]) -> Document:
    document, position = desk.document, asked["position"]
    match asked["do"]:
        case "up" | "down":
            return edits.move(document, place, asked["do"])
        case "position" if position.isascii() and position.isdigit() and len(position) < 4:
            return edits.move(document, place, max(int(position) - 1, 0))
        case "page" if asked["page"]:
            return edits.move_to_page(document, place, asked["page"])
        case "duplicate":
            beside = admin_form_pages.beside(document, place)
            return edits.duplicate(document, place, propose_id(place[-1], beside))
    words = "Enter a position, like 2"
    raise AnswersRejected(words, problems=[Problem("/position", "value", words)])


def _told(refused: FrontDoorError) -> list[Problem]:
    return [Problem("", one.code, one.message, one.file) for one in refused.problems] or [
        Problem("", "", refused.message)
    ]


def _form_page(desk: Desk, problems: Sequence[Problem] = ()) -> str:
    words = request.args.get("words", "")[:100]
    found = admin_form_pages.overview(desk, language(), words)
    return render_template(
        "admin/designer/form.html", desk=desk, change=desk.change, why=why(desk), problems=problems, found=found,
        words=words, advice=form_advice.by_entry(form_advice.advice_on(desk.tree, desk.name)),
    )  # fmt: skip


def _back(change_id: str, wanted: str) -> str:
    """Return the page of this change's forms that somebody came from; no address of elsewhere."""
    home = url_for("admin.forms_to_edit", change_id=change_id)
    inside = wanted == home or wanted.startswith((f"{home}/", f"{home}?"))
    return wanted if inside and "\\" not in wanted and wanted.isprintable() else home
