"""The one thing to do next on a case, for whoever reads it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from frontdoor.domain.access import Viewer
from frontdoor.services.casefile import CaseFile, Decided
from frontdoor.web.case_facts import members
from frontdoor.web.case_page import is_final
from frontdoor.web.case_words import decision_title, form_title, outcome_tag, role_label
from frontdoor.web.to_ask import check_line


@dataclass(frozen=True)
class NextStep:
    """What to do in a sentence; `href` with `button` where a page does it, `form` where a form is begun."""

    words: str
    href: str = ""
    button: str = ""
    form: str = ""
    urgent: bool = False


def next_step(file: CaseFile, viewer: Viewer) -> NextStep:
    """Return the first of what waits: safeguarding, then what others wait for, then the stage's own work."""
    return next(_steps(file, viewer), _nothing(file))


def _nothing(file: CaseFile) -> NextStep:
    stage = file.programme.pathway.stages.get(file.case.stage)
    if file.case.closed_at is not None and file.case.waits:
        words = _("This case is closed, but something came since. Look at what waits for somebody.")
        return NextStep(words, "#waits", _("Go to what waits"))
    if file.case.closed_at is not None or stage is None:
        return NextStep(_("This case is closed. Nothing waits."))
    lead = role_label(file.programme, stage.lead)
    return NextStep(_("Nothing waits for you here. The stage is led by: %(role)s.", role=lead))


def _steps(file: CaseFile, viewer: Viewer) -> Iterator[NextStep]:
    yield from _safeguarding(file, viewer)
    yield from _others(file, viewer)
    yield from _deciding(file, viewer)
    yield from _forms(file, viewer)


def _safeguarding(file: CaseFile, viewer: Viewer) -> Iterator[NextStep]:
    for alert in file.alerts:
        if alert.acknowledged_at is None:
            href = url_for("frontdesk.alert", alert_id=alert.id)
            if viewer.may("acknowledge_alert"):
                yield NextStep(_("Acknowledge the safeguarding alert."), href, _("Open the alert"), urgent=True)
            else:
                role = role_label(file.programme, alert.role)
                words = _("Nobody has taken on the safeguarding alert. Make sure that it reached: %(role)s.", role=role)
                yield NextStep(words, href, _("Open the alert"), urgent=True)


def _others(file: CaseFile, viewer: Viewer) -> Iterator[NextStep]:
    for decided in file.decisions:
        state, title = decided.state, decision_title(file.programme, decided.state.code)
        if state.lowering is not None:
            mine = state.lowering.by == viewer.account
            if viewer.may("countersign_lowering") and not mine:
                words = _("%(title)s: agree or refuse to lower it.", title=title)
                href = url_for("casework.countersign", reference=file.case.reference, code=state.code)
                yield NextStep(words, href, _("Read the reason"), urgent=True)
            else:
                yield NextStep(_("%(title)s: waits for a second manager to agree or refuse.", title=title))
        if state.contradicted:
            words = _("%(title)s: facts have changed since it was confirmed. Look at it again.", title=title)
            yield NextStep(words, f"#decision-{state.code}", _("Go to the decision"), urgent=True)


def _deciding(file: CaseFile, viewer: Viewer) -> Iterator[NextStep]:
    stage = file.programme.pathway.stages.get(file.case.stage)
    waiting = {one.state.code: one for one in file.decisions if one.state.confirmed is None and not one.state.lowering}
    for code in stage.decisions if stage else ():
        if code in waiting:
            yield from _decision(file, viewer, waiting[code])


def _decision(file: CaseFile, viewer: Viewer, decided: Decided) -> Iterator[NextStep]:
    code, title = decided.state.code, decision_title(file.programme, decided.state.code)
    outcome = outcome_tag(file.programme, code, decided.state.proposed.decision).words
    if is_final(file, decided) and viewer.may("confirm_decision"):
        href = url_for("casework.confirm", reference=file.case.reference, code=code)
        words = _("%(title)s: the rules propose “%(outcome)s”.", title=title, outcome=outcome)
        yield NextStep(words, href, _("Look and confirm"))
    checks = [check for one in decided.missing for check in one.checks]
    if checks and viewer.may("verify_fact"):
        line = check_line(file, checks[0], members(file))
        label = f"{line.label} ({line.member})" if line.member else line.label
        words = _("%(title)s: find out “%(check)s”.", title=title, check=label)
        yield NextStep(words, line.href, _("Record what a source says"))
    elif not is_final(file, decided) and viewer.may("override_decision"):
        href = url_for("casework.override", reference=file.case.reference, code=code)
        words = _("%(title)s: “%(outcome)s” asks for a person to decide.", title=title, outcome=outcome)
        yield NextStep(words, href, _("Decide"))


def _forms(file: CaseFile, viewer: Viewer) -> Iterator[NextStep]:
    stage = file.programme.pathway.stages.get(file.case.stage)
    done = {submission.form for submission in file.current}
    for form, use in stage.forms.items() if stage else ():
        if use.required and form not in done and use.role in viewer.roles and viewer.may("complete_form"):
            words = _("Complete the form: %(form)s.", form=form_title(file.programme, form))
            yield NextStep(words, button=_("Go to the form"), form=form)
