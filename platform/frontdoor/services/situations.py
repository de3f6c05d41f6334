"""What rules are tried over before they go live: past cases as they are known now, and the worked examples."""

from collections.abc import Iterator
from datetime import date

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import from_facts
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.situation import Situation
from frontdoor.services import examples
from frontdoor.services.deciding import inputs_for
from frontdoor.services.redecide import grounds_of
from frontdoor.store import cases

_A_DAY = date(2026, 11, 23)  # for worked examples that leave `as_of` out: any day must do


def of_cases(inside: Viewer, programme: Programme, limit: int) -> Iterator[Situation]:
    """Yield what is known of the newest cases, each with everything that any fact or row reads.

    A case whose answers do not fit the programme's forms is passed over: it cannot be decided by these rules.
    """
    everything = frozenset(fact.name for fact in programme.rules.facts.values())
    reads = everything.union(*(decision.shows for decision in programme.rules.decisions.values()))
    for case in cases.latest(inside, programme.programme, limit):
        try:
            yield prepared(programme.rules, inputs_for(programme, case, grounds_of(inside, case)), reads)
        except FrontDoorError:
            continue


def of_examples(programme: Programme) -> Iterator[Situation]:
    """Yield the situation of each worked example of a decision of this programme."""
    holidays = sorted(day.isoformat() for day in programme.calendar.holidays)
    for example in examples.of_programme(programme):
        if example.rule not in programme.rules.decisions:
            continue
        try:
            yield from_facts(programme.rules, example.rule, example.facts, as_of=_A_DAY, holidays=holidays).situation
        except FrontDoorError:
            continue
