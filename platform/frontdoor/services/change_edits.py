"""Editing a change: one value at a time, each with its why. Any edit returns the change to draft.

Every edit is kept as a batch, so that the last steps can be undone and done again, one after the other.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Batch, Change, Edit, Snapshot
from frontdoor.domain.errors import AnswersRejected, Problem, WrongState
from frontdoor.services import configure
from frontdoor.services.change_steps import carry_out, drafted
from frontdoor.services.configurable import Setting
from frontdoor.services.proposed import clashes, draft_of, ground, value_at

_KEPT = 50  # batches; older ones stay in the draft and are undone edit by edit


def settings(change: Change, *, at: datetime, language: str = "en") -> list[Setting]:
    """Return everything that a change may set, with what it is where the change begins."""
    return configure.settings(ground(change, at=at), language)


def edit(viewer: Viewer, change_id: str, entered: tuple[str, str, str], *, at: datetime, revision: int) -> Change:
    """Replace one value: `entered` is (pointer, typed value, why). A value set back to what it was is no edit.

    Errors: `AnswersRejected` for a value out of bounds or without a why; `DocumentRejected` for a locked path, naming
    who keeps it.
    """
    viewer.need("edit_change")
    pointer, typed, because = entered

    def act(change: Change) -> Change:
        under = ground(change, at=at)
        one = configure.setting(under, pointer)
        value = read(change, pointer, typed, at=at)
        new = Edit(pointer, one.value, value, reasoned(because), viewer.account, viewer.name, at)
        others = tuple(before for before in change.edits if before.pointer != pointer)
        kept = others if value == one.value else (*others, new)
        configure.edited(under, kept)
        return drafted(with_edits(change, kept), viewer, at, "edited", pointer)

    return carry_out(viewer, change_id, revision, act)


def read(change: Change, pointer: str, typed: str, *, at: datetime) -> Any:
    """Return what was typed as the setting's value in this change. Errors: `AnswersRejected` at `/value`."""
    under = ground(change, at=at)
    one = configure.setting(under, pointer)
    value = configure.read_value(one, typed)
    configure.must_stand_out(one, value, draft_of(under, change.edits).get("themes", {}).get("theme", {}))
    return value


def settle(viewer: Viewer, change_id: str, pointer: str, *, keep: bool, at: datetime, revision: int) -> Change:
    """Choose between the authority's own value and a new release's, where both changed it."""
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        found = [clash for clash in clashes(change, at=at) if clash.pointer == pointer]
        if not found:
            raise WrongState("This is settled already. Look at the change as it is now.")
        value, why = (found[0].mine, "Our own value kept") if keep else (found[0].theirs, "The release's value taken")
        new = Edit(pointer, found[0].theirs, value, why, viewer.account, viewer.name, at)
        edits = (*change.edits, new)
        configure.edited(ground(change, at=at), edits if keep else change.edits)
        return drafted(with_edits(change, edits), viewer, at, "settled", pointer)

    return carry_out(viewer, change_id, revision, act)


def undo(viewer: Viewer, change_id: str, pointer: str, *, at: datetime, revision: int) -> Change:
    """Take one edit out again."""
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        taken = _whole(ground(change, at=at), pointer)
        kept = tuple(one for one in change.edits if one.pointer != pointer and not one.pointer.startswith(taken))
        if len(kept) == len(change.edits):
            raise WrongState("There is no such edit any more. Look at the change as it is now.")
        return drafted(with_edits(change, kept), viewer, at, "undone", pointer)

    return carry_out(viewer, change_id, revision, act)


def undo_last(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Take the last step of editing back, whatever it was: a removed row is there again."""
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        if not change.batches:
            raise WrongState("There is nothing more to undo.")
        last = change.batches[-1]
        edits = _exchanged(change.edits, last.put, last.out)
        after = replace(change, edits=edits, batches=change.batches[:-1], undone=(*change.undone, last))
        return drafted(after, viewer, at, "undone", "")

    return carry_out(viewer, change_id, revision, act)


def redo(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Do again what was undone last."""
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        if not change.undone:
            raise WrongState("There is nothing to do again.")
        last = change.undone[-1]
        edits = _exchanged(change.edits, last.out, last.put)
        after = replace(change, edits=edits, batches=(*change.batches, last), undone=change.undone[:-1])
        return drafted(after, viewer, at, "redone", "")

    return carry_out(viewer, change_id, revision, act)


def reasoned(because: str) -> str:
    """Return a why without blanks at its ends. Errors: `AnswersRejected` at `/because` where there is none."""
    if not because.strip():
        problem = Problem("/because", "required", "Enter why, and who decided it: a minute, guidance, an e-mail")
        raise AnswersRejected("Say why", problems=[problem])
    return because.strip()


def with_edits(change: Change, edits: tuple[Edit, ...]) -> Change:
    """Return the change with other edits, the difference kept as its latest batch; what was undone is given up."""
    out = tuple(one for one in change.edits if one not in edits)
    put = tuple(one for one in edits if one not in change.edits)
    return replace(change, edits=edits, batches=(*change.batches, Batch(out, put))[-_KEPT:], undone=())


def _whole(under: Snapshot, pointer: str) -> str:
    """Return where a new form, rule set or decision table begins that makes no sense without what is at a pointer."""
    parent = pointer.rpartition("/")[0]
    new = pointer.startswith(("/rules/", "/forms/")) and parent.count("/") in (2, 4) and value_at(under, parent) is None
    return f"{parent}/" if new and parent.split("/")[3:4] in ([], ["decisions"]) else f"{pointer}/"


def _exchanged(edits: tuple[Edit, ...], out: Iterable[Edit], put: Iterable[Edit]) -> tuple[Edit, ...]:
    gone = tuple(out)
    return (*(one for one in edits if one not in gone), *put)
