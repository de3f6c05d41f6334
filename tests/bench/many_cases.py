"""A hundred thousand case heads in a moment: copies of real ones, each with its own family, names, dates and clocks."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from pymongo import WriteConcern
from pymongo.database import Database

from frontdoor.store.cases import RECORDS
from frontdoor.store.queue import NEVER

_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AT_ONCE = 5_000


def grow(database: Database[dict[str, Any]], wanted: int, *, open_share: float, seed: int = 1) -> None:
    """Insert copies of the cases that are there until `wanted` heads stand in the collection."""
    chance = random.Random(seed)  # noqa: S311 - made-up cases
    models = list(database.cases.find({"authority": "derby-city"}, limit=20))
    missing = wanted - database.cases.count_documents({})
    cases = database.cases.with_options(write_concern=WriteConcern(w=1))
    with _indexed_afterwards(database):
        for first in range(0, missing, _AT_ONCE):
            made = (_copy(chance.choice(models), chance, open_share) for _ in range(min(_AT_ONCE, missing - first)))
            cases.insert_many(made, ordered=False)
    database.client.admin.command("fsync")  # or whoever measures next measures this being written to the disk


@contextmanager
def _indexed_afterwards(database: Database[dict[str, Any]]) -> Iterator[None]:
    """Leave the indexes of cases out while they are put in: to make each once takes a fifth of the time."""
    database.cases.drop_indexes()
    yield
    database.cases.create_indexes(list(RECORDS.indexes))


def _copy(model: dict[str, Any], chance: random.Random, open_share: float) -> dict[str, Any]:
    """Return another case: `open_share` of them are open, and nothing waits for the worker."""
    reference = "DER-" + "".join(chance.choices(_CHARACTERS, k=9))
    back = timedelta(days=chance.randint(1, 700), minutes=chance.randint(0, 1_000))
    made: dict[str, Any] = _earlier(model, back)
    made |= {"_id": reference, "reference": reference, "family": reference.lower(), "undelivered": []}
    name = "".join(chance.choices("aeioubdglmnrst", k=6))
    made["title"] = name.title()
    made["search"] = [name, f"sound:{name.upper()}", f"ref:{reference.lower()}"]
    made["queue"] |= {"open": chance.random() < open_share, "undelivered": NEVER, "escalates": NEVER}
    return made


def _earlier(value: Any, back: timedelta) -> Any:
    """Return a copy of a document with every instant that will come to pass moved back."""
    if isinstance(value, datetime):
        return value - back if value.year < 9000 else value
    if isinstance(value, dict):
        return {key: _earlier(inner, back) for key, inner in value.items()}
    return [_earlier(inner, back) for inner in value] if isinstance(value, list) else value
