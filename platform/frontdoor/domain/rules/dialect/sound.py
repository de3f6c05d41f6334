"""Whether an entry holds together once its boxes are read: what one box says about another."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from frontdoor.domain.errors import Problem

Entry = Mapping[str, Any]


def faults(sort: str, entry: Entry, outcomes: Container[str] = frozenset()) -> list[Problem]:
    """Return what does not fit together in an entry of a sort; `outcomes` are those of its decision table."""
    found = list(_FAULTS[sort](entry)) if sort in _FAULTS else []
    if "decision" in entry and entry["decision"] not in outcomes:
        message = "Choose one of the table's outcomes, or add it there first"
        found.append(Problem("/decision", "unknown_outcome", message))
    return found


def _parameter(entry: Entry) -> Iterator[Problem]:
    bounds, value = entry.get("bounds", {}), entry["value"]
    low, high = bounds.get("min", float("-inf")), bounds.get("max", float("inf"))
    if low > high:
        yield Problem("/bounds/max", "bounds", "Enter a largest value that is not below the smallest")
    elif isinstance(value, int | float) and not isinstance(value, bool) and not low <= value <= high:
        yield Problem("/value", "bounds", "Enter a value within the bounds, or widen them")
    options = bounds.get("options")
    if options is not None and any(one not in options for one in (value if isinstance(value, list) else [value])):
        yield Problem("/value", "bounds", "Choose among the options, or add it to them")


def _fact(entry: Entry) -> Iterator[Problem]:
    if "roll_up" in entry and "over" not in entry:
        yield Problem("/over", "required", "Choose the group whose rows become one value")
    if "unknown_as" in entry and "unknown_because" not in entry:
        yield Problem("/unknown_because.en", "required", "Say why unknown may be taken so")


def _row(entry: Entry) -> Iterator[Problem]:
    if "when" not in entry:
        yield Problem("/when", "required", "Say when this row holds")


_FAULTS = {"parameter": _parameter, "fact": _fact, "row": _row}
