"""What the database must hold before the first page: the shipped packs and, in a demonstration, synthetic families."""

from frontdoor import __version__, clock, packs_dir
from frontdoor.services import demo, load
from frontdoor.settings import Settings
from frontdoor.store import connection, secrets


def prepare_database(settings: Settings) -> tuple[str, ...]:
    """Load what is missing; return the lines that tell people how to sign in to a demonstration."""
    connection.open_database(settings.mongodb_uri, settings.database)
    secrets.configure(settings.encryption_key)
    connection.ensure_indexes()
    load.load_shipped(packs_dir(), __version__, at=clock.now())
    if not settings.demo:
        return ()
    people = demo.load_demo(at=clock.now())
    width = max((len(one.name) for one in people), default=0)
    return tuple(f"{one.name:{width}}  {one.role}, {one.authority}" for one in people)
