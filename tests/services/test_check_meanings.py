"""The static checks of what rules mean: one fault at a time, and beside it the near miss that is right."""

import importlib.util
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from frontdoor.domain.text import Text
from frontdoor.services.check import root_problems

_spec = importlib.util.spec_from_file_location("small_pack", Path(__file__).with_name("small_pack.py"))
assert _spec
assert _spec.loader
small_pack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small_pack)

FORM, RULES, PATHWAY = "forms/care/request.json", "rules/care/threshold.json", "rules/care/pathway.json"
PAGE = f"{FORM}#/questions"
FACTS, TABLE = f"{RULES}#/facts", f"{RULES}#/decisions/T-1"
MET = f"{TABLE}/rows/met"
EXIT = f"{PATHWAY}#/stages/triage/exits/on/when"
WORRIED = f"{FORM}#/conditions/worried/logic"


def text(words: str) -> Text:
    return {"en": words}


def question(widget: str, kind: str, **more: Any) -> dict[str, Any]:
    ui = {"order": 90, "page": "needs", "widget": widget, "label": text(widget), **more.pop("ui", {})}
    return {"type": kind, **more, "ui": ui}


def fact(kind: str, **more: Any) -> dict[str, Any]:
    return {"order": 90, "label": text("a fact"), "type": kind, **more}


def var(path: str) -> dict[str, str]:
    return {"var": path}


def named(values: Mapping[str, Any]) -> dict[str, Any]:
    return {code: {"order": place, "label": text(code), **more} for place, (code, more) in enumerate(values.items())}


BORN = question("date", "string", format="date")
AREAS = question("checkboxes", "array", ui={"options": named({"home": {}, "school": {}})})
SOURCES = {"sources": {"register": {"order": 10, "label": text("Register")}}}
NEEDS, LEAST, BIRTH = var("facts.needs"), var("parameters.least"), var("answers.request.born")
WITH_BORN = {f"{PAGE}/born": BORN}
WITH_AREAS = {f"{PAGE}/areas": AREAS}
ANSWERED_AREAS = var("answers.request.areas")


def a_fact(kind: str, logic: Any, **more: Any) -> dict[str, Any]:
    return {f"{FACTS}/extra": fact(kind, logic=logic, **more)}


def boolean(logic: Any) -> dict[str, Any]:
    return a_fact("boolean", logic)


EXTRA = f"{FACTS}/extra/logic"

