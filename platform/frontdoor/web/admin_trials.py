"""Test mode: a form of the draft, filled in as somebody, page by page as people get it. Nothing of it is kept."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, Problem
from frontdoor.domain.programme import Programme
from frontdoor.domain.trial import Given, Trial
from frontdoor.services import keep_family, trying
from frontdoor.services.trying import Part, Purpose, Trying
from frontdoor.web import filling, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.case_words import form_title, role_label
from frontdoor.web.filling_page import Way, target
from frontdoor.web.languages import language
from frontdoor.web.open_draft import both
from frontdoor.web.pages import look_like
from frontdoor.web.posting import as_sent, row_anchor

_HERE = "/changes/<change_id>/trial/<trial_id>"


@bp.route("/changes/<change_id>/try", methods=["GET", "POST"])
@allow("staff", "edit_change")
def try_forms(change_id: str) -> ResponseReturnValue:
    """Choose a form of the draft and whom to play, and begin; `table` is the "rule_set/CODE" that asked for it."""
    return _begin(change_id, "")


@bp.get("/changes/<change_id>/try/<form>")
@allow("staff", "edit_change")
def try_form(change_id: str, form: str) -> ResponseReturnValue:
    """Choose whom to play in one form of the draft: where the pages that design it lead."""
    return _begin(change_id, form)


@bp.get(_HERE)
@allow("staff", "edit_change")
def trial_resume(change_id: str, trial_id: str) -> ResponseReturnValue:
    """Go on with a trial: to its first page that is not done, or to its answers."""
    tried = opened(change_id, trial_id)
    missing = tried.filling.missing
    to = way(tried).to("page", page_id=missing[0]) if missing else way(tried).to("check")
    return redirect(to)


@bp.get(f"{_HERE}/page/<page_id>")
@allow("staff", "edit_change")
def trial_page(change_id: str, trial_id: str, page_id: str) -> str:
    """Show one page as its reader would get it."""
    tried = opened(change_id, trial_id, page_id)
    problems = filling.problems_to_show(tried.filling, page_id)
    return filling.shown(tried.filling, page_id, problems, way=way(tried))


@bp.post(f"{_HERE}/page/<page_id>")
@allow("staff", "edit_change")
def trial_post_page(change_id: str, trial_id: str, page_id: str) -> ResponseReturnValue:
    """Take a page in: onwards when it is right, back to it with what to put right. Files are passed over."""
    tried = opened(change_id, trial_id, page_id)
    sent = as_sent(tried.filling, page_id, request.form)
    try:
        tried, problems = trying.post(viewer(), tried, sent, at=clock.now())
    except Conflict as conflict:
        return both(tried.filling, page_id, request.form, conflict, way(tried)), 409
    here = way(tried)
    if not sent.finished:
        anchor = row_anchor(sent, request.form)
        return redirect(here.to("page", page_id=page_id, **filling.on_the_way(), _anchor=anchor), 303)
    new = filling.newly_asked(tried.filling, page_id)
    problems = [problem for problem in problems if target(tried.filling.form, problem) not in new]
    if problems:
        return filling.shown(tried.filling, page_id, problems, way=here), 422
    if new:
        return redirect(here.to("page", page_id=page_id, more=1, **filling.on_the_way()), 303)
    onwards = None if filling.on_the_way() else tried.filling.after(page_id)
    return redirect(here.to("check") if onwards is None else here.to("page", page_id=onwards), 303)


@bp.get(f"{_HERE}/check")
@allow("staff", "edit_change")
def trial_check(change_id: str, trial_id: str) -> str:
    """Show every answer, as before it would be sent."""
    tried = opened(change_id, trial_id)
    return filling.check_page(tried.filling, (), way(tried))


def opened(change_id: str, trial_id: str, page_id: str | None = None) -> Trying:
    """Return the reader's own trial, its page with the looks of the draft."""
    tried = trying.opened(viewer(), change_id, trial_id, at=clock.now(), language=language())
    if page_id is not None and page_id not in tried.filling.form.pages:
        raise NotFound(_("There is no such page in this form. Go back to the list of what you are filling in."))
    look_like(tried.programme)
    return tried


def way(tried: Trying) -> Way:
    """Return where the pages of a trial stand."""
    return Way("admin.trial_", {"change_id": tried.change.id, "trial_id": tried.trial.id}, tried.trial)


def parts(programme: Programme, form: str = "") -> list[tuple[str, str, str]]:
    """Return (value, label, "") of each form and whoever gets it, for the list to choose from."""
    return [(f"{one.form}/{one.role}", _part_in_words(programme, one), "") for one in trying.parts(programme, form)]


def chosen_part(value: str) -> Part:
    """Return what was chosen of `parts`."""
    form, _slash, role = value.partition("/")
    return Part(form, role)


def _part_in_words(programme: Programme, part: Part) -> str:
    title = form_title(programme, part.form)
    if not part.role:
        return str(_("%(form)s, as nobody in particular", form=title))
    return str(_("%(form)s, as %(role)s", form=title, role=role_label(programme, part.role)))


def _begin(change_id: str, form: str) -> ResponseReturnValue:
    at = clock.now()
    change, programme = trying.desk(viewer(), change_id, at=at)
    form = str(programme.tree["forms"].get(form, {}).get("id", form))  # the designer's pages name its document
    if form and form not in programme.forms:
        raise NotFound(_("There is no such form in this draft. Choose one of those listed."))
    offered = parts(programme, form)
    today = programme.calendar.local_date(at)
    family = keep_family.held_in(change, at=at).get(request.values.get("family", ""))
    base = Given.from_json(family["given"]["value"]) if family else Given(today)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _begun(change_id, base, family)
        except AnswersRejected as rejected:
            problems = rejected.problems
    held = offered[0][0] if len(offered) == 1 else f"{next(iter(base.answers), '')}/{base.role}" if family else ""
    page = render_template(
        "admin/trials/begin.html", change=change, problems=problems, parts=offered, form=form,
        chosen=forms.text("part") or held, day=forms.day_parts("as_of") if request.method == "POST" else _boxes(base),
        mine=[(one, _trial_in_words(programme, one)) for one in trying.mine(viewer(), change_id, at=at)],
        family=request.values.get("family", "") if family else "", label=family["label"]["en"] if family else "",
        table=request.values.get("table", "")[:130],
    )  # fmt: skip
    return page, 422 if problems else 200


def _begun(change_id: str, base: Given, family: Any) -> ResponseReturnValue:
    day = forms.day("as_of")
    if day is None:
        problem = Problem("/as_of", "required", _("Enter the day on which it comes, like 23 11 2026"))
        raise AnswersRejected(_("Enter a day"), problems=[problem])
    given = Given(day, base.answers, base.role, base.known, base.evidence)
    key, label = (forms.text("family"), family["label"]["en"]) if family else ("", "")
    purpose = Purpose(given, key, label, forms.text("table")[:130])
    trial = trying.begin(viewer(), change_id, chosen_part(forms.text("part")), purpose, at=clock.now())
    return redirect(url_for("admin.trial_resume", change_id=change_id, trial_id=trial.id), 303)


def _boxes(given: Given) -> dict[str, str]:
    day: date = given.as_of
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _trial_in_words(programme: Programme, trial: Trial) -> str:
    return trial.label or _part_in_words(programme, Part(trial.form, trial.role))
