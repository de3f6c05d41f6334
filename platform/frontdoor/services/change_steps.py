"""What every step of a change's journey has in common: it is stored over the revision that was read, and noted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change, Step
from frontdoor.domain.errors import Conflict, WrongState
from frontdoor.services.proposed import ground, value_at
from frontdoor.store import changes, connection, snapshots


def carry_out(viewer: Viewer, change_id: str, revision: int, act: Callable[[Change], Change]) -> Change:
    """Store what `act` makes of a change, whole or not at all. `act` may run twice.

    Errors: `Conflict` when somebody else was first; `WrongState` for a finished change.
    """
    before = opened(viewer, change_id, revision)
    return connection.in_transaction(lambda: changes.replace(viewer, act(before), expected_revision=revision))


def opened(viewer: Viewer, change_id: str, revision: int) -> Change:
    """Return an open change at the revision that was read. Errors: as of `carry_out`."""
    found = changes.get(viewer, change_id)
    if found.revision != revision:
        raise Conflict("Somebody else has changed this in the meantime. Look at it as it is now.", theirs=found)
    if not found.is_open:
        raise WrongState("This change is finished. Begin a new one.")
    return found


def unapproved(change: Change) -> Change:
    """Return the change as nobody's to approve yet."""
    return replace(change, submitted_by=None, approved_by=None, approved_name=None)


def drafted(change: Change, viewer: Viewer, at: datetime, what: str, note: str) -> Change:
    """Any edit returns a change to draft: what was checked or approved is no longer what it is."""
    return noted(replace(unapproved(change), state="draft", report=None), viewer, at, what, note)


def noted(change: Change, viewer: Viewer, at: datetime, what: str, note: str = "") -> Change:
    """Return the change with a step added to its journey."""
    return replace(change, steps=(*change.steps, Step(at, viewer.account, viewer.name, what, note.strip())))


def rebased(change: Change, at: datetime) -> Change:
    """Return the change moved onto what will be live when it is, if that has other numbers than it was written over."""
    target = snapshots.live(change.authority, change.programme, max(change.from_at or at, at))
    if target.number == change.base:
        return change
    moved = replace(change, base=target.number)
    under = ground(moved, at=at)
    clashing = {edit.pointer: edit for edit in change.edits if value_at(under, edit.pointer) != edit.was}
    if clashing:
        raise Conflict(
            "The same values were changed elsewhere meanwhile. Undo your edit of each, look, and decide again.",
            theirs={pointer: value_at(under, pointer) for pointer in clashing},
            mine={pointer: edit.value for pointer, edit in clashing.items()},
        )
    return moved
