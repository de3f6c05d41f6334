"""A threshold on an age or a span up to the day of decision is a day itself: "under 18" is "born after that day".

`age_on`, `months_between` and `days_between` never rise with their first date nor fall with their second, and dates
in ISO order sort as texts. So the day is looked for once, with the operator itself, and each test is one comparison.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from frontdoor.domain.rules import dates
from frontdoor.domain.rules.fused.terms import base
from frontdoor.domain.rules.program import Term

SPANS: Final[Mapping[str, Callable[[Any, Any], int | None]]] = {
    "age_on": dates.age_on, "months_between": dates.months_between, "days_between": dates.days_between,
}  # fmt: skip
_LAST: Final = date.max.toordinal()
_BEFORE_ALL, _AFTER_ALL = "", "~"


@dataclass(frozen=True)
class Cut:
    """Where the span between a day and the day of decision reaches `least`.

    `first`: the day is the operator's first argument. The cut is then the last day whose span is `least` or more,
    else the first such day.
    """

    name: str
    first: bool
    least: int

    def day(self, as_of: str) -> str:
        """Return the cut as text; a text before or after all days where no day reaches it."""
        low, high = 0, _LAST + 1  # with `first`: low reaches it or is 0; else high reaches it or is beyond all days
        while high - low > 1:
            middle = (low + high) // 2
            text = date.fromordinal(middle).isoformat()
            found = SPANS[self.name](text, as_of) if self.first else SPANS[self.name](as_of, text)
            reached = found is not None and found >= self.least
            low, high = (middle, high) if reached is self.first else (low, middle)
        if self.first:
            return date.fromordinal(low).isoformat() if low else _BEFORE_ALL
        return date.fromordinal(high).isoformat() if high <= _LAST else _AFTER_ALL


def days(cuts: Iterable[Cut], as_of: str) -> tuple[str, ...]:
    """Return the day of each cut."""
    return tuple(cut.day(as_of) for cut in cuts)


def is_day(term: Term) -> bool:
    """Tell whether a term is a whole day, perhaps None."""
    return base(term) == "date" and not term.literal
