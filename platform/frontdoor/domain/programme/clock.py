"""A programme's clocks, with the warning that is counted back from the end: `amber: {n, basis}`.

`amber_at` counts from the start instead, and is the clock documents' own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from frontdoor.domain.calendar import Calendar, Due, add_months, end_of
from frontdoor.domain.errors import DocumentRejected, Problem, RuleFailed
from frontdoor.domain.pathways.clock_documents import parse_clocks
from frontdoor.domain.pathways.clocks import Clock, Deadline


@dataclass(frozen=True)
class Before:
    """How long before it is due a clock turns amber: `n` of `basis`, `n` a number or the id of a parameter."""

    n: float | str
    basis: str


@dataclass(frozen=True)
class WarningClock(Clock):
    """A clock that turns amber some time before it is due."""

    before: Before = Before(0, "elapsed_hours")

    def due(self, events: Mapping[str, object], parameters: Mapping[str, Any], calendar: Calendar) -> Deadline | None:
        """Return when it is due and when it turns amber; None and errors as of every clock."""
        deadline = super().due(events, parameters, calendar)
        if deadline is None:
            return None
        n = parameters.get(self.before.n) if isinstance(self.before.n, str) else self.before.n
        if not isinstance(n, int | float) or isinstance(n, bool):
            raise RuleFailed(f"Set parameter `{self.before.n}` to a number: clock {self.id} turns amber by it")
        return replace(deadline, amber=_earlier(deadline.due, n, self.before.basis, calendar))


def programme_clocks(items: Mapping[str, Mapping[str, Any]]) -> dict[str, Clock]:
    """Return the clocks of a `clocks` document by code, in order; DocumentRejected with every problem."""
    problems = [
        Problem(f"/{code}/amber", "two_ambers", "Keep `amber` (before it is due) or `amber_at` (from the start)")
        for code, item in items.items()
        if "amber" in item and "amber_at" in item
    ]
    plain = {code: {key: value for key, value in item.items() if key != "amber"} for code, item in items.items()}
    try:
        clocks = parse_clocks(plain)
    except DocumentRejected as refused:
        raise DocumentRejected(refused.message, problems=(*problems, *refused.problems)) from refused
    if problems:
        raise DocumentRejected("These clocks cannot be used until they are put right", problems=problems)
    return {code: _warning(clock, items[code].get("amber")) for code, clock in clocks.items()}


def _warning(clock: Clock, entry: Mapping[str, Any] | None) -> Clock:
    if not entry:
        return clock
    n = entry["n"]
    before = Before(n["parameter"] if isinstance(n, Mapping) else n, entry["basis"])
    return WarningClock(**{one.name: getattr(clock, one.name) for one in fields(clock)}, before=before)


def _earlier(ends: Due, n: float, basis: str, calendar: Calendar) -> Due:
    """Return `n` of `basis` before the end: an instant for hours, else the end of the earlier day."""
    if basis == "elapsed_hours":
        at = ends.at - timedelta(hours=n)
        return Due(at, calendar.local_date(at), by_day=False)
    days = int(n)
    if basis == "months":
        return end_of(add_months(ends.on, -days))
    if basis != "working_days":
        return end_of(ends.on - timedelta(days=days * (7 if basis == "weeks" else 1)))
    day = ends.on
    for _ in range(days):
        day = calendar.roll(day - timedelta(days=1), "previous")
    return end_of(day)
