"""When each worker was last at work; for the health page."""

from datetime import datetime

from pymongo import DESCENDING, IndexModel

from frontdoor.store.client import database

COLLECTION = "heartbeats"
INDEXES = (IndexModel([("at", DESCENDING)], name="latest"),)


def beat(worker: str, at: datetime) -> None:
    """Record that a worker is at work."""
    database()[COLLECTION].update_one({"_id": worker}, {"$set": {"at": at}}, upsert=True)


def latest() -> datetime | None:
    """Return when any worker was last at work; None before the first."""
    found = database()[COLLECTION].find_one({}, sort=[("at", DESCENDING)])
    return None if found is None else found["at"]
