"""The queue: what waits for somebody, soonest due first, and the fields kept on a case so that one index answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain import references
from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case, DecisionState
from frontdoor.domain.errors import NotFound
from frontdoor.store import records
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document, instant
from frontdoor.store.records import Page, page_of, within

State = Literal["overdue", "amber", "running", "untimed"]

COLLECTION = "cases"
BY_DUE = [("queue.due", ASCENDING), ("received_at", ASCENDING), ("_id", ASCENDING)]
NEWEST = [("received_at", DESCENDING), ("_id", DESCENDING)]
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # sorts what has no clock behind everything that has

# After the order come the fields that are filtered on, so that only the rows of the page are fetched.
QUEUE_INDEX = IndexModel(
    [
        ("authority", ASCENDING),
        ("tokens", ASCENDING),
        ("queue.open", ASCENDING),
        *BY_DUE,
        ("programme", ASCENDING),
        ("stage", ASCENDING),
        ("status", ASCENDING),
        ("team", ASCENDING),
        ("queue.amber", ASCENDING),
    ],
    name="queue",
)
SEARCH_INDEX = IndexModel([("authority", ASCENDING), ("search", ASCENDING), *NEWEST], name="search")


@dataclass(frozen=True)
class QueueDecision:
    """One decision of a waiting case; `standing` is proposed, confirmed, lowering or contradicted."""

    code: str
    decision: str
    reason_code: str
    standing: str


@dataclass(frozen=True)
class QueueRow:
    """What a line of the queue shows. `tasks` are the kinds of open tasks, `roles` those whom the case waits for."""

    reference: str
    programme: str
    title: str
    stage: str
    stage_since: datetime
    status: str
    team: str
    channel: str
    received_at: datetime
    safeguarding: bool
    restricted: bool
    organisation: str | None
    family: str | None
    due_at: datetime | None
    amber_at: datetime | None
    decisions: tuple[QueueDecision, ...]
    tasks: tuple[str, ...]
    roles: tuple[str, ...]
    revision: int

    def state(self, at: datetime) -> State:
        """Return how the earliest running clock stands at an instant."""
        if self.due_at is None:
            return "untimed"
        if self.due_at < at:
            return "overdue"
        return "amber" if self.amber_at is not None and self.amber_at <= at else "running"


@dataclass(frozen=True)
class Counted:
    """A number of cases; `more` says that there may be more than were counted."""

    number: int
    more: bool = False


@dataclass(frozen=True)
class Tally:
    """How many cases are open, and how many of them are overdue or amber."""

    total: Counted = Counted(0)
    overdue: Counted = Counted(0)
    amber: Counted = Counted(0)


@dataclass(frozen=True)
class QueueFilter:
    """What a queue is narrowed to; an empty value means all.

    `status` "closed" shows closed cases, anything else open ones. `state`: overdue, amber, running or untimed.
    `role`: whom the case waits for. `decision`: an outcome, of whichever decision. `tokens`: all of them are among the
    case's search tokens. `page` counts from 1.
    """

    programme: str = ""
    stage: str = ""
    state: str = ""
    status: str = ""
    team: str = ""
    organisation: str = ""
    role: str = ""
    decision: str = ""
    tokens: tuple[str, ...] = ()
    page: int = 1
    size: int = 25


EVERYTHING = QueueFilter()


def queue(viewer: Viewer, wanted: QueueFilter = EVERYTHING, *, at: datetime) -> Page[QueueRow]:
    """Return a page of cases, soonest due first, then first received; `at` tells overdue from running."""
    query = within(viewer, _narrowed(wanted, at))
    # Named, because for some filters the planner would rather sort in memory.
    return _rows(query, BY_DUE, wanted.page, wanted.size, index=QUEUE_INDEX)


def search(viewer: Viewer, text: str, tokens: Sequence[str], *, page: int = 1, size: int = 25) -> Page[QueueRow]:
    """Return a page of cases, open or closed and newest first, that carry all of `tokens` or the reference `text`.

    Nothing to look for finds nothing.
    """
    if not text.strip():
        return Page((), 0, False, 1, size)
    ways: list[Document] = [{"search": f"ref:{_as_reference(text).lower()}"}]
    if tokens:
        ways.append({"search": {"$all": list(tokens)}})
    return _rows(within(viewer, {"$or": ways}), NEWEST, page, size, index=SEARCH_INDEX)


def tally(viewer: Viewer, *, at: datetime) -> Tally:
    """Return how many open cases wait, and how many of these are overdue or amber; it takes no longer for more cases.

    Amber is looked for among the running clocks that end first, `COUNTED_AT_MOST` of them.
    """
    late = _counted(within(viewer, _narrowed(QueueFilter(state="overdue"), at)))
    running = within(viewer, {"queue.open": True, "queue.due": {"$gte": at, "$lt": NEVER}})
    each = {"_id": None, "seen": {"$sum": 1}, "amber": {"$sum": {"$cond": [{"$lte": ["$queue.amber", at]}, 1, 0]}}}
    most = records.COUNTED_AT_MOST
    steps: list[Document] = [{"$match": running}, {"$sort": dict(BY_DUE)}, {"$limit": most + 1}, {"$group": each}]
    found = next(database()[COLLECTION].aggregate(steps, hint=_name(QUEUE_INDEX)), {"seen": 0, "amber": 0})
    warned = Counted(min(found["amber"], most), more=found["seen"] > most)
    return Tally(_counted(within(viewer, _narrowed(EVERYTHING, at))), late, warned)


def _counted(query: Document) -> Counted:
    most = records.COUNTED_AT_MOST
    # Named, because trying other indexes first takes twice as long as counting by this one, which holds every field.
    found = database()[COLLECTION].count_documents(query, limit=most + 1, hint=_name(QUEUE_INDEX))
    return Counted(min(found, most), more=found > most)


def queue_fields(case: Case) -> Document:
    """Return what is kept on a case only so that queries find it: what is due, for whom, and what was decided."""
    running = [clock for clock in case.clocks if clock.stopped_at is None]
    tasks = [task for task in case.tasks if task.done_at is None]
    confirmed = [f"{code}/confirmed" for code, state in case.decisions.items() if state.confirmed]
    escalates = [clock.due_at for clock in running if clock.escalated_at is None]
    return {
        "open": case.waits,
        "due": instant(case.due_at or NEVER),
        "amber": instant(min((clock.amber_at for clock in running if clock.amber_at), default=NEVER)),
        "escalates": instant(min(escalates, default=NEVER)),
        "undelivered": instant(min((event.at for event in case.undelivered), default=NEVER)),
        "tasks": sorted({task.kind for task in tasks}),
        "roles": sorted({*(clock.owner for clock in running), *(task.role for task in tasks)}),
        "decisions": [_standing(state) for state in case.decisions.values()],
        "decided": [*case.decisions, *confirmed],
    }


def _standing(state: DecisionState) -> dict[str, str]:
    final = state.confirmed or state.proposed
    lowering = "lowering" if state.lowering else "proposed"
    standing = "contradicted" if state.contradicted else "confirmed" if state.confirmed else lowering
    return {"code": state.code, "decision": final.decision, "reason_code": final.reason_code, "standing": standing}


def _as_reference(text: str) -> str:
    """Return a reference as it is stored, misheard letters and missing dashes put right; else the text itself."""
    try:
        return str(references.parse(text))
    except NotFound:
        return text.strip()


def _narrowed(wanted: QueueFilter, at: datetime) -> Document:
    """Return the query of a filter, every field of it held by the queue's index or fetched with the row."""
    query: Document = {
        "queue.open": wanted.status != "closed",
        "programme": wanted.programme,
        "stage": wanted.stage,
        "status": wanted.status,
        "team": wanted.team,
        "organisation": wanted.organisation,
        "queue.roles": wanted.role,
        "queue.decisions.decision": wanted.decision,
    }
    query = {name: value for name, value in query.items() if value != ""}
    if wanted.tokens:
        query["search"] = {"$all": list(wanted.tokens)}
    return query | (_in_state(wanted.state, at) if wanted.state else {})


def _in_state(state: str, at: datetime) -> Document:
    if state == "overdue":
        return {"queue.due": {"$lt": at}}
    if state == "untimed":
        return {"queue.due": NEVER}
    amber = {"$lte": at} if state == "amber" else {"$gt": at}
    return {"queue.due": {"$gte": at, "$lt": NEVER}, "queue.amber": amber}


def _rows(query: Document, order: list[tuple[str, int]], page: int, size: int, *, index: IndexModel) -> Page[QueueRow]:
    shown = {field.name: 1 for field in fields(QueueRow)} | {"queue": 1}
    name = _name(index)
    return page_of(database()[COLLECTION], query, order, page=page, size=size, read=_row, shown=shown, index=name)


def _name(index: IndexModel) -> str:
    return str(index.document["name"])


def _row(document: Document) -> QueueRow:
    kept = document["queue"]
    amber_at = None if kept["amber"] == NEVER else kept["amber"]
    return from_document(QueueRow, {**document, **kept, "amber_at": amber_at})
