"""The whole product as people meet it: `frontdoor run` with its web server and worker, on a clock that a story sets."""

import os
import secrets
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pymongo
from cryptography.fernet import Fernet
from pymongo.database import Database
from tests.journeys.mailbox import Mailbox, free_port

ROOT = Path(__file__).parents[2]
LONDON = ZoneInfo("Europe/London")
PATIENCE = 120.0  # seconds for a start on a busy machine


def local(text: str) -> datetime:
    """An instant as a story tells it, "2026-11-27 15:10" in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


class Product:
    """One installation. Its database outlives a restart, so a story can go to bed on Friday and wake up on Monday."""

    def __init__(self, mongo_uri: str, folder: Path, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.address = ""
        self.ahead = timedelta()
        self._uri, self._folder = mongo_uri, folder
        self._database = f"journey_{secrets.token_hex(4)}"
        self._keys = (secrets.token_urlsafe(48), Fernet.generate_key().decode())
        self._port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def now(self) -> datetime:
        """What the product takes the time to be."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - the product's own clock starts from the machine's

    def at(self, moment: str) -> "Product":
        """Stop, set the clock to a moment in London, and start again with the same data."""
        return self.start(ahead=local(moment) - datetime.now(UTC))  # noqa: TID251 - as above

    def start(self, *, ahead: timedelta = timedelta()) -> "Product":
        """Start all its processes with a clock that runs so far ahead; return when the first page answers."""
        self.stop()
        self.ahead = timedelta(seconds=int(ahead.total_seconds()))
        self.address = f"http://127.0.0.1:{self._port}"
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "run.log").open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "frontdoor", "run", "--demo", "--tethered"],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                process_group=0,
            )
        self._wait()
        return self

    def stop(self) -> None:
        """End every process, and wait for it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def forget(self) -> None:
        """Drop the database."""
        self.stop()
        with pymongo.MongoClient[dict[str, Any]](self._uri) as client:
            client.drop_database(self._database)

    def records(self, client: pymongo.MongoClient[dict[str, Any]]) -> Database[dict[str, Any]]:
        """The stored records, for what no page shows."""
        return client[self._database]

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("FRONTDOOR_", "MONGODB_"))}
        return inherited | {
            "PYTHONPATH": str(ROOT / "platform"),
            "MONGODB_URI": self._uri,
            "FRONTDOOR_DATABASE": self._database,
            "FRONTDOOR_SECRET_KEY": self._keys[0],
            "FRONTDOOR_ENCRYPTION_KEY": self._keys[1],
            "FRONTDOOR_BASE_URL": self.address,
            "FRONTDOOR_PORT": str(self._port),
            "FRONTDOOR_DATA_DIR": str(self._folder / "data"),
            "FRONTDOOR_CLOCK_OFFSET": str(int(self.ahead.total_seconds())),
            "FRONTDOOR_SMTP_HOST": "127.0.0.1",
            "FRONTDOOR_SMTP_PORT": str(self.mailbox.port),
            "FRONTDOOR_SMTP_TLS": "none",
        }

    def _wait(self) -> None:
        log, limit = self._folder / "run.log", time.monotonic() + PATIENCE
        while "Front Door is ready" not in (told := log.read_text(errors="replace")):
            assert self._process is not None
            assert self._process.poll() is None, f"it ended before it was ready:\n{told}"
            assert time.monotonic() < limit, f"it is not ready after {PATIENCE:.0f} seconds:\n{told}"
            time.sleep(0.1)
