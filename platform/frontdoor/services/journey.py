"""One change as its page shows it: every edit in words, what clashes, what may be done next, who did what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import Conflict, DocumentRejected
from frontdoor.services import configure, people, timeline
from frontdoor.services.change import only_bounded
from frontdoor.services.configurable import Setting
from frontdoor.services.history import Difference, between
from frontdoor.services.proposed import Clash, clashes, ground, proposed
from frontdoor.store import cases, changes, snapshots
from frontdoor.store.snapshots import Version

Known = Mapping[str, Setting]
_SHOWN = 60  # settings on one page; more are found by searching


@dataclass(frozen=True)
class Journey:
    """A change with everything its page needs.

    `settings` tells of each edited or clashing pointer what it is; `differences` what a release brings; `blocked` why
    the change can no longer be worked out; `decisions` the tables by code, for their labels; `alone` whether the viewer
    may publish it without a second person; `mine` whether they had a hand in it; `openable` the references of past
    cases that they may open; `planned` what becomes live later anyway.
    """

    change: Change
    settings: Known = field(default_factory=dict)
    clashes: Sequence[Clash] = ()
    differences: Sequence[Difference] = ()
    blocked: str = ""
    alone: bool = False
    mine: bool = False
    openable: frozenset[str] = frozenset()
    planned: Sequence[Version] = ()
    decisions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choosing:
    """The settings of a group that hold the words searched for; `total` counts them before the limit."""

    change: Change
    found: Sequence[Setting]
    total: int
    edits: Mapping[str, Edit]


def of(viewer: Viewer, change_id: str, *, at: datetime, language: str = "en") -> Journey:
    """Return one change as its page shows it."""
    change = changes.get(viewer, change_id)
    mine = viewer.account in change.editors or viewer.account == change.submitted_by
    try:
        under = ground(change, at=at)
        clashing = clashes(change, at=at) if change.is_open else []
    except DocumentRejected as refused:
        return Journey(change, blocked=refused.message, mine=mine)
    return Journey(
        change,
        settings={one.pointer: one for one in configure.settings(under, language)},
        clashes=clashing,
        differences=_brought(change, clashing, at, language),
        alone=_alone(viewer, change, at),
        mine=mine,
        openable=_openable(viewer, change),
        planned=timeline.waiting(change.authority, change.programme, at),
        decisions={
            code: table for rules in under.tree["rules"].values() for code, table in rules.get("decisions", {}).items()
        },
    )


def choose(viewer: Viewer, change_id: str, group: str, words: str, *, at: datetime, language: str = "en") -> Choosing:
    """Return the settings to choose from for an edit of a change, at most 60."""
    viewer.need("edit_change")
    change = changes.get(viewer, change_id)
    found = list(configure.find(configure.settings(ground(change, at=at), language), group, words))
    return Choosing(change, found[:_SHOWN], len(found), {edit.pointer: edit for edit in change.edits})


def setting(
    viewer: Viewer, change_id: str, pointer: str, *, at: datetime, language: str = "en"
) -> tuple[Change, Setting]:
    """Return a change and one setting as it is where the change begins."""
    viewer.need("edit_change")
    change = changes.get(viewer, change_id)
    return change, configure.setting(ground(change, at=at), pointer, language)


def at_once(viewer: Viewer, programme: str, *, at: datetime, language: str = "en") -> list[Setting]:
    """Return the words and contact numbers of what is live, which one person may publish at once."""
    viewer.need("emergency_publish")
    live = snapshots.live(viewer.authority, programme, at)
    return [one for one in configure.settings(live, language) if one.group in configure.EMERGENCY_GROUPS]


def _brought(change: Change, clashing: Sequence[Clash], at: datetime, language: str) -> Sequence[Difference]:
    if change.kind != "release" or clashing or not change.is_open:
        return ()
    base = snapshots.get(change.authority, change.programme, change.base)
    try:
        return between(base, proposed(change, at=at), language)
    except Conflict:
        return ()


def _alone(viewer: Viewer, change: Change, at: datetime) -> bool:
    may = change.state in ("checked", "submitted") and viewer.may("publish_change") and viewer.may("edit_change")
    return may and only_bounded(change, at=at) and not people.others_who_may(viewer, "approve_change", at)


def _openable(viewer: Viewer, change: Change) -> frozenset[str]:
    if change.report is None or not viewer.may("see_case"):
        return frozenset()
    references: list[Any] = [moved["case"] for moved in change.report.moved]
    return frozenset(case.reference for case in cases.several(viewer, references))
