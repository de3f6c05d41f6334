"""Every class of payload that broke a published engine, saved, compiled and run in a process with hard limits.

`python -m tests.domain.rules.hostile NAME` prints `{"saved": …, "ran": …}`. The limits are the operating system's, so a
payload that hangs or eats memory kills its own process and nothing else. Sources: the engines' own bug reports.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.errors import RuleFailed, RuleRefused
from frontdoor.domain.rules.check_rule import check_rule
from frontdoor.domain.rules.engine import evaluate

CPU_SECONDS, MEMORY = 6, 1_536 * 2**20
ACCUMULATOR, CURRENT = {"var": "accumulator"}, {"var": "current"}
SAVED, REFUSED, STOPPED = "saved", "refused", "stopped"
THOUSAND = [0] * 1_000


def deep(levels: int, operator: str = "!", inner: Any = 1) -> Any:
    """Return `operator` within itself."""
    logic = inner
    for _ in range(levels):
        logic = {operator: [logic]}
    return logic


def twice(levels: int, operator: str) -> Any:
    """Return a rule of few nodes whose parts a careless compiler writes twice at every level."""
    logic: Any = {"var": "a"}
    for _ in range(levels):
        logic = {operator: [logic, 1]}
    return logic


def choosing(levels: int) -> Any:
    """Return `if` within the condition of `if`."""
    logic: Any = {"var": "a"}
    for _ in range(levels):
        logic = {"if": [{"==": [logic, 1]}, 1, 0]}
    return logic


def mapped(*lists: list[Any]) -> Any:
    """Return `map` within `map`, over each list."""
    logic: Any = 1
    for each in reversed(lists):
        logic = {"map": [each, logic]}
    return logic


def folded(step: Any, start: Any, turns: Any = None) -> Any:
    """Return a `reduce` of `step`."""
    return {"reduce": [{"var": "turns"} if turns is None else turns, step, start]}


@dataclass(frozen=True)
class Payload:
    """One payload. `saved`: `saved`, or the code of its refusal. `ran`: `refused`, `stopped`, or the value."""

    make: Callable[[], Any]
    saved: str
    ran: Any
    data: dict[str, Any] = field(default_factory=dict)


def _unsaid(logic: Any) -> Callable[[], Any]:
    return lambda: logic


_TURNS = {"turns": [1] * 20_000, "forty": [1] * 40, "thousand": THOUSAND, "key": "a" * 40 + "!", "a": 1}
_GLOBALS = {"method": [{"method": ["", "__reduce_ex__", [4]]}, "__getitem__", [0]]}
_FORMAT = "{0.__init__.__globals__[os].environ[SECRET_KEY]}"

PAYLOADS: dict[str, Payload] = {
    "method runs python": Payload(_unsaid({"method": [_GLOBALS, "eval", ["1"]]}), "unknown_operator", REFUSED),
    "method formats an object": Payload(
        _unsaid({"method": [_FORMAT, "format", [{"var": "a"}]]}), "unknown_operator", REFUSED
    ),
    "dotted operator": Payload(_unsaid({"datetime.sys.exit": [3]}), "unknown_operator", REFUSED),
    "unknown operator": Payload(_unsaid({"nope": [1]}), "unknown_operator", REFUSED),
    "unknown operator never reached": Payload(_unsaid({"if": [False, {"nope": 1}, 2]}), "unknown_operator", REFUSED),
    "regular expression in vars": Payload(_unsaid({"vars": ["(a+)+$"]}), "unknown_operator", REFUSED),
    "regular expression in a test": Payload(
        _unsaid({"regexTest": [{"var": "key"}, "(a+)+$"]}), "unknown_operator", REFUSED
    ),
    "constructor of constructor": Payload(_unsaid({"var": "constructor.constructor"}), "forbidden_path", None),
    "constructor in pieces": Payload(_unsaid({"var": {"cat": ["const", "ructor"]}}), SAVED, None),
    "three nested maps of literals": Payload(
        lambda: mapped([0] * 600, [0] * 600, [0] * 600), SAVED, STOPPED
    ),
    "three nested maps of a thousand": Payload(lambda: mapped(THOUSAND, THOUSAND, THOUSAND), "too_many_nodes", REFUSED),
    "squaring forty times": Payload(
        _unsaid(folded({"*": [ACCUMULATOR, ACCUMULATOR]}, 10, {"var": "forty"})), SAVED, "Infinity"
    ),
    "product of literals of 4,000 digits": Payload(
        lambda: {"*": [10**4_000, 10**4_000]}, "literal_out_of_range", REFUSED
    ),
    "doubling a text": Payload(_unsaid(folded({"cat": [ACCUMULATOR, ACCUMULATOR]}, "ab")), SAVED, STOPPED),
    "doubling a list": Payload(_unsaid(folded({"merge": [ACCUMULATOR, ACCUMULATOR]}, [1])), SAVED, STOPPED),
    "appending 20,000 times": Payload(_unsaid(folded({"merge": [ACCUMULATOR, CURRENT]}, [])), SAVED, STOPPED),
    "a wide format": Payload(_unsaid({"!": {"%": ["%1000000000d", 1]}}), SAVED, True),
    "a text times a thousand million": Payload(_unsaid({"!": {"*": ["a", 1_000_000_000]}}), SAVED, True),
    "depth 400": Payload(lambda: deep(400), "too_deep", REFUSED),
    "depth 20,000": Payload(lambda: deep(20_000), "too_deep", REFUSED),
    "NaN as a literal": Payload(_unsaid({"+": [float("nan")]}), "literal_out_of_range", REFUSED),
    "infinity as a literal": Payload(_unsaid({"+": [float("inf")]}), "literal_out_of_range", REFUSED),
    "a missing argument": Payload(_unsaid({"==": [1]}), "wrong_arity", False),
    "two operators in one object": Payload(_unsaid({"==": [1, 1], "!=": [1, 1]}), "several_keys", REFUSED),
    "an operator that is its own answer": Payload(_unsaid([{"jsonLogic": []}]), "unknown_operator", REFUSED),
    **{
        f"{operator} written twice at each level": Payload(lambda operator=operator: twice(38, operator), SAVED, ran)
        for operator, ran in {
            "+": 39, "-": -37, "*": 1, "/": 1, "<": True, "==": True, "===": False, "in": False, "and": 1, "or": 1,
            "min": 1, "max": 1, "months_between": None, "age_on": None, "cat": "1" * 39,
        }.items()
    },
    "if within the condition of if": Payload(lambda: choosing(18), SAVED, 1),
    "wide and deep at the limits": Payload(
        lambda: {"or": [{"and": [{"==": [{"var": f"n{n}"}, n]}, {"<": [{"var": "a"}, n]}]} for n in range(200)]},
        SAVED,
        False,
    ),
}  # fmt: skip


def outcome(name: str) -> dict[str, Any]:
    """Return what saving and running a payload came to."""
    payload = PAYLOADS[name]
    logic = payload.make()
    problems = check_rule(logic)
    try:
        value = evaluate(logic, {**_TURNS, **payload.data})
        ran = value if value == value and value not in (float("inf"), float("-inf")) else "Infinity"
    except RuleRefused:
        ran = REFUSED
    except RuleFailed as failed:
        ran = STOPPED if "stopped" in failed.message else "failed"
    return {"saved": problems[0].code if problems else SAVED, "ran": ran}


def main() -> int:
    """Run one payload under the limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(outcome(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
