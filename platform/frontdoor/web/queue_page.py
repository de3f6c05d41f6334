"""The queue's rows and filters, ready to draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask_babel import gettext as _

from frontdoor.domain.programme import Programme
from frontdoor.services.queue import Looked, QueueDecision, QueueRow, Wanted
from frontdoor.web.case_words import Tag, channel_label, clock_tag, decision_title, outcome_tag, role_label, stage_label
from frontdoor.web.pages import spoken

Option = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One case in a list: what an officer has to see to choose where to begin."""

    row: QueueRow
    programme: str
    stage: str
    channel: str
    clock: Tag
    about: str
    outcome: Tag | None
    confirmed: bool
    contradicted: bool
    lowering: bool


@dataclass(frozen=True)
class Filters:
    """What each filter may be set to: (value, words), the first of each meaning all."""

    programmes: list[Option]
    stages: list[Option]
    states: list[Option]
    decisions: list[Option]
    roles: list[Option]
    statuses: list[Option]


@dataclass(frozen=True)
class Summary:
    """How many cases are open, overdue and due soon, as written: 1000+ where nobody counted on."""

    total: str
    overdue: str
    amber: str


def wanted() -> Wanted:
    """Return what the address asks for; a page that is no number is the first."""
    page = request.args.get("page", "1")
    return Wanted(
        programme=request.args.get("programme", ""),
        stage=request.args.get("stage", ""),
        state=request.args.get("state", ""),
        status=request.args.get("status", ""),
        decision=request.args.get("decision", ""),
        role=request.args.get("role", ""),
        text=request.args.get("name", "").strip(),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def chosen(asked: Wanted) -> dict[str, str]:
    """Return the filters that are set, as arguments of an address."""
    told = {
        "programme": asked.programme,
        "stage": asked.stage,
        "state": asked.state,
        "status": asked.status,
        "decision": asked.decision,
        "role": asked.role,
        "name": asked.text,
    }
    return {name: value for name, value in told.items() if value}


def lines(looked: Looked, at: datetime) -> list[Line]:
    """Return the rows of a page in words."""
    return [_line(looked.programmes.get(row.programme), row, at) for row in looked.page.rows]


def summary(looked: Looked) -> Summary:
    """Return the counts over everything that is open."""
    tally = looked.tally
    return Summary(*(f"{one.number}{'+' * one.more}" for one in (tally.total, tally.overdue, tally.amber)))


def filters(looked: Looked) -> Filters:
    """Return the options of each filter, from the programmes that the authority runs."""
    running = looked.programmes.values()
    return Filters(
        programmes=[("", _("All programmes")), *((one.programme, spoken(one.title)) for one in running)],
        stages=[("", _("All stages")), *_stages(looked.programmes)],
        states=[
            ("", _("All clocks")),
            ("overdue", _("Overdue")),
            ("amber", _("Due soon")),
            ("running", _("In time")),
            ("untimed", _("No clock")),
        ],
        decisions=[("", _("All outcomes")), *_outcomes(looked.programmes)],
        roles=[("", _("Anybody")), *_roles(looked.programmes)],
        statuses=[("", _("Open cases")), ("closed", _("Closed cases"))],
    )


def _line(programme: Programme | None, row: QueueRow, at: datetime) -> Line:
    told = _foremost(programme, row)
    return Line(
        row=row,
        programme=spoken(programme.title) if programme else row.programme,
        stage=stage_label(programme, row.stage) if programme else row.stage,
        channel=channel_label(row.channel),
        clock=clock_tag(row.state(at)),
        about=decision_title(programme, told.code) if programme and told else "",
        outcome=outcome_tag(programme, told.code, told.decision) if programme and told else None,
        confirmed=bool(told and told.standing == "confirmed"),
        contradicted=any(one.standing == "contradicted" for one in row.decisions),
        lowering=any(one.standing == "lowering" for one in row.decisions),
    )


def _foremost(programme: Programme | None, row: QueueRow) -> QueueDecision | None:
    """Return what says most: a decision that asks for a second look, else what the stage waits for, else the last."""
    if programme is None:
        return None
    order = list(dict.fromkeys(code for stage in programme.pathway.stages.values() for code in stage.decisions))
    known = {one.code: one for one in row.decisions}
    asking = [one for one in row.decisions if one.standing in ("lowering", "contradicted")]
    stage = programme.pathway.stages.get(row.stage)
    waiting = [known[code] for code in (stage.decisions if stage else ()) if code in known]
    open_ones = [one for one in waiting if one.standing == "proposed"]
    reached = [known[code] for code in order if code in known]
    return next(iter((*asking, *open_ones, *reversed(reached), *row.decisions)), None)


def _stages(running: Mapping[str, Programme]) -> list[Option]:
    found = {stage.id: spoken(stage.label) for one in running.values() for stage in one.pathway.stages.values()}
    return list(found.items())


def _outcomes(running: Mapping[str, Programme]) -> list[Option]:
    found: dict[str, str] = {}
    for one in running.values():
        for table in one.rules.decisions.values():
            for outcome in table.outcomes.values():
                found.setdefault(outcome.code, spoken(outcome.label))
    return sorted(found.items(), key=lambda option: option[1].casefold())


def _roles(running: Mapping[str, Programme]) -> list[Option]:
    leads = {
        role: role_label(one, role)
        for one in running.values()
        for role in (
            *(stage.lead for stage in one.pathway.stages.values()),
            *(clock.owner for clock in one.clocks.values() if clock.owner),
        )
    }
    return sorted(leads.items(), key=lambda option: option[1].casefold())
