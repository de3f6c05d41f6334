"""A named person confirms a proposed decision, one at a time, or decides otherwise with a reason.

Raising a safeguarding outcome needs one person; lowering a proposed one needs a second, named manager (DOMAIN 0.3).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case, Confirmation, DecisionState, Entry, Event, Lowering, Task
from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound, Problem, WrongState
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.table import Decision
from frontdoor.services import notify, programmes
from frontdoor.services.deciding import facts_now
from frontdoor.services.identity import new_id
from frontdoor.services.progress import Occurrence, advance, occur
from frontdoor.services.recognise import settle
from frontdoor.services.redecide import grounds_of, redecided, stored
from frontdoor.store import cases
from frontdoor.store.connection import in_transaction

OVERRIDDEN = "OVERRIDDEN"
WITHDRAWN = "A safeguarding outcome was proposed before. What is known now no longer proposes it."
COUNTERSIGN = "countersign"


@dataclass(frozen=True)
class Otherwise:
    """A decision other than the proposed one. `decision` is one of the table's outcomes; the reason is kept."""

    decision: str
    reason: str


def confirm(viewer: Viewer, reference: str, code: str, *, at: datetime, revision: int) -> Case:
    """Confirm what the rules propose; where a safeguarding outcome stood before, this only asks for a countersignature.

    Errors: `WrongState` for an outcome that is not final; `Conflict` when stale.
    """
    viewer.need("confirm_decision")

    def act(programme: Programme, case: Case, state: DecisionState) -> Case:
        outcome = programme.rules.decisions[code].outcome(state.proposed.decision)
        if outcome is None or not outcome.final:
            raise WrongState(
                "This outcome is not final, so there is nothing to confirm yet. "
                "Record the checks that are outstanding, or decide on what is known."
            )
        made = _as_proposed(viewer, state, at)
        if not _lowered(programme.rules.decisions[code], case, state, made.decision):
            return _settled(viewer, programme, case, state, made)
        asked = Lowering(made.decision, made.reason_code, WITHDRAWN, viewer.account, viewer.name, at)
        return _asked_for_countersignature(viewer, programme, case, code, asked)

    return _deciding(viewer, reference, code, revision, act)


def override(viewer: Viewer, reference: str, code: str, other: Otherwise, *, at: datetime, revision: int) -> Case:
    """Decide otherwise than proposed. Below a proposed safeguarding outcome this only asks for a countersignature.

    Errors: `AnswersRejected` without a reason or with an outcome that the table does not have.
    """
    viewer.need("override_decision")

    def act(programme: Programme, case: Case, state: DecisionState) -> Case:
        table = programme.rules.decisions[code]
        problems = []
        if other.decision not in table.outcomes:
            problems.append(Problem("/decision", "unknown", "Select one of the outcomes"))
        if not other.reason.strip():
            problems.append(Problem("/reason", "required", "Enter the reason for deciding otherwise"))
        if other.decision == state.proposed.decision and not problems:
            problems.append(Problem("/decision", "same", "This is proposed already: confirm it, or select another"))
        if problems:
            raise AnswersRejected("Some of what you entered has to be put right", problems=problems)
        if _lowered(table, case, state, other.decision):
            asked = Lowering(other.decision, OVERRIDDEN, other.reason, viewer.account, viewer.name, at)
            return _asked_for_countersignature(viewer, programme, case, state.code, asked)
        made = replace(
            _as_proposed(viewer, state, at),
            decision=other.decision,
            reason_code=OVERRIDDEN,
            override=True,
            reason=other.reason,
        )
        return _settled(viewer, programme, case, state, made)

    return _deciding(viewer, reference, code, revision, act)


@dataclass(frozen=True)
class Effect:
    """What confirming a proposal would do: the stage that the case would be in, and whether the sender is told."""

    stage: str
    told: bool


def foresee(viewer: Viewer, case: Case, code: str, *, at: datetime) -> Effect:
    """Return what confirming the proposal would do, without doing it."""
    programme, state = programmes.of_case(case), case.decision(code)
    confirmed = case.deciding(replace(state, confirmed=_as_proposed(viewer, state, at)))
    after = advance(programme, confirmed, facts_now(programme, confirmed, grounds_of(viewer, confirmed)), at)
    return Effect(after.stage, programme.pathway.tells(code))


def lowers(table: Decision, proposed: str, other: str) -> bool:
    """Return whether deciding `other` would lower a proposed safeguarding outcome."""
    was, wished = table.outcome(proposed), table.outcome(other)
    return was is not None and was.safeguarding and not (wished is not None and wished.safeguarding)


def _lowered(table: Decision, case: Case, state: DecisionState, other: str) -> bool:
    """Return whether deciding `other` lowers what is proposed, or what was since a person last decided.

    A concern that an amendment or a correction takes back is lowered by two people all the same (DOMAIN 0.3).
    """
    about = [entry for entry in case.history if entry.detail.get("decision") == state.code]
    decided = max((place for place, entry in enumerate(about) if entry.what == "confirmed"), default=-1)
    stood = [str(entry.detail["outcome"]) for entry in about[decided + 1 :] if entry.what == "proposed"]
    return any(lowers(table, proposed, other) for proposed in (state.proposed.decision, *stood))


