"""Long work done aside: claimed by one worker at a time, seen to progress, cancelled by whoever asked for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument

from frontdoor.domain.access import Viewer
from frontdoor.store.client import Document
from frontdoor.store.mapping import from_document, plain
from frontdoor.store.queue import NEVER
from frontdoor.store.records import Records, within


@dataclass(frozen=True)
class Job:
    """One piece of work. `state` is waiting, running, done, failed or cancelled; `done` of `total` steps are made.

    `next_at` is when somebody may claim it: a worker that stops beating loses it when its lease runs out.
    """

    id: str
    authority: str
    tokens: tuple[str, ...]
    kind: str
    about: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    next_at: datetime
    state: str = "waiting"
    worker: str | None = None
    done: int = 0
    total: int = 0
    tries: int = 0
    cancelled: bool = False
    ended_at: datetime | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0


RECORDS = Records(
    "jobs",
    Job,
    "job",
    indexes=(
        IndexModel([("kind", ASCENDING), ("next_at", ASCENDING)], name="next"),
        IndexModel([("authority", ASCENDING), ("asked_by", ASCENDING), ("asked_at", DESCENDING)], name="mine"),
        IndexModel([("authority", ASCENDING), ("kind", ASCENDING), ("asked_at", DESCENDING)], name="latest"),
    ),
)


def add(viewer: Viewer, job: Job) -> Job:
    """Queue a piece of work."""
    return RECORDS.add(viewer, job)


def get(viewer: Viewer, job: str) -> Job:
    """Return a job; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": job})


def mine(viewer: Viewer, limit: int = 20) -> tuple[Job, ...]:
    """Return the jobs that the viewer asked for last, newest first."""
    return RECORDS.many(viewer, {"asked_by": viewer.account}, [("asked_at", DESCENDING)], limit)


def latest(viewer: Viewer, kind: str, limit: int = 20) -> tuple[Job, ...]:
    """Return the jobs of a kind that were asked for last within the viewer's reach, newest first."""
    return RECORDS.many(viewer, {"kind": kind}, [("asked_at", DESCENDING)], limit)


def cancel(viewer: Viewer, job: str, at: datetime) -> Job:
    """Cancel a job: at once while it waits, at the worker's next heartbeat while it runs, not when it has ended."""
    query = within(viewer, {"_id": job})
    ended = {"cancelled": True, "state": "cancelled", "ended_at": at, "next_at": NEVER}
    RECORDS.collection.update_one({**query, "state": "waiting"}, {"$set": ended})
    RECORDS.collection.update_one({**query, "state": "running"}, {"$set": {"cancelled": True}})
    return get(viewer, job)


def claim(kinds: Sequence[str], worker: str, at: datetime, lease: timedelta) -> Job | None:
    """Return the job of some kinds that has waited longest and hold it for `lease`; None when none waits.

    One whose worker's lease ran out is claimed again and begins anew.
    """
    found = RECORDS.collection.find_one_and_update(
        {"kind": {"$in": list(kinds)}, "next_at": {"$lte": at}},
        {"$set": {"state": "running", "worker": worker, "next_at": at + lease, "done": 0}, "$inc": {"tries": 1}},
        sort=[("next_at", ASCENDING)],
        return_document=ReturnDocument.AFTER,
    )
    return None if found is None else from_document(Job, found)


def heartbeat(job: Job, at: datetime, lease: timedelta, *, done: int = 0, total: int = 0) -> bool:
    """Hold a claimed job for another `lease` and tell how far it is; False: stop, it was cancelled or lost."""
    held = {**_held(job), "cancelled": False}
    change = {"$set": {"next_at": at + lease, "done": done, "total": total}}
    return RECORDS.collection.update_one(held, change).matched_count == 1


def finish(job: Job, at: datetime, result: Mapping[str, Any]) -> bool:
    """End a claimed job with what came of it; False when it was lost to another worker, whose result will count."""
    return _end(job, at, "done", result)


def fail(job: Job, at: datetime, why: str) -> bool:
    """End a claimed job that cannot be done; `why` is a code, "cancelled" for one that a heartbeat told to stop."""
    return _end(job, at, "cancelled" if why == "cancelled" else "failed", {"why": why})


def _end(job: Job, at: datetime, state: str, result: Mapping[str, Any]) -> bool:
    ended = {"state": state, "ended_at": at, "next_at": NEVER, "result": plain(result)}
    return RECORDS.collection.update_one(_held(job), {"$set": ended}).matched_count == 1


def _held(job: Job) -> Document:
    """Return the query of a job as this worker claimed it; another claim has another number of tries."""
    return {"_id": job.id, "worker": job.worker, "tries": job.tries, "state": "running"}
