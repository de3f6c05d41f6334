"""A case from the moment a nomination is received: what was decided, what is waited for, what happened.

The head is one record with a `revision`; each change builds a new head and is stored only if the revision is still the
one that was read. Answers live in submissions, decisions in full in receipts; the head keeps what a queue needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from frontdoor.domain.errors import NotFound


@dataclass(frozen=True)
class Pin:
    """The published snapshot under which the nomination was received: its number and digest."""

    number: int
    digest: str


@dataclass(frozen=True)
class Evidence:
    """What a source system says about one fact (of one member, when `row` names one).

    `kind` is `verified`, or `assumed` where an officer decided on what is known: the value then stands for
    "not known, taken as none" and `note` says why.
    """

    id: str
    fact: str
    row: str | None
    value: Any
    kind: str
    source: str
    checked_on: date
    by: str
    by_name: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Proposal:
    """The outcome that the rules propose now, and the receipt that explains it.

    `same_as` is the receipt's fingerprint over facts and outcome: a re-decision with the same one adds no receipt.
    """

    receipt: str
    decision: str
    reason_code: str
    argument: str | None
    at: datetime
    same_as: str = ""


@dataclass(frozen=True)
class Confirmation:
    """A named person's decision. `override` when it differs from the proposal; then `reason` is never empty."""

    receipt: str
    decision: str
    reason_code: str
    by: str
    by_name: str
    at: datetime
    override: bool = False
    reason: str = ""
    countersigned_by: str | None = None
    countersigned_name: str | None = None


@dataclass(frozen=True)
class Lowering:
    """A wish to decide below a proposed safeguarding outcome, waiting for a second, named manager."""

    decision: str
    reason_code: str
    reason: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class DecisionState:
    """One decision of the case: proposed now, confirmed once, perhaps contradicted since."""

    code: str
    proposed: Proposal
    receipts: tuple[str, ...]
    confirmed: Confirmation | None = None
    lowering: Lowering | None = None
    contradicted: bool = False


@dataclass(frozen=True)
class RunningClock:
    """A clock that was started on this case; instants are UTC. `holidays` names the table that was used."""

    id: str
    code: str
    started_at: datetime
    due_at: datetime
    amber_at: datetime | None
    owner: str
    holidays: str
    stopped_at: datetime | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True)
class Task:
    """Something that waits for a role: `kind` is a code (`question`, `countersign`, `contradiction`, `form`)."""

    id: str
    kind: str
    role: str
    raised_at: datetime
    due_at: datetime | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    done_at: datetime | None = None
    done_by: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: `what` is a code, `detail` holds codes and ids, `note` a person's own words."""

    at: datetime
    by: str
    by_name: str
    what: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened and must reach ledger, mail or PDF: ids, codes and digests only, never names."""

    id: str
    kind: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """The head of a case. `reference` is its id; `title` the family's name as nominated; `search` normalised tokens."""

    reference: str
    authority: str
    programme: str
    title: str
    stage: str
    stage_since: datetime
    status: str
    team: str
    tokens: tuple[str, ...]
    received_at: datetime
    recorded_at: datetime
    channel: str
    pin: Pin
    submissions: tuple[str, ...]
    family: str | None
    organisation: str | None = None
    submitted_by: str | None = None
    caller: Mapping[str, Any] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decisions: Mapping[str, DecisionState] = field(default_factory=dict)
    occurred: Mapping[str, datetime] = field(default_factory=dict)
    clocks: tuple[RunningClock, ...] = ()
    tasks: tuple[Task, ...] = ()
    history: tuple[Entry, ...] = ()
    undelivered: tuple[Event, ...] = ()
    search: tuple[str, ...] = ()
    safeguarding: bool = False
    restricted: bool = False
    due_at: datetime | None = None
    closed_at: datetime | None = None
    revision: int = 0

    @property
    def waits(self) -> bool:
        """Whether it belongs in the queue: it is open, or something for a person came after it was closed."""
        closed = self.closed_at
        return closed is None or any(task.done_at is None and task.raised_at >= closed for task in self.tasks)

    def decision(self, code: str) -> DecisionState:
        """Return one decision's state; raise `NotFound` when the case has no such decision."""
        if code not in self.decisions:
            raise NotFound("This case has no such decision. Go back to the case and choose one of those shown.")
        return self.decisions[code]

    def deciding(self, state: DecisionState) -> "Case":
        """Return the case with one decision's state replaced."""
        return replace(self, decisions={**self.decisions, state.code: state})

    def noting(self, *entries: Entry) -> "Case":
        """Return the case with lines added to its timeline."""
        return replace(self, history=(*self.history, *entries))

    def telling(self, *events: Event) -> "Case":
        """Return the case with events for the worker to deliver."""
        return replace(self, undelivered=(*self.undelivered, *events))

    def timed(self, clocks: tuple[RunningClock, ...]) -> "Case":
        """Return the case with these clocks; `due_at` is the earliest that still runs, for the queue's order."""
        running = [clock.due_at for clock in clocks if clock.stopped_at is None]
        return replace(self, clocks=clocks, due_at=min(running, default=None))
