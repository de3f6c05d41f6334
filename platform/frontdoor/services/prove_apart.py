"""Proves tables in a process of their own, which is ended when it takes too long or too much memory.

A solver can need any time and any memory; what serves people must not. What is ended says "not proved", never "right".
"""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection

from frontdoor.domain.errors import FrontDoorError, NotFound
from frontdoor.domain.programme import Programme, Tree
from frontdoor.services.proofs.findings import Findings, Limit

EVERYTHING = "every question"
_SPARE = 0.5  # seconds in which the child tells what it has, before it is ended


@dataclass(frozen=True)
class _Job:
    """What the child is told: documents, because what is compiled does not travel between processes."""

    tree: Tree
    authority: str
    programme: str
    codes: tuple[str, ...]
    as_of: date
    limit: Limit
    earlier: Tree | None
    started: float


def prove_apart(
    programme: Programme, codes: Sequence[str], *, as_of: date, limit: Limit | None = None
) -> tuple[Findings, ...]:
    """Return what `prove` finds in each table; `limit` is for each. A table without an answer in time is not proved.

    NotFound where the programme has no such table.
    """
    return _apart(programme, tuple(codes), as_of, limit or Limit())


def differences_apart(
    was: Programme, now: Programme, codes: Sequence[str], *, as_of: date, limit: Limit | None = None
) -> tuple[Findings, ...]:
    """Return what `differences` finds in each table, as `prove_apart` does."""
    return _apart(now, tuple(codes), as_of, limit or Limit(), was.tree)


def _apart(
    programme: Programme, codes: tuple[str, ...], as_of: date, limit: Limit, earlier: Tree | None = None
) -> tuple[Findings, ...]:
    for code in codes:
        if code not in programme.rules.decisions:
            raise NotFound(f"There is no decision `{code}`: use one of {', '.join(sorted(programme.rules.decisions))}")
    started = time.monotonic()
    job = _Job(programme.tree, programme.authority, programme.programme, codes, as_of, limit, earlier, started)
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(there, job), name="proof", daemon=True)
    child.start()
    there.close()
    found: list[Findings] = []
    try:
        while len(found) < len(codes) and here.poll(max(0.0, started + limit.seconds * len(codes) - time.monotonic())):
            told = here.recv()
            if isinstance(told, Exception):
                raise told
            found.append(told)
    except EOFError:
        pass  # It has died: out of memory, most likely. What it told before still holds.
    finally:
        child.kill()
        child.join()
        here.close()
    return (*found, *(Findings(code, as_of, not_proved=(EVERYTHING,)) for code in codes[len(found) :]))


def work(told: Connection, job: _Job) -> None:
    """Prove the tables of a job one after another, and tell each as soon as it is done. Runs in the child."""
    most = job.limit.megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # The solver is heavy to import, and only this process needs it.
    from frontdoor.services.prove import differences, prove

    try:
        now, was = (_parsed(tree, job) for tree in (job.tree, job.earlier))
        assert now is not None  # noqa: S101 - a job always has a tree
        holidays = sorted(day.isoformat() for day in now.calendar.holidays)
        for place, code in enumerate(job.codes, start=1):
            ends = job.started + job.limit.seconds * place - _SPARE
            limit = replace(job.limit, seconds=ends - time.monotonic())
            ask = partial(prove, now.rules) if was is None else partial(differences, was.rules, now.rules)
            told.send(ask(now.forms, code, as_of=job.as_of, limit=limit, holidays=holidays))
    except FrontDoorError as refused:
        told.send(refused)


def _parsed(tree: Tree | None, job: _Job) -> Programme | None:
    if tree is None:
        return None
    return Programme.from_tree(tree, authority=job.authority, programme=job.programme, number=0, digest="")
