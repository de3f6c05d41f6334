"""Looks at the MongoDB that MONGODB_URI names, without its set or a sign-in, before anything is started.

Through its set's name a standalone server looks like nobody at all, so a plain question to one node tells more than
opening the database (the store, which then judges the sign-in, the version and who accepts writes).
No message repeats the address as given: it may hold a password. Only host and port are shown.
"""

from typing import Any

import pymongo
from pymongo.errors import ConfigurationError, InvalidURI, PyMongoError
from pymongo.uri_parser import parse_uri

from frontdoor.cli.supervise import CannotStart

PATIENCE = 5000  # milliseconds that a server has to answer
ANOTHER_WAY = "or leave MONGODB_URI empty to have a database started on this machine"


def check(uri: str) -> None:
    """Return if some node of it answers and belongs to a replica set, or is a router.

    Raises:
        CannotStart: it is no address, nobody answers, or there is no set; with the commands that mend it.
    """
    nodes, options = _parsed(uri)
    tls = {name: value for name, value in options.items() if name.startswith("tls")}
    answers = {(host, port): hello for host, port in nodes if (hello := _hello(host, port, tls))}
    if not answers:
        shown = ", ".join(f"{host}:{port}" for host, port in nodes)
        raise CannotStart(
            f"No MongoDB answers at {shown}. Start it, correct MONGODB_URI, {ANOTHER_WAY}. "
            f"If it uses TLS, the address needs tls=true."
        )
    if not any(hello.get("setName") or hello.get("msg") == "isdbgrid" for hello in answers.values()):
        (host, port), hello = next(iter(answers.items()))
        raise CannotStart(_without_a_set(host, port, options.get("replicaset", "rs0"), hello))


def _parsed(uri: str) -> tuple[list[tuple[str, int]], dict[str, Any]]:
    """Return its nodes, and its options by their names in lower case."""
    try:
        parsed = parse_uri(uri)
    except (InvalidURI, ConfigurationError, ValueError):
        raise CannotStart(
            f"MONGODB_URI is not the address of a MongoDB. Write it as mongodb://HOST:27017/?replicaSet=NAME (a "
            f"password's @ : / % as %40 %3A %2F %25), {ANOTHER_WAY}."
        ) from None
    options = {name.lower(): value for name, value in parsed["options"].items()}
    return [(host, port or 27017) for host, port in parsed["nodelist"]], options


def _hello(host: str, port: int, tls: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the node says of itself; it tells this to anybody."""
    try:
        with pymongo.MongoClient[dict[str, Any]](
            host, port, directConnection=True, serverSelectionTimeoutMS=PATIENCE, **tls
        ) as client:
            return client.admin.command("hello")
    except PyMongoError:
        return None


def _without_a_set(host: str, port: int, name: str, hello: dict[str, Any]) -> str:
    """Return what to do about a server that has no set yet (`isreplicaset`), or was not started for one."""
    member = f"{{_id: 0, host: '{host}:{port}'}}"
    begin = f"mongosh --host {host} --port {port} --eval \"rs.initiate({{_id: '{name}', members: [{member}]}})\""
    if hello.get("isreplicaset"):
        return f"MongoDB at {host}:{port} waits for its replica set to begin. Run once:  {begin}"
    return (
        f"MongoDB at {host}:{port} is a standalone server, and Front Door writes in transactions, which need a replica "
        f"set (one node is enough):\n"
        f"  1. start it as a set:  mongod --replSet {name} …  (or replication.replSetName: {name} in mongod.conf)\n"
        f"  2. once, begin it:     {begin}\n"
        f"  3. name it:            MONGODB_URI=mongodb://{host}:{port}/?replicaSet={name}"
    )
