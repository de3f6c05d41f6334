"""The safeguarding screen: whatever is answered but "no" reaches duty at once and is never taken back.

The alert is written by the request that posts the page. It waits for no worker, no mail and no other answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, authority_token, system_viewer
from frontdoor.domain.alert import Alert
from frontdoor.domain.consent import SAFEGUARDING_CHILD, Override
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.programme import Programme
from frontdoor.services.identity import new_id
from frontdoor.store import alerts


@dataclass(frozen=True)
class Concern:
    """A positive answer to the screen: its option code, how grave the pathway says it is, and the words told."""

    answer: str
    gravity: int
    words: tuple[str, ...]


def concern_in(programme: Programme, answers: Mapping[str, Any]) -> Concern | None:
    """Return the concern that these answers raise, `None` for "no" or nothing answered yet."""
    screen = programme.pathway.intake.screen
    answer = answers.get(screen.question)
    if not isinstance(answer, str) or answer in screen.clear:
        return None
    told = tuple(str(answers[word]) for word in screen.words if isinstance(answers.get(word), str) and answers[word])
    return Concern(answer, screen.gravity.get(answer, max(screen.gravity.values(), default=1)), told)


def raise_alert(
    viewer: Viewer,
    programme: Programme,
    concern: Concern,
    *,
    at: datetime,
    draft: str | None,
    case: str | None = None,
    source: str,
    contact: str = "",
) -> Alert:
    """Put the safeguarding task in the duty queue, or raise the gravity of the one that this draft has raised already.

    Sharing rests on the gateway `safeguarding_child`, so that missing agreement never holds it up (DOMAIN 0.4, 0.5).
    """
    told = replace(
        _new(viewer, programme, concern, at),
        source=source,
        draft=draft,
        case=case,
        contact=contact or viewer.name,
        sent_at=at if case else None,
    )
    return alerts.add(system_viewer(viewer.authority), told)


def _new(viewer: Viewer, programme: Programme, concern: Concern, at: datetime) -> Alert:
    intake = programme.pathway.intake
    return Alert(
        id=new_id(),
        authority=programme.authority,
        programme=programme.programme,
        tokens=(authority_token(programme.authority),),
        raised_at=at,
        due_at=_due(programme, at),
        role=intake.duty_role,
        escalate_to=intake.escalate_to,
        source="",
        draft=None,
        case=None,
        organisation=viewer.organisation,
        contact="",
        concern=concern.answer,
        gravity=concern.gravity,
        words=concern.words,
        override=Override(SAFEGUARDING_CHILD, f"Safeguarding screen answered {concern.answer}", viewer.account, at),
    )


def _due(programme: Programme, at: datetime) -> datetime:
    code = programme.pathway.intake.duty_clock
    clock = programme.clocks[code]
    deadline = clock.due({clock.from_event: at}, programme.parameters, programme.calendar)
    if deadline is None:
        raise RuleFailed(f"Clock {code} has to run from one event: correct the programme's clocks")
    return deadline.due_at
