"""One step of a name: into an object, a list or a text; and what is certain of what is found there."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.lookup import find
from frontdoor.domain.rules.prepare import SIGNS
from frontdoor.domain.rules.pushdown.pushed import (
    ANY,
    BOOL,
    LIST,
    NULL,
    NUMBER,
    TEXT,
    NotInDatabase,
    Pushed,
    Types,
    bound,
    chosen,
    is_type,
    literal,
)

OBJECT: Types = frozenset({"obj"})
_KINDS: Mapping[str, Types] = {
    "boolean": BOOL | NULL, "number": NUMBER | NULL, "string": TEXT | NULL, "list": LIST | NULL,
    "date": frozenset({"date"}) | NULL,
}  # fmt: skip


def inside(held: Pushed, segment: str, types: Types = ANY) -> Pushed:
    """Return what a segment names in a value: a key of an object, a place of a list or text, or its length."""
    if held.const:
        return literal(find(held.value, (segment,), Run(None)))
    if held.within(OBJECT):
        return Pushed(f"{held.expr}.{name(segment)}", types, simple=True)
    return Pushed(bound(held, lambda one: _step(one, segment)), ANY)


def _step(held: Pushed, segment: str) -> Any:
    in_object = f"{held.expr}.{name(segment)}"
    if not segment.isdigit() and segment != "length":
        return {"$cond": [{"$isArray": [held.expr]}, None, in_object]} if held.may(LIST) else in_object
    if segment == "length":
        in_list: Any = {"$size": held.expr}
        in_text: Any = {"$strLenCP": held.expr}
    elif str(int(segment)) == segment and len(segment) < 10:
        place = int(segment)
        in_list = {"$arrayElemAt": [held.expr, place]}
        in_text = {"$cond": [{"$gt": [{"$strLenCP": held.expr}, place]}, {"$substrCP": [held.expr, place, 1]}, None]}
    else:
        in_list = in_text = None
    of_text = chosen(is_type(held, "string"), in_text, in_object)
    return chosen(is_type(held, "array"), in_list, of_text)


def name(segment: str) -> str:
    """Return a segment as MongoDB takes it; NotInDatabase for one that no stored record can have."""
    if not segment or segment.startswith("$") or "\0" in segment:
        raise NotInDatabase("name", "The rule reads a name that no stored record can have")
    return segment


def is_date(kinds: Mapping[str, str], path: str) -> bool:
    """Tell whether a name, or what a companion belongs to, is a date for certain."""
    return kinds.get(plainly(path)) == "date"


def plainly(path: str) -> str:
    """Return the name that a companion belongs to."""
    head, dot, last = path.rpartition(".")
    return f"{head}{dot}{last.lstrip('<>')}"


def types_at(kinds: Mapping[str, str], path: str) -> Types:
    """Return the types of what is at a path, companions included, by what is certain of it."""
    head, dot, last = path.rpartition(".")
    sign = last[:1] if last[:1] in SIGNS else ""
    if sign in ("!", "+", "?") and sign:
        return BOOL | NULL
    plain = f"{head}{dot}{last[len(sign) :]}"
    kind = kinds.get(plain) or kinds.get(f"{head}.*", "any")
    return _KINDS.get(kind, ANY)


def element_types(kinds: Mapping[str, str], listed: str) -> Types:
    """Return the types of the elements of the list at a path."""
    grouped = listed and any(path.startswith(f"{listed}.") for path in kinds)
    return OBJECT if grouped else ANY
