"""A finished draft is sent: once, however often the button is pressed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import AnswersRejected, Conflict, Problem
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.options import codes_in
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import visible
from frontdoor.domain.submission import Draft
from frontdoor.services import nominate, programmes, uploads
from frontdoor.services.complete import complete
from frontdoor.services.filling import received_on
from frontdoor.store import drafts, submissions


def send(viewer: Viewer, draft_id: str, *, at: datetime) -> nominate.Acknowledgement:
    """Send a draft. A second press, or a second device, gets the first one's reference.

    The form is the one the draft follows; the rules are those live at receipt. Errors: `AnswersRejected` with every
    problem; the draft stays.
    """
    draft = drafts.get(viewer, draft_id)
    if draft.sent_as is not None:
        sent = submissions.get(viewer, draft.sent_as)
        return nominate.Acknowledgement(sent.case, sent.id, sent.received_at)
    pinned = programmes.pinned(draft.authority, draft.programme, draft.pin)
    answers = _accepted(pinned.forms[draft.form], draft, received_on(draft, pinned, at))
    done = _nominated(viewer, draft, answers, at) if draft.case is None else complete(viewer, draft, answers, at)
    uploads.hand_over(viewer, pinned.forms[draft.form], answers, submissions.get(viewer, done.submission).tokens)
    _mark_sent(viewer, draft.id, done.submission, at)
    return done


def _accepted(form: Form, draft: Draft, as_of: date) -> dict[str, Any]:
    """Return the answers to send. A page that was typed on but never posted is a problem: its words are not answers."""
    known = codes_in(form, draft.answers) if draft.amends else {}
    problems: list[Problem] = []
    answers: dict[str, Any] = {}
    try:
        answers = accept(form, draft.answers, as_of=as_of, language=draft.language, known_codes=known)
    except AnswersRejected as rejected:
        problems.extend(rejected.problems)
    shown = visible(form, tidied(form, draft.answers).answers, as_of)
    for page, kept in draft.typed.items():
        if kept.get("unposted") and shown.page_shown(page):
            first = form.on_page(page)[0].id
            problems.append(
                Problem(f"/{first}", "unposted", "Look at this page once more and press “Save and continue”")
            )
    if problems:
        raise AnswersRejected("Some answers have to be put right before this can be sent", problems=problems)
    return answers


def _nominated(viewer: Viewer, draft: Draft, answers: Mapping[str, Any], at: datetime) -> nominate.Acknowledgement:
    how = draft.arrival or {}
    received = how.get("received_at", at)
    arrival = nominate.Arrival(
        received_at=received,
        recorded_at=at,
        channel=how.get("channel", "e_form"),
        key=draft.id if draft.amends is None else submissions.first_key(viewer, draft.amends),
        caller=how.get("caller", {}),
        language=draft.language,
        draft=draft.id,
    )
    return nominate.nominate(viewer, programmes.live(draft.authority, draft.programme, received), answers, arrival)


def _mark_sent(viewer: Viewer, draft_id: str, submission: str, at: datetime) -> None:
    try:
        drafts.mark_sent(viewer, draft_id, submission, at)
    except Conflict:
        # The second of two presses: whoever was first has recorded the same submission.
        if drafts.get(viewer, draft_id).sent_as != submission:
            raise
