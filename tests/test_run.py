"""`frontdoor run`, seen from outside: real processes, a real database, real signals."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pymongo
import pytest

from frontdoor.cli import local_mongod, supervise

ROOT = Path(__file__).parents[1]
PATIENCE = 120.0  # seconds for a first start on a busy machine
SECOND_START = 15.0  # seconds: "ready in seconds", with room for a busy machine


class Running:
    """One `frontdoor run` and all that it started."""

    def __init__(self, folder: Path, *options: str, **environ: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [*COMMAND, "--data-dir", str(folder), "--port", str(self.port), *options],
            cwd=ROOT, env=environment(**environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            process_group=0,
        )  # fmt: skip

    def wait_until_ready(self) -> float:
        """Return the seconds that it took."""
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Ctrl-C stops everything" in line:
                return time.monotonic() - self.started
        pytest.fail("it ended before it was ready:\n" + "".join(said))

    def descendants(self) -> dict[int, str]:
        """Return them once all five are there: database, worker, web server and its two processes."""
        limit = time.monotonic() + 10
        while len(found := descendants(self.process.pid)) < 5 and time.monotonic() < limit:
            time.sleep(0.05)
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()


COMMAND = [sys.executable, "-m", "frontdoor", "run"]


def environment(**given: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTDOOR_", "MONGODB_"))}
    ours = {"PYTHONPATH": str(ROOT / "platform"), "FRONTDOOR_SMTP_HOST": "127.0.0.1"}
    return inherited | ours | given


def refusal(*options: str, **environ: str) -> str:
    """Return what a start that is refused says, on one line."""
    done = subprocess.run(
        [*COMMAND, *options], cwd=ROOT, env=environment(**environ), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def parent_of(pid: int) -> int:
    """Return its parent's pid; 0 when it has ended."""
    try:
        # The command in brackets may hold blanks, so read what follows it: state, parent, …
        state, parent = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state == "Z" else int(parent)


