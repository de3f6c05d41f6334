"""Child processes that start in order, are watched, stop in the opposite order, and never outlive this process.

Each is the leader of a process group of its own, so that Ctrl-C in a terminal reaches only this process, which then
stops them one after the other: the database last.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from frontdoor.cli import tether
from frontdoor.domain.errors import FrontDoorError

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 15.0  # seconds to stop by itself; a web server finishing requests needs at most 5 of them


class CannotStart(FrontDoorError):
    """Something is missing or in the way; the message says what to do about it."""

    code = "cannot_start"


class Stopped(BaseException):
    """Somebody asked this process to stop. No `except Exception` may swallow it."""


@dataclass(frozen=True)
class Child:
    """One running process; `name` is what people call it, `log` has all it prints."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def ended(self) -> bool:
        """Return whether it runs no more.

        Asks the kernel, which leaves nothing half done when `Stopped` interrupts it: Popen.poll would keep its lock.
        """
        if self.process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def last_words(self, lines: int = 15) -> str:
        """Return the end of its log, for a person who wonders why it ended."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """Ask it to stop, wait, and end the whole group if it does not."""
        if not self.ended():
            os.kill(self.process.pid, signal.SIGTERM)
        limit = time.monotonic() + GRACE
        while not self.ended() and time.monotonic() < limit:
            time.sleep(0.02)
        if not self.ended():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(name: str, command: Sequence[str], *, log: Path, environ: Mapping[str, str] | None = None) -> Child:
    """Start `command` so that it ends with this process. One earlier log is kept beside the new one."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    tethered = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            tethered, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environ, process_group=0
        )
    return Child(name, process, log)


def watch(children: Sequence[Child]) -> None:
    """Return never, unless one of them ends by itself.

    Raises:
        CannotStart: one ended.
        Stopped: a person asked for it (within `stoppable`).
    """
    while True:
        check(children)
        time.sleep(0.2)


def check(children: Sequence[Child]) -> None:
    """Return if all of them run.

    Raises:
        CannotStart: one ended by itself; with its last words.
    """
    for child in children:
        if child.ended():
            raise CannotStart(f"The {child.name} stopped by itself. Its log, {child.log}, ends:\n{child.last_words()}")


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into `Stopped`, once.

    From then on, and after this block, they are ignored: nothing may disturb the stopping, which takes a second or two.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        _answer_with(signal.SIG_IGN)
        raise Stopped

    _answer_with(stop)
    try:
        yield
    finally:
        _answer_with(signal.SIG_IGN)


def _answer_with(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, handler)
