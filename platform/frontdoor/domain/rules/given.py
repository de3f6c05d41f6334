"""Facts mode: given facts instead of answers, as worked examples and `frontdoor decide` use them.

A given null is unknown. A fact that is not given is worked out if it reads only facts, parameters and the date; else it
takes its `if_omitted`, or is known to be empty. The rule that is asked for is never taken as given by omission. When a
fact over rows is asked for, the flat facts are one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms import partial_dates
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.rules.prepare import UNKNOWN, Finding, between, known_empty, place
from frontdoor.domain.rules.situation import GIVEN, Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Fact, Rules

ROW = "row0"
_GIVEN = Provenance(GIVEN)
_WORKED_OUT = frozenset({"facts", "parameters", "as_of"})


@dataclass(frozen=True)
class _Sorted:
    """Given names, sorted into what they set."""

    facts: Mapping[str, Any]
    parameters: Mapping[str, Any]
    platform: Mapping[str, Any]
    other: Mapping[str, Any]  # questions, by their id
    as_of: str


def given_situation(
    rules: Rules, facts: Mapping[str, Any], reads: frozenset[str], *, as_of: date, asked: Fact | None = None
) -> Situation:
    """Return the situation of flat facts, for rules that read `reads`; `asked` is the fact that is to be worked out.

    Raises AnswersRejected for names that nothing knows and values of the wrong type.
    """
    given = _sorted(rules, facts, as_of)
    needed = rules.needed(reads)
    paths = reads.union(*(fact.reads for fact in needed))
    data: dict[str, Any] = {
        "answers": {},
        "parameters": {**{key: each.value for key, each in rules.parameters.items()}, **given.parameters},
        "as_of": given.as_of,
    }
    _place_platform(data, paths, given)
    one_row = asked is not None and bool(asked.over)
    fixed = {}
    for fact in needed:
        finding = _fixed(fact, given, asked)
        if finding is not None:
            fixed[fact.id] = Fixed(_with_omissions(finding, f"{fact.name}.", paths), _GIVEN)
    row_facts = {key: {ROW: value} for key, value in fixed.items() if rules.facts[key].of_row}
    _place_answers(data, paths, given, rules, over=asked.over if asked and one_row else "")
    family = {key: value for key, value in fixed.items() if not rules.facts[key].of_row}
    return Situation(data, family, row_facts)


def _sorted(rules: Rules, facts: Mapping[str, Any], as_of: date) -> _Sorted:
    sorts: dict[str, dict[str, Any]] = {"facts": {}, "parameters": {}, "platform": {}, "other": {}, "": {}}
    for name, value in facts.items():
        if name != "as_of":
            sort, key = _sort_of(rules, name)
            sorts[sort][key] = value
    words = "No fact, question or parameter has this name"
    problems = [Problem(f"/{name}", "unknown_name", words) for name in sorts[""]]
    problems += wrong_parameters(rules, sorts["parameters"], "")
    day = facts.get("as_of") or as_of.isoformat()
    if not fits(day, "date"):
        problems.append(Problem("/as_of", "not_a_date", "Write the date like 2026-11-23"))
    if problems:
        raise AnswersRejected("Some facts cannot be used", problems=problems)
    return _Sorted(sorts["facts"], sorts["parameters"], sorts["platform"], sorts["other"], day)


def wrong_parameters(rules: Rules, values: Mapping[str, Any], at: str) -> list[Problem]:
    """Return a problem for each value that is not of its parameter's type; null is none either: leave it out."""
    kinds = {name: rules.parameters[name].type for name in values}
    return [
        Problem(f"{at}/{name}", "wrong_type", f"Give a value of type {kind}, or leave it out")
        for name, kind in kinds.items()
        if not fits(values[name], kind)
    ]


def _sort_of(rules: Rules, name: str) -> tuple[str, str]:
    """Return what a given name sets, and the key there; "" for a name that nothing knows."""
    fact = rules.fact(name)
    if name in rules.parameters:
        return "parameters", name
    if fact is not None:
        return "facts", fact.id
    platform = next((path for path in PLATFORM_VALUES if name in (path, path.rpartition(".")[2])), None)
    if platform is not None:
        return "platform", platform
    read = [path for each in rules.facts.values() for path in each.reads]
    read += [path for table in rules.decisions.values() for path in table.reads]
    questions = {path.rpartition(".")[2] for path in (*rules.kinds, *read) if path.startswith("answers.")}
    return ("other", name) if name in questions else ("", name)


