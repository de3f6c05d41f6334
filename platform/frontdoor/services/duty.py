"""Duty alerts: seen by everybody who works at the front door, acknowledged by name, escalated on a clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.alert import Alert
from frontdoor.domain.case import Entry, Event
from frontdoor.domain.programme import Programme
from frontdoor.services import programmes
from frontdoor.services.identity import new_id
from frontdoor.services.progress import Occurrence, occur
from frontdoor.store import alerts, cases, views
from frontdoor.store.connection import in_transaction


@dataclass(frozen=True)
class Board:
    """Duty alerts as a page shows them, and the programmes they came by."""

    waiting: Sequence[Alert]
    taken: Sequence[Alert]
    programmes: Mapping[str, Programme]


def waiting(viewer: Viewer) -> Sequence[Alert]:
    """Return the alerts that nobody has acknowledged, the gravest and oldest first."""
    viewer.need("see_alerts")
    return alerts.open(viewer)


def count(viewer: Viewer) -> int:
    """Return how many alerts nobody has acknowledged."""
    return len(waiting(viewer))


def board(viewer: Viewer, *, at: datetime, limit: int = 50) -> Board:
    """Return the alerts that wait, those past their clock first, and the newest of those that were acknowledged.

    Each is recorded as read: what was told stands on the page.
    """
    late_first = sorted(waiting(viewer), key=lambda alert: alert.state(at) != "escalated")
    taken = alerts.acknowledged(viewer, limit)
    for alert in (*late_first, *taken):
        views.add(viewer, "alert", alert.id, at)
    return Board(late_first, taken, _running(viewer, at))


def one(viewer: Viewer, alert_id: str, *, at: datetime) -> Board:
    """Return a board with one alert on it. Errors: `NotFound`. Reading it is recorded."""
    viewer.need("see_alerts")
    found = alerts.get(viewer, alert_id)
    views.add(viewer, "alert", alert_id, at)
    return Board((found,), (), _running(viewer, at))


def _running(viewer: Viewer, at: datetime) -> dict[str, Programme]:
    return {programme.programme: programme for programme in programmes.running(viewer.authority, at)}


def acknowledge(viewer: Viewer, alert_id: str, *, at: datetime) -> Alert:
    """Record that a named person has taken an alert on. A second person is told who was first (`WrongState`)."""
    viewer.need("acknowledge_alert")

    def act() -> Alert:
        taken = alerts.acknowledge(viewer, alert_id, at=at)
        if taken.case is not None:
            inside = system_viewer(viewer.authority)
            case = cases.get(inside, taken.case)
            detail = {"alert": taken.id}
            after = occur(programmes.of_case(case), case, Occurrence("acknowledged"), at)
            after = after.noting(Entry(at, viewer.account, viewer.name, "alert_acknowledged", detail))
            after = after.telling(Event(new_id(), "alert_acknowledged", at, detail))
            cases.replace(inside, after, expected_revision=case.revision)
        return taken

    return in_transaction(act)


def escalate_due(authority: str, at: datetime) -> int:
    """Mark every alert that is past its clock and unacknowledged as escalated; return how many were."""
    inside = system_viewer(authority)
    late = alerts.to_escalate(inside, at)
    for alert in late:
        alerts.mark_escalated(inside, replace(alert, escalated_at=at))
    return len(late)
