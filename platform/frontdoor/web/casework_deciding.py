"""Deciding on a case: confirm what is proposed, decide otherwise, decide on what is known, countersign."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, Problem, WrongState
from frontdoor.services import casefile, verify
from frontdoor.services import confirm as deciding
from frontdoor.services.casefile import CaseFile, Decided
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.case_page import decision_lines
from frontdoor.web.case_words import decision_title, outcome_tag, stage_label
from frontdoor.web.casework_clash import Meant, clash, typed
from frontdoor.web.pages import look_like, spoken


@allow("staff", "confirm_decision")
def confirm(reference: str, code: str) -> ResponseReturnValue:
    """Say what confirming will do; confirm."""
    at = clock.now()
    if request.method == "GET":
        return _page("confirm", reference, code)
    try:
        after = deciding.confirm(viewer(), reference, code, at=at, revision=forms.revision())
    except (Conflict, WrongState) as stale:
        file, decided = casefile.open_decision(viewer(), reference, code, at=at)
        words = _("Confirm: %(title)s", title=decision_title(file.programme, code))
        now = outcome_tag(file.programme, code, decided.state.proposed.decision).words
        meant = Meant(words, [(_("The rules propose now"), now)], _("Confirm “%(outcome)s”", outcome=now))
        return clash(file, stale, meant)
    lowering = after.decision(code).lowering
    asked = _("A safeguarding outcome was proposed before. A second manager has been asked to agree to lower it.")
    flash(asked if lowering else _("Confirmed."))
    return _back(reference)


@allow("staff", "override_decision")
def override(reference: str, code: str) -> ResponseReturnValue:
    """Ask for another outcome and the reason; record both."""
    at = clock.now()
    if request.method == "GET":
        return _page("override", reference, code)
    other = deciding.Otherwise(forms.text("decision"), forms.text("reason"))
    try:
        after = deciding.override(viewer(), reference, code, other, at=at, revision=forms.revision())
    except AnswersRejected as rejected:
        return _page("override", reference, code, rejected.problems), 422
    except (Conflict, WrongState) as stale:
        file, _decided = casefile.open_decision(viewer(), reference, code, at=at)
        wished = outcome_tag(file.programme, code, other.decision).words
        words = _("Decide otherwise: %(title)s", title=decision_title(file.programme, code))
        told = [(_("Outcome"), wished), (_("Your reason"), typed("reason"))]
        return clash(file, stale, Meant(words, told, _("Decide “%(outcome)s”", outcome=wished)))
    lowering = after.decision(code).lowering
    flash(_("A second manager has been asked to agree. Until then the proposal stands.") if lowering else _("Decided."))
    return _back(reference)


@allow("staff", "confirm_decision")
def known(reference: str, code: str) -> ResponseReturnValue:
    """Ask why to decide without the missing checks; take each as "none known"."""
    at = clock.now()
    if request.method == "GET":
        return _page("known", reference, code)
    try:
        verify.decide_on_what_is_known(
            viewer(), reference, code, reason=forms.text("reason"), at=at, revision=forms.revision()
        )
    except AnswersRejected as rejected:
        return _page("known", reference, code, rejected.problems), 422
    except (Conflict, WrongState) as stale:
        file, _decided = casefile.open_decision(viewer(), reference, code, at=at)
        words = _("Decide on what is known: %(title)s", title=decision_title(file.programme, code))
        return clash(file, stale, Meant(words, [(_("Your reason"), typed("reason"))], _("Decide on what is known")))
    flash(_("Decided on what is known. Look at what the rules propose now."))
    return _back(reference)


@allow("staff", "countersign_lowering")
def countersign(reference: str, code: str) -> ResponseReturnValue:
    """Show a wish to lower a safeguarding outcome; agree or refuse."""
    at = clock.now()
    if request.method == "GET":
        return _page("countersign", reference, code)
    answer = request.form.get("answer", "")
    if answer not in ("agree", "refuse"):
        problem = Problem("/answer", "required", _("Select whether you agree"))
        return _page("countersign", reference, code, (problem,)), 422
    try:
        deciding.countersign(viewer(), reference, code, agree=answer == "agree", at=at, revision=forms.revision())
    except (Conflict, WrongState) as stale:
        file, _decided = casefile.open_decision(viewer(), reference, code, at=at)
        words = _("Agree to lower it") if answer == "agree" else _("Refuse to lower it")
        return clash(file, stale, Meant(words, [], words))
    flash(_("Agreed.") if answer == "agree" else _("Refused. The proposal stands."))
    return _back(reference)


def _page(name: str, reference: str, code: str, problems: Sequence[Problem] = ()) -> str:
    """Return one of the pages about a decision, with what was typed on it."""
    file, decided = casefile.open_decision(viewer(), reference, code, at=clock.now())
    look_like(file.programme)
    table, proposed = file.programme.rules.decisions[code], decided.state.proposed.decision
    offered = [(one.code, spoken(one.label), "") for one in table.outcomes.values() if one.final or one.safeguarding]
    return render_template(
        f"casework/{name}.html",
        file=file,
        decided=decided,
        line=next(one for one in decision_lines(file, viewer()) if one.code == code),
        outcomes=[one for one in offered if one[0] != proposed],
        lowers=[one for one in table.outcomes if deciding.lowers(table, proposed, one)],
        follows=_what_follows(file, decided),
        typed=request.form,
        problems=forms.summary(problems),
        errors=forms.errors(problems),
    )


def _what_follows(file: CaseFile, decided: Decided) -> list[str]:
    """Return in words what confirming will do: where the case goes, and who is told when."""
    effect = deciding.foresee(viewer(), file.case, decided.state.code, at=clock.now())
    lines = [_("Your name and the time are kept with the decision.")]
    if effect.stage != file.case.stage:
        lines.append(_("The case moves to: %(stage)s.", stage=stage_label(file.programme, effect.stage)))
    else:
        lines.append(_("The case stays in: %(stage)s.", stage=stage_label(file.programme, file.case.stage)))
    if effect.told:
        lines.append(_("The sender is told, in the same words and at the same hour as for any family."))
    return lines


def _back(reference: str) -> ResponseReturnValue:
    return redirect(url_for("casework.case", reference=reference), 303)
