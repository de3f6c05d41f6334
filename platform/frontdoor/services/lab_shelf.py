"""Where the lab's columns are: in memory, kept by the worker, or on their way.

Few cases are read while somebody waits. Many are read by the worker, as a job: it shows how far it is, can be left,
cancelled and come back to, and what it read is there for every process that shows pages.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

from frontdoor.domain.access import Viewer, authority_token, system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.programme import Programme
from frontdoor.services import lab_gathered, lab_reading, programmes
from frontdoor.services.identity import new_id
from frontdoor.services.keep_facts import rules_digest
from frontdoor.services.lab_columns import Columns
from frontdoor.store import facts_columns, jobs, readings
from frontdoor.store.jobs import Job

KIND = "read_lab"
FRESH = timedelta(minutes=10)  # after which cases are read again
AT_ONCE = 5_000  # cases that are read while somebody waits
_KEPT = 6  # columns in memory: of 200,000 cases some 20 MB each
_LEASE = timedelta(minutes=2)
_LOOKED_AT = 50  # jobs


@dataclass(frozen=True)
class Wanted:
    """What is to be read: the past cases of a programme for one table and the parameters to be moved."""

    live: Programme
    code: str
    names: frozenset[str]

    @cached_property
    def key(self) -> str:
        """What it is known as: other rules or another calendar are another reading."""
        of = {"authority": self.live.authority, "programme": self.live.programme, "code": self.code}
        return digest({**of, "names": sorted(self.names), "rules": rules_digest(self.live), "live": self.live.digest})

    @property
    def inside(self) -> Viewer:
        """Who reads: cases are counted on the system's behalf."""
        return system_viewer(self.live.authority)


@dataclass
class _Shelf:
    """The columns in memory, the oldest given up first."""

    held: OrderedDict[str, tuple[Columns, datetime]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


_shelf = _Shelf()


class _Stopped(Exception):
    """A heartbeat told to stop."""


def look(wanted: Wanted, at: datetime, by: str, *, afresh: bool = False) -> tuple[Columns, datetime] | Job:
    """Return the columns and when they were read, or the job that is at it, or was stopped.

    What was read within the last ten minutes will do, unless it is wanted `afresh`.
    """
    found = None if afresh else _known(wanted, at) or _taken_up(wanted, at)
    if found is not None:
        return found
    if facts_columns.how_many(wanted.inside, wanted.live.programme) <= AT_ONCE:
        return _put(wanted.key, (lab_reading.read(wanted.live, wanted.code, wanted.names), at))
    job = latest(wanted)
    stands = job is not None and (_going(job) or (job.state in ("cancelled", "failed") and at - job.asked_at < FRESH))
    return job if job is not None and stands and not (afresh and not _going(job)) else begin(wanted, at, by)


def begin(wanted: Wanted, at: datetime, by: str) -> Job:
    """Ask the worker to read; a job that waits or runs already is returned instead."""
    running = latest(wanted)
    if running is not None and _going(running):
        return running
    live = wanted.live
    about = {"key": wanted.key, "programme": live.programme, "code": wanted.code, "names": sorted(wanted.names)}
    return jobs.add(
        wanted.inside, Job(new_id(), live.authority, (authority_token(live.authority),), KIND, about, by, at, at)
    )


def stop(wanted: Wanted, at: datetime) -> None:
    """Stop reading; what was read by then is not kept."""
    job = latest(wanted)
    if job is not None:
        jobs.cancel(wanted.inside, job.id, at)


def latest(wanted: Wanted) -> Job | None:
    """Return the last job of this very reading."""
    found = jobs.latest(wanted.inside, KIND, _LOOKED_AT)
    return next((one for one in found if one.about.get("key") == wanted.key), None)


def _going(job: Job) -> bool:
    return job.state in ("waiting", "running") and not job.cancelled


def work_off(worker: str, now: Callable[[], datetime]) -> bool:
    """Read what was asked for first; False where nothing waits."""
    job = jobs.claim([KIND], worker, now(), _LEASE)
    if job is None:
        return False
    try:
        _worked(job, now)
    except _Stopped:
        jobs.fail(job, now(), "cancelled")
    except FrontDoorError as refused:
        jobs.fail(job, now(), refused.code)
    else:
        jobs.finish(job, now(), {})
    return True


def _worked(job: Job, now: Callable[[], datetime]) -> None:
    about, at = job.about, now()
    live = programmes.live(job.authority, str(about["programme"]), at)
    wanted = Wanted(live, str(about["code"]), frozenset(about["names"]))
    total = 3 * facts_columns.how_many(wanted.inside, live.programme)  # each is read, looked at and decided, or less

    def beat(done: int) -> None:
        if not jobs.heartbeat(job, now(), _LEASE, done=min(done, total), total=total):
            raise _Stopped

    beat(0)
    gathered = lab_reading.gather(live, wanted.code, wanted.names, beat)
    columns = lab_reading.filled(live, wanted.code, wanted.names, gathered, beat)
    content = lab_gathered.written(gathered, lab_gathered.Decided(columns.cells, columns.rows))
    readings.put(wanted.inside, wanted.key, readings.Reading(at, content))


def _known(wanted: Wanted, at: datetime) -> tuple[Columns, datetime] | None:
    with _shelf.lock:
        known = _shelf.held.get(wanted.key)
        if known is None or not timedelta(0) <= at - known[1] < FRESH:
            return None
        _shelf.held.move_to_end(wanted.key)
        return known


def _taken_up(wanted: Wanted, at: datetime) -> tuple[Columns, datetime] | None:
    kept = readings.newest(wanted.inside, wanted.key, at - FRESH)
    if kept is None:
        return None
    gathered, decided = lab_gathered.read_again(kept.content)
    columns = lab_reading.taken_up(wanted.live, wanted.code, wanted.names, gathered, decided)
    return _put(wanted.key, (columns, kept.read_at))


def _put(key: str, made: tuple[Columns, datetime]) -> tuple[Columns, datetime]:
    with _shelf.lock:
        _shelf.held[key] = made
        _shelf.held.move_to_end(key)
        while len(_shelf.held) > _KEPT:
            _shelf.held.popitem(last=False)
    return made
