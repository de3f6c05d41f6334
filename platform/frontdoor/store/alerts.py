"""Duty alerts. One for each draft, whatever happens to the draft; a concern is only ever raised, never lowered.

Duty learns of every concern, of a restricted case too; which case that is and what was told, only who may open it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.alert import Alert
from frontdoor.domain.errors import Conflict, WrongState
from frontdoor.store.client import database, in_transaction
from frontdoor.store.queue import COLLECTION as CASES
from frontdoor.store.records import Records, tokens_of, within

_GRAVEST = [("gravity", DESCENDING), ("raised_at", ASCENDING), ("_id", ASCENDING)]

RECORDS = Records(
    "alerts",
    Alert,
    "alert",
    derived=lambda alert: {"key": alert.draft or alert.id},
    indexes=(
        IndexModel([("authority", ASCENDING), ("key", ASCENDING)], name="key", unique=True),
        IndexModel(
            [("authority", ASCENDING), ("tokens", ASCENDING), ("acknowledged_at", ASCENDING), *_GRAVEST], name="open"
        ),
        IndexModel([("authority", ASCENDING), ("tokens", ASCENDING), ("acknowledged_at", DESCENDING)], name="taken"),
        IndexModel(
            [
                ("authority", ASCENDING),
                ("acknowledged_at", ASCENDING),
                ("escalated_at", ASCENDING),
                ("due_at", ASCENDING),
            ],
            name="late",
        ),
        IndexModel([("authority", ASCENDING), ("case", ASCENDING), ("raised_at", ASCENDING)], name="case"),
    ),
)


def add(viewer: Viewer, alert: Alert) -> Alert:
    """Raise an alert and return it as it stands; a draft that has one keeps it, with the graver of the two concerns.

    The words first given stay, and those that are sent join them. A graver concern asks for a new acknowledgement, on
    the new clock when the old one was stopped, else on the earlier of the two. Safe to repeat and to call at the same
    moment from two pages.
    """

    def act() -> Alert:
        before = of_draft(viewer, alert.draft) if alert.draft is not None else None
        if before is None:
            return RECORDS.add(viewer, alert)
        after = _risen(before, alert)
        return before if after == before else RECORDS.swap(viewer, after, before.revision)

    try:
        return in_transaction(act)
    except Conflict:
        # Somebody raised the same one in between; now it is there to be read.
        return in_transaction(act)


def get(viewer: Viewer, alert: str) -> Alert:
    """Return an alert, withheld in part as in a list; NotFound when there is none within the viewer's reach."""
    return _shown(viewer, [RECORDS.one(viewer, {"_id": alert})])[0]


def of_draft(viewer: Viewer, draft: str) -> Alert | None:
    """Return the alert that a draft raised, or None."""
    return RECORDS.first(viewer, {"key": draft})


def of_case(viewer: Viewer, reference: str) -> tuple[Alert, ...]:
    """Return the alerts of a case, first raised first."""
    return RECORDS.many(viewer, {"case": reference}, [("raised_at", ASCENDING)])


def open(viewer: Viewer) -> tuple[Alert, ...]:  # alerts.open reads as it is meant; nothing here opens files
    """Return the alerts that nobody has acknowledged, the gravest first, then the oldest."""
    return _shown(viewer, RECORDS.many(viewer, {"acknowledged_at": None}, _GRAVEST))


def acknowledged(viewer: Viewer, limit: int) -> tuple[Alert, ...]:
    """Return alerts that were acknowledged, the latest first."""
    taken = RECORDS.many(viewer, {"acknowledged_at": {"$ne": None}}, [("acknowledged_at", DESCENDING)], limit)
    return _shown(viewer, taken)


def counts(viewer: Viewer, at: datetime) -> dict[str, int]:
    """Return how many alerts wait, and how many of these are past their clock: {"waiting": 3, "late": 1}."""
    waiting = within(viewer, {"acknowledged_at": None})
    late = {**waiting, "due_at": {"$lt": at}}
    return {"waiting": RECORDS.collection.count_documents(waiting), "late": RECORDS.collection.count_documents(late)}


