"""What an occurrence sets off on a case: clocks start and stop, the case moves to its next stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import authority_token, team_token
from frontdoor.domain.case import Case, Entry, Event, RunningClock
from frontdoor.domain.pathways.model import Stage
from frontdoor.domain.programme import Programme
from frontdoor.services.identity import new_id


@dataclass(frozen=True)
class Occurrence:
    """What the pathway may react to. `on` is one of those in the meta-schema of a pathway's events."""

    on: str
    decision: str | None = None
    stage: str | None = None
    form: str | None = None


def occur(programme: Programme, case: Case, what: Occurrence, at: datetime) -> Case:
    """Return the case with the pathway's events for `what` recorded and its clocks started and stopped."""
    events = [
        event.id
        for event in programme.pathway.events.values()
        if event.matches(what.on, decision=what.decision, stage=what.stage, form=what.form)
    ]
    if not events:
        return case
    case = replace(case, occurred={**case.occurred, **dict.fromkeys(events, at)})
    return case.timed(_started(programme, case, events, at, _stopped(programme, case.clocks, events, at)))


def advance(programme: Programme, case: Case, facts: Mapping[str, Any], at: datetime) -> Case:
    """Move the case through the first exit of its stage that its confirmed decisions open, as far as that leads."""
    for _ in range(len(programme.pathway.stages)):
        stage = programme.pathway.stages[case.stage]
        leaving = programme.pathway.next_exit(stage.id, exit_data(programme, case, facts))
        if leaving is None:
            return case
        case = enter(programme, case, leaving.to, at)
    return case


def enter(programme: Programme, case: Case, stage_id: str, at: datetime) -> Case:
    """Return the case in another stage, with whoever leads it able to see it."""
    stage = programme.pathway.stages[stage_id]
    team = stage.team or case.team
    tokens = (authority_token(case.authority), team_token(case.authority, team))
    case = replace(
        case,
        stage=stage_id,
        stage_since=at,
        team=team,
        tokens=case.tokens if case.restricted else tokens,
        status=_status(stage, case.status),
        closed_at=at if stage.terminal else case.closed_at,
    )
    case = case.noting(Entry(at, "system", "Front Door", "entered", {"stage": stage_id}))
    case = case.telling(Event(new_id(), "entered", at, {"stage": stage_id}))
    case = occur(programme, case, Occurrence("entered", stage=stage_id), at)
    if stage.terminal:
        stopped = tuple(clock if clock.stopped_at else replace(clock, stopped_at=at) for clock in case.clocks)
        case = case.timed(stopped)
    return case


def exit_data(programme: Programme, case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an exit's condition reads: CONFIRMED decisions, facts, the case, the day of receipt."""
    confirmed = {
        code: {"decision": state.confirmed.decision, "reason_code": state.confirmed.reason_code}
        for code, state in case.decisions.items()
        if state.confirmed
    }
    return {
        "decisions": confirmed,
        "facts": dict(facts),
        "case": {"stage": case.stage, "channel": case.channel},
        "as_of": programme.calendar.local_date(case.received_at).isoformat(),
    }


def _status(stage: Stage, before: str) -> str:
    """Return triage, support, review (support has ended, something is still to come) or closed."""
    if stage.terminal:
        return "closed"
    if stage.opens_episode:
        return "support"
    return "review" if stage.closes_episode else before


def _stopped(
    programme: Programme, clocks: tuple[RunningClock, ...], events: Sequence[str], at: datetime
) -> tuple[RunningClock, ...]:
    def ends(code: str) -> bool:
        clock = programme.clocks.get(code)
        return clock is not None and bool({clock.stop_event, clock.cancel_event} & set(events))

    return tuple(
        replace(clock, stopped_at=at) if clock.stopped_at is None and ends(clock.code) else clock for clock in clocks
    )


def _started(
    programme: Programme, case: Case, events: Sequence[str], at: datetime, clocks: tuple[RunningClock, ...]
) -> tuple[RunningClock, ...]:
    """Start every enabled clock that one of `events` sets off; one that runs already gets its new, earlier limit."""
    running = {clock.code: clock for clock in clocks if clock.stopped_at is None}
    ended = tuple(clock for clock in clocks if clock.stopped_at is not None)
    for code, clock in programme.clocks.items():
        if not clock.enabled or not set(clock.from_events) & set(events):
            continue
        due = clock.due(case.occurred, programme.parameters, programme.calendar)
        if due is None:
            continue
        running[code] = RunningClock(
            id=new_id(),
            code=code,
            started_at=running[code].started_at if code in running else at,
            due_at=due.due_at,
            amber_at=due.amber_at,
            owner=clock.owner,
            holidays=programme.calendar.version,
        )
    return (*ended, *running.values())
