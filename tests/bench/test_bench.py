"""Measured on whatever machine this is, as ratios within one run: `make bench`. Nothing here fails for being slow.

FRONTDOOR_BENCH_CASES (100000), _OPEN (0.03 of them), _REQUESTS (400) and _CLIENTS (8) vary it.
"""

import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from statistics import median
from typing import Any

import pymongo
import pytest
from tests.bench.clients import Person, family, milliseconds, nominating, per_second, typical
from tests.bench.many_cases import grow
from tests.durability.site import Site, free_port
from tests.services.builders import DERBY

from frontdoor.cli import supervise

CASES = int(os.environ.get("FRONTDOOR_BENCH_CASES", "100000"))
REQUESTS = int(os.environ.get("FRONTDOOR_BENCH_REQUESTS", "400"))
CLIENTS = int(os.environ.get("FRONTDOOR_BENCH_CLIENTS", "8"))
OPEN = float(os.environ.get("FRONTDOOR_BENCH_OPEN", "0.03"))  # of a long history; the front door counts these
ROUNDS = 3

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
TOLD = "told at the end of the run"
Told = Callable[[str, object], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A site that runs, with a partner system's token."""
    running = Site(tmp_path_factory.mktemp("bench"))
    try:
        tokens = running.inside("prepare")
        running.start()
        yield running, tokens[DERBY][0]["secret"]
    finally:
        running.stop()


@pytest.fixture
def database(site: tuple[Site, str]) -> Iterator[Any]:
    with pymongo.MongoClient[dict[str, Any]](site[0].environ["MONGODB_URI"], tz_aware=True) as client:
        yield client["frontdoor"]


def families(seed: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(seed)  # noqa: S311 - invented families
    while True:
        yield family(chance)


def test_nominations_a_second_against_a_bare_view(site: tuple[Site, str], record_property: Told):
    running, secret = site
    port = free_port()
    bare = supervise.start(
        "bare",
        [sys.executable, "-m", "gunicorn", "--config", "python:frontdoor.cli.gunicorn_config", "--bind",
         f"127.0.0.1:{port}", "tests.bench.bare:create_wsgi()"],
        log=running.logs / "bare.log",
        environ=running.environ,
    )  # fmt: skip
    try:
        _wait_for(port)
        ours, theirs = [], []
        for number in range(ROUNDS + 1):  # the first round warms up
            for port_of, rates, prefix in ((running.port, ours, "ours"), (port, theirs, "bare")):
                send = nominating(secret, families(number * 10 + len(prefix)), f"{prefix}-{number}")
                requests = REQUESTS if number else 60
                rates.append(per_second(send, port_of, clients=CLIENTS, requests=requests))
        mine, least = median(ours[1:]), median(theirs[1:])
    finally:
        bare.stop()
    record_property(
        TOLD,
        f"Nominations a second over HTTP, {CLIENTS} clients, {REQUESTS} each round, {ROUNDS} rounds\n"
        f"  Front Door                              {mine:8.1f} /s   {_list(ours[1:])}\n"
        f"  bare view: the same checks, one insert  {least:8.1f} /s   {_list(theirs[1:])}\n"
        f"  ratio {mine / least:.2f} (aim: at least 0.40)",
    )


def test_the_sender_waits_as_long_for_every_family(site: tuple[Site, str], record_property: Told):
    """One sender, one at a time, the three kinds in turn."""
    running, secret = site
    fresh, known = families(77), next(families(78))
    kinds: dict[str, Callable[[], dict[str, Any]]] = {
        "new": lambda: next(fresh),
        "known": lambda: known,
        "at risk": lambda: {**next(fresh), "concern": "danger_now", "harm_details": "Bruises"},
    }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    with closing(HTTPConnection("127.0.0.1", running.port, timeout=60)) as connection:
        for number in range(43):
            for kind, told in kinds.items():
                send = nominating(secret, iter([told()]), f"{kind}-{number}")
                spent = milliseconds(lambda send=send: send(connection, 0))
                if number > 2:
                    taken[kind].append(spent)
    middle = {kind: median(values) for kind, values in taken.items()}
    spread = {kind: sorted(values)[int(len(values) * 0.9)] for kind, values in taken.items()}
    lines = [f"  {kind:8} {middle[kind]:7.1f} ms (nine of ten within {spread[kind]:.1f})" for kind in kinds]
    ratios = ", ".join(f"{kind} {middle[kind] / middle['new']:.2f}" for kind in ("known", "at risk"))
    told = "\n".join(lines)
    record_property(TOLD, f"How long the sender waits\n{told}\n  ratio to new: {ratios} (aim: 1.0, within the spread)")


def test_pages_at_a_hundred_thousand_cases(site: tuple[Site, str], database: Any, record_property: Told):
    running, secret = site
    _people(database)
    reference = _some_cases(running, secret, database)
    grow(database, 1_000, open_share=0.5)
    few, few_open = _pages(running, database, reference), database.cases.count_documents({"queue.open": True})
    began = time.monotonic()
    grow(database, CASES, open_share=OPEN, seed=2)
    grown, many_open = time.monotonic() - began, database.cases.count_documents({"queue.open": True})
    many = _pages(running, database, reference)
    lines = [
        f"  {page:12} {few[page]:8.1f} ms {many[page]:9.1f} ms   ratio {many[page] / few[page]:.2f}" for page in few
    ]
    told = "\n".join(lines)
    record_property(
        TOLD,
        f"Pages by cases held                1,000     {CASES:>9,} (grown in {grown:.0f} s)\n"
        f"  of them open   {few_open:8,}    {many_open:9,}\n{told}\n"
        f"  queue {many['queue'] / few['queue']:.2f}, case {many['case'] / few['case']:.2f} (aim: at most 2.0)",
    )


def _pages(running: Site, database: Any, reference: str) -> dict[str, float]:
    officer = Person(running.port, "bench-officer")
    name = database.cases.find_one({"queue.open": True})["title"].split()[0]
    pages = {
        "queue": "/queue",
        "second page": "/queue?page=2",
        "overdue": "/queue?state=overdue",
        "search": f"/search?text={name}",
        "case": f"/cases/{reference}",
    }
    taken = {page: typical(lambda path=path: officer.get(path), 25) for page, path in pages.items()}
    officer.leave()
    return taken


def _people(database: Any) -> None:
    """An officer to look: put in as `accounts.add` stores one."""
    made = {
        "_id": "bench-officer", "authority": DERBY, "tokens": [f"authority:{DERBY}"], "kind": "staff", "active": True,
        "email": "officer@bench.example", "name": "Bench Officer", "roles": ["front_door_officer"],
        "teams": ["front_door"], "organisation_admin": False, "language": "en", "revision": 0,
    }  # fmt: skip
    database.accounts.insert_one(made)


def _some_cases(running: Site, secret: str, database: Any) -> str:
    """Begin again with a few cases to copy, received as any other, and return the reference of one.

    The worker is waited for: what it has left to deliver would be measured too.
    """
    database.cases.delete_many({})
    per_second(nominating(secret, families(5), "models"), running.port, clients=2, requests=25)
    while database.cases.find_one({"undelivered": {"$ne": []}}, {"_id": 1}):
        time.sleep(0.1)
    return str(database.cases.find_one({"authority": DERBY})["_id"])


def _wait_for(port: int) -> None:
    for _ in itertools.repeat(None, 600):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the bare view did not start")


def _list(rates: list[float]) -> str:
    return "rounds " + ", ".join(f"{rate:.0f}" for rate in rates)
