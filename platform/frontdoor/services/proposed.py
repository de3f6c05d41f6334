"""What a change would publish: the snapshot it makes, not yet stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from frontdoor.domain import tree
from frontdoor.domain.canonical import digest
from frontdoor.domain.change import Change, Edit, Snapshot
from frontdoor.domain.errors import Conflict, NotFound
from frontdoor.services import configure, load
from frontdoor.store import snapshots


@dataclass(frozen=True)
class Clash:
    """A value that the authority had replaced and a new release changed too: a person has to choose.

    `mine` is the authority's, `theirs` the release's; None where the release no longer has such a value.
    """

    pointer: str
    mine: Any
    theirs: Any


def ground(change: Change, *, at: datetime) -> Snapshot:
    """Return what the change's edits are written over: its base, or the new release with the authority's own values.

    In a release, a value that clashes is the release's until an edit of the change settles it.
    """
    base = snapshots.get(change.authority, change.programme, change.base)
    if change.kind != "release":
        return base
    released = replace(load.candidate(change, at=at), number=base.number)
    kept = _kept(released, base.edits)
    if not kept:
        return released
    result = configure.edited(released, kept)
    origins = {pointer: asdict(origin) for pointer, origin in result.origins.items()}
    return replace(released, tree=result.document, origins=origins, edits=kept)


def clashes(change: Change, *, at: datetime) -> list[Clash]:
    """Return what a release changed that the authority had replaced too, and that no edit of the change settles yet."""
    if change.kind != "release":
        return []
    base = snapshots.get(change.authority, change.programme, change.base)
    released = load.candidate(change, at=at)
    kept = {edit.pointer for edit in _kept(released, base.edits)}
    settled = {edit.pointer for edit in change.edits}
    return [
        Clash(pointer, edit.value, value_at(released, pointer))
        for pointer, edit in _latest(base.edits).items()
        if pointer not in kept | settled and edit.value != value_at(released, pointer)
    ]


def proposed(change: Change, *, at: datetime) -> Snapshot:
    """Return the next snapshot under a change: its edits over what they are written over.

    Errors: `DocumentRejected` for a locked path; `Conflict` where a new release changed a value that the authority had
    replaced: an edit of that value in this change settles it.
    """
    unsettled = clashes(change, at=at)
    if unsettled:
        raise Conflict(
            "The new release changed values that you had replaced. Choose one of each first.",
            theirs={clash.pointer: clash.theirs for clash in unsettled},
            mine={clash.pointer: clash.mine for clash in unsettled},
        )
    under = ground(change, at=at)
    return with_edits(replace(under, change=change.id, because=change.title, same_as=None), change.edits)


def with_edits(under: Snapshot, edits: tuple[Edit, ...]) -> Snapshot:
    """Return the snapshot after `under`: the same with edits on top. Errors: `DocumentRejected` for a locked path."""
    differing = tuple(edit for edit in edits if edit.value != value_at(under, edit.pointer))
    result = configure.edited(under, differing)
    return replace(
        under,
        number=under.number + 1,
        digest=digest(result.document),
        tree=result.document,
        origins={pointer: asdict(origin) for pointer, origin in result.origins.items()},
        edits=(*under.edits, *differing),
    )


def draft_of(under: Snapshot, edits: tuple[Edit, ...]) -> Mapping[str, Any]:
    """Return the tree that edits would make, for looking at: no digest, no origins, locks not asked.

    Branches that no edit touches are those of `under` itself.
    """
    made: dict[str, Any] = dict(under.tree)
    for edit in sorted(edits, key=lambda edit: edit.pointer.count("/")):
        *branch, leaf = tree.steps(edit.pointer)
        below = made
        for step in branch:
            below[step] = dict(below.get(step) or {})
            below = below[step]
        if edit.value is None:
            below.pop(leaf, None)
        else:
            below[leaf] = edit.value
    return made


def value_at(snapshot: Snapshot, pointer: str) -> Any:
    """Return the value at a pointer, None where there is none."""
    try:
        return tree.read(snapshot.tree, pointer)
    except NotFound:
        return None


def _latest(edits: tuple[Edit, ...]) -> dict[str, Edit]:
    """Return the last edit of each value, its `was` being what the value was before the first."""
    first: dict[str, Any] = {}
    for edit in edits:
        first.setdefault(edit.pointer, edit.was)
    return {edit.pointer: replace(edit, was=first[edit.pointer]) for edit in edits}


def _kept(released: Snapshot, local: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the authority's earlier edits whose original the release has neither changed nor locked."""
    return tuple(
        edit
        for edit in _latest(local).values()
        if value_at(released, edit.pointer) == edit.was and configure.allowed(released, edit.pointer, edit.value)
    )
