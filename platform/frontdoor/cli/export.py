"""`frontdoor export`: one authority's live configuration as a bundle, on standard output."""

import json

import click

from frontdoor import clock, settings
from frontdoor.services import load as loading
from frontdoor.store import connection, snapshots


@click.command()
@click.argument("authority")
@click.argument("programme")
@click.option("--number", type=int, help="A published snapshot's number; the live one when left out.")
def export(authority: str, programme: str, number: int | None) -> None:
    """Write the configuration of AUTHORITY's PROGRAMME, with its origins and local edits, as JSON."""
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    snapshot = (
        snapshots.get(authority, programme, number)
        if number is not None
        else snapshots.live(authority, programme, clock.now())
    )
    click.echo(json.dumps(loading.bundle(snapshot), ensure_ascii=False, indent=2, default=str))
