"""Counts that are told outside: nobody may learn that it was this one family, not even by taking counts apart.

Below the threshold a count is not told. Any other is rounded to a multiple of the threshold, up or down, with the
chances that keep it right on average. Chance is not drawn afresh: each case has a number of its own, and the sum over
the cases in a cell decides. So the same cases always give the same count, however often they are asked for; two cells
that differ by one case, whether two steps of a parameter or a total and the rest of its parts, are rounded apart from
each other, and their difference says nothing sure about that case.
"""

from collections.abc import Mapping
from typing import Any

THRESHOLD = 5
_CHANCES = 65_536
_SPREAD = 40_503  # an odd number near 65,536 divided by the golden mean: neighbouring sums fall far apart


def published(count: int, noise: int, threshold: int = THRESHOLD) -> int | None:
    """Return a count as it may be told, None for one below the threshold; `noise` is the sum over its cases."""
    if count < threshold or threshold < 1:
        return None if threshold > 0 and count < threshold else count
    below, rest = divmod(count, threshold)
    chance = noise * _SPREAD % _CHANCES / _CHANCES
    return (below + (chance * threshold < rest)) * threshold


def threshold_of(tree: Mapping[str, Any]) -> int:
    """Return the threshold of a resolved tree: the largest `suppress_below` of its measures, else 5."""
    measures = tree.get("rules", {}).get("measures", {}).get("measures", {})
    stated = [measure["suppress_below"] for measure in measures.values() if "suppress_below" in measure]
    return max(stated, default=THRESHOLD)
