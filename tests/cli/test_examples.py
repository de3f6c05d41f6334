"""`frontdoor examples` as people run it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from frontdoor import packs_dir
from frontdoor.cli import main


def examples(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["examples", *(str(one) for one in arguments)])


def rows(file: Path, *written: tuple[str, str, dict[str, object], str]) -> Path:
    keys = ("id", "rule", "facts", "expect")
    lines = [json.dumps({**dict(zip(keys, row, strict=True)), "pack": "base", "why": "so"}) for row in written]
    file.write_text("\n".join(lines) + "\n")
    return file


SAMPLE = ("A1", "SAMPLE", {"n": 425, "pct": 10}, "43")


def test_all_that_passes_is_counted_and_the_status_is_0(tmp_path: Path) -> None:
    result = examples(rows(tmp_path / "x.jsonl", SAMPLE))
    assert (result.output, result.exit_code) == ("1 passed, 0 failed, 0 unknown rules\n", 0)


def test_a_failure_has_its_line_and_the_status_is_1(tmp_path: Path) -> None:
    wrong = ("A2", "SAMPLE", {"n": 425, "pct": 10}, "42")
    result = examples(rows(tmp_path / "x.jsonl", SAMPLE, wrong))
    assert result.output == "A2 SAMPLE: expected 42, got 43 (so)\n1 passed, 1 failed, 0 unknown rules\n"
    assert result.exit_code == 1


def test_an_unknown_rule_is_named_and_the_status_is_1(tmp_path: Path) -> None:
    result = examples(rows(tmp_path / "x.jsonl", ("A3", "NOPE", {}, "x")))
    assert result.output == "0 passed, 0 failed, 1 unknown rules: NOPE (base)\n"
    assert result.exit_code == 1


def test_a_name_that_nothing_has_is_told_with_the_nearest_and_the_status_is_1(tmp_path: Path) -> None:
    result = examples("--rules", "SAMPLES", rows(tmp_path / "x.jsonl", SAMPLE))
    assert result.output == (
        "There is no rule `SAMPLES`; did you mean `SAMPLE`?\n0 passed, 0 failed, 1 unknown rules: SAMPLES\n"
    )
    assert result.exit_code == 1


def test_a_name_whose_pack_is_not_shipped_is_counted_by_its_rows(tmp_path: Path) -> None:
    result = examples("--rules", "NOPE", rows(tmp_path / "x.jsonl", SAMPLE, ("A3", "NOPE", {}, "x")))
    assert result.output == "0 passed, 0 failed, 1 unknown rules: NOPE (base)\n"
    assert result.exit_code == 1


def test_a_rule_of_a_shipped_pack_may_have_no_row_in_the_file(tmp_path: Path) -> None:
    result = examples("--rules", "S0", rows(tmp_path / "x.jsonl", SAMPLE))
    assert (result.output, result.exit_code) == ("0 passed, 0 failed, 0 unknown rules\n", 0)


def test_rules_that_are_named_are_the_only_ones_run(tmp_path: Path) -> None:
    result = examples("--rules", "SAMPLE, LANG", rows(tmp_path / "x.jsonl", SAMPLE, ("A3", "NOPE", {}, "x")))
    assert (result.output, result.exit_code) == ("1 passed, 0 failed, 0 unknown rules\n", 0)


def test_another_folder_of_packs_may_be_named(tmp_path: Path) -> None:
    result = examples("--root", packs_dir(), rows(tmp_path / "x.jsonl", SAMPLE))
    assert result.exit_code == 0


def test_a_file_that_is_no_text_is_told_and_not_crashed_on(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    result = examples(tmp_path / "x.jsonl")
    assert result.exit_code == 1
    assert "Save the file as UTF-8" in result.output


def test_a_mark_at_the_start_of_a_text_file_is_no_mistake(tmp_path: Path) -> None:
    file = rows(tmp_path / "x.jsonl", SAMPLE)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert examples(file).output == "1 passed, 0 failed, 0 unknown rules\n"


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    line = json.dumps({"id": "A", "pack": "x", "rule": "SAMPLE", "facts": {"n": 9, "pct": 10}, "expect": "1"})
    (tmp_path / "x.jsonl").write_text(line.replace('"A"', '"A\u2028B"') + "\r\n")
    assert examples(tmp_path / "x.jsonl").output == "1 passed, 0 failed, 0 unknown rules\n"


def test_a_row_of_the_wrong_shape_is_a_failure_and_the_next_one_runs(tmp_path: Path) -> None:
    odd = ("A4", "ID", {"type": ["nhs"], "value": "943 476 5919"}, "valid")
    result = examples(rows(tmp_path / "x.jsonl", odd, SAMPLE))
    assert result.output.startswith("A4 ID: expected valid, got error: An identifier's type")
    assert result.output.endswith("1 passed, 1 failed, 0 unknown rules\n")


def test_a_fact_is_known_by_its_code_even_where_no_row_asks_for_it(tmp_path):
    result = examples("--rules", "SAMPLE,TFP1-C3", rows(tmp_path / "x.jsonl", SAMPLE))
    assert result.output.endswith("1 passed, 0 failed, 0 unknown rules\n")
    assert result.exit_code == 0
