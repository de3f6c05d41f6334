"""What a programme would decide of a made-up family: as on receipt, by the same steps, with nothing stored."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from frontdoor.domain.calendar import Calendar
from frontdoor.domain.case import Case, Evidence
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.family import Known
from frontdoor.domain.forms.accept import kept
from frontdoor.domain.forms.partial_dates import interval
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.situation import VERIFIED
from frontdoor.domain.trial import Given
from frontdoor.services.deciding import Grounds, propose
from frontdoor.services.progress import Occurrence, occur

ONLINE, BY_PHONE = "e_form", "phone"
_NOON = time(12)


def decided(programme: Programme, given: Given) -> list[Receipt]:
    """Return the receipt of each decision that reads one of the forms, or is taken when the first is received.

    Errors: `FrontDoorError` for answers that may not be looked at at all.
    """
    answers = {
        form: kept(programme.forms[form], held, given.as_of)
        for form, held in given.answers.items()
        if form in programme.forms
    }
    case, at = _case(programme, given, answers)
    grounds = Grounds(answers, _known(given))
    _, made = propose(programme, case, grounds, codes(programme, tuple(answers)), at)
    return [new.receipt for new in made]


def codes(programme: Programme, forms: tuple[str, ...]) -> list[str]:
    """Return the decisions that some forms lead to, in the order of the rules."""
    intake = programme.pathway.intake
    wanted = set(intake.decisions) if intake.form in forms else set()
    for stage in programme.pathway.stages.values():
        if set(forms) & set(stage.forms):
            wanted |= set(stage.decisions)
    asked = tuple(f"answers.{form}." for form in forms)
    return [
        code
        for code, table in programme.rules.decisions.items()
        if code in wanted or any(path.startswith(asked) for path in _paths(programme, table.shows))
    ]


def channel_of(programme: Programme, role: str) -> str:
    """Return how a form comes from a role: a partner's online, what staff take down by telephone."""
    held = programme.roles.get(role)
    return BY_PHONE if held is not None and held.kind == "staff" else ONLINE


def _paths(programme: Programme, shows: frozenset[str]) -> frozenset[str]:
    """Return everything that a table reads, through its facts too."""
    return shows.union(*(fact.reads for fact in programme.rules.needed(shows)))


def _case(programme: Programme, given: Given, answers: Mapping[str, Any]) -> tuple[Case, datetime]:
    """Return a case in memory that has received these forms, and the instant; it has no reference and no reader."""
    at = Calendar.at_local(given.as_of, _NOON)
    pathway = programme.pathway
    stages = [stage.id for stage in pathway.stages.values() if set(answers) & set(stage.forms)]
    case = Case(
        reference="",
        authority=programme.authority,
        programme=programme.programme,
        title="",
        stage=stages[0] if stages else pathway.first_stage.id,
        stage_since=at,
        status="triage",
        team="",
        tokens=(),
        received_at=at,
        recorded_at=at,
        channel=channel_of(programme, given.role),
        pin=programme.pin,
        submissions=(),
        family=None,
        evidence=_evidence(given, at),
    )
    happened = [Occurrence("received"), *(Occurrence("completed", form=form) for form in answers)]
    for one in happened:
        try:
            case = occur(programme, case, one, at)
        except FrontDoorError:
            continue  # a clock that cannot be worked out on that day; the decision is the same without its date
    return case, at


def _evidence(given: Given, at: datetime) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(fact, fact, None, value, VERIFIED, "", given.as_of, "", "", at)
        for fact, value in given.evidence.items()
    )


def _known(given: Given) -> Known:
    closed, contacts = given.known.get("closed_on"), given.known.get("contacts_12m", 0)
    days = interval(closed) if isinstance(closed, str) else None
    return Known(None, given.known.get("open_episode") is True, days[0] if days else None, int(contacts or 0))
