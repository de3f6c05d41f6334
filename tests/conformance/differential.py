"""Compare our engine with json-logic-js on random pairs.

`python -m tests.conformance.differential --seed 7 --pairs 100000`
Prints the smallest differences and exits with 1 if there are any. The same seed gives the same pairs.
"""

import argparse
import json
import sys
from random import Random
from typing import Any

from tests.conformance.pairs import pair
from tests.conformance.reference import ERROR, answers

from frontdoor.cli.json_text import written
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.engine import evaluate

BATCH = 20_000


def ours(logic: Any, data: Any) -> str:
    """Return the JSON text of our value, or ERROR where a browser would throw."""
    try:
        return written(evaluate(logic, data))
    except RuleFailed:
        return ERROR


def differences(seed: int, count: int) -> list[tuple[str, str, str]]:
    """Return (the pair as a line of JSON, our answer, json-logic-js's) for each of `count` pairs that differ."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    found = []
    for done in range(0, count, BATCH):
        lines = [_line(random) for _ in range(min(BATCH, count - done))]
        pairs = [(line["logic"], line["data"]) for line in map(json.loads, lines)]
        for line, (logic, data), theirs in zip(lines, pairs, answers(pairs), strict=True):
            mine = ours(logic, data)
            if mine != theirs:
                found.append((line, mine, theirs))
    return found


def _line(random: Random) -> str:
    logic, data = pair(random)
    return json.dumps({"logic": logic, "data": data})


def main() -> int:
    """Run the command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pairs", type=int, default=20_000)
    chosen = options.parse_args()
    found = differences(chosen.seed, chosen.pairs)
    for line, mine, theirs in sorted(found, key=lambda each: len(each[0]))[:10]:
        sys.stdout.write(f"{line}\n  ours   {mine}\n  theirs {theirs}\n")
    sys.stdout.write(f"seed {chosen.seed}: {chosen.pairs:,} pairs, {len(found):,} differences\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
