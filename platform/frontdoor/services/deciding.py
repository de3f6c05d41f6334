"""What the rules propose for a case, given all that is known now. Nothing here confirms anything.

Every new fact re-decides. A decision whose facts and outcome did not change keeps its receipt; otherwise a further
receipt is appended. A confirmed decision is never reversed: where the rules would now propose something else it is
marked as contradicted, and a task asks a person to look.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.canonical import digest_of_text, together
from frontdoor.domain.case import Case, DecisionState, Entry, Event, Evidence, Proposal, Task
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.family import Known
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import Circumstances, Inputs, derive_facts
from frontdoor.domain.rules.fused.decider import Told, inputs_of
from frontdoor.domain.rules.fused.recorder import Written
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.situation import ASSERTED, ASSUMED, Provenance
from frontdoor.services.identity import new_id

CONTRADICTION = "contradiction"
SYSTEM, SYSTEM_NAME = "system", "Front Door"
_TELLING = ("code", "decision", "reason_code", "argument", "facts", "parameters")


@dataclass(frozen=True)
class Grounds:
    """What a decision may stand on: the latest answers of each form, who gave them, and what is known of the family."""

    answers: Mapping[str, Mapping[str, Any]]
    known: Known
    capacity: Mapping[str, Any] = field(default_factory=dict)
    told_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewReceipt:
    """A receipt to be stored in the transaction that stores the case. `text` is its canonical JSON, written once."""

    id: str
    code: str
    written: Written

    @property
    def text(self) -> str:
        """The receipt as it is stored."""
        return self.written.text

    @property
    def receipt(self) -> Receipt:
        """The receipt as the rules know it, read back from what is stored."""
        return Receipt.from_json(json.loads(self.text))


def inputs_for(programme: Programme, case: Case, grounds: Grounds) -> Inputs:
    """Gather what the rules read. `as_of` is the local date on which the nomination was received."""
    return inputs_of(programme.forms, told_for(programme, case, grounds))


def told_for(programme: Programme, case: Case, grounds: Grounds) -> Told:
    """Gather the same with the answers as they were accepted."""
    return Told(
        answers={form: given for form, given in grounds.answers.items() if form in programme.forms},
        as_of=programme.calendar.local_date(case.received_at),
        evidence=_standing(programme, case.evidence),
        platform={
            "family.open_episode": grounds.known.open_episode,
            "family.closed_on": grounds.known.closed_on.isoformat() if grounds.known.closed_on else None,
            "family.contacts_12m": grounds.known.contacts_12m,
            "case.stage": case.stage,
            "case.channel": case.channel,
            "capacity.free": dict(grounds.capacity),
        },
        decisions=_proposed(case),
        holidays=sorted(day.isoformat() for day in programme.calendar.holidays),
        sources={form: Provenance(ASSERTED, (form,), (name,)) for form, name in grounds.told_by.items()},
    )


def propose(
    programme: Programme, case: Case, grounds: Grounds, codes: Iterable[str], at: datetime
) -> tuple[Case, list[NewReceipt]]:
    """Return the case with each decision of `codes` proposed afresh, and the receipts that are new."""
    made: list[NewReceipt] = []
    told = told_for(programme, case, grounds)
    for code in codes:
        # Of all that the rules read, only the decisions change from one table to the next.
        told = replace(told, decisions=_proposed(case))
        written = programme.recorder.record(code, told, _around(programme, case, code))
        same_as = fingerprint(written.parts)
        before = case.decisions.get(code)
        if before is not None and before.proposed.same_as == same_as:
            continue
        new = NewReceipt(new_id(), code, written)
        made.append(new)
        case = _with_proposal(programme, case, new, same_as, at)
    return case, made


def wanted(programme: Programme, case: Case, forms_done: Iterable[str]) -> list[str]:
    """Return the decisions to propose now: those already begun, then the stage's own once its forms are complete."""
    stage = programme.pathway.stages[case.stage]
    ready = all(form in set(forms_done) for form, use in stage.forms.items() if use.required)
    codes = dict.fromkeys((*case.decisions, *(stage.decisions if ready else ())))
    return [code for code in programme.rules.decisions if code in codes]


def facts_now(programme: Programme, case: Case, grounds: Grounds) -> dict[str, Any]:
    """Return the value of every fact that is known, by id: what a stage's exits may read."""
    derived = derive_facts(programme.rules, inputs_for(programme, case, grounds))
    return {key: one.finding.value for key, one in derived.items() if one.finding.known}


