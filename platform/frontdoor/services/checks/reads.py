"""What logic reads and with which constants it compares that: where exactly, so that a message can point."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.allowed import ITERATORS, arguments

_COMPARE = frozenset({"==", "===", "!=", "!=="})


@dataclass(frozen=True)
class Read:
    """One `var`: `path` as written, `where` its pointer, `of` the path of the list whose element it is read from.

    `of` is None at the root and `""` inside a list that has no name.
    """

    path: str
    where: str
    of: str | None = None


@dataclass(frozen=True)
class Compared:
    """One `var` compared with constants, by equality or membership."""

    read: Read
    constants: tuple[Any, ...]


def reads(logic: Any, where: str = "", of: str | None = None) -> Iterator[Read]:
    """Yield every `var` with a constant path; inside an iterator `of` names the list."""
    for operator, values, here, scope in nodes(logic, where, of):
        if operator == "var" and values and isinstance(values[0], str | int) and not isinstance(values[0], bool):
            yield Read(str(values[0]), here, scope)


def compared(logic: Any, where: str = "", of: str | None = None) -> Iterator[Compared]:
    """Yield every `var` that is compared with constants: `==` and its kin, and `in` either way round."""
    for operator, values, here, scope in nodes(logic, where, of):
        if len(values) != 2 or operator not in (*_COMPARE, "in"):
            continue
        for name, other in ((values[0], values[1]), (values[1], values[0])):
            path = path_of(name)
            constants = tuple(other) if isinstance(other, list) else (other,)
            if path is not None and all(isinstance(one, str | int | float) for one in constants):
                yield Compared(Read(path, here, scope), constants)


def nodes(logic: Any, where: str = "", of: str | None = None) -> Iterator[tuple[str, list[Any], str, str | None]]:
    """Yield (operator, arguments, pointer, list it is inside) for every operator in the logic."""
    if isinstance(logic, list):
        for index, each in enumerate(logic):
            yield from nodes(each, f"{where}/{index}", of)
    if not isinstance(logic, dict) or len(logic) != 1:
        return
    operator, values = arguments(logic)
    yield operator, values, where, of
    for index, each in enumerate(values):
        here = f"{where}/{operator}" + (f"/{index}" if isinstance(logic[operator], list) else "")
        inside = operator in ITERATORS and index == 1
        yield from nodes(each, here, _list_name(values[0]) if inside else of)


def _list_name(logic: Any) -> str:
    while isinstance(logic, dict) and "filter" in logic and isinstance(logic["filter"], list) and logic["filter"]:
        logic = logic["filter"][0]
    return path_of(logic) or ""


def path_of(logic: Any) -> str | None:
    """Return the path of a `var` with a constant path; None for anything else."""
    if not isinstance(logic, dict) or list(logic) != ["var"]:
        return None
    named = logic["var"][0] if isinstance(logic["var"], list) and logic["var"] else logic["var"]
    return named if isinstance(named, str) else None
