"""Replay stored decisions: the same facts under the same rules must give the same answer, for as long as kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.rules.replay import replay, same
from frontdoor.services import programmes
from frontdoor.store import cases, receipts, views


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
    for stored in receipts.each(viewer, reference):
        yield _replayed(viewer, stored.case, stored.code, stored.id)


def replay_one(viewer: Viewer, reference: str, receipt_id: str, *, at: datetime) -> Replayed:
    """Replay one receipt of a case, for whoever may open the case. Errors: `NotFound`."""
    viewer.need("see_case")
    views.add(viewer, "receipt", receipt_id, at)
    return _replayed(viewer, reference, str(receipts.of_case(viewer, reference, receipt_id)["code"]), receipt_id)


def _replayed(viewer: Viewer, reference: str, code: str, receipt_id: str) -> Replayed:
    programme = programmes.of_case(cases.get(viewer, reference))
    before = programme.receipt(receipts.of_case(viewer, reference, receipt_id))
    return Replayed(reference, code, receipt_id, tuple(same(before, replay(before, programme.rules))))
