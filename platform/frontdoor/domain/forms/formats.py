"""The formats that a question may ask for: what is right, and how it is stored.

An identifier is stored in one spelling (`943 476 5919` as `9434765919`, `sw1a1aa` as `SW1A 1AA`), so that two
people who write it differently are found to have written the same.
"""

import re
from collections.abc import Callable, Mapping

from frontdoor.domain import identifiers
from frontdoor.domain.forms import expected_dates, partial_dates, times

# White space that is taken off both ends: Unicode's, without the control characters, which are refused.
SPACES = "\t\n\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
# Control characters, and halves of surrogate pairs, which no database keeps.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

EMAIL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,63}"
PHONE = r"\+?(?:[ ().-]{0,3}[0-9]){7,15}[ ().-]{0,3}(?:(?:ext|x)\.? ?[0-9]{1,6})?"

IDENTIFIERS: Mapping[str, str] = {"nhs-no": "nhs", "upn": "upn", "nino": "nino", "postcode": "postcode", "uprn": "uprn"}
WIDGET_FORMATS: Mapping[str, str] = {
    "nhs_no": "nhs-no",
    "nino": "nino",
    "upn": "upn",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "date": "date",
    "partial_date": "partial-date",
    "expected_date": "expected-date",
    "time": "time-of-day",
    "moment": "moment",
}
CHECKSUMS = frozenset({"nhs-no", "upn"})  # what a regular expression cannot say

MOMENT = "[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_PATTERNS = {"moment": re.compile(MOMENT), "email": re.compile(EMAIL), "phone": re.compile(PHONE)}


def _identifier(kind: str) -> Callable[[str], bool]:
    return lambda text: identifiers.check(kind, text) == identifiers.VALID


CHECKS: Mapping[str, Callable[[str], bool]] = {
    **{name: _identifier(kind) for name, kind in IDENTIFIERS.items()},
    "email": lambda text: _PATTERNS["email"].fullmatch(text) is not None,
    "phone": lambda text: _PATTERNS["phone"].fullmatch(text) is not None,
    "date": lambda text: partial_dates.day(text) is not None,
    "partial-date": partial_dates.is_partial_date,
    "expected-date": expected_dates.is_expected_date,
    "time-of-day": times.is_time,
    "moment": lambda text: _PATTERNS["moment"].fullmatch(text) is not None,
}


def stored(name: str, text: str) -> str:
    """Return `text` in the one spelling of its format; unchanged when it is not right, so that it can be shown."""
    if name == "time-of-day":
        return times.stored(text)
    if name not in IDENTIFIERS or not CHECKS[name](text):
        return text
    kind = IDENTIFIERS[name]
    return identifiers.shown(kind, text) if kind == "postcode" else identifiers.tidy(text)


def shown(name: str, text: str) -> str:
    """Return a stored value as people read it: `943 476 5919`, `QQ 12 34 56 C`."""
    return identifiers.shown(IDENTIFIERS[name], text) if name in IDENTIFIERS else text