def _fixed(fact: Fact, given: _Sorted, asked: Fact | None) -> Finding | None:
    """Return the value of a fact that is given or left out; None for one that is to be worked out."""
    if fact.id in given.facts:
        return stated(fact.id, given.facts[fact.id], fact.type)
    if asked is not None and fact.id == asked.id:
        return None
    if fact.logic is not None and not fact.over and {path.split(".")[0] for path in fact.reads} <= _WORKED_OUT:
        return None
    if fact.omitted_stated:
        return stated(fact.id, fact.if_omitted, fact.type)
    return known_empty(fact.type)


def _with_omissions(finding: Finding, prefix: str, paths: frozenset[str]) -> Finding:
    """Return a given list with what its objects leave out known to be none: left out is empty, null is unknown."""
    if not isinstance(finding.value, list):
        return finding
    read = {path.removeprefix(prefix).split(".")[0] for path in paths if path.startswith(prefix)}
    return replace(finding, value=[_filled(each, read) if isinstance(each, dict) else each for each in finding.value])


def _filled(element: Mapping[str, Any], read: set[str]) -> dict[str, Any]:
    return {**element, **{f"!{key}": True for key in sorted(read) if key not in element}}


def stated(name: str, value: Any, kind: str) -> Finding:
    """Return the finding of a given value: null is unknown, "" is nothing, a partial date lies between two days.

    Raises AnswersRejected for a value that is not of the type.
    """
    if value is None:
        return UNKNOWN
    if value == "":
        return known_empty(kind)
    if kind == "date" and (value == partial_dates.UNKNOWN or partial_dates.interval(value)):
        days = partial_dates.interval(value)
        return between(days[0].isoformat(), days[1].isoformat()) if days else UNKNOWN
    if not fits(value, kind):
        raise AnswersRejected(
            "Some facts cannot be used", problems=[Problem(f"/{name}", "wrong_type", f"Give a value of type {kind}")]
        )
    return Finding(value)


def _place_platform(data: dict[str, Any], paths: frozenset[str], given: _Sorted) -> None:
    for path in PLATFORM_VALUES:
        root, _, name = path.partition(".")
        if not name:
            continue
        held = data.setdefault(root, {})
        if path in given.platform and PLATFORM_VALUES[path].type == "object":
            held[name] = given.platform[path]
        elif path in given.platform:
            place(held, name, stated(path, given.platform[path], PLATFORM_VALUES[path].type))
        elif PLATFORM_VALUES[path].type == "object":
            held[name] = {}
        else:
            place(held, name, known_empty(PLATFORM_VALUES[path].type))
    data["decisions"] = {path.split(".")[1]: {"!decision": True} for path in paths if path.startswith("decisions.")}


def _place_answers(data: dict[str, Any], paths: frozenset[str], given: _Sorted, rules: Rules, *, over: str) -> None:
    """Put every question that is read where the rules look for it: as given, else known to be empty."""
    of_rows = {fact.name for fact in rules.facts.values() if fact.of_row}
    row: dict[str, Any] = {"id": ROW}
    for path in sorted(path for path in paths if path.startswith("answers.") and path != over):
        _, form, *rest = path.split(".")
        held = data["answers"].setdefault(form, {})
        if len(rest) == 1:
            place(held, rest[0], _question(path, rest[0], given, rules))
        elif over and f"answers.{form}.{rest[0]}" == over and path not in of_rows and rest[1] != "id":
            place(row, rest[1], _question(path, rest[1], given, rules))
    if over:
        _, form, group = over.split(".")
        place(data["answers"].setdefault(form, {}), group, Finding([row]))


def _question(path: str, name: str, given: _Sorted, rules: Rules) -> Finding:
    kind = rules.kinds.get(path, "any")
    if name in given.other:
        return _of_kind(name, given.other[name], kind)
    if name not in given.facts:
        return known_empty(kind)
    # A fact of the same name as the question was given: it says what was answered only if it could be the answer.
    value = given.facts[name]
    return _of_kind(name, value, kind) if kind == "any" or value is None or fits(value, kind) else UNKNOWN


def _of_kind(name: str, value: Any, kind: str) -> Finding:
    return stated(name, value, kind) if kind != "any" else _anything(value)


def _anything(value: Any) -> Finding:
    days = partial_dates.interval(value) if isinstance(value, str) else None
    if days:
        return between(days[0].isoformat(), days[1].isoformat())
    return UNKNOWN if value is None else Finding(value)