def fingerprint(texts: Mapping[str, str]) -> str:
    """Return a digest over facts, where they come from, and outcome: equal ones need no second receipt.

    `texts` are the canonical texts of a receipt's parts, so what is hashed here is not written out a second time.
    """
    return digest_of_text(together({part: texts[part] for part in _TELLING}))


def _proposed(case: Case) -> dict[str, str]:
    return {code: state.proposed.decision for code, state in case.decisions.items()}


def _standing(programme: Programme, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Leave out what was only assumed and has since been checked, itself or in a fact that it is worked out from."""
    checked = {(one.fact, one.row): one.at for one in evidence if one.kind != ASSUMED}
    names = {fact.name: fact.id for fact in programme.rules.facts.values()}

    def overtaken(one: Evidence) -> bool:
        fact = programme.rules.facts.get(one.fact)
        if one.kind != ASSUMED or fact is None:
            return False
        if one.row is not None:
            return checked.get((one.fact, one.row), one.at) > one.at
        below = {names[each.name] for each in programme.rules.needed(frozenset({fact.name}))}
        return any(at > one.at for (key, _), at in checked.items() if key in below)

    return tuple(one for one in evidence if not overtaken(one))


def _around(programme: Programme, case: Case, code: str) -> Circumstances:
    decision = programme.rules.decisions[code]
    dates = {}
    for clock_code in {row.clock for row in (*decision.rows, decision.otherwise) if row.clock}:
        try:
            due = programme.clocks[clock_code].due(case.occurred, programme.parameters, programme.calendar)
        except RuleFailed:
            # A date that cannot be worked out is left out of the receipt; the decision itself stands.
            continue
        if due is not None:
            dates[clock_code] = due.due_on.isoformat()
    return Circumstances(programme.stamp, programme.calendar.version, dates)


def _with_proposal(programme: Programme, case: Case, new: NewReceipt, same_as: str, at: datetime) -> Case:
    receipt, before = new.written, case.decisions.get(new.code)
    proposal = Proposal(new.id, receipt.decision, receipt.reason_code, receipt.argument, at, same_as=same_as)
    detail = {"decision": new.code, "outcome": receipt.decision, "reason": receipt.reason_code, "receipt": new.id}
    case = case.noting(Entry(at, SYSTEM, SYSTEM_NAME, "proposed", detail))
    case = case.telling(Event(new_id(), "proposed", at, detail))
    if before is None:
        return case.deciding(DecisionState(new.code, proposal, (new.id,)))
    state = replace(before, proposed=proposal, receipts=(*before.receipts, new.id))
    if not contradicts(before, receipt.decision):
        case = case.deciding(replace(state, contradicted=False))
        return _agreed_again(case, detail, at) if before.contradicted else case
    return _flagged(programme, case, replace(state, contradicted=True), detail, at)


def contradicts(before: DecisionState, decision: str) -> bool:
    """Return whether a new proposal parts from what a person confirmed.

    Somebody who decided otherwise knew what was proposed then; the same proposal again tells them nothing new.
    """
    if before.confirmed is None or decision == before.confirmed.decision:
        return False
    return before.contradicted or not (before.confirmed.override and decision == before.proposed.decision)


def _agreed_again(case: Case, detail: Mapping[str, Any], at: datetime) -> Case:
    """Take back the question whether somebody would look: a later fact agrees with what was confirmed."""
    case = case.noting(Entry(at, SYSTEM, SYSTEM_NAME, "agreed_again", detail))
    tasks = (
        replace(task, done_at=at, done_by=SYSTEM) if _asks_about(task, str(detail["decision"])) else task
        for task in case.tasks
    )
    return replace(case, tasks=tuple(tasks))


def _asks_about(task: Task, code: str) -> bool:
    return task.kind == CONTRADICTION and task.done_at is None and task.about.get("decision") == code


def _flagged(programme: Programme, case: Case, state: DecisionState, detail: Mapping[str, Any], at: datetime) -> Case:
    """Mark a confirmed decision as contradicted and ask the stage's lead to look, once."""
    case = case.deciding(state).noting(Entry(at, SYSTEM, SYSTEM_NAME, "contradicted", detail))
    case = case.telling(Event(new_id(), "contradicted", at, detail))
    if any(_asks_about(task, state.code) for task in case.tasks):
        return case
    lead = programme.pathway.stages[case.stage].lead
    task = Task(new_id(), CONTRADICTION, lead, at, about={"decision": state.code, "receipt": state.proposed.receipt})
    return replace(case, tasks=(*case.tasks, task))
