"""A hundred thousand case heads in a moment: copies of real ones, each with its own family, names, dates and clocks."""

import random
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from pymongo.database import Database

from frontdoor.store.queue import NEVER

_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def grow(database: Database[dict[str, Any]], wanted: int, *, open_share: float, seed: int = 1) -> None:
    """Insert copies of the cases that are there until `wanted` heads stand in the collection."""
    chance = random.Random(seed)  # noqa: S311 - made-up cases
    models = list(database.cases.find({"authority": "derby-city"}, limit=20))
    missing = wanted - database.cases.count_documents({})
    while missing > 0:
        made = [_copy(chance.choice(models), chance, open_share) for _ in range(min(missing, 2_000))]
        database.cases.insert_many(made, ordered=False)
        missing -= len(made)


def _copy(model: dict[str, Any], chance: random.Random, open_share: float) -> dict[str, Any]:
    """Return another case: `open_share` of them are open, and nothing waits for the worker."""
    made = deepcopy(model)
    reference = "DER-" + "".join(chance.choices(_CHARACTERS, k=9))
    back = timedelta(days=chance.randint(1, 700), minutes=chance.randint(0, 1_000))
    made |= {"_id": reference, "reference": reference, "family": reference.lower(), "undelivered": []}
    made = _earlier(made, back)
    name = "".join(chance.choices("aeioubdglmnrst", k=6))
    made["title"] = name.title()
    made["search"] = [name, f"sound:{name.upper()}", f"ref:{reference.lower()}"]
    made["queue"] |= {"open": chance.random() < open_share, "undelivered": NEVER, "escalates": NEVER}
    return made


def _earlier(value: Any, back: timedelta) -> Any:
    if isinstance(value, datetime):
        return value - back if value.year < 9000 else value
    if isinstance(value, dict):
        return {key: _earlier(inner, back) for key, inner in value.items()}
    return [_earlier(inner, back) for inner in value] if isinstance(value, list) else value
