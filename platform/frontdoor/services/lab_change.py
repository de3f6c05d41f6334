"""From the threshold lab to a draft change: it carries what was seen.

The numbers of the whole are exact, those of groups as they may be told (`lab_counting`): a change is read by many.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.services import change as changing
from frontdoor.services import change_edits, lab
from frontdoor.services.change_steps import carry_out
from frontdoor.services.lab import Bench
from frontdoor.services.lab_counting import Share, Tried

_PLACES = ("area", "team", "month", "agency")  # groups of places and senders: no part of the equality view


def draft(viewer: Viewer, bench: Bench, value: Any, entered: tuple[str, str, str], *, at: datetime) -> Change:
    """Begin a change that gives the parameter its new value; `entered` is (title, typed value, why).

    Errors: `AnswersRejected` at `/title`, `/because` or `/value`; `DocumentRejected` for a value that is locked.
    """
    viewer.need("edit_change")
    title, typed, because = entered
    because = change_edits.reasoned(because)
    seen = simulation(bench, value, lab.attempt(bench, value), at)
    begun = changing.begin(viewer, bench.live.programme, title, at=at)
    edited = change_edits.edit(
        viewer, begun.id, (bench.setting.pointer, typed, because), at=at, revision=begun.revision
    )
    return carry_out(viewer, edited.id, edited.revision, lambda change: replace(change, simulation=seen))


def simulation(bench: Bench, value: Any, tried: Tried, at: datetime) -> dict[str, Any]:
    """Return what is kept with a change of what the lab showed."""
    return {
        "at": at,
        "decision": bench.table.code,
        "parameter": bench.name,
        "pointer": bench.setting.pointer,
        "was": bench.setting.value,
        "value": value,
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
