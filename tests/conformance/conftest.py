"""The published suites live beside the repository: where their folder is absent, they alone are left out."""

import pytest
from tests.conformance.reference import SCHEMA_SUITE, SUITES

FOLDERS = {"needs_suites": SUITES, "needs_schema_suite": SCHEMA_SUITE}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = {fixture for fixture, folder in FOLDERS.items() if not folder.is_dir()}
    left_out = [item for item in items if absent & set(getattr(item, "fixturenames", ()))]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def needs_suites() -> None:
    """The published suites are there."""


@pytest.fixture(scope="session")
def needs_schema_suite() -> None:
    """The JSON Schema Test Suite is there."""
