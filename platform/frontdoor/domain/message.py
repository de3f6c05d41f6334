"""A message to be sent: written in the transaction that caused it, released at a set moment, safe to send twice."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Message:
    """One e-mail. `key` makes a repeat of the same event harmless; `release_at` is when it may leave.

    The text carries a reference and general words only: what it is about is read after signing in.
    """

    id: str
    authority: str
    key: str
    to: str
    subject: str
    body: str
    release_at: datetime
    created_at: datetime
    language: str = "en"
    case: str | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    tries: int = 0
