"""`frontdoor run`: everything on one machine, in one process that ends all the others when it ends."""

import errno
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click

from frontdoor import settings as environment
from frontdoor import web
from frontdoor.cli import keys, local_mongod, mongo_server, supervise, tether
from frontdoor.cli.prepare import prepare_database
from frontdoor.cli.supervise import CannotStart, Child
from frontdoor.settings import Settings

PATIENCE = 60.0  # seconds for the first page
SERVICES = 2  # worker and web server; a third child is our own database


@click.command()
@click.option("--host", help="The address to listen on (127.0.0.1: this machine only).")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on (8000).")
@click.option("--demo/--no-demo", default=None, help="With synthetic families and sign-ins that are shown here.")
@click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where database, keys and logs are kept."
)
@click.option("--tethered", is_flag=True, help="Also stop when the program that started this ends.")
def run(*, host: str | None, port: int | None, demo: bool | None, data_dir: Path | None, tethered: bool) -> None:
    """Start the database (unless MONGODB_URI names one), the web server and the worker; Ctrl-C stops them all."""
    if tethered:
        tether.end_with(os.getppid(), signal.SIGTERM)
    environ = _environ(host=host, port=port, demo=demo, data_dir=data_dir)
    try:
        with ExitStack() as running, supervise.stoppable():
            supervise.watch(_start(environ, running))
    except supervise.Stopped:
        click.echo("\nStopped.")


def _environ(*, host: str | None, port: int | None, demo: bool | None, data_dir: Path | None) -> dict[str, str]:
    """Return the environment of the children: what options say goes before what is set already."""
    environ = dict(os.environ)
    said = {
        "FRONTDOOR_HOST": host,
        "FRONTDOOR_PORT": port and str(port),
        "FRONTDOOR_DEMO": None if demo is None else str(int(demo)),
        "FRONTDOOR_DATA_DIR": data_dir and str(data_dir.absolute()),
    }
    environ.update({name: value for name, value in said.items() if value})
    if not environ.get("FRONTDOOR_BASE_URL"):
        listens = {
            name: environ.get(name) or environment.VARIABLES[name][0] for name in ("FRONTDOOR_HOST", "FRONTDOOR_PORT")
        }
        environ["FRONTDOOR_BASE_URL"] = f"http://{listens['FRONTDOOR_HOST']}:{listens['FRONTDOOR_PORT']}"
    return environ


def _start(environ: dict[str, str], running: ExitStack) -> list[Child]:
    """Start all in order, each to be stopped by `running` in the opposite one; return what is to be watched."""
    if not (Path(web.__file__).parent / "static" / "manifest.json").exists():
        raise CannotStart(
            "The styles and scripts are not built. In a checkout: `make run`, or `npm ci && npm run build`."
        )
    folder = local_mongod.own_folder(environment.data_dir(environ))
    running.enter_context(_alone(folder))
    if not all(environ.get(name) for name in keys.NAMES):
        environ |= {name: key for name, key in keys.kept(folder).items() if not environ.get(name)}
    settings = environment.read({**environ, "MONGODB_URI": environ.get("MONGODB_URI") or "started below"})
    _check_port(settings)
    children = []
    if environ.get("MONGODB_URI"):
        mongo_server.check(settings.mongodb_uri)
    else:
        click.echo("Starting the database …")
        database, environ["MONGODB_URI"] = local_mongod.start(folder)
        running.callback(database.stop)
        children.append(database)
        settings = replace(settings, mongodb_uri=environ["MONGODB_URI"])
    click.echo("Loading forms, rules and themes …")
    sign_ins = prepare_database(settings)
    click.echo("Starting the web server and the worker …")
    children += _start_services(settings, environ, running)
    _wait_until_healthy(settings, children)
    _announce(settings, sign_ins, own_database=len(children) > SERVICES)
    return children


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel lets go of it however this process ends."""
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"Front Door already runs with the data in {folder} (process {lock.read().strip()}). "
                f"Stop it there with Ctrl-C, or give another folder with --data-dir."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as refused:
            raise CannotStart(_why_not_bound(settings, refused)) from None


def _why_not_bound(settings: Settings, refused: OSError) -> str:
    if refused.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} is in use. Stop what uses it, or choose another: "
            f"`make run PORT={settings.port + 1}`, or --port {settings.port + 1}."
        )
    if refused.errno == errno.EACCES:
        return f"Port {settings.port} is for the system's administrator. Choose one from 1024 up, with --port."
    return f"{settings.host} is no address of this machine. Choose another with --host; 127.0.0.1 always works."


def _start_services(settings: Settings, environ: Mapping[str, str], running: ExitStack) -> Iterator[Child]:
    logs = settings.data_dir / "logs"
    python = [sys.executable, "-m"]
    address = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
    server = ["gunicorn", "--config", "python:frontdoor.cli.gunicorn_config", "--bind", address]
    for name, command in (("worker", ["frontdoor", "worker"]), ("web server", server)):
        child = supervise.start(name, python + command, log=logs / f"{name.split()[0]}.log", environ=environ)
        running.callback(child.stop)
        yield child


def _wait_until_healthy(settings: Settings, children: Sequence[Child]) -> None:
    """Return when the first page answers; a child that ends meanwhile says why."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - looked up, not bound
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        supervise.check(children)
        with closing(HTTPConnection(host, settings.port, timeout=5)) as connection, suppress(OSError, HTTPException):
            connection.request("GET", "/health")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise CannotStart(
        f"The web server does not answer in good health. Its log is {settings.data_dir / 'logs' / 'web.log'}"
    )


def _announce(settings: Settings, sign_ins: Sequence[str], *, own_database: bool) -> None:
    click.echo(f"\nFront Door is ready:  {settings.base_url}\n")
    for line in sign_ins:
        click.echo(line)
    if own_database:
        click.echo(
            "\nThe database here is for demonstration and tests. For `frontdoor load` and other commands meanwhile:\n"
            f"  export MONGODB_URI='{settings.mongodb_uri}'"
        )
    click.echo(f"\nData, keys and logs are in {settings.data_dir}\nCtrl-C stops everything.")
