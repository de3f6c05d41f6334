"""What would come of a trial: every decision with its reasons, and keeping it as a test family."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.expected import PARTS, named
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.words import RowWords, explain
from frontdoor.services import trying
from frontdoor.services.trying import Came, Trying
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_trials import chosen_part, opened, parts, way
from frontdoor.web.case_words import Tag, decision_title, form_title, outcome_tag, role_label
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken

_HERE = "/changes/<change_id>/trial/<trial_id>"
_LONGEST = 200  # characters of an outcome
_NAMED = 12  # questions told by name; the rest are counted


@dataclass(frozen=True)
class Decided:
    """One decision as it would be, in words; `told` is what the person who is played would be told."""

    code: str
    title: str
    tag: Tag
    outcome: str
    told: str
    rows: list[RowWords]


@bp.get(f"{_HERE}/outcome")
@allow("staff", "edit_change")
def trial_outcome(change_id: str, trial_id: str) -> str:
    """Show what would be decided, what each form says, and what may be expected of it from now on."""
    return _page(opened(change_id, trial_id), ())


@bp.post(f"{_HERE}/keep")
@allow("staff", "edit_change")
def trial_keep(change_id: str, trial_id: str) -> ResponseReturnValue:
    """Keep it as a test family, with the expectations that are ticked."""
    tried = opened(change_id, trial_id)
    try:
        expected = _expected(tried, trying.came(tried))
        kept = (forms.text("label"), expected)
        trying.keep(viewer(), tried, kept, at=clock.now(), revision=forms.revision())
    except AnswersRejected as rejected:
        return _page(tried, rejected.problems), 422
    flash(_("Kept as a test family. It is tried at every check of the change."))
    return redirect(url_for("admin.test_families", change_id=change_id), 303)


@bp.post(f"{_HERE}/next")
@allow("staff", "edit_change")
def trial_next(change_id: str, trial_id: str) -> ResponseReturnValue:
    """Go on with another form for the same family."""
    tried = opened(change_id, trial_id)
    try:
        trying.go_on(viewer(), tried, chosen_part(forms.text("part")), at=clock.now())
    except AnswersRejected as rejected:
        return _page(tried, rejected.problems), 422
    return redirect(way(tried).to("resume"), 303)


@bp.post(f"{_HERE}/end")
@allow("staff", "edit_change")
def trial_end(change_id: str, trial_id: str) -> ResponseReturnValue:
    """Throw a trial away."""
    trying.end(viewer(), change_id, trial_id)
    flash(_("Thrown away. Nothing of it is left."))
    return redirect(url_for("admin.try_forms", change_id=change_id), 303)


def _page(tried: Trying, problems: tuple[Problem, ...]) -> str:
    came = trying.came(tried, language())
    posted = request.method == "POST"
    decisions = [_decided(tried, one) for one in came.receipts]
    offered = [*_offers(tried, came)]
    every = [value for value, _label, _hint in offered] + [f"decision:{one.code}" for one in decisions]
    return render_template(
        "admin/trials/outcome.html", tried=tried, trial=tried.trial, change=tried.change, way=way(tried),
        problems=problems, decisions=decisions, offers=offered, parts=parts(tried.programme),
        chosen=request.form.getlist("expect") if posted else _ticked(tried, every),
        outcomes={one.code: forms.text(f"outcome-{one.code}") if posted else one.outcome for one in decisions},
        label=forms.text("label") if posted else tried.trial.label, missing=tried.filling.missing,
        played=role_label(tried.programme, tried.trial.role) if tried.trial.role else "",
        like=_like(tried, came),
    )  # fmt: skip


def _decided(tried: Trying, receipt: Receipt) -> Decided:
    programme = tried.programme
    held = programme.roles.get(tried.trial.role)
    told = receipt.texts.get("referrer" if held and held.kind == "partner" else "staff", {})
    return Decided(
        code=receipt.code,
        title=decision_title(programme, receipt.code),
        tag=outcome_tag(programme, receipt.code, receipt.decision),
        outcome=receipt.outcome,
        told=spoken(told),
        rows=explain(programme.rules, receipt, language()),
    )


def _ticked(tried: Trying, every: list[str]) -> list[str]:
    """Return what is ticked at first: everything; of a family from a past case its decision, which is why it is here.

    Such a family has no names and no words, so what its pages say against it means little.
    """
    like = tried.trial.like.get("decision")
    return [f"decision:{like}"] if like else every


def _offers(tried: Trying, came: Came) -> Iterator[tuple[str, str, str]]:
    """Yield (value, label, which) of all that may be expected of the forms."""
    for form, found in came.seen.items():
        title = form_title(tried.programme, form)
        asked, held = tried.programme.forms[form], tried.trial.answers.get(form, {})
        for part in PARTS[:3]:
            places: tuple[str, ...] = getattr(found, part)
            names = [name for place in places if (name := named(asked, held, place, language()))]
            if names:
                yield f"{form}:{part}", _part_label(part, title, len(names)), _few(names)
        said = [*found.said.values()]
        label = _("%(form)s: no page says that anything is wrong", form=title)
        if said:
            label = ngettext(
                "%(form)s: this %(num)s message", "%(form)s: these %(num)s messages", len(said), form=title
            )
        yield f"{form}:errors", str(label), _few(said)


def _part_label(part: str, title: str, count: int) -> str:
    told = {
        "shown": ngettext("%(num)s question is shown", "%(num)s questions are shown", count),
        "hidden": ngettext("%(num)s question is not shown", "%(num)s questions are not shown", count),
        "required": ngettext("%(num)s question must be answered", "%(num)s questions must be answered", count),
    }
    return f"{title}: {told[part]}"


def _few(names: list[str]) -> str:
    told = " / ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return told if left <= 0 else f"{told} {ngettext('and %(num)s more', 'and %(num)s more', left)}"


def _expected(tried: Trying, came: Came) -> dict[str, Any]:
    """Return what is ticked, as a test family holds it; an outcome as it was confirmed or put right."""
    ticked = set(request.form.getlist("expect"))
    of_forms: dict[str, Any] = {}
    for form, found in came.seen.items():
        parts_held = {part: held for part, held in found.to_json().items() if f"{form}:{part}" in ticked}
        if parts_held:
            of_forms[form] = parts_held
    decisions: dict[str, str] = {}
    problems = []
    for one in came.receipts:
        if f"decision:{one.code}" in ticked:
            decisions[one.code] = forms.text(f"outcome-{one.code}")[:_LONGEST]
            if not decisions[one.code]:
                words = _("Enter what should come of it, or take the tick away")
                problems.append(Problem(f"/outcome-{one.code}", "required", words))
    if problems:
        raise AnswersRejected(_("Finish the expectations"), problems=problems)
    held: Mapping[str, Any] = {"forms": of_forms, "decisions": decisions}
    return {part: one for part, one in held.items() if one}


def _like(tried: Trying, came: Came) -> dict[str, Any]:
    """Return how a family that was made from a past case compares with it: what was decided there, and here."""
    like = tried.trial.like
    if not like:
        return {}
    now = next((f"{one.decision} / {one.reason_code}" for one in came.receipts if one.code == like["decision"]), "")
    return {"was": like["outcome"], "now": now, "same": now == like["outcome"]}
