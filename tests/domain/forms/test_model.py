"""Reading a form document: what is refused, where, and in which order things come out."""

from collections.abc import Callable
from typing import Any

import pytest

from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.model import Form, parse_form
from frontdoor.domain.rules.engine import compile_rule

LABEL = {"en": "Label"}


def asked(widget: str = "text", **ui: Any) -> dict[str, Any]:
    schema = ui.pop("schema", {})
    return {**schema, "ui": {"page": "family", "widget": widget, "label": LABEL, **ui}}


def when(logic: Any, **rest: Any) -> dict[str, Any]:
    return {"label": LABEL, "logic": logic, **rest}


GROUP = {**asked("group", max_items=3), "questions": {"name": asked()}}
IS_YES = {"==": [{"var": "answers.q"}, True]}


def codes(make: Callable[[], Form]) -> set[tuple[str, str]]:
    with pytest.raises(DocumentRejected) as refused:
        make()
    assert all(problem.message for problem in refused.value.problems)
    return {(problem.where, problem.code) for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("questions", "where", "code"),
    [
        pytest.param({"Q": asked()}, "/questions/Q", "bad_id", id="capital-letter"),
        pytest.param({"_q": asked()}, "/questions/_q", "bad_id", id="leading-underscore"),
        pytest.param({"a.b": asked()}, "/questions/a.b", "bad_id", id="dot"),
        pytest.param({"q": asked("slider")}, "/questions/q/ui/widget", "unknown_widget", id="unknown-widget"),
        pytest.param({"q": asked(label={"cy": "Enw"})}, "/questions/q/ui/label", "no_label", id="no-english-label"),
        pytest.param({"q": asked(page="no")}, "/questions/q/ui/page", "unknown_page", id="unknown-page"),
        pytest.param({"q": asked("yes_no", schema={"type": "string"})}, "/questions/q/type", "wrong_type", id="type"),
        pytest.param({"q": asked(schema={"enum": ["a"]})}, "/questions/q/enum", "unknown_keyword", id="enum"),
        pytest.param({"q": asked(schema={"maximum": 1})}, "/questions/q/maximum", "unknown_keyword", id="maximum"),
        pytest.param({"q": asked(schema={"format": "ipv4"})}, "/questions/q/format", "unknown_format", id="format"),
        pytest.param({"q": asked(schema={"pattern": "(?=a)"})}, "/questions/q", "bad_schema", id="look-ahead"),
        pytest.param({"q": asked(schema={"pattern": r"(a)\1"})}, "/questions/q", "bad_schema", id="back-reference"),
        pytest.param({"q": asked(schema={"minLength": -1})}, "/questions/q", "bad_schema", id="negative-length"),
        pytest.param({"q": asked(schema={"$ref": "urn:x"})}, "/questions/q/$ref", "not_inlined", id="reference"),
        pytest.param({"q": asked("radios")}, "/questions/q/ui", "options", id="no-options"),
        pytest.param({"q": asked("select", codes="no")}, "/questions/q/ui/codes", "unknown_codes", id="unknown-codes"),
        pytest.param(
            {"q": asked("radios", options={"a.b": {"label": LABEL}})}, "/questions/q/ui/options/a.b", "bad_code",
            id="dot-in-code",
        ),
        pytest.param(
            {"q": asked("radios", schema={"type": "integer"}, options={"a": {"label": LABEL}})},
            "/questions/q/ui/options/a", "bad_code", id="integer-code-of-letters",
        ),
        pytest.param(
            {"q": asked("radios", options={"a": {"label": {}}})}, "/questions/q/ui/options/a", "no_label",
            id="option-without-label",
        ),
        pytest.param(
            {"q": asked("radios", options={f"o{n}": {"label": LABEL} for n in range(501)})}, "/questions/q/ui/options",
            "too_many_options", id="too-many-options",
        ),
        pytest.param(
            {"q": asked(complete="q")}, "/questions/q/ui/complete", "not_a_group", id="complete-on-no-group"
        ),
        pytest.param({"q": asked("date", not_after="today")}, "/questions/q/ui/not_after", "bad_limit", id="limit"),
        pytest.param({"q": asked(not_after="as_of")}, "/questions/q/ui/not_after", "bad_limit", id="limit-on-text"),
        pytest.param({"g": asked("group", max_items=3)}, "/questions/g", "empty_group", id="group-without-questions"),
        pytest.param({"g": {**GROUP, **asked("group")}}, "/questions/g/ui/max_items", "max_items", id="no-max-items"),
        pytest.param(
            {"g": {**GROUP, **asked("group", max_items=2, min_items=3)}}, "/questions/g/ui/min_items", "min_items",
            id="more-rows-than-allowed",
        ),
        pytest.param(
            {"g": {**GROUP, "questions": {"id": asked()}}}, "/questions/g/questions/id", "bad_id", id="row-question-id"
        ),
        pytest.param(
            {"g": {**GROUP, "questions": {"inner": GROUP}}}, "/questions/g/questions/inner", "nested_group",
            id="group-in-a-row",
        ),
        pytest.param(
            {"g": {**GROUP, **asked("group", max_items=2, row_title=["nobody"])}}, "/questions/g/ui/row_title",
            "unknown_question", id="row-title",
        ),
        pytest.param(
            {"g": {**GROUP, **asked("group", max_items=2, complete="q")}, "q": asked()}, "/questions/g/ui/complete",
            "not_yes_no", id="complete-is-no-yes-no",
        ),
        pytest.param(
            {"q": asked("select", options_from="g")}, "/questions/q/ui/options_from", "unknown_group", id="options-from"
        ),
        pytest.param({"q": asked(show_if="no")}, "/questions/q/ui/show_if", "unknown_condition", id="show-if"),
        pytest.param({"q": asked(required_if="no")}, "/questions/q/ui/required_if", "unknown_condition", id="required"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_work_is_refused_where_it_stands(
    make_form: Callable[..., Form], questions: Any, where: str, code: str
) -> None:
    assert (where, code) in codes(lambda: make_form(questions))


@pytest.mark.parametrize(
    ("conditions", "where", "code"),
    [
        pytest.param({"c": when({"var": "answers.no"})}, "/conditions/c/logic", "unknown_path", id="unknown-question"),
        pytest.param({"c": when({"var": "case.stage"})}, "/conditions/c/logic", "unknown_path", id="not-the-form"),
        pytest.param({"c": when({"var": "row.name"})}, "/conditions/c/logic", "unknown_path", id="row-without-over"),
        pytest.param({"c": when({"var": ""})}, "/conditions/c/logic", "unreadable", id="everything"),
        pytest.param({"c": when({"var": {"cat": ["a", "b"]}})}, "/conditions/c/logic", "unreadable", id="computed"),
        pytest.param({"c": when({"missing": ["answers.no"]})}, "/conditions/c/logic", "unknown_path", id="missing"),
        pytest.param(
            {"c": when({"missing_some": [1, ["answers.no"]]})}, "/conditions/c/logic", "unknown_path", id="missing-some"
        ),
        pytest.param({"c": when({"var": "conditions.d"})}, "/conditions/c/logic", "unknown_condition", id="condition"),
        pytest.param({"c": when(True, over="q")}, "/conditions/c/over", "unknown_group", id="over-no-group"),
        pytest.param({"C": when(True)}, "/conditions/C", "bad_id", id="bad-id"),
        pytest.param({"c": when({"method": ["a", "b"]})}, "/conditions/c/logic", "unknown_operator", id="method"),
    ],
)
def test_a_condition_that_reads_what_is_not_there_is_refused(
    make_form: Callable[..., Form], conditions: Any, where: str, code: str
) -> None:
    assert (where, code) in codes(lambda: make_form({"q": asked("yes_no"), "g": GROUP}, conditions))


@pytest.mark.parametrize(
    ("questions", "conditions", "pages"),
    [
        pytest.param({"q": asked("yes_no", show_if="c")}, {"c": when(IS_YES)}, None, id="question-shows-itself"),
        pytest.param(
            {"q": asked("yes_no")}, {"c": when({"var": "conditions.d"}), "d": when({"var": "conditions.c"})}, None,
            id="two-conditions",
        ),
        pytest.param(
            {"q": asked("yes_no", page="late")}, {"c": when(IS_YES)},
            {"late": {"title": LABEL, "show_if": "c"}}, id="page-shows-itself",
        ),
        pytest.param(
            {"g": {**GROUP, "questions": {"name": asked(show_if="c")}}},
            {"c": when({"!!": {"var": "row.name"}}, over="g")}, None, id="row-question-shows-itself",
        ),
        pytest.param(
            {"g": {**GROUP, "questions": {"name": asked(show_if="c")}}},
            {"c": when({"some": [{"var": "answers.g"}, {"var": "name"}]}, over="g")}, None, id="row-waits-for-all-rows",
        ),
    ],
)  # fmt: skip
def test_what_waits_for_itself_is_refused_by_name(
    make_form: Callable[..., Form], questions: Any, conditions: Any, pages: Any
) -> None:
    with pytest.raises(DocumentRejected) as refused:
        make_form(questions, conditions, pages)
    (problem,) = refused.value.problems
    assert problem.code == "circle"
    assert "→" in problem.message


def test_required_if_may_read_the_question_itself_for_nothing_waits_for_it(make_form: Callable[..., Form]) -> None:
    form = make_form({"q": asked("yes_no", required_if="c")}, {"c": when(IS_YES)})
    assert form.questions["q"].required_if == "c"


def test_parts_and_references_are_resolved_before_a_form_is_read() -> None:
    document = {"id": "f", "title": LABEL, "parts": {"p": {"$ref": "urn:frontdoor:base:person"}}}
    assert codes(lambda: parse_form(document, {}, compile_rule)) == {("/parts", "not_inlined")}


def test_a_form_s_schemas_fetch_nothing() -> None:
    with pytest.raises(ValueError, match="nothing outside itself"):
        validators.compiled({"$ref": "https://example.com/schema.json"})


def test_every_problem_of_a_form_is_reported_at_once(make_form: Callable[..., Form]) -> None:
    assert len(codes(lambda: make_form({"A": asked(), "b": asked("slider"), "c": asked(page="no")}))) == 3


def test_questions_come_by_page_then_order_then_id(make_form: Callable[..., Form]) -> None:
    pages = {"two": {"order": 2, "title": LABEL}, "one": {"order": 1, "title": LABEL}}
    form = make_form(
        {
            "z": asked(page="two", order=1),
            "b": asked(page="one", order=5),
            "a": asked(page="one", order=5),
            "c": asked(page="one", order=1),
        },
        pages=pages,
    )
    assert list(form.pages) == ["one", "two"]
    assert list(form.questions) == ["c", "a", "b", "z"]
    assert [question.id for question in form.on_page("one")] == ["c", "a", "b"]


def test_options_come_from_the_code_list_and_a_question_changes_or_drops_single_ones(
    make_form: Callable[..., Form],
) -> None:
    form = make_form({"q": asked("select", codes="languages", options={"old": None, "eng": {"label": {"en": "Saes"}}})})
    assert [(option.code, option.label["en"]) for option in form.questions["q"].options] == [
        ("eng", "Saes"),
        ("cym", "Welsh"),
    ]


def test_a_question_is_found_by_its_path(nomination: Form) -> None:
    dob = nomination.question("members/dob")
    assert dob is not None
    assert (dob.path, dob.group, dob.page) == ("members/dob", "members", "")
    assert nomination.question("members/nobody") is None
    assert nomination.question("nobody/dob") is None


def test_the_safeguarding_page_is_known(nomination: Form) -> None:
    page = nomination.safeguarding_page()
    assert page is not None
    assert page.id == "safety"
    assert [group.id for group in nomination.groups()] == ["members"]


def test_a_condition_inside_a_group_belongs_to_its_rows(make_form: Callable[..., Form]) -> None:
    group = {
        **GROUP,
        "questions": {"name": asked(), "nick": asked(show_if="named")},
        "conditions": {"named": when({"!!": {"var": "row.name"}})},
    }
    form = make_form({"g": group})
    assert form.questions["g"].conditions["named"].group == "g"
