"""Forms of drafts that somebody tries: seen by their writer alone, and gone by themselves after some hours."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.trial import Trial
from frontdoor.store.records import Records, within

_NEWEST = [("saved_at", DESCENDING), ("_id", DESCENDING)]

RECORDS = Records(
    "trials",
    Trial,
    "trial",
    indexes=(
        IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),
        IndexModel([("authority", ASCENDING), ("tokens", ASCENDING), ("change", ASCENDING), *_NEWEST], name="mine"),
    ),
)


def add(viewer: Viewer, trial: Trial) -> Trial:
    """Insert a new trial."""
    return RECORDS.add(viewer, trial)


def get(viewer: Viewer, change: str, trial: str) -> Trial:
    """Return a trial of a change; NotFound when the viewer has none."""
    return RECORDS.one(viewer, {"_id": trial, "change": change})


def save(viewer: Viewer, trial: Trial, *, expected_revision: int) -> Trial:
    """Store a trial over the revision that was read; Conflict when it is stale."""
    return RECORDS.swap(viewer, trial, expected_revision)


def of_change(viewer: Viewer, change: str) -> tuple[Trial, ...]:
    """Return the viewer's trials of a change, last saved first."""
    return RECORDS.many(viewer, {"change": change}, _NEWEST)


def end(viewer: Viewer, change: str, trial: str) -> None:
    """Destroy a trial, if it is still there."""
    RECORDS.collection.delete_one(within(viewer, {"_id": trial, "change": change}))
