"""Uploads, in GridFS, encrypted with their names.

GridFS takes no part in transactions: a file is put first and belongs to its draft; `hand_over` then ties it to a case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from gridfs import GridFS
from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import NotFound
from frontdoor.store import secrets
from frontdoor.store.client import database
from frontdoor.store.mapping import instant
from frontdoor.store.records import within

_BUCKET = "uploads"
COLLECTION = f"{_BUCKET}.files"
INDEXES = (IndexModel([("authority", ASCENDING), ("tokens", ASCENDING)], name="reach"),)


@dataclass(frozen=True)
class File:
    """An upload: its name as given, `size` in bytes and content."""

    id: str
    name: str
    media_type: str
    size: int
    uploaded_at: datetime
    content: bytes


@dataclass(frozen=True)
class Upload:
    """What somebody uploads, and the tokens of the draft or case that it belongs to."""

    name: str
    media_type: str
    content: bytes
    tokens: tuple[str, ...]


def put(viewer: Viewer, upload: Upload, *, at: datetime) -> str:
    """Keep an upload and return its id."""
    file_id = uuid4().hex
    _grid().put(
        secrets.encrypt_bytes(upload.content),
        _id=file_id,
        filename=secrets.encrypt(upload.name),
        authority=viewer.authority,
        tokens=list(upload.tokens),
        media_type=upload.media_type,
        size=len(upload.content),
        uploaded_at=instant(at),
    )
    return file_id


def get(viewer: Viewer, file_id: str) -> File:
    """Return an upload, decrypted; NotFound when there is none within the viewer's reach."""
    found = database()[COLLECTION].find_one(within(viewer, {"_id": file_id}))
    if found is None:
        raise NotFound("There is no such file. Open it again from its case.")
    content = secrets.decrypt_bytes(_grid().get(file_id).read())
    name = secrets.decrypt(found["filename"])
    return File(file_id, name, found["media_type"], found["size"], found["uploaded_at"], content)


def described(viewer: Viewer, file_ids: Sequence[str]) -> tuple[File, ...]:
    """Return uploads within the viewer's reach without their content, in the order of the ids."""
    query = within(viewer, {"_id": {"$in": list(file_ids)}})
    found = {one["_id"]: one for one in database()[COLLECTION].find(query)}
    return tuple(
        File(one["_id"], secrets.decrypt(one["filename"]), one["media_type"], one["size"], one["uploaded_at"], b"")
        for one in (found[file_id] for file_id in file_ids if file_id in found)
    )


def hand_over(viewer: Viewer, file_ids: Sequence[str], tokens: Sequence[str]) -> None:
    """Give files within the viewer's reach to whoever has `tokens`: those of the case that their draft became."""
    query = within(viewer, {"_id": {"$in": list(file_ids)}})
    database()[COLLECTION].update_many(query, {"$set": {"tokens": list(tokens)}})


def discard(viewer: Viewer, file_id: str) -> None:
    """Delete an upload; NotFound when there is none within the viewer's reach."""
    get(viewer, file_id)
    _grid().delete(file_id)


def _grid() -> GridFS:
    return GridFS(database(), collection=_BUCKET)
