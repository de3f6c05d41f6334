"""The one way in and out for records of any kind: whose they are, who sees them, and which revision they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from mongoengine.errors import NotUniqueError
from pymongo import IndexModel
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import Conflict, DocumentRejected, NotAllowed, NotFound
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document, to_document

T = TypeVar("T")
Order = Sequence[tuple[str, int]]

_TAKEN = 11000  # MongoDB's code for a key that is there already
COUNTED_AT_MOST = 1000  # nobody reads page 41; counting on would cost more than the page


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `total` stops at `COUNTED_AT_MOST`; `more` says that it did."""

    rows: tuple[T, ...]
    total: int
    more: bool
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages the counted rows fill; 1 when there are none."""
        return max(1, -(-self.total // self.size))


def permission_token(authority: str, permission: str) -> str:
    """Return the token that whoever may do something in an authority carries, for records of administration."""
    return f"may:{authority}/{permission}"


def tokens_of(viewer: Viewer) -> list[str]:
    """Return the viewer's tokens, with one for each permission, sorted."""
    granted = {permission_token(viewer.authority, permission) for permission in viewer.permissions}
    return sorted(viewer.tokens | granted)


def within(viewer: Viewer, where: Mapping[str, Any]) -> Document:
    """Return the query `where`, within the viewer's authority and reach. It matches nothing for no tokens.

    The platform itself reaches every record of its authority: an amendment, a clock or a later fact must find its case
    whoever may read it (ADR 0010). What it finds so is never shown.
    """
    reach = {} if viewer.kind == "system" else {"tokens": {"$in": tokens_of(viewer)}}
    return {**where, "authority": viewer.authority, **reach}


def page_of(
    collection: Collection[Document],
    query: Document,
    order: Order,
    *,
    page: int,
    size: int,
    read: Callable[[Document], T],
    shown: Mapping[str, int] | None = None,
    index: str | None = None,
) -> Page[T]:
    """Return page `page` (from 1) of `size` rows of what `query` finds: of the fields `shown`, by the index named."""
    page = max(1, page)
    named: dict[str, Any] = {} if index is None else {"hint": index}
    total = collection.count_documents(query, limit=COUNTED_AT_MOST + 1, **named)
    found = collection.find(query, shown, sort=list(order), skip=(page - 1) * size, limit=size)
    if index is not None:
        found = found.hint(index)
    return Page(tuple(map(read, found)), min(total, COUNTED_AT_MOST), total > COUNTED_AT_MOST, page, size)


@contextmanager
def refusals(noun: str, record: object) -> Iterator[None]:
    """Turn what the database refuses to write into errors in words."""
    try:
        yield
    except (DuplicateKeyError, NotUniqueError) as taken:
        raise _taken(noun, record) from taken
    except BulkWriteError as several:
        if {error["code"] for error in several.details["writeErrors"]} != {_TAKEN}:
            raise
        raise _taken(noun, record) from several
    except DocumentTooLarge as large:
        raise DocumentRejected(f"This {noun} is too large. Attach long texts as files.") from large


def _taken(noun: str, record: object) -> Conflict:
    return Conflict(f"There is such a {noun} already. Open that one.", mine=record)


@dataclass(frozen=True)
class Records(Generic[T]):
    """The records of one kind.

    `noun` is what messages call one. `key` makes the identity from a record, `tokens` who may see it, `derived` fields
    that only queries read.
    """

    name: str
    kind: type[T]
    noun: str
    key: Callable[[T], str] = attrgetter("id")
    tokens: Callable[[T], Sequence[str]] = attrgetter("tokens")
    derived: Callable[[T], Mapping[str, Any]] = field(default=lambda _: {})
    indexes: tuple[IndexModel, ...] = ()

    @property
    def collection(self) -> Collection[Document]:
        """The MongoDB collection, over this process's client."""
        return database()[self.name]

    def add(self, viewer: Viewer, record: T) -> T:
        """Insert a new record and return it as stored. Conflict when its key is taken.

        The writer need not be among its readers: a partner's nomination is the front door's to read.
        """
        document = self.document(viewer, record)
        with refusals(self.noun, record):
            # Insert, never save: a repeated key must fail here, not overwrite.
            self.collection.insert_one(document)
        return from_document(self.kind, document)

    def one(self, viewer: Viewer, where: Mapping[str, Any]) -> T:
        """Return the record that `where` finds within the viewer's reach; NotFound if there is none."""
        found = self.first(viewer, where)
        if found is None:
            raise NotFound(f"There is no such {self.noun}. Check the link, or start again from your list.")
        return found

    def first(self, viewer: Viewer, where: Mapping[str, Any], order: Order = ()) -> T | None:
        """Return the first record that `where` finds within the viewer's reach, or None."""
        document = self.collection.find_one(within(viewer, where), sort=list(order) or None)
        return None if document is None else from_document(self.kind, document)

    def many(self, viewer: Viewer, where: Mapping[str, Any], order: Order = (), limit: int = 0) -> tuple[T, ...]:
        """Return the records that `where` finds within the viewer's reach; `limit` 0 means all."""
        return tuple(self.each(within(viewer, where), order, limit))

    def each(self, query: Mapping[str, Any], order: Order = (), limit: int = 0) -> Iterator[T]:
        """Yield what `query` finds. It holds the viewer's reach already, or serves the worker."""
        cursor = self.collection.find(query, sort=list(order) or None, limit=limit)
        return (from_document(self.kind, document) for document in cursor)

    def page(self, viewer: Viewer, where: Mapping[str, Any], order: Order, *, page: int, size: int) -> Page[T]:
        """Return page `page` (from 1) of `size` rows of what `where` finds within the viewer's reach."""
        query = within(viewer, where)
        return page_of(self.collection, query, order, page=page, size=size, read=partial(from_document, self.kind))

    def swap(self, viewer: Viewer, record: T, expected_revision: int) -> T:
        """Store `record` in place of its revision `expected_revision` and return it with the next one.

        NotFound outside the viewer's reach; Conflict with `theirs` and `mine` when somebody else was first.
        """
        next_one = cast(T, replace(cast(Any, record), revision=expected_revision + 1))
        document = self.document(viewer, next_one)
        query = within(viewer, {"_id": document["_id"], "revision": expected_revision})
        with refusals(self.noun, record):
            done = self.collection.replace_one(query, document)
        if done.matched_count:
            return from_document(self.kind, document)
        theirs = self.one(viewer, {"_id": document["_id"]})
        raise Conflict(
            f"Somebody else changed this {self.noun} first. Compare the two versions and send yours again.",
            theirs=theirs,
            mine=record,
        )

    def document(self, viewer: Viewer, record: T) -> Document:
        """Return what is stored for `record`; NotAllowed when it belongs to another authority than the viewer."""
        document = to_document(record)
        if document["authority"] != viewer.authority:
            raise NotAllowed("This belongs to another authority. Sign in there to change it.")
        tokens = list(self.tokens(record))
        if not tokens:
            raise ValueError(f"A {self.noun} without access tokens could be seen by nobody")
        return {**document, **self.derived(record), "_id": self.key(record), "tokens": tokens}
