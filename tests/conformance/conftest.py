"""The published suites live beside the repository and json-logic-js is built by npm: where one is absent, say so."""

import pytest
from tests.conformance.reference import NODE_MODULES, SUITES, is_there

_left_out: dict[str, int] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = {
        "needs_suites": None if SUITES.is_dir() else f"no suites in {SUITES}: set FRONTDOOR_CONFORMANCE",
        "needs_node": None if is_there() else f"no json-logic-js in {NODE_MODULES}: run npm ci",
    }
    left_out = [item for item in items if any(absent.get(name) for name in getattr(item, "fixturenames", ()))]
    for item in left_out:
        why = next(absent[name] for name in item.fixturenames if absent.get(name))
        _left_out[why] = _left_out.get(why, 0) + 1
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for why, count in _left_out.items():
        terminalreporter.write_line(f"conformance: {count} tests left out, {why}")


@pytest.fixture(scope="session")
def needs_suites() -> None:
    """The published suites are there."""


@pytest.fixture(scope="session")
def needs_node() -> None:
    """json-logic-js is there."""
