"""The order numbers of entries: an entry that moves gets a new number between its neighbours, the others keep theirs.

So an authority's difference from the shipped rules stays as small as it looks.
"""

import math
from collections.abc import Mapping
from typing import Any

STEP = 10

Entries = Mapping[str, Mapping[str, Any]]


def in_order(entries: Entries) -> list[str]:
    """Return the keys of entries in reading order; ties are broken by key."""
    return sorted(entries, key=lambda key: (entries[key].get("order", 0), key))


def orders(entries: Entries, key: str, position: int) -> dict[str, float]:
    """Return the new order numbers that bring `key` to a position, counted from 0 among the others.

    Only where there is no whole number left between the neighbours, as few of the following ones as possible move on.
    """
    others = [other for other in in_order(entries) if other != key]
    position = max(0, min(position, len(others)))
    numbers = [entries[other].get("order", 0) for other in others]
    before, after = numbers[:position], numbers[position:]
    if not before:
        return {key: _before(after[0]) if after else STEP}
    return _after(before[-1], [key, *others[position:]], after)


def _before(number: float) -> int:
    return math.floor(number / 2) if number > 1 else math.floor(number) - STEP


def _after(number: float, keys: list[str], following: list[float]) -> dict[str, float]:
    """Return numbers after `number` for the first of `keys`, and for as many after it as have to make room."""
    for many in range(1, len(keys)):
        room = following[many - 1] - number
        step = math.floor(room / (many + 1))
        if step >= 1:
            return {key: math.floor(number) + step * place for place, key in enumerate(keys[:many], start=1)}
    return {key: math.floor(number) + STEP * place for place, key in enumerate(keys, start=1)}
