"""Labels that pages about cases share: what a programme calls a stage, an outcome, a clock, a role, a channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from frontdoor.domain.case import Case, RunningClock
from frontdoor.domain.programme import Programme
from frontdoor.web.pages import spoken

TONES = {"positive": "positive", "negative": "negative", "waiting": "waiting", "urgent": "urgent"}


@dataclass(frozen=True)
class Tag:
    """A state told by word, shape and colour: the words, and the kind that gives the other two."""

    words: str
    kind: str = ""


def clock_tag(state: str) -> Tag:
    """Return how a clock stands in one word."""
    words = {
        "overdue": _("Overdue"),
        "amber": _("Due soon"),
        "running": _("In time"),
        "untimed": _("No clock"),
        "stopped": _("Done in time"),
        "late": _("Done late"),
    }
    return Tag(words[state], {"stopped": "done", "late": "negative", "untimed": "negative"}.get(state, state))


def outcome_tag(programme: Programme, code: str, decision: str) -> Tag:
    """Return the label and tone of a decision's outcome."""
    if decision == "cannot_decide":
        return Tag(_("A person decides"), "urgent")
    table = programme.rules.decisions.get(code)
    outcome = table.outcome(decision) if table else None
    if outcome is None:
        return Tag(decision.replace("_", " "))
    return Tag(spoken(outcome.label), TONES.get(outcome.tone, ""))


def decision_title(programme: Programme, code: str) -> str:
    """Return what a decision is about."""
    table = programme.rules.decisions.get(code)
    return spoken(table.title) if table else code


def stage_label(programme: Programme, stage: str) -> str:
    """Return a stage's name; a stage of an older version that is gone keeps its id."""
    found = programme.pathway.stages.get(stage)
    return spoken(found.label) if found else stage.replace("_", " ")


def role_label(programme: Programme, role: str) -> str:
    """Return a role's name."""
    found = programme.roles.get(role)
    return spoken(found.label) if found else role.replace("_", " ")


def form_title(programme: Programme, form: str) -> str:
    """Return a form's title."""
    found = programme.forms.get(form)
    return spoken(found.title) if found else form.replace("_", " ")


def fact_label(programme: Programme, fact: str) -> str:
    """Return a fact's label."""
    found = programme.rules.facts.get(fact)
    return spoken(found.label) if found else fact.replace("_", " ")


def source_label(programme: Programme, fact: str, source: str) -> str:
    """Return what the officer calls the system where a fact, or one that it is worked out from, is looked up."""
    facts = programme.rules.facts
    own = [facts[fact]] if fact in facts else []
    entries = (one.verify.get("sources", {}).get(source) for one in (*own, *facts.values()))
    entry = next((found for found in entries if found), None)
    return spoken(entry["label"]) if entry else source.replace("_", " ")


def channels() -> Mapping[str, str]:
    """Return how a contact may come, by code."""
    return {
        "e_form": _("Online form"),
        "api": _("System of a partner"),
        "phone": _("Telephone"),
        "letter": _("Letter"),
        "counter": _("At the counter"),
    }


def channel_label(channel: str) -> str:
    """Return how a contact came."""
    return channels().get(channel, channel.replace("_", " "))


@dataclass(frozen=True)
class ClockLine:
    """One clock of a case as a page shows it."""

    label: str
    tag: Tag
    due_at: datetime
    owner: str
    running: bool


def clock_lines(programme: Programme, case: Case, at: datetime) -> list[ClockLine]:
    """Return the clocks of a case: those that run, soonest due first, then those that have stopped."""
    ordered = sorted(case.clocks, key=lambda one: (one.stopped_at is not None, one.due_at))
    return [_clock_line(programme, one, at) for one in ordered]


def _clock_line(programme: Programme, one: RunningClock, at: datetime) -> ClockLine:
    clock = programme.clocks.get(one.code)
    label = spoken(clock.label) if clock else one.code
    return ClockLine(
        label, clock_tag(clock_state(one, at)), one.due_at, role_label(programme, one.owner), one.stopped_at is None
    )


def clock_state(one: RunningClock, at: datetime) -> str:
    """Return how a clock stands: overdue, amber, running, or stopped (in time) and late once it has stopped."""
    if one.stopped_at is not None:
        return "late" if one.stopped_at > one.due_at else "stopped"
    if one.due_at < at:
        return "overdue"
    return "amber" if one.amber_at is not None and one.amber_at <= at else "running"
