"""Which versions are still to come. A publish never brings forward, or loses, what was planned for a later day."""

from datetime import datetime

from frontdoor.store import snapshots
from frontdoor.store.snapshots import Version


def waiting(authority: str, programme: str, after: datetime) -> list[Version]:
    """Return the versions that will become live after an instant, the soonest first.

    The greatest number whose moment has come is live, so one is overtaken, and left out, when a greater number becomes
    live no later.
    """
    found: list[Version] = []
    for one in snapshots.history(authority, programme):
        if one.live_from <= after:
            break
        if not found or one.live_from < found[-1].live_from:
            found.append(one)
    return found[::-1]
