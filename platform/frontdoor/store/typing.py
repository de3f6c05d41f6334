"""What somebody typed into an editor and has not saved yet: theirs alone, and forgotten after thirty days."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer, person_token
from frontdoor.store.client import database
from frontdoor.store.records import within

COLLECTION = "typing"
INDEXES = (IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),)

_REMEMBERED = timedelta(days=30)
Fields = Mapping[str, Sequence[str]]


def keep(viewer: Viewer, where: str, fields: Fields, at: datetime) -> None:
    """Keep what is in the boxes of one editor, over what was kept of it before."""
    key = _key(viewer, where)
    kept = {
        "authority": viewer.authority,
        "tokens": [person_token(viewer.account)],
        # Pairs, because names of boxes hold dots.
        "fields": [[name, list(texts)] for name, texts in fields.items()],
        "saved_at": at,
        "expires_at": at + _REMEMBERED,
    }
    database()[COLLECTION].replace_one(within(viewer, {"_id": key}), {**kept, "_id": key}, upsert=True)


def kept(viewer: Viewer, where: str) -> tuple[Fields, datetime] | None:
    """Return what was typed into an editor and when; None where nothing is kept."""
    found = database()[COLLECTION].find_one(within(viewer, {"_id": _key(viewer, where)}))
    return None if found is None else ({name: tuple(texts) for name, texts in found["fields"]}, found["saved_at"])


def forget(viewer: Viewer, where: str) -> None:
    """Forget what was typed into an editor."""
    database()[COLLECTION].delete_one(within(viewer, {"_id": _key(viewer, where)}))


def _key(viewer: Viewer, where: str) -> str:
    return f"{viewer.account}{where}"
