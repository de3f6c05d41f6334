"""Writes a comparison of an age, or of a span up to the day of decision, with a number: as one of days."""

import operator
from collections.abc import Callable, Mapping
from math import ceil, floor, isfinite
from typing import Any, Final

from frontdoor.domain.rules.fused.cutoffs import SPANS, Cut
from frontdoor.domain.rules.fused.terms import ALWAYS, NEVER, nullable
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.program import Term

COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def ordered_span(w: Fused, values: list[Any], sign: str) -> Term | None:
    """Return a comparison of such a span with a number, None where this is none."""
    found = _span(w, values)
    if found is None:
        return None
    name, first, day, number, swapped = found
    sign = _MIRRORED[sign] if swapped else sign
    least = ceil(number) if sign in ("<", ">=") else floor(number) + 1
    reaches = sign in (">=", ">")
    text = _compared(w, Cut(name, first, least), day, reaches=reaches)
    return _or_nothing(w, day, text, ALWAYS if COMPARE[sign](0, number) else NEVER)


def equal_span(w: Fused, values: list[Any]) -> Term | None:
    """Return whether such a span is a number, None where this is none."""
    found = _span(w, values)
    if found is None:
        return None
    name, first, day, number, _ = found
    if number != floor(number):
        return NEVER
    least = int(number)
    reached = _compared(w, Cut(name, first, least), day, reaches=True)
    beyond = _compared(w, Cut(name, first, least + 1), day, reaches=False)
    return _or_nothing(w, day, f"({reached} and {beyond})", NEVER)


def _compared(w: Fused, cut: Cut, day: Term, *, reaches: bool) -> str:
    if cut not in w.cuts:
        w.cuts.append(cut)
    sign = ("<=" if reaches else ">") if cut.first else (">=" if reaches else "<")
    return f"({day.text} {sign} x{w.cuts.index(cut)})"


def _or_nothing(w: Fused, day: Term, text: str, otherwise: Term) -> Term:
    """Return the test; a day that is not there has no span, which compares as null does."""
    if not nullable(day):
        return w.build(text, [day], "bool")
    return w.build(f"({text} if {day.text} is not None else {otherwise.text})", [day], "bool")


def _span(w: Fused, values: list[Any]) -> tuple[str, bool, Term, float, bool] | None:
    """Return operator, whether the day comes first, the day, the number, and whether the number comes first."""
    for at in (0, 1):
        logic = values[at]
        name = next(iter(logic)) if isinstance(logic, dict) and len(logic) == 1 else ""
        inner = logic[name] if name in SPANS else None
        if not isinstance(inner, list) or len(inner) != 2:
            continue
        number = w.constant(values[1 - at])
        if number is None or not isfinite(number.value) or abs(number.value) > 10**7:
            return None
        a, b = (w.day(each) for each in inner)
        if a is not None and b is not None and (a.text == "as_of") is not (b.text == "as_of"):
            first = b.text == "as_of"
            return name, first, a if first else b, number.value, at == 1
    return None
