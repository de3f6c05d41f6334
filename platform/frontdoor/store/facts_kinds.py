"""Past cases by kind: how a decision came out, and the month of receipt. References only, none of a restricted case."""

import json
from functools import lru_cache

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.store import cases
from frontdoor.store.client import database
from frontdoor.store.facts import ALIKE, COLLECTION, Cases, reach
from frontdoor.store.records import within


def of_decision(viewer: Viewer, among: Cases, code: str) -> dict[tuple[str, str], list[str]]:
    """Return the references of some cases by (the deciding row's key, month) of one decision."""
    hidden = _restricted(viewer, among.programme)
    found: dict[tuple[str, str], list[str]] = {}
    for apart in (False, True):
        held = reach(viewer, among, apart=apart)
        alike = within(viewer, {"basis": held["basis"], "tokens": authority_token(viewer.authority)})
        keys = {one["_id"]: one["outcomes"].get(code) for one in database()[ALIKE].find(alike, {"outcomes": 1})}
        for one in database()[COLLECTION].find(held, {"reference": 1, "alike": 1, "cell": 1}):
            key = keys.get(one["alike"])
            if key is not None and one["reference"] not in hidden:
                found.setdefault((key, _month(one["cell"])), []).append(one["reference"])
    return found


def _restricted(viewer: Viewer, programme: str) -> frozenset[str]:
    query = within(viewer, {"programme": programme, "restricted": True})
    return frozenset(one["_id"] for one in cases.RECORDS.collection.find(query, {"_id": 1}))


@lru_cache(maxsize=10_000)
def _month(cell: str) -> str:
    month: str = json.loads(cell).get("month", "")
    return month
