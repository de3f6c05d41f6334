"""Choosing a setting and giving it another value: within a change, or at once for words and contact numbers."""

from collections.abc import Iterable
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.services import change_edits, journey, preview, publish
from frontdoor.services.configurable import GROUPS, Setting
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.languages import language


@bp.get("/changes/<change_id>/settings")
@allow("staff", "edit_change")
def choose_setting(change_id: str) -> str:
    """List the settings of a group, or those that hold the words searched for."""
    words = request.args.get("q", "").strip()[:100]
    group = request.args.get("group", "" if words else "parameters")
    group = group if group in GROUPS else ""
    found = journey.choose(viewer(), change_id, group, words, at=clock.now(), language=language())
    return render_template("admin/settings.html", choosing=found, change=found.change, group=group, words=words)


@bp.route("/changes/<change_id>/edit", methods=["GET", "POST"])
@allow("staff", "edit_change")
def edit_setting(change_id: str) -> ResponseReturnValue:
    """Give one setting another value, with the why."""
    pointer = request.values.get("at", "")
    at = clock.now()
    change, setting = journey.setting(viewer(), change_id, pointer, at=at, language=language())
    earlier = next((edit for edit in change.edits if edit.pointer == pointer), None)
    value, because = (_as_typed(earlier.value), earlier.because) if earlier else (_as_typed(setting.value), "")
    problems: tuple[Problem, ...] = ()
    found: preview.Preview | None = None
    if request.method == "POST":
        value, because = typed(setting), forms.text("because")
        try:
            if request.form.get("show") == "yes":
                new = change_edits.read(change, pointer, value, at=at)
                found = preview.look(viewer(), change_id, at=at, language=language(), typed=(pointer, new))
            else:
                change_edits.edit(viewer(), change_id, (pointer, value, because), at=at, revision=forms.revision())
                flash(_("Noted in the draft. Nothing is live until the change is published."))
                return redirect(url_for("admin.change", change_id=change_id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/edit.html", change=change, setting=setting, value=value, because=because, problems=problems,
        pointer=pointer, found=found,
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.get("/changes/emergency/<programme>")
@allow("staff", "emergency_publish")
def emergency(programme: str) -> str:
    """List the words and contact numbers that may be published at once."""
    found = journey.at_once(viewer(), programme, at=clock.now(), language=language())
    groups = {name: _cards(one for one in found if one.group == name) for name in GROUPS}
    return render_template("admin/emergency.html", groups=groups, programme=programme)


@bp.route("/changes/emergency/<programme>/edit", methods=["GET", "POST"])
@allow("staff", "emergency_publish")
def emergency_edit(programme: str) -> ResponseReturnValue:
    """Publish one word or contact number at once; a second person reviews it within a working day."""
    pointer = request.values.get("at", "")
    at = clock.now()
    found = journey.at_once(viewer(), programme, at=at, language=language())
    setting = next((one for one in found if one.pointer == pointer), None)
    if setting is None:
        raise NotFound(_("That cannot be published at once. Choose a word or number of those listed."))
    value, because = _as_typed(setting.value), ""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        value, because = typed(setting), forms.text("because")
        try:
            done = publish.emergency(viewer(), programme, (pointer, value, because), at=at)
            flash(_("Published at once. Somebody else reviews it within a working day."))
            return redirect(url_for("admin.change", change_id=done.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    others = [one for card in _cards(found) if setting in card for one in card if one is not setting]
    page = render_template(
        "admin/emergency_edit.html", setting=setting, value=value, because=because, problems=problems,
        pointer=pointer, programme=programme, others=others,
    )  # fmt: skip
    return page, 422 if problems else 200


def _cards(found: Iterable[Setting]) -> list[list[Setting]]:
    """Return settings with the texts of one thing together, in each of its languages."""

    def stem(setting: Setting) -> str:
        return setting.pointer.rpartition("/")[0] if setting.language else setting.pointer

    return [list(card) for _stem, card in groupby(found, key=stem)]


def typed(setting: Setting) -> str:
    """Return what was posted for a setting; several choices come one a line."""
    if setting.kind == "choices":
        return "\n".join(request.form.getlist("value"))
    return request.form.get("value", "")


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