def acknowledge(viewer: Viewer, alert: str, *, at: datetime) -> Alert:
    """Record that the viewer takes an alert on, and return it whole. WrongState, naming who was first, if somebody has.

    Its case hears of it whether or not the viewer may open that case: the caller shows nothing of what comes back.
    """
    taken = {"acknowledged_at": at, "acknowledged_by": viewer.account, "acknowledged_name": viewer.name}
    done = RECORDS.collection.update_one(
        within(viewer, {"_id": alert, "acknowledged_at": None}), {"$set": taken, "$inc": {"revision": 1}}
    )
    found = RECORDS.one(viewer, {"_id": alert})
    if not done.matched_count:
        raise WrongState(f"{found.acknowledged_name} has acknowledged this alert already. Ask them how it stands.")
    return found


def to_escalate(viewer: Viewer, at: datetime) -> tuple[Alert, ...]:
    """Return the alerts that are past their clock, unacknowledged and not yet escalated; for the worker.

    No token is asked for: an alert must not miss its clock because of who may read it. The authority bounds it.
    """
    where = {"authority": viewer.authority, "acknowledged_at": None, "escalated_at": None, "due_at": {"$lt": at}}
    return tuple(RECORDS.each(where, [("due_at", ASCENDING)]))


def mark_escalated(viewer: Viewer, alert: Alert) -> None:
    """Record that an alert was escalated at its `escalated_at`, unless somebody acknowledged it meanwhile."""
    where = {"_id": alert.id, "authority": viewer.authority, "acknowledged_at": None, "escalated_at": None}
    marked = {"$set": {"escalated_at": alert.escalated_at}, "$inc": {"revision": 1}}
    RECORDS.collection.update_one(where, marked)


def mark_sent(viewer: Viewer, draft: str, case: str, at: datetime) -> None:
    """Tie the alert of a draft to the case that the draft became; a draft without one changes nothing."""
    where = {"authority": viewer.authority, "key": draft, "sent_at": None}
    RECORDS.collection.update_one(where, {"$set": {"case": case, "sent_at": at}, "$inc": {"revision": 1}})


def mark_abandoned(viewer: Viewer, draft: str, at: datetime) -> int:
    """Record that the draft of an alert was left unsent; return 1 when that is news, else 0."""
    where = {"authority": viewer.authority, "key": draft, "sent_at": None, "abandoned_at": None}
    marked = {"$set": {"abandoned_at": at}, "$inc": {"revision": 1}}
    return RECORDS.collection.update_one(where, marked).modified_count


def _shown(viewer: Viewer, found: Sequence[Alert]) -> tuple[Alert, ...]:
    """Return alerts as the viewer may see them: without case and words where the case is beyond their reach."""
    tied = [alert.case for alert in found if alert.case is not None]
    if not tied or viewer.kind == "system":
        return tuple(found)
    beyond = {"_id": {"$in": tied}, "authority": viewer.authority, "tokens": {"$nin": tokens_of(viewer)}}
    hidden = {case["_id"] for case in database()[CASES].find(beyond, {"_id": 1})}
    return tuple(replace(one, case=None, draft=None, words=()) if one.case in hidden else one for one in found)


def _risen(before: Alert, now: Alert) -> Alert:
    """Return the alert as it stands after a further answer: graver, or tied to a case, or as it was.

    What was told first stays; what was sent in the end is added, not what was typed in between.
    """
    words = (*before.words, *now.words) if now.case is not None else before.words
    tied = replace(before, case=before.case or now.case, sent_at=before.sent_at or now.sent_at)
    tied = replace(tied, words=tuple(dict.fromkeys(words)))
    if now.gravity <= before.gravity:
        return tied
    was_taken = before.acknowledged_at is not None
    return replace(
        tied,
        concern=now.concern,
        gravity=now.gravity,
        override=now.override,
        due_at=now.due_at if was_taken else min(before.due_at, now.due_at),
        acknowledged_at=None,
        acknowledged_by=None,
        acknowledged_name=None,
        escalated_at=None if was_taken else before.escalated_at,
    )
