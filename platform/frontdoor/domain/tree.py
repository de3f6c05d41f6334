"""Reading and changing one value of a configuration tree by its JSON pointer."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from frontdoor.domain.errors import NotFound

_MISSING: Any = object()


def steps(pointer: str) -> tuple[str, ...]:
    """Return the keys that a JSON pointer names: "/a~1b/c" gives ("a/b", "c")."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def read(tree: Mapping[str, Any], pointer: str) -> Any:
    """Return the value at a pointer; raise `NotFound` where there is none."""
    value: Any = tree
    for step in steps(pointer):
        value = value.get(step, _MISSING) if isinstance(value, Mapping) else _MISSING
        if value is _MISSING:
            raise NotFound("There is no such setting. Choose one of those listed.")
    return value


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the object that has each value at its pointer: the `changes` of an overlay."""
    made: dict[str, Any] = {}
    for pointer, value in values.items():
        *branch, leaf = steps(pointer)
        below = made
        for step in branch:
            below = below.setdefault(step, {})
        below[leaf] = deepcopy(value)
    return made
