"""Equal and before, as JavaScript has them for JSON values (IsStrictlyEqual, IsLooselyEqual, IsLessThan).

Two lists or objects are equal only if they are one and the same, so nothing here recurses over data. Long texts are
charged to `run`.
"""

from typing import Any, Final

from frontdoor.domain.rules import code_units
from frontdoor.domain.rules.coerce import UNDEFINED, double, to_number, to_text
from frontdoor.domain.rules.fuel import Run

_NUMBERS: Final = (int, float)
_CONTAINERS: Final = (list, dict)


def strict_equal(a: Any, b: Any, run: Run) -> bool:
    """`===`: same type and same value; lists and objects only if they are one and the same."""
    first, second = a.__class__, b.__class__
    if first is int or first is float:
        return (second is int or second is float) and double(a) == double(b)
    if first is str:
        if second is not str:
            return False
        run.steps -= len(a) >> 9
        return bool(a == b)
    return a is b


def loose_equal(a: Any, b: Any, run: Run) -> bool:
    """`==`: "5" equals 5, null equals only null and undefined, [] equals ""; two lists only if they are one."""
    first, second = a.__class__, b.__class__
    if first is second or (first in _NUMBERS and second in _NUMBERS):
        return strict_equal(a, b, run)
    if a is None or a is UNDEFINED or b is None or b is UNDEFINED:
        return (a is None or a is UNDEFINED) and (b is None or b is UNDEFINED)
    if first in _CONTAINERS:
        if second in _CONTAINERS:
            return False
        if second is str:
            return bool(to_text(a, run) == b)
    elif second in _CONTAINERS and first is str:
        return bool(to_text(b, run) == a)
    return to_number(a, run) == to_number(b, run)


def less(a: Any, b: Any, run: Run) -> bool:
    """`a < b`: two texts by code units, everything else as numbers; NaN is never before anything."""
    first, second = _primitive(a, run), _primitive(b, run)
    if first.__class__ is str and second.__class__ is str:
        run.spend(min(code_units.cost(first), code_units.cost(second)))
        return code_units.before(first, second)
    return to_number(first, run) < to_number(second, run)


def less_or_equal(a: Any, b: Any, run: Run) -> bool:
    """`a <= b`, on the same terms; false when either is NaN."""
    first, second = _primitive(a, run), _primitive(b, run)
    if first.__class__ is str and second.__class__ is str:
        run.spend(min(code_units.cost(first), code_units.cost(second)))
        return not code_units.before(second, first)
    return to_number(first, run) <= to_number(second, run)


def _primitive(value: Any, run: Run) -> Any:
    return to_text(value, run) if value.__class__ in _CONTAINERS else value
