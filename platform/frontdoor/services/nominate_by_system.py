"""A partner's own system nominates: the same service as the pages, keyed by the partner's reference."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.composites import moment_text, signed
from frontdoor.services import nominate as nominating
from frontdoor.services import programmes, uploads
from frontdoor.store import submissions


def nominate(
    viewer: Viewer, programme_id: str, raw: Mapping[str, Any], *, reference: str, at: datetime
) -> nominating.Acknowledgement:
    """Accept the answers under the form and rules that are live now, and store the nomination.

    Errors: `AnswersRejected` with every problem; nothing is stored then. The key joins token and partner reference, so
    two partners may use the same reference. Files that the answers name go with them, on a repeat too.
    """
    programme = programmes.live(viewer.authority, programme_id, at)
    form = programme.forms[programme.pathway.intake.form]
    raw = signed(form, {}, raw, moment_text(at))
    answers = accept(form, raw, as_of=programme.calendar.local_date(at))
    strangers = uploads.strangers(viewer, form, answers)
    if strangers:
        raise AnswersRejected("Some answers need to be put right", problems=strangers)
    arrival = nominating.Arrival(received_at=at, recorded_at=at, channel="api", key=f"{viewer.account}:{reference}")
    done = nominating.nominate(viewer, programme, answers, arrival)
    if any(question.widget == "file" and answers.get(question.id) for question in form.questions.values()):
        uploads.hand_over(viewer, form, answers, submissions.get(viewer, done.submission).tokens)
    return done
