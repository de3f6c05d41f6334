"""Worked examples: how rules are looked up, what is printed, and that a bad line never stops the rest."""

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdoor.domain.packs import gather
from frontdoor.services.examples import Bench, Tally, of_packs, read, run
from frontdoor.store import shipped

_spec = importlib.util.spec_from_file_location("small_pack", Path(__file__).with_name("small_pack.py"))
assert _spec
assert _spec.loader
small_pack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small_pack)

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    root = small_pack.write(tmp_path_factory.mktemp("pack"))
    return of_packs(gather(shipped.read(root).sources), TODAY)


def row(rule: str, facts: dict[str, Any], expect: str, pack: str = "care") -> str:
    return json.dumps({"id": "X1", "pack": pack, "rule": rule, "facts": facts, "expect": expect, "why": "a reason"})


RIGHT = [
    pytest.param("T-1", {"needs": 2}, "accept / MET", "care", id="a-decision"),
    pytest.param("T-1", {"needs": 1}, "decline / NOT_MET", "care", id="otherwise"),
    pytest.param("T-1", {"needs": None}, "pending / CHECKS_OUTSTANDING", "care", id="unknown-is-not-false"),
    pytest.param("T-1", {"needs": 2, "least": 3}, "decline / NOT_MET", "care", id="a-name-that-is-a-parameter"),
    pytest.param("needs", {"needs": 3}, "3", "care", id="a-fact-by-id"),
    pytest.param("AG", {"agreed": True}, "true", "care", id="a-fact-by-code"),
    pytest.param("AG", {"agreed": None}, "null", "care", id="an-unknown-fact"),
    pytest.param("adult", {"age": 18}, "true", "care", id="flat-facts-are-one-row"),
    pytest.param("K1", {"received": "2026-11-23"}, "Mon 2026-11-30", "care", id="a-clock"),
    pytest.param("K1", {"received": None}, "null", "care", id="a-clock-that-has-not-started"),
    pytest.param("T-1", {"needs": 2}, "accept / MET", "east", id="an-authority-as-pack"),
    pytest.param("SAMPLE", {"n": 425, "pct": 10}, "43", "care", id="a-platform-rule"),
    pytest.param("SAMPLE", {"n": 425, "pct": 10}, "43", "not-shipped", id="a-platform-rule-of-a-pack-not-shipped"),
    pytest.param("CLOCK", {"basis": "calendar_days", "n": 5, "from": "2026-12-24"}, "Tue 2026-12-29", "base",
                 id="a-platform-rule-of-the-library"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "expect", "pack"), RIGHT)
def test_an_example_passes_when_the_rule_says_so_to_the_letter(
    bench: Bench, rule: str, facts: dict[str, Any], expect: str, pack: str
) -> None:
    assert run([row(rule, facts, expect, pack)], bench) == Tally(passed=1)


def test_a_failure_says_what_was_expected_and_why(bench: Bench) -> None:
    tally = run([row("T-1", {"needs": 2}, "decline / NOT_MET")], bench)
    assert tally.failures == ("X1 T-1: expected decline / NOT_MET, got accept / MET (a reason)",)
    assert str(tally) == "0 passed, 1 failed, 0 unknown rules"


def test_a_rule_that_nobody_knows_is_counted_once_and_named(bench: Bench) -> None:
    rows = [row("T-9", {}, "x"), row("T-9", {"needs": 1}, "y"), row("IF-X", {}, "z", "not-shipped")]
    tally = run(rows, bench)
    assert str(tally) == "0 passed, 0 failed, 2 unknown rules: T-9 (care), IF-X (not-shipped)"
    assert not tally.green


def test_with_rules_named_only_their_rows_count(bench: Bench) -> None:
    rows = [row("T-1", {"needs": 2}, "accept / MET"), row("T-9", {}, "x"), row("AG", {"agreed": True}, "false")]
    assert run(rows, bench, frozenset({"T-1"})) == Tally(passed=1)


BAD = [
    pytest.param("{", "this is no JSON object on one line", id="half-an-object"),
    pytest.param("[1]", "this is no JSON object on one line", id="a-list"),
    pytest.param("[" * 100_000, "this is no JSON object on one line", id="a-tower"),
    pytest.param('{"id": "X"}', "give `pack` as a text", id="no-pack"),
    pytest.param(json.dumps({"id": "X", "pack": "care", "rule": "T-1", "facts": [], "expect": ""}),
                 "give `facts` as an object", id="facts-as-a-list"),
    pytest.param(json.dumps({"id": "X", "pack": "care", "rule": "T-1", "facts": {}, "expect": True}),
                 "give `expect` as a text", id="expected-truth-instead-of-text"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "told"), BAD)
def test_a_line_that_cannot_be_read_is_a_failure_and_the_rest_goes_on(bench: Bench, line: str, told: str) -> None:
    tally = run([line, "", row("T-1", {"needs": 2}, "accept / MET")], bench)
    assert tally == Tally(1, (f"line 1: {told}",))


WRONG = [
    pytest.param("T-1", {"surprise": 1}, "/surprise", id="a-name-that-nothing-has"),
    pytest.param("T-1", {"needs": "two"}, "/needs", id="a-value-of-the-wrong-type"),
    pytest.param("SAMPLE", {"n": 425}, "Give `pct`", id="a-platform-rule-without-its-number"),
    pytest.param("K1", {"received": "soon"}, "error:", id="a-clock-from-no-date"),
]


@pytest.mark.parametrize(("rule", "facts", "told"), WRONG)
def test_facts_that_cannot_be_used_are_a_failure_and_no_crash(
    bench: Bench, rule: str, facts: dict[str, Any], told: str
) -> None:
    (failure,) = run([row(rule, facts, "x")], bench).failures
    assert told in failure


def test_a_pack_that_cannot_be_used_fails_its_rows_but_not_the_platforms(tmp_path: Path) -> None:
    broken = small_pack.write(tmp_path, {"rules/care/threshold.json#/decisions/T-1/rows/met/when": {"log": 1}})
    bench = of_packs(gather(shipped.read(broken).sources), TODAY)
    tally = run([row("T-1", {"needs": 2}, "accept / MET"), row("SAMPLE", {"n": 1, "pct": 10}, "1")], bench)
    assert tally.passed == 1
    assert len(tally.failures) == 1


def test_defaults_hold_where_a_row_sets_no_parameter(bench: Bench) -> None:
    strict = Bench(bench.programme, bench.calendar, TODAY, {"least": 3})
    rows = [row("T-1", {"needs": 2}, "decline / NOT_MET"), row("T-1", {"needs": 2, "least": 2}, "accept / MET")]
    assert run(rows, strict) == Tally(passed=2)


def test_an_example_keeps_its_reason() -> None:
    example = read(row("T-1", {}, "x"))
    assert not isinstance(example, str)
    assert example.why == "a reason"
