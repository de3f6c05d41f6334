"""One entry of a rule set on its page: its boxes, and for a row or a fact its condition, clause by clause.

Every button posts the whole form. Only “Save” keeps anything; the others show the page again with what was typed and
one thing more, so that nothing is lost on the way and no script is needed.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, Problem
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.services import edit_rules
from frontdoor.web import admin_rule_form, admin_rule_pages, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_rules import ask_why, keep_why, why
from frontdoor.web.errors import status_of
from frontdoor.web.languages import language


@bp.route("/changes/<change_id>/rules/<rule_set>/entry", methods=["GET", "POST"])
@allow("staff", "edit_change")
def rule_entry(change_id: str, rule_set: str) -> ResponseReturnValue:
    """Add or change an entry: `at` is its pointer, `in` the list that a new one goes into."""
    at = clock.now()
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=at)
    because = why(desk)
    if not because:
        return ask_why(change_id)
    form = admin_rule_form.of_request(desk)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST" and "save" in request.form:
        because = forms.text("because")
        try:
            place = _save(desk, form, because)
            keep_why(change_id, because)
            flash(_("Saved in the draft. Nothing is live until the change is published."))
            return redirect(_next(change_id, rule_set, place), 303)
        except (AnswersRejected, DocumentRejected) as refused:
            problems = refused.problems or (Problem("", refused.code, refused.message),)
            status = status_of(refused)
    page = render_template(
        "admin/rules/entry.html", desk=desk, change=desk.change, form=form, problems=problems, because=because,
        shown=form.shown(problems, language()),
    )  # fmt: skip
    return page, status


def _save(desk: edit_rules.Desk, form: admin_rule_form.Form, because: str) -> Place:
    place = form.place_to_save()
    edit_rules.save(
        viewer(), desk.change.id, desk.name, lambda now: form.saved(now, place), because,
        at=clock.now(), revision=forms.revision(), place=place,
    )  # fmt: skip
    return place


def _next(change_id: str, rule_set: str, place: Place) -> str:
    """Return where to go on: a new table goes to its page, an entry to the page that lists it."""
    if sort_of(place) == "table":
        return url_for("admin.rule_table", change_id=change_id, rule_set=rule_set, at=place[1])
    if sort_of(place) == "fact":
        return entry_address(change_id, rule_set, place) if "add" in request.form else _listed(place)
    return admin_rule_pages.address_beside(change_id, rule_set, place)


def _listed(place: Place) -> str:
    values = dict(request.view_args or {})
    return admin_rule_pages.address_beside(values["change_id"], values["rule_set"], place)


def entry_address(change_id: str, rule_set: str, place: Place) -> str:
    """Return the address of an entry's own page."""
    return url_for("admin.rule_entry", change_id=change_id, rule_set=rule_set, at=pointer(place))
