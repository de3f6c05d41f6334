"""The community's suites: every row on the standard operators that json-logic-js itself passes, we pass."""

import json
from typing import Any

import pytest
from tests.conformance.differential import ours
from tests.conformance.reference import SUITES, answers

from frontdoor.cli.json_text import written
from frontdoor.domain.errors import RuleRefused


def _rows() -> list[tuple[str, dict[str, Any]]]:
    files = sorted((SUITES / "compat-tables" / "suites").rglob("*.json"))
    return [
        (path.stem, row)
        for path in files
        for row in json.loads(path.read_text())
        if isinstance(row, dict) and "result" in row
    ]


def _same(text: str, value: Any) -> bool:
    return text == written(value)


@pytest.mark.usefixtures("needs_suites")
def test_every_row_that_json_logic_js_passes_passes_here():
    rows = _rows()
    theirs = answers((row["rule"], row.get("data")) for _, row in rows)
    passed = [(name, row) for (name, row), text in zip(rows, theirs, strict=True) if _same(text, row["result"])]
    wrong: list[Any] = []
    refused: list[str] = []
    for name, row in passed:
        try:
            if not _same(ours(row["rule"], row.get("data")), row["result"]):
                wrong.append((name, row))
        except RuleRefused as error:
            refused += [problem.message for problem in error.problems]
    assert wrong == []
    # A browser notices an operator it does not know only when it comes to it; here the rule may not even be stored.
    assert set(refused) == {"operator `throw` is not in the allow-list"}
    assert len(passed) >= 494
