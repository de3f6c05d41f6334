"""A whole site on this machine whose processes can be killed outright, and which starts again what was killed.

The processes are those of `frontdoor run`: a real `mongod`, gunicorn with its two workers, the background worker.
`frontdoor run` itself stops everything when one child dies; here a service manager's part is played instead.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from frontdoor.cli import local_mongod, supervise
from frontdoor.cli.supervise import Child

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for anything to come back


class Site:
    """One database, one web server, one worker, all of this process; `environ` is what they are started with."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self.port = free_port()
        self.threads = threads
        self.mongod, uri = local_mongod.start(folder)
        self.environ = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("FRONTDOOR_", "MONGODB_"))},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
            "MONGODB_URI": uri,
            "FRONTDOOR_DEMO": "1",
            "FRONTDOOR_SECRET_KEY": "only-for-this-test-" * 3,
            "FRONTDOOR_ENCRYPTION_KEY": Fernet.generate_key().decode(),
            "FRONTDOOR_BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def inside(self, *words: str) -> Any:
        """Return what a command of `inside.py` prints: it opens the database in a process of its own."""
        command = [sys.executable, "-m", "tests.durability.inside", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self) -> None:
        """Start web server and worker; return when the site is in good health."""
        self.web, self.worker = self._web(), self._worker()
        self.wait_until_healthy()

    def stop(self) -> None:
        """Stop everything, the database last."""
        for child in (getattr(self, name, None) for name in ("worker", "web", "mongod")):
            if child is not None:
                child.stop()

    def web_workers(self) -> list[int]:
        """Return the ids of gunicorn's own worker processes."""
        pid = self.web.process.pid
        with suppress(OSError):
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def kill(self, what: str, choose: Callable[[list[int]], int]) -> None:
        """SIGKILL one process: `web worker`, `web server`, `worker` or `database`; start again what has to be."""
        if what == "web worker":
            _wait_for(self.web_workers, "gunicorn never had a worker again")
            with suppress(ProcessLookupError):
                os.kill(choose(self.web_workers()), signal.SIGKILL)
        elif what == "web server":
            _killed(self.web)
            _wait_for(lambda: _is_free(self.port), "gunicorn's workers outlived it")
            self.web = self._web()
        elif what == "worker":
            _killed(self.worker)
            self.worker = self._worker()
        else:
            _killed(self.mongod)
            self.mongod, uri = local_mongod.start(self.folder)
            assert uri == self.environ["MONGODB_URI"]

    def wait_until_healthy(self) -> None:
        """Return when the site says of itself that it is well."""
        _wait_for(self._healthy, f"the site did not come back; see {self.logs}")

    def written(self) -> str:
        """Return all that the web server and the worker logged."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.logs.glob("w*.log*")))

    def _web(self) -> Child:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:frontdoor.cli.gunicorn_config"]
        return self._started("web", [*command, "--bind", f"127.0.0.1:{self.port}"])

    def _worker(self) -> Child:
        return self._started("worker", [sys.executable, "-m", "frontdoor", "worker"])

    def _started(self, name: str, command: list[str]) -> Child:
        # A log of its own for each start: `supervise` keeps one earlier log only, and all are searched for names.
        self.logs.mkdir(parents=True, exist_ok=True)
        number = len(list(self.logs.glob(f"{name}-*.log")))
        return supervise.start(name, command, log=self.logs / f"{name}-{number:03}.log", environ=self.environ)

    def _healthy(self) -> bool:
        with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        return False


def _killed(child: Child) -> None:
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()


def _wait_for(condition: Callable[[], Any], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
