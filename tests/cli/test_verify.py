"""`frontdoor verify` as people run it: findings as JSON, and an exit status that stops a pipeline."""

import json
from pathlib import Path

from click.testing import CliRunner, Result
from tests.services import small_pack

from frontdoor.cli import main

ROW = "rules/care/threshold.json#/decisions/T-1/rows/more"
SHADOWED = {**small_pack.RULES["decisions"]["T-1"]["rows"]["met"], "order": 20, "decision": "pending",
            "label": {"en": "Many needs"}, "when": {">": [{"var": "facts.needs"}, 7]}}  # fmt: skip


def verify(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", "care", "--root", str(root), *arguments])


def test_a_sound_table_has_no_findings_and_exit_status_0(tmp_path: Path) -> None:
    result = verify(small_pack.write(tmp_path))
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["T-1"]["proved"]
    assert told["T-1"]["findings"] == []


def test_a_dead_row_is_told_with_its_counterexample_and_exit_status_1(tmp_path: Path) -> None:
    result = verify(small_pack.write(tmp_path, {ROW: SHADOWED}), "--decision", "T-1")
    assert result.exit_code == 1
    [dead] = json.loads(result.stdout)["T-1"]["findings"]
    assert (dead["kind"], dead["rows"], dead["covered_by"], dead["blocks"]) == ("dead", ["more"], ["met"], True)
    assert dead["counterexample"]["answers"]["request"]["needs"] > 7
    assert dead["told"]["en"].startswith("“Many needs” never decides")


def test_a_proof_without_an_answer_in_time_is_told_and_is_not_taken_as_right(tmp_path: Path) -> None:
    result = verify(small_pack.write(tmp_path), "--seconds", "0.01")
    assert json.loads(result.stdout)["T-1"]["proved"] is False
    assert "T-1: not proved: every question" in result.stderr


def test_what_cannot_be_used_is_told_with_exit_status_2(tmp_path: Path) -> None:
    root = small_pack.write(tmp_path)
    missing = verify(root, "--decision", "T-9")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "There is no decision `T-9`" in missing.stderr
    nobody = CliRunner().invoke(main, ["verify", "nobody", "--root", str(root)])
    assert nobody.exit_code == 2
