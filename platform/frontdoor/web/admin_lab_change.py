"""From the lab to a draft change: what was seen goes with it, then equality and data protection are looked at."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import change as changing
from frontdoor.services import change_screening, lab_change, lab_record
from frontdoor.services.lab import Waiting
from frontdoor.web import admin_lab_words, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import CONCERNED, bp
from frontdoor.web.admin_lab import bench_of, to_start, waiting
from frontdoor.web.lab_values import entered, named
from frontdoor.web.languages import language

QUESTIONS = {
    "groups": (
        lazy_gettext("Who could this touch more than others, for better or worse?"),
        lazy_gettext("Think of age, disability, sex, race, religion, pregnancy, and of families in poverty."),
    ),
    "evidence": (
        lazy_gettext("What do the numbers by group show, and what can they not show?"),
        lazy_gettext("They are below. Small groups are not told, and what no form asks for is not there."),
    ),
    "mitigation": (
        lazy_gettext("What will be done about an unfair effect?"),
        lazy_gettext("For example: look at the cases again after a term, or offer another service."),
    ),
    "equality": (lazy_gettext("What follows for equality?"), ""),
    "new_data": (
        lazy_gettext("Does it use personal data that was not used before, or use some for another purpose?"),
        "",
    ),
    "person_decides": (lazy_gettext("Does a person confirm each decision before it has an effect?"), ""),
    "dpia": (lazy_gettext("Does the data protection impact assessment cover it?"), ""),
    "notes": (lazy_gettext("Anything else (optional)"), ""),
}
OPTIONS = {
    "none_found": lazy_gettext("No adverse effect was found"),
    "watched": lazy_gettext("An effect is possible: it will be watched"),
    "full_assessment": lazy_gettext("A full equality impact assessment is done first"),
    "covered": lazy_gettext("Yes, as it stands"),
    "updated": lazy_gettext("Yes, it has been brought up to date for this"),
    "not_covered": lazy_gettext("No: ask the data protection officer first"),
    "yes": lazy_gettext("Yes"),
    "no": lazy_gettext("No"),
}
CHECKED = {
    "problems": lazy_gettext("Problems that the static checks found"),
    "examples_passed": lazy_gettext("Worked examples that passed"),
    "examples_failed": lazy_gettext("Worked examples that failed"),
    "past_decisions": lazy_gettext("Past decisions taken again"),
    "past_decisions_different": lazy_gettext("Of these, decided differently"),
    "proved_tables": lazy_gettext("Decision tables given to the solver"),
    "proof_findings": lazy_gettext("Findings of the solver"),
    "second_engine_answers": lazy_gettext("Answers compared with a second engine"),
    "second_engine_differences": lazy_gettext("Kinds of difference that it showed"),
}


@bp.route("/lab/<programme>/draft", methods=["GET", "POST"])
@allow("staff", "edit_change")
def lab_draft(programme: str) -> ResponseReturnValue:
    """Make a draft change of the values that were tried, with its title and its why."""
    if not named():
        return to_start(programme)
    bench = bench_of(programme)
    if isinstance(bench, Waiting):
        return waiting(bench, entered(bench.setup))
    tried = entered(bench)
    problems = tried.problems
    if request.method == "POST" and not problems:
        try:
            told = forms.text("title"), forms.text("because")
            made = lab_change.draft(viewer(), bench, tried.typed, told, at=clock.now())
            flash(_("It is a draft now. Nothing is live until the change is published."))
            return redirect(url_for("admin.change", change_id=made.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/lab/draft.html", bench=bench, entered=tried, problems=problems, words=admin_lab_words,
        title=forms.text("title"), because=forms.text("because"),
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.route("/changes/<change_id>/screening", methods=["GET", "POST"])
@allow("staff", "edit_change")
def lab_screening(change_id: str) -> ResponseReturnValue:
    """Ask what the change means for equality and for people's data."""
    change = changing.get(viewer(), change_id)
    answers = dict(change.screening.get("answers", {}))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        answers = {asked.id: forms.text(asked.id) for asked in change_screening.SCREENING}
        try:
            change_screening.screen(viewer(), change_id, answers, at=clock.now(), revision=forms.revision())
            flash(_("Kept with the change."))
            return redirect(url_for("admin.change", change_id=change_id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/lab/screening.html", change=change, answers=answers, problems=problems, asked=change_screening.SCREENING,
        questions=QUESTIONS, option_words=OPTIONS,
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.get("/changes/<change_id>/record")
@allow("staff", *CONCERNED)
def lab_record_page(change_id: str) -> str:
    """Show the algorithmic transparency record of a change."""
    found = lab_record.of(
        viewer(), change_id, at=clock.now(), language=language(), decision=request.args.get("decision", "")
    )
    return render_template(
        "admin/lab/record.html", record=found, change_id=change_id, questions=QUESTIONS, option_words=OPTIONS,
        checked_words=CHECKED,
    )  # fmt: skip


@bp.get("/changes/<change_id>/record.json")
@allow("staff", *CONCERNED)
def lab_record_json(change_id: str) -> ResponseReturnValue:
    """Give the same record as JSON."""
    found = lab_record.of(
        viewer(), change_id, at=clock.now(), language=language(), decision=request.args.get("decision", "")
    )
    return jsonify(found.to_json())


@bp.app_context_processor
def screening_words() -> dict[str, object]:
    """Give the page of a change the words of its screening."""
    return {"screening_questions": QUESTIONS, "screening_options": OPTIONS}
