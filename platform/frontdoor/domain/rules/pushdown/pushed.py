"""An aggregation expression with what its value can be. Knowing the types is what keeps the guards cheap.

The types: `null` (or not there), `bool`, `num`, `nan` (a number that may be none), `str`, `date` (a text that surely is
a day, as "2026-11-22"), `arr`, `obj`. All numbers are doubles, as in a browser.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.rules import dates
from frontdoor.domain.rules.coerce import double

Types = frozenset[str]
ANY: Types = frozenset({"null", "bool", "num", "str", "arr", "obj"})
NULL: Types = frozenset({"null"})
BOOL: Types = frozenset({"bool"})
NUMBER: Types = frozenset({"num"})
COMPUTED: Types = frozenset({"num", "nan"})
TEXT: Types = frozenset({"str"})
LIST: Types = frozenset({"arr"})
TEXTS: Types = frozenset({"str", "date"})
NUMBERS: Types = frozenset({"num", "nan"})
CONTAINERS: Types = frozenset({"arr", "obj"})

NAN = float("nan")
_names = count()


@dataclass(frozen=True)
class Pushed:
    """One expression.

    `simple`: it costs nothing to write it twice. `const`: it is `value`, whatever is stored. `path` is the name that is
    read, where it is nothing but that; `listed` the path of the answers whose elements a list holds. `printable`: its
    numbers are stored or whole, so that the database prints them as a browser does. `fresh`: a container in it was made
    by the rule, so it is the same as no other.
    """

    expr: Any
    types: Types = ANY
    simple: bool = False
    const: bool = False
    value: Any = None
    path: str = ""
    listed: str = ""
    printable: bool = True
    fresh: bool = False

    def within(self, types: Types) -> bool:
        """Tell whether the value is surely of one of some types."""
        return self.types <= types

    def may(self, types: Types) -> bool:
        """Tell whether the value may be of one of some types."""
        return bool(self.types & types)


def families(pushed: Pushed) -> Types:
    """Return the types as JavaScript has them: a date is a text, NaN a number."""
    written = {"str"} if pushed.may(TEXTS) else set()
    numeric = {"num"} if pushed.may(NUMBERS) else set()
    return (pushed.types - TEXTS - NUMBERS) | written | numeric


class NotInDatabase(DocumentRejected):
    """A rule that the database cannot work out exactly: the engine does. The problem's code says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, problems=[Problem("", f"not_in_database_{code}", message)])


def literal(value: Any) -> Pushed:
    """Return a value that the rule itself states; NotInDatabase for text that the database orders otherwise."""
    kept = stored(value)
    plain = kept is None or isinstance(kept, bool | float) or (isinstance(kept, str) and not kept.startswith("$"))
    return Pushed(kept if plain else {"$literal": kept}, _types(kept), simple=True, const=True, value=value)


def stored(value: Any) -> Any:
    """Return a value as the database holds it, every number a double; NotInDatabase for text as above."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(double(value))
    if isinstance(value, str):
        if not plain_text(value):
            raise NotInDatabase("text", "The rule holds text beyond U+FFFF")
        return value
    if isinstance(value, Mapping):
        return {key: stored(each) for key, each in value.items()}
    return [stored(each) for each in value]


def plain_text(text: str) -> bool:
    """Tell whether code units and characters are the same in a text, and BSON keeps it."""
    return text.isascii() or all(character < "\ud800" or "\udfff" < character <= "\uffff" for character in text)


def _types(value: Any) -> Types:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, float):
        return NUMBER if value == value else COMPUTED
    if isinstance(value, str):
        return frozenset({"date"}) if len(value) == len("2026-11-22") and dates.to_date(value) else TEXT
    return LIST if isinstance(value, list) else frozenset({"obj"})


def bound(pushed: Pushed, build: Callable[[Pushed], Any]) -> Any:
    """Return `build` over the expression, worked out once if that costs anything."""
    if pushed.simple:
        return build(pushed)
    name = variable()
    return {"$let": {"vars": {name: pushed.expr}, "in": build(replace(pushed, expr=f"$${name}", simple=True))}}


def variable() -> str:
    """Return a name that no other variable of this process has."""
    return f"v{next(_names)}"


def is_null(pushed: Pushed) -> Any:
    """Return the expression: null, or not there."""
    if not pushed.may(NULL):
        return False
    return True if pushed.within(NULL) else {"$lte": [pushed.expr, None]}


def is_type(pushed: Pushed, name: str) -> Any:
    """Return the expression: of BSON's type `name`, told among what the value can be."""
    mine = {"bool": "bool", "string": "str", "array": "arr", "object": "obj"}[name]
    names = TEXTS if mine == "str" else frozenset({mine})
    if not pushed.may(names):
        return False
    return True if pushed.within(names) else {"$eq": [{"$type": pushed.expr}, name]}


def never_null(pushed: Pushed) -> Any:
    """Return the expression with null where nothing is there."""
    return {"$ifNull": [pushed.expr, None]} if pushed.may(NULL) and not pushed.const else pushed.expr


def both(*conditions: Any) -> Any:
    """Return the expression that is true when every condition is; constants fold away."""
    kept = [each for each in conditions if each is not True]
    if any(each is False for each in kept):
        return False
    return True if not kept else kept[0] if len(kept) == 1 else {"$and": kept}


def either(*conditions: Any) -> Any:
    """Return the expression that is true when any condition is."""
    kept = [each for each in conditions if each is not False]
    if any(each is True for each in kept):
        return True
    return False if not kept else kept[0] if len(kept) == 1 else {"$or": kept}


def negated(condition: Any) -> Any:
    """Return the expression that is true when the condition is not."""
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, dict) and "$lte" in condition and condition["$lte"][1] is None:
        return {"$gt": [condition["$lte"][0], None]}  # not null: whatever MongoDB sorts above it
    return {"$not": [condition]}


def chosen(condition: Any, yes: Any, no: Any) -> Any:
    """Return `yes` where the condition holds, else `no`."""
    if isinstance(condition, bool):
        return yes if condition else no
    return {"$cond": [condition, yes, no]}
