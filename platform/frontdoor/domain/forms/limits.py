"""How early and how late a date may be, counted from the day the form is received."""

import re
from datetime import date, timedelta

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.questions import Question

_FROM_RECEIPT = re.compile(r"as_of(?:([+-][0-9]{1,5})d)?")


def day_of(limit: str, as_of: date) -> date | None:
    """Return the day that `as_of`, `as_of+294d` or `2026-01-31` means; None for no limit or one out of range."""
    counted = _FROM_RECEIPT.fullmatch(limit)
    if not counted:
        return partial_dates.day(limit)
    try:
        return as_of + timedelta(days=int(counted[1] or 0))
    except OverflowError:
        return None


def fault(question: Question, value: str, as_of: date) -> tuple[str, date | None]:
    """Return the keyword that a date or partial date breaks and the limit; `("", None)` when it is inside both.

    A partial date is refused only when no day that it may be is inside.
    """
    bounds = partial_dates.interval(value)
    if bounds is None:
        return "", None
    earliest, latest = bounds
    first, last = day_of(question.not_before, as_of), day_of(question.not_after, as_of)
    if last and earliest > last:
        return "not_after", last
    if first and latest < first:
        return "not_before", first
    return "", None
