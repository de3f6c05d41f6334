"""A duty alert: the safeguarding task. It stands on its own, so that nothing can hold it up."""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.consent import Override


@dataclass(frozen=True)
class Alert:
    """Raised the moment a safeguarding screen is posted with anything but "no".

    While the nomination is only a draft (`case` empty) duty sees who is writing it and how to reach them, not what was
    written. `concern` is the gravest answer, `gravity` its weight in the pathway. `words`, what was told, are kept as
    first given and shown once it was sent; when `abandoned_at` is set the alert is shown without them.
    """

    id: str
    authority: str
    programme: str
    tokens: tuple[str, ...]
    raised_at: datetime
    due_at: datetime
    role: str
    escalate_to: str
    source: str
    draft: str | None
    case: str | None
    organisation: str | None
    contact: str
    concern: str
    gravity: int
    words: tuple[str, ...]
    override: Override
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_name: str | None = None
    escalated_at: datetime | None = None
    abandoned_at: datetime | None = None
    sent_at: datetime | None = None
    revision: int = 0

    def state(self, now: datetime) -> str:
        """Return `acknowledged`, `escalated` (past its clock, told or not) or `waiting`."""
        if self.acknowledged_at is not None:
            return "acknowledged"
        return "escalated" if self.escalated_at is not None or now > self.due_at else "waiting"
