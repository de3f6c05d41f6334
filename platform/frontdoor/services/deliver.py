"""What the worker does, again and again: each step is safe to repeat and safe to lose half-way.

Events reach the ledger; messages leave at their moment; trackers change at theirs; alerts escalate; abandoned drafts
with a concern reach duty; uploads that nothing refers to are destroyed. None of
it is needed for a nomination to be kept or an alert to be seen.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontdoor.domain.access import system_viewer
from frontdoor.domain.case import Case, Entry, Event, RunningClock, Task
from frontdoor.domain.errors import Conflict
from frontdoor.domain.message import Message
from frontdoor.services import duty, forgotten_files, keep_facts, programmes
from frontdoor.services.identity import new_id
from frontdoor.store import alerts, cases, drafts, heartbeats, ledger, messages, snapshots, submissions

Send = Callable[[Message], None]
_ABANDONED = timedelta(minutes=30)
_BATCH = 200
OVERDUE = "overdue"


@dataclass(frozen=True)
class Done:
    """How much one round did; all zeros means that nothing was waiting."""

    events: int = 0
    sent: int = 0
    released: int = 0
    escalated: int = 0
    abandoned: int = 0
    forgotten: int = 0

    @property
    def busy(self) -> bool:
        """Whether another round should follow at once."""
        return bool(self.events or self.sent)


def round_of_work(send: Send, *, at: datetime, worker: str) -> Done:
    """Do everything that is due at `at`, for every authority, and leave a heartbeat."""
    heartbeats.beat(worker, at)
    done = Done(events=_drain(at), sent=_send_due(send, at, worker), escalated=_escalate_clocks(at))
    for authority in snapshots.authorities():
        keep_facts.keep_up(authority, at=at)
        done = replace(
            done,
            released=done.released + _release(authority, at),
            escalated=done.escalated + duty.escalate_due(authority, at),
            abandoned=done.abandoned + _abandoned(authority, at),
            forgotten=done.forgotten + forgotten_files.forget(authority, at=at),
        )
    return done


def _drain(at: datetime) -> int:
    """Move events from case heads to their authority's ledger: first written there, then taken off the head.

    What simulations read of the case follows before that, so that a kill in between repeats it.
    """
    moved = 0
    for waiting in cases.undelivered(_BATCH):
        ledger.append(waiting.authority, waiting.reference, waiting.events)
        keep_facts.keep_case(waiting.authority, waiting.reference, at=at)
        cases.delivered(waiting.reference, [event.id for event in waiting.events])
        moved += len(waiting.events)
    return moved


def _send_due(send: Send, at: datetime, worker: str) -> int:
    """Send what is due. A message that the server refuses is tried again later, and shows as failed until then."""
    sent = 0
    while sent < _BATCH and (message := messages.claim(at, worker)) is not None:
        try:
            send(message)
        except OSError:
            messages.mark_failed(message, at)
        else:
            messages.mark_sent(message, at)
            sent += 1
    return sent


def _release(authority: str, at: datetime) -> int:
    """Let trackers show what was decided, at the moment that was set when it was confirmed."""
    inside = system_viewer(authority)
    due = submissions.due_releases(inside, at)
    for submission in due:
        shown = replace(
            submission,
            status=submission.pending_status or submission.status,
            status_at=submission.release_at,
            pending_status=None,
            release_at=None,
        )
        try:
            submissions.replace(inside, shown, expected_revision=submission.revision)
        except Conflict:
            # Somebody answers a question at this very moment: the next round sees what they wrote.
            continue
    return len(due)


def _escalate_clocks(at: datetime) -> int:
    """Put each case whose clock has run out in front of whoever the clock escalates to, once."""
    escalated = 0
    for case in cases.escalating(at, _BATCH):
        try:
            cases.replace(system_viewer(case.authority), _escalated(case, at), expected_revision=case.revision)
        except Conflict:
            # Somebody is at work on the case at this very moment: the next round looks again.
            continue
        escalated += 1
    return escalated


def _escalated(case: Case, at: datetime) -> Case:
    late = [one for one in case.clocks if one.stopped_at is None and one.escalated_at is None and one.due_at < at]
    programme = programmes.of_case(case)
    for running in late:
        clock = programme.clocks.get(running.code)
        role = (clock.escalate_to if clock else None) or running.owner
        case = _told(case, running, role, at)
    marked = tuple(replace(one, escalated_at=at) if one in late else one for one in case.clocks)
    return case.timed(marked)


def _told(case: Case, running: RunningClock, role: str, at: datetime) -> Case:
    detail = {"clock": running.code}
    task = Task(new_id(), OVERDUE, role, at, about=detail)
    case = replace(case, tasks=(*case.tasks, task))
    case = case.noting(Entry(at, "system", "Front Door", OVERDUE, detail))
    return case.telling(Event(new_id(), OVERDUE, at, detail))


def _abandoned(authority: str, at: datetime) -> int:
    """Tell duty that a draft with a concern has been left alone; what was written in it stays unseen."""
    inside = system_viewer(authority)
    left = drafts.abandoned(inside, at - _ABANDONED)
    return sum(alerts.mark_abandoned(inside, draft.id, at) for draft in left)
