"""Replays every stored decision of an authority as a job: it can be left, cancelled and come back to.

The platform itself replays, restricted cases too; what it found is shown with the references that the reader may open.
A receipt that gives another answer is an alarm: on its case, in the ledger, and on the pages of those on duty.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.errors import FrontDoorError
from frontdoor.services.identity import new_id
from frontdoor.services.replay import Replayed, raise_alarm, replay_each
from frontdoor.store import cases, jobs, receipts
from frontdoor.store.jobs import Job
from frontdoor.store.records import permission_token

KIND = "replay_receipts"
MOST_TOLD = 200  # receipts that differ, named in a result; the count is of all
_STEP = 25  # receipts between two heartbeats
_LEASE = timedelta(minutes=2)
_CANCELLED = "cancelled"


@dataclass(frozen=True)
class Difference:
    """A receipt that gives another answer; `reference` is `""` for a reader who may not open its case."""

    reference: str
    code: str
    receipt: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One replay of everything: the job, and what differed."""

    job: Job
    found: tuple[Difference, ...] = ()
    hidden: int = 0

    @property
    def differ(self) -> int:
        """How many receipts gave another answer."""
        return int(self.job.result.get("differ", 0))


def ask(viewer: Viewer, *, at: datetime) -> Job:
    """Queue a replay of every receipt of the authority; one that waits or runs already is returned instead."""
    viewer.need("replay_receipts")
    running = next((one for one in jobs.latest(viewer, KIND) if one.state in ("waiting", "running")), None)
    if running is not None:
        return running
    tokens = (permission_token(viewer.authority, "replay_receipts"),)
    return jobs.add(viewer, Job(new_id(), viewer.authority, tokens, KIND, {}, viewer.account, at, at))


def runs(viewer: Viewer) -> tuple[Run, ...]:
    """Return the last replays, newest first."""
    viewer.need("replay_receipts")
    return tuple(Run(job) for job in jobs.latest(viewer, KIND))


def run(viewer: Viewer, job_id: str) -> Run:
    """Return one replay with what differed. Errors: `NotFound`."""
    viewer.need("replay_receipts")
    job = jobs.get(viewer, job_id)
    told = [Difference(**{**one, "differences": tuple(one["differences"])}) for one in job.result.get("found", ())]
    seen = {one.reference for one in cases.several(viewer, [one.reference for one in told])}
    return Run(job, tuple(one for one in told if one.reference in seen), sum(one.reference not in seen for one in told))


def cancel(viewer: Viewer, job_id: str, *, at: datetime) -> Job:
    """Stop a replay. Errors: `NotFound`."""
    viewer.need("replay_receipts")
    jobs.get(viewer, job_id)
    return jobs.cancel(viewer, job_id, at)


def alarms(viewer: Viewer) -> int:
    """Return how many receipts differed when all were last replayed, for whoever is on duty or replays; else 0."""
    if viewer.kind != "staff" or not (viewer.may("see_alerts") or viewer.may("replay_receipts")):
        return 0
    ended = (one for one in jobs.latest(system_viewer(viewer.authority), KIND, 5) if one.state == "done")
    last = next(ended, None)
    return Run(last).differ if last else 0


def work_off(worker: str, now: Callable[[], datetime]) -> bool:
    """Replay what was asked for first; False where nothing waits."""
    job = jobs.claim([KIND], worker, now(), _LEASE)
    if job is None:
        return False
    try:
        result = _worked(job, now)
    except FrontDoorError as refused:
        jobs.fail(job, now(), refused.code)
        return True
    if result is None:
        jobs.fail(job, now(), _CANCELLED)
    else:
        jobs.finish(job, now(), result)
    return True


def _worked(job: Job, now: Callable[[], datetime]) -> dict[str, object] | None:
    """Return what was found; None where a heartbeat told to stop."""
    inside = system_viewer(job.authority)
    total, done, differ = receipts.count(inside), 0, 0
    found: list[Replayed] = []
    for replayed in replay_each(inside):
        if done % _STEP == 0 and not jobs.heartbeat(job, now(), _LEASE, done=done, total=total):
            return None
        done += 1
        if replayed.differences:
            differ += 1
            found += [replayed] if differ <= MOST_TOLD else []
            raise_alarm(inside, replayed, at=now())
    if not jobs.heartbeat(job, now(), _LEASE, done=done, total=max(total, done)):
        return None
    return {"replayed": done, "differ": differ, "found": [asdict(one) for one in found]}
