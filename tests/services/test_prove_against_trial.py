"""The proof finds exactly what trying every family finds, on 500 seeded tables. Another seed: FRONTDOOR_PROOF_SEED."""

import os

import pytest
from tests.services.proving import compared, drawn, later, moved, tried

SEED = int(os.environ.get("FRONTDOOR_PROOF_SEED", "1"))
BATCHES, EACH = 20, 25


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_proof_and_trying_every_family_agree(batch: int) -> None:
    wrong = []
    for number in range(batch * EACH, (batch + 1) * EACH):
        differs, proof, _ = compared(drawn(SEED, number))
        wrong += [f"seed {SEED} table {number}: {each}" for each in differs]
        wrong += [f"seed {SEED} table {number}: no family" for each in proof.found
                  if each.kind not in ("contradictory",) and each.witness is None]  # fmt: skip
    assert not wrong


def test_the_tables_hold_every_kind_of_fault_groups_and_unknowns() -> None:
    tables = [drawn(1, number) for number in range(40)]
    trials = [tried(table) for table in tables]
    assert all(any(getattr(trial, kind) for trial in trials) for kind in ("contradictory", "dead", "gap", "clashes"))
    assert any(form.groups() for form in (table.form for table in tables))
    assert any(row.asks_unknown for table in tables for row in table.rules.decisions["T-1"].rows)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_two_versions_differ_exactly_where_trying_every_family_says_so(start: int) -> None:
    for number in range(start, start + 20):
        table = drawn(SEED, number)
        proof, trial, found = moved(table, later(table, SEED, number))
        assert proof == trial, f"seed {SEED} table {number}"
        assert found.proved
