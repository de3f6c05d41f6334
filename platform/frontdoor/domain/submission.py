"""What somebody sent, or is still writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from frontdoor.domain.case import Pin


@dataclass(frozen=True)
class Draft:
    """A form being filled in. Its id is the idempotency key of the nomination that it becomes.

    `parts` keep what was typed on each page, even what is not valid yet (`typed`), so that nothing is lost.
    `concern` is the gravest answer ever given to the safeguarding screen; it is never lowered by a later edit.
    `arrival` is set for a contact that an officer takes down: channel, received_at (UTC) and the caller.
    """

    id: str
    authority: str
    programme: str
    form: str
    pin: Pin
    tokens: tuple[str, ...]
    organisation: str | None
    account: str
    answers: Mapping[str, Any]
    started_at: datetime
    saved_at: datetime
    typed: Mapping[str, Any] = field(default_factory=dict)
    concern: Mapping[str, Any] | None = None
    amends: str | None = None
    case: str | None = None
    arrival: Mapping[str, Any] | None = None
    sent_as: str | None = None
    language: str = "en"
    revision: int = 0


@dataclass(frozen=True)
class Question:
    """Something that the front door asks back, and the sender's reply."""

    id: str
    asked_at: datetime
    asked_by: str
    text: str
    replied_at: datetime | None = None
    replied_by: str | None = None
    reply: str = ""


@dataclass(frozen=True)
class Submission:
    """A completed form, kept as it was sent. An amendment is a further submission that names what it `amends`.

    `key` is unique per authority: the draft's id, or an API token's id and the partner's own reference.
    `digest` is over the answers: the same key with the same digest is a repeat, with another digest an amendment.
    """

    id: str
    authority: str
    programme: str
    form: str
    key: str
    digest: str
    answers: Mapping[str, Any]
    pin: Pin
    tokens: tuple[str, ...]
    case: str
    organisation: str | None
    account: str
    account_name: str
    received_at: datetime
    channel: str
    status: str = "received"
    status_at: datetime | None = None
    pending_status: str | None = None
    release_at: datetime | None = None
    amends: str | None = None
    amended_by: str | None = None
    questions: tuple[Question, ...] = ()
    language: str = "en"
    revision: int = 0
