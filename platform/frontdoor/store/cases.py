"""The heads of cases: stored whole, replaced only over the revision that was read, found through the queue's fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case, Event
from frontdoor.domain.errors import Conflict
from frontdoor.store import receipts
from frontdoor.store.mapping import from_document
from frontdoor.store.queue import (
    COLLECTION,
    NEVER,
    NEWEST,
    QUEUE_INDEX,
    SEARCH_INDEX,
    Counted,
    QueueDecision,
    QueueFilter,
    QueueRow,
    Tally,
    queue,
    queue_fields,
    search,
    tally,
)
from frontdoor.store.records import Page, Records

__all__ = [
    "RECORDS", "Counted", "Page", "QueueDecision", "QueueFilter", "QueueRow", "Tally", "Undelivered", "add",
    "at_revision", "by_family", "delivered", "escalating", "get", "latest", "latest_receipt", "past_decided", "queue",
    "replace", "search", "several", "tally", "undelivered",
]  # fmt: skip


@dataclass(frozen=True)
class Undelivered:
    """Events of one case that the worker has to deliver."""

    authority: str
    reference: str
    events: tuple[Event, ...]


RECORDS = Records(
    COLLECTION,
    Case,
    "case",
    key=attrgetter("reference"),
    derived=lambda case: {"queue": queue_fields(case)},
    indexes=(
        QUEUE_INDEX,
        SEARCH_INDEX,
        IndexModel([("authority", ASCENDING), ("family", ASCENDING), *NEWEST], name="family"),
        IndexModel(
            [("authority", ASCENDING), ("programme", ASCENDING), ("queue.decided", ASCENDING), *NEWEST],
            name="decided",
        ),
        IndexModel([("authority", ASCENDING), ("programme", ASCENDING), *NEWEST], name="programme"),
        IndexModel([("queue.undelivered", ASCENDING)], name="undelivered"),
        IndexModel([("queue.escalates", ASCENDING)], name="escalates"),
    ),
)


def add(viewer: Viewer, case: Case) -> Case:
    """Insert a new case. Conflict when the reference is taken: draw another."""
    return RECORDS.add(viewer, case)


def get(viewer: Viewer, reference: str) -> Case:
    """Return a case; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": reference})


def replace(viewer: Viewer, case: Case, *, expected_revision: int) -> Case:
    """Store a case over the revision that was read and return it with the next one; Conflict when it is stale."""
    return RECORDS.swap(viewer, case, expected_revision)


def by_family(viewer: Viewer, family: str) -> tuple[Case, ...]:
    """Return the cases of a family, newest first."""
    return RECORDS.many(viewer, {"family": family}, NEWEST)


def past_decided(viewer: Viewer, programme: str, code: str, limit: int, *, confirmed: bool = True) -> tuple[Case, ...]:
    """Return the newest cases in which a decision was confirmed (or, unless `confirmed`, at least proposed)."""
    mark = f"{code}/confirmed" if confirmed else code
    return RECORDS.many(viewer, {"programme": programme, "queue.decided": mark}, NEWEST, limit)


def latest(viewer: Viewer, programme: str, limit: int) -> tuple[Case, ...]:
    """Return the newest cases of a programme."""
    return RECORDS.many(viewer, {"programme": programme}, NEWEST, limit)


def several(viewer: Viewer, references: Sequence[str]) -> tuple[Case, ...]:
    """Return those of some cases that the viewer may see, in the order of `references`."""
    found = {case.reference: case for case in RECORDS.many(viewer, {"_id": {"$in": list(references)}})}
    return tuple(found[reference] for reference in dict.fromkeys(references) if reference in found)


def at_revision(viewer: Viewer, reference: str, revision: int) -> Case:
    """Return a case if it still is at `revision`; Conflict with `theirs` when somebody changed it since."""
    case = get(viewer, reference)
    if case.revision != revision:
        raise Conflict("Somebody else changed this case first. Look at it as it is now.", theirs=case)
    return case


def latest_receipt(viewer: Viewer, case: Case, code: str) -> Mapping[str, Any]:
    """Return the receipt of what the rules propose now for one decision of a case."""
    return receipts.get(viewer, case.decision(code).proposed.receipt)


def undelivered(limit: int) -> tuple[Undelivered, ...]:
    """Return cases with events that the worker has to deliver, longest waiting first; of every authority."""
    shown = {"authority": 1, "reference": 1, "undelivered": 1}
    waiting = RECORDS.collection.find(
        {"queue.undelivered": {"$lt": NEVER}}, shown, sort=[("queue.undelivered", ASCENDING)], limit=limit
    )
    return tuple(from_document(Undelivered, {**found, "events": found["undelivered"]}) for found in waiting)


def escalating(at: datetime, limit: int) -> tuple[Case, ...]:
    """Return cases with a running clock that is past its due instant and not yet escalated; of every authority."""
    return tuple(RECORDS.each({"queue.escalates": {"$lt": at}}, [("queue.escalates", ASCENDING)], limit))


def delivered(reference: str, event_ids: Sequence[str]) -> None:
    """Take delivered events off a case, for the worker.

    The revision stays: nobody's open page goes stale because a letter was sent. Whoever saves such a page puts the
    events back, and each is safe to deliver twice.
    """
    done = list(event_ids)
    RECORDS.collection.update_one(
        {"_id": reference},
        [
            {
                "$set": {
                    "undelivered": {
                        "$filter": {"input": "$undelivered", "cond": {"$not": {"$in": ["$$this.id", done]}}}
                    }
                }
            },
            {"$set": {"queue.undelivered": {"$min": [NEVER, {"$min": "$undelivered.at"}]}}},
        ],
    )
