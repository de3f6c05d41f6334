"""Who read what, and when. Written before the page is sent; read by whoever may see the access log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from pymongo import DESCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.store.client import database
from frontdoor.store.records import Page, Records, permission_token

_NEWEST = [("at", DESCENDING), ("_id", DESCENDING)]
_HELD_IN = {
    "alert": "alerts",
    "print": "submissions",
    "receipt": "receipts",
    "submission": "submissions",
}  # by the kind of a reading


@dataclass(frozen=True)
class View:
    """One reading of one record: `kind` is the record's ("case", "receipt"), `record` its id or reference."""

    id: str
    authority: str
    kind: str
    record: str
    account: str
    name: str
    at: datetime


RECORDS = Records(
    "views",
    View,
    "access record",
    tokens=lambda view: (permission_token(view.authority, "see_access_log"), authority_token(view.authority)),
    indexes=(
        IndexModel([("authority", DESCENDING), ("kind", DESCENDING), ("record", DESCENDING), *_NEWEST], name="record"),
        IndexModel([("authority", DESCENDING), ("account", DESCENDING), *_NEWEST], name="account"),
        IndexModel([("authority", DESCENDING), *_NEWEST], name="newest"),
    ),
)


def add(viewer: Viewer, kind: str, record: str, at: datetime) -> None:
    """Append that the viewer reads a record."""
    RECORDS.add(viewer, View(uuid4().hex, viewer.authority, kind, record, viewer.account, viewer.name, at))


def newest(viewer: Viewer, *, page: int = 1, size: int = 50) -> Page[View]:
    """Return a page of all readings, newest first."""
    return RECORDS.page(viewer, {}, _NEWEST, page=page, size=size)


def of_record(viewer: Viewer, kind: str, record: str, *, page: int = 1, size: int = 50) -> Page[View]:
    """Return a page of who read a record, newest first."""
    return RECORDS.page(viewer, {"kind": kind, "record": record}, _NEWEST, page=page, size=size)


def cases_of(viewer: Viewer, read: Iterable[View]) -> dict[str, str]:
    """Return the case that each of these records hangs on, by the record's id; what hangs on none is left out.

    Whoever may see the access log may know which case was read; what it holds stays beyond their reach.
    """
    viewer.need("see_access_log")
    wanted: dict[str, set[str]] = {}
    for one in read:
        wanted.setdefault(_HELD_IN.get(one.kind, ""), set()).add(one.record)
    found: dict[str, str] = {}
    for name in sorted(wanted.keys() - {""}):
        where = {"_id": {"$in": sorted(wanted[name])}, "authority": viewer.authority}
        found |= {str(one["_id"]): one["case"] for one in database()[name].find(where, {"case": 1}) if one.get("case")}
    return found


def by_account(viewer: Viewer, account: str, *, page: int = 1, size: int = 50) -> Page[View]:
    """Return a page of what an account read, newest first."""
    return RECORDS.page(viewer, {"account": account}, _NEWEST, page=page, size=size)
