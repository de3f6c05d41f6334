"""Uploads, in GridFS, encrypted with their names.

GridFS takes no part in transactions: a file is put first and belongs to its draft; `hand_over` then ties it to a case.
Until then it is on trial: `look_again_at` says when somebody has to look whether anything still refers to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
INDEXES = (
    IndexModel([("authority", ASCENDING), ("tokens", ASCENDING)], name="reach"),
    IndexModel([("authority", ASCENDING), ("look_again_at", ASCENDING)], name="on_trial", sparse=True),
)
ON_TRIAL = timedelta(days=1)


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
class OnTrial:
    """An upload that no case has taken over: whose it is, by which account, and when it came."""

    id: str
    tokens: tuple[str, ...]
    account: str
    uploaded_at: datetime


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
        account=viewer.account,
        tokens=list(upload.tokens),
        media_type=upload.media_type,
        size=len(upload.content),
        uploaded_at=instant(at),
        look_again_at=instant(at + ON_TRIAL),
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
    database()[COLLECTION].update_many(query, {"$set": {"tokens": list(tokens)}, "$unset": {"look_again_at": ""}})


def on_trial(viewer: Viewer, at: datetime, limit: int) -> tuple[OnTrial, ...]:
    """Return uploads that have to be looked at by now, the longest due first.

    For the worker, and without a token: a draft's files are seen by its writers alone. Nothing of them is opened.
    """
    query = {"authority": viewer.authority, "look_again_at": {"$lte": instant(at)}}
    found = database()[COLLECTION].find(query, sort=[("look_again_at", ASCENDING)], limit=limit)
    return tuple(OnTrial(one["_id"], tuple(one["tokens"]), one["account"], one["uploaded_at"]) for one in found)


def keep_for_now(viewer: Viewer, file_id: str, at: datetime) -> None:
    """Look at an upload on trial again after another day: something refers to it still."""
    query = {"_id": file_id, "authority": viewer.authority, "look_again_at": {"$exists": True}}
    database()[COLLECTION].update_one(query, {"$set": {"look_again_at": instant(at + ON_TRIAL)}})


def forget(viewer: Viewer, file_id: str) -> bool:
    """Delete an upload on trial; one that a case took over meanwhile stays. Return whether it is gone."""
    query = {"_id": file_id, "authority": viewer.authority, "look_again_at": {"$exists": True}}
    # First the entry by which it is found, with the condition: whoever hands it over at this moment comes too late or
    # first. Then its content.
    if not database()[COLLECTION].delete_one(query).deleted_count:
        return False
    _grid().delete(file_id)
    return True


def discard(viewer: Viewer, file_id: str) -> None:
    """Delete an upload; NotFound when there is none within the viewer's reach."""
    get(viewer, file_id)
    _grid().delete(file_id)


def _grid() -> GridFS:
    return GridFS(database(), collection=_BUCKET)
