"""Replays a receipt: the same rules over the same situation give the same answer, years later."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.rules.conclude import Circumstances, conclude
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.table import Rules

# What a newer engine may say differently without having decided differently.
_MAY_DIFFER = frozenset({"engine"})


def replay(receipt: Receipt, rules: Rules) -> Receipt:
    """Return the receipt that the rules give today for what went in then; NotFound where the table is gone."""
    row = next((row for row in _rows(rules, receipt.code) if row.id in receipt.fired and row.clock), None)
    dates = {row.clock: receipt.argument} if row and receipt.argument else {}
    return conclude(rules, receipt.code, receipt.situation, Circumstances(receipt.snapshot, receipt.holidays, dates))


def _rows(rules: Rules, code: str) -> tuple[Any, ...]:
    decision = rules.decisions.get(code)
    return (*decision.rows, decision.otherwise) if decision else ()


def same(receipt: Receipt, replayed: Receipt) -> list[str]:
    """Return what differs, as JSON pointers in order; [] when the replay is the same."""
    return [
        pointer for pointer in _differences(receipt.to_json(), replayed.to_json(), "") if pointer[1:] not in _MAY_DIFFER
    ]


def _differences(first: Any, second: Any, at: str) -> list[str]:
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return [
            pointer
            for key in sorted({*first, *second})
            for pointer in _differences(first.get(key), second.get(key), f"{at}/{key}")
        ]
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        pairs = enumerate(zip(first, second, strict=True))
        return [pointer for index, pair in pairs for pointer in _differences(*pair, f"{at}/{index}")]
    return [] if first == second else [at]
