"""A test family like a past case: by kind, for whoever may read no case."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.programme import Programme
from frontdoor.services import past_families, trying
from frontdoor.services.past_families import Kind
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.case_words import decision_title, outcome_tag


@bp.route("/changes/<change_id>/families/past", methods=["GET", "POST"])
@allow("staff", "edit_change")
def past_families_of(change_id: str) -> ResponseReturnValue:
    """Choose a kind of past case, and begin a trial with a made-up family like one of them."""
    problems: tuple[Problem, ...] = ()
    at = clock.now()
    if request.method == "POST":
        try:
            trial = past_families.like(viewer(), change_id, forms.text("kind"), at=at)
            return redirect(url_for("admin.trial_outcome", change_id=change_id, trial_id=trial.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    change, programme = trying.desk(viewer(), change_id, at=at)
    kinds = [(one.value, _in_words(programme, one)) for one in past_families.kinds(viewer(), change_id, at=at)]
    page = render_template(
        "admin/trials/past.html", change=change, problems=problems, kinds=kinds, chosen=forms.text("kind")
    )
    return page, 422 if problems else 200


def _in_words(programme: Programme, kind: Kind) -> str:
    month = format_date(date.fromisoformat(f"{kind.month}-01"), "MMMM yyyy") if kind.month else ""
    outcome = outcome_tag(programme, kind.code, kind.outcome.decision).words
    title = decision_title(programme, kind.code)
    told = _("%(title)s: %(outcome)s (%(reason)s), %(month)s", title=title, outcome=outcome, month=month,
             reason=kind.outcome.reason_code)  # fmt: skip
    return str(told)
