"""What happened, one hash chain for each authority: ids, codes and digests, so that it survives lawful destruction.

Entry n names the hash of entry n - 1; the head, kept apart, tells when the last entries are gone. Whoever can rewrite
the whole database can rewrite the chain with it, so `head()` is worth noting elsewhere now and then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Event
from frontdoor.store.client import Document, database, in_transaction
from frontdoor.store.mapping import from_document, instant, plain, to_document

ENTRIES, HEADS = "ledger", "ledger_heads"
INDEXES = (
    IndexModel([("authority", ASCENDING), ("n", ASCENDING)], name="n", unique=True),
    IndexModel([("authority", ASCENDING), ("event", ASCENDING)], name="event", unique=True),
    IndexModel([("authority", ASCENDING), ("case", ASCENDING), ("n", ASCENDING)], name="case"),
)

_BEGINNING = "0" * 64


@dataclass(frozen=True)
class LedgerEntry:
    """One entry: number `n` from 1, the event's id, kind and instant, its case, the digest of its data, both hashes."""

    authority: str
    n: int
    event: str
    at: datetime
    kind: str
    case: str
    data: str
    prev: str
    hash: str

    def sealed(self) -> str:
        """Return the hash over everything else in the entry."""
        return digest({**asdict(self), "at": instant(self.at).isoformat(), "hash": None})


@dataclass(frozen=True)
class Broken:
    """The first place where a chain does not hold: the number of the entry, and what is wrong with it."""

    n: int
    problem: str


def append(authority: str, case: str, events: Iterable[Event]) -> int:
    """Append events of a case to its authority's chain and return how many were new; for the worker.

    An event that is in the chain already is passed over. Numbers are contiguous, however many append at once.
    """
    told = {event.id: event for event in events}

    def act() -> int:
        # Counted up first, so that of two that append at once the second waits its turn and sees what the first wrote.
        database()[HEADS].update_one({"_id": authority}, {"$inc": {"turns": 1}}, upsert=True)
        there = database()[ENTRIES].find({"authority": authority, "event": {"$in": list(told)}}, {"event": 1})
        known = {entry["event"] for entry in there}
        n, prev = head(authority)
        made = []
        for event in (event for event_id, event in told.items() if event_id not in known):
            made.append(_entry(authority, case, event, n + 1, prev))
            n, prev = made[-1].n, made[-1].hash
        if made:
            database()[ENTRIES].insert_many([{**to_document(entry), "_id": f"{authority}/{entry.n}"} for entry in made])
            database()[HEADS].update_one({"_id": authority}, {"$set": {"n": n, "hash": prev}})
        return len(made)

    return in_transaction(act)


def head(authority: str) -> tuple[int, str]:
    """Return the number and the hash of the last entry of a chain; (0, sixty-four zeros) before the first."""
    found = database()[HEADS].find_one({"_id": authority}) or {}
    return found.get("n", 0), found.get("hash", _BEGINNING)


def of_case(authority: str, case: str) -> tuple[LedgerEntry, ...]:
    """Return the entries about one case, in their order."""
    return tuple(_entries({"authority": authority, "case": case}))


def verify(authority: str) -> Broken | None:
    """Return the first entry at which a chain was altered, cut or has a gap; None when it holds."""
    n, prev = 0, _BEGINNING
    for entry in _entries({"authority": authority}):
        n += 1
        if entry.n != n:
            return Broken(n, "missing")
        if entry.prev != prev or entry.hash != entry.sealed():
            return Broken(n, "altered")
        prev = entry.hash
    last = head(authority)
    if last != (n, prev):
        return Broken(n + 1 if last[0] > n else n, "missing" if last[0] > n else "altered")
    return None


def _entry(authority: str, case: str, event: Event, n: int, prev: str) -> LedgerEntry:
    data = digest(_dated(plain(event.data)))
    unsealed = LedgerEntry(authority, n, event.id, instant(event.at), event.kind, case, data, prev, "")
    return LedgerEntry(**{**asdict(unsealed), "hash": unsealed.sealed()})


def _dated(value: object) -> object:
    """Return a plain value with its instants as ISO text, which a digest needs."""
    if isinstance(value, dict):
        return {key: _dated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _entries(where: Document) -> Iterator[LedgerEntry]:
    order = [("authority", ASCENDING), ("n", ASCENDING)]
    return (from_document(LedgerEntry, entry) for entry in database()[ENTRIES].find(where, sort=order))
