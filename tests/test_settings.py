"""The environment, read once, with every fault at once."""

import re
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from frontdoor import clock, settings
from frontdoor.settings import NotConfigured

KEY = "2hNJRyFXCOtIh_bMkJ6yfhtLPYiXAfm4PW42ITD5yZk="
ENOUGH = {
    "MONGODB_URI": "mongodb://ann:secret@db.example/?replicaSet=rs0",
    "FRONTDOOR_SECRET_KEY": "k" * 32,
    "FRONTDOOR_ENCRYPTION_KEY": KEY,
    "FRONTDOOR_SMTP_HOST": "mail.example",
}


def test_four_settings_are_enough():
    read = settings.read(ENOUGH | {"HOME": "/home/ann"})
    assert (read.host, read.port, read.demo, read.database) == ("127.0.0.1", 8000, False, "frontdoor")


def test_a_demonstration_needs_no_mail_server():
    demonstration = {name: value for name, value in ENOUGH.items() if name != "FRONTDOOR_SMTP_HOST"} | {
        "FRONTDOOR_DEMO": "1"
    }
    assert settings.read(demonstration).smtp_host == ""


def test_an_empty_environment_is_told_every_setting_that_it_lacks():
    with pytest.raises(NotConfigured) as refused:
        settings.read({})
    for name in ENOUGH:
        assert f"{name} is not set" in refused.value.message


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        pytest.param("FRONTDOOR_PORT", "80a", "FRONTDOOR_PORT must be a whole number from 1 to 65535", id="no-number"),
        pytest.param(
            "FRONTDOOR_PORT", "70000", "FRONTDOOR_PORT must be a whole number from 1 to 65535", id="too-large"
        ),
        pytest.param("FRONTDOOR_PORT", "²", "FRONTDOOR_PORT must be a whole number", id="a-digit-that-is-no-number"),
        pytest.param("FRONTDOOR_DEMO", "yes", "FRONTDOOR_DEMO must be 0 or 1", id="no-switch"),
        pytest.param(
            "FRONTDOOR_SMTP_TLS", "ssl", "FRONTDOOR_SMTP_TLS must be implicit or none or starttls", id="no-choice"
        ),
        pytest.param("FRONTDOOR_SECRET_KEY", "sesame", "FRONTDOOR_SECRET_KEY is too short", id="short-secret"),
        pytest.param("FRONTDOOR_ENCRYPTION_KEY", KEY[:20], "FRONTDOOR_ENCRYPTION_KEY is not a key", id="short-key"),
        pytest.param("FRONTDOOR_ENCRYPTION_KEY", "é" * 44, "FRONTDOOR_ENCRYPTION_KEY is not a key", id="no-base64"),
    ],
)
def test_an_unusable_value_is_refused_and_not_repeated(name, value, says):
    with pytest.raises(NotConfigured) as refused:
        settings.read(ENOUGH | {name: value})
    assert says in refused.value.message
    assert value not in refused.value.message.replace("65535", "")


@pytest.mark.parametrize("command", [settings.MAKE_SECRET, settings.MAKE_KEY], ids=["secret", "key"])
def test_the_command_that_a_message_gives_makes_a_key_that_is_accepted(command):
    code = re.search(r"'(.*)'", command)[1]
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    name = "FRONTDOOR_SECRET_KEY" if command == settings.MAKE_SECRET else "FRONTDOOR_ENCRYPTION_KEY"
    assert settings.read(ENOUGH | {name: made})


def test_no_secret_shows_when_settings_are_printed():
    shown = repr(settings.read(ENOUGH | {"FRONTDOOR_SMTP_PASSWORD": "open-sesame"}))
    assert [secret for secret in ("secret@", "k" * 32, KEY, "open-sesame") if secret in shown] == []


def test_the_folder_of_the_data_follows_xdg_unless_it_is_named():
    assert settings.data_dir({"XDG_DATA_HOME": "/srv/share"}) == Path("/srv/share/frontdoor")
    assert settings.data_dir({"XDG_DATA_HOME": "/srv/share", "FRONTDOOR_DATA_DIR": "/data"}) == Path("/data")
    assert settings.data_dir({}) == Path.home() / ".local" / "share" / "frontdoor"


def test_the_clock_tells_utc_to_the_millisecond_as_the_database_keeps_it():
    instant = clock.now()
    assert instant.tzinfo is UTC
    assert instant.microsecond % 1000 == 0


@pytest.mark.parametrize(
    ("environ", "ahead"),
    [
        pytest.param({"FRONTDOOR_DEMO": "1", "FRONTDOOR_CLOCK_OFFSET": "86400"}, timedelta(days=1), id="demonstration"),
        pytest.param({"FRONTDOOR_DEMO": "0", "FRONTDOOR_CLOCK_OFFSET": "86400"}, timedelta(), id="real-service"),
        pytest.param({"FRONTDOOR_CLOCK_OFFSET": "86400"}, timedelta(), id="by-default"),
        pytest.param({"FRONTDOOR_DEMO": "1"}, timedelta(), id="no-offset"),
    ],
)
def test_only_a_demonstration_may_run_ahead_of_time(environ, ahead):
    assert clock.offset(environ) == ahead


def test_an_offset_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="whole number of seconds"):
        clock.offset({"FRONTDOOR_DEMO": "1", "FRONTDOOR_CLOCK_OFFSET": "a day"})
