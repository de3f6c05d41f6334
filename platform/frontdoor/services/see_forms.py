"""Looking at the forms of a change, and at those that are live, without changing anything."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import NotFound
from frontdoor.domain.text import Text
from frontdoor.services.edit_conditions import Design, design, tree_of
from frontdoor.store import changes, snapshots


def titles_of_change(viewer: Viewer, change_id: str, *, at: datetime) -> tuple[Change, Mapping[str, Text]]:
    """Return a change and the titles of the forms that it would publish, by name."""
    change = changes.get(viewer, change_id)
    return change, _titles(tree_of(change, at=at))


def of_change(viewer: Viewer, change_id: str, name: str, *, at: datetime) -> Design:
    """Return a form of a change as it would be. Errors: `NotFound` for a name that no form has."""
    return design(changes.get(viewer, change_id), name, at=at)


def live(viewer: Viewer, programme: str, *, at: datetime) -> Mapping[str, Text]:
    """Return the titles of the live forms of a programme by name."""
    return _titles(snapshots.live(viewer.authority, programme, at).tree)


def live_form(viewer: Viewer, programme: str, name: str, *, at: datetime) -> Design:
    """Return a live form by its name or id. Errors: `NotFound` for a name that no form has."""
    tree, name = snapshots.live(viewer.authority, programme, at).tree, name.replace("_", "-")
    if name not in tree.get("forms", {}):
        raise NotFound("There is no such form in this programme. Choose one of those listed.")
    return Design(tree, name)


def _titles(tree: Mapping[str, Any]) -> Mapping[str, Text]:
    return {name: document.get("title", {}) for name, document in sorted(tree.get("forms", {}).items())}
