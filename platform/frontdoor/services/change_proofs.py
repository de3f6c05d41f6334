"""Proves the decision tables that a change touches: at once while that is quick, by the worker where it is not.

What a solver found is kept as sentences, not as families: a family's answers are keyed by paths that no document holds.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from frontdoor.domain.access import system_viewer
from frontdoor.domain.change import Change, CheckReport, Snapshot
from frontdoor.domain.errors import Conflict, FrontDoorError, NotFound
from frontdoor.domain.programme import Programme
from frontdoor.services import programmes
from frontdoor.services.identity import new_id
from frontdoor.services.proofs.findings import Findings, Limit, TableFinding
from frontdoor.services.proposed import proposed
from frontdoor.services.prove_apart import differences_apart, prove_apart
from frontdoor.services.reached import touched
from frontdoor.store import changes, jobs, snapshots
from frontdoor.store.jobs import Job

Proofs = tuple[Mapping[str, Any], ...]
KIND = "prove_change"
_AT_ONCE, _LEAST = 12.0, 4.0  # seconds that somebody waits for a page; of these, at least so many for a table
_KEPT = 64  # what was found, of the last tables: the same change is checked again and again
_LEASE = timedelta(seconds=3 * Limit.seconds)  # of one table, proved and compared; told to live on after each
_OVERTAKEN = "overtaken"  # edited, checked again or given up meanwhile: nobody waits for this proof any more
_TRIES = 3  # a table that ends the worker itself is not tried for ever


_known: OrderedDict[tuple[str, str, date, tuple[str, ...]], Proofs] = OrderedDict()


def compiled(draft: Snapshot) -> Programme:
    """Return what a change would publish, compiled; it is not kept, for few drafts are asked for twice."""
    return Programme.from_tree(
        draft.tree, authority=draft.authority, programme=draft.programme, number=draft.number, digest=draft.digest
    )


def at_once(was: Programme, now: Programme, *, as_of: date) -> tuple[Proofs, tuple[str, ...]]:
    """Return what is found in the tables that a change touches, and which of them need longer."""
    codes = touched(was, now)
    if not codes:
        return (), ()
    key = (was.digest, now.digest, as_of, codes)
    found = _known.get(key)
    if found is None:
        limit = Limit(seconds=max(_LEAST, _AT_ONCE / len(codes)))
        found = looked_at(was, now, codes, as_of=as_of, limit=limit)
    longer = tuple(str(one["decision"]) for one in found if one["not_proved"])
    if not longer:
        _known[key] = found
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return found, longer


def looked_at(was: Programme, now: Programme, codes: Sequence[str], *, as_of: date, limit: Limit) -> Proofs:
    """Return what is found in each table, and who would be decided differently, as plain mappings. Proved apart."""
    in_both = [code for code in codes if code in was.rules.decisions]
    with ThreadPoolExecutor(2) as beside:
        proof = beside.submit(prove_apart, now, codes, as_of=as_of, limit=limit)
        since = beside.submit(_differing, was, now, in_both, as_of, limit)
        compared = {one.code: one for one in since.result()}
        return tuple(_told(one, compared.get(one.code)) for one in proof.result())


def ask_for_proof(change: Change, report: CheckReport, by: str, at: datetime) -> CheckReport:
    """Queue the tables that need longer, and return the report that waits for them."""
    tokens = changes.RECORDS.tokens(change)
    about = {"change": change.id, "at": at}
    job = Job(new_id(), change.authority, tuple(tokens), KIND, about, by, at, at, total=len(report.proving))
    jobs.add(system_viewer(change.authority), job)
    return replace(report, proof_job=job.id)


def progress(change: Change) -> Job | None:
    """Return how far the proof of a change is that its report waits for; None where it waits for none."""
    if change.report is None or not change.report.proving:
        return None
    try:
        return jobs.get(system_viewer(change.authority), change.report.proof_job)
    except NotFound:
        return None


def work_off(worker: str, now: Callable[[], datetime]) -> bool:
    """Prove what waited longest, table by table, and write it into its change; False where nothing waits."""
    job = jobs.claim([KIND], worker, now(), _LEASE)
    if job is None:
        return False
    try:
        ended = _worked(job, now)
    except FrontDoorError as refused:
        jobs.fail(job, now(), refused.code)
    else:
        jobs.finish(job, now(), {"ended": ended})
    return True


def _worked(job: Job, now: Callable[[], datetime]) -> str:
    change = _waiting(job)
    if change is None or change.report is None:
        return _OVERTAKEN
    new = compiled(proposed(change, at=change.report.at))
    was = programmes.compiled(snapshots.get(change.authority, change.programme, change.base))
    as_of = new.calendar.local_date(max(change.from_at or change.report.at, change.report.at))
    found: list[Mapping[str, Any]] = []
    for code in change.report.proving if job.tries <= _TRIES else ():
        found += looked_at(was, new, [code], as_of=as_of, limit=Limit())
        if not jobs.heartbeat(job, now(), _LEASE, done=len(found), total=job.total) or _waiting(job) is None:
            return _OVERTAKEN
    return "done" if _written(job, {one["decision"]: one for one in found}) else _OVERTAKEN


def _waiting(job: Job) -> Change | None:
    """Return the change whose report waits for this very job."""
    change = changes.get(system_viewer(job.authority), str(job.about["change"]))
    waits = change.is_open and change.report is not None and change.report.proof_job == job.id
    return change if waits else None


def _written(job: Job, found: Mapping[str, Mapping[str, Any]]) -> bool:
    """Put what was found into the report that waits for it; False: nobody waits any more."""
    inside = system_viewer(job.authority)
    while (change := _waiting(job)) is not None and change.report is not None:
        proofs = tuple(found.get(str(one["decision"]), one) for one in change.report.proofs)
        report = replace(change.report, proofs=proofs, proving=(), proof_job="")
        state = "checked" if change.state == "draft" and report.green else change.state
        try:
            changes.replace(inside, replace(change, report=report, state=state), expected_revision=change.revision)
        except Conflict:
            continue  # somebody did something to the change at this moment: look whether it still waits
        return True
    return False


def _differing(was: Programme, now: Programme, codes: Sequence[str], as_of: date, limit: Limit) -> tuple[Findings, ...]:
    return differences_apart(was, now, codes, as_of=as_of, limit=limit) if codes else ()


def _told(found: Findings, since: Findings | None) -> Mapping[str, Any]:
    return {
        "decision": found.code,
        "findings": [_finding(one) for one in found.found],
        "differences": [_finding(one) for one in since.found] if since else [],
        "compared": since is None or since.proved,
        "not_proved": [*found.not_proved],
        "disagreements": [*found.disagreements],
        "bounds": [{"group": group, "rows": rows} for group, rows in found.bounds.items()],
    }


def _finding(one: TableFinding) -> Mapping[str, Any]:
    return {
        "kind": one.kind,
        "rows": [*one.rows],
        "covered_by": [*one.covered_by],
        "sure": one.sure,
        "blocks": one.blocks,
        "told": dict(one.told),
    }
