"""The operators a rule may use, and with how many arguments.

json-logic-js 2's own, but not `log` (it writes to a console), and the six that family-support rules need.
Anything else is refused: an earlier engine's `method` ran arbitrary Python from a stored rule.
"""

from typing import Final

ANY_NUMBER: Final = 2_000

ARITY: Final[dict[str, tuple[int, int]]] = {
    "var": (1, 2), "missing": (1, ANY_NUMBER), "missing_some": (2, 2),
    "if": (2, ANY_NUMBER), "?:": (3, 3), "and": (1, ANY_NUMBER), "or": (1, ANY_NUMBER), "!": (1, 1), "!!": (1, 1),
    "==": (2, 2), "===": (2, 2), "!=": (2, 2), "!==": (2, 2),
    ">": (2, 2), ">=": (2, 2), "<": (2, 3), "<=": (2, 3),
    "+": (1, ANY_NUMBER), "-": (1, 2), "*": (2, ANY_NUMBER), "/": (2, 2), "%": (2, 2),
    "min": (1, ANY_NUMBER), "max": (1, ANY_NUMBER),
    "map": (2, 2), "filter": (2, 2), "reduce": (3, 3), "all": (2, 2), "none": (2, 2), "some": (2, 2),
    "merge": (1, ANY_NUMBER), "in": (2, 2), "cat": (1, ANY_NUMBER), "substr": (2, 3),
    "age_on": (2, 2), "months_between": (2, 2), "days_between": (2, 2), "working_days_between": (2, 2),
    "count_true": (1, ANY_NUMBER), "unknown": (1, 1),
}  # fmt: skip

ADDED: Final = frozenset({"age_on", "months_between", "days_between", "working_days_between", "count_true", "unknown"})
ITERATORS: Final = frozenset({"map", "filter", "reduce", "all", "none", "some"})

# Segments that lead a browser into JavaScript's own objects.
FORBIDDEN_SEGMENTS: Final = frozenset({"__proto__", "constructor", "prototype"})


def arguments(logic: dict[str, object]) -> tuple[str, list[object]]:
    """Return a one-key object's operator and arguments; a single argument need not be in a list."""
    operator, values = next(iter(logic.items()))
    return operator, values if isinstance(values, list) else [values]
