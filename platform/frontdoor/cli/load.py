"""`frontdoor load`: publish the shipped packs, or those of a folder, for every authority they describe."""

from pathlib import Path

import click

from frontdoor import __version__, clock, packs_dir, settings
from frontdoor.services import load as loading
from frontdoor.store import connection


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--release", default=__version__, show_default=True, help="What this version of the packs is called.")
def load(folder: Path | None, release: str) -> None:
    """Load the packs in FOLDER (those shipped with Front Door when left out)."""
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    connection.ensure_indexes()
    for one in loading.load_shipped(folder or packs_dir(), release, at=clock.now()):
        click.echo(f"{one.authority} / {one.programme}: {one.outcome}, snapshot {one.number}")
