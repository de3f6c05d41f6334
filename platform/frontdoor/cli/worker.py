"""`frontdoor worker`: drain events, release messages, run clocks, until told to stop."""

import logging
import os
from threading import Thread

import click

from frontdoor import clock, settings
from frontdoor import worker as loop
from frontdoor.delivery import mail
from frontdoor.domain.message import Message
from frontdoor.services.deliver import Send
from frontdoor.store import connection, secrets

# Where processors are few, people who wait for a page come first. Half a page's weight: alerts still escalate on time.
_YIELDS = 4


@click.command()
def worker() -> None:
    """Drain events and run clocks. Safe to stop, kill and run several times over."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    os.nice(_YIELDS)
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    secrets.configure(configured.encryption_key)
    stop = loop.until_told()
    # A daemon: a proof under way does not hold up the end, and whoever claims its job next begins it anew.
    Thread(target=loop.prove, args=(clock.now, stop), name="proofs", daemon=True).start()
    loop.run(_sender(configured), clock.now, stop)


def _sender(configured: settings.Settings) -> Send:
    """Return how messages leave: by SMTP, or in a demonstration not at all (the outbox page shows them)."""
    if configured.demo and not configured.smtp_host:
        return _stays_here
    server = mail.Server(
        configured.smtp_host,
        configured.smtp_port,
        configured.mail_from,
        tls=configured.smtp_tls,
        user=configured.smtp_user,
        password=configured.smtp_password,
    )
    return lambda message: mail.send(server, message)


def _stays_here(message: Message) -> None:
    """Leave the message in the outbox."""
