"""What if: every past case decided again under a change, in one pass in the database, and nobody recognisable in it.

`transitions` counts exactly, for the platform itself; `simulate` tells people, with small numbers suppressed: of every
group always, of the whole where the cases that move are not shown by reference anyway. What
MongoDB cannot decide exactly, and the few cases that stand apart, the engine decides, one by one, to the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.rules.pushdown.tables import outcome_of
from frontdoor.domain.small_numbers import published, threshold_of
from frontdoor.services import programmes
from frontdoor.services.past_cases import Change, Transition, check_change, moved_on, transitions, work_on
from frontdoor.store import facts

__all__ = ["Agreement", "Cell", "Change", "Simulated", "Transition", "moved", "simulate", "transitions", "work_on"]

DIMENSIONS = ("area", "team", "month", "agency", "age_band")


@dataclass(frozen=True)
class Cell:
    """One cell of a transition matrix as it may be told; `count` None: fewer than the threshold."""

    was: str
    now: str
    count: int | None


@dataclass(frozen=True)
class Agreement:
    """Of the cases in which an officer decided otherwise than proposed: how many the rules now and then agree with."""

    overrides: int | None
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Simulated:
    """What a change would do, as it may be told. Counts are rounded to `threshold`, None below it.

    `cases`, `moved`, `undecided` and `matrix`, a cell for each pair of decisions, are exact where that was asked for.
    `by` has, for each dimension and code in it, such a matrix, never exact.
    `undecided` are cases that lack what the change newly asks. `in_database`: nothing had to be left to the engine.
    """

    code: str
    cases: int | None
    moved: int | None
    undecided: int | None
    matrix: tuple[Cell, ...]
    by: Mapping[str, Mapping[str, tuple[Cell, ...]]]
    agreement: Agreement
    threshold: int
    in_database: bool


def simulate(
    viewer: Viewer, programme: str, code: str, change: Change, *, at: datetime, exact: bool = False
) -> Simulated:
    """Return what a change would do to the decision `code` of every past case of the viewer's authority.

    `exact` tells the whole exactly, to whoever is shown references. Cases are counted on the system's behalf, for
    whoever changes rules may see no records. Errors: NotAllowed; NotFound for a table or programme that is not there;
    AnswersRejected for a parameter that does not exist or a value that it cannot have.
    """
    viewer.need("edit_change")
    live = programmes.live(viewer.authority, programme, at)
    check_change(live, code, change)
    found, in_database = transitions(live, code, change)
    return _told(code, found, threshold_of(live.tree), in_database=in_database, exact=exact)


def moved(viewer: Viewer, programme: str, code: str, change: Change, *, at: datetime, limit: int = 500) -> list[str]:
    """Return the references of cases that would be decided differently, of those that the viewer may open.

    The list is exact, so it is for whoever may read these cases anyway. Errors: as of `simulate`.
    """
    viewer.need("see_case")
    live = programmes.live(viewer.authority, programme, at)
    check_change(live, code, change)
    rules = change.rules or live.rules
    found: list[str] = []
    for basis in facts.bases(viewer, programme):
        for one in moved_on(viewer, work_on(live, code, change, basis)):
            was, now = outcome_of(live.rules.decisions[code], one.was), outcome_of(rules.decisions[code], one.now)
            if was.decision != now.decision:
                found.append(one.reference)
            if len(found) >= limit:
                return sorted(found)
    return sorted(found)


def _told(code: str, found: list[Transition], threshold: int, *, in_database: bool, exact: bool) -> Simulated:
    of_whole = 0 if exact else threshold

    def count(some: Iterable[Transition], least: int = threshold) -> int | None:
        listed = list(some)
        return published(sum(one.count for one in listed), sum(one.noise for one in listed), least)

    overrides = [one for one in found if one.override]
    agreement = Agreement(
        count(overrides),
        count(one for one in overrides if one.said == one.was.decision),
        count(one for one in overrides if one.said == one.now.decision),
    )
    return Simulated(
        code=code,
        cases=count(found, of_whole),
        moved=count((one for one in found if one.moved), of_whole),
        undecided=count((one for one in found if one.now.decision == "cannot_decide"), of_whole),
        matrix=_matrix(found, of_whole),
        by={name: _broken_down(found, name, threshold) for name in _names(found)},
        agreement=agreement,
        threshold=threshold,
        in_database=in_database,
    )


def _names(found: Iterable[Transition]) -> list[str]:
    every = {name for one in found for name in one.dimensions}
    return [*DIMENSIONS, *sorted(every - set(DIMENSIONS))]


def _matrix(found: Iterable[Transition], threshold: int) -> tuple[Cell, ...]:
    cells: dict[tuple[str, str], list[Transition]] = defaultdict(list)
    for one in found:
        cells[one.was.decision, one.now.decision].append(one)
    return tuple(
        Cell(was, now, published(sum(one.count for one in some), sum(one.noise for one in some), threshold))
        for (was, now), some in sorted(cells.items())
    )


def _broken_down(found: Iterable[Transition], name: str, threshold: int) -> dict[str, tuple[Cell, ...]]:
    by: dict[str, list[Transition]] = defaultdict(list)
    for one in found:
        by[one.dimensions.get(name, "unknown")].append(one)
    return {code: _matrix(some, threshold) for code, some in sorted(by.items())}
