"""The only place that reads the time. Everything below takes `at` (an instant) or `on` (a local date) instead.

A demonstration may run some days ahead, to show clocks turning red: `FRONTDOOR_CLOCK_OFFSET` (seconds) is obeyed only
while `FRONTDOOR_DEMO` is 1, so a real service cannot be made to keep false time by its environment.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta


def offset(environ: Mapping[str, str]) -> timedelta:
    """Return how far ahead a demonstration's clock runs; nothing at all outside a demonstration.

    Raises:
        ValueError: the offset is not a whole number of seconds.
    """
    if environ.get("FRONTDOOR_DEMO") != "1":
        return timedelta()
    seconds = environ.get("FRONTDOOR_CLOCK_OFFSET") or "0"
    try:
        return timedelta(seconds=int(seconds))
    except ValueError:
        raise ValueError("FRONTDOOR_CLOCK_OFFSET must be a whole number of seconds, such as 86400 for a day") from None


_AHEAD = offset(os.environ)


def now() -> datetime:
    """Return this instant in UTC, to the millisecond (all that the database keeps)."""
    instant = datetime.now(UTC) + _AHEAD
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
