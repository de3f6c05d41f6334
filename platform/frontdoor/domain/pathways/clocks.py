"""Clocks: what starts one, when it is due and how it stands at an instant. Source: DOMAIN 0.1.

Events are `{name: instant or date}`, in any form that `calendar.moment` reads; a day alone counts from 00:00 local.
The time is always an argument. `pathways.clock_documents` makes clocks from configuration.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from frontdoor.domain.calendar import Calendar, Due, Moment, end_of, moment
from frontdoor.domain.errors import RuleFailed

State = Literal["not_started", "running", "amber", "overdue", "stopped_on_time", "stopped_late", "cancelled"]
Events = Mapping[str, object]
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """A number or basis that a parameter supplies; `choices` turns the parameter's value into a basis."""

    parameter: str
    choices: Mapping[str, str] = field(default_factory=dict)

    def value(self, parameters: Parameters) -> Any:
        """Return the parameter's value; RuleFailed when it is missing or none of `choices`."""
        found = parameters.get(self.parameter)
        if found is not None and self.choices:
            found = self.choices.get(str(found))
        if found is None:
            raise RuleFailed(f"Set parameter `{self.parameter}` to a value that this clock knows")
        return found


@dataclass(frozen=True)
class Limit:
    """`n` of `basis` after `from_event`, moved by `roll` where that is no working day."""

    from_event: str
    n: float | Setting
    basis: str | Setting
    roll: str = "keep"

    def due(self, started: Moment, parameters: Parameters, calendar: Calendar) -> Due:
        """Return when this limit ends if it started then."""
        n, basis = (_settled(value, parameters) for value in (self.n, self.basis))
        return calendar.due(basis, n, started, self.roll)


@dataclass(frozen=True)
class Meeting:
    """A weekly meeting, Monday = 0, that takes what was ready by `cut_off` local on a working day before.

    On a bank holiday it moves to the previous working day, and its cut-off with it. Ready on the minute is in time.
    """

    from_event: str
    weekday: float | Setting
    cut_off: time = time(12)
    working_days_before: float | Setting = 1

    def due(self, started: Moment, parameters: Parameters, calendar: Calendar) -> Due:
        """Return the first meeting whose cut-off had not passed."""
        weekday = _settled(self.weekday, parameters)
        before = _settled(self.working_days_before, parameters)
        if weekday not in range(5) or before not in range(6):
            raise RuleFailed("A meeting's weekday is 0 (Monday) to 4 (Friday), its cut-off 0 to 5 working days before")
        nominal = started.day + timedelta(days=(int(weekday) - started.day.weekday()) % 7)
        while True:
            held = calendar.roll(nominal, "previous")
            closes = held
            for _ in range(int(before)):
                closes = calendar.roll(closes - timedelta(days=1), "previous")
            if started.earliest <= calendar.at_local(closes, self.cut_off):
                return end_of(held)
            nominal += timedelta(weeks=1)


@dataclass(frozen=True)
class Deadline:
    """When a running clock is due, and when it turns amber if it does."""

    due: Due
    amber: Due | None = None

    @property
    def due_at(self) -> datetime:
        """The instant, in UTC: 23:59 local where days are counted."""
        return self.due.at

    @property
    def due_on(self) -> date:
        """The local date."""
        return self.due.on

    @property
    def amber_at(self) -> datetime | None:
        """The instant, in UTC, after which people are warned."""
        return self.amber.at if self.amber else None


@dataclass(frozen=True)
class Standing:
    """How a clock stands; `deadline` is None where it has not started."""

    state: State
    deadline: Deadline | None = None


@dataclass(frozen=True)
class Clock:
    """One deadline of a pathway: with several `limits` the `earlier` or `later` counts. `owner` is a role."""

    id: str
    label: Mapping[str, str]
    limits: tuple[Limit | Meeting, ...]
    order: int = 0
    code: str = ""
    owner: str = ""
    take: str = "earlier"
    stop_event: str | None = None
    cancel_event: str | None = None
    amber_after: Limit | None = None
    overdue_event: str | None = None
    escalate_to: str | None = None
    enabled: bool = True

    @property
    def from_events(self) -> tuple[str, ...]:
        """Every event that starts it or brings it forward."""
        return tuple(limit.from_event for limit in self.limits)

    @property
    def from_event(self) -> str:
        """The event of the first limit, which is the only one of most clocks."""
        return self.limits[0].from_event

    def due(self, events: Events, parameters: Parameters, calendar: Calendar) -> Deadline | None:
        """Return when it is due, or None while it has not started.

        With `earlier` one known limit is enough and a later event may only bring it forward; with `later` every
        event must be known. RuleFailed for an event that is no date. Whether it is enabled is not asked here.
        """
        known = _known(events, self.from_events)
        dues = [limit.due(known[limit.from_event], parameters, calendar) for limit in self._begun(known)]
        if not dues or (self.take == "later" and len(dues) < len(self.limits)):
            return None
        ends = (max if self.take == "later" else min)(dues, key=lambda end: end.at)
        soft = self.amber_after
        warned = _known(events, (soft.from_event,)).get(soft.from_event) if soft else None
        return Deadline(ends, soft.due(warned, parameters, calendar) if soft and warned else None)

    def standing(self, events: Events, at: datetime, parameters: Parameters, calendar: Calendar) -> Standing:
        """Return how it stands at `at`, from the events up to then.

        A stop or cancellation before the start belongs to an earlier round and counts for nothing. A clock that
        stops on the event it starts from is a cadence: each occurrence starts it again. Due on the day or the
        minute is on time.
        """
        now = moment(at)
        known = {name: when for name, when in _known(events, self._events()).items() if when.earliest <= now.earliest}
        deadline = self.due({name: events[name] for name in known}, parameters, calendar) if self.enabled else None
        if deadline is None:
            return Standing("not_started")
        starts = min(known[limit.from_event].earliest for limit in self._begun(known))
        stop = _after(starts, known.get(self.stop_event or "")) if self.stop_event not in self.from_events else None
        cancel = _after(starts, known.get(self.cancel_event or ""))
        if cancel and not (stop and stop.earliest <= cancel.earliest):
            return Standing("cancelled", deadline)
        if stop:
            return Standing("stopped_late" if deadline.due.passed(stop) else "stopped_on_time", deadline)
        if deadline.due.passed(now):
            return Standing("overdue", deadline)
        return Standing("amber" if deadline.amber and deadline.amber.passed(now) else "running", deadline)

    def _begun(self, known: Mapping[str, Moment]) -> list[Limit | Meeting]:
        return [limit for limit in self.limits if limit.from_event in known]

    def _events(self) -> tuple[str, ...]:
        soft = self.amber_after.from_event if self.amber_after else None
        return (*self.from_events, *(name for name in (self.stop_event, self.cancel_event, soft) if name))


def print_clock(clock: Clock, facts: Events, parameters: Parameters, calendar: Calendar) -> str | None:
    """Return the due date as worked examples print it (`Thu 2026-11-19`); None while an event is unknown."""
    deadline = clock.due(facts, parameters, calendar)
    return None if deadline is None else str(deadline.due)


def _settled(value: Any, parameters: Parameters) -> Any:
    return value.value(parameters) if isinstance(value, Setting) else value


def _known(events: Events, names: Iterable[str]) -> dict[str, Moment]:
    return {name: moment(events[name]) for name in names if events.get(name) is not None}


def _after(start: datetime, ended: Moment | None) -> Moment | None:
    return ended if ended and ended.latest >= start else None
