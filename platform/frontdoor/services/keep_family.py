"""Keeping a test family in a change, or taking one out. Only made-up families: what looks real is refused."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import canonical, pointer
from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.dialect.orders import STEP
from frontdoor.domain.rules.dialect.proposing import propose_id
from frontdoor.domain.trial import Given
from frontdoor.services import drafted
from frontdoor.services.change_edits import with_edits
from frontdoor.services.change_steps import carry_out
from frontdoor.services.change_steps import drafted as edited
from frontdoor.services.checks.test_families import from_records
from frontdoor.services.proposed import draft_of, ground
from frontdoor.services.trial_families import TREE

_MOST = 200  # test families of one programme
_LARGEST = 200_000  # characters
_LONGEST = 200  # characters of a label


def save(
    viewer: Viewer, change_id: str, family: tuple[str, str, Given, Mapping[str, Any]], *, at: datetime, revision: int
) -> tuple[Change, str]:
    """Keep a family in the change; return the change and the family's id.

    `family` is (id, label, what is given, what is expected); `""` for the id of a new one. Errors: `AnswersRejected`
    for one without a name or an expectation, and for answers that may have come from a record.
    """
    viewer.need("edit_change")
    key, label, given, expect = family
    named: list[str] = []

    def act(change: Change) -> Change:
        held = held_in(change, at=at)
        _refuse(drafted.programme(change, at=at), label, given, expect)
        if key not in held and len(held) >= _MOST:
            raise _wrong("/label", "many", "Remove a test family first: there are as many as can be kept")
        name = key if key in held else propose_id(label.strip(), held)
        named[:] = [name]
        order = held.get(name, {}).get("order", max((one["order"] for one in held.values()), default=0) + STEP)
        made = {
            "order": order,
            "label": {"en": label.strip()},
            "given": {"value": given.to_json()},
            "expect": {"value": dict(expect)},
        }
        return _with(viewer, change, (name, made, f"Test family: {label.strip()}"), at)

    return carry_out(viewer, change_id, revision, act), named[0]


def remove(viewer: Viewer, change_id: str, key: str, *, at: datetime, revision: int) -> Change:
    """Take a test family out. Errors: `NotFound`."""
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        held = held_in(change, at=at)
        if key not in held:
            raise NotFound("There is no such test family any more. Look at those that are there now.")
        return _with(viewer, change, (key, None, f"Test family: {held[key]['label']['en']}"), at)

    return carry_out(viewer, change_id, revision, act)


def held_in(change: Change, *, at: datetime) -> Mapping[str, Any]:
    """Return the test families of a change by id, as they are kept."""
    found: Mapping[str, Any] = draft_of(ground(change, at=at), change.edits).get(TREE, {})
    return found


def _refuse(programme: Programme, label: str, given: Given, expect: Mapping[str, Any]) -> None:
    if not label.strip() or len(label.strip()) > _LONGEST:
        raise _wrong("/label", "required", "Say in a few words whom this is about, with no real name")
    if not any(expect.get(part) for part in ("forms", "decisions")):
        raise _wrong("/expect", "required", "Tick at least one thing that has to come of it")
    if len(canonical({"given": given.to_json(), "expect": expect})) > _LARGEST:
        raise _wrong("/label", "large", "This is more than a test family can hold. Shorten the longest answers")
    _refuse_records(programme, given)


def _refuse_records(programme: Programme, given: Given) -> None:
    for name, answers in given.answers.items():
        form = programme.forms.get(name)
        found = next(from_records(form, answers), None) if form else None
        if found and found[1] == "file":
            raise _wrong("/label", "real", "Take the file out: files come from records, and a test family has none")
        if found:
            raise _wrong("/label", "real", "Write an NHS number that nobody has: those for tests begin with 999")


def _wrong(where: str, code: str, message: str) -> AnswersRejected:
    return AnswersRejected("This cannot be kept as a test family yet", problems=[Problem(where, code, message)])


def _with(viewer: Viewer, change: Change, made: tuple[str, Any, str], at: datetime) -> Change:
    key, value, because = made
    here = pointer((TREE, key))
    was = ground(change, at=at).tree.get(TREE, {}).get(key)
    others = tuple(one for one in change.edits if not (one.pointer + "/").startswith(here + "/"))
    new = () if was == value else tuple(_split(Edit(here, was, value, because, viewer.account, viewer.name, at)))
    return edited(with_edits(change, (*others, *new)), viewer, at, "edited_families", key)


def _split(edit: Edit) -> Iterator[Edit]:
    """Yield one edit for a new or removed family, and one for each part of a family that is there already."""
    if edit.was is None or edit.value is None:
        yield edit
        return
    for part, steps in (("/label/en", ("label", "en")), ("/given/value", ("given", "value")),
                        ("/expect/value", ("expect", "value"))):  # fmt: skip
        old, new = (held[steps[0]][steps[1]] for held in (edit.was, edit.value))
        if old != new:
            yield Edit(edit.pointer + part, old, new, edit.because, edit.by, edit.by_name, edit.at)
