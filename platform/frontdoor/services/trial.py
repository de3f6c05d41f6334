"""Trying a change before anyone approves it: static checks, worked examples, test families, past cases, a proof."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from itertools import chain
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.change import Change, CheckReport
from frontdoor.domain.errors import DocumentRejected, FrontDoorError
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import decide
from frontdoor.domain.text import Text, say
from frontdoor.services import change_proofs, check, examples, programmes, reached, situations, trial_families
from frontdoor.services.deciding import Grounds, inputs_for
from frontdoor.services.proposed import proposed
from frontdoor.services.redecide import grounds_of
from frontdoor.services.second_opinion import MOST_SITUATIONS, Difference, Opinion, second_opinion
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
    new = change_proofs.compiled(draft)
    outcome = examples.run_for(new)
    now = programmes.compiled(snapshots.get(change.authority, change.programme, change.base))
    again = list(_decided_again(system_viewer(change.authority), now, new))
    opinion = _second_opinion(change, new)
    proofs, proving = change_proofs.at_once(now, new, as_of=new.calendar.local_date(max(change.from_at or at, at)))
    reaches = (*reached.touched(now, new), *reached.lost(now, new))
    report = CheckReport(
        at,
        tuple(f"{one.where}: {_UNEXPLAINED.format(part=json.dumps(one.part))}" for one in opinion.blocking),
        outcome.passed,
        tuple(outcome.failures),
        len(again),
        tuple(told for told in again if told["was"] != told["now"]),
        compared=opinion.asked,
        opinions=tuple(_opinion(new, one) for one in opinion.differences if one.kind),
        proofs=proofs,
        proving=proving,
        reaches=reaches,
        deciding=reached.deciding_digest(new, reaches) if reaches else "",
    )
    return _with_families(report, new)


def _with_families(report: CheckReport, new: Programme) -> CheckReport:
    families = trial_families.tried(new)
    failed = tuple(
        {"key": one.key, "label": one.label, "differences": [asdict(each) for each in one.differences]}
        for one in families
        if not one.passed
    )
    return replace(report, families_passed=len(families) - len(failed), families_failed=failed)


def _opinion(new: Programme, one: Difference) -> Mapping[str, Any]:
    return {"kind": one.kind, "where": one.where, "name": _named(new, one.where), "count": one.count}


def _named(new: Programme, where: str) -> Text:
    """Return what people call the fact or row that `where` names as the second opinion does."""
    table, _, place = where.partition("/")
    if table == "facts":
        return new.rules.facts[place].label or {"en": place}
    decision = new.rules.decisions[table]
    row = next(row for row in decision.rows if row.id == place)
    return {
        language: f"{say(decision.title, language)}: {say(row.label, language) or row.id}" for language in new.languages
    }


def _second_opinion(change: Change, new: Programme) -> Opinion:
    """Return what the second engine makes of the rules, over past cases first and then the worked examples."""
    past = situations.of_cases(system_viewer(change.authority), new, MOST_SITUATIONS // 2)
    return second_opinion(new.rules, chain(past, situations.of_examples(new)))


def _decided_again(inside: Viewer, now: Programme, new: Programme) -> Iterator[Mapping[str, str]]:
    """Yield `{case, decision, was, now}` of each decision of past cases: by the rules of now and by the new ones."""
    for case in cases.latest(inside, new.programme, _PAST):
        if case.restricted:
            continue  # its reference alone would tell that there is such a case
        grounds = grounds_of(inside, case)
        for code in case.decisions:
            if code in new.rules.decisions and code in now.rules.decisions:
                was, would_be = (_outcome(rules, code, case, grounds) for rules in (now, new))
                yield {"case": case.reference, "decision": code, "was": was, "now": would_be}


def _outcome(programme: Programme, code: str, case: Case, grounds: Grounds) -> str:
    """Return `decision / REASON`, `cannot_decide` where the case's answers do not fit the programme's form."""
    try:
        receipt = decide(programme.rules, code, inputs_for(programme, case, grounds))
    except FrontDoorError:
        return "cannot_decide"
    return f"{receipt.decision} / {receipt.reason_code}"
