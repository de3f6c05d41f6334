"""Clocks as configuration: what a `clocks` document may say.

An entry, keyed by its id: `{order, label, code?, owner, from_event, n, basis, roll?, stop_event?, cancel_event?,
amber_at?: {n, basis, roll?, from_event?}, on_overdue?: {event?, escalate_to?}, enabled?: false}`.
Instead of `n, basis, roll` it may hold `limits: {ID: {from_event, n, basis, roll?}}` with `take: earlier | later`,
or `meeting: {weekday, cut_off?, working_days_before?}` for a weekly batch.
A number may be `{"parameter": NAME}`; so may a basis, with `map: {VALUE: BASIS}` where one setting such as
`clock_profile: working` moves several clocks.
"""

from collections.abc import Mapping
from datetime import time
from typing import Any

from frontdoor.domain.calendar import BASES, ROLLS
from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.pathways.clocks import Clock, Limit, Meeting, Setting


def parse_clocks(items: Mapping[str, Mapping[str, Any]]) -> dict[str, Clock]:
    """Return the clocks by id, in their order; DocumentRejected with every problem of every clock."""
    problems: list[Problem] = []
    clocks = [_clock(clock_id, item, problems) for clock_id, item in items.items()]
    if problems:
        raise DocumentRejected("These clocks cannot be used until they are put right", problems=problems)
    return {clock.id: clock for clock in sorted(clocks, key=lambda clock: (clock.order, clock.id))}


def _clock(clock_id: str, item: Mapping[str, Any], problems: list[Problem]) -> Clock:
    where = f"/{clock_id}"
    if "amber" in item:
        problems.append(Problem(f"{where}/amber", "unknown_key", "Write `amber_at`: {n, basis}, from the same event"))
    if ("take" in item) != ("limits" in item) or item.get("take", "earlier") not in ("earlier", "later"):
        problems.append(Problem(f"{where}/take", "take", "Give `limits` and `take`, earlier or later, together"))
    if item.get("limits") == {}:
        problems.append(Problem(f"{where}/limits", "required", "Give at least one limit"))
    label = item.get("label", {})
    overdue = item.get("on_overdue") or {}
    soft = item.get("amber_at")
    start = {"from_event": item["from_event"]} if "from_event" in item else {}
    return Clock(
        id=clock_id,
        label={"en": label} if isinstance(label, str) else label,
        limits=_limits(where, item, problems),
        order=item.get("order", 0),
        code=item.get("code", clock_id),
        owner=item.get("owner", ""),
        take=item.get("take", "earlier"),
        stop_event=item.get("stop_event"),
        cancel_event=item.get("cancel_event"),
        amber_after=_limit(f"{where}/amber_at", {**start, **soft}, problems) if soft else None,
        overdue_event=overdue.get("event"),
        escalate_to=overdue.get("escalate_to"),
        enabled=item.get("enabled", True),
    )


def _limits(where: str, item: Mapping[str, Any], problems: list[Problem]) -> tuple[Limit | Meeting, ...]:
    if "meeting" in item:
        return (_meeting(f"{where}/meeting", {"from_event": item.get("from_event"), **item["meeting"]}, problems),)
    if "limits" in item:
        return tuple(_limit(f"{where}/limits/{key}", limit, problems) for key, limit in item["limits"].items())
    return (_limit(where, item, problems),)


def _limit(where: str, item: Mapping[str, Any], problems: list[Problem]) -> Limit:
    basis, roll = item.get("basis"), item.get("roll", "keep")
    if not item.get("from_event"):
        problems.append(Problem(f"{where}/from_event", "required", "Name the event that starts this clock"))
    if basis not in BASES and not isinstance(_setting(basis), Setting):
        problems.append(Problem(f"{where}/basis", "basis", f"Choose a basis: {', '.join(BASES)}"))
    if roll not in ROLLS or (basis == "elapsed_hours" and roll != "keep"):
        problems.append(Problem(f"{where}/roll", "roll", f"Choose {', '.join(ROLLS)}; elapsed hours only keep"))
    return Limit(item.get("from_event", ""), _number(f"{where}/n", item.get("n"), problems), _setting(basis), roll)


def _meeting(where: str, item: Mapping[str, Any], problems: list[Problem]) -> Meeting:
    if not item.get("from_event"):
        problems.append(Problem(f"{where}/from_event", "required", "Name the event that makes a case ready"))
    try:
        cut_off = time.fromisoformat(item.get("cut_off", "12:00"))
    except (TypeError, ValueError):
        cut_off = time(12)
        problems.append(Problem(f"{where}/cut_off", "cut_off", "Write the cut-off as 12:00, in local time"))
    weekday = _number(f"{where}/weekday", item.get("weekday"), problems)
    before = _number(f"{where}/working_days_before", item.get("working_days_before", 1), problems)
    return Meeting(item.get("from_event", ""), weekday, cut_off, before)


def _number(where: str, value: Any, problems: list[Problem]) -> float | Setting:
    setting: float | Setting = _setting(value)
    counts = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    if not counts and not isinstance(setting, Setting):
        problems.append(Problem(where, "number", 'Give a number from 0 up, or {"parameter": NAME}'))
    return setting


def _setting(value: Any) -> Any:
    if isinstance(value, Mapping) and "parameter" in value:
        return Setting(value["parameter"], value.get("map", {}))
    return value
