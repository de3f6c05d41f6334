"""The named conditions of a form in a change: each as a sentence, where it is used, and its own page to write it.

Every button of a condition's page posts the whole form, as on the pages of the rules: no script is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from frontdoor import clock
from frontdoor.domain.canonical import Path, pointer
from frontdoor.domain.designs.conditions import Use, condition, remove, uses
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, Problem
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.text import say
from frontdoor.services import edit_conditions
from frontdoor.services.edit_conditions import Design
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_form_condition_entry import Entry, errors_of, of_request
from frontdoor.web.admin_rules import keep_why, said_why
from frontdoor.web.errors import status_of
from frontdoor.web.languages import LANGUAGES, language

HOW_USED = {
    ("page", "shown"): lazy_gettext("The page is shown when this holds"),
    ("question", "shown"): lazy_gettext("It is asked when this holds"),
    ("question", "required"): lazy_gettext("It must be answered when this holds"),
    ("condition", "read"): lazy_gettext("This condition is built on it"),
}


@dataclass(frozen=True)
class Shown:
    """One condition on the page: `told` its sentence, `published` whether other systems can check it too."""

    at: str
    key: str
    label: str
    told: str
    advanced: bool
    published: bool
    used: tuple[Use, ...]

    @property
    def anchor(self) -> str:
        """Return the id of the condition on its page."""
        return f"condition-{self.at.strip('/').replace('/', '-').replace('_', '-')}"


@dataclass(frozen=True)
class Section:
    """The conditions of the whole form (`group` is `""`), or of the rows of one repeating group."""

    group: str
    title: str
    conditions: tuple[Shown, ...]


@bp.get("/changes/<change_id>/forms/<form>/conditions")
@allow("staff", "edit_change")
def form_conditions(change_id: str, form: str) -> str:
    """List the named conditions of a form: what each says, where it is used, whether other systems can check it."""
    design = edit_conditions.opened(viewer(), change_id, form, at=clock.now())
    return render_template(
        "admin/forms/conditions.html", design=design, change=design.change, sections=_sections(design), how=HOW_USED
    )


@bp.route("/changes/<change_id>/forms/<form>/conditions/entry", methods=["GET", "POST"])
@allow("staff", "edit_change")
def form_condition(change_id: str, form: str) -> ResponseReturnValue:
    """Write or change a condition: `at` is its pointer; `rows` the group that a new one is of, or nothing."""
    design = edit_conditions.opened(viewer(), change_id, form, at=clock.now())
    because = forms.text("because") or said_why(change_id)
    entry = of_request(design)
    problems: Sequence[Problem] = ()
    status = 200
    if request.method == "POST" and ("save" in request.form or "remove" in request.form):
        try:
            place = _removed(entry, because) if "remove" in request.form else _saved(entry, because)
            keep_why(change_id, because)
            flash(_("Saved in the draft. Nothing is live until the change is published."))
            return redirect(_listed(change_id, form, place), 303)
        except (AnswersRejected, DocumentRejected) as refused:
            problems = refused.problems or (Problem("", refused.code, refused.message),)
            status = status_of(refused)
    page = render_template(
        "admin/forms/condition.html", design=design, change=design.change, entry=entry, problems=problems,
        because=because, errors=errors_of(problems), languages=LANGUAGES, how=HOW_USED,
        shown=None if entry.new else _shown(design, entry.place),
    )  # fmt: skip
    return page, status


def _saved(entry: Entry, because: str) -> Path:
    place, label = entry.to_save()
    _keep(entry, lambda now: entry.saved(now, place, label), because)
    return place


def _removed(entry: Entry, because: str) -> Path:
    _keep(entry, lambda now: remove(now.document, entry.place), because)
    return entry.place


def _keep(entry: Entry, act: edit_conditions.Act, because: str) -> None:
    change = entry.design.change
    edit_conditions.save(
        viewer(), change.id if change else "", entry.design.name, act, because, at=clock.now(),
        revision=forms.revision(),
    )  # fmt: skip


def _sections(design: Design) -> list[Section]:
    of = edit_conditions.conditions_of(design)
    groups = {"": "", **{one.id: say(one.label, language()) for one in design.form.groups()}}
    return [
        Section(group, title, tuple(_shown(design, place) for place in of.get(group, ())))
        for group, title in groups.items()
    ]


def _shown(design: Design, place: Path) -> Shown:
    held = condition(design.document, place)
    rule = read(held.get("logic"))
    return Shown(
        pointer(place),
        place[-1],
        say(held.get("label"), language()) or place[-1],
        sentence(rule, design.names(place), language()),
        isinstance(rule, tree.Advanced),
        design.in_schema(place),
        uses(design.document, place),
    )


def _listed(change_id: str, form: str, place: Path) -> str:
    anchor = Shown(pointer(place), "", "", "", False, False, ()).anchor
    return f"{url_for('admin.form_conditions', change_id=change_id, form=form)}#{anchor}"
