"""Browsers that are signed in: kept on the server under a digest of the cookie, ended from anywhere; their language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.account import Session
from frontdoor.domain.errors import Conflict
from frontdoor.services.sign_in import digest_of
from frontdoor.store import accounts, sessions


def recall(name: str, at: datetime) -> dict[str, Any] | None:
    """Return what is remembered under a cookie's value, `None` when the session ended or was idle too long."""
    return sessions.load(digest_of(name), at)


def remember(
    name: str, kept: Mapping[str, Any], *, account: str | None, device: str, at: datetime, expires_at: datetime
) -> None:
    """Keep a session's data and put off its end."""
    sessions.keep(digest_of(name), dict(kept), account=account, device=device, at=at, expires_at=expires_at)


def renew(name: str, *, at: datetime, expires_at: datetime) -> None:
    """Put off the end of a session that nothing was changed in; one that was ended meanwhile stays so."""
    sessions.renew(digest_of(name), at=at, expires_at=expires_at)


def forget(name: str) -> None:
    """End one session by its cookie's value."""
    sessions.end(digest_of(name))


def mine(viewer: Viewer, at: datetime) -> Sequence[Session]:
    """Return the browsers in which the viewer is signed in, the latest first."""
    return sessions.of_account(viewer.account, at)


def end_mine(viewer: Viewer, session_id: str) -> None:
    """End one of the viewer's own sessions; another person's id changes nothing."""
    sessions.end_of_account(viewer.account, session_id)


def reads(viewer: Viewer, language: str) -> None:
    """Remember the language that the viewer chose for the mails to come; this browser's session knows it anyway."""
    account = accounts.get(viewer, viewer.account)
    if account.language == language:
        return
    try:
        accounts.replace(viewer, replace(account, language=language), expected_revision=account.revision)
    except Conflict:
        return  # an administrator changes the account at this very moment: the next choice is remembered
