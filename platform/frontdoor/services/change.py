"""The journey of a change: draft, checked, submitted, approved by somebody else, published from an instant.

Its edits are in `change_edits.py`; what may not wait (words, contact numbers, rolling back) is in `publish.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from frontdoor.domain.access import Viewer
from frontdoor.domain.calendar import Calendar
from frontdoor.domain.change import Change, CheckReport, Step
from frontdoor.domain.errors import AnswersRejected, NotAllowed, Problem, WrongState
from frontdoor.services import people, publish, trial
from frontdoor.services.change_edits import settings
from frontdoor.services.change_proofs import ask_for_proof
from frontdoor.services.change_steps import carry_out, noted, opened, rebased, unapproved
from frontdoor.services.identity import new_id
from frontdoor.store import changes, snapshots

_TITLE = 200  # characters


def begin(viewer: Viewer, programme: str, title: str, *, at: datetime) -> Change:
    """Start a change to what is live. Errors: `AnswersRejected` at `/title`."""
    viewer.need("edit_change")
    if not title.strip() or len(title.strip()) > _TITLE:
        message = f"Enter a title of at most {_TITLE} characters, like the minute that decided it"
        raise AnswersRejected("Give the change a title", problems=[Problem("/title", "required", message)])
    change = Change(
        id=new_id(),
        authority=viewer.authority,
        programme=programme,
        title=title.strip(),
        kind="change",
        state="draft",
        base=snapshots.live(viewer.authority, programme, at).number,
        created_at=at,
        created_by=viewer.account,
        steps=(Step(at, viewer.account, viewer.name, "begun"),),
    )
    return changes.add(viewer, change)


def check(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Run every check, example, past case and proof against the draft; `checked` when nothing is red.

    A change that began before what is live now is first moved onto it; where both changed the same value that is a
    `Conflict` for a person. A table whose proof takes long is left to the worker: it stays a draft until that is done.
    """
    viewer.need("edit_change")
    before = opened(viewer, change_id, revision)
    if not before.edits and before.kind != "release":
        raise WrongState("Nothing is changed yet. Change a value first, then check it.")
    moved = rebased(before, at)
    tried = trial.run(moved, at=at)  # takes seconds, so outside the transaction; the revision guards what was tried

    def act(_: Change) -> Change:
        report = ask_for_proof(moved, tried, viewer.account, at) if tried.proving else tried
        state = "checked" if report.green else "draft"
        return noted(replace(unapproved(moved), report=report, state=state), viewer, at, "checked")

    return carry_out(viewer, change_id, revision, act)


def submit(
    viewer: Viewer,
    change_id: str,
    *,
    on: date | None,
    at: datetime,
    revision: int,
    acknowledged: frozenset[str] = frozenset(),
) -> Change:
    """Ask for approval; `on` is the local day from whose 00:00 it should be live (`None`: as soon as published).

    Where another snapshot will be live on that day the change is moved onto that one and tried again. `acknowledged`
    are the classes of the second engine's differences that the submitter has looked at; `AnswersRejected` at
    `/acknowledged` where one is missing.
    """
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        _may_be_submitted(change)
        from_at = None if on is None else Calendar.at_local(on, time())
        if from_at is not None and from_at <= at:
            problem = Problem("/from", "past", "Enter a day after today, or choose as soon as it is approved")
            raise AnswersRejected("Choose a later day", problems=[problem])
        after = rebased(replace(change, from_at=from_at), at)
        if after.base != change.base:
            # Nobody waits for a proof here: a table that needs longer counts, and is shown, as not proved.
            after = replace(after, report=replace(trial.run(after, at=at), proving=()))
        if after.report is None or not after.report.green:
            raise WrongState("Other values will be live on that day, and with them a check is red. Choose another day.")
        screened(after)
        _acknowledged(after.report, acknowledged)
        return noted(replace(after, state="submitted", submitted_by=viewer.account), viewer, at, "submitted")

    return carry_out(viewer, change_id, revision, act)


def _may_be_submitted(change: Change) -> None:
    if change.report is not None and change.report.proving:
        raise WrongState("The proof still runs. Submit the change when it is done.")
    if change.state != "checked":
        raise WrongState("Check the change first. It can be submitted when nothing is red.")
    screened(change)


