"""The one MongoDB client of this process, and transactions on it.

mongoengine is given its collections (`administration.py`), because a transaction binds whatever its own client does and
refuses any other.
"""

import os
import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import Any, TypeVar

import mongomock
import mongomock.gridfs
import pymongo
from mongoengine.errors import OperationError
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure, PyMongoError, ServerSelectionTimeoutError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from frontdoor.domain.errors import FrontDoorError

T = TypeVar("T")
Document = dict[str, Any]

OLDEST_VERSION = (6, 0)
PATIENCE = 15.0  # seconds; an election with MongoDB's own settings takes eleven

_DURABLE = WriteConcern("majority", j=True)
_UNSTATED = WriteConcern()

_ALONE = (
    "This MongoDB server runs alone, and Front Door needs transactions, which only a replica set has; one server is "
    "enough. Start it again with `mongod --replSet rs0`, then run `mongosh --eval 'rs.initiate()'` once."
)
_NOT_INITIATED = (
    "This MongoDB server was started for a replica set that nobody has set up yet. "
    "Run `mongosh --eval 'rs.initiate()'` once, then try again."
)
_SILENT = "No MongoDB server that accepts writes answers at the given address. Start it, or mend MONGODB_URI."
_REFUSED = "MongoDB refuses the user name and password of MONGODB_URI. Mend them, then try again."
_NO_ADDRESS = "MONGODB_URI is no address of a MongoDB server. Write it as mongodb://HOST:PORT/?replicaSet=NAME."


@dataclass(frozen=True)
class _Opened:
    uri: str
    name: str
    mock: bool
    process: int
    client: MongoClient[Document]

    @cached_property
    def durable(self) -> Database[Document]:
        """The database as it is outside transactions."""
        return self.client[self.name] if self.mock else self.client.get_database(self.name, write_concern=_DURABLE)

    @cached_property
    def unstated(self) -> Database[Document]:
        """The database as it is inside a transaction, where the commit states the write concern."""
        return self.client.get_database(self.name, write_concern=_UNSTATED)


class _Process:
    """What this process has open; one for each process, because a forked child may not use its parent's client."""

    opened: _Opened | None = None


_process = _Process()
_opening = threading.RLock()
_inside: ContextVar[bool] = ContextVar("inside_a_transaction", default=False)


def open_database(uri: str, name: str, *, mock: bool = False, patience: float = PATIENCE) -> None:
    """Open the database `name`; a database that was open before is closed.

    FrontDoorError, with what mends it, for a server that is silent, runs alone or is older than 6.0. `mock` keeps
    everything in this process's memory, without transactions; `uri` is then not looked at. `patience` in seconds.
    """
    with _opening:
        close()
        client = _in_memory() if mock else _checked(_client(uri, patience))
        _process.opened = _Opened(uri, name, mock, os.getpid(), client)


def database() -> Database[Document]:
    """Return the open database; in a forked child, over a client of the child's own.

    Ask for it at every use: inside a transaction it is another object, for there a write may not state its own concern.
    """
    opened = _process.opened
    if opened is None:
        raise FrontDoorError("The database is not open. Call open_database() first.")
    if opened.process != os.getpid():
        opened = _reopened()
    return opened.unstated if _inside.get() else opened.durable


def close() -> None:
    """Close the client, if one is open."""
    with _opening:
        opened, _process.opened = _process.opened, None
        if opened is not None and opened.process == os.getpid():
            opened.client.close()


def in_memory() -> bool:
    """Return whether the open database is the demonstration's, kept in memory without transactions."""
    return _process.opened is not None and _process.opened.mock


def in_transaction(callback: Callable[[], T]) -> T:
    """Run `callback` whole or not at all and return what it returns; a call inside another joins it.

    `callback` runs again when another transaction was in the way, so it does nothing but read and write this database.
    An error that came from the database, a repeated key say, has undone it all, whether or not it is caught.
    """
    client = database().client
    if _inside.get() or in_memory():
        return callback()
    with client.start_session() as session, session.bind():
        return session.with_transaction(
            lambda _: _run(callback),
            read_concern=ReadConcern("snapshot"),
            write_concern=_DURABLE,
        )


def ping(patience: float = 2.0) -> bool:
    """Return whether a primary answers within `patience` seconds; for the health page."""
    client = database().client
    if in_memory():
        return True
    try:
        with pymongo.timeout(patience):
            return bool(client.admin.command("ping")["ok"])
    except PyMongoError:
        return False


def _client(uri: str, patience: float) -> MongoClient[Document]:
    try:
        return MongoClient(
            uri,
            tz_aware=True,
            tzinfo=UTC,
            retryWrites=True,
            retryReads=True,
            readPreference="primary",
            serverSelectionTimeoutMS=int(patience * 1000),
            appname="frontdoor",
        )
    except (ConfigurationError, InvalidURI, ValueError) as unreadable:
        raise FrontDoorError(_NO_ADDRESS) from unreadable


def _checked(client: MongoClient[Document]) -> MongoClient[Document]:
    """Return the client; close it and raise when its server cannot carry Front Door."""
    try:
        hello = client.admin.command("hello")
        version = tuple(client.server_info()["versionArray"][:2])
    except ServerSelectionTimeoutError as silent:
        servers = client.topology_description.server_descriptions().values()
        client.close()
        waiting = any(server.server_type_name == "RSGhost" for server in servers)
        raise FrontDoorError(_NOT_INITIATED if waiting else _SILENT) from silent
    except OperationFailure as refused:
        client.close()
        raise FrontDoorError(_REFUSED) from refused
    alone = "setName" not in hello and hello.get("msg") != "isdbgrid"
    if alone or version < OLDEST_VERSION:
        client.close()
        found = ".".join(map(str, version))
        raise FrontDoorError(_ALONE if alone else f"This is MongoDB {found}. Upgrade it to 6.0 or later.")
    return client


def _in_memory() -> MongoClient[Document]:
    mongomock.gridfs.enable_gridfs_integration()  # type: ignore[no-untyped-call]  # mongomock types only its client
    client: MongoClient[Document] = mongomock.MongoClient(tz_aware=True)
    return client


def _reopened() -> _Opened:
    with _opening:
        opened = _process.opened
        if opened is None:
            raise FrontDoorError("The database was closed meanwhile. Try again.")
        if opened.process != os.getpid():
            # No check: the parent made it, and each worker of a web server should not wait for it again.
            client = opened.client if opened.mock else _client(opened.uri, PATIENCE)
            opened = _process.opened = replace(opened, process=os.getpid(), client=client)
        return opened


def _run(callback: Callable[[], T]) -> T:
    token = _inside.set(True)
    try:
        return callback()
    except OperationError as wrapped:
        # mongoengine hides the label by which pymongo knows that the transaction may be tried again.
        cause = wrapped.__cause__ or wrapped.__context__
        raise cause if isinstance(cause, PyMongoError) else wrapped from None
    finally:
        _inside.reset(token)
