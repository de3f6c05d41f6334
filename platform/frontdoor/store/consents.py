"""What was agreed, told and overridden at each contact. Records are added and never changed."""

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.consent import ConsentRecord
from frontdoor.store.records import Records

_OLDEST = [("recorded_at", ASCENDING), ("_id", ASCENDING)]

RECORDS = Records(
    "consents",
    ConsentRecord,
    "consent record",
    indexes=(
        IndexModel([("authority", ASCENDING), ("case", ASCENDING), *_OLDEST], name="case"),
        IndexModel([("authority", ASCENDING), ("family", ASCENDING), *_OLDEST], name="family"),
    ),
)


def add(viewer: Viewer, record: ConsentRecord) -> ConsentRecord:
    """Append what was recorded at one contact."""
    return RECORDS.add(viewer, record)


def of_case(viewer: Viewer, reference: str) -> tuple[ConsentRecord, ...]:
    """Return the records of a case, oldest first."""
    return RECORDS.many(viewer, {"case": reference}, _OLDEST)


def of_family(viewer: Viewer, family: str) -> tuple[ConsentRecord, ...]:
    """Return the records of a family over all its cases, oldest first."""
    return RECORDS.many(viewer, {"family": family}, _OLDEST)
