"""Opening the database, and the indexes of every noun: what the app and the commands need besides the nouns."""

from collections.abc import Sequence
from contextlib import suppress

from pymongo import IndexModel
from pymongo.errors import CollectionInvalid, OperationFailure

from frontdoor.store import (
    accounts,
    alerts,
    api_tokens,
    cases,
    changes,
    consents,
    drafts,
    facts,
    families,
    files,
    heartbeats,
    jobs,
    ledger,
    messages,
    organisations,
    readings,
    receipts,
    sessions,
    sign_in_links,
    snapshots,
    submissions,
    throttles,
    trials,
    typing,
    views,
)
from frontdoor.store.client import close, database, in_memory, in_transaction, open_database, ping

__all__ = ["close", "database", "ensure_indexes", "in_memory", "in_transaction", "indexes", "open_database", "ping"]


def indexes() -> dict[str, Sequence[IndexModel]]:
    """Return the indexes of every collection, by its name."""
    held = {records.name: records.indexes for records in (
        alerts.RECORDS, cases.RECORDS, consents.RECORDS, drafts.RECORDS, families.RECORDS, jobs.RECORDS,
        submissions.RECORDS, trials.RECORDS, views.RECORDS,
    )}  # fmt: skip
    administered = (accounts.RECORDS, api_tokens.RECORDS, changes.RECORDS, organisations.RECORDS)
    plain = (files, heartbeats, messages, readings, receipts, sessions, sign_in_links, snapshots, throttles, typing)
    return {
        **held,
        **{documents.name: documents.indexes for documents in administered},
        **{module.COLLECTION: module.INDEXES for module in plain},
        facts.COLLECTION: facts.INDEXES,
        facts.ALIKE: facts.ALIKE_INDEXES,
        facts.WHOLE: facts.INDEXES,
        facts.BASES: facts.BASIS_INDEXES,
        ledger.ENTRIES: ledger.INDEXES,
    }


def ensure_indexes() -> None:
    """Make the indexes that are missing. Safe to repeat; a large collection stays readable meanwhile."""
    _arrange_facts()
    for name, models in indexes().items():
        database()[name].create_indexes(list(models))


def _arrange_facts() -> None:
    """Make the collections of facts in the order of their ids, so that a programme's cases lie together."""
    if in_memory():
        return
    for name in (facts.COLLECTION, facts.WHOLE):
        if not database().list_collection_names(filter={"name": name}):
            with suppress(CollectionInvalid, OperationFailure):  # another process was quicker
                database().create_collection(name, clusteredIndex={"key": {"_id": 1}, "unique": True})
