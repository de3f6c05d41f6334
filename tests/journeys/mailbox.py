"""A real SMTP server on the loopback address that keeps what it is given, as the partners' own mail server would."""

import email
import re
import socket
import time
from contextlib import closing
from email.message import EmailMessage
from email.policy import default
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

LINK = re.compile(r"https?://\S+/(?:sign-in/link|enrol)/[\w.-]+")
PATIENCE = 30.0  # seconds for an e-mail to arrive


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Keeping(Message):
    """Keeps every message in the order it came."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[EmailMessage] = []

    def prepare_message(self, session: object, envelope: object) -> EmailMessage:
        message = cast(EmailMessage, email.message_from_bytes(envelope.content, policy=default))  # type: ignore[attr-defined]  # aiosmtpd's own object
        message["X-Recipients"] = ", ".join(envelope.rcpt_tos)  # type: ignore[attr-defined]  # the same
        return message

    def handle_message(self, message: object) -> None:
        self.kept.append(cast(EmailMessage, message))


class Mailbox:
    """Everybody's mail."""

    def __init__(self) -> None:
        self._keeping = _Keeping()
        self.port = free_port()
        self._server = Controller(self._keeping, hostname="127.0.0.1", port=self.port)
        self._server.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.stop()

    def of(self, address: str) -> list[EmailMessage]:
        """What one address received, oldest first."""
        return [one for one in self._keeping.kept if address in one["X-Recipients"]]

    def next_link(self, address: str, after: int) -> str:
        """The first link that `address` is sent after its first `after` e-mails; other e-mails may come between."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            for one in self.of(address)[after:]:
                if found := LINK.search(words_of(one)):
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no e-mail with a link came to {address}")


def words_of(message: EmailMessage) -> str:
    """What an e-mail says."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
