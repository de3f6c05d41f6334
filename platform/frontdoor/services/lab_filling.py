"""Finds the numbers that matter to each situation, and decides every cell of a parameter that is moved alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil, floor

import numpy as np

from frontdoor.domain.rules.table import Parameter
from frontdoor.domain.rules.thresholds import Compared, numbers, of_table, samples
from frontdoor.services.lab_cells import Cells, numbers_of
from frontdoor.services.lab_columns import Columns

_EVERY = 200


def no_cells(size: int) -> Cells:
    """Return that nothing is decided yet, of so many situations."""
    return Cells(size, {})


def with_cells(columns: Columns, cells: Cells) -> Columns:
    """Return the columns with what was decided before."""
    return replace(columns, cells=cells)


def compared(columns: Columns) -> dict[str, tuple[Compared, ...]]:
    """Return what each moved number is compared with; a parameter of another kind, or used otherwise, is left out."""
    rules, found = columns.live.rules, {}
    for name in sorted(columns.names):
        if rules.parameters[name].type in ("integer", "number"):
            try:
                found[name] = of_table(rules, columns.code, name, columns.names)
            except LookupError:
                continue
    return found


def fill(columns: Columns, beat: Callable[[int], None]) -> None:
    """Find the numbers of every situation; where one parameter moves alone, decide all that it may come to be."""
    by_name = compared(columns)
    held: dict[str, list[Sequence[float]]] = {name: [] for name in by_name}
    for at, one in enumerate(columns.situations if by_name else ()):
        data = one.data()
        for name, others in by_name.items():
            held[name].append(numbers(others, data))
        if at % _EVERY == 0:
            beat(at)
    columns.cells.at = {name: numbers_of(each) for name, each in held.items()}
    if len(columns.names) == 1 and by_name:
        (name,) = by_name
        _fill_alone(columns, name, held[name], beat)


def _fill_alone(columns: Columns, name: str, held: Sequence[Sequence[float]], beat: Callable[[int], None]) -> None:
    parameter, size = columns.live.rules.parameters[name], len(columns.situations)
    longest = max((len(one) for one in held), default=0)
    for stretch in range(2 * longest + 1):
        columns.cells.numbered.setdefault(stretch, len(columns.cells.numbered))
    keys, outcomes = [], []
    for at, (one, found) in enumerate(zip(columns.situations, held, strict=True)):
        for stretch, value in _asked(parameter, found):
            keys.append(columns.cells.key(at, stretch))
            outcomes.append(columns.number(one({name: value})))
        if at % _EVERY == 0:
            beat(size + at)
    columns.cells.put(np.array(keys, np.int64), np.array(outcomes, np.int32))


def _asked(parameter: Parameter, at: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Yield each stretch that a value of the parameter may fall into, and such a value."""
    ends = [float("-inf"), *(number for number in at), float("inf")]
    for stretch, value in enumerate(samples(at)):
        low, high = ends[stretch // 2 + stretch % 2], ends[stretch // 2 + 1]
        found = value if parameter.type == "number" or stretch % 2 else _whole(low, high)
        if stretch % 2 and parameter.type == "integer" and not value.is_integer():
            continue
        if found is not None and (stretch % 2 or low < found < high):
            yield stretch, int(found) if float(found).is_integer() else found


def _whole(low: float, high: float) -> float | None:
    """Return a whole number between two, both left out; None where there is none."""
    if low == float("-inf"):
        return float(ceil(high) - 1) if high != float("inf") else 0.0
    found = float(floor(low) + 1)
    return found if found < high else None
