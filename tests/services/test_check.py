"""The static checks: one mistake at a time, in a pack that is otherwise right, told where it was written."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from frontdoor.domain.canonical import digest
from frontdoor.services.check import document_problems, root_problems, tree_problems
from frontdoor.services.checks.themes import contrast

# Tests are no package: the pack that several of them share is loaded by its path.
_spec = importlib.util.spec_from_file_location("small_pack", Path(__file__).with_name("small_pack.py"))
assert _spec
assert _spec.loader
small_pack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small_pack)

FORM, RULES, PATHWAY = "forms/care/request.json", "rules/care/threshold.json", "rules/care/pathway.json"
CLOCKS, THEME = "rules/care/clocks.json", "themes/east/theme.json"
TABLE = f"{RULES}#/decisions/T-1"
EXIT = f"{PATHWAY}#/stages/triage/exits/on"


def told(root: Path) -> list[str]:
    return [f"{one.file}#{one.where} {one.code}" for one in root_problems(root).problems]


def test_a_pack_without_mistakes_has_no_problems(tmp_path: Path) -> None:
    report = root_problems(small_pack.write(tmp_path))
    assert report.problems == ()
    assert (report.documents, report.trees) == (len(small_pack.FILES), 2)


MISTAKES = [
    # documents
    (f"{FORM}#/titlez", {"en": "x"}, f"{FORM}#/titlez unknown_key"),
    (f"{RULES}#/id", "other", f"{RULES}#/id wrong_id"),
    (f"{FORM}#/title", {"cy": "Cais"}, f"{FORM}#/title missing_key"),
    ("rules/base/holidays.json", None, "rules/care/owner.json# no_holidays"),
    # forms
    (f"{FORM}#/questions/needs/ui/page", "nowhere", f"{FORM}#/questions/needs/ui/page unknown_page"),
    (f"{FORM}#/questions/harm/ui/show_if", "calm", f"{FORM}#/questions/harm/ui/show_if unknown_condition"),
    (f"{FORM}#/conditions/worried/logic", {"==": [{"var": "answers.concern"}, "maybe"]},
     f"{FORM}#/conditions/worried/logic unknown_code"),
    (f"{FORM}#/conditions/worried/logic", {"log": "x"}, f"{FORM}#/conditions/worried/logic unknown_operator"),
    (f"{FORM}#/questions/concern/ui/options", None, f"{FORM}#/questions/concern/ui options"),
    *((f"{FORM}#/pages/{page}", {"order": 5, "title": {"en": "Look again"}}, f"{FORM}#/pages/{page} reserved_page")
      for page in ("check", "discard", "send", "sent")),
    (f"{FORM}#/questions/needs/minimum", 10, f"{FORM}#/questions/needs/minimum limits"),
    (f"{FORM}#/questions/harm/minLength", 2001, f"{FORM}#/questions/harm/minLength limits"),
    (f"{FORM}#/questions/members/questions/age/minimum", 121,
     f"{FORM}#/questions/members/questions/age/minimum limits"),
    (f"{FORM}#/questions/members/ui/min_items", 10, f"{FORM}#/questions/members/ui/min_items limits"),
    (f"{FORM}#/parts", {"person": {"$ref": "http://192.0.2.1/"}}, f"{FORM}#/parts/person/$ref pattern"),
    (f"{FORM}#/parts", {"person": {"$ref": 7}}, f"{FORM}#/parts/person/$ref type"),
    # rules
    (f"{RULES}#/facts/needs/logic", {"var": "answers.request.need"}, f"{RULES}#/facts/needs/logic unknown_name"),
    (f"{RULES}#/facts/needs/logic", {"var": "answers.requezt.needs"}, f"{RULES}#/facts/needs/logic unknown_name"),
    (f"{RULES}#/facts/adult/logic", {">=": [{"var": "row.agee"}, 18]},
     f"{RULES}#/facts/adult/logic/>=/0 unknown_name"),
    (f"{RULES}#/facts/adult/over", "answers.request.people", f"{RULES}#/facts/adult/over unknown_group"),
    (f"{RULES}#/facts/agreed/question", None, f"{RULES}#/facts/agreed no_source"),
    (f"{RULES}#/facts/needs/logic", {"var": "facts.needs"}, f"{RULES}#/facts/needs ring"),
    (f"{RULES}#/parameters/least/value", 9, f"{RULES}#/parameters/least/value outside_bounds"),
    (f"{RULES}#/parameters/least/value", "2", f"{RULES}#/parameters/least/value wrong_type"),
    (f"{TABLE}/rows/met/decision", "accepz", f"{RULES}#/decisions/T-1/rows/met/decision unknown_outcome"),
    (f"{TABLE}/rows/met/when", {">=": [{"var": "facts.need"}, 2]},
     f"{RULES}#/decisions/T-1/rows/met/when/>=/0 unknown_name"),
    (f"{TABLE}/rows/met/when", {"method": ["", "x"]}, f"{RULES}#/decisions/T-1/rows/met/when unknown_operator"),
    (f"{TABLE}/rows/met/when", "true", f"{RULES}#/decisions/T-1/rows/met/when no_condition"),
    (f"{TABLE}/rows/met/when", 1, f"{RULES}#/decisions/T-1/rows/met/when no_condition"),
    (f"{TABLE}/rows/met/when", [{"var": "facts.needs"}], f"{RULES}#/decisions/T-1/rows/met/when no_condition"),
    (f"{EXIT}/when", "true", f"{PATHWAY}#/stages/triage/exits/on/when no_condition"),
    (f"{TABLE}/rows/met/texts/staff", {"en": "{needs"}, f"{RULES}#/decisions/T-1/rows/met/texts/staff broken_insert"),
    (f"{TABLE}/rows/met/texts/family", {"en": "{Needs}"},
     f"{RULES}#/decisions/T-1/rows/met/texts/family broken_insert"),
    (f"{RULES}#/facts/agreed/verify",
     {"sources": {"x": {"order": 1, "label": {"en": "x"}}}, "schema": {"type": "bool"}},
     f"{RULES}#/facts/agreed/verify/schema schema"),
    (f"{RULES}#/facts/agreed/verify",
     {"sources": {"x": {"order": 1, "label": {"en": "x"}}}, "schema": {"$ref": "https://192.0.2.1/x"}},
     f"{RULES}#/facts/agreed/verify/schema schema"),
    (f"{TABLE}/rows/met/reason_code", "NOT_MET", f"{RULES}#/decisions/T-1/otherwise/reason_code reason_twice"),
    (f"{TABLE}/rows/met/texts/staff", {"en": "{nothing}"},
     f"{RULES}#/decisions/T-1/rows/met/texts/staff unknown_insert"),
    (f"{TABLE}/rows/met/texts/referrer", {"en": "{needs}"},
     f"{RULES}#/decisions/T-1/rows/met/texts/referrer insert_refused"),
    (f"{TABLE}/rows/met/argument", {"clock": "K9"}, f"{RULES}#/decisions/T-1/rows/met/argument/clock unknown_clock"),
    (f"{TABLE}/outcomes/pending/owner", None, f"{RULES}#/decisions/T-1/outcomes/pending no_owner"),
    (f"{TABLE}/outcomes/pending/clock", None, f"{RULES}#/decisions/T-1/outcomes/pending no_clock"),
    (f"{TABLE}/outcomes/pending/owner", "boss", f"{RULES}#/decisions/T-1/outcomes/pending/owner unknown_role"),
    (f"{TABLE}/outcomes/pending", None, f"{RULES}#/decisions/T-1/outcomes no_waiting_outcome"),
    # pathway, clocks, roles
    (f"{EXIT}/to", "endd", f"{PATHWAY}#/stages/triage/exits/on/to unknown_stage"),
    (f"{EXIT}/when", {"==": [{"var": "decisions.T-1.decision"}, "accepz"]},
     f"{PATHWAY}#/stages/triage/exits/on/when unknown_code"),
    (f"{EXIT}/when", {"==": [{"var": "decisions.T-2.decision"}, "accept"]},
     f"{PATHWAY}#/stages/triage/exits/on/when/==/0 unknown_name"),
    (f"{PATHWAY}#/stages/ended/terminal", None, f"{PATHWAY}#/stages/ended no_way_out"),
    (f"{PATHWAY}#/stages/lost", {"order": 30, "label": {"en": "x"}, "lead": "officer", "terminal": True},
     f"{PATHWAY}#/stages/lost unreachable"),
    (f"{PATHWAY}#/stages/triage/lead", "boss", f"{PATHWAY}#/stages/triage/lead unknown_role"),
    (f"{PATHWAY}#/intake/form", "requezt", f"{PATHWAY}#/intake/form unknown_form"),
    (f"{PATHWAY}#/intake/subject/name", "surname", f"{PATHWAY}#/intake/subject/name unknown_question"),
    (f"{PATHWAY}#/intake/screen/gravity", {}, f"{PATHWAY}#/intake/screen/gravity ungraded"),
    (f"{PATHWAY}#/events/decided/decision", None, f"{PATHWAY}#/events/decided no_decision"),
    (f"{PATHWAY}#/tracker/ended", None, f"{PATHWAY}#/tracker no_words"),
    (f"{PATHWAY}#/letters/thanks/to", "family", f"{PATHWAY}#/letters/thanks/to wrong_reader"),
    (f"{PATHWAY}#/letters/thanks/letter", "thank", f"{PATHWAY}#/letters/thanks/letter unknown_letter"),
    (f"{CLOCKS}#/clocks/K1/stop_event", "decidez", f"{CLOCKS}#/clocks/K1/stop_event unknown_event"),
    (f"{CLOCKS}#/clocks/K1/n", {"parameter": "days"}, f"{CLOCKS}#/clocks/K1/n/parameter unknown_parameter"),
    (f"{CLOCKS}#/clocks/K1/owner", "boss", f"{CLOCKS}#/clocks/K1/owner unknown_role"),
    ("rules/base/roles.json#/roles/officer/may", {"fly": True},
     "rules/base/roles.json#/roles/officer/may/fly unknown_permission"),
    # themes
    (f"{THEME}#/colours/link", "#cccccc", f"{THEME}#/colours/link contrast"),
    ("themes/east/notices.json#/duty/in_hours", None, "themes/east/notices.json# no_duty_number"),
    ("themes/care/letters/thanks.json#/body", {"en": "{% if %}"}, "themes/care/letters/thanks.json#/body/en template"),
    ("themes/care/letters/thanks.json#/body", {"en": "{{ surname }}"},
     "themes/care/letters/thanks.json#/body/en template"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "value", "problem"), MISTAKES, ids=[f"{target}={value}" for target, value, _ in MISTAKES]
)
def test_a_mistake_is_told_where_it_was_written(tmp_path: Path, target: str, value: Any, problem: str) -> None:
    assert problem in told(small_pack.write(tmp_path, {target: value}))


def test_a_misspelt_name_brings_the_nearest_right_one(tmp_path: Path) -> None:
    root = small_pack.write(tmp_path, {f"{RULES}#/facts/needs/logic": {"var": "answers.request.needz"}})
    assert "did you mean `answers.request.needs`?" in root_problems(root).problems[0].message


def test_a_form_that_nobody_is_asked_supplies_no_fact(tmp_path: Path) -> None:
    other = {**small_pack.FORM, "id": "other"}
    logic = {"var": "answers.other.needs"}
    root = small_pack.write(tmp_path, {"forms/care/other.json": other, f"{RULES}#/facts/needs/logic": logic})
    assert told(root) == [f"{RULES}#/facts/needs/logic form_not_asked"]


def test_one_mistake_that_shows_in_every_tree_is_told_once(tmp_path: Path) -> None:
    root = small_pack.write(tmp_path, {f"{PATHWAY}#/stages/triage/lead": "boss"})
    assert told(root) == [f"{PATHWAY}#/stages/triage/lead unknown_role"]


def test_a_mistake_in_an_overlay_is_told_in_the_overlay(tmp_path: Path) -> None:
    changes = {"stages": {"triage": {"lead": "boss"}}}
    recorded = {"/stages/triage/lead": f"sha256:{digest('officer')}"}
    overlay = {"extends": "care@1", "because": "East has a boss", "changes": changes, "replaces": recorded}
    root = small_pack.write(tmp_path, {"rules/east/pathway.json": overlay})
    assert told(root) == ["rules/east/pathway.json#/changes/stages/triage/lead unknown_role"]


FILES = [
    pytest.param("rules/care/threshold.json", '{"id": 1, "id": 2}', "not_json", id="a-key-twice"),
    pytest.param("rules/care/threshold.json", '{"id": NaN}', "not_json", id="nan"),
    pytest.param("rules/care/threshold.json", '{"id": 1e999}', "not_json", id="a-number-beyond-any"),
    pytest.param("rules/care/threshold.json", "{", "not_json", id="half-a-document"),
    pytest.param("rules/care/threshold.json", "[" * 100_000, "too_deep", id="a-tower"),
    pytest.param("rules/care/threshold.json", "[]", "not_an_object", id="a-list"),
    pytest.param("rules/care/threshold.json", '"' + "x" * 1_000_001 + '"', "too_large", id="a-megabyte"),
    pytest.param("rules/care/Threshold.json", "{}", "misplaced", id="a-capital-letter"),
    pytest.param("rules/care/notes.txt", "x", "misplaced", id="a-text-file"),
    pytest.param("rules/stray.json", "{}", "misplaced", id="no-owner"),
    pytest.param("rules/care/deep/er.json", "{}", "misplaced", id="a-folder-in-a-folder"),
    pytest.param("themes/care/novel.json", "{}", "misplaced", id="an-unknown-theme-document"),
]


@pytest.mark.parametrize(("file", "content", "code"), FILES)
def test_a_file_that_cannot_be_read_is_a_problem_and_no_crash(
    tmp_path: Path, file: str, content: str, code: str
) -> None:
    root = small_pack.write(tmp_path)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(content)
    assert (file, code) in {(one.file, one.code) for one in root_problems(root).problems}


def test_an_authority_that_runs_an_unknown_programme_is_told_and_its_other_trees_are_checked(tmp_path: Path) -> None:
    unknown = {"order": 20, "extends": "cure@1", "reference_prefix": "CUR"}
    root = small_pack.write(
        tmp_path, {"rules/east/owner.json#/programmes/cure": unknown, f"{PATHWAY}#/stages/triage/lead": "boss"}
    )
    assert (
        told(root)
        == [
            "rules/east/owner.json#/programmes/cure/extends unknown_owner",
            f"{PATHWAY}#/stages/triage/lead unknown_role",
        ][::-1]
    )


def test_an_owner_that_extends_nobody_is_told_once_and_not_of_everything_it_therefore_lacks(tmp_path: Path) -> None:
    root = small_pack.write(tmp_path, {"rules/care/owner.json#/extends": "nobody@1"})
    assert told(root) == ["rules/care/owner.json#/extends unknown_owner"]


def test_an_overlay_over_a_programme_that_its_authority_does_not_run_is_told(tmp_path: Path) -> None:
    other = {"kind": "programme", "title": {"en": "Other"}, "version": 1, "extends": "base@1"}
    overlay = {"extends": "other@1", "because": "East has a boss", "changes": {"title": {"en": "x"}}, "replaces": {}}
    root = small_pack.write(tmp_path, {"rules/other/owner.json": other, "rules/east/threshold.json": overlay})
    assert "rules/east/threshold.json#/extends unused" in told(root)


def test_a_line_that_is_no_worked_example_is_told(tmp_path: Path) -> None:
    root = small_pack.write(tmp_path)
    (root / "rules/care/threshold.examples.jsonl").write_text("nonsense\n")
    assert told(root) == ["rules/care/threshold.examples.jsonl# example"]


def test_a_value_outside_its_bounds_says_what_may_be_written_instead(tmp_path: Path) -> None:
    overlay = {
        "extends": "care@1",
        "because": "East wants more",
        "changes": {"parameters": {"least": {"value": 9}}},
        "replaces": {"/parameters/least/value": f"sha256:{digest(2)}"},
    }
    root = small_pack.write(
        tmp_path,
        {
            "rules/east/threshold.json": overlay,
            "rules/care/owner.json#/policy": {"/rules/threshold/parameters": "bounded"},
        },
    )
    (problem,) = [one for one in root_problems(root).problems if one.code == "bounded"]
    assert problem.where == "/changes/parameters/least/value"
    assert "inside its `bounds`" in problem.message


def test_demonstration_answers_to_a_form_with_a_mistake_are_not_told_of_too(tmp_path: Path) -> None:
    demo = {
        "accounts": {"officer": {"order": 10, "name": "A Person", "email": "a@east.example", "role": "officer"}},
        "organisations": {},
        "nominations": {
            "one": {
                "order": 10,
                "by": "officer",
                "received": {"days_ago": 1, "time": "10:00"},
                "form": "request",
                "answers": {"concern": "no", "family_name": "Nobody"},
            }
        },
    }
    broken = {"rules/east/demo.json": demo, f"{FORM}#/questions/needs/ui/page": "nowhere"}
    assert told(small_pack.write(tmp_path, broken)) == [f"{FORM}#/questions/needs/ui/page unknown_page"]


def test_a_document_can_be_checked_alone_wherever_it_lies(tmp_path: Path) -> None:
    alone = tmp_path / "draft.json"
    alone.write_text(json.dumps(small_pack.RULES))
    assert document_problems(alone).problems == ()
    alone.write_text(json.dumps({**small_pack.RULES, "factz": {}}))
    assert [one.code for one in document_problems(alone).problems] == ["unknown_key"]


def test_a_document_of_no_known_kind_says_where_to_put_it(tmp_path: Path) -> None:
    alone = tmp_path / "draft.json"
    alone.write_text('{"poem": 1}')
    assert [one.code for one in document_problems(alone).problems] == ["unknown_kind"]


def test_a_tree_is_checked_with_pointers_into_it() -> None:
    problems = tree_problems({"rules": {"threshold": {**small_pack.RULES, "id": 7}}, "forms": {}, "themes": {}})
    assert [problem.where for problem in problems] == ["/rules/threshold/id"]


CONTRASTS = [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)]


@pytest.mark.parametrize(("one", "other", "expected"), CONTRASTS)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)
