"""What the worker read of past cases for the lab, for whichever process shows it next; gone by itself after a while.

It is derived, like the facts that it was read from: it may be dropped at any time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.store.client import database
from frontdoor.store.mapping import instant
from frontdoor.store.records import within

COLLECTION = "lab_readings"
INDEXES = (
    IndexModel([("authority", ASCENDING), ("key", ASCENDING), ("read_at", ASCENDING)], name="key"),
    IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),
)
_KEPT = timedelta(hours=1)
_PART = 8_000_000  # bytes: a document holds 16 MB at most


@dataclass(frozen=True)
class Reading:
    """What was read, and when."""

    read_at: datetime
    content: bytes


def put(viewer: Viewer, key: str, reading: Reading) -> None:
    """Keep what was read under a key; what was there before is dropped."""
    parts = [reading.content[at : at + _PART] for at in range(0, max(len(reading.content), 1), _PART)]
    same = {"key": key, "read_at": reading.read_at, "of": len(parts), "expires_at": reading.read_at + _KEPT}
    reach = {"authority": viewer.authority, "tokens": [authority_token(viewer.authority)]}
    made = [{**reach, **same, "number": number, "content": Binary(part)} for number, part in enumerate(parts)]
    database()[COLLECTION].insert_many(made)
    database()[COLLECTION].delete_many(within(viewer, {"key": key, "read_at": {"$lt": reading.read_at}}))


def newest(viewer: Viewer, key: str, after: datetime) -> Reading | None:
    """Return what was read last under a key, after an instant and whole; None where there is none."""
    found = list(database()[COLLECTION].find(within(viewer, {"key": key, "read_at": {"$gt": after}})))
    last = max((one["read_at"] for one in found), default=None)
    parts = sorted((one for one in found if one["read_at"] == last), key=lambda one: int(one["number"]))
    if last is None or len(parts) != parts[0]["of"]:
        return None
    return Reading(instant(last), b"".join(one["content"] for one in parts))
