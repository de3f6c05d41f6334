"""Values that the platform works out of other answers, afresh each time: nobody types them and nobody sends them.

A calculated value is unknown, and absent, while an answer that it needs is unknown: shown and blank, an option that
means not knowing, a list that nobody confirmed. A hidden answer is nothing, as everywhere.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.questions import Json, Question

_ITERATORS = frozenset({"some", "all", "none", "filter", "map", "reduce"})
_SORTS: Mapping[str, tuple[type, ...]] = {
    "number": (int, float), "integer": (int,), "boolean": (bool,), "string": (str,),
}  # fmt: skip


@dataclass(frozen=True)
class Needed:
    """One answer that logic needs: a question's id, and the questions of its rows when it is a group."""

    question: str
    inner: tuple[str, ...] = ()


def needs(logic: Json, root: str = "answers") -> tuple[Needed, ...]:
    """Return what `logic` reads under `answers`, or under `row` with that as `root`, in the order of reading."""
    found: dict[str, list[str]] = {}
    for path in _paths(logic):
        start, _, rest = path.partition(".")
        name, _, inner = rest.partition(".")
        if start == root and name:
            found.setdefault(name, []).extend([inner.partition(".")[0]] if inner else [])
    return tuple(Needed(name, tuple(dict.fromkeys(inner))) for name, inner in found.items())


def _paths(logic: Json, inside: str = "") -> Iterator[str]:
    if isinstance(logic, list):
        for each in logic:
            yield from _paths(each, inside)
    if not isinstance(logic, Mapping):
        return
    for operator, arguments in logic.items():
        given = arguments if isinstance(arguments, list) else [arguments]
        if operator == "var":
            yield from _named(given, inside)
        elif operator in _ITERATORS and len(given) > 1:
            yield from _paths([given[0], *given[2:]], inside)
            yield from _paths(given[1], next(iter(_paths(given[0], inside)), inside))
        else:
            yield from _paths(given, inside)


def _named(given: list[Json], inside: str) -> Iterator[str]:
    path = given[0] if given and isinstance(given[0], str) else ""
    if not inside:
        yield path
    elif path and not path.startswith("accumulator"):
        yield f"{inside}.{path.removeprefix('current').removeprefix('.')}".rstrip(".")


def unknown(question: Question, value: Json) -> bool:
    """Return whether an answer that is shown says nothing to count with."""
    if value is None or value == []:
        return True
    if question.widget in {"partial_date", "expected_date"}:
        return partial_dates.day(value) is None
    chosen = value if isinstance(value, list) else [value]
    options = [question.option(code) for code in chosen] if question.options and not question.parts else []
    return any(option is not None and option.unknown for option in options)


def kept(question: Question, value: Json) -> Json:
    """Return a result as it is kept: of the declared type, a finite number; None for anything else."""
    sort = str(question.schema.get("type", "number"))
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) != (sort == "boolean") or not isinstance(value, _SORTS[sort]):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value == "" else value
