"""`frontdoor verify`: what a solver finds in the decision tables of an owner, as JSON."""

import json
from pathlib import Path

import click

from frontdoor import clock, packs_dir
from frontdoor.domain.calendar import LONDON
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.packs import gather
from frontdoor.services.examples import programme_of
from frontdoor.services.proofs.findings import Limit
from frontdoor.services.prove_apart import prove_apart
from frontdoor.store import shipped

BLOCKED, BAD_INPUT = 1, 2


@click.command("verify")
@click.argument("owner")
@click.option("--decision", "decisions", multiple=True, help="Only this table; may be repeated.")
@click.option("--seconds", type=click.FloatRange(min=0), default=Limit.seconds, show_default=True,
              help="How long one table may take.")  # fmt: skip
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds forms/, rules/ and themes/; left out, the shipped files.",
)
def verify(owner: str, decisions: tuple[str, ...], seconds: float, root: Path | None) -> None:
    """Prove the decision tables of OWNER: a programme, an authority, or AUTHORITY/PROGRAMME.

    Each table is asked for rows that can never be true or never decide, families that no row decides, and rows that
    contradict each other; every finding has a family that shows it. Exit status 1 where something may not be published.
    What could not be settled in time is listed as not proved. What cannot be used is told with exit status 2.
    """
    try:
        programme = programme_of(gather(shipped.read(root or packs_dir()).sources), owner)
        codes = decisions or (*programme.rules.decisions,)
        today = clock.now().astimezone(LONDON).date()
        found = prove_apart(programme, codes, as_of=today, limit=Limit(seconds=seconds))
    except FrontDoorError as refused:
        click.echo("\n".join([refused.message, *map(str, refused.problems)]), err=True)
        raise click.exceptions.Exit(BAD_INPUT) from refused
    click.echo(json.dumps({each.code: each.to_json() for each in found}, ensure_ascii=False, indent=2))
    for each in found:
        if not each.proved:
            click.echo(f"{each.code}: not proved: {', '.join((*each.not_proved, *each.disagreements))}", err=True)
    if any(each.blocks for each in found):
        raise click.exceptions.Exit(BLOCKED)
