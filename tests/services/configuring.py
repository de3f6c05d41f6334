"""People who configure a shipped programme, and the steps of a change that most tests take for granted."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pymongo.database import Database
from tests.services.builders import DERBY

from frontdoor import packs_dir
from frontdoor.domain.access import PERMISSIONS, Viewer
from frontdoor.domain.account import Account
from frontdoor.domain.change import Change
from frontdoor.services import change, change_edits, change_screening, load
from frontdoor.store import accounts, snapshots

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
LOCAL_MIN = "/rules/eligibility/parameters/local_min/value"
DUTY_NUMBER = "/themes/notices/duty/in_hours/number"
SCREENED = {
    "groups": "Families with young children", "evidence": "Small numbers", "mitigation": "Look again in July",
    "equality": "watched", "new_data": "no", "person_decides": "yes", "dpia": "covered", "notes": "",
}  # fmt: skip
BOARD = "Board, 12 March 2026, item 4"


@pytest.fixture
def installed(opened: None, database: Database[dict[str, Any]]) -> Database[dict[str, Any]]:
    """The open database with the shipped release loaded, policies and origins included."""
    load.load_shipped(packs_dir(), "1.0", at=NOW)
    return database


def somebody(account: str, *permissions: str, authority: str = DERBY) -> Viewer:
    return Viewer(account, account.title(), "staff", authority, frozenset(), frozenset(permissions))


CONFIGURER = somebody("iona", "edit_change", "publish_change", "emergency_publish", "roll_back")
APPROVER = somebody("feliks", "approve_change")
BOTH = somebody("olu", *PERMISSIONS)


def with_account(viewer: Viewer, role: str, **more: Any) -> Account:
    """An account in the database whose role holds what the shipped packs give it."""
    account = Account(
        viewer.account, viewer.authority, "staff", f"{viewer.account}@council.example", viewer.name, (role,)
    )
    return accounts.add(viewer, replace(account, **more))


def begun(viewer: Viewer = CONFIGURER, *, at: datetime = NOW, programme: str = "derby") -> Change:
    return change.begin(viewer, programme, "Two local concerns", at=at)


def edited(
    draft: Change | None = None,
    typed: str = "2",
    *,
    pointer: str = LOCAL_MIN,
    viewer: Viewer = CONFIGURER,
    at: datetime = NOW,
) -> Change:
    draft = draft or begun(viewer, at=at)
    return change_edits.edit(viewer, draft.id, (pointer, typed, BOARD), at=at, revision=draft.revision)


def checked(draft: Change | None = None, *, at: datetime = NOW) -> Change:
    draft = draft or edited(at=at)
    return change.check(CONFIGURER, draft.id, at=at, revision=draft.revision)


def screened(draft: Change, *, at: datetime = NOW) -> Change:
    """The change with its questions answered, where it is asked any."""
    if not draft.to_screen:
        return draft
    return change_screening.screen(CONFIGURER, draft.id, SCREENED, at=at, revision=draft.revision)


def submitted(draft: Change | None = None, *, at: datetime = NOW, **when: Any) -> Change:
    draft = screened(draft or checked(at=at), at=at)
    return change.submit(CONFIGURER, draft.id, on=when.get("on"), at=at, revision=draft.revision)


def approved(draft: Change | None = None, *, at: datetime = NOW, **when: Any) -> Change:
    draft = draft or submitted(at=at, **when)
    return change.approve(APPROVER, draft.id, at=at, revision=draft.revision)


def published(draft: Change | None = None, *, at: datetime = NOW, **when: Any) -> Change:
    draft = draft or approved(at=at, **when)
    return change.publish_change(CONFIGURER, draft.id, at=at, revision=draft.revision)


def live_value(pointer: str, at: datetime = NOW) -> Any:
    value: Any = snapshots.live(DERBY, "derby", at).tree
    for key in pointer.split("/")[1:]:
        value = value[key]
    return value