def screened(change: Change) -> None:
    """Raise `WrongState` while a change that moves a decision lacks its answers about equality and data protection."""
    if change.to_screen:
        raise WrongState(
            "Answer the questions about equality and data protection first. They are on the change's page."
        )


def _acknowledged(report: CheckReport, acknowledged: frozenset[str]) -> None:
    missing = sorted(report.to_acknowledge - acknowledged)
    if missing:
        message = "Confirm that you have looked at what a second engine answers differently"
        problems = [Problem(f"/acknowledged/{kind}", "required", message) for kind in missing]
        raise AnswersRejected("Look at the second opinion", problems=problems)


def approve(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Approve as a second person, who neither edited nor submitted it (by account, whatever the roles)."""
    viewer.need("approve_change")

    def act(change: Change) -> Change:
        change.may_be_approved_by(viewer.account)
        after = replace(change, state="approved", approved_by=viewer.account, approved_name=viewer.name)
        return noted(after, viewer, at, "approved")

    return carry_out(viewer, change_id, revision, act)


def send_back(viewer: Viewer, change_id: str, why: str, *, at: datetime, revision: int) -> Change:
    """Return a submitted change to its editors with a reason."""
    viewer.need("approve_change")
    if not why.strip():
        problem = Problem("/why", "required", "Enter what should be changed before it can be approved")
        raise AnswersRejected("Say why", problems=[problem])

    def act(change: Change) -> Change:
        change.may_be_approved_by(viewer.account)
        return noted(replace(unapproved(change), state="draft"), viewer, at, "sent_back", why)

    return carry_out(viewer, change_id, revision, act)


def publish_change(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Publish an approved change as the next snapshot, live from its instant, or at once where that has passed."""
    viewer.need("publish_change")

    def act(change: Change) -> Change:
        if change.state != "approved":
            raise WrongState("Only an approved change can be published. Ask a second person to approve it first.")
        return _published(viewer, change, "published", at)

    return carry_out(viewer, change_id, revision, act)


def publish_alone(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Publish a checked change without a second person, where the authority has none. It is flagged for good.

    Errors: `NotAllowed` where somebody else may approve, or where it changes more than numbers within their bounds.
    Source: DESIGN section 4, "Change".
    """
    viewer.need("publish_change")
    viewer.need("edit_change")

    def act(change: Change) -> Change:
        if change.state not in ("checked", "submitted"):
            raise WrongState("Check the change first. It can be published when nothing is red.")
        screened(change)
        if people.others_who_may(viewer, "approve_change", at):
            raise NotAllowed("Somebody else here may approve changes. Submit this one for approval.")
        if not only_bounded(change, at=at):
            raise NotAllowed("Alone you may only change numbers within their bounds. Ask for a second person first.")
        return _published(viewer, change, "published_alone", at)

    return carry_out(viewer, change_id, revision, act)


def only_bounded(change: Change, *, at: datetime) -> bool:
    """Return whether a change sets nothing but parameters that have bounds; values outside were refused when typed."""
    bounded = {one.pointer for one in settings(change, at=at) if one.group == "parameters" and one.bounds}
    return change.kind == "change" and all(edit.pointer in bounded for edit in change.edits)


def withdraw(viewer: Viewer, change_id: str, *, at: datetime, revision: int) -> Change:
    """Give a change up; it stays in the history."""
    viewer.need("edit_change")
    return carry_out(
        viewer, change_id, revision, lambda change: noted(replace(change, state="withdrawn"), viewer, at, "withdrawn")
    )


def all_of(viewer: Viewer) -> Sequence[Change]:
    """Return the authority's changes, the newest first."""
    return changes.all_of(viewer)


def get(viewer: Viewer, change_id: str) -> Change:
    """Return one change."""
    return changes.get(viewer, change_id)


def _published(viewer: Viewer, change: Change, how: str, at: datetime) -> Change:
    live_from = max(change.from_at, at) if change.from_at else at
    if snapshots.live(change.authority, change.programme, live_from).number != change.base:
        raise WrongState("Another change was published meanwhile. Check this one again; it moves onto the newest.")
    number = publish.edits(viewer, change, live_from=live_from, at=at)
    return noted(replace(change, state="published", published=number, from_at=live_from), viewer, at, how)
