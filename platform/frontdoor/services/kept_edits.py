"""What an editor makes of one document of a change, kept as edits: only what differs, and everybody's why as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path, canonical, find, pointer
from frontdoor.domain.change import Change, Edit, Snapshot
from frontdoor.domain.rules.dialect.patches import differences_between
from frontdoor.services import configure
from frontdoor.services.change_edits import with_edits
from frontdoor.services.change_steps import drafted
from frontdoor.services.proposed import draft_of, value_at


def kept(
    viewer: Viewer, change: Change, under: Snapshot, made: tuple[Path, Mapping[str, Any]], said: tuple[str, datetime]
) -> Change:
    """Return the change with edits that make the document at a path: `made` is (path, document), `said` (why, at).

    Edits of other places stay as they are. What is set back to what it was is no edit any more.
    Errors: `DocumentRejected` for what a layer below keeps locked, naming who keeps it.
    """
    (at, document), (because, when) = made, said
    now: Mapping[str, Any] = find(draft_of(under, change.edits), at, {})
    edits = list(change.edits)
    for one in differences_between(now, document, at):
        edits = [edit for edit in edits if not (edit.pointer + "/").startswith(one.pointer + "/")]
        was = value_at(under, one.pointer)
        above = any((one.pointer + "/").startswith(edit.pointer + "/") for edit in edits)
        if above or not _same(was, one.value):
            edits.append(Edit(one.pointer, was, one.value, because, viewer.account, viewer.name, when))
    if tuple(edits) == change.edits:
        return change
    configure.edited(under, tuple(edits))
    return drafted(with_edits(change, tuple(edits)), viewer, when, "edited", pointer(at))


def _same(was: Any, value: Any) -> bool:
    return was is value or (was is not None and value is not None and canonical(was) == canonical(value))
