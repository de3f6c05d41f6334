"""The configuration that is live for an authority's programme, compiled once per snapshot."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from frontdoor.domain.case import Case, Pin
from frontdoor.domain.change import Snapshot
from frontdoor.domain.programme import Programme
from frontdoor.store import snapshots

Key = tuple[str, str, int, str]

_KEPT = 64
_compiled: OrderedDict[Key, Programme] = OrderedDict()
_lock = Lock()


def compiled(snapshot: Snapshot) -> Programme:
    """Return the snapshot parsed and its rules compiled; the same object for the same snapshot."""
    key = (snapshot.authority, snapshot.programme, snapshot.number, snapshot.digest)
    kept = _kept(key)
    if kept is not None:
        return kept
    made = Programme.from_tree(
        snapshot.tree,
        authority=snapshot.authority,
        programme=snapshot.programme,
        number=snapshot.number,
        digest=snapshot.digest,
    )
    with _lock:
        _compiled[key] = made
        while len(_compiled) > _KEPT:
            _compiled.popitem(last=False)
    return made


def live(authority: str, programme: str, at: datetime) -> Programme:
    """Return what is live at the instant `at`; raise `NotFound` when the authority does not run the programme."""
    return pinned(authority, programme, snapshots.live_pin(authority, programme, at))


def pinned(authority: str, programme: str, pin: Pin) -> Programme:
    """Return the configuration under which something was begun or received.

    A snapshot never changes, so one that was compiled before is not read again.
    """
    kept = _kept((authority, programme, pin.number, pin.digest))
    return kept or compiled(snapshots.get(authority, programme, pin.number))


def of_case(case: Case) -> Programme:
    """Return the configuration that a case was received under: its forms, rules and pathway."""
    return pinned(case.authority, case.programme, case.pin)


def running(authority: str, at: datetime) -> list[Programme]:
    """Return every programme that the authority runs, in the order of their ids."""
    return [live(authority, programme, at) for programme in snapshots.programmes(authority)]


def everywhere(at: datetime) -> list[Programme]:
    """Return every programme of every authority of this installation, for the start page."""
    return [programme for authority in snapshots.authorities() for programme in running(authority, at)]


def _kept(key: Key) -> Programme | None:
    with _lock:
        if key in _compiled:
            _compiled.move_to_end(key)
        return _compiled.get(key)
