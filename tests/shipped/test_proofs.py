"""Every shipped decision table is proved: no row that can never be true or never decides, no gap, no clash."""

import time
from datetime import date

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import Packs, gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.symbolic.families import MOST_ROWS
from frontdoor.services.proofs.findings import Limit
from frontdoor.services.proofs.proving import YES, TableProof
from frontdoor.services.proofs.replaying import Engine
from frontdoor.services.prove import _Solver, prove
from frontdoor.store import shipped

AS_OF = date(2026, 11, 23)
PATIENT = Limit(seconds=200, each=60)  # the machine may be busy
PAIRS = gather(shipped.read(packs_dir()).sources).pairs()


@pytest.mark.parametrize(("authority", "programme"), PAIRS, ids=str)
def test_no_shipped_row_is_dead_and_no_family_falls_through(
    packs: Packs, authority: str | None, programme: str
) -> None:
    tree = resolve(packs, programme, authority).tree
    made = Programme.from_tree(tree, authority=authority, programme=programme, number=0, digest="")
    assert made.rules.decisions
    for code in made.rules.decisions:
        findings = prove(made.rules, made.forms, code, as_of=AS_OF, limit=PATIENT)
        assert findings.proved, findings.to_json()
        assert [each.told["en"] for each in findings.found] == [], code


@pytest.mark.parametrize(("authority", "programme"), PAIRS, ids=str)
def test_every_shipped_row_decides_some_family_in_the_engine_too(
    packs: Packs, authority: str | None, programme: str
) -> None:
    """Models of real tables, with their visibility, groups, dates and sources: the engine fires it."""
    tree = resolve(packs, programme, authority).tree
    made = Programme.from_tree(tree, authority=authority, programme=programme, number=0, digest="")
    for code in made.rules.decisions:
        engine = Engine(made.rules, made.forms, code, AS_OF)
        proof = TableProof(engine, lambda: _Solver(60, time.monotonic() + 200), MOST_ROWS)
        for row in (*proof.table.rows, proof.table.otherwise):
            answer = proof.solver.ask(proof.table.fires(row))
            assert answer.said == YES or row is proof.table.otherwise, (code, row.row.id)
            if answer.said == YES:
                assert row.row.id in engine.decide(proof.families.read(answer.model)).fired, (code, row.row.id)
