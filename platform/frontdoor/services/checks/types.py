"""The types of what logic puts together: no operator may meet operands that can never fit.

A name may be several things (`any` where nobody declared it); a problem is told only where none of them would do.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from frontdoor.domain.canonical import canonical, pointer
from frontdoor.domain.errors import Problem
from frontdoor.domain.forms import times
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.allowed import ADDED, ITERATORS, arguments
from frontdoor.domain.rules.dates import to_date
from frontdoor.domain.rules.kinds import fact_kinds, form_kinds, parameter_kinds, platform_kinds
from frontdoor.services.checks import places
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.places import Place
from frontdoor.services.checks.reads import nodes, path_of

Kinds = frozenset[str]
ANY: Kinds = frozenset({"any"})
NONE: Kinds = frozenset({"none"})
_DATES = frozenset(ADDED - {"count_true", "unknown"})
_SUMS = frozenset({"+", "-", "*", "/", "%", "min", "max"})
_EQUAL = frozenset({"==", "===", "!=", "!=="})
_ORDERED = frozenset({"<", "<=", ">", ">="})
_RESULTS: Mapping[str, Kinds] = {
    **dict.fromkeys((*_EQUAL, *_ORDERED, "!", "!!", "in", "all", "none", "some", "unknown"), frozenset({"boolean"})),
    **dict.fromkeys((*_SUMS, "count_true", *(_DATES)), frozenset({"number"})),
    **dict.fromkeys(("cat", "substr"), frozenset({"string"})),
    **dict.fromkeys(("map", "filter", "merge", "missing", "missing_some"), frozenset({"list"})),
}
_WORDS = {
    "boolean": "yes or no", "number": "a number", "string": "a text", "date": "a date", "list": "a list",
    "time": "a time",
    "none": "no value",
}  # fmt: skip
_DECLARED = {"integer": "number"}


def check(names: Names, forms: Iterable[Form]) -> Iterator[Problem]:
    """Yield a problem for each operator whose operands cannot fit, and each fact that cannot be of its type."""
    typing = Typing(names, forms)
    for place in (*places.of_rules(names), *places.of_forms(names)):
        yield from typing.problems(place)
    for name, document in names.rule_sets.items():
        for key, fact in document.get("facts", {}).items():
            yield from _of_fact(fact, f"{pointer(('rules', name))}/facts/{key}", typing)


class Typing:
    """The kinds of all names of a tree: of questions by form, of facts, parameters and what the platform supplies."""

    def __init__(self, names: Names, forms: Iterable[Form]) -> None:
        self.names = names
        stated = {**platform_kinds(), **parameter_kinds(names.rule_sets), **fact_kinds(names.rule_sets)}
        self.known = {**form_kinds(forms), **stated}

    def problems(self, place: Place) -> Iterator[Problem]:
        """Yield what is wrong in one piece of logic."""
        for operator, values, where, of in nodes(place.logic):
            message = self._fault(operator, values, place, of)
            if message:
                yield Problem(place.where + where, "wrong_kind", message)

    def kinds(self, logic: Any, place: Place, of: str | None = None) -> Kinds:
        """Return what the value of an expression can be."""
        if not isinstance(logic, Mapping):
            return _of_constant(logic)
        if len(logic) != 1:
            return ANY
        operator, values = arguments(dict(logic))
        if operator == "var":
            return self._of_name(path_of(logic), place, of)
        if operator in ("and", "or"):
            return frozenset().union(*(self.kinds(each, place, of) for each in values))
        if operator in ("if", "?:"):
            return frozenset().union(*(self.kinds(each, place, of) for each in branches(values)))
        return _RESULTS.get(operator, ANY)

    def _of_name(self, path: str | None, place: Place, of: str | None) -> Kinds:
        full = place.full(path, of) if path is not None else ""
        if full.startswith("conditions."):
            return frozenset({"boolean"})
        if full.startswith("decisions."):
            return frozenset({"string"})
        return frozenset({self.known.get(full) or self.known.get(f"{full.rpartition('.')[0]}.*", "any")})

    def _fault(self, operator: str, values: list[Any], place: Place, of: str | None) -> str:
        kinds = [self.kinds(each, place, of) for each in values]
        if operator in _EQUAL or operator in _ORDERED:
            return _compared(operator, values, kinds)
        if operator == "in" and len(values) == 2:
            return self._among(values, kinds, place, of)
        kind = _asked_for(operator, of_form=bool(place.form))
        asked = zip(values[:1] if kind == "list" else values, kinds, strict=False)
        # A constant that is no date is told as such. Lists in rules are the translation's to judge.
        judged = ((each, found) for each, found in asked if not (kind == "date" and isinstance(each, str)))
        wrong = next((each for each, found in judged if kind and not _fits(found, kind)), None)
        if wrong is None:
            return ""
        found = self.kinds(wrong, place, of)
        return f"`{operator}` works on {_WORDS[kind]}, and {_named(wrong)} is {_told(found)}: {_ADVICE[kind]}"

    def _among(self, values: list[Any], kinds: list[Kinds], place: Place, of: str | None) -> str:
        one, several = values
        if not kinds[0] - {"list"}:
            return f"{_named(one)} is a list: ask with `some` whether one of it is among the others"
        if isinstance(several, list):
            inside = frozenset().union(*(self.kinds(each, place, of) for each in several)) or ANY
            return (
                "" if _meet(kinds[0], inside) else f"{_named(one)} is {_told(kinds[0])}, and the list holds none such"
            )
        if not kinds[1] & {"list", "string", "any", "none"}:
            return f"{_named(several)} is {_told(kinds[1])}: `in` looks in a list or a text"
        return ""


def _asked_for(operator: str, *, of_form: bool) -> str:
    """Return the kind of operand that an operator works on; `""` where that is judged elsewhere, or not at all."""
    if operator in _SUMS:
        return "number"
    if operator in _DATES:
        return "date"
    return "list" if operator in ITERATORS and of_form else ""


_ADVICE = {
    "number": "count with `count_true` or `reduce`, or name a number",
    "date": "name a date",
    "list": "name a repeating group or a question of several options",
}


def branches(values: list[Any]) -> Iterator[Any]:
    """Yield what an `if` can result in; not the branch that passes on what is not known, which is no value."""
    while len(values) > 1:
        test, branch, *values = values
        if not (isinstance(test, Mapping) and "unknown" in test and arguments(dict(test))[1] == [branch]):
            yield branch
    yield from values


def _of_constant(value: Any) -> Kinds:
    if isinstance(value, str):
        return frozenset({"string", *(["date"] if to_date(value) else []), *(["time"] if times.is_time(value) else [])})
    for sort, kind in ((bool, "boolean"), (int | float, "number"), (list, "list")):
        if isinstance(value, sort):
            return frozenset({kind})
    return NONE if value is None else ANY


def _compared(operator: str, values: list[Any], kinds: list[Kinds]) -> str:
    sides = list(zip(values, kinds, strict=True))
    for one, found in sides:
        if not found - {"list"}:
            return f"{_named(one)} is a list: test what is in it with `in` or `some`"
        if operator in _ORDERED and not found & {"number", "date", "time", "any", "none"} and not _mistyped(one, kinds):
            return f"{_named(one)} is {_told(found)}, which is never more or less: compare a number or a date"
    for (one, found), (another, other) in pairwise(sides):
        if not _meet(found, other):
            words = f"{_named(one)} is {_told(found)} and {_named(another)} is {_told(other)}"
            return f"{words}: compare what is of one type"
    return ""


def _mistyped(one: Any, kinds: list[Kinds]) -> bool:
    """Tell whether a constant stands beside a date, which is told as a date that does not exist."""
    return isinstance(one, str) and any("date" in each for each in kinds)


def _fits(found: Kinds, kind: str) -> bool:
    return bool(found & {kind, "any", "none"}) or (kind == "string" and "time" in found)


def _meet(one: Kinds, other: Kinds) -> bool:
    """Tell whether two can be of one kind. A text beside a date is a mistyped date, which is told as that."""
    mistyped = "date" in one | other and "string" in one | other
    return mistyped or bool(one & other) or not {"any", "none"}.isdisjoint(one | other)


def _told(kinds: Kinds) -> str:
    return " or ".join(_WORDS[each] for each in sorted(kinds) if each in _WORDS)


def _named(logic: Any) -> str:
    path = path_of(logic)
    if path is not None:
        return f"`{path}`" if path else "each of the list"
    words = canonical(logic)
    return f"`{words if len(words) <= 60 else words[:57] + '…'}`"


def _of_fact(fact: Mapping[str, Any], at: str, typing: Typing) -> Iterator[Problem]:
    """Yield a problem where a fact's logic, or what stands for it, cannot be of the fact's type."""
    rolled = fact.get("roll_up", "")
    wanted = "boolean" if rolled in ("any", "all", "none", "count") else "any" if rolled else str(fact.get("type"))
    declared = _DECLARED.get(wanted, wanted)
    place = Place(fact.get("logic"), at, str(fact.get("over", "")))
    found = typing.kinds(place.logic, place)
    # A name by itself may stand for whether it has a value; only what surely is another type is told.
    if "logic" in fact and declared not in ("any", "boolean") and not _fits(found, declared):
        message = f"This is {_told(found)}, and the fact is declared to be {_WORDS[declared]}: correct one of them"
        yield Problem(f"{at}/logic", "wrong_kind", message)
    own = _DECLARED.get(str(fact.get("type")), str(fact.get("type")))
    for key in ("unknown_as", "if_omitted"):
        if fact.get(key) is not None and not _fits(_of_constant(fact[key]), own):
            yield Problem(f"{at}/{key}", "wrong_kind", f"Write {_WORDS[own]}: the fact is declared to be that")
