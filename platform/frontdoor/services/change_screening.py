"""Screening: who a change of decisions could touch more than others, and what it does with people's data.

Every change that may move a decision is asked, wherever it was begun; one of words or looks alone is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services.change_steps import carry_out, noted

_LONGEST = 4_000  # characters of an answer


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
        kept = {
            "answers": told,
            "edits": change.edits_digest,
            "deciding": change.report.deciding if change.report else "",
            "by": viewer.name,
            "account": viewer.account,
            "at": at,
        }
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
