"""What is still being written. A draft is saved often and never over somebody else's words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import Conflict
from frontdoor.domain.submission import Draft
from frontdoor.store.records import Records, within

_REMEMBERED = timedelta(days=30)
_NEWEST = [("saved_at", DESCENDING), ("_id", DESCENDING)]

RECORDS = Records(
    "drafts",
    Draft,
    "draft",
    derived=lambda draft: {"worrying": draft.concern is not None},
    indexes=(
        IndexModel([("authority", ASCENDING), ("tokens", ASCENDING), ("sent_as", ASCENDING), *_NEWEST], name="unsent"),
        IndexModel(
            [("authority", ASCENDING), ("worrying", ASCENDING), ("sent_as", ASCENDING), ("saved_at", ASCENDING)],
            name="worrying",
        ),
    ),
)


def add(viewer: Viewer, draft: Draft) -> Draft:
    """Insert a new draft."""
    return RECORDS.add(viewer, draft)


def get(viewer: Viewer, draft: str) -> Draft:
    """Return a draft; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": draft})


def save(viewer: Viewer, draft: Draft, *, expected_revision: int) -> Draft:
    """Store a draft over the revision that was read; Conflict with `theirs` and `mine` when it is stale."""
    return RECORDS.swap(viewer, draft, expected_revision)


def mine(viewer: Viewer) -> tuple[Draft, ...]:
    """Return the unsent drafts within the viewer's reach, last saved first: their own and those shared with them."""
    return RECORDS.many(viewer, {"sent_as": None}, _NEWEST)


def untouched(viewer: Viewer, like: Draft) -> Draft | None:
    """Return a draft for the same purpose that its writer began and never wrote in: no page of it was ever saved."""
    same = {name: getattr(like, name) for name in ("account", "programme", "form", "amends", "case")}
    return RECORDS.first(viewer, {**same, "arrival": None, "sent_as": None, "typed": {}}, _NEWEST)


def discard(viewer: Viewer, draft: str) -> None:
    """Delete an unsent draft. NotFound when there is none; Conflict when it was sent."""
    gone = RECORDS.collection.delete_one(within(viewer, {"_id": draft, "sent_as": None}))
    if not gone.deleted_count:
        raise Conflict("This was sent, so it cannot be discarded. Send a correction.", theirs=get(viewer, draft))


def mark_sent(viewer: Viewer, draft: str, sent_as: str, at: datetime) -> None:
    """Record which submission a draft became; repeating it changes nothing, another submission is a Conflict."""
    if get(viewer, draft).sent_as == sent_as:
        return
    done = RECORDS.collection.update_one(
        within(viewer, {"_id": draft, "sent_as": None}),
        {"$set": {"sent_as": sent_as, "saved_at": at}, "$inc": {"revision": 1}},
    )
    if not done.matched_count:
        raise Conflict("This was sent already. Open what was sent.", theirs=get(viewer, draft))


def saved_since(viewer: Viewer, tokens: Sequence[str], since: datetime) -> Iterator[Draft]:
    """Yield the drafts, sent or not, that share a token of `tokens` and were saved since an instant.

    For the worker: only what they refer to is looked at.
    """
    query = {"authority": viewer.authority, "tokens": {"$in": list(tokens)}, "saved_at": {"$gte": since}}
    return RECORDS.each(query)


def abandoned(viewer: Viewer, before: datetime) -> tuple[Draft, ...]:
    """Return unsent drafts with a concern that were last saved in the 30 days up to `before`, oldest first.

    For the worker, and without a token: a draft is seen by its writers alone, and duty must still learn that it was
    left. The viewer's authority bounds it; what is told on is who wrote it, not what.
    """
    saved = {"$gte": before - _REMEMBERED, "$lt": before}
    query = {"authority": viewer.authority, "worrying": True, "sent_as": None, "saved_at": saved}
    return tuple(RECORDS.each(query, [("saved_at", ASCENDING)]))
