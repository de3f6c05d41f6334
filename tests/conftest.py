"""What any test may ask for: one real MongoDB for the whole run, emptied before each test that uses it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pymongo
import pytest
from hypothesis import HealthCheck, settings
from pymongo.database import Database
from tests.conformance.reference import SCHEMA_SUITE, SUITES

from frontdoor.cli import local_mongod

# A test that fails because the machine was busy says nothing about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_ROOM = 4 * 1024**3  # bytes
Client = pymongo.MongoClient[dict[str, Any]]


@contextmanager
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for a database that need not outlive the run: in memory where the machine has room for that."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made inside it
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < _ROOM:
        yield tmp_path_factory.mktemp("mongod")
        return
    with TemporaryDirectory(prefix="frontdoor-", dir=memory, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def mongod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a replica set: that of MONGODB_URI, else one of this run's own (each xdist worker has one)."""
    given = os.environ.get("MONGODB_URI")
    if given:
        yield given
        return
    with data_folder(tmp_path_factory) as folder:
        child, uri = local_mongod.start(folder)
        with pymongo.MongoClient[dict[str, Any]](uri) as client:
            # Stories are dated: what expires by their clock must not be swept away by that of this machine.
            client.admin.command({"setParameter": 1, "ttlMonitorEnabled": False})
        yield uri
        child.stop()


@pytest.fixture(scope="session")
def mongo_uri(mongod: str) -> str:
    """The address to give to the code under test."""
    return mongod


@pytest.fixture(scope="session")
def database_name() -> str:
    """A database of this run's own: others may use the same server."""
    return f"frontdoor_test_{os.getpid()}"


@pytest.fixture(scope="session")
def mongo_client(mongo_uri: str, database_name: str) -> Iterator[Client]:
    """The run's one client: a second one cannot take part in the first one's transactions."""
    with pymongo.MongoClient[dict[str, Any]](mongo_uri, w="majority", journal=True, tz_aware=True) as client:
        yield client
        client.drop_database(database_name)


@pytest.fixture
def database(mongo_client: Client, database_name: str) -> Database[dict[str, Any]]:
    """An empty database. Emptied before the test, so that what a failed one left can be looked at."""
    empty = mongo_client[database_name]
    for name in empty.list_collection_names(filter={"type": "collection"}):
        if not name.startswith("system."):
            empty[name].delete_many({})
    return empty


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test wants to be read by people, from whichever process ran it (`record_property`)."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, told in getattr(report, "user_properties", ()):
                if name == "told at the end of the run":
                    terminalreporter.write_line(f"\n{told}")
    for absent in (folder for folder in (SUITES, SCHEMA_SUITE) if not folder.is_dir()):
        terminalreporter.write_line(
            f"\nconformance: its suite was left out, {absent} is absent: set FRONTDOOR_CONFORMANCE"
        )
