"""Browsers' sessions, under the SHA-256 of the cookie's value: who reads the database cannot sign in with it.

No viewer is asked for: a session is what tells who the viewer is.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.account import Session
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document

COLLECTION = "sessions"
INDEXES = (
    IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),
    IndexModel([("account", ASCENDING), ("seen_at", DESCENDING)], name="account"),
)

_SHOWN = 16  # of the digest's 64 characters: enough to name a session on a page, too few to find it by


def load(digest: str, at: datetime) -> dict[str, Any] | None:
    """Return what is remembered in a session; None when it ended or expired."""
    found = database()[COLLECTION].find_one({"_id": digest, "expires_at": {"$gt": at}})
    return None if found is None else dict(json.loads(found["data"]))


def keep(
    digest: str, data: Mapping[str, Any], *, account: str | None, device: str, at: datetime, expires_at: datetime
) -> None:
    """Begin a session or go on with it: its data (JSON), whose it is (None before sign-in) and when it ends."""
    # As text: a framework's own keys begin with `_`, which no document of ours may hold.
    kept: Document = {"data": json.dumps(data), "account": account, "seen_at": at, "expires_at": expires_at}
    first = {"id": digest[:_SHOWN], "started_at": at, "device": device}
    database()[COLLECTION].update_one({"_id": digest}, {"$set": kept, "$setOnInsert": first}, upsert=True)


def renew(digest: str, *, at: datetime, expires_at: datetime) -> None:
    """Put off when a session ends, if it is still there."""
    database()[COLLECTION].update_one({"_id": digest}, {"$set": {"seen_at": at, "expires_at": expires_at}})


def end(digest: str) -> None:
    """End a session."""
    database()[COLLECTION].delete_one({"_id": digest})


def end_all(account: str) -> int:
    """End every session of an account and return how many there were."""
    return database()[COLLECTION].delete_many({"account": account}).deleted_count


def end_of_account(account: str, session: str) -> None:
    """End one session of an account by the id that `of_account` shows; another account's id changes nothing."""
    database()[COLLECTION].delete_one({"account": account, "id": session})


def of_account(account: str, at: datetime) -> tuple[Session, ...]:
    """Return the live sessions of an account, last seen first."""
    where = {"account": account, "expires_at": {"$gt": at}}
    found = database()[COLLECTION].find(where, sort=[("seen_at", DESCENDING)])
    return tuple(from_document(Session, session) for session in found)
