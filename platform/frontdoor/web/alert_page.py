"""Duty alerts in words: who to ring, what was ticked, how long there is; what was written only once it was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from frontdoor.domain.alert import Alert
from frontdoor.domain.programme import Programme
from frontdoor.web.case_words import Tag, role_label
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class AlertLine:
    """One alert, ready to draw. `words` is empty while the form is a draft, for its writer has not sent it."""

    alert: Alert
    programme: str
    concern: str
    tag: Tag
    told: str
    words: tuple[str, ...]
    escalate_to: str


def alert_lines(found: Iterable[Alert], programmes: Mapping[str, Programme], at: datetime) -> list[AlertLine]:
    """Return alerts in words."""
    return [_line(alert, programmes.get(alert.programme), at) for alert in found]


def _line(alert: Alert, programme: Programme | None, at: datetime) -> AlertLine:
    state = alert.state(at)
    tags = {
        "acknowledged": Tag(_("Acknowledged"), "done"),
        "escalated": Tag(_("Escalated"), "overdue"),
        "waiting": Tag(_("Waiting"), "urgent"),
    }
    return AlertLine(
        alert=alert,
        programme=spoken(programme.title) if programme else alert.programme,
        concern=_concern(alert, programme),
        tag=tags[state],
        told=_told(alert),
        words=alert.words if alert.sent_at is not None else (),
        escalate_to=role_label(programme, alert.escalate_to) if programme else alert.escalate_to,
    )


def _concern(alert: Alert, programme: Programme | None) -> str:
    """Return the label of the answer that raised the alert, as the form that was answered has it."""
    if programme is not None:
        form = programme.forms.get(programme.pathway.intake.form)
        question = form.questions.get(programme.pathway.intake.screen.question) if form else None
        option = question.option(alert.concern) if question else None
        if option is not None:
            return str(_("Safeguarding concern: “%(answer)s”", answer=spoken(option.label)))
    return str(_("Safeguarding concern: “%(answer)s”", answer=alert.concern.replace("_", " ")))


def _told(alert: Alert) -> str:
    if alert.sent_at is not None:
        return str(_("The form was sent."))
    if alert.abandoned_at is not None:
        return str(_("The form was begun and then left. What was written in it stays with its writer: ring them now."))
    told = _("The form is still being written. What it says is shown once it is sent: ring them if you cannot wait.")
    return str(told)
