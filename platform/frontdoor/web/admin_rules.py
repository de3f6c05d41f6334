"""The rule sets of a change, and a decision table with its rows as sentences: list, begin, arrange, undo, do again."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, FrontDoorError, NotFound, Problem
from frontdoor.domain.proposing import propose_code, propose_id
from frontdoor.domain.rules.dialect import edits
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.services import change_edits, edit_rules
from frontdoor.services.edit_rules import Desk
from frontdoor.web import admin_rule_pages, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.errors import status_of
from frontdoor.web.languages import LANGUAGES, language

_WHY = "why_rules"
_LONGEST_WHY = 500  # characters


@bp.get("/changes/<change_id>/rules")
@allow("staff", "edit_change")
def rules(change_id: str) -> str:
    """List the rule sets of a change as they would be."""
    desk = edit_rules.opened(viewer(), change_id, at=clock.now())
    return render_template("admin/rules/sets.html", desk=desk, change=desk.change, why=why(desk))


@bp.route("/changes/<change_id>/rules/why", methods=["GET", "POST"])
@allow("staff", "edit_change")
def rules_why(change_id: str) -> ResponseReturnValue:
    """Ask once why the rules are changed; it goes with every edit of this visit, until another why is given."""
    desk = edit_rules.opened(viewer(), change_id, at=clock.now())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            keep_why(change_id, change_edits.reasoned(forms.text("because")[:_LONGEST_WHY]))
            return redirect(_back(change_id, forms.text("next")), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/rules/why.html", change=desk.change, problems=problems, because=forms.text("because") or why(desk),
        next=request.values.get("next", ""),
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.route("/changes/<change_id>/rules/new", methods=["GET", "POST"])
@allow("staff", "edit_change")
def new_rule_set(change_id: str) -> ResponseReturnValue:
    """Begin a rule set from nothing: it needs a title only."""
    at = clock.now()
    desk = edit_rules.opened(viewer(), change_id, at=at)
    if not why(desk):
        return ask_why(change_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        title = {code: forms.text(f"title.{code}") for code in LANGUAGES if forms.text(f"title.{code}")}
        try:
            _change, name = edit_rules.begin_rule_set(
                viewer(), change_id, title, why(desk), at=at, revision=forms.revision()
            )
            return redirect(url_for("admin.rule_set", change_id=change_id, rule_set=name), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template("admin/rules/new_set.html", desk=desk, change=desk.change, problems=problems)
    return page, 422 if problems else 200


@bp.get("/changes/<change_id>/rules/<rule_set>")
@allow("staff", "edit_change")
def rule_set(change_id: str, rule_set: str) -> str:
    """Show a rule set: its decision tables, its facts and its parameters, each in a sentence."""
    return _set_page(edit_rules.opened(viewer(), change_id, rule_set, at=clock.now()))


@bp.get("/changes/<change_id>/rules/<rule_set>/table")
@allow("staff", "edit_change")
def rule_table(change_id: str, rule_set: str) -> str:
    """Show one decision table: its rows in order as sentences, and what comes after the last."""
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=clock.now())
    return _table_page(desk, request.args.get("at", ""))


@bp.post("/changes/<change_id>/rules/<rule_set>/arrange")
@allow("staff", "edit_change")
def arrange_rules(change_id: str, rule_set: str) -> ResponseReturnValue:
    """Move an entry up, down or to a position, duplicate it, or take it out."""
    at, place = clock.now(), admin_rule_pages.place_of(forms.text("at"))
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=at)
    if not why(desk):
        return ask_why(change_id)
    do, position = forms.text("do"), forms.text("position")
    try:
        edit_rules.save(
            viewer(), change_id, rule_set, lambda now: _arranged(now, place, do, position), why(desk),
            at=at, revision=forms.revision(),
        )  # fmt: skip
    except (AnswersRejected, DocumentRejected) as refused:
        return _page_of(desk, place, refused), status_of(refused)
    if do == "remove":
        flash(_("Removed. “Undo the last step” brings it back."))
    return redirect(admin_rule_pages.address_beside(change_id, rule_set, place), 303)


@bp.post("/changes/<change_id>/rules/<any(undo,redo):step>")
@allow("staff", "edit_change")
def step_in_rules(change_id: str, step: str) -> ResponseReturnValue:
    """Take the last step of editing back, or do again what was taken back."""
    take = change_edits.undo_last if step == "undo" else change_edits.redo
    take(viewer(), change_id, at=clock.now(), revision=forms.revision())
    flash(_("The last step is undone.") if step == "undo" else _("Done again."))
    return redirect(_back(change_id, forms.text("next")), 303)


def why(desk: Desk) -> str:
    """Return why this reader changes the rules: as they said on this visit, else as at their last edit; or `""`."""
    said = said_why(desk.change.id)
    if said:
        return said
    mine = [one for one in desk.change.edits if one.by == viewer().account and one.pointer.startswith("/rules/")]
    return mine[-1].because if mine else ""


def said_why(change_id: str) -> str:
    """Return the why that was given on this visit, or `""`."""
    said = session.get(_WHY, {})
    return str(said["because"]) if said.get("change") == change_id else ""


def keep_why(change_id: str, because: str) -> None:
    """Remember a why for the edits that follow."""
    session[_WHY] = {"change": change_id, "because": because}


def ask_why(change_id: str) -> ResponseReturnValue:
    """Ask for the why first, and come back to this page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("admin.rules_why", change_id=change_id, next=here), 303)


def _arranged(desk: Desk, place: Place, do: str, position: str) -> edit_rules.Document:
    document = desk.document
    match do:
        case "up" | "down":
            return edits.move(document, place, do)
        case "position" if position.isascii() and position.isdigit() and len(position) < 4:
            return edits.move(document, place, max(int(position) - 1, 0))
        case "duplicate":
            beside = admin_rule_pages.beside(document, place)
            propose = propose_code if sort_of(place) in ("outcome", "table") else propose_id
            return edits.duplicate(document, place, propose(place[-1], beside))
        case "remove":
            return edits.remove(document, place, desk.users)
    words = "Enter a position, like 2"
    raise AnswersRejected(words, problems=[Problem("/position", "value", words)])


def _page_of(desk: Desk, place: Place, refused: FrontDoorError) -> str:
    problems = [Problem("", one.code, one.message) for one in refused.problems] or [Problem("", "", refused.message)]
    if place[:1] == ("decisions",) and len(place) > 2:
        return _table_page(desk, place[1], problems)
    return _set_page(desk, problems)


def _set_page(desk: Desk, problems: Sequence[Problem] = ()) -> str:
    found = admin_rule_pages.overview(desk, language())
    return render_template(
        "admin/rules/set.html", desk=desk, change=desk.change, why=why(desk), problems=problems, found=found
    )


def _table_page(desk: Desk, code: str, problems: Sequence[Problem] = ()) -> str:
    if code not in desk.document.get("decisions", {}):
        raise NotFound("There is no such decision table any more. Look at the rule set as it is now.")
    found = admin_rule_pages.table(desk, code, language())
    return render_template(
        "admin/rules/table.html", desk=desk, change=desk.change, why=why(desk), problems=problems, found=found
    )


def _back(change_id: str, wanted: str) -> str:
    """Return the page of this change's rules that somebody came from; no address of elsewhere."""
    home = url_for("admin.rules", change_id=change_id)
    inside = wanted == home or wanted.startswith((f"{home}/", f"{home}?"))
    return wanted if inside and "\\" not in wanted and wanted.isprintable() else home
