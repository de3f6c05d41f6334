"""The real database with its indexes, and people and records to put into it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from frontdoor.domain.access import Viewer, authority_token, organisation_token, system_viewer, team_token
from frontdoor.domain.case import Case, DecisionState, Event, Pin, Proposal, RunningClock
from frontdoor.domain.errors import FrontDoorError
from frontdoor.store import connection, secrets

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NORTH, SOUTH = "northshire", "southshire"
SYSTEM = system_viewer(NORTH)


@pytest.fixture(scope="module")
def opened(mongo_uri: str, database_name: str) -> Iterator[None]:
    connection.open_database(mongo_uri, database_name)
    connection.ensure_indexes()
    secrets.configure(Fernet.generate_key().decode())
    yield
    connection.close()


@pytest.fixture
def store(opened, database):
    """The open, empty database."""
    return database


def staff(authority: str = NORTH, account: str = "officer", **more: Any) -> Viewer:
    return Viewer(account, account.title(), "staff", authority, frozenset({authority_token(authority)}), **more)


def partner(authority: str = NORTH, organisation: str = "school", account: str = "teacher") -> Viewer:
    tokens = frozenset({organisation_token(authority, organisation)})
    return Viewer(account, account.title(), "partner", authority, tokens, organisation=organisation)


def nobody(authority: str = NORTH) -> Viewer:
    return replace(staff(authority), tokens=frozenset())


STRANGERS = {
    "of another authority": staff(SOUTH),
    "of another authority, with our tokens": replace(staff(SOUTH), tokens=staff(NORTH).tokens),
    "of a partner organisation": partner(organisation="police"),
    "without any token": nobody(),
    "of another team": replace(nobody(), tokens=frozenset({team_token(NORTH, "west")})),
}


def make_case(reference: str = "NOR-1", **more: Any) -> Case:
    received = more.pop("received_at", NOW)
    return replace(
        Case(
            reference=reference,
            authority=NORTH,
            programme="early",
            title="Family of Test",
            stage="triage",
            stage_since=received,
            status="triage",
            team="door",
            tokens=(authority_token(NORTH), team_token(NORTH, "door")),
            received_at=received,
            recorded_at=received,
            channel="e_form",
            pin=Pin(1, "d" * 64),
            submissions=("s1",),
            family="f1",
        ),
        **more,
    )


def clock(due_at: datetime, amber_at: datetime | None = None, **more: Any) -> RunningClock:
    return RunningClock("c1", "K1", NOW - timedelta(days=1), due_at, amber_at, "officer", "uk@1", **more)


def due(case: Case, hours: float, amber: float | None = None) -> Case:
    return case.timed((clock(NOW + timedelta(hours=hours), None if amber is None else NOW + timedelta(hours=amber)),))


def decided(case: Case, code: str, decision: str, **more: Any) -> Case:
    proposal = Proposal(f"r-{case.reference}", decision, "WHY", None, NOW)
    return case.deciding(DecisionState(code, proposal, (proposal.receipt,), **more))


def event(event_id: str, **data: Any) -> Event:
    return Event(event_id, "received", NOW, data)


def together(*acts: Callable[[], Any], times: int = 1) -> list[Any]:
    """Run some acts at the same moment and return what each returned or raised."""
    starting, results = threading.Barrier(len(acts) * times), []

    def run(act):
        starting.wait()
        try:
            results.append(act())
        except FrontDoorError as refused:
            results.append(refused)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts * times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def unindexed(ran: list[dict[str, Any]]) -> list[str]:
    """Return what the server ran by looking at every document, or by sorting in memory."""
    assert ran, "nothing was profiled"
    slow = [query for query in ran if query.get("hasSortStage") or "COLLSCAN" in query.get("planSummary", "")]
    return [f"{query['ns']}: {query['planSummary']} for {query['command']}" for query in slow]


@pytest.fixture
def queries(store) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Everything that the server ran since: profiled, each with its plan's summary."""
    store.command("profile", 2)

    def ran() -> list[dict[str, Any]]:
        store.command("profile", 0)
        return list(store["system.profile"].find({"ns": {"$not": {"$regex": "system"}}}))

    yield ran
    store.command("profile", 0)
    store["system.profile"].drop()
