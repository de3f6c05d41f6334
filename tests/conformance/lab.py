"""Compare the threshold lab with deciding every case again, one by one, over generated cases with missing answers.

`python -m tests.conformance.lab --seed 7 --cases 20000`
Prints the first differences and exits with 1 if there are any. The same seed gives the same cases. It starts a database
of its own, or takes that of MONGODB_URI.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.domain.rules.test_fused import told
from tests.services.builders import DERBY, programme_of, publish_shipped

from frontdoor.cli import local_mongod
from frontdoor.domain.access import authority_token, system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.conclude import Circumstances, conclude
from frontdoor.domain.rules.fused.decider import Decider
from frontdoor.domain.rules.inputs import Inputs
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.pushdown.stored import read_by
from frontdoor.services import keep_facts, lab_counting, lab_reading
from frontdoor.services.past_cases import Change, transitions
from frontdoor.store import connection, facts
from frontdoor.store.client import database

CODE = "TFP1-E"
AGES = ("under_5", "5_to_10")
AREAS, TEAMS, AGENCIES = ("DE1", "DE22", "DE23", "DE24"), ("front_door", "unknown"), ("school", "police", "health")
# Of the table itself, of each child, of spans of time and ages, of lists: every way in which a parameter is read; and
# several at once.
MOVES: Sequence[Mapping[str, Any]] = (
    {"criteria_min": 1}, {"criteria_min": 3}, {"local_min": 0}, {"local_min": 2},
    {"unauth_pct": 10}, {"unauth_pct": 40}, {"unauth_pct": 12.5}, {"fixed_excl_min": 1},
    {"lookback_months": 3}, {"lookback_months": 36}, {"crime_age_reference": "offence_date"},
    {"benefit_codes": ["UC"]}, {"young_adult_age": 19}, {"child_age_limit": 16},
    {"unauth_pct": 10, "lookback_months": 3}, {"criteria_min": 1, "unauth_pct": 10, "benefit_codes": ["UC"]},
    {"local_min": 2, "child_age_limit": 16, "young_adult_age": 19, "lookback_months": 36},
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One generated case: its reference and all that a decision about it is made from."""

    reference: str
    inputs: Inputs


def generated(live: Programme, seed: int, count: int) -> Iterator[Made]:
    """Yield cases with answers complete, partial and missing, some with a source's word on them."""
    chance = Random(seed)  # noqa: S311 - invented answers
    of = Decider(live.rules, live.forms)
    for number in range(count):
        case = told(chance, of, hostile=0)
        answers = {
            key: answer_states(live.forms[key], said, as_of=case.as_of)
            for key, said in case.answers.items()
            if said is not None
        }
        holidays = sorted(day.isoformat() for day in live.calendar.holidays)
        inputs = Inputs(answers, case.as_of, decisions=case.decisions, platform=case.platform, evidence=case.evidence,
                        holidays=holidays)  # fmt: skip
        yield Made(f"GEN-{number:06}", inputs)


def store(live: Programme, made: Sequence[Made], chance: Random) -> None:
    """Store the facts of cases as the worker would, many at a time."""
    stands = keep_facts.standing(live, live)
    inside = system_viewer(live.authority)
    facts.put_basis(inside, stands.basis)
    batch: dict[str, dict[str, dict[str, Any]]] = {facts.ALIKE: {}, facts.WHOLE: {}, facts.COLLECTION: {}}
    for one in made:
        situation = prepared(live.rules, one.inputs, read_by(live.rules))
        kept = stands.engine.keep(situation)
        cell = {"area": chance.choice(AREAS), "team": chance.choice(TEAMS), "agency": chance.choice(AGENCIES),
                "month": f"2026-{chance.randint(1, 11):02}", "age_band": chance.choice(AGES)}  # fmt: skip
        said = {CODE: {"decision": "eligible", "reason": "LOCAL", "override": True}} if chance.random() < 0.05 else {}
        case = facts.CaseFacts(
            one.reference, live.authority, live.programme, (authority_token(live.authority),), 0, stands.basis.rules,
            stands.basis.id, chance.randrange(65_536), cell, said, kept.data, kept.facts, kept.fixed, kept.truths,
            kept.outcomes, kept.apart, stands.ahead.told(situation) if not kept.apart else {},
        )  # fmt: skip
        for name, document in documents(case).items():
            batch[name][document["_id"]] = document
    for name, held in batch.items():
        database()[name].insert_many(held.values(), ordered=False)


