"""From the threshold lab to a draft change: it carries what was seen, and who it may touch is looked at on the way.

The numbers of the whole are exact, those of groups as they may be told (`lab_counting`): a change is read by many.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import change as changing
from frontdoor.services import change_edits, lab
from frontdoor.services.change_steps import carry_out, noted
from frontdoor.services.lab import Bench
from frontdoor.services.lab_counting import Share, Tried

_LONGEST = 4_000  # characters of an answer
_PLACES = ("area", "team", "month", "agency")  # groups of places and senders: no part of the equality view


@dataclass(frozen=True)
class Asked:
    """One question of the screening: with `options` one of these codes, else words; `needed` may not stay empty."""

    id: str
    options: tuple[str, ...] = ()
    needed: bool = True


SCREENING = (
    Asked("groups"),
    Asked("evidence"),
    Asked("mitigation"),
    Asked("equality", ("none_found", "watched", "full_assessment")),
    Asked("new_data", ("no", "yes")),
    Asked("person_decides", ("yes", "no")),
    Asked("dpia", ("covered", "updated", "not_covered")),
    Asked("notes", needed=False),
)


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


def screen(viewer: Viewer, change_id: str, answers: Mapping[str, str], *, at: datetime, revision: int) -> Change:
    """Keep the answers about equality and data protection with a change, for the values that it sets now.

    Errors: `AnswersRejected` with a problem for each question that lacks its answer.
    """
    viewer.need("edit_change")
    told = {asked.id: answers.get(asked.id, "").strip() for asked in SCREENING}
    problems = [found for asked in SCREENING if (found := _problem(asked, told[asked.id])) is not None]
    if problems:
        raise AnswersRejected("Some questions need an answer", problems=problems)

    def act(change: Change) -> Change:
        kept = {"answers": told, "edits": change.edits_digest, "by": viewer.name, "account": viewer.account, "at": at}
        return noted(replace(change, screening=kept), viewer, at, "screened")

    return carry_out(viewer, change_id, revision, act)


def _problem(asked: Asked, told: str) -> Problem | None:
    if asked.options and told not in asked.options:
        return Problem(f"/{asked.id}", "required", "Select one of the answers")
    if asked.needed and not told:
        return Problem(
            f"/{asked.id}", "required", "Write an answer, if only that you found nothing, and how you looked"
        )
    if len(told) > _LONGEST:
        return Problem(f"/{asked.id}", "too_long", f"Use {_LONGEST} characters or fewer")
    return None
