"""The suite that jsonlogic.com publishes."""

import json

import pytest
from tests.conformance.differential import ours
from tests.conformance.reference import SUITES


@pytest.mark.usefixtures("needs_suites")
def test_every_official_test_passes():
    rows = [row for row in json.loads((SUITES / "tests_official.json").read_text()) if isinstance(row, list)]
    wrong = [row for row in rows if json.loads(ours(row[0], row[1])) != row[2]]
    assert wrong == []
    assert len(rows) == 278
