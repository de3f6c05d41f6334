"""What a source may say of a fact, on its page: bounds, options, a hint, and whether it may hold none."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem
from frontdoor.domain.rules.dialect import edits
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.verification import set_verification, verification_boxes
from frontdoor.services import change_edits, edit_rules
from frontdoor.services.edit_rules import Desk, Document
from frontdoor.web import admin_rule_pages, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_rule_entry import entry_address
from frontdoor.web.admin_rule_form import sent
from frontdoor.web.admin_rules import ask_why, why
from frontdoor.web.errors import status_of

Fields = Mapping[str, Sequence[str]]


@bp.route("/changes/<change_id>/rules/<rule_set>/checks", methods=["GET", "POST"])
@allow("staff", "edit_change")
def rule_checks(change_id: str, rule_set: str) -> ResponseReturnValue:
    """Say what a source may tell about a fact: its bounds, its options, whether it may hold none."""
    at = clock.now()
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=at)
    if not why(desk):
        return ask_why(change_id)
    place = admin_rule_pages.place_of(request.values.get("at", ""))
    problems: tuple[Problem, ...] = ()
    fields = _shown(desk, place)
    status = 200
    if request.method == "POST":
        fields = sent()
        try:
            edit_rules.save(
                viewer(), change_id, rule_set, lambda now: _with_checks(now.document, place, fields),
                change_edits.reasoned(why(desk)), at=at, revision=forms.revision(),
            )  # fmt: skip
            flash(_("Saved in the draft. Nothing is live until the change is published."))
            return redirect(entry_address(change_id, rule_set, place), 303)
        except (AnswersRejected, DocumentRejected) as refused:
            problems = refused.problems or (Problem("", refused.code, refused.message),)
            status = status_of(refused)
    page = render_template(
        "admin/rules/checks.html", desk=desk, change=desk.change, place=place, fields=fields, problems=problems,
        entry=desk.document["facts"][place[1]], at=pointer(place), rows=_facts_of_same_rows(desk, place),
    )  # fmt: skip
    return page, status


def _shown(desk: Desk, place: Place) -> Fields:
    """Return the boxes of what a source may say of a fact. Errors: `NotFound` for what is no fact."""
    if sort_of(place) != "fact":
        raise NotFound("There is no such part of the rules any more. Look at them as they are now.")
    return verification_boxes(edits.entry(desk.document, place))


def _with_checks(document: Document, place: Place, fields: Fields) -> Document:
    """Return the rule set with what a source may say of a fact; codes come one a line."""
    codes = [line for text in fields.get("codes", ()) for line in text.splitlines()]
    return set_verification(document, place, {**fields, "codes": [line.strip() for line in codes if line.strip()]})


def _facts_of_same_rows(desk: Desk, place: Place) -> list[str]:
    """Return the ids of facts about the same rows: of whom one says yes, nobody is asked the other."""
    facts = desk.document.get("facts", {})
    over = facts[place[1]].get("over")
    return [key for key, one in facts.items() if over and one.get("over") == over and key != place[1]]
