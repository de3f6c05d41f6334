"""A made-up family like a past case, for whoever may read no case: chosen by kind, never by name or reference.

A kind is how a decision came out and the month of receipt. Kinds of fewer cases than the small-number limit are not
offered, restricted cases never. `synthetic` says what is taken over of a case, and what is not. Source: ADR 0027.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.errors import AnswersRejected, FrontDoorError, Problem
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.pushdown.tables import Outcome, outcome_of
from frontdoor.domain.rules.situation import VERIFIED
from frontdoor.domain.small_numbers import threshold_of
from frontdoor.domain.trial import Given, Trial
from frontdoor.services import programmes, trying
from frontdoor.services.keep_facts import rules_digest
from frontdoor.services.redecide import grounds_of
from frontdoor.services.synthetic import Source, made_up
from frontdoor.services.trial_deciding import decided
from frontdoor.store import cases, facts, facts_kinds, secrets

# Days by which each date may move by itself, tried in this order until the decision is the same.
_BLURS = (9, 9, 9, 9, 3, 3, 3, 3, 1, 1, 0, 0, 0, 0)
_MOST = 400  # kinds on one page


@dataclass(frozen=True)
class Kind:
    """Past cases of one kind: a decision, how it came out, and the month of receipt (`2026-09`)."""

    code: str
    outcome: Outcome
    month: str

    @property
    def value(self) -> str:
        """What a page posts for it."""
        return f"{self.code}|{self.said}|{self.month}"

    @property
    def said(self) -> str:
        """The outcome as one line, without what depends on the day."""
        return f"{self.outcome.decision} / {self.outcome.reason_code}"


def kinds(viewer: Viewer, change_id: str, *, at: datetime) -> list[Kind]:
    """Return the kinds of past cases that a test family may be made like, the latest month first."""
    _, programme = trying.desk(viewer, change_id, at=at)
    return [*_kinds(programme, at)][:_MOST]


def like(viewer: Viewer, change_id: str, kind: str, *, at: datetime) -> Trial:
    """Begin a trial with a made-up family like a past case of a kind. Errors: `AnswersRejected` at `/kind`.

    Asked again for the same kind in the same change it is like the same case, so that nobody leafs through cases.
    """
    change, programme = trying.desk(viewer, change_id, at=at)
    found = next((each for each in _kinds(programme, at).items() if each[0].value == kind), None)
    source = _case_of(system_viewer(change.authority), change.id, found[1]) if found else None
    if found is None or source is None:
        problem = Problem("/kind", "required", "Select one of the kinds of past cases that are offered")
        raise AnswersRejected("Choose what it should be like", problems=[problem])
    wanted = found[0]
    given = _given(programme, source, wanted, change.id)
    form = next((name for name in given.answers if name in programme.forms), programme.pathway.intake.form)
    part = next(iter(trying.parts(programme, form)))
    told = {"decision": wanted.code, "outcome": wanted.said}
    return trying.begin(viewer, change_id, part, trying.Purpose(given, like=told), at=at)


def _kinds(programme: Programme, at: datetime) -> dict[Kind, list[str]]:
    """Return the references of each kind that is large enough, by the rules that are live."""
    inside = system_viewer(programme.authority)
    live = programmes.live(programme.authority, programme.programme, at)
    together: dict[Kind, list[str]] = {}
    for code, table in live.rules.decisions.items():
        for basis in facts.bases(inside, live.programme):
            if code not in programme.rules.decisions or basis.rules != rules_digest(live):
                continue
            among = facts.Cases(live.programme, basis.id)
            for (key, month), references in facts_kinds.of_decision(inside, among, code).items():
                together.setdefault(Kind(code, outcome_of(table, key), month), []).extend(references)
    least = threshold_of(live.tree)
    order = sorted(together, key=lambda one: (one.month, one.code, one.said), reverse=True)
    return {kind: together[kind] for kind in order if len(together[kind]) >= least}


def _case_of(inside: Viewer, change: str, references: list[str]) -> Case | None:
    """Return one of some cases, always the same for a change; which one cannot be told without the key."""
    order = sorted(references, key=lambda one: secrets.keyed_digest(f"family:{change}:{one}"))
    found = cases.several(inside, order[:5])
    return next((case for case in found if not case.restricted), None)


def _given(programme: Programme, case: Case, kind: Kind, change: str) -> Given:
    """Return a family made up like a case: the first try that is decided as the case was, else the last."""
    grounds = grounds_of(system_viewer(case.authority), case)
    source = Source(
        programme.calendar.local_date(case.received_at),
        grounds.answers,
        {
            "open_episode": grounds.known.open_episode,
            "closed_on": grounds.known.closed_on.isoformat() if grounds.known.closed_on else None,
            "contacts_12m": grounds.known.contacts_12m,
        },
        {one.fact: one.value for one in case.evidence if one.row is None and one.kind == VERIFIED},
    )
    tries = _tries(programme, source, f"{change}:{case.reference}")
    last = next(tries)
    for given in (last, *tries):
        last = given
        if _comes_to(programme, given, kind):
            break
    return last


def _tries(programme: Programme, source: Source, seed: str) -> Iterator[Given]:
    for place, blur in enumerate(_BLURS):

        def number(what: str, below: int, place: int = place) -> int:
            return int(secrets.keyed_digest(f"made-up:{seed}:{place}:{what}")[:12], 16) % below

        yield made_up(programme, source, number, blur)


def _comes_to(programme: Programme, given: Given, kind: Kind) -> bool:
    try:
        receipts = decided(programme, given)
    except FrontDoorError:
        return False
    return any(one.code == kind.code and f"{one.decision} / {one.reason_code}" == kind.said for one in receipts)
