"""The day a child is expected: a day, a month, or about a day, which is any day within two weeks of it.

"About" is kept as a partial date, 14 days either side (`2026-05-31/2026-06-28` is about 14 June 2026), so that rules
and displays meet nothing new.
"""

from datetime import timedelta

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.text import Text, say

EITHER_SIDE = timedelta(days=14)
LATEST = "as_of+294d"  # 42 weeks: no pregnancy that is known of today ends later (DOMAIN F.1)
NO_MONTH: Text = {"en": "must include a month", "cy": "rhaid cynnwys mis"}
_ABOUT: Text = {"en": "About {day}", "cy": "Tua {day}"}


def is_expected_date(value: object) -> bool:
    """Return whether `value` is a day, a month, about a day, or not known; a year alone says too little."""
    if value == partial_dates.UNKNOWN:
        return True
    bounds = partial_dates.interval(value)
    return bounds is not None and len(str(value)) > 4 and ("/" not in str(value) or middle(str(value)) is not None)


def about(day: str) -> str:
    """Return what is kept for about a day; unchanged when it is not a whole day, so that `fault` can say why."""
    exact = partial_dates.day(day)
    return f"{exact - EITHER_SIDE}/{exact + EITHER_SIDE}" if exact else day


def middle(value: str) -> str | None:
    """Return the day that an about-date was made of, None for any other value."""
    bounds = partial_dates.interval(value)
    if bounds is None or "/" not in value or bounds[1] - bounds[0] != 2 * EITHER_SIDE:
        return None
    return (bounds[0] + EITHER_SIDE).isoformat()


def shown(value: str, language: str = "en") -> str:
    """Return the date as people read it: `About 14 June 2026`."""
    day = middle(value)
    if day is None:
        return partial_dates.shown(value, language)
    return say(_ABOUT, language).format(day=partial_dates.shown(day, language))