# id: what is wrong (file#/pointer code), the fault, and the near miss that must pass.
CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    # 1. types
    "a-text-against-a-number": (
        f"{EXTRA} wrong_kind", boolean({">=": [NEEDS, "two"]}), boolean({">=": [NEEDS, 2]}),
    ),
    "a-yes-or-no-against-a-code": (
        f"{EXTRA} wrong_kind",
        boolean({"==": [var("facts.adult"), "yes"]}), boolean({"==": [var("facts.adult"), True]}),
    ),
    "a-list-that-is-compared": (
        f"{EXTRA} wrong_kind",
        {**WITH_AREAS, **boolean({">=": [ANSWERED_AREAS, 2]})},
        {**WITH_AREAS, **boolean({"in": ["home", ANSWERED_AREAS]})},
    ),
    "a-code-that-is-more-than-another": (
        f"{WORRIED} wrong_kind",
        {WORRIED: {">": [var("answers.concern"), "no"]}}, {WORRIED: {"!=": [var("answers.concern"), "no"]}},
    ),
    "date-arithmetic-on-a-text": (
        f"{EXTRA}/<=/0 wrong_kind",
        {**WITH_BORN, **boolean({"<=": [{"months_between": [var("answers.request.family_name"), var("as_of")]}, 3]})},
        {**WITH_BORN, **boolean({"<=": [{"months_between": [BIRTH, var("as_of")]}, 3]})},
    ),
    "a-sum-of-a-date": (
        f"{EXTRA} wrong_kind",
        {**WITH_BORN, **a_fact("number", {"+": [BIRTH, 1]})}, {**WITH_BORN, **a_fact("number", {"+": [NEEDS, 1]})},
    ),
    "a-number-that-is-gone-through": (
        f"{EXTRA}/some/0 not_a_list",
        boolean({"some": [NEEDS, {">=": [var("age"), 18]}]}),
        boolean({"some": [var("answers.request.members"), {">=": [var("age"), 18]}]}),
    ),
    "a-list-among-others": (
        f"{EXTRA} wrong_kind",
        {**WITH_AREAS, **boolean({"in": [ANSWERED_AREAS, ["home"]]})},
        {**WITH_AREAS, **boolean({"some": [ANSWERED_AREAS, {"in": [var(""), ["home"]]}]})},
    ),
    "a-number-among-texts": (
        f"{EXTRA} wrong_kind", boolean({"in": [NEEDS, ["2", "3"]]}), boolean({"in": [NEEDS, [2, 3]]}),
    ),
    "a-parameter-of-another-type": (
        f"{EXTRA} wrong_kind",
        boolean({"==": [var("answers.request.concern"), LEAST]}), boolean({"==": [NEEDS, LEAST]}),
    ),
    "a-fact-of-another-type-than-its-logic": (
        f"{EXTRA} wrong_kind", a_fact("date", NEEDS), a_fact("integer", {"if": [{"unknown": [NEEDS]}, NEEDS, 0]}),
    ),
    "a-row-of-another-type": (
        f"{FACTS}/adult/logic wrong_kind",
        {f"{FACTS}/adult/logic": {"==": [var("row.age"), "18"]}},
        {f"{FACTS}/adult/logic": {"==": [var("row.age"), 18]}},
    ),
    "what-stands-for-unknown-of-another-type": (
        f"{FACTS}/extra/unknown_as wrong_kind",
        a_fact("integer", NEEDS, unknown_as=False, unknown_because=text("None is told")),
        a_fact("integer", NEEDS, unknown_as=0, unknown_because=text("None is told")),
    ),
    # 2. unknown names
    "a-part-of-a-decision-that-nothing-tells": (
        f"{EXIT}/==/0 unknown_name",
        {EXIT: {"==": [var("decisions.T-1.outcome"), "accept"]}},
        {EXIT: {"==": [var("decisions.T-1.decision"), "accept"]}},
    ),
    "an-insert-that-does-not-exist": (
        f"{MET}/texts/staff unknown_insert",
        {f"{MET}/texts/staff": text("{needz} needs")}, {f"{MET}/texts/staff": text("{needs} of {least} needs")},
    ),
    # 6. parameters
    "a-parameter-that-nothing-reads": (
        f"{RULES}#/parameters/least unused_parameter",
        {f"{MET}/when": {">=": [NEEDS, 2]}}, {f"{MET}/when": {">=": [NEEDS, 2]}, f"{MET}/texts/staff": text("{least}")},
    ),
    "a-parameter-that-people-go-by": (
        f"{RULES}#/parameters/least/applied_by read_by_rules",
        {f"{RULES}#/parameters/least/applied_by": text("Officers")},
        {f"{RULES}#/parameters/least/applied_by": text("Officers"), f"{MET}/when": {">=": [NEEDS, 2]}},
    ),
    "bounds-the-wrong-way-round": (
        f"{RULES}#/parameters/least/bounds/min limits",
        {f"{RULES}#/parameters/least/bounds": {"min": 4, "max": 1}},
        {f"{RULES}#/parameters/least/bounds": {"min": 2, "max": 2}},
    ),
    "bounds-of-a-text": (
        f"{RULES}#/parameters/least/bounds/options/0 wrong_type",
        {f"{RULES}#/parameters/least/bounds": {"options": ["2"]}},
        {f"{RULES}#/parameters/least/bounds": {"options": [2, 3]}},
    ),
    # 7. constants outside what a name can be
    "more-than-anybody-can-answer": (
        f"{EXTRA} never_reached", boolean({"<=": [NEEDS, 10]}), boolean({"<=": [NEEDS, 9]}),
    ),
    "less-than-anybody-can-answer": (
        f"{EXTRA} never_reached", boolean({"<": [NEEDS, 0]}), boolean({">=": [NEEDS, 0]}),
    ),
    "the-other-way-round": (
        f"{EXTRA} never_reached", boolean({"<": [9, NEEDS]}), boolean({"<": [8, NEEDS]}),
    ),
    "more-than-are-counted": (
        f"{EXTRA} never_reached",
        boolean({">=": [{"count_true": [var("facts.adult"), var("facts.agreed")]}, 3]}),
        boolean({">=": [{"count_true": [var("facts.adult"), var("facts.agreed")]}, 2]}),
    ),
    "a-day-that-does-not-exist": (
        f"{EXTRA} impossible_date",
        {**WITH_BORN, **boolean({">=": [BIRTH, "2026-02-30"]})},
        {**WITH_BORN, **boolean({">=": [BIRTH, "2024-02-29"]})},
    ),
    "a-day-that-does-not-exist-in-a-span": (
        f"{EXTRA}/>/0 impossible_date",
        {**WITH_BORN, **boolean({">": [{"days_between": [BIRTH, "1st May"]}, 0]})},
        {**WITH_BORN, **boolean({">": [{"days_between": [BIRTH, "2026-05-01"]}, 0]})},
    ),
    "a-number-that-is-no-option": (
        f"{EXTRA} unknown_code",
        {f"{PAGE}/level": question("radios", "integer", ui={"options": named({"1": {}, "2": {}})}),
         **boolean({"==": [var("answers.request.level"), 3]})},
        {f"{PAGE}/level": question("radios", "integer", ui={"options": named({"1": {}, "2": {}})}),
         **boolean({"==": [var("answers.request.level"), 2]})},
    ),
    # 8. what others hold
    "a-text-for-the-family-with-what-others-told": (
        f"{MET}/texts/family insert_refused",
        {f"{MET}/texts/family": text("{needs}")}, {f"{MET}/texts/family": text("at least {least}")},
    ),
    "a-letter-with-a-name": (
        "themes/care/letters/thanks.json#/body/en template",
        {"themes/care/letters/thanks.json#/body": text("{{ family_name }}")},
        {"themes/care/letters/thanks.json#/body": text("{{ authority }}")},
    ),
    # 9. options that are switched off
    "an-option-that-nobody-can-choose": (
        f"{WORRIED} disabled_code",
        {f"{PAGE}/concern/ui/options": named({"yes": {"disabled": True}, "no": {}, "perhaps": {}}),
         f"{PATHWAY}#/intake/screen/gravity": {"yes": 1, "perhaps": 1}},
        {f"{PAGE}/concern/ui/options": named({"yes": {}, "no": {}, "perhaps": {"disabled": True}}),
         f"{PATHWAY}#/intake/screen/gravity": {"yes": 1, "perhaps": 1}},
    ),
}  # fmt: skip


