"""What a fused function calls on values as they come in: each is of its kind, or the function gives up."""

from math import isfinite
from typing import Any, Final

from frontdoor.domain.forms import partial_dates

Days = tuple[str | None, str | None, str | None, str | None]

MOST_ELEMENTS: Final = 256
MOST_DAYS: Final = 50_000
_EXACT: Final = 2**53
NO_DAYS: Final[Days] = (None, None, None, None)

DAYS: Final[dict[str, Days]] = {}


class GiveUp(Exception):
    """Something came in that the function was not written for: the general way decides."""


def days(text: Any) -> Days:
    """Return the day a text names, the day it is known to be, its earliest and latest; None for what it is not.

    Kept for next time: the same days come again and again.
    """
    if text.__class__ is not str:
        raise GiveUp
    if len(DAYS) >= MOST_DAYS:
        DAYS.clear()
    bounds = partial_dates.interval(text)
    found = NO_DAYS
    if bounds is not None:
        low, high = (day.isoformat() for day in bounds)
        found = (text if len(text) == len(low) else None, low if low == high else None, low, high)
    DAYS[text] = found
    return found


def whole_day(text: Any) -> str:
    """Return a text that names a day."""
    found = (DAYS.get(text) or days(text))[0]
    if found is None:
        raise GiveUp
    return found


def number(value: Any) -> Any:
    """Return a number that a double holds exactly enough."""
    if value.__class__ is int and -_EXACT <= value <= _EXACT:
        return value
    if value.__class__ is float and isfinite(value) and -_EXACT <= value <= _EXACT:
        return value
    raise GiveUp


def whole_number(value: Any) -> Any:
    """Return a number that is written without a fraction, as codes are."""
    if value.__class__ is not int:
        raise GiveUp
    return number(value)


def texts(value: Any) -> list[str]:
    """Return a list of texts that is not long."""
    if value.__class__ is not list or len(value) > MOST_ELEMENTS:
        raise GiveUp
    for each in value:
        if each.__class__ is not str:
            raise GiveUp
    return value


def chosen(value: Any, unsure: frozenset[str], nothing: frozenset[str]) -> tuple[list[str] | None, bool]:
    """Return the options chosen, without those that stand for not knowing or for none, and whether more may apply."""
    if not value:
        if value is None or value == []:
            return None, False
        raise GiveUp
    texts(value)
    if unsure.isdisjoint(value):
        return (value if nothing.isdisjoint(value) else [each for each in value if each not in nothing]), False
    not_known = unsure.intersection(value)
    if len(not_known) == len(value):
        return None, False
    return [each for each in value if each not in not_known and each not in nothing], True


def rows(value: Any) -> list[dict[str, Any]]:
    """Return the rows of a group, each an object with an id of its own."""
    if value.__class__ is not list or len(value) > MOST_ELEMENTS:
        raise GiveUp
    ids = set()
    for row in value:
        if row.__class__ is not dict or row["id"].__class__ is not str:
            raise GiveUp
        ids.add(row["id"])
    if len(ids) != len(value):
        raise GiveUp
    return value


def a_bool(value: Any) -> bool:
    """Return true or false."""
    if value.__class__ is not bool:
        raise GiveUp
    return value


def a_text(value: Any) -> str:
    """Return a text."""
    if value.__class__ is not str:
        raise GiveUp
    return value
