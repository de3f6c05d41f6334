"""What was published, when, and what differs between any two of them, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Snapshot
from frontdoor.services import configure, timeline
from frontdoor.services.configurable import Setting, listed
from frontdoor.services.people import name_of
from frontdoor.store import snapshots
from frontdoor.store.snapshots import Version

_READERS = ("edit_change", "approve_change", "publish_change", "emergency_publish", "roll_back")


@dataclass(frozen=True)
class Published:
    """One version in the history: `state` is live, planned, overtaken (never became live) or past."""

    snapshot: Version
    state: str
    by_name: str


@dataclass(frozen=True)
class Difference:
    """One value that two snapshots do not share; `was` or `now` is None where that one has no such value.

    `setting` tells in the pack's words what it is; None for what can only be changed in the documents.
    """

    pointer: str
    setting: Setting | None
    was: Any
    now: Any


def of_programme(viewer: Viewer, programme: str, *, at: datetime) -> list[Published]:
    """Return the published versions of a programme, the newest first."""
    _readable(viewer)
    live = snapshots.live(viewer.authority, programme, at).number
    planned = {one.number for one in timeline.waiting(viewer.authority, programme, at)}
    found = []
    for one in snapshots.history(viewer.authority, programme):
        state = "live" if one.number == live else "planned" if one.number in planned else "past"
        state = "overtaken" if state == "past" and one.live_from > at else state
        found.append(Published(one, state, name_of(viewer.authority, one.published_by)))
    return found


def differences(viewer: Viewer, programme: str, older: int, newer: int, language: str = "en") -> list[Difference]:
    """Return what differs between two published snapshots of a programme, by their numbers."""
    _readable(viewer)
    before, after = (snapshots.get(viewer.authority, programme, number) for number in (older, newer))
    return between(before, after, language)


def between(before: Snapshot, after: Snapshot, language: str) -> list[Difference]:
    """Return every value that differs between two snapshots; settings first, in their order."""
    was, now = configure.leaves(before.tree), configure.leaves(after.tree)
    changed = [at for at in {**was, **now} if was.get(at) != now.get(at)]
    known = {**_settings(before, language), **_settings(after, language)}
    order = {at: place for place, at in enumerate(known)}
    changed.sort(key=lambda at: (order.get(at, len(order)), at))
    return [Difference(at, known.get(at), was.get(at), now.get(at)) for at in changed]


def _settings(snapshot: Snapshot, language: str) -> Mapping[str, Setting]:
    return {one.pointer: one for one in listed(snapshot.tree, language)}


def _readable(viewer: Viewer) -> None:
    if not any(viewer.may(permission) for permission in _READERS):
        viewer.need(_READERS[0])
