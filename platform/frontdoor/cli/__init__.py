"""The commands. Each is one file here, named as the command; only the one that is asked for is imported.

So `frontdoor evaluate` starts without Flask or MongoDB, and a fault in one command leaves the others working.
"""

from importlib import import_module
from typing import Any

import click

from frontdoor import __version__
from frontdoor.domain.errors import FrontDoorError

COMMANDS = (
    "check", "decide", "evaluate", "examples", "export", "load", "replay", "run", "simulate", "verify", "worker",
)  # fmt: skip


class _Commands(click.Group):
    """Finds commands by name; what Front Door refuses is a message and exit status 1, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"frontdoor.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command), cmd_name  # noqa: S101 - a mistake in this folder, not in use
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FrontDoorError as refused:
            raise click.ClickException("\n".join([refused.message, *map(str, refused.problems)])) from refused


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="frontdoor")
def main() -> None:
    """Front Door: forms ask, rules decide, themes show."""
