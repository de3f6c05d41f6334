"""What was sent, kept as it was sent; only its status, its questions and its readers change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.submission import Submission
from frontdoor.store.queue import NEVER
from frontdoor.store.records import Records

_NEWEST = [("received_at", DESCENDING), ("_id", DESCENDING)]
_OLDEST = [("received_at", ASCENDING), ("_id", ASCENDING)]


def _release(submission: Submission) -> dict[str, Any]:
    waits = submission.pending_status is not None and submission.release_at is not None
    return {"releases": submission.release_at if waits else NEVER}


RECORDS = Records(
    "submissions",
    Submission,
    "submission",
    derived=_release,
    indexes=(
        IndexModel([("authority", ASCENDING), ("key", ASCENDING)], name="key", unique=True),
        IndexModel([("authority", ASCENDING), ("case", ASCENDING), *_OLDEST], name="case"),
        IndexModel([("authority", ASCENDING), ("organisation", ASCENDING), *_NEWEST], name="organisation"),
        IndexModel([("authority", ASCENDING), ("account", ASCENDING), *_NEWEST], name="account"),
        IndexModel([("authority", ASCENDING), ("releases", ASCENDING)], name="releases"),
    ),
)


def add(viewer: Viewer, submission: Submission) -> Submission:
    """Insert a submission. Conflict when its key was used before in the authority: read it with `by_key`."""
    return RECORDS.add(viewer, submission)


def get(viewer: Viewer, submission: str) -> Submission:
    """Return a submission; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": submission})


def by_key(viewer: Viewer, key: str) -> Submission | None:
    """Return the submission with a key, or None."""
    return RECORDS.first(viewer, {"key": key})


def by_case(viewer: Viewer, reference: str) -> tuple[Submission, ...]:
    """Return the submissions of a case, first received first."""
    return RECORDS.many(viewer, {"case": reference}, _OLDEST)


def mine(viewer: Viewer, limit: int = 200) -> tuple[Submission, ...]:
    """Return the newest of what the viewer's organisation sent; a viewer without one finds their own."""
    if viewer.organisation is None:
        return RECORDS.many(viewer, {"account": viewer.account}, _NEWEST, limit)
    return RECORDS.many(viewer, {"organisation": viewer.organisation}, _NEWEST, limit)


def latest_of(viewer: Viewer, submission: Submission) -> Submission:
    """Return the submission that amends this one last; itself when nothing does."""
    while submission.amended_by is not None:
        submission = get(viewer, submission.amended_by)
    return submission


def first_key(viewer: Viewer, submission: str) -> str:
    """Return the key of the submission that this one amends in the end: the key under which it all began."""
    found = get(viewer, submission)
    while found.amends is not None:
        found = get(viewer, found.amends)
    return found.key


def replace(viewer: Viewer, submission: Submission, *, expected_revision: int) -> Submission:
    """Store a submission over the revision that was read; Conflict when it is stale."""
    return RECORDS.swap(viewer, submission, expected_revision)


def received_since(viewer: Viewer, account: str, since: datetime) -> Iterator[Submission]:
    """Yield what an account has sent since an instant. For the worker: only what it refers to is looked at."""
    return RECORDS.each({"authority": viewer.authority, "account": account, "received_at": {"$gte": since}})


def due_releases(viewer: Viewer, at: datetime, limit: int = 100) -> tuple[Submission, ...]:
    """Return submissions whose held-back status may be told at an instant, the longest due first."""
    return RECORDS.many(viewer, {"releases": {"$lte": at}}, [("releases", ASCENDING)], limit)