def told(root: Path) -> list[str]:
    return [f"{one.file}#{one.where} {one.code}" for one in root_problems(root).problems]


@pytest.mark.parametrize(("problem", "fault"), [case[:2] for case in CASES.values()], ids=CASES)
def test_a_fault_is_told_where_it_was_written(tmp_path: Path, problem: str, fault: dict[str, Any]) -> None:
    assert told(small_pack.write(tmp_path, deepcopy(fault))) == [problem]


@pytest.mark.parametrize("near_miss", [case[2] for case in CASES.values()], ids=CASES)
def test_what_is_nearly_that_and_right_passes(tmp_path: Path, near_miss: dict[str, Any]) -> None:
    assert told(small_pack.write(tmp_path, deepcopy(near_miss))) == []


LATER = {"order": 30, "label": text("Later"), "lead": "officer", "forms": {"later": {"role": "officer", "order": 10}}}
ON = {"order": 10, "to": "later", "label": text("On"), "when": {"==": [var("decisions.T-1.decision"), "accept"]}}
OUT = {"order": 10, "to": "ended", "label": text("Out"), "when": {"!!": [var("answers.later.needs")]}}
TWO_STAGES = {
    "forms/care/later.json": {**small_pack.FORM, "id": "later"},
    f"{PATHWAY}#/stages/triage/exits": {"on": ON},
    f"{PATHWAY}#/stages/later": {**LATER, "exits": {"out": OUT}},
    f"{PATHWAY}#/tracker/later": text("Received"),
}
READS_LATER = {f"{FACTS}/needs/logic": var("answers.later.needs")}
SECOND = {**small_pack.RULES["decisions"]["T-1"], "order": 20}
BOTH_TABLES = {**TWO_STAGES, f"{RULES}#/decisions/T-2": SECOND}
READS_T2 = {f"{MET}/when": {"==": [var("decisions.T-2.decision"), "accept"]}, f"{FACTS}/needs/logic": LEAST}
T1, T2_LATER = f"{PATHWAY}#/intake/decisions/T-1", f"{PATHWAY}#/stages/later/decisions"

