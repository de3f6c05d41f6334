"""One entry of a form on its page: its boxes, its options, and what people will get, drawn as one types.

Only “Save” keeps anything in the draft; every other button shows the page again with what was typed. A script keeps
what is being typed as well, for whoever comes back after a time-out.
"""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, DocumentRejected, Problem
from frontdoor.domain.forms.design import options
from frontdoor.domain.forms.design.places import Place, sort_of
from frontdoor.services import edit_forms, form_advice, keep_typing
from frontdoor.services.desk import Saving
from frontdoor.services.edit_forms import Desk
from frontdoor.web import admin_form_boxes, admin_form_pages, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_form_conflict import conflict_page
from frontdoor.web.admin_form_preview import palette, preview
from frontdoor.web.admin_form_state import Editor, of_request
from frontdoor.web.admin_forms import ask_why, why
from frontdoor.web.admin_rules import keep_why
from frontdoor.web.errors import status_of
from frontdoor.web.languages import language


@bp.get("/changes/<change_id>/forms/<form>/add")
@allow("staff", "edit_change")
def form_palette(change_id: str, form: str) -> str:
    """Choose the type of a new question, each shown as it will look; `page` or `group` says where it goes."""
    desk = edit_forms.opened(viewer(), change_id, form, at=clock.now())
    group = request.args.get("group", "")
    place: Place = ("questions", group) if group else ("pages", request.args.get("page", ""))
    return render_template(
        "admin/designer/palette.html", desk=desk, change=desk.change, palette=palette(desk), group=group,
        into=admin_form_pages.shown(desk, place, language()), links=admin_form_pages.links(desk),
    )  # fmt: skip


@bp.route("/changes/<change_id>/forms/<form>/entry", methods=["GET", "POST"])
@allow("staff", "edit_change")
def form_entry(change_id: str, form: str) -> ResponseReturnValue:
    """Add or change an entry: `at` is its pointer (none is the form's own), `in` the list that a new one goes into."""
    desk = edit_forms.opened(viewer(), change_id, form, at=clock.now())
    because = why(desk)
    if not because:
        return ask_why(change_id)
    editor = of_request(desk)
    if request.method == "POST" and "forget" in request.form:
        keep_typing.forget(viewer(), change_id, editor.where)
        return redirect(request.full_path.rstrip("?"), 303)
    if request.method == "POST" and "save" in request.form:
        return _saved(editor, forms.text("because") or because)
    return _page(editor, because)


@bp.post("/changes/<change_id>/forms/<form>/options")
@allow("staff", "edit_change")
def form_options(change_id: str, form: str) -> ResponseReturnValue:
    """Add many options at once, one from each line."""
    at, place = clock.now(), admin_form_pages.place_of(forms.text("at"))
    desk = edit_forms.opened(viewer(), change_id, form, at=at)
    saving = Saving(why(desk), at, forms.revision(), place, desk.seen(place))
    try:
        edit_forms.save(
            viewer(), change_id, form, lambda now: options.pasted(now.document, place, forms.text("paste")), saving
        )
    except AnswersRejected as refused:
        return _page(of_request(desk), why(desk), refused.problems), 422
    return redirect(f"{_entry(change_id, form, at=forms.text('at'))}#options", 303)


@bp.post("/changes/<change_id>/forms/<form>/typed")
@allow("staff", "edit_change")
def form_typed(change_id: str, form: str) -> Response:
    """Keep what is being typed, for a script that saves as one types."""
    editor = of_request(edit_forms.opened(viewer(), change_id, form, at=clock.now()))
    keep_typing.keep(viewer(), change_id, editor.where, editor.fields, at=clock.now())
    return jsonify(revision=forms.revision())


def _saved(editor: Editor, because: str) -> ResponseReturnValue:
    desk, place = editor.desk, editor.place
    try:
        place = editor.place_to_save()
        saving = Saving(because, clock.now(), forms.revision(), place, "" if editor.new else editor.seen)
        edit_forms.save(viewer(), desk.change.id, desk.name, lambda now: editor.saved(now, place), saving)
    except (AnswersRejected, DocumentRejected) as refused:
        problems = refused.problems or (Problem("", refused.code, refused.message),)
        return _page(editor, because, problems), status_of(refused)
    except Conflict as overtaken:
        if editor.new or not isinstance(overtaken.theirs, dict):
            raise
        return conflict_page(editor, overtaken.theirs), status_of(overtaken)
    keep_typing.forget(viewer(), desk.change.id, editor.where)
    keep_why(desk.change.id, because)
    flash(_("Saved in the draft. Nothing is live until the change is published."))
    return redirect(_next(desk, editor, place), 303)


def _next(desk: Desk, editor: Editor, place: Place) -> str:
    """Return where to go on: another of the same list, the options of a new question, or where the entry stands."""
    if forms.text("save") == "another" and sort_of(place) == "question":
        group, page = (place[1], None) if len(place) == 4 else (None, editor.page)
        return url_for("admin.form_palette", change_id=desk.change.id, form=desk.name, group=group, page=page)
    if forms.text("save") == "another":
        return _entry(desk.change.id, desk.name, **{"in": editor.at})
    return admin_form_pages.address_beside(desk.change.id, desk.name, place)


def _entry(change_id: str, form: str, **values: Any) -> str:
    return url_for("admin.form_entry", change_id=change_id, form=form, **values)


def _page(editor: Editor, because: str, problems: Sequence[Problem] = ()) -> str:
    desk = editor.desk
    typed = keep_typing.kept(viewer(), desk.change.id, editor.where) if request.method == "GET" else None
    if typed:
        editor = Editor(
            desk, editor.place, editor.new, editor.held, typed.fields, "".join(typed.fields.get("seen", ()))
        )
    sorted_out = not editor.new and editor.sort == "question"
    return render_template(
        "admin/designer/entry.html", desk=desk, change=desk.change, editor=editor, problems=problems, because=because,
        boxes=admin_form_boxes.shown(desk, editor.place, editor.held, editor.fields, language()), typed=typed,
        preview=preview(editor), entry=None if editor.new else admin_form_pages.shown(desk, editor.place, language()),
        options=admin_form_pages.options_told(desk, editor.place, language()) if sorted_out else (),
        uses=admin_form_pages.told(desk, desk.uses(editor.place), language()) if sorted_out else (),
        errors=forms.errors(problems), links=admin_form_pages.links(desk),
        advice=form_advice.by_entry(form_advice.advice_on(desk.tree, desk.name)).get(editor.at, ()),
    )  # fmt: skip
