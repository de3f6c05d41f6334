"""What lies between two versions of a document, as an authority's overlay stores it. Source: ADR 0002.

`overlay.apply` over the older one gives the newer one; logic, values and lists are replaced whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import Path, canonical, pointer
from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.overlay import WHOLE

_GONE: Any = object()


@dataclass(frozen=True)
class Difference:
    """One place that differs: `was` and `value` are None where it was not there, or is there no more."""

    pointer: str
    was: Any
    value: Any


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `changes` of an overlay that makes `new` of `old`: empty for equal documents.

    Errors: `DocumentRejected` for a null outside whole values, which an overlay would take for "switched off".
    """
    changes: dict[str, Any] = {}
    for at, _, value in _steps(old, new, ()):
        branch = changes
        for step in at[:-1]:
            branch = branch.setdefault(step, {})
        branch[at[-1]] = None if value is _GONE else value
    return changes


def differences_between(old: Mapping[str, Any], new: Mapping[str, Any], under: Path = ()) -> list[Difference]:
    """Return every place that differs, one for a whole entry that is new or gone; as a change stores its edits.

    `under` is where the document stands in a configuration tree: `("rules", NAME)`.
    """
    return [
        Difference(pointer((*under, *at)), None if was is _GONE else was, None if value is _GONE else value)
        for at, was, value in _steps(old, new, ())
    ]


def _steps(old: Mapping[str, Any], new: Mapping[str, Any], at: Path) -> Iterator[tuple[Path, Any, Any]]:
    for key in [*old, *(key for key in new if key not in old)]:
        here, was, value = (*at, key), old.get(key, _GONE), new.get(key, _GONE)
        if key not in WHOLE and isinstance(was, Mapping) and isinstance(value, Mapping):
            yield from _steps(was, value, here)
        elif value is _GONE or was is _GONE or canonical(was) != canonical(value):
            _without_null(value, here)
            yield here, was, value


def _without_null(value: Any, at: Path) -> None:
    if value is None:
        words = "An overlay cannot say null here: leave the value out"
        raise DocumentRejected(words, problems=[Problem(pointer(at), "null", words)])
    if isinstance(value, Mapping) and at[-1] not in WHOLE:
        for key, below in value.items():
            _without_null(below, (*at, key))
