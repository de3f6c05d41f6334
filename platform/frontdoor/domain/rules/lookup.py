"""Finding what a `var` names, and which names are missing.

Only what JSON itself holds can be found: own keys, elements, `length`. A browser would also find what
JavaScript hangs on every value (`constructor`, `toString` …); here those are absent, and a rule that asks
for the dangerous ones is refused when it is saved. That is the one deliberate difference.
"""

from typing import Any

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules import code_units
from frontdoor.domain.rules.coerce import UNDEFINED, to_number, to_text
from frontdoor.domain.rules.equality import less_or_equal
from frontdoor.domain.rules.fuel import Run

_NO_PARTS = (int, float, bool, type(None), type(UNDEFINED))


def split_path(path: Any, run: Run) -> tuple[str, ...] | None:
    """Return the segments of a path that was computed; None if it stands for the whole data."""
    if path is None or path is UNDEFINED or (path.__class__ is str and not path):
        return None
    text = to_text(path, run)
    run.spend(len(text) >> 3)
    return tuple(text.split("."))


def look(data: Any, path: tuple[str, ...] | None, default: Any, run: Run) -> Any:
    """Return what `path` leads to in `data`, or `default` (null if that is undefined) if it leads nowhere."""
    if path is None:
        return data
    found = walk(data, path, run)
    if found is UNDEFINED:
        return None if default is UNDEFINED else default
    return found


def find(data: Any, path: tuple[str, ...], run: Run) -> Any:
    """Return what `path` leads to in `data`, or None."""
    found = walk(data, path, run)
    return None if found is UNDEFINED else found


def walk(data: Any, path: tuple[str, ...], run: Run) -> Any:
    """Return what `path` leads to in `data`, or undefined.

    Raises:
        RuleFailed: something on the way is no JSON value.
    """
    for segment in path:
        kind = data.__class__
        if kind is dict:
            data = data.get(segment, UNDEFINED)
        elif kind is list:
            index = _index(segment, len(data))
            data = index if segment == "length" else data[index] if index >= 0 else UNDEFINED
        elif kind is str:
            run.spend(code_units.cost(data))
            index = _index(segment, code_units.length(data))
            data = (
                index
                if segment == "length"
                else code_units.between(data, index, index + 1)
                if index >= 0
                else UNDEFINED
            )
        elif kind in _NO_PARTS:
            return UNDEFINED
        else:
            raise RuleFailed(f"The facts hold a {kind.__name__}: give the rule plain JSON")
    return data


def _index(segment: str, length: int) -> int:
    """Return the place that a segment names in a list or text, -1 if none; for "length" the length itself.

    "01" and "-1" name no place.
    """
    if segment == "length":
        return length
    plain = segment.isdigit() and segment.isascii() and len(segment) < 10 and (segment[0] != "0" or segment == "0")
    return int(segment) if plain and int(segment) < length else -1


def missing_paths(data: Any, paths: tuple[tuple[Any, tuple[str, ...] | None], ...], run: Run) -> list[Any]:
    """Return the keys, of keys that the rule spells out, whose value is null, absent or ""."""
    return [key for key, path in paths if is_missing(look(data, path, None, run))]


def is_missing(value: Any) -> bool:
    """Tell whether `missing` counts a value as not given."""
    return value is None or (value.__class__ is str and not value)


def enough(options: Any, absent: list[Any], need: Any, run: Run) -> bool:
    """Tell whether `missing_some` is content: of `options`, less the `absent`, at least `need` are there.

    Raises:
        RuleFailed: `options` is null, which has no length.
    """
    if options is None or options is UNDEFINED:
        raise RuleFailed("`missing_some` was given no list of names: its second argument is null")
    length = walk(options, ("length",), run)
    present = to_number(length, run) - len(absent)
    return less_or_equal(need, present, run)
