"""Sending one message by SMTP. The same message may be sent twice; its Message-ID stays the same."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

from frontdoor.domain.message import Message

_TIMEOUT = 20.0


@dataclass(frozen=True)
class Server:
    """An SMTP server. `tls` is `starttls`, `implicit` or `none` (loopback only)."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def send(server: Server, message: Message) -> None:
    """Hand a message to the server. Errors: `OSError`, smtplib's too, for what a later try may mend."""
    letter = composed(server.sender, message)
    if server.tls == "implicit":
        with smtplib.SMTP_SSL(
            server.host, server.port, timeout=_TIMEOUT, context=ssl.create_default_context()
        ) as session:
            _hand_over(session, server, letter)
        return
    with smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT) as session:
        if server.tls == "starttls":
            session.starttls(context=ssl.create_default_context())
        _hand_over(session, server, letter)


def composed(sender: str, message: Message) -> EmailMessage:
    """Return the message as mail: plain text, dated at its release, marked as sent by a machine."""
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = message.to
    letter["Subject"] = " ".join(message.subject.split())
    letter["Date"] = format_datetime(message.release_at)
    letter["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2] or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = message.language
    letter.set_content(message.body)
    return letter


def _hand_over(session: smtplib.SMTP, server: Server, letter: EmailMessage) -> None:
    if server.user:
        session.login(server.user, server.password)
    session.send_message(letter)
