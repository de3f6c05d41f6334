"""The loop that drains events and runs clocks. It may be killed at any moment; what it did stays done."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from threading import Event
from types import FrameType

from pymongo.errors import PyMongoError

from frontdoor.services import change_proofs, deliver, lab_shelf, replay_all

_log = logging.getLogger("frontdoor.worker")
_PAUSE = 1.0
_PAUSE_AFTER_FAULT = 5.0
_LONG = (lab_shelf.work_off, change_proofs.work_off, replay_all.work_off)  # what somebody waits for first


def run(send: deliver.Send, now: Callable[[], datetime], stop: Event) -> None:
    """Do rounds of work until `stop` is set. A database that is away is waited for; nothing personal is logged."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            done = deliver.round_of_work(send, at=now(), worker=name)
        except PyMongoError as fault:
            _log.warning("the database did not answer (%s); trying again", type(fault).__name__)
            stop.wait(_PAUSE_AFTER_FAULT)
            continue
        if done != deliver.Done():
            _log.info("events %d, messages %d, released %d, escalated %d, abandoned %d, forgotten %d", *_numbers(done))
        if not done.busy:
            stop.wait(_PAUSE)


def prove(now: Callable[[], datetime], stop: Event) -> None:
    """Read cases for the lab, prove and replay, until `stop` is set. Beside `run`: this takes minutes, no alert may."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            worked = any(work_off(name, now) for work_off in _LONG)
        except PyMongoError as fault:
            _log.warning("the database did not answer (%s); trying again", type(fault).__name__)
            stop.wait(_PAUSE_AFTER_FAULT)
            continue
        if not worked:
            stop.wait(_PAUSE)


def until_told() -> Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop


def _numbers(done: deliver.Done) -> tuple[int, ...]:
    return done.events, done.sent, done.released, done.escalated, done.abandoned, done.forgotten
