"""Proofs in a process of their own: the same findings, and an end in time."""

import multiprocessing
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from tests.services import small_pack

from frontdoor.domain.errors import NotFound
from frontdoor.domain.programme import Programme
from frontdoor.services.proofs.findings import Limit
from frontdoor.services.prove import differences, prove
from frontdoor.services.prove_apart import EVERYTHING, differences_apart, prove_apart

AS_OF = date(2026, 11, 23)


def programme(**rows: Any) -> Programme:
    rules = deepcopy(small_pack.RULES)
    rules["decisions"]["T-1"]["rows"] |= rows
    holidays = small_pack.FILES["rules/base/holidays.json"]
    tree = {
        "forms": {"request": small_pack.FORM},
        "rules": {"threshold": rules, "holidays": holidays},
    }
    return Programme.from_tree(tree, authority="", programme="care", number=0, digest="")


def shadowed() -> dict[str, Any]:
    first = small_pack.RULES["decisions"]["T-1"]["rows"]["met"]
    return {**deepcopy(first), "order": 20, "when": {">": [{"var": "facts.needs"}, 7]}, "decision": "pending"}


def test_a_process_apart_finds_what_a_proof_here_finds() -> None:
    made = programme(more=shadowed())
    [apart] = prove_apart(made, ["T-1"], as_of=AS_OF)
    assert apart == prove(made.rules, made.forms, "T-1", as_of=AS_OF)
    assert [each.kind for each in apart.found] == ["dead"]
    assert apart.blocks


def test_differences_are_found_apart_too() -> None:
    was, now = programme(), programme(more={**shadowed(), "order": 5})
    [apart] = differences_apart(was, now, ["T-1"], as_of=AS_OF)
    assert apart == differences(was.rules, now.rules, now.forms, "T-1", as_of=AS_OF)
    assert ("accept", "pending") in [(each.was, each.now) for each in apart.found]


@pytest.mark.parametrize("limit", [Limit(seconds=0.05), Limit(megabytes=48)], ids=["time", "memory"])
def test_a_process_that_takes_too_much_is_ended_and_its_table_is_not_proved(limit: Limit) -> None:
    [apart] = prove_apart(programme(), ["T-1"], as_of=AS_OF, limit=limit)
    assert not apart.proved
    assert apart.not_proved == (EVERYTHING,)
    assert not apart.found
    assert not [child for child in multiprocessing.active_children() if child.name == "proof"]


def test_a_table_that_is_not_there_is_told_before_any_process_starts() -> None:
    with pytest.raises(NotFound, match="There is no decision `T-9`: use one of T-1"):
        prove_apart(programme(), ["T-9"], as_of=AS_OF)
