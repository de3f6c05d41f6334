"""Dates that are only partly known: a year, a month, an age band kept as an interval, or not known at all.

Grammar: `2014` · `2014-06` · `2014-06-03` · `2013-04-01/2015-03-31` (both ends included) · `unknown`.
Years have four figures and lie between 1000 and 2999.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from frontdoor.domain.calendar import add_months
from frontdoor.domain.text import Text, say

UNKNOWN = "unknown"
LAST_BAND = 130  # years; nobody is older

_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_PART = re.compile(r"([12][0-9]{3})(?:-([0-9]{2}))?")
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd",
        "Rhagfyr",
    ),
}  # fmt: skip
_BETWEEN: Text = {"en": "between {first} and {last}", "cy": "rhwng {first} a {last}"}
_NOT_KNOWN: Text = {"en": "Not known", "cy": "Ddim yn hysbys"}

_FAULTS: Mapping[str, Text] = {
    "day": {"en": "must include a day", "cy": "rhaid cynnwys diwrnod"},
    "month": {"en": "must include a month", "cy": "rhaid cynnwys mis"},
    "year": {"en": "must include a year", "cy": "rhaid cynnwys blwyddyn"},
    "month day": {"en": "must include a day and a month", "cy": "rhaid cynnwys diwrnod a mis"},
    "year day": {"en": "must include a day and a year", "cy": "rhaid cynnwys diwrnod a blwyddyn"},
    "year month": {"en": "must include a month and a year", "cy": "rhaid cynnwys mis a blwyddyn"},
    "year month day": {"en": "must include a day, a month and a year", "cy": "rhaid cynnwys diwrnod, mis a blwyddyn"},
    "four": {"en": "must have a year of 4 figures, like 2014", "cy": "rhaid i'r flwyddyn fod yn 4 ffigur, fel 2014"},
    "twelve": {"en": "must have a month from 1 to 12", "cy": "rhaid i'r mis fod rhwng 1 a 12"},
    "real": {"en": "must be a real date: that month has no such day",
             "cy": "rhaid iddo fod yn ddyddiad go iawn: nid oes diwrnod o'r fath yn y mis hwnnw"},
    "order": {"en": "must be two real dates, the earlier one first",
              "cy": "rhaid bod yn ddau ddyddiad go iawn, y cynharaf yn gyntaf"},
}  # fmt: skip


def day(value: object) -> date | None:
    """Return the date that `2014-06-03` names; None for any other text and for a day that never was."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def interval(value: object) -> tuple[date, date] | None:
    """Return the first and last day that `value` may be; None when it is `unknown` or no partial date."""
    if not isinstance(value, str):
        return None
    first, slash, last = value.partition("/")
    if slash:
        bounds = day(first), day(last)
        return (bounds[0], bounds[1]) if bounds[0] and bounds[1] and bounds[0] <= bounds[1] else None
    exact = day(value)
    if exact:
        return exact, exact
    return _part(value)


def _part(value: str) -> tuple[date, date] | None:
    found = _PART.fullmatch(value)
    if not found:
        return None
    year, month = int(found[1]), found[2]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= int(month) <= 12:
        return None
    return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])


def is_partial_date(value: object, *, bands: bool = True, unknown: bool = True) -> bool:
    """Return whether `value` is in the grammar; age bands and `unknown` only where the question allows them."""
    if value == UNKNOWN:
        return unknown
    return interval(value) is not None and (bands or "/" not in str(value))


def from_boxes(day_box: str, month_box: str, year_box: str) -> str:
    """Return what three boxes say, in the grammar as far as they are filled: `3`, `6`, `2014` is `2014-06-03`.

    Without a day it is `2014-06`, without day and month `2014`, without anything `""`. What is no number stays as it
    was typed, so `fault` can say which box to look at.
    """
    year, month, number = year_box.strip(), month_box.strip().zfill(2), day_box.strip().zfill(2)
    boxes = [year, "" if month == "00" else month, "" if number == "00" else number]
    while boxes and not boxes[-1]:
        boxes.pop()
    return "-".join(boxes)


def fault(value: str, *, whole: bool) -> Text:
    """Return what is wrong with a value that is no date, as the end of a sentence: `must include a day`.

    `whole` when a day, a month and a year are all wanted.
    """
    if "/" in value:
        return _FAULTS["order"]
    boxes = [*value.split("-", 2), "", ""][:3]
    wanted = zip(boxes, ("year", "month", "day"), strict=True)
    missing = [name for box, name in wanted if not box and (whole or name == "year" or (name == "month" and boxes[2]))]
    if missing:
        return _FAULTS[" ".join(missing)]
    if not re.fullmatch(r"[12][0-9]{3}", boxes[0]):
        return _FAULTS["four"]
    if not re.fullmatch(r"0[1-9]|1[0-2]|", boxes[1]):
        return _FAULTS["twelve"]
    return _FAULTS["real"]


def born_between(youngest: int, oldest: int | None, as_of: date) -> str:
    """Return the interval of birth dates of people aged `youngest` to `oldest` completed years on `as_of`.

    `oldest` is included; None means no upper limit. Somebody born on 29 February has their birthday on 1 March of
    other years. Aged 5 to 9 on 2026-11-23: `2016-11-24/2021-11-23`.
    """
    upper = LAST_BAND if oldest is None else oldest
    after = _years_before(as_of, upper + 1)
    return f"{(after + timedelta(days=1)).isoformat()}/{_years_before(as_of, youngest).isoformat()}"


def _years_before(as_of: date, years: int) -> date:
    """Return the last birth date of people who have had their `years`th birthday by `as_of`."""
    return add_months(as_of, -12 * years)


def shown_day(value: date, language: str = "en") -> str:
    """Return `3 June 2014`, or `3 Mehefin 2014` in Welsh."""
    return f"{value.day} {_month(value.month, language)} {value.year}"


def shown(value: str, language: str = "en") -> str:
    """Return a date or partial date as people read it; the value itself when it is neither."""
    if value == UNKNOWN:
        return say(_NOT_KNOWN, language)
    bounds = interval(value)
    if bounds is None:
        return value
    first, last = bounds
    if "/" in value:
        return say(_BETWEEN, language).format(first=shown_day(first, language), last=shown_day(last, language))
    if first == last:
        return shown_day(first, language)
    return value if len(value) == 4 else f"{_month(first.month, language)} {first.year}"


def _month(number: int, language: str) -> str:
    return _MONTHS.get(language, _MONTHS["en"])[number - 1]
