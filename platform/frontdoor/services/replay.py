"""Replay stored decisions: the same facts under the same rules must give the same answer, for as long as kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case, Entry, Event
from frontdoor.domain.errors import Conflict, NotFound
from frontdoor.domain.rules.replay import replay, same
from frontdoor.services import programmes
from frontdoor.services.identity import new_id
from frontdoor.store import cases, receipts, views

DIFFERS = "replay_differs"  # the code of the alarm on a case's timeline and in the ledger


@dataclass(frozen=True)
class Replayed:
    """One receipt decided again: the case's reference, the decision, and every difference (none is as it should be)."""

    reference: str
    code: str
    receipt: str
    differences: tuple[str, ...]


def replay_all(viewer: Viewer, reference: str | None = None) -> Iterator[Replayed]:
    """Replay every receipt that the viewer may read, or those of one case."""
    viewer.need("replay_receipts")
    yield from replay_each(viewer, reference)


def replay_each(viewer: Viewer, reference: str | None = None) -> Iterator[Replayed]:
    """Replay the receipts for whoever was let do so already: the platform itself, at work on a job."""
    for stored in receipts.each(viewer, reference):
        try:
            yield _replayed(viewer, stored.case, stored.code, stored.id)
        except NotFound:  # the rules that it names are gone: it cannot be shown to be right any more
            yield Replayed(stored.case, stored.code, stored.id, ("/snapshot",))


def replay_one(viewer: Viewer, reference: str, receipt_id: str, *, at: datetime) -> Replayed:
    """Replay one receipt of a case, for whoever may open the case. Errors: `NotFound`."""
    viewer.need("see_case")
    views.add(viewer, "receipt", receipt_id, at)
    done = _replayed(viewer, reference, str(receipts.of_case(viewer, reference, receipt_id)["code"]), receipt_id)
    if done.differences:
        raise_alarm(viewer, done, at=at)
    return done


def raise_alarm(viewer: Viewer, replayed: Replayed, *, at: datetime) -> None:
    """Write on the case, and so in the ledger, that a receipt gives another answer; once for each receipt."""
    inside = system_viewer(viewer.authority)
    case = cases.get(inside, replayed.reference)
    if any(one.what == DIFFERS and one.detail.get("receipt") == replayed.receipt for one in case.history):
        return
    try:
        cases.replace(inside, _alarmed(case, replayed, viewer, at), expected_revision=case.revision)
    except Conflict:
        # Somebody is working on the case: the result of the job tells it, and the next replay writes it.
        return


def _alarmed(case: Case, replayed: Replayed, by: Viewer, at: datetime) -> Case:
    detail = {"decision": replayed.code, "receipt": replayed.receipt}
    noted = case.noting(Entry(at, by.account, by.name, DIFFERS, detail))
    return noted.telling(Event(new_id(), DIFFERS, at, detail))


def _replayed(viewer: Viewer, reference: str, code: str, receipt_id: str) -> Replayed:
    programme = programmes.of_case(cases.get(viewer, reference))
    before = programme.receipt(receipts.of_case(viewer, reference, receipt_id))
    return Replayed(reference, code, receipt_id, tuple(same(before, replay(before, programme.rules))))
