"""Trying a change before anyone approves it: static checks, worked examples, and past cases decided again."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.change import Change, CheckReport, Snapshot
from frontdoor.domain.errors import DocumentRejected, FrontDoorError
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import decide
from frontdoor.services import check, examples, programmes, situations
from frontdoor.services.deciding import Grounds, inputs_for
from frontdoor.services.proposed import proposed
from frontdoor.services.redecide import grounds_of
from frontdoor.services.second_opinion import MOST_SITUATIONS, Opinion, second_opinion
from frontdoor.store import cases, snapshots

_PAST = 500  # cases, the newest
_UNEXPLAINED = "A second engine answers {part} differently, and nobody has documented why. Write this part otherwise"


def run(change: Change, *, at: datetime) -> CheckReport:
    """Return what stands against a change, and which of the last 500 cases its rules would decide differently.

    Past cases are read on the system's behalf, for a configurer sees no records: the report holds references alone.
    """
    try:
        draft = proposed(change, at=at)
        found = check.tree_problems(draft.tree)
    except DocumentRejected as refused:
        found = list(refused.problems)
    if found:
        return CheckReport(at, tuple(f"{one.where}: {one.message}" for one in found), 0, ())
    new = _compiled(draft)
    outcome = examples.run_for(new)
    now = programmes.compiled(snapshots.get(change.authority, change.programme, change.base))
    moved, seen = [], 0
    for reference, code, was, would_be in _decided_again(system_viewer(change.authority), now, new):
        seen += 1
        if was != would_be:
            moved.append({"case": reference, "decision": code, "was": was, "now": would_be})
    opinion = _second_opinion(change, new)
    return CheckReport(
        at,
        tuple(f"{one.where}: {_UNEXPLAINED.format(part=json.dumps(one.part))}" for one in opinion.blocking),
        outcome.passed,
        tuple(outcome.failures),
        seen,
        tuple(moved),
        opinion.asked,
        tuple({"kind": one.kind, "where": one.where, "count": one.count} for one in opinion.differences if one.kind),
    )


def _second_opinion(change: Change, new: Programme) -> Opinion:
    """Return what the second engine makes of the rules, over past cases first and then the worked examples."""
    past = situations.of_cases(system_viewer(change.authority), new, MOST_SITUATIONS // 2)
    return second_opinion(new.rules, chain(past, situations.of_examples(new)))


def _compiled(draft: Snapshot) -> Programme:
    return Programme.from_tree(
        draft.tree, authority=draft.authority, programme=draft.programme, number=draft.number, digest=draft.digest
    )


def _decided_again(inside: Viewer, now: Programme, new: Programme) -> Iterator[tuple[str, str, str, str]]:
    """Yield (reference, decision, outcome under the rules of now, outcome under the new ones) for past cases."""
    for case in cases.latest(inside, new.programme, _PAST):
        if case.restricted:
            continue  # its reference alone would tell that there is such a case
        grounds = grounds_of(inside, case)
        for code in case.decisions:
            if code in new.rules.decisions and code in now.rules.decisions:
                yield case.reference, code, _outcome(now, code, case, grounds), _outcome(new, code, case, grounds)


def _outcome(programme: Programme, code: str, case: Case, grounds: Grounds) -> str:
    """Return `decision / REASON`, `cannot_decide` where the case's answers do not fit the programme's form."""
    try:
        receipt = decide(programme.rules, code, inputs_for(programme, case, grounds))
    except FrontDoorError:
        return "cannot_decide"
    return f"{receipt.decision} / {receipt.reason_code}"