ORDERS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "two-stages-that-are-right": (TWO_STAGES, []),
    "a-fact-from-a-form-of-a-later-stage": ({**TWO_STAGES, **READS_LATER}, [f"{T1} used_before_known"]),
    "a-fact-that-can-be-checked-before-that": (
        {**TWO_STAGES, **READS_LATER, f"{FACTS}/needs/verify": SOURCES}, [],
    ),
    "a-fact-from-both": (
        {**TWO_STAGES, f"{FACTS}/needs/logic": {"+": [var("answers.later.needs"), var("answers.request.needs")]}}, [],
    ),
    "a-decision-of-a-later-stage": (
        {**BOTH_TABLES, **READS_T2, T2_LATER: {"T-2": {"order": 10}}}, [f"{T1} used_before_known"],
    ),
    "a-decision-that-no-stage-proposes": ({**BOTH_TABLES, **READS_T2}, [f"{T1} never_decided"]),
    "an-earlier-decision": (
        {**BOTH_TABLES, **READS_T2, f"{PATHWAY}#/intake/decisions/T-2": {"order": 5}}, [],
    ),
    "an-exit-that-reads-a-later-decision": (
        {**BOTH_TABLES, T2_LATER: {"T-2": {"order": 10}}, f"{PATHWAY}#/stages/triage/exits": {
            "on": {**ON, "when": {"==": [var("decisions.T-2.decision"), "accept"]}}}},
        [f"{PATHWAY}#/stages/triage/exits/on/when used_before_known"],
    ),
    "a-table-that-reads-what-nobody-can-tell": (
        {f"{MET}/when": {"and": [var("facts.agreed"), {">=": [NEEDS, LEAST]}]}}, [f"{FACTS}/agreed no_source"],
    ),
    "a-table-that-reads-what-a-source-tells": (
        {f"{MET}/when": {"and": [var("facts.agreed"), {">=": [NEEDS, LEAST]}]}, f"{FACTS}/agreed/verify": SOURCES}, [],
    ),
    "conditions-of-a-form-in-a-circle": (
        {f"{FORM}#/conditions/calm": {"label": text("Calm"), "logic": {"!": [var("conditions.worried")]}},
         WORRIED: {"!": [var("conditions.calm")]}},
        [f"{FORM}#/conditions/calm circle"],
    ),
    "conditions-of-a-form-in-a-line": (
        {f"{FORM}#/conditions/calm": {"label": text("Calm"), "logic": {"!": [var("conditions.worried")]}}}, [],
    ),
    "facts-in-a-circle": (
        {**boolean({"!": [var("facts.other")]}), f"{FACTS}/other": fact("boolean", logic={"!": [var("facts.extra")]})},
        [f"{FACTS}/extra ring"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), ORDERS.values(), ids=ORDERS)
def test_what_is_read_can_be_known_by_then(tmp_path: Path, changes: dict[str, Any], expected: list[str]) -> None:
    assert told(small_pack.write(tmp_path, deepcopy(changes))) == expected


def test_a_decision_asked_too_early_names_the_stage_that_brings_the_fact(tmp_path: Path) -> None:
    (problem,) = root_problems(small_pack.write(tmp_path, deepcopy({**TWO_STAGES, **READS_LATER}))).problems
    assert "`needs` is known only from `later`, asked later at `later`" in problem.message


ROW_BORN = {**BORN, "ui": {key: value for key, value in BORN["ui"].items() if key != "page"}}
WHY = text("The programme is for this age, as its framework says")
UNDER_18 = {"<": [{"age_on": [BIRTH, var("as_of")]}, 18]}
YOUNG = {**WITH_BORN, f"{FACTS}/young": fact("boolean", logic=UNDER_18)}
DECIDES = {f"{MET}/when": {"and": [var("facts.young"), {">=": [NEEDS, LEAST]}]}}
MARKED = {f"{PAGE}/faith": {**AREAS, "ui": {**AREAS["ui"], "protected": True}}}
PLACE = {f"{PAGE}/postcode": question("postcode", "string", maxLength=10)}


def _decides_by(name: str) -> dict[str, Any]:
    return {f"{MET}/when": {"and": [{"!!": [var(f"answers.request.{name}")]}, {">=": [NEEDS, LEAST]}]}}


PROTECTED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "age-that-decides": ({**YOUNG, **DECIDES}, [f"{FACTS}/young unjustified"]),
    "age-that-decides-nothing": (YOUNG, []),
    "age-with-its-justification": ({**YOUNG, **DECIDES, f"{FACTS}/young/justification": WHY}, []),
    "age-in-a-table-with-its-justification": ({**YOUNG, **DECIDES, f"{TABLE}/justification": WHY}, []),
    "the-date-of-birth-that-the-intake-names": (
        {f"{PAGE}/members/questions/dob": ROW_BORN,
         f"{PATHWAY}#/intake/subject/dob": "dob",
         f"{FACTS}/adult/logic": {"<=": [var("row.dob"), "2008-01-01"]},
         f"{MET}/when": {"and": [var("facts.adult"), {">=": [NEEDS, LEAST]}]}},
        [f"{FACTS}/adult unjustified"],
    ),
    "a-question-that-is-marked": ({**MARKED, **_decides_by("faith")}, [f"{TABLE} unjustified"]),
    "a-question-that-is-not-marked": ({**WITH_AREAS, **_decides_by("areas")}, []),
    "a-postcode": ({**PLACE, **_decides_by("postcode")}, [f"{TABLE} unjustified"]),
    "a-postcode-with-its-justification": ({**PLACE, **_decides_by("postcode"), f"{TABLE}/justification": WHY}, []),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), PROTECTED.values(), ids=PROTECTED)
def test_a_decision_that_reads_what_is_protected_says_why(
    tmp_path: Path, changes: dict[str, Any], expected: list[str]
) -> None:
    assert told(small_pack.write(tmp_path, deepcopy(changes))) == expected
