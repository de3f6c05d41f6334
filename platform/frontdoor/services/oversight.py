"""Looking over the service's shoulder: who read which record, and which messages were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from frontdoor.domain.access import Viewer
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.message import Message
from frontdoor.store import accounts, messages, views
from frontdoor.store.records import Page
from frontdoor.store.views import View

__all__ = ["Page", "Reading", "Sent", "View", "access_log", "outbox", "readers", "readings"]


@dataclass(frozen=True)
class Sent:
    """One message: `state` is sent, waiting, held (until `release_at`) or failed.

    `body` is empty outside a demonstration: it may hold a link that signs its reader in.
    """

    to: str
    subject: str
    body: str
    state: str
    created_at: datetime
    release_at: datetime
    sent_at: datetime | None
    tries: int


@dataclass(frozen=True)
class Reading:
    """What one person read of one case in a row: the kinds of record, first to last, and how many readings these were.

    `case` is the reference, `""` for what hangs on no case.
    """

    account: str
    name: str
    case: str
    kinds: tuple[str, ...]
    first: datetime
    last: datetime
    count: int


def outbox(viewer: Viewer, *, at: datetime, demo: bool) -> list[Sent]:
    """Return the last messages, the newest first; outside a demonstration for whoever may see the outbox, unopened."""
    if not demo:
        viewer.need("see_outbox")
    return [_sent(message, at, demo) for message in messages.outbox(viewer)]


def access_log(viewer: Viewer, *, record: str = "", account: str = "", page: int = 1) -> Page[View]:
    """Return a page of readings, the newest first: all, of one record by its reference, or by one account.

    Errors: `AnswersRejected` where both are asked for.
    """
    viewer.need("see_access_log")
    if record and account:
        message = "Enter a reference or choose a person, not both"
        raise AnswersRejected("Ask for one of the two", problems=[Problem("/record", "one_only", message)])
    if record:
        return views.of_record(viewer, "case", record.strip().upper(), page=page)
    return views.by_account(viewer, account, page=page) if account else views.newest(viewer, page=page)


def readings(viewer: Viewer, found: Sequence[View]) -> list[Reading]:
    """Return what a page of readings comes to: what one person read of one case in a row is one line."""
    known = views.cases_of(viewer, found)

    def about(view: View) -> tuple[str, str, str]:
        case = view.record if view.kind == "case" else known.get(view.record, "")
        return view.account, case, "" if case else view.kind

    lines = []
    for (account, case, _kind), row in groupby(found, key=about):
        several = list(row)
        kinds = tuple(dict.fromkeys(one.kind for one in reversed(several)))
        lines.append(Reading(account, several[0].name, case, kinds, several[-1].at, several[0].at, len(several)))
    return lines


def readers(viewer: Viewer) -> Sequence[Account]:
    """Return the accounts whose readings may be asked for."""
    viewer.need("see_access_log")
    return accounts.everybody(viewer)


def _sent(message: Message, at: datetime, demo: bool) -> Sent:
    return Sent(
        to=message.to,
        subject=message.subject,
        body=message.body if demo else "",
        state=_state(message, at),
        created_at=message.created_at,
        release_at=message.release_at,
        sent_at=message.sent_at,
        tries=message.tries,
    )


def _state(message: Message, at: datetime) -> str:
    if message.sent_at:
        return "sent"
    if message.failed_at:
        return "failed"
    return "held" if message.release_at > at else "waiting"
