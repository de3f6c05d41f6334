"""What a test outside the site asks of its database through the services: run as a process of its own.

python -m tests.durability.inside prepare   loads the packs, adds two organisations a side; prints their tokens
python -m tests.durability.inside drain     does the worker's rounds until nothing waits; prints how many events
python -m tests.durability.inside ledger    prints, for each authority, the entries of its chain and what is broken
"""

import json
import sys
from dataclasses import replace
from typing import Any

from frontdoor import clock, packs_dir, settings
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Organisation
from frontdoor.services import deliver, load, partners
from frontdoor.store import connection, ledger, organisations, secrets, snapshots


def prepare() -> dict[str, list[dict[str, str]]]:
    """Load the shipped packs and return two partner systems' tokens for each authority."""
    connection.ensure_indexes()
    load.load_shipped(packs_dir(), "1.0", at=clock.now())
    made: dict[str, list[dict[str, str]]] = {}
    for authority in snapshots.authorities():
        viewer = replace(system_viewer(authority), permissions=frozenset({"manage_organisations"}))
        for name in ("Larkspur School", "Curlew Health Visiting"):
            owner = organisations.add(viewer, Organisation(f"{authority}-{name[:5]}", authority, name, "school"))
            token, secret = partners.issue_token(viewer, owner.id, f"System of {name}", at=clock.now())
            made.setdefault(authority, []).append({"account": token.id, "secret": secret})
    return made


def drain() -> int:
    """Deliver whatever waits, as the worker does."""
    moved = 0
    while (done := deliver.round_of_work(lambda _: None, at=clock.now(), worker="test")).busy:
        moved += done.events
    return moved


def chains() -> dict[str, Any]:
    """Return each authority's chain: how many entries, and the first place where it does not hold."""
    return {
        authority: [ledger.head(authority)[0], repr(ledger.verify(authority))] for authority in snapshots.authorities()
    }


if __name__ == "__main__":
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    secrets.configure(configured.encryption_key)
    print(json.dumps({"prepare": prepare, "drain": drain, "ledger": chains}[sys.argv[1]]()))  # noqa: T201 - its answer
    connection.close()