def command_of(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def descendants(ancestor: int) -> dict[int, str]:
    """Return {pid: command line} of every process below it."""
    found: dict[int, str] = {}
    below = {ancestor}
    while below:
        below = {pid for pid in pids() if parent_of(pid) in below}
        found |= {pid: command_of(pid) for pid in below}
    return found


def is_running(pid: int) -> bool:
    return parent_of(pid) > 0


def still_there(processes: dict[int, str], within: float) -> dict[int, str]:
    """Return those that run on after so many seconds."""
    limit = time.monotonic() + within
    while (left := {pid: name for pid, name in processes.items() if is_running(pid)}) and time.monotonic() < limit:
        time.sleep(0.05)
    return left


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of one installation, over several starts."""
    return tmp_path_factory.mktemp("installation") / "data"


@pytest.fixture
def start() -> Iterator[type[Running]]:
    made: list[Running] = []

    class Kept(Running):
        def __init__(self, folder: Path, *options: str, **environ: str) -> None:
            super().__init__(folder, *options, **environ)
            made.append(self)

    yield Kept
    for running in made:
        running.end()


def test_it_starts_database_web_and_worker_and_ctrl_c_stops_them_all(start, folder):
    running = start(folder)
    running.wait_until_ready()
    processes = running.descendants()
    for part in ("mongod --dbpath", "gunicorn", "frontdoor worker"):
        assert any(part in command for command in processes.values()), part
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/health", timeout=10) as page:
        assert page.status == 200

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(60) == 0
    assert still_there(processes, within=0) == {}
    assert "Stopped." in running.process.stdout.read()
    assert "Shutting down" in (folder / "logs" / "mongod.log").read_text()


def test_a_second_start_is_ready_in_seconds_and_keeps_the_keys(start, folder):
    first = start(folder)
    first.wait_until_ready()
    keys = (folder / "keys.json").read_text()
    first.end()

    assert start(folder).wait_until_ready() < SECOND_START

    assert (folder / "keys.json").read_text() == keys


@pytest.mark.parametrize("options", [pytest.param((), id="plainly"), pytest.param(("--tethered",), id="tethered")])
def test_nothing_outlives_a_sigkill(start, tmp_path, options):
    running = start(tmp_path / "data", *options)
    running.wait_until_ready()
    processes = running.descendants()
    assert len(processes) == 5, processes

    running.process.kill()

    assert still_there(processes, within=5) == {}


def test_when_whoever_started_a_tethered_run_is_killed_all_of_it_stops_cleanly(tmp_path):
    port = free_port()
    starter = subprocess.Popen(
        ["/bin/sh", "-c", f"{' '.join(COMMAND)} --tethered --data-dir {tmp_path}/data --port {port}; true"],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, process_group=0,
    )  # fmt: skip
    with starter.stdout as said:
        assert any("Ctrl-C stops everything" in line for line in said)
        processes = descendants(starter.pid)

        starter.kill()
        starter.wait()

        assert still_there(processes, within=30) == {}
    assert "Shutting down" in (tmp_path / "data" / "logs" / "mongod.log").read_text()


@pytest.mark.parametrize("step", ["Starting the database", "Loading forms", "Starting the web server"])
def test_ctrl_c_while_it_starts_leaves_nothing_behind(start, tmp_path, step):
    running = start(tmp_path / "data")
    assert any(step in line for line in running.process.stdout)
    processes = descendants(running.process.pid)

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(60) == 0
    assert still_there(processes, within=5) == {}
    assert "Stopped." in running.process.stdout.read()


def test_two_cannot_share_one_folder(start, tmp_path):
    running = start(tmp_path / "data")
    running.wait_until_ready()
    said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(free_port()))
    assert f"already runs with the data in {tmp_path / 'data'} (process {running.process.pid})" in said


def test_a_child_that_dies_stops_the_rest_and_is_named(start, tmp_path):
    running = start(tmp_path / "data")
    running.wait_until_ready()
    processes = running.descendants()
    os.kill(next(pid for pid, command in processes.items() if "frontdoor worker" in command), signal.SIGKILL)
    assert running.process.wait(60) == 1
    assert "The worker stopped by itself" in running.process.stdout.read()
    assert still_there(processes, within=0) == {}


def test_a_port_in_use_is_refused_with_another_to_try(tmp_path):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(port))
    assert f"Port {port} is in use. Stop what uses it, or choose another: `make run PORT={port + 1}`" in said


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        pytest.param("localhost:27017", "is not the address of a MongoDB. Write it as mongodb://", id="no-scheme"),
        pytest.param("mongodb://ann:se@cret@h/", "a password's @ : / % as %40", id="unescaped-password"),
        pytest.param(
            "mongodb://ann:secret@127.0.0.1:1/?replicaSet=council", "No MongoDB answers at 127.0.0.1:1", id="nobody"
        ),
    ],
)
def test_a_wrong_address_is_explained_and_its_password_stays_unprinted(tmp_path, uri, says):
    said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(free_port()), MONGODB_URI=uri)
    assert says in said
    assert "cret" not in said


@pytest.fixture
def plain_mongod(tmp_path) -> Iterator[Callable[..., int]]:
    """Starts a mongod as an operator might: returns its port."""
    started = []

    def start_mongod(*options: str) -> int:
        port = free_port()
        (tmp_path / "db").mkdir()
        command = [
            str(local_mongod.binary()),
            "--dbpath",
            f"{tmp_path}/db",
            "--port",
            str(port),
            "--bind_ip",
            "127.0.0.1",
        ]
        child = supervise.start(
            "mongod", [*command, "--nounixsocket", *local_mongod.FRUGAL, *options], log=tmp_path / "log"
        )
        started.append(child)
        while not answers(port):
            assert not child.ended(), child.last_words()
            time.sleep(0.05)
        return port

    yield start_mongod
    for child in started:
        child.stop()


def test_a_standalone_server_is_refused_with_the_commands_that_mend_it(plain_mongod, tmp_path):
    port = plain_mongod()
    uri = f"mongodb://127.0.0.1:{port}/?replicaSet=council"
    said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(free_port()), MONGODB_URI=uri)
    assert "is a standalone server" in said
    assert "mongod --replSet council" in said
    assert f'mongosh --host 127.0.0.1 --port {port} --eval "rs.initiate(' in said


def test_the_command_it_gives_really_begins_the_set(plain_mongod, start, tmp_path):
    port = plain_mongod("--replSet", "council")
    uri = f"mongodb://127.0.0.1:{port}/?replicaSet=council"
    said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(free_port()), MONGODB_URI=uri)
    config = re.search(r"rs\.initiate\(\{_id: '(\w+)', members: \[\{_id: (\d), host: '([\w.:]+)'\}\]\}\)", said)
    assert config, said
    with pymongo.MongoClient("127.0.0.1", port, directConnection=True) as client:
        member = {"_id": int(config[2]), "host": config[3]}
        client.admin.command("replSetInitiate", {"_id": config[1], "members": [member]})

    running = start(tmp_path / "data", MONGODB_URI=uri)
    running.wait_until_ready()

    assert not any("mongod" in command for command in descendants(running.process.pid).values())


def test_a_wrong_password_is_told_and_not_printed(plain_mongod, tmp_path):
    secret = tmp_path / "key"
    secret.write_text("a secret that the members share")
    secret.chmod(0o600)
    port = plain_mongod("--replSet", "council", "--auth", "--keyFile", str(secret))
    with pymongo.MongoClient("127.0.0.1", port, directConnection=True) as client:
        client.admin.command(
            "replSetInitiate", {"_id": "council", "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]}
        )
    uri = f"mongodb://ann:wrong-sesame@127.0.0.1:{port}/?replicaSet=council"
    said = refusal("--data-dir", str(tmp_path / "data"), "--port", str(free_port()), MONGODB_URI=uri)
    assert "refuses the user name and password of MONGODB_URI" in said
    assert "sesame" not in said
