"""Published configurations: flat, immutable, numbered. They are no records of people, so no viewer is asked for.

The tree is kept as text: a published rule may hold any key, must come back exactly, and is hashed over its text.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from threading import Lock
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from frontdoor.domain.canonical import canonical
from frontdoor.domain.case import Pin
from frontdoor.domain.change import Snapshot
from frontdoor.domain.errors import FrontDoorError, NotFound
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document, to_document
from frontdoor.store.records import refusals

COLLECTION = "snapshots"
INDEXES = (
    IndexModel(
        [("authority", ASCENDING), ("programme", ASCENDING), ("number", DESCENDING)], name="number", unique=True
    ),
)

_NEWEST = [("number", DESCENDING)]
_LARGE = ("tree", "origins", "policies")  # kept in the text; whatever else a snapshot has is beside it
_HEAD = {"text": 0}
_PIN = {"_id": 0, "number": 1, "digest": 1}
_KEPT = 32  # parsed texts; an authority runs a handful of programmes
_parsed: OrderedDict[str, dict[str, Any]] = OrderedDict()
_parsing = Lock()


@dataclass(frozen=True)
class Version:
    """A published snapshot as a list shows it: whatever a `Snapshot` says of itself, without what it holds."""

    number: int
    digest: str
    live_from: datetime
    published_at: datetime
    published_by: str
    because: str
    release: str = ""
    change: str | None = None
    same_as: int | None = None


_LISTED = {field.name: 1 for field in fields(Version)}


def add(snapshot: Snapshot) -> None:
    """Insert a published snapshot. Conflict when its number is taken: somebody published first."""
    text = canonical({name: getattr(snapshot, name) for name in _LARGE})
    document = {
        **to_document(replace(snapshot, tree={}, origins={}, policies={})),
        "_id": f"{snapshot.authority}/{snapshot.programme}/{snapshot.number}",
        "text": text,
        "text_digest": _digest(text),
    }
    with refusals("snapshot", snapshot):
        database()[COLLECTION].insert_one(document)


def live(authority: str, programme: str, at: datetime) -> Snapshot:
    """Return what is live at an instant: the greatest number whose `live_from` is not after it; else NotFound.

    A rolled-back publish is a new number, so the greatest is always what was meant last.
    """
    return _one({"authority": authority, "programme": programme, "live_from": {"$lte": at}})


def live_pin(authority: str, programme: str, at: datetime) -> Pin:
    """Return the number and digest of what `live` returns, without the configuration itself; else NotFound."""
    head = _head({"authority": authority, "programme": programme, "live_from": {"$lte": at}}, _PIN)
    return Pin(head["number"], head["digest"])


def newest(authority: str, programme: str) -> Snapshot:
    """Return the snapshot published last, live yet or not; else NotFound."""
    return _one({"authority": authority, "programme": programme})


def get(authority: str, programme: str, number: int) -> Snapshot:
    """Return one snapshot by its number; else NotFound."""
    return _one({"authority": authority, "programme": programme, "number": number})


def history(authority: str, programme: str, limit: int = 50) -> list[Version]:
    """Return the versions published last, newest first; nothing that they hold is read."""
    where = {"authority": authority, "programme": programme}
    found = database()[COLLECTION].find(where, _LISTED, sort=_NEWEST, limit=limit)
    return [from_document(Version, head) for head in found]


def programmes(authority: str) -> tuple[str, ...]:
    """Return the programmes that an authority has published, sorted."""
    return tuple(sorted(database()[COLLECTION].distinct("programme", {"authority": authority})))


def authorities() -> tuple[str, ...]:
    """Return the authorities that have published anything, sorted."""
    return tuple(sorted(database()[COLLECTION].distinct("authority")))


def _one(where: Document) -> Snapshot:
    return _read(_head(where, _HEAD))


def _head(where: Document, shown: Mapping[str, int]) -> Document:
    head = database()[COLLECTION].find_one(where, shown, sort=_NEWEST)
    if head is None:
        raise NotFound("There is no such published programme. Choose one from the start page.")
    return head


def _read(head: Document) -> Snapshot:
    return from_document(Snapshot, {**head, **_text(head)})


def _text(head: Document) -> dict[str, Any]:
    """Return the parsed text of a snapshot; a text that no longer has its digest is an error, never a configuration."""
    digest = str(head["text_digest"])
    with _parsing:
        if digest in _parsed:
            _parsed.move_to_end(digest)
            return _parsed[digest]
    found = database()[COLLECTION].find_one({"_id": head["_id"]}, {"text": 1})
    if found is None or _digest(found["text"]) != digest:
        raise FrontDoorError("This published configuration was altered in the database. Restore it from a backup.")
    parsed = dict(json.loads(found["text"]))
    with _parsing:
        _parsed[digest] = parsed
        while len(_parsed) > _KEPT:
            _parsed.popitem(last=False)
    return parsed


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
