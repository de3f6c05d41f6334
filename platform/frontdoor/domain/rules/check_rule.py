"""What is refused before a rule is stored, and what is refused before any rule runs.

A stored rule is hostile until proven, so this walks it step by step and never recurses: a rule of a million levels
is refused as quickly as a good one is passed. Source of the bounds: DESIGN section 4.
"""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from frontdoor.domain.errors import Problem
from frontdoor.domain.rules.allowed import ARITY, FORBIDDEN_SEGMENTS, arguments

LARGEST: Final = 2**53
MOST_PROBLEMS: Final = 50


@dataclass(frozen=True)
class Limits:
    """How large a rule may be."""

    nodes: int  # operators, lists and literals, each one
    levels: int  # operators and lists within each other
    text: int  # bytes of its JSON text in UTF-8, without spaces


WRITTEN: Final = Limits(nodes=2_000, levels=40, text=32_768)
# What the translation into three-valued logic makes of a written rule; never what a person stores.
TRANSLATED: Final = Limits(nodes=100_000, levels=160, text=4_000_000)


@dataclass(frozen=True)
class _Place:
    value: Any
    pointer: str
    level: int


def check_rule(logic: Any) -> list[Problem]:
    """Return everything to put right before `logic` may be stored; `where` is a JSON pointer into it.

    Besides what may not run at all: the wrong number of arguments, and paths into JavaScript's own objects.
    """
    problems = refusals(logic)
    if any(problem.code in _SIZE_CODES for problem in problems):
        return problems
    return (problems + [found for place in _places(logic) for found in _saved(place)])[:MOST_PROBLEMS]


def refusals(logic: Any, limits: Limits = WRITTEN, *, from_data: bool = False) -> list[Problem]:
    """Return why `logic` may not run: its size, an operator off the list, an object that is no operator, a literal.

    `from_data`: objects of several keys and large numbers are values there.
    """
    problems: list[Problem] = []
    text = 0
    for nodes, place in enumerate(_places(logic), start=1):
        text += len(place.value) if isinstance(place.value, str) else 1
        too_large = _too_large(nodes + _width(place.value), place.level, text, limits)
        if too_large:
            return [too_large]
        if len(problems) < MOST_PROBLEMS:
            problems += _refused(place, from_data=from_data)
    if not problems and len(_written_out(logic)) > limits.text:
        problems.append(_problem("too_long", limits.text, "bytes of text"))
    return problems


def _places(logic: Any) -> Iterator[_Place]:
    """Yield every value of a rule but the lists that only hold an operator's arguments, first to last."""
    waiting = [_Place(logic, "", 0)]
    while waiting:
        place = waiting.pop()
        yield place
        value, pointer, level = place.value, place.pointer, place.level + 1
        if isinstance(value, dict) and len(value) == 1:
            operator, values = next(iter(value.items()))
            pointer += "/" + str(operator)[:80].replace("~", "~0").replace("/", "~1")
            if not isinstance(values, list):
                waiting.append(_Place(values, pointer, level))
                continue
            value = values
        if isinstance(value, list):
            waiting += [_Place(value[i], f"{pointer}/{i}", level) for i in range(len(value) - 1, -1, -1)]


def _width(value: Any) -> int:
    """Return how many values are directly inside: known before any of them is looked at."""
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
        return len(value) if isinstance(value, list) else 1
    return len(value) if isinstance(value, list) else 0


_SIZE_CODES: Final = frozenset({"too_many_nodes", "too_deep", "too_long"})


def _too_large(nodes: int, level: int, text: int, limits: Limits) -> Problem | None:
    if nodes > limits.nodes:
        return _problem("too_many_nodes", limits.nodes, "operators and literals")
    if level > limits.levels:
        return _problem("too_deep", limits.levels, "levels")
    if text > limits.text:
        return _problem("too_long", limits.text, "bytes of text")
    return None


def _problem(code: str, most: int, of_what: str) -> Problem:
    return Problem("", code, f"the rule has more than {most:,} {of_what}: give parts of it names of their own")


def _written_out(logic: Any) -> bytes:
    return json.dumps(logic, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _refused(place: _Place, *, from_data: bool) -> list[Problem]:
    value = place.value
    if isinstance(value, dict):
        return _refused_object(place, from_data=from_data)
    if value is None or isinstance(value, str | bool | list):
        return []
    if not isinstance(value, int | float):
        return [Problem(place.pointer, "not_json", "this is not a JSON value: use text, numbers, true, false or null")]
    if from_data or -LARGEST <= value <= LARGEST:
        return []
    return [Problem(place.pointer, "literal_out_of_range", "keep numbers between -2^53 and 2^53")]


def _refused_object(place: _Place, *, from_data: bool) -> list[Problem]:
    if not place.value or (from_data and len(place.value) > 1):
        return []
    if len(place.value) > 1:
        words = f"an object names one operator, this one has {len(place.value)} keys: nest them or put them in a list"
        return [Problem(place.pointer, "several_keys", words)]
    operator = next(iter(place.value))
    if isinstance(operator, str) and operator in ARITY:
        return []
    return [Problem(place.pointer, "unknown_operator", _unknown(operator))]


def _unknown(operator: object) -> str:
    """Return the message for an operator off the list, with the nearest one on it."""
    if not isinstance(operator, str):
        return "an operator's name is text"
    name = operator if len(operator) <= 40 else operator[:40] + "…"
    near = _MEANT.get(operator) or next(iter(difflib.get_close_matches(name.lower(), ARITY, n=1)), None)
    return f"operator `{name}` is not in the allow-list" + (f"; did you mean `{near}`?" if near else "")


_MEANT: Final = {
    "=": "==",
    "<>": "!=",
    "&&": "and",
    "||": "or",
    "not": "!",
    "sum": "+",
    "concat": "cat",
    "length": "var",
}


def _saved(place: _Place) -> list[Problem]:
    if not isinstance(place.value, dict) or len(place.value) != 1:
        return []
    operator, values = arguments(place.value)
    if operator not in ARITY:
        return []
    fewest, most = ARITY[operator]
    problems = []
    if not fewest <= len(values) <= most:
        takes = str(fewest) if fewest == most else f"{fewest} to {most}" if most < LARGEST_LIST else f"{fewest} or more"
        words = f"`{operator}` takes {takes} argument{'' if takes == '1' else 's'}, not {len(values)}"
        problems.append(Problem(place.pointer, "wrong_arity", words))
    if any(_forbidden(path) for path in _paths(operator, values)):
        words = "no fact may be called `__proto__`, `constructor` or `prototype`: name another"
        problems.append(Problem(place.pointer, "forbidden_path", words))
    return problems


LARGEST_LIST: Final = 100


def _paths(operator: str, values: list[Any]) -> list[Any]:
    """Return the arguments that an operator reads as paths, as far as the rule spells them out."""
    if operator == "var":
        return values[:1]
    if operator not in {"missing", "missing_some"}:
        return []
    named = values[1:2] if operator == "missing_some" else values
    return [path for value in named for path in (value if isinstance(value, list) else [value])]


def _forbidden(path: Any) -> bool:
    """Tell whether a path that the rule spells out, or any text a computed path is made of, leads into JavaScript."""
    return any(
        isinstance(place.value, str) and not FORBIDDEN_SEGMENTS.isdisjoint(place.value.split("."))
        for place in _places(path)
    )
