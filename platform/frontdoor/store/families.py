"""Families, found again by exact keys: digests of identifiers, and names that sound alike with a date of birth."""

from collections.abc import Iterable

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.family import Family
from frontdoor.store.records import Records

RECORDS = Records(
    "families",
    Family,
    "family record",
    indexes=(IndexModel([("authority", ASCENDING), ("keys", ASCENDING)], name="keys"),),
)


def add(viewer: Viewer, family: Family) -> Family:
    """Insert a new family."""
    return RECORDS.add(viewer, family)


def get(viewer: Viewer, family: str) -> Family:
    """Return a family; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": family})


def replace(viewer: Viewer, family: Family, *, expected_revision: int) -> Family:
    """Store a family over the revision that was read; Conflict when it is stale."""
    return RECORDS.swap(viewer, family, expected_revision)


def matching(viewer: Viewer, keys: Iterable[str]) -> list[Family]:
    """Return the families that share at least one key; the one that shares most comes first."""
    wanted = set(keys)
    found = RECORDS.many(viewer, {"keys": {"$in": sorted(wanted)}})
    return sorted(found, key=lambda family: (-len(wanted & set(family.keys)), family.id))
