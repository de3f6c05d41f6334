"""What an authority's own systems may ask of its rules: decide, explain, verify, simulate. Nothing is stored.

Their tokens have the scope `rules` and no organisation: decision tables never go to partners.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.words import RowWords, explain
from frontdoor.services import decide, programmes
from frontdoor.services.proofs.findings import Findings, Limit
from frontdoor.services.prove_apart import prove_apart
from frontdoor.services.simulate import Change, Simulated, simulate
from frontdoor.store import throttles
from frontdoor.store.deadline import within_seconds

LONGEST = 30.0  # seconds for a proof or a simulation
_MEGABYTES = 768
_WINDOW = timedelta(minutes=1)
_QUICK, _HEAVY = 300, 6  # calls of one authority's systems in a minute
T = TypeVar("T")
_NAMELESS = frozenset({"unknown_key", "unknown_name", "unknown_question"})


@dataclass(frozen=True)
class Explained:
    """A decision in words: the receipt, and each row of its table with its clauses."""

    receipt: Receipt
    rows: tuple[RowWords, ...]


def decided(viewer: Viewer, programme: str, code: str, document: Mapping[str, Any], *, at: datetime) -> Receipt:
    """Return the receipt of one decision on facts or answers, by the rules that are live at `at`.

    Errors: NotFound; AnswersRejected for what cannot be used, naming no name that was sent; TooMany.
    """
    return _decided(viewer, programme, code, document, at)[1]


def explained(
    viewer: Viewer, programme: str, code: str, document: Mapping[str, Any], language: str, *, at: datetime
) -> Explained:
    """Return one decision in words. Errors: as of `decided`."""
    live, receipt = _decided(viewer, programme, code, document, at)
    return Explained(receipt, tuple(explain(live.rules, receipt, language)))


def verified(viewer: Viewer, programme: str, code: str, seconds: float, *, at: datetime) -> Findings:
    """Return what a solver finds in a table within `seconds`, in a process of its own. Errors: NotFound, TooMany."""
    live = _live(viewer, programme, _HEAVY, at, code)
    limit = Limit(seconds=min(seconds, LONGEST), megabytes=_MEGABYTES)
    (found,) = prove_apart(live, [code], as_of=live.calendar.local_date(at), limit=limit)
    return found


def simulated(viewer: Viewer, programme: str, code: str, parameters: Mapping[str, Any], *, at: datetime) -> Simulated:
    """Return what other parameters would do to past cases, small numbers suppressed and no case named.

    Errors: NotFound; AnswersRejected; TooMany; WrongState where it takes longer than 30 seconds.
    """
    live = _live(viewer, programme, _HEAVY, at, code)
    unknown = [name for name in parameters if name not in live.parameters]
    if unknown:
        raise AnswersRejected("What was given cannot be used.", problems=[_nameless("/parameters")])
    # The scope stands in for the permission, for this question alone: the token itself permits no change.
    asking = replace(viewer, permissions=frozenset({"edit_change"}))
    with within_seconds(LONGEST):
        return simulate(asking, programme, code, Change(parameters), at=at)


def _decided(
    viewer: Viewer, programme: str, code: str, document: Mapping[str, Any], at: datetime
) -> tuple[Programme, Receipt]:
    live = _live(viewer, programme, _QUICK, at, code)
    given = _without_names(lambda: decide.read(dict(document), live.calendar.local_date(at)))
    return live, _without_names(lambda: decide.decided(live, code, given))


def _live(viewer: Viewer, programme: str, limit: int, at: datetime, code: str) -> Programme:
    throttles.hit(f"rules:{limit}:{viewer.authority}", limit, _WINDOW, at)
    live = programmes.live(viewer.authority, programme, at)
    if code not in live.rules.decisions:
        raise NotFound("There is no such decision in this programme.")
    return live


def _without_names(act: Callable[[], T]) -> T:
    """Do something with what was sent; where it is refused, a name that nobody knows is not repeated.

    It may be anything: a child's, if the answers were sent one level too high.
    """
    try:
        return act()
    except AnswersRejected as refused:
        told = {
            _nameless(one.where.rpartition("/")[0]) if one.code in _NAMELESS else one: None for one in refused.problems
        }
        raise AnswersRejected(refused.message, problems=list(told)) from refused


def _nameless(where: str) -> Problem:
    return Problem(where, "unknown_name", "Take out the names that are not known here")
