"""`frontdoor replay`: decide stored decisions again; any difference is an alarm."""

import click

from frontdoor import settings
from frontdoor.domain.access import PERMISSIONS, Viewer, authority_token
from frontdoor.services.replay import replay_all
from frontdoor.store import connection, secrets, snapshots


@click.command()
@click.argument("reference", required=False)
@click.option("--authority", help="One authority's receipts; all authorities when left out.")
def replay(reference: str | None, authority: str | None) -> None:
    """Replay every stored receipt, or those of the case REFERENCE. Exit status 1 on any difference."""
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    secrets.configure(configured.encryption_key)
    same = differ = 0
    for one in [authority] if authority else snapshots.authorities():
        for replayed in replay_all(_operator(one), reference):
            if replayed.differences:
                differ += 1
                click.echo(
                    f"{replayed.reference} {replayed.code} {replayed.receipt}: {'; '.join(replayed.differences)}"
                )
            else:
                same += 1
    click.echo(f"{same} receipts replayed to the same answer, {differ} differ")
    raise SystemExit(1 if differ else 0)


def _operator(authority: str) -> Viewer:
    """Return the viewer of an operator at the machine itself, who sees receipts' ids and differences, not answers."""
    tokens = frozenset({authority_token(authority)})
    return Viewer("operator", "Operator", "system", authority, tokens, frozenset(PERMISSIONS))
