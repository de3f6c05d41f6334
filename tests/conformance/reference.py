"""json-logic-js in a Node process: the answer every rule must have."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
NODE_MODULES = Path(os.environ.get("FRONTDOOR_NODE_MODULES", REPOSITORY / "node_modules"))
SHARED = Path(os.environ.get("FRONTDOOR_CONFORMANCE", REPOSITORY.parent / "shared"))
SUITES = SHARED / "jsonlogic"
SCHEMA_SUITE = SHARED / "json-schema-test-suite"

ERROR = "error"


def answers(pairs: Iterable[tuple[Any, Any]]) -> list[str]:
    """Return the JSON text of each rule's value as json-logic-js gives it, or ERROR where it throws."""
    asked = "".join(json.dumps({"logic": logic, "data": data}) + "\n" for logic, data in pairs)
    command = ["node", str(HERE / "reference.mjs"), str(NODE_MODULES)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, encoding="utf-8")
    return [_answer(line) for line in done.stdout.split("\n")[:-1]]


def _answer(line: str) -> str:
    start, _, rest = line.partition(":")
    return rest[:-1] if start == '{"value"' else ERROR
