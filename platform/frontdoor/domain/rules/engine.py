"""JSONLogic with exactly json-logic-js 2.0.5's answers: a rule is checked once, compiled to Python once, run often.

Stored rules are hostile until proven: what may run is in `check_rule`, what a run may spend in `fuel`.
Where a browser throws an error, RuleFailed is raised; where it never ends, RuleFailed comes when the steps run out.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from frontdoor.domain.errors import Problem, RuleFailed, RuleRefused
from frontdoor.domain.rules.answer import settled
from frontdoor.domain.rules.check_rule import WRITTEN, Limits, refusals
from frontdoor.domain.rules.coerce import UNDEFINED, truthy
from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.lookup import enough, is_missing, look, split_path
from frontdoor.domain.rules.program import Program
from frontdoor.domain.rules.writers import program_of

__all__ = ["Json", "Rule", "compile_rule", "evaluate", "truthy"]

Json = Any  # None, bool, int, float, str, list, dict, as json.loads gives them

RULES_KEPT = 2_048
TRIAL = 2_000  # steps that compiling a rule found in data costs
MOST_NESTED = 10  # such rules within each other


@dataclass(frozen=True)
class Rule:
    """A checked and compiled rule. Call it with the data; it keeps nothing between calls."""

    main: Callable[[Any, Run], Any]
    holds_undefined: bool

    def __call__(self, data: Json) -> Json:
        """Return the rule's value for `data`, which is plain JSON and is not changed; the value may share its parts.

        NaN and infinities come back as floats: a decision turns them into `cannot_decide`, JSON prints them as null.
        Whole numbers that the rule computes are ints. Raises RuleFailed when steps or size run out, and where a
        browser would throw an error.
        """
        return settled(self.main(data, Run(data)), holds_undefined=self.holds_undefined)

    def holds(self, data: Json) -> bool:
        """Return whether the rule's value is true as JSONLogic has it. Raises as a call does."""
        value = self.main(data, Run(data))
        if value is True or value is False:
            return value
        return truthy(settled(value, holds_undefined=self.holds_undefined))


def evaluate(logic: Json, data: Json) -> Json:
    """Return the value of `logic` for `data`; undefined is None. Raises RuleRefused and RuleFailed."""
    return compile_rule(logic)(data)


def compile_rule(logic: Json, *, limits: Limits = WRITTEN) -> Rule:
    """Return the compiled rule, from the cache if its text is known.

    Raises:
        RuleRefused: an operator off the allow-list, an object of several keys, a literal beyond 2^53, or a rule
            larger than `limits`; `problems` lists them with JSON pointers. `{}` is a literal, as in a browser.
    """
    try:
        text = json.dumps(logic, separators=(",", ":"))
    except (RecursionError, TypeError, ValueError):
        _refuse(refusals(logic, limits) or [_NOT_JSON])
    if len(text) > 6 * limits.text:
        _refuse(refusals(logic, limits) or [_NOT_JSON])
    return _compiled(text, limits)


_NOT_JSON = Problem("", "not_json", "this is not JSON: use lists, objects, text, numbers, true, false and null")


def _refuse(problems: list[Problem]) -> None:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    raise RuleRefused(problems[0].message + more, problems=problems)


@lru_cache(maxsize=RULES_KEPT)
def _compiled(text: str, limits: Limits) -> Rule:
    logic = json.loads(text)
    problems = refusals(logic, limits)
    if problems:
        _refuse(problems)
    return _rule(program_of(logic))


def _rule(program: Program) -> Rule:
    names = dict(program.names, missing=_missing, missing_some=_missing_some)
    # The source is ours from end to end: operators map to fixed text, every literal and path is bound by name.
    exec(compile(program.source, "<rule>", "exec"), names)  # noqa: S102
    return Rule(names["main"], program.holds_undefined)


def _missing(data: Any, run: Run, *values: Any) -> list[Any]:
    """`missing`, on keys that were computed."""
    keys = values[0] if values and values[0].__class__ is list else values
    run.spend(len(keys))
    return [key for key in keys if is_missing(_named(data, run, key))]


def _named(data: Any, run: Run, key: Any) -> Any:
    """Return what a computed key leads to. As in a browser, a list is `[path, default]` and an object is a rule."""
    parts = [_computed(data, run, part) for part in (key if key.__class__ is list else [key])] + [UNDEFINED] * 2
    return look(data, split_path(parts[0], run), parts[1], run)


def _missing_some(data: Any, run: Run, need: Any, options: Any) -> list[Any]:
    """`missing_some`: the missing keys, or none if enough are there."""
    values = options if options.__class__ is list else [options]
    absent = _missing(data, run, *(_computed(data, run, value) for value in values))
    return [] if enough(options, absent, need, run) else absent


def _computed(data: Any, run: Run, value: Any) -> Any:
    """Return a value that json-logic-js evaluates a second time, so that data can hold a rule: checked like any other.

    Raises:
        RuleFailed: the data hold a rule that may not run.
    """
    if not ((value.__class__ is list and value) or (value.__class__ is dict and len(value) == 1)):
        return value
    run.spend(TRIAL)
    if run.nested == MOST_NESTED:
        raise RuleFailed("The facts hold a rule within a rule where a name belongs")
    try:
        text = json.dumps(value, default=_undefined_as_logic)
    except (RecursionError, TypeError, ValueError):
        raise RuleFailed("The facts hold something too deep for a list of names") from None
    run.spend(len(text))
    logic = json.loads(text)
    if refusals(logic, from_data=True):
        raise RuleFailed("The facts hold a rule where a name belongs, and it may not run")
    run.nested += 1
    found = _rule(program_of(logic)).main(data, run)
    run.nested -= 1
    return found


def _undefined_as_logic(value: object) -> object:
    if value is UNDEFINED:
        return {"and": []}
    raise TypeError
