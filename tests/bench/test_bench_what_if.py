"""What-if over many past nominations against a trivial count of the same nominations: `make bench`.

FRONTDOOR_BENCH_PAST (200000) varies how many. Nothing here fails for being slow; the numbers are told.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from pymongo.database import Database
from tests.services.builders import DERBY, RECEIVED, RUNNING, nominated, programme_of
from tests.services.conftest import opened, shipped
from tests.services.test_simulate import CODE, INSIDE, plainly, told

from frontdoor.services import keep_facts
from frontdoor.services.simulate import Change, transitions, work_on
from frontdoor.store import facts

__all__ = ["opened", "shipped"]

PAST = int(os.environ.get("FRONTDOOR_BENCH_PAST", "200000"))
MODELS = 60
ROUNDS = 5
BATCH = 5_000

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
TOLD = "told at the end of the run"
Documents = Database[dict[str, Any]]
CHANGES = {
    "a threshold of the table": {"criteria_min": 1},
    "a threshold of each child": {"unauth_pct": 10},
    "a span of time": {"lookback_months": 6},
}


@pytest.fixture
def past(shipped: Documents) -> Iterator[Documents]:
    """As many past nominations, with their facts: copies of some that were received as any other."""
    chance = random.Random(7)  # noqa: S311 - invented answers
    for number in range(MODELS):
        nominated(key=f"model-{number}", received_at=RECEIVED - timedelta(days=number), **told(chance))
    keep_facts.rebuild(DERBY, RUNNING[DERBY], at=RECEIVED)
    assert sum(one.count for one in transitions(programme_of(), CODE, Change({}))[0]) == len(list(plainly({})))
    multiply(shipped["submissions"], chance, lambda one, number: one | {"_id": f"s{number}", "key": f"k{number}"})
    multiply(shipped[facts.WHOLE], chance, _another)
    short = [{"$unset": ["data", "text", "outcomes", "truths", "facts", "fixed"]}, {"$merge": facts.COLLECTION}]
    shipped[facts.WHOLE].aggregate(short)
    yield shipped
    for name in ("submissions", facts.COLLECTION, facts.WHOLE):
        shipped[name].delete_many({})


def multiply(collection: Any, chance: random.Random, copy: Callable[[dict[str, Any], int], dict[str, Any]]) -> None:
    models = list(collection.find())
    made: list[dict[str, Any]] = []
    for number in range(PAST - len(models)):
        made.append(copy(deepcopy(chance.choice(models)), number))
        if len(made) == BATCH:
            collection.insert_many(made, ordered=False)
            made = []
    if made:
        collection.insert_many(made, ordered=False)


def _another(one: dict[str, Any], number: int) -> dict[str, Any]:
    """Another case: of one of a dozen areas and months and five agencies."""
    reference = f"{one['reference']}-{number}"
    cell = {"area": f"ZZ{number % 12}", "month": f"2025-{number % 11 + 1:02}", "agency": f"agency-{number % 5}"}
    one["cell"] = json.dumps({**json.loads(one["cell"]), **cell})
    return one | {"_id": f"{one['authority']}/{one['programme']}/{reference}", "reference": reference}


def test_what_if_against_a_trivial_count_of_the_nominations(
    past: Documents, record_property: Callable[[str, object], None]
):
    assert past["submissions"].count_documents({}) == past[facts.COLLECTION].count_documents({}) == PAST
    count = [{"$group": {"_id": "$status", "n": {"$sum": 1}}}]
    trivial = seconds(lambda: list(past["submissions"].aggregate(count)))
    live = programme_of()
    (basis,) = facts.bases(INSIDE, RUNNING[DERBY])
    lines = []
    for words, parameters in CHANGES.items():
        work = work_on(live, CODE, Change(parameters), basis)
        matrix = seconds(lambda work=work: work.counted(INSIDE, broken_down=False))
        every = seconds(lambda parameters=parameters: transitions(live, CODE, Change(parameters)))
        lines.append(
            f"  {words:26} matrix {matrix:6.2f} s, ratio {matrix / trivial:5.2f}; "
            f"with every dimension {every:6.2f} s, ratio {every / trivial:5.2f}"
        )
    told_lines = "\n".join(lines)
    record_property(
        TOLD,
        f"What-if over {PAST:,} past nominations; a trivial $group over the nominations {trivial:.2f} s\n{told_lines}\n"
        "  aim: at most 3.0, the floor is 5.0",
    )


def seconds(act: Callable[[], object]) -> float:
    """Return the median of some runs, the first left out."""
    taken = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return median(taken[1:])
