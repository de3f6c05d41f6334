"""The one way in and out for the small documents of administration, which mongoengine holds and validates.

They are read as plain documents and changed by `$set`: mongoengine's own `save` merges stale copies silently and
brings deleted documents half back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar, cast

import mongoengine
from pymongo import IndexModel
from pymongo.collection import Collection

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import Conflict, NotAllowed, NotFound
from frontdoor.store.client import Document, database
from frontdoor.store.mapping import from_document, to_document
from frontdoor.store.records import Order, refusals, within

T = TypeVar("T")


class AdministrativeDocument(mongoengine.Document):  # type: ignore[misc]  # mongoengine publishes no types
    """The base of every mongoengine class here: their collections are those of this process's one client."""

    meta: ClassVar[dict[str, Any]] = {"abstract": True}

    @classmethod
    def _get_collection(cls) -> Collection[Document]:
        # Not kept, as mongoengine would: it is another one in a forked child, and within a transaction.
        return database()[cls._meta["collection"]]


@dataclass(frozen=True)
class Administered(Generic[T]):
    """The documents of one kind: the mongoengine class `model`, the domain object, what messages call one.

    `tokens` makes from a record who may see it: the domain objects of administration carry none themselves.
    """

    model: Any
    kind: type[T]
    noun: str
    tokens: Callable[[T], Sequence[str]]
    indexes: tuple[IndexModel, ...] = ()

    @property
    def name(self) -> str:
        """The collection's name."""
        return str(self.model._meta["collection"])

    @property
    def collection(self) -> Collection[Document]:
        """The MongoDB collection, over this process's client."""
        return database()[self.name]

    def add(self, viewer: Viewer, record: T) -> T:
        """Insert a new document and return it as stored. Conflict when its key is taken."""
        document = self._checked(viewer, record)
        with refusals(self.noun, record):
            self.model.objects.insert(self.model(**document), load_bulk=False)
        return from_document(self.kind, document)

    def one(self, viewer: Viewer, where: Mapping[str, Any]) -> T:
        """Return the document that `where` finds within the viewer's reach; NotFound if there is none."""
        for found in self.each(within(viewer, where), limit=1):
            return found
        raise NotFound(f"There is no such {self.noun}. Check the link, or start again from your list.")

    def many(self, viewer: Viewer, where: Mapping[str, Any], order: Order = (), limit: int = 0) -> tuple[T, ...]:
        """Return the documents that `where` finds within the viewer's reach; `limit` 0 means all."""
        return self.each(within(viewer, where), order, limit)

    def each(self, query: Mapping[str, Any], order: Order = (), limit: int = 0) -> tuple[T, ...]:
        """Return what `query` finds. It holds the viewer's reach already, or answers before anybody has signed in."""
        found = self.collection.find(query, sort=list(order) or None, limit=limit)
        return tuple(self._read(document) for document in found)

    def swap(self, viewer: Viewer, record: T, expected_revision: int) -> T:
        """Set the fields of `record` over its revision `expected_revision` and return it with the next one.

        NotFound outside the viewer's reach; Conflict with `theirs` and `mine` when somebody else was first. What is
        kept beside the record's own fields stays.
        """
        document = self._checked(viewer, cast(T, replace(cast(Any, record), revision=expected_revision + 1)))
        where = {"_id": document.pop("id"), "revision": expected_revision}
        with refusals(self.noun, record):
            done = self.model.objects(__raw__=within(viewer, where)).update_one(
                __raw__={"$set": document}, full_result=True
            )
        if done.matched_count:
            return from_document(self.kind, {**document, "id": where["_id"]})
        theirs = self.one(viewer, {"_id": where["_id"]})
        raise Conflict(
            f"Somebody else changed this {self.noun} first. Compare the two versions and send yours again.",
            theirs=theirs,
            mine=record,
        )

    def _read(self, document: Document) -> T:
        return from_document(self.kind, {**document, "id": document["_id"]})

    def _checked(self, viewer: Viewer, record: T) -> Document:
        document = {**to_document(record), "tokens": list(self.tokens(record))}
        if document["authority"] != viewer.authority:
            raise NotAllowed("This belongs to another authority. Sign in there to change it.")
        self.model(**document).validate()
        return document
