"""The writers of a fused function by operator: those that know kinds and names, and the engine's own for the rest."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from frontdoor.domain.rules.fused.comparing import write_equal, write_ordered
from frontdoor.domain.rules.fused.lists import (
    LOOPS,
    refused,
    write_count,
    write_dates,
    write_extreme,
    write_in,
    write_loop,
    write_reduce,
)
from frontdoor.domain.rules.fused.logic import write_and, write_if, write_not, write_or, write_truth, write_var
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.program import Term
from frontdoor.domain.rules.writers import WRITERS

FUSED: Final[dict[str, Callable[[Any, list[Any]], Term]]] = {
    **WRITERS,
    "var": write_var,
    "if": write_if,
    "?:": write_if,
    "and": write_and,
    "or": write_or,
    "!": write_not,
    "!!": write_truth,
    **{sign: partial(write_ordered, sign=sign) for sign in ("<", "<=", ">", ">=")},
    **{sign: partial(write_equal, operator=sign) for sign in ("==", "===", "!=", "!==")},
    "in": write_in,
    "count_true": write_count,
    **{name: partial(write_dates, operator=name) for name in ("age_on", "months_between", "days_between")},
    **{name: partial(write_loop, operator=name) for name in LOOPS},
    "reduce": write_reduce,
    **{name: partial(write_extreme, operator=name) for name in ("min", "max")},
    # What builds large values could fail where the general way would not have looked: left to it.
    **dict.fromkeys(("cat", "substr", "merge", "map", "missing", "missing_some"), refused),
}


def writer() -> Fused:
    """Return a writer of one function."""
    return Fused(FUSED)
