"""One published engine over the plain rule, in a process of its own; hand-written Python is timed beside it.

`python -m tests.bench.rule_peers NAME < cases.json` prints `{"rate", "whole", "hand", "answers"}`: a second, the best
of five rounds; `whole` is from the nomination, with what the rule reads worked out by hand.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.bench import by_hand
from tests.bench.plain_rule import RULE, ZEN, flat

Decide = Callable[[Any], Any]


def _called(module: str, name: str) -> Decide:
    apply = getattr(importlib.import_module(module), name)
    return lambda data: apply(RULE, data)


def _datalogic() -> Decide:
    rule = importlib.import_module("datalogic_py").Engine().compile(RULE)
    return rule.evaluate  # type: ignore[no-any-return]  # a compiled module without types


def _zen() -> Decide:
    rule = importlib.import_module("zen").compile_expression(ZEN)
    return rule.evaluate  # type: ignore[no-any-return]  # a compiled module without types


def _ours() -> Decide:
    return importlib.import_module("frontdoor.domain.rules.engine").compile_rule(RULE)  # type: ignore[no-any-return]


PEERS: dict[str, tuple[str, Callable[[], Decide]]] = {
    "engine": ("our engine on that same rule", _ours),
    "qubit": ("json-logic-qubit", lambda: _called("json_logic", "jsonLogic")),
    "panzi": ("panzi-json-logic", lambda: _called("json_logic", "jsonLogic")),
    "rs": ("jsonlogic-rs, dict in", lambda: _called("jsonlogic_rs", "apply")),
    "datalogic": ("datalogic-py, compiled, dict in", _datalogic),
    "zen": ("zen-engine, compiled expression", _zen),
}


def best(works: dict[str, Callable[[], None]], count: int) -> dict[str, float]:
    """Return how many a second each does, the best of five rounds taken in turn: the machine is shared."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(5):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - began)
    return {name: count / min(times) for name, times in taken.items()}


def main() -> int:
    """Time one engine."""
    cases = json.load(sys.stdin)
    decide = PEERS[sys.argv[1]][1]()
    flats = [case["flat"] for case in cases]
    answers = [decide(one) for one in flats]

    def theirs() -> None:
        for one in flats:
            decide(one)

    told = [(case["answers"], date.fromisoformat(case["as_of"])) for case in cases]

    def hand() -> None:
        for given, as_of in told:
            by_hand.decide(given, as_of)

    def whole() -> None:
        for given, as_of in told:
            decide(flat(given, as_of))

    measured = best({"rate": theirs, "whole": whole, "hand": hand}, len(cases))
    json.dump({**measured, "answers": answers}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
