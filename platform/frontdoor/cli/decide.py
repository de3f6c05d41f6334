"""`frontdoor decide`: one decision on facts or answers from standard input; its receipt as JSON."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from frontdoor import clock, packs_dir
from frontdoor.domain.calendar import LONDON
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.packs import gather
from frontdoor.services.decide import decided, read
from frontdoor.services.examples import programme_of
from frontdoor.store import shipped

BAD_INPUT = 2


@click.command("decide")
@click.argument("owner")
@click.argument("decision")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds forms/, rules/ and themes/; left out, the shipped files.",
)
def decide(owner: str, decision: str, root: Path | None) -> None:
    """Decide DECISION by the rules of OWNER: a programme, an authority, or AUTHORITY/PROGRAMME.

    Standard input is `{"facts": {…}}` or `{"answers": {FORM: {…}}}`, with `as_of` and `parameters` if wanted; null is
    unknown. The receipt is printed as JSON. What cannot be used is told on standard error, with exit status 2.
    """
    try:
        document = json.loads(sys.stdin.buffer.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        _refuse("Standard input is no JSON. Give " + '{"facts": {…}} or {"answers": {FORM: {…}}}.')
    try:
        programme = programme_of(gather(shipped.read(root or packs_dir()).sources), owner)
        receipt = decided(programme, decision, read(document, clock.now().astimezone(LONDON).date()))
    except FrontDoorError as refused:
        _refuse("\n".join([refused.message, *(f"{one.where}: {one.message}" for one in refused.problems)]))
    click.echo(json.dumps(receipt.to_json(), ensure_ascii=False, indent=2))


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(BAD_INPUT)
