"""Why each decision was proposed, kept word for word and never changed. A receipt is seen by whoever sees its case."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import NotFound
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import instant
from frontdoor.store.queue import COLLECTION as CASES
from frontdoor.store.records import refusals, within

COLLECTION = "receipts"
INDEXES = (IndexModel([("authority", ASCENDING), ("case", ASCENDING), ("at", ASCENDING)], name="case"),)

_BATCH = 200  # receipts whose cases are asked for at once


@dataclass(frozen=True)
class StoredReceipt:
    """A receipt as it was written: of which case (its reference) and decision, when, and the JSON of it."""

    id: str
    case: str
    code: str
    at: datetime
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A receipt to append: its id, the code of its decision, and its canonical JSON."""

    id: str
    code: str
    text: str


def add(viewer: Viewer, case: str, receipt_id: str, code: str, document: Mapping[str, Any], *, at: datetime) -> None:
    """Append the receipt of a decision `code` of a case. Conflict when the id is taken."""
    append(viewer, case, [Written(receipt_id, code, canonical(document))], at=at)


def append(viewer: Viewer, case: str, written: Sequence[Written], *, at: datetime) -> None:
    """Append some receipts of a case in one journey to the database. Conflict when an id is taken."""
    # Text, not a document: a receipt must come back exactly, and the keys of what was answered are anybody's.
    entries = [
        {
            "_id": one.id,
            "authority": viewer.authority,
            "case": case,
            "code": one.code,
            "at": instant(at),
            "text": one.text,
        }
        for one in written
    ]
    if entries:
        with refusals("receipt", written):
            database()[COLLECTION].insert_many(entries)


def get(viewer: Viewer, receipt_id: str) -> Mapping[str, Any]:
    """Return the JSON of one receipt; NotFound when the viewer may not see its case."""
    return _one(viewer, {"_id": receipt_id})


def of_case(viewer: Viewer, reference: str, receipt_id: str) -> Mapping[str, Any]:
    """Return the JSON of one receipt of a case; NotFound when it is another case's, or the viewer may not see it."""
    return _one(viewer, {"_id": receipt_id, "case": reference})


def each(viewer: Viewer, reference: str | None = None, code: str | None = None) -> Iterator[StoredReceipt]:
    """Yield the receipts of every case that the viewer sees, or of one; by case, then oldest first."""
    where = {name: value for name, value in (("case", reference), ("code", code)) if value is not None}
    order = [("authority", ASCENDING), ("case", ASCENDING), ("at", ASCENDING)]
    found = database()[COLLECTION].find({"authority": viewer.authority, **where}, sort=order)
    numbered = enumerate(found)
    for _, batch in groupby(numbered, key=lambda pair: pair[0] // _BATCH):
        receipts = [receipt for _, receipt in batch]
        seen = _seen(viewer, (receipt["case"] for receipt in receipts))
        yield from (_read(receipt) for receipt in receipts if receipt["case"] in seen)


def count(viewer: Viewer) -> int:
    """Return how many receipts the viewer's authority keeps, of whatever case."""
    return database()[COLLECTION].count_documents({"authority": viewer.authority})


def _one(viewer: Viewer, where: Document) -> Mapping[str, Any]:
    found = database()[COLLECTION].find_one({**where, "authority": viewer.authority})
    if found is None or found["case"] not in _seen(viewer, (found["case"],)):
        raise NotFound("There is no such receipt. Open it again from its case.")
    return _read(found).document


def _seen(viewer: Viewer, references: Iterable[str]) -> frozenset[str]:
    """Return those of some references whose cases the viewer may see."""
    query = within(viewer, {"_id": {"$in": sorted(set(references))}})
    return frozenset(case["_id"] for case in database()[CASES].find(query, {"_id": 1}))


def _read(found: Document) -> StoredReceipt:
    return StoredReceipt(found["_id"], found["case"], found["code"], found["at"], json.loads(found["text"]))
