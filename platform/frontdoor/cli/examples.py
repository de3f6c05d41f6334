"""`frontdoor examples`: worked examples on shipped files, without a database."""

from pathlib import Path

import click

from frontdoor import clock, packs_dir
from frontdoor.domain.calendar import LONDON
from frontdoor.domain.packs import gather
from frontdoor.services.examples import of_packs, run
from frontdoor.store import shipped


@click.command("examples")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rules", default="", help="Only the rows of these rules, as TFP1-C1,DER-I.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds forms/, rules/ and themes/; left out, the shipped files.",
)
def examples(file: Path, rules: str, root: Path | None) -> None:
    """Run the worked examples in FILE, one JSON object a line: id, pack, rule, facts, expect, why.

    A line for each failure, then `N passed, M failed, K unknown rules: …`. The exit status is 1 when any failed or
    named a rule that is not known, and when --rules names one that nothing has.
    """
    packs = gather(shipped.read(root or packs_dir()).sources)
    only = frozenset(name.strip() for name in rules.split(",") if name.strip())
    today = clock.now().astimezone(LONDON).date()
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise click.ClickException("Save the file as UTF-8") from None
    tally = run(lines, of_packs(packs, today), only)
    for line in (*tally.failures, *tally.slips):
        click.echo(line)
    click.echo(str(tally))
    if not tally.green:
        raise click.exceptions.Exit(1)
