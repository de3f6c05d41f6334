"""Mail to be sent, written in the transaction that causes it and claimed by one worker at a time."""

from datetime import datetime, timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.domain.message import Message
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document, to_document
from frontdoor.store.queue import NEVER
from frontdoor.store.records import permission_token, refusals, within

COLLECTION = "messages"
INDEXES = (
    IndexModel([("authority", ASCENDING), ("key", ASCENDING)], name="key", unique=True),
    IndexModel([("next_at", ASCENDING)], name="next"),
    IndexModel([("authority", ASCENDING), ("created_at", DESCENDING)], name="newest"),
)

LEASE = timedelta(minutes=5)  # a worker that died while sending has its message sent again after this
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)
_TRIES = 12  # about two days; then it shows as failed and nobody tries again


def add(message: Message) -> bool:
    """Queue a message; False, changing nothing, when the authority has one with its key."""
    collection = database()[COLLECTION]
    # Asked first: inside a transaction a refused insert would undo whatever caused the message.
    if collection.find_one({"authority": message.authority, "key": message.key}, {"_id": 1}) is not None:
        return False
    tokens = [authority_token(message.authority), permission_token(message.authority, "see_outbox")]
    stored = {**to_document(message), "_id": message.id, "tokens": tokens, "next_at": message.release_at}
    with refusals("message", None):
        collection.insert_one(stored)
    return True


def claim(at: datetime, worker: str) -> Message | None:
    """Return the message that is longest due and let nobody else have it for `LEASE`; None when nothing is due."""
    found = database()[COLLECTION].find_one_and_update(
        {"next_at": {"$lte": at}},
        {"$set": {"next_at": at + LEASE, "claimed_by": worker}, "$inc": {"tries": 1}},
        sort=[("next_at", ASCENDING)],
        return_document=ReturnDocument.AFTER,
    )
    return None if found is None else from_document(Message, found)


def mark_sent(message: Message, at: datetime) -> None:
    """Record that a message was sent."""
    _set(message, {"sent_at": at, "failed_at": None, "next_at": NEVER})


def mark_failed(message: Message, at: datetime) -> None:
    """Record that a try failed; the next comes after a pause that doubles, up to six hours, twelve times in all."""
    pause = min(_FIRST_PAUSE * 2 ** max(0, message.tries - 1), _LONGEST_PAUSE)
    _set(message, {"failed_at": at, "next_at": at + pause if message.tries < _TRIES else NEVER})


def due(at: datetime) -> int:
    """Return how many messages are due and unsent; for the health page."""
    return database()[COLLECTION].count_documents({"next_at": {"$lte": at}})


def outbox(viewer: Viewer, limit: int = 100) -> tuple[Message, ...]:
    """Return the messages written last, newest first."""
    found = database()[COLLECTION].find(within(viewer, {}), sort=[("created_at", DESCENDING)], limit=limit)
    return tuple(from_document(Message, message) for message in found)


def _set(message: Message, fields: Document) -> None:
    database()[COLLECTION].update_one({"_id": message.id}, {"$set": fields})
