"""Links sent by e-mail that let somebody in once: kept as a digest, for one purpose, until they expire."""

from collections.abc import Mapping
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from frontdoor.store.client import Document, database

COLLECTION = "sign_in_links"
INDEXES = (IndexModel([("expires_at", ASCENDING)], name="expiry", expireAfterSeconds=0),)


def add(digest: str, account: str, purpose: str, expires_at: datetime) -> None:
    """Keep the digest of a link's token: for which account, for which purpose (a code), until when."""
    add_each({digest: account}, purpose, expires_at)


def add_each(accounts: Mapping[str, str], purpose: str, expires_at: datetime) -> None:
    """Keep several links in one write, by the digest of their tokens: how many there are must not show in the time."""
    links = [{"_id": one, "account": to, "purpose": purpose, "expires_at": expires_at} for one, to in accounts.items()]
    database()[COLLECTION].insert_many(links)


def peek(digest: str, purpose: str, at: datetime) -> str | None:
    """Return the account that a link lets in, without using it up; None when it is used, expired or for another use."""
    found = database()[COLLECTION].find_one(_live(digest, purpose, at))
    return None if found is None else str(found["account"])


def use(digest: str, purpose: str, at: datetime) -> str | None:
    """Return the account that a link lets in and use the link up; None as for `peek`. Of two at once, one gets in."""
    found = database()[COLLECTION].find_one_and_delete(_live(digest, purpose, at))
    return None if found is None else str(found["account"])


def _live(digest: str, purpose: str, at: datetime) -> Document:
    return {"_id": digest, "purpose": purpose, "expires_at": {"$gt": at}}
