"""The front door's queue: what waits, on which clock, most urgent first; and finding what is there already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.programme import Programme
from frontdoor.services import programmes
from frontdoor.services.recognise import search_tokens
from frontdoor.store import cases
from frontdoor.store.cases import Page, QueueDecision, QueueFilter, QueueRow, Tally

__all__ = ["Looked", "Page", "QueueDecision", "QueueRow", "Tally", "Wanted", "find", "look"]


@dataclass(frozen=True)
class Wanted:
    """What the officer filters by; an empty value means all. `state` is overdue, amber, running or untimed.

    `status` "closed" shows closed cases, anything else those that are open; `role` whom a case waits for.
    """

    programme: str = ""
    stage: str = ""
    state: str = ""
    status: str = ""
    decision: str = ""
    role: str = ""
    text: str = ""
    page: int = 1
    size: int = 25


@dataclass(frozen=True)
class Looked:
    """One page of cases, the programmes that they and the filters name, and how many wait in all."""

    page: Page[QueueRow]
    programmes: Mapping[str, Programme]
    tally: Tally = field(default_factory=Tally)


def look(viewer: Viewer, wanted: Wanted, *, at: datetime) -> Looked:
    """Return one page of the queue in the order of its clocks, and how much is open in all."""
    viewer.need("see_queue")
    return Looked(cases.queue(viewer, _filter(wanted), at=at), _running(viewer, at), cases.tally(viewer, at=at))


def find(viewer: Viewer, text: str, *, at: datetime, page: int = 1) -> Looked:
    """Find cases, open and closed, by reference or by names, whatever their spelling sounds like."""
    viewer.need("see_queue")
    return Looked(cases.search(viewer, text, search_tokens(text), page=page), _running(viewer, at))


def _running(viewer: Viewer, at: datetime) -> dict[str, Programme]:
    return {programme.programme: programme for programme in programmes.running(viewer.authority, at)}


def _filter(wanted: Wanted) -> QueueFilter:
    return QueueFilter(
        programme=wanted.programme,
        stage=wanted.stage,
        state=wanted.state,
        status=wanted.status,
        decision=wanted.decision,
        role=wanted.role,
        tokens=search_tokens(wanted.text),
        page=wanted.page,
        size=wanted.size,
    )
