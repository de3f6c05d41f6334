"""Making a snapshot live: numbered, hashed, immutable. Nothing that is live is ever edited."""

from dataclasses import replace
from datetime import datetime, time

from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change, Edit, Snapshot, Step
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotAllowed, Problem, WrongState
from frontdoor.services import check, configure, programmes, timeline
from frontdoor.services.identity import new_id
from frontdoor.services.proposed import proposed, value_at, with_edits
from frontdoor.store import changes, connection, snapshots


def edits(viewer: Viewer, change: Change, *, live_from: datetime, at: datetime) -> int:
    """Publish a change's edits over what will be live then; return the new number.

    What was published for a later day is published again on top, with these edits, so that it neither comes early nor
    undoes them. Call it in a transaction. Errors: `DocumentRejected` when a result fails any check.
    """
    later = timeline.waiting(change.authority, change.programme, live_from)
    if later and change.kind == "release":
        raise WrongState("A change waits for a later day. Choose that day for the release, or take the change back.")
    number = snapshots.newest(change.authority, change.programme).number + 1
    made = replace(
        proposed(change, at=at), number=number, live_from=live_from, published_at=at, published_by=viewer.account
    )
    _add(made)
    for offset, version in enumerate(later, start=1):
        one = snapshots.get(change.authority, change.programme, version.number)
        mine = tuple(edit for edit in change.edits if value_at(one, edit.pointer) == edit.was)
        _add(replace(with_edits(one, mine), number=number + offset, published_at=at, published_by=viewer.account))
    return number


def emergency(viewer: Viewer, programme: str, one: tuple[str, str, str], *, at: datetime) -> Change:
    """Publish one word or contact number at once: `one` is (pointer, typed value, why). Reviewed within a working day.

    Errors: `NotAllowed` for anything but notices and words; `AnswersRejected` for a value that will not do.
    """
    viewer.need("emergency_publish")
    pointer, typed, because = one

    def act() -> Change:
        base = snapshots.live(viewer.authority, programme, at)
        setting = configure.setting(base, pointer)
        if setting.group not in configure.EMERGENCY_GROUPS:
            raise NotAllowed("Only words and contact numbers can be published at once. Begin a change for it.")
        value = configure.read_value(setting, typed)
        _reasoned(because)
        if value == setting.value:
            problem = Problem("/value", "same", "Enter something else than it is now")
            raise AnswersRejected("Nothing would change", problems=[problem])
        change = _at_once(viewer, programme, ("emergency", because), base.number, at)
        edit = Edit(pointer, setting.value, value, because.strip(), viewer.account, viewer.name, at)
        change = replace(change, edits=(edit,))
        number = edits(viewer, change, live_from=at, at=at)
        return changes.add(viewer, replace(change, published=number))

    return connection.in_transaction(act)


def roll_back(viewer: Viewer, programme: str, number: int, because: str, *, at: datetime) -> Change:
    """Publish an earlier snapshot again, at once, as the next number; countersigned within a working day.

    What was published for a later day never becomes live then: rolling back to what is live now takes it back.
    """
    viewer.need("roll_back")
    _reasoned(because)

    def act() -> Change:
        earlier = snapshots.get(viewer.authority, programme, number)
        live = snapshots.live(viewer.authority, programme, at)
        if earlier.live_from > at:
            raise WrongState("That one has never been live. Choose an earlier one.")
        if earlier.digest == live.digest and not timeline.waiting(viewer.authority, programme, at):
            raise WrongState("That is what is live now. Choose an earlier one.")
        change = _at_once(viewer, programme, ("roll_back", because), live.number, at)
        again = replace(
            earlier,
            number=snapshots.newest(viewer.authority, programme).number + 1,
            live_from=at,
            published_at=at,
            published_by=viewer.account,
            because=because.strip(),
            change=change.id,
            same_as=number,
        )
        _add(again)
        return changes.add(viewer, replace(change, published=again.number))

    return connection.in_transaction(act)


def review(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Countersign, as a second person, what was published at once."""
    viewer.need("approve_change")
    change = changes.get(viewer, change_id)
    if not change.to_review:
        raise WrongState("Nothing waits for a review here.")
    if viewer.account in change.editors:
        raise NotAllowed("You published this yourself, so somebody else has to review it.")
    step = Step(at, viewer.account, viewer.name, "reviewed")
    after = replace(change, reviewed_by=viewer.account, steps=(*change.steps, step))
    return changes.replace(viewer, after, expected_revision=revision)


def _add(snapshot: Snapshot) -> None:
    """Store a snapshot, for what is published always works."""
    problems = check.tree_problems(snapshot.tree)
    if problems:
        raise DocumentRejected("This cannot be published until it is put right. Check the change.", problems=problems)
    snapshots.add(snapshot)


def _at_once(viewer: Viewer, programme: str, kind_and_why: tuple[str, str], base: int, at: datetime) -> Change:
    kind, because = kind_and_why
    calendar = programmes.live(viewer.authority, programme, at).calendar
    due = calendar.add_working_days(calendar.local_date(at), 1)
    return Change(
        id=new_id(),
        authority=viewer.authority,
        programme=programme,
        title=because.strip(),
        kind=kind,
        state="published",
        base=base,
        created_at=at,
        created_by=viewer.account,
        from_at=at,
        review_due_at=calendar.at_local(due, time(23, 59)),
        steps=(Step(at, viewer.account, viewer.name, kind),),
    )


def _reasoned(because: str) -> None:
    if not because.strip():
        problem = Problem("/because", "required", "Enter why this cannot wait")
        raise AnswersRejected("Say why", problems=[problem])
