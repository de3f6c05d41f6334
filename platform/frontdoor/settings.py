"""The only place that reads the environment. `app.py` and the commands pass what they need down as values."""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from frontdoor.domain.errors import FrontDoorError

MAKE_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 - how to make one
MAKE_KEY = "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"

VARIABLES: Mapping[str, tuple[str | None, str]] = {
    "MONGODB_URI": (None, "the MongoDB replica set, mongodb://HOST:27017/?replicaSet=NAME"),
    "FRONTDOOR_DATABASE": ("frontdoor", "the database's name on that server"),
    "FRONTDOOR_SECRET_KEY": (None, f"signs sessions and links, at least 32 characters; make one with: {MAKE_SECRET}"),
    "FRONTDOOR_ENCRYPTION_KEY": (
        None,
        "encrypts NI and NHS numbers, sign-in secrets and uploads; 32 bytes in URL-safe base64. Without it they are "
        f"lost, so keep a copy elsewhere; make one with: {MAKE_KEY}",
    ),
    "FRONTDOOR_BASE_URL": ("http://127.0.0.1:8000", "the address that people type, for links in letters and e-mail"),
    "FRONTDOOR_HOST": ("127.0.0.1", "the address to listen on"),
    "FRONTDOOR_PORT": ("8000", "the port to listen on"),
    "FRONTDOOR_DEMO": ("0", "1 for synthetic families, shown sign-ins and an outbox page in place of e-mail"),
    "FRONTDOOR_CLOCK_OFFSET": ("0", "seconds that a demonstration's clock runs ahead (read by clock.py)"),
    "FRONTDOOR_DATA_DIR": ("", "where the local database, keys and logs are kept; ~/.local/share/frontdoor if empty"),
    "FRONTDOOR_SMTP_HOST": ("", "the server that takes outgoing e-mail; a demonstration keeps it in the outbox page"),
    "FRONTDOOR_SMTP_PORT": ("587", "its port"),
    "FRONTDOOR_SMTP_TLS": ("starttls", "how it encrypts: starttls, implicit (port 465), or none (this machine only)"),
    "FRONTDOOR_SMTP_USER": ("", "the user name it asks for, if it does"),
    "FRONTDOOR_SMTP_PASSWORD": ("", "the password it asks for, if it does"),
    "FRONTDOOR_MAIL_FROM": ("frontdoor@localhost", "the sender's address of every e-mail"),
    "FRONTDOOR_SIGN_IN_TRIES": ("5", "wrong sign-ins of one account before it has to wait"),
    "FRONTDOOR_SIGN_IN_WAIT": ("900", "seconds that it then waits"),
    "FRONTDOOR_SESSION_IDLE": ("1800", "seconds without a click before a session ends (drafts are kept)"),
}


class NotConfigured(FrontDoorError):
    """The environment lacks something, or holds something unusable; the message has a line for each."""

    code = "not_configured"


@dataclass(frozen=True)
class Settings:
    """What an operator decides, checked. Secrets and the database's address never show in a `repr`."""

    mongodb_uri: str = field(repr=False)
    database: str
    secret_key: str = field(repr=False)
    encryption_key: str = field(repr=False)  # a Fernet key
    base_url: str  # no slash at the end
    host: str
    port: int
    demo: bool
    data_dir: Path
    smtp_host: str  # empty in a demonstration: nothing leaves
    smtp_port: int
    smtp_tls: str  # starttls, implicit or none
    smtp_user: str
    smtp_password: str = field(repr=False)
    mail_from: str
    sign_in_tries: int
    sign_in_wait: int  # seconds
    session_idle: int  # seconds


def data_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder for the local database, its keys and logs, by the XDG rules unless it is named."""
    named = environ.get("FRONTDOOR_DATA_DIR")
    if named:
        return Path(named).expanduser().absolute()
    shared = environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "frontdoor"


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process.

    Raises:
        NotConfigured: with every fault at once, each saying what to set.
    """
    reading = _Reading(os.environ if environ is None else environ)
    settings = Settings(
        mongodb_uri=reading.text("MONGODB_URI"),
        database=reading.text("FRONTDOOR_DATABASE"),
        secret_key=reading.secret("FRONTDOOR_SECRET_KEY"),
        encryption_key=reading.key("FRONTDOOR_ENCRYPTION_KEY"),
        base_url=reading.text("FRONTDOOR_BASE_URL").rstrip("/"),
        host=reading.text("FRONTDOOR_HOST"),
        port=reading.number("FRONTDOOR_PORT", 1, 65535),
        demo=reading.one_of("FRONTDOOR_DEMO", {"0", "1"}) == "1",
        data_dir=data_dir(reading.environ),
        smtp_host=reading.mail_server(),
        smtp_port=reading.number("FRONTDOOR_SMTP_PORT", 1, 65535),
        smtp_tls=reading.one_of("FRONTDOOR_SMTP_TLS", {"starttls", "implicit", "none"}),
        smtp_user=reading.optional("FRONTDOOR_SMTP_USER"),
        smtp_password=reading.optional("FRONTDOOR_SMTP_PASSWORD"),
        mail_from=reading.text("FRONTDOOR_MAIL_FROM"),
        sign_in_tries=reading.number("FRONTDOOR_SIGN_IN_TRIES", 1, 100),
        sign_in_wait=reading.number("FRONTDOOR_SIGN_IN_WAIT", 1, 86_400),
        session_idle=reading.number("FRONTDOOR_SESSION_IDLE", 60, 86_400),
    )
    if reading.faults:
        raise NotConfigured("The environment is not ready:\n  " + "\n  ".join(reading.faults))
    return settings


class _Reading:
    """One pass over the environment that remembers every fault, and never repeats a value."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        default, meaning = VARIABLES[name]
        value = self.environ.get(name) or default
        if not value:
            self.faults.append(f"{name} is not set: {meaning}")
        return value or ""

    def number(self, name: str, low: int, high: int) -> int:
        value = self.text(name)
        if value.isascii() and value.isdigit() and low <= int(value) <= high:
            return int(value)
        self.faults.append(f"{name} must be a whole number from {low} to {high}: {VARIABLES[name][1]}")
        return low

    def one_of(self, name: str, allowed: set[str]) -> str:
        value = self.text(name)
        if value not in allowed:
            self.faults.append(f"{name} must be {' or '.join(sorted(allowed))}: {VARIABLES[name][1]}")
        return value

    def optional(self, name: str) -> str:
        return self.environ.get(name, "")

    def mail_server(self) -> str:
        """Only a demonstration does without: elsewhere, alerts that go nowhere would be worse than no service."""
        name = "FRONTDOOR_SMTP_HOST"
        return self.optional(name) if self.environ.get("FRONTDOOR_DEMO") == "1" else self.text(name)

    def secret(self, name: str) -> str:
        value = self.text(name)
        if 0 < len(value) < 32:
            self.faults.append(f"{name} is too short to be safe: {VARIABLES[name][1]}")
        return value

    def key(self, name: str) -> str:
        value = self.text(name)
        try:
            long_enough = len(base64.urlsafe_b64decode(value)) == 32
        except (binascii.Error, ValueError):
            long_enough = False
        if value and not long_enough:
            self.faults.append(f"{name} is not a key: {VARIABLES[name][1]}")
        return value
