"""Where a parameter tips a decision: the numbers at which a comparison with it changes, read from one family's facts.

Between two such numbers every comparison comes out the same, and so does whatever hangs on them: to decide at each
number and once between them is to have decided for every value. A parameter that is used for anything but being
compared with something that it does not itself move has no such numbers; what hangs on it is decided value by value.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from math import inf, isfinite, nextafter
from typing import Any

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.compiled import compiled
from frontdoor.domain.rules.engine import Rule
from frontdoor.domain.rules.prepare import SIGNS
from frontdoor.domain.rules.table import Fact, Row, Rules, fact_name

_COMPARED = frozenset({"<", "<=", ">", ">=", "==", "===", "!=", "!=="})


@dataclass(frozen=True)
class Compared:
    """One thing that a parameter is compared with, as a number; `over` is the group whose rows have one each, or ""."""

    number: Rule
    over: str


def moved_by(rules: Rules, names: Iterable[str]) -> frozenset[str]:
    """Return the names that some parameters move: themselves, and every fact that reads them at any remove."""
    found = {f"parameters.{name}" for name in names}
    for fact in rules.facts.values():
        if any(path in found or fact_name(path) in found for path in fact.reads):
            found.add(fact.name)
    return frozenset(found)


def of_table(rules: Rules, code: str, name: str, names: Iterable[str]) -> tuple[Compared, ...]:
    """Return all that a parameter is compared with on the way to a table's decision, while `names` are moved.

    Errors: `LookupError` where that cannot be said.
    """
    decision = rules.decisions[code]
    rows = (*decision.rows, decision.otherwise)
    facts = rules.needed(decision.reads.union(*(row.argument_reads for row in rows)))
    return compared_with(name, facts, rows, moved_by(rules, names))


def compared_with(name: str, facts: Iterable[Fact], rows: Iterable[Row], moved: frozenset[str]) -> tuple[Compared, ...]:
    """Return all that the parameter `name` is compared with in some facts and rows. Errors: `LookupError`.

    `moved` are the names that move as well: with one of them there is nothing fixed to compare with, nor is there where
    the parameter is used otherwise.
    """
    found: dict[tuple[str, str], Compared] = {}
    for over, rule in _rules(facts, rows):
        for other in _others(rule, f"parameters.{name}"):
            if _reads(other, over) & moved:
                raise LookupError(name)
            at = (over, canonical(other))
            found[at] = found.get(at) or Compared(compiled({"-": [other, 0]}), over)
    return tuple(found.values())


def _rules(facts: Iterable[Fact], rows: Iterable[Row]) -> Iterator[tuple[str, Any]]:
    """Yield every plain rule, with the group whose rows it is of."""
    for fact in facts:
        if fact.rule is not None:
            yield from ((fact.over, one) for one in _plain(fact.rule.translation))
    for row in rows:
        for rule in (row.test, row.argument_rule):
            if rule is not None:
                yield from (("", one) for one in _plain(rule.translation))


def _plain(translation: Any) -> Iterator[Any]:
    for one in fields(translation):
        value = getattr(translation, one.name)
        if is_dataclass(value):
            yield from _plain(value)
        else:
            yield value


def _others(rule: Any, path: str) -> Iterator[Any]:
    """Yield what the parameter at a path is compared with. Errors: `LookupError` where it is used otherwise."""
    if isinstance(rule, list):
        for one in rule:
            yield from _others(one, path)
    if not isinstance(rule, dict) or len(rule) != 1:
        return
    operator, values = arguments(rule)
    if operator == "var":
        if values and values[0] == path:
            raise LookupError(path)
        return
    itself = [one for one in values if _is(one, path)] if operator in _COMPARED else []
    others = [one for one in values if not _is(one, path)] if itself else values
    if itself:
        yield from others
    for one in others:
        yield from _others(one, path)


def _is(rule: Any, path: str) -> bool:
    return bool(rule == {"var": path} or rule == {"var": [path]})


def _reads(rule: Any, over: str) -> set[str]:
    """Return the names that a plain rule reads, and those of the facts that they are of; signs left out."""
    found: set[str] = set()
    for path in _paths(rule):
        before, dot, last = path.rpartition(".")
        plain = f"{before}{dot}{last.lstrip(SIGNS)}"
        full = f"{over}.{plain.removeprefix('row.')}" if over and plain.startswith("row.") else plain
        found |= {full, fact_name(full)}
        found |= {over} if plain == "row" else set()
    return found


def _paths(rule: Any) -> Iterator[str]:
    if isinstance(rule, list):
        for one in rule:
            yield from _paths(one)
    if isinstance(rule, dict) and len(rule) == 1:
        operator, values = arguments(rule)
        if operator == "var" and values and isinstance(values[0], str):
            yield values[0]
        yield from _paths(values)


def numbers(compared: Iterable[Compared], data: Mapping[str, Any]) -> tuple[float, ...]:
    """Return, in order, the numbers at which some comparison with the parameter changes, of one family."""
    found: set[float] = set()
    for one in compared:
        for scope in _scopes(one.over, data):
            try:
                number = one.number(scope)
            except RuleFailed:
                continue  # then the comparison fails as well, whatever the parameter is
            if isinstance(number, int | float) and isfinite(number):
                found.add(float(number))
    return tuple(sorted(found))


def _scopes(over: str, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if not over:
        yield data
        return
    _, form, group = over.split(".")
    held = data["answers"].get(form) or {}
    yield from ({**data, "row": row} for row in held.get(group) or ())


def samples(at: Sequence[float]) -> list[float]:
    """Return a value for each stretch: below the first number, at it, between it and the next, and so on.

    Where no double lies between two numbers the stretch is empty, and the value there is never asked for.
    """
    found: list[float] = []
    for index, number in enumerate(at):
        before = at[index - 1] if index else -inf
        found += [_between(before, number), number]
    return [*found, _between(at[-1], inf) if at else 0.0]


def _between(low: float, high: float) -> float:
    if low == -inf:
        return min(high - 1, nextafter(high, -inf))
    if high == inf:
        return max(low + 1, nextafter(low, inf))
    middle = low + (high - low) / 2
    return middle if low < middle < high else high


def place(at: Sequence[float], value: float) -> int:
    """Return in which stretch a value is: an index into `samples`."""
    index = bisect_left(at, value)
    return 2 * index + (1 if index < len(at) and at[index] == value else 0)


def stretches(at: Sequence[float], told: Sequence[str]) -> tuple[list[float], list[str]]:
    """Return the numbers that matter and what is decided in each stretch, of what was `told` for each of `samples`.

    A number stays where the decision differs below, at or above it.
    """
    kept: list[float] = []
    words = [*told[:1]]
    for index, number in enumerate(at):
        here, above = told[2 * index + 1], told[2 * index + 2]
        if not words[-1] == here == above:
            kept.append(number)
            words += [here, above]
    return kept, words
