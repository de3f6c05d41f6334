"""From the threshold lab to a draft change: it carries what was seen.

The numbers of the whole are exact, those of groups as they may be told (`lab_counting`): a change is read by many.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import DocumentRejected
from frontdoor.services import change as changing
from frontdoor.services import change_edits, lab
from frontdoor.services.change_steps import carry_out
from frontdoor.services.lab import Bench
from frontdoor.services.lab_counting import Share, Tried

_PLACES = ("area", "team", "month", "agency")  # groups of places and senders: no part of the equality view


def draft(viewer: Viewer, bench: Bench, typed: Mapping[str, str], entered: tuple[str, str], *, at: datetime) -> Change:
    """Begin a change that gives parameters the values that were typed; `entered` is (title, why).

    Errors: `AnswersRejected` at `/title`, `/because` or `/value`; `DocumentRejected` for a value that is locked.
    """
    viewer.need("edit_change")
    title, because = entered
    because = change_edits.reasoned(because)
    values = {name: lab.typed(bench.table.parameters[name], text) for name, text in typed.items()}
    moved = [name for name in bench.names if name in values and values[name] != bench.now[name]]
    if any(bench.table.parameters[name].keeper for name in moved):
        raise DocumentRejected("One of these is kept the same for everybody. Ask whoever keeps it to change it.")
    seen = simulation(bench, {name: values[name] for name in moved}, lab.attempt(bench, values), at)
    made = changing.begin(viewer, bench.live.programme, title, at=at)
    for name in moved:
        one = (bench.table.parameters[name].pointer, typed[name], because)
        made = change_edits.edit(viewer, made.id, one, at=at, revision=made.revision)
    return carry_out(viewer, made.id, made.revision, lambda change: replace(change, simulation=seen))


def simulation(bench: Bench, moved: Mapping[str, Any], tried: Tried, at: datetime) -> dict[str, Any]:
    """Return what is kept with a change of what the lab showed."""
    return {
        "at": at,
        "decision": bench.table.code,
        "moves": [
            {"parameter": name, "pointer": bench.table.parameters[name].pointer, "was": bench.now[name], "value": value}
            for name, value in moved.items()
        ],
        "snapshot": bench.live.number,
        "cases": tried.cases,
        "moved": tried.moved,
        "undecided": tried.undecided,
        "threshold": tried.threshold,
        "matrix": [{"was": one.was, "now": one.now, "count": one.count} for one in tried.matrix],
        "overrides": {
            "all": tried.agreement.overrides, "before": tried.agreement.before, "after": tried.agreement.after,
        },
        "groups": {name: [_share(one) for one in shares] for name, shares in tried.by.items() if name not in _PLACES},
    }  # fmt: skip


def _share(one: Share) -> dict[str, Any]:
    return {
        "group": one.group,
        "cases": one.cases,
        "moved": one.moved,
        "before": dict(one.before),
        "after": dict(one.after),
    }
