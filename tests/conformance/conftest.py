"""The published suites live beside the repository: where their folder is absent, they alone are left out."""

import pytest
from tests.conformance.reference import SUITES


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SUITES.is_dir():
        return
    left_out = [item for item in items if "needs_suites" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def needs_suites() -> None:
    """The published suites are there."""
