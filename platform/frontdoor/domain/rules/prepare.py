"""Prepared data: plain JSON in which companions say what is unknown, none, incomplete or between bounds. ADR 0003."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SIGNS = "?!<>+"


@dataclass(frozen=True)
class Finding:
    """What is known of one value.

    Exactly known: `value` is not None. Known to be none: `none`. Else unknown, perhaps between `low` and `high`
    (dates as text, numbers). A list that is not `complete` holds in `value` what surely belongs to it.
    """

    value: Any = None
    none: bool = False
    low: Any = None
    high: Any = None
    complete: bool = True

    @property
    def known(self) -> bool:
        """Whether nothing about the value is open."""
        return self.none or (self.value is not None and self.complete)

    @property
    def state(self) -> str:
        """`known`, `none`, `between`, `incomplete` or `unknown`."""
        if self.none:
            return "none"
        if self.value is not None:
            return "known" if self.complete else "incomplete"
        return "unknown" if self.low is None and self.high is None else "between"


UNKNOWN = Finding()
NONE = Finding(none=True)
EMPTY: Mapping[str, Any] = {"boolean": False, "number": 0, "integer": 0, "list": []}


def known_empty(kind: str) -> Finding:
    """Return what "known to be empty" means for a type: false, 0, [], or none for texts and dates."""
    return Finding(EMPTY[kind]) if kind in EMPTY else NONE


def between(low: Any, high: Any) -> Finding:
    """Return the finding of a value between bounds; equal bounds are an exact value."""
    if low is not None and low == high:
        return Finding(low)
    return Finding(low=low, high=high)


def place(target: dict[str, Any], key: str, finding: Finding) -> None:
    """Write a finding with its companions at `key`, replacing what was there."""
    for sign in SIGNS:
        target.pop(sign + key, None)
    target[key] = finding.value
    if not finding.known:
        target["?" + key] = True
    if finding.none:
        target["!" + key] = True
    if finding.low is not None:
        target["<" + key] = finding.low
    if finding.high is not None:
        target[">" + key] = finding.high
    if not finding.complete:
        target["+" + key] = True
