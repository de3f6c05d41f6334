"""Domain objects to documents and back, and what no document may hold.

Dates become ISO text, tuples arrays; instants are cut to milliseconds (all that BSON keeps) and are always UTC.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from frontdoor.domain.canonical import canonical, pointer
from frontdoor.domain.change import Edit
from frontdoor.domain.errors import DocumentRejected, Problem

T = TypeVar("T")

MAX_DEPTH = 90  # MongoDB takes 100 levels; what we add around a value needs some
_WHOLE = 2**63

_converter = cattrs.Converter()
_converter.register_unstructure_hook(datetime, lambda value: value)
_converter.register_structure_hook(datetime, lambda value, _: value.astimezone(UTC))
_converter.register_unstructure_hook(date, date.isoformat)
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))

# What a configurer edits is a piece of any document, operators and all: as text no key of it can mean anything here.
_as_text = override(unstruct_hook=canonical, struct_hook=lambda text, _: json.loads(text))
_converter.register_unstructure_hook(Edit, make_dict_unstructure_fn(Edit, _converter, was=_as_text, value=_as_text))
_converter.register_structure_hook(Edit, make_dict_structure_fn(Edit, _converter, was=_as_text, value=_as_text))


def to_document(record: object) -> dict[str, Any]:
    """Return the fields of a dataclass as a document.

    DocumentRejected, with the pointer, for a key that begins with `$` or `_` or holds a dot, and for any value that
    BSON cannot hold or would hold as another.
    """
    document = plain(_converter.unstructure(record))
    return dict(document)


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """Return the domain object that `document` was made of; keys that are not its fields are passed over."""
    return _converter.structure(document, kind)


def plain(value: object) -> Any:
    """Return `value` with nothing in it but what BSON holds exactly; see `to_document` for what is refused."""
    try:
        return _plain(value, 0)
    except _Unstorable as refused:
        problem = replace(refused.problem, where=pointer(tuple(reversed(refused.steps))))
        raise DocumentRejected("This cannot be stored as it is", problems=[problem]) from None


class _Unstorable(Exception):
    """A value that BSON does not hold. What holds it adds its own key, so only a refusal pays for the place."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.steps: list[str] = []


def _plain(value: object, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _Unstorable(Problem("", "too_deep", f"Nest it less: {MAX_DEPTH} levels are the limit"))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict | Mapping):
        return {_key(key): _within(key, inner, depth) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_within(index, inner, depth) for index, inner in enumerate(value)]
    if isinstance(value, set | frozenset):
        return [_plain(inner, depth) for inner in sorted(value)]
    return _scalar(value)


def _within(step: object, value: object, depth: int) -> Any:
    try:
        return _plain(value, depth + 1)
    except _Unstorable as refused:
        refused.steps.append(str(step))
        raise


def instant(value: datetime) -> datetime:
    """Return an instant as the store keeps it: UTC, cut to milliseconds. ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError("An instant needs its time zone")
    kept = value.astimezone(UTC)
    return kept.replace(microsecond=kept.microsecond // 1000 * 1000)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise _Unstorable(Problem("", "key_not_text", "Give it keys that are text"))
    if key.startswith(("$", "_")) or "." in key or "\0" in key:
        message = "Choose another name: it may not begin with $ or _ and holds no dot"
        raise _Unstorable(Problem("", "hostile_key", message))
    return _text(key)


def _scalar(value: object) -> object:
    if value is None or isinstance(value, bool | bytes):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and -_WHOLE <= value < _WHOLE:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise _Unstorable(Problem("", "not_storable", "Use text, true, false, dates and numbers of an ordinary size"))


def _text(value: str) -> str:
    try:
        value.isascii() or value.encode()
    except UnicodeEncodeError:
        raise _Unstorable(Problem("", "bad_text", "Type the text again: it holds half a character")) from None
    return value
