"""The threshold lab over many past cases: reading once, then each further step, against a trivial count: `make bench`.

FRONTDOOR_BENCH_PAST (200000) varies how many cases, FRONTDOOR_BENCH_LAB_MADE (4000) how many of them differ. Nothing
here fails for being slow; the numbers are told.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from statistics import median
from typing import Any

import pytest
from pymongo.database import Database
from tests.conformance import lab as conformance
from tests.services.builders import programme_of
from tests.services.conftest import opened, shipped

from frontdoor.services import lab_columns, lab_counting, lab_reading
from frontdoor.store import facts

__all__ = ["opened", "shipped"]

PAST = int(os.environ.get("FRONTDOOR_BENCH_PAST", "200000"))
MADE = int(os.environ.get("FRONTDOOR_BENCH_LAB_MADE", "4000"))
BATCH, ROUNDS = 5_000, 5
TOLD = "told at the end of the run"
STEPS = {
    "a threshold of the table": ("criteria_min", (1, 2, 3)),
    "another of the table": ("local_min", (0, 1, 2, 3)),
    "a threshold of each child": ("unauth_pct", (10, 15, 20)),
    "a span of time": ("lookback_months", (6, 12, 18)),
}
pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
Documents = Database[dict[str, Any]]


@pytest.fixture
def past(shipped: Documents) -> Iterator[Documents]:
    """Facts of as many past cases, of which `MADE` are generated and the others are like one of them."""
    live, chance = programme_of(), Random(11)  # noqa: S311 - invented answers
    conformance.store(live, list(conformance.generated(live, 11, min(MADE, PAST))), chance)
    for name in (facts.COLLECTION, facts.WHOLE):
        models = list(shipped[name].find())
        for begin in range(len(models), PAST, BATCH):
            numbers = range(begin, min(begin + BATCH, PAST))
            shipped[name].insert_many([_another(models[at % len(models)], at) for at in numbers], ordered=False)
    yield shipped
    for name in (facts.COLLECTION, facts.WHOLE, facts.ALIKE):
        shipped[name].delete_many({})


def _another(one: dict[str, Any], number: int) -> dict[str, Any]:
    reference = f"{one['reference']}-{number}"
    return one | {"_id": f"{one['authority']}/{one['programme']}/{reference}", "reference": reference}


def test_each_further_step_of_the_lab(past: Documents, record_property: Callable[[str, object], None]) -> None:
    assert past[facts.COLLECTION].count_documents({}) == PAST
    count = [{"$group": {"_id": "$basis", "n": {"$sum": 1}}}]
    trivial = _seconds(lambda: list(past[facts.COLLECTION].aggregate(count)))
    lines = [f"The lab over {PAST:,} past cases; a trivial $group over them {1000 * trivial:.0f} ms"]
    for words, (name, values) in STEPS.items():
        began = time.perf_counter()
        columns = lab_reading.read(programme_of(), conformance.CODE, frozenset({name}))
        read = time.perf_counter() - began
        firsts = [_once(columns, name, value) for value in values]
        again = [_seconds(partial(lab_counting.tried, columns, {name: value}, 5)) for value in values]
        lines.append(
            f"  {words:26} read {read:5.2f} s, {len(columns.situations):6,} situations, new {max(firsts):6.3f} s, "
            f"a further step {1000 * median(again):5.1f} ms ({median(again) / trivial:.2f} of the $group)"
        )
        assert len(columns.references) == PAST
    record_property(TOLD, "\n".join([*lines, "  aim: each further step under 50 ms"]))


def _once(columns: lab_columns.Columns, name: str, value: Any) -> float:
    began = time.perf_counter()
    lab_counting.tried(columns, {name: value}, 5)
    return time.perf_counter() - began


def _seconds(act: Callable[[], object]) -> float:
    """Return the median of some runs, the first left out."""
    taken = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return median(taken[1:])
