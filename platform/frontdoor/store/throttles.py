"""How often something was tried: counted in the database, so that no process or machine has a count of its own."""

from datetime import UTC, datetime, timedelta

from pymongo import ASCENDING, IndexModel, ReturnDocument

from frontdoor.domain.errors import TooMany
from frontdoor.store.client import database
from frontdoor.store.secrets import keyed_digest

COLLECTION = "throttles"
INDEXES = (IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hit(key: str, limit: int, window: timedelta, at: datetime) -> None:
    """Count one try under `key`, which is kept as a digest only.

    TooMany, saying in how many minutes to try again, once there were more than `limit` in this window. Windows follow
    each other from midnight UTC, so at worst twice the limit passes within one window's length.
    """
    number = (at - _EPOCH) // window
    ends = _EPOCH + (number + 1) * window
    counted = database()[COLLECTION].find_one_and_update(
        {"_id": f"{keyed_digest(key)}/{number}"},
        {"$inc": {"tries": 1}, "$setOnInsert": {"expires_at": ends}},
        upsert=True,
        return_document=ReturnDocument.AFTER,
    )
    if counted is not None and counted["tries"] > limit:
        minutes = -(-(ends - at) // timedelta(minutes=1))
        unit = "minute" if minutes == 1 else "minutes"
        raise TooMany(f"That was tried too often. Try again in {minutes} {unit}.")
