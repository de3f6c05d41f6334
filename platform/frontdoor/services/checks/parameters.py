"""Parameters: bounds that hold together, a value inside them, and somebody who reads it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.services.checks import places
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.reads import reads

Document = Mapping[str, Any]
_TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,), "number": (int, float), "string": (str,), "boolean": (bool,), "list": (list,),
}  # fmt: skip
_INSERT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def check(names: Names) -> Iterator[Problem]:
    """Yield every problem of the parameters."""
    used = frozenset(_used(names))
    for name, document in names.rule_sets.items():
        for key, parameter in document.get("parameters", {}).items():
            at = f"{pointer(('rules', name))}/parameters/{key}"
            yield from _bounds(parameter, at) or _value(parameter, at)
            if key in used and "applied_by" in parameter:
                message = f"Rules read `{key}` themselves: take this out, it is for what only people apply"
                yield Problem(f"{at}/applied_by", "read_by_rules", message)
            elif key not in used and "applied_by" not in parameter:
                message = (
                    f"Nothing reads `{key}`: read parameters.{key}, take it out, or say in `applied_by` who uses it"
                )
                yield Problem(at, "unused_parameter", message)


def _bounds(parameter: Document, at: str) -> list[Problem]:
    """Return what is wrong with the bounds themselves: a value cannot be judged by them then."""
    bounds, sort = parameter.get("bounds", {}), parameter.get("type", "")
    low, high = bounds.get("min"), bounds.get("max")
    if low is not None and high is not None and low > high:
        return [Problem(f"{at}/bounds/min", "limits", "Write a `min` that is not above `max`: no value fits")]
    if (low is not None or high is not None) and sort not in ("integer", "number", "list"):
        key = "min" if low is not None else "max"
        return [Problem(f"{at}/bounds/{key}", "wrong_type", "Only numbers have a `min` and `max`: list the `options`")]
    wanted = (str, int, float, bool) if sort == "list" else _TYPES.get(sort, ())
    for place, option in enumerate(bounds.get("options", ())):
        if not isinstance(option, wanted) or (isinstance(option, bool) and sort in ("integer", "number")):
            where = f"{at}/bounds/options/{place}"
            return [Problem(where, "wrong_type", f"Write an option of the type {sort}")]
    return []


def _value(parameter: Document, at: str) -> list[Problem]:
    value, bounds = parameter.get("value"), parameter.get("bounds", {})
    wanted = _TYPES.get(parameter.get("type", ""), ())
    boolean = isinstance(value, bool) and bool not in wanted
    if boolean or not isinstance(value, wanted):
        return [Problem(f"{at}/value", "wrong_type", f"Write a value of the type {parameter.get('type')}")]
    if bounds and not all(_inside(one, bounds) for one in (value if isinstance(value, list) else [value])):
        return [Problem(f"{at}/value", "outside_bounds", "Write a value inside the parameter's `bounds`")]
    return []


def _inside(value: Any, bounds: Document) -> bool:
    if "options" in bounds:
        return value in bounds["options"]
    number = isinstance(value, int | float)
    return number and bool(bounds.get("min", value) <= value <= bounds.get("max", value))


def _used(names: Names) -> Iterator[str]:
    """Yield what is read as a parameter: in logic, as a setting of a clock or another document, and in a text."""
    for place in places.of_rules(names):
        for read in reads(place.logic):
            if read.path.startswith("parameters."):
                yield read.path.split(".")[1]
    yield from _settings(names.tree.get("rules", {}))


def _settings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _INSERT.findall(value)
    elif isinstance(value, list):
        for each in value:
            yield from _settings(each)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "parameter" and isinstance(inner, str):
                yield inner
            yield from _settings(inner)
