"""What the platform itself supplies to rules, besides answers, facts and parameters: the one list."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdoor.domain.text import Text


@dataclass(frozen=True)
class PlatformValue:
    """One value that nobody is asked for; `type` as of facts, and `object` for numbers by code."""

    path: str
    type: str
    label: Text


_LISTED = (
    PlatformValue(
        "family.open_episode",
        "boolean",
        {"en": "The family has an open episode", "cy": "Mae gan y teulu gyfnod cymorth agored"},
    ),
    PlatformValue(
        "family.closed_on",
        "date",
        {"en": "Day the last episode closed", "cy": "Y diwrnod y caeodd y cyfnod cymorth diwethaf"},
    ),
    PlatformValue(
        "family.contacts_12m",
        "integer",
        {"en": "Contacts in the last 12 months", "cy": "Cysylltiadau yn y 12 mis diwethaf"},
    ),
    PlatformValue("case.stage", "string", {"en": "Stage of the case", "cy": "Cam yr achos"}),
    PlatformValue("case.channel", "string", {"en": "How the nomination came", "cy": "Sut y daeth yr enwebiad"}),
    PlatformValue("capacity.free", "object", {"en": "Free places by base", "cy": "Lleoedd rhydd fesul canolfan"}),
    PlatformValue("as_of", "date", {"en": "Day of the decision", "cy": "Diwrnod y penderfyniad"}),
)

PLATFORM_VALUES: Mapping[str, PlatformValue] = {value.path: value for value in _LISTED}


def platform_value(path: str) -> PlatformValue | None:
    """Return the value that `path` reads, also one inside it (`capacity.free.swansea`); None if there is no such."""
    return next((value for value in _LISTED if path == value.path or path.startswith(f"{value.path}.")), None)