def documents(kept: facts.CaseFacts) -> dict[str, dict[str, Any]]:
    """Return what `facts.put` stores of a case, by collection."""
    basis = f"!{kept.basis}" if kept.apart else kept.basis
    worked_out = {"outcomes": kept.outcomes, "truths": kept.truths, "facts": kept.facts, "fixed": kept.fixed}
    short = facts._short(kept, basis, digest({"basis": basis, **worked_out})[:24])
    alike = {
        **worked_out,
        "_id": short["alike"],
        "authority": kept.authority,
        "tokens": short["tokens"],
        "basis": basis,
    }
    whole = {**short, **worked_out, "data": kept.data, "text": kept.apart}
    return {facts.ALIKE: alike, facts.WHOLE: whole, facts.COLLECTION: short}


def plainly(live: Programme, one: Made, parameters: dict[str, Any]) -> tuple[str, str]:
    """Return decision and reason of one case, decided as any other is."""
    situation = prepared(live.rules, replace(one.inputs, parameters=parameters), live.rules.decisions[CODE].shows)
    receipt = conclude(live.rules, CODE, situation, Circumstances())
    return receipt.decision, receipt.reason_code


def differences(live: Programme, made: Sequence[Made], moves: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each move whose numbers are not those of deciding every case again."""
    was = {one.reference: plainly(live, one, {}) for one in made}
    for move in moves:
        columns = lab_reading.read(live, CODE, frozenset(move))
        now = {one.reference: plainly(live, one, dict(move)) for one in made}
        outcomes = columns.outcomes
        after = columns.now(move)
        lab = {
            reference: (
                (outcomes[a].decision, outcomes[a].reason_code),
                (outcomes[b].decision, outcomes[b].reason_code),
            )
            for reference, a, b in zip(columns.references, columns.was.tolist(), after.tolist(), strict=True)
        }
        wrong = [one for one in was if lab.get(one) != (was[one], now[one])]
        if wrong or len(lab) != len(was):
            yield f"{move}: {len(wrong)} of {len(was)}, first {wrong[0]}: {lab.get(wrong[0])}, {now[wrong[0]]}"
        counted = Counter((was[one][0], now[one][0]) for one in was)
        tried = lab_counting.tried(columns, move, 5)
        if {(cell.was, cell.now): cell.count for cell in tried.matrix} != counted:
            yield f"{move}: the matrix is not that of deciding each case"
        in_database: Counter[tuple[str, str]] = Counter()
        for each in transitions(live, CODE, Change(dict(move)))[0]:
            in_database[each.was.decision, each.now.decision] += each.count
        if in_database != counted:
            yield f"{move}: the database counts otherwise than deciding each case"
        moved = sorted(one for one in was if was[one][0] != now[one][0])
        if [one for one, _, _ in lab_counting.who_moved(columns, move)] != moved:
            yield f"{move}: others moved"
        print(f"{move}: {len(moved):,} moved, {len(columns.situations):,} situations")  # noqa: T201


@contextmanager
def _opened() -> Iterator[None]:
    given = os.environ.get("MONGODB_URI")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        child, uri = (None, given) if given else local_mongod.start(Path(folder))
        connection.open_database(uri, "frontdoor_conformance_lab")
        try:
            yield
        finally:
            connection.close()
            if child is not None:
                child.stop()


def main() -> int:
    """Compare, and print what was compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20_000)
    asked = parser.parse_args()
    with _opened():
        database().client.drop_database(database().name)
        publish_shipped()
        live = programme_of(DERBY)
        made = list(generated(live, asked.seed, asked.cases))
        store(live, made, Random(asked.seed))  # noqa: S311 - invented cells
        found = list(differences(live, made, MOVES))
    print(*found[:20], sep="\n")  # noqa: T201
    print(f"seed {asked.seed}: {asked.cases:,} cases, {len(MOVES)} moves, {len(found)} differences")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