def countersign(viewer: Viewer, reference: str, code: str, *, agree: bool, at: datetime, revision: int) -> Case:
    """Let a second, named manager agree to a lowering, or refuse it; a refusal leaves the proposal as it is."""
    viewer.need("countersign_lowering")

    def act(programme: Programme, case: Case, state: DecisionState) -> Case:
        asked = state.lowering
        if asked is None:
            raise WrongState("Nobody has asked to lower this outcome. Go back to the case.")
        if asked.by == viewer.account:
            raise NotAllowed("You asked for this yourself, so another manager has to countersign it.")
        case = replace(case, tasks=_done(case.tasks, code, viewer, at))
        state = replace(state, lowering=None)
        if not agree:
            entry = Entry(at, viewer.account, viewer.name, "lowering_refused", {"decision": code})
            refused = case.deciding(state).noting(entry).telling(Event(new_id(), entry.what, at, entry.detail))
            return cases.replace(viewer, refused, expected_revision=case.revision)
        made = Confirmation(
            receipt=state.proposed.receipt,
            decision=asked.decision,
            reason_code=asked.reason_code,
            by=asked.by,
            by_name=asked.by_name,
            at=at,
            override=asked.decision != state.proposed.decision,
            reason=asked.reason,
            countersigned_by=viewer.account,
            countersigned_name=viewer.name,
        )
        return _settled(viewer, programme, case, state, made)

    return _deciding(viewer, reference, code, revision, act)


_Act = Callable[[Programme, Case, DecisionState], Case]


def _deciding(viewer: Viewer, reference: str, code: str, revision: int, act: _Act) -> Case:
    def whole() -> Case:
        before = cases.at_revision(viewer, reference, revision)
        programme = programmes.of_case(before)
        if code not in programme.rules.decisions:
            raise NotFound("There is no such decision. Go back to the case and choose one of those shown.")
        state = before.decision(code)
        if state.confirmed is not None and not state.contradicted:
            raise WrongState("This decision is already confirmed. A new fact that contradicts it would open it again.")
        return act(programme, before, state)

    return in_transaction(whole)


def _as_proposed(viewer: Viewer, state: DecisionState, at: datetime) -> Confirmation:
    proposed = state.proposed
    return Confirmation(proposed.receipt, proposed.decision, proposed.reason_code, viewer.account, viewer.name, at)


def _settled(viewer: Viewer, programme: Programme, before: Case, state: DecisionState, made: Confirmation) -> Case:
    """Record the confirmation, let the pathway react, decide what the new stage asks for, queue the notices."""
    code, at = state.code, made.at
    case = before.deciding(replace(state, confirmed=made, contradicted=False, lowering=None))
    case = replace(case, tasks=_done(case.tasks, code, viewer, at))
    detail = {
        "decision": code,
        "outcome": made.decision,
        "reason": made.reason_code,
        "receipt": made.receipt,
        "override": made.override,
    }
    case = case.noting(Entry(at, viewer.account, viewer.name, "confirmed", detail, made.reason))
    case = case.telling(Event(new_id(), "confirmed", at, detail))
    case = occur(programme, case, Occurrence("confirmed", decision=code), at)
    case = advance(programme, case, facts_now(programme, case, grounds_of(viewer, case)), at)
    case, receipts = redecided(viewer, programme, case, at)
    settle(system_viewer(viewer.authority), before, case, programme.calendar.local_date(at))
    kept = stored(viewer, before, case, receipts, at=at)
    if programme.pathway.tells(code):
        notify.tell_outcome(programme, kept, at)
    return kept


def _asked_for_countersignature(viewer: Viewer, programme: Programme, case: Case, code: str, asked: Lowering) -> Case:
    """Keep the wish and put it before whoever may countersign; the proposal stands meanwhile."""
    task = Task(new_id(), COUNTERSIGN, programme.pathway.intake.escalate_to, asked.at, about={"decision": code})
    detail = {"decision": code, "outcome": asked.decision}
    after = case.deciding(replace(case.decision(code), lowering=asked))
    after = replace(after, tasks=(*after.tasks, task))
    after = after.noting(Entry(asked.at, asked.by, asked.by_name, "lowering_asked", detail, asked.reason))
    after = after.telling(Event(new_id(), "lowering_asked", asked.at, detail))
    return cases.replace(viewer, after, expected_revision=case.revision)


def _done(tasks: tuple[Task, ...], code: str, viewer: Viewer, at: datetime) -> tuple[Task, ...]:
    """Close the tasks that a decision about `code` settles."""
    return tuple(
        replace(task, done_at=at, done_by=viewer.account)
        if task.done_at is None and task.about.get("decision") == code
        else task
        for task in tasks
    )
