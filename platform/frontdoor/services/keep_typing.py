"""Never lose what a designer types: kept while it is typed, shown again after a time-out, forgotten once saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.store import changes, typing

Fields = Mapping[str, Sequence[str]]
_MOST = 400  # boxes
_LONGEST = 20_000  # characters of one


@dataclass(frozen=True)
class Typed:
    """What somebody typed into an editor without saving it, and when."""

    fields: Fields
    at: datetime


def keep(viewer: Viewer, change_id: str, where: str, fields: Fields, *, at: datetime) -> None:
    """Keep what is in the boxes of an editor of a change. Errors: `AnswersRejected` for more than any page sends."""
    viewer.need("edit_change")
    changes.get(viewer, change_id)
    if len(fields) > _MOST or any(len(text) > _LONGEST for texts in fields.values() for text in texts):
        words = "Shorten what is typed: it cannot be kept"
        raise AnswersRejected(words, problems=[Problem("", "too_long", words)])
    typing.keep(viewer, f"/{change_id}{where}", fields, at)


def kept(viewer: Viewer, change_id: str, where: str) -> Typed | None:
    """Return what this person typed into an editor and has not saved."""
    found = typing.kept(viewer, f"/{change_id}{where}")
    return None if found is None else Typed(*found)


def forget(viewer: Viewer, change_id: str, where: str) -> None:
    """Forget it: it was saved, or is not wanted."""
    typing.forget(viewer, f"/{change_id}{where}")
