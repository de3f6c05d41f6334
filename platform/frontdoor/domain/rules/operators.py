"""What each operator does to values that are already computed.

json-logic-js 2.0.5 decides every oddity: `+` and `*` read the number a text begins with, `-` `/` `%` and
comparisons read the whole text, `in` looks for text in text or for the same value in a list. Arguments come
in the order of the rule, `run` first; an argument the rule leaves out is undefined.
"""

import math
from typing import Any

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules import code_units, dates
from frontdoor.domain.rules.coerce import (
    EXACT,
    NAN,
    UNDEFINED,
    Number,
    double,
    parse_float,
    tidy,
    to_number,
    to_text,
    truthy,
)
from frontdoor.domain.rules.equality import less, less_or_equal, strict_equal
from frontdoor.domain.rules.fuel import ELEMENTS, TEXT, Run, list_too_long, text_too_long


def less_between(run: Run, a: Any, b: Any, c: Any) -> bool:
    """`{"<": [a, b, c]}`: strictly between, unless c is undefined."""
    return less(a, b, run) and (c is UNDEFINED or less(b, c, run))


def less_or_equal_between(run: Run, a: Any, b: Any, c: Any) -> bool:
    """`{"<=": [a, b, c]}`: between, ends included, unless c is undefined."""
    return less_or_equal(a, b, run) and (c is UNDEFINED or less_or_equal(b, c, run))


def add(run: Run, *values: Any) -> Number:
    """`+`: the sum of the numbers the texts begin with; null is NaN."""
    total: Number = 0
    for value in values:
        exact = value.__class__ is int and -EXACT <= value <= EXACT
        total += value if exact else parse_float(value, run)
        if not -EXACT <= total <= EXACT:
            total = float(total)
    return tidy(total) if total.__class__ is float else total


def multiply(run: Run, *values: Any) -> Any:
    """`*`: the product of the numbers the texts begin with; a single value comes back as it is.

    Raises:
        RuleFailed: there is nothing to multiply.
    """
    if not values:
        raise RuleFailed("`*` was given nothing to multiply")
    product = values[0]
    for value in values[1:]:
        product = float(parse_float(product, run)) * parse_float(value, run)
    return tidy(product) if product.__class__ is float else product


def subtract(run: Run, a: Any, b: Any) -> Number:
    """`-`: the difference, or `a` with its sign turned if b is undefined."""
    if b is UNDEFINED:
        return tidy(-float(to_number(a, run)))
    return tidy(float(to_number(a, run)) - to_number(b, run))


def divide(run: Run, a: Any, b: Any) -> Number:
    """`/`: by nought it is infinite, and 0/0 is NaN."""
    above, below = float(to_number(a, run)), float(to_number(b, run))
    if below:
        return tidy(above / below)
    if not above or above != above:
        return NAN
    return math.copysign(math.inf, above) * math.copysign(1, below)


def remainder(run: Run, a: Any, b: Any) -> Number:
    """`%`: the remainder has the sign of a; by nought it is NaN."""
    above, below = float(to_number(a, run)), float(to_number(b, run))
    if not below or math.isinf(above):
        return NAN
    return tidy(math.fmod(above, below))


def least(run: Run, *values: Any) -> Number:
    """`min`: infinity of nothing, NaN if any value is no number."""
    return _extreme([to_number(value, run) for value in values], math.inf, -1)


def greatest(run: Run, *values: Any) -> Number:
    """`max`: minus infinity of nothing, NaN if any value is no number."""
    return _extreme([to_number(value, run) for value in values], -math.inf, 1)


def _extreme(numbers: list[Number], best: Number, sign: int) -> Number:
    for number in numbers:
        if number != number:
            return NAN
        if (number - best) * sign > 0 or (not number and not best and math.copysign(1, number) == sign):
            best = number
    return best


def within(run: Run, part: Any, whole: Any) -> bool:
    """`in`: a text within a text, or the same value (`===`) in a list; false in anything else.

    Raises:
        RuleFailed: `whole` is an object with a key `indexOf`.
    """
    kind = whole.__class__
    if kind is list:
        run.spend(len(whole) >> 4)
        if part.__class__ is str:
            return part in whole
        if part.__class__ is int or part.__class__ is float:
            run.spend(len(whole))
            return any(strict_equal(part, each, run) for each in whole)
        return any(part is each for each in whole)
    if kind is str and whole:
        text = to_text(part, run)
        run.spend(len(whole) >> 8 if text.isascii() else len(whole))
        return code_units.contains(whole, text)
    if kind is dict and whole.get("indexOf", UNDEFINED) is not UNDEFINED:
        raise RuleFailed("`in` cannot look into an object with a key `indexOf`: rename the key")
    return False


def join(run: Run, *values: Any) -> str:
    """`cat`: the texts one after another; null is empty."""
    pieces = ["" if value is None or value is UNDEFINED else to_text(value, run) for value in values]
    size = sum(map(len, pieces))
    if size > TEXT:
        text_too_long()
    text = "".join(pieces)
    run.spend(code_units.cost(text))
    return code_units.mend(text)


def part_of_text(run: Run, source: Any, start: Any, count: Any) -> str:
    """`substr`: from `start` (from the end if negative), `count` code units (all but -count if negative)."""
    text = to_text(source, run)
    run.spend(code_units.cost(text))
    length = code_units.length(text)
    first = _index(start, run)
    begin = int(max(length + first, 0) if first < 0 else min(first, length))
    rest = length - begin
    taken = rest if count is UNDEFINED else int(max(0, min(_wanted(count, rest, run), rest)))
    return code_units.between(text, begin, begin + taken)


def _wanted(count: Any, length: int, run: Run) -> Number:
    if not less(count, 0, run):
        return _index(count, run)
    # JavaScript adds a negative text to the length as text ("4" + "-1"), which is no number: nothing is left.
    return _index(length + double(count), run) if count.__class__ in (int, float) else 0


def _index(value: Any, run: Run) -> Number:
    """Return a number without its fraction; NaN is 0."""
    number = to_number(value, run)
    if number != number:
        return 0
    return number if math.isinf(number) else int(number)


def merge(run: Run, *values: Any) -> list[Any]:
    """`merge`: one list of all values, each list laid open once."""
    size = sum(len(value) if value.__class__ is list else 1 for value in values)
    if size > ELEMENTS:
        list_too_long()
    run.spend(size >> 4)
    merged: list[Any] = []
    for value in values:
        if value.__class__ is list:
            merged += value
        else:
            merged.append(value)
    return merged


def count_true(run: Run, *values: Any) -> int:
    """`count_true`: how many arguments are true, or elements if the one argument is a list."""
    if len(values) == 1 and values[0].__class__ is list:
        run.spend(len(values[0]))
        return sum(map(truthy, values[0]))
    return sum(map(truthy, values))


def working_days_between(run: Run, a: Any, b: Any) -> int | None:
    """`working_days_between`, with the holidays that came with the facts as `holidays` (a list; none if absent)."""
    if run.holidays is False:
        stated = run.data.get("holidays") if run.data.__class__ is dict else None
        run.spend(len(stated) if stated.__class__ is list else 0)
        run.holidays = _holidays(stated)
    found = run.holidays
    run.spend(len(found) if isinstance(found, frozenset) else 0)
    return dates.working_days_between(a, b, found if isinstance(found, frozenset) else None)


def _holidays(stated: Any) -> frozenset[int] | None:
    if stated is None:
        return frozenset()
    return dates.holiday_ordinals(stated) if stated.__class__ is list else None


def is_unknown(value: Any) -> bool:
    """`unknown`: null, or not there."""
    return value is None or value is UNDEFINED
