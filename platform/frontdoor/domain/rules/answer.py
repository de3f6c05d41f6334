"""What leaves the engine: plain JSON of bounded size."""

from typing import Any

from frontdoor.domain.rules.coerce import UNDEFINED, double
from frontdoor.domain.rules.fuel import ANSWER, answer_too_large


def settled(value: Any, *, holds_undefined: bool) -> Any:
    """Return a rule's value as JSON (NaN and infinities stay floats); undefined is null, or absent in an object.

    Raises:
        RuleFailed: it is too large to write down.
    """
    kind = value.__class__
    if kind is list or kind is dict:
        _measure(value)
        return _without_undefined(value) if holds_undefined else value
    if kind is int:
        return double(value)
    return None if value is UNDEFINED else value


def _measure(value: Any) -> None:
    """Refuse an answer that is too large; a part that occurs twice counts twice, as it would be written."""
    size = 0
    waiting = [value]
    while waiting:
        part = waiting.pop()
        size += 1
        if part.__class__ is list:
            size += len(part)
            waiting += part
        elif part.__class__ is dict:
            size += len(part)
            waiting += part.values()
        elif part.__class__ is str:
            size += len(part)
        if size > ANSWER:
            answer_too_large()


def _without_undefined(value: Any) -> Any:
    """Return a copy in which undefined is null in lists and gone from objects."""
    whole = [value]
    waiting: list[Any] = [whole]
    while waiting:
        part = waiting.pop()
        for key, inner in list(enumerate(part)) if isinstance(part, list) else list(part.items()):
            if inner.__class__ is list or inner.__class__ is dict:
                part[key] = _copied(inner)
                waiting.append(part[key])
    return whole[0]


def _copied(part: Any) -> Any:
    if isinstance(part, list):
        return [None if each is UNDEFINED else each for each in part]
    return {name: each for name, each in part.items() if each is not UNDEFINED}
