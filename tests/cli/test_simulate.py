import json

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from tests.services.builders import DERBY
from tests.services.conftest import opened, shipped
from tests.services.test_simulate import past

from frontdoor.cli import main

__all__ = ["opened", "past", "shipped"]


@pytest.fixture
def run(past, mongo_uri, database_name, monkeypatch):
    """The command, over past cases; it opens the database that the cases are in."""
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("FRONTDOOR_DATABASE", database_name)
    monkeypatch.setenv("FRONTDOOR_ENCRYPTION_KEY", Fernet.generate_key().decode())
    monkeypatch.setenv("FRONTDOOR_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("FRONTDOOR_DEMO", "1")
    return lambda *words: CliRunner().invoke(main, ["simulate", *words])


def test_a_threshold_is_tried_and_only_references_are_told(run, past):
    done = run(DERBY, "--set", "criteria_min=1", "--decision", "TFP1-E", "--json")
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.output)
    assert told["references"]
    assert set(told["references"]) <= set(past)
    assert all(cell["count"] for cell in told["matrix"])
    assert "Nguyễn" not in done.output
    table = run(DERBY, "--set", "criteria_min=1", "--decision", "TFP1-E")
    assert told["references"][0] in table.output
    assert "would be decided differently" in table.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["--set", "criteria_mun=1"], "/criteria_mun", id="no-such-parameter"),
        pytest.param(["--set", "criteria_min"], "Write --set criteria_min=VALUE", id="no-value"),
        pytest.param(["--decision", "NONE"], "Choose one of", id="no-such-table"),
    ],
)
def test_what_cannot_be_tried_says_what_to_do(run, words, says):
    done = run(DERBY, *words)
    assert done.exit_code != 0
    assert says in done.output
