"""Whether the parts of the service are well, for a monitor and for the operator's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdoor.store import connection, heartbeats

_LATE = timedelta(seconds=30)


@dataclass(frozen=True)
class Health:
    """`database` whether it answers; `worker` is well, late or absent."""

    database: bool
    worker: str


def look(*, at: datetime) -> Health:
    """Return how database and worker are. A worker that is away delays messages, never a nomination or an alert."""
    if not connection.ping():
        return Health(database=False, worker="unknown")
    beat = heartbeats.latest()
    if beat is None:
        return Health(database=True, worker="absent")
    return Health(database=True, worker="well" if at - beat <= _LATE else "late")
