"""Families, found again by exact keys: digests of identifiers, and names that sound alike with a date of birth."""

from collections.abc import Iterable

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.family import Family
from frontdoor.store.records import Records

BY_HAND = "same:"  # begins a key that a person's word gave to two families

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
    """Return the families that share at least one key, and those joined to them; the one that shares most comes first.

    A family that a person joined to one of them by hand is found with it, however little its own record says.
    """
    wanted = frozenset(keys)
    found: dict[str, Family] = {}
    asked, unasked = frozenset[str](), wanted
    while unasked:
        for family in RECORDS.many(viewer, {"keys": {"$in": sorted(unasked)}}):
            found[family.id] = family
        asked |= unasked
        unasked = frozenset(key for one in found.values() for key in one.keys if key.startswith(BY_HAND)) - asked
    return sorted(found.values(), key=lambda family: (-len(wanted & set(family.keys)), family.id))
