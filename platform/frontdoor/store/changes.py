"""Changes to an authority's live configuration, from draft to published."""

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import DateTimeField, DictField, IntField, ListField, StringField
from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.domain.change import STATES, Change
from frontdoor.store.administration import Administered, AdministrativeDocument
from frontdoor.store.records import permission_token

_NEWEST = [("created_at", DESCENDING), ("_id", DESCENDING)]
_CONCERNS = ("edit_change", "approve_change", "publish_change", "emergency_publish", "roll_back")


class ChangeDocument(AdministrativeDocument):
    """A change as stored; the edited values are text inside `edits` (`mapping.py` says why)."""

    meta: ClassVar[dict[str, Any]] = {"collection": "changes", "auto_create_index": False}

    id = StringField(primary_key=True)
    authority = StringField(required=True)
    tokens = ListField(StringField(), required=True)
    programme = StringField(required=True)
    title = StringField()
    kind = StringField(required=True)
    state = StringField(required=True, choices=STATES)
    base = IntField(required=True)
    created_at = DateTimeField(required=True)
    created_by = StringField(required=True)
    edits = ListField(DictField())
    report = DictField(null=True)
    submitted_by = StringField()
    approved_by = StringField()
    approved_name = StringField()
    from_at = DateTimeField()
    published = IntField()
    review_due_at = DateTimeField()
    reviewed_by = StringField()
    steps = ListField(DictField())
    batches = ListField(DictField())
    undone = ListField(DictField())
    simulation = DictField()
    screening = DictField()
    revision = IntField()


RECORDS = Administered(
    ChangeDocument,
    Change,
    "change",
    lambda change: [
        authority_token(change.authority),
        *(permission_token(change.authority, permission) for permission in _CONCERNS),
    ],
    indexes=(
        IndexModel([("authority", ASCENDING), *_NEWEST], name="newest"),
        IndexModel([("authority", ASCENDING), ("reviewed_by", ASCENDING), ("review_due_at", ASCENDING)], name="review"),
    ),
)


def add(viewer: Viewer, change: Change) -> Change:
    """Insert a new change."""
    return RECORDS.add(viewer, change)


def get(viewer: Viewer, change: str) -> Change:
    """Return a change; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": change})


def replace(viewer: Viewer, change: Change, *, expected_revision: int) -> Change:
    """Store a change over the revision that was read; Conflict when it is stale."""
    return RECORDS.swap(viewer, change, expected_revision)


def all_of(viewer: Viewer) -> tuple[Change, ...]:
    """Return the authority's changes, newest first."""
    return RECORDS.many(viewer, {}, _NEWEST)


def to_review(viewer: Viewer, by: datetime) -> tuple[Change, ...]:
    """Return what was published at once, is due for its review by an instant and has none, soonest due first."""
    where = {"reviewed_by": None, "review_due_at": {"$lte": by}}
    return RECORDS.many(viewer, where, [("review_due_at", ASCENDING)])
