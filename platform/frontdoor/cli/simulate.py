"""`frontdoor simulate`: what a change of parameters would do to past cases. References only, never a name."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click

from frontdoor import clock, settings
from frontdoor.domain.access import PERMISSIONS, Viewer, authority_token
from frontdoor.domain.errors import NotFound
from frontdoor.services import keep_facts, programmes
from frontdoor.services import simulate as what_if
from frontdoor.store import connection, secrets, snapshots

_SHOWN = 20  # references printed in the table; `--json` has up to 500


@click.command()
@click.argument("owner")
@click.option("--set", "changed", multiple=True, metavar="NAME=VALUE", help="A parameter and its value.")
@click.option("--decision", help="The table's code. All tables that the change can move when left out.")
@click.option("--programme", help="Which programme, where the authority runs several.")
@click.option("--rebuild", is_flag=True, help="Work every past case out afresh before.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def simulate(
    owner: str, changed: tuple[str, ...], decision: str | None, programme: str | None, *, rebuild: bool, as_json: bool
) -> None:
    """Tell what would become of the past cases of the authority OWNER if parameters had other values."""
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    connection.ensure_indexes()
    secrets.configure(configured.encryption_key)
    chosen, at = _programme(owner, programme), clock.now()
    if rebuild:
        keep_facts.rebuild(owner, chosen, at=at)
    change = what_if.Change(dict(_parameter(each) for each in changed))
    codes = [decision] if decision else list(programmes.live(owner, chosen, at).rules.decisions)
    told = []
    for code in codes:
        done = what_if.simulate(_operator(owner), chosen, code, change, at=at, exact=True)
        told.append((done, what_if.moved(_operator(owner), chosen, code, change, at=at)))
    if as_json:
        click.echo(json.dumps([{**asdict(done), "references": moved} for done, moved in told], ensure_ascii=False))
        return
    for done, moved in told:
        click.echo("\n".join(_table(done, moved)))


def _programme(owner: str, programme: str | None) -> str:
    run = snapshots.programmes(owner)
    if not run or (programme and programme not in run):
        raise NotFound(f"Nothing of {programme or owner} is published here. Run `frontdoor load` first.")
    if not programme and len(run) > 1:
        raise click.UsageError(f"{owner} runs {', '.join(run)}: choose one with --programme")
    return programme or run[0]


def _parameter(written: str) -> tuple[str, Any]:
    name, sign, value = written.partition("=")
    if not sign:
        raise click.UsageError(f"Write --set {name}=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _table(done: what_if.Simulated, moved: list[str]) -> Iterable[str]:
    def shown(count: int | None) -> str:
        return f"fewer than {done.threshold}" if count is None else f"about {count:,}"

    yield f"{done.code}: {done.moved} of {done.cases} cases would be decided differently"
    width = max((len(cell.was) + len(cell.now) for cell in done.matrix), default=0) + 6
    for cell in done.matrix:
        yield f"  {f'{cell.was} -> {cell.now}':{width}} {cell.count}"
    yield f"  of {shown(done.agreement.overrides)} overrides it agrees with {shown(done.agreement.after)} "
    yield from (f"  {reference}" for reference in moved[:_SHOWN])
    if len(moved) > _SHOWN:
        yield "  ... and more: use --json"


def _operator(authority: str) -> Viewer:
    """Return the viewer of an operator at the machine itself, who is shown references."""
    tokens = frozenset({authority_token(authority)})
    return Viewer("operator", "Operator", "system", authority, tokens, frozenset(PERMISSIONS))
