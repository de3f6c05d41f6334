"""Accounts of staff, partners and partners' systems, and the organisations that partners belong to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Organisation:
    """A partner organisation of one authority: a school, a police team, a health visiting service."""

    id: str
    authority: str
    name: str
    kind: str
    active: bool = True


@dataclass(frozen=True)
class Account:
    """One person's way in. `kind` is `staff` or `partner`; e-mail is stored lower-cased and unique per authority.

    Staff have a password hash (argon2) and an encrypted TOTP secret; partners sign in by an e-mailed link.
    """

    id: str
    authority: str
    kind: str
    email: str
    name: str
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    organisation: str | None = None
    organisation_admin: bool = False
    password_hash: str | None = None
    totp_secret: str | None = None
    language: str = "en"
    active: bool = True
    created_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True)
class Session:
    """A signed-in browser, kept on the server so that it can be ended from anywhere."""

    id: str
    account: str
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    device: str = ""


@dataclass(frozen=True)
class ApiToken:
    """A system's token: only its digest is stored.

    `scopes` are `nominate` and `read_status` for a partner's system; `rules`, with `organisation` empty, for one of the
    authority's own.
    """

    id: str
    authority: str
    organisation: str
    label: str
    digest: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
