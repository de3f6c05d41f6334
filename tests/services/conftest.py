"""The real database with both shipped programmes live in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pymongo.database import Database
from tests.services.builders import publish_shipped

from frontdoor.store import connection, secrets


@pytest.fixture(scope="module")
def opened(mongo_uri: str, database_name: str) -> Iterator[None]:
    """The run's database, opened for each module: other modules of this process open others and close them."""
    connection.open_database(mongo_uri, database_name)
    connection.ensure_indexes()
    secrets.configure(Fernet.generate_key().decode())
    yield
    connection.close()


@pytest.fixture
def shipped(opened, database: Database[dict[str, Any]]) -> Database[dict[str, Any]]:
    """The open, empty database with the shipped programmes published."""
    publish_shipped()
    return database
