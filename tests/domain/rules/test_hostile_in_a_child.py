"""Hostile rules against the clock and the memory of a process of their own, compile time included."""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.domain.rules.hostile import PAYLOADS

from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.rules.fused.operators import writer
from frontdoor.domain.rules.fused.terms import NotFused, local
from frontdoor.domain.rules.translate import translate

REPOSITORY = Path(__file__).parents[3]


@pytest.mark.parametrize("name", [pytest.param(name, id=name.replace(" ", "-")) for name in PAYLOADS])
def test_a_payload_is_refused_when_saved_or_stopped_when_run(name):
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.rules.hostile", name],
        capture_output=True, text=True, cwd=REPOSITORY, timeout=60,
        env={"PYTHONPATH": f"{REPOSITORY / 'platform'}:{REPOSITORY}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    assert json.loads(done.stdout) == {"saved": PAYLOADS[name].saved, "ran": PAYLOADS[name].ran}


def entangled(levels, operator):
    logic = {"var": "facts.n"}
    for place in range(levels):
        logic = {operator: [logic, place]} if place % 2 else {"if": [{"<": [logic, 1]}, 1, 2]}
    return {"<": [logic, 3]}


@pytest.mark.parametrize("operator", ["+", "min", "-", "*", "age_on", "days_between"])
@pytest.mark.parametrize("levels", [4, 12, 30])
def test_a_nested_rule_is_translated_and_written_quickly_or_refused(operator, levels):
    start = time.perf_counter()
    try:
        rules = translate(entangled(levels, operator), {"facts.n": "number"})
    except DocumentRejected:
        rules = None
    w = writer()
    w.paths = {f"facts.{sign}n": local("n", "num?") for sign in ("", "!", "<", ">", "+")}
    for logic in (rules.surely_true, rules.surely_false) if rules else (entangled(levels, operator),):
        with contextlib.suppress(NotFused):
            assert len(w.condition(logic).text) < 2_000_000
    assert time.perf_counter() - start < 5
