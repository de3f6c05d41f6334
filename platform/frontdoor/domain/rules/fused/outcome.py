"""What a decision comes to, without its reasons."""

from dataclasses import dataclass, replace
from typing import Any

from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed


@dataclass(frozen=True)
class Outcome:
    """Decision, reason code, printed argument, and the ids of the rows that fired: as a receipt has them."""

    decision: str
    reason_code: str
    argument: str | None
    fired: tuple[str, ...]

    def on(self, argument: str | None) -> "Outcome":
        """Return this with an argument; an empty one is none."""
        return replace(self, argument=argument or None)

    def printed(self, value: Any) -> "Outcome":
        """Return this with the value as its argument, as receipts print it."""
        return self if value is None else self.on(printed(Finding(value)))
