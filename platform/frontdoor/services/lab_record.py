"""The algorithmic transparency record of a change: what the decision does, by what rules, on which data, tested how.

Its parts follow the UK's Algorithmic Transparency Recording Standard, so that it can be published as it is. It names
officers by nothing but their part in it, and no family at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import WrongState
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.dialect.names import Names, subjects
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.rules.table import Decision
from frontdoor.domain.text import say
from frontdoor.services import programmes
from frontdoor.services.change_proofs import compiled
from frontdoor.services.proposed import proposed
from frontdoor.services.reached import touched
from frontdoor.store import changes, snapshots


@dataclass(frozen=True)
class RowTold:
    """One row of a decision table in words."""

    outcome: str
    reason: str
    when: str


@dataclass(frozen=True)
class ParameterTold:
    """One value that a board may move: as it is, as the change would have it, and where it comes from."""

    name: str
    now: Any
    proposed: Any
    unit: str
    source: str


@dataclass(frozen=True)
class Record:
    """The record of one change and the decision that it touches, by the parts of the standard."""

    title: str
    code: str
    decision: str
    owner: str
    programme: str
    state: str
    version: int
    as_of: datetime
    outcomes: Sequence[str]
    person_decides: Sequence[str]
    data_used: Sequence[str]
    protected_read: Sequence[str]
    logic: Sequence[RowTold]
    parameters: Sequence[ParameterTold]
    checks: Mapping[str, Any]
    simulation: Mapping[str, Any]
    screening: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain JSON; instants as ISO text."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def of(viewer: Viewer, change_id: str, *, at: datetime, language: str = "en", decision: str = "") -> Record:
    """Return the record of a change, about `decision` or the first that it touches.

    Errors: `NotFound`; `WrongState` where it touches no such decision table.
    """
    change = changes.get(viewer, change_id)
    now = programmes.compiled(snapshots.get(change.authority, change.programme, change.base))
    new = compiled(proposed(change, at=at)) if change.edits and change.is_open else now
    table = _table(change, now, new, decision)
    if table is None:
        raise WrongState("This change touches no decision, so there is no record of one.")
    names = subjects(new.forms.values(), new.tree["rules"])
    return Record(
        title=change.title,
        code=table.code,
        decision=say(table.title, language),
        owner=say(new.authority_title, language),
        programme=say(new.title, language),
        state=change.state,
        version=change.published or change.base,
        as_of=at,
        outcomes=[say(one.label, language) for one in table.outcomes.values()],
        person_decides=[say(one.label, language) for one in table.outcomes.values() if not one.final],
        data_used=sorted(set(_data_used(new, table, names, language))),
        protected_read=sorted(set(_protected(new, table, language))),
        logic=[*_logic(table, names, language)],
        parameters=[*_parameters(now, new, table, language)],
        checks=_checks(change),
        simulation=_seen(change, table.code),
        screening={key: value for key, value in change.screening.items() if key in ("answers", "at")},
    )


def _table(change: Change, now: Programme, new: Programme, decision: str) -> Decision | None:
    named = str(change.simulation.get("decision", ""))
    of_change = change.report.reaches if change.report is not None else touched(now, new)
    codes = [code for code in (*([named] if named else ()), *of_change) if code in new.rules.decisions]
    wanted = decision or next(iter(codes), "")
    return new.rules.decisions[wanted] if wanted in codes else None


def _seen(change: Change, code: str) -> dict[str, Any]:
    """Return what the lab showed, where it was about this decision."""
    if change.simulation.get("decision") != code:
        return {}
    moves = [{key: value for key, value in one.items() if key != "pointer"} for one in change.simulation["moves"]]
    return {**change.simulation, "moves": moves}


def _reads(programme: Programme, table: Decision) -> frozenset[str]:
    return table.reads.union(*(fact.reads for fact in programme.rules.needed(table.reads)))


def _data_used(programme: Programme, table: Decision, names: Names, language: str) -> Iterator[str]:
    for path in _reads(programme, table):
        choice = names.choices.get(path) if path.startswith(("answers.", "family.", "case.")) else None
        if choice is not None and programme.rules.fact(path.rpartition(".")[2]) is None:
            yield say(choice.label, language)


def _protected(programme: Programme, table: Decision, language: str) -> Iterator[str]:
    reads = _reads(programme, table)
    for form in programme.forms.values():
        for question in form.questions.values():
            for one in (question, *question.questions.values()):
                path = f"answers.{form.id}.{question.id}" + ("" if one is question else f".{one.id}")
                if one.ui.get("protected") and path in reads:
                    yield say(one.label, language)


def _logic(table: Decision, names: Names, language: str) -> Iterator[RowTold]:
    for row in table.rows:
        outcome = table.outcome(row.decision)
        said = say(outcome.label, language) if outcome else row.decision
        yield RowTold(said, say(row.label, language) or row.reason_code, sentence(read(row.when), names, language))
    last = table.outcome(table.otherwise.decision)
    said = say(last.label, language) if last else table.otherwise.decision
    yield RowTold(said, say(table.otherwise.label, language) or table.otherwise.reason_code, "")


def _parameters(now: Programme, new: Programme, table: Decision, language: str) -> Iterator[ParameterTold]:
    reads = _reads(new, table)
    for name, one in new.rules.parameters.items():
        if f"parameters.{name}" in reads:
            before = now.rules.parameters.get(name)
            unit = say(one.unit or {}, language)
            yield ParameterTold(say(one.label, language), before.value if before else None, one.value, unit, one.source)


def _checks(change: Change) -> dict[str, Any]:
    report = change.report
    if report is None:
        return {}
    found = [finding for proof in report.proofs for finding in proof["findings"]]
    return {
        "at": report.at,
        "problems": len(report.problems),
        "examples_passed": report.examples_passed,
        "examples_failed": len(report.examples_failed),
        "past_decisions": report.replayed,
        "past_decisions_different": len(report.moved),
        "proved_tables": len(report.proofs),
        "proof_findings": len(found),
        "second_engine_answers": report.compared,
        "second_engine_differences": len(report.opinions),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
